//! One binary, every invariant a test.
#![allow(clippy::unwrap_used, clippy::panic)]

mod cases;
mod ensemble_reproducible;
mod golden_pysd;
mod model_extremes;
mod model_identity;
mod model_magnitudes;
mod model_pressure;
mod model_regression;
mod support;

//! One binary, every invariant a test.
#![allow(clippy::unwrap_used, clippy::panic)]

mod cases;
mod command_catalogue;
mod command_check;
mod command_diagnostics;
mod command_places;
mod command_run;
mod command_simulate;
mod diagnostics_study;
mod documents;
mod ensemble_reproducible;
mod golden_pysd;
mod house;
mod model_book;
mod model_extremes;
mod model_identity;
mod model_limits;
mod model_loops;
mod model_magnitudes;
mod model_numerics;
mod model_pressure;
mod model_regression;
mod places;
mod readme_output;
mod support;
mod transcript;

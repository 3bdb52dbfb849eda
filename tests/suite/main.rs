//! One binary, every invariant a test.
#![allow(clippy::unwrap_used, clippy::panic)]

mod cases;
mod command_check;
mod command_diagnostics;
mod command_run;
mod command_simulate;
mod diagnostics_study;
mod documents;
mod house;
mod model_book;
mod model_identity;
mod model_pressure;
mod support;
mod transcript;

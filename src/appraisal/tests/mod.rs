//! Runs of a few pounds, patients and years, whose every result is worked out by hand beside it.

mod block;
mod pennies;
mod reported;

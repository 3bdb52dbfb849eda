//! A study of a few pounds, read from texts and run to the end, whose every result is worked out by hand beside it.

mod base_year;
mod decision;
mod experiments;
mod mix;
mod models;
mod money;
mod outcomes;
mod places;
mod plausible;
mod points;
mod sensitivity;
mod till;
mod warnings;

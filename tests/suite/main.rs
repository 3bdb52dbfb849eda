//! One binary, every invariant a test.
#![allow(clippy::unwrap_used, clippy::panic)]

mod cases;
mod documents;
mod house;
mod model_book;

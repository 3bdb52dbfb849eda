//! One binary, every invariant a test.
#![allow(clippy::unwrap_used, clippy::panic)]

mod cases;

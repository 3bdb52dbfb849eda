//! The baseline of a place: read, and every draw of its figures taken at a few points.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../evidence.rs"]
mod evidence;

fuzz_target!(|text: &str| evidence::read(text));

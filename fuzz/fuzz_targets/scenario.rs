//! A scenario, read as one of a study and as one of a model by itself.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use wellspring::cli::library::shipped_references;
use engine::diagnostic::{Diagnostics, Sources, render_text};
use wellspring::evidence::References;
use wellspring::scenario::{ModelScenario, Scenario};

static REFERENCES: LazyLock<References> = LazyLock::new(shipped_references);

fn told<T>(read: Result<(T, Diagnostics), Diagnostics>, sources: &Sources) -> Option<T> {
    let (value, found) = match read {
        Ok((value, found)) => (Some(value), found),
        Err(found) => {
            assert!(found.has_errors(), "a refusal says why");
            (None, found)
        }
    };
    let _ = render_text(&found, sources, false);
    value
}

fuzz_target!(|text: &str| {
    let file: Arc<str> = "fuzzed.toml".into();
    let mut sources = Sources::new();
    sources.add(&file, &text.into());
    if let Some(scenario) = told(Scenario::read(&file, text, &REFERENCES), &sources) {
        let _ = (scenario.bindings(), scenario.uncertain(), scenario.driven());
    }
    if let Some(scenario) = told(ModelScenario::read(&file, text), &sources) {
        let _ = (scenario.bindings(), scenario.uncertain());
    }
});

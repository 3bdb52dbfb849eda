//! What the targets of cards and places share: a file of evidence read, and its figures drawn at a few points.

use std::sync::{Arc, LazyLock};

use wellspring::cli::library::shipped_references;
use engine::diagnostic::{Sources, render_text};
use wellspring::evidence::{EvidenceFile, References};

static REFERENCES: LazyLock<References> = LazyLock::new(shipped_references);

/// Reads a text as evidence; whatever is accepted can be drawn, and what is refused says why.
pub fn read(text: &str) {
    let file: Arc<str> = "fuzzed.toml".into();
    let mut sources = Sources::new();
    sources.add(&file, &text.into());
    match EvidenceFile::read(&file, text, &REFERENCES) {
        Ok((evidence, found)) => {
            let _ = (evidence.bindings(), render_text(&found, &sources, false));
            for uncertain in evidence.uncertainties() {
                let points = [0.001, 0.5, 0.999];
                let mut drawn = [0.0; 3];
                uncertain.draw(&points, None, &mut drawn);
                assert!(drawn.iter().all(|number| !number.is_nan()), "a draw of {} is no number", uncertain.stream);
            }
        }
        Err(found) => {
            assert!(found.has_errors(), "a refusal says why");
            let _ = render_text(&found, &sources, false);
        }
    }
}

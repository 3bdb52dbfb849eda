//! The folders of tests/diagnostics that belong to this room: a model with a mistake, and what is said of it.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::catalogue::notation::{MANY, NOT_UTF8, PAGES, TOO_DEEP};
use crate::diagnostic::{Sources, render_text};
use crate::notation::vensim::{decode, read};

use super::codes;

#[test]
fn every_code_has_a_model_that_shows_it_and_says_what_is_expected() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/diagnostics");
    let update = std::env::var_os("UPDATE").is_some();
    let mut differing = Vec::new();
    for page in PAGES {
        let folder = root.join(page.code.0);
        let bytes =
            fs::read(folder.join("model.mdl")).unwrap_or_else(|_| panic!("{} has no model.mdl", folder.display()));
        let file: Arc<str> = "model.mdl".into();
        let mut sources = Sources::new();
        let found = match decode(&file, &bytes) {
            Ok(text) => {
                let text: Arc<str> = text.into();
                sources.add(&file, &text);
                read(&file, &text).1
            }
            Err(found) => found,
        };
        assert!(found.iter().any(|diagnostic| diagnostic.code == page.code), "{} does not show its code", page.code);
        let said = render_text(&found, &sources, false);
        let expected = folder.join("expected.txt");
        if update {
            fs::write(&expected, &said).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != said {
            differing.push(format!("{}:\n{said}", page.code));
        }
    }
    assert!(differing.is_empty(), "UPDATE=1 rewrites what is expected\n{}", differing.join("\n"));
}

#[test]
fn the_example_on_every_page_shows_its_code() {
    for page in PAGES.iter().filter(|page| ![NOT_UTF8, TOO_DEEP, MANY].contains(&page.code)) {
        assert!(codes(page.example).contains(&page.code.0), "{}: {:?}", page.code, codes(page.example));
    }
}

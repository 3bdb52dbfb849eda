//! The folders of tests/diagnostics that belong to this room: a model with a mistake, and what is said of it.
//!
//! Where the mistake is in a value from outside, `bindings.txt` holds it: lines such as `3 Name[Element] = 1, 2`,
//! where the first number is the strength, and `range Name = Element, Element`.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use super::build;
use crate::diagnostic::catalogue::structure::PAGES;
use crate::diagnostic::{Diagnostics, Sources, Span, render_text};
use crate::model::{Binding, Bindings, Name, Provenance, Value};
use crate::notation::vensim::read;

#[test]
fn every_code_has_a_model_that_shows_it_and_says_what_is_expected() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for page in PAGES {
        let folder = root.join(page.code.0);
        let mut sources = Sources::new();
        let mut source = |name: &str| -> Option<(Arc<str>, Arc<str>)> {
            let text: Arc<str> = fs::read_to_string(folder.join(name)).ok()?.into();
            let file: Arc<str> = name.into();
            sources.add(&file, &text);
            Some((file, text))
        };
        let (file, text) = source("model.mdl").unwrap_or_else(|| panic!("{} has no model.mdl", folder.display()));
        let bindings = source("bindings.txt").map(|(file, text)| bindings(&file, &text)).unwrap_or_default();
        let (model, mut found) = read(&file, &text);
        assert!(!found.has_errors(), "{}: {found:?}", page.code);
        found.extend(match build(&model, &bindings) {
            Ok((_, warnings)) => warnings,
            Err(errors) => errors,
        });
        let said = render_text(&found, &sources, false);
        if !found.iter().any(|diagnostic| diagnostic.code == page.code) {
            wrong.push(format!("{} does not show its code:\n{said}", page.code));
            continue;
        }
        let expected = folder.join("expected.txt");
        if update {
            fs::write(&expected, &said).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != said {
            wrong.push(format!("{}:\n{said}", page.code));
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 rewrites what is expected\n{}", wrong.join("\n"));
}

fn bindings(file: &Arc<str>, text: &str) -> Bindings {
    let mut bindings = Bindings::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let (left, right) = line.split_once('=').unwrap();
        let names = |list: &str| list.split(',').map(|name| Name::new(name.trim())).collect::<Vec<_>>();
        if let Some(range) = left.strip_prefix("range ") {
            bindings.ranges.insert(Name::new(range), names(right));
        } else {
            let (strength, what) = left.split_once(' ').unwrap();
            let (name, elements) = what.trim().split_once('[').unwrap_or((what, ""));
            let elements = elements.trim_end_matches(']');
            let numbers: Vec<f64> = right.split(',').map(|number| number.trim().parse().unwrap()).collect();
            let value = if let [only] = numbers.as_slice() { Value::Number(*only) } else { Value::Array(numbers) };
            let span = Some(Span::new(file, start, start + line.trim_end().len()));
            bindings.values.push(Binding {
                name: Name::new(name),
                elements: if elements.is_empty() { Vec::new() } else { names(elements) },
                value,
                provenance: Provenance { strength: strength.parse().unwrap(), span },
            });
        }
        start += line.len();
    }
    bindings
}

#[test]
fn an_unknown_name_in_many_equations_is_one_diagnostic() {
    let text: Arc<str> = "a = missing ~~|\nb = missing + missing ~~|\n".into();
    let (model, _) = read(&"model.mdl".into(), &text);
    let found: Diagnostics = build(&model, &Bindings::default()).unwrap_err();
    assert_eq!(found.iter().filter(|diagnostic| diagnostic.code.0 == "M101").count(), 1);
}

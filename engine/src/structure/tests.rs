//! What is bound, spread and refused; and the folders of tests/diagnostics that belong to this room: a model with a mistake,
//! and what is said of it.
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
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/diagnostics");
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

fn built(text: &str, bound: &str) -> super::Structure {
    let times = "\nINITIAL TIME = 0 ~~|\nFINAL TIME = 1 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n";
    let text: Arc<str> = format!("{text}{times}").into();
    let (model, _) = read(&"model.mdl".into(), &text);
    build(&model, &bindings(&"bindings.txt".into(), bound)).unwrap().0
}

fn constant(structure: &super::Structure, name: &str, elements: &[&str]) -> Option<f64> {
    let elements: Vec<Name> = elements.iter().map(|element| Name::new(element)).collect();
    match structure.scalars[structure.scalar(&Name::new(name), &elements)?.0 as usize].rule {
        super::Rule::Constant(value) => Some(value),
        _ => None,
    }
}

#[test]
fn a_stronger_value_replaces_a_weaker_one_whatever_their_order() {
    let bound = "3 Rate[B] = 30\n1 Rate = 1, 2, 3\n2 Rate[Upper] = 20\n";
    let structure = built("D: A, B, C ~~|\nUpper: B, C ~~|\nRate[D] = 0 ~~|", bound);
    let rates: Vec<Option<f64>> =
        ["A", "B", "C"].iter().map(|element| constant(&structure, "rate", &[element])).collect();
    assert_eq!(rates, [Some(1.0), Some(30.0), Some(20.0)]);
}

#[test]
fn a_range_from_outside_replaces_the_elements_and_what_follows_from_them() {
    let text =
        "Programme: P1, P2 ~~|\nTwin <-> Programme ~~|\nCost[Programme] = 5 ~~|\nAll = SUM(Cost[Programme!]) ~~|";
    let structure = built(text, "range Programme = H01, H02, E08\n1 Cost[E08] = 7\n");
    assert_eq!(constant(&structure, "Cost", &["H02"]), Some(5.0));
    assert_eq!(constant(&structure, "Cost", &["E08"]), Some(7.0));
    assert_eq!(constant(&structure, "Cost", &["P1"]), None);
}

#[test]
fn a_long_sum_is_cut_so_that_no_term_is_deep() {
    let structure = built("D: (A1-A2000) ~~|\nx[D] = 1 ~~|\nAll = SUM(x[D!]) ~~|", "");
    let hidden = structure.variables.iter().filter(|variable| variable.hidden).count();
    assert!((30..60).contains(&hidden), "{hidden} parts");
}

#[test]
fn constants_that_are_met_over_and_over_are_given_up_on() {
    let chain: String = (0..60).map(|n| format!("x{n} = x{} + x{} ~~|\n", n + 1, n + 1)).collect();
    let structure = built(&format!("{chain}x60 = 1 ~~|\nLate = DELAY N(x60, x0, 0, 2) ~~|"), "");
    assert_eq!(structure.scalars.len(), structure.step_order.len() + 1 + 2 + 4);
}

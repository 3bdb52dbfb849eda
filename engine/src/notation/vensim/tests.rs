//! Reading and writing, by example and at random.
#![allow(clippy::unwrap_used, clippy::panic)]

mod examples;
mod expected;
mod generated;
mod speed;

use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Sources, render_text};
use crate::model::{Body, Equation, Model, Unread};

/// The model of a text, and what is wrong with it.
fn read(text: &str) -> (Model, Diagnostics) {
    super::read(&"test.mdl".into(), &text.into())
}

/// The model of a text with nothing wrong in it.
fn sound(text: &str) -> Model {
    let (model, found) = read(text);
    assert!(found.is_empty(), "{}", rendered(text, &found));
    model
}

fn rendered(text: &str, found: &Diagnostics) -> String {
    let mut sources = Sources::new();
    sources.add(&"test.mdl".into(), &text.into());
    render_text(found, &sources, false)
}

/// The codes of all that is wrong with a text, in order.
fn codes(text: &str) -> Vec<&'static str> {
    read(text).1.iter().map(|diagnostic| diagnostic.code.0).collect()
}

fn only(model: &Model) -> &Equation {
    let mut equations = model.equations();
    let equation = equations.next().expect("one equation");
    assert!(equations.next().is_none());
    equation
}

/// All that a model says, positions left out, one part a line.
fn said(model: &Model) -> String {
    let model = Model {
        file: Arc::from(""),
        text: Arc::from(""),
        integration: None,
        unread: Unread::default(),
        ..model.clone()
    };
    let lines = format!("{model:#?}");
    let is_position = |line: &&str| {
        let line = line.trim();
        line.starts_with("start: ") || line.starts_with("end: ")
    };
    lines.lines().filter(|line| !is_position(line)).map(str::trim).collect::<Vec<_>>().join("\n")
}

/// The right side of `x = text`, written back.
fn rewritten(text: &str) -> String {
    let source = format!("x = {text} ~ ~ |");
    let model = read(&source).0;
    let Body::Expression(_) = &only(&model).body else { panic!("{text} is no expression") };
    let written = super::write(&model);
    written.lines().nth(3).unwrap().trim().to_owned()
}

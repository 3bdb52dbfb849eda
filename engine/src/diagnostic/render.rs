//! Diagnostics as a person reads them, and as a program does.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::letters::{visible, visible_of_same_length};
use super::{Diagnostic, Diagnostics, Severity, Span};

/// The texts that diagnostics point into, by the name that the person knows each by.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    texts: BTreeMap<Arc<str>, Arc<str>>,
}

impl Sources {
    /// No text yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the text of a file.
    pub fn add(&mut self, file: &Arc<str>, text: &Arc<str>) {
        self.texts.insert(Arc::clone(file), Arc::clone(text));
    }

    /// The text of a file, if it was read.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.texts.get(file).map(AsRef::as_ref)
    }

    /// Line and column (from 1, columns in characters) where a span begins.
    pub fn position(&self, span: &Span) -> Option<(usize, usize)> {
        let text = self.text(&span.file)?;
        let before = text.get(..span.start.min(text.len()))?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) + 1;
        Some((line, column))
    }
}

/// All diagnostics in the form of rustc's, with the lines they point at; coloured if asked.
pub fn render_text(diagnostics: &Diagnostics, sources: &Sources, coloured: bool) -> String {
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    let mut blocks: Vec<String> = Vec::new();
    for diagnostic in diagnostics.iter() {
        // What a file or a command holds is shown, and not obeyed.
        let printable = printable(diagnostic);
        blocks.push(renderer.render(&report(&printable, sources)).to_string());
    }
    let mut text = blocks.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The diagnostic as a terminal may have it.
fn printable(diagnostic: &Diagnostic) -> Diagnostic {
    let mut printable = diagnostic.clone();
    printable.message = visible(&diagnostic.message).into_owned();
    printable.hints = diagnostic.hints.iter().map(|hint| visible(hint).into_owned()).collect();
    printable
}

fn report<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.0);
    let mut group = match diagnostic.span.as_ref().and_then(|span| sources.text(&span.file).map(|text| (span, text))) {
        Some((span, text)) => {
            let lines = Lines::around(text, span);
            let snippet = Snippet::source(lines.text).line_start(lines.first).path(visible(&span.file));
            title.element(snippet.annotation(AnnotationKind::Primary.span(lines.marked)))
        }
        None => match &diagnostic.span {
            Some(span) => title.element(annotate_snippets::Origin::path(visible(&span.file))),
            None => title.elements(std::iter::empty::<annotate_snippets::Message<'a>>()),
        },
    };
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
    }
    vec![group]
}

/// The lines of a text that a span stands in; a large file is not searched through for each diagnostic.
struct Lines<'a> {
    text: Cow<'a, str>,
    /// The number of the first line, from 1.
    first: usize,
    /// The span, counted from the first of these lines.
    marked: std::ops::Range<usize>,
}

impl<'a> Lines<'a> {
    fn around(text: &'a str, span: &Span) -> Self {
        let start = floor(text, span.start);
        let end = floor(text, span.end).max(start);
        let (before, after) = (text.get(..start).unwrap_or(""), text.get(end..).unwrap_or(""));
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = end + after.find('\n').unwrap_or(after.len());
        Self {
            text: visible_of_same_length(text.get(line_start..line_end).unwrap_or("")),
            first: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            marked: start - line_start..end - line_start,
        }
    }
}

/// The last offset at or before `offset` where a letter begins.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or(0)
}

#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    severity: Severity,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    hints: &'a [String],
}

/// All diagnostics as a JSON array: code, severity, file, line, column, message, hints.
pub fn render_json(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let rows: Vec<Row<'_>> = diagnostics
        .iter()
        .map(|d| {
            let position = d.span.as_ref().and_then(|span| sources.position(span));
            Row {
                code: d.code.0,
                severity: d.severity,
                file: d.span.as_ref().map(|span| span.file.as_ref()),
                line: position.map(|(line, _)| line),
                column: position.map(|(_, column)| column),
                message: &d.message,
                hints: &d.hints,
            }
        })
        .collect();
    serde_json::to_string_pretty(&rows).unwrap_or_else(|_| "[]".to_owned())
}

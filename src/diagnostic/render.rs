//! Diagnostics as a person reads them, and as a program does.

use std::collections::BTreeMap;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

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
        blocks.push(renderer.render(&report(diagnostic, sources)).to_string());
    }
    let mut text = blocks.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn report<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.0);
    let mut group = match diagnostic.span.as_ref().and_then(|span| sources.text(&span.file).map(|text| (span, text))) {
        Some((span, text)) => {
            let end = span.end.min(text.len());
            let start = span.start.min(end);
            title.element(
                Snippet::source(text).path(span.file.as_ref()).annotation(AnnotationKind::Primary.span(start..end)),
            )
        }
        None => match &diagnostic.span {
            Some(span) => title.element(annotate_snippets::Origin::path(span.file.as_ref())),
            None => title.elements(std::iter::empty::<annotate_snippets::Message<'a>>()),
        },
    };
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
    }
    vec![group]
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

//! What was found wrong so far, each place once, and on which line things stand.

use std::collections::HashSet;

use crate::diagnostic::catalogue::structure as code;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, nearest};
use crate::model::{Model, Name, TextRange};

/// More than this is told of no one model.
const MOST_MESSAGES: usize = 100;

/// The diagnostics of a model while its structure is built.
pub(super) struct Notes<'m> {
    model: &'m Model,
    /// Byte at which each line begins.
    lines: Vec<usize>,
    found: Diagnostics,
    /// An equation for many elements goes wrong once, not once for each element.
    seen: HashSet<(Code, usize, usize)>,
    /// How often something was wrong, repetitions counted.
    count: usize,
    /// How many names may still be compared with all others: more than the messages that are shown would be in vain.
    comparisons: usize,
}

impl<'m> Notes<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let lines = std::iter::once(0).chain(model.text.match_indices('\n').map(|(byte, _)| byte + 1)).collect();
        Self { model, lines, found: Diagnostics::new(), seen: HashSet::new(), count: 0, comparisons: MOST_MESSAGES }
    }

    /// The line on which this stands, from 1.
    pub(super) fn line(&self, at: TextRange) -> usize {
        self.lines.partition_point(|&begin| begin <= at.start)
    }

    /// What stands there, in the modeller's own spelling, with single spaces.
    pub(super) fn written(&self, at: TextRange) -> String {
        let text = self.model.text.get(at.start..at.end).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Adds an error at a place in the model, unless the same kind was found there before.
    pub(super) fn error(&mut self, code: Code, at: TextRange, message: String, hints: Vec<String>) {
        self.add(Diagnostic { hints, ..Diagnostic::error(code, message) }, at);
    }

    /// Adds a warning at a place in the model, unless the same kind was found there before.
    pub(super) fn warning(&mut self, code: Code, at: TextRange, message: String, hints: Vec<String>) {
        self.add(Diagnostic { hints, ..Diagnostic::warning(code, message) }, at);
    }

    fn add(&mut self, diagnostic: Diagnostic, at: TextRange) {
        self.count += 1;
        if self.seen.insert((diagnostic.code, at.start, at.end)) {
            self.found.push(diagnostic.at(self.model.span(at)));
        }
    }

    /// Adds an error in another file, or about the model as a whole if there is no place.
    pub(super) fn elsewhere(&mut self, code: Code, span: Option<Span>, message: String, hints: Vec<String>) {
        let diagnostic = Diagnostic { hints, ..Diagnostic::error(code, message) };
        self.found.push(match span {
            Some(span) => diagnostic.at(span),
            None => diagnostic,
        });
    }

    /// Adds a finding as it is.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// How often something in the model was wrong so far, repetitions counted.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The name nearest to this one, for a hint, as long as messages are shown.
    pub(super) fn nearest<'c>(&mut self, name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
        self.comparisons = self.comparisons.checked_sub(1)?;
        nearest(name, candidates)
    }

    /// Whether the same kind was found here before.
    pub(super) fn is_reported(&self, code: Code, at: TextRange) -> bool {
        self.seen.contains(&(code, at.start, at.end))
    }

    /// Adds that a name is not known, unless it may stand in what could not be read.
    pub(super) fn unknown(&mut self, name: &Name, code: Code, at: TextRange, message: String, hints: Vec<String>) {
        if !self.model.unread.may_define(name) {
            self.error(code, at, message, hints);
        }
    }

    /// The same for a range or an element.
    pub(super) fn unknown_subscript(
        &mut self,
        name: &Name,
        code: Code,
        at: TextRange,
        message: String,
        hints: Vec<String>,
    ) {
        if !self.model.unread.may_hold(name) {
            self.error(code, at, message, hints);
        }
    }

    /// Whether something of this name may stand in what could not be read.
    pub(super) fn may_be_unread(&self, name: &Name) -> bool {
        self.model.unread.may_define(name)
    }

    /// Everything that was found: the model's in the order of its text, then the rest.
    pub(super) fn into_diagnostics(self) -> Diagnostics {
        let mut all: Vec<Diagnostic> = self.found.iter().cloned().collect();
        all.sort_by_key(|diagnostic| match &diagnostic.span {
            Some(span) if span.file == self.model.file => (0, span.start),
            _ => (1, 0),
        });
        all.into_iter().collect::<Diagnostics>().at_most(MOST_MESSAGES, code::MANY, &self.model.file)
    }
}

/// "`A`, `B` and `C`", cut after `limit` names with the number of the others.
pub(super) fn listed<S: AsRef<str>>(names: &[S], limit: usize) -> String {
    let quoted: Vec<String> = names.iter().take(limit).map(|name| format!("`{}`", name.as_ref())).collect();
    let others = names.len().saturating_sub(limit);
    match (quoted.as_slice(), others) {
        (_, 1..) => format!("{} and {others} more", quoted.join(", ")),
        ([], _) => String::new(),
        ([only], _) => only.clone(),
        ([before @ .., last], _) => format!("{} and {last}", before.join(", ")),
    }
}

/// The spellings of names.
pub(super) fn spellings<'n>(names: impl IntoIterator<Item = &'n Name>) -> Vec<&'n str> {
    names.into_iter().map(Name::spelling).collect()
}

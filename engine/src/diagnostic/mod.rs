//! What is wrong, where, and what to do about it.

pub mod catalogue;
mod letters;
mod nearest;
mod render;

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

pub use catalogue::{Code, Page};
pub use letters::{is_hidden, visible};
pub use nearest::nearest;
pub use render::{Sources, render_json, render_text};

/// How bad it is: an error stops the work, a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The inputs cannot be used.
    Error,
    /// The inputs can be used, and the reader should look.
    Warning,
}

/// A stretch of a text, in bytes from its beginning; `file` is the name the person knows it by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The name of the file as the person gave it.
    pub file: Arc<str>,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The stretch from byte `start` up to byte `end` of `file`.
    pub fn new(file: &Arc<str>, start: usize, end: usize) -> Self {
        Self { file: Arc::clone(file), start, end: end.max(start) }
    }
}

/// One thing that is wrong in a person's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Names the page that `wellspring explain` prints.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// Where, if it has a place; a file as a whole is the span 0..0.
    pub span: Option<Span>,
    /// What is wrong, in the writer's own spelling.
    pub message: String,
    /// What to type instead.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// The same as a warning.
    #[must_use]
    pub fn softened(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// An error with this code and message, no place and no hint yet.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, span: None, message: message.into(), hints: Vec::new() }
    }

    /// A warning with this code and message, no place and no hint yet.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// The same, placed at `span`.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// The same, with the nearest of the known names as a hint, if one is near to what was typed.
    #[must_use]
    pub fn did_you_mean<'k>(self, typed: &str, known: impl IntoIterator<Item = &'k str>) -> Self {
        match nearest(typed, known) {
            Some(near) => self.hint(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// The same, with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity}[{}]: {}", self.code, self.message)
    }
}

/// Everything that was found wrong, errors and warnings, in the order found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds all of another collection.
    pub fn extend(&mut self, others: Diagnostics) {
        self.found.extend(others.found);
    }

    /// At most `most` of them, errors before warnings where some must go, and then how many more there are in `file`.
    #[must_use]
    pub fn at_most(self, most: usize, code: Code, file: &Arc<str>) -> Self {
        let all = self.found.len();
        if all <= most {
            return self;
        }
        let errors = self.found.iter().filter(|one| one.severity == Severity::Error).count();
        let (mut errors_left, mut warnings_left) = (most, most.saturating_sub(errors));
        let mut found = self.found;
        found.retain(|one| {
            let left = if one.severity == Severity::Error { &mut errors_left } else { &mut warnings_left };
            let kept = *left > 0;
            *left = left.saturating_sub(1);
            kept
        });
        let more = all - found.len();
        let message = format!("{more} more messages about `{file}` are not shown; there are {all} in all");
        let rest = Diagnostic {
            severity: if errors > 0 { Severity::Error } else { Severity::Warning },
            ..Diagnostic::warning(code, message)
        };
        found
            .push(rest.at(Span::new(file, 0, 0)).hint("put right what is shown first: one mistake may be behind many"));
        Self { found }
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }

    /// Whether nothing at all was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// One after another.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// `Ok(value)` if there is no error among them, else all of them. Warnings alone are returned beside the value.
    ///
    /// # Errors
    /// All diagnostics, when at least one is an error.
    pub fn into_result<T>(self, value: T) -> Result<(T, Diagnostics), Diagnostics> {
        if self.has_errors() { Err(self) } else { Ok((value, self)) }
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(iter: I) -> Self {
        Self { found: iter.into_iter().collect() }
    }
}

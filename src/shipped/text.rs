//! A text and the name that the person knows it by.

use std::sync::Arc;

/// A text and the name that the person knows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The name as given, or of the shipped file: diagnostics say it.
    pub file: Arc<str>,
    /// What it holds.
    pub content: Arc<str>,
    /// Whether it came with the program.
    pub shipped: bool,
}

impl Text {
    /// A person's own text under this name.
    pub fn new(file: &str, content: &str) -> Self {
        Self { file: Arc::from(file), content: Arc::from(content), shipped: false }
    }
}

//! The texts that make up a study, and what the person changed on the command line.

use std::sync::Arc;

use engine::sampling::Design;

/// A text and the name that the person knows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Name, for diagnostics.
    pub file: Arc<str>,
    /// Content.
    pub content: Arc<str>,
}

impl Text {
    /// A text under this name.
    pub fn new(file: &str, content: &str) -> Self {
        Self { file: Arc::from(file), content: Arc::from(content) }
    }
}

/// All texts of a study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyTexts {
    /// What is decided.
    pub scenario: Text,
    /// How the world works.
    pub model: Text,
    /// What the appraisal reads from the model.
    pub accounts: Text,
    /// Cards, places and system files; the scenario says which are used.
    pub evidence: Vec<Text>,
    /// The country that places are compared with, so that what is not plausible is told; it moves no number.
    pub country: Option<Text>,
    /// Who published what.
    pub sources: Text,
    /// Prices of one year in prices of another.
    pub deflators: Text,
}

impl StudyTexts {
    /// All of them, in a fixed order.
    pub fn all(&self) -> Vec<&Text> {
        let mut all = vec![&self.scenario, &self.model, &self.accounts];
        all.extend(&self.evidence);
        all.extend([&self.sources, &self.deflators]);
        all
    }
}

/// What replaces the scenario's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Draws.
    pub draws: Option<u64>,
    /// Seed.
    pub seed: Option<u64>,
    /// Design.
    pub design: Option<Design>,
    /// Independent repetitions of the design.
    pub replicates: Option<u64>,
}

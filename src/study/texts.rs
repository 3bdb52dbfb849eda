//! The texts that make up a study, and what the person changed on the command line.

use crate::shipped::Text;
use engine::diagnostic::Sources;
use engine::sampling::Design;

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

    /// For diagnostics to point into.
    pub fn diagnostic_sources(&self) -> Sources {
        let mut sources = Sources::new();
        for text in self.all() {
            sources.add(&text.file, &text.content);
        }
        sources
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

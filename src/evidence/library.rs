//! All evidence together, and the part of it that one study uses.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::explain::evidence as code;
use engine::diagnostic::{Diagnostic, Diagnostics};
use engine::model::{Bindings, Name};

use super::file::{EvidenceFile, EvidenceKind};
use super::references::References;
use super::uncertain::UncertainConstant;

/// All cards, places and system files, no two of one kind with the same id.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    /// What their figures refer to.
    pub references: References,
    files: Vec<EvidenceFile>,
}

impl Library {
    /// Reads all files, each given by its name and its text.
    ///
    /// # Errors
    /// Everything that is wrong with any of them.
    pub fn read<'t>(
        references: References,
        texts: impl IntoIterator<Item = (&'t Arc<str>, &'t str)>,
    ) -> Result<(Self, Diagnostics), Diagnostics> {
        let mut found = Diagnostics::new();
        let mut files = Vec::new();
        for (file, text) in texts {
            match EvidenceFile::read(file, text, &references) {
                Ok((evidence, warnings)) => {
                    found.extend(warnings);
                    files.push(evidence);
                }
                Err(errors) => found.extend(errors),
            }
        }
        found.extend(same_ids(&files));
        found.into_result(Self { references, files })
    }

    /// All files, in the order given.
    pub fn files(&self) -> &[EvidenceFile] {
        &self.files
    }

    /// The cards, in the order given.
    pub fn cards(&self) -> impl Iterator<Item = &EvidenceFile> {
        self.files.iter().filter(|file| matches!(file.kind, EvidenceKind::Card(_)))
    }

    /// The places, in the order given.
    pub fn places(&self) -> impl Iterator<Item = &EvidenceFile> {
        self.files.iter().filter(|file| matches!(file.kind, EvidenceKind::Place(_)))
    }

    /// The files about the system, in the order given.
    pub fn systems(&self) -> impl Iterator<Item = &EvidenceFile> {
        self.files.iter().filter(|file| matches!(file.kind, EvidenceKind::System))
    }

    /// The card with this id, whatever its case.
    pub fn card(&self, id: &str) -> Option<&EvidenceFile> {
        let wanted = Name::new(id);
        self.cards().find(|card| Name::new(&card.id) == wanted)
    }

    /// The place with this id, whatever its case.
    pub fn place(&self, id: &str) -> Option<&EvidenceFile> {
        let wanted = Name::new(id);
        self.places().find(|place| Name::new(&place.id) == wanted)
    }
}

fn same_ids(files: &[EvidenceFile]) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mut seen: BTreeMap<(&str, Name), &EvidenceFile> = BTreeMap::new();
    for file in files {
        let kind = file.kind_word();
        if let Some(first) = seen.get(&(kind, Name::new(&file.id))) {
            found.push(
                Diagnostic::error(
                    code::SAME_ID,
                    format!("the {kind} `{}` is there twice, first in {}", file.id, first.id_span.file),
                )
                .at(file.id_span.clone())
                .hint("give one of them another id, or leave one out"),
            );
        } else {
            seen.insert((kind, Name::new(&file.id)), file);
        }
    }
    found
}

/// The evidence of one study: its place, its programmes in order, and the system.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection<'l> {
    /// The place.
    pub place: &'l EvidenceFile,
    /// The cards of the programmes, in the order of the scenario.
    pub cards: Vec<&'l EvidenceFile>,
    /// All files about the system.
    pub systems: Vec<&'l EvidenceFile>,
}

impl<'l> Selection<'l> {
    /// System files, then the place, then the cards.
    pub fn files(&self) -> impl Iterator<Item = &'l EvidenceFile> {
        self.systems.iter().copied().chain(std::iter::once(self.place)).chain(self.cards.iter().copied())
    }

    /// Central values of all files, and the programmes as the elements of the range called `programmes`.
    pub fn bindings(&self, programmes: &Name) -> Bindings {
        let mut bindings = Bindings::default();
        for file in self.files() {
            bindings.values.extend(file.bindings().values);
        }
        let elements = self.cards.iter().map(|card| Name::new(&card.id)).collect();
        bindings.ranges.insert(programmes.clone(), elements);
        bindings
    }

    /// What is drawn, file by file in the order of [`Selection::files`].
    pub fn uncertainties(&self) -> Vec<UncertainConstant> {
        self.files().flat_map(EvidenceFile::uncertainties).collect()
    }
}

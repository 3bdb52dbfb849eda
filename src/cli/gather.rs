//! All texts of a study: the scenario, and what it names, shipped or on the disk.

use std::path::Path;

use crate::explain::command as code;
use crate::shipped::{self, Text};
use crate::study::{Files, NotGathered, StudyTexts};
use engine::diagnostic::{Diagnostic, Diagnostics, Span};

use super::{Failure, files, kind, model};

/// The files on the disk.
struct Disk;

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Text, Diagnostics> {
        files::read(Path::new(path))
    }

    fn has(&self, path: &str) -> bool {
        Path::new(path).is_file()
    }
}

/// The text of the scenario that an argument names: a file, or a shipped one.
///
/// # Errors
/// There is no such file or shipped scenario.
pub fn scenario(argument: &str) -> Result<Text, Diagnostics> {
    if shipped::is_file(argument, &[".toml"]) {
        return files::read(Path::new(argument));
    }
    let found = shipped::find(argument, "scenario", shipped::SCENARIOS);
    found.map(|one| one.text()).map_err(|one| std::iter::once(one).collect())
}

/// Gathers what a scenario names.
///
/// # Errors
/// The scenario is of a model by itself, it cannot be said what it names, or a file cannot be read.
pub fn gather(text: Text) -> Result<StudyTexts, Failure> {
    if kind::of_a_model(&text) {
        let message =
            format!("`{}` is a scenario of a model by itself, which has no accounts to appraise it by", text.file);
        let alone = Diagnostic::error(code::MODEL_ALONE, message).at(Span::new(&text.file, 0, 0));
        let found = std::iter::once(alone.hint("use `wellspring sweep` with it")).collect();
        return Err(model::failure(found, &[&text]));
    }
    StudyTexts::gather(text, &Disk)
        .map_err(|NotGathered { found, texts }| model::failure(found, &texts.iter().collect::<Vec<_>>()))
}

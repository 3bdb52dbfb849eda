//! A model named by a person, read and bound.

use std::path::Path;

use crate::shipped::{self, Text};
use engine::diagnostic::catalogue::structure as unit_code;
use engine::diagnostic::{Code, Diagnostics, Sources};
use engine::model::{Bindings, Model};
use engine::notation::vensim;
use engine::structure::{self, Structure};

use super::Failure;
use super::files;

/// Endings by which a model's argument is known for a file; those of XMILE too, so that the file itself says what it is.
pub const ENDINGS: &[&str] = &[".mdl", ".xmile", ".stmx", ".itmx", ".xml"];

/// The text of the model that an argument names: a file, or a shipped one.
///
/// # Errors
/// There is no such file or shipped model.
pub fn text(argument: &str) -> Result<Text, Diagnostics> {
    if shipped::is_file(argument, ENDINGS) {
        return files::read(Path::new(argument));
    }
    match shipped::find(argument, "model", shipped::MODELS) {
        Ok(shipped) => Ok(shipped.text()),
        Err(unknown) => Err(std::iter::once(unknown).collect()),
    }
}

/// The structure of a model with these bindings, and the warnings about both.
///
/// # Errors
/// As [`bind`].
pub fn build(text: &Text, bindings: &Bindings) -> Result<(Structure, Diagnostics), Diagnostics> {
    let (model, found) = vensim::read(&text.file, &text.content);
    bind(&model, found, bindings)
}

/// The structure of a model that was read, with what was found in reading.
///
/// # Errors
/// Everything wrong with the text and, as far as it was read, with the structure: what may stand in a line that could not be read
/// is not called unknown.
pub fn bind(model: &Model, found: Diagnostics, bindings: &Bindings) -> Result<(Structure, Diagnostics), Diagnostics> {
    bind_by(structure::build, model, found, bindings)
}

/// The same for one run, which may end when the model says so.
///
/// # Errors
/// As [`bind`].
pub fn bind_one_run(
    model: &Model,
    found: Diagnostics,
    bindings: &Bindings,
) -> Result<(Structure, Diagnostics), Diagnostics> {
    bind_by(structure::build_one_run, model, found, bindings)
}

fn bind_by(
    build: impl Fn(&Model, &Bindings) -> Result<(Structure, Diagnostics), Diagnostics>,
    model: &Model,
    found: Diagnostics,
    bindings: &Bindings,
) -> Result<(Structure, Diagnostics), Diagnostics> {
    let mut found = found;
    match build(model, bindings) {
        Ok((structure, warnings)) => {
            found.extend(warnings);
            found.into_result(structure)
        }
        Err(errors) => {
            found.extend(errors);
            let (mut first, units) = units_last(&found);
            first.extend(units);
            Err(first)
        }
    }
}

/// What was found, those about units last and together.
pub fn units_last(found: &Diagnostics) -> (Diagnostics, Diagnostics) {
    let (units, others): (Vec<_>, Vec<_>) =
        found.iter().cloned().partition(|diagnostic| is_about_units(diagnostic.code));
    (others.into_iter().collect(), units.into_iter().collect())
}

fn is_about_units(code: Code) -> bool {
    [unit_code::UNITS_DIFFER, unit_code::NO_UNIT, unit_code::TWO_UNITS].contains(&code)
}

/// A failure because of what was found in one text, and perhaps on the command line.
pub fn failure(found: Diagnostics, texts: &[&Text]) -> Failure {
    let mut sources = Sources::new();
    for text in texts {
        sources.add(&text.file, &text.content);
    }
    Failure::inputs(found, sources)
}

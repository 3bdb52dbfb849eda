//! What a study rests on, gathered for its report: the evidence in use, the texts and their fingerprints, the command.

use crate::report::Basis;
use crate::report::basis::Input;
use crate::study::{Study, StudyTexts};

use super::counted::sha256;
use super::manifest::logical;

/// The basis of a study; `command` is what repeats it.
pub fn basis(study: &Study, texts: &StudyTexts, command: Vec<String>) -> Basis {
    let inputs = texts.all().into_iter().map(|text| Input {
        name: logical(&text.file),
        shipped: text.shipped,
        sha256: sha256(text.content.as_bytes()),
    });
    Basis::of(study, inputs.collect(), command)
}

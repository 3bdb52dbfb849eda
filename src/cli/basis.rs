//! What a study rests on, gathered for its report: the evidence in use, the texts and their fingerprints, the command.

use crate::evidence::{EvidenceFile, References};
use crate::report::Basis;
use crate::report::basis::Input;
use crate::study::Study;

use super::counted::sha256;
use super::gather::Gathered;
use super::manifest::logical;

/// The basis of a study; `command` is what repeats it.
pub fn basis(study: &Study, gathered: &Gathered, command: Vec<String>) -> Basis {
    let texts = &gathered.texts;
    let references = References::read(
        (&texts.sources.file, &texts.sources.content),
        (&texts.deflators.file, &texts.deflators.content),
    );
    let (references, _) = references.expect("the study has read its references before");
    let files: Vec<EvidenceFile> = texts
        .evidence
        .iter()
        .filter_map(|text| EvidenceFile::read(&text.file, &text.content, &references).ok())
        .map(|(file, _)| file)
        .collect();
    let inputs = texts.all().into_iter().map(|text| Input {
        name: logical(&text.file),
        shipped: gathered.is_shipped(text),
        sha256: sha256(text.content.as_bytes()),
    });
    Basis::of(study, &files, &references.sources, inputs.collect(), command)
}

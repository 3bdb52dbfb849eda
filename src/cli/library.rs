//! Evidence to be looked at: what ships, and files of one's own.

use std::path::Path;

use crate::evidence::{EvidenceFile, Kind, References, SourceRegistry};
use crate::explain::command as code;
use crate::scenario::{Accounts, ProgrammeCard, beside};
use engine::diagnostic::{Diagnostic, Sources, Span};

use super::files::{self, Text};
use super::shipped::{self, Shipped};
use super::{Failure, model, terminal};

/// The register of sources and the deflators that ship.
pub fn shipped_references() -> References {
    let (sources, deflators) = (shipped::SOURCES.text(), shipped::DEFLATORS.text());
    let read = References::read((&sources.file, &sources.text), (&deflators.file, &deflators.text));
    read.expect("the shipped sources and deflators are without errors, as the tests check").0
}

/// What the figures of a file refer to: a file sources.toml in its folder replaces the shipped register of sources.
///
/// # Errors
/// Everything wrong with that file.
pub fn references_of(text: &Text) -> Result<References, Failure> {
    let own = beside(&text.file, "sources.toml");
    if text.shipped || !Path::new(&own).is_file() {
        return Ok(shipped_references());
    }
    let sources = files::read(Path::new(&own)).map_err(|found| model::failure(found, &[]))?;
    // The shipped deflators name sources of the shipped register, which stay theirs.
    let deflators = shipped_references().deflators;
    match SourceRegistry::read(&sources.file, &sources.text) {
        Ok((own, _)) => Ok(References { sources: own, deflators }),
        Err(found) => Err(model::failure(found, &[&sources])),
    }
}

/// The file that an argument names: one of those shipped, or a path.
///
/// # Errors
/// There is no such file, or something is wrong with it.
pub fn named(argument: &str, kind: &str, among: &[&'static Shipped]) -> Result<(EvidenceFile, References), Failure> {
    let text = if shipped::is_file(argument, &[".toml"]) {
        files::read(Path::new(argument)).map_err(|found| model::failure(found, &[]))?
    } else {
        shipped::find(argument, kind, among)?.text()
    };
    let references = references_of(&text)?;
    match EvidenceFile::read(&text.file, &text.text, &references) {
        Ok((file, warnings)) => {
            let mut sources = Sources::new();
            sources.add(&text.file, &text.text);
            terminal::complain(&warnings, &sources);
            Ok((file, references))
        }
        Err(found) => Err(model::failure(found, &[&text])),
    }
}

/// The card that an argument names.
///
/// # Errors
/// There is no such file, something is wrong with it, or it is no card.
pub fn card(argument: &str) -> Result<(EvidenceFile, References), Failure> {
    let (file, references) = named(argument, "programme", &shipped::CARDS.iter().collect::<Vec<_>>())?;
    if matches!(file.kind, Kind::Card(_)) { Ok((file, references)) } else { Err(other_kind(&file, "card")) }
}

/// The place that an argument names.
///
/// # Errors
/// There is no such file, something is wrong with it, or it is no place.
pub fn place(argument: &str) -> Result<EvidenceFile, Failure> {
    let (file, _) = named(argument, "place", &shipped::PLACES.iter().collect::<Vec<_>>())?;
    if matches!(file.kind, Kind::Place { .. }) { Ok(file) } else { Err(other_kind(&file, "place")) }
}

fn other_kind(file: &EvidenceFile, wanted: &str) -> Failure {
    let name = &file.id_span.file;
    Diagnostic::error(code::NO_KIND, format!("`{name}` is a {}, and a {wanted} is needed", file.kind_word()))
        .at(Span::new(name, 0, 0))
        .hint(format!("name a file that begins with [{wanted}]"))
        .into()
}

/// Shipped evidence, read.
pub fn shipped(files: &[&'static Shipped]) -> Vec<EvidenceFile> {
    let references = shipped_references();
    let read = |one: &&'static Shipped| {
        let text = one.text();
        EvidenceFile::read(&text.file, &text.text, &references)
            .expect("the shipped evidence is without errors, as the tests check")
            .0
    };
    files.iter().map(read).collect()
}

/// All shipped evidence: the system, the places, the cards.
pub fn all() -> Vec<EvidenceFile> {
    let files: Vec<&Shipped> = std::iter::once(shipped::SYSTEM).chain(shipped::PLACES).chain(shipped::CARDS).collect();
    shipped(&files)
}

/// The accounts of the shipped model.
pub fn shipped_accounts(name: &str) -> Option<Accounts> {
    let text = shipped::ACCOUNTS.iter().find(|accounts| accounts.name == name)?.text();
    Some(Accounts::read(&text.file, &text.text).expect("the shipped accounts are without errors, as the tests check").0)
}

/// Which numbers of a card are shown, as the first shipped model's accounts say.
pub fn programme_card() -> ProgrammeCard {
    let accounts = shipped::MODELS.first().and_then(|model| shipped_accounts(model.name));
    let card = accounts.and_then(|accounts| accounts.programme_card);
    card.expect("the accounts of the shipped model say what is shown of a card, as the tests check")
}

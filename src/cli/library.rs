//! Evidence to be looked at: what ships, and files of one's own.

use std::borrow::Cow;
use std::path::Path;

use crate::evidence::{EvidenceFile, EvidenceKind, References, SourceRegistry};
use crate::explain::command as code;
use crate::scenario::{Accounts, ProgrammeCard, beside};
use crate::shipped::{self, Shipped, Text};
use engine::diagnostic::{Diagnostic, Sources, Span};

use super::{Failure, files, model, terminal};

/// The register of sources and the deflators that ship. A command reads them once, and hands them to whoever needs them.
pub fn shipped_references() -> References {
    let (sources, deflators) = (shipped::SOURCES.text(), shipped::DEFLATORS.text());
    let read = References::read((&sources.file, &sources.content), (&deflators.file, &deflators.content));
    read.expect("the shipped sources and deflators are without errors, as the tests check").0
}

/// What the figures of a file refer to: a file sources.toml in its folder replaces the shipped register of sources.
///
/// # Errors
/// Everything wrong with that file.
pub fn references_of<'r>(text: &Text, shipped: &'r References) -> Result<Cow<'r, References>, Failure> {
    let own = beside(&text.file, "sources.toml");
    if text.shipped || !Path::new(&own).is_file() {
        return Ok(Cow::Borrowed(shipped));
    }
    let sources = files::read(Path::new(&own)).map_err(|found| model::failure(found, &[]))?;
    match SourceRegistry::read(&sources.file, &sources.content) {
        // The shipped deflators name sources of the shipped register, which stay theirs.
        Ok((own, _)) => Ok(Cow::Owned(References { sources: own, deflators: shipped.deflators.clone() })),
        Err(found) => Err(model::failure(found, &[&sources])),
    }
}

/// The file that an argument names, one of those shipped or a path, and what its figures refer to.
///
/// # Errors
/// There is no such file, or something is wrong with it.
pub fn named<'r>(
    argument: &str,
    kind: &str,
    among: impl IntoIterator<Item = &'static Shipped>,
    references: &'r References,
) -> Result<(EvidenceFile, Cow<'r, References>), Failure> {
    let text = if shipped::is_file(argument, &[".toml"]) {
        files::read(Path::new(argument)).map_err(|found| model::failure(found, &[]))?
    } else {
        shipped::find(argument, kind, among)?.text()
    };
    let references = references_of(&text, references)?;
    match EvidenceFile::read(&text.file, &text.content, &references) {
        Ok((file, warnings)) => {
            let mut sources = Sources::new();
            sources.add(&text.file, &text.content);
            terminal::complain(&warnings, &sources);
            Ok((file, references))
        }
        Err(found) => Err(model::failure(found, &[&text])),
    }
}

/// The card that an argument names, and what its figures refer to.
///
/// # Errors
/// There is no such file, something is wrong with it, or it is no card.
pub fn card<'r>(argument: &str, references: &'r References) -> Result<(EvidenceFile, Cow<'r, References>), Failure> {
    let (file, references) = named(argument, "programme", shipped::CARDS, references)?;
    if matches!(file.kind, EvidenceKind::Card(_)) { Ok((file, references)) } else { Err(other_kind(&file, "card")) }
}

/// The place that an argument names.
///
/// # Errors
/// There is no such file, something is wrong with it, or it is no place.
pub fn place(argument: &str, references: &References) -> Result<EvidenceFile, Failure> {
    let (file, _) = named(argument, "place", shipped::PLACES, references)?;
    if matches!(file.kind, EvidenceKind::Place { .. }) { Ok(file) } else { Err(other_kind(&file, "place")) }
}

fn other_kind(file: &EvidenceFile, wanted: &str) -> Failure {
    let name = &file.id_span.file;
    Diagnostic::error(code::NO_KIND, format!("`{name}` is a {}, and a {wanted} is needed", file.kind_word()))
        .at(Span::new(name, 0, 0))
        .hint(format!("name a file that begins with [{wanted}]"))
        .into()
}

/// Shipped evidence, read.
pub fn shipped(files: impl IntoIterator<Item = &'static Shipped>, references: &References) -> Vec<EvidenceFile> {
    let read = |one: &Shipped| {
        let text = one.text();
        EvidenceFile::read(&text.file, &text.content, references)
            .expect("the shipped evidence is without errors, as the tests check")
            .0
    };
    files.into_iter().map(read).collect()
}

/// The accounts of a shipped model.
pub fn shipped_accounts(model: &Shipped) -> Option<Accounts> {
    let text = shipped::accounts_of(model)?.text();
    let read = Accounts::read(&text.file, &text.content);
    Some(read.expect("the shipped accounts are without errors, as the tests check").0)
}

/// Which numbers of a card are shown, as the first shipped model's accounts say.
pub fn programme_card() -> ProgrammeCard {
    let accounts = shipped::MODELS.first().and_then(shipped_accounts);
    let card = accounts.and_then(|accounts| accounts.programme_card);
    card.expect("the accounts of the shipped model say what is shown of a card, as the tests check")
}

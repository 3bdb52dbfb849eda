//! `document`: the book of a model.

use std::path::Path;

use crate::catalogue::{self, About};
use crate::evidence::EvidenceFile;
use crate::scenario::Accounts;
use crate::shipped::{self, Shipped, Text};
use engine::diagnostic::Diagnostics;
use engine::notation::vensim;

use super::arguments::Document;
use super::files;
use super::kind::{self, FileKind};
use super::{Ending, Failure, library, model, terminal, writing};

/// Writes the book of a model.
///
/// # Errors
/// The model, its accounts or its evidence is wrong, or the book cannot be written.
pub fn document(asked: &Document) -> Result<Ending, Failure> {
    let text = model::text(&asked.model).map_err(|found| model::failure(found, &[]))?;
    let (read, found) = vensim::read(&text.file, &text.content);
    let (read, warnings) = found.into_result(read).map_err(|found| model::failure(found, &[&text]))?;
    warn(&warnings, &text);
    if let Some(out) = asked.out.as_deref().filter(|_| !text.shipped) {
        let beside = Path::new(text.file.as_ref()).with_extension("toml");
        writing::no_input(out, [Path::new(text.file.as_ref()), &beside]).map_err(Failure::misuse)?;
    }
    let accounts = accounts(&text)?;
    let evidence = evidence(asked, &text)?;
    let preface = preface(&text);
    let about = About {
        preface: &preface,
        loops: accounts.as_ref().map_or(&[], |accounts| accounts.loops.as_slice()),
        evidence: &evidence,
    };
    let book = catalogue::book(&read, &about);
    match &asked.out {
        Some(path) => writing::write_file(path, book.as_bytes())?,
        None => terminal::print(&book)?,
    }
    Ok(Ending::Done)
}

fn warn(warnings: &Diagnostics, text: &Text) {
    let mut sources = engine::diagnostic::Sources::new();
    sources.add(&text.file, &text.content);
    terminal::complain(warnings, &sources);
}

/// The shipped model that a text is.
fn shipped_model(text: &Text) -> Option<&'static Shipped> {
    shipped::MODELS.iter().find(|model| text.shipped && *model.file == *text.file)
}

/// A shipped model has its README beside it in the source tree; of any other only its name is known.
fn preface(text: &Text) -> String {
    let file = &text.file;
    match shipped_model(text) {
        Some(Shipped { name, .. }) => format!(
            "Written from `{file}`, its accounts and the shipped evidence by `wellspring document {name}`; do not edit it \
             here. What the model is for, what it leaves out and where it may mislead stands in `models/README.md`; who \
             published what, in `evidence/SOURCES.md`."
        ),
        None => format!("Written from `{file}` by `wellspring document`."),
    }
}

/// The accounts of a shipped model, or those that stand beside a model's file under its name.
fn accounts(text: &Text) -> Result<Option<Accounts>, Failure> {
    if text.shipped {
        return Ok(shipped_model(text).and_then(library::shipped_accounts));
    }
    let beside = Path::new(text.file.as_ref()).with_extension("toml");
    if !beside.is_file() {
        return Ok(None);
    }
    let beside = files::read(&beside).map_err(|found| model::failure(found, &[]))?;
    if !matches!(kind::kind(&beside), Ok(FileKind::Accounts)) {
        return Ok(None);
    }
    let read = Accounts::read(&beside.file, &beside.content);
    read.map(|(accounts, _)| Some(accounts)).map_err(|found| model::failure(found, &[&beside]))
}

/// The evidence asked for; if none is, all that ships for a shipped model, and none for any other.
fn evidence(asked: &Document, text: &Text) -> Result<Vec<EvidenceFile>, Failure> {
    let references = library::shipped_references();
    if asked.evidence.is_empty() {
        return Ok(if text.shipped { library::shipped(shipped::evidence(), &references) } else { Vec::new() });
    }
    let named = |argument: &String| {
        library::named(argument, "place, card or system", shipped::evidence(), &references).map(|(file, _)| file)
    };
    asked.evidence.iter().map(named).collect()
}

//! `evidence`: every number by grade, with its source.

use crate::catalogue;
use crate::evidence::EvidenceFile;
use crate::shipped;

use super::arguments::Evidence;
use super::{Ending, Failure, library, terminal};

/// Lists the numbers of the shipped evidence, or of the places and programmes asked for.
///
/// # Errors
/// There is no such place or programme, or something is wrong with it.
pub fn evidence(asked: &Evidence) -> Result<Ending, Failure> {
    let shipped = library::shipped_references();
    let mut files: Vec<EvidenceFile> = Vec::new();
    for place in &asked.place {
        files.push(library::place(place, &shipped)?);
    }
    for programme in &asked.programme {
        files.push(library::card(programme, &shipped)?.0);
    }
    if asked.place.is_empty() && asked.programme.is_empty() {
        files = library::shipped(shipped::evidence(), &shipped);
    }
    let rows = catalogue::evidence_rows(&files, asked.grade.map(Into::into));
    terminal::print(&if asked.form.csv {
        catalogue::evidence_csv(&rows)
    } else if asked.form.json {
        terminal::json(&rows)
    } else {
        catalogue::evidence_list(&rows, shipped.deflators.base)
    })?;
    Ok(Ending::Done)
}

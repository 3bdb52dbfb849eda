//! `programmes`: the cards in a list, or one card whole.

use serde::Serialize;

use crate::catalogue::{self, EvidenceRow, ProgrammeRow};
use crate::explain::command as code;
use crate::shipped;
use engine::diagnostic::Diagnostic;

use super::arguments::Programmes;
use super::{Ending, Failure, library, terminal};

/// Lists the shipped programmes, or shows one card.
///
/// # Errors
/// There is no such card, something is wrong with it, or no programme is as asked.
pub fn programmes(asked: &Programmes) -> Result<Ending, Failure> {
    let declared = library::programme_card();
    let shipped = library::shipped_references();
    let text = match &asked.card {
        Some(argument) => {
            let (file, references) = library::card(argument, &shipped)?;
            let numbers = catalogue::evidence_rows([&file], None);
            if asked.form.csv {
                catalogue::evidence_csv(&numbers)
            } else if asked.form.json {
                terminal::json(&One { programme: ProgrammeRow::new(&file, &declared), numbers })
            } else {
                catalogue::card_page(&file, &declared, &references)
            }
        }
        None => {
            let cards = library::shipped(shipped::CARDS, &shipped);
            let all: Vec<ProgrammeRow> = cards.iter().filter_map(|card| ProgrammeRow::new(card, &declared)).collect();
            let rows = chosen(all, asked)?;
            if asked.form.csv {
                catalogue::programmes_csv(&rows)
            } else if asked.form.json {
                terminal::json(&rows)
            } else {
                catalogue::programmes_list(&rows, shipped.deflators.base)
            }
        }
    };
    terminal::print(&text)?;
    Ok(Ending::Done)
}

#[derive(Serialize)]
struct One {
    programme: Option<ProgrammeRow>,
    numbers: Vec<EvidenceRow>,
}

/// The programmes that are as asked in every way.
fn chosen(all: Vec<ProgrammeRow>, asked: &Programmes) -> Result<Vec<ProgrammeRow>, Failure> {
    let filters: [(&str, &Option<String>, Reader); 3] = [
        ("--theme", &asked.theme, |row| row.marmot_theme.as_deref()),
        ("--tier", &asked.tier, |row| row.tier.as_deref()),
        ("--domain", &asked.domain, |row| Some(&row.domain)),
    ];
    let mut rows = all.clone();
    for (option, wanted, read) in filters {
        let Some(wanted) = wanted else { continue };
        if !all.iter().any(|row| is(read(row), wanted)) {
            return Err(unknown(option, wanted, all.iter().filter_map(read).collect()));
        }
        rows.retain(|row| is(read(row), wanted));
    }
    if asked.core20plus5 {
        rows.retain(|row| row.core20plus5.is_some());
    }
    if rows.is_empty() {
        let none = Diagnostic::error(code::NOTHING_FITS, "no programme is all of what is asked");
        return Err(Failure::misuse(none.hint("leave one of the options out; `wellspring programmes` lists all")));
    }
    Ok(rows)
}

type Reader = for<'r> fn(&'r ProgrammeRow) -> Option<&'r str>;

/// Whether a value, or one of several divided by commas, is the one wanted.
fn is(value: Option<&str>, wanted: &str) -> bool {
    let same = |one: &str| one.trim().eq_ignore_ascii_case(wanted.trim());
    value.is_some_and(|value| same(value) || value.split([',', ';']).any(same))
}

fn unknown(option: &str, wanted: &str, mut known: Vec<&str>) -> Failure {
    known.sort_unstable();
    known.dedup();
    let known: Vec<String> = known.iter().map(|one| format!("`{one}`")).collect();
    let none = Diagnostic::error(code::NOTHING_FITS, format!("no programme fits {option} `{wanted}`"));
    Failure::misuse(none.hint(format!("there is {}", known.join(", "))))
}

//! Every number of the evidence in use with its grade, and the register of what it was taken from.

use std::collections::BTreeSet;

use crate::catalogue::{EvidenceRow, evidence_rows};

use super::Basis;
use super::look::Look;
use super::page::Page;

/// The row of the heads.
const HEAD: u32 = 3;

/// What the grades mean.
pub const GRADES: [(&str, &str); 3] =
    [("A", "read in the source"), ("B", "recalled from a named publication"), ("C", "derived or assumed")];

/// Fills the sheet of numbers.
pub fn evidence(page: &mut Page, basis: &Basis<'_>) {
    page.widths(&[7.0, 8.0, 26.0, 46.0, 16.0, 24.0, 11.0, 11.0, 12.0, 10.0, 11.0, 28.0, 60.0]);
    let rows = evidence_rows(basis.evidence, None);
    let counts: Vec<String> = GRADES
        .iter()
        .map(|(grade, meaning)| {
            format!("{} of grade {grade} ({meaning})", rows.iter().filter(|row| row.grade == *grade).count())
        })
        .collect();
    page.heading(
        "Evidence: every number in use, with its grade and source",
        &format!(
            "{}. In the unit and prices of its file; an array's numbers are divided by spaces.",
            counts.join(", ")
        ),
    );
    let words = [
        "Grade",
        "Kind",
        "Of",
        "Constant of the model",
        "Value",
        "Unit",
        "Low",
        "High",
        "Form of the range",
        "Chance of no effect",
        "Price year",
        "Source: see the sheet Sources",
        "Note",
    ];
    page.heads(HEAD, &words, &[]);
    let mut last = HEAD;
    for (place, row) in rows.iter().enumerate() {
        last = HEAD + 1 + place as u32;
        evidence_row(page, last, row);
    }
    page.freeze(HEAD + 1, 0);
    page.filter(HEAD, last, 12);
}

fn evidence_row(page: &mut Page, at: u32, row: &EvidenceRow) {
    for (column, word) in [&row.grade, &row.kind, &row.owner, &row.constant].iter().enumerate() {
        page.text(at, column as u16, word, Look::Words);
    }
    match row.values.as_slice() {
        [only] => page.number(at, 4, *only, Look::Number),
        many => {
            let values: Vec<String> = many.iter().map(f64::to_string).collect();
            page.text(at, 4, &values.join(" "), Look::Words);
        }
    }
    page.text(at, 5, &row.unit, Look::Words);
    for (column, end) in [(6, row.low), (7, row.high)] {
        page.number(at, column, end.unwrap_or(f64::NAN), Look::Number);
    }
    let factor = if row.common_factor { ", common factor" } else { "" };
    page.text(at, 8, &format!("{}{factor}", row.distribution), Look::Words);
    page.number(at, 9, row.p_null.unwrap_or(f64::NAN), Look::Percent);
    page.text(at, 10, row.price_year.as_deref().unwrap_or_default(), Look::Words);
    page.text(at, 11, &row.sources.join(", "), Look::Words);
    page.text(at, 12, row.note.as_deref().unwrap_or_default(), Look::Words);
}

/// Fills the register of the sources that are used.
pub fn register(page: &mut Page, basis: &Basis<'_>) {
    page.widths(&[26.0, 30.0, 60.0, 12.0, 28.0, 50.0, 50.0]);
    page.heading("Sources", "Only those that a number in use names. The figures belong to those who published them.");
    page.heads(HEAD, &["Key", "Publisher", "Title", "Year", "Terms", "Where", "Note"], &[]);
    let deflators = &basis.references.deflators;
    let mut used: BTreeSet<&str> =
        deflators.past.sources.iter().chain(&deflators.future.sources).map(String::as_str).collect();
    for file in basis.evidence {
        used.extend(file.figures.iter().flat_map(|figure| &figure.sources).map(String::as_str));
    }
    used.extend(basis.scenario.uncertainties.iter().flat_map(|figure| &figure.sources).map(String::as_str));
    let mut row = HEAD + 1;
    for source in basis.references.sources.iter().filter(|source| used.contains(source.key.as_str())) {
        for (column, word) in
            [&source.key, &source.publisher, &source.title, &source.year, &source.licence].iter().enumerate()
        {
            page.text(row, column as u16, word, Look::Wrapped);
        }
        page.web(row, 5, source.url.as_deref().unwrap_or_default());
        page.text(row, 6, source.note.as_deref().unwrap_or_default(), Look::Wrapped);
        row += 1;
    }
    page.freeze(HEAD + 1, 0);
    page.filter(HEAD, row.saturating_sub(1), 6);
}

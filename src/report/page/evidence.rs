//! Assumptions by grade: every number in use with its range and source, and what each programme is.

use crate::catalogue::EvidenceRow;
use crate::quantity::FinancialYear;
use crate::report::basis::Basis;

use super::view::{Cell, Section, Table};

const GRADES: [(&str, &str); 3] = [("A", "read in the source"), ("B", "recalled from it"), ("C", "derived or assumed")];

/// How many numbers of which grade, the programmes, and all numbers in three folded tables.
pub fn section(basis: &Basis, prices: FinancialYear) -> Section {
    let mut section = Section::new("assumptions", "Assumptions by grade");
    section.say(
        "A grade says how well a number is known: A was read in its source, B recalled from it, C derived or assumed by us. \
         Most are C. Ranges of C are wide for that reason.",
    );
    section.table(programmes(basis));
    section.table(counts(basis));
    for (grade, meaning) in GRADES {
        let rows: Vec<&EvidenceRow> = basis.evidence.iter().filter(|row| row.grade == grade).collect();
        section.table(numbers(&rows, grade, meaning, prices));
    }
    section
}

fn programmes(basis: &Basis) -> Table {
    let mut table =
        Table::new("Programmes in this study", &["Programme", "For whom", "Usual payer", "Who gains", "Tier"])
            .of_words();
    for one in &basis.programmes {
        let cells = [&one.target_group, &one.payer, &one.gains, &one.tier].map(|text| Cell::words(text.as_str()));
        table.row(format!("{} {}", one.id, one.name), cells.to_vec());
    }
    table
}

fn counts(basis: &Basis) -> Table {
    let mut table = Table::new("Numbers by grade", &["Of", "A", "B", "C"]);
    let mut owners: Vec<(&str, &str)> = Vec::new();
    for row in &basis.evidence {
        let owner = (row.kind.as_str(), row.owner.as_str());
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    owners.sort_unstable();
    for (kind, owner) in owners {
        let cells = GRADES.map(|(grade, _)| {
            let of = basis.evidence.iter().filter(|row| row.kind == kind && row.owner == owner && row.grade == grade);
            Cell::words(of.count().to_string())
        });
        let name = basis.programmes.iter().find(|one| one.id == owner).map(|one| one.name.as_str());
        table.row(name.map_or_else(|| format!("{kind} {owner}"), |name| format!("{owner} {name}")), cells.to_vec());
    }
    table
}

fn numbers(rows: &[&EvidenceRow], grade: &str, meaning: &str, prices: FinancialYear) -> Table {
    let mut table = Table::new(
        format!("Grade {grade}, {meaning}: {} numbers", rows.len()),
        &["Number", "Value", "Range", "Unit", "Chance of no effect", "Source"],
    )
    .of_words()
    .noted(format!("Two significant figures, money in {prices} prices. The register of sources is in the appendix."))
    .folded();
    for row in rows {
        let unit = row.unit.clone();
        let null = row.p_null.map_or_else(|| "–".to_owned(), crate::words::chance);
        let range = if row.told_range().is_empty() { "fixed".to_owned() } else { row.told_range().to_owned() };
        let cells = [row.told().to_owned(), range, unit, null, row.sources.join(", ")];
        table.row(format!("{}: {}", row.owner, row.constant), cells.map(Cell::words).to_vec());
    }
    table
}

/// What the numbers were taken from, for the appendix.
pub fn sources(basis: &Basis) -> Section {
    let mut section = Section::new("sources", "Sources").in_appendix();
    let mut table =
        Table::new("Register of sources", &["Key", "Publisher or author", "Title", "Year"]).of_words().folded();
    for one in &basis.publications {
        let cells = [&one.publisher, &one.title, &one.year].map(|text| Cell::words(text.as_str()));
        table.row(&one.key, cells.to_vec());
    }
    section.table(table);
    section
}

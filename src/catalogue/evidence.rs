//! Every number of the evidence by its grade, with its source.

use serde::Serialize;

use crate::evidence::{EvidenceFile, Figure, Grade, Numbers};
use crate::quantity::FinancialYear;
use crate::table::{Columns, Spelling, Table, decimal};

use super::card::{central, range};
use crate::words::grid::{self, Column};

/// One number of the evidence, or one array of them, in the unit and the prices of its file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceRow {
    /// How far it can be trusted: A, B or C.
    pub grade: String,
    /// `card`, `place`, `system` or `scenario`.
    pub kind: String,
    /// Whose it is.
    pub owner: String,
    /// The constant of the model.
    pub constant: String,
    /// The number, or all of an array, the last subscript running fastest.
    pub values: Vec<f64>,
    /// In what.
    pub unit: String,
    /// The lower end of its range, or of a common factor's.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// Whether the range is that of a factor that multiplies all numbers.
    pub common_factor: bool,
    /// The form of its range.
    pub distribution: String,
    /// The chance that there is no effect.
    pub p_null: Option<f64>,
    /// The year whose prices it is in, for money.
    pub price_year: Option<String>,
    /// Keys of the register of sources.
    pub sources: Vec<String>,
    /// Rows of evidence that it was taken from.
    pub ids: Vec<String>,
    /// Anything else worth knowing.
    pub note: Option<String>,
    /// The number in two significant figures, money in base-year prices; not for programs.
    #[serde(skip)]
    told: String,
    /// The range likewise.
    #[serde(skip)]
    told_range: String,
}

/// The numbers of these files, those of grade A first; of one grade in the order of the files.
pub fn evidence_rows<'f>(files: impl IntoIterator<Item = &'f EvidenceFile>, grade: Option<Grade>) -> Vec<EvidenceRow> {
    let mut figures: Vec<(&EvidenceFile, &Figure)> =
        files.into_iter().flat_map(|file| file.figures.iter().map(move |figure| (file, figure))).collect();
    figures.retain(|(_, figure)| grade.is_none_or(|grade| figure.grade == grade));
    // The sort is stable.
    figures.sort_by_key(|(_, figure)| figure.grade);
    figures.into_iter().map(|(file, figure)| row(file, figure)).collect()
}

/// The numbers that a scenario holds uncertain, or otherwise uncertain than the evidence does.
pub fn scenario_rows(scenario: &str, figures: &[Figure]) -> Vec<EvidenceRow> {
    figures.iter().map(|figure| row_of(("scenario", scenario), figure)).collect()
}

impl EvidenceRow {
    /// The number, or the ends of an array, in two significant figures, money in prices of the base year.
    pub fn told(&self) -> &str {
        &self.told
    }

    /// Its range likewise; empty where it has none.
    pub fn told_range(&self) -> &str {
        &self.told_range
    }
}

fn row(file: &EvidenceFile, figure: &Figure) -> EvidenceRow {
    row_of((file.kind_word(), &file.id), figure)
}

fn row_of((kind, owner): (&str, &str), figure: &Figure) -> EvidenceRow {
    EvidenceRow {
        grade: figure.grade.to_string(),
        kind: kind.to_owned(),
        owner: owner.to_owned(),
        constant: figure.label.to_string(),
        values: figure.numbers.values().to_vec(),
        unit: figure.unit.clone().unwrap_or_default(),
        low: figure.range.map(|(low, _)| low),
        high: figure.range.map(|(_, high)| high),
        common_factor: figure.common_factor,
        distribution: figure.family.map_or_else(|| "fixed".to_owned(), |family| family.to_string()),
        p_null: figure.no_effect.as_ref().map(|none| none.probability),
        price_year: figure.price_year.map(|year| year.to_string()),
        sources: figure.sources.clone(),
        ids: figure.ids.clone(),
        note: figure.note.clone(),
        told: match &figure.numbers {
            Numbers::One(_) => central(figure),
            Numbers::Many { values, .. } => format!("{} values, {}", values.len(), central(figure)),
        },
        told_range: range(figure),
    }
}

const COLUMNS: [Column; 6] = [
    grid::words("of", 10),
    grid::words("constant", 32),
    grid::numbers("value", 11),
    grid::words("range", 14),
    grid::words("unit", 12),
    grid::words("source", 11),
];

/// The numbers under their grades and the counts at the end, at most 100 columns wide.
pub fn evidence_list(rows: &[EvidenceRow], prices: FinancialYear) -> String {
    let mut text = String::new();
    let mut counts = Vec::new();
    for (grade, meaning) in [("A", "read in the source"), ("B", "recalled from it"), ("C", "derived or assumed")] {
        let own: Vec<&EvidenceRow> = rows.iter().filter(|row| row.grade == grade).collect();
        counts.push(format!("{} of grade {grade} ({meaning})", own.len()));
        if own.is_empty() {
            continue;
        }
        text.push_str(&format!("Grade {grade}: {meaning}\n\n{}", grid::heads(&COLUMNS)));
        for row in own {
            let cells = [
                row.owner.clone(),
                row.constant.clone(),
                row.told.clone(),
                row.told_range.clone(),
                row.unit.clone(),
                row.sources.join(", "),
            ];
            text.push_str(&grid::row(&COLUMNS, &cells));
        }
        text.push('\n');
    }
    let s = if rows.len() == 1 { "" } else { "s" };
    text.push_str(&grid::paragraph(&format!("{} number{s}: {}.", rows.len(), counts.join(", "))));
    text.push_str(&grid::paragraph(&format!(
        "Two significant figures, money in {prices} prices; --csv and --json give them as written."
    )));
    text
}

/// The same for programs, numbers in full and as written; an array's numbers are divided by spaces.
pub fn evidence_csv(rows: &[EvidenceRow]) -> String {
    /// A number or an array, with its lists in a cell each.
    struct Row<'r> {
        one: &'r EvidenceRow,
        values: String,
        sources: String,
        ids: String,
    }
    let columns = Columns::new()
        .words("grade", |row: &Row<'_>| &row.one.grade)
        .words("kind", |row| &row.one.kind)
        .words("owner", |row| &row.one.owner)
        .words("constant", |row| &row.one.constant)
        .words("values", |row| &row.values)
        .words("unit", |row| &row.one.unit)
        .number("low", |row| row.one.low)
        .number("high", |row| row.one.high)
        .truth("common_factor", Spelling::TrueFalse, |row| row.one.common_factor)
        .words("distribution", |row| &row.one.distribution)
        .number("p_null", |row| row.one.p_null)
        .words("price_year", |row| row.one.price_year.as_deref().unwrap_or_default())
        .words("sources", |row| &row.sources)
        .words("ids", |row| &row.ids)
        .words("note", |row| row.one.note.as_deref().unwrap_or_default());
    let rows = rows.iter().map(|one| {
        let values: Vec<String> = one.values.iter().copied().map(decimal).collect();
        Row { one, values: values.join(" "), sources: one.sources.join(" "), ids: one.ids.join(" ") }
    });
    Table::new("evidence.csv", columns, rows.collect()).csv()
}

//! The programmes that there are cards of, a line each.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::evidence::{Card, EvidenceFile, Figure, Grade, Numbers};
use crate::quantity::{FinancialYear, Pounds};
use crate::scenario::ProgrammeCard;
use crate::words;
use engine::model::Name;

use crate::table::{Columns, Table};
use crate::words::grid::{self, Column};

/// Rates of people are shown for so many residents.
const RESIDENTS: f64 = 100_000.0;

/// A programme in a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProgrammeRow {
    /// Its short name.
    pub id: String,
    /// Its full name.
    pub name: String,
    /// The field of life it belongs to.
    pub domain: String,
    /// Theme of the Marmot reviews.
    pub marmot_theme: Option<String>,
    /// Tier of prevention.
    pub tier: Option<String>,
    /// What it serves of Core20PLUS5.
    pub core20plus5: Option<String>,
    /// Pounds of the base year for one start and year paid.
    pub unit_cost: Option<f64>,
    /// Those who could be reached, in 100,000 residents.
    pub eligible_per_100000: Option<f64>,
    /// Those who come to be eligible in a year, in 100,000 residents.
    pub newly_eligible_per_100000: Option<f64>,
    /// Numbers of its card that were read in their source.
    pub grade_a: usize,
    /// Those recalled from it.
    pub grade_b: usize,
    /// Those derived or assumed.
    pub grade_c: usize,
    /// The chance that it has none of its effects.
    pub chance_of_no_effect: f64,
    /// The chance that it lacks at least one of them.
    pub chance_that_some_effect_is_absent: f64,
}

impl ProgrammeRow {
    /// What a card says in a line; `None` for evidence that is no card.
    pub fn new(file: &EvidenceFile, declared: &ProgrammeCard) -> Option<Self> {
        let crate::evidence::EvidenceKind::Card(card) = &file.kind else { return None };
        let Card { domain, marmot_theme, tier, core20plus5, .. } = card.as_ref().clone();
        let grades = |grade| file.figures.iter().filter(|figure| figure.grade == grade).count();
        let (none, some) = absent(file, declared);
        let newly = declared.newly_eligible.as_ref().map(|placed| &placed.value);
        Some(Self {
            id: file.id.clone(),
            name: file.name.clone(),
            domain,
            marmot_theme,
            tier,
            core20plus5,
            unit_cost: central(file, &declared.unit_cost.value),
            eligible_per_100000: central(file, &declared.eligible.value).map(|share| share * RESIDENTS),
            newly_eligible_per_100000: newly.and_then(|newly| central(file, newly)).map(|share| share * RESIDENTS),
            grade_a: grades(Grade::A),
            grade_b: grades(Grade::B),
            grade_c: grades(Grade::C),
            chance_of_no_effect: none,
            chance_that_some_effect_is_absent: some,
        })
    }
}

/// The central value of a constant of a card that has only one, in the model's unit and base-year prices.
fn central(file: &EvidenceFile, constant: &Name) -> Option<f64> {
    let figure = file.figures.iter().find(|figure| &figure.label.constant == constant)?;
    match figure.numbers {
        Numbers::One(value) => Some(figure.scaled(value)),
        Numbers::Many { .. } => None,
    }
}

/// The figures that are effects.
pub(super) fn effects<'f>(file: &'f EvidenceFile, declared: &ProgrammeCard) -> Vec<&'f Figure> {
    let named: Vec<&Name> = std::iter::once(&declared.log_relative_risk)
        .chain(&declared.other_effects)
        .map(|placed| &placed.value)
        .collect();
    file.figures.iter().filter(|figure| named.contains(&&figure.label.constant)).collect()
}

/// The chance that no effect is there, and the chance that not all are. Effects of one random number go together: all that
/// are less sure than another are absent where the other is.
fn absent(file: &EvidenceFile, declared: &ProgrammeCard) -> (f64, f64) {
    // An effect that is certain has no random number, and is there whatever is drawn.
    let mut by_stream: BTreeMap<Option<&str>, (f64, f64)> = BTreeMap::new();
    let effects = effects(file, declared);
    if effects.is_empty() {
        return (f64::NAN, f64::NAN);
    }
    for none in effects.iter().map(|figure| figure.no_effect.as_ref()) {
        let stream = none.map(|none| none.stream.as_deref().unwrap_or_default());
        let chance = none.map_or(0.0, |none| none.probability);
        let (least, most) = by_stream.entry(stream).or_insert((1.0, 0.0));
        (*least, *most) = (least.min(chance), most.max(chance));
    }
    let none = by_stream.values().map(|(least, _)| least).product();
    let all: f64 = by_stream.values().map(|(_, most)| 1.0 - most).product();
    (none, 1.0 - all)
}

/// The programmes under the names of their fields, at most 100 columns wide.
pub fn programmes_list(rows: &[ProgrammeRow], prices: FinancialYear) -> String {
    let mut domains: Vec<&str> = Vec::new();
    for row in rows {
        if !domains.contains(&row.domain.as_str()) {
            domains.push(&row.domain);
        }
    }
    let mut text = grid::heads(&COLUMNS);
    for domain in domains {
        text.push_str(&format!("\n{}\n", words::capital(domain)));
        for one in rows.iter().filter(|row| row.domain == domain) {
            text.push_str(&grid::row(&COLUMNS, &cells(one)));
        }
    }
    text.push('\n');
    text.push_str(&grid::paragraph(&format!(
        "Unit cost: for one start and year paid, in {prices} prices. Eligible and new: people, homes \
         or the like in 100,000 residents now, and those who come to be so in a year. A/B/C: how many numbers \
         of the card were read in their source, recalled from it, or derived and assumed. No effect: the chance that none of \
         its effects is there, to the chance that at least one is not."
    )));
    text.push_str(&grid::paragraph("`wellspring programmes ID` shows one card whole."));
    text
}

const COLUMNS: [Column; 9] = [
    grid::words("id", 4),
    grid::words("name", 27),
    grid::words("theme", 5),
    grid::words("tier", 9),
    grid::numbers("unit cost", 9),
    grid::numbers("eligible", 8),
    grid::numbers("new", 6),
    grid::numbers("A/B/C", 7),
    grid::numbers("no effect", 9),
];

fn cells(row: &ProgrammeRow) -> Vec<String> {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let known = |value: Option<f64>, write: &dyn Fn(f64) -> String| value.map_or_else(|| "–".to_owned(), write);
    let (least, most) = (row.chance_of_no_effect, row.chance_that_some_effect_is_absent);
    let chance = match (words::chance(least), words::chance(most)) {
        (least, most) if least == most => least,
        (least, most) => format!("{}–{most}", least.trim_end_matches('%')),
    };
    vec![
        row.id.clone(),
        row.core20plus5.as_ref().map_or(row.name.clone(), |core| format!("{} (Core20PLUS5: {core})", row.name)),
        said(&row.marmot_theme),
        said(&row.tier),
        known(row.unit_cost, &|value| Pounds(value).to_string()),
        known(row.eligible_per_100000, &words::number),
        known(row.newly_eligible_per_100000, &words::number),
        format!("{}/{}/{}", row.grade_a, row.grade_b, row.grade_c),
        chance,
    ]
}

/// The same for programs, numbers in full.
pub fn programmes_csv(rows: &[ProgrammeRow]) -> String {
    let columns = Columns::new()
        .words("id", |row: &&ProgrammeRow| &row.id)
        .words("name", |row| &row.name)
        .words("domain", |row| &row.domain)
        .words("marmot_theme", |row| row.marmot_theme.as_deref().unwrap_or_default())
        .words("tier", |row| row.tier.as_deref().unwrap_or_default())
        .words("core20plus5", |row| row.core20plus5.as_deref().unwrap_or_default())
        .number("unit_cost", |row| row.unit_cost)
        .number("eligible_per_100000", |row| row.eligible_per_100000)
        .number("newly_eligible_per_100000", |row| row.newly_eligible_per_100000)
        .whole("grade_a", |row| row.grade_a)
        .whole("grade_b", |row| row.grade_b)
        .whole("grade_c", |row| row.grade_c)
        .number("chance_of_no_effect", |row| row.chance_of_no_effect)
        .number("chance_that_some_effect_is_absent", |row| row.chance_that_some_effect_is_absent);
    Table::each("programmes.csv", columns, || rows.iter()).csv()
}

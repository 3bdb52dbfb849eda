//! The means of draws, one series a row, that every formula of the workbook goes back to.

use crate::appraisal::findings::{Comparator, Findings, PriceBase, Series, SeriesKey};
use crate::appraisal::key::{CUMULATIVE_NET, NET};
use crate::quantity::Unit;
use crate::scenario::Role;
use crate::table::{Columns, Table};

use super::live::Line;
use super::look::Look;
use super::page::Page;
use super::sheet;

/// So many columns of words stand before the years.
const WORDS: u16 = 8;
/// The row of the heads.
const HEAD: u32 = 3;
/// Ledgers that are told of each place among several: the sheet of places goes back to them.
const OF_PLACES: [Role; 2] = [Role::Spending, Role::QalysGained];

/// Where each series stands.
#[derive(Debug, Clone)]
pub struct Means {
    lines: Vec<(usize, SeriesKey, Line)>,
}

impl Means {
    /// The lines of a strategy in a place; they stand together, in the order of places and strategies.
    fn of(&self, place: usize, strategy: usize) -> &[(usize, SeriesKey, Line)] {
        let wanted = (place, Some(strategy));
        let first = self.lines.partition_point(|(place, key, _)| (*place, key.strategy) < wanted);
        let past = self.lines.partition_point(|(place, key, _)| (*place, key.strategy) <= wanted);
        &self.lines[first..past]
    }

    /// The line of a series; `place` is 0 for all places together, or for the only one, and then counts the places.
    pub fn find(
        &self,
        place: usize,
        strategy: usize,
        comparator: Comparator,
        outcome: &str,
        (group, payer): (&str, &str),
        price_base: PriceBase,
    ) -> Option<&Line> {
        let found = self.of(place, strategy).iter().find(|(_, key, _)| {
            key.comparator == comparator
                && key.outcome == outcome
                && key.group == group
                && key.payer == payer
                && key.price_base == price_base
        });
        found.map(|(_, _, line)| line)
    }

    /// The groups, or else the payers, of an outcome of a strategy, with their lines, in the order of the sheet.
    pub fn parts(&self, strategy: usize, comparator: Comparator, outcome: &str) -> Vec<(&str, &Line)> {
        let of_parts = |key: &SeriesKey| {
            key.comparator == comparator && key.outcome == outcome && !(key.group.is_empty() && key.payer.is_empty())
        };
        self.of(0, strategy)
            .iter()
            .filter(|(_, key, _)| of_parts(key))
            .map(|(_, key, line)| (if key.group.is_empty() { key.payer.as_str() } else { &key.group }, line))
            .collect()
    }
}

/// Whether a series is told here: money in prices of the base year, health, and each perspective's net position by year.
fn is_listed(series: &Series) -> bool {
    let key = &series.key;
    if key.strategy.is_none() || series.base || key.outcome == CUMULATIVE_NET {
        return false;
    }
    match key.price_base {
        PriceBase::Real => true,
        PriceBase::Nominal => key.outcome == NET,
        PriceBase::None => key.unit == Unit::Qalys,
    }
}

/// Of a single place among several only what the sheet of places needs.
fn is_listed_of_places(findings: &Findings, series: &Series) -> bool {
    let key = &series.key;
    let whole = key.group.is_empty() && key.payer.is_empty();
    is_listed(series)
        && (key.outcome == NET || whole && OF_PLACES.iter().any(|role| findings.roles.is(*role, &key.outcome)))
}

/// Fills the sheet.
pub fn fill(page: &mut Page, findings: &Findings) -> Means {
    page.widths(&[22.0, 16.0, 14.0, 26.0, 26.0, 26.0, 8.0, 13.0]);
    page.width_of(8, 7 + findings.horizon as u16, 14.0);
    page.heading(
        "Numbers: means over the draws, by plan year",
        "As in money.csv, health.csv and payback.csv, statistic \"mean\". The comparator \"twin\" is the return of prevention; \
         \"none\" is a level. Do not change them: everything else goes back to them.",
    );
    let series = rows(findings);
    let last = sheet::fill(page, HEAD, &table(findings, &series), |row| series[row].look());
    let lines = series.into_iter().enumerate().map(|(row, one)| {
        let line = page.standing(HEAD + 1 + row as u32, WORDS, &one.means);
        (one.place, one.key.clone(), line)
    });
    let lines = lines.collect();
    page.freeze(HEAD + 1, 0);
    page.filter(HEAD, last, WORDS - 1 + findings.horizon as u16);
    Means { lines }
}

/// A series that is told: its means by plan year.
struct Row<'f> {
    /// 0 for all places together, or for the only one, and then the places.
    place: usize,
    place_id: &'f str,
    strategy: &'f str,
    key: &'f SeriesKey,
    prices: String,
    means: Vec<f64>,
}

impl Row<'_> {
    fn look(&self) -> Look {
        if self.key.unit == Unit::Pounds { Look::Pounds } else { Look::Number }
    }
}

fn rows(findings: &Findings) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for (place, of) in std::iter::once(findings).chain(&findings.places).enumerate() {
        let is_listed = |series: &&Series| if place == 0 { is_listed(series) } else { is_listed_of_places(of, series) };
        rows.extend(of.series.iter().filter(is_listed).map(|series| Row {
            place,
            place_id: &of.place_id,
            strategy: {
                let strategy = series.key.strategy.and_then(|strategy| of.strategies.get(strategy));
                strategy.map_or("", |strategy| strategy.id.as_str())
            },
            key: &series.key,
            prices: series.key.price_base.name(findings.prices()),
            means: series.years.iter().map(|year| year.mean.value).collect(),
        }));
    }
    rows
}

fn table<'f>(findings: &Findings, rows: &'f [Row<'f>]) -> Table<'f> {
    let mut columns = Columns::new()
        .words("Place", |row: &&Row<'_>| row.place_id)
        .words("Strategy", |row| row.strategy)
        .words("Comparator", |row| row.key.comparator.name())
        .words("Outcome", |row| &row.key.outcome)
        .words("Group", |row| &row.key.group)
        .words("Payer", |row| &row.key.payer)
        .words("Unit", |row| row.key.unit.as_str())
        .words("Price base", |row| &row.prices);
    for year in 0..findings.horizon {
        columns = columns.number(findings.year_label(year + 1), move |row| row.means.get(year).copied());
    }
    Table::each("Numbers", columns, move || rows.iter())
}

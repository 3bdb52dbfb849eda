//! The means of draws, one series a row, that every formula of the workbook goes back to.

use crate::appraisal::findings::{Comparator, Findings, PriceBase, Series, SeriesKey};
use crate::appraisal::key::{CUMULATIVE_NET, NET};
use crate::quantity::Unit;

use super::live::Line;
use super::look::Look;
use super::page::Page;

/// Columns of words before the years.
const WORDS: [&str; 8] = ["Place", "Strategy", "Comparator", "Outcome", "Group", "Payer", "Unit", "Price base"];
/// The row of the heads.
const HEAD: u32 = 3;

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
fn is_told(series: &Series) -> bool {
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
fn is_told_of_places(series: &Series) -> bool {
    let key = &series.key;
    let whole = key.group.is_empty() && key.payer.is_empty();
    is_told(series) && (key.outcome == NET || whole && super::places::LEDGERS.contains(&key.outcome.as_str()))
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
    let years: Vec<String> = (1..=findings.horizon).map(|year| findings.year_label(year)).collect();
    page.heads(HEAD, &WORDS, &years);
    let mut row = HEAD + 1;
    let mut lines = Vec::new();
    for (place, of) in std::iter::once(findings).chain(&findings.places).enumerate() {
        for series in &of.series {
            let told = if place == 0 { is_told(series) } else { is_told_of_places(series) };
            if !told {
                continue;
            }
            let key = &series.key;
            let strategy = key.strategy.and_then(|strategy| of.strategies.get(strategy));
            let prices = key.price_base.name(findings.prices());
            let words = [
                of.place_id.as_str(),
                strategy.map_or("", |strategy| strategy.id.as_str()),
                key.comparator.name(),
                &key.outcome,
                &key.group,
                &key.payer,
                key.unit.as_str(),
                &prices,
            ];
            for (column, word) in words.iter().enumerate() {
                page.text(row, column as u16, word, Look::Words);
            }
            let look = if key.unit == Unit::Pounds { Look::Pounds } else { Look::Number };
            let means: Vec<f64> = series.years.iter().map(|year| year.mean.value).collect();
            let line = page.numbers(row, WORDS.len() as u16, &means, look);
            lines.push((place, key.clone(), line));
            row += 1;
        }
    }
    page.freeze(HEAD + 1, 0);
    page.filter(HEAD, row - 1, 7 + findings.horizon as u16);
    Means { lines }
}

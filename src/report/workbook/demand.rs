//! Demand by service, and what becomes of it: doing nothing, each strategy, and what prevention changes, with its bands.

use crate::answer::read;
use crate::appraisal::findings::{Comparator, Findings, PriceBase, change_of};
use crate::appraisal::key::DEMAND;
use crate::appraisal::statistic::Summary;
use crate::quantity::Unit;
use crate::words;

use super::look::Look;
use super::page::Page;

/// The row of the heads.
const HEAD: u32 = 3;
/// Columns of words.
const WORDS: [&str; 4] = ["Strategy", "What", "Unit", "Year"];
/// Columns of numbers.
const NUMBERS: [&str; 10] = [
    "Doing nothing",
    "With the strategy",
    "Prevention changes it by",
    "The financing changes it by",
    "Change by prevention: p05",
    "p25",
    "Median",
    "p75",
    "p95",
    "Mean",
];
/// The column of the median change.
const MEDIAN: u16 = 10;

/// Rows of a strategy's service, for charts.
#[derive(Debug, Clone)]
pub struct Change {
    /// Place of the strategy.
    pub strategy: usize,
    /// What changes: a demand, or what happens of it.
    pub service: String,
    rows: (u32, u32),
}

impl Change {
    /// The cells of the years.
    pub fn years(&self) -> (&'static str, u32, u16, u32, u16) {
        ("Demand", self.rows.0, 3, self.rows.1, 3)
    }

    /// The cells of the median change.
    pub fn medians(&self) -> (&'static str, u32, u16, u32, u16) {
        ("Demand", self.rows.0, MEDIAN, self.rows.1, MEDIAN)
    }
}

/// Fills the sheet.
pub fn fill(page: &mut Page, findings: &Findings) -> Vec<Change> {
    page.widths(&[30.0, 26.0, 14.0, 10.0, 14.0, 14.0, 14.0, 14.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0]);
    page.heading(
        "Demand by service and plan year, and what happens of it",
        "Need is not use: where beds or staff are short, what prevention keeps out leaves room for others. Levels and \
         differences are means. Changes in per cent are of the twin: the same money without any effect. What the financing changes is the twin against doing nothing, and is no effect of prevention.",
    );
    page.heads(HEAD, &WORDS, &NUMBERS.map(str::to_owned));
    page.height(HEAD, 42.0);
    let mut row = HEAD + 1;
    let mut changes = Vec::new();
    for (strategy, label) in findings.strategies.iter().enumerate() {
        for item in listed(findings) {
            let first = row;
            let of = |who, comparator, outcome: &str| {
                findings.find(who, comparator, outcome, &item.group, "", PriceBase::None)
            };
            let means = |who, comparator, skip: usize| -> Vec<f64> {
                let series = of(who, comparator, &item.outcome);
                series.map_or(Vec::new(), |series| series.years.iter().skip(skip).map(|one| one.mean.value).collect())
            };
            let who = Some(strategy);
            let levels = [
                // Doing nothing begins with the base year.
                means(None, Comparator::Level, 1),
                means(who, Comparator::Level, 0),
                means(who, Comparator::Twin, 0),
                means(who, Comparator::Financing, 0),
            ];
            let change = of(who, Comparator::Twin, &change_of(&item.outcome));
            let bands: &[Summary] = change.map_or(&[], |series| series.years.as_slice());
            for year in 0..findings.horizon {
                let words = [&*label.name, &item.name, item.unit.as_str(), &findings.year_label(year + 1)];
                for (column, word) in words.iter().enumerate() {
                    page.text(row, column as u16, word, Look::Words);
                }
                for (column, level) in levels.iter().enumerate() {
                    let value = level.get(year).copied().unwrap_or(f64::NAN);
                    page.number(row, 4 + column as u16, value, Look::Count);
                }
                if let Some(band) = bands.get(year) {
                    let values = [band.p05, band.p25, band.median, band.p75, band.p95, band.mean];
                    let displayed = values.map(|one| words::or_zero(one.value, words::LEAST));
                    page.numbers(row, 8, &displayed, Look::PerCent);
                }
                row += 1;
            }
            if row > first && item.in_chart {
                changes.push(Change { strategy, service: item.name, rows: (first, row - 1) });
            }
        }
    }
    page.freeze(HEAD + 1, 0);
    page.filter(HEAD, row.saturating_sub(1), 13);
    changes
}

/// Something that rows are told of: a demand, or what becomes of it.
struct Listed {
    name: String,
    unit: Unit,
    outcome: String,
    group: String,
    in_chart: bool,
}

/// Each demand, and after it what says what becomes of it.
fn listed(findings: &Findings) -> Vec<Listed> {
    let mut all = Vec::new();
    for (service, unit) in &findings.services {
        let name = read::need_name(findings, service).to_owned();
        let (outcome, group) = (DEMAND.to_owned(), service.clone());
        all.push(Listed { name, unit: unit.clone(), outcome, group, in_chart: true });
        let Some(need) = read::need(findings, service) else { continue };
        for one in need.happenings() {
            let (name, unit, outcome) = (one.name.clone(), one.unit.clone(), one.ledger.clone());
            let in_chart = need.happens.as_ref() == Some(one);
            all.push(Listed { name, unit, outcome, group: String::new(), in_chart });
        }
    }
    all
}

//! Health gained and lost, and how it is spread over the quintiles of deprivation.

use crate::appraisal::findings::{Comparator, Findings, MeasureFinding, PriceBase, Series};
use crate::appraisal::key::DEMAND;
use crate::appraisal::measure::lifetime::lifetime_outcome;
use crate::appraisal::measure::totals::{TOTAL, total_outcome};
use crate::appraisal::statistic::Statistic;
use crate::quantity::Unit;
use crate::scenario::Role;
use crate::words;

use super::look::Look;
use super::page::Page;

/// The row of the first band.
const FIRST: u32 = 3;
const STATISTICS: [Statistic; 6] =
    [Statistic::Mean, Statistic::P05, Statistic::P25, Statistic::Median, Statistic::P75, Statistic::P95];

/// Fills the sheet.
pub fn fill(page: &mut Page, findings: &Findings) {
    page.widths(&[34.0, 34.0, 30.0, 13.0, 13.0, 13.0, 13.0, 13.0, 13.0]);
    page.heading(
        "Health and equity",
        "QALYs gained are what prevention does; QALYs displaced are what the money would have done for health in care. They are \
         shown side by side and not netted. Q1 is the most deprived fifth.",
    );
    let heads: Vec<String> = STATISTICS.iter().map(|one| head(*one)).collect();
    let mut row = FIRST;
    row = totals(page, findings, row, &heads);
    row = by_year(page, findings, row + 1, &heads);
    let indices = |measure: &MeasureFinding| measure.outcome.ends_with("-index");
    row = measures(
        page,
        findings,
        row + 1,
        "Slope and relative index of inequality: above 0 the deprived gain more",
        &heads,
        &indices,
    );
    row = demand_by_group(page, findings, row + 1, &heads);
    page.freeze(FIRST, 0);
    page.print_area(row, 8);
}

fn head(statistic: Statistic) -> String {
    match statistic {
        Statistic::Mean => "Mean".to_owned(),
        Statistic::Median => "Median".to_owned(),
        other => other.name().to_owned(),
    }
}

/// The id of an outcome in words: `QALYs gained`, `Slope index`.
fn outcome(id: &str) -> String {
    words::capital(&id.strip_prefix(TOTAL).unwrap_or(id).replace('-', " ").replace("qalys", "QALYs"))
}

/// Totals over the horizon, of all people and by group.
fn totals(page: &mut Page, findings: &Findings, row: u32, heads: &[String]) -> u32 {
    let title = format!("QALYs over {} years, undiscounted", findings.horizon);
    let wanted = |measure: &MeasureFinding| {
        [findings.ledger(Role::QalysGained), findings.ledger(Role::QalysDisplaced)]
            .iter()
            .any(|ledger| measure.outcome == total_outcome(ledger))
    };
    let row = measures(page, findings, row, &title, heads, &wanted);
    let on_one_clock = |measure: &MeasureFinding| {
        [findings.ledger(Role::QalysGained), findings.ledger(Role::QalysDisplaced)]
            .iter()
            .any(|ledger| measure.outcome == lifetime_outcome(ledger))
    };
    let title = "QALYs over a lifetime, discounted: gains and losses on one clock";
    measures(page, findings, row + 1, title, heads, &on_one_clock)
}

fn measures(
    page: &mut Page,
    findings: &Findings,
    mut row: u32,
    title: &str,
    heads: &[String],
    wanted: &dyn Fn(&MeasureFinding) -> bool,
) -> u32 {
    let found: Vec<&MeasureFinding> = findings.measures.iter().filter(|measure| wanted(measure)).collect();
    if found.is_empty() {
        return row;
    }
    page.band(row, 8, title);
    page.heads(row + 1, &["Strategy", "What", "Of whom, and unit"], heads);
    row += 2;
    for measure in found {
        let strategy = findings.strategies.get(measure.strategy).map_or("", |label| label.name.as_str());
        let group = if measure.group.is_empty() { "all" } else { &measure.group };
        page.text(row, 0, strategy, Look::Words);
        page.text(row, 1, &outcome(&measure.outcome), Look::Words);
        page.text(row, 2, &format!("{group}, {}", measure.unit), Look::Words);
        for (column, statistic) in STATISTICS.iter().enumerate() {
            let value = measure.estimate(*statistic).map_or(f64::NAN, |estimate| estimate.value);
            page.number(
                row,
                3 + column as u16,
                value,
                if measure.unit == Unit::Qalys { Look::Count } else { Look::Number },
            );
        }
        row += 1;
    }
    row
}

/// QALYs gained and displaced, year by year.
fn by_year(page: &mut Page, findings: &Findings, mut row: u32, heads: &[String]) -> u32 {
    page.band(row, 8, "QALYs by plan year, all people");
    page.heads(row + 1, &["Strategy", "What", "Year"], heads);
    row += 2;
    for (strategy, label) in findings.strategies.iter().enumerate() {
        for (ledger, comparator) in [
            (findings.ledger(Role::QalysGained), Comparator::Twin),
            (findings.ledger(Role::QalysDisplaced), Comparator::DoNothing),
        ] {
            let found = findings.find(Some(strategy), comparator, ledger, "", "", PriceBase::None);
            let Some(series) = found else { continue };
            for (place, year) in series.years.iter().enumerate() {
                page.text(row, 0, &label.name, Look::Words);
                page.text(row, 1, &outcome(ledger), Look::Words);
                page.text(row, 2, &findings.year_label(place + 1), Look::Words);
                let values = [year.mean, year.p05, year.p25, year.median, year.p75, year.p95].map(|one| one.value);
                page.numbers(row, 3, &values, Look::Count);
                row += 1;
            }
        }
    }
    row
}

/// What prevention changes of each demand in the last plan year, by group.
fn demand_by_group(page: &mut Page, findings: &Findings, mut row: u32, heads: &[String]) -> u32 {
    let groups: Vec<&Series> = findings
        .series
        .iter()
        .filter(|series| {
            let key = &series.key;
            let part = |(service, _): &(String, Unit)| key.group.starts_with(&format!("{service}, "));
            key.outcome == DEMAND && key.comparator == Comparator::Twin && findings.services.iter().any(part)
        })
        .collect();
    if groups.is_empty() {
        return row;
    }
    let title = format!("Demand by quintile in {}: what prevention changes", findings.year_label(findings.horizon));
    page.band(row, 8, &title);
    page.heads(row + 1, &["Strategy", "Service and quintile", "Unit"], heads);
    row += 2;
    for series in groups {
        let Some(year) = series.years.last() else { continue };
        let strategy = series.key.strategy.and_then(|strategy| findings.strategies.get(strategy));
        page.text(row, 0, strategy.map_or("", |label| label.name.as_str()), Look::Words);
        page.text(row, 1, &series.key.group, Look::Words);
        page.text(row, 2, series.key.unit.as_str(), Look::Words);
        let values = [year.mean, year.p05, year.p25, year.median, year.p75, year.p95].map(|one| one.value);
        page.numbers(row, 3, &values, Look::Number);
        row += 1;
    }
    row
}

//! A sweep as tables and in the terminal: every setting with what came out at it.
//!
//! `sweep.csv` has the columns of all result tables and, before `statistic`, one for each thing that is swept. `draws.csv` has
//! one row for each draw.

use serde::Serialize;

use crate::appraisal::statistic::{Estimate, Statistic};
use crate::quantity::Unit;
use crate::study::experiment::{OutcomeLabel, SweepFindings};

use super::table::{Table, decimal, written};
use super::words;

/// So many settings are shown in the terminal.
const SHOWN: usize = 24;

/// `sweep.csv`.
pub fn sweep_table(found: &SweepFindings) -> Table {
    let shape = &found.shape;
    let before = ["place", "strategy", "comparator", "outcome", "group", "payer", "year", "unit", "price_base"];
    let swept = shape.dimensions.iter().map(|one| one.name.as_str());
    let columns: Vec<&str> = before.into_iter().chain(swept).chain(["statistic", "value", "mc_error"]).collect();
    let mut rows = Vec::new();
    for (cell, told) in shape.cells.iter().enumerate() {
        for (strategy, (id, _)) in shape.strategies.iter().enumerate() {
            for (outcome, label) in shape.outcomes.iter().enumerate() {
                for (statistic, estimate) in found.estimates(outcome, strategy, cell) {
                    let mut row = vec![told.place.clone(), id.clone()];
                    row.extend(outcome_fields(label));
                    row.extend(told.values.iter().cloned());
                    row.extend([statistic.name().to_owned(), decimal(estimate.value), decimal(estimate.error)]);
                    rows.push(row);
                }
            }
        }
    }
    Table { file: "sweep.csv".to_owned(), csv: written(&columns, rows.into_iter()) }
}

/// `draws.csv`: every draw at every setting.
pub fn sweep_draws(found: &SweepFindings) -> Table {
    let before = ["place", "strategy", "comparator", "outcome", "group", "payer", "year", "unit", "price_base"];
    let swept = found.shape.dimensions.iter().map(|one| one.name.as_str());
    let columns: Vec<&str> = before.into_iter().chain(swept).chain(["draw", "value"]).collect();
    let rows = draw_rows(found).map(|row| {
        let told = &found.shape.cells[row.cell];
        let mut fields = vec![told.place.clone(), found.shape.strategies[row.strategy].0.clone()];
        fields.extend(outcome_fields(&found.shape.outcomes[row.outcome]));
        fields.extend(told.values.iter().cloned());
        fields.extend([row.draw.to_string(), decimal(row.value)]);
        fields
    });
    Table { file: "draws.csv".to_owned(), csv: written(&columns, rows) }
}

/// A draw of an outcome of a strategy at a setting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DrawRow {
    /// Place of the setting.
    pub cell: usize,
    /// Place of the strategy.
    pub strategy: usize,
    /// Place of the outcome.
    pub outcome: usize,
    /// The draw.
    pub draw: usize,
    /// What came out; `NaN` where the draw went wrong.
    pub value: f64,
}

/// Every draw, in the order of `draws.csv`.
pub fn draw_rows(found: &SweepFindings) -> impl Iterator<Item = DrawRow> {
    let shape = &found.shape;
    (0..shape.cells.len()).flat_map(move |cell| {
        (0..shape.strategies.len()).flat_map(move |strategy| {
            (0..shape.outcomes.len()).flat_map(move |outcome| {
                let draws = found.draws(outcome, strategy, cell).iter().enumerate();
                draws.map(move |(draw, value)| DrawRow { cell, strategy, outcome, draw, value: *value })
            })
        })
    })
}

/// Comparator, outcome, group, payer, year, unit and price base.
fn outcome_fields(label: &OutcomeLabel) -> [String; 7] {
    let OutcomeLabel { outcome, comparator, group, payer, year, unit, price_base, .. } = label;
    [comparator, outcome, group, payer, year, unit.as_str(), price_base].map(str::to_owned)
}

/// The first settings with the median and the middle nine tenths of each outcome, or its probability.
pub fn sweep_text(found: &SweepFindings) -> String {
    let shape = &found.shape;
    let s = |count: usize| if count == 1 { "" } else { "s" };
    let cells = shape.cells.len();
    let mut text = format!(
        "{}\n{} setting{}, {} draw{} at each; medians, with 90% of the draws in brackets\n",
        shape.title,
        words::exact(cells as u64),
        s(cells),
        words::exact(shape.draws),
        s(shape.draws as usize),
    );
    let places = shape.cells.iter().any(|cell| cell.place != shape.cells[0].place);
    for (cell, told) in shape.cells.iter().enumerate().take(SHOWN) {
        let swept = shape.dimensions.iter().zip(&told.values).map(|(one, value)| {
            let what = if one.quantiles { "quantile " } else { "" };
            format!("{} {what}{value}", one.name)
        });
        let place = places.then(|| told.place.clone());
        let setting: Vec<String> = place.into_iter().chain(swept).collect();
        text.push_str(&format!("\n{}\n", setting.join(", ")));
        for (strategy, (_, name)) in shape.strategies.iter().enumerate() {
            text.push_str(&format!("  {name}\n"));
            for (outcome, label) in shape.outcomes.iter().enumerate() {
                text.push_str(&format!("    {}: {}\n", label.written, told_in_words(found, outcome, strategy, cell)));
            }
        }
    }
    if cells > SHOWN {
        text.push_str(&format!("\nand {} more in sweep.csv\n", words::exact((cells - SHOWN) as u64)));
    }
    for note in needs(&shape.outcomes) {
        text.push_str(&format!("\n{note}\n"));
    }
    text
}

/// Of each demand that is measured without what becomes of it: what to ask for beside it.
fn needs(outcomes: &[OutcomeLabel]) -> Vec<String> {
    let asked = |name: &String| outcomes.iter().any(|label| label.outcome == *name);
    let missing = |label: &OutcomeLabel| label.beside.iter().filter(|name| !asked(name)).cloned().collect::<Vec<_>>();
    let told = outcomes.iter().map(|label| (label, missing(label))).filter(|(_, missing)| !missing.is_empty());
    told.map(|(label, missing)| {
        let missing: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
        format!(
            "`{}` is the {}, not what happens of it: measure {} beside it.",
            label.written,
            words::inside(&label.called),
            words::list(&missing)
        )
    })
    .collect()
}

fn told_in_words(found: &SweepFindings, outcome: usize, strategy: usize, cell: usize) -> String {
    let estimates = found.estimates(outcome, strategy, cell);
    let of = |wanted: Statistic| {
        estimates.iter().find(|(statistic, _)| *statistic == wanted).map_or(f64::NAN, |(_, estimate)| estimate.value)
    };
    let label = &found.shape.outcomes[outcome];
    if label.holds {
        return words::share_of_draws(of(Statistic::Probability));
    }
    let ends = (of(Statistic::P05), of(Statistic::P95));
    match &label.unit {
        Unit::Pounds => words::interval(of(Statistic::Median), ends, words::pounds),
        Unit::Percent => words::interval(of(Statistic::Median), ends, words::signed_percent),
        unit => {
            let told = words::interval(of(Statistic::Median), ends, words::setting);
            if *unit == Unit::Unsaid { told } else { format!("{told} {unit}") }
        }
    }
}

#[derive(Serialize)]
struct JsonRow<'f> {
    place: &'f str,
    values: &'f [String],
    strategy: &'f str,
    outcome: &'f str,
    estimates: Vec<(Statistic, Estimate)>,
}

/// All settings as JSON, for programs.
pub fn sweep_json(found: &SweepFindings) -> impl Serialize + '_ {
    let shape = &found.shape;
    let mut rows = Vec::new();
    for (cell, told) in shape.cells.iter().enumerate() {
        for (strategy, (id, _)) in shape.strategies.iter().enumerate() {
            for (outcome, label) in shape.outcomes.iter().enumerate() {
                rows.push(JsonRow {
                    place: &told.place,
                    values: &told.values,
                    strategy: id,
                    outcome: &label.written,
                    estimates: found.estimates(outcome, strategy, cell),
                });
            }
        }
    }
    let names: Vec<&str> = shape.dimensions.iter().map(|one| one.name.as_str()).collect();
    serde_json::json!({ "name": shape.name, "title": shape.title, "draws": shape.draws, "dimensions": names, "settings": rows })
}

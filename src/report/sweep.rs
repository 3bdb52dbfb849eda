//! A sweep as tables and in the terminal: every setting with what came out at it.
//!
//! `sweep.csv` has the columns of all result tables and, before `statistic`, one for each thing that is swept. `draws.csv` has
//! one row for each draw.

use serde::Serialize;

use crate::appraisal::statistic::{Estimate, Statistic};
use crate::quantity::Unit;
use crate::study::experiment::{Dimension, OutcomeLabel, Setting, SweepCell, SweepFindings, SweepShape};

use super::row::{Key, Keyed, Telling, Told, key_columns, told_columns};
use crate::table::{Columns, Table};
use crate::words;

/// So many settings are shown in the terminal.
const SHOWN: usize = 24;

/// A number at a setting.
struct SettingRow<'f> {
    key: Key<'f>,
    cell: &'f SweepCell,
    told: Told<'f>,
}

impl Keyed for SettingRow<'_> {
    fn key(&self) -> &Key<'_> {
        &self.key
    }
}

impl Telling for SettingRow<'_> {
    fn told(&self) -> &Told<'_> {
        &self.told
    }
}

/// A draw at a setting.
struct SettingDraw<'f> {
    key: Key<'f>,
    cell: &'f SweepCell,
    draw: usize,
    value: f64,
}

impl Keyed for SettingDraw<'_> {
    fn key(&self) -> &Key<'_> {
        &self.key
    }
}

/// `sweep.csv`.
pub fn sweep_table(found: &SweepFindings) -> Table<'_> {
    let shape = &found.shape;
    let columns = key_columns(Columns::new());
    let columns = told_columns(swept_columns(columns, &shape.dimensions, |row: &SettingRow<'_>| row.cell));
    let rows = move || {
        places_of(shape).flat_map(move |(cell, strategy, outcome)| {
            found.estimates(outcome, strategy, cell).into_iter().map(move |(statistic, estimate)| SettingRow {
                key: key_of(shape, cell, strategy, outcome),
                cell: &shape.cells[cell],
                told: Told { statistic: statistic.name(), estimate },
            })
        })
    };
    Table::each("sweep.csv", columns, rows)
}

/// `draws.csv`: every draw at every setting.
pub fn sweep_draws(found: &SweepFindings) -> Table<'_> {
    let shape = &found.shape;
    let columns = key_columns(Columns::new());
    let columns = swept_columns(columns, &shape.dimensions, |row: &SettingDraw<'_>| row.cell)
        .whole("draw", |row| row.draw)
        .number("value", |row| row.value);
    let rows = move || {
        draw_rows(found).map(move |row| SettingDraw {
            key: key_of(shape, row.cell, row.strategy, row.outcome),
            cell: &shape.cells[row.cell],
            draw: row.draw,
            value: row.value,
        })
    };
    Table::each("draws.csv", columns, rows)
}

/// A column for each thing that is swept, of rows that are at a setting: of numbers, or of names.
pub(super) fn swept_columns<'f, R: 'f>(
    mut columns: Columns<'f, R>,
    dimensions: &'f [Dimension],
    cell: impl for<'r> Fn(&'r R) -> &'r SweepCell + Copy + 'f,
) -> Columns<'f, R> {
    for (place, dimension) in dimensions.iter().enumerate() {
        columns = if dimension.numbers {
            columns.exact(&dimension.name, move |row| cell(row).values[place].number())
        } else {
            columns.words(&dimension.name, move |row| cell(row).values[place].name())
        };
    }
    columns
}

/// Every setting with every strategy and outcome, in the order of the tables.
fn places_of(shape: &SweepShape) -> impl Iterator<Item = (usize, usize, usize)> {
    let (strategies, outcomes) = (shape.strategies.len(), shape.outcomes.len());
    (0..shape.cells.len()).flat_map(move |cell| {
        (0..strategies).flat_map(move |strategy| (0..outcomes).map(move |outcome| (cell, strategy, outcome)))
    })
}

fn key_of(shape: &SweepShape, cell: usize, strategy: usize, outcome: usize) -> Key<'_> {
    let label = &shape.outcomes[outcome];
    Key {
        place: &shape.cells[cell].place,
        strategy: &shape.strategies[strategy].0,
        comparator: &label.comparator,
        outcome: &label.outcome,
        group: &label.group,
        payer: &label.payer,
        year: label.year.as_str().into(),
        unit: label.unit.as_str(),
        price_base: label.price_base.as_str().into(),
    }
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
    places_of(&found.shape).flat_map(move |(cell, strategy, outcome)| {
        let draws = found.draws(outcome, strategy, cell).iter().enumerate();
        draws.map(move |(draw, value)| DrawRow { cell, strategy, outcome, draw, value: *value })
    })
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
    values: Vec<String>,
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
                    values: told.values.iter().map(Setting::to_string).collect(),
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

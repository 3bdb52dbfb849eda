//! A sweep as tables and as JSON: every setting with what came out at it.
//!
//! `sweep.csv` has the columns of all result tables and, before `statistic`, one for each thing that is swept. `draws.csv` has
//! one row for each draw.

use serde::Serialize;

use crate::appraisal::statistic::{Estimate, Statistic};
use crate::study::experiment::{Dimension, Setting, SweepCell, SweepFindings, SweepShape};
use crate::table::{Columns, Table};

use super::row::{Evaluated, Evaluates, Key, Keyed, key_columns, statistic_columns};

/// A number at a setting.
struct SettingRow<'f> {
    key: Key<'f>,
    cell: &'f SweepCell,
    evaluated: Evaluated<'f>,
}

impl Keyed for SettingRow<'_> {
    fn key(&self) -> &Key<'_> {
        &self.key
    }
}

impl Evaluates for SettingRow<'_> {
    fn evaluated(&self) -> &Evaluated<'_> {
        &self.evaluated
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
    let columns = statistic_columns(swept_columns(columns, &shape.dimensions, |row: &SettingRow<'_>| row.cell));
    let rows = move || {
        places_of(shape).flat_map(move |(cell, strategy, outcome)| {
            found.estimates(outcome, strategy, cell).into_iter().map(move |(statistic, estimate)| SettingRow {
                key: key_of(shape, cell, strategy, outcome),
                cell: &shape.cells[cell],
                evaluated: Evaluated { statistic: statistic.name(), estimate },
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
pub(in crate::report) fn swept_columns<'f, R: 'f>(
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
    for (cell, setting) in shape.cells.iter().enumerate() {
        for (strategy, (id, _)) in shape.strategies.iter().enumerate() {
            for (outcome, label) in shape.outcomes.iter().enumerate() {
                rows.push(JsonRow {
                    place: &setting.place,
                    values: setting.values.iter().map(Setting::to_string).collect(),
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

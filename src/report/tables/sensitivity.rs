//! Which uncertainty moves an outcome, as tables: indices, tornados, and the points that were run.

use crate::report::picture::analysis::table_of_tornado;
use crate::report::picture::sensitivity::{file_name, swung};
use crate::sensitivity::IndexKind;
use crate::study::experiment::{Measured, PointMatrix, SensitivityFindings};
use crate::table::{Columns, Spelling, Table};

/// An index of an input, or a number of a tornado.
struct IndexRow<'f> {
    one: &'f Measured,
    method: &'static str,
    index: String,
    of: &'f str,
    with: &'f str,
    value: f64,
    interval: Option<[f64; 2]>,
    resolved: Option<bool>,
}

/// `indices.csv`: one index a row; of a tornado also `tornado-...csv`, one input a row.
pub fn sensitivity_tables(found: &SensitivityFindings) -> Vec<Table<'_>> {
    let mut rows = Vec::new();
    let mut tornados = Vec::new();
    for one in &found.measured {
        rows.extend(one.indices.iter().map(|indexed| IndexRow {
            one,
            method: indexed.method,
            index: kind(indexed.measure.index),
            of: &indexed.measure.of,
            with: indexed.measure.with.as_deref().unwrap_or_default(),
            value: indexed.measure.value,
            interval: indexed.measure.interval,
            resolved: Some(indexed.measure.resolved),
        }));
        let Some(swings) = &one.swings else { continue };
        for (name, at_low, at_high) in &swings.ends {
            let entries = [("at_p05", *at_low), ("base", swings.base), ("at_p95", *at_high)];
            rows.extend(entries.map(|(index, value)| IndexRow {
                one,
                method: "tornado",
                index: index.to_owned(),
                of: name,
                with: "",
                value,
                interval: None,
                resolved: None,
            }));
        }
        tornados.push(table_of_tornado(&swung(one), &format!("tornado-{}.csv", file_name(one))));
    }
    let columns = Columns::new()
        .same("place", &found.place)
        .words("strategy", |row: &IndexRow<'_>| &row.one.strategy)
        .words("outcome", |row| &row.one.asked)
        .words("year", |row| &row.one.label.year)
        .words("method", |row| row.method)
        .words("index", |row| &row.index)
        .words("of", |row| row.of)
        .words("with", |row| row.with)
        .number("value", |row| row.value)
        .number("low", |row| row.interval.map(|[low, _]| low))
        .number("high", |row| row.interval.map(|[_, high]| high))
        .truth("resolved", Spelling::TrueFalse, |row| row.resolved);
    std::iter::once(Table::new("indices.csv", columns, rows)).chain(tornados).collect()
}

/// `outputs.csv`: what came out at each point, a column for each outcome and strategy.
pub fn outputs_table(found: &SensitivityFindings) -> Table<'_> {
    let columns = found
        .measured
        .iter()
        .fold(Columns::new(), |columns: Columns<'_, usize>, one| columns.exact(one.column(), |row| one.values[*row]));
    let rows = found.measured.first().map_or(0, |one| one.values.len());
    Table::each("outputs.csv", columns, move || 0..rows)
}

/// `inputs.csv`: where the points lie, a column for each input.
pub fn inputs_table<'f>(found: &'f SensitivityFindings, points: &'f PointMatrix) -> Table<'f> {
    let inputs = found.problem.inputs.iter().enumerate();
    let columns = inputs.fold(Columns::new(), |columns: Columns<'_, &[f64]>, (place, input)| {
        columns.exact(&input.name, move |point| point[place])
    });
    Table::each("inputs.csv", columns, move || found.rows.iter().map(move |row| points.row(*row)))
}

fn kind(kind: IndexKind) -> String {
    let named = serde_json::to_value(kind).ok();
    named.and_then(|named| named.as_str().map(str::to_owned)).unwrap_or_default()
}

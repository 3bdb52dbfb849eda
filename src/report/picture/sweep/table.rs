//! The numbers behind a picture of a sweep: one setting a row.

use std::ops::Range;

use crate::appraisal::statistic::Statistic;
use crate::study::experiment::{SweepCell, SweepFindings};

use crate::report::tables::swept_columns;
use crate::table::{Columns, Table};

/// A setting of a strategy, with the statistics that are wanted, and the error of the first.
struct Row<'f> {
    cell: &'f SweepCell,
    strategy: &'f str,
    values: Vec<f64>,
    error: f64,
}

/// An outcome of some strategies at every setting, with the columns place, strategy, what is swept, unit and price base, then
/// the statistics that the picture draws and the Monte Carlo error of its middle.
pub(super) fn behind(found: &SweepFindings, outcome: usize, strategies: Range<usize>, file: String) -> Table<'_> {
    let shape = &found.shape;
    let label = &shape.outcomes[outcome];
    let wanted: &[Statistic] = if label.holds {
        &[Statistic::Probability]
    } else {
        &[Statistic::Median, Statistic::P05, Statistic::P25, Statistic::P75, Statistic::P95]
    };
    let columns = Columns::new().words("place", |row: &Row<'_>| &row.cell.place).words("strategy", |row| row.strategy);
    let mut columns = swept_columns(columns, &shape.dimensions, |row| row.cell)
        .words("unit", |_| label.unit.as_str())
        .words("price_base", |_| &label.price_base);
    for (place, statistic) in wanted.iter().enumerate() {
        columns = columns.number(statistic.name(), move |row| row.values[place]);
    }
    let columns = columns.number("mc_error", |row| row.error);
    let row = move |strategy: usize, cell: usize| {
        let estimates = found.estimates(outcome, strategy, cell);
        let of = |wanted: Statistic| estimates.iter().find(|(one, _)| *one == wanted).map(|(_, estimate)| *estimate);
        Row {
            cell: &shape.cells[cell],
            strategy: &shape.strategies[strategy].0,
            values: wanted.iter().map(|one| of(*one).map_or(f64::NAN, |estimate| estimate.value)).collect(),
            error: of(wanted[0]).map_or(f64::NAN, |estimate| estimate.error),
        }
    };
    let rows = move || {
        strategies.clone().flat_map(move |strategy| (0..shape.cells.len()).map(move |cell| row(strategy, cell)))
    };
    Table::each(file, columns, rows)
}

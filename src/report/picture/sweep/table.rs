//! The numbers behind a picture of a sweep: one setting a row.

use std::ops::Range;

use crate::appraisal::statistic::Statistic;
use crate::study::experiment::SweepFindings;

use super::super::super::table::{Table, decimal, written};

/// An outcome of some strategies at every setting, with the columns place, strategy, what is swept, unit and price base, then
/// the statistics that the picture draws and the Monte Carlo error of its middle.
pub(super) fn behind(found: &SweepFindings, outcome: usize, strategies: Range<usize>, file: String) -> Table {
    let shape = &found.shape;
    let label = &shape.outcomes[outcome];
    let wanted: &[Statistic] = if label.holds {
        &[Statistic::Probability]
    } else {
        &[Statistic::Median, Statistic::P05, Statistic::P25, Statistic::P75, Statistic::P95]
    };
    let swept = shape.dimensions.iter().map(|one| one.name.as_str());
    let columns: Vec<&str> = ["place", "strategy"]
        .into_iter()
        .chain(swept)
        .chain(["unit", "price_base"])
        .chain(wanted.iter().map(|one| one.name()))
        .chain(["mc_error"])
        .collect();
    let mut rows = Vec::new();
    for strategy in strategies {
        for (cell, told) in shape.cells.iter().enumerate() {
            let estimates = found.estimates(outcome, strategy, cell);
            let of =
                |wanted: Statistic| estimates.iter().find(|(one, _)| *one == wanted).map(|(_, estimate)| *estimate);
            let mut row = vec![told.place.clone(), shape.strategies[strategy].0.clone()];
            row.extend(told.values.iter().cloned());
            row.extend([label.unit.to_string(), label.price_base.clone()]);
            row.extend(wanted.iter().map(|one| of(*one).map_or_else(String::new, |estimate| decimal(estimate.value))));
            row.push(of(wanted[0]).map_or_else(String::new, |estimate| decimal(estimate.error)));
            rows.push(row);
        }
    }
    Table { file, csv: written(&columns, rows.into_iter()) }
}

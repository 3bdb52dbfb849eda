//! Pictures and tables of analyses of many runs: what moves the answer, which choice is best, when a plan fails.
//!
//! Each takes plain numbers with names, says its finding in its title, and comes with the table behind it.

mod acceptability;
mod boxes;
mod frontier;
mod heat;
mod indices;
mod information;
mod plane;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
mod tornado;

pub use acceptability::{acceptability, expected_loss, table_of_acceptability};
pub use boxes::{BoxRow, NamedInput, between_0_and_1, box_columns, box_rows, boxes, sentence};
pub use frontier::{EfficientFrontier, FrontierPoint, frontier, table_of_frontier};
pub use heat::{HeatMap, heat_map};
pub use indices::{Index, IndexOverTime, indices, indices_over_time};
pub use information::{InformationCurve, information, table_of_information};
pub use plane::{plane, table_of_plane};
pub use tornado::{Swing, Tornado, table_of_tornado, tornado};

use super::super::figure::NumberFormat;

/// What a picture is about, and where its numbers come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// Whom and when it concerns: `Lancashire and South Cumbria, ten years`.
    pub subject: String,
    /// Where the numbers come from: `Wellspring 0.1.0, scenario one-per-cent, 1,000 draws.`
    pub source: String,
}

/// Pounds in the unit that suits the largest amount.
fn pounds_format(largest: f64) -> NumberFormat {
    match largest.abs() {
        largest if largest >= 1e6 => NumberFormat::million_pounds(),
        largest if largest >= 1e4 => {
            NumberFormat { prefix: "£".to_owned(), suffix: "k".to_owned(), factor: 1e-3, ..NumberFormat::plain() }
        }
        _ => NumberFormat { prefix: "£".to_owned(), ..NumberFormat::plain() },
    }
}

/// The greatest amount, whatever its sign.
fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.filter(|value| value.is_finite()).fold(0.0, |most: f64, value| most.max(value.abs()))
}

/// The name at a place, or its number where there are fewer names.
fn name(names: &[String], index: usize) -> String {
    names.get(index).cloned().unwrap_or_else(|| (index + 1).to_string())
}

/// Rows of a figure by their count: room for names of two lines.
fn height(rows: usize) -> f64 {
    150.0 + 27.0 * rows.max(2) as f64
}

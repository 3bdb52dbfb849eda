//! A heat map: one number for each pair, such as lever by lever, or regret of each strategy in each scenario.

use super::super::super::figure::{Axis, Estimate, Figure, Grid, Layer, NumberFormat};
use super::super::panel;
use super::{Caption, name};
use crate::words;

/// Rows, columns, and a number for each pair.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatMap {
    /// What the numbers are, as in a sentence: `net present value`.
    pub outcome: String,
    /// In what: `£ million`.
    pub unit: String,
    /// How the numbers are written.
    pub format: NumberFormat,
    /// What the rows are: `share to housing`.
    pub row_title: String,
    /// Names of the rows, the first on top.
    pub rows: Vec<String>,
    /// What the columns are.
    pub column_title: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// `[row][column]`.
    pub values: Vec<Vec<f64>>,
    /// Whether more is better (then the title names the highest), or less.
    pub more_is_better: bool,
}

/// The map, its best field in the title.
pub fn heat_map(map: &HeatMap, caption: &Caption) -> Figure {
    let estimates: Vec<Vec<Estimate>> =
        map.values.iter().map(|row| row.iter().map(|value| Estimate::exact(*value)).collect()).collect();
    let places = map.values.iter().enumerate().flat_map(|(row, values)| {
        values
            .iter()
            .enumerate()
            .filter(|(_, value)| value.is_finite())
            .map(move |(column, value)| (row, column, *value))
    });
    let better = |one: f64, other: f64| if map.more_is_better { one > other } else { one < other };
    let best = places.clone().reduce(|best, one| if better(one.2, best.2) { one } else { best });
    let worst = places.reduce(|worst, one| if better(worst.2, one.2) { one } else { worst });
    let ends = best.zip(worst).map_or((f64::NAN, f64::NAN), |(best, worst)| (best.2, worst.2));
    let reach = (ends.0.min(ends.1), ends.0.max(ends.1));
    let at = |(row, column, value): (usize, usize, f64)| {
        format!(
            "{} with {} {} and {} {}",
            map.format.two_figures(value),
            map.row_title,
            name(&map.rows, row),
            map.column_title,
            name(&map.columns, column)
        )
    };
    let word = if map.more_is_better { "highest" } else { "lowest" };
    let title = match best {
        Some(best) => format!("{} is {word}: {}", words::capital(&map.outcome), at(best)),
        None => format!("{} is not known", words::capital(&map.outcome)),
    };
    let rows: Vec<&str> = map.rows.iter().map(String::as_str).collect();
    let columns: Vec<&str> = map.columns.iter().map(String::as_str).collect();
    let mut across = Axis::categories(&columns);
    across.title.clone_from(&map.column_title);
    let mut down = Axis::categories(&rows);
    down.title.clone_from(&map.row_title);
    let ends =
        best.zip(worst).map_or_else(String::new, |(best, worst)| format!("Best {}; worst {}.", at(best), at(worst)));
    Figure {
        title,
        subtitle: format!(
            "{} ({}) by {} (down) and {} (across), {}",
            words::capital(&map.outcome),
            map.unit,
            map.row_title,
            map.column_title,
            caption.subject
        ),
        source_line: caption.source.clone(),
        alternative_text: ends,
        width: (260.0 + 58.0 * columns.len() as f64).clamp(420.0, 1_000.0),
        height: 165.0 + 30.0 * rows.len().max(2) as f64,
        grid: Grid::new(1, 1),
        panels: vec![panel("", across, down, vec![Layer::Cells { estimates, reach, format: map.format.clone() }])],
        legend: Vec::new(),
    }
}

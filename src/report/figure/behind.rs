//! The numbers behind a figure as tables, so that whoever cannot see the picture, or wants to check it, reads the same.
//!
//! A table is made of what each layer says of itself, never of the legend.

use crate::appraisal::statistic::Statistic;

use super::axis::Scale;
use super::format::plan_year;
use super::{Description, Estimate, Figure, Layer, Level, NumberFormat, Panel, Term};

/// What one panel draws, as a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    /// The panel's title; empty in a figure of one panel.
    pub panel: String,
    /// What the rows are: years, or named rows.
    pub along: String,
    /// The headings of the columns after the first.
    pub columns: Vec<String>,
    /// The unit of the numbers, as the axis says it; empty where the numbers carry it.
    pub unit: String,
    /// Name and numbers of each row; a cell without a number is empty.
    pub rows: Vec<(String, Vec<Cell>)>,
    /// How the numbers are written.
    pub format: NumberFormat,
}

/// A number, alone or with the ends of its interval; nothing where there is none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// The number, and the ends of its interval if it has one.
    pub numbers: Vec<f64>,
    /// Which statistic each of them is; empty where they are none.
    pub statistics: Vec<Statistic>,
    /// The rows of the tidy tables that add up to each of them, statistic by statistic; empty where they are not of those.
    pub rows: Vec<Term>,
}

/// A column: its heading, and a cell for each row or place.
struct Column<Position> {
    heading: String,
    cells: Vec<(Position, Cell)>,
}

/// A table for each panel that draws any number, but for points on a plane of two numbers.
pub fn behind(figure: &Figure) -> Vec<Numbers> {
    figure.panels.iter().filter_map(of_panel).collect()
}

fn of_panel(panel: &Panel) -> Option<Numbers> {
    let numbers = match (&panel.horizontal.scale, &panel.vertical.scale) {
        (Scale::Number(format), Scale::Categories(names)) => in_rows(panel, names, format),
        // Points on a plane of two numbers have names that only who drew them knows.
        (Scale::Number(_), Scale::Number(_)) if panel.layers.iter().any(is_points) => return None,
        (_, Scale::Number(format)) => along(panel, format),
        _ => return None,
    };
    (!numbers.rows.is_empty() && !numbers.columns.is_empty()).then_some(numbers)
}

fn is_points(layer: &Layer) -> bool {
    matches!(layer, Layer::Points { .. })
}

/// Named rows with bars or points: a column for each layer; layers of one heading that share no row are one column.
fn in_rows(panel: &Panel, names: &[String], format: &NumberFormat) -> Numbers {
    let mut columns: Vec<Column<usize>> = Vec::new();
    for layer in &panel.layers {
        let (at, estimates, description, from) = match layer {
            Layer::Points { at, estimates, description, .. } => (at, estimates, description, 0.0),
            Layer::Bars { at, estimates, description, from, .. } => (at, estimates, description, *from),
            _ => continue,
        };
        let heading = description.heading(&panel.title, estimates.iter().find_map(level_of));
        let rows = at.iter().map(|at| at.round() as usize);
        let cells = rows.zip(of_estimates(estimates, description, from)).filter(|(_, cell)| !cell.numbers.is_empty());
        let cells: Vec<(usize, Cell)> = cells.collect();
        let apart = |known: &Column<usize>| cells.iter().all(|(row, _)| known.cells.iter().all(|(own, _)| own != row));
        match columns.iter_mut().find(|known| known.heading == heading && apart(known)) {
            Some(known) => known.cells.extend(cells),
            None => columns.push(Column { heading, cells }),
        }
    }
    let rows: Vec<usize> = (0..names.len()).collect();
    table(panel, "", names.to_vec(), columns, &rows, (&panel.horizontal.title, format))
}

/// Years or another scale along the panel: a column for each line or area, a line's widest band in its own column.
fn along(panel: &Panel, format: &NumberFormat) -> Numbers {
    let mut columns: Vec<Column<f64>> = Vec::new();
    let mut band: Option<Band<'_>> = None;
    for layer in &panel.layers {
        match layer {
            Layer::FanBand { x, low, high, level, .. } if band.as_ref().is_none_or(|one| one.level == Level::Fifty) => {
                band = Some(Band { x, low, high, level: *level });
            }
            Layer::Line { x, y, description, .. } | Layer::StepLine { x, y, description, .. } => {
                columns.push(line(panel, x, y, description, band.take()));
            }
            Layer::StackedArea { x, series } => {
                columns.extend(series.iter().map(|area| line(panel, x, &area.y, &area.description, None)));
            }
            Layer::Bars { at, estimates, description, .. } | Layer::Points { at, estimates, description, .. } => {
                let heading = description.heading(&panel.title, estimates.iter().find_map(level_of));
                let cells = at.iter().copied().zip(of_estimates(estimates, description, 0.0)).collect();
                columns.push(Column { heading, cells });
            }
            _ => {}
        }
    }
    let mut positions: Vec<f64> = columns.iter().flat_map(|column| column.cells.iter().map(|(x, _)| *x)).collect();
    positions.sort_by(f64::total_cmp);
    positions.dedup();
    let (names, head): (Vec<String>, &str) = match &panel.horizontal.scale {
        Scale::PlanYears { first } => (positions.iter().map(|x| plan_year(*first, x.round() as i64)).collect(), "Year"),
        Scale::Categories(names) => {
            (positions.iter().map(|x| names.get(x.round() as usize).cloned().unwrap_or_default()).collect(), "")
        }
        Scale::Number(own) => {
            let decimals = own.decimals_for(0.1);
            (positions.iter().map(|x| own.write(*x, decimals)).collect(), panel.horizontal.title.as_str())
        }
    };
    table(panel, head, names, columns, &positions, (&panel.vertical.title, format))
}

/// Where a band is told, its lower and upper edge there, and what it holds.
struct Band<'a> {
    x: &'a [f64],
    low: &'a [f64],
    high: &'a [f64],
    level: Level,
}

fn line(panel: &Panel, x: &[f64], y: &[f64], description: &Description, band: Option<Band<'_>>) -> Column<f64> {
    let level = band.as_ref().map(|band| band.level);
    let cells = x.iter().zip(y).enumerate().map(|(index, (x, y))| {
        let ends = band.as_ref().filter(|band| band.x.get(index) == Some(x));
        let ends = ends.and_then(|band| Some((*band.low.get(index)?, *band.high.get(index)?)));
        (*x, cell(description, index, *y, ends.zip(level)))
    });
    Column { heading: description.heading(&panel.title, level), cells: cells.collect() }
}

/// The cells of a layer's estimates, each less where its bars begin.
fn of_estimates<'e>(
    estimates: &'e [Estimate],
    description: &'e Description,
    from: f64,
) -> impl Iterator<Item = Cell> + 'e {
    estimates.iter().enumerate().map(move |(index, estimate)| {
        let ends = estimate.ninety.or(estimate.fifty).map(|(low, high)| (low - from, high - from));
        cell(description, index, estimate.middle - from, ends.zip(level_of(estimate)))
    })
}

fn level_of(estimate: &Estimate) -> Option<Level> {
    estimate.ninety.map(|_| Level::Ninety).or(estimate.fifty.map(|_| Level::Fifty))
}

/// The cell of one number of a layer; empty where there is no number.
fn cell(description: &Description, index: usize, middle: f64, ends: Option<((f64, f64), Level)>) -> Cell {
    if !middle.is_finite() {
        return Cell::default();
    }
    let ends = ends.filter(|((low, high), _)| low.is_finite() && high.is_finite());
    let mut numbers = vec![middle];
    numbers.extend(ends.into_iter().flat_map(|((low, high), _)| [low, high]));
    let rows = description.rows.get(index).cloned().unwrap_or_default();
    Cell { numbers, statistics: description.statistics(ends.map(|(_, level)| level)), rows }
}

fn table<Position: PartialEq>(
    panel: &Panel,
    along: &str,
    names: Vec<String>,
    columns: Vec<Column<Position>>,
    positions: &[Position],
    (unit, format): (&str, &NumberFormat),
) -> Numbers {
    let cell_at = |column: &Column<Position>, index: &Position| {
        let found = column.cells.iter().find(|(own, _)| own == index);
        found.map(|(_, cell)| cell.clone()).unwrap_or_default()
    };
    let rows = names.into_iter().zip(positions).map(|(name, index)| {
        let cells = columns.iter().map(|column| cell_at(column, index));
        (name, cells.collect())
    });
    Numbers {
        panel: panel.title.clone(),
        along: along.to_owned(),
        rows: rows.collect(),
        columns: columns.into_iter().map(|column| column.heading).collect(),
        unit: unit.to_owned(),
        format: format.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::behind;
    use crate::report::figure::gallery;

    #[test]
    fn every_panel_that_draws_numbers_has_its_table() {
        for (name, figure) in gallery::all() {
            let tables = behind(&figure);
            assert_eq!(tables.len(), figure.panels.len(), "{name}");
            for table in tables {
                assert!(table.rows.iter().all(|(_, cells)| cells.len() == table.columns.len()), "{name}");
                assert!(
                    table.rows.iter().any(|(_, cells)| cells.iter().any(|cell| !cell.numbers.is_empty())),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn a_line_carries_its_widest_band() {
        let demand = &behind(&gallery::demand())[0];
        assert_eq!((demand.along.as_str(), demand.rows[0].0.as_str()), ("Year", "2024/25"));
        let fan = &demand.rows[5].1[0].numbers;
        assert!(fan.len() == 3 && fan[1] < fan[0] && fan[0] < fan[2], "{fan:?}");
        assert_eq!(demand.rows[5].1[1].numbers.len(), 1);
    }
}

//! The numbers behind a figure as tables, so that whoever cannot see the picture, or wants to check it, reads the same.

use super::axis::Scale;
use super::format::plan_year;
use super::{Colour, Dash, Estimate, Figure, Key, Layer, LegendEntry, Level, NumberFormat, Panel, Texture};

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
pub type Cell = Vec<f64>;

/// A table for each panel that draws any number, but for points on a plane of two numbers.
pub fn behind(figure: &Figure) -> Vec<Numbers> {
    figure.panels.iter().filter_map(|panel| of_panel(panel, &figure.legend)).collect()
}

fn of_panel(panel: &Panel, legend: &[LegendEntry]) -> Option<Numbers> {
    let numbers = match (&panel.horizontal.scale, &panel.vertical.scale) {
        (Scale::Number(format), Scale::Categories(names)) => in_rows(panel, legend, names, format),
        // Points on a plane of two numbers have names that only who drew them knows.
        (Scale::Number(_), Scale::Number(_)) if panel.layers.iter().any(is_points) => return None,
        (_, Scale::Number(format)) => along(panel, legend, format),
        _ => return None,
    };
    (!numbers.rows.is_empty() && !numbers.columns.is_empty()).then_some(numbers)
}

fn is_points(layer: &Layer) -> bool {
    matches!(layer, Layer::Points { .. })
}

/// Named rows with bars or points: a column for each layer, and one for bars that follow each other.
fn in_rows(panel: &Panel, legend: &[LegendEntry], names: &[String], format: &NumberFormat) -> Numbers {
    let mut columns: Vec<(String, Vec<Cell>)> = Vec::new();
    for layer in &panel.layers {
        let (at, estimates, name, from) = match layer {
            Layer::Points { at, estimates, colour, .. } => (at, estimates, of_points(legend, *colour), 0.0),
            Layer::Bars { at, estimates, from, .. } => (at, estimates, None, *from),
            _ => continue,
        };
        let mut cells = vec![Cell::new(); names.len()];
        for (at, estimate) in at.iter().zip(estimates) {
            if let Some(cell) = cells.get_mut(at.round() as usize) {
                *cell = cell_of(estimate, from);
            }
        }
        let bars = matches!(layer, Layer::Bars { .. });
        match columns.last_mut() {
            Some((_, last))
                if bars && last.iter().zip(&cells).all(|(one, other)| one.is_empty() || other.is_empty()) =>
            {
                for (one, other) in last.iter_mut().zip(cells) {
                    if one.is_empty() {
                        *one = other;
                    }
                }
            }
            _ => columns.push((name.unwrap_or_else(|| panel.title.clone()), cells)),
        }
    }
    same_names_apart(&mut columns, legend);
    table(panel, "", names.to_vec(), columns, &panel.horizontal.title, format)
}

/// Two columns of the same name are told apart by the legend's words in order.
fn same_names_apart(columns: &mut [(String, Vec<Cell>)], legend: &[LegendEntry]) {
    let same = columns.windows(2).any(|pair| pair[0].0 == pair[1].0);
    if !same {
        return;
    }
    let points = legend.iter().filter(|entry| matches!(entry.key, Key::Point(_) | Key::Ring(_)));
    for (column, entry) in columns.iter_mut().zip(points) {
        column.0 = entry.meaning.clone();
    }
}

/// Where a band is told, its lower and upper edge there, and what it holds.
type Band<'a> = (Vec<f64>, &'a [f64], &'a [f64], Level);

/// Years or another scale along the panel: a column for each line or area, a line's bands in its own column.
fn along(panel: &Panel, legend: &[LegendEntry], format: &NumberFormat) -> Numbers {
    let mut columns: Vec<(String, Vec<(f64, Cell)>)> = Vec::new();
    let mut band: Option<Band<'_>> = None;
    for layer in &panel.layers {
        match layer {
            Layer::FanBand { x, low, high, level, .. } if !matches!(band, Some((_, _, _, Level::Ninety))) => {
                band = Some((x.clone(), low, high, *level));
            }
            Layer::Line { x, y, colour, dash, label } | Layer::StepLine { x, y, colour, dash, label } => {
                let mut name =
                    label.clone().or_else(|| of_line(legend, *colour, *dash)).unwrap_or_else(|| panel.title.clone());
                if let Some((_, _, _, Level::Fifty)) = band {
                    name += " (median, 50% of draws)";
                }
                let cells = x.iter().zip(y).enumerate().map(|(place, (x, y))| {
                    let mut cell = vec![*y];
                    if let Some((at, low, high, _)) = &band
                        && at.get(place) == Some(x)
                    {
                        cell.extend([low[place], high[place]]);
                    }
                    (*x, cell)
                });
                columns.push((name, cells.collect()));
                band = None;
            }
            Layer::StackedArea { x, series } => {
                for area in series {
                    let name = area.label.clone().or_else(|| of_area(legend, area.colour, area.texture));
                    let cells = x.iter().zip(&area.y).map(|(x, y)| (*x, vec![*y])).collect();
                    columns.push((name.unwrap_or_else(|| panel.title.clone()), cells));
                }
            }
            Layer::Bars { at, estimates, .. } | Layer::Points { at, estimates, .. } => {
                let cells = at.iter().zip(estimates).map(|(at, estimate)| (*at, cell_of(estimate, 0.0))).collect();
                columns.push((panel.title.clone(), cells));
            }
            _ => {}
        }
    }
    let mut places: Vec<f64> = columns.iter().flat_map(|(_, cells)| cells.iter().map(|(x, _)| *x)).collect();
    places.sort_by(f64::total_cmp);
    places.dedup();
    let (names, head): (Vec<String>, &str) = match &panel.horizontal.scale {
        Scale::PlanYears { first } => (places.iter().map(|x| plan_year(*first, x.round() as i64)).collect(), "Year"),
        Scale::Categories(names) => {
            (places.iter().map(|x| names.get(x.round() as usize).cloned().unwrap_or_default()).collect(), "")
        }
        Scale::Number(own) => {
            let decimals = own.decimals_for(0.1);
            (places.iter().map(|x| own.write(*x, decimals)).collect(), panel.horizontal.title.as_str())
        }
    };
    let columns = columns
        .into_iter()
        .map(|(name, cells)| {
            let found = places
                .iter()
                .map(|place| cells.iter().find(|(x, _)| x == place).map(|(_, cell)| cell.clone()).unwrap_or_default());
            (name, found.collect())
        })
        .collect();
    table(panel, head, names, columns, &panel.vertical.title, format)
}

fn table(
    panel: &Panel,
    along: &str,
    names: Vec<String>,
    columns: Vec<(String, Vec<Cell>)>,
    unit: &str,
    format: &NumberFormat,
) -> Numbers {
    let rows = names
        .into_iter()
        .enumerate()
        .map(|(place, name)| {
            let cells = columns.iter().map(|(_, cells)| cells.get(place).cloned().unwrap_or_default());
            (name, cells.collect())
        })
        .collect();
    Numbers {
        panel: panel.title.clone(),
        along: along.to_owned(),
        columns: columns.into_iter().map(|(name, _)| name).collect(),
        unit: unit.to_owned(),
        rows,
        format: format.clone(),
    }
}

fn cell_of(estimate: &Estimate, from: f64) -> Cell {
    if !estimate.middle.is_finite() {
        return Cell::new();
    }
    let ends = estimate.ninety.or(estimate.fifty);
    let ends = ends.filter(|(low, high)| low.is_finite() && high.is_finite());
    let mut cell = vec![estimate.middle - from];
    cell.extend(ends.into_iter().flat_map(|(low, high)| [low - from, high - from]));
    cell
}

fn of_line(legend: &[LegendEntry], colour: Colour, dash: Dash) -> Option<String> {
    let found = legend.iter().find(|entry| match entry.key {
        Key::Line(own, drawn) => own == colour && drawn == dash,
        Key::Fan(own) => own == colour && dash == Dash::Solid,
        _ => false,
    });
    found.map(|entry| entry.meaning.clone())
}

fn of_area(legend: &[LegendEntry], colour: Colour, texture: Texture) -> Option<String> {
    let found = legend.iter().find(|entry| entry.key == Key::Area(colour, texture));
    found.map(|entry| entry.meaning.clone())
}

fn of_points(legend: &[LegendEntry], colour: Colour) -> Option<String> {
    let found = legend.iter().find(|entry| match entry.key {
        Key::Interval(own) | Key::Point(own) | Key::Ring(own) => own == colour,
        _ => false,
    });
    found.map(|entry| entry.meaning.clone())
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
                assert!(table.rows.iter().any(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())), "{name}");
            }
        }
    }

    #[test]
    fn a_line_carries_its_widest_band() {
        let demand = &behind(&gallery::demand())[0];
        assert_eq!((demand.along.as_str(), demand.rows[0].0.as_str()), ("Year", "2024/25"));
        let fan = &demand.rows[5].1[0];
        assert!(fan.len() == 3 && fan[1] < fan[0] && fan[0] < fan[2], "{fan:?}");
        assert_eq!(demand.rows[5].1[1].len(), 1);
    }
}

//! A sweep as heat maps: what is swept first across, what is swept second down, and a panel for each strategy and each
//! setting of the rest.

use crate::study::experiment::{Setting, SweepFindings};

use super::super::super::figure::{Axis, Colour, Estimate, Figure, Grid, Key, Layer, LegendEntry, shade};
use super::super::panel;
use super::wording::{along, axis_title, extremes, number, outcome_name, source, unit};
use super::{MOST_PANELS, middle, several_places};
use crate::words;

/// More columns or rows of numbers than this are too fine to see.
const MOST_NUMBERS: usize = 40;
/// More columns or rows of names than this leave no room for them.
const MOST_NAMES: usize = 20;
/// A picture is no wider, in points.
const WIDEST: f64 = 940.0;
/// Fields of a panel take no more than this together.
const WIDEST_PLOT: f64 = 600.0;

/// The settings of a sweep as fields of heat maps.
pub(super) struct Fields<'f> {
    found: &'f SweepFindings,
    draws_left_out: u64,
    /// Names of the columns and of the rows, the first on top.
    columns: Vec<String>,
    rows: Vec<String>,
    /// What stands in each panel beside its strategy, with its settings: `[row][column]`.
    rest: Vec<(String, Vec<Vec<usize>>)>,
}

impl<'f> Fields<'f> {
    /// `None` where fewer than two things are swept, where points are no grid, or where there is too much to draw.
    pub(super) fn of(found: &'f SweepFindings, draws_left_out: u64) -> Option<Self> {
        let shape = &found.shape;
        if shape.dimensions.len() < 2 {
            return None;
        }
        let columns = values(found, 0);
        let mut rows = values(found, 1);
        // Numbers grow upward, as on any axis; names are read downward.
        if shape.dimensions[1].numbers {
            rows.reverse();
        }
        let most = |dimension: usize| if shape.dimensions[dimension].numbers { MOST_NUMBERS } else { MOST_NAMES };
        if columns.len().min(rows.len()) < 2 || columns.len() > most(0) || rows.len() > most(1) {
            return None;
        }
        let several = several_places(found);
        let mut rest: Vec<(String, Vec<Vec<Option<usize>>>)> = Vec::new();
        for (at, cell) in shape.cells.iter().enumerate() {
            let place = several.then(|| cell.place.clone());
            let others = shape.dimensions.iter().zip(&cell.values).skip(2);
            let others = others.map(|(one, value)| format!("{} {}", one.name, super::wording::short(value)));
            let name = place.into_iter().chain(others).collect::<Vec<_>>().join(", ");
            let which = rest.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
                rest.push((name, vec![vec![None; columns.len()]; rows.len()]));
                rest.len() - 1
            });
            if rest.len() > MOST_PANELS {
                return None;
            }
            let column = columns.iter().position(|one| *one == cell.values[0])?;
            let row = rows.iter().position(|one| *one == cell.values[1])?;
            // Two settings at one place differ in what numbers cannot tell apart, or points are no grid.
            if rest[which].1[row][column].replace(at).is_some() {
                return None;
            }
        }
        let whole = |(name, cells): (String, Vec<Vec<Option<usize>>>)| {
            let cells: Option<Vec<Vec<usize>>> = cells.into_iter().map(|row| row.into_iter().collect()).collect();
            cells.map(|cells| (name, cells))
        };
        Some(Self {
            found,
            draws_left_out,
            columns: along(&columns),
            rows: along(&rows),
            rest: rest.into_iter().map(whole).collect::<Option<_>>()?,
        })
    }

    /// One figure with a panel for each strategy, or, where these are too many for a page, one for each strategy.
    pub(super) fn figures(&self, outcome: usize) -> Vec<(Option<usize>, Figure)> {
        let strategies = self.found.shape.strategies.len();
        if strategies * self.rest.len() <= MOST_PANELS {
            return vec![(None, self.figure(outcome, 0..strategies))];
        }
        (0..strategies).map(|one| (Some(one), self.figure(outcome, one..one + 1))).collect()
    }

    fn figure(&self, outcome: usize, strategies: std::ops::Range<usize>) -> Figure {
        let shape = &self.found.shape;
        let label = &shape.outcomes[outcome];
        let (unit, format) = unit(label);
        let one = strategies.len() == 1;
        let extremes = extremes(self.found, outcome, strategies.clone());
        let estimates = |strategy: usize, cells: &[Vec<usize>]| -> Vec<Vec<Estimate>> {
            let row = |row: &Vec<usize>| row.iter().map(|cell| middle(self.found, outcome, strategy, *cell)).collect();
            cells.iter().map(row).collect()
        };
        let mut drawn = Vec::new();
        for strategy in strategies.clone() {
            for (rest, cells) in &self.rest {
                let name = (!one).then(|| shape.strategies[strategy].1.clone());
                let rest = (!rest.is_empty()).then(|| rest.clone());
                let title: Vec<String> = name.into_iter().chain(rest).collect();
                drawn.push((title.join(": "), estimates(strategy, cells)));
            }
        }
        let numbers = || drawn.iter().flat_map(|(_, rows)| rows.iter().flatten()).filter(|one| one.middle.is_finite());
        let reach = numbers()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| (low.min(one.middle), high.max(one.middle)));
        let mut legend = Vec::new();
        if reach.0 < reach.1 {
            let zero = (reach.0 < 0.0 && reach.1 > 0.0).then_some((0.0, "zero"));
            for (value, word) in [(reach.0, "lowest")].into_iter().chain(zero).chain([(reach.1, "highest")]) {
                let meaning = if value == 0.0 && word == "zero" {
                    word.to_owned()
                } else {
                    format!("{word}, {}", number(label, value))
                };
                legend.push(LegendEntry::new(Key::Field(shade(value, reach)), &meaning));
            }
        }
        if numbers().any(Estimate::spans_zero) {
            legend.push(LegendEntry::new(Key::Ring(Colour::SLATE), "90% of draws lie on both sides of zero"));
        }
        let size = self.size(drawn.len(), label.holds);
        let panels = drawn.into_iter().enumerate().map(|(place, (title, estimates))| {
            let names: Vec<&str> = self.columns.iter().map(String::as_str).collect();
            let names = thinned(&names, size.plot);
            let mut across = Axis::categories(&names);
            across.title = axis_title(self.found, 0);
            let names: Vec<&str> = self.rows.iter().map(String::as_str).collect();
            let mut down = Axis::categories(&names);
            if place % size.columns == 0 {
                down.title = axis_title(self.found, 1);
            }
            panel(&title, across, down, vec![Layer::Cells { estimates, reach, format: format.clone() }])
        });
        let panels: Vec<_> = panels.collect();
        let what = if label.holds {
            "Shares of draws."
        } else {
            "Medians, with the 5th and 95th percentiles below them where there is room."
        };
        let of = if one {
            format!("“{}”", shape.strategies[strategies.start].1)
        } else {
            "a panel for each strategy".to_owned()
        };
        let unit = if unit.is_empty() { String::new() } else { format!(" ({unit})") };
        let subtitle = format!(
            "{}{unit} by {} (across) and {} (down); {}; {of}",
            words::capital(&outcome_name(label)),
            shape.dimensions[0].name,
            shape.dimensions[1].name,
            shape.title
        );
        let lines = |text: &str, letter: f64| (text.chars().count() as f64 * letter / (size.width - 44.0)).ceil();
        let source_line = source(self.found, self.draws_left_out, what, &extremes.certainty);
        let surround = 62.0
            + lines(&extremes.title, 8.2) * 19.0
            + lines(&subtitle, 5.4) * 13.0
            + lines(&source_line, 4.0) * 10.0
            + if legend.is_empty() { 0.0 } else { 24.0 };
        let grid_rows = panels.len().div_ceil(size.columns);
        Figure {
            alternative_text: format!("A heat map. {}. {}", extremes.title, extremes.certainty),
            title: extremes.title,
            subtitle,
            source_line,
            width: size.width,
            height: surround + grid_rows as f64 * (size.high + 62.0),
            grid: Grid { rows: grid_rows, columns: size.columns, same_vertical: false },
            panels,
            legend,
        }
    }

    /// How large panels are, so that numbers fit into fields where that can be.
    fn size(&self, panels: usize, holds: bool) -> Size {
        let longest = |name: &String| name.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
        let word = self.columns.iter().map(longest).max().unwrap_or(0) as f64;
        let field = f64::max(if holds { 42.0 } else { 66.0 }, word * 5.2 + 10.0);
        let plot = (field * self.columns.len() as f64).clamp(120.0, WIDEST_PLOT);
        let names = self.rows.iter().map(|name| name.chars().count()).max().unwrap_or(0) as f64 * 4.8 + 10.0;
        let names = names.min(0.24 * WIDEST);
        let columns = ((WIDEST - 44.0 - names + 24.0) / (plot + 24.0)).floor() as usize;
        let columns = columns.clamp(1, 4).min(panels.max(1));
        let width = (44.0 + names + columns as f64 * (plot + 24.0)).max(520.0);
        let lines = (names / (0.24 * width)).ceil().max(1.0) + f64::from(names > 0.2 * width);
        let row = match self.rows.len() {
            _ if holds => 22.0,
            0..=12 => 30.0,
            _ => 14.0,
        };
        Size { columns, plot, width, high: self.rows.len().max(2) as f64 * f64::max(row, lines * 11.5) }
    }
}

/// How large the panels of a heat map are.
struct Size {
    columns: usize,
    /// The width of a plot, and the height.
    plot: f64,
    high: f64,
    /// Of the whole figure.
    width: f64,
}

/// Where names would touch, every second, third or so on is left, the first among them.
fn thinned<'n>(names: &[&'n str], width: f64) -> Vec<&'n str> {
    let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0) as f64 * 4.9 + 8.0;
    let numbers = names.iter().all(|name| name.replace('−', "-").parse::<f64>().is_ok());
    let every = if numbers { (widest * names.len() as f64 / width).ceil().max(1.0) as usize } else { 1 };
    names.iter().enumerate().map(|(place, name)| if place % every == 0 { *name } else { "" }).collect()
}

/// The values of a dimension in their order: numbers as they grow, names as they are listed.
fn values(found: &SweepFindings, dimension: usize) -> Vec<Setting> {
    let mut values: Vec<Setting> = Vec::new();
    for cell in &found.shape.cells {
        if !values.contains(&cell.values[dimension]) {
            values.push(cell.values[dimension].clone());
        }
    }
    if found.shape.dimensions[dimension].numbers {
        values.sort_by(|one, other| one.number().total_cmp(&other.number()));
    }
    values
}

/// Why a sweep has no pictures, as the second half of a sentence.
pub(super) fn reason(found: &SweepFindings) -> String {
    let shape = &found.shape;
    let in_grid: usize = (0..shape.dimensions.len()).map(|one| values(found, one).len()).product();
    let mut places: Vec<&str> = shape.cells.iter().map(|cell| cell.place.as_str()).collect();
    places.sort_unstable();
    places.dedup();
    if in_grid * places.len() != shape.cells.len() {
        return "the points are no grid; sweep.csv has them".to_owned();
    }
    if shape.cells.len() == places.len() {
        return "there is one setting; sweep.csv has it".to_owned();
    }
    format!(
        "there are more than {MOST_PANELS} panels, or more than {MOST_NUMBERS} numbers or {MOST_NAMES} names along an axis; \
         sweep.csv has all settings"
    )
}

//! A sweep in small multiples: an outcome over what is swept first, a line for each setting of the rest, a panel for each
//! strategy.

use crate::appraisal::statistic::Statistic;
use crate::study::experiment::SweepFindings;

use super::super::super::figure::{
    Axis, Description, Estimate, Figure, Grid, Key, Layer, LegendEntry, Level, Marker, NumberFormat, Panel,
};
use super::super::{colour, dash, grid, panel};
use super::wording::{axis_title, extremes, number, outcome_name, source, swept_to, unit};
use super::{MOST_PANELS, middle, several_places};
use crate::words;

/// More lines than this in one panel cannot be told apart.
const MOST_LINES: usize = 6;
/// More bands than this in one panel hide each other.
const MOST_BANDS: usize = 3;

/// The settings of a sweep as lines.
pub(super) struct Lines<'f> {
    found: &'f SweepFindings,
    draws_left_out: u64,
    lines: Vec<Line>,
}

impl<'f> Lines<'f> {
    /// `None` where points are no grid, or there are too many lines or panels to tell apart.
    pub(super) fn of(found: &'f SweepFindings, draws_left_out: u64) -> Option<Self> {
        let lines = lines(found)?;
        let drawn = lines.len() <= MOST_LINES && found.shape.strategies.len() <= MOST_PANELS;
        drawn.then_some(Self { found, draws_left_out, lines })
    }

    /// An outcome, with a panel for each strategy.
    pub(super) fn figure(&self, outcome: usize) -> Figure {
        figure(self.found, self.draws_left_out, outcome, &self.lines)
    }
}

/// The settings that differ only in the first dimension, in its order.
struct Line {
    /// The setting of the rest, as it is written.
    rest: String,
    cells: Vec<usize>,
}

/// Lines through a grid; `None` if they do not have the same places along the first dimension.
fn lines(found: &SweepFindings) -> Option<Vec<Line>> {
    let shape = &found.shape;
    let several = several_places(found);
    let mut lines: Vec<Line> = Vec::new();
    for (at, cell) in shape.cells.iter().enumerate() {
        let place = several.then(|| cell.place.clone());
        let others = shape.dimensions.iter().zip(&cell.values).skip(1).map(|(one, value)| swept_to(one, value));
        let rest: Vec<String> = place.into_iter().chain(others).collect();
        let rest = rest.join(", ");
        match lines.iter().position(|line| line.rest == rest) {
            Some(line) => lines[line].cells.push(at),
            None if lines.len() > MOST_LINES => return None,
            None => lines.push(Line { rest, cells: vec![at] }),
        }
    }
    if shape.dimensions[0].numbers {
        let place = |at: usize| shape.cells[at].values[0].number();
        lines.iter_mut().for_each(|line| line.cells.sort_by(|one, other| place(*one).total_cmp(&place(*other))));
    }
    let along = |line: &Line| line.cells.iter().map(|at| shape.cells[*at].values[0].clone()).collect::<Vec<_>>();
    let first = along(lines.first()?);
    (first.len() > 1 && lines.iter().all(|line| along(line) == first)).then_some(lines)
}

fn figure(found: &SweepFindings, draws_left_out: u64, outcome: usize, lines: &[Line]) -> Figure {
    let shape = &found.shape;
    let label = &shape.outcomes[outcome];
    let along = &shape.dimensions[0];
    let numbers = along.numbers;
    let mut panels: Vec<Panel> = Vec::new();
    let (unit, format) = unit(label);
    let extremes = extremes(found, outcome, 0..shape.strategies.len());
    let reach = reach(found, outcome, lines);
    let mut ends = Vec::new();
    for (strategy, (_, name)) in shape.strategies.iter().enumerate() {
        let estimates = |line: &Line| -> Vec<Estimate> {
            line.cells.iter().map(|cell| middle(found, outcome, strategy, *cell)).collect()
        };
        let mut layers = Vec::new();
        for (which, line) in lines.iter().enumerate() {
            let found_here = estimates(line);
            if strategy == 0 || shape.strategies.len() <= 3 {
                let of = if line.rest.is_empty() { String::new() } else { format!(" ({})", line.rest) };
                let [from, to] = [found_here.first(), found_here.last()]
                    .map(|one| number(label, one.map_or(f64::NAN, |one| one.middle)));
                ends.push(format!("{name}{of}: {from} to {to}"));
            }
            if numbers {
                let own = of_line(found, outcome, strategy, line);
                layers.extend(drawn(found, line, &found_here, (which, lines.len()), own));
            } else {
                layers.push(Layer::Points {
                    at: (0..found_here.len()).map(|row| row as f64 + aside(which, lines.len())).collect(),
                    estimates: found_here,
                    colour: colour(which),
                    marker: Marker::Filled,
                    values: lines.len() == 1,
                    description: of_line(found, outcome, strategy, line),
                });
            }
        }
        let value = Axis { cover: Some(reach), ..Axis::number(&unit, format.clone()) };
        panels.push(if numbers {
            panel(name, Axis::number(&axis_title(found, 0), NumberFormat::plain()), value, layers)
        } else {
            let names: Vec<&str> = lines[0].cells.iter().map(|cell| shape.cells[*cell].values[0].name()).collect();
            panel(name, value, Axis::categories(&names), layers)
        });
    }
    let (rows, columns) = grid(panels.len(), 3);
    let keys = lines.iter().enumerate().filter(|(_, line)| !line.rest.is_empty());
    let key = |which| if numbers { Key::Line(colour(which), dash(which)) } else { Key::Interval(colour(which)) };
    let legend: Vec<LegendEntry> = keys.map(|(which, line)| LegendEntry::new(key(which), &line.rest)).collect();
    let what = match (label.holds, lines.len()) {
        (true, _) => "Shares of draws.",
        (false, 1) => "Medians, with 50% and 90% of the draws.",
        (false, _) if !numbers => "Medians, with 50% and 90% of the draws.",
        (false, ..=MOST_BANDS) => "Medians, with 90% of the draws.",
        _ => "Medians; the table of this name has the intervals.",
    };
    let one = shape.strategies.len() == 1;
    let of = if one { format!("“{}”", shape.strategies[0].1) } else { "a panel for each strategy".to_owned() };
    if one {
        panels.iter_mut().for_each(|panel| panel.title.clear());
    }
    let unit = if unit.is_empty() { String::new() } else { format!(" ({unit})") };
    let slot = if numbers { 175.0 } else { 60.0 + along_rows(lines) * (26.0 + 9.0 * (lines.len() as f64 - 1.0)) };
    Figure {
        title: extremes.title,
        subtitle: format!(
            "{}{unit} by {}; {}; {of}",
            words::capital(&outcome_name(label)),
            words::list(&shape.dimensions.iter().map(|one| one.name.clone()).collect::<Vec<_>>()),
            shape.title
        ),
        source_line: source(found, draws_left_out, what, &extremes.certainty),
        alternative_text: format!(
            "{} from the first to the last {}. {}. {}",
            words::capital(&outcome_name(label)),
            along.name,
            ends.join("; "),
            extremes.certainty
        ),
        width: 760.0,
        height: 190.0 + slot * rows as f64,
        grid: Grid { rows, columns, same_vertical: numbers },
        panels,
        legend,
    }
}

fn along_rows(lines: &[Line]) -> f64 {
    lines.first().map_or(0.0, |line| line.cells.len() as f64)
}

/// How far the numbers of all panels reach that are drawn, so that one scale holds them.
fn reach(found: &SweepFindings, outcome: usize, lines: &[Line]) -> (f64, f64) {
    let strategies = 0..found.shape.strategies.len();
    let cells = || lines.iter().flat_map(|line| line.cells.iter());
    let banded = lines.len() <= MOST_BANDS || !found.shape.dimensions[0].numbers;
    let all = strategies.flat_map(|strategy| cells().map(move |cell| middle(found, outcome, strategy, *cell)));
    let numbers = all.flat_map(|one| {
        let (low, high) = one.ninety.filter(|_| banded).unwrap_or((one.middle, one.middle));
        [low, high]
    });
    numbers
        .filter(|number| number.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| (low.min(number), high.max(number)))
}

/// How far from the middle of its row a point stands, so that none covers another.
fn aside(which: usize, lines: usize) -> f64 {
    (which as f64 - (lines as f64 - 1.0) / 2.0) * 0.7 / lines as f64
}

/// What a line is: the setting of the rest, or else the strategy, in shares or in medians.
fn of_line(found: &SweepFindings, outcome: usize, strategy: usize, line: &Line) -> Description {
    let name = if line.rest.is_empty() { &found.shape.strategies[strategy].1 } else { &line.rest };
    let statistic = if found.shape.outcomes[outcome].holds { Statistic::Probability } else { Statistic::Median };
    Description::of(name, statistic, Vec::new())
}

fn drawn(
    found: &SweepFindings,
    line: &Line,
    estimates: &[Estimate],
    (which, lines): (usize, usize),
    description: Description,
) -> Vec<Layer> {
    let at = |cell: &usize| found.shape.cells[*cell].values[0].number();
    let x: Vec<f64> = line.cells.iter().map(at).collect();
    let mut layers = Vec::new();
    if lines <= MOST_BANDS {
        for level in [Level::Ninety, Level::Fifty].into_iter().take(if lines == 1 { 2 } else { 1 }) {
            let of = |one: &Estimate| if level == Level::Ninety { one.ninety } else { one.fifty };
            let ends: Option<Vec<(f64, f64)>> = estimates.iter().map(of).collect();
            let Some(ends) = ends else { continue };
            let (low, high) = ends.into_iter().unzip();
            layers.push(Layer::FanBand { x: x.clone(), low, high, level, colour: colour(which) });
        }
    }
    let y = estimates.iter().map(|one| one.middle).collect();
    layers.push(Layer::Line { x, y, colour: colour(which), dash: dash(which), label: None, description });
    layers
}

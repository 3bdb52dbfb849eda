//! A sweep in small multiples: an outcome over what is swept first, a line for each setting of the rest, a panel for each
//! strategy.
//!
//! A grid of two dimensions could as well be a heat map; [`grid_of`] finds its numbers.

use crate::appraisal::statistic::Statistic;
use crate::study::experiment::{OutcomeLabel, SweepFindings};

use super::super::figure::{
    Axis, Estimate, Figure, FigureError, Grid, Key, Layer, LegendEntry, Level, Marker, NumberFormat, Panel,
};
use super::super::words;
use super::{Picture, colour, dash, grid, panel, rendered};

/// More lines than this in one panel cannot be told apart.
const MOST_LINES: usize = 6;
/// More panels than this do not fit on a page.
const MOST_PANELS: usize = 12;

/// The pictures of a sweep, one for each outcome; none where points are no grid or there are too many lines to tell apart.
pub fn sweep_pictures(found: &SweepFindings) -> Result<Vec<Picture>, FigureError> {
    rendered(sweep_figures(found))
}

/// The figures behind the pictures.
pub fn sweep_figures(found: &SweepFindings) -> Vec<(String, Figure)> {
    let shape = &found.shape;
    let Some(lines) = lines(found) else { return Vec::new() };
    if lines.len() > MOST_LINES || shape.strategies.len() > MOST_PANELS {
        return Vec::new();
    }
    let figures = shape.outcomes.iter().enumerate();
    figures
        .map(|(outcome, label)| (format!("sweep-{}", name(&label.written)), figure(found, outcome, &lines)))
        .collect()
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
    let several = shape.cells.iter().any(|cell| cell.place != shape.cells[0].place);
    let mut lines: Vec<Line> = Vec::new();
    for (at, cell) in shape.cells.iter().enumerate() {
        let place = several.then(|| cell.place.clone());
        let rest: Vec<String> = place.into_iter().chain(cell.values.iter().skip(1).cloned()).collect();
        let rest = rest.join(", ");
        match lines.iter().position(|line| line.rest == rest) {
            Some(line) => lines[line].cells.push(at),
            None if lines.len() > MOST_LINES => return None,
            None => lines.push(Line { rest, cells: vec![at] }),
        }
    }
    if shape.dimensions[0].numbers {
        let place = |at: usize| shape.cells[at].values[0].parse::<f64>().unwrap_or(f64::NAN);
        lines.iter_mut().for_each(|line| line.cells.sort_by(|one, other| place(*one).total_cmp(&place(*other))));
    }
    let along = |line: &Line| line.cells.iter().map(|at| shape.cells[*at].values[0].clone()).collect::<Vec<_>>();
    let first = along(lines.first()?);
    (first.len() > 1 && lines.iter().all(|line| along(line) == first)).then_some(lines)
}

/// The medians (or probabilities) of an outcome on a grid of two dimensions, `[row of the second][column of the first]`;
/// `None` where the sweep is no such grid.
pub fn grid_of(found: &SweepFindings, outcome: usize, strategy: usize) -> Option<Vec<Vec<f64>>> {
    if found.shape.dimensions.len() != 2 {
        return None;
    }
    let rows = lines(found)?;
    let row = |line: &Line| line.cells.iter().map(|cell| middle(found, outcome, strategy, *cell).middle).collect();
    Some(rows.iter().map(row).collect())
}

fn middle(found: &SweepFindings, outcome: usize, strategy: usize, cell: usize) -> Estimate {
    let estimates = found.estimates(outcome, strategy, cell);
    let of = |wanted: Statistic| {
        estimates.iter().find(|(statistic, _)| *statistic == wanted).map(|(_, estimate)| estimate.value)
    };
    let middle = of(Statistic::Median).or(of(Statistic::Probability)).unwrap_or(f64::NAN);
    let pair = |low, high| of(low).zip(of(high));
    Estimate { middle, fifty: pair(Statistic::P25, Statistic::P75), ninety: pair(Statistic::P05, Statistic::P95) }
}

fn figure(found: &SweepFindings, outcome: usize, lines: &[Line]) -> Figure {
    let shape = &found.shape;
    let label = &shape.outcomes[outcome];
    let along = &shape.dimensions[0];
    let numbers = along.numbers;
    let mut panels: Vec<Panel> = Vec::new();
    let mut told = Vec::new();
    for (strategy, (_, name)) in shape.strategies.iter().enumerate() {
        let estimates = |line: &Line| -> Vec<Estimate> {
            line.cells.iter().map(|cell| middle(found, outcome, strategy, *cell)).collect()
        };
        let mut layers = Vec::new();
        for (which, line) in lines.iter().enumerate() {
            let found_here = estimates(line);
            if strategy == 0 || shape.strategies.len() <= 3 {
                let ends = [found_here.first(), found_here.last()].map(|one| one.map_or(f64::NAN, |one| one.middle));
                let of = if line.rest.is_empty() { String::new() } else { format!(" ({})", line.rest) };
                told.push(format!("{name}{of}: {} to {}", told_number(label, ends[0]), told_number(label, ends[1])));
            }
            if numbers {
                layers.extend(drawn(found, line, &found_here, which, lines.len()));
            } else {
                layers.push(Layer::Points {
                    at: (0..found_here.len()).map(|row| row as f64).collect(),
                    estimates: found_here,
                    colour: colour(which),
                    marker: Marker::Filled,
                    values: lines.len() == 1,
                });
            }
        }
        let value = Axis::number(unit(label).0, unit(label).1);
        panels.push(if numbers {
            panel(name, Axis::number(&along_title(found), NumberFormat::plain()), value, layers)
        } else {
            let names: Vec<&str> = lines[0].cells.iter().map(|cell| shape.cells[*cell].values[0].as_str()).collect();
            panel(name, value, Axis::categories(&names), layers)
        });
    }
    let (rows, columns) = grid(panels.len(), 3);
    let keys = lines.iter().enumerate().filter(|(_, line)| !line.rest.is_empty());
    let legend: Vec<LegendEntry> =
        keys.map(|(which, line)| LegendEntry::new(Key::Line(colour(which), dash(which)), &line.rest)).collect();
    let rest: Vec<&str> = shape.dimensions.iter().skip(1).map(|one| one.name.as_str()).collect();
    let by = if rest.is_empty() { String::new() } else { format!(", by {}", rest.join(" and ")) };
    Figure {
        title: format!("{} over {}{by}", words::capital(&label.written), along.name),
        subtitle: format!("{}; a panel for each strategy", shape.title),
        source_line: format!(
            "Wellspring {}, sweep of {}, {} draws at each setting. {}",
            env!("CARGO_PKG_VERSION"),
            shape.name,
            words::exact(shape.draws),
            if label.holds { "Shares of draws." } else { "Medians; one line alone with 50% and 90% of draws." }
        ),
        alternative_text: format!("{} from the first to the last {}. {}.", label.written, along.name, told.join("; ")),
        width: 760.0,
        height: 150.0 + 175.0 * rows as f64,
        grid: Grid { rows, columns, same_vertical: false },
        panels,
        legend,
    }
}

fn drawn(found: &SweepFindings, line: &Line, estimates: &[Estimate], which: usize, lines: usize) -> Vec<Layer> {
    let at = |cell: &usize| found.shape.cells[*cell].values[0].parse::<f64>().unwrap_or(f64::NAN);
    let x: Vec<f64> = line.cells.iter().map(at).collect();
    let mut layers = Vec::new();
    if lines == 1 {
        for level in [Level::Ninety, Level::Fifty] {
            let of = |one: &Estimate| if level == Level::Ninety { one.ninety } else { one.fifty };
            let ends: Option<Vec<(f64, f64)>> = estimates.iter().map(of).collect();
            let Some(ends) = ends else { continue };
            let (low, high) = ends.into_iter().unzip();
            layers.push(Layer::FanBand { x: x.clone(), low, high, level, colour: colour(which) });
        }
    }
    let y = estimates.iter().map(|one| one.middle).collect();
    layers.push(Layer::Line { x, y, colour: colour(which), dash: dash(which), label: None });
    layers
}

fn along_title(found: &SweepFindings) -> String {
    let along = &found.shape.dimensions[0];
    if along.quantiles { format!("{}, quantile", along.name) } else { along.name.clone() }
}

/// The unit and how its numbers are written.
fn unit(label: &OutcomeLabel) -> (&str, NumberFormat) {
    match label.unit.as_str() {
        _ if label.holds => ("share of draws", NumberFormat::percent()),
        "GBP" => ("£ million", NumberFormat::million_pounds()),
        "percent" => ("change, %", NumberFormat { factor: 1.0, ..NumberFormat::percent() }.with_sign()),
        unit => (unit, NumberFormat::plain()),
    }
}

fn told_number(label: &OutcomeLabel, value: f64) -> String {
    if !value.is_finite() {
        return "not known".to_owned();
    }
    match label.unit.as_str() {
        _ if label.holds => words::chance(value),
        "GBP" => words::pounds(value),
        "percent" => words::signed_percent(value),
        _ => words::number(value),
    }
}

/// An outcome as the name of a file.
fn name(written: &str) -> String {
    let letters: String = written
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { '-' })
        .collect::<String>()
        .to_lowercase();
    let parts: Vec<&str> = letters.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

//! Sensitivity indices: how much of an outcome's spread each input explains, with how sure that is, and over time.

use super::super::super::figure::{Axis, Colour, Dash, Description, Estimate, Figure, Grid, Layer, NumberFormat};
use super::super::{colour, dash, panel};
use super::{Caption, height};
use crate::words;

/// An input's index with its interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Index {
    /// The input.
    pub name: String,
    /// Of which kind: `First order`, `Total order`, `PAWN`.
    pub kind: String,
    /// The index.
    pub value: f64,
    /// Its interval; `None` where it is not known.
    pub interval: Option<(f64, f64)>,
}

/// An input's index in each plan year, the first of year 1.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexOverTime {
    /// The input.
    pub name: String,
    /// The index year by year.
    pub values: Vec<f64>,
    /// Ends of its intervals, year by year; empty where they are not known.
    pub intervals: Vec<(f64, f64)>,
}

const MOST: usize = 15;
const MOST_LINES: usize = 6;

/// Bars of indices, a panel for each kind in the order given, the inputs with the greatest index (of the last kind) on top.
pub fn indices(outcome: &str, indices: &[Index], caption: &Caption) -> Figure {
    let mut kinds: Vec<&str> = Vec::new();
    for index in indices {
        if !kinds.contains(&index.kind.as_str()) {
            kinds.push(&index.kind);
        }
    }
    let last = kinds.last().copied().unwrap_or_default();
    let mut order: Vec<&Index> = indices.iter().filter(|index| index.kind == last).collect();
    order.sort_by(|one, other| other.value.total_cmp(&one.value).then(one.name.cmp(&other.name)));
    let count = order.len();
    order.truncate(MOST);
    let names: Vec<&str> = order.iter().map(|index| index.name.as_str()).collect();
    let of = |kind: &str, name: &str| indices.iter().find(|index| index.kind == kind && index.name == name);
    let colours = [Colour::BLUE, Colour::VERMILION, Colour::GREEN];
    let panels = kinds.iter().enumerate().map(|(index, kind)| {
        let estimate = |name: &&str| match of(kind, name) {
            Some(index) => Estimate { middle: index.value, fifty: None, ninety: index.interval },
            None => Estimate::exact(f64::NAN),
        };
        let layers = vec![Layer::Bars {
            at: (0..names.len()).map(|row| row as f64).collect(),
            estimates: names.iter().map(estimate).collect(),
            from: 0.0,
            colour: colours[index % colours.len()],
            values: true,
            description: Description::named(kind),
        }];
        let axis = Axis::number("", NumberFormat::plain()).covering(0.0, 0.2);
        panel(kind, axis, Axis::categories(&names), layers)
    });
    let panels: Vec<_> = panels.collect();
    let unresolved = order.iter().filter(|index| !is_resolved(index)).count();
    let title = match order.first() {
        Some(first) if is_resolved(first) => {
            format!(
                "{} moves {outcome} most: {} {}",
                words::capital(&first.name),
                last.to_lowercase(),
                short(first.value)
            )
        }
        _ => format!("What moves {outcome} most is not resolved at this number of runs"),
    };
    let sentences: Vec<String> = indices
        .iter()
        .filter(|index| names.contains(&index.name.as_str()))
        .map(|index| format!("{} ({}) {}", index.name, index.kind.to_lowercase(), short(index.value)))
        .collect();
    let left_out =
        if count > names.len() { format!("; {} smaller left out", count - names.len()) } else { String::new() };
    Figure {
        title,
        subtitle: format!(
            "Sensitivity of {outcome}, {}; whiskers are 95% intervals, {unresolved} of the {} reach zero{left_out}",
            caption.subject,
            names.len()
        ),
        source_line: caption.source.clone(),
        alternative_text: format!("Indices: {}.", sentences.join("; ")),
        width: 760.0,
        height: height(names.len()),
        grid: Grid::new(1, panels.len().max(1)),
        panels,
        legend: Vec::new(),
    }
}

/// Lines of indices over plan years, those that are greatest at some time; the first plan year begins in `first_year`.
pub fn indices_over_time(
    outcome: &str,
    kind: &str,
    indices: &[IndexOverTime],
    first_year: i32,
    caption: &Caption,
) -> Figure {
    let greatest = |one: &IndexOverTime| one.values.iter().copied().filter(|v| v.is_finite()).fold(0.0, f64::max);
    let mut order: Vec<&IndexOverTime> = indices.iter().collect();
    order.sort_by(|one, other| greatest(other).total_cmp(&greatest(one)).then(one.name.cmp(&other.name)));
    order.truncate(MOST_LINES);
    let layers = order.iter().enumerate().map(|(index, one)| Layer::Line {
        x: (1..=one.values.len()).map(|year| year as f64).collect(),
        y: one.values.clone(),
        colour: colour(index),
        dash: if index == 0 { Dash::Solid } else { dash(index) },
        label: Some(one.name.clone()),
        description: Description::named(&one.name),
    });
    let layers: Vec<Layer> = layers.collect();
    let leader = |year: usize| {
        let at = |one: &&&IndexOverTime| one.values.get(year).copied().unwrap_or(f64::NAN);
        order.iter().filter(|one| at(one).is_finite()).max_by(|one, other| at(one).total_cmp(&at(other)))
    };
    let years = order.iter().map(|one| one.values.len()).max().unwrap_or(0);
    let title = match (leader(0), years.checked_sub(1).and_then(leader)) {
        (Some(first), Some(last)) if first.name == last.name => {
            format!("{} moves {outcome} most, from the first year to the last", words::capital(&first.name))
        }
        (Some(first), Some(last)) => format!(
            "At first {} moves {outcome} most, in the end {}",
            words::inside(&first.name),
            words::inside(&last.name)
        ),
        _ => format!("What moves {outcome} is not known"),
    };
    let sentences: Vec<String> = order
        .iter()
        .map(|one| {
            let ends = [one.values.first(), one.values.last()].map(|end| end.map_or("–".to_owned(), |v| short(*v)));
            format!("{} from {} to {}", one.name, ends[0], ends[1])
        })
        .collect();
    Figure {
        title,
        subtitle: format!("{kind} index of {outcome} by year, {}; the {} greatest", caption.subject, order.len()),
        source_line: caption.source.clone(),
        alternative_text: format!("{kind} index: {}.", sentences.join("; ")),
        width: 760.0,
        height: 340.0,
        grid: Grid::new(1, 1),
        panels: vec![panel(
            "",
            Axis::plan_years(first_year),
            Axis::number(&format!("{} index", kind.to_lowercase()), NumberFormat::plain()).covering(0.0, 0.2),
            layers,
        )],
        legend: Vec::new(),
    }
}

/// Whether an index lies above zero beyond its interval.
fn is_resolved(index: &Index) -> bool {
    index.interval.is_some_and(|(low, _)| low > 0.0)
}

fn short(value: f64) -> String {
    words::number(value)
}

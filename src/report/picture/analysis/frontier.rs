//! The efficient frontier between two goals, and where the plan in hand lies beside it.

use super::super::super::figure::{
    Axis, Colour, Dash, Estimate, Figure, Grid, Key, Layer, LegendEntry, Marker, NumberFormat, Told,
};
use super::super::super::table::{Table, decimal, written};
use super::super::panel;
use super::Caption;
use super::tornado::shown_number;

/// A plan by its two goals.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontierPoint {
    /// Its name, or empty; named plans are written beside their points.
    pub name: String,
    /// The first goal, more is better.
    pub first: f64,
    /// The second goal, more is better.
    pub second: f64,
}

/// Plans on the frontier and the plan they are compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct EfficientFrontier {
    /// The goals as in a sentence: `QALYs gained`, `cash by year 5`.
    pub goals: [String; 2],
    /// How their numbers are written.
    pub formats: [NumberFormat; 2],
    /// Plans that no other beats in both goals.
    pub points: Vec<FrontierPoint>,
    /// The plan in hand.
    pub reference: FrontierPoint,
}

/// The frontier as a line through its plans.
pub fn frontier(found: &EfficientFrontier, caption: &Caption) -> Figure {
    let order = sorted(found);
    let line = Layer::Line {
        x: order.iter().map(|one| one.first).collect(),
        y: order.iter().map(|one| one.second).collect(),
        colour: Colour::BLUE,
        dash: Dash::Solid,
        label: None,
        told: Told::named(&found.goals[1]),
    };
    let points = Layer::Points {
        at: order.iter().map(|one| one.first).collect(),
        estimates: order.iter().map(|one| Estimate::exact(one.second)).collect(),
        colour: Colour::BLUE,
        marker: Marker::Filled,
        values: false,
        told: Told::named("Plans that no other beats"),
    };
    let reference = &found.reference;
    let own = Layer::Points {
        at: vec![reference.first],
        estimates: vec![Estimate::exact(reference.second)],
        colour: Colour::VERMILION,
        marker: Marker::Hollow,
        values: false,
        told: Told::named("The plan in hand"),
    };
    let mut layers = vec![line];
    let named = order.iter().copied().chain([reference]).filter(|one| !one.name.is_empty());
    layers.extend(named.map(|one| Layer::Annotation { x: one.first, y: one.second, text: one.name.clone() }));
    // Points cover the dots of their own notes.
    layers.extend([points, own]);
    let write = |goal: usize, value: f64| shown_number(&found.formats[goal], value);
    // What is to be had without giving up any of the second goal.
    let better = order.iter().filter(|one| one.second >= reference.second && one.first > reference.first);
    let title = match better.max_by(|one, other| one.first.total_cmp(&other.first)) {
        Some(best) => format!(
            "At no less {}, {} could be {} instead of {}",
            found.goals[1],
            found.goals[0],
            write(0, best.first),
            write(0, reference.first)
        ),
        None => format!("No plan found has more {} without less {}", found.goals[0], found.goals[1]),
    };
    let ends: Vec<String> = [order.first(), order.last()]
        .into_iter()
        .flatten()
        .map(|one| {
            format!("{} {} with {} {}", found.goals[0], write(0, one.first), found.goals[1], write(1, one.second))
        })
        .collect();
    let axis = |goal: usize| Axis::number(&found.goals[goal], found.formats[goal].clone());
    Figure {
        title,
        subtitle: format!(
            "Plans of which none has more {} without less {}, {}",
            found.goals[0], found.goals[1], caption.subject
        ),
        source_line: caption.source.clone(),
        alternative_text: format!(
            "From {}; the plan in hand has {} and {}.",
            ends.join(" to "),
            write(0, reference.first),
            write(1, reference.second)
        ),
        width: 700.0,
        height: 400.0,
        grid: Grid::new(1, 1),
        panels: vec![panel("", axis(0), axis(1), layers)],
        legend: vec![
            LegendEntry::new(Key::Point(Colour::BLUE), "Plans on the frontier"),
            LegendEntry::new(Key::Ring(Colour::VERMILION), "The plan in hand"),
        ],
    }
}

/// The numbers behind [`frontier`].
pub fn table_of_frontier(found: &EfficientFrontier, file: &str) -> Table {
    let row = |one: &FrontierPoint, kind: &str| {
        vec![one.name.clone(), kind.to_owned(), decimal(one.first), decimal(one.second)]
    };
    let rows: Vec<Vec<String>> =
        sorted(found).into_iter().map(|one| row(one, "frontier")).chain([row(&found.reference, "reference")]).collect();
    let columns = ["plan", "kind", found.goals[0].as_str(), found.goals[1].as_str()];
    Table { file: file.to_owned(), csv: written(&columns, rows.into_iter()) }
}

fn sorted(found: &EfficientFrontier) -> Vec<&FrontierPoint> {
    let mut order: Vec<&FrontierPoint> = found.points.iter().collect();
    order.sort_by(|one, other| one.first.total_cmp(&other.first).then(other.second.total_cmp(&one.second)));
    order
}

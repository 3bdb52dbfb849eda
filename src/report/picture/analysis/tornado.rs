//! A tornado: how far each input alone moves the outcome, from its low to its high value.

use super::super::super::figure::{
    Axis, Colour, Description, Estimate, Figure, Grid, Key, Layer, LegendEntry, NumberFormat, Texture,
};
use super::super::panel;
use super::{Caption, height};
use crate::table::{Columns, Table};
use crate::words;

/// One input moved to both ends, the others held.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// The input.
    pub name: String,
    /// Its low value, as shown: `0.2`.
    pub low: String,
    /// Its high value, as shown.
    pub high: String,
    /// The outcome at its low value.
    pub at_low: f64,
    /// The outcome at its high value.
    pub at_high: f64,
}

/// An outcome and what moves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// The outcome, as in a sentence: `net present value`.
    pub outcome: String,
    /// What the axis measures: `£ million, 2024/25 prices`.
    pub unit: String,
    /// How its numbers are written.
    pub format: NumberFormat,
    /// The outcome with all inputs at their central values.
    pub base: f64,
    /// The inputs, in any order.
    pub swings: Vec<Swing>,
}

const MOST: usize = 15;

/// The widest swings, the widest on top.
pub fn tornado(tornado: &Tornado, caption: &Caption) -> Figure {
    let order = sorted(tornado);
    let drawn = &order[..order.len().min(MOST)];
    let names: Vec<String> = drawn.iter().map(|one| format!("{} ({} to {})", one.name, one.low, one.high)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let at: Vec<f64> = (0..drawn.len()).map(|row| row as f64).collect();
    let bars = |value: fn(&Swing) -> f64, colour: Colour, name: &str| Layer::Bars {
        at: at.clone(),
        estimates: drawn.iter().map(|one| Estimate::exact(value(one))).collect(),
        from: tornado.base,
        colour,
        values: true,
        description: Description::named(name),
    };
    let ends = drawn.iter().flat_map(|one| [one.at_low, one.at_high]).filter(|value| value.is_finite());
    let (least, most) = ends.fold((tornado.base, tornado.base), |(low, high), end| (low.min(end), high.max(end)));
    // Room for the numbers beyond the longest bars.
    let spare = (most - least) * 0.12;
    let axis = Axis::number(&tornado.unit, tornado.format.clone()).covering(least - spare, most + spare);
    let write = |value: f64| tornado.format.two_figures(value);
    let rule = Layer::VerticalRule { x: tornado.base, label: None };
    let (low, high) = ("Input at its low value", "Input at its high value");
    let layers = vec![bars(|one| one.at_low, Colour::SKY, low), bars(|one| one.at_high, Colour::ORANGE, high), rule];
    let sentences: Vec<String> = drawn
        .iter()
        .map(|one| {
            format!("{} {} at {} and {} at {}", one.name, write(one.at_low), one.low, write(one.at_high), one.high)
        })
        .collect();
    let title = match drawn.first() {
        Some(first) => format!(
            "{} moves {} most: from {} to {}",
            words::capital(&first.name),
            tornado.outcome,
            write(first.at_low.min(first.at_high)),
            write(first.at_low.max(first.at_high))
        ),
        None => format!("Nothing moves {}", tornado.outcome),
    };
    let left_out = match order.len() - drawn.len() {
        0 => String::new(),
        more => format!("; {more} with smaller swings left out"),
    };
    Figure {
        title,
        subtitle: format!(
            "{}, {}: each input alone at the ends of its range, the others central ({}){left_out}",
            words::capital(&tornado.outcome),
            caption.subject,
            write(tornado.base)
        ),
        source_line: caption.source.clone(),
        alternative_text: format!("Central value {}. {}.", write(tornado.base), sentences.join("; ")),
        width: 760.0,
        height: height(drawn.len()),
        grid: Grid::new(1, 1),
        panels: vec![panel("", axis, Axis::categories(&names), layers)],
        legend: vec![
            LegendEntry::new(Key::Area(Colour::SKY, Texture::Even), low),
            LegendEntry::new(Key::Area(Colour::ORANGE, Texture::Even), high),
        ],
    }
}

/// The numbers behind [`tornado`], all inputs, the widest swing first.
pub fn table_of_tornado(tornado: &Tornado, file: &str) -> Table<'static> {
    let base = tornado.base;
    let columns = Columns::new()
        .same("outcome", &tornado.outcome)
        .same("unit", &tornado.unit)
        .words("input", |one: &Swing| &one.name)
        .words("low", |one| &one.low)
        .words("high", |one| &one.high)
        .number("base", move |_| base)
        .number("at_low", |one| one.at_low)
        .number("at_high", |one| one.at_high);
    Table::new(file, columns, sorted(tornado).into_iter().cloned().collect())
}

fn sorted(tornado: &Tornado) -> Vec<&Swing> {
    let width =
        |one: &Swing| if (one.at_high - one.at_low).is_finite() { (one.at_high - one.at_low).abs() } else { -1.0 };
    let mut order: Vec<&Swing> = tornado.swings.iter().collect();
    order.sort_by(|one, other| width(other).total_cmp(&width(one)).then(one.name.cmp(&other.name)));
    order
}

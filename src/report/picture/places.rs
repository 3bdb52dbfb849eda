//! Places side by side: what prevention does for the main need and for what happens of it in each, strategy by strategy.

use crate::appraisal::findings::{Findings, Series};
use crate::appraisal::statistic::Statistic;

use super::super::figure::{
    Axis, Colour, Description, Estimate, Figure, Grid, Key, Layer, LegendEntry, Marker, NumberFormat,
};
use super::beside::{Side, sides};
use super::{BANDS, panel, rows, source, span};
use crate::answer::Answer;
use crate::answer::strategy::OfStrategy;
use crate::words;

const COLUMNS: usize = 3;

/// The need, and then what happens of it: the second is hollow, so that the two differ without colour.
const MARKS: [(Colour, Marker); 2] = [(Colour::BLUE, Marker::Filled), (Colour::VERMILION, Marker::Hollow)];

/// How far above and below the middle of its row each of two stands.
const APART: f64 = 0.22;

/// Rows of places, a panel for each strategy; the last row is of all places together.
pub fn figure(findings: &Findings, answer: &Answer) -> Figure {
    let all: Vec<&Findings> = findings.places.iter().chain([findings]).collect();
    let name = |place: &Findings| if place.places.is_empty() { place.place.clone() } else { "All places".to_owned() };
    let names: Vec<String> = all.iter().map(|place| name(place)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let of_places: Vec<&Vec<OfStrategy>> = answer.places.iter().chain([&answer.strategies]).collect();
    let sides = sides(findings);
    let mut panels = Vec::new();
    let mut sentences = Vec::new();
    if findings.places.iter().any(|place| sides.iter().any(|side| side.change(place, 0).is_some())) {
        for (strategy, label) in findings.strategies.iter().enumerate() {
            let percent = NumberFormat { factor: 1.0, ..NumberFormat::percent() }.with_sign();
            let unit = format!("change in {}", findings.year_label(findings.horizon));
            let axis = Axis::number(&unit, percent).covering(0.0, 0.0);
            let layers = sides.iter().enumerate().map(|(nth, side)| {
                let beside = if sides.len() > 1 { APART * (2.0 * nth as f64 - 1.0) } else { 0.0 };
                points(&all, strategy, side, MARKS[nth % 2], beside)
            });
            panels.push(panel(&label.name, axis, Axis::categories(&names), layers.collect()));
            let of_side = |side: &Side| {
                let found = all.iter().zip(&of_places).map(|(place, of)| {
                    format!("{} {}", name(place), words::signed_percent(side.at_end(&of[strategy])))
                });
                format!("{}: {}", words::inside(side.name), found.collect::<Vec<_>>().join(", "))
            };
            sentences.push(format!("{}: {}", label.name, sides.iter().map(of_side).collect::<Vec<_>>().join("; ")));
        }
    }
    let columns = panels.len().clamp(1, COLUMNS);
    let lines = panels.len().div_ceil(columns).max(1);
    let called: Vec<String> = sides.iter().map(|side| words::inside(side.name)).collect();
    let called = called.join(", and ");
    // Two marks in a row need the height of two numbers.
    let row = if sides.len() > 1 { 42.0 } else { 30.0 };
    let legend = sides.iter().zip(MARKS).map(|(side, (colour, marker))| {
        let key = if marker == Marker::Hollow { Key::Ring(colour) } else { Key::Interval(colour) };
        LegendEntry::new(key, &format!("{}: median, 50% and 90% of draws", side.name))
    });
    Figure {
        title: title(findings, answer, &sides),
        subtitle: format!(
            "{}: what prevention does in each place after {}, against its twin, which spends the same money without \
             effects; medians over draws",
            words::capital(&called),
            span(findings)
        ),
        source_line: source(findings, BANDS),
        alternative_text: format!("Median changes of {called}. {}.", sentences.join(". ")),
        width: 860.0,
        height: 130.0 + (110.0 + row * all.len() as f64) * lines as f64,
        grid: Grid::new(lines, columns),
        legend: legend.collect(),
        panels,
    }
}

/// One of the two in every place, so far below the middle of its row.
fn points(places: &[&Findings], strategy: usize, side: &Side, (colour, marker): (Colour, Marker), below: f64) -> Layer {
    let ends = places.iter().map(|place| rows::at_end(place, side.change(place, strategy))).collect();
    Layer::Points {
        at: (0..places.len()).map(|row| row as f64 + below).collect(),
        estimates: places.iter().map(|place| estimate(side.change(place, strategy))).collect(),
        colour,
        marker,
        values: true,
        description: Description::of(side.name, Statistic::Median, ends),
    }
}

fn estimate(series: Option<&Series>) -> Estimate {
    series.and_then(|series| series.years.last()).map_or(Estimate::exact(f64::NAN), |year| {
        Estimate::quantiles([year.p05.value, year.p25.value, year.median.value, year.p75.value, year.p95.value])
    })
}

/// Where the first strategy does most, and where least: for the need, and for what happens of it.
fn title(findings: &Findings, answer: &Answer, sides: &[Side]) -> String {
    let said = sides.iter().filter_map(|side| {
        let found = side.over_places(findings, answer)?;
        Some(format!("{} {found}", words::inside(side.name)))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        return format!("Places after {}", span(findings));
    }
    format!("In {} prevention under “{}” leaves {}", span(findings), findings.strategies[0].name, said.join("; "))
}

//! Small multiples by place: how the change of the main need unfolds in each, and beside it that of what happens of it, a line for
//! each strategy.

use crate::appraisal::findings::Findings;

use super::super::figure::{Axis, Figure, Grid, Key, Layer, LegendEntry, NumberFormat};
use super::beside::{Side, sides};
use super::{colour, dash, grid, median, panel, rows, source, span};
use crate::answer::Answer;
use crate::answer::places::DoesMost;
use crate::words;

/// Panels in a row where each place has one, and where it has one for the need and one for what happens.
const COLUMNS: usize = 3;
const COLUMNS_OF_PAIRS: usize = 4;

/// One panel a place, or two side by side, all on one scale.
pub fn figure(findings: &Findings, answer: &Answer) -> Figure {
    let sides = sides(findings);
    let mut panels = Vec::new();
    let mut sentences = Vec::new();
    for (place, strategies) in findings.places.iter().zip(&answer.places) {
        for side in &sides {
            let layers = lines(findings, place, side);
            if layers.is_empty() {
                continue;
            }
            let format = NumberFormat { factor: 1.0, ..NumberFormat::percent() }.with_sign();
            let unit = if sides.len() > 1 { words::inside(side.name) } else { String::new() };
            let axis = Axis::number(&unit, format).covering(0.0, 0.0);
            panels.push(panel(&place.place, Axis::plan_years(findings.first_year), axis, layers));
            let parts = findings
                .strategies
                .iter()
                .zip(strategies)
                .map(|(label, of)| format!("{} {}", label.name, words::signed_percent(side.at_end(of))));
            let parts: Vec<String> = parts.collect();
            sentences.push(format!("{}, {}: {}", place.place, words::inside(side.name), parts.join(", ")));
        }
    }
    let pairs = sides.len() > 1;
    let (lines, columns) = grid(panels.len(), if pairs { COLUMNS_OF_PAIRS } else { COLUMNS });
    let called: Vec<String> = sides.iter().map(|side| words::inside(side.name)).collect();
    Figure {
        title: title(findings, answer, &sides),
        subtitle: format!(
            "{}: change because of prevention, % of the twin; medians over draws, one scale",
            words::capital(&called.join(", and "))
        ),
        source_line: source(findings, ""),
        alternative_text: format!("Median changes after {}. {}.", span(findings), sentences.join("; ")),
        width: if pairs { 920.0 } else { 760.0 },
        height: 130.0 + if pairs { 140.0 } else { 125.0 } * lines as f64,
        grid: Grid { rows: lines, columns, same_vertical: true },
        panels,
        legend: findings
            .strategies
            .iter()
            .enumerate()
            .map(|(place, label)| LegendEntry::new(Key::Line(colour(place), dash(place)), &label.name))
            .collect(),
    }
}

/// A line for each strategy.
fn lines(findings: &Findings, place: &Findings, side: &Side) -> Vec<Layer> {
    let lines = findings.strategies.iter().enumerate().filter_map(|(strategy, label)| {
        let series = side.change(place, strategy)?;
        let description = rows::medians(place, series, &label.name);
        Some(median(series, (colour(strategy), dash(strategy)), None, description))
    });
    lines.collect()
}

/// The strategy that does most for each of the two, and in how many places it does; said once where it is the same for both.
fn title(findings: &Findings, answer: &Answer, sides: &[Side]) -> String {
    let mut said: Vec<(DoesMost, Vec<String>)> = Vec::new();
    for side in sides {
        let Some(found) = side.of(answer).map(|found| found.does_most) else { continue };
        let name = format!("for {}", words::inside(side.name));
        match said.last_mut().filter(|(known, _)| *known == found) {
            Some((_, names)) => names.push(name),
            None => said.push((found, vec![name])),
        }
    }
    if said.is_empty() {
        return format!("Places over {}", span(findings));
    }
    let sentence = |(found, names): &(DoesMost, Vec<String>)| {
        let places = match found.often == found.of {
            true => "in every place".to_owned(),
            false => format!("in {} of {} places", words::whole(found.often), words::whole(found.of)),
        };
        format!("{places} “{}” does most {}", findings.strategies[found.strategy].name, words::list(names))
    };
    words::capital(&said.iter().map(sentence).collect::<Vec<_>>().join("; "))
}

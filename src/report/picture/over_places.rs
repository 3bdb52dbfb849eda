//! Small multiples by place: how the change of the main demand unfolds in each, a line for each strategy.

use crate::appraisal::findings::Findings;

use super::super::figure::{Axis, Figure, Grid, Key, Layer, LegendEntry, NumberFormat};
use super::super::reading::{change, change_in, lead_service, need_name};
use super::super::words;
use super::{colour, dash, grid, median, panel, rows, source, span};

const COLUMNS: usize = 3;

/// One panel a place, all on one scale.
pub fn figure(findings: &Findings) -> Figure {
    let lead = lead_service(findings);
    let mut panels = Vec::new();
    let mut told = Vec::new();
    for place in &findings.places {
        let layers: Vec<Layer> = (0..findings.strategies.len())
            .filter_map(|strategy| {
                let series = change(place, strategy, lead)?;
                let told = rows::medians(place, series, &findings.strategies[strategy].name);
                Some(median(series, (colour(strategy), dash(strategy)), None, told))
            })
            .collect();
        if layers.is_empty() {
            continue;
        }
        let format = NumberFormat { factor: 1.0, ..NumberFormat::percent() }.with_sign();
        let axis = Axis::number("", format).covering(0.0, 0.0);
        panels.push(panel(&place.place, Axis::plan_years(findings.first_year), axis, layers));
        let parts: Vec<String> = findings
            .strategies
            .iter()
            .enumerate()
            .map(|(strategy, label)| {
                let found = change_in(place, strategy, lead, findings.horizon).middle;
                format!("{} {}", label.name, words::signed_percent(found))
            })
            .collect();
        told.push(format!("{}: {}", place.place, parts.join(", ")));
    }
    let (lines, columns) = grid(panels.len(), COLUMNS);
    Figure {
        title: title(findings),
        subtitle: format!(
            "{}: change because of prevention, % of the twin; medians over draws, one scale",
            need_name(findings, lead)
        ),
        source_line: source(findings, ""),
        alternative_text: format!("Median changes after {}. {}.", span(findings), told.join("; ")),
        width: 760.0,
        height: 130.0 + 125.0 * lines as f64,
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

/// The strategy that does most, and in how many places it does.
fn title(findings: &Findings) -> String {
    let lead = lead_service(findings);
    let best = |place: &Findings| {
        (0..findings.strategies.len())
            .map(|strategy| (strategy, change_in(place, strategy, lead, findings.horizon).middle))
            .filter(|(_, found)| found.is_finite())
            .min_by(|one, other| one.1.total_cmp(&other.1))
            .map(|(strategy, _)| strategy)
    };
    let found: Vec<usize> = findings.places.iter().filter_map(best).collect();
    let often = |strategy: usize| found.iter().filter(|one| **one == strategy).count();
    match (0..findings.strategies.len()).rev().max_by_key(|strategy| often(*strategy)) {
        Some(most) if often(most) == found.len() && !found.is_empty() => {
            format!(
                "In every place “{}” does most for {}",
                findings.strategies[most].name,
                words::inside(need_name(findings, lead))
            )
        }
        Some(most) if !found.is_empty() => format!(
            "In {} of {} places “{}” does most for {}",
            words::whole(often(most)),
            words::whole(found.len()),
            findings.strategies[most].name,
            words::inside(need_name(findings, lead))
        ),
        _ => format!("Places over {}", span(findings)),
    }
}

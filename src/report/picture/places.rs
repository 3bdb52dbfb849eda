//! Places side by side: what prevention takes off the main demand in each, strategy by strategy.

use crate::appraisal::findings::Findings;
use crate::appraisal::statistic::Statistic;

use super::super::figure::{Axis, Colour, Estimate, Figure, Grid, Key, Layer, LegendEntry, Marker, NumberFormat, Told};
use super::super::reading::{change, change_in, lead_service, need_name};
use super::super::words::{self, lower};
use super::{BANDS, panel, rows, source, span};

const COLUMNS: usize = 3;

/// Rows of places, a panel for each strategy; the last row is of all places together.
pub fn figure(findings: &Findings) -> Figure {
    let lead = lead_service(findings);
    let need = need_name(findings, lead);
    let all: Vec<&Findings> = findings.places.iter().chain([findings]).collect();
    let name = |place: &Findings| if place.places.is_empty() { place.place.clone() } else { "All places".to_owned() };
    let names: Vec<String> = all.iter().map(|place| name(place)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut panels = Vec::new();
    let mut told = Vec::new();
    if findings.places.iter().any(|place| change(place, 0, lead).is_some()) {
        for (strategy, label) in findings.strategies.iter().enumerate() {
            let estimates: Vec<Estimate> = all.iter().map(|place| estimate(place, strategy, lead)).collect();
            let percent = NumberFormat { factor: 1.0, ..NumberFormat::percent() }.with_sign();
            let unit = format!("change in {}", findings.year_label(findings.horizon));
            let axis = Axis::number(&unit, percent).covering(0.0, 0.0);
            let at = (0..all.len()).map(|row| row as f64).collect();
            let ends = all.iter().map(|place| rows::at_end(place, change(place, strategy, lead))).collect();
            let own = Told::of("Change", Statistic::Median, ends);
            let points =
                Layer::Points { at, estimates, colour: Colour::BLUE, marker: Marker::Filled, values: true, told: own };
            panels.push(panel(&label.name, axis, Axis::categories(&names), vec![points]));
            let parts: Vec<String> = all
                .iter()
                .map(|place| {
                    let found = change_in(place, strategy, lead, findings.horizon);
                    format!("{} {}", name(place), words::signed_percent(found.middle))
                })
                .collect();
            told.push(format!("{}: {}", label.name, parts.join(", ")));
        }
    }
    let columns = panels.len().clamp(1, COLUMNS);
    let grid = Grid::new(panels.len().div_ceil(columns).max(1), columns);
    Figure {
        title: title(findings),
        subtitle: format!(
            "{need}: what prevention does in each place after {}, against its twin, which spends the same money without \
             effects; medians over draws",
            span(findings)
        ),
        source_line: source(findings, BANDS),
        alternative_text: format!("Median changes of {}. {}.", words::inside(need), told.join("; ")),
        width: 860.0,
        height: 130.0 + (110.0 + 30.0 * all.len() as f64) * panels.len().div_ceil(columns) as f64,
        grid,
        panels,
        legend: vec![LegendEntry::new(Key::Interval(Colour::BLUE), "Prevention: median, 50% and 90% of draws")],
    }
}

fn estimate(findings: &Findings, strategy: usize, service: &str) -> Estimate {
    let last = change(findings, strategy, service).and_then(|series| series.years.last());
    last.map_or(Estimate::exact(f64::NAN), |year| {
        Estimate::quantiles([year.p05.value, year.p25.value, year.median.value, year.p75.value, year.p95.value])
    })
}

/// Where the first strategy does most, and where least.
fn title(findings: &Findings) -> String {
    let lead = lead_service(findings);
    let effect = |place: &&Findings| change_in(place, 0, lead, findings.horizon).middle;
    let mut places: Vec<&Findings> = findings.places.iter().filter(|place| effect(place).is_finite()).collect();
    places.sort_by(|one, other| effect(one).total_cmp(&effect(other)));
    match (places.first(), places.last()) {
        (Some(most), Some(least)) if effect(most) < effect(least) => format!(
            "In {} prevention under “{}” leaves {} {} in {} and {} in {}",
            span(findings),
            findings.strategies[0].name,
            words::inside(need_name(findings, lead)),
            lower(effect(most)),
            most.place,
            lower(effect(least)),
            least.place
        ),
        (Some(one), _) => format!(
            "In {} prevention under “{}” leaves {} {} in every place",
            span(findings),
            findings.strategies[0].name,
            words::inside(need_name(findings, lead)),
            lower(effect(one))
        ),
        _ => format!("Places after {}", span(findings)),
    }
}

//! Plans of several studies on one scale: cumulative net position from each perspective, and the demand that leads.

use crate::appraisal::statistic::Statistic;
use crate::quantity::Unit;

use super::super::figure::{
    Axis, Description, Figure, FigureError, Grid, Key, Layer, LegendEntry, Level, NumberFormat, Panel,
};
use super::super::plans::{Comparison, LineKey, Plan, estimate};
use super::{Picture, colour, dash, grid, panel, rendered};
use crate::words;

/// With more plans than this, bands hide each other.
const MOST_BANDS: usize = 3;

/// Cumulative net position of all plans, and the change of the demand that leads beside what happens of it.
pub fn plan_pictures(found: &Comparison) -> Result<Vec<Picture>, FigureError> {
    let net: Vec<&LineKey> = found.lines.iter().filter(|key| key.is_cumulative()).collect();
    let changes = || found.lines.iter().filter(|key| key.is_change());
    let change = changes().find(|key| key.group == found.lead).or_else(|| changes().next());
    let mut figures = Vec::new();
    if !net.is_empty() {
        let title = "Cumulative net position of the plans, from each perspective";
        figures.push(("compare-net".to_owned(), figure(found, &net, title)));
    }
    if let Some(change) = change {
        let mut drawn = vec![change];
        drawn.extend(found.lines.iter().filter(|key| key.is_happening()));
        let also = if drawn.len() > 1 { ", and what happens of it," } else { "" };
        let title = format!("What prevention does to demand: {}{also} under the plans", words::inside(&change.group));
        figures.push(("compare-demand".to_owned(), figure(found, &drawn, &title)));
    }
    rendered(&figures)
}

fn figure(found: &Comparison, keys: &[&LineKey], title: &str) -> Figure {
    let first: i32 = found.years.first().and_then(|year| year.split('/').next()?.parse().ok()).unwrap_or(0);
    let panels: Vec<Panel> = keys
        .iter()
        .map(|key| {
            let layers = found.plans.iter().enumerate().flat_map(|(index, plan)| layers(found, key, index, plan));
            let format = match key.unit {
                Unit::Pounds => NumberFormat::million_pounds().with_sign(),
                _ => NumberFormat { factor: 1.0, ..NumberFormat::percent() }.with_sign(),
            };
            panel(&key.title(), Axis::plan_years(first), Axis::number("", format).covering(0.0, 0.0), layers.collect())
        })
        .collect();
    let (rows, columns) = grid(panels.len(), 2);
    let bands = if found.plans.len() <= MOST_BANDS { ", bands hold 50% of the draws" } else { "" };
    let legend = found.plans.iter().enumerate();
    let span = match (found.years.first(), found.years.last()) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => String::new(),
    };
    Figure {
        title: title.to_owned(),
        subtitle: format!(
            "{} plans over the years that all of them have, {span}",
            words::capital(&words::whole(found.plans.len()))
        ),
        source_line: format!("Wellspring {}. Lines are medians{bands}.", env!("CARGO_PKG_VERSION")),
        alternative_text: alternative_text(found, keys),
        width: 760.0,
        height: 150.0 + 200.0 * rows as f64 + 14.0 * found.plans.len() as f64,
        grid: Grid { rows, columns, same_vertical: false },
        panels,
        legend: legend
            .map(|(index, plan)| LegendEntry::new(Key::Line(colour(index), dash(index)), &plan.label))
            .collect(),
    }
}

/// The line of a plan by year: plan years of the picture with a statistic; `NaN` where the plan does not have it.
fn values(found: &Comparison, key: &LineKey, plan: &Plan, statistic: Statistic) -> Vec<f64> {
    let line = plan.found.lines.get(key);
    let value = |year: &String| Some(estimate(line?.get(year)?, statistic)?.value);
    found.years.iter().map(|year| value(year).unwrap_or(f64::NAN)).collect()
}

fn layers(found: &Comparison, key: &LineKey, index: usize, plan: &Plan) -> Vec<Layer> {
    let x: Vec<f64> = (1..=found.years.len()).map(|year| year as f64).collect();
    let mut layers = Vec::new();
    if found.plans.len() <= MOST_BANDS {
        let (low, high) = (values(found, key, plan, Statistic::P25), values(found, key, plan, Statistic::P75));
        layers.push(Layer::FanBand { x: x.clone(), low, high, level: Level::Fifty, colour: colour(index) });
    }
    let y = values(found, key, plan, Statistic::Median);
    // Its rows stand in the tables of the plan's own folder, where a strategy may have another id.
    let description = Description::of(&plan.label, Statistic::Median, Vec::new());
    layers.push(Layer::Line { x, y, colour: colour(index), dash: dash(index), label: None, description });
    layers
}

fn alternative_text(found: &Comparison, keys: &[&LineKey]) -> String {
    let last = |key: &LineKey, plan: &Plan| {
        let value = values(found, key, plan, Statistic::Median).last().copied().unwrap_or(f64::NAN);
        if value.is_finite() { key.write(value) } else { "not known".to_owned() }
    };
    let of = |key: &&LineKey| {
        let plans: Vec<String> = found.plans.iter().map(|plan| format!("{} {}", plan.label, last(key, plan))).collect();
        format!("{}: {}", key.title(), plans.join(", "))
    };
    let parts: Vec<String> = keys.iter().map(of).collect();
    let year = found.years.last().map_or("", String::as_str);
    format!("Medians in {year}. {}.", parts.join("; "))
}

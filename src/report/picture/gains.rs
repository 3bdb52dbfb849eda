//! Who gains: what prevention saves each payer, beside what it costs.

use crate::appraisal::findings::{Comparator, Findings, PriceBase};

use super::super::figure::{Axis, Colour, Estimate, Figure, Grid, Layer, Marker, NumberFormat};
use super::super::reading::{COST, SPENDING, payers, total, total_of};
use super::super::words;
use super::{panel, source, span};

/// Bars of savings by payer over the horizon, one panel a strategy.
pub fn figure(findings: &Findings) -> Figure {
    let saved = |strategy: usize, payer: &str| {
        -total_of(findings, strategy, Comparator::Twin, COST, payer, PriceBase::Nominal)
    };
    let strategies = 0..findings.strategies.len();
    let greatest = |payer: &String| strategies.clone().map(|strategy| saved(strategy, payer).abs()).fold(0.0, f64::max);
    let mut order = payers(findings);
    order.sort_by(|one, other| greatest(other).total_cmp(&greatest(one)));
    let names: Vec<String> = order.iter().map(|payer| words::payer(payer)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let at: Vec<f64> = (0..names.len()).map(|row| row as f64).collect();
    let mut panels = Vec::new();
    let mut told = Vec::new();
    if !names.is_empty() {
        for (strategy, label) in findings.strategies.iter().enumerate() {
            let estimates: Vec<Estimate> =
                order.iter().map(|payer| Estimate::exact(saved(strategy, payer))).collect();
            let spent = total(findings, strategy, Comparator::Level, SPENDING, PriceBase::Nominal);
            let axis = Axis::number(
                &format!("prevention costs {}", words::pounds(spent)),
                NumberFormat::million_pounds(),
            )
            .covering(0.0, strategies.clone().flat_map(|s| order.iter().map(move |p| (s, p))).map(|(s, p)| saved(s, p)).fold(0.0, f64::max) * 1.15);
            let layers = vec![
                Layer::Bars { at: at.clone(), estimates: estimates.clone(), from: 0.0, colour: Colour::GREEN },
                Layer::Points { at: at.clone(), estimates, colour: Colour::GREEN, marker: Marker::Filled, values: true },
            ];
            panels.push(panel(&label.name, axis, Axis::categories(&names), layers));
            let parts: Vec<String> =
                order.iter().map(|payer| format!("{} {}", words::payer(payer), words::pounds(saved(strategy, payer)))).collect();
            told.push(format!("{}: {}, against {} spent", label.name, parts.join(", "), words::pounds(spent)));
        }
    }
    Figure {
        title: title(findings, &order, saved),
        subtitle: format!(
            "Savings by payer over {}, before the cost of prevention itself, {}; £ million, means, money of each year",
            span(findings),
            findings.place
        ),
        source_line: source(findings, "Savings are the strategy's cost of services against its twin's."),
        alternative_text: format!("Bars of savings by payer. {}.", told.join("; ")),
        width: 860.0,
        height: 150.0 + 26.0 * names.len() as f64,
        grid: Grid::new(1, panels.len().max(1)),
        panels,
        legend: Vec::new(),
    }
}

/// The share of the NHS and of whoever gains most, where most is saved.
fn title(findings: &Findings, order: &[String], saved: impl Fn(usize, &str) -> f64) -> String {
    let whole = |strategy: usize| -> f64 { order.iter().map(|payer| saved(strategy, payer)).sum() };
    let best = (0..findings.strategies.len()).rev().max_by(|one, other| whole(*one).total_cmp(&whole(*other)));
    let Some(best) = best.filter(|best| whole(*best) > 0.0) else { return "No payer saves".to_owned() };
    let health: f64 = order.iter().filter(|payer| payer.starts_with("NHS")).map(|payer| saved(best, payer)).sum();
    let share = |part: f64| words::chance(part / whole(best));
    match order.iter().find(|payer| !payer.starts_with("NHS")) {
        Some(first) => format!(
            "Of the savings, {} go to {} and {} to the NHS (“{}”)",
            share(saved(best, first)),
            words::inside(&words::payer(first)),
            share(health),
            findings.strategies[best].name
        ),
        None => format!("Prevention saves {}", words::pounds(whole(best))),
    }
}

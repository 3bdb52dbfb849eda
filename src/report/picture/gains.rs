//! Who gains: what prevention saves each payer, or costs it more, beside what prevention itself costs.

use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::appraisal::statistic::Statistic;
use crate::scenario::Role;

use super::super::figure::{Axis, Colour, Description, Estimate, Figure, Grid, Layer, NumberFormat};
use super::super::headline::{share, whole};
use super::{panel, rows, source, span};
use crate::answer::Answer;
use crate::answer::fact::amount;
use crate::answer::read::{payers, total, total_of};
use crate::answer::savings::Gainers;
use crate::words;

/// A payer whose savings are all smaller than this part of the largest has no row.
const UNSEEN: f64 = 2e-3;

/// Bars of savings by payer over the horizon, one panel a strategy.
pub fn figure(findings: &Findings, answer: &Answer) -> Figure {
    let saved = |strategy: usize, payer: &str| {
        -total_of(findings, strategy, Comparator::Twin, findings.ledger(Role::ServiceCost), payer, PriceBase::Nominal)
    };
    let strategies = 0..findings.strategies.len();
    let greatest = |payer: &String| strategies.clone().map(|strategy| saved(strategy, payer).abs()).fold(0.0, f64::max);
    let mut order = payers(findings);
    order.sort_by(|one, other| greatest(other).total_cmp(&greatest(one)));
    let most = order.iter().map(greatest).fold(0.0, f64::max);
    order.retain(|payer| greatest(payer) > most * UNSEEN);
    let least = order
        .iter()
        .flat_map(|payer| strategies.clone().map(move |strategy| (strategy, payer)))
        .fold(0.0, |least, one| f64::min(least, saved(one.0, one.1)));
    let names: Vec<String> = order.iter().map(|payer| words::payer(payer)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let at: Vec<f64> = (0..names.len()).map(|row| row as f64).collect();
    let mut panels = Vec::new();
    let mut sentences = Vec::new();
    if !names.is_empty() {
        for (strategy, label) in findings.strategies.iter().enumerate() {
            let bars = |keep: &dyn Fn(f64) -> bool, colour: Colour| {
                let kept: Vec<(f64, f64, &String)> = at
                    .iter()
                    .zip(&order)
                    .map(|(row, payer)| (*row, saved(strategy, payer), payer))
                    .filter(|(_, saved, _)| keep(*saved))
                    .collect();
                let of = |payer: &str| {
                    let nominal = PriceBase::Nominal;
                    let cost = findings.find(
                        Some(strategy),
                        Comparator::Twin,
                        findings.ledger(Role::ServiceCost),
                        "",
                        payer,
                        nominal,
                    );
                    rows::less(rows::over_years(findings, cost))
                };
                Layer::Bars {
                    at: kept.iter().map(|(row, _, _)| *row).collect(),
                    estimates: kept.iter().map(|(_, saved, _)| Estimate::exact(*saved)).collect(),
                    from: 0.0,
                    colour,
                    values: true,
                    description: Description::of(
                        "Saved",
                        Statistic::Mean,
                        kept.iter().map(|(_, _, payer)| of(payer)).collect(),
                    ),
                }
            };
            let spent =
                total(findings, strategy, Comparator::Level, findings.ledger(Role::Spending), PriceBase::Nominal);
            let unit = format!("prevention costs {}", words::pounds(spent));
            let axis = Axis::number(&unit, NumberFormat::million_pounds())
                .covering(least - if least < 0.0 { most * 0.35 } else { 0.0 }, most * 1.15);
            let layers =
                vec![bars(&|saved| saved >= 0.0, Colour::GREEN), bars(&|saved| saved < 0.0, Colour::VERMILION)];
            panels.push(panel(&label.name, axis, Axis::categories(&names), layers));
            let parts: Vec<String> = order
                .iter()
                .map(|payer| format!("{} {}", words::payer(payer), words::pounds(saved(strategy, payer))))
                .collect();
            sentences.push(format!("{}: {}, against {} spent", label.name, parts.join(", "), words::pounds(spent)));
        }
    }
    Figure {
        title: title(findings, answer.gainers.as_ref()),
        subtitle: format!(
            "Savings by payer over {}, {}; means over draws, £ million, money of each year",
            span(findings),
            findings.place
        ),
        source_line: source(findings, "Savings are the strategy’s cost of services against its twin’s."),
        alternative_text: format!("Bars of savings by payer. {}.", sentences.join("; ")),
        width: 860.0,
        height: 150.0 + 26.0 * names.len() as f64,
        grid: Grid::new(1, panels.len().max(1)),
        panels,
        legend: Vec::new(),
    }
}

/// Cost and savings of the strategy that saves most, and the shares of the first group of payers and of whoever else gains most.
fn title(findings: &Findings, found: Option<&Gainers>) -> String {
    let Some(found) = found else { return "No payer saves".to_owned() };
    let strategy = &findings.strategies[found.strategy].name;
    let saves = words::pounds(found.whole.value);
    let Some((first, saved)) = found.single.first() else {
        return format!("Under “{strategy}” prevention saves {saves}");
    };
    let beside = found.group.as_ref().map_or_else(String::new, |group| {
        let name = &group.name;
        match group.as_displayed() {
            saved if saved > 0.0 => format!(", {} for {name}", share(&found.savings, saved)),
            saved if saved < 0.0 => format!(", while {name} pays {} more", words::pounds(-saved)),
            _ => format!(", nothing for {name}"),
        }
    });
    format!(
        "Under “{strategy}” prevention that costs {} saves {saves}: {} {} for {}{beside}",
        words::pounds(amount(found.spent.as_ref())),
        share(&found.savings, saved.value),
        whole(&found.savings),
        words::inside(&words::payer(first)),
    )
}

//! Payback: the cumulative net position from each perspective, and how likely it is to have been repaid by when.

use crate::appraisal::findings::{Comparator, Findings, PerspectiveLabel, PriceBase, Series};
use crate::appraisal::key::CUMULATIVE_NET;
use crate::appraisal::statistic::Statistic;

use super::super::figure::{Axis, Description, Figure, Grid, Key, Layer, LegendEntry, Level, NumberFormat};
use super::{BANDS, colour, dash, fan, grid, panel, rows, short, source, span};
use crate::answer::Answer;
use crate::answer::fact::value;
use crate::answer::payback::{Chances, chances as chances_of};
use crate::answer::read::{NOTHING_SPENT, nothing_spent, payback};
use crate::answer::strategy::From;
use crate::words;

/// All strategies: one panel each, with a median and a band for each perspective.
pub fn overview(findings: &Findings, answer: &Answer) -> Figure {
    let mut panels = Vec::new();
    let mut sentences = Vec::new();
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let mut layers = Vec::new();
        for (index, perspective) in findings.perspectives.iter().enumerate() {
            let Some(series) = net(findings, strategy, perspective) else { continue };
            let name = short(&perspective.id);
            let own = rows::medians(findings, series, &name);
            layers.extend(fan(series, &[Level::Fifty], (colour(index), dash(index)), Some(&name), own));
            sentences.push(format!(
                "{}, {}: {}",
                label.name,
                perspective.id,
                at_horizon(&answer.strategies[strategy].perspectives[index])
            ));
        }
        let axis = Axis::number("", pounds());
        panels.push(panel(&label.name, Axis::plan_years(findings.first_year), axis, layers));
    }
    let (lines, columns) = grid(panels.len(), 3);
    Figure {
        title: title(findings, answer.payback.never_spent, &answer.payback.chances),
        subtitle: format!(
            "Cumulative net position, £ million, {}: what prevention saves less what it costs, without what taking the \
             money does to care; medians over draws; {}",
            findings.place,
            prices(findings)
        ),
        source_line: source(findings, "Lines are medians, bands hold 50% of the draws."),
        alternative_text: format!(
            "Median cumulative net position after {}, with 90% of draws in brackets. {}.",
            span(findings),
            sentences.join("; ")
        ),
        width: 760.0,
        height: 130.0 + 175.0 * lines as f64,
        grid: Grid { rows: lines, columns, same_vertical: true },
        panels,
        legend: findings
            .perspectives
            .iter()
            .enumerate()
            .map(|(index, one)| LegendEntry::new(Key::Line(colour(index), dash(index)), &one.name))
            .collect(),
    }
}

/// One strategy: a panel for each perspective on one scale, and the probability of payback.
pub fn of_strategy(findings: &Findings, answer: &Answer, strategy: usize) -> Figure {
    let found: Vec<(usize, &PerspectiveLabel, &Series)> = findings
        .perspectives
        .iter()
        .enumerate()
        .filter_map(|(index, one)| Some((index, one, net(findings, strategy, one)?)))
        .collect();
    let ends = |series: &Series| -> Vec<f64> {
        series
            .years
            .iter()
            .flat_map(|year| [year.p05.value, year.p95.value])
            .filter(|value| value.is_finite())
            .collect()
    };
    let all: Vec<f64> = found.iter().flat_map(|(_, _, series)| ends(series)).collect();
    let low = all.iter().copied().fold(0.0, f64::min);
    let high = all.iter().copied().fold(0.0, f64::max);
    let mut panels = Vec::new();
    let mut chances = Vec::new();
    let mut sentences = Vec::new();
    for (index, perspective, series) in &found {
        let own = rows::medians(findings, series, &perspective.name);
        let layers = fan(series, &[Level::Ninety, Level::Fifty], (colour(*index), dash(*index)), None, own);
        let unit = format!("£ million, {}", price_words(findings, perspective));
        let axis = Axis::number(&unit, pounds()).covering(low, high);
        panels.push(panel(&perspective.name, Axis::plan_years(findings.first_year), axis, layers));
        let by_year = payback(findings, strategy, &perspective.id).map_or(&[][..], |found| found.by_year.as_slice());
        chances.push(Layer::StepLine {
            x: (1..=by_year.len()).map(|year| year as f64).collect(),
            y: by_year.iter().map(|estimate| estimate.value).collect(),
            colour: colour(*index),
            dash: dash(*index),
            label: Some(short(&perspective.id)),
            description: Description::of(
                &short(&perspective.id),
                Statistic::Probability,
                (1..=by_year.len()).map(|year| rows::paid_back(findings, strategy, &perspective.id, year)).collect(),
            ),
        });
        let from = &answer.strategies[strategy].perspectives[*index];
        let paid = match nothing_spent(findings, strategy) {
            Some(_) => NOTHING_SPENT.to_owned(),
            None => format!("paid back in {}", words::share_of_draws(value(from.at_horizon()))),
        };
        sentences.push(format!("{}: {}, {paid}", perspective.name, at_horizon(from)));
    }
    let axis = Axis::number("share of draws", NumberFormat::percent()).covering(0.0, 1.0);
    panels.push(panel("Paid back by the end of the year", Axis::plan_years(findings.first_year), axis, chances));
    let (lines, columns) = grid(panels.len(), 2);
    let never_spent = nothing_spent(findings, strategy).is_some();
    Figure {
        title: title(findings, never_spent, &chances_of(&answer.strategies, &[strategy])),
        subtitle: format!(
            "Cumulative net position, {}, “{}”: what prevention saves less what it costs, without what taking the money \
             does to care; medians over draws, and the share of draws that have paid back",
            findings.place, findings.strategies[strategy].name
        ),
        source_line: source(findings, BANDS),
        alternative_text: format!(
            "Median net position after {} (90% of draws). {}.",
            span(findings),
            sentences.join("; ")
        ),
        width: 760.0,
        height: 100.0 + 185.0 * lines as f64,
        grid: Grid::new(lines, columns),
        panels,
        legend: Vec::new(),
    }
}

fn net<'a>(findings: &'a Findings, strategy: usize, perspective: &PerspectiveLabel) -> Option<&'a Series> {
    findings.find(Some(strategy), Comparator::Twin, CUMULATIVE_NET, &perspective.id, "", perspective.price_base)
}

fn pounds() -> NumberFormat {
    NumberFormat::million_pounds().with_sign()
}

/// "−£34m (−£38m to −£31m)": the net position at the horizon.
fn at_horizon(from: &From) -> String {
    from.net
        .as_ref()
        .map_or_else(|| words::pounds(f64::NAN), |net| words::interval(net.value, net.ends(), words::pounds))
}

/// Who is repaid within the horizon, in how many draws: under the strategies with the least and the greatest chance.
fn title(findings: &Findings, never_spent: bool, found: &[Chances]) -> String {
    if never_spent {
        return format!("No payback within {}: {NOTHING_SPENT}", span(findings));
    }
    let mut parts: Vec<(String, Vec<String>)> = Vec::new();
    for chances in found {
        let (low, high) = (chances.least.fact.value, chances.most.fact.value);
        let draws = if words::chance(low) == words::chance(high) {
            words::share_of_draws(high)
        } else if low == 0.0 {
            words::at_most_of_draws(high)
        } else {
            format!("{} to {} of draws", words::chance(low), words::chance(high))
        };
        let id = chances.perspective.id.clone();
        match parts.iter_mut().find(|(known, _)| *known == draws) {
            Some((_, who)) => who.push(id),
            None => parts.push((draws, vec![id])),
        }
    }
    let parts: Vec<String> = parts.iter().map(|(draws, who)| format!("{} in {draws}", words::list(who))).collect();
    let parts = if parts.is_empty() { "not known".to_owned() } else { parts.join("; ") };
    format!("Payback within {}: {parts}", span(findings))
}

fn price_words(findings: &Findings, perspective: &PerspectiveLabel) -> String {
    match perspective.price_base {
        PriceBase::Real => format!("{} prices, discounted", findings.prices()),
        _ => "money of each year".to_owned(),
    }
}

/// In which money each perspective is told: "cash and fiscal in money of each year; social in ...".
fn prices(findings: &Findings) -> String {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for perspective in &findings.perspectives {
        let money = price_words(findings, perspective);
        match found.iter_mut().find(|(known, _)| *known == money) {
            Some((_, who)) => who.push(perspective.id.clone()),
            None => found.push((money, vec![perspective.id.clone()])),
        }
    }
    let parts: Vec<String> = found.iter().map(|(money, who)| format!("{} in {money}", words::list(who))).collect();
    parts.join("; ")
}

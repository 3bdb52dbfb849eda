//! Strategies side by side: what falls, what it costs, what health it brings, and whether it pays back.

use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::appraisal::measure::net::NET_AT_HORIZON;
use crate::appraisal::statistic::{Statistic, Summary};
use crate::scenario::Role;

use super::super::figure::{
    Axis, Colour, Description, Estimate, Figure, Grid, Key, Layer, LegendEntry, Marker, NumberFormat, Panel, Term,
};
use super::{BANDS, panel, rows, short, source, span};
use crate::answer::Answer;
use crate::answer::fact::{Fact, Under, value};
use crate::answer::read::{
    NOTHING_SPENT, chance_by, change, happening_change, happens, health_outcome, lead_service, measured, milestones,
    need_name,
};
use crate::report::headline::on_clock;
use crate::words::{self, lower};

/// Rows of strategies, columns of outcomes.
pub fn figure(findings: &Findings, answer: &Answer) -> Figure {
    let names: Vec<&str> = findings.strategies.iter().map(|label| label.name.as_str()).collect();
    let all = 0..findings.strategies.len();
    let lead = lead_service(findings);
    let row = |title: &str, axis: Axis, layers: Vec<Layer>| panel(title, axis, Axis::categories(&names), layers);
    let percent = NumberFormat { factor: 1.0, ..NumberFormat::percent() }.with_sign();
    let demand: Vec<Estimate> = all.clone().map(|strategy| demand_estimate(findings, strategy, lead)).collect();
    let unit = format!("change in {}", findings.year_label(findings.horizon));
    let axis = || Axis::number(&unit, percent.clone()).covering(0.0, 0.0);
    let needed = all.clone().map(|one| rows::at_end(findings, change(findings, one, lead))).collect();
    let mut panels = vec![row(need_name(findings, lead), axis(), vec![points(demand, needed, "Change")])];
    // Beside the need what happens of it: strategies that are alike in the one may differ most in the other.
    if let Some(happens) = happens(findings, lead) {
        let series = |strategy| happening_change(findings, strategy, happens);
        let last = |strategy| series(strategy).and_then(|series| series.years.last());
        let found: Vec<Estimate> = all.clone().map(|strategy| estimate(last(strategy))).collect();
        let description = all.clone().map(|strategy| rows::at_end(findings, series(strategy))).collect();
        panels.push(row(&happens.name, axis(), vec![points(found, description, "Change")]));
    }
    // The first perspective is that of the place's own books, the last the widest.
    let own = findings.perspectives.first();
    if let Some(cash) = own {
        let net: Vec<Estimate> =
            all.clone().map(|strategy| quantiles(findings, strategy, NET_AT_HORIZON, &cash.id)).collect();
        let unit = match cash.price_base {
            PriceBase::Real => format!("net, £ million, {} prices", findings.prices()),
            _ => "net, £ million, money of each year".to_owned(),
        };
        let axis = Axis::number(&unit, NumberFormat::million_pounds().with_sign()).covering(0.0, 0.0);
        let of = |one| rows::of_measure(findings, one, Comparator::Twin, NET_AT_HORIZON, &cash.id);
        panels.push(row(&short(&cash.id), axis, vec![points(net, all.clone().map(of).collect(), "Net")]));
    }
    let health: Vec<Estimate> = all
        .clone()
        .map(|strategy| quantiles(findings, strategy, &health_outcome(findings, Role::QalysGained), ""))
        .collect();
    let gained =
        |one| rows::of_measure(findings, one, Comparator::Twin, &health_outcome(findings, Role::QalysGained), "");
    let mut layers = vec![points(health, all.clone().map(gained).collect(), "QALYs gained")];
    let displaced: Vec<Estimate> = (0..names.len()).map(|strategy| displaced(findings, strategy)).collect();
    let gives_up = displaced.iter().any(|estimate| estimate.middle.is_finite() && estimate.middle != 0.0);
    if gives_up {
        let lost = |one| {
            rows::of_measure(findings, one, Comparator::DoNothing, &health_outcome(findings, Role::QalysDisplaced), "")
        };
        layers.push(Layer::Points {
            description: Description::of(
                "QALYs lost where the money was taken from",
                Statistic::Median,
                all.map(lost).collect(),
            ),
            at: lines(names.len()),
            estimates: displaced,
            colour: Colour::SLATE,
            marker: Marker::Hollow,
            values: true,
        });
    }
    let what = if gives_up { "QALYs gained, and lost," } else { "QALYs gained" };
    let axis = Axis::number(&format!("{what} {}", on_clock(findings)), NumberFormat::plain()).covering(0.0, 0.0);
    panels.push(row("Health", axis, layers));
    let widest = findings.perspectives.last().filter(|last| Some(*last) != own);
    for perspective in own.into_iter().chain(widest) {
        panels.push(chances(findings, &names, &perspective.id));
    }
    let years = asked(findings);
    let mut legend = vec![LegendEntry::new(Key::Interval(Colour::BLUE), "Prevention: median, 50% and 90% of draws")];
    if gives_up {
        let meaning = "QALYs lost where the money was taken from, not in payback";
        legend.push(LegendEntry::new(Key::Ring(Colour::SLATE), meaning));
    }
    for (index, year) in years.iter().enumerate() {
        let key = if index + 1 < years.len() { Key::Ring(Colour::VERMILION) } else { Key::Point(Colour::VERMILION) };
        legend.push(LegendEntry::new(key, &by_end_of(findings, *year)));
    }
    Figure {
        title: title(findings, answer),
        subtitle: format!(
            "{}, {} strategies after {}: what prevention does, against twins that spend the same money without effects; \
             medians over draws, and the share of draws that have paid back",
            findings.place,
            words::whole(names.len()),
            span(findings)
        ),
        source_line: source(findings, BANDS),
        alternative_text: alternative_text(findings, answer),
        width: if happens(findings, lead).is_some() { 1000.0 } else { 860.0 },
        height: 170.0 + 38.0 * names.len().max(2) as f64,
        grid: Grid::new(1, panels.len()),
        panels,
        legend,
    }
}

fn lines(count: usize) -> Vec<f64> {
    (0..count).map(|row| row as f64).collect()
}

fn points(estimates: Vec<Estimate>, of: Vec<Vec<Term>>, name: &str) -> Layer {
    let at = lines(estimates.len());
    let description = Description::of(name, Statistic::Median, of);
    Layer::Points { at, estimates, colour: Colour::BLUE, marker: Marker::Filled, values: true, description }
}

fn chances(findings: &Findings, names: &[&str], perspective: &str) -> Panel {
    let years = asked(findings);
    let layers = years
        .iter()
        .enumerate()
        .map(|(index, year)| {
            let estimates = (0..names.len())
                .map(|strategy| {
                    let chance = chance_by(findings, strategy, perspective, *year);
                    Estimate::exact(chance.map_or(f64::NAN, |chance| chance.value))
                })
                .collect();
            let marker = if index + 1 < years.len() { Marker::Hollow } else { Marker::Filled };
            let by = (0..names.len()).map(|one| rows::paid_back(findings, one, perspective, *year)).collect();
            let description = Description::of(&by_end_of(findings, *year), Statistic::Probability, by);
            Layer::Points {
                at: lines(names.len()),
                estimates,
                colour: Colour::VERMILION,
                marker,
                values: true,
                description,
            }
        })
        .collect();
    let axis = Axis::number("share of draws", NumberFormat::percent()).covering(0.0, 1.0);
    panel(&format!("Paid back: {perspective}"), axis, Axis::categories(names), layers)
}

/// The first and the last of the years at which people ask: more marks than two in a row could not be told apart.
fn asked(findings: &Findings) -> Vec<usize> {
    let years = milestones(findings);
    let mut ends: Vec<usize> = years.first().into_iter().chain(years.last()).copied().collect();
    ends.dedup();
    ends
}

fn by_end_of(findings: &Findings, year: usize) -> String {
    format!("Paid back by the end of {}", findings.year_label(year))
}

fn demand_estimate(findings: &Findings, strategy: usize, service: &str) -> Estimate {
    estimate(change(findings, strategy, service).and_then(|series| series.years.last()))
}

fn estimate(year: Option<&Summary>) -> Estimate {
    year.map_or(Estimate::exact(f64::NAN), |year| {
        Estimate::quantiles([year.p05.value, year.p25.value, year.median.value, year.p75.value, year.p95.value])
    })
}

fn quantiles(findings: &Findings, strategy: usize, outcome: &str, group: &str) -> Estimate {
    let value =
        |statistic| crate::answer::read::statistic_of(findings, strategy, Comparator::Twin, outcome, group, statistic);
    use Statistic::{Median, P05, P25, P75, P95};
    Estimate::quantiles([P05, P25, Median, P75, P95].map(value))
}

/// Health given up in the care that the money was taken from.
fn displaced(findings: &Findings, strategy: usize) -> Estimate {
    let lost = measured(findings, strategy, Comparator::DoNothing, &health_outcome(findings, Role::QalysDisplaced), "");
    Estimate { middle: lost.middle, fifty: None, ninety: Some(lost.ends()) }
}

/// The greatest fall of the lead demand and of what happens of it, and the best chance that the place's own books are repaid.
fn title(findings: &Findings, answer: &Answer) -> String {
    let best =
        |one: &Under| format!("{} at best (“{}”)", lower(one.fact.value), findings.strategies[one.strategy].name);
    let Some(demand) = &answer.demand else { return format!("Strategies after {}", span(findings)) };
    let mut title = format!("After {}, median: {} {}", span(findings), words::inside(&demand.name), best(&demand.most));
    if let Some(happens) = answer.happens.as_ref().and_then(|found| found.happens.as_ref()) {
        title += &format!("; {} {}", words::inside(&happens.what.name), best(&happens.least));
    }
    if let Some(cash) = findings.perspectives.first() {
        let chances = answer.payback.chances.iter().find(|one| one.perspective.id == cash.id);
        let most = chances.map_or(0.0, |chances| chances.most.fact.value);
        if answer.payback.never_spent {
            title += &format!("; {NOTHING_SPENT}");
        } else if most == 0.0 {
            title += &format!("; {} does not pay back in any draw", cash.id);
        } else {
            title += &format!("; {} pays back in {}", cash.id, words::at_most_of_draws(most));
        }
    }
    title
}

fn alternative_text(findings: &Findings, answer: &Answer) -> String {
    let lead = lead_service(findings);
    let percent = |fact: Option<&Fact>| words::signed_percent(value(fact));
    let parts = findings.strategies.iter().zip(&answer.strategies).map(|(label, of)| {
        let mut parts = vec![format!("{} {}", words::inside(need_name(findings, lead)), percent(of.change()))];
        if let Some(happens) = happens(findings, lead) {
            parts.push(format!("{} {}", words::inside(&happens.name), percent(of.happening())));
        }
        if let Some(cash) = of.perspectives.first() {
            parts.push(format!("{} {}", cash.perspective.id, words::pounds(value(cash.net.as_ref()))));
        }
        parts.push(format!("{} QALYs gained", words::number(value(of.gained.as_ref()))));
        for from in &of.perspectives {
            let id = &from.perspective.id;
            parts.push(match from.at_horizon() {
                None if label.nothing_spent.is_some() => format!("{id}: {NOTHING_SPENT}"),
                chance => format!("{id} paid back in {}", words::share_of_draws(value(chance))),
            });
        }
        format!("{}: {}", label.name, parts.join(", "))
    });
    let parts: Vec<String> = parts.collect();
    format!("Medians after {}. {}.", span(findings), parts.join("; "))
}

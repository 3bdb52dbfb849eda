//! How the return of each strategy is spread over the groups of the accounts: slope and relative index, draw by draw.
//!
//! Rates are by the head of those who live there when the runs begin. A change in demand is of the last plan year; health is
//! of all plan years.

use crate::appraisal::assemble::Sample;
use crate::appraisal::chart::Chart;
use crate::appraisal::findings::{Comparator, Measure, PriceBase};
use crate::appraisal::reckoning::{Plan, Terms};
use crate::appraisal::statistic::{Statistic, probability, summarise};
use crate::diagnostic::Diagnostics;
use crate::equity::gradient::{Gradient, Group};
use crate::scenario::{Accounts, LedgerKind};
use crate::structure::Structure;

use super::lookup::find;
use super::sharing::at_the_start;

/// Residents of each group as the runs begin, the most deprived first; none if the accounts do not name a population.
pub(super) fn residents(structure: &Structure, accounts: &Accounts, found: &mut Diagnostics) -> Vec<(String, f64)> {
    let Some(population) = &accounts.population else { return Vec::new() };
    let scalars = find(structure, population, std::slice::from_ref(&accounts.ranges.group), found);
    let values = at_the_start(structure, scalars.iter().map(|(scalar, _)| *scalar).collect());
    let mut residents: Vec<(String, f64)> = Vec::new();
    for (scalar, group) in scalars {
        let people = values.get(&scalar).copied().unwrap_or(0.0);
        match residents.iter_mut().find(|(known, _)| *known == group) {
            Some((_, sum)) => *sum += people,
            None => residents.push((group, people)),
        }
    }
    residents
}

/// Slope index and relative index of every demand that is kept by group, and of the health that counts.
pub(super) fn measures(
    plans: &[Plan],
    chart: &Chart,
    terms: &Terms,
    sample: &Sample,
    residents: &[(String, f64)],
) -> Vec<Measure> {
    let mut found = Vec::new();
    let health = chart.perspectives.iter().find_map(|perspective| perspective.qalys.first());
    for strategy in 0..terms.strategies {
        for entry in &chart.demand {
            let line = |group: &str| (String::from("demand"), format!("{}, {group}", entry.id));
            let places = places(plans, strategy, residents, &line);
            let rate = |values: &[f64]| values.last().copied().unwrap_or(0.0);
            let told = (entry.id.as_str(), format!("{} per resident", entry.unit));
            found.extend(indices(strategy, told, sample, residents, places, &rate));
        }
        if let Some(health) = health {
            let line = |group: &str| (health.clone(), group.to_owned());
            let places = places(plans, strategy, residents, &line);
            let rate = |values: &[f64]| values.iter().sum();
            let told = (health.as_str(), "QALY per resident".to_owned());
            found.extend(indices(strategy, told, sample, residents, places, &rate));
        }
        let lost = chart.ledgers.iter().find(|entry| entry.kind == Some(LedgerKind::DisplacedQalys));
        if let (Some(gained), Some(lost)) = (health, lost) {
            found.extend(net_health(plans, strategy, (gained, &lost.id), sample, residents));
        }
    }
    found
}

/// Health gained less health displaced, draw by draw: together, by group for a thousand residents, its slope index, and how
/// likely it is that there is more health and that the gap narrows (the equity-impact plane of Cookson and others 2017).
fn net_health(
    plans: &[Plan],
    strategy: usize,
    (gained, lost): (&str, &str),
    sample: &Sample,
    residents: &[(String, f64)],
) -> Vec<Measure> {
    let of = |outcome: &str, comparator: Comparator| {
        places_of(plans, strategy, comparator, residents, &|group| (outcome.to_owned(), group.to_owned()))
    };
    let (Some(gained), Some(lost)) = (of(gained, Comparator::Twin), of(lost, Comparator::Financing)) else {
        return Vec::new();
    };
    let whole = |place: usize, draw: usize| -> f64 { sample.path(place, draw).iter().sum() };
    let per_draw: Vec<Vec<(f64, f64)>> = (0..sample.draws)
        .map(|draw| gained.iter().zip(&lost).map(|(up, down)| (whole(*up, draw), whole(*down, draw))).collect())
        .collect();
    let measure = |comparator, outcome: &str, group: &str, unit: &str, estimates| Measure {
        strategy,
        comparator,
        outcome: outcome.to_owned(),
        group: group.to_owned(),
        unit: unit.to_owned(),
        price_base: PriceBase::None,
        estimates,
    };
    let summary = |draws: Vec<f64>| summarise(&draws).rows().to_vec();
    let (both, rate) = (Comparator::DoNothing, "QALY per 1000 residents");
    let net = |groups: &Vec<(f64, f64)>| groups.iter().map(|(up, down)| up - down).sum::<f64>();
    let totals: Vec<f64> = per_draw.iter().map(net).collect();
    let mut found = Vec::new();
    for (place, (group, people)) in residents.iter().enumerate().filter(|(_, (_, people))| *people > 0.0) {
        let head = |number: f64| 1000.0 * number / people;
        let up = per_draw.iter().map(|groups| head(groups[place].0)).collect();
        let down = per_draw.iter().map(|groups| head(groups[place].1)).collect();
        let net = per_draw.iter().map(|groups| head(groups[place].0 - groups[place].1)).collect();
        found.push(measure(Comparator::Twin, "qalys-gained-per-1000", group, rate, summary(up)));
        found.push(measure(Comparator::Financing, "qalys-displaced-per-1000", group, rate, summary(down)));
        found.push(measure(both, "net-qalys-per-1000", group, rate, summary(net)));
    }
    let slopes: Option<Vec<f64>> = per_draw
        .iter()
        .map(|groups| {
            let groups: Vec<Group> = groups
                .iter()
                .zip(residents)
                .map(|((up, down), (_, people))| Group {
                    people: *people,
                    rate: if *people > 0.0 { (up - down) / people } else { 0.0 },
                })
                .collect();
            Gradient::of(&groups).map(|gradient| gradient.slope_index())
        })
        .collect();
    if let Some(slopes) = slopes {
        for (name, more, narrower) in [
            ("more health, narrower gap", true, true),
            ("more health, wider gap", true, false),
            ("less health, narrower gap", false, true),
            ("less health, wider gap", false, false),
        ] {
            let here =
                totals.iter().zip(&slopes).map(|(net, slope)| (*net > 0.0) == more && (*slope > 0.0) == narrower);
            let estimates = vec![(Statistic::Probability, probability(here))];
            found.push(measure(both, "equity-impact", name, "probability", estimates));
        }
        found.push(measure(both, "slope-index", "net-qalys", "QALY per resident", summary(slopes)));
    }
    found.push(measure(both, "net-qalys", "", "QALY", summary(totals)));
    found
}

/// The places of a return's series by group, if there is one for each; `line` gives outcome and group of its key.
fn places(
    plans: &[Plan],
    strategy: usize,
    residents: &[(String, f64)],
    line: &dyn Fn(&str) -> (String, String),
) -> Option<Vec<usize>> {
    places_of(plans, strategy, Comparator::Twin, residents, line)
}

/// The same of the series against any comparator.
fn places_of(
    plans: &[Plan],
    strategy: usize,
    comparator: Comparator,
    residents: &[(String, f64)],
    line: &dyn Fn(&str) -> (String, String),
) -> Option<Vec<usize>> {
    if residents.len() < 2 {
        return None;
    }
    residents
        .iter()
        .map(|(group, _)| {
            let (outcome, group) = line(group);
            plans.iter().position(|plan| {
                plan.key.strategy == Some(strategy)
                    && plan.key.comparator == comparator
                    && plan.key.outcome == outcome
                    && plan.key.group == group
            })
        })
        .collect()
}

/// Both indices over the draws; nothing where they have no meaning in some draw. `told` is what is measured and its unit.
fn indices(
    strategy: usize,
    told: (&str, String),
    sample: &Sample,
    residents: &[(String, f64)],
    places: Option<Vec<usize>>,
    rate: &dyn Fn(&[f64]) -> f64,
) -> Vec<Measure> {
    let Some(places) = places else { return Vec::new() };
    let gradients: Option<Vec<Gradient>> = (0..sample.draws)
        .map(|draw| {
            let groups: Vec<Group> = places
                .iter()
                .zip(residents)
                .map(|(place, (_, people))| Group {
                    people: *people,
                    rate: if *people > 0.0 { rate(&sample.path(*place, draw)) / people } else { 0.0 },
                })
                .collect();
            Gradient::of(&groups)
        })
        .collect();
    let Some(gradients) = gradients else { return Vec::new() };
    let slope: Vec<f64> = gradients.iter().map(Gradient::slope_index).collect();
    let relative: Option<Vec<f64>> = gradients.iter().map(Gradient::relative_index).collect();
    let measure = |outcome: &str, unit: &str, draws: &[f64]| Measure {
        strategy,
        comparator: Comparator::Twin,
        outcome: outcome.to_owned(),
        group: told.0.to_owned(),
        unit: unit.to_owned(),
        price_base: PriceBase::None,
        estimates: summarise(draws).rows().to_vec(),
    };
    let mut found = vec![measure("slope-index", &told.1, &slope)];
    found.extend(relative.map(|draws| measure("relative-index", "ratio", &draws)));
    found
}

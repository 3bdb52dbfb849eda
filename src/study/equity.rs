//! How the return of each strategy is spread over the groups of the accounts: slope and relative index, draw by draw.
//!
//! Rates are by the head of those who live there when the runs begin. A change in demand is of the last plan year; health is
//! of all plan years.

use crate::appraisal::assemble::Sample;
use crate::appraisal::chart::Chart;
use crate::appraisal::findings::{Comparator, Measure, PriceBase};
use crate::appraisal::reckoning::{Plan, Terms};
use crate::appraisal::statistic::summarise;
use crate::diagnostic::Diagnostics;
use crate::equity::gradient::{Gradient, Group};
use crate::scenario::Accounts;
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
    }
    found
}

/// The places of a return's series by group, if there is one for each; `line` gives outcome and group of its key.
fn places(
    plans: &[Plan],
    strategy: usize,
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
                    && plan.key.comparator == Comparator::Twin
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

//! How the return of each strategy is spread over the groups of the accounts: slope and relative index, draw by draw.
//!
//! Rates are by the head of those who live there when the runs begin. A change in demand is of the last plan year; health is
//! of all plan years.

use std::io;

use rayon::prelude::*;

use crate::appraisal::chart::Chart;
use crate::appraisal::findings::{Comparator, Measure, PriceBase};
use crate::appraisal::reckoning::{Plan, Terms};
use crate::appraisal::sample::Sample;
use crate::appraisal::statistic::summarise;
use crate::diagnostic::Diagnostics;
use crate::ensemble::{Lap, Stage};
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

/// What of a series is set over the people of a group.
#[derive(Clone, Copy)]
enum Rate {
    /// The number of the last plan year.
    LastYear,
    /// The sum of all plan years.
    AllYears,
}

/// Slope index and relative index of every demand that is kept by group, and of the health that counts.
///
/// # Errors
/// The sample cannot be read any more.
pub(super) fn measures(
    plans: &[Plan],
    chart: &Chart,
    terms: &Terms,
    sample: &Sample<'_>,
    residents: &[(String, f64)],
) -> io::Result<Vec<Measure>> {
    let health = chart.perspectives.iter().find_map(|perspective| perspective.qalys.first());
    let mut works = Vec::new();
    for strategy in 0..terms.strategies {
        for entry in &chart.demand {
            let line = |group: &str| (String::from("demand"), format!("{}, {group}", entry.id));
            let told = (entry.id.as_str(), format!("{} per resident", entry.unit));
            works.push((strategy, told, places(plans, strategy, residents, &line), Rate::LastYear));
        }
        if let Some(health) = health {
            let line = |group: &str| (health.clone(), group.to_owned());
            let told = (health.as_str(), "QALY per resident".to_owned());
            works.push((strategy, told, places(plans, strategy, residents, &line), Rate::AllYears));
        }
    }
    let found: Vec<Vec<Measure>> = works
        .into_par_iter()
        .map(|(strategy, told, places, rate)| indices(strategy, told, sample, residents, places, rate))
        .collect::<io::Result<_>>()?;
    Ok(found.into_iter().flatten().collect())
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
    sample: &Sample<'_>,
    residents: &[(String, f64)],
    places: Option<Vec<usize>>,
    rate: Rate,
) -> io::Result<Vec<Measure>> {
    let Some(places) = places else { return Ok(Vec::new()) };
    let by_group: Vec<Vec<f64>> =
        places.iter().map(|place| of_draws(sample, *place, rate)).collect::<io::Result<_>>()?;
    let mut groups: Vec<Group> = residents.iter().map(|(_, people)| Group { people: *people, rate: 0.0 }).collect();
    let gradients: Option<Vec<Gradient>> = (0..sample.draws)
        .map(|draw| {
            for (group, draws) in groups.iter_mut().zip(&by_group) {
                group.rate = if group.people > 0.0 { draws[draw] / group.people } else { 0.0 };
            }
            Gradient::of(&groups)
        })
        .collect();
    let Some(gradients) = gradients else { return Ok(Vec::new()) };
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
    let mut lap = Lap::begin(sample.watch());
    let mut found = vec![measure("slope-index", &told.1, &slope)];
    found.extend(relative.map(|draws| measure("relative-index", "ratio", &draws)));
    lap.end(Stage::Quantiles);
    Ok(found)
}

/// One number for each draw of a series.
fn of_draws(sample: &Sample<'_>, place: usize, rate: Rate) -> io::Result<Vec<f64>> {
    match (rate, sample.years(place)) {
        (Rate::AllYears, _) => sample.totals(place, None),
        (Rate::LastYear, 0) => Ok(vec![0.0; sample.draws]),
        (Rate::LastYear, years) => {
            let mut numbers = Vec::new();
            sample.read_years(place, years - 1..years, &mut numbers)?;
            Ok(numbers)
        }
    }
}

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
use crate::appraisal::statistic::Statistic;
use crate::equity::gradient::{Gradient, Group};
use crate::scenario::{Accounts, LedgerKind};
use engine::diagnostic::Diagnostics;
use engine::ensemble::{Lap, Stage};
use engine::structure::Structure;

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
    let mut found: Vec<Vec<Measure>> = works
        .into_par_iter()
        .map(|(strategy, told, places, rate)| indices(strategy, told, sample, residents, places, rate))
        .collect::<io::Result<_>>()?;
    let lost = chart.ledgers.iter().find(|entry| entry.kind == Some(LedgerKind::DisplacedQalys));
    if let (Some(gained), Some(lost)) = (health, lost) {
        for strategy in 0..terms.strategies {
            found.push(net_health(plans, strategy, (gained, &lost.id), sample, residents)?);
        }
    }
    Ok(found.into_iter().flatten().collect())
}

/// Health gained less health displaced, draw by draw: together, by group for a thousand residents, its slope index, and how
/// likely it is that there is more health and that the gap narrows (the equity-impact plane of Cookson and others 2017).
fn net_health(
    plans: &[Plan],
    strategy: usize,
    (gained, lost): (&str, &str),
    sample: &Sample<'_>,
    residents: &[(String, f64)],
) -> io::Result<Vec<Measure>> {
    let of = |outcome: &str, comparator: Comparator| {
        places_of(plans, strategy, comparator, residents, &|group| (outcome.to_owned(), group.to_owned()))
    };
    let (Some(gained), Some(lost)) = (of(gained, Comparator::Twin), of(lost, Comparator::Financing)) else {
        return Ok(Vec::new());
    };
    let totals = |places: &[usize]| -> io::Result<Vec<Vec<f64>>> {
        places.iter().map(|place| sample.totals(*place, None)).collect()
    };
    let (gained, lost) = (totals(&gained)?, totals(&lost)?);
    let per_draw: Vec<Vec<(f64, f64)>> = (0..sample.draws)
        .map(|draw| gained.iter().zip(&lost).map(|(up, down)| (up[draw], down[draw])).collect())
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
    let summary = |draws: Vec<f64>| sample.summary(&draws).rows().to_vec();
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
            let estimates = vec![(Statistic::Probability, sample.probability(here))];
            found.push(measure(both, "equity-impact", name, "probability", estimates));
        }
        found.push(measure(both, "slope-index", "net-qalys", "QALY per resident", summary(slopes)));
    }
    found.push(measure(both, "net-qalys", "", "QALY", summary(totals)));
    Ok(found)
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
        estimates: sample.summary(draws).rows().to_vec(),
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

//! From the draws of every series to findings: summaries, payback, present values, cost per QALY.

use std::io;

use rayon::prelude::*;

use crate::scenario::Perspective;
use engine::ensemble::{Lap, Stage};

use super::evaluation::Evaluation;
use super::findings::{MeasureFinding, Payback, Series};
use super::key::PriceBase;
use super::measure::{Measure, catalogue, payback};
use super::payback::spends;
use super::sample::Sample;
use super::series::{SeriesDefinition, Terms};
use super::statistic::{Estimate, Statistic, Summariser};

/// Summaries of all series, year by year. Ledgers in base-year money are told in the money of each year as well: prices are
/// the same in every draw, so the summaries are multiplied by the level of prices and nothing is stored twice.
///
/// # Errors
/// The sample cannot be read any more.
pub fn series(definitions: &[SeriesDefinition], terms: &Terms, sample: &Sample<'_>) -> io::Result<Vec<Series>> {
    let summaries = |room: &mut (Vec<f64>, Summariser), (index, definition): (usize, &SeriesDefinition)| {
        let (numbers, summariser) = room;
        sample.read(index, numbers)?;
        let mut lap = Lap::begin(sample.watch());
        // Without a draw every year is there, and is no number: whoever reads a series may count on its years.
        let years = match sample.draws {
            0 => vec![sample.summary(&[]); definition.years(terms)],
            _ => sample.summaries(numbers, summariser),
        };
        lap.end(Stage::Quantiles);
        Ok(Series { key: definition.key.clone(), years, base: definition.base })
    };
    let mut series: Vec<Series> = definitions
        .par_iter()
        .enumerate()
        .map_init(|| (Vec::new(), Summariser::default()), summaries)
        .collect::<io::Result<_>>()?;
    let nominal: Vec<Series> = series
        .iter()
        .zip(definitions)
        .filter_map(|(one, definition)| in_the_money_of_the_year(one, definition, terms))
        .collect();
    series.extend(nominal);
    series.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(series)
}

fn in_the_money_of_the_year(series: &Series, definition: &SeriesDefinition, terms: &Terms) -> Option<Series> {
    if !definition.is_ledger() || series.key.price_base != PriceBase::Real {
        return None;
    }
    let mut key = series.key.clone();
    key.price_base = PriceBase::Nominal;
    let before = series.base.then_some(&terms.price_level_before);
    let levels = before.into_iter().chain(&terms.price_level);
    let years = series.years.iter().zip(levels).map(|(year, level)| year.times(*level)).collect();
    Some(Series { key, years, base: series.base })
}

/// Payback of every strategy from every perspective.
///
/// # Errors
/// The sample cannot be read any more.
pub fn paybacks(of: &Evaluation<'_>) -> io::Result<Vec<Payback>> {
    let Evaluation { sample, terms, .. } = *of;
    let all = (0..terms.strategies).flat_map(|strategy| of.chart.perspectives.iter().map(move |one| (strategy, one)));
    let all: Vec<(usize, &Perspective, Measure)> =
        all.filter_map(|(strategy, one)| Some((strategy, one, payback::year(&of.subject(strategy), one)?))).collect();
    let payback = |(strategy, perspective, year): &(usize, &Perspective, Measure)| {
        let mut years = of.draws(year)?.unwrap_or_default();
        let mut lap = Lap::begin(sample.watch());
        let by_year =
            (1..=terms.horizon).map(|year| sample.probability(years.iter().map(|paid| *paid <= year as f64))).collect();
        let middle = years.len().saturating_sub(1) / 2;
        let median = match years.is_empty() {
            true => f64::INFINITY,
            false => *years.select_nth_unstable_by(middle, f64::total_cmp).1,
        };
        lap.end(Stage::Quantiles);
        let median_year = median.is_finite().then_some(median as usize);
        Ok(Payback { strategy: *strategy, perspective: perspective.id.clone(), by_year, median_year })
    };
    all.par_iter().map(payback).collect()
}

/// For each draw whether a strategy spends anything.
///
/// # Errors
/// The sample cannot be read any more.
pub fn spent(of: &Evaluation<'_>, strategy: usize) -> io::Result<Vec<bool>> {
    let subject = of.subject(strategy);
    let ledgers = payback::spending(&subject).filter_map(|key| of.series.index(key)).map(|index| {
        let mut numbers = Vec::new();
        of.sample.read(index, &mut numbers)?;
        Ok(numbers)
    });
    let ledgers: Vec<Vec<f64>> = ledgers.collect::<io::Result<_>>()?;
    Ok(spends(ledgers.iter().map(Vec::as_slice), of.sample.draws))
}

/// Single numbers of every strategy: all of the catalogue that findings tell.
///
/// # Errors
/// The sample cannot be read any more.
pub fn measures(of: &Evaluation<'_>) -> io::Result<Vec<MeasureFinding>> {
    let all = (0..of.terms.strategies).flat_map(|strategy| catalogue(&of.subject(strategy)));
    let all: Vec<Measure> = all.filter(|measure| measure.reported).collect();
    // Those of the same series one after the other, so that these are read once.
    let together: Vec<&[Measure]> = all.chunk_by(|one, next| one.needs == next.needs).collect();
    let findings = |measures: &&[Measure]| {
        let Some(series) = of.read(&measures[0])? else { return Ok(Vec::new()) };
        let mut lap = Lap::begin(of.sample.watch());
        let found = measures.iter().filter_map(|measure| Some(finding(measure, of.estimates(measure, &series)?)));
        let found: Vec<MeasureFinding> = found.collect();
        lap.end(Stage::Quantiles);
        Ok(found)
    };
    let found: Vec<Vec<MeasureFinding>> = together.par_iter().map(findings).collect::<io::Result<_>>()?;
    Ok(found.into_iter().flatten().collect())
}

fn finding(measure: &Measure, estimates: Vec<(Statistic, Estimate)>) -> MeasureFinding {
    let Measure { key, unit, price_base, .. } = measure;
    MeasureFinding {
        strategy: key.strategy,
        comparator: key.comparator,
        outcome: key.outcome.clone(),
        group: key.group.clone(),
        unit: unit.clone(),
        price_base: *price_base,
        estimates,
    }
}

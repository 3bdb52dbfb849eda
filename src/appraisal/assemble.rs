//! From the draws of every series to findings: summaries, payback, present values, cost per QALY.

use std::io;

use rayon::prelude::*;

use crate::scenario::{LedgerKind, Perspective};
use engine::ensemble::{Lap, Stage};

use super::chart::Chart;
use super::findings::{Comparator, Measure, Payback, PriceBase, Series, SeriesKey};
use super::payback::{payback_years, spends, troughs};
use super::reckoning::{PRESENT, Plan, Terms, present_groups, price_base};
use super::sample::{Sample, sums};
use super::statistic::{Estimate, Statistic, Summariser, mean};

/// Summaries of all series, year by year. Ledgers in base-year money are told in the money of each year as well: prices are
/// the same in every draw, so the summaries are multiplied by the level of prices and nothing is stored twice.
///
/// # Errors
/// The sample cannot be read any more.
pub fn series(plans: &[Plan], terms: &Terms, sample: &Sample<'_>) -> io::Result<Vec<Series>> {
    let summaries = |room: &mut (Vec<f64>, Summariser), (place, plan): (usize, &Plan)| {
        let (numbers, summariser) = room;
        sample.read(place, numbers)?;
        let mut lap = Lap::begin(sample.watch());
        // Without a draw every year is there, and is no number: whoever reads a series may count on its years.
        let years = match sample.draws {
            0 => vec![sample.summary(&[]); plan.years(terms)],
            _ => sample.summaries(numbers, summariser),
        };
        lap.end(Stage::Quantiles);
        Ok(Series { key: plan.key.clone(), years, base: plan.base })
    };
    let mut series: Vec<Series> = plans
        .par_iter()
        .enumerate()
        .map_init(|| (Vec::new(), Summariser::default()), summaries)
        .collect::<io::Result<_>>()?;
    let nominal: Vec<Series> =
        series.iter().zip(plans).filter_map(|(one, plan)| in_the_money_of_the_year(one, plan, terms)).collect();
    series.extend(nominal);
    series.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(series)
}

fn in_the_money_of_the_year(series: &Series, plan: &Plan, terms: &Terms) -> Option<Series> {
    if !plan.is_ledger() || series.base || series.key.price_base != PriceBase::Real {
        return None;
    }
    let mut key = series.key.clone();
    key.price_base = PriceBase::Nominal;
    let years = series.years.iter().zip(&terms.price_level).map(|(year, level)| year.times(*level)).collect();
    Some(Series { key, years, base: false })
}

/// Payback of every strategy from every perspective.
///
/// # Errors
/// The sample cannot be read any more.
pub fn payback(plans: &[Plan], chart: &Chart, terms: &Terms, sample: &Sample<'_>) -> io::Result<Vec<Payback>> {
    let spent: Vec<Vec<bool>> =
        (0..terms.strategies).map(|one| spent(plans, chart, one, sample)).collect::<io::Result<_>>()?;
    let all = (0..terms.strategies).flat_map(|strategy| chart.perspectives.iter().map(move |one| (strategy, one)));
    let told: Vec<(usize, usize, &Perspective)> =
        all.filter_map(|(strategy, one)| Some((net_of(plans, strategy, one)?, strategy, one))).collect();
    let of = |(net, strategy, perspective): &(usize, usize, &Perspective)| {
        let mut numbers = Vec::new();
        sample.read(*net, &mut numbers)?;
        let mut lap = Lap::begin(sample.watch());
        let years = payback_years(&numbers, &spent[*strategy]);
        let by_year = (1..=terms.horizon)
            .map(|year| sample.probability(years.iter().map(|paid| paid.is_some_and(|paid| paid <= year))))
            .collect();
        let mut order: Vec<usize> = years.iter().map(|paid| paid.unwrap_or(usize::MAX)).collect();
        let middle = order.len().saturating_sub(1) / 2;
        let median = if order.is_empty() { None } else { Some(*order.select_nth_unstable(middle).1) };
        lap.end(Stage::Quantiles);
        let median_year = median.filter(|year| *year != usize::MAX);
        Ok(Payback { strategy: *strategy, perspective: perspective.id.clone(), by_year, median_year })
    };
    told.par_iter().map(of).collect()
}

/// For each draw whether a strategy spends anything.
///
/// # Errors
/// The sample cannot be read any more.
pub fn spent(plans: &[Plan], chart: &Chart, strategy: usize, sample: &Sample<'_>) -> io::Result<Vec<bool>> {
    let spending = plans.iter().enumerate().filter(|(_, plan)| is_spending(&plan.key, chart, strategy));
    let ledgers = spending.map(|(place, _)| {
        let mut numbers = Vec::new();
        sample.read(place, &mut numbers)?;
        Ok(numbers)
    });
    let ledgers: Vec<Vec<f64>> = ledgers.collect::<io::Result<_>>()?;
    Ok(spends(ledgers.iter().map(Vec::as_slice), sample.draws))
}

/// Whether a series is what a strategy spends, all payers and programmes together.
pub fn is_spending(key: &SeriesKey, chart: &Chart, strategy: usize) -> bool {
    let level = key.comparator == Comparator::Level && key.group.is_empty() && key.payer.is_empty();
    let ledger = || chart.ledger(&key.outcome).and_then(|entry| entry.kind);
    key.strategy == Some(strategy) && level && ledger() == Some(LedgerKind::Spend)
}

/// The place of a strategy's yearly net position from a perspective.
pub(super) fn net_of(plans: &[Plan], strategy: usize, perspective: &Perspective) -> Option<usize> {
    plans.iter().position(|plan| {
        plan.key.strategy == Some(strategy) && plan.key.outcome == "net" && plan.key.group == perspective.id
    })
}

/// Works out some measures from a sample.
type Work<'a> = Box<dyn Fn() -> io::Result<Vec<Measure>> + Send + Sync + 'a>;

/// Single numbers of every strategy.
///
/// # Errors
/// The sample cannot be read any more.
pub fn measures(plans: &[Plan], chart: &Chart, terms: &Terms, sample: &Sample<'_>) -> io::Result<Vec<Measure>> {
    let mut works: Vec<Work<'_>> = Vec::new();
    for strategy in 0..terms.strategies {
        for perspective in &chart.perspectives {
            if let Some(net) = net_of(plans, strategy, perspective) {
                works.push(Box::new(move || net_measures(net, strategy, perspective, sample)));
            }
            present_values(&mut works, plans, terms, strategy, perspective, sample);
        }
        totals(&mut works, plans, chart, terms, strategy, sample);
        works.push(Box::new(move || net_cost(plans, chart, terms, strategy, sample)));
    }
    let found: Vec<Vec<Measure>> = works.par_iter().map(|work| work()).collect::<io::Result<_>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// The estimates of a number that each draw has.
fn estimates(draws: &[f64], sample: &Sample<'_>) -> Vec<(Statistic, Estimate)> {
    let mut lap = Lap::begin(sample.watch());
    let rows = sample.summary(draws).rows().to_vec();
    lap.end(Stage::Quantiles);
    rows
}

/// A measure; `told` is its unit and the money it is in.
fn measure(
    strategy: usize,
    comparator: Comparator,
    outcome: &str,
    group: &str,
    told: (&str, PriceBase),
    estimates: Vec<(Statistic, Estimate)>,
) -> Measure {
    Measure {
        strategy,
        comparator,
        outcome: outcome.to_owned(),
        group: group.to_owned(),
        unit: told.0.to_owned(),
        price_base: told.1,
        estimates,
    }
}

fn net_measures(
    net: usize,
    strategy: usize,
    perspective: &Perspective,
    sample: &Sample<'_>,
) -> io::Result<Vec<Measure>> {
    let pounds = ("GBP", price_base(perspective));
    let (twin, id) = (Comparator::Twin, perspective.id.as_str());
    let mut numbers = Vec::new();
    sample.read(net, &mut numbers)?;
    let sums = sums(&numbers, sample.draws, None);
    let troughs = troughs(&numbers, sample.draws);
    let depths: Vec<f64> = troughs.iter().map(|trough| trough.depth).collect();
    let lengths: Vec<f64> = troughs.iter().map(|trough| trough.length as f64).collect();
    let of = |outcome, told, draws: &[f64]| measure(strategy, twin, outcome, id, told, estimates(draws, sample));
    Ok(vec![
        of("net-at-horizon", pounds, &sums),
        of("trough-depth", pounds, &depths),
        of("trough-length", ("years", PriceBase::None), &lengths),
    ])
}

/// Net present values in base-year money: at the leading value of a QALY, and beside it at each other.
fn present_values<'a>(
    works: &mut Vec<Work<'a>>,
    plans: &'a [Plan],
    terms: &Terms,
    strategy: usize,
    perspective: &Perspective,
    sample: &'a Sample<'_>,
) {
    for (group, _) in present_groups(perspective, terms) {
        let place = plans.iter().position(|plan| {
            plan.key.strategy == Some(strategy) && plan.key.outcome == PRESENT && plan.key.group == group
        });
        let Some(place) = place else { continue };
        works.push(Box::new(move || {
            let rows = estimates(&sample.totals(place, None)?, sample);
            let told = ("GBP", PriceBase::Real);
            Ok(vec![measure(strategy, Comparator::Twin, "net-present-value", &group, told, rows)])
        }));
    }
}

/// Totals over the horizon of every ledger that is kept in base-year prices or is no money, and the same discounted where
/// the number is health.
fn totals<'a>(
    works: &mut Vec<Work<'a>>,
    plans: &'a [Plan],
    chart: &Chart,
    terms: &'a Terms,
    strategy: usize,
    sample: &'a Sample<'_>,
) {
    for (place, plan) in plans.iter().enumerate() {
        let key = &plan.key;
        if key.strategy != Some(strategy) {
            continue;
        }
        let flow = chart.ledger(&key.outcome).is_some_and(|entry| entry.measure != crate::scenario::Measure::Stock);
        if !flow || !key.payer.is_empty() {
            continue;
        }
        works.push(Box::new(move || {
            let told = (key.unit.as_str(), key.price_base);
            let rows = estimates(&sample.totals(place, None)?, sample);
            let outcome = format!("total-{}", key.outcome);
            let mut found = vec![measure(strategy, key.comparator, &outcome, &key.group, told, rows)];
            if key.unit == "QALY" && key.group.is_empty() {
                let rows = estimates(&sample.totals(place, Some(&terms.health_factors))?, sample);
                let outcome = format!("discounted-{}", key.outcome);
                found.push(measure(strategy, key.comparator, &outcome, "", told, rows));
            }
            Ok(found)
        }));
    }
}

/// What a strategy costs in money, net, from the perspective that counts QALYs, and the same for each QALY gained.
///
/// The net cost is the perspective's own net present value without the health in it: what is spent, less what services save,
/// less the capacity released where the perspective counts it as a gain. So society is repaid exactly where a QALY is worth
/// at least this ratio. It is a ratio of means, both discounted, and its error that of a ratio (delta method). Below zero
/// it does not say which of its halves is, and is left out: the net cost and the QALYs stand beside it.
fn net_cost(
    plans: &[Plan],
    chart: &Chart,
    terms: &Terms,
    strategy: usize,
    sample: &Sample<'_>,
) -> io::Result<Vec<Measure>> {
    let twin = |outcome: &str, group: &str| {
        plans.iter().position(|plan| {
            let key = &plan.key;
            key.strategy == Some(strategy)
                && key.outcome == outcome
                && key.comparator == Comparator::Twin
                && key.group == group
                && key.payer.is_empty()
        })
    };
    let Some(social) = chart.perspectives.iter().find(|perspective| !perspective.qalys.is_empty()) else {
        return Ok(Vec::new());
    };
    let gained: Option<Vec<usize>> = social.qalys.iter().map(|id| twin(id, "")).collect();
    let (Some(present), Some(gained)) = (twin(PRESENT, &social.id), gained) else { return Ok(Vec::new()) };
    let mut health = vec![0.0; sample.draws];
    for plan in gained {
        let more = sample.totals(plan, Some(&terms.health_factors))?;
        health.iter_mut().zip(more).for_each(|(health, more)| *health += more);
    }
    let worth = terms.qaly_values.first().copied().unwrap_or(0.0);
    let present = sample.totals(present, None)?;
    let cost: Vec<f64> = health.iter().zip(present).map(|(health, present)| worth * health - present).collect();
    let of =
        |outcome, unit, rows| measure(strategy, Comparator::Twin, outcome, &social.id, (unit, PriceBase::Real), rows);
    let mut found = vec![of("net-cost", "GBP", estimates(&cost, sample))];
    let (mean_cost, mean_health) = (mean(&cost).value, mean(&health).value);
    let ratio = mean_cost / mean_health;
    if ratio.is_finite() && ratio >= 0.0 && mean_health > 0.0 {
        let residuals: Vec<f64> = cost.iter().zip(&health).map(|(cost, health)| cost - ratio * health).collect();
        let error = sample.mean_error(&residuals) / mean_health;
        let told = vec![(Statistic::Mean, Estimate { value: ratio, error })];
        found.push(of("cost-per-qaly", "GBP per QALY", told));
    }
    Ok(found)
}

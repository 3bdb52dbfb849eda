//! From the draws of every series to findings: summaries, payback, present values, cost per QALY.

use rayon::prelude::*;

use crate::scenario::Perspective;

use super::chart::Chart;
use super::findings::{Comparator, Measure, Payback, PriceBase, Series};
use super::payback::{payback_year, trough};
use super::reckoning::{PRESENT, Plan, Terms, present_groups, price_base};
use super::statistic::{Estimate, Statistic, mean, probability, summarise};

/// A block of draws: whether each is sound, and their numbers by plan.
pub type Block = (Vec<bool>, Vec<Vec<f64>>);

/// The draws of every series of a study: `values[plan][year * draws + draw]`.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// Draws kept.
    pub draws: usize,
    /// For each plan its numbers, year by year.
    pub values: Vec<Vec<f64>>,
}

impl Sample {
    /// Puts blocks together in order, leaving out the draws that are not sound. Each block is its number of draws, whether
    /// each is sound, and its numbers by plan.
    pub fn gather(mut blocks: Vec<Block>) -> Self {
        let draws: usize = blocks.iter().map(|(sound, _)| sound.iter().filter(|s| **s).count()).sum();
        let plans = blocks.first().map_or(0, |(_, values)| values.len());
        let mut values: Vec<Vec<f64>> = Vec::with_capacity(plans);
        for plan in 0..plans {
            let years = blocks.first().map_or(0, |(sound, numbers)| numbers[plan].len() / sound.len().max(1));
            let mut whole = Vec::with_capacity(years * draws);
            for year in 0..years {
                for (sound, numbers) in &blocks {
                    let lanes = &numbers[plan][year * sound.len()..(year + 1) * sound.len()];
                    whole.extend(lanes.iter().zip(sound).filter(|(_, sound)| **sound).map(|(value, _)| *value));
                }
            }
            // The blocks give their numbers up as they are taken, so that memory holds the sample once, not twice.
            for (_, numbers) in &mut blocks {
                numbers[plan] = Vec::new();
            }
            values.push(whole);
        }
        Self { draws, values }
    }

    fn year(&self, plan: usize, year: usize) -> &[f64] {
        &self.values[plan][year * self.draws..(year + 1) * self.draws]
    }

    fn years(&self, plan: usize) -> usize {
        self.values[plan].len().checked_div(self.draws).unwrap_or(0)
    }

    /// The yearly numbers of one draw.
    pub fn path(&self, plan: usize, draw: usize) -> Vec<f64> {
        (0..self.years(plan)).map(|year| self.values[plan][year * self.draws + draw]).collect()
    }
}

/// Summaries of all series, year by year. Ledgers in base-year money are told in the money of each year as well: prices are
/// the same in every draw, so the summaries are multiplied by the level of prices and nothing is stored twice.
pub fn series(plans: &[Plan], terms: &Terms, sample: &Sample) -> Vec<Series> {
    let mut series: Vec<Series> = plans
        .par_iter()
        .enumerate()
        .map(|(place, plan)| Series {
            key: plan.key.clone(),
            years: (0..sample.years(place)).map(|year| summarise(sample.year(place, year))).collect(),
            base: plan.base,
        })
        .collect();
    let nominal: Vec<Series> =
        series.iter().zip(plans).filter_map(|(one, plan)| in_the_money_of_the_year(one, plan, terms)).collect();
    series.extend(nominal);
    series.sort_by(|a, b| a.key.cmp(&b.key));
    series
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
pub fn payback(plans: &[Plan], chart: &Chart, terms: &Terms, sample: &Sample) -> Vec<Payback> {
    let mut found = Vec::new();
    for strategy in 0..terms.strategies {
        for perspective in &chart.perspectives {
            let Some(net) = net_of(plans, strategy, perspective) else { continue };
            let years: Vec<Option<usize>> =
                (0..sample.draws).map(|draw| payback_year(&sample.path(net, draw))).collect();
            let by_year = (1..=terms.horizon)
                .map(|year| probability(years.iter().map(|paid| paid.is_some_and(|paid| paid <= year))))
                .collect();
            let mut order: Vec<usize> = years.iter().map(|paid| paid.unwrap_or(usize::MAX)).collect();
            order.sort_unstable();
            let median = order.get(order.len().saturating_sub(1) / 2).copied().filter(|year| *year != usize::MAX);
            found.push(Payback { strategy, perspective: perspective.id.clone(), by_year, median_year: median });
        }
    }
    found
}

/// The place of a strategy's yearly net position from a perspective.
fn net_of(plans: &[Plan], strategy: usize, perspective: &Perspective) -> Option<usize> {
    plans.iter().position(|plan| {
        plan.key.strategy == Some(strategy) && plan.key.outcome == "net" && plan.key.group == perspective.id
    })
}

/// Single numbers of every strategy.
pub fn measures(plans: &[Plan], chart: &Chart, terms: &Terms, sample: &Sample) -> Vec<Measure> {
    let mut measures = Vec::new();
    for strategy in 0..terms.strategies {
        for perspective in &chart.perspectives {
            net_measures(&mut measures, plans, strategy, perspective, sample);
            present_values(&mut measures, plans, terms, strategy, perspective, sample);
        }
        totals(&mut measures, plans, chart, terms, strategy, sample);
        cost_per_qaly(&mut measures, plans, chart, terms, strategy, sample);
    }
    measures
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
    measures: &mut Vec<Measure>,
    plans: &[Plan],
    strategy: usize,
    perspective: &Perspective,
    sample: &Sample,
) {
    let Some(net) = net_of(plans, strategy, perspective) else { return };
    let pounds = ("GBP", price_base(perspective));
    let (twin, id) = (Comparator::Twin, perspective.id.as_str());
    let paths: Vec<Vec<f64>> = (0..sample.draws).map(|draw| sample.path(net, draw)).collect();
    let of = |number: &dyn Fn(&[f64]) -> f64| {
        let draws: Vec<f64> = paths.iter().map(|path| number(path)).collect();
        summarise(&draws).rows().to_vec()
    };
    let sum = of(&|path| path.iter().sum());
    measures.push(measure(strategy, twin, "net-at-horizon", id, pounds, sum));
    let depth = of(&|path| trough(path).depth);
    measures.push(measure(strategy, twin, "trough-depth", id, pounds, depth));
    let length = of(&|path| trough(path).length as f64);
    measures.push(measure(strategy, twin, "trough-length", id, ("years", PriceBase::None), length));
}

/// Net present values in base-year money: at the leading value of a QALY, and beside it at each other.
fn present_values(
    measures: &mut Vec<Measure>,
    plans: &[Plan],
    terms: &Terms,
    strategy: usize,
    perspective: &Perspective,
    sample: &Sample,
) {
    for (group, _) in present_groups(perspective, terms) {
        let place = plans.iter().position(|plan| {
            plan.key.strategy == Some(strategy) && plan.key.outcome == PRESENT && plan.key.group == group
        });
        let Some(place) = place else { continue };
        let draws: Vec<f64> = (0..sample.draws).map(|draw| sample.path(place, draw).iter().sum()).collect();
        let rows = summarise(&draws).rows().to_vec();
        let told = ("GBP", PriceBase::Real);
        measures.push(measure(strategy, Comparator::Twin, "net-present-value", &group, told, rows));
    }
}

/// Totals over the horizon of every ledger that is kept in base-year prices or is no money, and the same discounted where
/// the number is health.
fn totals(measures: &mut Vec<Measure>, plans: &[Plan], chart: &Chart, terms: &Terms, strategy: usize, sample: &Sample) {
    for (place, plan) in plans.iter().enumerate() {
        let key = &plan.key;
        let flow = chart.ledger(&key.outcome).is_some_and(|entry| entry.measure != crate::scenario::Measure::Stock);
        if key.strategy != Some(strategy) || !flow || !key.payer.is_empty() {
            continue;
        }
        let told = (key.unit.as_str(), key.price_base);
        let draws: Vec<f64> = (0..sample.draws).map(|draw| sample.path(place, draw).iter().sum()).collect();
        let rows = summarise(&draws).rows().to_vec();
        let outcome = format!("total-{}", key.outcome);
        measures.push(measure(
            strategy,
            key.comparator,
            &outcome,
            &key.group,
            (key.unit.as_str(), key.price_base),
            rows,
        ));
        if key.unit == "QALY" && key.group.is_empty() {
            let draws: Vec<f64> = (0..sample.draws)
                .map(|draw| sample.path(place, draw).iter().zip(&terms.health_factors).map(|(q, f)| q * f).sum())
                .collect();
            let rows = summarise(&draws).rows().to_vec();
            let outcome = format!("discounted-{}", key.outcome);
            measures.push(measure(strategy, key.comparator, &outcome, "", told, rows));
        }
    }
}

/// Cost per QALY, as the ratio of means: spending less what the payers of the perspective that counts QALYs save, over QALYs
/// gained, both discounted. The error is that of a ratio (delta method). A ratio below 0 says nothing and is left out: the net position
/// and the QALYs stand beside it.
fn cost_per_qaly(
    measures: &mut Vec<Measure>,
    plans: &[Plan],
    chart: &Chart,
    terms: &Terms,
    strategy: usize,
    sample: &Sample,
) {
    let named = |outcome: &str, comparator: Comparator, payer: &str| {
        plans.iter().position(|plan| {
            plan.key.strategy == Some(strategy)
                && plan.key.outcome == outcome
                && plan.key.comparator == comparator
                && plan.key.group.is_empty()
                && plan.key.payer.eq_ignore_ascii_case(payer)
        })
    };
    let Some(social) = chart.perspectives.iter().find(|perspective| !perspective.qalys.is_empty()) else { return };
    let Some(qalys) = social.qalys.first().and_then(|id| named(id, Comparator::Twin, "")) else { return };
    let total = |plan: usize, draw: usize, factors: &[f64]| -> f64 {
        sample.path(plan, draw).iter().zip(factors).map(|(value, factor)| value * factor).sum()
    };
    let health: Vec<f64> = (0..sample.draws).map(|draw| total(qalys, draw, &terms.health_factors)).collect();
    let mut cost = vec![0.0; sample.draws];
    for id in &social.costs {
        let Some(entry) = chart.ledger(id) else { continue };
        let comparator = match entry.kind {
            Some(crate::scenario::LedgerKind::Cost) => Comparator::Twin,
            _ => Comparator::Level,
        };
        let counted: Vec<usize> = if entry.by_payer && !social.payers.is_empty() {
            social.payers.iter().filter_map(|payer| named(id, comparator, &payer.value)).collect()
        } else {
            named(id, comparator, "").into_iter().collect()
        };
        for plan in counted {
            for (draw, cost) in cost.iter_mut().enumerate() {
                *cost += total(plan, draw, &terms.cost_factors);
            }
        }
    }
    let (mean_cost, mean_health) = (mean(&cost).value, mean(&health).value);
    let ratio = mean_cost / mean_health;
    if !(ratio.is_finite() && ratio >= 0.0 && mean_health > 0.0) {
        return;
    }
    let residuals: Vec<f64> = cost.iter().zip(&health).map(|(cost, health)| cost - ratio * health).collect();
    let error = mean(&residuals).error / mean_health;
    let estimates = vec![(Statistic::Mean, Estimate { value: ratio, error })];
    measures.push(measure(
        strategy,
        Comparator::Twin,
        "cost-per-qaly",
        "",
        ("GBP per QALY", PriceBase::Real),
        estimates,
    ));
}

//! Strategies against each other on what people decide by: which leads, by how much, and whether the draws can tell.
//!
//! Every strategy has the same draws, so each pair is compared draw by draw. One outcome is held at a time: a number for each
//! strategy and draw.

use std::io;

use serde::Serialize;

use crate::scenario::LedgerKind;
use engine::ensemble::{Lap, Stage};

use super::assemble::net_of;
use super::chart::Chart;
use super::findings::{Comparator, PriceBase};
use super::ranking::{Comparison, Decision, Pairing, decide_by, pairing};
use super::reckoning::{PRESENT, Plan, Terms, price_base};
use super::sample::Sample;
use super::statistic::Estimate;

/// The service that stands for emergency demand, whatever its case.
pub const EMERGENCY: &str = "emergency admissions";

/// An outcome, and all strategies compared on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranking {
    /// What, such as `net-at-horizon`.
    pub outcome: String,
    /// Of which perspective or service; empty for all.
    pub group: String,
    /// The plan year (from 1) it is of; `None` for the whole horizon.
    pub year: Option<usize>,
    /// In what.
    pub unit: String,
    /// In which money.
    pub price_base: PriceBase,
    /// Whether more of it is better.
    pub more_is_better: bool,
    /// The choice by this outcome. Where less is better, its differences are of what there is less.
    pub decision: Decision,
    /// Each pair once, the one that comes first in the scenario less the other; of very many strategies those with the leader.
    pub pairs: Vec<Pair>,
}

/// Two strategies on one outcome.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pair {
    /// Place of the one.
    pub strategy: usize,
    /// Place of the other.
    pub other: usize,
    /// The difference, the one less the other, in the unit of the outcome.
    pub comparison: Comparison,
    /// The share of draws in which the one is better; ties count half.
    pub better: Estimate,
    /// What sharing draws did; none where one of the two does not vary.
    pub pairing: Option<Pairing>,
}

impl Ranking {
    /// The strategy that comes next to the leader, and the leader against it.
    pub fn next(&self) -> Option<(usize, Comparison)> {
        let others = self.decision.against.iter().enumerate().filter_map(|(other, one)| Some((other, (*one)?)));
        others.reduce(|next, one| if one.1.difference < next.1.difference { one } else { next })
    }

    /// How many pairs the draws do not tell apart.
    pub fn unresolved(&self) -> usize {
        self.pairs.iter().filter(|pair| !pair.comparison.is_resolved()).count()
    }
}

/// The strategies ranked by the net position of the first perspective at the horizon, by the net present value and the QALYs of
/// the perspective that counts health, and by emergency demand in the last plan year, what happens of it and what of it finds
/// no service: by as many of them as the study keeps. Nothing with fewer than two strategies or draws.
///
/// # Errors
/// The sample cannot be read any more.
pub fn rankings(plans: &[Plan], chart: &Chart, terms: &Terms, sample: &Sample<'_>) -> io::Result<Vec<Ranking>> {
    let mut found = Vec::new();
    if terms.strategies < 2 || sample.draws < 2 {
        return Ok(found);
    }
    for wanted in wanted(plans, chart, terms) {
        let outcomes: Vec<Vec<f64>> =
            wanted.of.iter().map(|parts| numbers(parts, wanted.year, sample)).collect::<io::Result<_>>()?;
        let mut lap = Lap::begin(sample.watch());
        found.extend(ranked(wanted, outcomes, sample));
        lap.end(Stage::Quantiles);
    }
    Ok(found)
}

/// Series that are added up, each times a factor.
type Parts = Vec<(usize, f64)>;

/// An outcome to be compared.
struct Wanted {
    outcome: String,
    group: String,
    year: Option<usize>,
    unit: String,
    price_base: PriceBase,
    more_is_better: bool,
    /// Of each strategy the series it is made of.
    of: Vec<Parts>,
}

fn wanted(plans: &[Plan], chart: &Chart, terms: &Terms) -> Vec<Wanted> {
    let place = |strategy: usize, comparator: Comparator, outcome: &str, group: &str| {
        plans.iter().position(|plan| {
            let key = &plan.key;
            key.strategy == Some(strategy)
                && key.comparator == comparator
                && key.outcome == outcome
                && key.group == group
                && key.payer.is_empty()
        })
    };
    let each = |parts: &dyn Fn(usize) -> Option<Parts>| (0..terms.strategies).map(parts).collect::<Option<Vec<_>>>();
    let mut wanted = Vec::new();
    let mut add = |outcome: String, group: &str, (unit, price_base): (&str, PriceBase), year: Option<usize>, of| {
        let Some(of) = of else { return };
        let (group, unit, more_is_better) = (group.to_owned(), unit.to_owned(), year.is_none());
        wanted.push(Wanted { outcome, group, year, unit, price_base, more_is_better, of });
    };
    if let Some(cash) = chart.perspectives.first() {
        let of = each(&|strategy| Some(vec![(net_of(plans, strategy, cash)?, 1.0)]));
        add("net-at-horizon".to_owned(), &cash.id, ("GBP", price_base(cash)), None, of);
    }
    if let Some(social) = chart.perspectives.iter().find(|perspective| !perspective.qalys.is_empty()) {
        let of = each(&|strategy| Some(vec![(place(strategy, Comparator::Twin, PRESENT, &social.id)?, 1.0)]));
        add("net-present-value".to_owned(), &social.id, ("GBP", PriceBase::Real), None, of);
        let health = social.qalys.first().map_or("", String::as_str);
        let gained = |strategy| place(strategy, Comparator::Twin, health, "");
        let lost = chart.ledgers.iter().find(|entry| entry.kind == Some(LedgerKind::DisplacedQalys));
        let net = each(&|strategy| {
            let lost = place(strategy, Comparator::Financing, &lost?.id, "")?;
            Some(vec![(gained(strategy)?, 1.0), (lost, -1.0)])
        });
        let (name, of) = match net {
            Some(of) => ("net-qalys".to_owned(), Some(of)),
            None => (format!("total-{health}"), each(&|strategy| Some(vec![(gained(strategy)?, 1.0)]))),
        };
        add(name, "", ("QALY", PriceBase::None), None, of);
    }
    let emergency = chart.demand.iter().find(|entry| entry.id.eq_ignore_ascii_case(EMERGENCY));
    if let Some(service) = emergency.or(chart.demand.first()) {
        let of = each(&|strategy| Some(vec![(place(strategy, Comparator::Twin, "demand-change", &service.id)?, 1.0)]));
        let last = Some(terms.horizon);
        add("demand-change".to_owned(), &service.id, ("percent", PriceBase::None), last, of);
        // Need may fall and what happens not: strategies that are alike in the one can differ most in the other.
        let need = chart.needs.iter().find(|need| need.service == service.id);
        if let Some(happens) = need.and_then(|need| need.happens.as_ref()) {
            let change = happens.change();
            let of = each(&|strategy| Some(vec![(place(strategy, Comparator::Twin, &change, "")?, 1.0)]));
            add(change.clone(), "", ("percent", PriceBase::None), last, of);
        }
        if let Some(unmet) = need.and_then(|need| need.unmet.as_ref()) {
            let of = each(&|strategy| Some(vec![(place(strategy, Comparator::Twin, &unmet.ledger, "")?, 1.0)]));
            add(unmet.ledger.clone(), "", (&unmet.unit, PriceBase::None), last, of);
        }
    }
    wanted
}

/// For each draw the sum of the parts: of all years, or of the last.
fn numbers(parts: &Parts, year: Option<usize>, sample: &Sample<'_>) -> io::Result<Vec<f64>> {
    let mut sum = vec![0.0; sample.draws];
    let mut room = Vec::new();
    for (plan, factor) in parts {
        let years = sample.years(*plan);
        match year {
            Some(_) => sample.read_years(*plan, years.saturating_sub(1)..years, &mut room)?,
            None => room = sample.totals(*plan, None)?,
        }
        sum.iter_mut().zip(&room).for_each(|(sum, number)| *sum += factor * number);
    }
    Ok(sum)
}

/// Of more strategies than these each is set against the leader alone: two hundred have twenty thousand pairs.
const MOST_PAIRED: usize = 40;

fn ranked(wanted: Wanted, outcomes: Vec<Vec<f64>>, sample: &Sample<'_>) -> Option<Ranking> {
    let sign = if wanted.more_is_better { 1.0 } else { -1.0 };
    let merits: Vec<Vec<f64>> = outcomes.iter().map(|one| one.iter().map(|number| sign * number).collect()).collect();
    let decision = decide_by(&merits, &|differences| sample.compared(differences))?;
    let every = outcomes.len() <= MOST_PAIRED;
    let mut pairs = Vec::new();
    for strategy in 0..outcomes.len() {
        for other in strategy + 1..outcomes.len() {
            if !every && strategy != decision.leader && other != decision.leader {
                continue;
            }
            let (one, two) = (&outcomes[strategy], &outcomes[other]);
            let differences: Vec<f64> = one.iter().zip(two).map(|(one, two)| one - two).collect();
            let Some(comparison) = sample.compared(&differences) else { continue };
            let above = comparison.above;
            let better = if wanted.more_is_better { above } else { Estimate { value: 1.0 - above.value, ..above } };
            pairs.push(Pair { strategy, other, comparison, better, pairing: pairing(one, two) });
        }
    }
    let Wanted { outcome, group, year, unit, price_base, more_is_better, .. } = wanted;
    Some(Ranking { outcome, group, year, unit, price_base, more_is_better, decision, pairs })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{PriceBase, Sample, Wanted, ranked};
    use crate::appraisal::reckoning::Terms;
    use crate::appraisal::store::{InMemory, Store};
    use engine::ensemble::Unwatched;

    fn sample(draws: usize) -> Sample<'static> {
        let store = Store::new(draws as u64, 1, 1, &InMemory).unwrap();
        let none = Vec::new;
        let terms = Terms {
            horizon: 1,
            strategies: 3,
            price_level: none(),
            cost_factors: none(),
            health_factors: none(),
            qaly_values: none(),
        };
        Sample::new(store, vec![true; draws], &[], &terms, &Unwatched)
    }

    fn wanted(more_is_better: bool) -> Wanted {
        let (outcome, group, unit) = ("net".to_owned(), String::new(), "GBP".to_owned());
        let price_base = PriceBase::Real;
        Wanted { outcome, group, year: None, unit, price_base, more_is_better, of: Vec::new() }
    }

    /// Three strategies, of which the first two are the same and the third is always one more.
    fn outcomes() -> Vec<Vec<f64>> {
        let one = vec![1.0, 5.0, 2.0, 4.0];
        let more = one.iter().map(|number| number + 1.0).collect();
        vec![one.clone(), one, more]
    }

    #[test]
    fn a_strategy_is_not_told_from_itself_and_is_from_what_always_differs() {
        let found = ranked(wanted(true), outcomes(), &sample(4)).unwrap();
        let pairs: Vec<_> = found.pairs.iter().map(|pair| (pair.strategy, pair.other, pair.better.value)).collect();
        assert_eq!(pairs, [(0, 1, 0.5), (0, 2, 0.0), (1, 2, 0.0)]);
        let same = found.pairs[0].comparison;
        assert!(!same.is_resolved() && (same.low, same.difference, same.high) == (0.0, 0.0, 0.0));
        assert_eq!(found.pairs[1].comparison.difference, -1.0);
        assert!(found.pairs[1].comparison.is_resolved());
        let pairing = found.pairs[1].pairing.unwrap();
        assert!((pairing.correlation - 1.0).abs() < 1e-12 && pairing.variance_left.abs() < 1e-12);
        assert_eq!((found.decision.leader, found.unresolved(), found.next().unwrap().0), (2, 1, 0));
    }

    #[test]
    fn where_less_is_better_the_order_is_the_other_way_round() {
        let found = ranked(wanted(false), outcomes(), &sample(4)).unwrap();
        assert_eq!(found.pairs[1].better.value, 1.0);
        assert_eq!(found.pairs[1].comparison.difference, -1.0);
        let (next, ahead) = found.next().unwrap();
        assert_eq!((found.decision.leader, next, ahead.difference), (0, 1, 0.0));
    }
}

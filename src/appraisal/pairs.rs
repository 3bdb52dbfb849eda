//! Strategies against each other on what people decide by: which leads, by how much, and whether the draws can tell.
//!
//! Every strategy has the same draws, so each pair is compared draw by draw. One outcome is held at a time: a number for each
//! strategy and draw.

use std::borrow::Cow;
use std::io;

use serde::Serialize;

use crate::quantity::Unit;
use engine::ensemble::{Lap, Stage};

use super::evaluation::Evaluation;
use super::key::{Comparator, PriceBase};
use super::measure::{Direction, Measure, deciding};
use super::ranking::{Comparison, Decision, Pairing, decide_by, pairing};
use super::sample::Sample;
use super::statistic::Estimate;

/// An outcome, and all strategies compared on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranking {
    /// What, such as `net-at-horizon`.
    pub outcome: String,
    /// Of which perspective or service; empty for all.
    pub group: String,
    /// The plan year (from 1) it is of; `None` for the whole horizon.
    pub year: Option<usize>,
    /// What people call it.
    #[serde(skip)]
    pub name: String,
    /// In what.
    pub unit: Unit,
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
    /// Index of the one.
    pub strategy: usize,
    /// Index of the other.
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

/// The strategies ranked by each of the measures that people [decide by](deciding::measures), as far as all strategies have it.
/// Where a measure is of the difference from doing nothing, that is ranked too: its index is the number of strategies. Nothing
/// with fewer than two to compare, or draws.
///
/// # Errors
/// The sample cannot be read any more.
pub fn rankings(of: &Evaluation<'_>) -> io::Result<Vec<Ranking>> {
    let mut found = Vec::new();
    if of.terms.strategies == 0 || of.sample.draws < 2 {
        return Ok(found);
    }
    let by_strategy: Vec<Vec<Measure>> =
        (0..of.terms.strategies).map(|strategy| deciding::measures(&of.subject(strategy))).collect();
    for wanted in &by_strategy[0] {
        let same = |one: &&Measure| {
            (&one.key.outcome, &one.key.group, one.key.year)
                == (&wanted.key.outcome, &wanted.key.group, wanted.key.year)
        };
        let each = by_strategy.iter().map(|measures| match measures.iter().find(same) {
            Some(measure) => of.draws(measure),
            None => Ok(None),
        });
        let Some(mut outcomes) = each.collect::<io::Result<Option<Vec<Vec<f64>>>>>()? else { continue };
        // Doing nothing differs by nothing from itself, and so stands last among the strategies.
        if wanted.key.comparator == Comparator::DoNothing {
            let draws = outcomes.first().map_or(0, Vec::len);
            outcomes.push(vec![0.0; draws]);
        }
        let mut lap = Lap::begin(of.sample.watch());
        found.extend(ranked(wanted, outcomes, of.sample));
        lap.end(Stage::Quantiles);
    }
    Ok(found)
}

/// Of more strategies than these each is set against the leader alone: two hundred have twenty thousand pairs.
const MOST_PAIRED: usize = 40;

fn ranked(wanted: &Measure, outcomes: Vec<Vec<f64>>, sample: &Sample<'_>) -> Option<Ranking> {
    let more_is_better = match wanted.direction {
        Direction::More => true,
        Direction::Less => false,
        Direction::Neither => return None,
    };
    let merits: Cow<'_, [Vec<f64>]> = match more_is_better {
        true => Cow::Borrowed(&outcomes),
        false => outcomes.iter().map(|one| one.iter().map(|number| -number).collect()).collect(),
    };
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
            let better = if more_is_better { above } else { Estimate { value: 1.0 - above.value, ..above } };
            pairs.push(Pair { strategy, other, comparison, better, pairing: pairing(one, two) });
        }
    }
    Some(Ranking {
        outcome: wanted.key.outcome.clone(),
        group: wanted.key.group.clone(),
        year: wanted.key.year,
        name: wanted.name.clone(),
        unit: wanted.unit.clone(),
        price_base: wanted.price_base,
        more_is_better,
        decision,
        pairs,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Direction, Measure, PriceBase, Sample, Unit, ranked};
    use crate::appraisal::key::Comparator;
    use crate::appraisal::measure::reduction::Reduction;
    use crate::appraisal::measure::{MeasureKey, Telling};
    use crate::appraisal::series::Terms;
    use crate::appraisal::store::{InMemory, Store};
    use crate::scenario::Fairness;
    use engine::ensemble::Unwatched;

    fn sample(draws: usize) -> Sample<'static> {
        let store = Store::new(draws as u64, 1, 1, &InMemory).unwrap();
        let none = Vec::new;
        let terms = Terms {
            horizon: 1,
            strategies: 3,
            price_level: none(),
            price_level_before: 1.0,
            real_level: 1.0,
            cost_factors: none(),
            health_factors: none(),
            cost_to_come: 1.0,
            health_to_come: 1.0,
            qaly_values: none(),
            marginal_costs: none(),
            fairness: Fairness::default(),
        };
        Sample::new(store, vec![true; draws], &[], &terms, &Unwatched)
    }

    fn wanted(direction: Direction) -> Measure {
        Measure {
            key: MeasureKey {
                strategy: 0,
                comparator: Comparator::Twin,
                outcome: "net".to_owned(),
                group: String::new(),
                payer: String::new(),
                year: None,
            },
            name: String::new(),
            unit: Unit::Pounds,
            price_base: PriceBase::Real,
            direction,
            telling: Telling::Distribution,
            reported: true,
            needs: Vec::new(),
            reduction: Reduction::Total(0),
        }
    }

    /// Three strategies, of which the first two are the same and the third is always one more.
    fn outcomes() -> Vec<Vec<f64>> {
        let one = vec![1.0, 5.0, 2.0, 4.0];
        let more = one.iter().map(|number| number + 1.0).collect();
        vec![one.clone(), one, more]
    }

    #[test]
    fn a_strategy_is_not_told_from_itself_and_is_from_what_always_differs() {
        let found = ranked(&wanted(Direction::More), outcomes(), &sample(4)).unwrap();
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
        let found = ranked(&wanted(Direction::Less), outcomes(), &sample(4)).unwrap();
        assert_eq!(found.pairs[1].better.value, 1.0);
        assert_eq!(found.pairs[1].comparison.difference, -1.0);
        let (next, ahead) = found.next().unwrap();
        assert_eq!((found.decision.leader, next, ahead.difference), (0, 1, 0.0));
        assert_eq!(ranked(&wanted(Direction::Neither), outcomes(), &sample(4)), None);
        // What is always more is never better.
        let turned = outcomes().into_iter().rev().collect();
        assert_eq!(ranked(&wanted(Direction::Less), turned, &sample(4)).unwrap().pairs[0].better.value, 0.0);
    }

    #[test]
    fn of_very_many_each_is_set_against_the_leader_alone() {
        // Of 41 the twentieth leads: those before it and those after it, once each.
        let outcomes = (0..41_i32).map(|one| (0..4).map(|draw| f64::from(draw - (one - 19).abs())).collect()).collect();
        let found = ranked(&wanted(Direction::More), outcomes, &sample(4)).unwrap();
        let pairs: Vec<_> = found.pairs.iter().map(|pair| (pair.strategy, pair.other)).collect();
        let expected: Vec<_> = (0..19).map(|one| (one, 19)).chain((20..41).map(|other| (19, other))).collect();
        assert_eq!((found.decision.leader, pairs, found.unresolved()), (19, expected, 0));
        let forty = (0..40_i32).map(|one| (0..4).map(|draw| f64::from(draw + one)).collect()).collect();
        assert_eq!(ranked(&wanted(Direction::More), forty, &sample(4)).unwrap().pairs.len(), 40 * 39 / 2);
    }
}

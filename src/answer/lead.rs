//! What is chosen once for all that is told: which strategies stand at the ends, who stops early.

use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::scenario::Role;
use crate::words;

use super::fact::{Fact, Under, value};

/// The strategies with the least and the greatest of some number, the first of equals; none where it is known of none.
pub fn span(strategies: usize, number: impl Fn(usize) -> f64) -> Option<(usize, usize)> {
    let known: Vec<usize> = (0..strategies).filter(|strategy| number(*strategy).is_finite()).collect();
    let least = known.iter().copied().min_by(|one, other| number(*one).total_cmp(&number(*other)))?;
    // `max_by` takes the last of equals; the first reads better.
    let most = known.iter().rev().copied().max_by(|one, other| number(*one).total_cmp(&number(*other)))?;
    Some((least, most))
}

/// The least and the greatest of what is found under each strategy; the greatest only where it is another's.
pub fn ends(strategies: usize, fact: impl Fn(usize) -> Option<Fact>) -> Option<(Under, Option<Under>)> {
    let facts: Vec<Option<Fact>> = (0..strategies).map(fact).collect();
    let (least, most) = span(strategies, |strategy| value(facts[strategy].as_ref()))?;
    let under = |strategy: usize| Some(Under { strategy, fact: facts[strategy].clone()? });
    Some((under(least)?, under(most).filter(|_| most != least)))
}

/// The strategy with the greatest of some amount, of those that are told alike the first: what differs beyond two figures is no
/// finding.
pub fn greatest_as_displayed(strategies: usize, amount: impl Fn(usize) -> f64) -> Option<usize> {
    let displayed: Vec<f64> =
        (0..strategies).map(|one| words::rounded(words::or_zero(amount(one), words::LEAST_POUNDS))).collect();
    let most = displayed.iter().copied().reduce(f64::max)?;
    displayed.iter().position(|one| *one == most)
}

/// Whether spending in the last year is less than a tenth of what it once was.
pub fn stops_early(findings: &Findings, strategy: usize) -> bool {
    let spending = findings
        .find(Some(strategy), Comparator::Level, findings.ledger(Role::Spending), "", "", PriceBase::Nominal)
        .map(|series| series.years.iter().map(|year| year.mean.value).collect::<Vec<_>>());
    spending.is_some_and(|years| {
        let peak = years.iter().copied().fold(0.0, f64::max);
        years.last().is_some_and(|last| *last < 0.1 * peak)
    })
}

//! Where the numbers of a picture stand in the tidy tables.

use crate::appraisal::findings::{Comparator, Findings, PriceBase, Series};
use crate::appraisal::measure::payback::PAYBACK_BY_YEAR;
use crate::appraisal::statistic::Statistic;

use super::super::figure::{Description, RowKey, Term};
use crate::answer::fact::strategy_id;

/// Every year of a series.
pub fn by_year(findings: &Findings, series: &Series) -> Vec<Vec<Term>> {
    (0..series.years.len()).map(|index| vec![Term::plus(row(findings, series, index))]).collect()
}

/// Medians of a series, year by year.
pub fn medians(findings: &Findings, series: &Series, name: &str) -> Description {
    Description::of(name, Statistic::Median, by_year(findings, series))
}

/// The last year of a series; nothing where there is none.
pub fn at_end(findings: &Findings, series: Option<&Series>) -> Vec<Term> {
    let last = series.and_then(|series| Some(row(findings, series, series.years.len().checked_sub(1)?)));
    last.map(Term::plus).into_iter().collect()
}

/// All years of a series together.
pub fn over_years(findings: &Findings, series: Option<&Series>) -> Vec<Term> {
    series.into_iter().flat_map(|series| by_year(findings, series)).flatten().collect()
}

/// The same taken away.
pub fn less(terms: Vec<Term>) -> Vec<Term> {
    terms.into_iter().map(|term| Term { sign: -term.sign, row: term.row }).collect()
}

/// A single number of a strategy.
pub fn of_measure(
    findings: &Findings,
    strategy: usize,
    comparator: Comparator,
    outcome: &str,
    group: &str,
) -> Vec<Term> {
    let measure = findings.measure(strategy, comparator, outcome, group).into_iter();
    measure
        .map(|measure| {
            Term::plus(RowKey {
                place: findings.place_id.clone(),
                strategy: strategy_id(findings, Some(strategy)).to_owned(),
                comparator,
                outcome: outcome.to_owned(),
                group: group.to_owned(),
                payer: String::new(),
                year: String::new(),
                price_base: measure.price_base,
            })
        })
        .collect()
}

/// The share of draws that have paid back by the end of a plan year.
pub fn paid_back(findings: &Findings, strategy: usize, perspective: &str, year: usize) -> Vec<Term> {
    vec![Term::plus(RowKey {
        place: findings.place_id.clone(),
        strategy: strategy_id(findings, Some(strategy)).to_owned(),
        comparator: Comparator::Twin,
        outcome: PAYBACK_BY_YEAR.to_owned(),
        group: perspective.to_owned(),
        payer: String::new(),
        year: findings.year_label(year),
        price_base: PriceBase::None,
    })]
}

fn row(findings: &Findings, series: &Series, index: usize) -> RowKey {
    let key = &series.key;
    RowKey {
        place: findings.place_id.clone(),
        strategy: strategy_id(findings, key.strategy).to_owned(),
        comparator: key.comparator,
        outcome: key.outcome.clone(),
        group: key.group.clone(),
        payer: key.payer.clone(),
        year: findings.year_label(index + usize::from(!series.base)),
        price_base: key.price_base,
    }
}

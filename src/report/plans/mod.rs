//! Plans of several studies side by side, year by year, and each against the first.
//!
//! A plan is a strategy of a scenario that was run here, or of a folder of results. Both are read from the tables of results,
//! so that a number is the same wherever it comes from.

mod differ;
mod line;
mod pairing;
mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::words;

pub use differ::{Difference, Drawn};
pub use line::{LineKey, is_compared};
pub use pairing::{Origin, unlike};
pub use read::{Found, TABLES, read, strategies};

pub(super) use differ::estimate;

use crate::appraisal::statistic::{Estimate, Statistic};

/// Statistics of a year, in the order of the result files.
pub type Estimates = Vec<(Statistic, Estimate)>;

/// A line of a plan: its estimates by the year's label, such as `2025/26`.
pub type Years = BTreeMap<String, Estimates>;

/// A strategy with what was found of it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What it is called: what was typed, a colon and the id of the strategy.
    pub label: String,
    /// The id of the strategy.
    pub strategy: String,
    /// The numbers.
    pub found: Found,
    /// What the numbers were made from; the same for all plans of one argument.
    pub origin: Arc<Origin>,
    /// Its draws, if it was run here.
    pub drawn: Option<Drawn>,
}

/// Plans side by side over the years that all of them have.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The plans, two at least; the others are set against the first.
    pub plans: Vec<Plan>,
    /// Labels of the years that all plans have, in their order.
    pub years: Vec<String>,
    /// The lines that any plan has, in the order in which they are told.
    pub lines: Vec<LineKey>,
    /// One for each plan after the first.
    pub differences: Vec<Difference>,
    /// The service that stands for demand as a whole in the first plan; empty if that is not known.
    pub lead: String,
    /// What must be known to read the numbers, in sentences.
    pub notes: Vec<String>,
}

impl Comparison {
    /// Sets plans side by side; `None` if they have no year in common.
    pub fn new(plans: Vec<Plan>) -> Option<Self> {
        let mut each = plans.iter().map(|plan| plan.found.years());
        let mut common: BTreeSet<String> = each.next()?;
        let mut same = true;
        for years in each {
            same &= years == common;
            common.retain(|year| years.contains(year));
        }
        let years: Vec<String> = common.into_iter().collect();
        let (first, last) = (years.first()?, years.last()?);
        let lines: BTreeSet<&LineKey> = plans.iter().flat_map(|plan| plan.found.lines.keys()).collect();
        let lines: Vec<LineKey> = lines.into_iter().cloned().collect();
        let mut notes = Vec::new();
        if !same {
            notes.push(format!(
                "The plans do not have the same years; only those of all are shown, {first} to {last}. Payback is judged \
                 at each plan's own horizon."
            ));
        }
        let reasons: Vec<Vec<String>> =
            plans.iter().skip(1).map(|plan| unlike(&plans[0].origin, &plan.origin)).collect();
        notes.extend(on_pairs(&reasons));
        let others = plans.iter().enumerate().skip(1).zip(&reasons);
        let differences = others
            .map(|((place, plan), reasons)| Difference::new(place, plan, &plans[0], reasons.is_empty(), &years))
            .collect();
        let lead = plans[0].found.lead.clone();
        Some(Self { plans, years, lines, differences, lead, notes })
    }
}

/// Which differences are paired, and why the others are not.
fn on_pairs(reasons: &[Vec<String>]) -> Vec<String> {
    let mut kinds: Vec<(&Vec<String>, Vec<String>)> = Vec::new();
    for (place, why) in reasons.iter().enumerate() {
        let number = (place + 2).to_string();
        match kinds.iter_mut().find(|(known, _)| *known == why) {
            Some((_, numbers)) => numbers.push(number),
            None => kinds.push((why, vec![number])),
        }
    }
    let wording = kinds.into_iter().map(|(why, numbers)| {
        let (which, are) = (words::list(&numbers), if numbers.len() == 1 { "is" } else { "are" });
        if why.is_empty() {
            return format!("{which} less 1 {are} paired: the same draws, each difference taken draw by draw.");
        }
        let why = why.join("; ");
        format!("{which} less 1 {are} not paired: {why}. Only the means are subtracted, and no error is known.")
    });
    wording.collect()
}

#[cfg(test)]
mod tests {
    use super::on_pairs;

    #[test]
    fn pairs_with_the_same_reasons_are_told_together() {
        let why = vec!["the draws differ: seed 1 against 2".to_owned()];
        let wording = on_pairs(&[why.clone(), Vec::new(), why]);
        assert_eq!(
            wording,
            [
                "2 and 4 less 1 are not paired: the draws differ: seed 1 against 2. Only the means are subtracted, and no \
                 error is known.",
                "3 less 1 is paired: the same draws, each difference taken draw by draw."
            ]
        );
    }
}

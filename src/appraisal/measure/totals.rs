//! Totals over the horizon of every ledger that counts what flows, and of health the same with later years counting for less.

use crate::quantity::Unit;
use crate::scenario::YearlyReading;

use super::super::key::SeriesKey;
use super::definition::{Measure, Needs};
use super::in_a_year;
use super::reduction::Reduction;
use super::subject::Subject;

/// What stands before a ledger's id in the outcome of its total.
pub const TOTAL: &str = "total-";
/// What stands before it in that of its discounted total.
pub const DISCOUNTED: &str = "discounted-";

/// The outcome of the total of a ledger.
pub fn total_outcome(ledger: &str) -> String {
    format!("{TOTAL}{ledger}")
}

/// The outcome of the discounted total of a ledger.
pub fn discounted_outcome(ledger: &str) -> String {
    format!("{DISCOUNTED}{ledger}")
}

pub(super) fn measures(subject: &Subject<'_>, key: &SeriesKey) -> Vec<Measure> {
    let flows = |id: &str| subject.chart.ledger(id).is_some_and(|entry| entry.reading != YearlyReading::Stock);
    if !flows(&key.outcome) {
        return Vec::new();
    }
    let mut found = vec![total(subject, key)];
    if key.unit == Unit::Qalys {
        let mut measure = of(subject, key, &discounted_outcome(&key.outcome), |series| {
            Reduction::Weighted(series, subject.terms.health_factors.clone())
        });
        measure.reported &= key.group.is_empty();
        found.push(measure);
    }
    found
}

/// The total of a ledger, of all years alike.
pub(super) fn total(subject: &Subject<'_>, key: &SeriesKey) -> Measure {
    of(subject, key, &total_outcome(&key.outcome), Reduction::Total)
}

/// A run tells a payer year by year; its totals are told to those who ask.
fn of(subject: &Subject<'_>, key: &SeriesKey, outcome: &str, reduction: impl Fn(usize) -> Reduction) -> Measure {
    let mut needs = Needs::default();
    let reduction = reduction(needs.index(key));
    let mut measure = Measure::new(subject, (key.comparator, outcome, &key.group), key.unit.clone(), needs, reduction);
    measure.key.payer.clone_from(&key.payer);
    measure.reported = key.payer.is_empty();
    measure.priced(key.price_base).better(in_a_year::direction(subject.chart, key))
}

//! Payback: the year from which a net position stays at or above zero, and how likely it is by the end of a year.

use crate::quantity::Unit;
use crate::scenario::{LedgerKind, Perspective};

use super::super::key::{Comparator, NET, SeriesKey};
use super::definition::{Direction, Measure, Needs, Telling};
use super::reduction::Reduction;
use super::subject::Subject;

/// The outcome of the chance to have paid back by the end of a plan year.
pub const PAYBACK_BY_YEAR: &str = "payback-by-year";
/// The short name by which the same is asked for.
pub const PAYBACK: &str = "payback";
/// The outcome of the payback year.
pub const PAYBACK_YEAR: &str = "payback-year";

/// The chance by the end of the last plan year.
pub(super) fn measures(subject: &Subject<'_>, perspective: &Perspective) -> Vec<Measure> {
    let horizon = subject.terms.horizon;
    let paid = of(subject, perspective, (PAYBACK_BY_YEAR, Unit::ShareOfDraws), |net, spending| Reduction::PaidBackBy {
        net,
        spending,
        year: horizon,
    });
    let by_year = |mut paid: Measure| {
        paid.key.year = Some(horizon);
        // Findings tell it year by year.
        Measure { telling: Telling::Chance, reported: false, direction: Direction::More, ..paid }
    };
    paid.map(by_year).into_iter().collect()
}

/// The payback year, infinite where it is not within the horizon.
pub fn year(subject: &Subject<'_>, perspective: &Perspective) -> Option<Measure> {
    let year = of(subject, perspective, (PAYBACK_YEAR, Unit::PlanYear), |net, spending| Reduction::PaybackYear {
        net,
        spending,
    });
    year.map(|year| year.better(Direction::Less))
}

fn of(
    subject: &Subject<'_>,
    perspective: &Perspective,
    (outcome, unit): (&str, Unit),
    reduction: impl Fn(usize, Vec<usize>) -> Reduction,
) -> Option<Measure> {
    let mut needs = Needs::default();
    let net = needs.index(subject.series(Comparator::Twin, NET, &perspective.id)?);
    let spending = spending(subject).map(|ledger| needs.index(ledger)).collect();
    let reduction = reduction(net, spending);
    Some(Measure::new(subject, (Comparator::Twin, outcome, &perspective.id), unit, needs, reduction))
}

/// What a strategy spends, ledger by ledger, all payers and programmes together.
pub fn spending<'s>(subject: &Subject<'s>) -> impl Iterator<Item = &'s SeriesKey> {
    let ledgers = subject.chart.ledgers.iter().filter(|entry| entry.kind == Some(LedgerKind::Spend));
    let subject = *subject;
    ledgers.filter_map(move |entry| subject.series(Comparator::Level, &entry.id, ""))
}

//! Worse before better: how far below zero the net position so far falls, and for how many years.

use crate::quantity::Unit;
use crate::scenario::Perspective;

use super::super::key::{Comparator, NET};
use super::definition::{Direction, Measure, Needs};
use super::reduction::Reduction;
use super::subject::Subject;

/// The outcome of the lowest net position so far, 0 if it never falls below.
pub const TROUGH_DEPTH: &str = "trough-depth";
/// The outcome of the number of years that end below 0.
pub const TROUGH_LENGTH: &str = "trough-length";

pub(super) fn measures(subject: &Subject<'_>, perspective: &Perspective) -> Vec<Measure> {
    let Some(net) = subject.series(Comparator::Twin, NET, &perspective.id) else { return Vec::new() };
    let of = |outcome, unit, reduction: fn(usize) -> Reduction| {
        let mut needs = Needs::default();
        let reduction = reduction(needs.index(net));
        Measure::new(subject, (Comparator::Twin, outcome, &perspective.id), unit, needs, reduction)
    };
    // A depth is an amount below zero, so that more of it is less deep.
    vec![
        of(TROUGH_DEPTH, Unit::Pounds, Reduction::TroughDepth).priced(net.price_base).better(Direction::More),
        of(TROUGH_LENGTH, Unit::Years, Reduction::TroughLength).better(Direction::Less),
    ]
}

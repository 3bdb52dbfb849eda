//! Net present value: the net position in base-year money, discounted, at the leading value of a QALY and at each other.

use crate::quantity::Unit;
use crate::scenario::Perspective;

use super::super::key::{Comparator, NET_PRESENT, PriceBase};
use super::super::series::present_groups;
use super::definition::{Direction, Measure, Needs};
use super::reduction::Reduction;
use super::subject::Subject;

/// The outcome.
pub const NET_PRESENT_VALUE: &str = "net-present-value";

pub(super) fn measures(subject: &Subject<'_>, perspective: &Perspective) -> Vec<Measure> {
    let groups = present_groups(perspective, subject.terms);
    groups.iter().filter_map(|(group, _)| of(subject, perspective, group)).collect()
}

/// The net present value at the leading value of a QALY.
pub(super) fn leading(subject: &Subject<'_>, perspective: &Perspective) -> Option<Measure> {
    of(subject, perspective, &perspective.id)
}

fn of(subject: &Subject<'_>, perspective: &Perspective, group: &str) -> Option<Measure> {
    let mut needs = Needs::default();
    let total = Reduction::Total(needs.index(subject.series(Comparator::Twin, NET_PRESENT, group)?));
    let measure = Measure::new(subject, (Comparator::Twin, NET_PRESENT_VALUE, group), Unit::Pounds, needs, total);
    let name = format!("{}, present value", perspective.name);
    Some(measure.named(name).priced(PriceBase::Real).better(Direction::More))
}

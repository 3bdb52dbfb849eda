//! The net position at the horizon: what a strategy gives back less what it takes, from a perspective, all years together.

use crate::quantity::Unit;
use crate::scenario::Perspective;

use super::super::key::{Comparator, NET};
use super::definition::{Direction, Measure, Needs};
use super::reduction::Reduction;
use super::subject::Subject;

/// The outcome.
pub const NET_AT_HORIZON: &str = "net-at-horizon";

pub(super) fn measures(subject: &Subject<'_>, perspective: &Perspective) -> Vec<Measure> {
    at_horizon(subject, perspective).into_iter().collect()
}

/// The net position at the horizon, in the money of the perspective.
pub(super) fn at_horizon(subject: &Subject<'_>, perspective: &Perspective) -> Option<Measure> {
    let net = subject.series(Comparator::Twin, NET, &perspective.id)?;
    let mut needs = Needs::default();
    let total = Reduction::Total(needs.index(net));
    let measure =
        Measure::new(subject, (Comparator::Twin, NET_AT_HORIZON, &perspective.id), Unit::Pounds, needs, total);
    let name = format!("{}, net", perspective.name);
    Some(measure.named(name).priced(net.price_base).better(Direction::More))
}

//! What a strategy costs in money, net, from the perspective that counts QALYs, and the same for each QALY gained.
//!
//! The net cost is the perspective's own net present value without the health in it: what is spent, less what services save,
//! less the capacity released where the perspective counts it as a gain. So society is repaid exactly where a QALY is worth
//! at least this ratio. It is a ratio of means, both discounted, and its error that of a ratio (delta method). Below zero
//! it does not say which of its halves is, and is left out: the net cost and the QALYs stand beside it.

use crate::quantity::Unit;
use crate::scenario::Perspective;

use super::super::key::{Comparator, NET_PRESENT, PriceBase};
use super::definition::{Direction, Measure, Needs, Telling};
use super::reduction::Reduction;
use super::subject::Subject;

/// The outcome of the net cost, without health.
pub const NET_COST: &str = "net-cost";
/// The outcome of the net cost for each QALY gained.
pub const COST_PER_QALY: &str = "cost-per-qaly";

pub(super) fn measures(subject: &Subject<'_>) -> Vec<Measure> {
    let Some(social) = subject.social() else { return Vec::new() };
    let of = |outcome, unit| {
        let mut needs = Needs::default();
        let (cost, health) = cost_and_health(subject, social, &mut needs)?;
        let measure = Measure::new(subject, (Comparator::Twin, outcome, &social.id), unit, needs, cost);
        Some((measure.priced(PriceBase::Real).better(Direction::Less), health))
    };
    let (Some((cost, _)), Some((ratio, health))) = (of(NET_COST, Unit::Pounds), of(COST_PER_QALY, Unit::PoundsPerQaly))
    else {
        return Vec::new();
    };
    vec![cost, Measure { telling: Telling::RatioOfMeans(health), ..ratio }]
}

/// The net cost of a perspective within the horizon, without health, and the health that it counts, both discounted.
pub(super) fn cost_and_health(
    subject: &Subject<'_>,
    social: &Perspective,
    needs: &mut Needs,
) -> Option<(Reduction, Reduction)> {
    let gained: Option<Vec<_>> = social.qalys.iter().map(|id| subject.series(Comparator::Twin, id, "")).collect();
    let (gained, present) = (gained?, subject.series(Comparator::Twin, NET_PRESENT, &social.id)?);
    let factors = &subject.terms.health_factors;
    let weighted = gained.into_iter().map(|key| (1.0, Reduction::Weighted(needs.index(key), factors.clone())));
    let health = Reduction::Sum(weighted.collect());
    // The net present value holds health at its leading value; it comes out again.
    let worth = subject.terms.leading_value();
    let cost = Reduction::Sum(vec![(worth, health.clone()), (-1.0, Reduction::Total(needs.index(present)))]);
    Some((cost, health))
}

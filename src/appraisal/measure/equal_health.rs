//! What a strategy is worth where unequal health is disliked: net gains of health by group, set on the quality-adjusted life
//! expectancy that each group has.
//!
//! Distributional cost-effectiveness analysis (Asaria, Griffin and Cookson 2016): health gained less health displaced, by group,
//! after the financing, is added to what a person of the group may expect, and both are told as the health that, shared equally, would
//! be as good. Gains are discounted and over a lifetime where the model works that out; expectancy is at birth and is not.

use crate::equity::aversion::Aversion;
use crate::quantity::Unit;
use crate::scenario::Role;

use super::super::key::Comparator;
use super::definition::{Direction, Measure, Needs};
use super::inequality::{RESIDENT, of_groups};
use super::net_health::net_by_group;
use super::reduction::Reduction;
use super::subject::Subject;

/// The outcome of the health that a person of a group may expect at birth.
pub const HEALTH_EXPECTANCY: &str = "health-expectancy";
/// The outcome of the health that, shared equally by all, would be as good as the change.
pub const EQUAL_HEALTH: &str = "equal-health";
/// The outcome of the change, each group's QALYs times what they count.
pub const EQUITY_WEIGHTED: &str = "equity-weighted-qalys";

/// The group of a measure of this aversion.
pub fn averse(aversion: Aversion) -> String {
    match aversion {
        Aversion::Atkinson(epsilon) => format!("Atkinson {epsilon}"),
        Aversion::Kolm(alpha) => format!("Kolm {alpha}"),
    }
}

pub(super) fn measures(subject: &Subject<'_>) -> Vec<Measure> {
    let fairness = &subject.terms.fairness;
    let relative = Aversion::Atkinson(fairness.atkinson);
    let known = (0..subject.groups.len()).map(|group| of_a_person(subject, group));
    let equal = [relative, Aversion::Kolm(fairness.kolm)].map(|aversion| equal_share(subject, aversion));
    known.chain(equal).chain([weighted(subject, relative)]).flatten().collect()
}

/// What a person of a group may expect at birth as the plan begins, with the plan or without.
fn of_a_person(subject: &Subject<'_>, group: usize) -> Option<Measure> {
    let mut needs = Needs::default();
    let of = Box::new(expectancy(subject, &mut needs)?.swap_remove(group));
    let key = (Comparator::Level, HEALTH_EXPECTANCY, &*subject.groups[group]);
    let head = Reduction::PerHead { of, group, heads: 1.0 };
    Some(Measure::new(subject, key, Unit::Qalys.per(RESIDENT), needs, head).better(Direction::More))
}

fn equal_share(subject: &Subject<'_>, aversion: Aversion) -> Option<Measure> {
    let mut needs = Needs::default();
    let (before, gained) = (expectancy(subject, &mut needs)?, net_by_group(subject, &mut needs)?);
    let of = (Comparator::DoNothing, EQUAL_HEALTH, &*averse(aversion));
    let measure = Measure::new(subject, of, Unit::Qalys, needs, Reduction::EqualShare { before, gained, aversion });
    Some(measure.named("Net QALYs, as good as so many shared equally").better(Direction::More))
}

/// By the weights of the scenario, or by those that follow from the aversion.
fn weighted(subject: &Subject<'_>, aversion: Aversion) -> Option<Measure> {
    let mut needs = Needs::default();
    let given = &subject.terms.fairness.weights;
    let (group, reduction) = match given.len() == subject.groups.len() && !given.is_empty() {
        true => {
            let gained = net_by_group(subject, &mut needs)?;
            ("weights of the scenario".to_owned(), Reduction::Sum(given.iter().copied().zip(gained).collect()))
        }
        false => {
            let (before, gained) = (expectancy(subject, &mut needs)?, net_by_group(subject, &mut needs)?);
            (averse(aversion), Reduction::WeightedByNeed { before, gained, aversion })
        }
    };
    let of = (Comparator::DoNothing, EQUITY_WEIGHTED, &*group);
    let measure = Measure::new(subject, of, Unit::Qalys, needs, reduction);
    Some(measure.named("Net QALYs, weighted by need").better(Direction::More))
}

/// What all of each group may expect as the plan begins.
fn expectancy(subject: &Subject<'_>, needs: &mut Needs) -> Option<Vec<Reduction>> {
    let ledger = subject.chart.roles.ledger(Role::HealthExpectancy);
    let keys = of_groups(subject, &|group| subject.series(Comparator::Level, ledger, group))?;
    Some(keys.into_iter().map(|key| Reduction::Year(needs.index(key), 0)).collect())
}

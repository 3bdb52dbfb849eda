//! The answer with what the money would have bought in care at a stated cost of a QALY, in place of the cost that is drawn.
//!
//! What care pays for a QALY at the margin is the number that decides most and is known least. `[values] displaced_qaly` names some;
//! at each, all money that other care does not have is health lost at that cost, whoever's money it is. Net health is QALYs less
//! money over that cost (Stinnett and Mullahy 1998, Phelps and Mushlin 1991); for society a pound of that money has the shadow price of
//! the value of a QALY over its cost (Claxton and others 2015).

use crate::quantity::Unit;
use crate::scenario::Perspective;

use super::super::key::{Comparator, PriceBase};
use super::definition::{Direction, Measure, Needs};
use super::lifetime::{NET_SOCIAL_BENEFIT, health, outside_cost};
use super::reduction::Reduction;
use super::subject::Subject;

/// The outcome of QALYs gained less what the money would have bought at a stated cost.
pub const NET_QALYS_AT: &str = "net-qalys-at";

/// The group of a measure at this cost of a displaced QALY.
pub fn at_cost(cost: f64) -> String {
    format!("displaced QALY at {cost} GBP")
}

pub(super) fn measures(subject: &Subject<'_>) -> Vec<Measure> {
    let Some(social) = subject.social() else { return Vec::new() };
    let at = |cost: &f64| [net_health(subject, social, *cost), worth(subject, social, *cost)];
    subject.terms.marginal_costs.iter().flat_map(at).flatten().collect()
}

fn net_health(subject: &Subject<'_>, social: &Perspective, cost: f64) -> Option<Measure> {
    let mut needs = Needs::default();
    let net = Reduction::Sum(vec![
        (1.0, super::lifetime::gained(subject, social, &mut needs)?),
        (-1.0 / cost, money(subject, &mut needs)?),
    ]);
    let of = (Comparator::DoNothing, NET_QALYS_AT, &*at_cost(cost));
    let measure = Measure::new(subject, of, Unit::Qalys, needs, net);
    Some(measure.named("QALYs gained less lost, at a stated cost of a displaced QALY").better(Direction::More))
}

fn worth(subject: &Subject<'_>, social: &Perspective, cost: f64) -> Option<Measure> {
    let value = subject.terms.leading_value();
    let mut needs = Needs::default();
    let mut parts = vec![
        (value, super::lifetime::gained(subject, social, &mut needs)?),
        (-value / cost, money(subject, &mut needs)?),
    ];
    parts.extend(outside_cost(subject, social, &mut needs));
    let group = format!("{}, {}", social.id, at_cost(cost));
    let of = (Comparator::DoNothing, NET_SOCIAL_BENEFIT, &*group);
    let measure = Measure::new(subject, of, Unit::Pounds, needs, Reduction::Sum(parts));
    let name = format!("{}, with the financing at a stated cost of a displaced QALY", social.name);
    Some(measure.named(name).priced(PriceBase::Real).better(Direction::More))
}

/// Money that other care does not have, on the clock of the health that it would have bought.
fn money(subject: &Subject<'_>, needs: &mut Needs) -> Option<Reduction> {
    health(subject, (Comparator::DoNothing, &subject.chart.displacing()?.id, ""), needs)
}

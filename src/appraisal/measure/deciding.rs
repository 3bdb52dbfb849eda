//! The measures that people decide by, and strategies are ranked on.

use super::super::key::{Comparator, DEMAND_CHANGE};
use super::definition::Measure;
use super::subject::Subject;
use super::{demand, in_a_year, lifetime, net, net_health, present_value, totals};

/// The net position of the first perspective at the horizon, the net present value and the QALYs of the perspective that
/// counts health, and the demand that leads in the last plan year, what happens of it and what of it finds no service: as many of
/// them as there are.
pub fn measures(subject: &Subject<'_>) -> Vec<Measure> {
    let mut found: Vec<Option<Measure>> = Vec::new();
    found.push(subject.chart.perspectives.first().and_then(|cash| net::at_horizon(subject, cash)));
    if let Some(social) = subject.social() {
        found.push(lifetime::leading(subject, social).or_else(|| present_value::leading(subject, social)));
        let gained = social.qalys.first().and_then(|id| subject.series(Comparator::Twin, id, ""));
        let gained = || gained.map(|key| totals::total(subject, key).named("QALYs gained"));
        found.push(net_health::of_all(subject).or_else(gained));
        found.push(lifetime::with_financing(subject));
    }
    if let Some(service) = demand::leading(subject.chart) {
        let mut add = |outcome: &str, group: &str| {
            let key = subject.series(Comparator::Twin, outcome, group);
            found.push(key.map(|key| in_a_year::of(subject, key)));
        };
        add(DEMAND_CHANGE, &service.id);
        let need = subject.chart.needs.iter().find(|need| need.service == service.id);
        // Need may fall and what happens not: strategies that are alike in the one can differ most in the other.
        if let Some(happens) = need.and_then(|need| need.happens.as_ref()) {
            add(&happens.change(), "");
        }
        if let Some(unmet) = need.and_then(|need| need.unmet.as_ref()) {
            add(&unmet.ledger, "");
        }
    }
    found.into_iter().flatten().collect()
}

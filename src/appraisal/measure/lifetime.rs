//! Gains and losses on one clock: what falls within the horizon, and what is still to come of it when the plan's money stops.
//!
//! A model that works out what is to come keeps it in a ledger of its own, discounted to the end of the year (`to_come` of the
//! accounts). Health and money are discounted by their own rates from there on; a gain is told against the twin, what the
//! financing displaces against doing nothing, as within the horizon.

use crate::quantity::Unit;
use crate::scenario::Perspective;

use super::super::key::{Comparator, PriceBase, SeriesKey};
use super::super::series::present_groups;
use super::cost_per_qaly::cost_and_health;
use super::definition::{Direction, Measure, Needs, Telling};
use super::reduction::Reduction;
use super::subject::Subject;

/// The outcome of the net cost over a lifetime, without health.
pub const LIFETIME_NET_COST: &str = "lifetime-net-cost";
/// The outcome of the cost of a QALY over a lifetime.
pub const LIFETIME_COST_PER_QALY: &str = "lifetime-cost-per-qaly";
/// The outcome of the net present value over a lifetime.
pub const LIFETIME_NET_PRESENT_VALUE: &str = "lifetime-net-present-value";
/// The outcome of the worth to society over a lifetime, with the financing.
pub const NET_SOCIAL_BENEFIT: &str = "net-social-benefit";

/// The outcome of a ledger of health over a lifetime.
pub fn lifetime_outcome(ledger: &str) -> String {
    format!("lifetime-{ledger}")
}

pub(super) fn measures(subject: &Subject<'_>) -> Vec<Measure> {
    let Some(social) = subject.social() else { return Vec::new() };
    let mut found = Vec::new();
    let mut groups = vec![""];
    groups.extend(subject.groups.iter().map(String::as_str));
    for (ledger, comparator, direction) in health_ledgers(subject, social) {
        for group in &groups {
            let mut needs = Needs::default();
            let Some(health) = health(subject, (comparator, ledger, group), &mut needs) else { continue };
            let of = (comparator, &*lifetime_outcome(ledger), *group);
            found.push(Measure::new(subject, of, Unit::Qalys, needs, health).better(direction));
        }
    }
    let mut needs = Needs::default();
    if let Some(cost) = cost(subject, social, &mut needs) {
        let of = (Comparator::Twin, LIFETIME_NET_COST, &*social.id);
        let measure = Measure::new(subject, of, Unit::Pounds, needs, cost);
        found.push(measure.priced(PriceBase::Real).better(Direction::Less));
    }
    let mut needs = Needs::default();
    if let (Some(cost), Some(health)) = (cost(subject, social, &mut needs), gained(subject, social, &mut needs)) {
        let of = (Comparator::Twin, LIFETIME_COST_PER_QALY, &*social.id);
        let measure = Measure::new(subject, of, Unit::PoundsPerQaly, needs, cost);
        let measure = measure.priced(PriceBase::Real).better(Direction::Less);
        found.push(Measure { telling: Telling::RatioOfMeans(health), ..measure });
    }
    found.extend(with_financing(subject));
    for (group, worth) in present_groups(social, subject.terms) {
        found.extend(present_value(subject, social, &group, worth));
    }
    found
}

/// The net present value over a lifetime at the leading value of a QALY.
pub(super) fn leading(subject: &Subject<'_>, social: &Perspective) -> Option<Measure> {
    present_value(subject, social, &social.id, subject.terms.leading_value())
}

fn present_value(subject: &Subject<'_>, social: &Perspective, group: &str, worth: f64) -> Option<Measure> {
    let mut needs = Needs::default();
    let (health, cost) = (gained(subject, social, &mut needs)?, cost(subject, social, &mut needs)?);
    let net = Reduction::Sum(vec![(worth, health), (-1.0, cost)]);
    let measure =
        Measure::new(subject, (Comparator::Twin, LIFETIME_NET_PRESENT_VALUE, group), Unit::Pounds, needs, net);
    let name = format!("{}, present value over a lifetime, financing apart", social.name);
    Some(measure.named(name).priced(PriceBase::Real).better(Direction::More))
}

/// Ledgers of health that go on after the horizon: those that the perspective counts, and what the financing displaces.
fn health_ledgers<'s>(subject: &Subject<'s>, social: &'s Perspective) -> Vec<(&'s str, Comparator, Direction)> {
    let gained = social.qalys.iter().map(|id| (id.as_str(), Comparator::Twin, Direction::More));
    let lost = subject.chart.displaced().map(|entry| (entry.id.as_str(), Comparator::DoNothing, Direction::Less));
    gained.chain(lost).collect()
}

/// What a perspective counts of health gained.
pub(super) fn gained(subject: &Subject<'_>, social: &Perspective, needs: &mut Needs) -> Option<Reduction> {
    let all: Option<Vec<_>> =
        social.qalys.iter().map(|id| Some((1.0, health(subject, (Comparator::Twin, id, ""), needs)?))).collect();
    Some(Reduction::Sum(all?))
}

/// A ledger of health within the horizon and after it.
pub(super) fn health(subject: &Subject<'_>, of: (Comparator, &str, &str), needs: &mut Needs) -> Option<Reduction> {
    let (comparator, ledger, group) = of;
    let within = subject.series(comparator, ledger, group)?;
    let later = subject.series(comparator, subject.chart.to_come.get(ledger)?, group)?;
    let factors = subject.terms.health_factors.clone();
    let within = Reduction::Weighted(needs.index(within), factors);
    Some(Reduction::Sum(vec![(1.0, within), (subject.terms.health_to_come, at_the_end(subject, later, needs))]))
}

/// What a strategy is worth to society over a lifetime with its financing: health gained less health displaced at the leading value
/// of a QALY, and what is saved by payers whose money is not displaced, such as schools and courts. What is spent stands in
/// neither: it is the health that it would have bought. A pound of displaced money so has the shadow price of a QALY's value over
/// what a QALY costs at the margin (Claxton K and others 2015; Department of Health and Social Care's impact assessments).
pub(super) fn with_financing(subject: &Subject<'_>) -> Option<Measure> {
    let social = subject.social()?;
    let worth = subject.terms.leading_value();
    let mut needs = Needs::default();
    let gained = gained(subject, social, &mut needs)?;
    let lost = health(subject, (Comparator::DoNothing, &subject.chart.displaced()?.id, ""), &mut needs)?;
    let mut parts = vec![(worth, gained), (-worth, lost)];
    parts.extend(outside_cost(subject, social, &mut needs));
    let of = (Comparator::DoNothing, NET_SOCIAL_BENEFIT, &*social.id);
    let measure = Measure::new(subject, of, Unit::Pounds, needs, Reduction::Sum(parts));
    let name = format!("{}, with the financing", social.name);
    Some(measure.named(name).priced(PriceBase::Real).better(Direction::More))
}

/// Cost of payers whose money is not displaced, each part with its sign in a benefit.
pub(super) fn outside_cost(subject: &Subject<'_>, social: &Perspective, needs: &mut Needs) -> Vec<(f64, Reduction)> {
    let mut parts = Vec::new();
    let own = subject.chart.perspectives.first().map_or(&[][..], |first| &first.payers[..]);
    let outside = |payer: &str| !own.is_empty() && own.iter().all(|one| one.value != payer);
    for ledger in &social.costs {
        let Some(later) = subject.chart.to_come.get(ledger) else { continue };
        for key in payers(subject, social, ledger).into_iter().filter(|key| outside(&key.payer)) {
            parts.push((-1.0, Reduction::Weighted(needs.index(key), subject.terms.cost_factors.clone())));
        }
        for key in payers(subject, social, later).into_iter().filter(|key| outside(&key.payer)) {
            parts.push((-subject.terms.cost_to_come, at_the_end(subject, key, needs)));
        }
    }
    parts
}

/// What a series of health comes to over a lifetime; where the model does not work that out, its plain total over the horizon.
pub(super) fn on_one_clock(subject: &Subject<'_>, key: &SeriesKey, needs: &mut Needs) -> Reduction {
    let lifetime = health(subject, (key.comparator, &key.outcome, &key.group), needs);
    lifetime.unwrap_or_else(|| Reduction::Total(needs.index(key)))
}

/// Cost within the horizon, from the net present value without the health in it, and cost to come of the payers that count.
fn cost(subject: &Subject<'_>, social: &Perspective, needs: &mut Needs) -> Option<Reduction> {
    let (within, _) = cost_and_health(subject, social, needs)?;
    let mut parts = vec![(1.0, within)];
    let to_come: Vec<&str> =
        social.costs.iter().filter_map(|id| subject.chart.to_come.get(id)).map(String::as_str).collect();
    if to_come.is_empty() {
        return None;
    }
    for later in to_come {
        for key in payers(subject, social, later) {
            parts.push((subject.terms.cost_to_come, at_the_end(subject, key, needs)));
        }
    }
    Some(Reduction::Sum(parts))
}

/// The series of a ledger of cost to come: of each payer that counts, or of all together.
fn payers<'s>(subject: &Subject<'s>, social: &Perspective, ledger: &str) -> Vec<&'s SeriesKey> {
    let by_payer = subject.chart.ledger(ledger).is_some_and(|entry| entry.by_payer);
    let counts = |payer: &str| social.payers.iter().any(|one| one.value == payer);
    let of = |key: &&SeriesKey| key.comparator == Comparator::Twin && key.outcome == ledger;
    let all = subject.series.of(subject.strategy).filter(of);
    match social.payers.is_empty() || !by_payer {
        true => all.filter(|key| key.payer.is_empty() && key.group.is_empty()).collect(),
        false => all.filter(|key| counts(&key.payer)).collect(),
    }
}

fn at_the_end(subject: &Subject<'_>, key: &SeriesKey, needs: &mut Needs) -> Reduction {
    Reduction::Year(needs.index(key), subject.terms.horizon - 1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeMap;

    use super::{LIFETIME_COST_PER_QALY, LIFETIME_NET_PRESENT_VALUE, NET_SOCIAL_BENEFIT, lifetime_outcome};
    use crate::appraisal::chart::{Chart, Entry, Line};
    use crate::appraisal::key::SeriesKey;
    use crate::appraisal::measure::at_the_margin::{NET_QALYS_AT, at_cost};
    use crate::appraisal::measure::reduction::Numbers;
    use crate::appraisal::measure::{SeriesIndex, Subject, Telling, catalogue};
    use crate::appraisal::series::{SeriesDefinition, Terms, series_definitions};
    use crate::evidence::document::Located;
    use crate::quantity::Unit;
    use crate::scenario::{Fairness, LedgerKind, Perspective, Prices, Roles, YearlyReading};

    fn entry(id: &str, kind: LedgerKind, unit: Unit, labels: &[&str]) -> Entry {
        let to_come = kind == LedgerKind::ToCome;
        Entry {
            id: id.to_owned(),
            reading: if to_come { YearlyReading::Stock } else { YearlyReading::Cumulative },
            kind: Some(kind),
            by_payer: unit == Unit::Pounds,
            unit,
            becomes: false,
            relative: false,
            lines: labels.iter().map(|label| Line { label: (*label).to_owned(), outcomes: vec![0] }).collect(),
        }
    }

    fn payers(names: &[&str]) -> Vec<Located<String>> {
        let span = engine::diagnostic::Span::new(&"accounts.toml".into(), 0, 0);
        names.iter().map(|name| Located { value: (*name).to_owned(), span: span.clone() }).collect()
    }

    /// Health gained and lost and the cost of two payers, each with what is to come; the hospital's own books, and society.
    fn chart() -> Chart {
        let perspective = |id: &str, whose: &[&str], qalys: &[&str]| Perspective {
            id: id.to_owned(),
            name: id.to_uppercase(),
            prices: Prices::Real,
            discounted: !qalys.is_empty(),
            payers: payers(whose),
            gains: Vec::new(),
            costs: vec!["cost".to_owned()],
            qalys: qalys.iter().map(|id| (*id).to_owned()).collect(),
            plain: None,
        };
        let both = ["hospital", "court"];
        Chart {
            demand: Vec::new(),
            needs: Vec::new(),
            ledgers: vec![
                entry("cost", LedgerKind::Cost, Unit::Pounds, &both),
                entry("gained", LedgerKind::Qalys, Unit::Qalys, &["Q1", "Q2"]),
                entry("lost", LedgerKind::DisplacedQalys, Unit::Qalys, &["Q1", "Q2"]),
                entry("withheld", LedgerKind::DisplacingMoney, Unit::Pounds, &both),
                entry("withheld-later", LedgerKind::ToCome, Unit::Pounds, &both),
                entry("cost-later", LedgerKind::ToCome, Unit::Pounds, &both),
                entry("gained-later", LedgerKind::ToCome, Unit::Qalys, &["Q1", "Q2"]),
                entry("lost-later", LedgerKind::ToCome, Unit::Qalys, &["Q1", "Q2"]),
            ],
            roles: Roles::new([], ""),
            to_come: [
                ("cost", "cost-later"),
                ("gained", "gained-later"),
                ("lost", "lost-later"),
                ("withheld", "withheld-later"),
            ]
            .map(|(now, later)| (now.to_owned(), later.to_owned()))
            .into_iter()
            .collect::<BTreeMap<_, _>>(),
            plan_money: None,
            organisations: Vec::new(),
            perspectives: vec![perspective("own", &["hospital"], &[]), perspective("social", &both, &["gained"])],
            audits: Vec::new(),
            balances: Vec::new(),
            twin_cost: Vec::new(),
            outcomes: Vec::new(),
        }
    }

    /// The number of a measure where the yearly numbers of two years are these, by outcome, group and payer; and the number it is
    /// to be divided by, where it is a ratio.
    fn number(outcome: &str, group: &str, years: &[(&str, &str, [f64; 2])]) -> (f64, Option<f64>) {
        let (chart, groups) = (chart(), ["Q1".to_owned(), "Q2".to_owned()]);
        let terms = Terms {
            horizon: 2,
            strategies: 1,
            price_level: vec![1.0, 1.0],
            price_level_before: 1.0,
            real_level: 1.0,
            cost_factors: vec![1.0, 0.5],
            health_factors: vec![1.0, 0.8],
            cost_to_come: 0.25,
            health_to_come: 0.5,
            qaly_values: vec![100.0],
            marginal_costs: vec![20.0, 50.0],
            fairness: Fairness::default(),
        };
        let series: Vec<SeriesDefinition> = series_definitions(&chart, &terms);
        let series = &SeriesIndex::new(&series);
        let subject = Subject { chart: &chart, terms: &terms, groups: &groups, series, together: false, strategy: 0 };
        let all = catalogue(&subject);
        let measure = all.iter().find(|one| one.key.outcome == outcome && one.key.group == group).unwrap();
        let path = |key: &SeriesKey| {
            let part = if key.payer.is_empty() { &key.group } else { &key.payer };
            let known = years.iter().find(|(outcome, of, _)| key.outcome == *outcome && part == of);
            known.map_or([0.0; 2], |(_, _, years)| *years)
        };
        let needs: Vec<[f64; 2]> = measure.needs.iter().map(path).collect();
        let series = needs.iter().map(<[f64; 2]>::as_slice).collect();
        let numbers = Numbers { series, draws: 1, residents: &[500.0, 2_000.0], together: false };
        let below = match &measure.telling {
            Telling::RatioOfMeans(below) => Some(below.per_draw(&numbers, 0)),
            _ => None,
        };
        (measure.reduction.per_draw(&numbers, 0), below)
    }

    #[test]
    fn health_within_and_after_the_horizon_by_hand() {
        // 3 QALYs, then 5 that count four fifths, and 12 to come at the end of the second year that count half: 13.
        let years = [("gained", "", [3.0, 5.0]), ("gained-later", "", [90.0, 12.0])];
        assert_eq!(number(&lifetime_outcome("gained"), "", &years).0, 13.0);
        // The first fifth gains 1 + 0.8 + 0.5 * 2 = 2.8 and loses 2 + 0 + 0.5 * 1 = 2.5; the second 2 and 1.
        let groups = [
            ("gained", "Q1", [1.0, 1.0]),
            ("gained-later", "Q1", [0.0, 2.0]),
            ("lost", "Q1", [2.0, 0.0]),
            ("lost-later", "Q1", [0.0, 1.0]),
            ("gained", "Q2", [2.0, 0.0]),
            ("lost", "Q2", [1.0, 0.0]),
        ];
        let net = number("net-qalys", "", &groups).0;
        assert!((net - 1.3).abs() < 1e-12, "{net}");
        let head = number("net-qalys-per-1000", "Q1", &groups).0;
        assert!((head - 0.6).abs() < 1e-12, "{head}");
    }

    #[test]
    fn cost_within_and_after_the_horizon_by_hand() {
        // Society's present value holds 10 QALYs at 100 pounds, 8 of the second year at four fifths: 1,000 + 640; it is 1,040, so
        // that 600 are spent. To come, hospitals save 400 and courts 80, and a quarter of it counts: 480 in all. For 10 + 6.4 + 0.5
        // * 7.2 = 20 QALYs that is 24 pounds each.
        let years = [
            ("net-present", "social", [500.0, 540.0]),
            ("gained", "", [10.0, 8.0]),
            ("gained-later", "", [0.0, 7.2]),
            ("cost-later", "hospital", [0.0, -400.0]),
            ("cost-later", "court", [0.0, -80.0]),
            ("cost", "court", [-20.0, -40.0]),
            ("lost", "", [4.0, 0.0]),
            ("lost-later", "", [0.0, 2.0]),
        ];
        let near = |one: f64, other: f64| assert!((one - other).abs() < 1e-9, "{one} instead of {other}");
        near(number("lifetime-net-cost", "social", &years).0, 480.0);
        let (cost, health) = number(LIFETIME_COST_PER_QALY, "social", &years);
        near(cost, 480.0);
        near(health.unwrap(), 20.0);
        near(number(LIFETIME_NET_PRESENT_VALUE, "social", &years).0, 1_520.0);
        // With the financing: 20 less 4 + 0.5 * 2 = 15 QALYs at 100 pounds, and what courts save, 20 + 40 / 2 + 80 / 4 = 60, whose
        // money nobody has withdrawn. Hospitals' savings stand in the health that is not displaced.
        near(number(NET_SOCIAL_BENEFIT, "social", &years).0, 1_560.0);
    }

    #[test]
    fn at_a_stated_cost_of_a_displaced_qaly_by_hand() {
        // 10 + 0.8 * 5 + 0.5 * 4 = 16 QALYs. Care does not have 200 pounds, then 100 that count four fifths, and gets 60 back later, of
        // which half counts: 250 pounds. At 20 pounds a QALY that is 12.5, at 50 it is 5.
        let years = [
            ("gained", "", [10.0, 5.0]),
            ("gained-later", "", [0.0, 4.0]),
            ("withheld", "", [200.0, 100.0]),
            ("withheld-later", "", [0.0, -60.0]),
            ("cost", "court", [-20.0, -40.0]),
        ];
        let near = |one: f64, other: f64| assert!((one - other).abs() < 1e-9, "{one} instead of {other}");
        near(number(NET_QALYS_AT, &at_cost(20.0), &years).0, 3.5);
        near(number(NET_QALYS_AT, &at_cost(50.0), &years).0, 11.0);
        // A QALY is worth 100 pounds; courts save 20 and 40 / 2.
        near(number(NET_SOCIAL_BENEFIT, &format!("social, {}", at_cost(20.0)), &years).0, 350.0 + 40.0);
    }
}

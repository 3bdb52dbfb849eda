//! What the report reads from findings: the few ledgers that it knows by name, and sums of their years.

use crate::appraisal::findings::{Comparator, Findings, Payback, PriceBase, Series};
use crate::appraisal::statistic::{Estimate, Statistic};

/// Ledgers that the report knows by their ids in the accounts. A ledger that a model does not keep reads as nothing.
pub const COST: &str = "service-cost";
pub const SPENDING: &str = "programme-spending";
/// Interest and premium on debt, less what partners give.
pub const OUTSIDE: &str = "outside-money";
pub const RAIDED: &str = "raided";
pub const UNSPENT: &str = "underspend";
pub const REINVESTED: &str = "reinvested";
pub const GAINED: &str = "qalys-gained";
pub const DISPLACED: &str = "qalys-displaced";
pub const DEFICIT: &str = "deficit";
pub const BEDS: &str = "staffed-beds";
pub const UNMET: &str = "unmet-need";
/// What services no longer do, at average cost: for comparison only.
pub const AVOIDED: &str = "activity-avoided";

/// The ledger of all that the plan moves to prevention, whoever gives it, before pressure takes any.
pub fn moved(findings: &Findings) -> &str {
    findings.plan_money.as_ref().map_or("", |money| money.moved.as_str())
}

/// The service that stands for emergency demand, whatever its case.
pub const EMERGENCY: &str = crate::appraisal::pairs::EMERGENCY;

/// The service that stands for emergency demand: emergency admissions, or else the first service.
pub fn lead_service(findings: &Findings) -> &str {
    let emergency = findings.services.iter().find(|(name, _)| name.eq_ignore_ascii_case(EMERGENCY));
    emergency.or(findings.services.first()).map_or("", |(name, _)| name)
}

/// The change of a service's demand that prevention makes, in per cent of its twin's.
pub fn change<'a>(findings: &'a Findings, strategy: usize, service: &str) -> Option<&'a Series> {
    findings.find(Some(strategy), Comparator::Twin, "demand-change", service, "", PriceBase::None)
}

/// The same in a plan year.
pub fn change_in(findings: &Findings, strategy: usize, service: &str, year: usize) -> Interval {
    let summary = change(findings, strategy, service).and_then(|series| series.years.get(year.checked_sub(1)?));
    summary.map_or(Interval::NONE, |years| Interval {
        low: years.p05.value,
        middle: years.median.value,
        high: years.p95.value,
    })
}

/// A median with the ends of the interval that holds nine draws in ten.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub middle: f64,
    pub high: f64,
}

impl Interval {
    /// Not known.
    pub const NONE: Self = Self { low: f64::NAN, middle: f64::NAN, high: f64::NAN };

    /// Low and high.
    pub fn ends(self) -> (f64, f64) {
        (self.low, self.high)
    }
}

/// A measure of a strategy as a median with its interval.
pub fn measured(findings: &Findings, strategy: usize, comparator: Comparator, outcome: &str, group: &str) -> Interval {
    let value = |statistic| statistic_of(findings, strategy, comparator, outcome, group, statistic);
    Interval { low: value(Statistic::P05), middle: value(Statistic::Median), high: value(Statistic::P95) }
}

/// One statistic of a measure.
pub fn statistic_of(
    findings: &Findings,
    strategy: usize,
    comparator: Comparator,
    outcome: &str,
    group: &str,
    statistic: Statistic,
) -> f64 {
    let measure = findings.measure(strategy, comparator, outcome, group);
    measure.and_then(|measure| measure.estimate(statistic)).map_or(f64::NAN, |estimate| estimate.value)
}

/// A ledger over the whole horizon, as the mean over draws (means of years add up, medians do not).
pub fn total(findings: &Findings, strategy: usize, comparator: Comparator, ledger: &str, money: PriceBase) -> f64 {
    total_of(findings, strategy, comparator, ledger, "", money)
}

/// The same of one payer.
pub fn total_of(
    findings: &Findings,
    strategy: usize,
    comparator: Comparator,
    ledger: &str,
    payer: &str,
    money: PriceBase,
) -> f64 {
    let series = findings.find(Some(strategy), comparator, ledger, "", payer, money);
    series.map_or(0.0, |series| series.years.iter().map(|year| year.mean.value).sum())
}

/// Mean of what services cost less at the horizon because of prevention, from a perspective that counts money alone: its net
/// position, and what prevention and its debt cost beside what partners give.
pub fn released(findings: &Findings, strategy: usize, perspective: &str) -> f64 {
    let net = statistic_of(findings, strategy, Comparator::Twin, "net-at-horizon", perspective, Statistic::Mean);
    let cost = |ledger| total(findings, strategy, Comparator::Level, ledger, money_of(findings, perspective));
    net + cost(SPENDING) + cost(OUTSIDE)
}

/// In which money a perspective is told.
pub fn money_of(findings: &Findings, perspective: &str) -> PriceBase {
    let found = findings.perspectives.iter().find(|one| one.id == perspective);
    found.map_or(PriceBase::Nominal, |one| one.price_base)
}

/// Payback of a strategy from a perspective.
pub fn payback<'a>(findings: &'a Findings, strategy: usize, perspective: &str) -> Option<&'a Payback> {
    findings.payback.iter().find(|one| one.strategy == strategy && one.perspective == perspective)
}

/// Why nothing was spent by a strategy in any draw, if so: nothing can be paid back then, and no chance of it is told.
pub fn nothing_spent(findings: &Findings, strategy: usize) -> Option<&str> {
    findings.strategies.get(strategy)?.nothing_spent.as_deref()
}

/// What stands where a payback year would, for a strategy that spent nothing.
pub const NOTHING_SPENT: &str = "nothing was spent";

/// The probability of payback by a plan year, of a strategy that spends anything in some draw.
pub fn chance_by(findings: &Findings, strategy: usize, perspective: &str, year: usize) -> Option<Estimate> {
    if nothing_spent(findings, strategy).is_some() {
        return None;
    }
    payback(findings, strategy, perspective)?.by_year.get(year.checked_sub(1)?).copied()
}

/// The two years at which people ask: the fifth and the tenth, or the horizon where it comes sooner.
pub fn milestones(findings: &Findings) -> Vec<usize> {
    let mut years: Vec<usize> = [5, 10].iter().map(|year| findings.horizon.min(*year)).collect();
    years.dedup();
    years.retain(|year| *year > 0);
    years
}

/// Payers whose cost of services is kept, in the order of the findings.
pub fn payers(findings: &Findings) -> Vec<String> {
    let mut payers: Vec<String> = Vec::new();
    for series in &findings.series {
        let key = &series.key;
        if key.outcome == COST && !key.payer.is_empty() && !payers.contains(&key.payer) {
            payers.push(key.payer.clone());
        }
    }
    payers
}

/// Domains of programmes, each once, in the order of the scenario.
pub fn domains(findings: &Findings) -> Vec<String> {
    let mut domains: Vec<String> = Vec::new();
    for (_, _, domain) in &findings.programmes {
        if !domains.contains(domain) {
            domains.push(domain.clone());
        }
    }
    domains
}

/// Draws on which every statistic rests.
pub fn draws_kept(findings: &Findings) -> u64 {
    findings.draws.saturating_sub(findings.draws_left_out)
}

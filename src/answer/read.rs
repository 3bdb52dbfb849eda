//! How findings are read by key: ledgers by the part that they play, sums of their years, measures; each as a number for a mark or
//! a cell, or as a [fact](super::fact) that knows what it is of.

use crate::appraisal::findings::{Comparator, Findings, Happening, Need, Payback, PriceBase, Series};
use crate::appraisal::key::DEMAND_CHANGE;
use crate::appraisal::measure::lifetime::lifetime_outcome;
use crate::appraisal::measure::net::NET_AT_HORIZON;
use crate::appraisal::measure::net_health::GAINED_PER_1000;
use crate::appraisal::measure::payback::{PAYBACK_BY_YEAR, PAYBACK_YEAR};
use crate::appraisal::measure::totals::total_outcome;
use crate::appraisal::statistic::{Estimate, Statistic};
use crate::scenario::Role;

use super::fact::{Against, Clock, Fact, FactKey, MEASURE_TABLE, PAYBACK_TABLE, Period, table_of, value};

/// The ledger of all that the plan moves to prevention, whoever gives it, before pressure takes any.
pub fn moved(findings: &Findings) -> &str {
    findings.ledger(Role::Moved)
}

/// The service that stands for demand as a whole, as the accounts say; empty where there is none.
pub fn lead_service(findings: &Findings) -> &str {
    findings.roles.lead()
}

/// The change of a service's demand that prevention makes, in per cent of its twin's.
pub fn change<'a>(findings: &'a Findings, strategy: usize, service: &str) -> Option<&'a Series> {
    findings.find(Some(strategy), Comparator::Twin, DEMAND_CHANGE, service, "", PriceBase::None)
}

/// The same in a plan year.
pub fn change_in(findings: &Findings, strategy: usize, service: &str, year: usize) -> Interval {
    Interval::of(change_fact(findings, strategy, service, year))
}

/// What the demand for a service is called and what becomes of it, where the accounts say.
pub fn need<'a>(findings: &'a Findings, service: &str) -> Option<&'a Need> {
    findings.needs.iter().find(|need| need.service == service)
}

/// What the demand for a service is called: need is not use. The service's own name where nothing else is known.
pub fn need_name<'a>(findings: &'a Findings, service: &'a str) -> &'a str {
    need(findings, service).map_or(service, |need| need.name.as_str())
}

/// What happens of the need for a service, where the accounts say.
pub fn happens<'a>(findings: &'a Findings, service: &str) -> Option<&'a Happening> {
    need(findings, service)?.happens.as_ref()
}

/// What is in use for the demand that leads, and what of it finds no service, where the accounts say both.
pub fn in_use_and_unmet(findings: &Findings) -> Option<(&Happening, &Happening)> {
    let need = need(findings, lead_service(findings))?;
    need.used.as_ref().zip(need.unmet.as_ref())
}

/// The change of what happens that prevention makes, in per cent of its twin's.
pub fn happening_change<'a>(findings: &'a Findings, strategy: usize, happening: &Happening) -> Option<&'a Series> {
    findings.find(Some(strategy), Comparator::Twin, &happening.change(), "", "", PriceBase::None)
}

/// The same in a plan year.
pub fn happening_change_in(findings: &Findings, strategy: usize, happening: &Happening, year: usize) -> Interval {
    Interval::of(happening_change_fact(findings, strategy, happening, year))
}

/// What prevention changes of what happens, in its own unit, in a plan year, as [`happening_fact`] says.
pub fn happening_in(findings: &Findings, strategy: usize, happening: &Happening, year: usize) -> Interval {
    Interval::of(happening_fact(findings, strategy, happening, year))
}

/// A median with the ends of the interval that holds nine draws in ten.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The end below, the 5th percentile.
    pub low: f64,
    /// The median, or the mean where that is said.
    pub middle: f64,
    /// The end above, the 95th percentile.
    pub high: f64,
}

impl Interval {
    /// Not known.
    pub const NONE: Self = Self { low: f64::NAN, middle: f64::NAN, high: f64::NAN };

    /// Of a fact, if there is one.
    fn of(fact: Option<Fact>) -> Self {
        fact.map_or(Self::NONE, |fact| {
            let (low, high) = fact.ends();
            Self { low, middle: fact.value, high }
        })
    }

    /// Low and high.
    pub fn ends(self) -> (f64, f64) {
        (self.low, self.high)
    }
}

/// A series in a plan year as a median with its interval.
pub fn in_year(findings: &Findings, series: Option<&Series>, year: usize) -> Interval {
    Interval::of(fact_in(findings, series, year, Statistic::Median))
}

/// A measure of a strategy as a median with its interval.
pub fn measured(findings: &Findings, strategy: usize, comparator: Comparator, outcome: &str, group: &str) -> Interval {
    Interval::of(median_fact(findings, strategy, comparator, outcome, group))
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
    findings.find(Some(strategy), comparator, ledger, "", payer, money).map_or(0.0, all_years)
}

/// The means of all plan years added up.
fn all_years(series: &Series) -> f64 {
    series.years.iter().map(|year| year.mean.value).sum()
}

/// Mean of what services cost less at the horizon because of prevention, from a perspective that counts money alone: its net
/// position, and what prevention and its debt cost beside what partners give.
pub fn released(findings: &Findings, strategy: usize, perspective: &str) -> f64 {
    value(released_fact(findings, strategy, perspective).as_ref())
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

/// The years at which people ask: the fifth, the tenth and the last.
pub fn milestones(findings: &Findings) -> Vec<usize> {
    let mut years: Vec<usize> = [5, 10, findings.horizon].iter().map(|year| findings.horizon.min(*year)).collect();
    years.dedup();
    years.retain(|year| *year > 0);
    years
}

/// Payers whose cost of services is kept, in the order of the findings.
pub fn payers(findings: &Findings) -> Vec<String> {
    let cost = findings.ledger(Role::ServiceCost);
    let mut payers: Vec<String> = Vec::new();
    for series in &findings.series {
        let key = &series.key;
        if key.outcome == cost && !key.payer.is_empty() && !payers.contains(&key.payer) {
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

/// The groups of residents for which health a head is known, the most deprived first.
pub fn groups(findings: &Findings) -> Vec<String> {
    let of = findings.measures.iter().filter(|one| one.strategy == 0 && one.outcome == GAINED_PER_1000);
    of.map(|one| one.group.clone()).collect()
}

/// Draws on which every statistic rests.
pub fn draws_kept(findings: &Findings) -> u64 {
    findings.draws.saturating_sub(findings.draws_left_out)
}

/// The number of a series in a plan year (0 is the year before the plan), with the interval of nine draws in ten.
pub fn fact_in(findings: &Findings, series: Option<&Series>, year: usize, statistic: Statistic) -> Option<Fact> {
    let series = series?;
    let summary = series.years.get(year.checked_sub(usize::from(!series.base))?)?;
    let value = if statistic == Statistic::Mean { summary.mean.value } else { summary.median.value };
    let fact = Fact::known(of_series(findings, series, Period::InYear(year), statistic), value)?;
    Some(fact.between(summary.p05.value, summary.p95.value))
}

/// The median change of a service's demand that prevention makes in a plan year, in per cent of its twin's.
pub fn change_fact(findings: &Findings, strategy: usize, service: &str, year: usize) -> Option<Fact> {
    fact_in(findings, change(findings, strategy, service), year, Statistic::Median)
}

/// The same of what happens.
pub fn happening_change_fact(findings: &Findings, strategy: usize, happening: &Happening, year: usize) -> Option<Fact> {
    fact_in(findings, happening_change(findings, strategy, happening), year, Statistic::Median)
}

/// What prevention changes of what happens, in its own unit, in a plan year: the mean with the interval of nine draws in ten.
/// Need that finds no bed is none in most draws and much in a few, so that its median would say nothing.
pub fn happening_fact(findings: &Findings, strategy: usize, happening: &Happening, year: usize) -> Option<Fact> {
    let series = findings.find(Some(strategy), Comparator::Twin, &happening.ledger, "", "", PriceBase::None);
    fact_in(findings, series, year, Statistic::Mean)
}

/// A ledger over all plan years, as the mean over draws; none where the model does not keep it.
pub fn total_fact(
    findings: &Findings,
    strategy: usize,
    comparator: Comparator,
    ledger: &str,
    payer: &str,
    money: PriceBase,
) -> Option<Fact> {
    let series = findings.find(Some(strategy), comparator, ledger, "", payer, money)?;
    let key = of_series(findings, series, Period::EveryYear, Statistic::Mean);
    Fact::known(key, all_years(series))
}

/// What is spent, moved, taken back and so on by a strategy, by the part that the ledger plays.
pub fn level_fact(findings: &Findings, strategy: usize, role: Role, money: PriceBase) -> Option<Fact> {
    total_fact(findings, strategy, Comparator::Level, findings.ledger(role), "", money)
}

/// What a payer saves because of prevention over all plan years, in the money of each year; all payers where it is empty.
pub fn saved_fact(findings: &Findings, strategy: usize, payer: &str) -> Option<Fact> {
    let cost = findings.ledger(Role::ServiceCost);
    total_fact(findings, strategy, Comparator::Twin, cost, payer, PriceBase::Nominal).map(Fact::less)
}

/// One statistic of a measure; a median with the interval of nine draws in ten.
pub fn measure_fact(
    findings: &Findings,
    strategy: usize,
    comparator: Comparator,
    outcome: &str,
    group: &str,
    statistic: Statistic,
) -> Option<Fact> {
    let measure = findings.measure(strategy, comparator, outcome, group)?;
    let of = |statistic| statistic_of(findings, strategy, comparator, outcome, group, statistic);
    let key = FactKey {
        table: MEASURE_TABLE,
        place: findings.place_id.clone(),
        strategy: Some(strategy),
        against: Against::Arm(comparator),
        outcome: outcome.to_owned(),
        group: group.to_owned(),
        payer: String::new(),
        period: Period::OverHorizon,
        clock: Clock::Horizon,
        statistic,
        prices: measure.price_base,
    };
    let fact = Fact::known(key, of(statistic))?;
    Some(match statistic {
        Statistic::Median => fact.between(of(Statistic::P05), of(Statistic::P95)),
        _ => fact,
    })
}

/// The median of a measure.
pub fn median_fact(
    findings: &Findings,
    strategy: usize,
    comparator: Comparator,
    outcome: &str,
    group: &str,
) -> Option<Fact> {
    measure_fact(findings, strategy, comparator, outcome, group, Statistic::Median)
}

/// The clock on which gains and losses of health are set against each other: a lifetime, where the model works out what is still to
/// come after the horizon.
pub fn clock(findings: &Findings) -> Clock {
    let gained = lifetime_outcome(findings.ledger(Role::QalysGained));
    match findings.measures.iter().any(|one| one.outcome == gained) {
        true => Clock::Lifetime,
        false => Clock::Horizon,
    }
}

/// The outcome of a ledger of health on that clock.
pub fn health_outcome(findings: &Findings, role: Role) -> String {
    match clock(findings) {
        Clock::Lifetime => lifetime_outcome(findings.ledger(role)),
        Clock::Horizon => total_outcome(findings.ledger(role)),
    }
}

/// QALYs that prevention gains, the median, on the clock of gains and losses.
pub fn gained_fact(findings: &Findings, strategy: usize) -> Option<Fact> {
    let outcome = health_outcome(findings, Role::QalysGained);
    Some(median_fact(findings, strategy, Comparator::Twin, &outcome, "")?.on(clock(findings)))
}

/// Those of them that it gains within the horizon.
pub fn gained_within_fact(findings: &Findings, strategy: usize) -> Option<Fact> {
    median_fact(findings, strategy, Comparator::Twin, &total_outcome(findings.ledger(Role::QalysGained)), "")
}

/// QALYs that care loses where the money was taken from, the median, on the clock of gains and losses.
pub fn displaced_fact(findings: &Findings, strategy: usize) -> Option<Fact> {
    let outcome = health_outcome(findings, Role::QalysDisplaced);
    Some(median_fact(findings, strategy, Comparator::DoNothing, &outcome, "")?.on(clock(findings)))
}

/// The net position at the horizon from a perspective, the median.
pub fn net_fact(findings: &Findings, strategy: usize, perspective: &str) -> Option<Fact> {
    median_fact(findings, strategy, Comparator::Twin, NET_AT_HORIZON, perspective)
}

/// The mean of what services cost less at the horizon because of prevention, as [`released`] says.
pub fn released_fact(findings: &Findings, strategy: usize, perspective: &str) -> Option<Fact> {
    let net = measure_fact(findings, strategy, Comparator::Twin, NET_AT_HORIZON, perspective, Statistic::Mean)?;
    let cost = |role| level_fact(findings, strategy, role, money_of(findings, perspective));
    let with = |sum: Fact, more: Option<Fact>| match more {
        Some(more) => sum.plus(more),
        None => sum,
    };
    Some(with(with(net, cost(Role::Spending)), cost(Role::OutsideMoney)))
}

/// The probability of payback by a plan year, of a strategy that spends anything in some draw.
pub fn chance_fact(findings: &Findings, strategy: usize, perspective: &str, year: usize) -> Option<Fact> {
    let chance = chance_by(findings, strategy, perspective, year)?;
    let key = of_payback(findings, strategy, perspective, (PAYBACK_BY_YEAR, year), Statistic::Probability);
    Fact::known(key, chance.value)
}

/// The median payback year; none where at least half of the draws do not pay back.
pub fn payback_year_fact(findings: &Findings, strategy: usize, perspective: &str) -> Option<Fact> {
    let year = payback(findings, strategy, perspective)?.median_year?;
    let key = of_payback(findings, strategy, perspective, (PAYBACK_YEAR, year), Statistic::Median);
    Fact::known(key, year as f64)
}

fn of_payback(
    findings: &Findings,
    strategy: usize,
    perspective: &str,
    (outcome, year): (&str, usize),
    statistic: Statistic,
) -> FactKey {
    FactKey {
        table: PAYBACK_TABLE,
        place: findings.place_id.clone(),
        strategy: Some(strategy),
        against: Against::Arm(Comparator::Twin),
        outcome: outcome.to_owned(),
        group: perspective.to_owned(),
        payer: String::new(),
        period: Period::InYear(year),
        clock: Clock::Horizon,
        statistic,
        prices: PriceBase::None,
    }
}

fn of_series(findings: &Findings, series: &Series, period: Period, statistic: Statistic) -> FactKey {
    let key = &series.key;
    FactKey {
        table: table_of(&findings.roles, key),
        place: findings.place_id.clone(),
        strategy: key.strategy,
        against: Against::Arm(key.comparator),
        outcome: key.outcome.clone(),
        group: key.group.clone(),
        payer: key.payer.clone(),
        period,
        clock: Clock::Horizon,
        statistic,
        prices: key.price_base,
    }
}

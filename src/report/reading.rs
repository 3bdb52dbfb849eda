//! What the report reads from findings: ledgers by the part that they play, and sums of their years.

use crate::appraisal::findings::{Comparator, Findings, Happening, Need, Payback, PriceBase, Series};
use crate::appraisal::key::DEMAND_CHANGE;
use crate::appraisal::measure::net::NET_AT_HORIZON;
use crate::appraisal::statistic::{Estimate, Statistic};
use crate::scenario::Role;

use crate::words;

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
    Interval::of(change(findings, strategy, service), year)
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
    Interval::of(happening_change(findings, strategy, happening), year)
}

/// What prevention changes of what happens, in its own unit, in a plan year: the mean with the interval of nine draws in ten.
/// Need that finds no bed is none in most draws and much in a few, so that its median would say nothing.
pub fn happening_in(findings: &Findings, strategy: usize, happening: &Happening, year: usize) -> Interval {
    let series = findings.find(Some(strategy), Comparator::Twin, &happening.ledger, "", "", PriceBase::None);
    let mean = series.and_then(|series| series.years.get(year.checked_sub(1)?)).map(|summary| summary.mean.value);
    Interval { middle: mean.unwrap_or(f64::NAN), ..Interval::of(series, year) }
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

    /// Of a plan year of a series that begins with the first.
    pub fn of(series: Option<&Series>, year: usize) -> Self {
        let summary = series.and_then(|series| series.years.get(year.checked_sub(1)?));
        summary.map_or(Self::NONE, |year| Self { low: year.p05.value, middle: year.median.value, high: year.p95.value })
    }

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
    let net = statistic_of(findings, strategy, Comparator::Twin, NET_AT_HORIZON, perspective, Statistic::Mean);
    let cost = |ledger| total(findings, strategy, Comparator::Level, ledger, money_of(findings, perspective));
    net + cost(findings.ledger(Role::Spending)) + cost(findings.ledger(Role::OutsideMoney))
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

/// What payers save together, and what those who save save: a group of payers counts as one. Where some pay more, the first is
/// less than the second, and shares of the first would come to more than a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Savings {
    /// Of all payers, more less what others pay more.
    pub net: f64,
    /// Of those who save.
    pub gross: f64,
    /// The first group of payers and what it saves; below zero where it pays more.
    pub group: Option<(String, f64)>,
}

impl Savings {
    /// Adds up what each payer saves, by its name.
    pub fn of<'p>(findings: &Findings, saved: impl Iterator<Item = (&'p str, f64)>) -> Self {
        let mut groups: Vec<(&str, f64)> = findings.first_group().map(|first| (first, 0.0)).into_iter().collect();
        let (mut gross, mut net) = (0.0, 0.0);
        for (payer, saved) in saved {
            net += saved;
            let Some(group) = findings.group_of(payer) else {
                gross += f64::max(saved, 0.0);
                continue;
            };
            match groups.iter_mut().find(|(known, _)| *known == group) {
                Some((_, sum)) => *sum += saved,
                None => groups.push((group, saved)),
            }
        }
        let gross = groups.iter().fold(gross, |gross, (_, saved)| gross + f64::max(*saved, 0.0));
        let group = groups.first().map(|(name, saved)| ((*name).to_owned(), *saved));
        Self { net, gross, group }
    }

    /// A part as a share of what is saved by those who save.
    pub fn share(&self, part: f64) -> String {
        words::chance(part / self.gross)
    }

    /// What shares are of: "of it" where nobody pays more that would show in a share, else "of the £70m that some payers save".
    pub fn whole(&self) -> String {
        if self.gross - self.net < 0.005 * self.gross {
            "of it".to_owned()
        } else {
            format!("of the {} that some payers save", words::pounds(self.gross))
        }
    }
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

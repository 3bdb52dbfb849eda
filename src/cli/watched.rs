//! What a study that is drawn in rounds is looked at for: the numbers of a run that must stand still.

use crate::answer::read::lead_service;
use crate::appraisal::findings::{Comparator, Findings, MeasureFinding, PriceBase};
use crate::appraisal::key::DEMAND_CHANGE;
use crate::appraisal::measure::lifetime::LIFETIME_NET_PRESENT_VALUE;
use crate::appraisal::measure::net::NET_AT_HORIZON;
use crate::appraisal::measure::present_value::NET_PRESENT_VALUE;
use crate::appraisal::measure::totals::total_outcome;
use crate::appraisal::pairs::Ranking;
use crate::appraisal::statistic::{Estimate, Statistic};
use crate::appraisal::stopping::{Precision, Watched};
use crate::scenario::Role;
use crate::study::experiment::OutcomeLabel;

/// An outcome that a scenario names, and the standard error that it may have if not the general one.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The outcome.
    pub label: OutcomeLabel,
    /// In its unit.
    pub within: Option<f64>,
}

impl Held {
    /// As people know it.
    pub fn described(&self) -> String {
        match self.within {
            Some(within) => format!("{} within {within}", self.label.written),
            None => self.label.written.clone(),
        }
    }
}

/// What the table in the terminal shows of each strategy: means, medians and the ends of their intervals.
pub fn usual(findings: &Findings) -> Vec<Watched> {
    let first = findings.perspectives.first().map_or("", |one| one.id.as_str());
    let last = findings.perspectives.last().map_or("", |one| one.id.as_str());
    let gained = total_outcome(findings.ledger(Role::QalysGained));
    let reported = |measure: &&MeasureFinding| match measure.outcome.as_str() {
        NET_AT_HORIZON => measure.group == first,
        NET_PRESENT_VALUE => measure.group == last,
        outcome => outcome == gained && measure.group.is_empty(),
    };
    let mut watched = Vec::new();
    for measure in findings.measures.iter().filter(reported) {
        watched.extend(numbers(findings, measure.strategy, &measure.outcome, &measure.estimates, None));
    }
    for strategy in 0..findings.strategies.len() {
        let service = lead_service(findings);
        let change = findings.find(Some(strategy), Comparator::Twin, DEMAND_CHANGE, service, "", PriceBase::None);
        if let Some(year) = change.and_then(|series| series.years.last()) {
            watched.extend(numbers(findings, strategy, DEMAND_CHANGE, &year.rows(), None));
        }
    }
    watched
}

/// The same of an outcome that a scenario names. One that the run does not tell is never precise.
pub fn named(findings: &Findings, held: &Held) -> Vec<Watched> {
    let own = held.within.map(|absolute| Precision { absolute, relative: 0.0 });
    let mut watched = Vec::new();
    for strategy in 0..findings.strategies.len() {
        match estimates(findings, strategy, &held.label) {
            Some(estimates) => watched.extend(numbers(findings, strategy, &held.label.written, &estimates, own)),
            None => watched.push(Watched::new(&held.label.written, f64::NAN, 0.0)),
        }
    }
    watched
}

/// The outcome that the choice is watched by: the net present value where there is one, else the first there is.
pub fn deciding(findings: &Findings) -> Option<&Ranking> {
    let present = findings
        .rankings
        .iter()
        .find(|one| [NET_PRESENT_VALUE, LIFETIME_NET_PRESENT_VALUE].contains(&one.outcome.as_str()));
    present.or(findings.rankings.first())
}

/// From one end of the interval of nine draws in ten to the other; 0 where it is not known.
pub fn width(estimates: &[(Statistic, Estimate)]) -> f64 {
    let of = |wanted| estimates.iter().find(|(statistic, _)| *statistic == wanted).map(|(_, one)| one.value);
    of(Statistic::P95).zip(of(Statistic::P05)).map_or(0.0, |(high, low)| high - low)
}

/// What a run tells of an outcome: of a plan year, or of the horizon as a whole.
fn estimates(findings: &Findings, strategy: usize, label: &OutcomeLabel) -> Option<Vec<(Statistic, Estimate)>> {
    if label.year.is_empty() {
        let measure = findings.measures.iter().find(|one| {
            one.strategy == strategy
                && one.outcome == label.outcome
                && one.group == label.group
                && one.comparator.name() == label.comparator
        });
        return measure.map(|one| one.estimates.clone());
    }
    let year = (1..=findings.horizon).find(|year| findings.year_label(*year) == label.year)?;
    if label.holds {
        let payback = findings.payback.iter().find(|one| one.strategy == strategy && one.perspective == label.group)?;
        return payback.by_year.get(year - 1).map(|estimate| vec![(Statistic::Probability, *estimate)]);
    }
    let series = findings.series.iter().find(|series| {
        let key = &series.key;
        key.strategy == Some(strategy)
            && key.comparator.name() == label.comparator
            && key.outcome == label.outcome
            && key.group == label.group
            && key.payer == label.payer
            && key.price_base.name(findings.prices()) == label.price_base
    })?;
    series.years.get(year - 1 + usize::from(series.base)).map(|summary| summary.rows().to_vec())
}

fn numbers(
    findings: &Findings,
    strategy: usize,
    outcome: &str,
    estimates: &[(Statistic, Estimate)],
    own: Option<Precision>,
) -> Vec<Watched> {
    let width = width(estimates);
    let of = findings.strategies.get(strategy).map_or("", |label| label.id.as_str());
    let counts = |statistic: Statistic| {
        matches!(
            statistic,
            Statistic::Mean | Statistic::P05 | Statistic::Median | Statistic::P95 | Statistic::Probability
        )
    };
    let counted = estimates.iter().filter(|(statistic, _)| counts(*statistic));
    counted
        .map(|(statistic, estimate)| Watched {
            name: format!("{} of {outcome} of {of}", statistic.name()),
            error: estimate.error,
            // A probability is a part of one, however small it is.
            scale: if *statistic == Statistic::Probability { 1.0 } else { estimate.value.abs().max(width) },
            precision: own,
        })
        .collect()
}

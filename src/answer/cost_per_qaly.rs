//! What a QALY costs, and why that is sometimes not told.

use crate::appraisal::findings::{Comparator, Findings};
use crate::appraisal::measure::cost_per_qaly::{COST_PER_QALY, NET_COST};
use crate::appraisal::measure::lifetime::{LIFETIME_COST_PER_QALY, LIFETIME_NET_COST};
use crate::appraisal::statistic::{Estimate, Statistic};

use super::fact::{Clock, Fact, Facts, Resolved};
use super::read::measure_fact;

/// What a QALY costs under a strategy, or why that is not told.
#[derive(Debug, Clone, PartialEq)]
pub enum CostPerQaly {
    /// So many pounds, the mean.
    Evaluated(Fact),
    /// The draws do not tell it from zero: the mean ratio, or the mean cost where there is no ratio.
    Unresolved(Fact),
    /// Services save more than is spent: the mean cost, below zero.
    RepaidByMoney(Fact),
    /// There is a cost, and no health gained.
    NoHealth(Fact),
    /// Neither cost nor ratio is known.
    NotKnown,
}

impl CostPerQaly {
    /// Of a strategy, within the horizon.
    pub fn of(findings: &Findings, strategy: usize) -> Self {
        Self::on(findings, strategy, Clock::Horizon)
    }

    /// Of a strategy, for so long.
    pub fn on(findings: &Findings, strategy: usize, clock: Clock) -> Self {
        let (ratio, cost) = match clock {
            Clock::Horizon => (COST_PER_QALY, NET_COST),
            Clock::Lifetime => (LIFETIME_COST_PER_QALY, LIFETIME_NET_COST),
        };
        let group = findings.measures.iter().find(|one| one.outcome == ratio || one.outcome == cost);
        let group = group.map_or("", |one| one.group.as_str());
        let mean = |outcome: &str| {
            let fact = measure_fact(findings, strategy, Comparator::Twin, outcome, group, Statistic::Mean)?;
            let measure = findings.measure(strategy, Comparator::Twin, outcome, group)?;
            let noise = measure.estimate(Statistic::Mean).is_some_and(is_noise);
            Some(fact.on(clock).resolved(if noise { Resolved::No } else { Resolved::Yes }))
        };
        match (mean(ratio), mean(cost)) {
            (Some(noise), _) | (None, Some(noise)) if noise.resolved == Resolved::No => Self::Unresolved(noise),
            (Some(ratio), _) => Self::Evaluated(ratio),
            (None, Some(cost)) if cost.value < 0.0 => Self::RepaidByMoney(cost),
            (None, Some(cost)) => Self::NoHealth(cost),
            (None, None) => Self::NotKnown,
        }
    }
}

impl Facts for CostPerQaly {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        match self {
            Self::Evaluated(fact) | Self::Unresolved(fact) | Self::RepaidByMoney(fact) | Self::NoHealth(fact) => {
                all.push(fact);
            }
            Self::NotKnown => {}
        }
    }
}

/// Whose cost the cost per QALY is: the perspective, such as `social`; none where no net cost is known.
pub fn cost_is_of(findings: &Findings) -> Option<&str> {
    findings.measures.iter().find(|measure| measure.outcome == NET_COST).map(|one| one.group.as_str())
}

/// Whether the 95% interval of a mean holds zero, so that other draws might turn its sign. One draw has no interval, and is told
/// as it is.
fn is_noise(mean: Estimate) -> bool {
    mean.error.is_finite() && mean.value.abs() <= mean.half_width()
}

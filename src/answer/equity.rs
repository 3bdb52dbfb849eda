//! Who gains health and who gives it up: by group of residents, and on the plane of net health and of how it is shared.

use crate::appraisal::findings::{Comparator, Findings, MeasureFinding};
use crate::appraisal::measure::equal_health::EQUAL_HEALTH;
use crate::appraisal::measure::inequality::SLOPE_INDEX;
use crate::appraisal::measure::net_health::{DISPLACED_PER_1000, GAINED_PER_1000, NET_PER_1000, NET_QALYS};

use super::fact::{Fact, Facts, Under, value};
use super::lead;
use super::read::{groups, median_fact};

/// Health of one group of residents, for a thousand of them, under a strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct OfGroup {
    /// The group.
    pub group: String,
    /// QALYs gained.
    pub gained: Option<Fact>,
    /// QALYs lost where the money was taken from.
    pub displaced: Option<Fact>,
    /// What is left of the one less the other.
    pub net: Option<Fact>,
}

/// Health by group, and what of it is left for all.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedOut {
    /// The groups, the most deprived first.
    pub groups: Vec<OfGroup>,
    /// QALYs gained less QALYs displaced.
    pub net: Option<Fact>,
    /// Its slope index: how much more of it goes to the most deprived.
    pub slope: Option<Fact>,
    /// What it is worth where unequal health is disliked: as good as so many QALYs shared equally by all.
    pub equal: Option<Fact>,
}

impl SharedOut {
    /// Of a strategy.
    pub fn of(findings: &Findings, strategy: usize) -> Self {
        let of = |comparator, outcome: &str, group: &str| median_fact(findings, strategy, comparator, outcome, group);
        let of_group = |group: String| OfGroup {
            gained: of(Comparator::Twin, GAINED_PER_1000, &group),
            displaced: of(Comparator::DoNothing, DISPLACED_PER_1000, &group),
            net: of(Comparator::DoNothing, NET_PER_1000, &group),
            group,
        };
        Self {
            groups: groups(findings).into_iter().map(of_group).collect(),
            net: of(Comparator::DoNothing, NET_QALYS, ""),
            slope: of(Comparator::DoNothing, SLOPE_INDEX, NET_QALYS),
            equal: averse_to_relative_gaps(findings, strategy)
                .and_then(|group| of(Comparator::DoNothing, EQUAL_HEALTH, group)),
        }
    }

    /// Whether there is more health in the middle, and whether the gap is narrower; none where either is not known.
    fn on_the_plane(&self) -> Option<(bool, bool)> {
        let (net, slope) = (self.net.as_ref()?, self.slope.as_ref()?);
        Some((net.value > 0.0, slope.value > 0.0))
    }
}

/// Which aversions the worth of a change is told at: the first is to relative gaps.
pub fn aversions(findings: &Findings, strategy: usize) -> Vec<&str> {
    let of = |one: &&MeasureFinding| one.strategy == strategy && one.outcome == EQUAL_HEALTH;
    findings.measures.iter().filter(of).map(|one| one.group.as_str()).collect()
}

fn averse_to_relative_gaps(findings: &Findings, strategy: usize) -> Option<&str> {
    aversions(findings, strategy).first().copied()
}

/// The most and the least deprived group, under the strategy under which the most deprived have most after the financing.
#[derive(Debug, Clone, PartialEq)]
pub struct Ends {
    /// The most deprived.
    pub most_deprived: Under,
    /// The least deprived.
    pub least_deprived: Under,
}

/// How the strategies share health out.
#[derive(Debug, Clone, PartialEq)]
pub struct Equity {
    /// The two ends; none where health is not known of groups.
    pub ends: Option<Ends>,
    /// Strategies of which net health and its slope are known.
    pub known: usize,
    /// Of these those with more health than the money gave up.
    pub more_health: usize,
    /// Of these those that narrow the gap.
    pub narrower: usize,
}

impl Equity {
    /// Of strategies, each with what it shares out.
    pub fn of(strategies: &[&SharedOut]) -> Self {
        let net = |strategy: usize| strategies[strategy].groups.first().and_then(|one| one.net.as_ref());
        let ends = || {
            let (_, strategy) = lead::span(strategies.len(), |strategy| value(net(strategy)))?;
            let of = |group: Option<&OfGroup>| Some(Under { strategy, fact: group?.net.clone()? });
            let groups = &strategies[strategy].groups;
            Some(Ends { most_deprived: of(groups.first())?, least_deprived: of(groups.last())? })
        };
        let plane: Vec<(bool, bool)> = strategies.iter().filter_map(|one| one.on_the_plane()).collect();
        Self {
            ends: ends(),
            known: plane.len(),
            more_health: plane.iter().filter(|(more, _)| *more).count(),
            narrower: plane.iter().filter(|(_, narrower)| *narrower).count(),
        }
    }
}

impl Facts for OfGroup {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        [&self.gained, &self.displaced, &self.net].into_iter().for_each(|one| one.facts(all));
    }
}

impl Facts for SharedOut {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.groups.facts(all);
        [&self.net, &self.slope, &self.equal].into_iter().for_each(|one| one.facts(all));
    }
}

impl Facts for Equity {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        if let Some(ends) = &self.ends {
            ends.most_deprived.facts(all);
            ends.least_deprived.facts(all);
        }
    }
}

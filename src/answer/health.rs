//! Health gained and given up, under the strategy that is told of where only one is.

use crate::appraisal::findings::Findings;

use super::fact::{Clock, Fact, Facts, value};
use super::lead;
use super::read::clock;
use super::strategy::OfStrategy;

/// The strategy under which prevention gains most health, or the first where that is not known: the one that is told of where
/// only one is.
pub fn healthiest(strategies: &[OfStrategy]) -> Option<usize> {
    let best =
        lead::span(strategies.len(), |strategy| value(strategies[strategy].gained.as_ref())).map(|(_, most)| most);
    best.or_else(|| (!strategies.is_empty()).then_some(0))
}

/// Health under the strategy under which prevention gains most of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// The strategy.
    pub strategy: usize,
    /// QALYs gained.
    pub gained: Fact,
    /// Those of them that are gained within the horizon, where more is gained later.
    pub within: Option<Fact>,
    /// QALYs lost where the money was taken from, where any are.
    pub displaced: Option<Fact>,
}

impl Health {
    /// None where no health is known.
    pub fn of(findings: &Findings, strategies: &[OfStrategy]) -> Option<Self> {
        let strategy = healthiest(strategies)?;
        let own = &strategies[strategy];
        let displaced = own.displaced.clone().filter(|lost| lost.value != 0.0);
        let within = own.gained_within.clone().filter(|_| clock(findings) == Clock::Lifetime);
        Some(Self { strategy, gained: own.gained.clone()?, within, displaced })
    }
}

impl Facts for Health {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.gained.facts(all);
        self.within.facts(all);
        self.displaced.facts(all);
    }
}

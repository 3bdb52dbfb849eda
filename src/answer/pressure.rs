//! What is moved, left over and taken back, and what stopping early costs.

use crate::appraisal::findings::Findings;

use super::demand::DemandChange;
use super::fact::{Fact, Facts, Under, amount};
use super::lead;
use super::read::{change_fact, lead_service};
use super::strategy::{Amounts, OfStrategy};

/// What is moved under a strategy, and a part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PartOfMoved {
    /// The strategy.
    pub strategy: usize,
    /// The part: taken back, or left over.
    pub part: Option<Fact>,
    /// All that the plan moves.
    pub moved: Option<Fact>,
}

impl PartOfMoved {
    fn of(strategies: &[OfStrategy], strategy: usize, part: fn(&Amounts) -> &Option<Fact>) -> Self {
        let amounts = &strategies[strategy].nominal;
        Self { strategy, part: part(amounts).clone(), moved: amounts.moved.clone() }
    }

    /// The part as an amount.
    pub fn amount(&self) -> f64 {
        amount(self.part.as_ref())
    }

    /// The whole as an amount.
    pub fn whole(&self) -> f64 {
        amount(self.moved.as_ref())
    }
}

/// The effect of a strategy that stops early, beside that of the one that does most.
#[derive(Debug, Clone, PartialEq)]
pub struct StoppedEarly {
    /// What the demand that leads is called.
    pub name: String,
    /// The plan year.
    pub year: usize,
    /// Under the strategy that stops.
    pub stopped: Under,
    /// Under the one that goes on.
    pub going_on: Under,
}

/// What pressure and stopping take away, and what could not be spent.
#[derive(Debug, Clone, PartialEq)]
pub struct Pressure {
    /// What is taken back where most is.
    pub raided: PartOfMoved,
    /// What cannot be spent where most is moved.
    pub unspent: PartOfMoved,
    /// A strategy that stops early, where there is one and another does more.
    pub stopping: Option<StoppedEarly>,
}

impl Pressure {
    /// None without strategies.
    pub fn of(findings: &Findings, strategies: &[OfStrategy], demand: Option<&DemandChange>) -> Option<Self> {
        let greatest = |of: fn(&Amounts) -> &Option<Fact>| {
            lead::greatest_as_displayed(strategies.len(), |one| amount(of(&strategies[one].nominal).as_ref()))
        };
        Some(Self {
            raided: PartOfMoved::of(strategies, greatest(|of| &of.raided)?, |of| &of.raided),
            unspent: PartOfMoved::of(strategies, greatest(|of| &of.moved)?, |of| &of.unspent),
            stopping: demand.and_then(|demand| stopping(findings, demand)),
        })
    }
}

fn stopping(findings: &Findings, demand: &DemandChange) -> Option<StoppedEarly> {
    let strategy = (0..findings.strategies.len()).find(|strategy| lead::stops_early(findings, *strategy))?;
    if strategy == demand.most.strategy {
        return None;
    }
    let fact = change_fact(findings, strategy, lead_service(findings), demand.year)?;
    let stopped = Under { strategy, fact };
    Some(StoppedEarly { name: demand.name.clone(), year: demand.year, stopped, going_on: demand.most.clone() })
}

impl Facts for PartOfMoved {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.part.facts(all);
        self.moved.facts(all);
    }
}

impl Facts for StoppedEarly {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.stopped.facts(all);
        self.going_on.facts(all);
    }
}

impl Facts for Pressure {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.raided.facts(all);
        self.unspent.facts(all);
        self.stopping.facts(all);
    }
}

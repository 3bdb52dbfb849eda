//! What a study says: its statements as typed facts, chosen once and asked by everything that tells them.
//!
//! A [fact](fact::Fact) is a number with all that it is of, so that it can be looked up in the tables. A statement is one or a few of
//! them with the choice that was made: which strategy leads, which outcome, whether there is anything to say. Each subject has a
//! file. Nothing here writes a sentence, a number or a picture; whoever does takes its facts from here.

pub mod cost_per_qaly;
pub mod demand;
pub mod equity;
pub mod fact;
pub mod faults;
pub mod happens;
pub mod health;
pub mod lead;
pub mod payback;
pub mod places;
pub mod pressure;
pub mod ranking;
pub mod read;
pub mod savings;
pub mod strategy;

use crate::appraisal::findings::Findings;

use demand::DemandChange;
use equity::{Equity, SharedOut};
use fact::{Fact, Facts};
use faults::WhatWentWrong;
use happens::Happens;
use health::Health;
use payback::Repaid;
use places::{NeedOrUse, OverPlaces};
use pressure::Pressure;
use ranking::Leads;
use savings::{ComesBack, Gainers};
use strategy::OfStrategy;

/// All that a study says. What is `None` is nothing to be said.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What prevention does to demand.
    pub demand: Option<DemandChange>,
    /// What becomes of the need.
    pub happens: Option<Happens>,
    /// Who is repaid.
    pub payback: Repaid,
    /// Who gains.
    pub gainers: Option<Gainers>,
    /// What comes back of what is spent.
    pub comes_back: Option<ComesBack>,
    /// Health gained and given up.
    pub health: Option<Health>,
    /// What pressure and stopping take away.
    pub pressure: Option<Pressure>,
    /// How health is shared out.
    pub equity: Equity,
    /// Which strategy is better, outcome by outcome.
    pub rankings: Vec<Leads>,
    /// What went wrong.
    pub faults: WhatWentWrong,
    /// Of which strategy is told where only one is.
    pub healthiest: Option<usize>,
    /// Each strategy by itself.
    pub strategies: Vec<OfStrategy>,
    /// Where several places are added up, each strategy in each place.
    pub places: Vec<Vec<OfStrategy>>,
    /// And what is told of all of them: the need, and what happens of it.
    pub over_places: Vec<OverPlaces>,
}

impl Answer {
    /// What the findings of a study say.
    pub fn of(findings: &Findings) -> Self {
        let demand = DemandChange::of(findings);
        let each = |findings: &Findings| -> Vec<OfStrategy> {
            (0..findings.strategies.len()).map(|strategy| OfStrategy::of(findings, strategy)).collect()
        };
        let strategies = each(findings);
        // Of a place nothing is told by payer, and so its tables hold nothing of it.
        let of_place = |of: OfStrategy| OfStrategy { saved_by: Vec::new(), ..of };
        let places = findings.places.iter().map(|place| each(place).into_iter().map(of_place).collect());
        let places: Vec<Vec<OfStrategy>> = places.collect();
        let shared: Vec<&SharedOut> = strategies.iter().map(|one| &one.shared).collect();
        Self {
            happens: Happens::of(findings),
            payback: Repaid::of(findings, &strategies),
            gainers: Gainers::of(findings, &strategies),
            comes_back: ComesBack::of(&strategies),
            health: Health::of(findings, &strategies),
            pressure: Pressure::of(findings, &strategies, demand.as_ref()),
            rankings: findings.rankings.iter().filter_map(|ranking| Leads::of(findings, ranking)).collect(),
            faults: WhatWentWrong::of(findings),
            healthiest: health::healthiest(&strategies),
            over_places: NeedOrUse::ALL.into_iter().filter_map(|side| OverPlaces::of(side, &places)).collect(),
            places,
            equity: Equity::of(&shared),
            strategies,
            demand,
        }
    }

    /// Every fact that is told.
    pub fn facts(&self) -> Vec<&Fact> {
        let mut all = Vec::new();
        self.demand.facts(&mut all);
        self.happens.facts(&mut all);
        self.payback.facts(&mut all);
        self.gainers.facts(&mut all);
        self.comes_back.facts(&mut all);
        self.health.facts(&mut all);
        self.pressure.facts(&mut all);
        self.equity.facts(&mut all);
        self.rankings.facts(&mut all);
        self.strategies.facts(&mut all);
        self.places.facts(&mut all);
        self.over_places.facts(&mut all);
        all
    }
}

//! What becomes of the need, which is another thing where beds or staff are short: what happens, what is in use, what finds no
//! service.

use crate::appraisal::findings::{Findings, Happening};

use super::fact::{Fact, Facts, Under};
use super::lead;
use super::read::{happening_change_fact, happening_fact, lead_service, need};

/// One of the three, in the last plan year.
#[derive(Debug, Clone, PartialEq)]
pub struct Becomes {
    /// What it is and how it is counted.
    pub what: Happening,
    /// Under the strategy under which there is least more of it.
    pub least: Under,
    /// Under the one under which there is most more, where that is another.
    pub most: Option<Under>,
}

/// What becomes of the need that leads.
#[derive(Debug, Clone, PartialEq)]
pub struct Happens {
    /// The plan year.
    pub year: usize,
    /// What happens, in per cent of the twin's.
    pub happens: Option<Becomes>,
    /// What is in use, and what finds no service, each in its own unit.
    pub beside: Vec<Becomes>,
}

impl Happens {
    /// None where the accounts do not say, or nothing is known of it.
    pub fn of(findings: &Findings) -> Option<Self> {
        let (need, year) = (need(findings, lead_service(findings))?, findings.horizon);
        let strategies = findings.strategies.len();
        let becomes = |what: &Happening, fact: &dyn Fn(usize) -> Option<Fact>| {
            let (least, most) = lead::ends(strategies, fact)?;
            Some(Becomes { what: what.clone(), least, most })
        };
        let happens = match &need.happens {
            // What is in use means little where nobody knows what happens.
            Some(what) => Some(becomes(what, &|strategy| happening_change_fact(findings, strategy, what, year))?),
            None => None,
        };
        let beside = need.used.iter().chain(&need.unmet);
        let beside = beside
            .filter_map(|what| becomes(what, &|strategy| happening_fact(findings, strategy, what, year)))
            .collect::<Vec<_>>();
        (happens.is_some() || !beside.is_empty()).then_some(Self { year, happens, beside })
    }
}

impl Facts for Becomes {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.least.facts(all);
        self.most.facts(all);
    }
}

impl Facts for Happens {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.happens.facts(all);
        self.beside.facts(all);
    }
}

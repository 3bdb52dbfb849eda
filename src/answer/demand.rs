//! What prevention does to the demand that leads: where it falls most, where least, and which other demand falls more.

use crate::appraisal::findings::Findings;

use super::fact::{Fact, Facts, Under, value};
use super::lead;
use super::read::{change_fact, lead_service, need_name};

/// The demand that leads, in the last plan year.
#[derive(Debug, Clone, PartialEq)]
pub struct DemandChange {
    /// What it is called: need is not use.
    pub name: String,
    /// The plan year.
    pub year: usize,
    /// Its change under the strategy under which it falls most, or rises least.
    pub most: Under,
    /// Under the strategy under which it falls least, where that is another.
    pub least: Option<Under>,
    /// The demand that falls more still under the first of these, by its name, where there is one.
    pub beside: Option<(String, Fact)>,
}

impl DemandChange {
    /// None where no change of demand is known.
    pub fn of(findings: &Findings) -> Option<Self> {
        let (service, year) = (lead_service(findings), findings.horizon);
        let change = |strategy| change_fact(findings, strategy, service, year);
        let (most, least) = lead::ends(findings.strategies.len(), change)?;
        let beside = falls_more(findings, most.strategy).filter(|(_, fact)| fact.value < 0.0);
        Some(Self { name: need_name(findings, service).to_owned(), year, most, least, beside })
    }
}

impl Facts for DemandChange {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.most.facts(all);
        self.least.facts(all);
        self.beside.facts(all);
    }
}

/// Of the demands beside the one that leads that which falls most under a strategy, if it falls more than that one.
pub fn falls_more(findings: &Findings, strategy: usize) -> Option<(String, Fact)> {
    let (lead, year) = (lead_service(findings), findings.horizon);
    let than = value(change_fact(findings, strategy, lead, year).as_ref());
    let others = findings.services.iter().filter(|(service, _)| service != lead);
    let changes = others.filter_map(|(service, _)| Some((service, change_fact(findings, strategy, service, year)?)));
    let (service, fact) = changes.min_by(|one, other| one.1.value.total_cmp(&other.1.value))?;
    (fact.value < than).then(|| (need_name(findings, service).to_owned(), fact))
}

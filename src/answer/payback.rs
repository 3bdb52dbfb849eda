//! Who is repaid within the horizon, in how many draws, and who had nothing to be repaid.

use crate::appraisal::findings::{Findings, PerspectiveLabel};

use super::fact::{Fact, Facts, Under};
use super::lead;
use super::read::{chance_fact, nothing_spent};

/// The chance of payback within the horizon from a perspective.
#[derive(Debug, Clone, PartialEq)]
pub struct Chances {
    /// Whose books.
    pub perspective: PerspectiveLabel,
    /// Under the strategy under which it is least likely.
    pub least: Under,
    /// Under the one under which it is most likely; the first once more where it is as likely under all.
    pub most: Under,
}

/// Payback from every perspective.
#[derive(Debug, Clone, PartialEq)]
pub struct Repaid {
    /// Perspectives in the order of the accounts, as far as a chance is known.
    pub chances: Vec<Chances>,
    /// Why nothing was spent, with the strategies of which that is so: there is nothing to be paid back.
    pub unspent: Vec<(String, Vec<usize>)>,
    /// Whether no strategy spent anything.
    pub never_spent: bool,
}

impl Repaid {
    /// Payback of the strategies of a study.
    pub fn of(findings: &Findings) -> Self {
        let all: Vec<usize> = (0..findings.strategies.len()).collect();
        let mut unspent: Vec<(String, Vec<usize>)> = Vec::new();
        for strategy in &all {
            let Some(why) = nothing_spent(findings, *strategy) else { continue };
            match unspent.iter_mut().find(|(known, _)| known == why) {
                Some((_, who)) => who.push(*strategy),
                None => unspent.push((why.to_owned(), vec![*strategy])),
            }
        }
        let never_spent = !all.is_empty() && unspent.iter().map(|(_, who)| who.len()).sum::<usize>() == all.len();
        Self { chances: chances(findings, &all), unspent, never_spent }
    }
}

/// The least and the most likely of some strategies, from each perspective.
pub fn chances(findings: &Findings, strategies: &[usize]) -> Vec<Chances> {
    let of = |perspective: &PerspectiveLabel| {
        let chance = |place: usize| chance_fact(findings, strategies[place], &perspective.id, findings.horizon);
        let under = |one: Under| Under { strategy: strategies[one.strategy], ..one };
        let (least, most) = lead::ends(strategies.len(), chance)?;
        let most = most.unwrap_or_else(|| least.clone());
        Some(Chances { perspective: perspective.clone(), least: under(least), most: under(most) })
    };
    findings.perspectives.iter().filter_map(of).collect()
}

impl Facts for Chances {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.least.facts(all);
        self.most.facts(all);
    }
}

impl Facts for Repaid {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.chances.facts(all);
    }
}

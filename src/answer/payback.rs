//! Who is repaid within the horizon, in how many draws, and who had nothing to be repaid.

use crate::appraisal::findings::{Findings, PerspectiveLabel};

use super::fact::{Fact, Facts, Under};
use super::lead;
use super::read::nothing_spent;
use super::strategy::{From, OfStrategy};

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
    /// Payback of the strategies of a study, with what is told of each.
    pub fn of(findings: &Findings, strategies: &[OfStrategy]) -> Self {
        let all: Vec<usize> = (0..strategies.len()).collect();
        let mut unspent: Vec<(String, Vec<usize>)> = Vec::new();
        for strategy in &all {
            let Some(why) = nothing_spent(findings, *strategy) else { continue };
            match unspent.iter_mut().find(|(known, _)| known == why) {
                Some((_, who)) => who.push(*strategy),
                None => unspent.push((why.to_owned(), vec![*strategy])),
            }
        }
        let never_spent = !all.is_empty() && unspent.iter().map(|(_, who)| who.len()).sum::<usize>() == all.len();
        Self { chances: chances(strategies, &all), unspent, never_spent }
    }
}

/// The least and the most likely of some of the strategies, from each perspective.
pub fn chances(strategies: &[OfStrategy], some: &[usize]) -> Vec<Chances> {
    let Some(first) = strategies.first() else { return Vec::new() };
    let of = |(place, own): (usize, &From)| {
        let chance = |one: usize| strategies[some[one]].perspectives[place].at_horizon().cloned();
        let under = |one: Under| Under { strategy: some[one.strategy], ..one };
        let (least, most) = lead::ends(some.len(), chance)?;
        let most = most.unwrap_or_else(|| least.clone());
        Some(Chances { perspective: own.perspective.clone(), least: under(least), most: under(most) })
    };
    first.perspectives.iter().enumerate().filter_map(of).collect()
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

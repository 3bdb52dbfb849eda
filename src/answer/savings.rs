//! Who gains: what prevention saves each payer where it saves most, and what it costs.

use crate::appraisal::findings::Findings;
use crate::words;

use super::fact::{Fact, Facts, amount, value};
use super::lead;
use super::strategy::OfStrategy;

/// What payers save together, and what those who save save: a group of payers counts as one. Where some pay more, the first is
/// less than the second, and shares of the first would come to more than a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Savings {
    /// Of all payers, more less what others pay more.
    pub net: f64,
    /// Of those who save.
    pub gross: f64,
    /// The first group of payers and what it saves; below zero where it pays more.
    pub group: Option<(String, f64)>,
}

impl Savings {
    /// Adds up what each payer saves, by its name.
    pub fn of<'p>(findings: &Findings, saved: impl Iterator<Item = (&'p str, f64)>) -> Self {
        let mut groups: Vec<(&str, f64)> = findings.first_group().map(|first| (first, 0.0)).into_iter().collect();
        let (mut gross, mut net) = (0.0, 0.0);
        for (payer, saved) in saved {
            net += saved;
            let Some(group) = findings.group_of(payer) else {
                gross += f64::max(saved, 0.0);
                continue;
            };
            match groups.iter_mut().find(|(known, _)| *known == group) {
                Some((_, sum)) => *sum += saved,
                None => groups.push((group, saved)),
            }
        }
        let gross = groups.iter().fold(gross, |gross, (_, saved)| gross + f64::max(*saved, 0.0));
        let group = groups.first().map(|(name, saved)| ((*name).to_owned(), *saved));
        Self { net, gross, group }
    }

    /// What is saved by those who save, where shares of it are not shares of what all save together: where some pay so much more
    /// that it would show in a share.
    pub fn beyond_net(&self) -> Option<f64> {
        (self.gross - self.net >= 0.005 * self.gross).then_some(self.gross)
    }
}

/// What a group of payers saves together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What it is called inside a sentence.
    pub name: String,
    /// What it saves, below zero where it pays more; nothing is zero.
    pub saved: Option<Fact>,
}

/// Who gains under the strategy under which all payers together save most.
#[derive(Debug, Clone, PartialEq)]
pub struct Gainers {
    /// The strategy.
    pub strategy: usize,
    /// What all payers save together.
    pub whole: Fact,
    /// What its programmes cost, where that is kept.
    pub spent: Option<Fact>,
    /// Single payers that save, with their names in the accounts, the greatest saving first.
    pub single: Vec<(String, Fact)>,
    /// The first group of payers of the accounts, where there is one.
    pub group: Option<Group>,
    /// What shares are of.
    pub savings: Savings,
}

impl Gainers {
    /// None where no strategy saves payers anything together.
    pub fn of(findings: &Findings, strategies: &[OfStrategy]) -> Option<Self> {
        let (_, strategy) = lead::span(strategies.len(), |one| amount(strategies[one].saved.as_ref()))?;
        let own = &strategies[strategy];
        let whole = own.saved.clone().filter(|whole| whole.value > 0.0)?;
        let known = own.saved_by.iter().filter_map(|(payer, saved)| Some((payer.clone(), saved.clone()?)));
        let mut by_payer: Vec<(String, Fact)> = known.collect();
        by_payer.sort_by(|one, other| other.1.value.total_cmp(&one.1.value));
        let savings = Savings::of(findings, by_payer.iter().map(|(payer, saved)| (payer.as_str(), saved.value)));
        let group = findings.first_group().map(|name| {
            let own = by_payer.iter().filter(|(payer, _)| findings.group_of(payer) == Some(name));
            Group { name: name.to_owned(), saved: own.map(|(_, saved)| saved.clone()).reduce(Fact::plus) }
        });
        let single = by_payer
            .into_iter()
            .filter(|(payer, saved)| saved.value > 0.0 && findings.group_of(payer).is_none())
            .collect();
        Some(Self { strategy, whole, spent: own.nominal.spent.clone(), single, group, savings })
    }

    /// A part as a share of what is saved by those who save.
    pub fn share(&self, part: f64) -> f64 {
        part / self.savings.gross
    }
}

impl Group {
    /// What it saves, and zero where that is less than anybody counts.
    pub fn as_displayed(&self) -> f64 {
        words::or_zero(amount(self.saved.as_ref()), words::LEAST_POUNDS)
    }
}

impl Facts for Group {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.saved.facts(all);
    }
}

impl Facts for Gainers {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.whole.facts(all);
        self.spent.facts(all);
        self.single.facts(all);
        self.group.facts(all);
    }
}

/// What comes back of what is spent, where the greatest part of it does.
#[derive(Debug, Clone, PartialEq)]
pub struct ComesBack {
    /// The strategy.
    pub strategy: usize,
    /// What is spent.
    pub spent: Fact,
    /// What all payers save together.
    pub saved: Option<Fact>,
}

impl ComesBack {
    /// None where nothing is spent.
    pub fn of(strategies: &[OfStrategy]) -> Option<Self> {
        let spent = |one: usize| strategies[one].nominal.spent.as_ref().filter(|fact| fact.value > 0.0);
        let part = |one: usize| amount(strategies[one].saved.as_ref()) / value(spent(one));
        let (_, strategy) = lead::span(strategies.len(), part)?;
        Some(Self { strategy, spent: spent(strategy)?.clone(), saved: strategies[strategy].saved.clone() })
    }

    /// The part of what is spent.
    pub fn part(&self) -> f64 {
        amount(self.saved.as_ref()) / self.spent.value
    }
}

impl Facts for ComesBack {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.spent.facts(all);
        self.saved.facts(all);
    }
}

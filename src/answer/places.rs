//! What prevention does in each of several places: where most and where least, and which strategy does most in most of them.

use super::fact::{Fact, Facts};
use super::strategy::OfStrategy;

/// The need, or what happens of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeedOrUse {
    /// The demand that leads.
    Need,
    /// What happens of it.
    Happens,
}

/// What is found in a place.
#[derive(Debug, Clone, PartialEq)]
pub struct In {
    /// The place, by its number among those of the scenario.
    pub place: usize,
    /// What is found there.
    pub fact: Fact,
}

/// The strategy that does most in most places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoesMost {
    /// The strategy.
    pub strategy: usize,
    /// In how many places it does most.
    pub often: usize,
    /// Places of which it is known which does.
    pub of: usize,
}

/// The change of the need, or of what happens of it, over the places.
#[derive(Debug, Clone, PartialEq)]
pub struct OverPlaces {
    /// Which of the two.
    pub side: NeedOrUse,
    /// Where it falls most under the first strategy.
    pub most: In,
    /// Where it falls least.
    pub least: In,
    /// The strategy that does most.
    pub does_most: DoesMost,
}

impl OverPlaces {
    /// One of the two, in places with what is told of each strategy there; none where it is known in no place.
    pub fn of(side: NeedOrUse, places: &[Vec<OfStrategy>]) -> Option<Self> {
        let found = |place: usize, strategy: usize| {
            Some(In { place, fact: side.at_end(places[place].get(strategy)?)?.clone() })
        };
        let first: Vec<In> = (0..places.len()).filter_map(|place| found(place, 0)).collect();
        let by_change = |one: &&In, other: &&In| one.fact.value.total_cmp(&other.fact.value);
        let most = first.iter().min_by(by_change)?.clone();
        let least = first.iter().max_by(by_change)?.clone();
        Some(Self { side, most, least, does_most: does_most(side, places)? })
    }
}

/// The first of equals, as the scenario lists them.
fn does_most(side: NeedOrUse, places: &[Vec<OfStrategy>]) -> Option<DoesMost> {
    let best = |strategies: &Vec<OfStrategy>| {
        let known = strategies.iter().enumerate().filter_map(|(strategy, of)| Some((strategy, side.at_end(of)?.value)));
        known.min_by(|one, other| one.1.total_cmp(&other.1)).map(|(strategy, _)| strategy)
    };
    let found: Vec<usize> = places.iter().filter_map(best).collect();
    let often = |strategy: &usize| found.iter().filter(|one| *one == strategy).count();
    let strategies = places.first().map_or(0, Vec::len);
    let strategy = (0..strategies).rev().max_by_key(often).filter(|_| !found.is_empty())?;
    Some(DoesMost { strategy, often: often(&strategy), of: found.len() })
}

impl NeedOrUse {
    /// Both, the need first.
    pub const ALL: [Self; 2] = [Self::Need, Self::Happens];

    /// Its change in the last year under a strategy.
    pub fn at_end(self, of: &OfStrategy) -> Option<&Fact> {
        match self {
            Self::Need => of.change(),
            Self::Happens => of.happening(),
        }
    }
}

impl Facts for OverPlaces {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        all.extend([&self.most.fact, &self.least.fact]);
    }
}

//! What a measure is: which, in what, which way is better, and how it follows from yearly series.

use crate::quantity::Unit;

use super::super::key::{Comparator, PriceBase, SeriesKey};
use super::reduction::Reduction;
use super::subject::Subject;

/// A measure of a strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Which.
    pub key: MeasureKey,
    /// What people call it; empty where its outcome says all there is to say.
    pub name: String,
    /// In what.
    pub unit: Unit,
    /// In which money.
    pub price_base: PriceBase,
    /// Which way is better.
    pub direction: Direction,
    /// What is told of its draws.
    pub telling: Telling,
    /// Whether the findings of a run tell it among their single numbers. What they tell as a series, and what would be too
    /// much for every run, is told to those who ask for it.
    pub reported: bool,
    /// The yearly series that it is made of.
    pub needs: Vec<SeriesKey>,
    /// How it follows from them in a draw.
    pub reduction: Reduction,
}

/// Which measure it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureKey {
    /// Index of the strategy.
    pub strategy: usize,
    /// What it is measured against.
    pub comparator: Comparator,
    /// What, such as `net-present-value`, `trough-depth`, `demand-change`.
    pub outcome: String,
    /// Of which perspective, service, group or the like; empty for all together.
    pub group: String,
    /// Whose money; empty where it is nobody's or everybody's.
    pub payer: String,
    /// The plan year (from 1) it is of; `None` for the whole horizon.
    pub year: Option<usize>,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More of it.
    More,
    /// Less of it.
    Less,
    /// Neither by itself.
    Neither,
}

/// What is told of a number that each draw has.
#[derive(Debug, Clone, PartialEq)]
pub enum Telling {
    /// Its mean and its quantiles.
    Distribution,
    /// Of 1 or 0, how often it is 1.
    Chance,
    /// Its mean over that of another number; no draw has it alone.
    RatioOfMeans(Reduction),
}

/// The series of a measure under way, each once.
#[derive(Default)]
pub(super) struct Needs(Vec<SeriesKey>);

impl Needs {
    /// The index of a series among them.
    pub(super) fn index(&mut self, key: &SeriesKey) -> usize {
        let known = self.0.iter().position(|one| one == key);
        known.unwrap_or_else(|| {
            self.0.push(key.clone());
            self.0.len() - 1
        })
    }
}

impl Measure {
    /// A measure of the whole horizon that findings tell by its distribution: no money, and neither way better, unless it is
    /// said.
    pub(super) fn new(
        subject: &Subject<'_>,
        of: (Comparator, &str, &str),
        unit: Unit,
        needs: Needs,
        reduction: Reduction,
    ) -> Self {
        let (comparator, outcome, group) = of;
        Self {
            key: MeasureKey {
                strategy: subject.strategy,
                comparator,
                outcome: outcome.to_owned(),
                group: group.to_owned(),
                payer: String::new(),
                year: None,
            },
            name: String::new(),
            unit,
            price_base: PriceBase::None,
            direction: Direction::Neither,
            telling: Telling::Distribution,
            reported: true,
            needs: needs.0,
            reduction,
        }
    }

    pub(super) fn named(self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self }
    }

    pub(super) fn priced(self, price_base: PriceBase) -> Self {
        Self { price_base, ..self }
    }

    pub(super) fn better(self, direction: Direction) -> Self {
        Self { direction, ..self }
    }

    /// The same in another plan year; `None` for what is of the whole horizon.
    pub fn in_year(&self, year: usize) -> Option<Self> {
        self.key.year?;
        let mut other = self.clone();
        other.key.year = Some(year);
        match &mut other.reduction {
            Reduction::Year(_, at) | Reduction::Percent { year: at, .. } => *at = year.checked_sub(1)?,
            Reduction::PaidBackBy { year: at, .. } => *at = year,
            _ => return None,
        }
        Some(other)
    }
}

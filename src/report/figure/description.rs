//! What the numbers of a layer are: the words that head their column, their statistic, and where they stand in the tidy tables.

use crate::appraisal::findings::{Comparator, PriceBase};
use crate::appraisal::statistic::Statistic;

/// What a layer tells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Description {
    /// What it is of: a strategy, a perspective, a domain. Empty where the panel's title says it.
    pub name: String,
    /// Which statistic over the draws its numbers are; `None` where they are none.
    pub statistic: Option<Statistic>,
    /// For each of its numbers, in their order, the rows of the tidy tables that add up to it; empty where they are not of
    /// those tables.
    pub rows: Vec<Vec<Term>>,
}

/// The share of draws that a band or interval holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The middle half: quantiles 0.25 to 0.75.
    Fifty,
    /// Quantiles 0.05 to 0.95.
    Ninety,
}

/// A row of the tidy tables that is counted in a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// 1, or -1 where it is taken away.
    pub sign: f64,
    /// Which row.
    pub row: RowKey,
}

/// What a row of the tidy tables is of, as its columns write it, but for the statistic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowKey {
    /// The id of the place.
    pub place: String,
    /// The id of the strategy, or `do-nothing`.
    pub strategy: String,
    /// What it is measured against.
    pub comparator: Comparator,
    /// What is measured.
    pub outcome: String,
    /// Of which service, programme, quintile or perspective; empty for all together.
    pub group: String,
    /// Whose money; empty where it is nobody's or everybody's.
    pub payer: String,
    /// The label of the plan year; empty for numbers of the whole horizon.
    pub year: String,
    /// In which money.
    pub price_base: PriceBase,
}

impl Description {
    /// Numbers under this name that are of no tidy table, or of several.
    pub fn named(name: &str) -> Description {
        Description { name: name.to_owned(), ..Description::default() }
    }

    /// Numbers under this name, each with the rows that add up to it.
    pub fn of(name: &str, statistic: Statistic, rows: Vec<Vec<Term>>) -> Description {
        Description { name: name.to_owned(), statistic: Some(statistic), rows }
    }

    /// The heading of its column: the name, and which statistic stands there with which interval.
    pub(super) fn heading(&self, panel: &str, ends: Option<Level>) -> String {
        let name = if self.name.is_empty() { panel } else { &self.name };
        let statistic = match self.statistic {
            None => return name.to_owned(),
            Some(Statistic::Mean) => "mean",
            Some(Statistic::Median) => "median",
            Some(Statistic::Probability) => "share of draws",
            Some(Statistic::P05) => "5% quantile",
            Some(Statistic::P25) => "25% quantile",
            Some(Statistic::P75) => "75% quantile",
            Some(Statistic::P95) => "95% quantile",
        };
        let ends = match ends {
            None => "",
            Some(Level::Fifty) => " (50% of draws)",
            Some(Level::Ninety) => " (90% of draws)",
        };
        if name.is_empty() { format!("{statistic}{ends}") } else { format!("{name}, {statistic}{ends}") }
    }

    /// The statistics of a number with the ends of its interval.
    pub(super) fn statistics(&self, ends: Option<Level>) -> Vec<Statistic> {
        let ends: &[Statistic] = match ends {
            None => &[],
            Some(Level::Fifty) => &[Statistic::P25, Statistic::P75],
            Some(Level::Ninety) => &[Statistic::P05, Statistic::P95],
        };
        self.statistic.into_iter().chain(ends.iter().copied()).collect()
    }
}

impl Term {
    /// A row that is counted as it is.
    pub fn plus(row: RowKey) -> Term {
        Term { sign: 1.0, row }
    }

    /// A row that is taken away.
    pub fn minus(row: RowKey) -> Term {
        Term { sign: -1.0, row }
    }
}

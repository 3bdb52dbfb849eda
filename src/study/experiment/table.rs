//! The points of an experiment and what came out at them.

use super::super::tally::Tally;
use super::outcome::OutcomeLabel;

/// Points at which a study is to be run: a row each, a column for each thing that they set.
#[derive(Debug, Clone, PartialEq)]
pub struct PointMatrix {
    /// What the columns set.
    pub columns: Vec<PointColumn>,
    /// Row by row: `values[point * columns + column]`.
    pub values: Vec<f64>,
    /// Where the uncertainties stand that no column sets.
    pub others: Others,
}

/// What a column of a [`PointMatrix`] sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointColumn {
    /// Where an uncertainty stands, from 0 to 1: by the name of its stream ([`super::Input::stream`]), or by that of a
    /// constant that follows it.
    Position(String),
    /// The value of a constant, in the model's unit, from the beginning of every run of every arm; what levers say of it does
    /// not count.
    Value(String),
}

/// Where the uncertainties stand that a design does not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// At their medians, and every programme has its effect.
    Central,
    /// As in the study's own draws: point i is draw i.
    Drawn,
}

impl PointMatrix {
    /// How many points.
    pub fn len(&self) -> usize {
        self.values.len().checked_div(self.columns.len()).unwrap_or(0)
    }

    /// Whether there is no point.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The numbers of a point.
    pub fn row(&self, point: usize) -> &[f64] {
        let width = self.columns.len();
        &self.values[point * width..(point + 1) * width]
    }
}

/// What came out: for each outcome and strategy one number a point. A point in which some value of some run was no finite
/// number is `NaN` throughout.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeTable {
    /// What was measured.
    pub outcomes: Vec<OutcomeLabel>,
    /// Ids and names of the strategies.
    pub strategies: Vec<(String, String)>,
    /// How many points.
    pub points: usize,
    /// `values[(outcome * strategies + strategy) * points + point]`.
    pub values: Vec<f64>,
    /// At how many points people or money are not accounted for in some run.
    pub unaccounted: u64,
}

impl OutcomeTable {
    /// What became of the points.
    pub fn tally(&self) -> Tally {
        let columns = self.outcomes.len() * self.strategies.len();
        let wrong = |point: &usize| (0..columns).any(|column| !self.values[column * self.points + point].is_finite());
        let left_out = (0..self.points).filter(wrong).count() as u64;
        Tally { all: self.points as u64, left_out, unaccounted: self.unaccounted, audit: None }
    }

    /// An outcome of a strategy, point by point.
    pub fn column(&self, outcome: usize, strategy: usize) -> &[f64] {
        let start = (outcome * self.strategies.len() + strategy) * self.points;
        &self.values[start..start + self.points]
    }

    /// By how much an outcome of one strategy is above that of another, point by point.
    pub fn difference(&self, outcome: usize, strategy: usize, other: usize) -> Vec<f64> {
        let pairs = self.column(outcome, strategy).iter().zip(self.column(outcome, other));
        pairs.map(|(one, other)| one - other).collect()
    }
}

//! What a batch of runs came to: an array of runs by outcomes by times.

use crate::ensemble::Faults;

/// The outcomes of all runs.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Outcomes {
    /// `values[(run * labels.len() + outcome) * times.len() + time]`.
    pub values: Vec<f64>,
    /// How many runs.
    pub runs: usize,
    /// What each outcome is called, element by element where a whole variable was asked for.
    pub labels: Vec<String>,
    /// When each number was taken, in model time.
    pub times: Vec<f64>,
    /// Runs in which an outcome was no number, or below the least that its model declares.
    pub faults: Faults,
}

impl Outcomes {
    /// One outcome of a run at all times.
    ///
    /// # Panics
    /// There is no such run or outcome.
    pub fn path(&self, run: usize, outcome: usize) -> &[f64] {
        assert!(run < self.runs && outcome < self.labels.len(), "a run and an outcome of this batch");
        let from = (run * self.labels.len() + outcome) * self.times.len();
        &self.values[from..from + self.times.len()]
    }
}

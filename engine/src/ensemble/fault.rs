//! Runs that went wrong: counted, kept, and never dropped in silence.

use std::collections::BTreeMap;

use serde::Serialize;

/// How many runs of an arm went wrong in one variable, and the first of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FaultCount {
    /// Runs concerned.
    pub runs: u64,
    /// The draw of the first.
    pub first_draw: u64,
    /// The time at which it was seen there.
    pub time: f64,
    /// The value seen there.
    pub value: f64,
}

/// All faults by arm and variable.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Faults {
    by_cause: BTreeMap<(usize, String), FaultCount>,
}

impl Faults {
    /// Counts one run of `arm` in which `variable` went wrong.
    pub fn count(&mut self, arm: usize, variable: &str, draw: u64, time: f64, value: f64) {
        self.by_cause.entry((arm, variable.to_owned())).and_modify(|count| count.runs += 1).or_insert(FaultCount {
            runs: 1,
            first_draw: draw,
            time,
            value,
        });
    }

    /// Adds the faults of later draws.
    pub fn extend(&mut self, later: Faults) {
        for (index, count) in later.by_cause {
            self.by_cause.entry(index).and_modify(|here| here.runs += count.runs).or_insert(count);
        }
    }

    /// By arm and variable, in order.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &str, &FaultCount)> {
        self.by_cause.iter().map(|((arm, variable), count)| (*arm, variable.as_str(), count))
    }

    /// Whether no run went wrong.
    pub fn is_empty(&self) -> bool {
        self.by_cause.is_empty()
    }
}

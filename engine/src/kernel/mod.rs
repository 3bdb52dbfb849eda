//! The structure as straight-line arithmetic over lanes; integrators; the slow reference evaluator.
//!
//! [`reference`] evaluates one run plainly and is the judge. The block program evaluates many runs at once, each in
//! its lane, and must agree with it to the bit.

#[cfg(test)]
mod agreement;
pub mod arithmetic;
mod cover;
mod dispatch;
mod events;
mod graph;
mod instruction;
mod lanes;
mod layout;
mod listing;
mod lower;
mod program;
pub mod reference;
mod run;
mod schedule;
mod source;
mod sparse;

use serde::{Deserialize, Serialize};

use crate::model::Integration;
use crate::structure::ScalarId;

pub use dispatch::InstructionSet;
pub use lanes::LANES;
pub use listing::Work;
pub use program::{Program, compile};
pub use run::Workspace;

/// How stocks are integrated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Integrator {
    /// Euler's rule, as Vensim's default.
    #[default]
    Euler,
    /// The classical Runge-Kutta rule of order four with a fixed step.
    Rk4,
}

impl From<Integration> for Integrator {
    fn from(rule: Integration) -> Self {
        match rule {
            Integration::Euler => Self::Euler,
            Integration::RungeKutta4 => Self::Rk4,
        }
    }
}

/// What is kept of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The value of a scalar at each report time.
    Level(ScalarId),
    /// The integral of a scalar from the initial time to each report time, by the integrator in use
    /// (for Euler the left sum, exactly what a stock with this inflow would hold).
    Integral(ScalarId),
    /// The same by the trapezium rule where the integrator is Euler's: closer for what changes smoothly, and no closer for what
    /// jumps, for half of a jump between two steps is counted before it.
    Trapezium(ScalarId),
}

impl Outcome {
    /// Whose value or integral it is.
    pub fn scalar(self) -> ScalarId {
        match self {
            Self::Level(scalar) | Self::Integral(scalar) | Self::Trapezium(scalar) => scalar,
        }
    }

    /// What it is by an integrator: only Euler's has a trapezium rule beside it.
    pub(crate) fn by(self, integrator: Integrator) -> Self {
        match (self, integrator) {
            (Self::Trapezium(scalar), Integrator::Rk4) => Self::Integral(scalar),
            (outcome, _) => outcome,
        }
    }
}

/// What differs between runs and what is kept of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Constants with one number a run.
    pub varying: Vec<ScalarId>,
    /// Constants with a path a run: a straight line within each year of model time.
    pub driven: Vec<ScalarId>,
    /// What is kept.
    pub outcomes: Vec<Outcome>,
    /// When, in model time, rising; each is taken at the nearest step.
    pub report_times: Vec<f64>,
    /// How stocks are integrated.
    pub integrator: Integrator,
}

/// The numbers of a set of runs, lane by lane. `lanes` may be any number from 1.
#[derive(Debug, Clone, Copy)]
pub struct LaneInputs<'a> {
    /// How many runs.
    pub lanes: usize,
    /// `constants[v * lanes + lane]`: the value of `request.varying[v]`.
    pub constants: &'a [f64],
    /// `paths[((d * years + y) * 2 + end) * lanes + lane]`: the value of `request.driven[d]` at the beginning (`end` = 0)
    /// and the end (`end` = 1) of the year `y`, counted from the whole year at or before the initial time. Between them
    /// the value runs along a straight line and jumps, if at all, only where a year begins; after the last year it stays.
    pub paths: &'a [f64],
    /// Years in `paths`.
    pub years: usize,
    /// Which draw each run is, for the chance in a model; empty for draws from 0 on.
    pub draws: &'a [u64],
}

impl LaneInputs<'_> {
    /// Which draw a run is.
    fn draw(&self, lane: usize) -> u64 {
        self.draws.get(lane).copied().unwrap_or(lane as u64)
    }
}

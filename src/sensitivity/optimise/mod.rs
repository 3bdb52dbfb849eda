//! Which mix of programmes, year by year, best meets a goal, within what may be spent, how fast it may grow, and how fairly.
//!
//! A plan is a vector of shares of each year's money. What a plan brings is asked of a closure that runs many plans at a
//! time on the same draws, so that differences between plans are paired. No chance is left to the machine: the frontier
//! search has a seed, the local search needs none.

mod criterion;
mod error;
mod feasible;
mod frontier;
mod problem;
mod project;
mod search;

pub use criterion::{Criterion, Improvement, improvement};
pub use error::{Infeasible, OptimiseError};
pub use feasible::feasible_plan;
pub use frontier::{Frontier, FrontierSettings, Member, frontier};
pub use problem::{DecisionVector, Evaluation, Limit, Problem, Stage};
pub use project::nearest_feasible;
pub use search::{Best, SearchSettings, search};

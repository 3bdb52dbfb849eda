//! Strategies times draws through the program; trajectories; runs that went wrong.
//!
//! An [`Arm`] is a way of setting the model (do nothing, a strategy's twin, a strategy). Every arm runs with the same
//! draws of the uncertainties, so that a difference between arms owes nothing to chance. Draws go through the program
//! in blocks, each draw in its lane; blocks run in parallel and are handed on in order, so that neither threads nor
//! chunks change a bit of any result.

mod arm;
mod block;
mod fault;
mod inputs;
mod run_plan;
mod sampler;
mod values;
mod watch;
mod workers;

pub use arm::{Arm, Follow, Setting};

pub use block::{BLOCK_DRAWS, DrawBlock, run, try_run};
pub use fault::{FaultCount, Faults};
pub use run_plan::RunPlan;
pub use sampler::Sampler;
pub use watch::{Lap, Stage, Unwatched, Watch};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

//! Which uncertainty moves the answer: screening, indices and rank correlations from a matrix of inputs and its outputs.
//!
//! Each method is a file with its source, and all have one form: what depends on the inputs alone (the layout of the
//! sample, orders, slices) is prepared once; then each output, a column of one number per row, gives a list of
//! [`SensitivityIndex`]s, each with its interval. So indices over time are one call per year, and cost no second sorting.
//!
//! | method | needs | says |
//! |---|---|---|
//! | [`sobol`] | a sample laid out for it | shares of variance: first, total and second order, by input or group |
//! | [`morris`] | trajectories | which inputs may be forgotten, for the fewest runs |
//! | [`efast`] | curves through the space | first and total shares of variance |
//! | [`rbd_fast`] | any sample | first shares of variance |
//! | [`pawn`] | any sample | how far the whole distribution of the output moves |
//! | [`delta`] | any sample | the same, by densities |
//! | [`ranks`] | any sample | direction and strength of a monotone relation |
//!
//! [`problem`] and [`matrix`] read samples made elsewhere, [`analysis`] puts a method to them, and [`sample`] draws samples
//! of the same form.
//!
//! [`decision`] asks what the same sample means for a choice between strategies, and [`optimise`] looks for a better plan.
//!
//! Nothing here knows of models or runs: inputs and outputs are numbers. All assume independent inputs; what that means
//! where they are not is written in docs/methods/sensitivity.md.

pub mod analysis;
pub mod decision;
pub mod delta;
mod density;
pub mod efast;
mod fourier;
mod groups;
mod index;
pub mod matrix;
pub mod morris;
pub mod optimise;
mod output;
pub mod pawn;
pub mod problem;
pub mod ranks;
pub mod rbd_fast;
mod resample;
pub mod sample;
pub mod sobol;
mod student;

pub use groups::Groups;
pub use index::{Confidence, IndexKind, NoIndices, SensitivityIndex, find};

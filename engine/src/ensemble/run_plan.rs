//! What is to be run: a program, its arms and their draws.

use crate::kernel::{Program, Request};
use crate::structure::{ScalarId, Structure};

use super::arm::Arm;
use super::sampler::Sampler;

/// What is to be run.
pub struct RunPlan<'a> {
    /// The model.
    pub structure: &'a Structure,
    /// Its program, compiled for `request`.
    pub program: &'a Program,
    /// What varies, what is driven, what is kept.
    pub request: &'a Request,
    /// Do nothing, twins, strategies; an arm may follow only earlier ones.
    pub arms: &'a [Arm],
    /// Constants that the draws decide; those that some arm drives need not be in `request.varying`.
    pub sampled: &'a [ScalarId],
    /// Fills some draws, or one at a time, with a value for each of `sampled`.
    pub sampler: &'a dyn Sampler,
    /// How many draws.
    pub draws: u64,
}

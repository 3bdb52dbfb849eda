//! What a study says of the choice between its strategies and doing nothing, from one sample of all that is uncertain.
//!
//! [`Study::sample_decision`] runs the sample, [`Study::decide`] reads everything from it but what the structure does, for
//! which a few draws are run again without each loop.

mod analysis;
mod inputs;
mod robust;
mod sample;
mod structure;

pub use analysis::{Decision, Failure, GoalFinding, Informed};
pub use inputs::DecisionInput;
pub use robust::RobustChoice;
pub use sample::{DecisionSample, reference};
pub use structure::{Structure, WithoutLoop};

//! Wellspring: what happens when money moves from treating illness to preventing it.
//!
//! The floor plan. Everything flows one way, and a room borrows only from the floors below it:
//!
//! text → [`model`] → [`structure`] → [`kernel`] → [`ensemble`] → [`appraisal`] → [`report`]

pub mod appraisal;
pub mod cli;
pub mod diagnostic;
pub mod elementary;
pub mod ensemble;
pub mod equity;
pub mod evidence;
pub mod kernel;
pub mod model;
pub mod notation;
pub mod quantity;
pub mod report;
pub mod sampling;
pub mod scenario;
pub mod sensitivity;
pub mod structure;
pub mod study;

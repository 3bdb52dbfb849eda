//! Which uncertainty moves the answer, and what the uncertainty means for the decision.

pub mod decision;
pub mod optimise;

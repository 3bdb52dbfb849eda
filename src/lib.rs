//! Wellspring: what happens when money moves from treating illness to preventing it.
//!
//! The floor plan. Everything flows one way, and a room borrows only from the floors below it:
//!
//! the engine's text → model → structure → program → ensemble, then [`appraisal`] → [`study`] → [`report`]

pub mod answer;
pub mod appraisal;
pub mod catalogue;
pub mod cli;
pub mod equity;
pub mod evidence;
pub mod explain;
pub mod quantity;
pub mod report;
pub mod scenario;
pub mod sensitivity;
pub mod shipped;
pub mod study;
pub mod table;
pub mod words;

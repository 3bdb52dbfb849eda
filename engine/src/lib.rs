//! System dynamics models as compiled ensembles.

pub mod diagnostic;
pub mod elementary;
pub mod ensemble;
pub mod kernel;
pub mod model;
pub mod notation;
pub mod sampling;
pub mod structure;

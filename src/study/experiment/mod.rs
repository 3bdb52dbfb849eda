//! Experiments on a study: its outcomes at any points of what is chosen and what nature chooses.
//!
//! A [`Subject`] is a study or a model by itself. With the names of outcomes ([`OutcomeName`]) and points it becomes an
//! [`Experiment`], which runs in blocks: a [`PointMatrix`] for designs, a [`Sweep`](crate::scenario::Sweep) for sweeps. Only
//! what the outcomes need is computed.

mod inputs;
mod model;
mod model_study;
mod outcome;
mod overlap;
mod prepare;
mod run;
mod sensitivity;
mod stopping;
mod sweep;
mod table;
mod vocabulary;

pub use inputs::Input;
pub use model_study::{ModelStudy, prepare_model};
pub use outcome::{OutcomeLabel, OutcomeName};
pub use prepare::Subject;
pub use run::{Experiment, columns_of};
pub use sensitivity::{
    GroupsAsked, Indexed, InputUnit, Laid, Measured, SensitivityDesign, SensitivityFindings, SensitivityMethod,
    SensitivityQuestion, Swings,
};
pub use stopping::check_stopping;
pub use sweep::{Dimension, Setting, SweepCell, SweepFindings, SweepShape, check_sweep};
pub use table::{Others, OutcomeTable, PointColumn, PointMatrix};

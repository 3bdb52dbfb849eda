//! The ways of setting the model that are compared with each other.

use crate::structure::ScalarId;

/// One way of setting the model: do nothing, the twin of a strategy, a strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct Arm {
    /// What people call it.
    pub name: String,
    /// Constants that this arm sets, whatever the draw says of them.
    pub settings: Vec<(ScalarId, Setting)>,
    /// The earlier arm whose results drive this one, and how.
    pub follows: Option<Follow>,
}

/// What an arm gives a constant.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// One number throughout.
    Constant(f64),
    /// For each model year from the initial time its value at the beginning and at the end, a straight line between.
    Path(Vec<(f64, f64)>),
}

/// Constants of an arm that follow the results of an earlier arm: as each year begins, the constant takes the value
/// that the result had there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    /// Index of the earlier arm.
    pub arm: usize,
    /// The constant, and the index of the outcome (among the outcomes kept) that it follows.
    pub pairs: Vec<(ScalarId, usize)>,
}

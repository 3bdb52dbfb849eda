//! How boxes are sought: how much is cut off and put back at a time, and to which goal.

/// What makes a slice worth cutting off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// The most gain of density for each case given up: patient with categories too.
    GainForMass,
    /// The highest density of what is left (Friedman and Fisher's own).
    Density,
}

/// How boxes are sought.
#[derive(Debug, Clone, PartialEq)]
pub struct Prim {
    /// The share of the box's cases cut off at a time, between 0 and 0.5; 0.05 is usual.
    pub alpha: f64,
    /// The share put back at a time; 0.05 is usual.
    pub paste: f64,
    /// A box holds at least this share of all cases.
    pub least_mass: f64,
    /// What makes a slice worth cutting off.
    pub goal: Goal,
    /// At most this many boxes, each sought among the cases that those before leave.
    pub boxes: usize,
}

impl Default for Prim {
    fn default() -> Self {
        Self { alpha: 0.05, paste: 0.05, least_mass: 0.05, goal: Goal::GainForMass, boxes: 3 }
    }
}

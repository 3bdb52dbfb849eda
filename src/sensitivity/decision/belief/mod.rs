//! What you would have to believe: the values of inputs at which a goal is met, one by one and together.

mod threshold;
mod together;

pub use threshold::{Crossing, Threshold, Wanted, thresholds};
pub use together::{Belief, Together, beliefs};

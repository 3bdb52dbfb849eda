//! Exponentials, logarithms, powers and angles, written out so that every machine gives the same bits.
//!
//! Each function is made only of operations that IEEE 754 defines exactly (+, -, *, /, square root, comparisons, bits),
//! in the order written. A function of one number has no branch on its usual path, so that a loop over lanes becomes
//! vector instructions. Where rare arguments would cost the usual ones time, there is a second form for eight lanes
//! (`ln_lanes` beside [`ln`]): it looks once whether any lane is rare, and gives the same bits.
//! docs/numerics/README.md states methods, sources and measured errors.

pub mod angle;
pub mod circular;
pub mod exponential;
pub mod hyperbolic;
pub mod logarithm;
pub mod normal;
pub mod parts;
pub mod power;
pub mod quadrant;
#[cfg(test)]
mod tests;

pub use angle::{arccos, arccos_lanes, arcsin, arcsin_lanes, arctan, arctan_lanes};
pub use circular::{cos, cos_lanes, sin, sin_lanes, tan, tan_lanes};
pub use exponential::{exp, exp_lanes};
pub use hyperbolic::{cosh, gamma_ln, sinh, tanh};
pub use logarithm::{ln, ln_lanes};
pub use normal::{normal_below, normal_quantile, normal_quantile_by};
pub use power::{power, power_lanes};

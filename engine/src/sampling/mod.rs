//! Distributions and their quantiles, designs, keyed random streams.
//!
//! From a row of evidence to a number in a draw, in three steps that know nothing of each other:
//!
//! 1. a row becomes a [`Distribution`] (central value, 95 % interval and [`Family`]);
//! 2. a [`Design`] gives each uncertainty a point between 0 and 1 in each draw, a pure function of the seed,
//!    the draw and the uncertainty's name, never of the order of calls;
//! 3. [`sample()`] reads the distribution's quantile at that point.
//!
//! Every marginal goes through its quantile, so random, Latin hypercube and Sobol' designs share one path, and a higher
//! point never gives a lower value (but for the chance of no effect, see [`Distribution::quantile`]).
//!
//! # What is the same on every machine
//!
//! Everything: points, the fit of a distribution to its row, and quantiles. They use only the operations that IEEE 754 rounds
//! exactly (+, -, *, /, square root), and logarithms, exponentials and error functions that are made of these
//! ([`crate::elementary`] and `libm`), never the platform's mathematical library.

mod beta;
mod column;
mod correlation;
mod design;
mod distribution;
mod eigen;
mod error;
mod family;
mod fit;
mod gamma;
mod johnson;
mod median;
mod normal;
mod parameters;
mod permutation;
mod points;
mod rank;
mod root;
mod sample;
mod scramble;
pub mod sobol;
mod stirling;
mod stream;
mod tail;
mod ties;

pub use correlation::{Correlation, Impossible};
pub use design::{Design, UnknownDesign, point, points};
pub use distribution::Distribution;
pub use error::DistributionError;
pub use family::{Family, UnknownFamily};
pub use fit::{Central, Fitted, MISFIT, Misfit};
pub use johnson::{Johnson, Support};
pub use normal::standard_normal_quantile;
pub use points::{DesignOptions, Points};
pub use sample::{Sampling, Uncertainty, sample};
pub use stream::{Noise, Stream, uniform};
pub use tail::{NORMAL_95, student_width};
pub use ties::Ties;

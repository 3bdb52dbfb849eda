//! What a stored sample says about the decision: which strategy is best, how surely, and what it would be worth to know more.
//!
//! Everything here works on numbers that were simulated before: outcomes as `[strategy][draw]`, inputs as
//! `[uncertainty][draw]`, draws paired across strategies. Nothing is simulated anew, and the same numbers give the same answer.

mod acceptability;
pub mod belief;
mod bins;
mod consequences;
pub mod discovery;
mod error;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod fixture;
mod group;
mod incremental;
mod information;
mod normal;
mod partial;
mod plane;
mod robust;
mod smoother;
mod spline;
mod structural;

pub use acceptability::{Acceptability, acceptability, worths};
pub use consequences::Consequences;
pub use error::DecisionError;
pub use group::information_about_group;
pub use incremental::{Standing, Step, incremental};
pub use information::{PerfectInformation, perfect_information};
pub use partial::{PartialInformation, information_about_each};
pub use plane::{Cloud, plane};
pub use robust::{Robust, Robustness, Rule, robustness};
pub use structural::{Component, Source, components};

//! One study from texts to findings: the library's front door.
//!
//! [`prepare`] reads and checks everything and says all that is wrong at once; [`Study::run`] cannot fail any more.

mod arms;
mod audit;
mod base_year;
pub mod bounds;
mod checks;
pub mod decision;
mod draws;
pub mod experiment;
mod gather;
mod kept;
mod lookup;
mod loops;
mod mix;
mod place;
pub mod plausible;
mod prepare;
mod prices;
pub mod reach;
mod residents;
mod routes;
mod run;
mod sharing;
mod tally;
mod texts;
mod years;

pub use base_year::{Compared, Given, OfParent, Reconciliation, beside_parent, given, reconcile, unknown_published};
pub use gather::{Files, NoFiles, NotGathered};
pub use kept::{Kept, KeptSeries};
pub use loops::{LoopFinding, LoopFindings, Measured, Outlook};
pub use mix::{Goal, Mix, MixSettings, WORST_SHARE, spending};
pub use place::PreparedPlace;
pub use prepare::{Study, prepare, prepare_watched};
pub use run::none_survived;
pub use tally::{ONE_IN, Tally, TooMany, none_left};
pub use texts::{Overrides, StudyTexts};

pub use crate::shipped::Text;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;

//! Why no plan could be found.

use std::error::Error;
use std::fmt;

/// Limits that no plan can keep together; without any one of them, the others could be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Infeasible {
    /// Their names, in the order of the problem. Empty where there is nothing to share out to.
    pub limits: Vec<String>,
}

impl fmt::Display for Infeasible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.limits.as_slice() {
            [] => write!(f, "there is no programme or no year to share money out to"),
            [one] => write!(f, "no plan keeps the limit `{one}`"),
            several => write!(f, "no plan keeps these limits together: `{}`", several.join("`, `")),
        }
    }
}

impl Error for Infeasible {}

/// Why no plan could be found.
#[derive(Debug, Clone, PartialEq)]
pub enum OptimiseError<E> {
    /// No plan keeps all limits.
    Infeasible(Infeasible),
    /// A setting lies outside what makes sense.
    OutOfRange {
        /// Which setting.
        what: &'static str,
        /// What it may be.
        allowed: &'static str,
    },
    /// An evaluation has another number of plans, goals or draws than asked for, or something that is no number.
    Malformed {
        /// What is wrong.
        what: &'static str,
    },
    /// A plan could not be run.
    Evaluation(E),
}

impl<E: fmt::Display> fmt::Display for OptimiseError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Infeasible(why) => why.fmt(f),
            Self::OutOfRange { what, allowed } => write!(f, "the {what} must be {allowed}"),
            Self::Malformed { what } => write!(f, "an evaluation of plans has {what}"),
            Self::Evaluation(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> Error for OptimiseError<E> {}

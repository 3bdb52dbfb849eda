//! Why the numbers of an evidence row make no distribution.

use super::family::Family;
use std::error::Error;
use std::fmt;

/// Why the numbers given make no distribution. Each message is a sentence in the words of an evidence row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DistributionError {
    /// A number is missing (not a number) or infinite.
    NotFinite {
        /// What the number is called in the row.
        parameter: &'static str,
        /// The number given.
        value: f64,
    },
    /// A parameter that must be above zero is not.
    NotPositive {
        /// What the parameter is called.
        parameter: &'static str,
        /// The number given.
        value: f64,
    },
    /// A probability lies outside 0 to 1.
    NotAProbability {
        /// The number given.
        probability: f64,
    },
    /// The low, central and high values are not in this order.
    OutOfOrder {
        /// The low value of the interval, or the lower bound.
        low: f64,
        /// The central value, or the mode.
        central: f64,
        /// The high value of the interval, or the upper bound.
        high: f64,
    },
    /// Two bounds that must differ are equal or exchanged.
    NoRange {
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
    },
    /// The interval reaches zero or lies on both sides of it, where the family allows one sign only.
    CrossesZero {
        /// The family asked for: lognormal or gamma.
        family: Family,
        /// The low value.
        low: f64,
        /// The high value.
        high: f64,
    },
    /// A beta distribution was asked to reach or pass the ends of its support.
    OutsideSupport {
        /// The low value.
        low: f64,
        /// The central value.
        central: f64,
        /// The high value.
        high: f64,
        /// The least value possible.
        least: f64,
        /// The greatest value possible.
        greatest: f64,
    },
    /// No beta distribution with this mean spreads this widely.
    TooWide {
        /// The mean.
        mean: f64,
        /// The standard deviation asked for.
        standard_deviation: f64,
        /// The standard deviation that cannot be reached.
        limit: f64,
    },
    /// A beta or gamma distribution so narrow that its quantiles would take too long: its shape passes the limit.
    TooNarrow {
        /// The family asked for.
        family: Family,
        /// The shape (gamma), or alpha plus beta (beta).
        shape: f64,
        /// The largest shape accepted.
        limit: f64,
    },
}

impl fmt::Display for DistributionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFinite { parameter, value } => {
                write!(f, "the {parameter} is {value}, but it must be a finite number")
            }
            Self::NotPositive { parameter, value } => {
                write!(f, "the {parameter} is {value}, but it must be above zero")
            }
            Self::NotAProbability { probability } => {
                write!(f, "the probability of no effect is {probability}, but a probability lies between 0 and 1")
            }
            Self::OutOfOrder { low, central, high } => write!(
                f,
                "low {low}, central {central} and high {high} are out of order: low <= central <= high is needed"
            ),
            Self::NoRange { low, high } => {
                write!(f, "the bounds {low} and {high} leave no range: the lower must be below the upper")
            }
            Self::CrossesZero { family, low, high } => {
                write!(f, "a {family} value has one sign, but {low} to {high} reaches or crosses zero: try normal")
            }
            Self::OutsideSupport { low, central, high, least, greatest } => write!(
                f,
                "a beta distribution lies between {least} and {greatest}, with its central value strictly inside, \
                 but the row says {central} ({low} to {high})"
            ),
            Self::TooWide { mean, standard_deviation, limit } => write!(
                f,
                "no beta distribution with mean {mean} has a standard deviation of {standard_deviation}: \
                 it must stay below {limit}; narrow the interval or try uniform"
            ),
            Self::TooNarrow { family, shape, limit } => write!(
                f,
                "the interval is so narrow that the {family} distribution would have a shape of {shape}, \
                 above the limit of {limit}: try normal or fixed"
            ),
        }
    }
}

impl Error for DistributionError {}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::DistributionError;
    use crate::sampling::Family;

    #[test]
    fn messages_are_sentences_with_the_numbers_in_them() {
        let error = DistributionError::OutOfOrder { low: 2.0, central: 1.0, high: 3.0 };
        assert_eq!(error.to_string(), "low 2, central 1 and high 3 are out of order: low <= central <= high is needed");
        let error = DistributionError::CrossesZero { family: Family::Lognormal, low: -0.1, high: 0.2 };
        assert_eq!(
            error.to_string(),
            "a lognormal value has one sign, but -0.1 to 0.2 reaches or crosses zero: try normal"
        );
        let error = DistributionError::TooWide { mean: 0.5, standard_deviation: 0.6, limit: 0.5 };
        assert!(error.to_string().contains("mean 0.5"));
        assert!(error.to_string().contains("below 0.5"));
    }
}

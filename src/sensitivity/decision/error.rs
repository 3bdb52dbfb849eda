//! Why a stored sample cannot be analysed.

use std::error::Error;
use std::fmt;

/// Why a stored sample cannot be analysed. Each message is a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionError {
    /// Fewer strategies, inputs or draws than the analysis needs.
    TooFew {
        /// What there is too little of.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// Two rows that belong to the same draws differ in length.
    UnequalLengths {
        /// Which rows.
        what: &'static str,
        /// Which of them, counted from 0.
        row: usize,
        /// Draws expected.
        expected: usize,
        /// Draws found.
        found: usize,
    },
    /// A number is missing or infinite: leave out its draw, in all rows alike.
    NotFinite {
        /// Which rows.
        what: &'static str,
        /// Which of them, counted from 0.
        row: usize,
        /// In which draw, counted from 0.
        draw: usize,
    },
    /// A row is asked for that does not exist.
    NoSuch {
        /// What was asked for.
        what: &'static str,
        /// Which, counted from 0.
        row: usize,
        /// How many there are.
        rows: usize,
    },
    /// A setting lies outside what makes sense.
    OutOfRange {
        /// Which setting.
        what: &'static str,
        /// What it may be.
        allowed: &'static str,
    },
}

impl fmt::Display for DecisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew { what, found, needed } => write!(f, "{found} {what}, where {needed} or more are needed"),
            Self::UnequalLengths { what, row, expected, found } => {
                write!(f, "row {row} of the {what} has {found} draws, the others {expected}")
            }
            Self::NotFinite { what, row, draw } => {
                write!(f, "row {row} of the {what} is no number in draw {draw}; leave that draw out of every row")
            }
            Self::NoSuch { what, row, rows } => write!(f, "there is no {what} {row}: there are {rows}, counted from 0"),
            Self::OutOfRange { what, allowed } => write!(f, "the {what} must be {allowed}"),
        }
    }
}

impl Error for DecisionError {}

/// Checks that rows are of the same draws and all numbers.
pub(super) fn checked(what: &'static str, rows: &[impl AsRef<[f64]>], expected: usize) -> Result<(), DecisionError> {
    for (row, values) in rows.iter().enumerate() {
        let values = values.as_ref();
        if values.len() != expected {
            return Err(DecisionError::UnequalLengths { what, row, expected, found: values.len() });
        }
        if let Some(draw) = values.iter().position(|value| !value.is_finite()) {
            return Err(DecisionError::NotFinite { what, row, draw });
        }
    }
    Ok(())
}

/// Checks that there are enough of something.
pub(super) fn at_least(what: &'static str, found: usize, needed: usize) -> Result<(), DecisionError> {
    if found < needed { Err(DecisionError::TooFew { what, found, needed }) } else { Ok(()) }
}

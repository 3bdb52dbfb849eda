//! Why a model or a matrix is not run.

use std::fmt;

use crate::diagnostic::{Diagnostics, Sources, render_text};

/// A model, or what was asked of it, with everything that is wrong.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Refused {
    /// Everything that is wrong.
    pub diagnostics: Diagnostics,
    /// The texts that they point into.
    pub sources: Sources,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(render_text(&self.diagnostics, &self.sources, false).trim_end())
    }
}

impl std::error::Error for Refused {}

/// A matrix that does not fit its batch.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum BadInput {
    /// Its numbers do not divide into rows.
    Shape {
        /// How many numbers there are.
        numbers: usize,
        /// How many make a row.
        row: usize,
    },
    /// A number that is none.
    NotANumber {
        /// The run, from 0.
        run: usize,
        /// The index of the constant in the row, from 0.
        constant: usize,
        /// What stands there.
        value: f64,
    },
}

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape { numbers, row: 0 } => {
                write!(f, "no constant varies, so the matrix is empty, and it has {numbers} numbers")
            }
            Self::Shape { numbers, row } => {
                write!(f, "{numbers} numbers are no whole number of rows: a row has {row}, one for each constant")
            }
            Self::NotANumber { run, constant, value } => {
                write!(f, "run {run} gives constant {constant} the value {value}; a finite number is wanted")
            }
        }
    }
}

impl std::error::Error for BadInput {}

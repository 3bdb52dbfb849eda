//! Inputs of the cases, and a region of them: a range of each number, some categories of each name.

use crate::sensitivity::decision::error::{DecisionError, at_least};

/// An input, case by case.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// Numbers.
    Numbers(Vec<f64>),
    /// Categories, as indices among `count` names.
    Categories {
        /// The category of each case, below `count`.
        of_case: Vec<u32>,
        /// How many categories there are.
        count: usize,
    },
}

/// What a region allows of an input.
#[derive(Debug, Clone, PartialEq)]
pub enum Limits {
    /// From `low` to `high`, both included.
    Range {
        /// The least value allowed.
        low: f64,
        /// The greatest value allowed.
        high: f64,
    },
    /// Whether each category is allowed.
    Kept(Vec<bool>),
}

/// A region of the inputs and the cases in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// One for each input.
    pub limits: Vec<Limits>,
    /// Cases inside.
    pub cases: usize,
    /// Cases of interest inside.
    pub of_interest: usize,
    /// The share of all cases of interest that lie inside.
    pub coverage: f64,
    /// The share of the cases inside that are of interest.
    pub density: f64,
    /// The share of all cases that lie inside.
    pub mass: f64,
    /// Inputs that the region restricts, in order.
    pub restricted: Vec<usize>,
}

impl Input {
    /// How many cases.
    pub fn cases(&self) -> usize {
        match self {
            Self::Numbers(values) => values.len(),
            Self::Categories { of_case, .. } => of_case.len(),
        }
    }

    /// The same input for some of the cases only.
    pub(super) fn of(&self, cases: &[usize]) -> Self {
        match self {
            Self::Numbers(values) => Self::Numbers(cases.iter().map(|case| values[*case]).collect()),
            Self::Categories { of_case, count } => {
                Self::Categories { of_case: cases.iter().map(|case| of_case[*case]).collect(), count: *count }
            }
        }
    }

    /// Limits that leave nothing out.
    pub(super) fn whole(&self) -> Limits {
        match self {
            Self::Numbers(values) => Limits::Range {
                low: values.iter().copied().fold(f64::INFINITY, f64::min),
                high: values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            },
            Self::Categories { count, .. } => Limits::Kept(vec![true; *count]),
        }
    }

    /// Whether a case lies within limits of this input.
    pub(super) fn within(&self, case: usize, limits: &Limits) -> bool {
        match (self, limits) {
            (Self::Numbers(values), Limits::Range { low, high }) => (*low..=*high).contains(&values[case]),
            (Self::Categories { of_case, .. }, Limits::Kept(kept)) => kept[of_case[case] as usize],
            _ => false,
        }
    }
}

/// Refuses inputs that do not belong to the cases.
pub(super) fn check(inputs: &[Input], interest: &[bool]) -> Result<(), DecisionError> {
    at_least("cases", interest.len(), 20)?;
    at_least("inputs", inputs.len(), 1)?;
    for (row, input) in inputs.iter().enumerate() {
        let expected = interest.len();
        if input.cases() != expected {
            return Err(DecisionError::UnequalLengths { what: "inputs", row, expected, found: input.cases() });
        }
        let wrong = match input {
            Input::Numbers(values) => values.iter().position(|value| !value.is_finite()),
            Input::Categories { of_case, count } => of_case.iter().position(|one| *one as usize >= *count),
        };
        if let Some(draw) = wrong {
            return Err(DecisionError::NotFinite { what: "inputs", row, draw });
        }
    }
    Ok(())
}

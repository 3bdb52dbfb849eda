//! What is to be known of the runs themselves: draws left out, and runs that went wrong.

use crate::appraisal::findings::{FaultFinding, Findings};

/// Draws left out and runs that went wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatWentWrong {
    /// Draws in which some result is no number.
    pub left_out: u64,
    /// Of so many.
    pub draws: u64,
    /// The first runs that went wrong, by arm and variable.
    pub first: Vec<FaultFinding>,
    /// How many more there are of these.
    pub more: usize,
    /// Whether the place is to be said: whether there are several.
    pub by_place: bool,
}

/// More than so many are not told of one by one.
const MOST_LISTED: usize = 3;

impl WhatWentWrong {
    /// Of a study.
    pub fn of(findings: &Findings) -> Self {
        let first: Vec<FaultFinding> = findings.faults.iter().take(MOST_LISTED).cloned().collect();
        Self {
            left_out: findings.draws_left_out,
            draws: findings.draws,
            more: findings.faults.len() - first.len(),
            first,
            by_place: !findings.places.is_empty(),
        }
    }
}

//! How far a number of the evidence can be trusted, in one of three grades.

use std::fmt;

use super::document::{Fields, Reading};

/// How far the central value of a figure can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Read in the source named.
    A,
    /// Recalled from a named publication.
    B,
    /// Derived or assumed; the note says how.
    C,
}

impl Grade {
    pub(super) fn read(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<Self> {
        fields.need(
            reading,
            "grade",
            "grade = \"A\" (read in the source), \"B\" (recalled) or \"C\" (derived or assumed)",
        );
        let words = [("A", Self::A), ("B", Self::B), ("C", Self::C)];
        fields.word(reading, "grade", &words).map(|grade| grade.value)
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        })
    }
}

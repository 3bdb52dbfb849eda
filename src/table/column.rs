//! What a column of a table is called, and what it holds.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Names and other words, most of them over and over again.
    Words,
    /// Whole numbers: years, draws, counts.
    Whole,
    /// Numbers.
    Number,
    /// Yes or no.
    Truth(Spelling),
}

/// How yes and no are written where there are only words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// `yes` and `no`.
    YesNo,
    /// `true` and `false`.
    TrueFalse,
}

impl Spelling {
    /// Yes or no in words.
    pub fn of(self, truth: bool) -> &'static str {
        match (self, truth) {
            (Self::YesNo, true) => "yes",
            (Self::YesNo, false) => "no",
            (Self::TrueFalse, true) => "true",
            (Self::TrueFalse, false) => "false",
        }
    }
}

/// A column: its name, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name in its head.
    pub name: String,
    /// What it holds.
    pub content: Content,
    /// The only words that it has; none if it may have any.
    pub only: Vec<&'static str>,
}

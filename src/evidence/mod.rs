//! Programme cards and place baselines: value, range, distribution, price year, grade, source.
//!
//! Text in, checked values out. An [`EvidenceFile`] is one card, one place or one file about the system at large; its
//! figures are numbers for constants of the model, already in the model's unit and in prices of the base year. A
//! [`Library`] is all of them together, and a [`Selection`] those that one study uses.

mod amount;
mod deflators;
pub mod document;
mod figure;
mod file;
mod grade;
mod library;
mod listing;
mod misfit;
mod place;
mod references;
pub mod slip;
mod sources;
mod uncertain;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
pub(crate) mod golden;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;

pub use amount::Numbers;
pub use deflators::Deflators;
pub use figure::{Figure, NoEffect, Origin};
pub use file::{Card, EvidenceFile, EvidenceKind, Route};
pub use grade::Grade;
pub use library::{Library, Selection};
pub use listing::{Listing, listing};
pub use misfit::{CENTRAL, misfits, settled};
pub use place::{FigureBasis, Level, Place, Published};
pub use references::References;
pub use sources::{Source, SourceRegistry};
pub use uncertain::{NullDraw, UncertainConstant};

use crate::explain::evidence as code;

use document::Codes;

/// The codes under which evidence files report what can be wrong with any TOML file.
pub const CODES: Codes = Codes {
    not_toml: code::NOT_TOML,
    unknown_key: code::UNKNOWN_KEY,
    missing_key: code::MISSING_KEY,
    wrong_kind: code::WRONG_KIND,
    unknown_schema: code::UNKNOWN_SCHEMA,
    not_finite: code::NOT_FINITE,
    unknown_word: code::UNKNOWN_WORD,
    repeated: code::WRITTEN_TWICE,
    hidden: code::HIDDEN_LETTER,
    no_word: code::NO_WORD,
};

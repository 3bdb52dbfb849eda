//! What the accounts say in words: which payers count as one, what is said of who saves most, and hard words of the easy read.
//!
//! Plain sentences stand in the accounts as they are read out; a word between stars is a hard word, which the easy read explains.

use serde::Serialize;

use crate::evidence::document::{Fields, Located, Reading};

/// A payer, where more is to be said of it than its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Payer {
    /// An element of the model's range of payers.
    pub name: Located<String>,
    /// What it is a part of, as inside a sentence: `the NHS`. Shares of savings count all payers of a group as one.
    pub group: Option<String>,
    /// What the easy read says where it saves most, in sentences.
    pub saves_most: Vec<String>,
}

impl Payer {
    pub(super) fn read(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<(Located<String>, Self)> {
        let name = fields.needed_name(reading, "name", "name = an element of the model's range of payers");
        let group = fields.name(reading, "group").map(|group| group.value);
        let saves_most = fields.texts(reading, "saves_most").unwrap_or_default();
        let name = name?;
        let saves_most = saves_most.into_iter().map(|one| one.value).collect();
        Some((name.clone(), Self { name, group, saves_most }))
    }
}

/// A hard word and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HardWord {
    /// The word.
    pub word: String,
    /// Its meaning, in short sentences.
    pub meaning: String,
}

impl HardWord {
    pub(super) fn read(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<(Located<String>, Self)> {
        let word = fields.needed_name(reading, "word", "word = \"emergency stay\"");
        let meaning = fields.needed_text(reading, "meaning", "meaning = what it means, in short sentences");
        let word = word?;
        Some((word.clone(), Self { word: word.value, meaning: meaning?.value }))
    }
}

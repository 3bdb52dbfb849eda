//! What a TOML file is, by its own headings.

use toml::de::{DeTable, DeValue};

use crate::explain::command as code;
use crate::scenario::MODEL_KIND;
use crate::shipped::Text;
use engine::diagnostic::{Diagnostic, Span};

/// The kinds of TOML files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A card, a place or a system.
    Evidence,
    /// A scenario.
    Scenario,
    /// The accounts of a model.
    Accounts,
    /// The register of sources.
    Sources,
    /// Levels of prices.
    Deflators,
}

/// Keys that stand at the top of one kind only.
const SIGNS: &[(&str, FileKind)] = &[
    ("card", FileKind::Evidence),
    ("place", FileKind::Evidence),
    ("system", FileKind::Evidence),
    ("strategy", FileKind::Scenario),
    ("levers", FileKind::Scenario),
    ("programmes", FileKind::Scenario),
    ("question", FileKind::Scenario),
    ("outcome", FileKind::Scenario),
    ("ledger", FileKind::Accounts),
    ("demand", FileKind::Accounts),
    ("perspective", FileKind::Accounts),
    ("base_year_label", FileKind::Accounts),
    ("past", FileKind::Deflators),
    ("future", FileKind::Deflators),
];

/// What this file is; a place's name in a scenario is no heading.
///
/// # Errors
/// It has no heading of any kind.
pub fn kind(text: &Text) -> Result<FileKind, Diagnostic> {
    // A file that is not quite TOML is still known by what can be read of it; its reader says what is wrong.
    let (root, _) = DeTable::parse_recoverable(&text.content);
    let root = root.get_ref();
    let is_table = |key: &str| matches!(root.get(key).map(|value| value.get_ref()), Some(DeValue::Table(_)));
    for (key, kind) in SIGNS {
        let there = if *kind == FileKind::Evidence { is_table(key) } else { root.get(*key).is_some() };
        if there {
            return Ok(*kind);
        }
    }
    let is_source = |value: &DeValue<'_>| matches!(value, DeValue::Table(table) if table.get("publisher").is_some() || table.get("licence").is_some());
    if root.iter().any(|(_, value)| is_source(value.get_ref())) {
        return Ok(FileKind::Sources);
    }
    Err(Diagnostic::error(code::NO_KIND, format!("`{}` does not say what it is", text.file))
        .at(Span::new(&text.file, 0, 0))
        .hint("a card begins with [card], a place with [place], a system with [system]; a scenario has [[strategy]], the accounts of a model have [[ledger]]"))
}

/// Whether a scenario says that it is of a model by itself.
pub fn of_a_model(text: &Text) -> bool {
    let (root, _) = DeTable::parse_recoverable(&text.content);
    let kind = root.get_ref().get("kind").map(|value| value.get_ref());
    matches!(kind, Some(DeValue::String(kind)) if kind.trim() == MODEL_KIND)
}

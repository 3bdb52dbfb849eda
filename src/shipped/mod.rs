//! The texts that come with the program: models with their accounts, evidence, scenarios. Each is found by its name.
//!
//! Texts only: what they say is read by `evidence`, `scenario` and the engine, each its own. In a [`Text`] stands beside the words
//! whether they came with the program, so that nobody has to keep that elsewhere.

mod lists;
mod text;

use crate::explain::command as code;
use engine::diagnostic::Diagnostic;

pub use lists::{ACCOUNTS, CARDS, DEFLATORS, MODELS, PLACES, SCENARIOS, SOURCES, SYSTEM};
pub use text::Text;

/// A file that is part of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// The name it is asked for by.
    pub name: &'static str,
    /// Where it stands in the source tree.
    pub file: &'static str,
    /// What it holds.
    pub content: &'static str,
}

impl Shipped {
    /// As a text, under the name that it has in the source tree.
    pub fn text(&self) -> Text {
        Text { file: self.file.into(), content: self.content.into(), shipped: true }
    }
}

/// All evidence: the system, the places from large to small, the cards by their ids.
pub fn evidence() -> impl Iterator<Item = &'static Shipped> {
    std::iter::once(SYSTEM).chain(PLACES).chain(CARDS)
}

/// Every text that comes with the program: models, accounts, scenarios, evidence, and what that refers to.
pub fn all() -> impl Iterator<Item = &'static Shipped> {
    MODELS.iter().chain(ACCOUNTS).chain(SCENARIOS).chain(evidence()).chain([SOURCES, DEFLATORS])
}

/// The accounts that stand beside a model.
pub fn accounts_of(model: &Shipped) -> Option<&'static Shipped> {
    ACCOUNTS.iter().find(|accounts| accounts.name == model.name)
}

/// Up to this many names are all listed when one is not found; of more, only some.
const LISTED: usize = 20;
/// How many are then named.
const SOME: usize = 5;

/// Whether a name is that of a file rather than a shipped one: it has a `/` in it, or one of these endings.
pub fn is_file(name: &str, endings: &[&str]) -> bool {
    let lower = name.to_lowercase();
    name.contains(['/', std::path::MAIN_SEPARATOR]) || endings.iter().any(|ending| lower.ends_with(ending))
}

/// The one of this name, whatever its case, if it is among these.
pub fn named<'s>(name: &str, among: impl IntoIterator<Item = &'s Shipped>) -> Option<&'s Shipped> {
    among.into_iter().find(|shipped| shipped.name.eq_ignore_ascii_case(name))
}

/// The one of this name, whatever its case; `kind` is what is looked for, in a word.
///
/// # Errors
/// There is none; the nearest is offered, and all are listed, or some where they are many.
pub fn find<'s>(
    name: &str,
    kind: &str,
    among: impl IntoIterator<Item = &'s Shipped>,
) -> Result<&'s Shipped, Diagnostic> {
    let among: Vec<&Shipped> = among.into_iter().collect();
    if let Some(found) = named(name, among.iter().copied()) {
        return Ok(found);
    }
    let unknown = Diagnostic::error(code::NOT_SHIPPED, format!("no {kind} called `{name}` comes with wellspring"));
    let unknown = unknown.did_you_mean(name, among.iter().map(|shipped| shipped.name));
    let names: Vec<String> = among.iter().map(|shipped| format!("`{}`", shipped.name)).collect();
    let there = match names.get(..SOME) {
        Some(some) if names.len() > LISTED => format!("there are many, such as {}", some.join(", ")),
        _ => format!("there is {}", names.join(", ")),
    };
    Err(unknown.hint(there).hint(format!("a file is named by its path: `./{name}`")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{CARDS, MODELS, PLACES, SCENARIOS, SYSTEM, Text, accounts_of, all, find, is_file};

    #[test]
    fn a_path_is_a_file_and_a_bare_word_is_not() {
        assert!(is_file("./prevention", &[".mdl"]) && is_file("a.MDL", &[".mdl"]));
        assert!(!is_file("prevention", &[".mdl"]) && !is_file("one-per-cent", &[".toml"]));
    }

    #[test]
    fn every_shipped_file_is_named_by_its_own_id() {
        let ids = PLACES.iter().chain(CARDS).chain([SYSTEM]).map(|shipped| (shipped, "id"));
        for (shipped, key) in ids.chain(SCENARIOS.iter().map(|shipped| (shipped, "name"))) {
            let line = format!("{key} = \"{}\"", shipped.name);
            assert!(shipped.content.lines().any(|own| own == line), "{}: {line}", shipped.file);
        }
    }

    #[test]
    fn every_shipped_text_of_the_source_tree_is_here_once_as_it_stands_there() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut there = Vec::new();
        for folder in ["models", "scenarios", "evidence", "evidence/places", "evidence/programmes"] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                if name.ends_with(".toml") || name.ends_with(".mdl") {
                    there.push(format!("{folder}/{name}"));
                }
            }
        }
        there.sort();
        let mut here: Vec<&str> = all().map(|shipped| shipped.file).collect();
        here.sort_unstable();
        assert_eq!(here, there, "src/shipped/lists.rs beside the source tree");
        for shipped in all() {
            assert_eq!(shipped.content, std::fs::read_to_string(root.join(shipped.file)).unwrap(), "{}", shipped.file);
        }
    }

    #[test]
    fn a_shipped_text_says_that_it_is_and_a_persons_own_does_not() {
        let system = SYSTEM.text();
        assert_eq!((&*system.file, &*system.content, system.shipped), ("evidence/system.toml", SYSTEM.content, true));
        assert!(!Text::new("evidence/system.toml", SYSTEM.content).shipped);
        let models: Vec<&str> = MODELS.iter().filter_map(accounts_of).map(|accounts| accounts.file).collect();
        assert_eq!(models, ["models/prevention.toml"]);
    }

    #[test]
    fn an_unknown_name_is_met_with_the_nearest() {
        let unknown = find("one-percent", "scenario", SCENARIOS).unwrap_err();
        assert_eq!(unknown.hints[0], "did you mean `one-per-cent`?");
    }
}

//! No name of the shipped model stands in the program: ledgers, services, payers and perspectives are asked for by what the
//! accounts say they are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml::Value;

use super::{PRODUCT, Source, blanked, files_for_tests, gather, room_of, without_tests};
use crate::support::shipped;

/// Rooms that reckon and tell.
const ROOMS: [&str; 10] =
    ["answer", "report", "catalogue", "words", "table", "appraisal", "study", "sensitivity", "scenario", "equity"];

/// Words that are a name of the model by chance, with what they are where they stand.
const WORDS: [(&str, &str, &str); 6] = [
    ("scenario/ledger_kind.rs", "underspend", "a kind of ledger"),
    ("scenario/ledger_kind.rs", "debt", "a kind of ledger"),
    ("scenario/role.rs", "underspend", "a role"),
    ("scenario/role.rs", "deficit", "a role"),
    ("report/page/effects.rs", "Reinvested", "the head of a column"),
    ("report/terminal/study.rs", "raided", "the head of a column"),
];

/// The names of the shipped model, each with what it is of.
fn names() -> BTreeMap<String, &'static str> {
    let accounts: Value = toml::from_str(&shipped().accounts.content).unwrap();
    let mut all = BTreeMap::new();
    for (kind, key) in [("ledger", "id"), ("demand", "service"), ("payer", "name"), ("perspective", "id")] {
        for one in accounts[kind].as_array().unwrap() {
            all.insert(one[key].as_str().unwrap().to_lowercase(), kind);
        }
    }
    for one in accounts["perspective"].as_array().unwrap() {
        let payers = one.get("payers").and_then(Value::as_array).into_iter().flatten();
        all.extend(payers.map(|payer| (payer.as_str().unwrap().to_lowercase(), "payer")));
    }
    all
}

/// Strings of code that ships, each with its line, as far as there is nothing to undo in them.
fn strings(text: &str) -> Vec<(usize, String)> {
    const STRING: char = '\u{1}';
    let code: Vec<char> = without_tests(&blanked(text, STRING)).chars().collect();
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < code.len() {
        let length = code[at..].iter().take_while(|letter| matches!(letter, &&STRING | '\n')).count();
        if code[at] == STRING {
            let whole: String = letters[at..at + length].iter().collect();
            let line = text.chars().take(at).filter(|letter| *letter == '\n').count() + 1;
            found.push((line, whole.trim_start_matches(['r', '#']).trim_matches(['"', '#', '\n']).to_owned()));
        }
        at += length.max(1);
    }
    found
}

/// Every name of the model in these sources, a line each, and every word of the list that is not there any more.
fn faults(sources: &[Source], names: &BTreeMap<String, &str>) -> Vec<String> {
    let for_tests = files_for_tests(sources);
    let mut unused: BTreeSet<_> = WORDS.iter().map(|(path, word, _)| (*path, *word)).collect();
    let mut wrong = Vec::new();
    for Source { path, text } in sources {
        let reckons = room_of(path).is_some_and(|room| ROOMS.contains(&room));
        if !reckons || for_tests.contains(path.as_str()) {
            continue;
        }
        for (line, string) in strings(text) {
            let Some(kind) = names.get(&string.to_lowercase()) else { continue };
            let known = WORDS.iter().find(|(file, word, _)| file == path && *word == string);
            match known {
                Some((file, word, _)) => drop(unused.remove(&(*file, *word))),
                None => wrong.push(format!(
                    "src/{path}:{line}: \"{string}\" is a {kind} of the shipped model; ask the accounts for it by its role"
                )),
            }
        }
    }
    wrong.extend(
        unused.iter().map(|(path, word)| format!("src/{path}: \"{word}\" stands there no more; take it off the list")),
    );
    wrong
}

#[test]
fn no_name_of_the_shipped_model_stands_in_the_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(PRODUCT.folder);
    let mut sources = Vec::new();
    gather(&root, &root, &mut sources);
    let names = names();
    assert!(names.len() > 60, "{names:?}");
    let wrong = faults(&sources, &names);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_name_of_the_model_is_told_with_its_line() {
    let text = "//! Money, \"raided\".\nconst A: &str =\n    \"Raided\";\n// \"raided\"\n#[cfg(test)]\nmod tests {\n  const B: &str = \"raided\";\n}\n";
    let names = BTreeMap::from([("raided".to_owned(), "ledger")]);
    let source = |path: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let found = faults(&[source("report/money.rs"), source("cli/run.rs"), source("report/tests.rs")], &names);
    let told: Vec<&String> = found.iter().filter(|one| !one.contains("no more")).collect();
    assert_eq!(
        told,
        ["src/report/money.rs:3: \"Raided\" is a ledger of the shipped model; ask the accounts for it by its role"]
    );
    assert_eq!(found.len(), 1 + WORDS.len(), "{found:?}");
}

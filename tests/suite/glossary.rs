//! The words of the glossary, held: no banned word in a name, no name for two public types, no term that nothing uses.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::house::{gather, without_comments_and_strings};

/// Words that no name of the code has, with the field's word instead. A word that ends in `*` stands for all that begin so.
const BANNED: [(&str, &str); 12] = [
    ("desk", "what it holds, such as a library"),
    ("fellow*", "the others of a group"),
    ("ground*", "the model made ready"),
    ("nought*", "zero"),
    ("reckon*", "compute, accumulate, evaluate"),
    ("retold", "what was made of it"),
    ("shelf", "what it holds, such as a library"),
    ("shown", "displayed, listed, visible: what it is"),
    ("told", "described, reported, seen: what it is"),
    ("trial*", "fixture, in a test; a trial is of a programme"),
    ("untold", "unlisted, unreported"),
    ("helper*", "what it does"),
];

/// Where a banned word stands all the same.
const STILL: [(&str, &str); 2] = [
    ("src/report/page/evidence.rs", "asks for those columns"),
    ("src/catalogue/evidence.rs", "`told` and `told_range` are columns of a table that it writes"),
];

const APART: &str = "of engine and product, or of floors that never meet in one file";
const TYPED: &str = "what is typed on the command line, or written in a folder, and what it becomes";
const MEDIUM: &str = "a medium's own, inside report";
const METHOD: &str = "a method's own, inside sensitivity";
const TO_BE_TOLD_APART: &str = "still to be named apart";

/// Names that several public types have, and why they may.
const SHARED: [(&str, &str); 51] = [
    ("Basis", TO_BE_TOLD_APART),
    ("Batch", APART),
    ("Cell", MEDIUM),
    ("Cells", APART),
    ("Column", APART),
    ("Comparison", TO_BE_TOLD_APART),
    ("Decide", TYPED),
    ("Decision", TO_BE_TOLD_APART),
    ("Dimension", APART),
    ("Draws", TYPED),
    ("Estimate", MEDIUM),
    ("Evaluation", METHOD),
    ("Failure", APART),
    ("Figure", TO_BE_TOLD_APART),
    ("Files", TYPED),
    ("Form", TYPED),
    ("Found", APART),
    ("Goal", TO_BE_TOLD_APART),
    ("Grid", METHOD),
    ("Group", APART),
    ("Input", TO_BE_TOLD_APART),
    ("Item", APART),
    ("Key", MEDIUM),
    ("Level", TO_BE_TOLD_APART),
    ("Line", MEDIUM),
    ("Measured", TO_BE_TOLD_APART),
    ("Noise", APART),
    ("Numbers", APART),
    ("Origin", MEDIUM),
    ("Page", APART),
    ("Picture", MEDIUM),
    ("Piece", MEDIUM),
    ("Place", TYPED),
    ("PlanMoney", TO_BE_TOLD_APART),
    ("Problem", METHOD),
    ("Request", "of the engine: in scalars below, in names at its front door"),
    ("Route", TO_BE_TOLD_APART),
    ("Row", MEDIUM),
    ("Rule", APART),
    ("Setting", APART),
    ("Settings", TYPED),
    ("Sobol", "the sequence, and the indices of the same author"),
    ("Source", METHOD),
    ("Stage", APART),
    ("Step", APART),
    ("Structure", TO_BE_TOLD_APART),
    ("Subject", TO_BE_TOLD_APART),
    ("Sweep", TYPED),
    ("Table", MEDIUM),
    ("Term", APART),
    ("Terms", MEDIUM),
];

/// Every source of the engine and the product, by its path in the repository, without comments and strings.
fn code() -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for folder in ["engine/src", "src"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut sources = Vec::new();
        gather(&root, &root, &mut sources);
        let blank = |text: &str| without_comments_and_strings(text);
        all.extend(sources.iter().map(|one| (format!("{folder}/{}", one.path), blank(&one.text))));
    }
    assert!(all.len() > 280, "the sources were not found");
    all
}

fn names(code: &str) -> impl Iterator<Item = &str> {
    let all = code.split(|c: char| !c.is_alphanumeric() && c != '_');
    all.filter(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}

/// The words of a name, in small letters: of `NetForm` and `net_form` net and form.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = '_';
    for letter in name.chars() {
        let begins = letter == '_' || letter.is_uppercase() && !before.is_uppercase();
        if begins && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if letter != '_' {
            words.last_mut().unwrap().extend(letter.to_lowercase());
        }
        before = letter;
    }
    words
}

fn is_banned(word: &str) -> bool {
    BANNED.iter().any(|(banned, _)| match banned.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        None => word == *banned,
    })
}

/// A banned word in each name; the name of a test is a sentence, of five words or more, and may say what it likes.
fn banned_in(code: &str) -> BTreeSet<&str> {
    names(code).filter(|name| words(name).len() < 5 && words(name).iter().any(|word| is_banned(word))).collect()
}

#[test]
fn no_name_has_a_banned_word() {
    assert_eq!(banned_in("let told = NetTold::of(reckoner); fn a_thing_that_is_told_twice() {}").len(), 3);
    assert!(banned_in("let unshownable = foretold(HalfHourTable);").is_empty());
    let mut wrong = Vec::new();
    let mut excused = BTreeSet::new();
    for (path, code) in code() {
        let found = banned_in(&code);
        match STILL.iter().find(|(beginning, _)| path.starts_with(beginning)) {
            Some((beginning, _)) if !found.is_empty() => _ = excused.insert(*beginning),
            _ => wrong.extend(found.iter().map(|name| format!("{path}: `{name}`"))),
        }
    }
    assert!(wrong.is_empty(), "the field has another word (see BANNED):\n{}", wrong.join("\n"));
    assert_eq!(excused.len(), STILL.len(), "take what is done off STILL; still there: {excused:?}");
}

#[test]
fn no_two_public_types_share_a_name() {
    let mut by_name: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, code) in code() {
        for line in code.lines().map(str::trim_start) {
            let kinds = ["pub struct ", "pub enum ", "pub trait ", "pub type "];
            let Some(rest) = kinds.iter().find_map(|kind| line.strip_prefix(kind)) else { continue };
            by_name.entry(names(rest).next().unwrap().to_owned()).or_default().insert(path.clone());
        }
    }
    let known: BTreeSet<&str> = SHARED.iter().map(|(name, _)| *name).collect();
    let shared: BTreeMap<_, _> = by_name.iter().filter(|(_, paths)| paths.len() > 1).collect();
    let new: Vec<_> = shared.iter().filter(|(name, _)| !known.contains(name.as_str())).collect();
    assert!(new.is_empty(), "name each by what it is, or list the name with a reason: {new:#?}");
    let gone: Vec<_> = known.iter().filter(|name| !shared.keys().any(|one| one == *name)).collect();
    assert!(gone.is_empty(), "no name of two types any more; take them off the list: {gone:?}");
}

#[test]
fn every_term_of_the_glossary_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap().to_lowercase();
    let documents = [
        "README.md",
        "docs/formats.md",
        "docs/models/prevention.md",
        "docs/methods/README.md",
        "docs/methods/objections.md",
    ];
    let model = ["models/prevention.mdl", "models/prevention.toml", "models/README.md"];
    let mut all = documents.iter().chain(&model).map(|path| read(path)).collect::<Vec<_>>().join("\n");
    let mut sources = Vec::new();
    for folder in ["engine/src", "src"] {
        gather(&root.join(folder), &root.join(folder), &mut sources);
    }
    sources.iter().for_each(|one| all.push_str(&one.text.to_lowercase()));
    let glossary = fs::read_to_string(root.join("docs/glossary.md")).unwrap();
    let terms: Vec<&str> = glossary
        .lines()
        .filter_map(|line| line.strip_prefix("| **")?.split_once("**"))
        .flat_map(|(terms, _)| terms.split(", "))
        .collect();
    assert!(terms.len() > 50, "the glossary was not read");
    let unused: Vec<_> = terms.iter().filter(|term| !all.contains(&term.to_lowercase())).collect();
    assert!(unused.is_empty(), "nothing uses these terms: {unused:?}");
}

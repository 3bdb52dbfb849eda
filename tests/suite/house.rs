//! The plan of the house: a room borrows only from the floors below it, and only the roof touches the outside world.
//!
//! Read from the text of src/, so that it needs no compiler and can name the line. docs/ARCHITECTURE.md says why.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

mod circles;
mod names;

use circles::circles;

/// A crate: where it stands, its rooms by floor, and what in it may touch the outside.
struct House {
    /// Its folder of sources, from the root of the repository.
    folder: &'static str,
    /// The floor of every room. A room may use rooms on lower floors; rooms on one floor do not know each other.
    floors: &'static [(&'static str, u8)],
    /// The room that may touch disk, clock, network, environment and terminal.
    roof: Option<&'static str>,
    /// The one file that opens files to read them, since it refuses what is none and what is too long.
    door: &'static str,
    /// Where a room below the roof touches the outside all the same, and why it may.
    excused: &'static [(&'static str, &'static str, &'static str)],
    /// Files of a room that know each other in a circle all the same, and why they may.
    circles: &'static [(&'static [&'static str], &'static str)],
}

const DESCENT: &str = "recursive descent: what stands inside an expression is an expression";
const TREE: &str = "the tree of the model: an equation holds expressions, and a unit is written like one";
const TO_BE_CUT: &str = "still to be cut";

/// Any system dynamics model. The compiler sees to it that it knows nothing of the product.
const ENGINE: House = House {
    folder: "engine/src",
    floors: &[
        ("elementary", 0),
        ("diagnostic", 0),
        ("model", 1),
        ("notation", 2),
        ("sampling", 2),
        ("structure", 3),
        ("kernel", 4),
        ("ensemble", 5),
        ("batch", 6),
    ],
    roof: None,
    door: "",
    excused: &[(
        "kernel/dispatch.rs",
        "std::env",
        "WELLSPRING_ISA picks the instruction set, which changes no bit of any result",
    )],
    circles: &[
        (&["notation/vensim/definition.rs", "notation/vensim/expression.rs"], DESCENT),
        (&["model/equation.rs", "model/expression.rs", "model/units.rs"], TREE),
    ],
};

/// The product, on top of the engine.
const PRODUCT: House = House {
    folder: "src",
    floors: &[
        ("quantity", 1),
        ("explain", 0),
        ("words", 0),
        ("table", 0),
        ("evidence", 3),
        ("shipped", 3),
        ("scenario", 4),
        ("equity", 5),
        ("catalogue", 5),
        ("appraisal", 6),
        ("sensitivity", 7),
        ("study", 8),
        ("answer", 9),
        ("report", 10),
        ("cli", 11),
    ],
    roof: Some("cli"),
    door: "cli/files.rs",
    excused: &[],
    circles: &[
        (
            &[
                "study/checks.rs",
                "study/draws.rs",
                "study/loops.rs",
                "study/place.rs",
                "study/prepare.rs",
                "study/residents.rs",
                "study/sharing.rs",
            ],
            TO_BE_CUT,
        ),
        (
            &[
                "study/experiment/model.rs",
                "study/experiment/model_study.rs",
                "study/experiment/overlap.rs",
                "study/experiment/prepare.rs",
                "study/experiment/run.rs",
            ],
            TO_BE_CUT,
        ),
    ],
};

/// What touches the outside world.
const OUTSIDE: [&str; 13] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::time::Instant",
    "std::time::SystemTime",
    "Instant::now",
    "SystemTime::now",
    "stdout()",
    "stderr()",
    "stdin()",
    "println!",
    "print!",
];

/// What opens a file to read it.
const READS: [&str; 3] = ["fs::read(", "fs::read_to_string(", "File::open("];

/// A file is looked at again when it is longer, unless its caption says `One file because ...`.
const LONGEST: usize = 700;

/// A file of a crate: its path below the crate's sources and its text.
pub(super) struct Source {
    pub(super) path: String,
    pub(super) text: String,
}

#[test]
fn the_house_stands() {
    let mut wrong = Vec::new();
    for (house, at_least) in [(&ENGINE, 80), (&PRODUCT, 200)] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(house.folder);
        let mut sources = Vec::new();
        gather(&root, &root, &mut sources);
        assert!(sources.len() > at_least, "{} was not found", house.folder);
        wrong.extend(house.faults(&sources));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

pub(super) fn gather(root: &Path, folder: &Path, sources: &mut Vec<Source>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            gather(root, &path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let below = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            sources.push(Source { path: below, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

impl House {
    /// Everything that is against the plan, a line each.
    fn faults(&self, sources: &[Source]) -> Vec<String> {
        let for_tests = files_for_tests(sources);
        let mut wrong = Vec::new();
        for source in sources {
            let Source { path, text } = source;
            let folder = self.folder;
            if !text.starts_with("//! ") {
                wrong.push(format!("{folder}/{path}:1: no caption; begin the file with `//! ` and one sentence"));
            }
            let lines = text.lines().count();
            if lines > LONGEST && !text.lines().any(|line| line.starts_with("//!") && line.contains("One file because"))
            {
                wrong.push(format!(
                    "{folder}/{path}: {lines} lines; split it, or say `One file because ...` in its caption"
                ));
            }
            let code = without_comments_and_strings(text);
            let is_test = for_tests.contains(path.as_str());
            let shipped = if is_test { String::new() } else { without_tests(&code) };
            globs(folder, path, &shipped, &mut wrong);
            let Some(room) = room_of(path) else { continue };
            let Some(floor) = self.floor_of(room) else {
                wrong.push(format!(
                    "{folder}/{path}:1: the room `{room}` has no floor; give it one in tests/suite/house.rs"
                ));
                continue;
            };
            for (at, other) in self.borrowed(path, &code) {
                let line = line_of(&code, at);
                match self.floor_of(&other) {
                    _ if other == room => {}
                    None => wrong.push(format!(
                        "{folder}/{path}:{line}: `{room}` uses `{other}`, which is no room with a floor"
                    )),
                    Some(theirs) if theirs > floor => wrong.push(format!(
                        "{folder}/{path}:{line}: `{room}` (floor {floor}) uses `{other}` (floor {theirs}): upward"
                    )),
                    Some(theirs) if theirs == floor => {
                        wrong.push(format!(
                            "{folder}/{path}:{line}: `{room}` uses `{other}`, both on floor {floor}: sideways"
                        ));
                    }
                    Some(_) => {}
                }
            }
            if self.roof != Some(room) {
                self.outside(path, room, &shipped, &mut wrong);
            } else if path != self.door {
                for what in READS {
                    for (at, _) in shipped.match_indices(what) {
                        let line = line_of(&shipped, at);
                        wrong.push(format!(
                            "{folder}/{path}:{line}: a file is opened (`{what}..)`); only {folder}/{} does",
                            self.door
                        ));
                    }
                }
            }
        }
        self.refuse_circles(sources, &for_tests, &mut wrong);
        wrong
    }

    /// Files that know each other in a circle are one file in several pieces: what they share belongs in a file below them.
    fn refuse_circles(&self, sources: &[Source], for_tests: &BTreeSet<&str>, wrong: &mut Vec<String>) {
        let folder = self.folder;
        let found = circles(sources, for_tests);
        for circle in &found {
            let files: Vec<&str> = circle.iter().map(|one| one.as_str()).collect();
            if !self.circles.iter().any(|(known, _)| *known == files.as_slice()) {
                let files = files.join(", ");
                wrong.push(format!("{folder}: {files} know each other in a circle; move what they share below them"));
            }
        }
        for (known, _) in self.circles {
            let there = sources.iter().any(|source| source.path == known[0]);
            if there && !found.iter().any(|circle| circle == known) {
                wrong.push(format!("{folder}: {} are no circle any more; take them off the list", known.join(", ")));
            }
        }
    }

    fn outside(&self, path: &str, room: &str, code: &str, wrong: &mut Vec<String>) {
        let folder = self.folder;
        let roof = self.roof.map_or("who calls it".to_owned(), |roof| format!("`{roof}`"));
        for what in OUTSIDE {
            for (at, _) in code.match_indices(what) {
                let part_of_a_word = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                let excused = self.excused.iter().any(|(file, word, _)| *file == path && *word == what);
                if !part_of_a_word && !excused {
                    let line = line_of(code, at);
                    wrong.push(format!(
                        "{folder}/{path}:{line}: `{room}` touches the outside (`{what}`); only {roof} may"
                    ));
                }
            }
        }
    }

    fn floor_of(&self, room: &str) -> Option<u8> {
        self.floors.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
    }

    /// The rooms that a file names: after `crate::`, at the top of a group after `crate::`, or after as many `super::` as lead
    /// to the root. Each with its place in the text.
    fn borrowed(&self, path: &str, code: &str) -> Vec<(usize, String)> {
        let mut rooms = Vec::new();
        for (at, _) in code.match_indices("crate::") {
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
                continue;
            }
            rooms.extend(heads(code, at + "crate::".len()));
        }
        let climb = "super::".repeat(depth(path));
        for (at, _) in code.match_indices(climb.as_str()) {
            let more = code[at + climb.len()..].starts_with("super::") || code[..at].ends_with("super::");
            let rest = &code[at + climb.len()..];
            let own = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            // Inside a module of the same file one `super::` leads no further than the file; a room's name tells them apart.
            if !more && self.floor_of(own).is_some() {
                rooms.push((at, own.to_owned()));
            }
        }
        rooms
    }
}

/// Globs hide where a name comes from. A crate's own prelude is meant to be taken whole, and tests may.
fn globs(folder: &str, path: &str, code: &str, wrong: &mut Vec<String>) {
    for (at, _) in code.match_indices("::*") {
        let line = line_of(code, at);
        let text = code.lines().nth(line - 1).unwrap_or_default().trim_start();
        if !code[..at].ends_with("::prelude") && (text.contains("use ") || text.ends_with("::*,")) {
            wrong.push(format!("{folder}/{path}:{line}: a glob import; name what is used"));
        }
    }
}

/// The room of a file below src/: its folder, or its own name if it is a room of one file. The floor plan and the door
/// (lib.rs, main.rs) are in none.
fn room_of(path: &str) -> Option<&str> {
    match path.split_once('/') {
        Some((folder, _)) => Some(folder),
        None => path.strip_suffix(".rs").filter(|name| *name != "lib" && *name != "main"),
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// How many `super::` lead from a file to the root of the crate.
fn depth(path: &str) -> usize {
    let folders = path.matches('/').count();
    if path.ends_with("/mod.rs") { folders } else { folders + 1 }
}

/// The first words of what is named from `at` on: one word, or each item of a group in braces.
fn heads(code: &str, at: usize) -> Vec<(usize, String)> {
    let word = |from: usize| -> (usize, String) {
        let rest = &code[from..];
        let start = from + (rest.len() - rest.trim_start().len());
        let word: String =
            code[start..].chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '*').collect();
        (start, word)
    };
    if !code[at..].starts_with('{') {
        return vec![word(at)];
    }
    let mut found = vec![word(at + 1)];
    let mut open = 0;
    for (offset, letter) in code[at..].char_indices() {
        match letter {
            '{' => open += 1,
            '}' => open -= 1,
            ',' if open == 1 => found.push(word(at + offset + 1)),
            _ => {}
        }
        if open == 0 {
            break;
        }
    }
    found.retain(|(_, word)| !word.is_empty());
    found
}

/// The files that exist for tests only: declared under `#[cfg(test)]`, named tests.rs, or in a folder tests/.
fn files_for_tests(sources: &[Source]) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for source in sources {
        let code = without_comments_and_strings(&source.text);
        let folder = source.path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let mut under_test = false;
        for line in code.lines().map(str::trim) {
            if line.starts_with("#[cfg(test)]") {
                under_test = true;
            } else if under_test && !line.starts_with("#[") {
                let declared = line.rsplit("mod ").next().and_then(|name| name.strip_suffix(';'));
                names.extend(declared.map(|name| format!("{folder}{name}.rs")));
                under_test = false;
            }
        }
    }
    sources
        .iter()
        .map(|source| source.path.as_str())
        .filter(|path| names.contains(*path) || path.ends_with("/tests.rs") || path.contains("/tests/"))
        .collect()
}

/// The text with every comment, string and character left blank, line by line as before.
pub(super) fn without_comments_and_strings(text: &str) -> String {
    blanked(text, ' ')
}

/// The text with every comment and character left blank and every string of this letter, line by line as before.
fn blanked(text: &str, string: char) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let end = if rest.starts_with(&['/', '/']) {
            at + rest.iter().position(|c| *c == '\n').unwrap_or(rest.len())
        } else if rest.starts_with(&['/', '*']) {
            (at + 2..letters.len()).find(|end| letters[..*end].ends_with(&['*', '/'])).unwrap_or(letters.len())
        } else if let Some(hashes) = raw_string(rest, letters.get(at.wrapping_sub(1))) {
            let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let from = at + 2 + hashes;
            (from..letters.len())
                .find(|end| letters[*end..].starts_with(&close))
                .map_or(letters.len(), |end| end + close.len())
        } else if rest[0] == '"' {
            closing(&letters, at, '"')
        } else if rest[0] == '\'' && (rest.get(1) == Some(&'\\') || rest.get(2) == Some(&'\'')) {
            closing(&letters, at, '\'')
        } else {
            at
        };
        if end == at {
            code.push(letters[at]);
            at += 1;
        } else {
            let fill = if matches!(rest[0], '"' | 'r') { string } else { ' ' };
            code.extend(letters[at..end].iter().map(|letter| if *letter == '\n' { '\n' } else { fill }));
            at = end;
        }
    }
    code
}

/// The code with everything that stands under `#[cfg(test)]` left blank, line by line as before. Comments and strings are
/// blank already, so that every brace counts.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        let (before, item) = rest.split_at(at);
        let mut open = 0;
        let end = item.char_indices().skip(MARK.len()).find_map(|(at, letter)| {
            match letter {
                '{' => open += 1,
                '}' => open -= 1,
                _ => {}
            }
            let over = open < 0 || open == 0 && matches!(letter, '}' | ';');
            over.then_some(if open < 0 { at } else { at + 1 })
        });
        let end = end.unwrap_or(item.len());
        kept.push_str(before);
        kept.extend(item[..end].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
        rest = &item[end..];
    }
    kept + rest
}

/// The number of `#` of a raw string that begins here, if one does.
fn raw_string(rest: &[char], before: Option<&char>) -> Option<usize> {
    if rest[0] != 'r' || before.is_some_and(|c| c.is_alphanumeric() || *c == '_') {
        return None;
    }
    let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
    (rest.get(1 + hashes) == Some(&'"')).then_some(hashes)
}

/// One past the quote that closes the one at `at`.
fn closing(letters: &[char], at: usize, quote: char) -> usize {
    let mut end = at + 1;
    while end < letters.len() && letters[end] != quote {
        end += if letters[end] == '\\' { 2 } else { 1 };
    }
    (end + 1).min(letters.len())
}

fn fake(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

#[test]
fn a_file_is_opened_at_one_place() {
    let text =
        "//! Roof.\nuse std::fs;\nfn a() { fs::read(path); }\n#[cfg(test)]\nmod tests { fn b() { fs::read(path); } }";
    let found = PRODUCT.faults(&[fake("cli/files.rs", text), fake("cli/other.rs", text)]);
    assert_eq!(found, ["src/cli/other.rs:3: a file is opened (`fs::read(..)`); only src/cli/files.rs does"]);
}

#[test]
fn a_sound_house_has_no_faults() {
    let sources = [
        fake("lib.rs", "//! Plan.\npub mod study;"),
        fake(
            "evidence/mod.rs",
            "//! Evidence.\nuse crate::quantity::Year;\n// use crate::cli::x;\nconst A: &str = \"crate::cli::x\";",
        ),
        fake(
            "report/mod.rs",
            "//! Report.\nuse crate::{evidence::Label, study::{Study, Text}};\nuse rayon::prelude::*;",
        ),
        fake("cli/mod.rs", "//! Roof.\nuse std::fs;\nuse crate::report::page;"),
        fake(
            "study/run.rs",
            "//! Run.\nuse super::lanes;\n#[cfg(test)]\nmod tests {\n use super::*;\n use std::fs;\n}",
        ),
    ];
    assert_eq!(PRODUCT.faults(&sources), Vec::<String>::new());
}

#[test]
fn what_runs_upward_or_sideways_is_named_with_its_line_and_both_rooms() {
    let upward = fake(
        "model/name.rs",
        "//! Name.\n\nuse crate::{\n    diagnostic::Span,\n    kernel::{Program, Request},\n};\n",
    );
    let found = ENGINE.faults(&[upward]);
    assert_eq!(found, ["engine/src/model/name.rs:5: `model` (floor 1) uses `kernel` (floor 4): upward"]);
    let sideways = fake("table/gap.rs", "//! Gap.\nfn f(x: crate::explain::Page) {}\n");
    let found = PRODUCT.faults(&[sideways]);
    assert_eq!(found, ["src/table/gap.rs:2: `table` uses `explain`, both on floor 0: sideways"]);
    let climbing = fake("study/run.rs", "//! Run.\nuse super::super::report::page;\n");
    let found = PRODUCT.faults(&[climbing]);
    assert_eq!(found, ["src/study/run.rs:2: `study` (floor 8) uses `report` (floor 10): upward"]);
}

#[test]
fn a_room_without_a_floor_is_named() {
    let wrong = PRODUCT.faults(&[fake("helpers/mod.rs", "//! Helpers.\n")]);
    assert!(wrong[0].starts_with("src/helpers/mod.rs:1: the room `helpers` has no floor"), "{wrong:?}");
    let wrong = PRODUCT.faults(&[fake("cli/mod.rs", "//! Roof.\nuse crate::helpers::x;\n")]);
    assert_eq!(wrong, ["src/cli/mod.rs:2: `cli` uses `helpers`, which is no room with a floor"]);
}

#[test]
fn captions_globs_length_and_the_outside_are_watched() {
    let bare = PRODUCT.faults(&[fake("study/name.rs", "pub struct Name;\n")]);
    assert!(bare[0].contains("no caption"), "{bare:?}");
    let glob = PRODUCT.faults(&[fake("study/run.rs", "//! Run.\nuse engine::model::*;\n")]);
    assert_eq!(glob, ["src/study/run.rs:2: a glob import; name what is used"]);
    let long = format!("//! Long.\n{}", "\n".repeat(LONGEST));
    assert!(PRODUCT.faults(&[fake("study/run.rs", &long)])[0].contains("One file because"));
    let excused = long.replacen("Long.", "Long. One file because it is one table.", 1);
    assert!(PRODUCT.faults(&[fake("study/run.rs", &excused)]).is_empty());
    let disk = PRODUCT.faults(&[fake("study/run.rs", "//! Run.\nfn f() { std::fs::read(\"x\"); }\n")]);
    assert_eq!(disk, ["src/study/run.rs:2: `study` touches the outside (`std::fs`); only `cli` may"]);
}

#[test]
fn what_stands_after_something_for_tests_is_watched_too() {
    let text = "//! Run.\n#[cfg(test)]\nmod trials;\n#[cfg(test)]\n#[allow(x)]\nmod tests {\n fn a() { std::fs::read(); }\n}\nuse engine::a::*;\n\
                fn f() { std::fs::read(); }\n";
    let wrong = [
        "src/study/run.rs:9: a glob import; name what is used",
        "src/study/run.rs:10: `study` touches the outside (`std::fs`); only `cli` may",
    ];
    assert_eq!(PRODUCT.faults(&[fake("study/run.rs", text)]), wrong);
}

#[test]
fn a_circle_of_files_is_named_and_one_that_is_cut_leaves_the_list() {
    let sound = [
        fake("study/place.rs", "//! Place.\nuse super::years::Year;\n"),
        fake("study/years.rs", "//! Years.\n#[cfg(test)]\nmod tests {\n use super::place::Place;\n}"),
    ];
    assert_eq!(PRODUCT.faults(&sound), Vec::<String>::new());
    let circle = [
        fake("study/place.rs", "//! Place.\nuse super::{kept, years::{Year, self}};\n"),
        fake("study/years.rs", "//! Years.\nuse super::kept::Kept;\n"),
        fake("study/kept.rs", "//! Kept.\nuse super::place::Place;\n"),
    ];
    let wrong = "src: study/kept.rs, study/place.rs, study/years.rs know each other in a circle; move what they share below them";
    assert_eq!(PRODUCT.faults(&circle), [wrong]);
    let in_a_line = [
        fake(
            "study/mod.rs",
            "//! Study.\n#[cfg(test)]\nmod trial;\nmod kept;\nmod place;\npub use place::{Place as Where};\n",
        ),
        fake("study/place.rs", "//! Place.\nfn f() -> f64 { super::kept::MOST }\n"),
        fake("study/kept.rs", "//! Kept.\nuse super::Where;\nuse std::collections::{BTreeMap, BTreeSet};\n"),
    ];
    let wrong = "src: study/kept.rs, study/place.rs know each other in a circle; move what they share below them";
    assert_eq!(PRODUCT.faults(&in_a_line), [wrong]);
    let known = [
        fake("notation/vensim/definition.rs", "//! Definition.\nuse super::expression::expression;\n"),
        fake("notation/vensim/expression.rs", "//! Expression.\nuse super::definition::subscripts;\n"),
    ];
    assert_eq!(ENGINE.faults(&known), Vec::<String>::new());
    let cut = [
        fake("notation/vensim/definition.rs", "//! Definition.\nuse super::expression::expression;\n"),
        fake("notation/vensim/expression.rs", "//! Expression.\n"),
    ];
    let wrong = "engine/src: notation/vensim/definition.rs, notation/vensim/expression.rs are no circle any more; \
                 take them off the list";
    assert_eq!(ENGINE.faults(&cut), [wrong]);
}

//! The plan of the house: a room borrows only from the floors below it, and only the roof touches the outside world.
//!
//! Read from the text of src/, so that it needs no compiler and can name the line. docs/ARCHITECTURE.md says why.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The floor of every room. A room may use rooms on lower floors; rooms on one floor do not know each other.
const FLOORS: [(&str, u8); 17] = [
    ("quantity", 0),
    ("elementary", 0),
    ("diagnostic", 0),
    ("model", 1),
    ("notation", 2),
    ("sampling", 2),
    ("structure", 3),
    ("evidence", 3),
    ("kernel", 4),
    ("scenario", 4),
    ("ensemble", 5),
    ("appraisal", 6),
    ("equity", 7),
    ("sensitivity", 7),
    ("study", 8),
    ("report", 9),
    ("cli", 10),
];

/// The room that may touch disk, clock, network, environment and terminal.
const ROOF: &str = "cli";

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

/// Where a room below the roof touches the outside all the same, and why it may.
const EXCUSED: [(&str, &str, &str); 1] = [(
    "kernel/dispatch.rs",
    "std::env",
    "WELLSPRING_ISA picks the instruction set, which changes no bit of any result",
)];

/// The one file that opens files to read them, since it refuses what is none and what is too long.
const DOOR: &str = "cli/files.rs";

/// What opens a file to read it.
const READS: [&str; 3] = ["fs::read(", "fs::read_to_string(", "File::open("];

/// A file is looked at again when it is longer, unless its caption says `One file because ...`.
const LONGEST: usize = 700;

/// A file of src/: its path below src/ and its text.
struct Source {
    path: String,
    text: String,
}

#[test]
fn the_house_stands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    gather(&root, &root, &mut sources);
    assert!(sources.len() > 100, "src/ was not found");
    let wrong = faults(&sources);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn gather(root: &Path, folder: &Path, sources: &mut Vec<Source>) {
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

/// Everything that is against the plan, a line each.
fn faults(sources: &[Source]) -> Vec<String> {
    let for_tests = files_for_tests(sources);
    let mut wrong = Vec::new();
    for source in sources {
        let Source { path, text } = source;
        if !text.starts_with("//! ") {
            wrong.push(format!("src/{path}:1: no caption; begin the file with `//! ` and one sentence"));
        }
        let lines = text.lines().count();
        if lines > LONGEST && !text.lines().any(|line| line.starts_with("//!") && line.contains("One file because")) {
            wrong.push(format!("src/{path}: {lines} lines; split it, or say `One file because ...` in its caption"));
        }
        let code = without_comments_and_strings(text);
        let is_test = for_tests.contains(path.as_str());
        let tests_from = if is_test { 0 } else { code.find("#[cfg(test)]\nmod ").map_or(code.len(), |at| at) };
        let tests_from = code.find("#[cfg(test)]\n#[allow").map_or(tests_from, |at| at.min(tests_from));
        globs(path, &code, tests_from, &mut wrong);
        let Some(room) = room_of(path) else { continue };
        let Some(floor) = floor_of(room) else {
            wrong.push(format!("src/{path}:1: the room `{room}` has no floor; give it one in tests/suite/house.rs"));
            continue;
        };
        for (at, other) in borrowed(path, &code) {
            let line = line_of(&code, at);
            match floor_of(&other) {
                _ if other == room => {}
                None => {
                    wrong.push(format!("src/{path}:{line}: `{room}` uses `{other}`, which is no room with a floor"))
                }
                Some(theirs) if theirs > floor => wrong.push(format!(
                    "src/{path}:{line}: `{room}` (floor {floor}) uses `{other}` (floor {theirs}): upward"
                )),
                Some(theirs) if theirs == floor => {
                    wrong.push(format!("src/{path}:{line}: `{room}` uses `{other}`, both on floor {floor}: sideways"));
                }
                Some(_) => {}
            }
        }
        if room != ROOF {
            outside(path, room, &code[..tests_from], &mut wrong);
        } else if path != DOOR {
            for (what, (at, _)) in READS.iter().flat_map(|what| code.match_indices(what).map(move |at| (what, at))) {
                if at < tests_from {
                    let line = line_of(&code, at);
                    wrong.push(format!("src/{path}:{line}: a file is opened (`{what}..)`); only src/{DOOR} does"));
                }
            }
        }
    }
    wrong
}

/// Globs hide where a name comes from. A crate's own prelude is meant to be taken whole, and tests may.
fn globs(path: &str, code: &str, tests_from: usize, wrong: &mut Vec<String>) {
    for (at, _) in code.match_indices("::*") {
        let line = line_of(code, at);
        let text = code.lines().nth(line - 1).unwrap_or_default().trim_start();
        if at < tests_from && !code[..at].ends_with("::prelude") && (text.contains("use ") || text.ends_with("::*,")) {
            wrong.push(format!("src/{path}:{line}: a glob import; name what is used"));
        }
    }
}

fn outside(path: &str, room: &str, code: &str, wrong: &mut Vec<String>) {
    for what in OUTSIDE {
        for (at, _) in code.match_indices(what) {
            let part_of_a_word = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let excused = EXCUSED.iter().any(|(file, word, _)| *file == path && *word == what);
            if !part_of_a_word && !excused {
                let line = line_of(code, at);
                wrong.push(format!("src/{path}:{line}: `{room}` touches the outside (`{what}`); only `{ROOF}` may"));
            }
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

fn floor_of(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// The rooms that a file names: after `crate::`, at the top of a group after `crate::`, or after as many `super::` as lead
/// to the root. Each with its place in the text.
fn borrowed(path: &str, code: &str) -> Vec<(usize, String)> {
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
        if !more && floor_of(own).is_some() {
            rooms.push((at, own.to_owned()));
        }
    }
    rooms
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
fn without_comments_and_strings(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    let blank = |code: &mut String, letter: char| code.push(if letter == '\n' { '\n' } else { ' ' });
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
            letters[at..end].iter().for_each(|letter| blank(&mut code, *letter));
            at = end;
        }
    }
    code
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
    let found = faults(&[fake("cli/files.rs", text), fake("cli/other.rs", text)]);
    assert_eq!(found, ["src/cli/other.rs:3: a file is opened (`fs::read(..)`); only src/cli/files.rs does"]);
}

#[test]
fn a_sound_house_has_no_faults() {
    let sources = [
        fake("lib.rs", "//! Plan.\npub mod model;"),
        fake(
            "model/mod.rs",
            "//! Model.\nuse crate::quantity::Year;\n// use crate::cli::x;\nconst A: &str = \"crate::cli::x\";",
        ),
        fake("report/mod.rs", "//! Report.\nuse crate::{model::Name, study::{Study, Text}};\nuse rayon::prelude::*;"),
        fake("cli/mod.rs", "//! Roof.\nuse std::fs;\nuse crate::report::page;"),
        fake(
            "kernel/run.rs",
            "//! Run.\nuse super::lanes;\n#[cfg(test)]\nmod tests {\n use super::*;\n use std::fs;\n}",
        ),
    ];
    assert_eq!(faults(&sources), Vec::<String>::new());
}

#[test]
fn what_runs_upward_or_sideways_is_named_with_its_line_and_both_rooms() {
    let upward =
        fake("model/name.rs", "//! Name.\n\nuse crate::{\n    diagnostic::Span,\n    study::{Study, Text},\n};\n");
    assert_eq!(faults(&[upward]), ["src/model/name.rs:5: `model` (floor 1) uses `study` (floor 8): upward"]);
    let sideways = fake("kernel/run.rs", "//! Run.\nfn f(x: crate::scenario::Scenario) {}\n");
    assert_eq!(faults(&[sideways]), ["src/kernel/run.rs:2: `kernel` uses `scenario`, both on floor 4: sideways"]);
    let climbing = fake("kernel/run.rs", "//! Run.\nuse super::super::report::page;\n");
    assert_eq!(faults(&[climbing]), ["src/kernel/run.rs:2: `kernel` (floor 4) uses `report` (floor 9): upward"]);
}

#[test]
fn a_room_without_a_floor_is_named() {
    let wrong = faults(&[fake("helpers/mod.rs", "//! Helpers.\n")]);
    assert!(wrong[0].starts_with("src/helpers/mod.rs:1: the room `helpers` has no floor"), "{wrong:?}");
    let wrong = faults(&[fake("cli/mod.rs", "//! Roof.\nuse crate::helpers::x;\n")]);
    assert_eq!(wrong, ["src/cli/mod.rs:2: `cli` uses `helpers`, which is no room with a floor"]);
}

#[test]
fn captions_globs_length_and_the_outside_are_watched() {
    let bare = faults(&[fake("model/name.rs", "pub struct Name;\n")]);
    assert!(bare[0].contains("no caption"), "{bare:?}");
    let glob = faults(&[fake("kernel/run.rs", "//! Run.\nuse crate::model::*;\n")]);
    assert_eq!(glob, ["src/kernel/run.rs:2: a glob import; name what is used"]);
    let long = format!("//! Long.\n{}", "\n".repeat(LONGEST));
    assert!(faults(&[fake("kernel/run.rs", &long)])[0].contains("One file because"));
    let excused = long.replacen("Long.", "Long. One file because it is one table.", 1);
    assert!(faults(&[fake("kernel/run.rs", &excused)]).is_empty());
    let disk = faults(&[fake("study/run.rs", "//! Run.\nfn f() { std::fs::read(\"x\"); }\n")]);
    assert_eq!(disk, ["src/study/run.rs:2: `study` touches the outside (`std::fs`); only `cli` may"]);
}

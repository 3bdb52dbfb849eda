//! Which files know each other in a circle.
//!
//! A file knows another if a path in it leads there, in a `use` or within a line. A name that another file hands on (`pub use`)
//! leads to the file that it comes from. What a folder's mod.rs takes from its own files is not counted, for it is their door;
//! nor is what only tests use.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, without_comments_and_strings, without_tests};

/// A path that is handed on under another's roof leads on at most so often.
const LONGEST_WAY: usize = 8;

/// The circles, each as its files in order.
pub fn circles(sources: &[Source], for_tests: &BTreeSet<&str>) -> Vec<Vec<String>> {
    let files = Files::of(sources, for_tests);
    let uses: BTreeMap<&str, BTreeSet<&str>> =
        files.all.values().map(|file| (file.path, files.used_by(file))).collect();
    let all: BTreeMap<&str, BTreeSet<&str>> = uses.keys().map(|file| (*file, reached(file, &uses))).collect();
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for (file, reached) in all.iter().filter(|(file, reached)| reached.contains(*file)) {
        let back = reached.iter().filter(|other| all[*other].contains(file));
        found.insert(back.map(|other| (*other).to_owned()).collect());
    }
    found.into_iter().collect()
}

/// Every file that is used by a file, or by one that it uses.
fn reached<'s>(from: &'s str, uses: &BTreeMap<&'s str, BTreeSet<&'s str>>) -> BTreeSet<&'s str> {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(file) = next.pop() {
        next.extend(uses[file].iter().filter(|used| seen.insert(**used)));
    }
    seen
}

/// The parts of a path: `super::place::Place` has three.
type Parts = Vec<String>;

/// The files of a crate by their modules.
struct Files<'s> {
    all: BTreeMap<Parts, File<'s>>,
}

struct File<'s> {
    path: &'s str,
    module: Parts,
    code: String,
    /// Names that it hands on, each with the path that it has them from.
    handed_on: BTreeMap<String, Parts>,
}

impl<'s> Files<'s> {
    fn of(sources: &'s [Source], for_tests: &BTreeSet<&str>) -> Self {
        let others = sources.iter().filter(|source| !for_tests.contains(source.path.as_str()));
        let file = |source: &'s Source| {
            let code = without_tests(&without_comments_and_strings(&source.text));
            let module = module_of(&source.path);
            (module.clone(), File { path: &source.path, module, handed_on: handed_on(&code), code })
        };
        Self { all: others.map(file).collect() }
    }

    fn used_by(&self, file: &File<'s>) -> BTreeSet<&'s str> {
        let paths = paths_in(&file.code);
        let targets = paths.into_iter().filter_map(|(parts, _)| self.target(&file.module, &parts, 0));
        targets.filter(|used| *used != file.path).collect()
    }

    /// The file that a path in a module leads to; none outside the crate.
    fn target(&self, from: &[String], parts: &[String], way: usize) -> Option<&'s str> {
        let mut at = from.to_vec();
        let mut rest = parts;
        while let Some((first, others)) = rest.split_first() {
            match first.as_str() {
                "crate" => at.clear(),
                "self" => {}
                "super" => drop(at.pop()?),
                _ => break,
            }
            rest = others;
        }
        while let Some((first, others)) = rest.split_first() {
            let below = [at.as_slice(), std::slice::from_ref(first)].concat();
            if self.all.contains_key(&below) {
                at = below;
                rest = others;
                continue;
            }
            let from = self.all.get(&at).and_then(|file| file.handed_on.get(first)).filter(|_| way < LONGEST_WAY);
            return match from {
                Some(from) => self.target(&at, &[from, others].concat(), way + 1),
                None => self.all.get(&at).map(|file| file.path),
            };
        }
        self.all.get(&at).map(|file| file.path)
    }
}

/// The module that a file is: `study/place.rs` is `study::place`, `study/mod.rs` is `study`.
fn module_of(path: &str) -> Parts {
    let whole = path.strip_suffix(".rs").unwrap_or(path);
    let whole = whole.strip_suffix("/mod").unwrap_or(whole);
    whole.split('/').filter(|part| *part != "lib" && *part != "main").map(str::to_owned).collect()
}

/// What `pub use` hands on.
fn handed_on(code: &str) -> BTreeMap<String, Parts> {
    let mut names = BTreeMap::new();
    for (at, _) in code.match_indices("use ") {
        let line = code[..at].rfind('\n').map_or(0, |end| end + 1);
        if code[line..].trim_start().starts_with("pub") && code[line..at].ends_with([' ', ')']) {
            let used = code[at + "use ".len()..].split(';').next().unwrap_or_default();
            names.extend(spelled_out(used).into_iter().map(|(parts, name)| (name, parts)));
        }
    }
    names
}

/// Every path that begins at the crate, above the file or in it, with the name that it is used by.
fn paths_in(code: &str) -> Vec<(Parts, String)> {
    let mut paths = Vec::new();
    for begin in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(begin) {
            let part_of_more = code[..at].ends_with(|c: char| c.is_alphanumeric() || "_:$".contains(c));
            if !part_of_more {
                let rest = &code[at..];
                let plain = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(rest.len());
                let group = rest[..plain].ends_with("::") && rest[plain..].starts_with('{');
                let end = if group { plain + group_length(&rest[plain..]) } else { plain };
                paths.extend(spelled_out(&rest[..end]));
            }
        }
    }
    paths
}

/// How long a group in braces is that begins here.
fn group_length(text: &str) -> usize {
    let mut open = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return at + 1;
        }
    }
    text.len()
}

/// Every path that is named, groups in braces written out, each with the name that it is used by.
fn spelled_out(used: &str) -> Vec<(Parts, String)> {
    let used = used.trim();
    let Some(open) = used.find('{') else {
        let (path, name) = used.split_once(" as ").map_or((used, None), |(path, name)| (path, Some(name.trim())));
        let parts = path.split("::").map(str::trim).filter(|part| !part.is_empty());
        let mut parts: Parts = parts.map(str::to_owned).collect();
        if parts.len() > 1 && parts.last().is_some_and(|last| last == "self") {
            parts.pop();
        }
        let name = name.or(parts.last().map(String::as_str)).unwrap_or_default().to_owned();
        return vec![(parts, name)];
    };
    let (head, rest) = used.split_at(open);
    let inside = rest[1..].trim_end().strip_suffix('}').unwrap_or(&rest[1..]);
    let (mut depth, mut from) = (0, 0);
    let mut paths = Vec::new();
    for (at, letter) in inside.char_indices().chain([(inside.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let one = inside[from..at].trim();
                if !one.is_empty() {
                    paths.extend(spelled_out(&format!("{head}{one}")));
                }
                from = at + 1;
            }
            _ => {}
        }
    }
    paths
}

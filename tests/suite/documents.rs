//! The documents say what the code says: links lead somewhere, generated pages are fresh, every figure has a source.
//! `UPDATE=1 cargo test` writes the generated pages anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wellspring::evidence::{Library, Listing, Published, Source, listing};
use wellspring::explain::pages;

use crate::support::library;

/// Codes that only a failing disk or a terminal can bring about, and so have no folder in tests/diagnostics.
const WITHOUT_A_FOLDER: [(&str, &str); 0] = [];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the tree as text.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|problem| panic!("{path}: {problem}"))
}

/// Fails if a generated page is not what it should be, or writes it where UPDATE is set.
pub fn compare(path: &str, expected: &str) {
    let file = root().join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, expected).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    if found != expected {
        let line = found.lines().zip(expected.lines()).position(|(a, b)| a != b);
        let line = line.unwrap_or(found.lines().count().min(expected.lines().count()));
        panic!(
            "{path}:{}: is not what the code says; `UPDATE=1 cargo test` writes it anew\n  found:    {:?}\n  expected: {:?}",
            line + 1,
            found.lines().nth(line),
            expected.lines().nth(line)
        );
    }
}

/// All files below a folder whose names end so, leaving out what is built or written by runs.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_str().unwrap_or_default();
        if path.is_dir() {
            if !name.starts_with('.') && name != "target" && name != "out" {
                files(&path, ending, found);
            }
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
}

#[test]
fn every_link_in_the_documents_leads_somewhere() {
    let mut documents = Vec::new();
    files(&root(), ".md", &mut documents);
    let mut wrong = Vec::new();
    for document in &documents {
        let text = fs::read_to_string(document).unwrap();
        for (line, target) in links(&text) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let (path, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let file = if path.is_empty() {
                document.clone()
            } else {
                document.parent().unwrap().join(path.trim_end_matches('/'))
            };
            let shown = document.strip_prefix(root()).unwrap().display().to_string();
            if !file.exists() {
                wrong.push(format!("{shown}:{line}: `{target}` leads nowhere"));
            } else if !anchor.is_empty() && !anchors(&fs::read_to_string(&file).unwrap_or_default()).contains(anchor) {
                wrong.push(format!("{shown}:{line}: `{target}`: there is no such heading"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The lines outside blocks of code, each with its number from 1.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut in_code = false;
    text.lines().enumerate().filter_map(move |(line, text)| {
        let fence = text.trim_start().starts_with("```");
        in_code ^= fence;
        (!in_code && !fence).then_some((line + 1, text))
    })
}

/// Targets of `[text](target)`, with their lines.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, text) in prose(text) {
        for (at, _) in text.match_indices("](") {
            if let Some((target, _)) = text[at + 2..].split_once(')') {
                found.push((line, target.to_owned()));
            }
        }
    }
    found
}

/// The anchors of headings as code hosts make them: lower case, letters, digits and hyphens.
fn anchors(text: &str) -> BTreeSet<String> {
    prose(text)
        .filter(|(_, line)| line.starts_with('#'))
        .map(|(_, line)| {
            let words = line.trim_start_matches('#').trim().to_lowercase();
            words
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
                .collect::<String>()
                .replace(' ', "-")
        })
        .collect()
}

#[test]
fn links_and_anchors_are_found() {
    let text = "# A title, of sorts\n[a](b.md#c) `x`\n```\n[no](link)\n```\n";
    assert_eq!(links(text), [(2, "b.md#c".to_owned())]);
    assert!(anchors(text).contains("a-title-of-sorts"));
}

#[test]
fn the_page_of_diagnostics_is_that_of_the_catalogue() {
    let mut text = String::from(
        "# Diagnostics\n\n\
         What can be wrong with a file or a command, by its code. `wellspring explain M012` prints one of these pages.\n\
         This page is written from the catalogues in src/explain and engine/src/diagnostic/catalogue; do not edit it here.\n\n\
         M0xx: the text of a model. M1xx: its structure. E: evidence. S: scenario and accounts. T: a study as a whole. \
         C: commands and files. I: inputs and outputs for sensitivity analysis.\n\n",
    );
    for page in pages() {
        // Writing into a String does not fail.
        let _ = writeln!(text, "- [{}](#{}): {}", page.code, page.code.0.to_lowercase(), page.title);
    }
    for page in pages() {
        let _ = write!(
            text,
            "\n## {}\n\n**{}.** {}\n\n```text\n{}\n```\n\n{}\n",
            page.code,
            capital(page.title),
            page.meaning,
            page.example.trim_end(),
            page.remedy
        );
    }
    compare("docs/diagnostics.md", &text);
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[test]
fn every_diagnostic_has_a_page_and_an_example_that_shows_it() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for page in pages() {
        let code = page.code.0;
        if !seen.insert(code) {
            wrong.push(format!("{code} has two pages"));
        }
        for (what, text) in
            [("title", page.title), ("meaning", page.meaning), ("example", page.example), ("remedy", page.remedy)]
        {
            if text.trim().is_empty() {
                wrong.push(format!("{code} has no {what}"));
            }
        }
        let excused = WITHOUT_A_FOLDER.iter().any(|(other, _)| *other == code);
        let shown = root().join("tests/diagnostics").join(code).is_dir();
        if !shown && !excused {
            wrong.push(format!("{code} ({}) has no folder in tests/diagnostics/", page.title));
        }
        if shown && excused {
            wrong.push(format!("{code} has a folder in tests/diagnostics/ and needs no excuse"));
        }
    }
    let mut sources = Vec::new();
    files(&root().join("src/explain"), ".rs", &mut sources);
    files(&root().join("engine/src/diagnostic/catalogue"), ".rs", &mut sources);
    for source in sources {
        let text = fs::read_to_string(&source).unwrap();
        for (_, rest) in text.match_indices("Code(\"").map(|(at, found)| (at, &text[at + found.len()..])) {
            let code = rest.split('"').next().unwrap_or_default();
            if !seen.contains(code) {
                wrong.push(format!("{code} has no page"));
            }
        }
    }
    for folder in fs::read_dir(root().join("tests/diagnostics")).unwrap() {
        let name = folder.unwrap().file_name().into_string().unwrap();
        if !seen.contains(name.as_str()) {
            wrong.push(format!("tests/diagnostics/{name} is about a code that does not exist"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What is published of each place.
fn published(library: &Library) -> impl Iterator<Item = (&str, &Published)> {
    library.places().flat_map(|file| {
        let own = file.place().map_or(&[][..], |place| &place.published);
        own.iter().map(|one| (file.id.as_str(), one))
    })
}

#[test]
fn every_shipped_figure_has_a_grade_and_a_source_that_is_known() {
    let library = library();
    let figures = listing(library.files());
    assert!(figures.len() > 200, "{} figures", figures.len());
    let mut wrong = Vec::new();
    for figure in &figures {
        let Listing { owner, label, sources, .. } = figure;
        if sources.is_empty() {
            wrong.push(format!("{owner}: `{label}` has no source"));
        }
        for source in sources.iter().filter(|source| library.references.sources.get(source).is_none()) {
            wrong.push(format!("{owner}: `{label}` names the unknown source `{source}`"));
        }
    }
    let mut used: BTreeSet<&str> =
        figures.iter().flat_map(|figure| figure.sources.iter().map(String::as_str)).collect();
    used.extend(published(&library).flat_map(|(_, one)| one.sources.iter().map(String::as_str)));
    let deflators = read("evidence/deflators.toml");
    for source in library.references.sources.iter() {
        if !used.contains(source.key.as_str()) && !deflators.contains(&format!("\"{}\"", source.key)) {
            wrong.push(format!("evidence/sources.toml: nothing uses `{}`", source.key));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_page_of_sources_says_who_published_what_and_where_it_is_used() {
    compare("evidence/SOURCES.md", &sources_page(&library()));
}

fn sources_page(library: &Library) -> String {
    let figures = listing(library.files());
    let mut licences: BTreeMap<&str, usize> = BTreeMap::new();
    for source in library.references.sources.iter() {
        *licences.entry(source.licence.as_str()).or_default() += 1;
    }
    let mut page = String::from(
        "# Sources\n\n\
         Who published each figure, and on what terms it is used here. Written by a test from sources.toml, the cards, the \
         places and the system file; do not edit it here.\n\n\
         *Facts cited* means that single figures are taken from a publication and credited; neither its text nor its tables \
         are reproduced. Figures of grade A were read in the source, those of grade B recalled from it, those of grade C \
         derived or assumed: the source is then where the reasoning starts, not where the number stands. The note beside \
         each figure in the evidence files says how.\n\n\
         Contains public sector information licensed under the [Open Government Licence \
         v3.0](https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/), and Parliamentary information \
         licensed under the [Open Parliament \
         Licence](https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/).\n\n\
         | licence | sources |\n|---|---:|\n",
    );
    for (licence, count) in licences {
        let _ = writeln!(page, "| {licence} | {count} |");
    }
    for source in library.references.sources.iter() {
        let _ = write!(page, "\n## {}\n\n", source.key);
        source_entry(&mut page, source);
        let mut used = uses(&figures, &source.key);
        let compared = compared_with(library, &source.key);
        if !compared.is_empty() {
            let _ = write!(used, "{}{compared}", if used.is_empty() { "" } else { "\n\n" });
        }
        let used = if used.is_empty() { "*Price index of `deflators.toml`.*".to_owned() } else { used };
        let _ = writeln!(page, "\n{used}");
    }
    page
}

fn source_entry(page: &mut String, source: &Source) {
    let _ = writeln!(page, "{}: *{}* ({}). {}.", source.publisher, source.title, source.year, source.licence);
    if let Some(note) = &source.note {
        let _ = writeln!(page, "{note}");
    }
    if let Some(url) = &source.url {
        let _ = writeln!(page, "<{url}>");
    }
}

/// The constants that a source is behind, file by file, each with its grade.
fn uses(figures: &[Listing], key: &str) -> String {
    let mut by_owner: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for figure in figures.iter().filter(|figure| figure.sources.iter().any(|source| source == key)) {
        by_owner.entry(&figure.owner).or_default().push(format!("`{}` ({:?})", figure.label, figure.grade));
    }
    let lines: Vec<String> =
        by_owner.into_iter().map(|(owner, constants)| format!("- {owner}: {}", constants.join(", "))).collect();
    lines.join("\n")
}

/// What places are compared with that a source is behind, each with its grade.
fn compared_with(library: &Library, key: &str) -> String {
    let mut by_what: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (place, one) in published(library).filter(|(_, one)| one.sources.iter().any(|source| source == key)) {
        by_what.entry(format!("{} ({})", one.what, one.grade)).or_default().push(place);
    }
    if by_what.is_empty() {
        return String::new();
    }
    let lines: Vec<String> =
        by_what.into_iter().map(|(what, places)| format!("- {what}: {}", places.join(", "))).collect();
    format!("Published, to set the model against:\n\n{}", lines.join("\n"))
}

/// The commands of a document: what stands in its blocks of shell, line by line, without prompts and comments.
fn commands(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_shell = false;
    for line in text.lines() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            in_shell = !in_shell && matches!(language.trim(), "sh" | "bash" | "console");
        } else if in_shell {
            let line = line.split(" #").next().unwrap_or_default().trim().trim_start_matches("$ ");
            if !line.is_empty() && !line.starts_with('#') {
                found.push(line.to_owned());
            }
        }
    }
    found
}

#[test]
fn the_commands_of_the_readme_exist() {
    let readme = read("README.md");
    let commands = commands(&readme);
    let first: Vec<&str> = commands.iter().take(2).map(String::as_str).collect();
    assert_eq!(first, ["cargo run --release -- run one-per-cent", "cargo test"]);
    let mut wrong = Vec::new();
    for command in &commands {
        let ours = command
            .strip_prefix("cargo run --release -- ")
            .or_else(|| command.strip_prefix("./target/release/wellspring "))
            .or_else(|| command.strip_prefix("wellspring "));
        if let Some(arguments) = ours {
            wrong.extend(not_offered(arguments).map(|what| format!("README.md: `{command}`: there is no {what}")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The first subcommand or option of these that the program does not offer.
fn not_offered(arguments: &str) -> Option<String> {
    let help = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_wellspring")).args(arguments).arg("--help").output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let words: Vec<&str> = arguments.split_whitespace().collect();
    let subcommand = words.first().filter(|word| !word.starts_with('-'))?;
    let (known, text) = help(&[subcommand]);
    if !known || !text.contains(&format!("wellspring {subcommand}")) {
        return Some(format!("command `{subcommand}`"));
    }
    words
        .iter()
        .find(|word| word.starts_with("--") && !text.contains(**word))
        .map(|option| format!("option `{option}`"))
}

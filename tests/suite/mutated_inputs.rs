//! Small changes to shipped files, the same ones every time: a reader takes them or says why not, at once and without a
//! panic. `fuzz/` does the same without end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::diagnostic::{Diagnostics, Sources, render_text};
use engine::model::Bindings;
use engine::notation::vensim;
use engine::structure;
use rand::{Rng, RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use wellspring::cli::library::shipped_references;
use wellspring::evidence::EvidenceFile;
use wellspring::scenario::{Accounts, ModelScenario, Scenario};
use wellspring::sensitivity::problem::Problem;

use super::support::root;

/// Changes to each file.
const CHANGES: u64 = 150;
/// No shipped file takes a tenth of this unchanged.
const LONGEST: Duration = Duration::from_secs(20);

/// What people and broken programs put into files: signs, numbers at the ends of what can be held, words of the formats.
const TOKENS: [&str; 40] = [
    "",
    "=",
    "[",
    "]",
    "[[",
    "\"",
    "\"\"\"",
    "'",
    "#",
    "{",
    "}",
    "(",
    ")",
    ",",
    "~",
    "|",
    ":",
    ":=",
    "==",
    "<->",
    "->",
    "!",
    "-1",
    "0",
    "1e308",
    "-1e308",
    "1e-320",
    "nan",
    "inf",
    "9223372036854775807",
    "99999999999999999999",
    "1,5",
    "70 000",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "é",
    ":EXCEPT:",
    "INTEG(",
    "\\",
];

/// A text with one to four changes: a piece cut out, doubled, moved, swapped for another token, or bytes turned.
fn changed(text: &str, random: &mut impl Rng) -> String {
    let mut text = text.to_owned();
    for _ in 0..random.random_range(1..=4) {
        let at = boundary(&text, random.random_range(0..=text.len()));
        let length = [1, 3, 20, 400][random.random_range(0..4_usize)];
        let end = boundary(&text, (at + length).min(text.len()));
        match random.random_range(0..5) {
            0 => text.replace_range(at..end, ""),
            1 => {
                let piece = text[at..end].to_owned();
                text.insert_str(at, &piece);
            }
            2 => {
                let piece = text[at..end].to_owned();
                let to = boundary(&text, random.random_range(0..=text.len()));
                text.insert_str(to, &piece);
            }
            3 => text.replace_range(at..end, TOKENS[random.random_range(0..TOKENS.len())]),
            _ => text.insert_str(at, TOKENS[random.random_range(0..TOKENS.len())]),
        }
    }
    text
}

/// The last end of a letter at or before this byte.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The shipped texts of one kind: those whose path begins and ends so, but no more than `most` of them.
fn texts(folder: &str, ending: &str, most: usize) -> Vec<(String, String)> {
    let mut paths: Vec<_> =
        std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| path.to_str().unwrap().ends_with(ending));
    paths.truncate(most);
    assert!(!paths.is_empty(), "{folder} holds nothing that ends in {ending}");
    paths.iter().map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap())).collect()
}

/// Gives a reader every change of every text, and holds what it says to account.
fn hold(texts: &[(String, String)], changes: u64, read: impl Fn(&Arc<str>, &str) -> Result<Diagnostics, Diagnostics>) {
    let mut refused = 0;
    for (number, (path, text)) in texts.iter().enumerate() {
        for change in 0..changes {
            let mut random = Xoshiro256PlusPlus::seed_from_u64(change * 1_000 + number as u64);
            let text = changed(text, &mut random);
            let file: Arc<str> = "changed".into();
            let began = Instant::now();
            let (refusal, found) = match read(&file, &text) {
                Ok(found) => (false, found),
                Err(found) => (true, found),
            };
            let mut sources = Sources::new();
            sources.add(&file, &text.as_str().into());
            let told = render_text(&found, &sources, false);
            assert!(began.elapsed() < LONGEST, "{path}, change {change}: {:?}", began.elapsed());
            assert!(
                !refusal || found.has_errors() && !told.trim().is_empty(),
                "{path}, change {change}: no reason is given"
            );
            refused += u64::from(refusal);
        }
    }
    // Changes that never matter, or always, would try nothing.
    let all = changes * texts.len() as u64;
    assert!(refused > all / 20 && refused < all, "{refused} of {all} changes were refused");
}

/// What a reader found, whether or not it gave a value.
fn found<T>(read: Result<(T, Diagnostics), Diagnostics>) -> Result<Diagnostics, Diagnostics> {
    read.map(|(_, found)| found)
}

#[test]
fn models_that_were_changed_are_read_or_refused() {
    let mut models: Vec<_> = Vec::new();
    for case in ["active-initial", "delays", "except", "functions", "lookups", "mappings", "sir", "subscripts"] {
        models.extend(texts(&format!("tests/cases/{case}"), "model.mdl", 1));
    }
    hold(&models, CHANGES, |file, text| {
        let (model, found) = vensim::read(file, &text.into());
        if found.has_errors() {
            return Err(found);
        }
        structure::build(&model, &Bindings::default()).map(|(_, found)| found)
    });
}

#[test]
fn scenarios_that_were_changed_are_read_or_refused() {
    let references = shipped_references();
    hold(&texts("scenarios", ".toml", 6), CHANGES, |file, text| found(Scenario::read(file, text, &references)));
    hold(&texts("examples/sir", ".toml", 1), CHANGES, |file, text| found(ModelScenario::read(file, text)));
}

#[test]
fn evidence_that_was_changed_is_read_or_refused() {
    let references = shipped_references();
    for (folder, most) in [("evidence/programmes", 6), ("evidence/places", 2)] {
        hold(&texts(folder, ".toml", most), CHANGES, |file, text| found(EvidenceFile::read(file, text, &references)));
    }
}

#[test]
fn accounts_and_problems_that_were_changed_are_read_or_refused() {
    hold(&texts("models", ".toml", 1), CHANGES, |file, text| found(Accounts::read(file, text)));
    let problem = "schema = 1\nseed = 7\n\n[confidence]\nlevel = 0.95\nresamples = 100\nnarrow = 0.1\n\n[sobol]\n\
                   second_order = true\n\n[groups]\n\"Both\" = [\"a\", \"b\"]\n\n[[input]]\nname = \"a\"\nlow = 0\nhigh = 1\n\
                   \n[[input]]\nname = \"b\"\nlow = -1\nhigh = 1e3\n\n[[input]]\nname = \"c\"\n";
    hold(&[("a problem".to_owned(), problem.to_owned())], CHANGES, |file, text| found(Problem::read(file, text)));
}

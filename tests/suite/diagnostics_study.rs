//! Every code of a study as a whole, shown by a change to the shipped texts: `tests/diagnostics/T*/change.toml`.

use std::fs;

use engine::diagnostic::render_text;
use serde::Deserialize;
use wellspring::explain::study::PAGES;
use wellspring::study::{Overrides, StudyTexts, Text, none_survived, prepare};

use crate::support::{patched, root, shipped};

#[derive(Deserialize)]
struct Changes {
    #[serde(default)]
    copy: Vec<Copied>,
    change: Vec<Change>,
}

/// A shipped text a second time, under another name.
#[derive(Deserialize)]
struct Copied {
    file: String,
    to: String,
}

#[derive(Deserialize)]
struct Change {
    file: String,
    old: String,
    new: String,
}

fn changed(changes: &Changes) -> StudyTexts {
    let mut texts = shipped();
    for copy in &changes.copy {
        let text = texts.evidence.iter().find(|text| *text.file == *copy.file);
        let text = text.unwrap_or_else(|| panic!("no shipped evidence is called {}", copy.file));
        let copied = Text::new(&copy.to, &text.content);
        texts.evidence.push(copied);
    }
    for change in &changes.change {
        let all = [&mut texts.scenario, &mut texts.model, &mut texts.accounts];
        let text = all
            .into_iter()
            .chain(texts.evidence.iter_mut())
            .find(|text| *text.file == *change.file)
            .unwrap_or_else(|| panic!("no shipped text is called {}", change.file));
        *text = patched(text, &change.old, &change.new);
    }
    texts
}

#[test]
fn every_code_of_a_study_is_shown_as_a_person_would_see_it() {
    for page in PAGES {
        let folder = root().join("tests/diagnostics").join(page.code.0);
        let changes = fs::read_to_string(folder.join("change.toml")).unwrap();
        let texts = changed(&toml::from_str(&changes).unwrap());
        let found = match prepare(&texts, &Overrides::default()) {
            Err(found) => found,
            // What shows itself only as the study runs.
            Ok((study, _)) => none_survived(&study.run(&|_| {})).into_iter().collect(),
        };
        let shown = render_text(&found, &texts.diagnostic_sources(), false);
        assert!(shown.contains(page.code.0), "{} is not among what was found:\n{shown}", page.code);
        let expected = folder.join("expected.txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &shown).unwrap();
        }
        assert_eq!(shown, fs::read_to_string(&expected).unwrap_or_default(), "{}", page.code);
    }
}

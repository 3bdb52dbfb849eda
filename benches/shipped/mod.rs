//! The shipped texts, read from the tree.

use std::fs;
use std::path::{Path, PathBuf};

use wellspring::study::{StudyTexts, Text};

/// All texts of the study `one-per-cent`.
pub fn texts() -> StudyTexts {
    let mut evidence: Vec<PathBuf> = vec![PathBuf::from("evidence/system.toml")];
    for folder in ["evidence/places", "evidence/programmes"] {
        let mut files: Vec<PathBuf> = fs::read_dir(root().join(folder))
            .unwrap()
            .map(|entry| Path::new(folder).join(entry.unwrap().file_name()))
            .collect();
        files.sort();
        evidence.extend(files);
    }
    StudyTexts {
        scenario: text("scenarios/one-per-cent.toml"),
        model: text("models/prevention.mdl"),
        accounts: text("models/prevention.toml"),
        evidence: evidence.iter().map(|file| text(file.to_str().unwrap())).collect(),
        country: None,
        sources: text("evidence/sources.toml"),
        deflators: text("evidence/deflators.toml"),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(file: &str) -> Text {
    Text::new(file, &fs::read_to_string(root().join(file)).unwrap())
}

//! Where numbers come from: the register that every figure's source is a key of.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::de::DeValue;

use crate::explain::evidence as code;
use engine::diagnostic::{Diagnostics, nearest};

use super::CODES;
use super::document::{Located, Reading, table, text};

/// One publication, dataset or table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The key that figures name.
    pub key: String,
    /// Who published it.
    pub publisher: String,
    /// What it is called.
    pub title: String,
    /// When it was published, or the period it is about.
    pub year: String,
    /// On what terms its figures may be used.
    pub licence: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// Anything else worth knowing.
    pub note: Option<String>,
}

/// All sources, by their keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceRegistry {
    sources: BTreeMap<String, Source>,
}

impl SourceRegistry {
    /// Reads `sources.toml`.
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn read(file: &Arc<str>, content: &str) -> Result<(Self, Diagnostics), Diagnostics> {
        let mut reading = Reading::new(file, &CODES);
        let mut registry = Self::default();
        if let Some(root) = reading.parse(content) {
            let mut entries: Vec<_> = root.iter().collect();
            entries.sort_by_key(|(key, _)| key.span().start);
            for (key, value) in entries {
                let name = key.get_ref().to_string();
                let Some(mut fields) = table(&mut reading, value, format!("the source `{name}`")) else {
                    continue;
                };
                let publisher = fields.needed_text(&mut reading, "publisher", "publisher = \"who published it\"");
                let title = fields.needed_text(&mut reading, "title", "title = \"what it is called\"");
                fields.need(&mut reading, "year", "year = 2024, or year = \"2024/25\"");
                let year = match fields.any("year") {
                    Some(year) => match year.get_ref() {
                        DeValue::Integer(digits) => {
                            Some(Located { value: digits.to_string(), span: reading.span(year.span()) })
                        }
                        _ => text(&mut reading, year, "`year`"),
                    },
                    None => None,
                };
                let licence =
                    fields.needed_text(&mut reading, "licence", "licence = \"on what terms its figures may be used\"");
                let url = fields.text(&mut reading, "url").map(|url| url.value);
                let note = fields.text(&mut reading, "note").map(|note| note.value);
                fields.finish(&mut reading);
                if let (Some(publisher), Some(title), Some(year), Some(licence)) = (publisher, title, year, licence) {
                    let source = Source {
                        key: name.clone(),
                        publisher: publisher.value,
                        title: title.value,
                        year: year.value,
                        licence: licence.value,
                        url,
                        note,
                    };
                    registry.sources.insert(name, source);
                }
            }
        }
        reading.finish().into_result(registry)
    }

    /// The source with this key.
    pub fn get(&self, key: &str) -> Option<&Source> {
        self.sources.get(key)
    }

    /// All sources, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }

    /// Reports a key that names no source.
    pub(super) fn check(&self, reading: &mut Reading, key: &Located<String>) {
        if self.sources.contains_key(&key.value) {
            return;
        }
        reading.error(
            code::UNKNOWN_SOURCE,
            key.span.clone(),
            format!("`{}` is not a key of the register of sources", key.value),
        );
        match nearest(&key.value, self.sources.keys().map(String::as_str)) {
            Some(near) => reading.hint(format!("did you mean \"{near}\"?")),
            None => reading.hint(format!("add [{}] to sources.toml", key.value)),
        }
    }
}

//! The texts of a study, gathered: a scenario, and all that it names, shipped or among a person's own files.

use std::collections::BTreeSet;

use crate::evidence::References;
use crate::evidence::document::Located;
use crate::explain::command as code;
use crate::scenario::{Scenario, beside};
use crate::shipped::{self, Shipped, Text};
use engine::diagnostic::{Diagnostic, Diagnostics, Span};

use super::texts::StudyTexts;

/// Endings by which a name in a scenario is known for a file.
const ENDINGS: &[&str] = &[".toml", ".mdl"];

/// A person's own files, which a scenario names by their paths.
pub trait Files {
    /// The text at a path.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    fn read(&self, path: &str) -> Result<Text, Diagnostics>;

    /// Whether there is a file at a path.
    fn has(&self, path: &str) -> bool;
}

/// No files at all: what is named by a path is not there.
#[derive(Debug, Clone, Copy)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, path: &str) -> Result<Text, Diagnostics> {
        let missing = Diagnostic::error(code::NO_FILE, format!("there is no file `{path}`"));
        Err(std::iter::once(missing.at(Span::new(&path.into(), 0, 0))).collect())
    }

    fn has(&self, _path: &str) -> bool {
        false
    }
}

/// Why texts could not be gathered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotGathered {
    /// What is wrong.
    pub found: Diagnostics,
    /// The texts that it points into.
    pub texts: Vec<Text>,
}

impl StudyTexts {
    /// All texts of a shipped scenario, by its name.
    ///
    /// # Errors
    /// There is no such scenario; the nearest is offered.
    pub fn shipped(name: &str) -> Result<Self, Diagnostic> {
        let scenario = shipped::find(name, "scenario", shipped::SCENARIOS)?.text();
        let gathered = Self::gather(scenario, &NoFiles);
        Ok(gathered.expect("a shipped scenario names only what is shipped, as the tests check"))
    }

    /// All texts of a scenario. What it names with a `/`, or with an ending of .toml or .mdl, is one of `files`, looked for from
    /// the scenario's own folder; any other name is of a shipped text. A file sources.toml beside a scenario that is not
    /// shipped replaces the shipped register.
    ///
    /// # Errors
    /// Everything wrong with a scenario of which it cannot be said what it names, and every file that cannot be read.
    pub fn gather(scenario: Text, files: &dyn Files) -> Result<Self, NotGathered> {
        let mut found = Diagnostics::new();
        let sources = sources_of(&scenario, files).unwrap_or_else(|errors| {
            found.extend(errors);
            shipped::SOURCES.text()
        });
        let deflators = shipped::DEFLATORS.text();
        let wrong = |found: Diagnostics| NotGathered {
            found,
            texts: vec![scenario.clone(), sources.clone(), deflators.clone()],
        };
        let references = References::read((&sources.file, &sources.content), (&deflators.file, &deflators.content));
        let (references, _) = references.map_err(wrong)?;
        // What is wrong with it is told by the study, which reads it again, together with what is wrong with the rest.
        let (read, wrong_with_it) = Scenario::read_partly(&scenario.file, &scenario.content, &references);
        let Some(read) = read else {
            found.extend(wrong_with_it);
            return Err(wrong(found));
        };
        let (model, accounts) = model_and_accounts(&read.model, files, &mut found);
        let evidence = evidence(&read, files, &mut found);
        let (Some(model), Some(accounts), false) = (model, accounts, found.has_errors()) else {
            // The study cannot be read without what is not there.
            found.extend(wrong_with_it);
            return Err(wrong(found));
        };
        Ok(Self { scenario, model, accounts, evidence, sources, deflators })
    }
}

/// The register of sources: one of a person's own where it lies beside the scenario, else the shipped one.
fn sources_of(scenario: &Text, files: &dyn Files) -> Result<Text, Diagnostics> {
    let path = beside(&scenario.file, "sources.toml");
    if !scenario.shipped && files.has(&path) { files.read(&path) } else { Ok(shipped::SOURCES.text()) }
}

/// The model of a scenario and its accounts, which stand beside it under its name.
fn model_and_accounts(
    named: &Located<String>,
    files: &dyn Files,
    found: &mut Diagnostics,
) -> (Option<Text>, Option<Text>) {
    if shipped::is_file(&named.value, ENDINGS) {
        let beside = std::path::Path::new(&named.value).with_extension("toml").to_string_lossy().into_owned();
        let accounts = Located { value: beside, span: named.span.clone() };
        return (own(named, files, found), own(&accounts, files, found));
    }
    match shipped::find(&named.value, "model", shipped::MODELS) {
        Ok(model) => (Some(model.text()), shipped::accounts_of(model).map(Shipped::text)),
        Err(unknown) => {
            found.push(unknown.at(named.span.clone()));
            (None, None)
        }
    }
}

/// The system, and the places and cards that a scenario names, each once.
fn evidence(scenario: &Scenario, files: &dyn Files, found: &mut Diagnostics) -> Vec<Text> {
    let mut evidence = vec![shipped::SYSTEM.text()];
    let programmes = scenario.programmes.iter().map(|programme| (programme, shipped::CARDS));
    let places = scenario.places.iter().map(|place| (place, shipped::PLACES));
    for (named, among) in places.chain(programmes) {
        if shipped::is_file(&named.value, ENDINGS) {
            evidence.extend(own(named, files, found));
        } else if let Some(one) = shipped::named(&named.value, among) {
            evidence.push(one.text());
        } else {
            // The study says that there is none, and offers the nearest of these.
            evidence.extend(among.iter().map(Shipped::text));
        }
    }
    // A programme named twice is one card; the study says what is wrong with that.
    let mut seen = BTreeSet::new();
    evidence.retain(|text| seen.insert(text.file.clone()));
    evidence
}

/// A file that a scenario names; what is wrong with it is said where it is named.
fn own(named: &Located<String>, files: &dyn Files, found: &mut Diagnostics) -> Option<Text> {
    let read = files.read(&beside(&named.span.file, &named.value));
    let located = |errors: Diagnostics| errors.iter().map(|one| one.clone().at(named.span.clone())).collect();
    read.map_err(|errors| found.extend(located(errors))).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{NoFiles, StudyTexts};
    use crate::shipped::{self, Text};

    #[test]
    fn every_shipped_scenario_names_only_what_is_shipped() {
        for scenario in shipped::SCENARIOS {
            let texts = StudyTexts::shipped(scenario.name).unwrap();
            assert!(texts.all().iter().all(|text| text.shipped), "{}", scenario.name);
            assert_eq!(&*texts.scenario.content, scenario.content);
        }
    }

    #[test]
    fn what_a_scenario_names_is_there_once_and_nothing_else_is() {
        let texts = StudyTexts::shipped("One-Per-Cent").unwrap();
        let files: Vec<&str> = texts.evidence.iter().map(|text| &*text.file).collect();
        assert_eq!(files[..2], ["evidence/system.toml", "evidence/places/lancashire-south-cumbria.toml"]);
        let read: toml::Table = texts.scenario.content.parse().unwrap();
        let programmes: Vec<&str> =
            read["programmes"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        assert_eq!(files.len(), 2 + programmes.len());
        for (file, id) in files[2..].iter().zip(programmes) {
            assert!(file.starts_with(&format!("evidence/programmes/{id}-")), "{file} is no card of {id}");
        }
    }

    #[test]
    fn an_unknown_scenario_and_a_file_that_is_not_there_are_told() {
        let unknown = StudyTexts::shipped("one-percent").unwrap_err();
        assert_eq!(unknown.hints[0], "did you mean `one-per-cent`?");
        let shipped = StudyTexts::shipped("one-per-cent").unwrap().scenario;
        let own = shipped.content.replace("\nmodel = \"prevention\"", "\nmodel = \"./own.mdl\"");
        let wrong = StudyTexts::gather(Text::new("studies/own.toml", &own), &NoFiles).unwrap_err();
        let messages: Vec<&str> = wrong.found.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(messages, ["there is no file `studies/./own.mdl`", "there is no file `studies/./own.toml`"]);
        assert_eq!(&*wrong.texts[0].file, "studies/own.toml");
    }
}

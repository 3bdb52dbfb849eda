//! All texts of a study: the scenario, and what it names, shipped or on the disk.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::evidence::References;
use crate::evidence::document::Placed;
use crate::explain::command as code;
use crate::scenario::{Accounts, Scenario, beside};
use crate::study::{self, StudyTexts};
use engine::diagnostic::{Diagnostic, Diagnostics, Sources, Span};

use super::files::{self, Text};
use super::shipped::{self, Shipped};
use super::{Failure, model, subject};

/// Endings by which a scenario's argument, and a name in a scenario, is known for a file.
const ENDINGS: &[&str] = &[".toml", ".mdl"];

/// The texts of a study.
#[derive(Debug)]
pub struct Gathered {
    /// For the study.
    pub texts: StudyTexts,
    /// Names of those that are part of the program.
    shipped: BTreeSet<Arc<str>>,
}

impl Gathered {
    /// Whether a text is part of the program.
    pub fn is_shipped(&self, text: &study::Text) -> bool {
        self.shipped.contains(&text.file)
    }

    /// For diagnostics to point into.
    pub fn sources(&self) -> Sources {
        let mut sources = Sources::new();
        for text in self.texts.all() {
            sources.add(&text.file, &text.content);
        }
        sources
    }
}

/// The text of the scenario that an argument names: a file, or a shipped one.
///
/// # Errors
/// There is no such file or shipped scenario.
pub fn scenario(argument: &str) -> Result<Text, Diagnostics> {
    if shipped::is_file(argument, &[".toml"]) {
        return files::read(Path::new(argument));
    }
    let scenarios: Vec<&Shipped> = shipped::SCENARIOS.iter().collect();
    shipped::find(argument, "scenario", &scenarios).map(Shipped::text).map_err(|one| std::iter::once(one).collect())
}

/// Reads what a scenario names. A name with a `/`, or ending in .toml or .mdl, is a file, looked for from the scenario's
/// own folder; any other is shipped.
///
/// # Errors
/// Everything wrong with the scenario, and every file that cannot be read.
pub fn gather(text: Text) -> Result<Gathered, Failure> {
    if subject::of_a_model(&text) {
        let message =
            format!("`{}` is a scenario of a model by itself, which has no accounts to reckon with", text.file);
        let alone = Diagnostic::error(code::MODEL_ALONE, message).at(Span::new(&text.file, 0, 0));
        let found = std::iter::once(alone.hint("use `wellspring sweep` with it")).collect();
        return Err(model::failure(found, &[&text]));
    }
    let sources = shipped::SOURCES.text();
    let deflators = shipped::DEFLATORS.text();
    let own_sources = own_sources(&text);
    let mut found = Diagnostics::new();
    let sources = match own_sources {
        None => sources,
        Some(Ok(own)) => own,
        Some(Err(errors)) => {
            found.extend(errors);
            sources
        }
    };
    let references = References::read((&sources.file, &sources.text), (&deflators.file, &deflators.text));
    let (references, _) = references.map_err(|errors| model::failure(errors, &[&sources, &deflators]))?;
    // What is wrong with it is told by the study, which reads it again, together with what is wrong with the rest.
    let (scenario, wrong) = Scenario::read_partly(&text.file, &text.text, &references);
    let Some(scenario) = scenario else {
        found.extend(wrong);
        return Err(model::failure(found, &[&text, &sources]));
    };

    let (model, accounts) = model_and_accounts(&scenario.model, &mut found);
    let mut evidence = vec![shipped::SYSTEM.text()];
    let programmes = scenario.programmes.iter().map(|programme| (programme, shipped::CARDS));
    let places = scenario.places.iter().map(|place| (place, shipped::PLACES));
    for (named, among) in places.chain(programmes) {
        if shipped::is_file(&named.value, ENDINGS) {
            evidence.extend(own(named, &mut found));
        } else if let Some(one) = among.iter().find(|one| one.name.eq_ignore_ascii_case(&named.value)) {
            evidence.push(one.text());
        } else {
            // The study says that there is none, and offers the nearest of these.
            evidence.extend(among.iter().map(Shipped::text));
        }
    }
    let missing = found.has_errors() || model.is_none() || accounts.is_none();
    if missing {
        // The study cannot be read without what is not there.
        found.extend(wrong);
    }
    let (Some(model), Some(accounts), false) = (model, accounts, missing) else {
        return Err(model::failure(found, &[&text, &sources]));
    };
    // A programme named twice is one card; the study says what is wrong with that.
    let mut seen = BTreeSet::new();
    evidence.retain(|text| seen.insert(text.file.clone()));
    let all = [&text, &model, &accounts, &sources, &deflators].into_iter().chain(&evidence);
    let shipped = all.filter(|text| text.shipped).map(|text| text.file.clone()).collect();
    let country = country_of(&accounts);
    let texts = StudyTexts {
        scenario: given(text),
        model: given(model),
        accounts: given(accounts),
        evidence: evidence.into_iter().map(given).collect(),
        country,
        sources: given(sources),
        deflators: given(deflators),
    };
    Ok(Gathered { texts, shipped })
}

/// The shipped place that the accounts compare others with.
pub fn country_of(accounts: &Text) -> Option<study::Text> {
    let (accounts, _) = Accounts::read(&accounts.file, &accounts.text).ok()?;
    let country = accounts.plausible?.country.value;
    shipped::PLACES.iter().find(|place| place.name == country).map(|place| given(place.text()))
}

/// The register of sources beside a scenario on the disk, if there is one.
fn own_sources(scenario: &Text) -> Option<Result<Text, Diagnostics>> {
    let path = beside(&scenario.file, "sources.toml");
    let path = Path::new(&path);
    (!scenario.shipped && path.is_file()).then(|| files::read(path))
}

/// The model of a scenario and its accounts, which stand beside it under its name.
fn model_and_accounts(named: &Placed<String>, found: &mut Diagnostics) -> (Option<Text>, Option<Text>) {
    if shipped::is_file(&named.value, ENDINGS) {
        let beside = Path::new(&named.value).with_extension("toml").to_string_lossy().into_owned();
        let accounts = Placed { value: beside, span: named.span.clone() };
        return (own(named, found), own(&accounts, found));
    }
    let models: Vec<&Shipped> = shipped::MODELS.iter().collect();
    match shipped::find(&named.value, "model", &models) {
        Ok(model) => {
            let accounts = shipped::ACCOUNTS.iter().find(|accounts| accounts.name == model.name);
            (Some(model.text()), accounts.map(Shipped::text))
        }
        Err(unknown) => {
            found.push(unknown.at(named.span.clone()));
            (None, None)
        }
    }
}

/// A file that a scenario names; what is wrong with it is said where it is named.
fn own(named: &Placed<String>, found: &mut Diagnostics) -> Option<Text> {
    let read = files::read(Path::new(&beside(&named.span.file, &named.value)));
    let placed = |errors: Diagnostics| errors.iter().map(|one| one.clone().at(named.span.clone())).collect();
    read.map_err(|errors| found.extend(placed(errors))).ok()
}

fn given(text: Text) -> study::Text {
    study::Text { file: text.file, content: text.text }
}

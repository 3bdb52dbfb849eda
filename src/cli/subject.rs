//! What a scenario is about, made ready: a study with its evidence, or a model by itself.

use std::path::Path;

use crate::scenario::ModelScenario;
use crate::shipped::{self, Text};
use crate::study::experiment::{ModelStudy, Subject, prepare_model};
use crate::study::{self, Overrides, Study, StudyTexts};
use engine::diagnostic::{Diagnostics, Sources};

use super::files;
use super::gather;
use super::manifest::{Input, Manifest, Place};
use super::{Failure, kind, model};

/// A scenario made ready.
pub enum Prepared {
    /// With its evidence.
    Study(Box<Study>, Box<StudyTexts>),
    /// Of a model by itself: the scenario's text and the model's.
    Model(Box<ModelStudy>, [Text; 2]),
}

impl Prepared {
    /// For experiments.
    pub fn subject(&self) -> Subject<'_> {
        match self {
            Self::Study(study, _) => Subject::Study(study),
            Self::Model(study, _) => Subject::Model(study),
        }
    }

    /// For diagnostics to point into.
    pub fn sources(&self) -> Sources {
        match self {
            Self::Study(_, texts) => texts.diagnostic_sources(),
            Self::Model(_, texts) => sources_of(texts),
        }
    }

    /// What the results depend on; `command` is what repeats them.
    pub fn manifest(&self, command: Vec<String>) -> Manifest {
        let subject = self.subject();
        let (places, inputs) = match self {
            Self::Study(study, texts) => {
                let texts = texts.all();
                let inputs = texts.iter();
                let inputs = inputs.map(|text| Input::new(&text.file, &text.content, text.shipped));
                let places = study.places.iter().map(|place| {
                    let text = texts.iter().find(|text| text.file == place.file);
                    Place::new(&place.id, &place.name, place.share, text.map_or("", |text| &text.content))
                });
                (places.collect(), inputs.collect())
            }
            Self::Model(_, texts) => {
                let inputs = texts.iter().map(|text| Input::new(&text.file, &text.content, text.shipped));
                (Vec::new(), inputs.collect())
            }
        };
        Manifest::new(command, subject.name(), subject.title(), subject.sampling(), places, inputs)
    }
}

/// The scenario that an argument names, made ready, and the warnings about it.
///
/// # Errors
/// There is no such scenario, or something is wrong with it or with what it names.
pub fn prepare(argument: &str, overrides: &Overrides) -> Result<(Prepared, Diagnostics), Failure> {
    let text = gather::scenario(argument).map_err(|found| model::failure(found, &[]))?;
    if kind::of_a_model(&text) {
        let (study, texts, warnings) = prepare_alone(text, overrides)?;
        return Ok((Prepared::Model(Box::new(study), texts), warnings));
    }
    let texts = gather::gather(text)?;
    let (study, warnings) =
        study::prepare(&texts, overrides).map_err(|found| Failure::inputs(found, texts.diagnostic_sources()))?;
    Ok((Prepared::Study(Box::new(study), Box::new(texts)), warnings))
}

/// A scenario of a model by itself, made ready, with the two texts.
///
/// # Errors
/// Something is wrong with the scenario or the model.
pub fn prepare_alone(scenario: Text, overrides: &Overrides) -> Result<(ModelStudy, [Text; 2], Diagnostics), Failure> {
    let (read, _) =
        ModelScenario::read(&scenario.file, &scenario.content).map_err(|found| model::failure(found, &[&scenario]))?;
    let named = &read.model;
    let found = if shipped::is_file(&named.value, &[".mdl"]) {
        let path = crate::scenario::beside(&named.span.file, &named.value);
        files::read(Path::new(&path))
    } else {
        model::text(&named.value)
    };
    let located = |errors: Diagnostics| errors.iter().map(|one| one.clone().at(named.span.clone())).collect();
    let text = found.map_err(|errors| model::failure(located(errors), &[&scenario]))?;
    let texts = [scenario, text];
    let (study, warnings) =
        prepare_model(&texts[0], &texts[1], overrides).map_err(|found| Failure::inputs(found, sources_of(&texts)))?;
    Ok((study, texts, warnings))
}

fn sources_of(texts: &[Text]) -> Sources {
    let mut sources = Sources::new();
    for text in texts {
        sources.add(&text.file, &text.content);
    }
    sources
}

//! What a study rests on: every number in use with its grade and source, the texts it was made from, and how to repeat it.

use serde::Serialize;

use crate::evidence::{EvidenceFile, EvidenceKind};
use crate::study::Study;

use crate::catalogue::{EvidenceRow, evidence_rows, scenario_rows};

/// What a reader needs beside the findings to judge and to repeat them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Basis {
    /// Who asks the question, and where.
    pub asked_by: String,
    /// Every number in use, those of grade A first.
    pub evidence: Vec<EvidenceRow>,
    /// What the numbers were taken from, in the order of the keys.
    pub publications: Vec<Publication>,
    /// The programmes in the order of the scenario.
    pub programmes: Vec<Programme>,
    /// Yearly discount rate of money, a part of one.
    pub cost_discounting: f64,
    /// Yearly discount rate of health, a part of one.
    pub health_discounting: f64,
    /// What a QALY is taken to be worth in pounds, the leading value first.
    pub qaly_values: Vec<f64>,
    /// The texts that the results depend on.
    pub inputs: Vec<Input>,
    /// What is typed to have the same results.
    pub command: Vec<String>,
    /// The version of this program.
    pub version: String,
    /// The seed of the draws.
    pub seed: u64,
    /// How draws are spread over what is possible.
    pub design: String,
}

/// A publication, dataset or table that numbers were taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Publication {
    /// The key that rows of evidence name.
    pub key: String,
    /// Who published it.
    pub publisher: String,
    /// What it is called.
    pub title: String,
    /// When, or the period it is about.
    pub year: String,
}

/// What is known of a programme besides its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Programme {
    /// Its id in the model.
    pub id: String,
    /// Its name.
    pub name: String,
    /// For whom it is.
    pub target_group: String,
    /// Who usually pays.
    pub payer: String,
    /// Who usually gains.
    pub gains: String,
    /// Tier of prevention; empty if the card does not say.
    pub tier: String,
}

/// A text that the results depend on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// Its name, without folders of the machine.
    pub name: String,
    /// Whether it is part of the program.
    pub shipped: bool,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
}

impl Basis {
    /// The basis of a study; `inputs` are the texts that it was made ready from, `command` is what repeats it.
    pub fn of(study: &Study, inputs: Vec<Input>, command: Vec<String>) -> Self {
        let scenario = &study.scenario;
        let (files, sources) = (study.library.files(), &study.library.references.sources);
        let mut evidence = evidence_rows(files, None);
        evidence.extend(scenario_rows(&scenario.name, &scenario.uncertainties));
        evidence.sort_by(|one, other| one.grade.cmp(&other.grade));
        let mut keys: Vec<&str> = evidence.iter().flat_map(|row| row.sources.iter().map(String::as_str)).collect();
        keys.sort_unstable();
        keys.dedup();
        let publications = keys.iter().filter_map(|key| sources.get(key)).map(|source| Publication {
            key: source.key.clone(),
            publisher: source.publisher.clone(),
            title: source.title.clone(),
            year: source.year.clone(),
        });
        Self {
            asked_by: scenario.source.clone(),
            publications: publications.collect(),
            evidence,
            programmes: study.programmes.iter().map(|(id, name, _)| programme(id, name, files)).collect(),
            cost_discounting: scenario.cost_discounting.get(),
            health_discounting: scenario.health_discounting.get(),
            qaly_values: scenario.values.qaly.iter().map(|value| value.0).collect(),
            inputs,
            command,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            seed: study.sampling.seed,
            design: study.sampling.design.to_string(),
        }
    }

    /// Numbers of grades A, B and C.
    pub fn by_grade(&self) -> [usize; 3] {
        ["A", "B", "C"].map(|grade| self.evidence.iter().filter(|row| row.grade == grade).count())
    }
}

fn programme(id: &str, name: &str, files: &[EvidenceFile]) -> Programme {
    let card = files.iter().find_map(|file| match &file.kind {
        EvidenceKind::Card(card) if file.id.eq_ignore_ascii_case(id) => Some(card),
        _ => None,
    });
    let of_card = |part: fn(&crate::evidence::Card) -> String| card.map(|card| part(card)).unwrap_or_default();
    Programme {
        id: id.to_owned(),
        name: name.to_owned(),
        target_group: of_card(|card| card.target_group.clone()),
        payer: of_card(|card| card.payer.clone()),
        gains: of_card(|card| card.gains.clone()),
        tier: of_card(|card| card.tier.clone().unwrap_or_default()),
    }
}

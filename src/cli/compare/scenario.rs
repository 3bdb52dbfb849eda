//! The plans of a scenario that is run here.

use std::sync::Arc;

use crate::appraisal::findings::StrategyLabel;
use crate::appraisal::store::InMemory;
use crate::report;
use crate::report::plans::{self, Drawn, Plan, TABLES, is_compared};
use crate::study::{self, Overrides, Study, Tally};
use engine::diagnostic::Diagnostics;
use engine::sampling::Design;

use super::super::arguments::{Compare, Format};
use super::super::progress::Progress;
use super::super::subject::{self, Prepared};
use super::super::{Ending, Failure, gather, model, not_written, terminal, verdict};
use super::Held;
use super::argument::displayed;

/// The draws that all scenarios share: as asked, else those of the first.
pub struct Draws {
    /// How many.
    pub draws: Option<u64>,
    /// Where chance begins.
    pub seed: Option<u64>,
    /// How they are spread.
    pub design: Option<Design>,
}

/// A scenario that can be run.
pub struct Ready(Prepared);

/// Makes a scenario ready, with the draws that all share.
///
/// # Errors
/// Something is wrong with the scenario or with what it names.
pub fn prepare(base: &str, draws: &mut Draws, format: Format) -> Result<Ready, Failure> {
    let overrides = Overrides { draws: draws.draws, seed: draws.seed, design: draws.design, replicates: None };
    let (prepared, warnings) = subject::prepare(base, &overrides)?;
    if let Prepared::Model(..) = prepared {
        // Says that a model by itself has no accounts to appraise it by.
        let text = gather::scenario(base).map_err(|found| model::failure(found, &[]))?;
        gather::gather(text)?;
    }
    terminal::tell(&model::units_last(&warnings).0, &prepared.sources(), format);
    let sampling = prepared.subject().sampling();
    (draws.draws, draws.seed, draws.design) = (Some(sampling.draws), Some(sampling.seed), Some(sampling.design));
    Ok(Ready(prepared))
}

impl Ready {
    fn study(&self) -> Option<&Study> {
        match &self.0 {
            Prepared::Study(study, _) => Some(study),
            Prepared::Model(..) => None,
        }
    }

    /// The ids of its strategies.
    pub fn strategies(&self) -> Vec<String> {
        let study = self.study();
        study.map_or_else(Vec::new, |study| study.scenario.strategies.iter().map(|one| one.id.clone()).collect())
    }

    /// Runs it, and keeps the draws of what plans are compared by.
    ///
    /// # Errors
    /// Memory gives out.
    pub fn run(&self, base: &str, asked: &Compare) -> Result<Held, Failure> {
        let manifest = self.0.manifest(vec!["wellspring".to_owned(), "run".to_owned(), displayed(base)]);
        let Some(study) = self.study() else {
            return Ok(Held { plans: Vec::new(), manifest, ending: Ending::Done, changed: Diagnostics::new() });
        };
        let roles = study.accounts.roles();
        let progress = Progress::new(study.sampling.draws, study.places.len() as u64, asked.quiet);
        let advance = |draws: u64| progress.advance(draws);
        let (findings, kept) = study
            .run_keeping(&|key| is_compared(key, &roles), &InMemory, &advance)
            .map_err(|problem| not_written::problem_with("the numbers of all draws", &problem))?;
        progress.finish(findings.runs);
        if let Some(none) = study::none_survived(&findings) {
            return Err(verdict::failure(std::iter::once(none).collect(), self.0.sources()));
        }
        let called = format!("draws of {}", displayed(base));
        let ending = verdict::judged(&Tally::of(&findings), Some(&called));
        // By the same tables as a folder's, so that a plan is the same from either.
        let mut tables = report::tables(&findings);
        tables.retain(|table| TABLES.contains(&table.file.as_str()));
        let found = plans::strategies(&tables, &roles);
        let mut origin = manifest.origin(displayed(base), false);
        origin.design_options = Some(study.scenario.design.options.clone());
        let (origin, kept) = (Arc::new(origin), Arc::new(kept));
        let labels: Vec<String> = (1..=findings.horizon).map(|year| findings.year_label(year)).collect();
        let plan = |(index, label): (usize, &StrategyLabel)| {
            let (_, found) = found.iter().find(|(id, _)| *id == label.id)?;
            Some(Plan {
                label: format!("{}:{}", displayed(base), label.id),
                strategy: label.id.clone(),
                found: found.clone(),
                origin: origin.clone(),
                drawn: Some(Drawn::new(kept.clone(), index, labels.clone(), findings.prices(), &roles)),
            })
        };
        let plans = findings.strategies.iter().enumerate().filter_map(plan).collect();
        Ok(Held { plans, manifest, ending, changed: Diagnostics::new() })
    }
}

//! The outcomes by which a scenario lets its study stop, found among what a run tells.

use crate::appraisal::measure::totals::{DISCOUNTED, TOTAL};
use crate::evidence::document::Located;
use crate::explain::study as code;
use engine::diagnostic::{Diagnostic, Diagnostics};

use super::super::prepare::Study;
use super::outcome::OutcomeLabel;
use super::prepare::{names, vocabulary};

/// What is wrong with the outcomes of `[stopping]`, if a study has it.
pub fn check_stopping(study: &Study) -> Diagnostics {
    study.watched().err().unwrap_or_default()
}

impl Study {
    /// The outcomes that `[stopping]` of the scenario names, as the findings of a run tell them: those held to its precision,
    /// and after them those with a tolerance of their own.
    ///
    /// # Errors
    /// An outcome that the study does not have, or that no run tells.
    pub fn watched(&self) -> Result<Vec<OutcomeLabel>, Diagnostics> {
        let Some(asked) = &self.scenario.stopping else { return Ok(Vec::new()) };
        let within = asked.within.iter().map(|(outcome, _)| outcome);
        let outcomes: Vec<Located<String>> = asked.outcomes.iter().chain(within).cloned().collect();
        let mut found = Diagnostics::new();
        let parsed = names(&outcomes, &mut found);
        if found.has_errors() {
            return Err(found);
        }
        let known = match vocabulary(self, self.places.len() > 1).find(&parsed) {
            Ok(known) => known,
            Err(wrong) => return Err(wrong.into_iter().map(|(at, one)| one.at(outcomes[at].span.clone())).collect()),
        };
        // What is told to those who ask, by sweeps, is not in the findings that a run looks at.
        let unreported = known.labels.iter().zip(&outcomes).zip(&known.reported).filter(|(_, reported)| !**reported);
        for ((label, outcome), _) in unreported {
            let yearly = outcome.value.trim_start_matches(TOTAL).trim_start_matches(DISCOUNTED);
            let (what, whole) = match label.payer.is_empty() {
                false => ("a payer year by year", format!("a year of it, such as `{yearly}@{}`", self.terms.horizon)),
                true => ("it of all together alone", format!("all together, `{}`", label.outcome)),
            };
            let message = format!("`{}` is of the whole horizon, and a run tells {what}", outcome.value);
            found.push(
                Diagnostic::error(code::NO_OUTCOME, message).at(outcome.span.clone()).hint(format!("watch {whole}")),
            );
        }
        if found.has_errors() { Err(found) } else { Ok(known.labels) }
    }
}

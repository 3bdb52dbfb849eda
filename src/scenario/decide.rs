//! What a scenario says of its decision: what a QALY may be worth, when a plan has failed, what nobody knows the odds of.

use crate::evidence::document::{Fields, Located, Reading};
use crate::explain::scenario as code;
use engine::diagnostic::Span;

/// `[decide]` of a scenario. What it leaves out is as `wellspring decide` takes it by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Decide {
    /// Where it stands.
    pub span: Span,
    /// What one QALY may be worth, pounds, rising: the worths at which the choice is told. Empty for the scenario's own.
    pub worths: Vec<f64>,
    /// When a plan has failed, if it is said.
    pub fails: Option<Failing>,
    /// Uncertainties of which nobody knows the odds, by the names of constants or of their random numbers.
    pub deep: Vec<Located<String>>,
}

/// An outcome, and the number below which a plan has failed by it.
#[derive(Debug, Clone, PartialEq)]
pub struct Failing {
    /// The outcome, as sweeps name it.
    pub outcome: Located<String>,
    /// Below this the plan has failed, in the unit of the outcome.
    pub below: f64,
}

impl Decide {
    pub(super) fn read(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Self {
        let span = fields.at().clone();
        let mut worths: Vec<f64> = Vec::new();
        for worth in fields.numbers(reading, "qaly").unwrap_or_default() {
            if worth.value < 0.0 {
                let message = format!("a QALY cannot be worth {}", worth.value);
                reading.error(code::OUT_OF_RANGE, worth.span, message).hint("write pounds, 0 or more");
            } else if !worths.contains(&worth.value) {
                worths.push(worth.value);
            }
        }
        worths.sort_by(f64::total_cmp);
        let fails = fields.table(reading, "fails", "the criterion of failure").and_then(|mut fields| {
            let outcome = fields.needed_text(reading, "outcome", "outcome = \"net-at-horizon:social\"");
            let below = fields.number(reading, "below").map_or(0.0, |below| below.value);
            fields.finish(reading);
            Some(Failing { outcome: outcome?, below })
        });
        let deep = fields.texts(reading, "deep").unwrap_or_default();
        fields.finish(reading);
        Self { span, worths, fails, deep }
    }
}

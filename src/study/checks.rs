//! What a scenario, a place and the accounts ask of the structure, checked.

use crate::diagnostic::catalogue::study as code;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::evidence::EvidenceFile;
use crate::model::Bindings;
use crate::scenario::Scenario;
use crate::structure::Structure;

/// How the comment of a constant says that a place must give it.
pub const SET_BY_PLACE: &str = "Set by: place";

/// Constants that the model marks `Set by: place` and that nobody sets.
pub fn given(structure: &Structure, bindings: &Bindings, place: &EvidenceFile, found: &mut Diagnostics) {
    for variable in &structure.variables {
        let given = bindings.values.iter().any(|binding| binding.name == variable.name);
        if !given && variable.comment.contains(SET_BY_PLACE) {
            found.push(
                Diagnostic::error(code::NOT_GIVEN, format!("`{}` is not given for {}", variable.name, place.name))
                    .at(place.id_span.clone())
                    .hint(format!("add [\"{}\"] to this file: {}", variable.name, variable.comment)),
            );
        }
    }
}

/// A plan that is longer than the model runs.
pub fn horizon(structure: &Structure, scenario: &Scenario, found: &mut Diagnostics) {
    if f64::from(scenario.horizon_years) > structure.time.last {
        found.push(
            Diagnostic::error(
                code::BEYOND_THE_MODEL,
                format!(
                    "the plan runs for {} years, and the model ends after {}",
                    scenario.horizon_years, structure.time.last
                ),
            )
            .at(Span::new(&scenario.model.span.file, 0, 0))
            .hint("shorten horizon_years, or raise FINAL TIME in the model"),
        );
    }
}

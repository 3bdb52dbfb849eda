//! What a scenario, a place and the accounts ask of the structure, checked.

use crate::diagnostic::catalogue::study as code;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::evidence::{Label, Selection};
use crate::model::Bindings;
use crate::scenario::{Accounts, LeverPath, Scenario};
use crate::structure::{Rule, ScalarId, Structure};

use super::lookup::find;

/// Constants that the model marks `Set by: place` and that nobody sets.
pub fn given(structure: &Structure, bindings: &Bindings, selection: &Selection<'_>, found: &mut Diagnostics) {
    for variable in &structure.variables {
        let given = bindings.values.iter().any(|binding| binding.name == variable.name);
        if !given && variable.comment.contains("Set by: place") {
            let place = &selection.place.id_span;
            found.push(
                Diagnostic::error(
                    code::NOT_GIVEN,
                    format!("`{}` is not given for {}", variable.name, selection.place.name),
                )
                .at(place.clone())
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

/// A route through the model that is open in some arm while a card in use carries the same effect by itself.
pub fn routes(structure: &Structure, scenario: &Scenario, accounts: &Accounts, found: &mut Diagnostics) {
    for route in &accounts.routes {
        let mut reported = Diagnostics::new();
        let carried = find(structure, &route.effect, &[], &mut reported);
        let opened = find(structure, &route.switch, &[], &mut reported);
        found.extend(reported);
        let number = |scalar: ScalarId| match structure.scalars[scalar.0 as usize].rule {
            Rule::Constant(value) => value,
            _ => 0.0,
        };
        let Some((effect, _)) = carried.iter().find(|(scalar, _)| number(*scalar) != 0.0) else { continue };
        let label = Label { constant: route.switch.value.clone(), elements: Vec::new() };
        let lever = std::iter::once(None)
            .chain(scenario.strategies.iter().map(Some))
            .find_map(|strategy| scenario.path(strategy, &label).filter(opens))
            .is_some();
        if lever || opened.iter().any(|(scalar, _)| number(*scalar) != 0.0) {
            let place = std::iter::once(&scenario.levers)
                .chain(scenario.strategies.iter().map(|strategy| &strategy.levers))
                .find_map(|levers| levers.get(&label).map(|lever| lever.span.clone()));
            found.push(
                Diagnostic::error(
                    code::TWO_ROUTES,
                    format!("`{}` opens a route that `{}` already takes", route.switch.value, structure.label(*effect)),
                )
                .at(place.unwrap_or_else(|| route.switch.span.clone()))
                .hint("leave the switch at 0, or leave out the cards that hold a relative risk on that demand"),
            );
        }
    }
}

fn opens(path: &LeverPath) -> bool {
    match path {
        LeverPath::Number(number) => *number != 0.0,
        LeverPath::Steps(steps) => steps.iter().any(|step| step.value != 0.0),
    }
}

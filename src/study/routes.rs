//! One route per effect: what a card does to a demand goes through a stock, or is a relative risk of its own, never both.

use std::collections::BTreeMap;

use crate::evidence::document::Located;
use crate::explain::study as code;
use crate::scenario::{Accounts, LeverPath, Route, Scenario};
use engine::diagnostic::{Diagnostic, Diagnostics};
use engine::model::{Label, Name};
use engine::structure::{Rule, Structure};

use super::lookup::find;

/// Finds the cards that act on one demand by two routes that are both open in some arm.
pub fn check(structure: &Structure, scenario: &Scenario, accounts: &Accounts, found: &mut Diagnostics) {
    for route in &accounts.routes {
        let moved = by_programme(structure, &route.moves, accounts, found);
        let carried = by_programme(structure, &route.effect, accounts, found);
        if !is_open(structure, scenario, route, found) {
            continue;
        }
        for (programme, moves) in &moved {
            let Some(effect) = carried.get(programme) else { continue };
            let span = scenario.programmes.iter().find(|card| card.value == *programme).map(|card| card.span.clone());
            found.push(
                Diagnostic::error(
                    code::TWO_ROUTES,
                    format!("`{programme}` acts on one demand twice: by `{moves}` and by `{effect}`"),
                )
                .at(span.unwrap_or_else(|| route.effect.span.clone()))
                .hint("keep one of the two in its card: the stock that leads to the demand, or the relative risk"),
            );
        }
    }
}

/// The programmes for which a constant is not 0, each with the label of the first such number.
fn by_programme(
    structure: &Structure,
    variable: &Located<Name>,
    accounts: &Accounts,
    found: &mut Diagnostics,
) -> BTreeMap<String, String> {
    let mut programmes = BTreeMap::new();
    for (scalar, programme) in find(structure, variable, std::slice::from_ref(&accounts.ranges.programme), found) {
        if matches!(structure.scalars[scalar.0 as usize].rule, Rule::Constant(value) if value != 0.0) {
            programmes.entry(programme).or_insert_with(|| structure.label(scalar));
        }
    }
    programmes
}

fn is_open(structure: &Structure, scenario: &Scenario, route: &Route, found: &mut Diagnostics) -> bool {
    let Some(switch) = &route.switch else { return true };
    let opened = find(structure, switch, &[], found)
        .iter()
        .any(|(scalar, _)| matches!(structure.scalars[scalar.0 as usize].rule, Rule::Constant(value) if value != 0.0));
    let label = Label { constant: switch.value.clone(), elements: Vec::new() };
    opened
        || std::iter::once(None)
            .chain(scenario.strategies.iter().map(Some))
            .any(|strategy| scenario.path(strategy, &label).is_some_and(|path| opens(&path)))
}

fn opens(path: &LeverPath) -> bool {
    match path {
        LeverPath::Number(number) => *number != 0.0,
        LeverPath::Steps(steps) => steps.iter().any(|step| step.value != 0.0),
    }
}

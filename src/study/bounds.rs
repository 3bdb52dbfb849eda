//! Whether the numbers that people write lie within the bounds that the model declares for its constants.

use crate::evidence::{Figure, Numbers};
use crate::explain::study as code;
use crate::scenario::Lever;
use crate::words;
use engine::diagnostic::{Diagnostic, Diagnostics, Span};
use engine::model::Label;
use engine::structure::{Rule, ScalarId, Structure, Variable, VariableKind};

use super::lookup;

/// Whether the central values and the range ends of a figure can be; the first that cannot is told.
pub fn figure(structure: &Structure, figure: &Figure, found: &mut Diagnostics) {
    found.extend(beyond(structure, figure).map(|(_, wrong)| wrong).into_iter().collect());
}

/// The first number of a figure that cannot be, by its index among the numbers, and what is wrong with it.
pub fn beyond(structure: &Structure, figure: &Figure) -> Option<(usize, Diagnostic)> {
    let (variable, scalars) = meant(structure, &figure.label)?;
    let described = |scalar: usize| {
        let element = matches!(figure.numbers, Numbers::Many { .. }).then(|| scalars.get(scalar)).flatten();
        element.map_or_else(|| figure.label.to_string(), |scalar| structure.label(*scalar))
    };
    let numbers = figure.numbers.values();
    let (low, high) = figure.range.unzip();
    for (which, end) in [("", None), ("low", low), ("high", high)] {
        if !which.is_empty() && end.is_none() {
            continue;
        }
        let of = |number: f64| match end {
            None => number,
            Some(end) if figure.common_factor => number * end,
            Some(end) => end,
        };
        let ends = numbers.iter().map(|number| of(*number)).enumerate();
        let Some((index, written)) = { ends }.find(|(_, number)| !variable.allows(figure.scaled(*number))) else {
            continue;
        };
        let called =
            if which.is_empty() { described(index) } else { format!("{}` with its `{which}", described(index)) };
        let scaled = figure.scaled(written);
        let value = if scaled == written {
            exact(written)
        } else {
            format!("{}, which is {} in the model's unit", exact(written), exact(scaled))
        };
        // What is wrong with the central value is said once, and not again of its range.
        return Some((index, outside(variable, &called, &value, scaled).at(figure.span.clone())));
    }
    None
}

/// Whether everything that a lever is set to can be.
pub fn lever(structure: &Structure, lever: &Lever, found: &mut Diagnostics) {
    let Some((variable, _)) = meant(structure, &lever.label) else { return };
    if let Some(wrong) = lever.path.values().into_iter().find(|value| !variable.allows(*value)) {
        number(structure, &lever.label, wrong, &lever.span, found);
    }
}

/// Whether a constant can be this number.
pub fn number(structure: &Structure, label: &Label, value: f64, span: &Span, found: &mut Diagnostics) {
    let Some((variable, _)) = meant(structure, label) else { return };
    if !variable.allows(value) {
        let wrong = outside(variable, &label.to_string(), &exact(value), value).at(span.clone());
        if !found.iter().any(|known| *known == wrong) {
            found.push(wrong);
        }
    }
}

/// Constants of a model that lie outside their own bounds, by its text or by what was bound: each variable once.
pub fn constants(structure: &Structure) -> Diagnostics {
    let mut found = Diagnostics::new();
    for variable in structure.variables.iter().filter(|one| one.kind == VariableKind::Constant && !one.hidden) {
        let scalars = (0..variable.count as u32).map(|offset| ScalarId(variable.first.0 + offset));
        let number = |scalar: ScalarId| match structure.scalars[scalar.0 as usize].rule {
            Rule::Constant(value) if !variable.allows(value) => Some((scalar, value)),
            _ => None,
        };
        if let Some((scalar, value)) = { scalars }.find_map(number) {
            let wrong = outside(variable, &structure.label(scalar), &exact(value), value);
            found.push(wrong.softened().at(variable.span.clone()));
        }
    }
    found
}

fn meant<'s>(structure: &'s Structure, label: &Label) -> Option<(&'s Variable, Vec<ScalarId>)> {
    let (_, variable) = structure.variable(&label.constant)?;
    if variable.kind != VariableKind::Constant {
        return None;
    }
    let scalars = lookup::scalars(structure, label)?;
    Some((variable, scalars.into_iter().map(|(scalar, _)| scalar).collect()))
}

fn outside(variable: &Variable, called: &str, written: &str, value: f64) -> Diagnostic {
    let message = format!("`{called}` is {written}, and the model allows {}", variable.allowed());
    let diagnostic = Diagnostic::error(code::OUTSIDE_BOUNDS, message);
    let meaning = variable.comment.split("Set by:").next().unwrap_or_default();
    let meaning = meaning.split_whitespace().collect::<Vec<_>>().join(" ");
    let diagnostic = match variable.bounds {
        (Some(0.0), Some(1.0)) if value > 1.0 && value <= 100.0 => diagnostic.hint(format!(
            "a share is written as a part of one: {} % is {}",
            exact(value),
            exact(value / 100.0)
        )),
        _ => diagnostic,
    };
    if meaning.is_empty() {
        return diagnostic.hint("correct the number, or the bounds in the model's unit field if they are too narrow");
    }
    diagnostic.hint(format!("the model says of it: {meaning} ({})", variable.units_text))
}

/// A number without what arithmetic left behind its sixth digit.
fn exact(value: f64) -> String {
    words::quoted(value, 6)
}

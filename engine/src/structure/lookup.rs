//! Variables and constants found in the structure by what a person wrote, or said to be missing.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::model::{Label, Name};

use super::{ScalarId, Structure, Variable, VariableKind};

/// The scalars that a label means, with the elements of each: every element of the variable that the elements named allow.
///
/// With as many names as subscripts, each is an element, or a range's own name for all of its elements. With fewer, each
/// name fixes whichever subscript has it among its elements, and the other subscripts run over all of theirs.
pub fn scalars(structure: &Structure, label: &Label) -> Option<Vec<(ScalarId, Vec<Name>)>> {
    let (_, variable) = structure.variable(&label.constant)?;
    let chosen = choose(variable, &label.elements)?;
    let mut found = Vec::new();
    for offset in 0..variable.count {
        let scalar = ScalarId(variable.first.0 + offset as u32);
        let elements = structure.elements(scalar);
        let meant = elements.iter().zip(&chosen).all(|(element, wanted)| wanted.as_ref().is_none_or(|w| w == *element));
        if meant {
            found.push((scalar, elements.into_iter().cloned().collect()));
        }
    }
    Some(found)
}

/// For each subscript the element that is fixed, or `None` for all.
fn choose(variable: &Variable, names: &[Name]) -> Option<Vec<Option<Name>>> {
    let mut chosen: Vec<Option<Name>> = vec![None; variable.dimensions.len()];
    if names.len() == variable.dimensions.len() {
        for ((slot, dimension), name) in chosen.iter_mut().zip(&variable.dimensions).zip(names) {
            if dimension.elements.contains(name) {
                *slot = Some(name.clone());
            } else if &dimension.range != name {
                return None;
            }
        }
        return Some(chosen);
    }
    for name in names {
        let index = variable.dimensions.iter().position(|dimension| dimension.elements.contains(name))?;
        chosen[index] = Some(name.clone());
    }
    Some(chosen)
}

/// The scalars of a constant, or a diagnostic that says why there are none.
pub fn constants(
    structure: &Structure,
    label: &Label,
    span: &Span,
    code: Code,
    found: &mut Diagnostics,
) -> Vec<ScalarId> {
    match structure.variable(&label.constant) {
        Some((_, variable)) if variable.kind == VariableKind::Constant => match scalars(structure, label) {
            Some(scalars) => scalars.into_iter().map(|(scalar, _)| scalar).collect(),
            None => {
                found.push(wrong_elements(label, variable, code).at(span.clone()));
                Vec::new()
            }
        },
        Some((_, variable)) => {
            let what = match variable.kind {
                VariableKind::Stock => "a stock",
                VariableKind::Lookup => "a lookup",
                _ => "computed by the model",
            };
            found.push(
                Diagnostic::error(code, format!("`{label}` is {what}, not a constant"))
                    .at(span.clone())
                    .hint("only constants of the model can be set; change what it is computed from"),
            );
            Vec::new()
        }
        None => {
            let constants = structure
                .variables
                .iter()
                .filter(|variable| variable.kind == VariableKind::Constant && !variable.hidden)
                .map(|variable| variable.name.spelling());
            let message = format!("the model has no constant `{}`", label.constant);
            let missing = Diagnostic::error(code, message).at(span.clone());
            found.push(missing.did_you_mean(label.constant.spelling(), constants));
            Vec::new()
        }
    }
}

/// Says which elements a label could have named.
pub fn wrong_elements(label: &Label, variable: &Variable, code: Code) -> Diagnostic {
    let ranges: Vec<String> = variable
        .dimensions
        .iter()
        .map(|dimension| {
            let elements: Vec<&str> = dimension.elements.iter().map(Name::spelling).collect();
            format!("{} ({})", dimension.range, elements.join(", "))
        })
        .collect();
    let message = format!("`{label}` names no element of `{}`", variable.name);
    let hint = if ranges.is_empty() {
        format!("`{}` has no subscripts: write it without brackets", variable.name)
    } else {
        format!("its subscripts are {}", ranges.join("; "))
    };
    Diagnostic::error(code, message).hint(hint)
}

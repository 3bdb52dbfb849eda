//! Variables of the accounts found in the structure, line by line.

use crate::evidence::document::Located;
use crate::explain::study::UNKNOWN_VARIABLE;
use engine::diagnostic::{Diagnostic, Diagnostics};
use engine::model::{Label, Name};
use engine::structure::{ScalarId, Structure};

pub use engine::structure::lookup::{constants, scalars, wrong_elements};

/// The scalars of a variable of the accounts, each with the label of its line.
pub fn find(
    structure: &Structure,
    variable: &Located<Name>,
    by: &[Located<Name>],
    missing: &mut Diagnostics,
) -> Vec<(ScalarId, String)> {
    let label = match Label::parse(variable.value.spelling()) {
        Ok(label) => label,
        Err(_) => Label { constant: variable.value.clone(), elements: Vec::new() },
    };
    let Some((_, whole)) = structure.variable(&label.constant) else {
        let names = structure.variables.iter().filter(|v| !v.hidden).map(|v| v.name.spelling());
        let message = format!("the model has no variable `{}`", label.constant);
        let unknown = Diagnostic::error(UNKNOWN_VARIABLE, message).at(variable.span.clone());
        missing.push(unknown.did_you_mean(label.constant.spelling(), names));
        return Vec::new();
    };
    let Some(scalars) = scalars(structure, &label) else {
        missing.push(wrong_elements(&label, whole, UNKNOWN_VARIABLE).at(variable.span.clone()));
        return Vec::new();
    };
    let mut kept = Vec::new();
    for range in by {
        match whole.dimensions.iter().position(|dimension| dimension.range == range.value) {
            Some(index) => kept.push(index),
            None => missing.push(
                Diagnostic::error(UNKNOWN_VARIABLE, format!("`{}` has no subscript `{}`", whole.name, range.value))
                    .at(range.span.clone()),
            ),
        }
    }
    scalars
        .into_iter()
        .map(|(scalar, elements)| {
            let words: Vec<&str> = kept.iter().map(|index| elements[*index].spelling()).collect();
            (scalar, words.join(", "))
        })
        .collect()
}

//! The numbers of a model: those in its text, and those that come from outside.

use std::collections::HashMap;

use crate::diagnostic::catalogue::structure as code;
use crate::diagnostic::{Span, nearest};
use crate::model::{Binding, Bindings, Body, Model, Value};

use super::draft::{Drafts, plain_number, product, subscripts_of};
use super::notes::{Notes, listed, spellings};
use super::ranges::{ElementId, Ranges};
use super::{ScalarId, VariableKind};

/// The value of each scalar that is a constant.
pub(super) fn constants(
    model: &Model,
    drafts: &Drafts<'_>,
    ranges: &Ranges,
    bindings: &Bindings,
    notes: &mut Notes<'_>,
) -> Vec<Option<f64>> {
    let mut values = written(drafts, ranges, notes);
    let mut writers: HashMap<ScalarId, Writer> = HashMap::new();
    for binding in &bindings.values {
        apply(binding, model, drafts, ranges, &mut values, &mut writers, notes);
    }
    values
}

/// Who gave a scalar its value from outside.
struct Writer {
    strength: u8,
    span: Option<Span>,
}

/// The numbers in the model's text.
fn written(drafts: &Drafts<'_>, ranges: &Ranges, notes: &mut Notes<'_>) -> Vec<Option<f64>> {
    let mut values = vec![None; drafts.scalars as usize];
    for (place, equation) in drafts.equations.iter().enumerate() {
        let (Some(variable), Some(left)) = (drafts.find(&equation.left.name), &drafts.lefts[place]) else { continue };
        let draft = drafts.draft(variable);
        if draft.kind == VariableKind::Lookup {
            continue;
        }
        let mut set = |elements: &[ElementId], value: f64| {
            if let Some(offset) = drafts.offset(variable, elements, ranges)
                && draft.definers[offset] == Some(place)
            {
                values[draft.first.0 as usize + offset] = Some(value);
            }
        };
        match &equation.body {
            Body::Expression(expression) => {
                if let Some(number) = plain_number(expression) {
                    left.combinations(ranges).iter().for_each(|elements| set(elements, number));
                }
            }
            Body::ConstantTable { rows, at } => {
                let shape = left.shape(ranges);
                let width = shape.last().copied().unwrap_or(1);
                let height: usize = shape.iter().rev().skip(1).product();
                if !equation.left.exceptions.is_empty() {
                    notes.error(
                        code::TABLE_SHAPE,
                        *at,
                        format!("`{}` is given by a table with an exception", equation.left.name),
                        vec!["write a table for all elements, or one number for the others".to_owned()],
                    );
                    continue;
                }
                if rows.len() != height || rows.iter().any(|row| row.len() != width) {
                    let widths: Vec<usize> = rows.iter().map(Vec::len).collect();
                    let given = match widths.as_slice() {
                        [one] => format!("1 row of {one}"),
                        [first, rest @ ..] if rest.iter().all(|w| w == first) => {
                            format!("{} rows of {first}", widths.len())
                        }
                        _ => {
                            format!("rows of {}", widths.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
                        }
                    };
                    let rows_wanted = if height == 1 { "1 row".to_owned() } else { format!("{height} rows") };
                    notes.error(
                        code::TABLE_SHAPE,
                        *at,
                        format!(
                            "`{}` needs {rows_wanted} of {width} numbers, but the table has {given}",
                            equation.left.name
                        ),
                        vec!["the last subscript runs along a row; rows end with `;`".to_owned()],
                    );
                    continue;
                }
                for (elements, value) in left.combinations(ranges).iter().zip(rows.iter().flatten()) {
                    set(elements, *value);
                }
            }
            Body::Lookup(_) => {}
        }
    }
    values
}

/// Sets what a binding means, if nothing stronger has.
fn apply(
    binding: &Binding,
    model: &Model,
    drafts: &Drafts<'_>,
    ranges: &Ranges,
    values: &mut [Option<f64>],
    writers: &mut HashMap<ScalarId, Writer>,
    notes: &mut Notes<'_>,
) {
    let span = binding.provenance.span.clone();
    let Some(variable) = drafts.find(&binding.name) else {
        let hint = drafts.nearest(&binding.name).map(|near| {
            let line = notes.line(drafts.first_equation(near).left.at);
            format!("did you mean `{}`, defined at line {line} of {}?", drafts.draft(near).name, model.file)
        });
        notes.elsewhere(
            code::NO_SUCH_CONSTANT,
            span,
            format!("the model has no constant `{}`", binding.name),
            hint.into_iter().collect(),
        );
        return;
    };
    let draft = drafts.draft(variable);
    let line = notes.line(drafts.first_equation(variable).left.at);
    let mut choices: Vec<Vec<ElementId>> = Vec::new();
    if binding.elements.is_empty() {
        choices.extend(draft.dimensions.iter().map(|range| ranges.range(*range).elements.clone()));
    } else if binding.elements.len() != draft.dimensions.len() {
        notes.elsewhere(
            code::WRONG_ELEMENTS,
            span,
            format!(
                "`{}` has {}, but {} given",
                draft.name,
                subscripts_of(draft.dimensions.len()),
                if binding.elements.len() == 1 { "1 is".to_owned() } else { format!("{} are", binding.elements.len()) }
            ),
            vec![format!("it is defined at line {line} of {}", model.file)],
        );
        return;
    } else {
        for (name, range) in binding.elements.iter().zip(&draft.dimensions) {
            let meant = ranges.meant(name).unwrap_or_default();
            let inside = meant.iter().all(|&element| ranges.range(*range).place(element).is_some());
            if meant.is_empty() || !inside {
                let elements = &ranges.range(*range).elements;
                let near = nearest(name.spelling(), spellings(elements.iter().map(|&e| ranges.element(e))));
                notes.elsewhere(
                    code::WRONG_ELEMENTS,
                    span,
                    format!(
                        "`{name}` is no element of `{}`, a subscript of `{}`",
                        ranges.range(*range).name,
                        draft.name
                    ),
                    vec![match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("its elements are {}", ranges.listed(*range)),
                    }],
                );
                return;
            }
            choices.push(meant);
        }
    }
    let meant: Vec<ScalarId> = product(&choices)
        .iter()
        .filter_map(|elements| drafts.offset(variable, elements, ranges))
        .map(|offset| ScalarId(draft.first.0 + offset as u32))
        .collect();
    let settable = |scalar: &ScalarId| {
        let undefined = draft.definers[(scalar.0 - draft.first.0) as usize].is_none();
        values[scalar.0 as usize].is_some() || (undefined && draft.kind == VariableKind::Constant)
    };
    // A constant whose own text is wrong is reported there, not here.
    let broken = draft.equations.iter().any(|&place| drafts.lefts[place].is_none());
    if broken || draft.kind == VariableKind::Constant && !meant.iter().all(settable) {
        return;
    }
    if draft.kind == VariableKind::Lookup || !meant.iter().all(settable) {
        let what = match draft.kind {
            VariableKind::Stock => "a stock",
            VariableKind::Lookup => "a lookup table",
            _ => "computed by an equation",
        };
        notes.elsewhere(
            code::NOT_A_CONSTANT,
            span,
            format!("`{}` cannot be set: it is {what}", draft.name),
            vec![format!("only constants can be set; it is defined at line {line} of {}", model.file)],
        );
        return;
    }
    if let Value::Array(numbers) = &binding.value
        && numbers.len() != meant.len()
    {
        let sizes: Vec<String> = choices.iter().map(|choice| choice.len().to_string()).collect();
        notes.elsewhere(
            code::WRONG_ELEMENTS,
            span,
            format!("`{}` takes {} numbers here, but {} are given", draft.name, meant.len(), numbers.len()),
            vec![if sizes.len() > 1 {
                format!("{} elements, the last subscript running fastest", sizes.join(" x "))
            } else {
                "one number for each element, in the order of the range".to_owned()
            }],
        );
        return;
    }
    let mut clashes: Vec<String> = Vec::new();
    let mut first_writer = None;
    for (place, scalar) in meant.iter().enumerate() {
        let value = match &binding.value {
            Value::Number(number) => *number,
            Value::Array(numbers) => numbers[place],
        };
        if let Some(writer) = writers.get(scalar) {
            if writer.strength == binding.provenance.strength {
                let offset = (scalar.0 - draft.first.0) as usize;
                let label = super::draft::element_label(draft, offset, ranges);
                clashes.push(if label.is_empty() {
                    draft.name.to_string()
                } else {
                    format!("{}[{label}]", draft.name)
                });
                first_writer = first_writer.or_else(|| writer.span.clone());
            }
            if writer.strength >= binding.provenance.strength {
                continue;
            }
        }
        values[scalar.0 as usize] = Some(value);
        writers.insert(*scalar, Writer { strength: binding.provenance.strength, span: span.clone() });
    }
    if !clashes.is_empty() {
        let hint = match first_writer {
            Some(writer) => format!("the other value is in {}; keep one of them", writer.file),
            None => "keep one of them".to_owned(),
        };
        let verb = if clashes.len() == 1 { "is" } else { "are" };
        notes.elsewhere(
            code::TWO_WRITERS,
            span,
            format!("{} {verb} given two values", listed(&clashes, 4)),
            vec![hint],
        );
    }
}

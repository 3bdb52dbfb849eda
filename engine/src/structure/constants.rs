//! The numbers of a model: those in its text, and those that come from outside.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::diagnostic::catalogue::structure as code;
use crate::diagnostic::{Span, nearest};
use crate::model::{Binding, Bindings, Body, Expression, ExpressionKind, Model, Name, Value};

use super::draft::{Drafts, plain_number, product, subscripts_of};
use super::notes::{Notes, listed, spellings};
use super::ranges::{ElementId, Ranges};
use super::{ScalarId, VariableId, VariableKind};

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
    for (index, equation) in drafts.equations.iter().enumerate() {
        let (Some(variable), Some(left)) = (drafts.find(&equation.left.name), &drafts.lefts[index]) else { continue };
        let draft = drafts.draft(variable);
        if draft.kind == VariableKind::Lookup {
            continue;
        }
        let mut set = |elements: &[ElementId], value: f64| {
            if let Some(offset) = drafts.offset(variable, elements, ranges)
                && draft.definers[offset] == Some(index)
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

/// What to set in place of a name that the model does not have: a name is offered only if it can be set.
fn instead_of_unknown(name: &Name, model: &Model, drafts: &Drafts<'_>, notes: &mut Notes<'_>) -> Option<String> {
    let constants = drafts.drafts.iter().filter(|draft| draft.kind == VariableKind::Constant);
    let near = notes.nearest(name.spelling(), constants.map(|draft| draft.name.spelling()));
    if let Some(near) = near.and_then(|near| drafts.find(&Name::new(near))) {
        let line = notes.line(drafts.first_equation(near).left.at);
        return Some(format!("did you mean `{}`, defined at line {line} of {}?", drafts.draft(near).name, model.file));
    }
    let near = drafts.nearest(name, notes)?;
    Some(format!("`{}` is near, but is no constant; {}", drafts.draft(near).name, what_can_be_set(near, drafts)))
}

/// Which constants a variable follows from, nearest first.
fn what_can_be_set(variable: VariableId, drafts: &Drafts<'_>) -> String {
    const MOST: usize = 3;
    /// Further than this nobody looks for what moves a variable.
    const FURTHEST: usize = 1_000;
    let mut constants: Vec<&str> = Vec::new();
    let mut seen: HashSet<VariableId> = HashSet::from([variable]);
    let mut waiting = VecDeque::from([variable]);
    while let Some(next) = waiting.pop_front().filter(|_| constants.len() <= MOST && seen.len() < FURTHEST) {
        let draft = drafts.draft(next);
        if draft.kind == VariableKind::Constant {
            constants.push(draft.name.spelling());
        }
        for &index in &draft.equations {
            let Body::Expression(expression) = &drafts.equations[index].body else { continue };
            let names = names_in(expression).into_iter().filter_map(|name| drafts.find(name));
            waiting.extend(names.filter(|&name| seen.insert(name)));
        }
    }
    if constants.is_empty() {
        let numbers = |&index: &usize| match &drafts.equations[index].body {
            Body::Expression(expression) => names_in(expression).is_empty(),
            _ => false,
        };
        return if drafts.draft(variable).equations.iter().all(numbers) {
            "its equation is of numbers alone: write it as one plain number, and it can be set".to_owned()
        } else {
            "it follows from no constant: change its equation".to_owned()
        };
    }
    format!("it follows from {}, which can be set", listed(&constants, MOST))
}

/// The variables that an expression names.
fn names_in(expression: &Expression) -> Vec<&Name> {
    let mut names = Vec::new();
    let mut open = vec![expression];
    while let Some(next) = open.pop() {
        match &next.kind {
            ExpressionKind::Number(_) => {}
            ExpressionKind::Reference { name, .. } => names.push(name),
            ExpressionKind::Unary { operand, .. } => open.push(operand),
            ExpressionKind::Binary { left, right, .. } => open.extend([right.as_ref(), left.as_ref()]),
            ExpressionKind::Call { arguments, .. } => open.extend(arguments.iter().rev()),
            ExpressionKind::LookupCall { argument, .. } | ExpressionKind::WithLookup { argument, .. } => {
                open.push(argument);
            }
        }
    }
    names
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
        if !notes.may_be_unread(&binding.name) {
            let hint = instead_of_unknown(&binding.name, model, drafts, notes);
            let message = format!("the model has no constant `{}`", binding.name);
            notes.elsewhere(code::NO_SUCH_CONSTANT, span, message, hint.into_iter().collect());
        }
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
            let inside = meant.iter().all(|&element| ranges.range(*range).position(element).is_some());
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
    let broken = draft.equations.iter().any(|&index| drafts.lefts[index].is_none());
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
            vec![
                format!("only constants can be set; it is defined at line {line} of {}", model.file),
                what_can_be_set(variable, drafts),
            ],
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
    for (index, scalar) in meant.iter().enumerate() {
        let value = match &binding.value {
            Value::Number(number) => *number,
            Value::Array(numbers) => numbers[index],
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

//! Numbers known before any run: the time axis, and the order of a delay.

use std::cell::Cell;

use crate::diagnostic::catalogue::structure as code;
use crate::elementary::power;
use crate::model::{BinaryOperator, Body, Expression, ExpressionKind, Function, Model, Name, TextRange, UnaryOperator};

use super::draft::Drafts;
use super::notes::Notes;
use super::ranges::{ElementId, RangeId, Ranges};
use super::{ScalarId, TimeAxis, VariableKind};

/// Constants named by constants named by constants, no deeper than this.
const DEEPEST: usize = 64;

/// More to compute than this, counting what is met again, is not worked out beforehand.
const MOST_PARTS: usize = 20_000;

/// More steps than this in one run is a slip of the pen: minutes over twenty years are as many.
const MOST_STEPS: f64 = 10_000_000.0;

/// A run whose end is computed in it goes no further than this.
const MOST_OPEN_STEPS: f64 = 1_000_000.0;

/// What is needed to compute a number before any run.
pub(super) struct Fixed<'a, 'm> {
    pub(super) drafts: &'a Drafts<'m>,
    pub(super) ranges: &'a Ranges,
    pub(super) constants: &'a [Option<f64>],
}

impl Fixed<'_, '_> {
    /// The value of an expression of numbers and constants; `None` if it depends on anything else.
    pub(super) fn value(&self, expression: &Expression, bound: &[(RangeId, ElementId)]) -> Option<f64> {
        self.inner(expression, bound, 0, &Cell::new(MOST_PARTS))
    }

    fn inner(
        &self,
        expression: &Expression,
        bound: &[(RangeId, ElementId)],
        depth: usize,
        parts_left: &Cell<usize>,
    ) -> Option<f64> {
        if depth > DEEPEST || parts_left.get() == 0 {
            return None;
        }
        parts_left.set(parts_left.get() - 1);
        let inner = |expression: &Expression| self.inner(expression, bound, depth + 1, parts_left);
        match &expression.kind {
            ExpressionKind::Number(number) => Some(*number),
            ExpressionKind::Unary { operator, operand } => match operator {
                UnaryOperator::Negate => inner(operand).map(|value| -value),
                UnaryOperator::Plus => inner(operand),
                UnaryOperator::Not => None,
            },
            ExpressionKind::Binary { operator, left, right } => {
                let (a, b) = (inner(left)?, inner(right)?);
                match operator {
                    BinaryOperator::Add => Some(a + b),
                    BinaryOperator::Subtract => Some(a - b),
                    BinaryOperator::Multiply => Some(a * b),
                    BinaryOperator::Divide => Some(a / b),
                    BinaryOperator::Power => Some(power(a, b)),
                    _ => None,
                }
            }
            ExpressionKind::Call { function, arguments, .. } => match (function, arguments.as_slice()) {
                (Function::Min, [a, b]) => Some(inner(a)?.min(inner(b)?)),
                (Function::Max, [a, b]) => Some(inner(a)?.max(inner(b)?)),
                (Function::Initial | Function::Game, [a]) => inner(a),
                (Function::Integer, [a]) => inner(a).map(f64::trunc),
                _ => None,
            },
            ExpressionKind::Reference { name, subscripts } => {
                let variable = self.drafts.find(name)?;
                let draft = self.drafts.draft(variable);
                if subscripts.len() != draft.dimensions.len() || draft.kind == VariableKind::Lookup {
                    return None;
                }
                let mut elements = Vec::new();
                for subscript in subscripts {
                    elements.push(match self.ranges.find_range(&subscript.name) {
                        Some(range) => self.ranges.stands_at(range, bound)?,
                        None => self.ranges.find_element(&subscript.name)?,
                    });
                }
                let offset = self.drafts.offset(variable, &elements, self.ranges)?;
                if let Some(value) = self.constants[draft.first.0 as usize + offset] {
                    return Some(value);
                }
                let index = draft.definers[offset]?;
                let left = self.drafts.lefts[index].as_ref()?;
                match &self.drafts.equations[index].body {
                    Body::Expression(inner) => self.inner(inner, &left.bound(&elements), depth + 1, parts_left),
                    _ => None,
                }
            }
            ExpressionKind::LookupCall { .. } | ExpressionKind::WithLookup { .. } => None,
        }
    }

    /// A control variable that is there and is only known in the run.
    pub(super) fn computed(&self, name: &str) -> Option<ScalarId> {
        let draft = self.drafts.draft(self.drafts.find(&Name::new(name))?);
        let alone = draft.dimensions.is_empty() && draft.kind == VariableKind::Auxiliary;
        let written = self.constants.get(draft.first.0 as usize).copied().flatten();
        match draft.definers.first().copied().flatten().map(|index| &self.drafts.equations[index].body) {
            Some(Body::Expression(expression)) if alone && written.is_none() => {
                self.value(expression, &[]).is_none().then_some(draft.first)
            }
            _ => None,
        }
    }

    /// The value of a control variable and where it is defined.
    fn control(&self, name: &str, missing: &mut Vec<String>, notes: &mut Notes<'_>) -> Option<(f64, TextRange)> {
        let Some(variable) = self.drafts.find(&Name::new(name)) else {
            if !notes.may_be_unread(&Name::new(name)) {
                missing.push(format!("`{name}`"));
            }
            return None;
        };
        let draft = self.drafts.draft(variable);
        let equation = self.drafts.first_equation(variable);
        let alone = draft.dimensions.is_empty() && draft.kind != VariableKind::Lookup;
        let written = self.constants.get(draft.first.0 as usize).copied().flatten();
        let value = match (&equation.body, written) {
            (_, Some(value)) if alone => Some(value),
            (Body::Expression(expression), _) if alone => self.value(expression, &[]),
            _ => None,
        };
        let value = value.filter(|value| value.is_finite());
        if value.is_none() {
            let hint = match name {
                "FINAL TIME" => {
                    "write a number, or an expression of numbers and constants; only `simulate` runs a model that ends when it says so"
                }
                _ => "write a number, or an expression of numbers and constants",
            };
            notes.error(
                code::BAD_TIME,
                equation.left.at,
                format!("`{name}` is not known before the simulation begins"),
                vec![hint.to_owned()],
            );
        }
        Some((value?, equation.left.at))
    }
}

/// A number without a row of zeros.
fn short(number: f64) -> String {
    if number.abs() < 1e15 { number.to_string() } else { format!("{number:e}") }
}

/// The time axis from INITIAL TIME, FINAL TIME, TIME STEP and SAVEPER.
/// With an open end it goes as far as a run may go.
pub(super) fn time_axis(model: &Model, fixed: &Fixed<'_, '_>, open: bool, notes: &mut Notes<'_>) -> Option<TimeAxis> {
    let mut missing = Vec::new();
    let initial = fixed.control("INITIAL TIME", &mut missing, notes);
    let last = if open { None } else { fixed.control("FINAL TIME", &mut missing, notes) };
    let step = fixed.control("TIME STEP", &mut missing, notes);
    let save_every = fixed.control("SAVEPER", &mut missing, notes);
    if !missing.is_empty() {
        let verb = if missing.len() == 1 { "is" } else { "are" };
        notes.elsewhere(
            code::NO_TIME,
            Some(model.span(TextRange::default())),
            format!("{} {verb} not defined", missing.join(", ")),
            vec!["a model says from when to when it runs: INITIAL TIME, FINAL TIME, TIME STEP and SAVEPER".to_owned()],
        );
    }
    let positive = |name: &str, control: Option<(f64, TextRange)>, notes: &mut Notes<'_>| {
        if let Some((value, at)) = control
            && value <= 0.0
        {
            notes.error(code::BAD_TIME, at, format!("`{name}` is {value}, but it must be above 0"), Vec::new());
            return None;
        }
        control
    };
    let (step, save_every) = (positive("TIME STEP", step, notes), positive("SAVEPER", save_every, notes));
    let ((initial, at), (step, step_at), (save_every, save_at)) = (initial?, step?, save_every?);
    let (last, last_at) = if open { (initial + step * MOST_OPEN_STEPS, at) } else { last? };
    let axis = TimeAxis { initial, last, step, save_every };
    if last < initial {
        let message = format!("`FINAL TIME` is {last}, before `INITIAL TIME`, which is {initial}");
        notes.error(code::BAD_TIME, last_at, message, Vec::new());
        return None;
    }
    let steps = (last - initial) / step;
    if steps > MOST_STEPS {
        let message = format!(
            "`TIME STEP` {} cuts the time from {} to {} into {} steps; at most {MOST_STEPS} are computed",
            short(step),
            short(initial),
            short(last),
            short(steps.round())
        );
        notes.error(code::BAD_TIME, step_at, message, Vec::new());
        return None;
    }
    let whole = |quotient: f64| (quotient - quotient.round()).abs() < 1e-6;
    if !whole(steps) {
        let message = format!(
            "`TIME STEP` {step} does not divide the time from {initial} to {last}; the last step ends at {}",
            (axis.at(axis.steps()) * 1e9).round() / 1e9
        );
        let hint = "choose a step of which a whole number fits, such as 1/16".to_owned();
        notes.warning(code::UNEVEN_TIME, step_at, message, vec![hint]);
    }
    if !whole(save_every / step) {
        let message = format!(
            "`SAVEPER` {save_every} is no whole number of steps of {step}; rows are saved every {} steps",
            (save_every / step).round().max(1.0)
        );
        notes.warning(code::UNEVEN_TIME, save_at, message, Vec::new());
    }
    Some(axis)
}

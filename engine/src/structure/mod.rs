//! Who depends on whom: names bound, subscripts spread, units checked, order found.
//!
//! A [`Structure`] has no unbound name, no subscript left to spread and no circle among its auxiliaries: each
//! element of each variable is one [`Scalar`] with one [`Rule`] over other scalars.

mod build;
mod chance;
mod constants;
mod contract;
mod contractions;
mod draft;
mod expansion;
mod expressions;
mod fixed;
pub mod lookup;
mod names;
mod notes;
mod order;
mod plain;
mod ranges;
mod readings;
mod sharing;
mod stateful;
mod sums;
mod tables;
mod term;
mod units;
mod vectors;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::Span;
use crate::model::{Integration, Name, UnitExpression};

pub use build::{build, build_one_run};
pub use term::{BinaryOperation, Term, TernaryOperation, UnaryOperation};

/// A model ready to be computed.
#[derive(Debug, Clone)]
pub struct Structure {
    /// The name that the person knows the model's file by.
    pub file: Arc<str>,
    /// In file order; hidden ones (variables of macros, inner stocks of delays and the like) after all others.
    pub variables: Vec<Variable>,
    /// One for each element of each variable, variable by variable, elements in row-major order.
    pub scalars: Vec<Scalar>,
    /// Tables that [`Term::Lookup`] reads.
    pub lookups: Vec<LookupTable>,
    /// Elements of variables that no equation defines and nothing uses, in order: they are told to nobody.
    pub undefined: Vec<ScalarId>,
    /// Sources of chance that [`Term::Noise`] reads.
    pub noises: Vec<Noise>,
    /// From INITIAL TIME to FINAL TIME in TIME STEPs.
    pub time: TimeAxis,
    /// FINAL TIME, if it is computed in the run: whoever computes one run stops when Time has come to it, and `time` goes on
    /// as far as a run may go. Only [`build_one_run`] allows it.
    pub ends: Option<ScalarId>,
    /// How the model's file says that stocks are integrated.
    pub integration: Integration,
    /// All scalars in an order in which their values at the initial time can be computed one after another:
    /// stocks and held values by their initial terms, the others by their own (or, with ACTIVE INITIAL, their initial) terms.
    pub initial_order: Vec<ScalarId>,
    /// Auxiliaries in an order in which their values at any time can be computed from constants, stocks and held values.
    pub step_order: Vec<ScalarId>,
}

/// Index of a variable in [`Structure::variables`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariableId(pub u32);

/// Index of a scalar in [`Structure::scalars`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScalarId(pub u32);

/// Index of a table in [`Structure::lookups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LookupId(pub u32);

/// Index of a source of chance in [`Structure::noises`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoiseId(pub u32);

/// A source of chance: a number between 0 and 1 for each step of each draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Noise {
    /// Whose it is: the scalar, and which call in it. Each has numbers of its own.
    pub name: String,
    /// The seed that the modeller gave.
    pub seed: u64,
}

/// A variable with all its elements.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Its name, as first spelled.
    pub name: Name,
    /// For each subscript its range and the range's elements.
    pub dimensions: Vec<Dimension>,
    /// What it is.
    pub kind: VariableKind,
    /// Its first scalar; the others follow it.
    pub first: ScalarId,
    /// How many scalars it has: the product of its dimensions, 1 without any, 0 for a lookup.
    pub count: usize,
    /// Its unit; `None` where the modeller gave none.
    pub units: Option<UnitExpression>,
    /// Its unit as written.
    pub units_text: String,
    /// Lowest and highest value that the modeller declared sensible, `[low, high]` in the unit field.
    pub bounds: (Option<f64>, Option<f64>),
    /// What the modeller says of it.
    pub comment: String,
    /// Heading that it stands under.
    pub group: Option<String>,
    /// Not the modeller's: a macro's, or an inner stock of a delay or the like.
    pub hidden: bool,
    /// Where it is defined.
    pub span: Span,
}

impl Variable {
    /// Whether a value lies within the bounds that the modeller declared.
    pub fn allows(&self, value: f64) -> bool {
        let (least, most) = self.bounds;
        least.is_none_or(|least| value >= least) && most.is_none_or(|most| value <= most)
    }

    /// The bounds in words: `0 to 1`, `0 or more`.
    pub fn allowed(&self) -> String {
        match self.bounds {
            (Some(least), Some(most)) if least == most => format!("{least} alone"),
            (Some(least), Some(most)) => format!("{least} to {most}"),
            (Some(least), None) => format!("{least} or more"),
            (None, Some(most)) => format!("{most} or less"),
            (None, None) => "every number".to_owned(),
        }
    }
}

/// One subscript of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// The range as written on the left side (the full range if different equations name parts of it).
    pub range: Name,
    /// Its elements in order.
    pub elements: Vec<Name>,
}

/// What a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VariableKind {
    /// A number that a person can set.
    Constant,
    /// Computed anew at every time.
    Auxiliary,
    /// Integrated.
    Stock,
    /// A named lookup table (it has no scalars).
    Lookup,
}

/// One element of a variable.
#[derive(Debug, Clone)]
pub struct Scalar {
    /// The variable it belongs to.
    pub variable: VariableId,
    /// How it gets its value.
    pub rule: Rule,
}

/// How a scalar gets its value.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// A number, from the model's text or bound from outside.
    Constant(f64),
    /// A term, computed anew at every time. `initial` is the ACTIVE INITIAL form, used only to find initial values.
    Auxiliary {
        /// At any time.
        term: Term,
        /// At the initial time, if it differs.
        initial: Option<Term>,
    },
    /// Starts at `initial` and changes at rate `flow` per unit of time.
    Stock {
        /// At the initial time.
        initial: Term,
        /// Net rate of change.
        flow: Term,
    },
    /// Starts at `initial`; at the end of each whole step becomes what `next` was at the step's beginning
    /// (SAMPLE IF TRUE keeps its value in one). Never touched inside a Runge-Kutta step.
    Held {
        /// At the initial time.
        initial: Term,
        /// At the end of the step, computed from its beginning.
        next: Term,
    },
    /// The value of a term at the initial time, for ever after (INITIAL).
    Frozen(Term),
    /// What this stock held when the present step began; only an integrator that looks into a step asks for it.
    Beginning(ScalarId),
    /// DELAY FIXED: what `input` was `delay` ago, and `initial` before that. The number of steps of delay is
    /// fixed at the initial time as `max(0, round(delay / TIME STEP))`; a delay of no steps is `input` itself one step ago
    /// (as a stock it can never be read in the same instant).
    Pipeline {
        /// What goes in.
        input: Term,
        /// How long it takes, read at the initial time.
        delay: Term,
        /// What comes out before anything has passed through.
        initial: Term,
    },
}

/// A table read by straight lines and held at both ends.
#[derive(Debug, Clone, PartialEq)]
pub struct LookupTable {
    /// Rising; two that are alike are a jump.
    pub x: Vec<f64>,
    /// One for each `x`.
    pub y: Vec<f64>,
}

/// The time axis: `time(n) = initial + n * step`, never accumulated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeAxis {
    /// INITIAL TIME.
    pub initial: f64,
    /// FINAL TIME.
    pub last: f64,
    /// TIME STEP.
    pub step: f64,
    /// SAVEPER.
    pub save_every: f64,
}

impl TimeAxis {
    /// Whether a constant of this name lays out the steps, which all runs of a program share.
    pub fn is_set_by(name: &Name) -> bool {
        ["INITIAL TIME", "FINAL TIME", "TIME STEP", "SAVEPER"].iter().any(|one| Name::new(one) == *name)
    }

    /// Number of whole steps from the initial to the final time.
    pub fn steps(&self) -> usize {
        // Rounded: (last - initial) / step is whole up to representation error for any sensible axis.
        ((self.last - self.initial) / self.step).round().max(0.0) as usize
    }

    /// The time after `n` steps.
    pub fn at(&self, n: usize) -> f64 {
        self.initial + n as f64 * self.step
    }

    /// The number of steps nearest to `time`, not before the initial time.
    pub fn step_at(&self, time: f64) -> usize {
        ((time - self.initial) / self.step).round().max(0.0) as usize
    }

    /// Steps at which rows are saved: every SAVEPER, with both ends.
    pub fn saved_steps(&self) -> Vec<usize> {
        let every = ((self.save_every / self.step).round() as usize).max(1);
        let last = self.steps();
        let mut steps: Vec<usize> = (0..=last).step_by(every).collect();
        if steps.last() != Some(&last) {
            steps.push(last);
        }
        steps
    }
}

impl Structure {
    /// Every variable but the hidden ones by its name, for whoever looks many of them up.
    pub fn by_name(&self) -> HashMap<&Name, VariableId> {
        let visible = self.variables.iter().enumerate().filter(|(_, variable)| !variable.hidden);
        visible.map(|(index, variable)| (&variable.name, VariableId(index as u32))).collect()
    }

    /// The variable of this name, however it is spelled; hidden ones are not found.
    pub fn variable(&self, name: &Name) -> Option<(VariableId, &Variable)> {
        self.variables
            .iter()
            .enumerate()
            .find(|(_, variable)| !variable.hidden && &variable.name == name)
            .map(|(index, variable)| (VariableId(index as u32), variable))
    }

    /// The scalar of a variable at these elements (one for each subscript, in order).
    pub fn scalar(&self, name: &Name, elements: &[Name]) -> Option<ScalarId> {
        let (_, variable) = self.variable(name)?;
        if elements.len() != variable.dimensions.len() || variable.count == 0 {
            return None;
        }
        let mut offset = 0;
        for (dimension, element) in variable.dimensions.iter().zip(elements) {
            offset = offset * dimension.elements.len() + dimension.elements.iter().position(|e| e == element)?;
        }
        let scalar = ScalarId(variable.first.0 + offset as u32);
        self.is_defined(scalar).then_some(scalar)
    }

    /// Whether an equation defines a scalar, or a value from outside.
    pub fn is_defined(&self, scalar: ScalarId) -> bool {
        self.undefined.binary_search(&scalar).is_err()
    }

    /// The elements of a scalar, one for each subscript of its variable.
    pub fn elements(&self, scalar: ScalarId) -> Vec<&Name> {
        let variable = &self.variables[self.scalars[scalar.0 as usize].variable.0 as usize];
        let mut offset = (scalar.0 - variable.first.0) as usize;
        let mut elements = Vec::with_capacity(variable.dimensions.len());
        for dimension in variable.dimensions.iter().rev() {
            elements.push(&dimension.elements[offset % dimension.elements.len()]);
            offset /= dimension.elements.len();
        }
        elements.reverse();
        elements
    }

    /// The name of a scalar as results spell it: `Name[Q1,Age 0 to 4]`, or `Name` without subscripts.
    pub fn label(&self, scalar: ScalarId) -> String {
        let variable = &self.variables[self.scalars[scalar.0 as usize].variable.0 as usize];
        let elements = self.elements(scalar);
        if elements.is_empty() {
            return variable.name.spelling().to_owned();
        }
        let inside: Vec<&str> = elements.iter().map(|e| e.spelling()).collect();
        format!("{}[{}]", variable.name.spelling(), inside.join(","))
    }
}

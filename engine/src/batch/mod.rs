//! The front door: a model as a function from a matrix of constants to an array of outcomes.
//!
//! A [`Simulation`] is a model that was read and believed. It is compiled for what is asked of it, its [`Batch`], and runs as
//! many rows of constants as there are, on all cores where the feature `parallel` is on. The same row gives the same bits
//! whatever stands beside it.

mod error;
mod outcomes;
mod request;

pub use error::{BadInput, Refused};
pub use outcomes::Outcomes;
pub use request::{Batch, Request};

use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Sources};
use crate::model::Bindings;
use crate::notation::vensim;
use crate::structure::{Rule, ScalarId, Structure, VariableKind, build};

/// A model that was read, bound and found sound.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Simulation {
    /// Who depends on whom.
    pub structure: Structure,
    /// What its writer may want to look at.
    pub warnings: Diagnostics,
}

/// A constant that a run may set.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Constant {
    /// As it is written: `Unit cost[H01]`.
    pub label: String,
    /// Its value in the model.
    pub value: f64,
    /// Its unit as written; empty where none is.
    pub unit: String,
}

impl Simulation {
    /// Reads a model in Vensim's text format; `file` is the name that its diagnostics give.
    ///
    /// # Errors
    /// Everything that is wrong with it, with line and remedy.
    pub fn read(file: &str, text: &str) -> Result<Self, Refused> {
        let (file, text): (Arc<str>, Arc<str>) = (file.into(), text.into());
        let mut sources = Sources::new();
        sources.add(&file, &text);
        let (model, mut found) = vensim::read(&file, &text);
        match build(&model, &Bindings::default()) {
            Ok((structure, warnings)) => {
                found.extend(warnings);
                if found.has_errors() {
                    return Err(Refused { diagnostics: found, sources });
                }
                Ok(Self { structure, warnings: found })
            }
            Err(errors) => {
                found.extend(errors);
                Err(Refused { diagnostics: found, sources })
            }
        }
    }

    /// Every constant, element by element, in the order of the file.
    pub fn constants(&self) -> Vec<Constant> {
        let scalars = &self.structure.scalars;
        let constant = |(scalar, unit): (ScalarId, &str)| match scalars[scalar.0 as usize].rule {
            Rule::Constant(value) => {
                Some(Constant { label: self.structure.label(scalar), value, unit: unit.to_owned() })
            }
            _ => None,
        };
        self.elements(|kind| kind == VariableKind::Constant).filter_map(constant).collect()
    }

    /// What a run can tell: every stock and auxiliary, element by element, in the order of the file.
    pub fn outcomes(&self) -> Vec<String> {
        let computed = |kind| matches!(kind, VariableKind::Stock | VariableKind::Auxiliary);
        self.elements(computed).map(|(scalar, _)| self.structure.label(scalar)).collect()
    }

    /// Begins to ask: which constants vary from run to run, and what is kept of each.
    pub fn batch(&self) -> Request<'_> {
        Request::of(&self.structure)
    }

    fn elements(&self, wanted: impl Fn(VariableKind) -> bool) -> impl Iterator<Item = (ScalarId, &str)> {
        let variables = self.structure.variables.iter().filter(move |one| !one.hidden && wanted(one.kind));
        variables.flat_map(|variable| {
            (0..variable.count as u32).map(|at| (ScalarId(variable.first.0 + at), variable.units_text.as_str()))
        })
    }
}

#[cfg(test)]
mod tests;

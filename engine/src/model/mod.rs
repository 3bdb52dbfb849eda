//! What the modeller drew: stocks, flows, auxiliaries, lookups, subscripts, equations, units.
//!
//! A [`Model`] is a text understood but not yet believed: names are not bound, units are not checked,
//! nothing is computed. It keeps the order and the spelling of the file, so that it can be written back.

mod bindings;
mod cell;
mod equation;
mod expression;
mod function;
mod integration;
mod label;
mod name;
mod units;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use bindings::{Binding, Bindings, Provenance, Value};
pub use cell::{cell, read_cell};
pub use equation::{Body, Equation, LeftSide, Lookup, Mapping, RangeElement, Subscript, SubscriptRange};
pub use expression::{BinaryOperator, Expression, ExpressionKind, TextRange, UnaryOperator};
pub use function::{Function, UnitOf, UnitRule};
pub use integration::{Integration, SavedIntegration, SavedMethod};
pub use label::{Label, MalformedLabel};
pub use name::{Name, hyphenated};
pub use units::{UnitExpression, UnitProblem, Units};

/// A model as written: its items in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The name that the person knows the file by.
    pub file: Arc<str>,
    /// The text that the spans point into.
    pub text: Arc<str>,
    /// Groups, subscript ranges and equations, in file order.
    pub items: Vec<Item>,
    /// Words that the file's settings declare to be one unit, each line of them by itself, as written.
    pub unit_synonyms: Vec<Vec<String>>,
    /// What stands in the text and could not be read.
    pub unread: Unread,
    /// How stocks are integrated, as the file's settings say.
    pub integration: Option<SavedIntegration>,
}

/// What could not be read: whoever goes on does not call it missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unread {
    /// The names that the entries begin with, of those that begin with one.
    pub names: BTreeSet<Name>,
    /// Whether a subscript range is among them, so that not all elements are known.
    pub ranges: bool,
    /// Whether there are entries of which not even the name is known.
    pub nameless: bool,
}

impl Unread {
    /// Whether something of this name may stand in the text, although it was not read.
    pub fn may_define(&self, name: &Name) -> bool {
        self.nameless || self.names.contains(name)
    }

    /// Whether a range or an element of this name may stand in the text, although it was not read.
    pub fn may_hold(&self, name: &Name) -> bool {
        self.ranges || self.may_define(name)
    }
}

/// One thing in a model file.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A heading: the equations after it belong to it.
    Group(Group),
    /// A subscript range.
    Range(SubscriptRange),
    /// An equation, of a stock, an auxiliary, a constant or a lookup.
    Equation(Equation),
}

/// A heading of the model, such as `.Housing`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name without the leading dot.
    pub name: String,
    /// What is written under it.
    pub comment: String,
    /// Where it stands.
    pub at: TextRange,
}

impl Model {
    /// The subscript ranges, in file order.
    pub fn ranges(&self) -> impl Iterator<Item = &SubscriptRange> {
        self.items.iter().filter_map(|item| match item {
            Item::Range(range) => Some(range),
            _ => None,
        })
    }

    /// The equations, in file order.
    pub fn equations(&self) -> impl Iterator<Item = &Equation> {
        self.items.iter().filter_map(|item| match item {
            Item::Equation(equation) => Some(equation),
            _ => None,
        })
    }

    /// The span of a stretch of this model's text, for a diagnostic.
    pub fn span(&self, at: TextRange) -> crate::diagnostic::Span {
        crate::diagnostic::Span::new(&self.file, at.start, at.end)
    }
}

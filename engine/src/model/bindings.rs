//! Numbers given to a model's constants from outside: evidence, scenario, command line.

use std::collections::BTreeMap;

use crate::diagnostic::Span;

use super::name::Name;

/// Values for constants, and the elements of ranges that come from outside (the programmes in use).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bindings {
    /// Constants, or elements of them, and their values.
    pub values: Vec<Binding>,
    /// Ranges whose elements are replaced, such as `Programme` by the cards in use.
    pub ranges: BTreeMap<Name, Vec<Name>>,
}

/// A value for one constant, for one element of it, or for all of its elements.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The constant.
    pub name: Name,
    /// Elements, one for each subscript; empty means the whole variable. An element may be a range's name,
    /// which then means each of its elements.
    pub elements: Vec<Name>,
    /// The number or numbers.
    pub value: Value,
    /// Who says so, and where.
    pub provenance: Provenance,
}

/// What is bound.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// One number, for every element meant.
    Number(f64),
    /// Numbers for all elements meant, in row-major order.
    Array(Vec<f64>),
}

/// Where a bound value comes from. Two values of the same strength for one constant are an error;
/// a stronger one replaces a weaker one.
#[derive(Debug, Clone, PartialEq)]
pub struct Provenance {
    /// Strength: the model's own value is 0, a place baseline or card 1, a scenario 2, the command line 3.
    pub strength: u8,
    /// Place in the file that holds it, if any.
    pub span: Option<Span>,
}

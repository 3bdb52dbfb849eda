//! Equations, lookups and subscript ranges as written.

use super::expression::{Expression, TextRange};
use super::name::Name;
use super::units::Units;

/// One subscript in brackets.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscript {
    /// A range or an element.
    pub name: Name,
    /// Written with `!`: the range that a SUM, PROD, VMIN or VMAX runs over.
    pub summed: bool,
    /// Where it stands.
    pub at: TextRange,
}

/// What an equation defines.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftSide {
    /// The variable.
    pub name: Name,
    /// Its subscripts: ranges, or elements where the equation is for those alone.
    pub subscripts: Vec<Subscript>,
    /// Combinations left out by `:EXCEPT:`.
    pub exceptions: Vec<Vec<Subscript>>,
    /// Where the name stands.
    pub at: TextRange,
}

/// An equation of one variable, or of some of its elements.
#[derive(Debug, Clone, PartialEq)]
pub struct Equation {
    /// What it defines.
    pub left: LeftSide,
    /// How.
    pub body: Body,
    /// Its unit, if given.
    pub units: Option<Units>,
    /// What the modeller says of it.
    pub comment: String,
    /// Marked `:SUPPLEMENTARY`: shown only, nothing uses it.
    pub supplementary: bool,
    /// Index of its group among the model's groups, if it stands under one.
    pub group: Option<usize>,
    /// The whole equation.
    pub at: TextRange,
}

/// The right-hand side.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// `= expression`.
    Expression(Expression),
    /// A table of numbers for all elements, rows divided by `;` (the last subscript runs along a row).
    ConstantTable {
        /// Row by row.
        rows: Vec<Vec<f64>>,
        /// Where it stands.
        at: TextRange,
    },
    /// A lookup table, `Name((x,y),(x,y))`.
    Lookup(Lookup),
}

/// A table of points, read by straight lines between them and held at both ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Lookup {
    /// The box that Vensim draws it in, `[(xmin,ymin)-(xmax,ymax)]`, kept to be written back.
    pub drawn: Option<[f64; 4]>,
    /// Points as written; they are taken in the order of their `x`, those of one `x` in the order of the file.
    pub points: Vec<(f64, f64)>,
    /// Where it stands.
    pub at: TextRange,
}

/// A subscript range, `Quintile: Q1, Q2, (Q3-Q5) -> Other`.
#[derive(Debug, Clone, PartialEq)]
pub struct SubscriptRange {
    /// Its name.
    pub name: Name,
    /// Its elements or the sub-ranges that make it up.
    pub elements: Vec<RangeElement>,
    /// Ranges that it maps to.
    pub mappings: Vec<Mapping>,
    /// `Copy <-> Original`: the same elements under another name.
    pub alias_of: Option<Name>,
    /// What the modeller says of it.
    pub comment: String,
    /// Index of its group among the model's groups.
    pub group: Option<usize>,
    /// Where its name stands.
    pub at: TextRange,
}

/// A part of a subscript range.
#[derive(Debug, Clone, PartialEq)]
pub enum RangeElement {
    /// An element, or the name of another range whose elements are meant.
    Named(Name, TextRange),
    /// `(Q1-Q5)`: the elements counted from the first to the last.
    Numbered {
        /// The first.
        first: Name,
        /// The last.
        last: Name,
        /// Where it stands.
        at: TextRange,
    },
}

/// `-> Target` or `-> (Target: A, B, C)`: which element of the target each of ours stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// The range mapped to.
    pub target: Name,
    /// Its elements or sub-ranges in the order of ours, or nothing where they correspond one by one.
    pub elements: Option<Vec<Name>>,
    /// Where it stands.
    pub at: TextRange,
}

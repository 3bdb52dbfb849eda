//! The right-hand side of an equation, as a tree.

use super::equation::{Lookup, Subscript};
use super::function::Function;
use super::name::Name;

/// A stretch of the model's text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextRange {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// An expression and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where it stands.
    pub at: TextRange,
}

/// The forms an expression takes.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionKind {
    /// A number.
    Number(f64),
    /// A variable, with its subscripts; also the name of a subscript range or element used as a number.
    Reference {
        /// The variable.
        name: Name,
        /// Its subscripts, empty if there are none.
        subscripts: Vec<Subscript>,
    },
    /// `-x`, `+x`, `:NOT: x`.
    Unary {
        /// Which.
        operator: UnaryOperator,
        /// Of what.
        operand: Box<Expression>,
    },
    /// `x + y` and the like.
    Binary {
        /// Which.
        operator: BinaryOperator,
        /// Left.
        left: Box<Expression>,
        /// Right.
        right: Box<Expression>,
    },
    /// A function of the language.
    Call {
        /// Which.
        function: Function,
        /// Where its name stands.
        name_at: TextRange,
        /// Its arguments in order.
        arguments: Vec<Expression>,
    },
    /// A named lookup applied to a number, `Effect of crowding(Occupancy)`.
    LookupCall {
        /// The lookup variable.
        name: Name,
        /// Its subscripts.
        subscripts: Vec<Subscript>,
        /// Where it is read.
        argument: Box<Expression>,
    },
    /// `WITH LOOKUP(x, (...))`.
    WithLookup {
        /// Where it is read.
        argument: Box<Expression>,
        /// The table.
        lookup: Lookup,
    },
}

/// Operators of one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOperator {
    /// `-x`
    Negate,
    /// `+x`
    Plus,
    /// `:NOT: x`
    Not,
}

/// Operators of two operands. Truth is 1 and 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum BinaryOperator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
}

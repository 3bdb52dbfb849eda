//! Arithmetic over scalars: what is left of an equation once names and subscripts are gone.

use std::sync::Arc;

use super::{LookupId, NoiseId, ScalarId};

/// A term. Truth is 1 and 0; anything but 0 is true.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// A number.
    Number(f64),
    /// The value of a scalar.
    Scalar(ScalarId),
    /// A random number between 0 and 1, another one in each step.
    Noise(NoiseId),
    /// The time.
    Time,
    /// The time at the beginning of the step, also in the middle of a Runge-Kutta step.
    StepTime,
    /// One operand.
    Unary(UnaryOperation, Box<Term>),
    /// Two operands.
    Binary(BinaryOperation, Box<Term>, Box<Term>),
    /// Three operands.
    Ternary(TernaryOperation, Box<Term>, Box<Term>, Box<Term>),
    /// A table read at a term.
    Lookup(LookupId, Box<Term>),
    /// The sum of products of scalars, from left to right: of the first of each list, of the second, and so on. All lists are of
    /// one length, at least 1, and are shared with other terms.
    Products(Vec<Arc<[ScalarId]>>),
}

/// Operations of one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum UnaryOperation {
    Negate,
    /// 1 if the operand is 0, else 0.
    Not,
    Abs,
    Sqrt,
    Exp,
    Ln,
    /// Towards zero (INTEGER).
    Truncate,
    Sin,
    Cos,
    Tan,
    Arcsin,
    Arccos,
    Arctan,
    Sinh,
    Cosh,
    Tanh,
    /// The logarithm of the gamma function.
    GammaLn,
    /// The chance that a standard normal variable is less.
    NormalBelow,
    /// The quantile of the standard normal distribution.
    NormalQuantile,
}

/// Operations of two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum BinaryOperation {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    /// `if a < b { a } else { b }`.
    Minimum,
    /// `if a > b { a } else { b }`.
    Maximum,
    /// Remainder with the sign of the dividend.
    Modulo,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
}

/// Operations of three operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TernaryOperation {
    /// `if a != 0 { b } else { c }`; both branches are computed.
    Select,
    /// `if |b| < 1e-6 { c } else { a / b }` (XIDZ; ZIDZ has c = 0).
    DivideOr,
}

/// An operation of one operand.
pub(super) fn unary(operation: UnaryOperation, a: Term) -> Term {
    Term::Unary(operation, Box::new(a))
}

/// An operation of two operands.
pub(super) fn binary(operation: BinaryOperation, a: Term, b: Term) -> Term {
    Term::Binary(operation, Box::new(a), Box::new(b))
}

/// An operation of three operands.
pub(super) fn ternary(operation: TernaryOperation, a: Term, b: Term, c: Term) -> Term {
    Term::Ternary(operation, Box::new(a), Box::new(b), Box::new(c))
}

//! Which instruction computes a value, and which values it swallows on the way.
//!
//! A value that only one other reads need not be written down if the reader's instruction can compute it in passing. The
//! formulas of the instructions are the patterns: each is tried on the value, the one that swallows most first.

use std::collections::BTreeMap;

use crate::kernel::graph::{Graph, Value, ValueId};
use crate::kernel::instruction::{ALL, MOST_OPERANDS, Shape};
use crate::structure::{BinaryOperation, LookupId, TernaryOperation, UnaryOperation};

/// An instruction before its locations are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Operation {
    pub(super) shape: Shape,
    pub(super) operands: Vec<ValueId>,
    pub(super) table: Option<LookupId>,
}

/// What an instruction computes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    /// The operand in this index.
    Operand(usize),
    /// An operation on what other patterns compute.
    Of(Operator, Vec<Pattern>),
}

/// An operation, whatever it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Operator {
    Unary(UnaryOperation),
    Binary(BinaryOperation),
    Ternary(TernaryOperation),
}

/// The patterns of all instructions, by what they do last.
#[derive(Debug)]
pub(super) struct Patterns(BTreeMap<Operator, Vec<(Shape, Pattern)>>);

impl Patterns {
    /// Those of the table of instructions.
    pub(super) fn new() -> Self {
        let mut by_operator: BTreeMap<Operator, Vec<(Shape, Pattern)>> = BTreeMap::new();
        for &shape in ALL.iter().filter(|shape| !matches!(shape, Shape::Fill | Shape::Lookup | Shape::Copy)) {
            let pattern = read(&mut shape.formula());
            if let Pattern::Of(operator, _) = pattern {
                by_operator.entry(operator).or_default().push((shape, pattern));
            }
        }
        for patterns in by_operator.values_mut() {
            // Stable: of two that swallow as much, the one that stands first in the table.
            patterns.sort_by_key(|(_, pattern)| std::cmp::Reverse(operations(pattern)));
        }
        Self(by_operator)
    }

    /// The operation that computes a value, and the values that need no instruction of their own because of it.
    ///
    /// `free` tells whether a value may be swallowed: computed in this pass, and read by nobody else.
    pub(super) fn cover(
        &self,
        graph: &Graph,
        id: ValueId,
        free: impl Fn(ValueId) -> bool,
    ) -> (Operation, Vec<ValueId>) {
        if let Value::Lookup(table, at) = graph.value(id) {
            return (Operation { shape: Shape::Lookup, operands: vec![at], table: Some(table) }, Vec::new());
        }
        let operator = operator(graph.value(id)).expect("only what is computed is covered");
        let fitting = self.0[&operator].iter().find_map(|(shape, pattern)| {
            let mut fit = Fit { graph, free: &free, operands: [None; MOST_OPERANDS], swallowed: Vec::new() };
            fit.all(&[(pattern, id)], true, &|fit| {
                let operands = || fit.operands.iter().flatten();
                let bits = operands().enumerate().map(|(index, &id)| u16::from(graph.is_uniform(id)) << index);
                shape.takes(bits.sum())
            })
            .then(|| {
                let operands = fit.operands.iter().flatten().copied().collect();
                (Operation { shape: *shape, operands, table: None }, fit.swallowed.clone())
            })
        });
        fitting.expect("each operation has a plain instruction, whichever operands are numbers")
    }
}

/// A pattern laid over values.
struct Fit<'a> {
    graph: &'a Graph,
    free: &'a dyn Fn(ValueId) -> bool,
    operands: [Option<ValueId>; MOST_OPERANDS],
    swallowed: Vec<ValueId>,
}

impl Fit<'_> {
    /// Whether each pattern fits its value such that the whole is `good`; tries both orders of what is symmetric.
    fn all(&mut self, wanted: &[(&Pattern, ValueId)], is_root: bool, good: &dyn Fn(&Self) -> bool) -> bool {
        let Some((&(pattern, id), rest)) = wanted.split_first() else {
            return good(self);
        };
        let (expected, inside) = match pattern {
            Pattern::Operand(index) => {
                self.operands[*index] = Some(id);
                let fits = self.all(rest, false, good);
                if !fits {
                    self.operands[*index] = None;
                }
                return fits;
            }
            Pattern::Of(expected, inside) => (*expected, inside),
        };
        let value = self.graph.value(id);
        if operator(value) != Some(expected) || !(is_root || (self.free)(id)) {
            return false;
        }
        if !is_root {
            self.swallowed.push(id);
        }
        let found: Vec<ValueId> = value.operands().collect();
        let mut orders = vec![found.clone()];
        if is_symmetric(expected) {
            orders.push(found.into_iter().rev().collect());
        }
        for order in orders {
            let mut wanted: Vec<(&Pattern, ValueId)> = inside.iter().zip(order).collect();
            wanted.extend_from_slice(rest);
            if self.all(&wanted, false, good) {
                return true;
            }
        }
        if !is_root {
            self.swallowed.pop();
        }
        false
    }
}

fn operator(value: Value) -> Option<Operator> {
    match value {
        Value::Unary(operation, _) => Some(Operator::Unary(operation)),
        Value::Binary(operation, ..) => Some(Operator::Binary(operation)),
        Value::Ternary(operation, ..) => Some(Operator::Ternary(operation)),
        _ => None,
    }
}

fn is_symmetric(operator: Operator) -> bool {
    use BinaryOperation::{Add, And, Equal, Multiply, NotEqual, Or};
    matches!(operator, Operator::Binary(Add | Multiply | Equal | NotEqual | And | Or))
}

/// How many operations a pattern is made of.
fn operations(pattern: &Pattern) -> usize {
    match pattern {
        Pattern::Operand(_) => 0,
        Pattern::Of(_, inside) => 1 + inside.iter().map(operations).sum::<usize>(),
    }
}

/// Reads a formula of the table, such as `add(multiply(a, b), c)`.
fn read(text: &mut &str) -> Pattern {
    let end = text.find(['(', ')', ',']).unwrap_or(text.len());
    // Elementary functions are written for several lanes at once.
    let name = text[..end].trim().trim_end_matches("_lanes");
    *text = &text[end..];
    let mut inside = Vec::new();
    if text.starts_with('(') {
        while !text.starts_with(')') {
            *text = &text[1..];
            inside.push(read(text));
        }
        *text = &text[1..];
    }
    match (name, name.as_bytes()) {
        (_, [letter]) => Pattern::Operand(usize::from(letter - b'a')),
        ("select_less", _) => compared(BinaryOperation::Less, inside),
        ("select_less_or_equal", _) => compared(BinaryOperation::LessOrEqual, inside),
        _ => Pattern::Of(named(name), inside),
    }
}

/// `c` if `a` compares with `b`, else `d`.
fn compared(test: BinaryOperation, mut operands: Vec<Pattern>) -> Pattern {
    let chosen = operands.split_off(2);
    let test = Pattern::Of(Operator::Binary(test), operands);
    Pattern::Of(Operator::Ternary(TernaryOperation::Select), std::iter::once(test).chain(chosen).collect())
}

/// The operation that a function of `arithmetic` carries out.
fn named(function: &str) -> Operator {
    match function {
        "negate" => Operator::Unary(UnaryOperation::Negate),
        "not" => Operator::Unary(UnaryOperation::Not),
        "abs" => Operator::Unary(UnaryOperation::Abs),
        "sqrt" => Operator::Unary(UnaryOperation::Sqrt),
        "exp" => Operator::Unary(UnaryOperation::Exp),
        "ln" => Operator::Unary(UnaryOperation::Ln),
        "truncate" => Operator::Unary(UnaryOperation::Truncate),
        "sin" => Operator::Unary(UnaryOperation::Sin),
        "cos" => Operator::Unary(UnaryOperation::Cos),
        "tan" => Operator::Unary(UnaryOperation::Tan),
        "arcsin" => Operator::Unary(UnaryOperation::Arcsin),
        "arccos" => Operator::Unary(UnaryOperation::Arccos),
        "arctan" => Operator::Unary(UnaryOperation::Arctan),
        "sinh" => Operator::Unary(UnaryOperation::Sinh),
        "cosh" => Operator::Unary(UnaryOperation::Cosh),
        "tanh" => Operator::Unary(UnaryOperation::Tanh),
        "gamma_ln" => Operator::Unary(UnaryOperation::GammaLn),
        "normal_below" => Operator::Unary(UnaryOperation::NormalBelow),
        "normal_quantile" => Operator::Unary(UnaryOperation::NormalQuantile),
        "add" => Operator::Binary(BinaryOperation::Add),
        "subtract" => Operator::Binary(BinaryOperation::Subtract),
        "multiply" => Operator::Binary(BinaryOperation::Multiply),
        "divide" => Operator::Binary(BinaryOperation::Divide),
        "power" => Operator::Binary(BinaryOperation::Power),
        "minimum" => Operator::Binary(BinaryOperation::Minimum),
        "maximum" => Operator::Binary(BinaryOperation::Maximum),
        "modulo" => Operator::Binary(BinaryOperation::Modulo),
        "less" => Operator::Binary(BinaryOperation::Less),
        "less_or_equal" => Operator::Binary(BinaryOperation::LessOrEqual),
        "equal" => Operator::Binary(BinaryOperation::Equal),
        "not_equal" => Operator::Binary(BinaryOperation::NotEqual),
        "and" => Operator::Binary(BinaryOperation::And),
        "or" => Operator::Binary(BinaryOperation::Or),
        "select" => Operator::Ternary(TernaryOperation::Select),
        "divide_or" => Operator::Ternary(TernaryOperation::DivideOr),
        _ => unreachable!("`{function}` stands in the table of instructions and names no operation"),
    }
}

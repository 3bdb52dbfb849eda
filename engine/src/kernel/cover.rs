//! Which instruction computes a value, and which values it swallows on the way.
//!
//! A value that only one other reads need not be written down if the reader's instruction can compute it in passing. The
//! formulas of the instructions are the patterns: each is tried on the value, the one that swallows most first.

use std::collections::BTreeMap;

use crate::kernel::graph::{Graph, Value, ValueId};
use crate::kernel::instruction::{ALL, MOST_OPERANDS, Shape};
use crate::structure::{BinaryOperation, LookupId, TernaryOperation, UnaryOperation};

/// An instruction before its places are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Operation {
    pub(super) shape: Shape,
    pub(super) operands: Vec<ValueId>,
    pub(super) table: Option<LookupId>,
}

/// What an instruction computes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    /// The operand in this place.
    Operand(usize),
    /// An operation on what other patterns compute.
    Of(Kind, Vec<Pattern>),
}

/// An operation, whatever it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Unary(UnaryOperation),
    Binary(BinaryOperation),
    Ternary(TernaryOperation),
}

/// The patterns of all instructions, by what they do last.
#[derive(Debug)]
pub(super) struct Patterns(BTreeMap<Kind, Vec<(Shape, Pattern)>>);

impl Patterns {
    /// Those of the table of instructions.
    pub(super) fn new() -> Self {
        let mut by_kind: BTreeMap<Kind, Vec<(Shape, Pattern)>> = BTreeMap::new();
        for &shape in ALL.iter().filter(|shape| !matches!(shape, Shape::Fill | Shape::Lookup | Shape::Copy)) {
            let pattern = read(&mut shape.formula());
            if let Pattern::Of(kind, _) = pattern {
                by_kind.entry(kind).or_default().push((shape, pattern));
            }
        }
        for patterns in by_kind.values_mut() {
            // Stable: of two that swallow as much, the one that stands first in the table.
            patterns.sort_by_key(|(_, pattern)| std::cmp::Reverse(operations(pattern)));
        }
        Self(by_kind)
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
        let kind = kind(graph.value(id)).expect("only what is computed is covered");
        let fitting = self.0[&kind].iter().find_map(|(shape, pattern)| {
            let mut fit = Fit { graph, free: &free, operands: [None; MOST_OPERANDS], swallowed: Vec::new() };
            fit.all(&[(pattern, id)], true, &|fit| {
                let operands = || fit.operands.iter().flatten();
                let bits = operands().enumerate().map(|(place, &id)| u16::from(graph.is_uniform(id)) << place);
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
            Pattern::Operand(place) => {
                self.operands[*place] = Some(id);
                let fits = self.all(rest, false, good);
                if !fits {
                    self.operands[*place] = None;
                }
                return fits;
            }
            Pattern::Of(expected, inside) => (*expected, inside),
        };
        let value = self.graph.value(id);
        if kind(value) != Some(expected) || !(is_root || (self.free)(id)) {
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

fn kind(value: Value) -> Option<Kind> {
    match value {
        Value::Unary(operation, _) => Some(Kind::Unary(operation)),
        Value::Binary(operation, ..) => Some(Kind::Binary(operation)),
        Value::Ternary(operation, ..) => Some(Kind::Ternary(operation)),
        _ => None,
    }
}

fn is_symmetric(kind: Kind) -> bool {
    use BinaryOperation::{Add, And, Equal, Multiply, NotEqual, Or};
    matches!(kind, Kind::Binary(Add | Multiply | Equal | NotEqual | And | Or))
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
    let test = Pattern::Of(Kind::Binary(test), operands);
    Pattern::Of(Kind::Ternary(TernaryOperation::Select), std::iter::once(test).chain(chosen).collect())
}

/// The operation that a function of `arithmetic` carries out.
fn named(function: &str) -> Kind {
    match function {
        "negate" => Kind::Unary(UnaryOperation::Negate),
        "not" => Kind::Unary(UnaryOperation::Not),
        "abs" => Kind::Unary(UnaryOperation::Abs),
        "sqrt" => Kind::Unary(UnaryOperation::Sqrt),
        "exp" => Kind::Unary(UnaryOperation::Exp),
        "ln" => Kind::Unary(UnaryOperation::Ln),
        "truncate" => Kind::Unary(UnaryOperation::Truncate),
        "sin" => Kind::Unary(UnaryOperation::Sin),
        "cos" => Kind::Unary(UnaryOperation::Cos),
        "tan" => Kind::Unary(UnaryOperation::Tan),
        "arcsin" => Kind::Unary(UnaryOperation::Arcsin),
        "arccos" => Kind::Unary(UnaryOperation::Arccos),
        "arctan" => Kind::Unary(UnaryOperation::Arctan),
        "sinh" => Kind::Unary(UnaryOperation::Sinh),
        "cosh" => Kind::Unary(UnaryOperation::Cosh),
        "tanh" => Kind::Unary(UnaryOperation::Tanh),
        "gamma_ln" => Kind::Unary(UnaryOperation::GammaLn),
        "normal_below" => Kind::Unary(UnaryOperation::NormalBelow),
        "normal_quantile" => Kind::Unary(UnaryOperation::NormalQuantile),
        "add" => Kind::Binary(BinaryOperation::Add),
        "subtract" => Kind::Binary(BinaryOperation::Subtract),
        "multiply" => Kind::Binary(BinaryOperation::Multiply),
        "divide" => Kind::Binary(BinaryOperation::Divide),
        "power" => Kind::Binary(BinaryOperation::Power),
        "minimum" => Kind::Binary(BinaryOperation::Minimum),
        "maximum" => Kind::Binary(BinaryOperation::Maximum),
        "modulo" => Kind::Binary(BinaryOperation::Modulo),
        "less" => Kind::Binary(BinaryOperation::Less),
        "less_or_equal" => Kind::Binary(BinaryOperation::LessOrEqual),
        "equal" => Kind::Binary(BinaryOperation::Equal),
        "not_equal" => Kind::Binary(BinaryOperation::NotEqual),
        "and" => Kind::Binary(BinaryOperation::And),
        "or" => Kind::Binary(BinaryOperation::Or),
        "select" => Kind::Ternary(TernaryOperation::Select),
        "divide_or" => Kind::Ternary(TernaryOperation::DivideOr),
        _ => unreachable!("`{function}` stands in the table of instructions and names no operation"),
    }
}

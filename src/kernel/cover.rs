//! Which instruction computes a value, and which values it swallows on the way.
//!
//! A value that only one other reads need not be written down if the reader's instruction can compute it in passing.

use crate::kernel::graph::{Graph, Value, ValueId};
use crate::kernel::instruction::Shape;
use crate::structure::{BinaryOperation, LookupId, TernaryOperation, UnaryOperation};

/// An instruction before its places are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Operation {
    pub(super) shape: Shape,
    pub(super) operands: Vec<ValueId>,
    pub(super) table: Option<LookupId>,
}

/// The operation that computes a value, and the values that need no instruction of their own because of it.
///
/// `free` tells whether a value may be swallowed: computed in this pass, and read by nobody else.
pub(super) fn cover(graph: &Graph, id: ValueId, free: impl Fn(ValueId) -> bool) -> (Operation, Vec<ValueId>) {
    let reader = Reader { graph, free: &free };
    reader.of_four(id).or_else(|| reader.of_three(id)).unwrap_or_else(|| (plain(graph, id), Vec::new()))
}

type Covered = (Operation, Vec<ValueId>);

/// Looks for fused instructions.
struct Reader<'a> {
    graph: &'a Graph,
    free: &'a dyn Fn(ValueId) -> bool,
}

impl Reader<'_> {
    /// The operands of a value that may be swallowed, if it is this operation.
    fn inner(&self, id: ValueId, operation: BinaryOperation) -> Option<(ValueId, ValueId)> {
        match self.graph.value(id) {
            Value::Binary(found, a, b) if found == operation && (self.free)(id) => Some((a, b)),
            _ => None,
        }
    }

    /// The fused operation, if it takes numbers where these operands are numbers.
    fn fused(&self, shape: Shape, operands: Vec<ValueId>, inside: Vec<ValueId>) -> Option<Covered> {
        let bits = operands.iter().enumerate().map(|(place, &id)| u16::from(self.graph.is_uniform(id)) << place);
        let numbers = bits.sum();
        shape.takes(numbers).then_some((Operation { shape, operands, table: None }, inside))
    }

    fn of_four(&self, id: ValueId) -> Option<Covered> {
        use BinaryOperation::{Add, Less, LessOrEqual, Multiply, Subtract};
        match self.graph.value(id) {
            Value::Binary(Add, x, y) => self.two_products(Shape::ProductSum, x, y).or_else(|| {
                [(x, y), (y, x)].into_iter().find_map(|(x, d)| {
                    self.nested(Shape::SumOfFour, x, Add, Add, d)
                        .or_else(|| self.nested(Shape::ProductPlusPlus, x, Add, Multiply, d))
                        .or_else(|| self.nested(Shape::DifferenceTimesPlus, x, Multiply, Subtract, d))
                })
            }),
            Value::Binary(Subtract, x, y) => self.two_products(Shape::ProductDifference, x, y),
            Value::Binary(Multiply, x, y) => [(x, y), (y, x)].into_iter().find_map(|(x, d)| {
                self.nested(Shape::ProductOfFour, x, Multiply, Multiply, d)
                    .or_else(|| self.nested(Shape::ProductSumTimes, x, Add, Multiply, d))
            }),
            Value::Ternary(TernaryOperation::Select, x, c, d) => {
                [(Less, Shape::SelectLess), (LessOrEqual, Shape::SelectLessOrEqual)].into_iter().find_map(
                    |(test, shape)| {
                        let (a, b) = self.inner(x, test)?;
                        self.fused(shape, vec![a, b, c, d], vec![x])
                    },
                )
            }
            _ => None,
        }
    }

    /// `(a * b) + (c * d)` and the like.
    fn two_products(&self, shape: Shape, x: ValueId, y: ValueId) -> Option<Covered> {
        let (a, b) = self.inner(x, BinaryOperation::Multiply)?;
        let (c, d) = self.inner(y, BinaryOperation::Multiply)?;
        self.fused(shape, vec![a, b, c, d], vec![x, y])
    }

    /// `((a innermost b) middle c)` in `x`, with `d` as the fourth operand; `middle` is symmetric.
    fn nested(
        &self,
        shape: Shape,
        x: ValueId,
        middle: BinaryOperation,
        innermost: BinaryOperation,
        d: ValueId,
    ) -> Option<Covered> {
        let (left, right) = self.inner(x, middle)?;
        [(left, right), (right, left)].into_iter().find_map(|(y, c)| {
            let (a, b) = self.inner(y, innermost)?;
            self.fused(shape, vec![a, b, c, d], vec![x, y])
        })
    }

    fn of_three(&self, id: ValueId) -> Option<Covered> {
        use BinaryOperation::{Add, Divide, Maximum, Minimum, Multiply, Subtract};
        let Value::Binary(outer, x, y) = self.graph.value(id) else {
            return None;
        };
        // The operation inside, and its shape where it stands on the left or on the right.
        let shapes: &[(BinaryOperation, Option<Shape>, Option<Shape>)] = match outer {
            Add => &[
                (Multiply, Some(Shape::ProductPlus), Some(Shape::ProductPlus)),
                (Divide, Some(Shape::QuotientPlus), Some(Shape::QuotientPlus)),
                (Subtract, Some(Shape::DifferencePlus), Some(Shape::DifferencePlus)),
                (Add, Some(Shape::SumPlus), Some(Shape::SumPlus)),
            ],
            Subtract => &[
                (Multiply, Some(Shape::ProductMinus), Some(Shape::MinusProduct)),
                (Divide, None, Some(Shape::MinusQuotient)),
                (Subtract, Some(Shape::DifferenceMinus), Some(Shape::MinusDifference)),
                (Add, Some(Shape::SumMinus), Some(Shape::MinusSum)),
            ],
            Multiply => &[
                (Subtract, Some(Shape::DifferenceTimes), Some(Shape::DifferenceTimes)),
                (Add, Some(Shape::SumTimes), Some(Shape::SumTimes)),
                (Divide, Some(Shape::QuotientTimes), Some(Shape::QuotientTimes)),
                (Multiply, Some(Shape::ProductTimes), Some(Shape::ProductTimes)),
            ],
            Divide => &[
                (Multiply, Some(Shape::ProductOver), Some(Shape::OverProduct)),
                (Subtract, Some(Shape::DifferenceOver), None),
                (Add, Some(Shape::SumOver), Some(Shape::OverSum)),
            ],
            Minimum => &[(Maximum, Some(Shape::MinimumMaximum), None), (Divide, Some(Shape::QuotientMinimum), None)],
            Maximum => {
                &[(Minimum, Some(Shape::MaximumMinimum), None), (Subtract, Some(Shape::DifferenceMaximum), None)]
            }
            _ => &[],
        };
        shapes.iter().find_map(|&(inside, on_the_left, on_the_right)| {
            [(x, y, on_the_left), (y, x, on_the_right)].into_iter().find_map(|(inner, c, shape)| {
                let (a, b) = self.inner(inner, inside)?;
                self.fused(shape?, vec![a, b, c], vec![inner])
            })
        })
    }
}

fn plain(graph: &Graph, id: ValueId) -> Operation {
    let value = graph.value(id);
    let (shape, table) = match value {
        Value::Unary(operation, _) => (unary(operation), None),
        Value::Binary(operation, ..) => (binary(operation), None),
        Value::Ternary(TernaryOperation::Select, ..) => (Shape::Select, None),
        Value::Ternary(TernaryOperation::DivideOr, ..) => (Shape::DivideOr, None),
        Value::Lookup(table, _) => (Shape::Lookup, Some(table)),
        _ => (Shape::Copy, None),
    };
    let mut operands: Vec<ValueId> = value.operands().collect();
    // The graph keeps no "greater"; should it ever, it is "less" the other way round.
    if matches!(value, Value::Binary(BinaryOperation::Greater | BinaryOperation::GreaterOrEqual, ..)) {
        operands.reverse();
    }
    Operation { shape, operands, table }
}

fn unary(operation: UnaryOperation) -> Shape {
    match operation {
        UnaryOperation::Negate => Shape::Negate,
        UnaryOperation::Not => Shape::Not,
        UnaryOperation::Abs => Shape::Abs,
        UnaryOperation::Sqrt => Shape::Sqrt,
        UnaryOperation::Exp => Shape::Exp,
        UnaryOperation::Ln => Shape::Ln,
        UnaryOperation::Truncate => Shape::Truncate,
        UnaryOperation::Sin => Shape::Sin,
        UnaryOperation::Cos => Shape::Cos,
        UnaryOperation::Tan => Shape::Tan,
        UnaryOperation::Arcsin => Shape::Arcsin,
        UnaryOperation::Arccos => Shape::Arccos,
        UnaryOperation::Arctan => Shape::Arctan,
    }
}

fn binary(operation: BinaryOperation) -> Shape {
    match operation {
        BinaryOperation::Add => Shape::Add,
        BinaryOperation::Subtract => Shape::Subtract,
        BinaryOperation::Multiply => Shape::Multiply,
        BinaryOperation::Divide => Shape::Divide,
        BinaryOperation::Power => Shape::Power,
        BinaryOperation::Minimum => Shape::Minimum,
        BinaryOperation::Maximum => Shape::Maximum,
        BinaryOperation::Modulo => Shape::Modulo,
        BinaryOperation::Less | BinaryOperation::Greater => Shape::Less,
        BinaryOperation::LessOrEqual | BinaryOperation::GreaterOrEqual => Shape::LessOrEqual,
        BinaryOperation::Equal => Shape::Equal,
        BinaryOperation::NotEqual => Shape::NotEqual,
        BinaryOperation::And => Shape::And,
        BinaryOperation::Or => Shape::Or,
    }
}

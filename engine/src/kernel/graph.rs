//! Every value a program may need, each written down once and knowing what it depends on.
//!
//! Two equations that say the same share one value. Nothing is reordered beyond what leaves every bit as it was: `a + b` is
//! `b + a`, but `(a + b) + c` is never `a + (b + c)`.

use std::collections::HashMap;

use crate::kernel::arithmetic;
use crate::structure::{BinaryOperation, LookupId, LookupTable, NoiseId, TernaryOperation, UnaryOperation};

/// Index of a value in a [`Graph`]; its operands have smaller ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ValueId(pub(super) u32);

/// A location of memory that outlives a step: a stock, a held value, what flows into a pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct CellId(pub(super) u32);

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Value {
    /// A number, by its bits.
    Number(u64),
    /// The time.
    Time,
    /// The time at the beginning of the step.
    StepTime,
    /// A varying constant, by its index in the request.
    Varying(u32),
    /// A driven constant at the initial time, by its index in the request.
    DrivenAtStart(u32),
    /// A driven constant at the step's beginning.
    Driven(u32),
    /// A source of chance at the initial time.
    NoiseAtStart(NoiseId),
    /// A source of chance in a step.
    Noise(NoiseId),
    /// What a cell holds at the beginning of a pass.
    Cell(CellId),
    /// One operand.
    Unary(UnaryOperation, ValueId),
    /// Two operands.
    Binary(BinaryOperation, ValueId, ValueId),
    /// Three operands.
    Ternary(TernaryOperation, ValueId, ValueId, ValueId),
    /// A table read.
    Lookup(LookupId, ValueId),
}

impl Value {
    /// The values it is computed from.
    pub(super) fn operands(&self) -> impl Iterator<Item = ValueId> + use<> {
        let (count, all) = match *self {
            Value::Unary(_, a) | Value::Lookup(_, a) => (1, [a, a, a]),
            Value::Binary(_, a, b) => (2, [a, b, b]),
            Value::Ternary(_, a, b, c) => (3, [a, b, c]),
            _ => (0, [ValueId(0); 3]),
        };
        all.into_iter().take(count)
    }
}

/// What a value depends on, and so when it is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Depends {
    /// On nothing: a number, known when the program is compiled.
    Nothing,
    /// On the time alone: one number for all lanes, known for every step when the program is compiled.
    Time,
    /// On what differs between runs: computed once a run.
    Run,
    /// On cells or driven constants: computed at every step.
    Step,
}

impl Depends {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            // Both at once can only be told at the step.
            (Depends::Time, Depends::Run) | (Depends::Run, Depends::Time) => Depends::Step,
            _ => self.max(other),
        }
    }
}

/// All values, operands before what is computed from them.
#[derive(Debug, Default)]
pub(super) struct Graph {
    values: Vec<Value>,
    depends: Vec<Depends>,
    numbering: HashMap<Value, ValueId>,
    lookups: Vec<LookupTable>,
}

impl Graph {
    /// No values yet, and these tables to read.
    pub(super) fn new(lookups: &[LookupTable]) -> Self {
        Self { lookups: lookups.to_vec(), ..Self::default() }
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// What a value is.
    pub(super) fn value(&self, id: ValueId) -> Value {
        self.values[id.0 as usize]
    }

    /// What a value depends on.
    pub(super) fn depends(&self, id: ValueId) -> Depends {
        self.depends[id.0 as usize]
    }

    /// Whether it is one number for all lanes at any time.
    pub(super) fn is_uniform(&self, id: ValueId) -> bool {
        self.depends(id) <= Depends::Time
    }

    /// The number that a value is, if it depends on nothing.
    pub(super) fn number_of(&self, id: ValueId) -> Option<f64> {
        match self.value(id) {
            Value::Number(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    /// A number.
    pub(super) fn number(&mut self, number: f64) -> ValueId {
        let number = if number.is_nan() { f64::NAN } else { number };
        self.add(Value::Number(number.to_bits()), Depends::Nothing)
    }

    /// The time.
    pub(super) fn time(&mut self) -> ValueId {
        self.add(Value::Time, Depends::Time)
    }

    /// The time at the beginning of the step.
    pub(super) fn step_time(&mut self) -> ValueId {
        self.add(Value::StepTime, Depends::Time)
    }

    /// A varying constant.
    pub(super) fn varying(&mut self, index: usize) -> ValueId {
        self.add(Value::Varying(index as u32), Depends::Run)
    }

    /// A driven constant at the initial time.
    pub(super) fn driven_at_start(&mut self, index: usize) -> ValueId {
        self.add(Value::DrivenAtStart(index as u32), Depends::Run)
    }

    /// A driven constant at the step's beginning.
    pub(super) fn driven(&mut self, index: usize) -> ValueId {
        self.add(Value::Driven(index as u32), Depends::Step)
    }

    /// A source of chance at the initial time.
    pub(super) fn noise_at_start(&mut self, noise: NoiseId) -> ValueId {
        self.add(Value::NoiseAtStart(noise), Depends::Run)
    }

    /// A source of chance in a step.
    pub(super) fn noise(&mut self, noise: NoiseId) -> ValueId {
        self.add(Value::Noise(noise), Depends::Step)
    }

    /// What a cell holds.
    pub(super) fn cell(&mut self, cell: CellId) -> ValueId {
        self.add(Value::Cell(cell), Depends::Step)
    }

    /// An operation of one operand.
    pub(super) fn unary(&mut self, operation: UnaryOperation, a: ValueId) -> ValueId {
        if let Some(a) = self.number_of(a) {
            return self.number(arithmetic::unary(operation, a));
        }
        self.add(Value::Unary(operation, a), self.depends(a))
    }

    /// An operation of two operands.
    pub(super) fn binary(&mut self, operation: BinaryOperation, a: ValueId, b: ValueId) -> ValueId {
        use BinaryOperation::{
            Add, And, Divide, Equal, Greater, GreaterOrEqual, Less, LessOrEqual, Multiply, NotEqual, Or, Subtract,
        };
        let numbers = (self.number_of(a), self.number_of(b));
        if let (Some(a), Some(b)) = numbers {
            return self.number(arithmetic::binary(operation, a, b));
        }
        // Each of these leaves every bit as it was, signed zeros and infinities included.
        match (operation, numbers) {
            (Multiply, (Some(1.0), None)) => return b,
            (Multiply | Divide, (None, Some(1.0))) => return a,
            (Subtract, (None, Some(zero))) if zero.to_bits() == 0.0_f64.to_bits() => return a,
            (Divide, (None, Some(divisor))) if is_power_of_two(divisor) => {
                let reciprocal = self.number(1.0 / divisor);
                return self.binary(Multiply, a, reciprocal);
            }
            (Add, _) => {
                // a + (-b) is a - b.
                if let Value::Unary(UnaryOperation::Negate, negated) = self.value(b) {
                    return self.binary(Subtract, a, negated);
                }
                if let Value::Unary(UnaryOperation::Negate, negated) = self.value(a) {
                    return self.binary(Subtract, b, negated);
                }
            }
            (Subtract, _) => {
                if let Value::Unary(UnaryOperation::Negate, negated) = self.value(b) {
                    return self.binary(Add, a, negated);
                }
            }
            (Greater, _) => return self.binary(Less, b, a),
            (GreaterOrEqual, _) => return self.binary(LessOrEqual, b, a),
            _ => {}
        }
        let symmetric = matches!(operation, Add | Multiply | Equal | NotEqual | And | Or);
        // What is one number for all lanes goes to the right, so that fewer kinds of instructions are needed.
        let swap = symmetric && (self.is_uniform(b), b) < (self.is_uniform(a), a);
        let (a, b) = if swap { (b, a) } else { (a, b) };
        let depends = self.depends(a).and(self.depends(b));
        self.add(Value::Binary(operation, a, b), depends)
    }

    /// An operation of three operands.
    pub(super) fn ternary(&mut self, operation: TernaryOperation, a: ValueId, b: ValueId, c: ValueId) -> ValueId {
        let numbers = (self.number_of(a), self.number_of(b), self.number_of(c));
        if let (Some(a), Some(b), Some(c)) = numbers {
            return self.number(arithmetic::ternary(operation, a, b, c));
        }
        match (operation, numbers) {
            (TernaryOperation::Select, (Some(condition), _, _)) => {
                return if condition != 0.0 { b } else { c };
            }
            (TernaryOperation::Select, _) if b == c => return b,
            (TernaryOperation::DivideOr, (_, Some(divisor), _)) => {
                let small = divisor.abs() < arithmetic::SMALLEST_DIVISOR;
                return if small { c } else { self.binary(BinaryOperation::Divide, a, b) };
            }
            _ => {}
        }
        let depends = self.depends(a).and(self.depends(b)).and(self.depends(c));
        self.add(Value::Ternary(operation, a, b, c), depends)
    }

    /// A table read.
    pub(super) fn lookup(&mut self, table: LookupId, at: ValueId) -> ValueId {
        if let Some(number) = self.number_of(at) {
            let value = self.read(table, number);
            return self.number(value);
        }
        self.add(Value::Lookup(table, at), self.depends(at))
    }

    /// What these values, which depend on nothing but the time, are at one time of a step that began at `step_time`.
    pub(super) fn at_time(&self, time: f64, step_time: f64, wanted: &[ValueId]) -> Vec<f64> {
        let mut known: Vec<f64> = vec![f64::NAN; wanted.iter().map(|id| id.0 as usize + 1).max().unwrap_or(0)];
        for index in 0..known.len() {
            if self.depends[index] > Depends::Time {
                continue;
            }
            let of = |id: ValueId| known[id.0 as usize];
            known[index] = match self.values[index] {
                Value::Number(bits) => f64::from_bits(bits),
                Value::Time => time,
                Value::StepTime => step_time,
                Value::Unary(operation, a) => arithmetic::unary(operation, of(a)),
                Value::Binary(operation, a, b) => arithmetic::binary(operation, of(a), of(b)),
                Value::Ternary(operation, a, b, c) => arithmetic::ternary(operation, of(a), of(b), of(c)),
                Value::Lookup(table, a) => self.read(table, of(a)),
                Value::Varying(_)
                | Value::DrivenAtStart(_)
                | Value::Driven(_)
                | Value::NoiseAtStart(_)
                | Value::Noise(_)
                | Value::Cell(_) => f64::NAN,
            };
        }
        wanted.iter().map(|id| known[id.0 as usize]).collect()
    }

    fn read(&self, table: LookupId, at: f64) -> f64 {
        let table = &self.lookups[table.0 as usize];
        arithmetic::interpolate(&table.x, &table.y, at)
    }

    fn add(&mut self, value: Value, depends: Depends) -> ValueId {
        if let Some(&known) = self.numbering.get(&value) {
            return known;
        }
        let id = ValueId(self.values.len() as u32);
        self.values.push(value);
        self.depends.push(depends);
        self.numbering.insert(value, id);
        id
    }
}

/// Whether dividing by it is the same, to the bit, as multiplying by its reciprocal.
fn is_power_of_two(number: f64) -> bool {
    const MANTISSA: u64 = (1 << 52) - 1;
    number.is_normal() && (1.0 / number).is_normal() && number.to_bits() & MANTISSA == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_twice_is_one_value() {
        let mut graph = Graph::new(&[]);
        let (a, b) = (graph.varying(0), graph.varying(1));
        let first = graph.binary(BinaryOperation::Add, a, b);
        assert_eq!(first, graph.binary(BinaryOperation::Add, b, a));
        assert_ne!(graph.binary(BinaryOperation::Subtract, a, b), graph.binary(BinaryOperation::Subtract, b, a));
    }

    #[test]
    fn numbers_fold_and_time_with_a_run_is_a_step() {
        let mut graph = Graph::new(&[]);
        let (two, three, time, run) = (graph.number(2.0), graph.number(3.0), graph.time(), graph.varying(0));
        let five = graph.binary(BinaryOperation::Add, two, three);
        assert_eq!(graph.number_of(five), Some(5.0));
        let later = graph.binary(BinaryOperation::Add, time, two);
        assert_eq!(graph.depends(later), Depends::Time);
        assert_eq!(graph.at_time(7.0, 6.5, &[later, five]), [9.0, 5.0]);
        let both = graph.binary(BinaryOperation::Multiply, later, run);
        assert_eq!(graph.depends(both), Depends::Step);
    }

    #[test]
    fn halving_becomes_a_product_and_thirds_do_not() {
        let mut graph = Graph::new(&[]);
        let (a, two, three) = (graph.varying(0), graph.number(2.0), graph.number(3.0));
        let half = graph.binary(BinaryOperation::Divide, a, two);
        assert!(matches!(graph.value(half), Value::Binary(BinaryOperation::Multiply, _, _)));
        let third = graph.binary(BinaryOperation::Divide, a, three);
        assert!(matches!(graph.value(third), Value::Binary(BinaryOperation::Divide, _, _)));
        assert!(!is_power_of_two(f64::MIN_POSITIVE / 2.0) && !is_power_of_two(0.0) && is_power_of_two(-0.25));
    }
}

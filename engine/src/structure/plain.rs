//! Functions without a memory, as operations.

use crate::model::Function;

use super::expansion::{Expansion, Here};
use super::term::{binary, ternary, unary};
use super::{BinaryOperation, Term, TernaryOperation, UnaryOperation};

impl Expansion<'_, '_, '_> {
    /// A function without a memory as operations; all others are handed on.
    pub(super) fn plain(&mut self, function: Function, mut terms: Vec<Term>, here: &mut Here) -> Term {
        let one = match function {
            Function::Abs => Some(UnaryOperation::Abs),
            Function::Sqrt => Some(UnaryOperation::Sqrt),
            Function::Exp => Some(UnaryOperation::Exp),
            Function::Ln => Some(UnaryOperation::Ln),
            Function::Integer => Some(UnaryOperation::Truncate),
            Function::Sin => Some(UnaryOperation::Sin),
            Function::Cos => Some(UnaryOperation::Cos),
            Function::Tan => Some(UnaryOperation::Tan),
            Function::Arcsin => Some(UnaryOperation::Arcsin),
            Function::Arccos => Some(UnaryOperation::Arccos),
            Function::Arctan => Some(UnaryOperation::Arctan),
            Function::Sinh => Some(UnaryOperation::Sinh),
            Function::Cosh => Some(UnaryOperation::Cosh),
            Function::Tanh => Some(UnaryOperation::Tanh),
            Function::GammaLn => Some(UnaryOperation::GammaLn),
            _ => None,
        };
        let two = match function {
            Function::Min => Some(BinaryOperation::Minimum),
            Function::Max => Some(BinaryOperation::Maximum),
            Function::Power => Some(BinaryOperation::Power),
            Function::Modulo => Some(BinaryOperation::Modulo),
            _ => None,
        };
        match (one, two, function, terms.len()) {
            (Some(operation), _, _, 1) => unary(operation, terms.remove(0)),
            (_, Some(operation), _, 2) => {
                let second = terms.remove(1);
                binary(operation, terms.remove(0), second)
            }
            (_, _, Function::Log, 2) => {
                let base = unary(UnaryOperation::Ln, terms.remove(1));
                binary(BinaryOperation::Divide, unary(UnaryOperation::Ln, terms.remove(0)), base)
            }
            (_, _, Function::Quantum, 2) => {
                let quantum = self.shared(terms.remove(1), "quantum", here);
                let x = self.shared(terms.remove(0), "input", here);
                let times = binary(BinaryOperation::Divide, x.clone(), quantum.clone());
                let whole = binary(BinaryOperation::Multiply, quantum.clone(), unary(UnaryOperation::Truncate, times));
                let sound = binary(BinaryOperation::Greater, quantum, Term::Number(0.0));
                ternary(TernaryOperation::Select, sound, whole, x)
            }
            (_, _, Function::Zidz, 2) => {
                let second = terms.remove(1);
                ternary(TernaryOperation::DivideOr, terms.remove(0), second, Term::Number(0.0))
            }
            (_, _, Function::Xidz | Function::IfThenElse, 3) => {
                let operation = match function {
                    Function::Xidz => TernaryOperation::DivideOr,
                    _ => TernaryOperation::Select,
                };
                let (third, second) = (terms.remove(2), terms.remove(1));
                ternary(operation, terms.remove(0), second, third)
            }
            _ => self.stateful(function, terms, 1, here),
        }
    }
}

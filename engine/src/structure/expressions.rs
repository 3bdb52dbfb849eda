//! Expressions with names and subscripts become terms over scalars, element by element.

use crate::diagnostic::catalogue::notation as text_code;
use crate::diagnostic::catalogue::structure as code;
use crate::model::{BinaryOperator, Expression, ExpressionKind, Function, Name, Subscript, TextRange, UnaryOperator};

use super::expansion::{Expansion, Here, LONGEST_CHAIN, MOST_TERMS};
use super::names::Found;
use super::stateful::{order_argument, stages};
use super::tables::table_of;
use super::term::{binary, unary};
use super::{BinaryOperation, LookupId, Rule, Term, UnaryOperation};

impl Expansion<'_, '_, '_> {
    /// The rule of a scalar from its expression.
    pub(super) fn rule(&mut self, expression: &Expression, here: &mut Here) -> Rule {
        if let ExpressionKind::Call { function, name_at, arguments } = &expression.kind {
            match (function, arguments.as_slice()) {
                (Function::Game, [argument]) => return self.rule(argument, here),
                (Function::Integ, [flow, initial]) => {
                    let flow = self.term(flow, here);
                    return Rule::Stock { initial: self.term(initial, here), flow };
                }
                (Function::Initial, [argument]) => return Rule::Frozen(self.term(argument, here)),
                (Function::ActiveInitial, [active, initial]) => {
                    let term = self.term(active, here);
                    return Rule::Auxiliary { term, initial: Some(self.term(initial, here)) };
                }
                (Function::DelayFixed, [input, delay, initial]) => {
                    self.warn_of_short_delay(*function, delay, 1, *name_at, here);
                    let (input, delay) = (self.term(input, here), self.term(delay, here));
                    return Rule::Pipeline { input, delay, initial: self.term(initial, here) };
                }
                _ => {}
            }
        }
        Rule::Auxiliary { term: self.term(expression, here), initial: None }
    }

    /// The term of an expression.
    pub(super) fn term(&mut self, expression: &Expression, here: &mut Here) -> Term {
        self.terms += 1;
        if self.terms > MOST_TERMS {
            self.too_many_terms(expression.at);
            return Term::Number(f64::NAN);
        }
        match &expression.kind {
            ExpressionKind::Number(number) => Term::Number(*number),
            ExpressionKind::Reference { name, subscripts } => self.reference(name, subscripts, expression.at, here),
            ExpressionKind::Unary { operator, operand } => {
                let inner = self.term(operand, here);
                match (operator, inner) {
                    (UnaryOperator::Plus, inner) => inner,
                    (UnaryOperator::Negate, Term::Number(number)) => Term::Number(-number),
                    (UnaryOperator::Negate, inner) => unary(UnaryOperation::Negate, inner),
                    (UnaryOperator::Not, inner) => unary(UnaryOperation::Not, inner),
                }
            }
            ExpressionKind::Binary { .. } => self.chain(expression, here),
            ExpressionKind::Call { function, name_at, arguments } => self.call(*function, *name_at, arguments, here),
            ExpressionKind::LookupCall { name, subscripts, argument } => {
                let argument_term = self.term(argument, here);
                match self.found(name, subscripts, expression.at, here) {
                    Some(Found::Table(table)) => Term::Lookup(table, Box::new(argument_term)),
                    Some(_) => {
                        let mut hints = Vec::new();
                        if let Some(variable) = self.fixed.drafts.find(name) {
                            let line = self.notes.line(self.fixed.drafts.first_equation(variable).left.at);
                            hints.push(format!("it is defined at line {line}; to multiply, write `*`"));
                        }
                        let message = format!("`{name}` is no lookup table and cannot be read at a number");
                        self.notes.error(code::LOOKUP_USE, expression.at, message, hints);
                        Term::Number(f64::NAN)
                    }
                    None => Term::Number(f64::NAN),
                }
            }
            ExpressionKind::WithLookup { argument, lookup } => {
                let argument = self.term(argument, here);
                let table = match self.inline.get(&lookup.at.start) {
                    Some(table) => *table,
                    None => {
                        let table = LookupId(self.tables.len() as u32);
                        self.tables.push(table_of(lookup, "this table", self.notes));
                        self.inline.insert(lookup.at.start, table);
                        table
                    }
                };
                Term::Lookup(table, Box::new(argument))
            }
        }
    }

    /// Operators written one after another, from left to right without descending into the left.
    fn chain(&mut self, expression: &Expression, here: &mut Here) -> Term {
        let mut links = Vec::new();
        let mut at = expression;
        while let ExpressionKind::Binary { operator, left, right } = &at.kind {
            links.push((*operator, right.as_ref()));
            at = left;
        }
        let mut term = self.term(at, here);
        for (index, (operator, right)) in links.into_iter().rev().enumerate() {
            if index > 0 && index % LONGEST_CHAIN == 0 {
                term = self.shared(term, "part", here);
            }
            let right = self.term(right, here);
            term = binary(operation(operator), term, right);
        }
        term
    }

    fn reference(&mut self, name: &Name, subscripts: &[Subscript], at: TextRange, here: &mut Here) -> Term {
        match self.found(name, subscripts, at, here) {
            Some(Found::Term(term)) => term,
            Some(Found::Table(_)) => {
                let message = format!("`{name}` is a lookup table, used here as a number");
                self.notes.error(code::LOOKUP_USE, at, message, vec![format!("read it at a number: `{name}(x)`")]);
                Term::Number(f64::NAN)
            }
            None => Term::Number(f64::NAN),
        }
    }

    fn call(&mut self, function: Function, name_at: TextRange, arguments: &[Expression], here: &mut Here) -> Term {
        let wanted = function.parameters().len();
        if arguments.len() != wanted {
            let name = self.notes.written(name_at);
            let message = format!("{name} takes {wanted} arguments, but {} are given", arguments.len());
            let hint = format!("write `{name}({})`", function.parameters().join(", "));
            self.notes.error(text_code::ARGUMENTS, name_at, message, vec![hint]);
            return Term::Number(f64::NAN);
        }
        match function {
            Function::Sum => return self.fold(BinaryOperation::Add, function, name_at, &arguments[0], here),
            Function::Prod => return self.fold(BinaryOperation::Multiply, function, name_at, &arguments[0], here),
            Function::Vmin => return self.fold(BinaryOperation::Minimum, function, name_at, &arguments[0], here),
            Function::Vmax => return self.fold(BinaryOperation::Maximum, function, name_at, &arguments[0], here),
            Function::Integ => {
                let message = "INTEG stands inside an expression".to_owned();
                let hint = "give the stock an equation of its own, `Stock = INTEG(flow, initial value)`".to_owned();
                self.notes.error(code::NESTED_INTEG, name_at, message, vec![hint]);
                return Term::Number(f64::NAN);
            }
            _ => {}
        }
        let special = self.vector(function, name_at, arguments, here);
        let special = special.or_else(|| self.reading(function, name_at, arguments, here));
        if let Some(term) = special.or_else(|| self.chance(function, arguments, here)) {
            return term;
        }
        if let Some(order_of) = order_argument(function) {
            let order = self.order(function, &arguments[order_of], &arguments[1], name_at, here);
            self.warn_of_short_delay(function, &arguments[1], order, name_at, here);
            let terms = arguments[..order_of].iter().map(|argument| self.term(argument, here)).collect();
            return self.stateful(function, terms, order, here);
        }
        if let Some(order) = stages(function) {
            self.warn_of_short_delay(function, &arguments[1], order, name_at, here);
        }
        let terms: Vec<Term> = arguments.iter().map(|argument| self.term(argument, here)).collect();
        self.plain(function, terms, here)
    }
}

fn operation(operator: BinaryOperator) -> BinaryOperation {
    match operator {
        BinaryOperator::Add => BinaryOperation::Add,
        BinaryOperator::Subtract => BinaryOperation::Subtract,
        BinaryOperator::Multiply => BinaryOperation::Multiply,
        BinaryOperator::Divide => BinaryOperation::Divide,
        BinaryOperator::Power => BinaryOperation::Power,
        BinaryOperator::Less => BinaryOperation::Less,
        BinaryOperator::LessOrEqual => BinaryOperation::LessOrEqual,
        BinaryOperator::Greater => BinaryOperation::Greater,
        BinaryOperator::GreaterOrEqual => BinaryOperation::GreaterOrEqual,
        BinaryOperator::Equal => BinaryOperation::Equal,
        BinaryOperator::NotEqual => BinaryOperation::NotEqual,
        BinaryOperator::And => BinaryOperation::And,
        BinaryOperator::Or => BinaryOperation::Or,
    }
}

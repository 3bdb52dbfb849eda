//! SUM, PROD, VMIN and VMAX: what stands under them is written out at every element that `!` runs over.

use crate::diagnostic::catalogue::structure as code;
use crate::model::{Expression, ExpressionKind, Function, Name, TextRange};

use super::draft::product;
use super::expansion::{Expansion, Here, LONGEST_CHAIN, MOST_TERMS};
use super::ranges::{ElementId, RangeId};
use super::term::binary;
use super::{BinaryOperation, Term};

/// A sum of more terms than this over all elements of its equation is kept as lists, if it is of products.
const MOST_WRITTEN_OUT: usize = 200_000;
impl Expansion<'_, '_, '_> {
    /// The ranges that some expressions run over with `!`.
    pub(super) fn ranges_run_over(&self, expressions: &[&Expression]) -> Vec<RangeId> {
        let mut over: Vec<RangeId> = Vec::new();
        for expression in expressions {
            summed_ranges(expression, &mut |name| {
                if let Some(range) = self.fixed.ranges.find_range(name)
                    && !over.contains(&range)
                {
                    over.push(range);
                }
            });
        }
        over
    }

    /// Does something while ranges with `!` stand at these elements.
    pub(super) fn running<T>(
        &mut self,
        at: impl Iterator<Item = (RangeId, ElementId)>,
        here: &mut Here,
        work: impl FnOnce(&mut Self, &mut Here) -> T,
    ) -> T {
        let before = here.summed.len();
        here.summed.extend(at);
        let done = work(self, here);
        here.summed.truncate(before);
        done
    }

    /// Whether so many terms may be written out; told before memory is spent, for each element of the equation has as many.
    pub(super) fn can_be_written_out(&mut self, choices: &[Vec<ElementId>], name_at: TextRange, here: &Here) -> bool {
        let many = choices.iter().fold(here.siblings, |many, choice| many.saturating_mul(choice.len()));
        if many > MOST_TERMS {
            self.too_many_terms(name_at);
        }
        many <= MOST_TERMS
    }

    /// SUM and its like: every element spread out, folded from left to right.
    pub(super) fn fold(
        &mut self,
        operation: BinaryOperation,
        function: Function,
        name_at: TextRange,
        argument: &Expression,
        here: &mut Here,
    ) -> Term {
        let ranges = self.fixed.ranges;
        let over = self.ranges_run_over(&[argument]);
        if over.is_empty() {
            let name = self.notes.written(name_at);
            let message = format!("{name} has no subscript with `!` to run over");
            let hint = format!("write `{name}(x[Range!])`");
            // What is wrong inside is told by itself, and then that is all.
            let before = self.notes.count();
            self.term(argument, here);
            if self.notes.count() == before {
                self.notes.error(code::RUNS_OVER, name_at, message, vec![hint]);
            }
            return Term::Number(f64::NAN);
        }
        let choices: Vec<Vec<ElementId>> = over.iter().map(|range| ranges.range(*range).elements.clone()).collect();
        let many = choices.iter().fold(1_usize, |many, choice| many.saturating_mul(choice.len()));
        if function == Function::Sum
            && many.saturating_mul(here.siblings) > MOST_WRITTEN_OUT
            && let Some(sum) = self.contracted(argument, &over, here)
        {
            return sum;
        }
        if !self.can_be_written_out(&choices, name_at, here) {
            return Term::Number(f64::NAN);
        }
        let before = here.summed.len();
        let mut folded: Option<Term> = None;
        for (index, elements) in product(&choices).into_iter().enumerate() {
            here.summed.extend(over.iter().copied().zip(elements));
            let next = self.term(argument, here);
            here.summed.truncate(before);
            if self.too_many {
                break;
            }
            folded = Some(match folded {
                None => next,
                Some(term) => {
                    let term = if index % LONGEST_CHAIN == 0 { self.shared(term, "part", here) } else { term };
                    binary(operation, term, next)
                }
            });
        }
        folded.unwrap_or(Term::Number(0.0))
    }
}

/// Calls `found` for each range with `!` in an expression, those of inner sums left out.
fn summed_ranges(expression: &Expression, found: &mut impl FnMut(&Name)) {
    let mut open = vec![expression];
    while let Some(next) = open.pop() {
        let subscripts = match &next.kind {
            ExpressionKind::Number(_) => continue,
            ExpressionKind::Reference { subscripts, .. } => subscripts,
            ExpressionKind::Unary { operand, .. } => {
                open.push(operand);
                continue;
            }
            ExpressionKind::Binary { left, right, .. } => {
                open.extend([right.as_ref(), left.as_ref()]);
                continue;
            }
            ExpressionKind::Call { function, arguments, .. } => {
                if !matches!(
                    function,
                    Function::Sum | Function::Prod | Function::Vmin | Function::Vmax | Function::VectorSelect
                ) {
                    open.extend(arguments.iter().rev());
                }
                continue;
            }
            ExpressionKind::LookupCall { subscripts, argument, .. } => {
                open.push(argument);
                subscripts
            }
            ExpressionKind::WithLookup { argument, .. } => {
                open.push(argument);
                continue;
            }
        };
        subscripts.iter().filter(|subscript| subscript.summed).for_each(|subscript| found(&subscript.name));
    }
}

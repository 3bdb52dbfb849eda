//! Functions of a whole vector: sorting, ranking, picking out, and sharing among claimants, written out over its elements.
//!
//! A vector is what an argument is at each element of its last subscript, in the order of the range. As Vensim has it, positions
//! in a vector are counted from 0, ranks from 1; a `direction` above 0 is ascending, any other descending. Of elements
//! that are alike the earlier comes first.

use crate::diagnostic::catalogue::structure as code;
use crate::model::{Expression, ExpressionKind, Function, Name, TextRange};

use super::draft::product;
use super::expansion::{Expansion, Here};
use super::ranges::{ElementId, RangeId};
use super::term::{binary, ternary, unary};
use super::{BinaryOperation, Rule, ScalarId, Term, TernaryOperation, UnaryOperation, VariableKind};

/// Every element is set against every other, so that a longer vector would be millions of comparisons a step.
const LONGEST_VECTOR: usize = 300;

/// What Vensim computes with for what is not there, -2^109.
const NOT_AVAILABLE: f64 = -649_037_107_316_853_453_566_312_041_152_512.0;

/// What VECTOR SELECT does with what is selected.
#[derive(Clone, Copy, PartialEq)]
enum Gathered {
    Sum,
    Product,
    Least,
    Greatest,
    Mean,
}

impl Expansion<'_, '_, '_> {
    /// A function of a vector; `None` for all other functions.
    pub(super) fn vector(
        &mut self,
        function: Function,
        name_at: TextRange,
        arguments: &[Expression],
        here: &mut Here,
    ) -> Option<Term> {
        let term = match (function, arguments) {
            (Function::ElmCount, [range]) => self.number_of_elements(range),
            (Function::VectorElmMap, [from, offset]) => self.element_map(from, offset, here),
            (Function::VectorSelect, [selection, x, missing, action, _]) => {
                self.select(selection, x, missing, action, name_at, here)
            }
            (Function::VectorSortOrder | Function::VectorRank, [x, direction]) => {
                self.whole(name_at, x, here, |expansion, range, here| {
                    let ranks = expansion.ranks(x, direction, range, here);
                    if function == Function::VectorRank { ranks.map(above_zero) } else { ranks.map(inverse) }
                })
            }
            (Function::VectorReorder, [x, order]) => self.whole(name_at, x, here, |expansion, range, here| {
                let (x, order) = (expansion.along(x, range, here), expansion.along(order, range, here));
                Some(order.into_iter().map(|position| expansion.at_position(&x, position, here)).collect())
            }),
            (Function::AllocateAvailable | Function::AllocateByPriority, [request, ..]) => {
                self.whole(name_at, request, here, |expansion, range, here| {
                    expansion.allocation(function, arguments, range, here)
                })
            }
            _ => return None,
        };
        Some(term.unwrap_or(Term::Number(f64::NAN)))
    }

    fn vector_error<T>(&mut self, at: TextRange, message: String, hint: &str) -> Option<T> {
        self.notes.error(code::VECTOR_USE, at, message, vec![hint.to_owned()]);
        None
    }

    /// ELMCOUNT.
    fn number_of_elements(&mut self, range: &Expression) -> Option<Term> {
        if let ExpressionKind::Reference { name, subscripts } = &range.kind
            && subscripts.is_empty()
            && let Some(range) = self.fixed.ranges.find_range(name)
        {
            return Some(Term::Number(self.fixed.ranges.range(range).elements.len() as f64));
        }
        self.vector_error(
            range.at,
            "ELMCOUNT counts the elements of a subscript range".to_owned(),
            "name a range, `ELMCOUNT(Region)`",
        )
    }

    /// The value of a function of a vector at the element where the equation stands; all are worked out together, once.
    fn whole(
        &mut self,
        name_at: TextRange,
        vector: &Expression,
        here: &mut Here,
        work: impl FnOnce(&mut Self, RangeId, &mut Here) -> Option<Vec<Term>>,
    ) -> Option<Term> {
        let range = last_range(self, vector, here)?;
        let element = self.fixed.ranges.stands_at(range, &here.bound)?;
        let position = self.fixed.ranges.range(range).position(element)?;
        let others: Vec<(RangeId, ElementId)> = here
            .bound
            .iter()
            .copied()
            .filter(|(other, _)| {
                let ranges = self.fixed.ranges;
                ranges.range(*other).original != ranges.range(range).original
            })
            .collect();
        let key = (name_at.start, others);
        if !self.vectors.contains_key(&key) {
            let length = self.fixed.ranges.range(range).elements.len();
            let results = if length > LONGEST_VECTOR {
                let range = &self.fixed.ranges.range(range).name;
                let message = format!(
                    "`{range}` has {length} elements, and a function of a vector is worked out for at most {LONGEST_VECTOR}"
                );
                self.vector_error(
                    name_at,
                    message,
                    "order a shorter range, or sort the numbers before they are written into the model",
                )
            } else {
                work(self, range, here)
            };
            let results = results.map(|all| all.into_iter().map(|term| self.shared(term, "element", here)).collect());
            self.vectors.insert(key.clone(), results);
        }
        self.vectors[&key].as_ref()?.get(position).cloned()
    }

    /// What an expression is at each element of a range.
    fn along(&mut self, expression: &Expression, range: RangeId, here: &mut Here) -> Vec<Term> {
        let elements = self.fixed.ranges.range(range).elements.clone();
        let at = |element| {
            here.bound.insert(0, (range, element));
            let term = self.term(expression, here);
            here.bound.remove(0);
            self.shared(term, "element", here)
        };
        elements.into_iter().map(at).collect()
    }

    /// How many elements come before each one.
    fn ranks(&mut self, x: &Expression, direction: &Expression, range: RangeId, here: &mut Here) -> Option<Vec<Term>> {
        let direction = self.term(direction, here);
        let sign = match direction {
            Term::Number(number) => Term::Number(if number > 0.0 { 1.0 } else { -1.0 }),
            moving => {
                let ascending = binary(BinaryOperation::Greater, moving, Term::Number(0.0));
                ternary(TernaryOperation::Select, ascending, Term::Number(1.0), Term::Number(-1.0))
            }
        };
        let sign = self.shared(sign, "direction", here);
        let x: Vec<Term> = self.along(x, range, here);
        let x: Vec<Term> = x
            .into_iter()
            .map(|x| match &sign {
                Term::Number(1.0) => x,
                _ => self.shared(binary(BinaryOperation::Multiply, x, sign.clone()), "key", here),
            })
            .collect();
        let rank = |one: usize| {
            let before = (0..x.len()).filter(|other| *other != one).map(|other| {
                let test = if other < one { BinaryOperation::LessOrEqual } else { BinaryOperation::Less };
                binary(test, x[other].clone(), x[one].clone())
            });
            let rank = self.folded(BinaryOperation::Add, before.collect(), Term::Number(0.0), here);
            self.shared(rank, "rank", here)
        };
        Some((0..x.len()).map(rank).collect())
    }

    /// Terms taken together from left to right, cut where they would become too deep to walk.
    pub(super) fn folded(&mut self, operation: BinaryOperation, terms: Vec<Term>, none: Term, here: &Here) -> Term {
        let mut folded: Option<Term> = None;
        for (position, term) in terms.into_iter().enumerate() {
            folded = Some(match folded {
                None => term,
                Some(so_far) => {
                    let so_far = if position % 40 == 0 { self.shared(so_far, "part", here) } else { so_far };
                    binary(operation, so_far, term)
                }
            });
        }
        folded.unwrap_or(none)
    }

    /// The element at a position, counted from 0; what is not there is :NA:.
    fn at_position(&mut self, x: &[Term], position: Term, here: &Here) -> Term {
        if let Term::Number(number) = position {
            let found = x.iter().enumerate().find(|(at, _)| *at as f64 == number.trunc());
            return found.map_or(Term::Number(NOT_AVAILABLE), |(_, term)| term.clone());
        }
        let position = self.shared(unary(UnaryOperation::Truncate, position), "place", here);
        let mut found = Term::Number(NOT_AVAILABLE);
        for (at, term) in x.iter().enumerate() {
            if at % 40 == 39 {
                found = self.shared(found, "part", here);
            }
            let here_it_is = binary(BinaryOperation::Equal, position.clone(), Term::Number(at as f64));
            found = ternary(TernaryOperation::Select, here_it_is, term.clone(), found);
        }
        found
    }

    /// VECTOR ELM MAP: the element so many positions behind the one that is named, in the order of storage.
    fn element_map(&mut self, from: &Expression, offset: &Expression, here: &mut Here) -> Option<Term> {
        let first = self.term(from, here);
        let is_variable = matches!(from.kind, ExpressionKind::Reference { .. });
        let (Term::Scalar(first), true) = (first, is_variable) else {
            let message = "VECTOR ELM MAP counts on from an element of a variable, and this is none".to_owned();
            return self.vector_error(from.at, message, "name the element to count from, `x[First]`");
        };
        let own = self.fixed.drafts.drafts.iter().find(|draft| {
            (draft.first.0..draft.first.0 + draft.count as u32).contains(&first.0) && draft.kind != VariableKind::Lookup
        })?;
        if own.count > LONGEST_VECTOR {
            let message = format!(
                "`{}` has {} elements, and VECTOR ELM MAP chooses among at most {LONGEST_VECTOR}",
                own.name, own.count
            );
            return self.vector_error(from.at, message, "map one range to the other with `->`");
        }
        let all: Vec<Term> =
            (0..own.count as u32).map(|position| Term::Scalar(ScalarId(own.first.0 + position))).collect();
        let behind = f64::from(first.0 - own.first.0);
        let position = match self.term(offset, here) {
            Term::Number(offset) => Term::Number(behind + offset.trunc()),
            offset => binary(BinaryOperation::Add, Term::Number(behind), unary(UnaryOperation::Truncate, offset)),
        };
        Some(self.at_position(&all, position, here))
    }

    /// VECTOR SELECT: what is done with the elements whose selection is not 0, or `missing` if there is none.
    fn select(
        &mut self,
        selection: &Expression,
        x: &Expression,
        missing: &Expression,
        action: &Expression,
        name_at: TextRange,
        here: &mut Here,
    ) -> Option<Term> {
        let number = self.fixed.value(action, &here.bound);
        let (gathered, weighted) = match number {
            Some(0.0) => (Gathered::Sum, true),
            Some(1.0) => (Gathered::Product, true),
            Some(2.0) => (Gathered::Least, true),
            Some(3.0) => (Gathered::Greatest, true),
            Some(4.0) => (Gathered::Mean, true),
            Some(6.0) => (Gathered::Sum, false),
            Some(7.0) => (Gathered::Product, false),
            Some(8.0) => (Gathered::Least, false),
            Some(9.0) => (Gathered::Greatest, false),
            Some(10.0) => (Gathered::Mean, false),
            _ => {
                let message =
                    "what VECTOR SELECT is to do must be one of the numbers 0 to 4 and 6 to 10, or a constant that is"
                        .to_owned();
                let hint = "0 sum, 1 product, 2 least, 3 greatest, 4 mean of selection*x; 6 to 10 the same of x alone";
                return self.vector_error(action.at, message, hint);
            }
        };
        let over = self.ranges_run_over(&[selection, x]);
        if over.is_empty() {
            let hint = "write `VECTOR SELECT(Chosen[Range!], x[Range!], 0, 0, 0)`";
            self.notes.error(
                code::RUNS_OVER,
                name_at,
                "VECTOR SELECT has no subscript with `!` to run over".to_owned(),
                vec![hint.to_owned()],
            );
            return None;
        }
        let missing = self.term(missing, here);
        let choices: Vec<Vec<ElementId>> =
            over.iter().map(|range| self.fixed.ranges.range(*range).elements.clone()).collect();
        if !self.can_be_written_out(&choices, name_at, here) {
            return None;
        }
        let (mut values, mut chosen) = (Vec::new(), Vec::new());
        let none = match gathered {
            Gathered::Sum | Gathered::Mean => 0.0,
            Gathered::Product => 1.0,
            Gathered::Least => f64::INFINITY,
            Gathered::Greatest => f64::NEG_INFINITY,
        };
        for elements in product(&choices) {
            let (selection, x) = self.running(over.iter().copied().zip(elements), here, |expansion, here| {
                let selection = expansion.term(selection, here);
                (expansion.shared(selection, "selection", here), expansion.term(x, here))
            });
            let on = binary(BinaryOperation::NotEqual, selection.clone(), Term::Number(0.0));
            let value = if weighted { binary(BinaryOperation::Multiply, selection, x) } else { x };
            values.push(ternary(TernaryOperation::Select, on.clone(), value, Term::Number(none)));
            chosen.push(on);
        }
        let operation = match gathered {
            Gathered::Sum | Gathered::Mean => BinaryOperation::Add,
            Gathered::Product => BinaryOperation::Multiply,
            Gathered::Least => BinaryOperation::Minimum,
            Gathered::Greatest => BinaryOperation::Maximum,
        };
        let mut result = self.folded(operation, values, Term::Number(none), here);
        let count = self.folded(BinaryOperation::Add, chosen, Term::Number(0.0), here);
        let count = self.shared(count, "selected", here);
        if gathered == Gathered::Mean {
            result = binary(BinaryOperation::Divide, result, count.clone());
        }
        Some(ternary(TernaryOperation::Select, count, result, missing))
    }

    /// A hidden auxiliary of its own for a term that is used often.
    fn kept(&mut self, what: &str, term: Term, here: &Here) -> Term {
        match term {
            Term::Number(_) | Term::Scalar(_) => term,
            _ => self.hide(what, VariableKind::Auxiliary, Rule::Auxiliary { term, initial: None }, here),
        }
    }

    /// What each claimant gets: see [`super::sharing`].
    fn allocation(
        &mut self,
        function: Function,
        arguments: &[Expression],
        range: RangeId,
        here: &mut Here,
    ) -> Option<Vec<Term>> {
        let requests = self.along(&arguments[0], range, here);
        if function == Function::AllocateByPriority {
            let priorities = self.along(&arguments[1], range, here);
            let width = self.term(&arguments[3], here);
            let width = self.kept("width", width, here);
            let supply = self.term(&arguments[4], here);
            let supply = self.kept("supply", supply, here);
            return Some(self.shared_by_priority(requests, priorities, width, supply, here));
        }
        let profile = &arguments[1];
        let columns = self.profile_columns(profile)?;
        let [kind, priority, width] = columns.map(|column| self.along(&column, range, here));
        let mut kinds = Vec::new();
        for kind in kind {
            let number = match kind {
                Term::Number(number) => Some(number),
                Term::Scalar(scalar) => self.fixed.constants.get(scalar.0 as usize).copied().flatten(),
                _ => None,
            };
            let Some(kind) = number.and_then(super::sharing::Curve::numbered) else {
                let message = match number {
                    Some(number) => format!("the type of a priority profile is {number}, which is not had here"),
                    None => "the type of a priority profile must be a constant".to_owned(),
                };
                let hint = "1 is rectangular, 2 triangular, 3 normal, 4 exponential";
                return self.vector_error(profile.at, message, hint);
            };
            kinds.push(kind);
        }
        let supply = self.term(&arguments[2], here);
        let supply = self.kept("supply", supply, here);
        Some(self.shared_by_profile(requests, &kinds, priority, width, supply, here))
    }

    /// The columns of a profile, type, priority and width: its last subscript names the first of them.
    fn profile_columns(&mut self, profile: &Expression) -> Option<[Expression; 3]> {
        let wrong = "the profile of ALLOCATE AVAILABLE ends with a subscript that names its first column, the type";
        let hint = "write `ALLOCATE AVAILABLE(request[Range], profile[Range,ptype], available)`, with `ptype, ppriority, pwidth, pextra` as a range";
        let ExpressionKind::Reference { name, subscripts } = &profile.kind else {
            return self.vector_error(profile.at, wrong.to_owned(), hint);
        };
        let ranges = self.fixed.ranges;
        let columns = self.fixed.drafts.find(name).and_then(|variable| {
            let last = *self.fixed.drafts.draft(variable).dimensions.last()?;
            let first = ranges.find_element(&subscripts.last()?.name)?;
            let first = ranges.range(last).position(first)?;
            let names: Vec<Name> =
                ranges.range(last).elements[first..].iter().map(|element| ranges.element(*element).clone()).collect();
            <[Name; 3]>::try_from(names.get(..3)?.to_vec()).ok()
        });
        let Some(columns) = columns else { return self.vector_error(profile.at, wrong.to_owned(), hint) };
        Some(columns.map(|column| {
            let mut subscripts = subscripts.clone();
            if let Some(last) = subscripts.last_mut() {
                last.name = column;
            }
            Expression { kind: ExpressionKind::Reference { name: name.clone(), subscripts }, at: profile.at }
        }))
    }
}

fn above_zero(ranks: Vec<Term>) -> Vec<Term> {
    ranks.into_iter().map(|rank| binary(BinaryOperation::Add, rank, Term::Number(1.0))).collect()
}

/// Which element has each rank: the sum of all positions, each if it is the one.
fn inverse(ranks: Vec<Term>) -> Vec<Term> {
    let having = |wanted: usize| {
        let terms = ranks.iter().enumerate().skip(1).map(|(position, rank)| {
            let is_it = binary(BinaryOperation::Equal, rank.clone(), Term::Number(wanted as f64));
            binary(BinaryOperation::Multiply, Term::Number(position as f64), is_it)
        });
        balanced(terms.collect())
    };
    (0..ranks.len()).map(having).collect()
}

/// A sum as a tree of little depth. Its terms are whole numbers, so that the order changes nothing.
fn balanced(mut terms: Vec<Term>) -> Term {
    match terms.len() {
        0 => Term::Number(0.0),
        1 => terms.remove(0),
        many => {
            let right = balanced(terms.split_off(many / 2));
            binary(BinaryOperation::Add, balanced(terms), right)
        }
    }
}

/// The range that a vector runs along: the last subscript of the first variable in it that is a range.
fn last_range(expansion: &mut Expansion<'_, '_, '_>, vector: &Expression, here: &Here) -> Option<RangeId> {
    let mut open = vec![vector];
    while let Some(next) = open.pop() {
        match &next.kind {
            ExpressionKind::Reference { subscripts, .. } => {
                let ranges = expansion.fixed.ranges;
                let found = subscripts.iter().rev().find_map(|subscript| ranges.find_range(&subscript.name));
                if let Some(range) = found.filter(|range| ranges.stands_at(*range, &here.bound).is_some()) {
                    return Some(range);
                }
            }
            ExpressionKind::Unary { operand, .. } => open.push(operand),
            ExpressionKind::Binary { left, right, .. } => open.extend([right.as_ref(), left.as_ref()]),
            ExpressionKind::Call { arguments, .. } => open.extend(arguments.iter().rev()),
            ExpressionKind::LookupCall { argument, .. } | ExpressionKind::WithLookup { argument, .. } => {
                open.push(argument)
            }
            ExpressionKind::Number(_) => {}
        }
    }
    let message = "this is no vector: it has no subscript that stands on the left side too".to_owned();
    expansion.vector_error(vector.at, message, "write the range on both sides, `y[Range] = VECTOR RANK(x[Range], 1)`")
}

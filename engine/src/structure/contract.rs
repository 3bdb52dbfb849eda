//! Sums of products over many elements, without writing out what is the same.
//!
//! `y[d,e] = SUM(a[D!,E!]*b[d,E!]*c[D!,e])` for 200 elements of both has 1,600 million products. As sums inside sums,
//! `SUM(b[d,E!]*t[E!])` with `t[E] = SUM(a[D!,E]*c[D!,e])` for each `e`, it has 16 million, and all of them share a few hundred
//! lists of what is multiplied. A factor that does not depend on what is summed over is taken out of the sum. The order of
//! additions, and with it the last bit, differs from that of the sum written out; so small sums stay as they are written.

use std::sync::Arc;

use crate::diagnostic::catalogue::structure as code;
use crate::model::{BinaryOperator, Expression, ExpressionKind, Name, Subscript, TextRange};

use super::contractions::Standing;
use super::draft::product;
use super::expansion::{Expansion, Here};
use super::names::Found;
use super::ranges::{ElementId, RangeId};
use super::term::binary;
use super::{BinaryOperation, Rule, ScalarId, Term, VariableKind};

/// All sums kept as lists together have no more products than this: each is computed at every step.
const MOST_PRODUCTS: usize = 200_000_000;

/// One factor of a product under a sum.
#[derive(Clone)]
enum Factor<'e> {
    /// A variable with subscripts.
    Written { name: &'e Name, subscripts: &'e [Subscript], at: TextRange },
    /// An inner sum: a scalar for each combination of these ranges, the last running fastest.
    Inner { over: Vec<RangeId>, scalars: Arc<[ScalarId]> },
}

/// The factors of a product of variables and numbers; nothing if it is anything else.
fn factors(expression: &Expression) -> Option<Vec<&Expression>> {
    let mut factors = Vec::new();
    let mut open = vec![expression];
    while let Some(next) = open.pop() {
        match &next.kind {
            ExpressionKind::Binary { operator: BinaryOperator::Multiply, left, right } => {
                open.extend([right.as_ref(), left.as_ref()]);
            }
            ExpressionKind::Reference { .. } | ExpressionKind::Number(_) => factors.push(next),
            _ => return None,
        }
    }
    Some(factors)
}

impl Expansion<'_, '_, '_> {
    /// SUM of a product of variables as sums inside sums; nothing if it is no such product.
    pub(super) fn contracted(&mut self, argument: &Expression, over: &[RangeId], here: &mut Here) -> Option<Term> {
        let written = factors(argument)?;
        let mut outside: Vec<Term> = Vec::new();
        let mut left: Vec<Factor<'_>> = Vec::new();
        for factor in written {
            match &factor.kind {
                ExpressionKind::Reference { name, subscripts } if subscripts.iter().any(|s| s.summed) => {
                    left.push(Factor::Written { name, subscripts, at: factor.at });
                }
                _ => outside.push(self.term(factor, here)),
            }
        }
        let mut over = over.to_vec();
        let mut inner_sums = 0;
        let sum = loop {
            let (running, beside) = self.next_range(&left, &over)?;
            let (inside, rest): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|factor| self.ranges_of(factor).contains(&running));
            over.retain(|range| *range != running);
            if over.is_empty() {
                break self.sum_of(&inside, running, here)?;
            }
            let scalars = self.inner_sum(argument.at.start, inner_sums, &inside, running, &beside, here)?;
            inner_sums += 1;
            left = rest;
            if beside.is_empty() {
                // The rest does not depend on this sum: it is a factor of the whole.
                outside.push(Term::Scalar(*scalars.first()?));
            } else {
                left.push(Factor::Inner { over: beside, scalars });
            }
        };
        Some(outside.into_iter().rev().fold(sum, |product, factor| binary(BinaryOperation::Multiply, factor, product)))
    }

    /// The range to sum over next, so that what is left has the fewest elements, and the ranges left beside it.
    fn next_range(&self, left: &[Factor<'_>], over: &[RangeId]) -> Option<(RangeId, Vec<RangeId>)> {
        let beside = |running: RangeId| {
            let mut beside: Vec<RangeId> = Vec::new();
            for factor in left {
                let ranges = self.ranges_of(factor);
                if ranges.contains(&running) {
                    beside.extend(ranges.into_iter().filter(|range| *range != running));
                }
            }
            beside.sort_unstable();
            beside.dedup();
            beside
        };
        let size = |ranges: &[RangeId]| -> f64 {
            ranges.iter().map(|range| self.fixed.ranges.range(*range).elements.len() as f64).product()
        };
        over.iter()
            .map(|&running| (running, beside(running)))
            .min_by(|(_, one), (_, other)| size(one).total_cmp(&size(other)))
    }

    /// The ranges with `!` of a factor.
    fn ranges_of(&self, factor: &Factor<'_>) -> Vec<RangeId> {
        match factor {
            Factor::Inner { over, .. } => over.clone(),
            Factor::Written { subscripts, .. } => {
                let summed = subscripts.iter().filter(|subscript| subscript.summed);
                summed.filter_map(|subscript| self.fixed.ranges.find_range(&subscript.name)).collect()
            }
        }
    }

    /// The sum over one range for every combination of those beside it.
    fn inner_sum(
        &mut self,
        at: usize,
        number: usize,
        inside: &[Factor<'_>],
        running: RangeId,
        beside: &[RangeId],
        here: &mut Here,
    ) -> Option<Arc<[ScalarId]>> {
        let mut standing = Vec::new();
        for factor in inside {
            match factor {
                Factor::Written { subscripts, .. } => {
                    for subscript in subscripts.iter().filter(|subscript| !subscript.summed) {
                        standing.push(Standing::At(self.element_of(subscript, here)?));
                    }
                }
                Factor::Inner { scalars, .. } => standing.push(Standing::Of(*scalars.first()?)),
            }
        }
        let key = (at, number, standing);
        if let Some(scalars) = self.contractions.inner.get(&key) {
            return Some(Arc::clone(scalars));
        }
        let ranges = self.fixed.ranges;
        let choices: Vec<Vec<ElementId>> = beside.iter().map(|range| ranges.range(*range).elements.clone()).collect();
        let mut scalars = Vec::new();
        let before = here.summed.len();
        for elements in product(&choices) {
            here.summed.extend(beside.iter().copied().zip(elements));
            let sum = self.sum_of(inside, running, here);
            here.summed.truncate(before);
            let scalar = self.next_hidden();
            self.hide("part", VariableKind::Auxiliary, Rule::Auxiliary { term: sum?, initial: None }, here);
            scalars.push(scalar);
        }
        let scalars: Arc<[ScalarId]> = scalars.into();
        self.contractions.inner.insert(key, Arc::clone(&scalars));
        Some(scalars)
    }

    /// The sum of products while one range runs and all others stand.
    fn sum_of(&mut self, inside: &[Factor<'_>], running: RangeId, here: &mut Here) -> Option<Term> {
        let mut lists = Vec::with_capacity(inside.len());
        for factor in inside {
            lists.push(self.list(factor, running, here)?);
        }
        let length = lists.first()?.len();
        self.contractions.products = self.contractions.products.saturating_add(length * lists.len());
        if self.contractions.products > MOST_PRODUCTS {
            let message =
                format!("the sums have more than {MOST_PRODUCTS} products, the most that are computed at every step");
            let hint = "sum over fewer elements, or in steps: give an inner sum a variable of its own".to_owned();
            self.notes.error(code::TOO_LARGE, here.at, message, vec![hint]);
            return Some(Term::Number(f64::NAN));
        }
        Some(Term::Products(lists))
    }

    /// The scalars that a factor is, one after another, while a range runs.
    fn list(&mut self, factor: &Factor<'_>, running: RangeId, here: &mut Here) -> Option<Arc<[ScalarId]>> {
        let ranges = self.fixed.ranges;
        let elements = &ranges.range(running).elements;
        match factor {
            Factor::Inner { over, scalars } => {
                let mut all = Vec::with_capacity(elements.len());
                for (index, _) in elements.iter().enumerate() {
                    let mut offset = 0;
                    for &range in over {
                        let at = if range == running {
                            index
                        } else {
                            let (_, element) = here.summed.iter().rev().find(|(own, _)| *own == range)?;
                            ranges.range(range).position(*element)?
                        };
                        offset = offset * ranges.range(range).elements.len() + at;
                    }
                    all.push(*scalars.get(offset)?);
                }
                Some(all.into())
            }
            Factor::Written { name, subscripts, at } => {
                let mut standing = Vec::with_capacity(subscripts.len());
                for subscript in *subscripts {
                    let runs = subscript.summed && ranges.find_range(&subscript.name) == Some(running);
                    if !runs {
                        standing.push(self.element_of(subscript, here)?);
                    }
                }
                let key = (at.start, running, standing);
                if let Some(list) = self.contractions.lists.get(&key) {
                    return Some(Arc::clone(list));
                }
                let mut list = Vec::with_capacity(elements.len());
                for &element in elements {
                    here.summed.push((running, element));
                    let found = self.found(name, subscripts, *at, here);
                    here.summed.pop();
                    match found? {
                        Found::Term(Term::Scalar(scalar)) => list.push(scalar),
                        _ => return None,
                    }
                }
                let list: Arc<[ScalarId]> = list.into();
                self.contractions.lists.insert(key, Arc::clone(&list));
                Some(list)
            }
        }
    }

    /// The element at which a subscript stands.
    fn element_of(&mut self, subscript: &Subscript, here: &Here) -> Option<ElementId> {
        match self.fixed.ranges.find_range(&subscript.name) {
            Some(range) => self.standing(range, subscript.summed, &subscript.name, subscript.at, here),
            None => self.fixed.ranges.find_element(&subscript.name),
        }
    }
}

//! In which order values can be computed one after another, and the circles that prevent it.

use std::collections::BTreeSet;

use super::{Rule, Scalar, ScalarId, Term, VariableId};

/// Scalars in an order in which each follows all that it needs, as near to the given order as that allows,
/// and the circles met on the way (each a path whose last member needs its first).
#[derive(Debug, Default)]
pub(super) struct Order {
    pub(super) sorted: Vec<ScalarId>,
    pub(super) circles: Vec<Vec<ScalarId>>,
}

/// An order for the values at the initial time.
pub(super) fn initial_order(scalars: &[Scalar]) -> Order {
    let mut needs = Needs::default();
    for scalar in scalars {
        match &scalar.rule {
            Rule::Constant(_) => {}
            Rule::Auxiliary { term, initial } => needs.add(initial.as_ref().unwrap_or(term)),
            Rule::Stock { initial, .. } | Rule::Held { initial, .. } => needs.add(initial),
            Rule::Frozen(term) => needs.add(term),
            Rule::Beginning(stock) => needs.add(&Term::Scalar(*stock)),
            Rule::Pipeline { delay, initial, .. } => {
                needs.add(delay);
                needs.add(initial);
            }
        }
        needs.close();
    }
    sort(scalars, &needs, |_| true)
}

/// An order for the auxiliaries at any time.
pub(super) fn step_order(scalars: &[Scalar]) -> Order {
    let mut needs = Needs::default();
    for scalar in scalars {
        if let Rule::Auxiliary { term, .. } = &scalar.rule {
            needs.add(term);
        }
        needs.close();
    }
    sort(scalars, &needs, |rule| matches!(rule, Rule::Auxiliary { .. }))
}

/// What each scalar needs, one after another in one vector.
#[derive(Default)]
struct Needs {
    all: Vec<ScalarId>,
    ends: Vec<usize>,
}

impl Needs {
    fn add(&mut self, term: &Term) {
        let mut open = vec![term];
        while let Some(next) = open.pop() {
            match next {
                Term::Number(_) | Term::Noise(_) | Term::Time | Term::StepTime => {}
                Term::Scalar(scalar) => self.all.push(*scalar),
                Term::Products(lists) => lists.iter().for_each(|list| self.all.extend_from_slice(list)),
                Term::Unary(_, a) | Term::Lookup(_, a) => open.push(a),
                Term::Binary(_, a, b) => open.extend([b.as_ref(), a.as_ref()]),
                Term::Ternary(_, a, b, c) => open.extend([c.as_ref(), b.as_ref(), a.as_ref()]),
            }
        }
    }

    fn close(&mut self) {
        self.ends.push(self.all.len());
    }

    fn of(&self, scalar: usize) -> &[ScalarId] {
        let begin = if scalar == 0 { 0 } else { self.ends[scalar - 1] };
        &self.all[begin..self.ends[scalar]]
    }
}

/// More circles than this are not looked for at once.
const MOST_CIRCLES: usize = 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// A walk in depth over what scalars need, with a stack of its own: models may be deep.
fn sort(scalars: &[Scalar], needs: &Needs, counts: impl Fn(&Rule) -> bool) -> Order {
    let mut order = Order::default();
    let mut state = vec![State::New; scalars.len()];
    let mut reported: BTreeSet<Vec<VariableId>> = BTreeSet::new();
    // Scalars on the path, each with how many of its needs are seen to.
    let mut path: Vec<(usize, usize)> = Vec::new();
    for start in 0..scalars.len() {
        if state[start] != State::New || !counts(&scalars[start].rule) {
            continue;
        }
        state[start] = State::Open;
        path.push((start, 0));
        while let Some((scalar, seen)) = path.last_mut() {
            let Some(need) = needs.of(*scalar).get(*seen) else {
                state[*scalar] = State::Done;
                order.sorted.push(ScalarId(*scalar as u32));
                path.pop();
                continue;
            };
            *seen += 1;
            let need = need.0 as usize;
            if !counts(&scalars[need].rule) {
                continue;
            }
            match state[need] {
                State::Done => {}
                State::New => {
                    state[need] = State::Open;
                    path.push((need, 0));
                }
                // Beyond so many circles the next is seen when these are broken.
                State::Open if order.circles.len() >= MOST_CIRCLES => {}
                State::Open => {
                    let from = path.iter().rposition(|(on_path, _)| *on_path == need).unwrap_or(0);
                    let circle: Vec<ScalarId> = path[from..].iter().map(|(s, _)| ScalarId(*s as u32)).collect();
                    // The same variables at other elements are the same circle.
                    let mut variables: Vec<VariableId> =
                        circle.iter().map(|scalar| scalars[scalar.0 as usize].variable).collect();
                    variables.sort_unstable();
                    variables.dedup();
                    if reported.insert(variables) {
                        order.circles.push(circle);
                    }
                }
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needing(needs: &[&[u32]]) -> Vec<Scalar> {
        let scalar = |(index, needs): (usize, &&[u32])| {
            let mut term = Term::Number(1.0);
            for need in *needs {
                let next = Box::new(Term::Scalar(ScalarId(*need)));
                term = Term::Binary(super::super::BinaryOperation::Add, Box::new(term), next);
            }
            Scalar { variable: VariableId(index as u32), rule: Rule::Auxiliary { term, initial: None } }
        };
        needs.iter().enumerate().map(scalar).collect()
    }

    #[test]
    fn the_order_of_the_file_is_kept_where_nothing_forbids_it() {
        let order = step_order(&needing(&[&[2], &[], &[], &[1]]));
        assert_eq!(order.sorted, [2, 0, 1, 3].map(ScalarId));
    }

    #[test]
    fn a_circle_is_its_path() {
        let order = step_order(&needing(&[&[1], &[2], &[1], &[3]]));
        assert_eq!(order.circles, [vec![ScalarId(1), ScalarId(2)], vec![ScalarId(3)]]);
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_is_sorted() {
        let needs: Vec<Vec<u32>> = (0..100_000u32).map(|n| if n < 99_999 { vec![n + 1] } else { Vec::new() }).collect();
        let needs: Vec<&[u32]> = needs.iter().map(Vec::as_slice).collect();
        assert_eq!(step_order(&needing(&needs)).sorted.len(), 100_000);
    }
}

//! A model without what is multiplied by zero for good: most programmes do not touch most kinds of care.
//!
//! A product with a number that is zero in every run, and at every time, is taken to be zero, whatever the other factor
//! is; and a sum is taken to be its other terms. For all finite numbers that is what is computed anyhow, but for the sign of a
//! zero, which is never told. Only where the other factor is infinite or not a number does it differ: the rest of the model
//! does not hear of it.
//! What then depends on nothing but numbers is worked out, and a stock that begins at a number and never moves is that number.

use crate::kernel::lower::World;
use crate::kernel::{Request, arithmetic};
use crate::structure::{
    BinaryOperation, LookupTable, Rule, ScalarId, Structure, Term, TernaryOperation, UnaryOperation,
};

/// The same model with products by zero cut out, for runs that differ and are driven as `request` says.
pub(super) fn sparse(structure: &Structure, request: &Request) -> Structure {
    let mut sparse = structure.clone();
    let mut known = Known::constants(structure, request);
    loop {
        known.cut_initial_values(&mut sparse);
        known.cut_steps(&mut sparse);
        if !known.find_what_stands_still(&sparse) {
            return sparse;
        }
    }
}

/// The scalars that are a number, the same in every run.
struct Known<'s> {
    initial_time: f64,
    at_start: Vec<Option<f64>>,
    at_step: Vec<Option<f64>>,
    lookups: &'s [LookupTable],
}

impl<'s> Known<'s> {
    fn constants(structure: &'s Structure, request: &Request) -> Self {
        let mut numbers: Vec<Option<f64>> = structure
            .scalars
            .iter()
            .map(|scalar| match scalar.rule {
                Rule::Constant(number) => Some(number),
                _ => None,
            })
            .collect();
        for moved in request.varying.iter().chain(&request.driven) {
            numbers[moved.0 as usize] = None;
        }
        Self {
            initial_time: structure.time.initial,
            at_start: numbers.clone(),
            at_step: numbers,
            lookups: &structure.lookups,
        }
    }

    fn cut_initial_values(&mut self, sparse: &mut Structure) {
        for at in 0..sparse.initial_order.len() {
            let ScalarId(index) = sparse.initial_order[at];
            let rule = &mut sparse.scalars[index as usize].rule;
            let initial = match rule {
                Rule::Constant(_) => continue,
                Rule::Beginning(stock) => {
                    self.at_start[index as usize] = self.at_start[stock.0 as usize];
                    continue;
                }
                Rule::Auxiliary { term, initial } => {
                    let cut = self.cut(initial.as_ref().unwrap_or(term), World::Start);
                    initial.insert(cut)
                }
                Rule::Frozen(initial)
                | Rule::Stock { initial, .. }
                | Rule::Held { initial, .. }
                | Rule::Pipeline { initial, .. } => {
                    *initial = self.cut(initial, World::Start);
                    initial
                }
            };
            self.at_start[index as usize] = number(initial);
            if matches!(rule, Rule::Frozen(_)) {
                self.at_step[index as usize] = self.at_start[index as usize];
            }
        }
    }

    fn cut_steps(&mut self, sparse: &mut Structure) {
        for at in 0..sparse.step_order.len() {
            let ScalarId(index) = sparse.step_order[at];
            if let Rule::Auxiliary { term, .. } = &mut sparse.scalars[index as usize].rule {
                *term = self.cut(term, World::Step);
                self.at_step[index as usize] = number(term);
            }
        }
        for scalar in &mut sparse.scalars {
            match &mut scalar.rule {
                Rule::Stock { flow: later, .. } | Rule::Held { next: later, .. } => {
                    *later = self.cut(later, World::Step);
                }
                Rule::Pipeline { input, delay, .. } => {
                    *input = self.cut(input, World::Step);
                    *delay = self.cut(delay, World::Start);
                }
                Rule::Constant(_) | Rule::Auxiliary { .. } | Rule::Frozen(_) | Rule::Beginning(_) => {}
            }
        }
    }

    /// Stocks and held values that never leave their initial number; whether there are any that were not known before.
    fn find_what_stands_still(&mut self, sparse: &Structure) -> bool {
        let mut found = false;
        for (index, scalar) in sparse.scalars.iter().enumerate() {
            let still = match &scalar.rule {
                Rule::Stock { initial, flow } => number(initial).filter(|_| is_zero(flow)),
                Rule::Held { initial, next } => number(initial).filter(|_| same_bits(initial, next)),
                Rule::Beginning(stock) => self.at_step[stock.0 as usize],
                _ => None,
            };
            // Zero with a sign would lose it in the first step.
            let still = still.filter(|number| number.to_bits() != (-0.0_f64).to_bits());
            if still.is_some() && self.at_step[index].is_none() {
                self.at_step[index] = still;
                found = true;
            }
        }
        found
    }

    fn cut(&self, term: &Term, world: World) -> Term {
        let inner = |term: &Term| self.cut(term, world);
        match term {
            Term::Number(_) => term.clone(),
            Term::Scalar(scalar) => {
                let known = if world == World::Start { &self.at_start } else { &self.at_step };
                known[scalar.0 as usize].map_or_else(|| term.clone(), Term::Number)
            }
            Term::Time | Term::StepTime if world == World::Start => Term::Number(self.initial_time),
            Term::Noise(_) | Term::Time | Term::StepTime => term.clone(),
            Term::Unary(operation, a) => unary(*operation, inner(a)),
            Term::Binary(operation, a, b) => binary(*operation, inner(a), inner(b)),
            Term::Ternary(operation, a, b, c) => ternary(*operation, inner(a), inner(b), inner(c)),
            Term::Lookup(table, at) => match inner(at) {
                Term::Number(at) => {
                    let table = &self.lookups[table.0 as usize];
                    Term::Number(arithmetic::interpolate(&table.x, &table.y, at))
                }
                at => Term::Lookup(*table, Box::new(at)),
            },
            // Shared with other terms, and so left whole.
            Term::Products(_) => term.clone(),
        }
    }
}

fn unary(operation: UnaryOperation, a: Term) -> Term {
    match number(&a) {
        Some(a) => Term::Number(arithmetic::unary(operation, a)),
        None => Term::Unary(operation, Box::new(a)),
    }
}

fn binary(operation: BinaryOperation, a: Term, b: Term) -> Term {
    use BinaryOperation::{Add, Multiply, Subtract};
    if let (Some(a), Some(b)) = (number(&a), number(&b)) {
        return Term::Number(arithmetic::binary(operation, a, b));
    }
    match operation {
        Multiply if is_zero(&a) || is_zero(&b) => Term::Number(0.0),
        Add if is_zero(&a) => b,
        Add | Subtract if is_zero(&b) => a,
        _ => Term::Binary(operation, Box::new(a), Box::new(b)),
    }
}

fn ternary(operation: TernaryOperation, a: Term, b: Term, c: Term) -> Term {
    if let (Some(a), Some(b), Some(c)) = (number(&a), number(&b), number(&c)) {
        return Term::Number(arithmetic::ternary(operation, a, b, c));
    }
    match operation {
        TernaryOperation::Select if number(&a).is_some() => {
            if number(&a) == Some(0.0) {
                c
            } else {
                b
            }
        }
        // Zero shared among anything, and zero if there is nothing to share among.
        TernaryOperation::DivideOr if is_zero(&a) && is_zero(&c) => Term::Number(0.0),
        _ => Term::Ternary(operation, Box::new(a), Box::new(b), Box::new(c)),
    }
}

fn number(term: &Term) -> Option<f64> {
    match term {
        Term::Number(number) => Some(*number),
        _ => None,
    }
}

fn is_zero(term: &Term) -> bool {
    number(term) == Some(0.0)
}

fn same_bits(a: &Term, b: &Term) -> bool {
    matches!((number(a), number(b)), (Some(a), Some(b)) if a.to_bits() == b.to_bits())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use super::sparse;
    use crate::kernel::{Integrator, LaneInputs, Outcome, Request, compile, reference};
    use crate::model::Bindings;
    use crate::structure::{Rule, ScalarId, Structure, Term, build};

    /// Care of three kinds, of which the programme touches the second alone; and people whom nobody joins or leaves.
    const MODEL: &str = "{UTF-8}
        Kind: Emergency, Ward, GP~~|
        Effect[Kind]= 0, 0.5, 0~~|
        Reached= INTEG(2 - Reached/8, 1)~~|
        Avoided[Kind]= Effect[Kind]*Reached*(1 + Time)~~|
        All avoided= SUM(Avoided[Kind!]) + Outside~~|
        Outside= INTEG(Effect[GP]*Reached, 0)~~|
        Unheard of= Outside*3 + ZIDZ(Outside, Reached)~~|
        Spoiled= 0*LN(-Reached)~~|
        INITIAL TIME= 0~~|
        FINAL TIME= 4~~|
        TIME STEP= 0.25~~|
        SAVEPER= 1~~|";

    fn model() -> Structure {
        let (model, problems) = crate::notation::vensim::read(&Arc::from("model.mdl"), &Arc::from(MODEL));
        assert!(!problems.has_errors(), "{problems:?}");
        build(&model, &Bindings::default()).unwrap().0
    }

    fn scalar(structure: &Structure, label: &str) -> ScalarId {
        let all = (0..structure.scalars.len() as u32).map(ScalarId);
        all.into_iter().find(|&scalar| structure.label(scalar) == label).unwrap()
    }

    fn request(structure: &Structure, varying: &[&str], driven: &[&str]) -> Request {
        let scalars = |labels: &[&str]| labels.iter().map(|label| scalar(structure, label)).collect();
        Request {
            varying: scalars(varying),
            driven: scalars(driven),
            outcomes: (0..structure.scalars.len() as u32).map(|n| Outcome::Level(ScalarId(n))).collect(),
            report_times: vec![0.0, 1.0, 4.0],
            integrator: Integrator::Euler,
        }
    }

    fn term<'s>(structure: &'s Structure, label: &str) -> &'s Term {
        match &structure.scalars[scalar(structure, label).0 as usize].rule {
            Rule::Auxiliary { term, .. } | Rule::Stock { flow: term, .. } => term,
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn what_is_multiplied_by_zero_is_cut_and_what_moves_is_not() {
        let whole = model();
        let cut = sparse(&whole, &request(&whole, &[], &[]));
        assert_eq!(term(&cut, "Avoided[Emergency]"), &Term::Number(0.0));
        assert_ne!(term(&cut, "Avoided[Ward]"), &Term::Number(0.0));
        // The sum is its one term, and the stock that nothing flows into is zero for good.
        assert_eq!(term(&cut, "All avoided"), &Term::Scalar(scalar(&cut, "Avoided[Ward]")));
        assert_eq!(term(&cut, "Unheard of"), &Term::Number(0.0));
        // A constant that a run may set is not zero for good, whether it is one number a run or a path.
        for (varying, driven) in [(vec!["Effect[GP]"], vec![]), (vec![], vec!["Effect[GP]"])] {
            let cut = sparse(&whole, &request(&whole, &varying, &driven));
            assert_eq!(term(&cut, "Avoided[Emergency]"), &Term::Number(0.0));
            assert_ne!(term(&cut, "Avoided[GP]"), &Term::Number(0.0));
            assert_ne!(term(&cut, "Unheard of"), &Term::Number(0.0));
        }
    }

    #[test]
    fn nothing_finite_changes_and_what_is_spoiled_stays_where_it_is() {
        let whole = model();
        let request = request(&whole, &["Effect[Ward]"], &[]);
        let inputs = LaneInputs { lanes: 2, constants: &[0.5, -0.25], paths: &[], years: 0, draws: &[] };
        let uncut = reference::run(&whole, &request, inputs);
        let mut out = vec![0.0; uncut.len()];
        compile(&whole, &request).run(inputs, &mut out);
        let spoiled = scalar(&whole, "Spoiled").0 as usize * request.report_times.len() * 2;
        for (at, (found, expected)) in out.iter().zip(&uncut).enumerate() {
            if (spoiled..spoiled + 6).contains(&at) {
                assert!(expected.is_nan());
                assert_eq!(*found, 0.0);
            } else {
                assert_eq!(found, expected, "number {at}");
            }
        }
    }
}

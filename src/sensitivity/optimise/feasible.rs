//! Is there any plan that keeps all limits, and if not, which limits rule each other out?

use microlp::{ComparisonOp, OptimizationDirection, Problem as Linear};

use super::error::Infeasible;
use super::problem::{DecisionVector, Problem};

/// A plan that keeps all limits.
///
/// # Errors
/// There is none: the error names limits that rule each other out, as few as can be (found by leaving out one name after
/// the other: Chinneck JW, Dravnieks EW (1991), ORSA J Comput 3: 157-168).
pub fn feasible_plan(problem: &Problem) -> Result<DecisionVector, Infeasible> {
    if problem.shares() == 0 {
        return Err(Infeasible { limits: Vec::new() });
    }
    let mut names: Vec<&str> = Vec::new();
    for limit in &problem.limits {
        if !names.contains(&limit.name.as_str()) {
            names.push(&limit.name);
        }
    }
    if let Some(plan) = solved(problem, &names, None) {
        return Ok(plan);
    }
    let mut index = 0;
    while index < names.len() {
        let mut fewer = names.clone();
        fewer.remove(index);
        if solved(problem, &fewer, None).is_some() { index += 1 } else { names = fewer }
    }
    Err(Infeasible { limits: names.into_iter().map(str::to_owned).collect() })
}

/// The plan that keeps all limits and moves the least money from the plan wished for, if any keeps them.
pub(super) fn least_moved(problem: &Problem, wished: &[f64]) -> Option<DecisionVector> {
    let names: Vec<&str> = problem.limits.iter().map(|limit| limit.name.as_str()).collect();
    solved(problem, &names, Some(wished))
}

/// A plan that keeps the limits of these names, near the plan wished for where one is given.
fn solved(problem: &Problem, names: &[&str], wished: Option<&[f64]>) -> Option<DecisionVector> {
    let mut linear = Linear::new(OptimizationDirection::Minimize);
    let shares: Vec<_> = (0..problem.shares()).map(|_| linear.add_var(0.0, (0.0, 1.0))).collect();
    for year in shares.chunks_exact(problem.programmes) {
        let terms: Vec<_> = year.iter().map(|share| (*share, 1.0)).collect();
        linear.add_constraint(terms, ComparisonOp::Eq, 1.0);
    }
    for limit in problem.limits.iter().filter(|limit| names.contains(&limit.name.as_str())) {
        let terms: Vec<_> = limit.terms.iter().map(|(index, factor)| (shares[*index], *factor)).collect();
        linear.add_constraint(terms, ComparisonOp::Le, limit.most);
    }
    for (share, wish) in shares.iter().zip(wished.unwrap_or_default()) {
        let moved = linear.add_var(1.0, (0.0, f64::INFINITY));
        linear.add_constraint([(*share, 1.0), (moved, -1.0)], ComparisonOp::Le, *wish);
        linear.add_constraint([(*share, -1.0), (moved, -1.0)], ComparisonOp::Le, -wish);
    }
    let solution = linear.solve().ok()?.into_solution().ok()?;
    Some(shares.iter().map(|share| solution[*share]).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::feasible_plan;
    use crate::sensitivity::optimise::{Infeasible, Problem};

    #[test]
    fn limits_that_rule_each_other_out_are_named_and_no_others() {
        let problem = Problem::new(3, 4)
            .ramp("ramp of housing", 0, 0.5)
            .floor("equity floor", &[0.9, 0.2, 0.1], 0.8)
            .at_most("ceiling of housing", 0, 2, 0.5)
            .at_most("ceiling of smoking", 1, 0, 0.9);
        let found = feasible_plan(&problem);
        let limits = vec!["equity floor".to_owned(), "ceiling of housing".to_owned()];
        assert_eq!(found, Err(Infeasible { limits }));
        assert!(found.unwrap_err().to_string().contains("`equity floor`, `ceiling of housing`"));
    }

    #[test]
    fn a_plan_is_given_where_there_is_one() {
        let problem = Problem::new(3, 4).ramp("ramp", 0, 0.1).at_least("promise", 0, 3, 0.4).at_most("cap", 0, 0, 0.2);
        let plan = feasible_plan(&problem).unwrap();
        assert!(problem.excess(&plan) < 1e-9);
        assert!(feasible_plan(&Problem::new(0, 4)).is_err());
    }
}

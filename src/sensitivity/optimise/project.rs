//! The feasible plan nearest to a given one, so that every candidate can be made to keep its limits.
//!
//! Boyle JP, Dykstra RL (1986), "A method for finding projections onto the intersection of convex sets in Hilbert
//! spaces", Lecture Notes in Statistics 37: 28-47.

use super::feasible::least_moved;
use super::problem::{DecisionVector, Problem};

/// The nearest plan that keeps all limits, or one very near it where there are many; where no plan does, one that breaks
/// them little: see [`feasible_plan`](super::feasible_plan) first.
pub fn nearest_feasible(problem: &Problem, plan: &[f64]) -> DecisionVector {
    let mut plan = plan.to_vec();
    // What each set has moved the plan by; Dykstra's method takes it back before the set's next turn.
    let mut of_shares = vec![0.0; plan.len()];
    let mut of_limits = vec![0.0; problem.limits.len()];
    for _ in 0..ROUNDS {
        for (year, moved) in
            plan.chunks_exact_mut(problem.programmes).zip(of_shares.chunks_exact_mut(problem.programmes))
        {
            let wished: Vec<f64> = year.iter().zip(moved.iter()).map(|(share, moved)| share + moved).collect();
            onto_shares(&wished, year);
            for ((moved, wished), share) in moved.iter_mut().zip(&wished).zip(year.iter()) {
                *moved = wished - share;
            }
        }
        for (limit, moved) in problem.limits.iter().zip(&mut of_limits) {
            let length = limit.terms.iter().fold(0.0, |sum, (_, factor)| sum + factor * factor);
            if length == 0.0 {
                continue;
            }
            let excess = limit.value(&plan) + *moved * length - limit.most;
            let back = (excess / length).max(0.0);
            let change = *moved - back;
            if change != 0.0 {
                limit.terms.iter().for_each(|(index, factor)| plan[*index] += change * factor);
            }
            *moved = back;
        }
        if problem.excess(&plan) < CLOSE {
            break;
        }
    }
    // Where the method is slow to close in, a linear programme takes the last small step.
    if problem.excess(&plan) >= CLOSE
        && let Some(exact) = least_moved(problem, &plan)
    {
        plan = exact;
    }
    // The last word is that of the shares: none below 0, together 1.
    for year in plan.chunks_exact_mut(problem.programmes) {
        let wished = year.to_vec();
        onto_shares(&wished, year);
    }
    plan
}

const ROUNDS: usize = 200;
const CLOSE: f64 = 1e-9;

/// The nearest shares that are 0 or more and add up to 1 (Held M, Wolfe P, Crowder HP (1974), Mathematical Programming 6:
/// 62-88).
fn onto_shares(wished: &[f64], shares: &mut [f64]) {
    let mut sorted = wished.to_vec();
    sorted.sort_by(|one, other| other.total_cmp(one));
    let (mut total, mut level) = (0.0, 0.0);
    for (index, share) in sorted.iter().enumerate() {
        total += share;
        let candidate = (total - 1.0) / (index + 1) as f64;
        if share - candidate > 0.0 {
            level = candidate;
        }
    }
    for (share, wished) in shares.iter_mut().zip(wished) {
        *share = (wished - level).max(0.0);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::nearest_feasible;
    use crate::sensitivity::optimise::Problem;

    #[test]
    fn a_feasible_plan_stays() {
        let problem = Problem::new(3, 2).ramp("ramp", 0, 0.2);
        let plan = vec![0.2, 0.3, 0.5, 0.4, 0.1, 0.5];
        let near = nearest_feasible(&problem, &plan);
        assert!(plan.iter().zip(near).all(|(one, other)| (one - other).abs() < 1e-12));
    }

    /// By hand: of x + y = 1 with x at most 0.4, the nearest to (1, 0) is (0.4, 0.6).
    #[test]
    fn the_nearest_is_found_and_limits_are_kept() {
        let near = nearest_feasible(&Problem::new(2, 1).at_most("cap", 0, 0, 0.4), &[1.0, 0.0]);
        assert!((near[0] - 0.4).abs() < 1e-8 && (near[1] - 0.6).abs() < 1e-8, "{near:?}");
        let mut problem = Problem::new(5, 6).floor("floor", &[0.9, 0.1, 0.5, 0.2, 0.3], 0.5);
        for programme in 0..5 {
            problem = problem.ramp("ramp", programme, 0.05).at_most("cap", programme, 0, 0.3);
        }
        for start in 0..5 {
            let wished: Vec<f64> = (0..30).map(|i| f64::from(u8::from((i + start) % 7 == 0)) * 2.0).collect();
            let near = nearest_feasible(&problem, &wished);
            assert!(problem.excess(&near) < 1e-6, "{}", problem.excess(&near));
        }
    }
}

//! The best plan for one goal: money is moved from programme to programme, as long as the goal improves.
//!
//! A pattern search over the moves that a plan allows (Lewis RM, Torczon V (2000), "Pattern search methods for linearly
//! constrained minimization", SIAM J Optim 10: 917-941), polled many plans at a time because one run serves many plans.
//! It finds a best among neighbours: several starts make it likely, not certain, that there is none better.

use super::criterion::{Criterion, Improvement, improvement};
use super::error::OptimiseError;
use super::feasible::feasible_plan;
use super::problem::{DecisionVector, Evaluation, Problem, Stage, evaluated};
use super::project::nearest_feasible;

/// How long and how finely to search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SearchSettings {
    /// The number to decide by.
    pub criterion: Criterion,
    /// The share first moved from one programme to another, such as 0.2.
    pub first_step: f64,
    /// The search ends when moves of this share no longer help, such as 0.01.
    pub last_step: f64,
    /// At most about this many plans are run; a poll begun is finished.
    pub most_plans: usize,
}

impl Default for SearchSettings {
    fn default() -> Self {
        Self { criterion: Criterion::Expected, first_step: 0.2, last_step: 0.01, most_plans: 2_000 }
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    /// The best plan.
    pub plan: DecisionVector,
    /// What it brings, on the draws of confirmation.
    pub evaluation: Evaluation,
    /// The reference plan on the same draws.
    pub reference: Evaluation,
    /// How much better it is than the reference plan, on the draws of confirmation.
    pub improvement: Improvement,
    /// Plans run on the draws of the search.
    pub plans: usize,
    /// Whether the search came to its end (else it ran out of plans).
    pub settled: bool,
    /// The criterion of the best plan after each poll, on the draws of the search.
    pub path: Vec<f64>,
}

/// Searches for the plan that makes the first (and only) goal greatest. `reference` is the plan to beat; it is compared
/// as it is, and as the nearest feasible plan it is one of the starts.
///
/// # Errors
/// Limits that no plan keeps, steps out of range, evaluations of the wrong shape, or a plan that could not be run.
pub fn search<E>(
    problem: &Problem,
    reference: &[f64],
    settings: &SearchSettings,
    mut evaluate: impl FnMut(&[DecisionVector], Stage) -> Result<Vec<Evaluation>, E>,
) -> Result<Best, OptimiseError<E>> {
    let feasible = feasible_plan(problem).map_err(OptimiseError::Infeasible)?;
    if !(settings.last_step > 0.0 && settings.first_step >= settings.last_step && settings.first_step <= 1.0) {
        return Err(OptimiseError::OutOfRange { what: "steps of the search", allowed: "0 < last <= first <= 1" });
    }
    if reference.len() != problem.shares() {
        return Err(OptimiseError::OutOfRange { what: "reference plan", allowed: "one share a programme and year" });
    }
    let mut starts = vec![nearest_feasible(problem, reference), feasible];
    starts.push(nearest_feasible(problem, &vec![1.0 / problem.programmes as f64; problem.shares()]));
    for programme in 0..problem.programmes {
        let alone: Vec<f64> =
            (0..problem.shares()).map(|index| f64::from(u8::from(index % problem.programmes == programme))).collect();
        starts.push(nearest_feasible(problem, &alone));
    }
    let mut walk = Walk { problem, settings, evaluate: &mut evaluate, plans: 0 };
    let (mut plan, mut merit) = walk.best_of(starts)?.expect("the reference plan is a start");
    let mut step = settings.first_step;
    let mut path = vec![merit.value];
    while step >= settings.last_step && walk.plans < settings.most_plans {
        match walk.poll(&plan, merit, step)? {
            Some((better, its)) => (plan, merit) = (better, its),
            None => step /= 2.0,
        }
        path.push(merit.value);
    }
    let (plans, settled) = (walk.plans, step < settings.last_step);
    let both = [plan.clone(), reference.to_vec()];
    let mut found = evaluated(&mut evaluate, &both, Stage::Confirm, 1)?;
    let (Some(other), Some(own)) = (found.pop(), found.pop()) else {
        return Err(OptimiseError::Malformed { what: "another number of plans than asked for" });
    };
    let improvement = improvement(settings.criterion, &own.goals[0], &other.goals[0]);
    Ok(Best { plan, evaluation: own, reference: other, improvement, plans, settled, path })
}

/// How good a plan is: less violation first, then the criterion.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Merit {
    violation: f64,
    value: f64,
}

impl Merit {
    fn beats(self, other: Merit) -> bool {
        self.violation < other.violation || (self.violation == other.violation && self.value > other.value)
    }
}

struct Walk<'a, F> {
    problem: &'a Problem,
    settings: &'a SearchSettings,
    evaluate: &'a mut F,
    plans: usize,
}

impl<E, F: FnMut(&[DecisionVector], Stage) -> Result<Vec<Evaluation>, E>> Walk<'_, F> {
    fn merits(&mut self, plans: &[DecisionVector]) -> Result<Vec<Merit>, OptimiseError<E>> {
        self.plans += plans.len();
        let found = evaluated(self.evaluate, plans, Stage::Search, 1)?;
        let criterion = self.settings.criterion;
        let merit = |one: &Evaluation| Merit { violation: one.violation, value: criterion.of(&one.goals[0]) };
        Ok(found.iter().map(merit).collect())
    }

    /// The best of several plans, the first of equals.
    fn best_of(&mut self, plans: Vec<DecisionVector>) -> Result<Option<(DecisionVector, Merit)>, OptimiseError<E>> {
        let merits = self.merits(&plans)?;
        let best = plans.into_iter().zip(merits).reduce(|best, one| if one.1.beats(best.1) { one } else { best });
        Ok(best)
    }

    /// A better plan one step away, if there is one: moves in all years together first, then in single years; then the
    /// best moves at once.
    fn poll(
        &mut self,
        plan: &DecisionVector,
        merit: Merit,
        step: f64,
    ) -> Result<Option<(DecisionVector, Merit)>, OptimiseError<E>> {
        let mut rounds = vec![(0..self.problem.years).collect::<Vec<usize>>()];
        if self.problem.years > 1 {
            rounds.extend((0..self.problem.years).map(|year| vec![year]));
        }
        let (together, apart) = rounds.split_at(1);
        for years in [together, apart] {
            let moves: Vec<DecisionVector> = years.iter().flat_map(|years| self.moves(plan, years, step)).collect();
            if moves.is_empty() {
                continue;
            }
            let merits = self.merits(&moves)?;
            let mut order: Vec<usize> = (0..moves.len()).filter(|index| merits[*index].beats(merit)).collect();
            order.sort_by(|one, other| {
                let key = |index: usize| (merits[index].violation, -merits[index].value);
                let ((v, m), (w, n)) = (key(*one), key(*other));
                v.total_cmp(&w).then(m.total_cmp(&n)).then(one.cmp(other))
            });
            let Some(first) = order.first().copied() else { continue };
            // Several good moves at once often go further.
            let joint: Vec<DecisionVector> = [2, 4, 8]
                .into_iter()
                .filter(|count| *count <= order.len())
                .map(|count| {
                    let mut wished = plan.clone();
                    for index in &order[..count] {
                        for (share, (moved, before)) in wished.iter_mut().zip(moves[*index].iter().zip(plan)) {
                            *share += moved - before;
                        }
                    }
                    nearest_feasible(self.problem, &wished)
                })
                .collect();
            let mut best = (moves[first].clone(), merits[first]);
            if !joint.is_empty()
                && let Some(one) = self.best_of(joint)?
                && one.1.beats(best.1)
            {
                best = one;
            }
            return Ok(Some(best));
        }
        Ok(None)
    }

    /// Plans with a step's share moved from one programme to another in these years, made feasible.
    fn moves(&self, plan: &DecisionVector, years: &[usize], step: f64) -> Vec<DecisionVector> {
        let mut moves: Vec<DecisionVector> = Vec::new();
        for from in 0..self.problem.programmes {
            if years.iter().all(|year| plan[self.problem.index(from, *year)] <= 0.0) {
                continue;
            }
            for to in (0..self.problem.programmes).filter(|to| *to != from) {
                let mut wished = plan.clone();
                for year in years {
                    let (from, to) = (self.problem.index(from, *year), self.problem.index(to, *year));
                    let moved = step.min(plan[from]);
                    wished[from] -= moved;
                    wished[to] += moved;
                }
                let near = nearest_feasible(self.problem, &wished);
                let moved = near.iter().zip(plan).any(|(one, other)| (one - other).abs() > 1e-9);
                if moved && !moves.contains(&near) {
                    moves.push(near);
                }
            }
        }
        moves
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Criterion, SearchSettings, search};
    use crate::sensitivity::optimise::{DecisionVector, Evaluation, OptimiseError, Problem, Stage};
    use engine::sampling::uniform;

    /// Each programme brings `worth * sqrt(share)` a year, under noise: by Lagrange the best share is worth^2 over the sum
    /// of squares.
    fn concave(plans: &[DecisionVector], stage: Stage) -> Result<Vec<Evaluation>, String> {
        let worth = [3.0, 2.0, 1.0];
        let seed = if stage == Stage::Search { 1 } else { 2 };
        let value = |plan: &DecisionVector| -> f64 {
            plan.iter().enumerate().map(|(index, share)| worth[index % 3] * share.max(0.0).sqrt()).sum()
        };
        let draws = |plan: &DecisionVector| {
            let value = value(plan);
            (0..64).map(|draw| value + plan[0] * (uniform(seed, draw, "noise") - 0.5)).collect()
        };
        Ok(plans
            .iter()
            .map(|plan| Evaluation { goals: vec![draws(plan)], violation: 0.0, beside: Vec::new() })
            .collect())
    }

    #[test]
    fn the_known_best_is_found_and_confirmed() {
        let problem = Problem::new(3, 2);
        let even = vec![1.0 / 3.0; 6];
        let settings = SearchSettings { last_step: 0.005, ..SearchSettings::default() };
        let best = search(&problem, &even, &settings, concave).unwrap();
        assert!(best.settled, "{best:?}");
        for year in best.plan.chunks_exact(3) {
            for (share, worth) in year.iter().zip([3.0f64, 2.0, 1.0]) {
                assert!((share - worth * worth / 14.0).abs() < 0.03, "{best:?}");
            }
        }
        assert!(best.improvement.resolved && best.improvement.difference.value > 0.4, "{:?}", best.improvement);
        assert!(problem.excess(&best.plan) < 1e-8);
        assert_eq!(best, search(&problem, &even, &settings, concave).unwrap());
    }

    #[test]
    fn limits_bind_and_a_best_reference_is_not_beaten() {
        let problem = Problem::new(3, 2).at_most("cap", 0, 0, 0.2).ramp("ramp", 0, 0.1);
        let settings = SearchSettings { criterion: Criterion::WorstShare(0.1), ..SearchSettings::default() };
        let best = search(&problem, &[0.0, 0.5, 0.5, 0.0, 0.5, 0.5], &settings, concave).unwrap();
        assert!((best.plan[0] - 0.2).abs() < 1e-6 && (best.plan[3] - 0.3).abs() < 1e-6, "{best:?}");
        let again = search(&problem, &best.plan, &settings, concave).unwrap();
        assert!(again.improvement.difference.value.abs() < 0.02, "{again:?}");
    }

    #[test]
    fn what_cannot_be_is_said() {
        let problem = Problem::new(2, 1).at_most("cap of A", 0, 0, 0.3).at_most("cap of B", 1, 0, 0.3);
        let found = search(&problem, &[0.5, 0.5], &SearchSettings::default(), concave);
        let Err(OptimiseError::Infeasible(why)) = found else { panic!("{found:?}") };
        assert_eq!(why.limits, ["cap of A", "cap of B"]);
        let fails = |_: &[DecisionVector], _: Stage| -> Result<Vec<Evaluation>, String> { Err("no model".to_owned()) };
        let found = search(&Problem::new(2, 1), &[0.5, 0.5], &SearchSettings::default(), fails);
        assert_eq!(found, Err(OptimiseError::Evaluation("no model".to_owned())));
    }
}

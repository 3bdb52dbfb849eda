//! The efficient frontier between goals: plans of which none is better in one goal without being worse in another.
//!
//! NSGA-II: Deb K, Pratap A, Agarwal S, Meyarivan T (2002), "A fast and elitist multiobjective genetic algorithm", IEEE
//! Trans Evol Comput 6: 182-197, with its rule for constraints, simulated binary crossover and polynomial mutation. Random
//! numbers are keyed by seed and generation, so a search is the same wherever and whenever it runs.

use rand::Rng;

use super::criterion::Criterion;
use super::error::OptimiseError;
use super::feasible::feasible_plan;
use super::problem::{DecisionVector, Evaluation, Problem, Stage, evaluated};
use super::project::nearest_feasible;
use engine::sampling::Stream;

/// How long and how widely to search.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontierSettings {
    /// The number to decide by, one a goal; two goals or more.
    pub criteria: Vec<Criterion>,
    /// Plans in a generation, 8 or more, even.
    pub population: usize,
    /// Generations.
    pub generations: usize,
    /// Seed of the search.
    pub seed: u64,
}

/// A plan on the frontier.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The plan.
    pub plan: DecisionVector,
    /// Its criteria, one a goal, on the draws of confirmation.
    pub merits: Vec<f64>,
    /// What it brings, on the draws of confirmation.
    pub evaluation: Evaluation,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Frontier {
    /// Plans that no other beats in every goal, in the order of the first goal. They are chosen on the draws of the search;
    /// those that another of them, or the given plan, beats on the draws of confirmation are left out.
    pub members: Vec<Member>,
    /// The given plan on the draws of confirmation.
    pub reference: Member,
    /// Whether none of the members beats the given plan: it is on the frontier itself.
    pub reference_is_efficient: bool,
    /// Plans run on the draws of the search.
    pub plans: usize,
}

/// Searches for the frontier. The reference plan, made feasible, takes part, and so do `others`, such as the best plan for
/// one of the goals.
///
/// # Errors
/// Limits that no plan keeps, settings out of range, evaluations of the wrong shape, or a plan that could not be run.
pub fn frontier<E>(
    problem: &Problem,
    reference: &[f64],
    others: &[DecisionVector],
    settings: &FrontierSettings,
    mut evaluate: impl FnMut(&[DecisionVector], Stage) -> Result<Vec<Evaluation>, E>,
) -> Result<Frontier, OptimiseError<E>> {
    let feasible = feasible_plan(problem).map_err(OptimiseError::Infeasible)?;
    if settings.criteria.len() < 2 {
        return Err(OptimiseError::OutOfRange { what: "number of goals", allowed: "2 or more" });
    }
    if settings.population < 8 || !settings.population.is_multiple_of(2) {
        return Err(OptimiseError::OutOfRange {
            what: "number of plans in a generation",
            allowed: "even, and 8 or more",
        });
    }
    if others.iter().map(Vec::as_slice).chain([reference]).any(|plan| plan.len() != problem.shares()) {
        return Err(OptimiseError::OutOfRange { what: "reference plan", allowed: "one share a programme and year" });
    }
    let goals = settings.criteria.len();
    let mut plans = 0;
    let mut judged = |candidates: Vec<DecisionVector>, evaluate: &mut _| -> Result<Vec<Candidate>, OptimiseError<E>> {
        plans += candidates.len();
        let found = evaluated(evaluate, &candidates, Stage::Search, goals)?;
        Ok(candidates.into_iter().zip(found).map(|(plan, found)| Candidate::new(plan, &found, settings)).collect())
    };
    let mut parents = judged(first_generation(problem, reference, others, feasible, settings), &mut evaluate)?;
    rank(&mut parents);
    for generation in 0..settings.generations {
        let mut stream = Stream::new(settings.seed, generation as u64 + 1, "frontier");
        let children = offspring(problem, &parents, settings.population, &mut stream);
        parents.extend(judged(children, &mut evaluate)?);
        rank(&mut parents);
        parents.sort_by(Candidate::order);
        parents.truncate(settings.population);
    }
    let mut members: Vec<Candidate> = parents.into_iter().filter(|one| one.front == 0).collect();
    members.sort_by(|one, other| {
        one.merits[0].total_cmp(&other.merits[0]).then(one.merits[1].total_cmp(&other.merits[1]))
    });
    members.dedup_by(|one, other| one.merits == other.merits);
    let mut candidates: Vec<DecisionVector> = members.into_iter().map(|one| one.plan).collect();
    // What was best by one goal is confirmed even where crowding left it out.
    for plan in others.iter().map(|plan| nearest_feasible(problem, plan)) {
        if !candidates.contains(&plan) {
            candidates.push(plan);
        }
    }
    candidates.push(reference.to_vec());
    let found = evaluated(&mut evaluate, &candidates, Stage::Confirm, goals)?;
    let mut members: Vec<Member> = candidates
        .into_iter()
        .zip(found)
        .map(|(plan, evaluation)| Member { merits: merits(&evaluation, settings), plan, evaluation })
        .collect();
    let reference = members.pop().expect("the reference plan is the last");
    let reference_is_efficient = !members.iter().any(|one| beats(&one.merits, &reference.merits));
    let all: Vec<Vec<f64>> = members.iter().chain([&reference]).map(|one| one.merits.clone()).collect();
    members.retain(|one| !all.iter().any(|other| beats(other, &one.merits)));
    members.sort_by(|one, other| one.merits[0].total_cmp(&other.merits[0]));
    members.dedup_by(|one, other| one.merits == other.merits);
    Ok(Frontier { members, reference, reference_is_efficient, plans })
}

/// No worse in any goal, and better in one.
fn beats(one: &[f64], other: &[f64]) -> bool {
    let mut better = false;
    for (own, theirs) in one.iter().zip(other) {
        if own < theirs {
            return false;
        }
        better |= own > theirs;
    }
    better
}

#[derive(Debug, Clone)]
struct Candidate {
    plan: DecisionVector,
    merits: Vec<f64>,
    violation: f64,
    front: usize,
    crowding: f64,
}

impl Candidate {
    fn new(plan: DecisionVector, found: &Evaluation, settings: &FrontierSettings) -> Candidate {
        let violation = found.violation.max(0.0);
        Candidate { plan, merits: merits(found, settings), violation, front: 0, crowding: 0.0 }
    }

    /// Deb's constrained domination.
    fn dominates(&self, other: &Candidate) -> bool {
        if self.violation != other.violation {
            return self.violation < other.violation;
        }
        beats(&self.merits, &other.merits)
    }

    /// Nearer fronts first, then those with more room around them.
    fn order(&self, other: &Candidate) -> std::cmp::Ordering {
        self.front.cmp(&other.front).then(other.crowding.total_cmp(&self.crowding))
    }
}

fn merits(found: &Evaluation, settings: &FrontierSettings) -> Vec<f64> {
    found.goals.iter().zip(&settings.criteria).map(|(draws, criterion)| criterion.of(draws)).collect()
}

/// The reference, the other plans given, a feasible plan, each programme alone, and random plans.
fn first_generation(
    problem: &Problem,
    reference: &[f64],
    others: &[DecisionVector],
    feasible: DecisionVector,
    settings: &FrontierSettings,
) -> Vec<DecisionVector> {
    let mut plans = vec![nearest_feasible(problem, reference)];
    plans.extend(others.iter().map(|plan| nearest_feasible(problem, plan)));
    plans.push(feasible);
    for programme in 0..problem.programmes {
        let alone: Vec<f64> =
            (0..problem.shares()).map(|index| f64::from(u8::from(index % problem.programmes == programme))).collect();
        plans.push(nearest_feasible(problem, &alone));
    }
    plans.truncate(settings.population);
    let mut stream = Stream::new(settings.seed, 0, "frontier");
    while plans.len() < settings.population {
        // Exponential numbers, divided by their sum, are uniform over all shares; half of the plans keep one mix for
        // all years.
        let steady = plans.len().is_multiple_of(2);
        let mut wished: Vec<f64> = (0..problem.shares()).map(|_| -unit(&mut stream).ln()).collect();
        for index in problem.programmes..wished.len() {
            if steady {
                wished[index] = wished[index - problem.programmes];
            }
        }
        for year in wished.chunks_exact_mut(problem.programmes) {
            let total = year.iter().fold(0.0, |sum, share| sum + share);
            year.iter_mut().for_each(|share| *share /= total);
        }
        plans.push(nearest_feasible(problem, &wished));
    }
    plans
}

/// Fronts by domination, and the room around each candidate on its front.
fn rank(candidates: &mut [Candidate]) {
    let count = candidates.len();
    let mut left: Vec<usize> = (0..count).collect();
    let mut front = 0;
    while !left.is_empty() {
        let beaten = |one: &usize| left.iter().any(|other| candidates[*other].dominates(&candidates[*one]));
        let (rest, on): (Vec<usize>, Vec<usize>) = left.iter().copied().partition(beaten);
        crowd(candidates, &on);
        on.iter().for_each(|one| candidates[*one].front = front);
        left = rest;
        front += 1;
    }
}

fn crowd(candidates: &mut [Candidate], front: &[usize]) {
    front.iter().for_each(|one| candidates[*one].crowding = 0.0);
    for goal in 0..candidates[front[0]].merits.len() {
        let mut order = front.to_vec();
        let merit = |candidates: &[Candidate], one: usize| candidates[one].merits[goal];
        order.sort_by(|one, other| merit(candidates, *one).total_cmp(&merit(candidates, *other)).then(one.cmp(other)));
        let (first, last) = (order[0], order[order.len() - 1]);
        let range = merit(candidates, last) - merit(candidates, first);
        candidates[first].crowding = f64::INFINITY;
        candidates[last].crowding = f64::INFINITY;
        if range > 0.0 {
            for three in order.windows(3) {
                let gap = merit(candidates, three[2]) - merit(candidates, three[0]);
                candidates[three[1]].crowding += gap / range;
            }
        }
    }
}

fn offspring(problem: &Problem, parents: &[Candidate], count: usize, stream: &mut Stream) -> Vec<DecisionVector> {
    let mut children = Vec::with_capacity(count);
    while children.len() < count {
        let (one, other) = (winner(parents, stream), winner(parents, stream));
        let (mut first, mut second) = crossed(&one.plan, &other.plan, stream);
        for child in [&mut first, &mut second] {
            mutate(problem, child, stream);
            children.push(nearest_feasible(problem, child));
        }
    }
    children.truncate(count);
    children
}

/// The better of two drawn at random.
fn winner<'a>(parents: &'a [Candidate], stream: &mut Stream) -> &'a Candidate {
    let mut draw = || &parents[((unit(stream) * parents.len() as f64) as usize).min(parents.len() - 1)];
    let (one, other) = (draw(), draw());
    if other.order(one).is_lt() { other } else { one }
}

const CROSSING: f64 = 0.9;
const CROSSING_INDEX: f64 = 15.0;
const MUTATION_INDEX: f64 = 20.0;

/// Simulated binary crossover.
fn crossed(one: &DecisionVector, other: &DecisionVector, stream: &mut Stream) -> (DecisionVector, DecisionVector) {
    let (mut first, mut second) = (one.clone(), other.clone());
    if unit(stream) > CROSSING {
        return (first, second);
    }
    for index in 0..one.len() {
        if unit(stream) < 0.5 {
            let u = unit(stream);
            let power = 1.0 / (CROSSING_INDEX + 1.0);
            let beta = if u <= 0.5 { (2.0 * u).powf(power) } else { (0.5 / (1.0 - u)).powf(power) };
            let (middle, half) = ((one[index] + other[index]) / 2.0, (other[index] - one[index]) / 2.0);
            (first[index], second[index]) = (middle - beta * half, middle + beta * half);
        }
    }
    (first, second)
}

/// Money moved from one programme to another in every year, half of the time all of it; or polynomial mutation of about
/// one share a year, or of a programme in every year at once.
fn mutate(problem: &Problem, plan: &mut DecisionVector, stream: &mut Stream) {
    if unit(stream) < 0.3 {
        let mut draw = || ((unit(stream) * problem.programmes as f64) as usize).min(problem.programmes - 1);
        let (from, to) = (draw(), draw());
        let part = (2.0 * unit(stream)).min(1.0);
        for year in plan.chunks_exact_mut(problem.programmes) {
            let moved = part * year[from];
            year[from] -= moved;
            year[to] += moved;
        }
        return;
    }
    let everywhere = unit(stream) < 0.5;
    let chosen = ((unit(stream) * problem.programmes as f64) as usize).min(problem.programmes - 1);
    let shift = polynomial(stream);
    for (index, share) in plan.iter_mut().enumerate() {
        if everywhere && index % problem.programmes == chosen {
            *share += shift;
        } else if !everywhere && unit(stream) < 1.0 / problem.programmes as f64 {
            *share += polynomial(stream);
        }
    }
}

fn polynomial(stream: &mut Stream) -> f64 {
    let u = unit(stream);
    let power = 1.0 / (MUTATION_INDEX + 1.0);
    if u < 0.5 { (2.0 * u).powf(power) - 1.0 } else { 1.0 - (2.0 * (1.0 - u)).powf(power) }
}

/// A number strictly between 0 and 1.
fn unit(stream: &mut Stream) -> f64 {
    ((stream.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Criterion, FrontierSettings, frontier};
    use crate::sensitivity::optimise::{DecisionVector, Evaluation, OptimiseError, Problem, Stage};

    /// Programme 0 serves the first goal, 1 the second, with falling returns; 2 serves neither. The frontier is the arc
    /// of the unit circle.
    fn arc(plans: &[DecisionVector], _: Stage) -> Result<Vec<Evaluation>, String> {
        let goal = |share: f64| vec![share.max(0.0).sqrt(); 4];
        Ok(plans.iter().map(|plan| one(vec![goal(plan[0]), goal(plan[1])])).collect())
    }

    fn one(goals: Vec<Vec<f64>>) -> Evaluation {
        Evaluation { goals, violation: 0.0, beside: Vec::new() }
    }

    fn settings() -> FrontierSettings {
        FrontierSettings { criteria: vec![Criterion::Expected; 2], population: 40, generations: 60, seed: 4 }
    }

    #[test]
    fn a_known_frontier_is_found_from_end_to_end() {
        let problem = Problem::new(3, 1);
        let found = frontier(&problem, &[0.2, 0.2, 0.6], &[], &settings(), arc).unwrap();
        assert!(found.members.len() >= 30, "{}", found.members.len());
        for member in &found.members {
            let radius = member.merits[0].hypot(member.merits[1]);
            assert!((0.99..1.0 + 1e-6).contains(&radius), "{member:?}");
        }
        let (first, last) = (&found.members[0], &found.members[found.members.len() - 1]);
        assert!(first.merits[0] < 0.05 && last.merits[1] < 0.05);
        let widest = found
            .members
            .windows(2)
            .map(|two| (two[1].merits[0] - two[0].merits[0]).hypot(two[1].merits[1] - two[0].merits[1]));
        assert!(widest.fold(0.0, f64::max) < 0.25);
        assert_eq!(found, frontier(&problem, &[0.2, 0.2, 0.6], &[], &settings(), arc).unwrap());
        assert!((found.reference.merits[0] - 0.2f64.sqrt()).abs() < 1e-12);
    }

    /// The draws of confirmation turn against programme 0 above a share of a half: of the plans that the search put on the
    /// arc, those beyond are beaten there and are not shown, and the rest fall in the second goal as they rise in the first.
    #[test]
    fn plans_that_are_beaten_on_confirmation_are_left_out() {
        let turning = |plans: &[DecisionVector], stage: Stage| {
            let mut found = arc(plans, stage)?;
            for (one, plan) in found.iter_mut().zip(plans) {
                if stage == Stage::Confirm && plan[0] > 0.5 {
                    one.goals[0].iter_mut().for_each(|value| *value = 0.1);
                }
            }
            Ok::<_, String>(found)
        };
        let found = frontier(&Problem::new(3, 1), &[0.2, 0.2, 0.6], &[], &settings(), turning).unwrap();
        assert!(found.members.len() > 8 && !found.reference_is_efficient);
        assert!(found.members.iter().all(|one| one.plan[0] <= 0.5), "{:?}", found.members);
        for two in found.members.windows(2) {
            assert!(two[0].merits[0] < two[1].merits[0] && two[0].merits[1] > two[1].merits[1], "{two:?}");
        }
    }

    /// One generation finds little; the plan that is best by one goal is there all the same, and a plan in hand that no
    /// other beats is on the frontier itself.
    #[test]
    fn the_best_by_one_goal_takes_part_and_a_plan_that_none_beats_is_efficient() {
        let short = FrontierSettings { population: 8, generations: 1, ..settings() };
        let best = vec![0.83, 0.17, 0.0];
        let found =
            frontier(&Problem::new(3, 1), &[0.36, 0.64, 0.0], std::slice::from_ref(&best), &short, arc).unwrap();
        assert!(found.members.iter().any(|one| one.plan == best), "{:?}", found.members);
        assert!(found.reference_is_efficient);
    }

    #[test]
    fn limits_of_both_kinds_are_kept() {
        let problem = Problem::new(3, 1).at_most("cap", 0, 0, 0.5);
        let strict = |plans: &[DecisionVector], stage: Stage| {
            let mut found = arc(plans, stage)?;
            // Only a run shows that programme 1 may not pass 0.7.
            for (one, plan) in found.iter_mut().zip(plans) {
                one.violation = (plan[1] - 0.7).max(0.0);
            }
            Ok::<_, String>(found)
        };
        let found = frontier(&problem, &[0.2, 0.2, 0.6], &[], &settings(), strict).unwrap();
        assert!(found.members.iter().all(|one| one.plan[0] < 0.5 + 1e-6 && one.plan[1] < 0.7 + 1e-9));
        assert!(found.members.iter().any(|one| one.plan[1] > 0.66));
    }

    #[test]
    fn settings_without_sense_are_said() {
        let one = FrontierSettings { criteria: vec![Criterion::Expected], ..settings() };
        let found = frontier(&Problem::new(3, 1), &[0.2, 0.2, 0.6], &[], &one, arc);
        assert!(matches!(found, Err(OptimiseError::OutOfRange { what: "number of goals", .. })));
    }
}

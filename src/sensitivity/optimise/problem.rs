//! What may be decided: shares of programmes in each year's money, and the limits on them.

use super::error::OptimiseError;

/// Shares of each year's money: year by year, programme by programme within a year.
pub type DecisionVector = Vec<f64>;

/// Shares of programmes by year. In each year they are 0 or more and add up to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// How many programmes.
    pub programmes: usize,
    /// How many years have shares of their own.
    pub years: usize,
    /// Further limits.
    pub limits: Vec<Limit>,
}

/// A limit with a name: the sum of `factor * share` over its terms is at most `most`.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// As people know it, such as `equity floor` or `ramp of H01`. Limits of one name belong together.
    pub name: String,
    /// Indices in the plan and their factors.
    pub terms: Vec<(usize, f64)>,
    /// The most allowed.
    pub most: f64,
}

impl Problem {
    /// Programmes and years without further limits.
    pub fn new(programmes: usize, years: usize) -> Self {
        Self { programmes, years, limits: Vec::new() }
    }

    /// The index of a programme's share in a year, both from 0.
    pub fn index(&self, programme: usize, year: usize) -> usize {
        year * self.programmes + programme
    }

    /// How many shares a plan has.
    pub fn shares(&self) -> usize {
        self.programmes * self.years
    }

    /// A programme's share is at most `most` in a year: what its eligible people or its workforce can absorb.
    #[must_use]
    pub fn at_most(mut self, name: &str, programme: usize, year: usize, most: f64) -> Self {
        let terms = vec![(self.index(programme, year), 1.0)];
        self.limits.push(Limit { name: name.to_owned(), terms, most });
        self
    }

    /// A programme's share is at least `least` in a year: a commitment made.
    #[must_use]
    pub fn at_least(mut self, name: &str, programme: usize, year: usize, least: f64) -> Self {
        let terms = vec![(self.index(programme, year), -1.0)];
        self.limits.push(Limit { name: name.to_owned(), terms, most: -least });
        self
    }

    /// A programme's share grows by at most `rise` from a year to the next.
    #[must_use]
    pub fn ramp(mut self, name: &str, programme: usize, rise: f64) -> Self {
        for year in 1..self.years {
            let terms = vec![(self.index(programme, year), 1.0), (self.index(programme, year - 1), -1.0)];
            self.limits.push(Limit { name: name.to_owned(), terms, most: rise });
        }
        self
    }

    /// In every year the shares, each times its programme's weight, add up to at least `least`: an equity floor, where the
    /// weight is the part of a programme that reaches the most deprived.
    #[must_use]
    pub fn floor(mut self, name: &str, weights: &[f64], least: f64) -> Self {
        for year in 0..self.years {
            let terms = weights.iter().enumerate().map(|(programme, weight)| (self.index(programme, year), -weight));
            self.limits.push(Limit { name: name.to_owned(), terms: terms.collect(), most: -least });
        }
        self
    }

    /// In every year the shares, each times its programme's cost, add up to at most `most`: a budget of something other
    /// than the money that is shared out, such as staff.
    #[must_use]
    pub fn budget(mut self, name: &str, costs: &[f64], most: f64) -> Self {
        for year in 0..self.years {
            let terms = costs.iter().enumerate().map(|(programme, cost)| (self.index(programme, year), *cost));
            self.limits.push(Limit { name: name.to_owned(), terms: terms.collect(), most });
        }
        self
    }

    /// By how much a plan breaks its limits: the greatest excess, 0 for a feasible plan.
    pub fn excess(&self, plan: &[f64]) -> f64 {
        let mut most: f64 = 0.0;
        for limit in &self.limits {
            most = most.max(limit.value(plan) - limit.most);
        }
        for year in plan.chunks_exact(self.programmes) {
            most = most.max((year.iter().fold(0.0, |sum, share| sum + share) - 1.0).abs());
            most = year.iter().fold(most, |most, share| most.max(-share));
        }
        most
    }
}

impl Limit {
    pub(super) fn value(&self, plan: &[f64]) -> f64 {
        self.terms.iter().fold(0.0, |sum, (index, factor)| sum + factor * plan[*index])
    }
}

/// For which purpose plans are evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// To choose among them: always the same draws.
    Search,
    /// To say how much better the chosen plan is: other draws than it was chosen on, since the best of many on one sample
    /// looks better than it is.
    Confirm,
}

/// What a plan brings.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// `[goal][draw]`, more is better; the same draws for every plan of a stage.
    pub goals: Vec<Vec<f64>>,
    /// By how much it breaks limits that only a run can show, 0 if none: such a plan never beats one that breaks less.
    pub violation: f64,
    /// Draws of what decides nothing and is told beside the goals, such as what the plan spends.
    pub beside: Vec<Vec<f64>>,
}

/// Asks for evaluations and checks their shape.
pub(super) fn evaluated<E>(
    evaluate: &mut impl FnMut(&[DecisionVector], Stage) -> Result<Vec<Evaluation>, E>,
    plans: &[DecisionVector],
    stage: Stage,
    goals: usize,
) -> Result<Vec<Evaluation>, OptimiseError<E>> {
    let found = evaluate(plans, stage).map_err(OptimiseError::Evaluation)?;
    let malformed = |what| Err(OptimiseError::Malformed { what });
    if found.len() != plans.len() {
        return malformed("another number of plans than asked for");
    }
    let draws = found.first().and_then(|one| one.goals.first()).map_or(0, Vec::len);
    for one in &found {
        if one.goals.len() != goals {
            return malformed("another number of goals than asked for");
        }
        if draws < 2 || one.goals.iter().any(|goal| goal.len() != draws) {
            return malformed("too few draws, or not the same for every plan and goal");
        }
        if one.violation.is_nan() || one.goals.iter().flatten().any(|value| !value.is_finite()) {
            return malformed("something that is no number");
        }
    }
    Ok(found)
}

//! The value of one input at which a goal is met, all others as uncertain as they are.
//!
//! Threshold analysis (Briggs A, Sculpher M, Claxton K (2006), "Decision Modelling for Health Economic Evaluation"), read
//! from a stored sample: a penalised spline of the outcome on the input says what is expected where the input is known.

use engine::sampling::NORMAL_95;
use rayon::prelude::*;

use crate::appraisal::statistic::Estimate;
use crate::sensitivity::decision::bins::Bins;
use crate::sensitivity::decision::consequences::{average, sum};
use crate::sensitivity::decision::error::{DecisionError, at_least, checked};
use crate::sensitivity::decision::normal::scores;
use crate::sensitivity::decision::partial::FEWEST;
use crate::sensitivity::decision::spline::smoother;

/// What must hold for the goal to be met.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wanted {
    /// The expected outcome is at least this.
    Mean(f64),
    /// The outcome is at least `level` with at least this `chance`, such as an even one.
    Chance {
        /// The outcome wanted.
        level: f64,
        /// How likely, from 0 to 1.
        chance: f64,
    },
}

/// What is found for one input.
#[derive(Debug, Clone, PartialEq)]
pub struct Threshold {
    /// The input.
    pub input: usize,
    /// The input's 2.5th and 97.5th percentile.
    pub range: (f64, f64),
    /// The margin over the goal (below 0: missed) expected at the lower end of that range. In the unit of the outcome;
    /// a difference of probabilities where a chance is wanted.
    pub at_low: Estimate,
    /// The same at the upper end.
    pub at_high: Estimate,
    /// Where the goal begins to be met.
    pub crossing: Crossing,
}

/// Where, along an input, a goal is met.
#[derive(Debug, Clone, PartialEq)]
pub enum Crossing {
    /// Wherever the input lies in the sample.
    Everywhere,
    /// Nowhere in the sample.
    Nowhere,
    /// On one side of a value.
    At {
        /// The value.
        value: f64,
        /// Its 95 % interval; an end is missing where it lies beyond the sample.
        interval: (Option<f64>, Option<f64>),
        /// Whether the goal is met above the value (else below).
        above: bool,
        /// Whether the value lies in the input's 95 % range; else it is rather far-fetched.
        within_range: bool,
        /// Further crossings: where this is not 0 the goal is met here and there.
        further: usize,
    },
}

/// The threshold of every input, in their order.
///
/// # Errors
/// Inputs of other draws than the outcome, something that is no number, fewer than 40 draws.
pub fn thresholds(outcome: &[f64], inputs: &[Vec<f64>], wanted: Wanted) -> Result<Vec<Threshold>, DecisionError> {
    let margins = margins(outcome, inputs, wanted)?;
    let mean = average(&margins);
    let deviations: Vec<f64> = margins.iter().map(|margin| margin - mean).collect();
    let squares = sum(deviations.iter().map(|one| one * one));
    let scores = scores(outcome.len());
    Ok(inputs
        .par_iter()
        .enumerate()
        .map(|(input, values)| {
            let bins = Bins::new(values, &scores);
            let smoother = smoother(&bins);
            let fit = smoother.fit(&smoother.project(&bins.sums(&deviations)), squares);
            let heights: Vec<f64> = smoother.values(&fit).iter().map(|value| value + mean).collect();
            let errors: Vec<f64> = smoother.variances(&fit).iter().map(|variance| variance.sqrt()).collect();
            let (low, high) = (quantile_bin(&bins, 0.025), quantile_bin(&bins, 0.975));
            let at = |index: usize| Estimate { value: heights[index], error: errors[index] };
            let range = (bins.values[low], bins.values[high]);
            let crossing = crossing(&bins.values, &heights, &errors, range);
            Threshold { input, range, at_low: at(low), at_high: at(high), crossing }
        })
        .collect())
}

/// By how much each draw passes the goal.
pub(super) fn margins(outcome: &[f64], inputs: &[Vec<f64>], wanted: Wanted) -> Result<Vec<f64>, DecisionError> {
    at_least("draws", outcome.len(), FEWEST)?;
    checked("outcomes", &[outcome], outcome.len())?;
    checked("inputs", inputs, outcome.len())?;
    match wanted {
        Wanted::Mean(goal) => Ok(outcome.iter().map(|value| value - goal).collect()),
        Wanted::Chance { level, chance } if (0.0..=1.0).contains(&chance) => {
            Ok(outcome.iter().map(|value| f64::from(u8::from(*value >= level)) - chance).collect())
        }
        Wanted::Chance { .. } => Err(DecisionError::OutOfRange { what: "chance wanted", allowed: "from 0 to 1" }),
    }
}

/// The range that holds this share of the draws below it.
pub(super) fn quantile_bin(bins: &Bins, share: f64) -> usize {
    let wanted = share * sum(bins.counts.iter().copied());
    let mut below = 0.0;
    for (index, count) in bins.counts.iter().enumerate() {
        below += count;
        if below >= wanted {
            return index;
        }
    }
    bins.len() - 1
}

fn crossing(values: &[f64], heights: &[f64], errors: &[f64], range: (f64, f64)) -> Crossing {
    let found = zeros(values, heights);
    let Some((value, above)) = nearest(&found, range) else {
        return if heights[0] >= 0.0 { Crossing::Everywhere } else { Crossing::Nowhere };
    };
    let band = |errors_off: f64| {
        let moved: Vec<f64> = heights.iter().zip(errors).map(|(height, error)| height + errors_off * error).collect();
        let same_way: Vec<(f64, bool)> = zeros(values, &moved).into_iter().filter(|zero| zero.1 == above).collect();
        same_way.into_iter().map(|zero| zero.0).min_by(|a, b| (a - value).abs().total_cmp(&(b - value).abs()))
    };
    let (optimist, pessimist) = (band(NORMAL_95), band(-NORMAL_95));
    let interval = if above { (optimist, pessimist) } else { (pessimist, optimist) };
    let within_range = (range.0..=range.1).contains(&value);
    Crossing::At { value, interval, above, within_range, further: found.len() - 1 }
}

/// Where a curve through points passes zero, and whether it rises there.
fn zeros(values: &[f64], heights: &[f64]) -> Vec<(f64, bool)> {
    let mut zeros = Vec::new();
    for index in 1..values.len() {
        let (before, after) = (heights[index - 1], heights[index]);
        if (before >= 0.0) != (after >= 0.0) {
            let share = before / (before - after);
            zeros.push((values[index - 1] + share * (values[index] - values[index - 1]), after > before));
        }
    }
    zeros
}

/// The crossing nearest to the middle of the range: the least far-fetched.
fn nearest(zeros: &[(f64, bool)], range: (f64, f64)) -> Option<(f64, bool)> {
    let middle = (range.0 + range.1) / 2.0;
    zeros.iter().copied().min_by(|one, other| (one.0 - middle).abs().total_cmp(&(other.0 - middle).abs()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Crossing, Wanted, thresholds};
    use crate::sensitivity::decision::fixture::{normals, uniforms};

    #[test]
    fn the_value_at_which_a_straight_line_crosses_is_found_and_covered() {
        let mut covered = 0;
        for seed in 0..20 {
            let n = 2_000;
            let (x, noise) = (uniforms(seed, n, "x"), normals(seed, n, "noise"));
            // The mean is 0 at x = 0.7, the median too.
            let outcome: Vec<f64> = x.iter().zip(&noise).map(|(x, noise)| 3.0 * (x - 0.7) + noise).collect();
            for wanted in [Wanted::Mean(0.0), Wanted::Chance { level: 0.0, chance: 0.5 }] {
                let found = &thresholds(&outcome, std::slice::from_ref(&x), wanted).unwrap()[0];
                let Crossing::At { value, interval: (Some(low), Some(high)), above: true, within_range: true, .. } =
                    found.crossing
                else {
                    panic!("{found:?}")
                };
                assert!((value - 0.7).abs() < 0.12, "{found:?}");
                assert!(low < value && value < high && high - low < 0.3);
                covered += usize::from(low <= 0.7 && 0.7 <= high);
            }
        }
        assert!(covered >= 34, "{covered} of 40 intervals hold the truth");
    }

    #[test]
    fn a_goal_met_below_a_value_everywhere_and_nowhere() {
        let n = 1_000;
        let x = uniforms(3, n, "x");
        let outcome: Vec<f64> = x.iter().map(|x| 0.2 - x).collect();
        let crossing =
            |goal| thresholds(&outcome, std::slice::from_ref(&x), Wanted::Mean(goal)).unwrap().remove(0).crossing;
        let Crossing::At { value, above: false, .. } = crossing(0.0) else { panic!("{:?}", crossing(0.0)) };
        assert!((value - 0.2).abs() < 0.01);
        assert_eq!(crossing(-2.0), Crossing::Everywhere);
        assert_eq!(crossing(2.0), Crossing::Nowhere);
    }
}

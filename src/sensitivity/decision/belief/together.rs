//! The smallest set of inputs which, each at the favourable end of its range, would meet the goal together.
//!
//! The outcome is described by a sum of smooth curves, one an input (Hastie T, Tibshirani R (1986), "Generalized additive
//! models", Statistical Science 1: 297-310, by backfitting). In such a sum the inputs with the largest gains make the
//! smallest set, so taking them in turn is not a shortcut. What inputs do only jointly is not seen: a set found here is
//! to be run again in the model.

use rayon::prelude::*;

use super::threshold::{Wanted, margins, quantile_bin};
use crate::appraisal::statistic::{Estimate, mean};
use crate::sensitivity::decision::bins::Bins;
use crate::sensitivity::decision::consequences::{average, sum};
use crate::sensitivity::decision::error::{DecisionError, at_least};
use crate::sensitivity::decision::normal::scores;
use crate::sensitivity::decision::smoother::{Fit, Smoother};
use crate::sensitivity::decision::spline::smoother;

/// One input moved to the end of its 95 % range that favours the goal.
#[derive(Debug, Clone, PartialEq)]
pub struct Belief {
    /// The input.
    pub input: usize,
    /// The value to believe in.
    pub value: f64,
    /// Whether that is the upper end (for an input of a few levels: whether it lies above the input's mean).
    pub upper: bool,
    /// What believing it adds to the margin over the goal, against the input as uncertain as it is.
    pub gain: Estimate,
    /// The margin over the goal expected with this belief and those before it.
    pub margin: Estimate,
}

/// What would have to be believed together.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// The margin over the goal expected with nothing believed; below 0 the goal is missed.
    pub start: Estimate,
    /// The smallest set, largest gains first; where the goal is out of reach, every belief with a gain beyond doubt.
    pub beliefs: Vec<Belief>,
    /// Whether the goal is met with all of them.
    pub reached: bool,
    /// The share of the outcome's variance that the sum of curves describes: far below 1, take the set with caution.
    pub described: f64,
}

/// Seeks the smallest set of beliefs that meets the goal.
///
/// # Errors
/// As [`thresholds`](super::thresholds), or no input at all.
pub fn beliefs(outcome: &[f64], inputs: &[Vec<f64>], wanted: Wanted) -> Result<Together, DecisionError> {
    let margins = margins(outcome, inputs, wanted)?;
    at_least("inputs", inputs.len(), 1)?;
    let start = mean(&margins);
    let scores = scores(outcome.len());
    let mut curves: Vec<Curve> = inputs.par_iter().map(|input| Curve::new(Bins::new(input, &scores))).collect();
    let described = backfit(&margins, &mut curves);
    let mut offers: Vec<Belief> =
        curves.iter().enumerate().filter_map(|(input, curve)| curve.best_end(input, start)).collect();
    offers.sort_by(|one, other| other.gain.value.total_cmp(&one.gain.value).then(one.input.cmp(&other.input)));
    let (mut margin, mut variance) = (start.value, start.error * start.error);
    let mut beliefs = Vec::new();
    for mut offer in offers {
        if margin >= 0.0 {
            break;
        }
        margin += offer.gain.value;
        variance += offer.gain.error * offer.gain.error;
        offer.margin = Estimate { value: margin, error: variance.sqrt() };
        beliefs.push(offer);
    }
    Ok(Together { start, beliefs, reached: margin >= 0.0, described })
}

struct Curve {
    bins: Bins,
    smoother: Smoother,
    fit: Option<Fit>,
    heights: Vec<f64>,
}

impl Curve {
    fn new(bins: Bins) -> Curve {
        let smoother = smoother(&bins);
        let heights = vec![0.0; bins.len()];
        Curve { bins, smoother, fit: None, heights }
    }

    /// Fits the curve to what the other curves leave, and takes its change out of the residuals.
    fn refit(&mut self, residuals: &mut [f64]) {
        let partial: Vec<f64> = residuals
            .iter()
            .zip(&self.bins.of_draw)
            .map(|(residual, range)| residual + self.heights[*range as usize])
            .collect();
        let squares = sum(partial.iter().map(|one| one * one));
        let fit = self.smoother.fit(&self.smoother.project(&self.bins.sums(&partial)), squares);
        let mut heights = self.smoother.values(&fit);
        let n = residuals.len() as f64;
        let centre = sum(heights.iter().zip(&self.bins.counts).map(|(height, count)| height * count)) / n;
        heights.iter_mut().for_each(|height| *height -= centre);
        for ((residual, partial), range) in residuals.iter_mut().zip(&partial).zip(&self.bins.of_draw) {
            *residual = partial - heights[*range as usize];
        }
        (self.heights, self.fit) = (heights, Some(fit));
    }

    /// The favourable end, if its gain is beyond doubt. The margin is filled in later.
    fn best_end(&self, input: usize, start: Estimate) -> Option<Belief> {
        let variances = self.smoother.variances(self.fit.as_ref()?);
        let n = sum(self.bins.counts.iter().copied());
        let ends = if self.bins.few_values {
            (0..self.bins.len()).filter(|level| self.bins.counts[*level] >= 0.025 * n).collect()
        } else {
            vec![quantile_bin(&self.bins, 0.025), quantile_bin(&self.bins, 0.975)]
        };
        let best =
            ends.into_iter().reduce(|best, end| if self.heights[end] > self.heights[best] { end } else { best })?;
        let gain = Estimate { value: self.heights[best], error: variances[best].sqrt() };
        let middle = sum(self.bins.values.iter().zip(&self.bins.counts).map(|(value, count)| value * count)) / n;
        let value = self.bins.values[best];
        (gain.value > gain.half_width()).then_some(Belief { input, value, upper: value > middle, gain, margin: start })
    }
}

/// Fits all curves in turn until they settle; returns the share of variance described.
fn backfit(margins: &[f64], curves: &mut [Curve]) -> f64 {
    let mean = average(margins);
    let mut residuals: Vec<f64> = margins.iter().map(|margin| margin - mean).collect();
    let whole = sum(residuals.iter().map(|one| one * one));
    let mut before = whole;
    for _ in 0..ROUNDS {
        for curve in curves.iter_mut() {
            curve.refit(&mut residuals);
        }
        let left = sum(residuals.iter().map(|one| one * one));
        if (before - left).abs() <= 1e-4 * before {
            before = left;
            break;
        }
        before = left;
    }
    if whole > 0.0 { 1.0 - before / whole } else { 1.0 }
}

const ROUNDS: usize = 20;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::beliefs;
    use crate::sensitivity::decision::belief::Wanted;
    use crate::sensitivity::decision::fixture::{normals, uniforms};

    /// The margin is -3 + 2 a + 1.5 b^2-like + 0.3 c: two inputs at their ends reach the goal, the third is not needed.
    #[test]
    fn the_smallest_set_is_found() {
        let n = 4_000;
        let inputs = vec![normals(1, n, "c"), uniforms(1, n, "b"), normals(1, n, "a"), normals(1, n, "idle")];
        let noise = normals(1, n, "noise");
        let outcome: Vec<f64> = (0..n)
            .map(|i| -3.0 + 2.0 * inputs[2][i] - 4.0 * inputs[1][i] + 2.0 + 0.3 * inputs[0][i] + 0.5 * noise[i])
            .collect();
        let found = beliefs(&outcome, &inputs, Wanted::Mean(1.5)).unwrap();
        let sets: Vec<(usize, bool)> = found.beliefs.iter().map(|one| (one.input, one.upper)).collect();
        assert_eq!(sets, [(2, true), (1, false)], "{found:?}");
        assert!(found.reached);
        // 2 * 1.96 and 4 * 0.475.
        assert!((found.beliefs[0].gain.value - 3.92).abs() < 0.15, "{found:?}");
        assert!((found.beliefs[1].gain.value - 1.9).abs() < 0.1, "{found:?}");
        assert!(found.described > 0.9);
        let far = beliefs(&outcome, &inputs, Wanted::Mean(50.0)).unwrap();
        assert!(!far.reached && far.beliefs.len() == 3, "{far:?}");
        assert!(beliefs(&outcome, &inputs, Wanted::Mean(-10.0)).unwrap().beliefs.is_empty());
    }
}

//! What it would be worth to know one input before deciding (EVPPI), for every input of the sample at once.
//!
//! Strong M, Oakley JE, Brennan A (2014), "Estimating multiparameter partial expected value of perfect information from
//! a probabilistic sensitivity analysis sample: a nonparametric regression approach", Med Decis Making 34: 311-326. The
//! curve is a penalised spline over the input's normal scores; the factorisation of an input serves all strategies and
//! every worth of an effect, so five hundred inputs take seconds.

use rayon::prelude::*;

use super::bins::Bins;
use super::consequences::{Consequences, average, greatest, sum};
use super::error::{DecisionError, at_least, checked};
use super::information::{best_on_average, gains};
use super::normal::{loss, scores};
use super::smoother::Smoother;
use super::spline::smoother;
use crate::appraisal::statistic::Estimate;

/// The expected value of partial perfect information at one worth of an effect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartialInformation {
    /// What one effect is worth, pounds.
    pub worth: f64,
    /// Value for one decision, in the unit of net benefit: from 0 to the value of knowing everything.
    pub value: Estimate,
    /// How far `value` is likely to be too high because the curve follows some noise; contained in the error.
    pub bias: f64,
}

impl PartialInformation {
    /// Whether the value is above 0 beyond doubt: by more than its 95 % interval reaches.
    pub fn is_resolved(&self) -> bool {
        self.value.value > self.value.half_width()
    }

    /// The 95 % interval of the value, cut at 0 and at the value of everything.
    pub fn interval(&self, everything: f64) -> (f64, f64) {
        let half = self.value.half_width();
        ((self.value.value - half).max(0.0), (self.value.value + half).min(everything.max(self.value.value)))
    }
}

/// The value of knowing each input alone, `[input][worth]`; inputs are `[input][draw]`, numbers (categories as codes:
/// up to twelve values are taken as levels without order).
///
/// # Errors
/// Inputs whose draws are not those of the consequences, something that is no number, or fewer than 40 draws.
pub fn information_about_each(
    consequences: &Consequences,
    inputs: &[Vec<f64>],
    worths: &[f64],
) -> Result<Vec<Vec<PartialInformation>>, DecisionError> {
    at_least("draws", consequences.draws(), FEWEST)?;
    checked("inputs", inputs, consequences.draws())?;
    let scores = scores(consequences.draws());
    let decisions: Vec<Decision> = worths.iter().map(|worth| Decision::new(consequences, *worth)).collect();
    Ok(inputs
        .par_iter()
        .map(|input| {
            let bins = Bins::new(input, &scores);
            let smoother = smoother(&bins);
            let rows = Rows { of_draw: &bins.of_draw, counts: &bins.counts };
            decisions.iter().map(|decision| decision.informed_by(&smoother, &rows)).collect()
        })
        .collect())
}

/// Fewer draws than this are too few for a curve.
pub(super) const FEWEST: usize = 40;

/// Which row of a smoother stands for each draw.
pub(super) struct Rows<'a> {
    pub of_draw: &'a [u32],
    pub counts: &'a [f64],
}

/// Net benefits at one worth, against the first strategy and about their means.
pub(super) struct Decision {
    worth: f64,
    best: usize,
    /// Mean against the first strategy.
    means: Vec<f64>,
    /// Standard error of each mean difference from the best strategy.
    errors: Vec<f64>,
    /// `[strategy][draw]`: the difference from the first strategy less its mean.
    deviations: Vec<Vec<f64>>,
    squares: Vec<f64>,
    all: f64,
}

impl Decision {
    pub fn new(consequences: &Consequences, worth: f64) -> Decision {
        let benefits = consequences.net_benefits(worth);
        let best = best_on_average(&benefits);
        let all = average(&gains(&benefits, best));
        let differences: Vec<Vec<f64>> =
            benefits.iter().map(|row| row.iter().zip(&benefits[0]).map(|(own, first)| own - first).collect()).collect();
        let means: Vec<f64> = differences.iter().map(|row| average(row)).collect();
        let deviations: Vec<Vec<f64>> =
            differences.iter().zip(&means).map(|(row, mean)| row.iter().map(|value| value - mean).collect()).collect();
        let n = consequences.draws() as f64;
        let errors = deviations.iter().map(|row| {
            (sum(row.iter().zip(&deviations[best]).map(|(own, best)| (own - best) * (own - best))) / (n * (n - 1.0)))
                .sqrt()
        });
        let errors = errors.collect();
        let squares = deviations.iter().map(|row| sum(row.iter().map(|value| value * value))).collect();
        Decision { worth, best, means, errors, deviations, squares, all }
    }

    /// The value of knowing which row of the smoother is true.
    pub fn informed_by(&self, smoother: &Smoother, rows: &Rows) -> PartialInformation {
        let count = rows.counts.len();
        let n = rows.of_draw.len() as f64;
        let (mut heights, mut variances) = (vec![vec![0.0; count]], vec![vec![0.0; count]]);
        for strategy in 1..self.means.len() {
            let mut sums = vec![0.0; count];
            for (row, value) in rows.of_draw.iter().zip(&self.deviations[strategy]) {
                sums[*row as usize] += value;
            }
            let fit = smoother.fit(&smoother.project(&sums), self.squares[strategy]);
            heights.push(smoother.values(&fit).iter().map(|value| value + self.means[strategy]).collect());
            variances.push(smoother.variances(&fit));
        }
        let (mut value, mut bias) = (0.0, 0.0);
        let mut chosen = Vec::with_capacity(count);
        for row in 0..count {
            let best = greatest(heights.iter().map(|of| of[row]));
            chosen.push(best);
            value += rows.counts[row] / n * (heights[best][row] - heights[self.best][row]);
            for strategy in (0..heights.len()).filter(|strategy| *strategy != best) {
                // Taken as unrelated, which overstates where strategies share their noise.
                let spread = (variances[best][row] + variances[strategy][row]).sqrt();
                bias += rows.counts[row] / n * loss(heights[best][row] - heights[strategy][row], spread);
            }
        }
        for strategy in (0..self.means.len()).filter(|strategy| *strategy != self.best) {
            bias -= loss(self.means[self.best] - self.means[strategy], self.errors[strategy]);
        }
        let bias = bias.max(0.0);
        // The influence of a draw on the value is what its informed choice brings beyond the uninformed one.
        let influence = |draw: usize, row: u32| {
            let choice = chosen[row as usize];
            self.means[choice] - self.means[self.best] + self.deviations[choice][draw]
                - self.deviations[self.best][draw]
        };
        let influences = rows.of_draw.iter().enumerate().map(|(draw, row)| influence(draw, *row));
        let centre = sum(influences.clone()) / n;
        let spread = sum(influences.map(|one| (one - centre) * (one - centre))) / (n * (n - 1.0));
        // Nothing lies outside 0 and the value of everything, so no error is larger than that either.
        let most = self.all.max(0.0);
        let bias = bias.min(most);
        PartialInformation {
            worth: self.worth,
            value: Estimate { value: value.clamp(0.0, most), error: (spread + bias * bias).sqrt().min(most) },
            bias,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::information_about_each;
    use crate::sensitivity::decision::fixture::{normals, uniforms};
    use crate::sensitivity::decision::{Consequences, perfect_information};

    const N: usize = 10_000;

    /// The incremental net benefit is 300 + 800 z0 + 500 z1 + 200 z2 + 0 z3; the values are in closed form, see
    /// [`loss`](super::loss).
    fn linear(seed: u64) -> (Consequences, Vec<Vec<f64>>) {
        let z: Vec<Vec<f64>> = (0..4).map(|i| normals(seed, N, &format!("z{i}"))).collect();
        let benefit = (0..N).map(|draw| 300.0 + 800.0 * z[0][draw] + 500.0 * z[1][draw] + 200.0 * z[2][draw]).collect();
        (Consequences::of_benefits(&[vec![0.0; N], benefit]).unwrap(), z)
    }

    #[test]
    fn the_linear_gaussian_case_is_found_within_its_error() {
        let truth = [191.335_005_097_632_3, 84.336_366_120_877_77, 5.861_358_752_520_928, 0.0];
        for seed in 1..=3 {
            let (consequences, z) = linear(seed);
            let all = perfect_information(&consequences, &[0.0])[0];
            assert!((all.value.value - 253.193_090_090_068_72).abs() < 3.0 * all.value.error, "{all:?}");
            let found = information_about_each(&consequences, &z, &[0.0]).unwrap();
            for (input, truth) in truth.into_iter().enumerate() {
                let one = found[input][0];
                assert!((one.value.value - truth).abs() <= 3.0 * one.value.error + 1e-9, "{input}: {one:?} {truth}");
                assert!(one.value.value <= all.value.value);
                assert_eq!(one.is_resolved(), input < 3, "{input}: {one:?}");
            }
        }
    }

    /// A decision on the edge, where noise in the curve does most harm.
    #[test]
    fn an_input_without_effect_is_worth_nothing_within_its_error() {
        for seed in 1..=6 {
            let noise = normals(seed, 2_000, "noise");
            let consequences = Consequences::of_benefits(&[vec![0.0; 2_000], noise]).unwrap();
            let found = information_about_each(&consequences, &[uniforms(seed, 2_000, "idle")], &[0.0]).unwrap()[0][0];
            assert!(found.value.value < found.value.half_width() + 1e-12 && found.value.value < 0.03, "{found:?}");
        }
    }

    /// Coverage: the stated error is neither far too small nor far too large.
    #[test]
    fn the_stated_error_is_the_spread_over_seeds() {
        let (mut values, mut errors) = (Vec::new(), 0.0);
        for seed in 100..130 {
            let (z, noise) = (normals(seed, 2_000, "z"), normals(seed, 2_000, "noise"));
            let benefit = z.iter().zip(&noise).map(|(z, noise)| 0.2 + z * z * z / 3.0 - 0.4 * z + noise).collect();
            let consequences = Consequences::of_benefits(&[vec![0.0; 2_000], benefit]).unwrap();
            let found = information_about_each(&consequences, &[z], &[0.0]).unwrap()[0][0];
            values.push(found.value.value);
            errors += found.value.error / 30.0;
        }
        let mean = values.iter().sum::<f64>() / 30.0;
        let spread = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / 29.0).sqrt();
        assert!((0.6..1.7).contains(&(errors / spread)), "stated {errors}, seen {spread}");
    }

    #[test]
    fn three_values_are_levels_whatever_their_order() {
        let level: Vec<f64> = uniforms(5, 6_000, "level").iter().map(|u| (u * 3.0).floor()).collect();
        let noise = normals(5, 6_000, "noise");
        let benefit =
            level.iter().zip(&noise).map(|(level, noise)| [1.0, -1.0, 0.6][*level as usize] + noise).collect();
        let consequences = Consequences::of_benefits(&[vec![0.0; 6_000], benefit]).unwrap();
        let found = information_about_each(&consequences, &[level], &[0.0]).unwrap()[0][0];
        // Level 1 would be declined: a third of the time a loss of 1 is spared.
        assert!((found.value.value - 1.0 / 3.0).abs() < 3.0 * found.value.error, "{found:?}");
    }
}

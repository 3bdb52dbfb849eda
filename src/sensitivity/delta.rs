//! How far the density of the output moves when an input is known, on average over the input.
//!
//! Half the area between the density of the output and that within a class of the input: 0 where knowing the input
//! changes nothing, 1 where it tells everything. Borgonovo E (2007), "A new uncertainty importance measure", Reliability
//! Engineering and System Safety 92(6), 771-784; from any sample, with the bias taken off by the bootstrap: Plischke E, Borgonovo E,
//! Smith CL (2013), "Global sensitivity measures from given data", European Journal of Operational Research 226(3), 536-550,
//! equations 26 and 30.

use rayon::prelude::*;

use super::density::{Grid, density};
use super::output::{centred, check, order, range, scaled, still};
use super::resample::bootstrap;
use super::{Confidence, IndexKind, NoIndices, SensitivityIndex};

/// Points at which densities are compared, as in SALib.
const POINTS: usize = 100;
/// The most classes that an input is cut into.
const MOST_CLASSES: f64 = 48.0;

/// The order of a sample's rows by each input, and how many classes of equal size they are cut into.
#[derive(Debug)]
pub struct Delta {
    orders: Vec<Vec<u32>>,
    /// Inputs that never vary have no classes, and no index.
    still: Vec<bool>,
    classes: usize,
    confidence: Confidence,
}

impl Delta {
    /// Sorts the sample by each input; `inputs` holds a column for each. `None` with fewer than 10 rows.
    pub fn new(inputs: &[Vec<f64>], confidence: Confidence) -> Option<Self> {
        let rows = inputs.first().map_or(0, Vec::len);
        (rows >= 10).then(|| Self {
            orders: inputs.iter().map(|column| order(column)).collect(),
            still: inputs.iter().map(|column| still(column)).collect(),
            classes: classes(rows),
            confidence,
        })
    }

    /// How many classes each input is cut into: by rule 6 of 1,000 rows, 48 at the most.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// For each input delta with the bias taken off, delta as it comes from the sample, and its first share of variance
    /// (how far the means of its classes lie apart). Intervals from the bootstrap; without resamples there is no delta with
    /// the bias taken off.
    ///
    /// # Errors
    /// The output does not vary, holds what is no number, or has not the sample's rows.
    pub fn indices(&self, output: &[f64]) -> Result<Vec<SensitivityIndex>, NoIndices> {
        let rows = self.orders[0].len();
        check(output, rows)?;
        let output = centred(&scaled(output).0);
        let grid = Grid::new(range(&output), POINTS);
        let estimates = self.estimates(&output, &vec![1; rows], &grid).ok_or(NoIndices::DoesNotVary)?;
        // Each resample is a function of its number, and they are gathered in order, whatever thread made them.
        let resampled: Vec<Vec<[f64; 2]>> = (0..self.confidence.resamples)
            .into_par_iter()
            .filter_map(|one| self.estimates(&output, &bootstrap(self.confidence.seed, one, rows), &grid))
            .collect();
        let (confidence, narrow) = (&self.confidence, self.confidence.narrow);
        let moved = estimates.iter().enumerate().filter(|(of, _)| !self.still[*of]);
        let measures = moved.flat_map(|(of, [delta, first])| {
            let across = |which: usize| -> Vec<f64> { resampled.iter().map(|one| one[of][which]).collect() };
            let deltas = across(0);
            let without_bias = (deltas.len() > 1).then(|| {
                let value = 2.0 * delta - deltas.iter().sum::<f64>() / deltas.len() as f64;
                SensitivityIndex::new(IndexKind::Delta, of, value).within(confidence.around(value, &deltas), narrow)
            });
            let plug_in = SensitivityIndex::new(IndexKind::DeltaPlugIn, of, *delta)
                .within(confidence.around(*delta, &deltas), narrow);
            let first = SensitivityIndex::new(IndexKind::FirstOrder, of, *first)
                .within(confidence.around(*first, &across(1)), narrow);
            without_bias.into_iter().chain([plug_in, first])
        });
        Ok(measures.collect())
    }

    /// Delta and first share of every input, with each row counted so many times; `None` if what is left does not vary.
    fn estimates(&self, output: &[f64], times: &[u32], grid: &Grid) -> Option<Vec<[f64; 2]>> {
        let whole: Vec<(f64, f64)> = output
            .iter()
            .zip(times)
            .filter(|(_, times)| **times > 0)
            .map(|(value, times)| (*value, f64::from(*times)))
            .collect();
        let unconditional = density(&whole, grid)?;
        let n = output.len() as f64;
        let mean = whole.iter().map(|(value, times)| value * times).sum::<f64>() / n;
        let variance = whole.iter().map(|(value, times)| times * (value - mean) * (value - mean)).sum::<f64>() / n;
        let of_input = |order: &Vec<u32>| {
            let (mut delta, mut first) = (0.0, 0.0);
            for class in self.cut(order, output, times) {
                let size: f64 = class.iter().map(|(_, times)| times).sum();
                let own = density(&class, grid);
                delta += size / (2.0 * n) * grid.difference(&unconditional, own.as_deref());
                let middle = class.iter().map(|(value, times)| value * times).sum::<f64>() / size;
                first += size / n * (middle - mean) * (middle - mean);
            }
            [delta, first / variance]
        };
        Some(self.orders.iter().map(of_input).collect())
    }

    /// The output's values class by class, each with how many times it counts. A row that counts more than once may lie in
    /// two classes.
    fn cut(&self, order: &[u32], output: &[f64], times: &[u32]) -> Vec<Vec<(f64, f64)>> {
        let rows = order.len();
        let width = rows as f64 / self.classes as f64;
        let end = |class: usize| if class + 1 == self.classes { rows } else { (width * (class + 1) as f64) as usize };
        let mut classes = vec![Vec::with_capacity(width as usize + 1); self.classes];
        let (mut class, mut passed) = (0, 0);
        for row in order {
            let mut left = times[*row as usize] as usize;
            while left > 0 {
                let taken = left.min(end(class) - passed);
                if taken > 0 {
                    classes[class].push((output[*row as usize], taken as f64));
                }
                passed += taken;
                left -= taken;
                if left > 0 {
                    class += 1;
                }
            }
        }
        classes
    }
}

/// How many classes for so many rows: the rule of Plischke and others (2013), section 5, as SALib has it.
fn classes(rows: usize) -> usize {
    let n = rows as f64;
    let power = 2.0 / (7.0 + ((1500.0 - n) / 500.0).tanh());
    n.powf(power).ceil().min(MOST_CLASSES) as usize
}

#[cfg(test)]
mod tests {
    use super::{Delta, classes};
    use crate::sensitivity::{Confidence, IndexKind, find};
    use engine::sampling::{Design, points};

    #[test]
    fn an_input_that_does_nothing_has_next_to_no_delta_once_the_bias_is_off() {
        let inputs: Vec<Vec<f64>> = ["a", "b"].map(|name| points(Design::LatinHypercube, 4, 1_000, name)).to_vec();
        let delta = Delta::new(&inputs, Confidence::default());
        let found = delta.and_then(|delta| delta.indices(&inputs[0]).ok()).unwrap_or_default();
        let value = |kind, of| find(&found, kind, of).map_or(f64::NAN, |one| one.value);
        assert!(
            value(IndexKind::Delta, 1) < 0.03 && value(IndexKind::Delta, 1) < value(IndexKind::DeltaPlugIn, 1),
            "{found:?}"
        );
        assert!(value(IndexKind::Delta, 0) > 0.6, "{found:?}");
        assert!(value(IndexKind::FirstOrder, 0) > 0.95 && value(IndexKind::FirstOrder, 1) < 0.02, "{found:?}");
    }

    #[test]
    fn classes_grow_slowly() {
        assert_eq!([10, 1_000, 10_000, 1_000_000].map(classes), [2, 6, 22, 48]);
    }
}

//! First shares of variance from any sample, by putting its rows in the order of one input at a time.
//!
//! Rows in the order of an input, odd ranks up and even ranks down again, make the input one slow wave; what the output
//! swings at its first few frequencies is then due to that input. Tarantola S, Gatelli D, Mara TA (2006), "Random balance
//! designs for the estimation of first order global sensitivity indices", Reliability Engineering and System Safety 91(6), 717-727;
//! from given data: Plischke E (2010), "An effective algorithm for computing global sensitivity indices (EASI)", 95(4), 354-360;
//! the bias: Tissot JY, Prieur C (2012), 107, 205-213.

use super::fourier::powers;
use super::output::{centred, check, mean_square, order, scaled, still};
use super::resample::half;
use super::{Confidence, IndexKind, NoIndices, SensitivityIndex};

/// The order of a sample's rows by each input.
#[derive(Debug)]
pub struct RbdFast {
    orders: Vec<Vec<u32>>,
    /// Inputs that never vary have no order, and no index.
    still: Vec<bool>,
    harmonics: usize,
    confidence: Confidence,
}

impl RbdFast {
    /// Sorts the sample by each input; `inputs` holds a column for each. `harmonics` is how many frequencies count as the
    /// input's own, 10 as a rule. `None` unless there are more than four rows for each harmonic, and rows at all.
    pub fn new(inputs: &[Vec<f64>], harmonics: usize, confidence: Confidence) -> Option<Self> {
        let rows = inputs.first().map_or(0, Vec::len);
        // Half samples must still hold more than two rows for each harmonic.
        let sound = harmonics > 0 && rows > 4 * harmonics;
        sound.then(|| Self {
            orders: inputs.iter().map(|column| order(column)).collect(),
            still: inputs.iter().map(|column| still(column)).collect(),
            harmonics,
            confidence,
        })
    }

    /// First order of every input, less the bias that a finite sample has; near 0 it may come out below 0. Intervals from
    /// half samples.
    ///
    /// # Errors
    /// The output does not vary, holds what is no number, or has not the sample's rows.
    pub fn indices(&self, output: &[f64]) -> Result<Vec<SensitivityIndex>, NoIndices> {
        let rows = self.orders[0].len();
        check(output, rows)?;
        let output = centred(&scaled(output).0);
        let estimates: Vec<f64> = self.orders.iter().map(|order| self.first(order.iter(), &output)).collect();
        let mut resampled = vec![Vec::with_capacity(self.confidence.resamples); self.orders.len()];
        for resample in 0..self.confidence.resamples {
            let taken = half(self.confidence.seed, resample, rows);
            for (order, into) in self.orders.iter().zip(&mut resampled) {
                let value = self.first(order.iter().filter(|row| taken[**row as usize]), &output);
                // Where half of the sample does not vary there is nothing to learn from it.
                if value.is_finite() {
                    into.push(value);
                }
            }
        }
        let moved = estimates.iter().zip(&resampled).enumerate().filter(|(of, _)| !self.still[*of]);
        let measures = moved.map(|(of, (value, across))| {
            let interval = self.confidence.around(*value, across);
            SensitivityIndex::new(IndexKind::FirstOrder, of, *value).within(interval, self.confidence.narrow)
        });
        Ok(measures.collect())
    }

    /// The share of the first frequencies, with the rows in this order.
    fn first<'a>(&self, order: impl Iterator<Item = &'a u32>, output: &[f64]) -> f64 {
        let sorted: Vec<f64> = order.map(|row| output[*row as usize]).collect();
        let n = sorted.len();
        let up = sorted.iter().step_by(2);
        let down = sorted.iter().skip(1).step_by(2).rev();
        let wave: Vec<f64> = centred(&up.chain(down).copied().collect::<Vec<f64>>());
        let own: f64 = powers(&wave, self.harmonics + 1)[1..].iter().sum();
        // By Parseval all frequencies, each counted once, hold half of n times the sum of squares.
        let share = own / (mean_square(&wave) * (n as f64) * (n as f64) / 2.0);
        let bias = 2.0 * self.harmonics as f64 / n as f64;
        share - bias / (1.0 - bias) * (1.0 - share)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::RbdFast;
    use crate::sensitivity::Confidence;
    use engine::sampling::{Design, points};

    /// Of 1 and 4 parts of variance the shares are a fifth and four fifths; the third input does nothing.
    #[test]
    fn shares_of_a_sum_are_found_in_a_sample_made_for_something_else() {
        let inputs: Vec<Vec<f64>> = ["a", "b", "c"].map(|name| points(Design::Random, 5, 2_000, name)).to_vec();
        let output: Vec<f64> = (0..2_000).map(|row| inputs[0][row] + 2.0 * inputs[1][row]).collect();
        let confidence = Confidence { narrow: 0.2, ..Confidence::default() };
        let found = RbdFast::new(&inputs, 10, confidence).unwrap().indices(&output).unwrap();
        for (one, share) in found.iter().zip([0.2, 0.8, 0.0]) {
            let [low, high] = one.interval.unwrap();
            assert!(low - 0.01 < share && share < high + 0.01 && one.resolved, "{one:?}");
        }
        assert!(RbdFast::new(&[vec![0.0; 40]], 10, confidence).is_none());
    }
}

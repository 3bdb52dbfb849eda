//! Shares of the output's variance: what each input does alone, with one other, and in all its doings together.
//!
//! With f the output, A and B two independent samples of the inputs, AB_j the sample A with the column (or group) j of
//! B, BA_j the other way round, and V the variance over A and B together:
//!
//! - first order: S_j = mean of f(B) (f(AB_j) - f(A)) / V: Saltelli A and others (2010), "Variance based sensitivity analysis
//!   of model output", Computer Physics Communications 181(2), 259-270, table 2(b);
//! - total order: T_j = mean of (f(A) - f(AB_j))^2 / 2V: Jansen MJW (1999), "Analysis of variance designs for model
//!   output", Computer Physics Communications 117(1-2), 35-43; after Homma T, Saltelli A (1996), Reliability Engineering and
//!   System Safety 52(1), 1-17;
//! - second order: S_jk = mean of (f(BA_j) f(AB_k) - f(A) f(B)) / V - S_j - S_k: Saltelli A (2002), "Making best use of model
//!   evaluations to compute sensitivity indices", Computer Physics Communications 145(2), 280-297.
//!
//! The decomposition is that of Sobol' IM (2001), "Global sensitivity indices for nonlinear mathematical models and their
//! Monte Carlo estimates", Mathematics and Computers in Simulation 55(1-3), 271-280. The output is measured from its mean over
//! all rows, as SALib does.

use super::output::{centred, check, mean_square, scaled};
use super::resample::bootstrap;
use super::{Confidence, Groups, IndexKind, NoIndices, SensitivityIndex};

/// The order of rows of a sample: for each base point A, then AB_1 to AB_D, then BA_1 to BA_D if second order is
/// wanted, then B.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// How many base points, and so rows of A.
    pub base: usize,
    /// How many inputs, or groups of inputs.
    pub inputs: usize,
    /// Whether BA is there.
    pub second_order: bool,
}

impl Layout {
    /// Rows for each base point.
    pub fn rows_per_point(&self) -> usize {
        if self.second_order { 2 * self.inputs + 2 } else { self.inputs + 2 }
    }

    /// Rows of the whole sample.
    pub fn rows(&self) -> usize {
        self.base * self.rows_per_point()
    }
}

/// The rows of inputs to run, from base points of twice as many columns: those of A, then those of B.
///
/// `base` holds one row per base point, in the units of the inputs or as points between 0 and 1; the columns of A and B must
/// come from one sequence of twice the dimension, never from two stretches of one. The answer has one row per run, in the
/// order of [`Layout`].
pub fn sample<'a>(
    base: impl IntoIterator<Item = &'a [f64]>,
    groups: &Groups,
    second_order: bool,
) -> impl Iterator<Item = Vec<f64>> {
    let groups = groups.clone();
    base.into_iter().flat_map(move |point| {
        let (a, b) = point.split_at(groups.inputs());
        let mixed = |from: &[f64], other: &[f64], group: usize| -> Vec<f64> {
            (0..groups.inputs())
                .map(|input| if groups.of(input) == group { other[input] } else { from[input] })
                .collect()
        };
        let mut rows = vec![a.to_vec()];
        rows.extend((0..groups.count()).map(|group| mixed(a, b, group)));
        if second_order {
            rows.extend((0..groups.count()).map(|group| mixed(b, a, group)));
        }
        rows.push(b.to_vec());
        rows
    })
}

/// The first row (from 0) of inputs that is not as the layout wants it; `None` if all are. `inputs` holds a column for
/// each input, as long as the layout's rows.
pub fn misplaced(inputs: &[Vec<f64>], groups: &Groups, layout: &Layout) -> Option<usize> {
    let rows = layout.rows_per_point();
    (0..layout.rows()).find(|row| {
        let (index, first) = (row % rows, row - row % rows);
        let (a, b) = (first, first + rows - 1);
        if index == 0 || index == rows - 1 {
            return false;
        }
        let (from, other, group) =
            if index <= layout.inputs { (a, b, index - 1) } else { (b, a, index - 1 - layout.inputs) };
        inputs
            .iter()
            .enumerate()
            .any(|(input, column)| column[*row] != column[if groups.of(input) == group { other } else { from }])
    })
}

/// Indices of outputs that were computed on one sample.
#[derive(Debug)]
pub struct Sobol {
    layout: Layout,
    confidence: Confidence,
    /// How often each base point is in each resample.
    resamples: Vec<Vec<u32>>,
}

impl Sobol {
    /// Prepares for outputs of a sample laid out so.
    pub fn new(layout: Layout, confidence: Confidence) -> Self {
        let resamples = (0..confidence.resamples).map(|one| bootstrap(confidence.seed, one, layout.base)).collect();
        Self { layout, confidence, resamples }
    }

    /// First and total order of every input, then second order of every pair if the layout has it. Intervals from
    /// resampling base points; for points of a low-discrepancy sequence they are wider than need be.
    ///
    /// # Errors
    /// The output does not vary, holds what is no number, or has not the layout's rows.
    pub fn indices(&self, output: &[f64]) -> Result<Vec<SensitivityIndex>, NoIndices> {
        check(output, self.layout.rows())?;
        let products = Products::of(output, &self.layout);
        let estimate = products.indices(None).ok_or(NoIndices::DoesNotVary)?;
        let resampled: Vec<Vec<f64>> =
            self.resamples.iter().filter_map(|times| products.indices(Some(times))).collect();
        let measures = estimate.iter().enumerate().map(|(index, value)| {
            let across: Vec<f64> = resampled.iter().map(|one| one[index]).collect();
            self.measure(index, *value).within(self.confidence.around(*value, &across), self.confidence.narrow)
        });
        Ok(measures.collect())
    }

    /// What stands at an index of the list: first orders, total orders, pairs row by row.
    fn measure(&self, index: usize, value: f64) -> SensitivityIndex {
        let inputs = self.layout.inputs;
        if index < inputs {
            return SensitivityIndex::new(IndexKind::FirstOrder, index, value);
        }
        if index < 2 * inputs {
            return SensitivityIndex::new(IndexKind::TotalOrder, index - inputs, value);
        }
        let (of, with) = pairs(inputs).nth(index - 2 * inputs).expect("every place after the total orders is a pair");
        SensitivityIndex::new(IndexKind::SecondOrder, of, value).with(with)
    }
}

/// The pairs of inputs, the second after the first.
fn pairs(inputs: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..inputs).flat_map(move |of| (of + 1..inputs).map(move |with| (of, with)))
}

/// For each base point the products whose means the indices are made of, so that a resample is one weighted sum.
struct Products {
    /// f(A) + f(B) and f(A)^2 + f(B)^2, for the variance.
    sums: Vec<[f64; 2]>,
    /// A row for each base point: first orders, total orders, pairs.
    terms: Vec<f64>,
    inputs: usize,
    width: usize,
}

impl Products {
    fn of(output: &[f64], layout: &Layout) -> Self {
        let mut output = centred(&scaled(output).0);
        let scale = mean_square(&output).sqrt();
        output.iter_mut().for_each(|value| *value /= scale);
        let inputs = layout.inputs;
        let pairs: Vec<(usize, usize)> = if layout.second_order { pairs(inputs).collect() } else { Vec::new() };
        let width = 2 * inputs + pairs.len();
        let mut terms = Vec::with_capacity(layout.base * width);
        let mut sums = Vec::with_capacity(layout.base);
        for rows in output.chunks_exact(layout.rows_per_point()) {
            let (a, b) = (rows[0], rows[rows.len() - 1]);
            let (ab, ba) = (&rows[1..=inputs], &rows[1 + inputs..]);
            sums.push([a + b, a * a + b * b]);
            terms.extend(ab.iter().map(|ab| b * (ab - a)));
            terms.extend(ab.iter().map(|ab| 0.5 * (a - ab) * (a - ab)));
            terms.extend(pairs.iter().map(|(of, with)| ba[*of] * ab[*with] - a * b));
        }
        Self { sums, terms, inputs, width }
    }

    /// The indices with each base point counted so often, once if nothing is said; `None` if f(A) and f(B) are all one.
    fn indices(&self, times: Option<&Vec<u32>>) -> Option<Vec<f64>> {
        let often = |point: usize| times.map_or(1.0, |times| f64::from(times[point]));
        let mut means = vec![0.0; self.width];
        let (mut sum, mut squares) = (0.0, 0.0);
        for (point, terms) in self.terms.chunks_exact(self.width).enumerate() {
            let often = often(point);
            if often == 0.0 {
                continue;
            }
            sum += often * self.sums[point][0];
            squares += often * self.sums[point][1];
            means.iter_mut().zip(terms).for_each(|(mean, term)| *mean += often * term);
        }
        let points = self.sums.len() as f64;
        let mean = sum / (2.0 * points);
        let variance = squares / (2.0 * points) - mean * mean;
        if variance <= f64::EPSILON {
            return None;
        }
        means.iter_mut().for_each(|mean| *mean /= points * variance);
        for (index, (of, with)) in (2 * self.inputs..self.width).zip(pairs(self.inputs)) {
            means[index] -= means[of] + means[with];
        }
        Some(means)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Layout, Sobol, misplaced, sample};
    use crate::sensitivity::{Confidence, Groups, IndexKind, NoIndices, find};
    use engine::sampling::uniform;

    fn base(points: u64, inputs: usize) -> Vec<Vec<f64>> {
        (0..points).map(|point| (0..2 * inputs).map(|i| uniform(1, point, &format!("x{i}"))).collect()).collect()
    }

    fn columns(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
        (0..rows[0].len()).map(|input| rows.iter().map(|row| row[input]).collect()).collect()
    }

    #[test]
    fn rows_stand_in_the_order_of_the_layout() {
        let base: [&[f64]; 1] = [&[1.0, 2.0, 3.0, 4.0]];
        let rows: Vec<Vec<f64>> = sample(base, &Groups::single(2), true).collect();
        assert_eq!(rows, [[1.0, 2.0], [3.0, 2.0], [1.0, 4.0], [1.0, 4.0], [3.0, 2.0], [3.0, 4.0]]);
        let layout = Layout { base: 1, inputs: 2, second_order: true };
        assert_eq!(misplaced(&columns(&rows), &Groups::single(2), &layout), None);
        let mut wrong = columns(&rows);
        wrong[1][4] = 9.0;
        assert_eq!(misplaced(&wrong, &Groups::single(2), &layout), Some(4));
    }

    /// x0 + x1 + 2 x2 with x0 and x1 in one group: shares 2/6 and 4/6, nothing together.
    #[test]
    fn a_group_has_the_share_of_its_inputs() {
        let groups = Groups::new(vec![0, 0, 1]).unwrap();
        let base = base(4_096, 3);
        let rows: Vec<Vec<f64>> = sample(base.iter().map(Vec::as_slice), &groups, true).collect();
        let output: Vec<f64> = rows.iter().map(|x| x[0] + x[1] + 2.0 * x[2]).collect();
        let layout = Layout { base: 4_096, inputs: 2, second_order: true };
        assert_eq!(rows.len(), layout.rows());
        let found = Sobol::new(layout, Confidence::default()).indices(&output).unwrap();
        let expected =
            [(IndexKind::FirstOrder, [1.0 / 3.0, 2.0 / 3.0]), (IndexKind::TotalOrder, [1.0 / 3.0, 2.0 / 3.0])];
        for (kind, shares) in expected {
            for (of, share) in shares.into_iter().enumerate() {
                let one = find(&found, kind, of).unwrap();
                let [low, high] = one.interval.unwrap();
                assert!((one.value - share).abs() < high - low, "{one:?}");
                assert!(high - low < 0.1 && one.resolved, "{one:?}");
            }
        }
        assert!(find(&found, IndexKind::SecondOrder, 0).unwrap().value.abs() < 0.05);
    }

    #[test]
    fn an_output_that_does_not_vary_is_said_to_be_so() {
        let layout = Layout { base: 4, inputs: 2, second_order: false };
        let sobol = Sobol::new(layout, Confidence::default());
        assert_eq!(sobol.indices(&[2.5; 16]), Err(NoIndices::DoesNotVary));
        // It varies in AB only, never in A or B: there is no variance to share.
        let mut output = [0.0; 16];
        output[1] = 1.0;
        assert_eq!(sobol.indices(&output), Err(NoIndices::DoesNotVary));
        assert_eq!(sobol.indices(&[1.0]), Err(NoIndices::WrongLength { rows: 1, expected: 16 }));
    }
}

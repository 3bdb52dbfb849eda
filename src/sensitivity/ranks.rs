//! Direction and strength of a straight or monotone relation between each input and the output.
//!
//! Correlations of values (Pearson) and ranks (Spearman), the same with all other inputs allowed for (partial), and
//! standardised regression coefficients. Iman RL, Conover WJ (1979), "The use of the rank transform in regression",
//! Technometrics 21(4), 499-509; Helton JC and others (2006), "Survey of sampling-based methods for uncertainty and sensitivity
//! analysis", Reliability Engineering and System Safety 91(10-11), 1175-1209.

use super::output::{centred, check, mean_square, ranks, scaled};
use super::{Confidence, IndexKind, NoIndices, SensitivityIndex};

/// The inputs of a sample and their ranks, ready to be set against outputs.
#[derive(Debug)]
pub struct Ranks {
    values: Regressors,
    ranks: Regressors,
    rows: usize,
    confidence: Confidence,
}

impl Ranks {
    /// Prepares a sample; `inputs` holds a column for each input. `None` with fewer than 4 rows.
    pub fn new(inputs: &[Vec<f64>], confidence: Confidence) -> Option<Self> {
        let rows = inputs.first().map_or(0, Vec::len);
        (rows >= 4).then(|| Self {
            values: Regressors::new(inputs.iter().map(|column| standardised(column)).collect()),
            ranks: Regressors::new(inputs.iter().map(|column| standardised(&ranks(column))).collect()),
            rows,
            confidence,
        })
    }

    /// The first input that never varies or is (nearly) a sum of those before it, if one is; then no input's own part can
    /// be told apart, and there are no partial correlations and no regression coefficients.
    pub fn dependent(&self) -> Option<usize> {
        self.values.dependent.or(self.ranks.dependent)
    }

    /// For each input Pearson and Spearman, and PCC, PRCC, SRC and SRRC where rows are enough and no input depends on
    /// others. Intervals from Fisher's z (for Spearman with the variance of Bonett and Wright 2000, Psychometrika 65(1), 23-28)
    /// and from the standard errors of the regression; resolved means that 0 lies outside.
    ///
    /// # Errors
    /// The output does not vary, holds what is no number, or has not the sample's rows.
    pub fn indices(&self, output: &[f64]) -> Result<Vec<SensitivityIndex>, NoIndices> {
        check(output, self.rows)?;
        let mut measures = Vec::new();
        let kinds = [
            (
                &self.values,
                standardised(output),
                [IndexKind::Pearson, IndexKind::PartialCorrelation, IndexKind::RegressionCoefficient],
            ),
            (
                &self.ranks,
                standardised(&ranks(output)),
                [IndexKind::Spearman, IndexKind::PartialRankCorrelation, IndexKind::RankRegressionCoefficient],
            ),
        ];
        for (regressors, output, [plain, partial, coefficient]) in kinds {
            let correlations: Vec<f64> = regressors.columns.iter().map(|column| correlation(column, &output)).collect();
            for (of, value) in correlations.iter().enumerate() {
                let inflation = if plain == IndexKind::Spearman { 1.0 + value * value / 2.0 } else { 1.0 };
                measures.push(self.correlated(plain, of, *value, 0, inflation));
            }
            let others = correlations.len() - 1;
            let degrees = self.rows as f64 - others as f64 - 2.0;
            if let Some(fit) = regressors.fit(&correlations).filter(|_| degrees > 2.0) {
                for (of, value) in fit.partial.iter().enumerate() {
                    measures.push(self.correlated(partial, of, *value, others, 1.0));
                }
                for (of, (value, unit)) in fit.coefficients.iter().zip(&fit.unit_errors).enumerate() {
                    let half = self.confidence.standard_errors() * unit / degrees.sqrt();
                    let interval = Some([value - half, value + half]);
                    measures.push(SensitivityIndex::new(coefficient, of, *value).apart_from_zero(interval));
                }
            }
        }
        Ok(measures)
    }

    /// A correlation with so many other inputs allowed for, and its interval.
    fn correlated(&self, kind: IndexKind, of: usize, value: f64, others: usize, inflation: f64) -> SensitivityIndex {
        let free = self.rows as f64 - 3.0 - others as f64;
        let interval = (free > 0.0).then(|| {
            let half = self.confidence.standard_errors() * (inflation / free).sqrt();
            // At 1 the z is infinite; the interval then is 1 itself.
            let z = value.clamp(-1.0, 1.0).atanh();
            [(z - half).tanh(), (z + half).tanh()]
        });
        SensitivityIndex::new(kind, of, value).apart_from_zero(interval)
    }
}

/// Mean 0 and mean square 1; all 0 where nothing varies.
fn standardised(values: &[f64]) -> Vec<f64> {
    let mut values = centred(&scaled(values).0);
    let scale = mean_square(&values).sqrt();
    if scale > 0.0 {
        values.iter_mut().for_each(|value| *value /= scale);
    }
    values
}

fn correlation(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>() / one.len() as f64
}

/// Standardised columns and the Cholesky factor of their correlations, so that each output costs a substitution only.
#[derive(Debug)]
struct Regressors {
    columns: Vec<Vec<f64>>,
    /// The lower triangle, row by row; empty if a column depends on others.
    factor: Vec<Vec<f64>>,
    /// The diagonal of the inverse of the correlations.
    inverse_diagonal: Vec<f64>,
    dependent: Option<usize>,
}

/// A regression of one output on all inputs.
struct Fit {
    coefficients: Vec<f64>,
    partial: Vec<f64>,
    /// Standard errors of the coefficients times the root of the degrees of freedom.
    unit_errors: Vec<f64>,
}

/// What is left of a column's variance once those before it are allowed for, below which it counts as dependent.
const LEAST_OWN_VARIANCE: f64 = 1e-10;

impl Regressors {
    fn new(columns: Vec<Vec<f64>>) -> Self {
        let count = columns.len();
        let mut factor: Vec<Vec<f64>> = Vec::with_capacity(count);
        for row in 0..count {
            let mut line = vec![0.0; row + 1];
            for column in 0..=row {
                let known: f64 = if column == row {
                    line[..column].iter().map(|value| value * value).sum()
                } else {
                    line[..column].iter().zip(&factor[column]).map(|(a, b)| a * b).sum()
                };
                let left = correlation(&columns[row], &columns[column]) - known;
                if column < row {
                    line[column] = left / factor[column][column];
                } else if left > LEAST_OWN_VARIANCE {
                    line[row] = left.sqrt();
                } else {
                    return Self { columns, factor: Vec::new(), inverse_diagonal: Vec::new(), dependent: Some(row) };
                }
            }
            factor.push(line);
        }
        let mut regressors = Self { columns, factor, inverse_diagonal: Vec::new(), dependent: None };
        regressors.inverse_diagonal = (0..count)
            .map(|at| {
                let unit: Vec<f64> = (0..count).map(|row| if row == at { 1.0 } else { 0.0 }).collect();
                regressors.forward(&unit).iter().map(|value| value * value).sum()
            })
            .collect();
        regressors
    }

    /// The regression of an output whose correlations with the columns are these.
    fn fit(&self, correlations: &[f64]) -> Option<Fit> {
        if self.dependent.is_some() {
            return None;
        }
        let halfway = self.forward(correlations);
        let explained: f64 = halfway.iter().map(|value| value * value).sum();
        let left = (1.0 - explained).max(0.0);
        let coefficients = self.backward(halfway);
        let unit_errors: Vec<f64> = self.inverse_diagonal.iter().map(|own| (left * own).sqrt()).collect();
        let partial = coefficients.iter().zip(&unit_errors).map(|(value, error)| value / value.hypot(*error)).collect();
        Some(Fit { coefficients, partial, unit_errors })
    }

    fn forward(&self, right: &[f64]) -> Vec<f64> {
        let mut solved: Vec<f64> = Vec::with_capacity(right.len());
        for (line, right) in self.factor.iter().zip(right) {
            let known: f64 = line.iter().zip(&solved).map(|(a, b)| a * b).sum();
            solved.push((right - known) / line[solved.len()]);
        }
        solved
    }

    fn backward(&self, mut right: Vec<f64>) -> Vec<f64> {
        for row in (0..right.len()).rev() {
            right[row] /= self.factor[row][row];
            let solved = right[row];
            right[..row].iter_mut().zip(&self.factor[row]).for_each(|(value, entry)| *value -= entry * solved);
        }
        right
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::Ranks;
    use crate::sensitivity::{Confidence, IndexKind, find};
    use engine::sampling::{Design, points};

    #[test]
    fn direction_and_strength_are_found_and_what_does_nothing_is_not_resolved() {
        let inputs: Vec<Vec<f64>> = ["a", "b", "c"].map(|name| points(Design::LatinHypercube, 4, 500, name)).to_vec();
        let output: Vec<f64> = (0..500).map(|row| (5.0 * inputs[0][row]).exp() - 20.0 * inputs[1][row]).collect();
        let found = Ranks::new(&inputs, Confidence::default()).unwrap().indices(&output).unwrap();
        let one = |kind, of| find(&found, kind, of).unwrap();
        assert!(
            one(IndexKind::PartialRankCorrelation, 0).value > 0.9 && one(IndexKind::PartialRankCorrelation, 0).resolved
        );
        assert!(one(IndexKind::RegressionCoefficient, 1).value < -0.1 && one(IndexKind::Pearson, 1).resolved);
        assert!(
            !one(IndexKind::PartialRankCorrelation, 2).resolved
                && !one(IndexKind::RankRegressionCoefficient, 2).resolved
        );
        // A straight line leaves nothing over.
        let line: Vec<f64> = inputs[0].iter().map(|x| 3.0 - 2.0 * x).collect();
        let found = Ranks::new(&inputs, Confidence::default()).unwrap().indices(&line).unwrap();
        assert!((find(&found, IndexKind::Pearson, 0).unwrap().value + 1.0).abs() < 1e-12);
        assert!((find(&found, IndexKind::PartialCorrelation, 0).unwrap().value + 1.0).abs() < 1e-6);
    }

    #[test]
    fn an_input_that_depends_on_others_is_named_and_plain_correlations_remain() {
        let mut inputs: Vec<Vec<f64>> = ["a", "b"].map(|name| points(Design::Random, 4, 50, name)).to_vec();
        inputs.push(inputs[0].iter().zip(&inputs[1]).map(|(a, b)| a - 2.0 * b).collect());
        let ranks = Ranks::new(&inputs, Confidence::default()).unwrap();
        assert_eq!(ranks.dependent(), Some(2));
        let found = ranks.indices(&inputs[0]).unwrap();
        assert!(
            find(&found, IndexKind::Spearman, 2).is_some() && find(&found, IndexKind::PartialCorrelation, 2).is_none()
        );
        assert_eq!(Ranks::new(&[vec![1.0; 5]], Confidence::default()).unwrap().dependent(), Some(0));
    }
}

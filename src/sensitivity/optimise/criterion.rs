//! How many draws become one number to decide by, and how surely one plan beats another by it.

use crate::appraisal::statistic::{Estimate, mean, quantile};

/// A number to decide by; more is better.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Criterion {
    /// What is expected: the mean over draws.
    Expected,
    /// The mean of the worst draws, such as the worst tenth (conditional value at risk: Rockafellar RT, Uryasev S (2000),
    /// "Optimization of conditional value-at-risk", J Risk 2: 21-41).
    WorstShare(f64),
    /// The worst draw: for scenarios without probabilities.
    Worst,
}

impl Criterion {
    /// The number for some draws.
    pub fn of(self, draws: &[f64]) -> f64 {
        mean(&self.parts(draws)).value
    }

    /// Values, one a draw, whose mean is the criterion and whose spread is that of its influence: so differences between
    /// plans can be paired draw by draw.
    fn parts(self, draws: &[f64]) -> Vec<f64> {
        match self {
            Self::Expected => draws.to_vec(),
            Self::WorstShare(share) => {
                let mut sorted = draws.to_vec();
                sorted.sort_by(f64::total_cmp);
                let level = quantile(&sorted, share);
                draws.iter().map(|value| level - (level - value).max(0.0) / share).collect()
            }
            Self::Worst => vec![draws.iter().copied().fold(f64::INFINITY, f64::min); draws.len()],
        }
    }
}

/// How much better a plan is than another by a criterion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Improvement {
    /// The difference, with the Monte Carlo error of the paired difference (0 for the worst draw, which has none).
    pub difference: Estimate,
    /// Whether the difference lies beyond its 95 % interval about 0.
    pub resolved: bool,
}

/// The paired improvement of `plan` over `reference`, on the same draws.
pub fn improvement(criterion: Criterion, plan: &[f64], reference: &[f64]) -> Improvement {
    let pairs = criterion.parts(plan).into_iter().zip(criterion.parts(reference));
    let difference = mean(&pairs.map(|(own, other)| own - other).collect::<Vec<f64>>());
    Improvement { difference, resolved: difference.value.abs() > difference.half_width() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Criterion, improvement};

    #[test]
    fn the_worst_tenth_is_its_mean() {
        let draws: Vec<f64> = (0..1_001).map(f64::from).collect();
        // Values 0 to 100, of which 100 is the level and counts for nothing more: about 50.
        assert!((Criterion::WorstShare(0.1).of(&draws) - 50.0).abs() < 0.6);
        assert_eq!(Criterion::Expected.of(&draws), 500.0);
        assert_eq!(Criterion::Worst.of(&draws), 0.0);
    }

    #[test]
    fn differences_are_paired() {
        let reference: Vec<f64> = (0..100).map(|i| f64::from(i * 37 % 100)).collect();
        let plan: Vec<f64> = reference.iter().map(|value| value + 0.5).collect();
        for criterion in [Criterion::Expected, Criterion::WorstShare(0.1)] {
            let found = improvement(criterion, &plan, &reference);
            assert!((found.difference.value - 0.5).abs() < 1e-12 && found.resolved);
            assert!(found.difference.error < 1e-12);
        }
        assert!(!improvement(Criterion::Expected, &reference, &reference).resolved);
    }
}

//! One value for each uncertainty in a draw.

use super::design::{Design, point};
use super::distribution::Distribution;
use serde::{Deserialize, Serialize};

/// Something that nature chooses, and how likely each value is.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertainty {
    /// What is uncertain: the name of a model constant.
    pub name: String,
    /// The name of the random number it follows: its own name, or one shared by all rows with a common factor, which
    /// then stand at the same point of their distributions in every draw.
    pub stream: String,
    /// How likely each value is, in the unit of the constant.
    pub distribution: Distribution,
}

/// How a study samples what is uncertain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampling {
    /// How many draws.
    pub draws: u64,
    /// The seed: another seed, another study of the same kind.
    pub seed: u64,
    /// How the draws are spread.
    pub design: Design,
}

/// The values of all uncertainties in a draw (from 0), in their order and units.
///
/// Each value depends on its own uncertainty, the draw and the sampling only: neither the others nor the order matter.
pub fn sample(uncertainties: &[Uncertainty], draw: u64, sampling: &Sampling) -> Vec<f64> {
    uncertainties
        .iter()
        .map(|uncertainty| {
            let p = point(sampling.design, sampling.seed, draw, sampling.draws, &uncertainty.stream);
            uncertainty.distribution.quantile(p)
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Sampling, Uncertainty, sample};
    use crate::sampling::{Design, Distribution};

    fn uncertainty(name: &str, stream: &str, distribution: Distribution) -> Uncertainty {
        Uncertainty { name: name.to_owned(), stream: stream.to_owned(), distribution }
    }

    fn three() -> Vec<Uncertainty> {
        vec![
            uncertainty("a", "a", Distribution::normal(1.0, 2.0).unwrap()),
            uncertainty("b", "shared", Distribution::gamma(3.0, 1.0, 0.0).unwrap()),
            uncertainty("c", "shared", Distribution::uniform(0.0, 1.0).unwrap()),
        ]
    }

    const SAMPLING: Sampling = Sampling { draws: 64, seed: 7, design: Design::LatinHypercube };

    #[test]
    fn adding_or_moving_an_uncertainty_changes_no_other() {
        let before = three();
        let mut after = three();
        after.reverse();
        after.insert(1, uncertainty("new", "new", Distribution::Fixed(4.0)));
        for draw in [0, 63, 17] {
            let [a, b, c] = sample(&before, draw, &SAMPLING)[..] else { unreachable!() };
            assert_eq!(sample(&after, draw, &SAMPLING), [c, 4.0, b, a]);
        }
    }

    #[test]
    fn rows_with_a_common_factor_move_together() {
        let (_, pair) = (three().remove(0), &three()[1..]);
        let mut draws: Vec<Vec<f64>> = (0..64).map(|draw| sample(pair, draw, &SAMPLING)).collect();
        draws.sort_by(|x, y| x[0].total_cmp(&y[0]));
        assert!(draws.windows(2).all(|two| two[0][1] < two[1][1]));
    }

    #[test]
    fn the_mean_over_the_draws_is_the_mean() {
        let sampling = Sampling { draws: 4_000, ..SAMPLING };
        let uncertainties = three();
        for (i, uncertainty) in uncertainties.iter().enumerate() {
            let sum: f64 = (0..4_000).map(|draw| sample(&uncertainties, draw, &sampling)[i]).sum();
            let mean = uncertainty.distribution.mean();
            assert!((sum / 4_000.0 - mean).abs() < 1e-3);
        }
    }
}

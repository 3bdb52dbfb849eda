//! The normal distribution: how likely, how high, and what it costs to choose wrongly when a difference is uncertain.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use engine::sampling::Distribution;

/// The share of the standard normal distribution below `z`.
pub(super) fn below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// The density of the standard normal distribution at `z`.
pub(super) fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}

/// The unit normal loss: what is lost on average by settling a difference of `mean` and standard deviation `spread` on
/// the sign of its mean (Raiffa H, Schlaifer R (1961), "Applied Statistical Decision Theory").
pub(super) fn loss(mean: f64, spread: f64) -> f64 {
    if spread <= 0.0 {
        return 0.0;
    }
    let z = mean.abs() / spread;
    (spread * (density(z) - z * below(-z))).max(0.0)
}

/// Normal scores of `n` ranks, from lowest to highest: the quantiles at the middles of `n` equal shares.
pub(super) fn scores(n: usize) -> Vec<f64> {
    let normal = Distribution::Normal { mean: 0.0, standard_deviation: 1.0 };
    (0..n).map(|rank| normal.quantile((rank as f64 + 0.5) / n as f64)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{below, loss, scores};

    #[test]
    fn shares_are_those_of_tables() {
        assert!((below(1.959_963_984_540_054) - 0.975).abs() < 1e-14);
        assert!((below(0.0) - 0.5).abs() < 1e-16);
    }

    #[test]
    fn a_certain_difference_costs_nothing_and_an_even_one_most() {
        assert_eq!(loss(3.0, 0.0), 0.0);
        assert!((loss(0.0, 1.0) - 0.398_942_280_401_432_7).abs() < 1e-15);
        assert_eq!(loss(50.0, 1.0), 0.0);
    }

    #[test]
    fn scores_are_symmetric() {
        let scores = scores(5);
        assert_eq!(scores[2], 0.0);
        assert_eq!(scores[0], -scores[4]);
    }
}

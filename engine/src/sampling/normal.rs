//! The quantile of the standard normal distribution, at ranks.

use super::rank::Rank;
use crate::elementary::normal_quantile_by;

/// Standard deviations from the mean below which a normal value falls with this probability, strictly between 0 and 1.
pub fn standard_normal_quantile(below: f64) -> f64 {
    standard_quantile(Rank::at(below))
}

/// Standard deviations from the mean at a rank: finite for every tail that is not zero.
pub(super) fn standard_quantile(rank: Rank) -> f64 {
    normal_quantile_by(rank.below, rank.above)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::standard_quantile;
    use crate::sampling::rank::Rank;

    /// Made with mpmath 1.4 at 60 digits.
    const EXACT: [(f64, f64); 7] = [
        (1e-300, -37.047_096_299_361_2),
        (1e-100, -21.273_453_560_965_324),
        (1e-12, -7.034_483_825_301_132),
        (1e-5, -4.264_890_793_922_825),
        (0.025, -1.959_963_984_540_054_2),
        (0.07, -1.475_791_028_179_170_7),
        (0.3, -0.524_400_512_708_040_8),
    ];

    #[test]
    fn fifteen_digits_in_both_tails() {
        for (p, exact) in EXACT {
            let low = standard_quantile(Rank::at(p));
            assert!((low - exact).abs() <= 1e-15 * exact.abs(), "{p}: {low}");
            assert_eq!(standard_quantile(Rank::at(p).mirrored()), -low);
        }
        assert_eq!(standard_quantile(Rank::at(0.5)), 0.0);
        assert!(standard_quantile(Rank::at(f64::MIN_POSITIVE)).is_finite());
    }
}

//! The beta or gamma distribution with a declared median, where an end of the interval is the edge of what can be.
//!
//! An interval "0 to 5" around a count or a cost does not say that 2.5 % of the draws are 0 or less, which no such distribution
//! has: nothing lies below 0, and 2.5 % lie above 5. With the median that makes two conditions for the two free numbers of the
//! family. For each shape the median is met exactly; the share of draws beyond the other end falls as the shape grows, and where
//! it is 2.5 % is sought by false position, in a bounded number of steps.

use super::beta;
use super::gamma;
use super::parameters::LARGEST_SHAPE;
use super::rank::Rank;
use super::root::crossing;
use crate::elementary::{exp, ln};

/// The smallest shape looked at (of a beta the sum of both): at 0.01 the 97.5 % quantile of a gamma is 10^28 of its medians.
const SMALLEST_SHAPE: f64 = 0.01;
/// How much of the logarithm of the shape the search takes at a stride until it has the answer between two shapes.
const STRIDE: f64 = 2.0;
/// Shares are met so closely.
const NEAR: f64 = 1e-13;

/// Shape and scale of the gamma distribution with this median and, if any has it, this share of draws above `high`, which is
/// above the median; else of the nearest.
pub(super) fn gamma(median: f64, high: f64, share: f64) -> (f64, f64) {
    let scale = |shape: f64| median / gamma::standard_quantile(shape, Rank::at(0.5));
    let shape = shape_where(|shape| share - (1.0 - gamma::below(shape, high / scale(shape))));
    (shape, scale(shape))
}

/// Which beta distribution with a given median is meant.
#[derive(Debug, Clone, Copy)]
pub(super) enum Beyond {
    /// The one with this share of draws below a value that is below the median.
    Below(f64, f64),
    /// The one with this share of draws above a value that is above the median.
    Above(f64, f64),
    /// The one with this standard deviation: both ends are edges.
    Deviation(f64),
}

/// Alpha and beta of the beta distribution on 0 to 1 with this median that has what is meant, if any has it; else the nearest.
pub(super) fn beta(median: f64, meant: Beyond) -> (f64, f64) {
    let both = shape_where(|both| {
        let (alpha, beta) = beta_shapes(median, both);
        match meant {
            Beyond::Below(low, share) => share - beta::below(alpha, beta, low),
            Beyond::Above(high, share) => share - (1.0 - beta::below(alpha, beta, high)),
            Beyond::Deviation(deviation) => deviation - (alpha / both * (beta / both) / (both + 1.0)).sqrt(),
        }
    });
    beta_shapes(median, both)
}

/// Alpha and beta that sum to `both` and have this median.
///
/// The mean lies between the median and one half (Groeneveld and Meeden 1977, The American Statistician 31, 120-121).
fn beta_shapes(median: f64, both: f64) -> (f64, f64) {
    if median > 0.5 {
        let (beta, alpha) = beta_shapes(1.0 - median, both);
        return (alpha, beta);
    }
    let share = |log_odds: f64| 1.0 / (1.0 + exp(-log_odds));
    let missed = |log_odds: f64| {
        let alpha = both * share(log_odds);
        0.5 - beta::below(alpha, both - alpha, median)
    };
    let alpha = both * share(crossing(ln(median / (1.0 - median)), 0.0, NEAR, missed));
    (alpha, both - alpha)
}

/// The shape at which a function that rises with it is zero; the smallest or largest where it is zero nowhere.
fn shape_where(missed: impl Fn(f64) -> f64) -> f64 {
    let missed = |log_shape: f64| missed(exp(log_shape));
    let (least, most) = (ln(SMALLEST_SHAPE), ln(LARGEST_SHAPE));
    let (mut low, mut high) = (0.0, 0.0);
    while low > least && missed(low) > 0.0 {
        (low, high) = ((low - STRIDE).max(least), low);
    }
    while high < most && missed(high) < 0.0 {
        (low, high) = (high, (high + STRIDE).min(most));
    }
    exp(crossing(low, high, NEAR, missed)).min(LARGEST_SHAPE)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Beyond, beta, gamma};
    use crate::sampling::Distribution;

    fn close(a: f64, b: f64) -> bool {
        (a / b - 1.0).abs() < 1e-9
    }

    /// A gamma variable with shape 1 is exponential: at rate 0.2 its median is 5 ln 2 = 3.4657, and 2.5 % lie above
    /// 5 ln 40 = 18.4444.
    #[test]
    fn an_exponential_variable_is_found_by_its_median_and_its_high_end() {
        let (shape, scale) = gamma(5.0 * 2.0_f64.ln(), 5.0 * 40.0_f64.ln(), 0.025);
        assert!(close(shape, 1.0) && close(scale, 5.0), "{shape} {scale}");
    }

    /// The lesser of b even shares of 0 to 1 is below x with probability 1 - (1 - x)^b: beta(1, b), whose median is 1 - 2^(-1/b)
    /// and whose 97.5 % quantile is 1 - 40^(-1/b). Its mirror image is beta(b, 1). Beta(2, 2) has mean and median one half and
    /// variance 1/20.
    #[test]
    fn a_share_is_found_by_its_median_and_the_end_that_is_no_edge() {
        for b in [0.5, 1.0, 3.0, 40.0, 5000.0] {
            let at = |above: f64| -(above.ln() / b).exp_m1();
            let (alpha, other) = beta(at(0.5), Beyond::Above(at(0.025), 0.025));
            assert!(close(alpha, 1.0) && close(other, b), "{b}: {alpha} {other}");
            let (other, beta) = beta(1.0 - at(0.5), Beyond::Below(1.0 - at(0.025), 0.025));
            assert!(close(beta, 1.0) && close(other, b), "{b}: {other} {beta}");
        }
        let (alpha, beta) = beta(0.5, Beyond::Deviation(0.05_f64.sqrt()));
        assert!(close(alpha, 2.0) && close(beta, 2.0), "{alpha} {beta}");
    }

    #[test]
    fn median_and_end_are_met_however_skewed() {
        for ratio in [1.001, 1.1, 1.5, 3.0, 30.0, 1e4, 1e12] {
            let (shape, scale) = gamma(2.0, 2.0 * ratio, 0.025);
            let drawn = Distribution::gamma(shape, scale, 0.0).unwrap();
            assert!(close(drawn.quantile(0.5), 2.0) && close(drawn.quantile(0.975), 2.0 * ratio), "{ratio}: {drawn:?}");
        }
        for (median, high) in [(1e-9, 1e-3), (0.01, 0.0101), (0.02, 0.9), (0.3, 0.31), (0.6, 0.999), (0.97, 0.98)] {
            let (alpha, beta) = beta(median, Beyond::Above(high, 0.025));
            let drawn = Distribution::beta(alpha, beta, 0.0, 1.0).unwrap();
            let met = close(drawn.quantile(0.5), median) && close(1.0 - drawn.quantile(0.975), 1.0 - high);
            assert!(met, "{median} {high}: {drawn:?}");
        }
        for median in [1e-6, 0.004, 0.2, 0.5, 0.93] {
            let (alpha, beta) = beta(median, Beyond::Deviation(0.25));
            let drawn = Distribution::beta(alpha, beta, 0.0, 1.0).unwrap();
            assert!(close(drawn.quantile(0.5), median) && close(drawn.standard_deviation(), 0.25), "{drawn:?}");
        }
    }
}

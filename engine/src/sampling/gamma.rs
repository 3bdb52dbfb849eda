//! The quantile of the gamma distribution with scale 1.
//!
//! Probabilities by the series (NIST Digital Library of Mathematical Functions, 8.11.4) below the mean and the
//! continued fraction (8.9.2, Lentz's method) above it, both with Loader's form of the density; then Newton's method
//! on the logarithm of the smaller tail, in the logarithm of the value. The quantile in statrs 0.19 solves for the
//! probability itself, which leaves the upper tail only absolutely accurate, and about nine digits at a shape of 1e6.

use super::normal;
use super::rank::Rank;
use super::root::increasing_root;
use super::stirling::{deviance, stirling_error};
use crate::elementary::{exp, ln};
use std::f64::consts::TAU;

/// The logarithms of the smallest and largest values considered, about 1e-304 and 1e304; beyond, ratios would overflow.
const LOG_SMALLEST: f64 = -700.0;
const LOG_LARGEST: f64 = 700.0;

/// A factor of the continued fraction that changes nothing but its last two bits.
const CONVERGED: f64 = 3.0 * f64::EPSILON;
/// Terms enough for a shape of 1e8, which needs about 30,000.
const MOST_TERMS: u32 = 1_000_000;

/// The value of a gamma variable with this shape and scale 1 at a rank; above 0, and never below 1e-304.
///
/// The unknown is the logarithm of its ratio to a first guess, so that it is small and its rounding harmless.
pub(super) fn standard_quantile(shape: f64, rank: Rank) -> f64 {
    let guess = first_guess(shape, rank).clamp(LOG_SMALLEST, LOG_LARGEST);
    let scale = exp(guess);
    let error = stirling_error(shape);
    let root = (TAU * shape).sqrt();
    let tail = |log_ratio: f64| {
        let tails = Tails::at(shape, (error, root), scale * exp(log_ratio));
        if rank.is_low() {
            (ln(tails.below / rank.below), tails.flow / tails.below)
        } else {
            (ln(rank.above / tails.above), tails.flow / tails.above)
        }
    };
    let lowest = LOG_SMALLEST - guess;
    let highest = LOG_LARGEST - guess;
    scale * exp(increasing_root(lowest, highest, 0.0, tail))
}

/// The probability of a smaller value of a gamma variable with this shape and scale 1; `x` above 0.
pub(super) fn below(shape: f64, x: f64) -> f64 {
    Tails::at(shape, (stirling_error(shape), (TAU * shape).sqrt()), x).below
}

/// The logarithm of a value near the quantile: Wilson and Hilferty's cube (1931), or the leading term of the tail.
fn first_guess(shape: f64, rank: Rank) -> f64 {
    let z = normal::standard_quantile(rank);
    let cube_root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * shape.sqrt());
    if shape >= 0.5 && cube_root > 0.1 {
        return ln(shape) + 3.0 * ln(cube_root);
    }
    if shape < 0.5 && !rank.is_low() {
        return ln(-ln(rank.above));
    }
    // Below the mean the probability is close to x^shape / gamma(shape + 1).
    let above = shape + 1.0;
    let log_gamma = (above - 0.5) * ln(above) - above + 0.5 * ln(TAU) + stirling_error(above);
    (ln(rank.below) + log_gamma) / shape
}

/// The probability on both sides of a value.
struct Tails {
    below: f64,
    above: f64,
    /// The value times the density there: how fast the probability grows with the logarithm of the value.
    flow: f64,
}

impl Tails {
    /// `error` and `root` are the shape's error of Stirling's formula, and the root of itself times the whole angle.
    fn at(shape: f64, (error, root): (f64, f64), x: f64) -> Tails {
        // x^shape e^-x / gamma(shape + 1)
        let head = exp(-deviance(shape, x) - error) / root;
        let flow = head * shape;
        if x < shape + 1.0 {
            let below = head * series(shape, x);
            Tails { below, above: 1.0 - below, flow }
        } else {
            let above = flow * continued_fraction(shape, x);
            Tails { below: 1.0 - above, above, flow }
        }
    }
}

/// `1 + x/(shape+1) + x^2/((shape+1)(shape+2)) + ...`, for `x < shape + 1`.
fn series(shape: f64, x: f64) -> f64 {
    let mut sum = 1.0;
    let mut term = 1.0;
    let mut divisor = shape;
    while term > sum * f64::EPSILON * 0.1 {
        divisor += 1.0;
        term *= x / divisor;
        sum += term;
    }
    sum
}

/// The upper incomplete gamma function over `x^shape e^-x`, for `x >= shape + 1`.
fn continued_fraction(shape: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - shape;
    let mut d = 1.0 / b;
    let mut c = f64::MAX;
    let mut fraction = d;
    for i in 1..=MOST_TERMS {
        let i = f64::from(i);
        let a = i * (shape - i);
        b += 2.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        let factor = c * d;
        fraction *= factor;
        if (factor - 1.0).abs() <= CONVERGED {
            break;
        }
    }
    fraction
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::standard_quantile;
    use crate::sampling::normal;
    use crate::sampling::rank::Rank;

    /// Shape, p and the quantile, made with mpmath 1.4 at 60 digits.
    const EXACT: [(f64, f64, f64); 9] = [
        (0.05, 0.025, 5.315_661_889_914_309e-33),
        (0.05, 0.5, 5.573_878_440_746_247e-7),
        (0.05, 0.9, 0.076_317_113_909_188_5),
        (3.3, 1e-12, 4.474_180_419_449_834_7e-4),
        (3.3, 0.025, 0.751_969_929_252_725_9),
        (3.3, 0.9, 5.735_898_833_278_743),
        (1_000.0, 0.025, 938.973_018_407_695_2),
        (1_000.0, 0.5, 999.666_686_426_965_2),
        (1_000.0, 0.9, 1_040.734_308_013_69),
    ];

    #[test]
    fn thirteen_digits_for_narrow_and_skewed_shapes() {
        for (shape, p, exact) in EXACT {
            let value = standard_quantile(shape, Rank::at(p));
            assert!((value / exact - 1.0).abs() < 1e-13, "{shape} {p}");
        }
    }

    #[test]
    fn closed_forms() {
        for i in 1..200 {
            let p = f64::from(i) / 200.0;
            let exponential = standard_quantile(1.0, Rank::at(p));
            assert!((exponential / -(-p).ln_1p() - 1.0).abs() < 1e-14);
            // Half the square of a standard normal variable.
            let z = normal::standard_quantile(Rank::at(0.5 + 0.5 * p));
            let half_square = standard_quantile(0.5, Rank::at(p));
            assert!((half_square / (0.5 * z * z) - 1.0).abs() < 1e-13);
        }
        // The upper tail of the exponential, where 1 - p would be 1.
        let far = standard_quantile(1.0, Rank::at(1e-300).mirrored());
        assert!((far / (300.0 * 10.0_f64.ln()) - 1.0).abs() < 1e-14);
    }

    #[test]
    fn the_far_ends_are_finite_and_positive() {
        for shape in [0.01, 0.5, 1.0, 30.0, 1e8] {
            for rank in [Rank::at(1e-300), Rank::at(1.0 - f64::EPSILON / 2.0)] {
                for rank in [rank, rank.mirrored()] {
                    let value = standard_quantile(shape, rank);
                    assert!(value > 0.0 && value.is_finite(), "{shape}: {value}");
                }
            }
        }
    }
}

//! The quantile of the beta distribution on 0 to 1.
//!
//! Probabilities by the continued fraction (NIST Digital Library of Mathematical Functions, 8.17.22, Lentz's method)
//! with Loader's form of the density; then Newton's method on the logarithm of the smaller tail, in the logarithm of
//! the distance from the nearer end. The quantile in statrs 0.19 never leaves 0.0001 to 0.9999 on its first step and
//! gives values a hundred times too likely for alpha below 0.3, hence this one.

use super::normal;
use super::rank::Rank;
use super::root::increasing_root;
use super::stirling::{deviance, stirling_error};
use crate::elementary::{exp, ln};
use std::f64::consts::{LN_2, TAU};

/// The logarithm of the smallest value told from zero, about 1e-304; below it ratios would overflow.
const LOG_SMALLEST: f64 = -700.0;
/// Stands in for a zero in the continued fraction (Lentz's method).
const TINY: f64 = 1e-300;
/// A factor of the continued fraction that changes nothing but its last two bits.
const CONVERGED: f64 = 3.0 * f64::EPSILON;
/// Terms enough for alpha and beta of 1e8, which need about 30,000.
const MOST_TERMS: u32 = 1_000_000;

/// The value of a beta variable at a rank, from 0 to 1; what lies nearer than 1e-304 to 0 is given as 1e-304.
pub(super) fn standard_quantile(alpha: f64, beta: f64, rank: Rank) -> f64 {
    Standard::new(alpha, beta).quantile(rank)
}

/// The probability of a smaller value of a beta variable on 0 to 1; `x` between 0 and 1.
pub(super) fn below(alpha: f64, beta: f64, x: f64) -> f64 {
    if x <= 0.5 { Shape::new(alpha, beta).tails(x).below } else { Shape::new(beta, alpha).tails(1.0 - x).above }
}

/// A beta variable on 0 to 1, with what its quantiles have in common.
pub(super) struct Standard {
    shape: Shape,
    mirrored: Shape,
    /// The probability on both sides of one half.
    half: Tails,
}

impl Standard {
    pub(super) fn new(alpha: f64, beta: f64) -> Self {
        let shape = Shape::new(alpha, beta);
        Self { mirrored: shape.mirrored(), half: shape.tails(0.5), shape }
    }

    /// As [`standard_quantile`].
    pub(super) fn quantile(&self, rank: Rank) -> f64 {
        if rank.below <= self.half.below {
            lower_half(&self.shape, rank, self.half.below)
        } else {
            1.0 - lower_half(&self.mirrored, rank.mirrored(), self.half.above)
        }
    }
}

/// The quantile, known to be at most one half; `half` is the probability below one half.
///
/// The unknown is the logarithm of its ratio to a first guess, so that it is small and its rounding harmless.
fn lower_half(shape: &Shape, rank: Rank, half: f64) -> f64 {
    let guess = first_guess(shape.alpha, shape.beta, rank, half).clamp(LOG_SMALLEST, -LN_2);
    let scale = exp(guess);
    let tail = |log_ratio: f64| {
        let tails = shape.tails(scale * exp(log_ratio));
        if rank.is_low() {
            (ln(tails.below / rank.below), tails.flow / tails.below)
        } else {
            (ln(rank.above / tails.above), tails.flow / tails.above)
        }
    };
    let lowest = LOG_SMALLEST - guess;
    let highest = -LN_2 - guess + f64::EPSILON;
    scale * exp(increasing_root(lowest, highest, 0.0, tail))
}

/// The logarithm of a value near the quantile: normal on the scale of the log odds, or the leading term of the tail.
fn first_guess(alpha: f64, beta: f64, rank: Rank, half: f64) -> f64 {
    if alpha < 1.0 {
        // Near 0 the probability grows as the power alpha of the value.
        return ln(rank.below / half) / alpha - LN_2;
    }
    let log_odds = ln(alpha / beta) + normal::standard_quantile(rank) * (1.0 / alpha + 1.0 / beta).sqrt();
    -libm::log1p(exp(-log_odds))
}

/// The probability on both sides of a value.
pub(super) struct Tails {
    pub below: f64,
    pub above: f64,
    /// The value times the density there: how fast the probability grows with the logarithm of the value.
    flow: f64,
}

/// The shapes, and what of the density does not depend on where it is taken.
pub(super) struct Shape {
    alpha: f64,
    beta: f64,
    /// Errors of Stirling's formula: of alpha, of beta, of both together.
    errors: [f64; 3],
    /// Their sum, in the order in which the density has it.
    error: f64,
    root: f64,
}

impl Shape {
    pub(super) fn new(alpha: f64, beta: f64) -> Self {
        Self::with(alpha, beta, [alpha, beta, alpha + beta].map(stirling_error))
    }

    fn with(alpha: f64, beta: f64, errors: [f64; 3]) -> Self {
        let [of_alpha, of_beta, of_both] = errors;
        let root = (alpha / (alpha + beta) * beta / TAU).sqrt();
        Self { alpha, beta, errors, error: of_both - of_alpha - of_beta, root }
    }

    /// Counted from the other end.
    fn mirrored(&self) -> Self {
        let [of_alpha, of_beta, of_both] = self.errors;
        Self::with(self.beta, self.alpha, [of_beta, of_alpha, of_both])
    }

    /// `x` above 0 and at most one half (or a rounding more).
    pub(super) fn tails(&self, x: f64) -> Tails {
        let Self { alpha, beta, .. } = *self;
        let y = 1.0 - x;
        let both = alpha + beta;
        // x^alpha y^beta / B(alpha, beta)
        let head = exp(self.error - deviance(alpha, both * x) - deviance(beta, both * y)) * self.root;
        let flow = head / y;
        // On this side of the mean the continued fraction converges fast, in about sqrt(alpha + beta) steps.
        if x <= (alpha + 1.0) / (both + 2.0) {
            let below = head / alpha * continued_fraction(alpha, beta, x);
            Tails { below, above: 1.0 - below, flow }
        } else {
            let above = head / beta * continued_fraction(beta, alpha, y);
            Tails { below: 1.0 - above, above, flow }
        }
    }
}

/// The regularised incomplete beta function times `alpha B(alpha, beta) / (x^alpha (1-x)^beta)`.
fn continued_fraction(alpha: f64, beta: f64, x: f64) -> f64 {
    let both = alpha + beta;
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - both * x / (alpha + 1.0));
    let mut fraction = d;
    for m in 1..=MOST_TERMS {
        let m = f64::from(m);
        let position = alpha + 2.0 * m;
        let even = m * (beta - m) * x / ((position - 1.0) * position);
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        fraction *= c * d;
        let odd = -(alpha + m) * (both + m) * x / (position * (position + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let factor = c * d;
        fraction *= factor;
        if (factor - 1.0).abs() <= CONVERGED {
            break;
        }
    }
    fraction
}

fn away_from_zero(x: f64) -> f64 {
    if x.abs() < TINY { TINY } else { x }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::standard_quantile;
    use crate::sampling::rank::Rank;
    use std::f64::consts::FRAC_PI_2;

    /// alpha, beta, p and the quantile, made with mpmath 1.4 at 60 digits.
    const EXACT: [(f64, f64, f64, f64); 15] = [
        (10_115.2, 4_937.2, 1e-5, 0.655_552_469_071_617),
        (10_115.2, 4_937.2, 0.025, 0.664_477_781_230_496),
        (10_115.2, 4_937.2, 0.9, 0.676_898_229_228_387_9),
        (42.5, 10_584.9, 1e-5, 0.001_901_688_216_127_267),
        (42.5, 10_584.9, 0.5, 0.003_968_024_149_873_71),
        (42.5, 10_584.9, 0.9, 0.004_800_923_701_395_317),
        (0.1, 0.2, 1e-12, 4.398_874_754_194_378e-119),
        (0.1, 0.2, 0.025, 4.195_093_874_162_969e-15),
        (0.1, 0.2, 0.3, 2.597_000_949_009_343e-4),
        (2.0, 3.0, 1e-5, 0.001_292_107_416_478_316_5),
        (2.0, 3.0, 0.3, 0.272_383_942_075_105_36),
        (2.0, 3.0, 0.9, 0.679_539_416_278_181_7),
        (0.2, 30.0, 1e-5, 2.204_453_714_849_680_6e-27),
        (0.2, 30.0, 0.5, 7.006_117_501_818_455e-4),
        (0.2, 30.0, 0.9, 0.020_227_117_090_097_38),
    ];

    #[test]
    fn thirteen_digits_for_narrow_broad_and_bathtub_shapes() {
        for (alpha, beta, p, exact) in EXACT {
            let value = standard_quantile(alpha, beta, Rank::at(p));
            assert!((value / exact - 1.0).abs() < 1e-13, "{alpha} {beta} {p}");
            // The mirror image: with the roles of alpha and beta exchanged, the distance from the other end.
            let other = standard_quantile(beta, alpha, Rank::at(p).mirrored());
            assert!((1.0 - other - exact).abs() < 1e-15);
        }
    }

    #[test]
    fn closed_forms() {
        for i in 1..200 {
            let p = f64::from(i) / 200.0;
            let rank = Rank::at(p);
            let close = |alpha, beta, exact: f64| (standard_quantile(alpha, beta, rank) - exact).abs() < 1e-14;
            assert!(close(1.0, 1.0, p));
            assert!(close(3.0, 1.0, p.cbrt()));
            assert!(close(1.0, 2.0, 1.0 - (1.0 - p).sqrt()));
            assert!(close(0.5, 0.5, (FRAC_PI_2 * p).sin().powi(2)));
        }
    }

    #[test]
    fn the_far_ends_stay_inside() {
        for (alpha, beta) in [(0.01, 0.01), (0.3, 40.0), (1.0, 1.0), (50.0, 0.5), (1e8, 1.0)] {
            for rank in [Rank::at(1e-300), Rank::at(1.0 - f64::EPSILON / 2.0)] {
                for rank in [rank, rank.mirrored()] {
                    let value = standard_quantile(alpha, beta, rank);
                    assert!((0.0..=1.0).contains(&value), "{alpha} {beta}: {value}");
                }
            }
        }
    }
}

//! A distribution through three numbers: the ends of a 95 % interval and the median, whatever lies between them.
//!
//! Hadlock CC, Bickel JE (2017), "Johnson quantile-parameterized distributions", Decision Analysis 14(1), 35-64: a normal score
//! is bent so that it passes through three values, on the line as it is, above a bound as a logarithm, and between two bounds
//! as the normal score of a share. All three are met exactly whatever their spacing, values stay where they can be, and all
//! moments exist. Where the median lies midway (on the scale that is bent) it is the normal, the lognormal, or the probit-normal
//! distribution.

use super::normal;
use super::rank::Rank;
use super::root::crossing;
use crate::elementary::{exp, ln};
use std::f64::consts::{FRAC_1_SQRT_2, TAU};

/// Normal scores of the ends of a 95 % interval: 2.5 % lie beyond each.
pub(super) const END: f64 = 1.959_963_984_540_054;
/// The mean is a sum over normal scores this far to both sides, and so many to one.
const REACH: i32 = 72;
const STEPS: f64 = 8.0;
/// A median nearer to an end than this part of the interval (on the bent scale) is not sought for the sake of a mean:
/// nearly half of all draws would be one number.
const NEAREST: f64 = 0.05;

/// Where values can lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Support {
    /// Anywhere.
    Line,
    /// Above zero.
    Positive,
    /// Between zero and one.
    Share,
}

impl Support {
    /// Whether a value lies inside, edges left out.
    pub(super) fn holds(self, value: f64) -> bool {
        match self {
            Self::Line => value.is_finite(),
            Self::Positive => value > 0.0,
            Self::Share => value > 0.0 && value < 1.0,
        }
    }

    /// The scale on which normal scores are bent.
    fn bent(self, value: f64) -> f64 {
        match self {
            Self::Line => value,
            Self::Positive => ln(value),
            Self::Share => normal::standard_quantile(Rank { below: value, above: 1.0 - value }),
        }
    }

    fn straight(self, bent: f64) -> f64 {
        match self {
            Self::Line => bent,
            Self::Positive => exp(bent),
            Self::Share => 0.5 * libm::erfc(-bent * FRAC_1_SQRT_2),
        }
    }
}

/// The distribution with 2.5 % of its draws below one value, half below another, and 2.5 % above a third.
#[derive(Debug, Clone, PartialEq)]
pub struct Johnson {
    support: Support,
    curve: Curve,
    mean: f64,
    standard_deviation: f64,
    /// What the row that it comes from calls its central value: its mean or its median.
    pub(super) central: f64,
}

impl Johnson {
    /// Through three values in rising order, all inside the support.
    pub(super) fn with_median(support: Support, low: f64, median: f64, high: f64) -> Self {
        let curve = Curve::through(support, [low, median, high].map(|value| support.bent(value)));
        Self::of(support, curve, median)
    }

    /// With this mean between these ends; `None` where it lies so near to one of them that no such curve has it.
    pub(super) fn with_mean(support: Support, low: f64, mean: f64, high: f64) -> Option<Self> {
        let (low, high) = (support.bent(low), support.bent(high));
        let at = |part: f64| Curve::through(support, [low, low + part * (high - low), high]);
        let missed = |part: f64| at(part).expected(support, |value| value) - mean;
        if missed(NEAREST) > 0.0 || missed(1.0 - NEAREST) < 0.0 {
            return None;
        }
        let part = crossing(NEAREST, 1.0 - NEAREST, 1e-14 * mean.abs(), missed);
        Some(Self::of(support, at(part), mean))
    }

    fn of(support: Support, curve: Curve, central: f64) -> Self {
        let mean = curve.expected(support, |value| value);
        let variance = curve.expected(support, |value| (value - mean) * (value - mean));
        Self { support, curve, mean, standard_deviation: variance.sqrt(), central }
    }

    pub(super) fn value_at(&self, rank: Rank) -> f64 {
        self.support.straight(self.curve.at(normal::standard_quantile(rank)))
    }

    /// The mean over all draws.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation over all draws.
    pub fn standard_deviation(&self) -> f64 {
        self.standard_deviation
    }
}

/// How a normal score is bent; the letters are those of the paper.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Curve {
    /// `start + slope z`.
    Straight { start: f64, slope: f64 },
    /// `xi + lambda sinh(delta (z + turn))`, where `turn` is the score of the end at `xi`, with its sign changed.
    Sinh { xi: f64, lambda: f64, delta: f64, turn: f64 },
    /// `start + slope (ratio z + turn sqrt(1 + (delta z)^2))`, which is `lambda sinh(asinh(delta z) + asinh(delta turn))`
    /// written out: it grows no faster than the score, so that the exponential of it has moments.
    Root { start: f64, slope: f64, ratio: f64, delta: f64, turn: f64 },
}

impl Curve {
    /// Through three bent values at the scores of 2.5 %, one half and 97.5 %.
    fn through(support: Support, [low, middle, high]: [f64; 3]) -> Self {
        let width = high - low;
        let lopsided = low + high - 2.0 * middle;
        if lopsided.abs() <= 1e-12 * width {
            return Self::Straight { start: middle, slope: width / (2.0 * END) };
        }
        let (start, narrow, turn) = if lopsided > 0.0 { (low, middle - low, END) } else { (high, high - middle, -END) };
        let ratio = width / (2.0 * narrow);
        match support {
            Support::Line | Support::Share => {
                let delta = libm::acosh(ratio) / END;
                Self::Sinh { xi: start, lambda: width / libm::sinh(2.0 * delta * END), delta, turn }
            }
            Support::Positive => {
                let delta = (ratio * ratio - 1.0).sqrt() / END;
                Self::Root { start, slope: narrow / END, ratio, delta, turn }
            }
        }
    }

    fn at(&self, score: f64) -> f64 {
        match *self {
            Self::Straight { start, slope } => start + slope * score,
            Self::Sinh { xi, lambda, delta, turn } => xi + lambda * libm::sinh(delta * (score + turn)),
            Self::Root { start, slope, ratio, delta, turn } => {
                let bent = delta * score;
                start + slope * (ratio * score + turn * (1.0 + bent * bent).sqrt())
            }
        }
    }

    /// The mean of a function of the value, by the trapezium rule over normal scores, which for such integrands is exact to
    /// about nine digits or more.
    fn expected(&self, support: Support, of: impl Fn(f64) -> f64) -> f64 {
        let mut sum = 0.0;
        for step in -REACH..=REACH {
            let score = f64::from(step) / STEPS;
            sum += exp(-0.5 * score * score) * of(support.straight(self.at(score)));
        }
        sum / (STEPS * TAU.sqrt())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Johnson, Support};
    use crate::sampling::rank::Rank;

    const SHARES: [f64; 3] = [0.025, 0.5, 0.975];

    /// 70 (50 to 250), above zero, by hand. Logarithms 3.912023, 4.248495, 5.521461: the median lies 0.336472 above the low and
    /// the whole is 1.609438 wide, so the ratio is 2.391636 and delta sqrt(2.391636^2 - 1) / 1.959964 = 1.108458. At a score of
    /// 1 the logarithm is 3.912023 + 0.336472 / 1.959964 * (2.391636 + 1.959964 sqrt(1 + 1.228679)) = 4.824913.
    #[test]
    fn a_lopsided_amount_by_hand() {
        let amount = Johnson::with_median(Support::Positive, 50.0, 70.0, 250.0);
        for (share, value) in SHARES.into_iter().zip([50.0, 70.0, 250.0]) {
            assert!((amount.value_at(Rank::at(share)) / value - 1.0).abs() < 1e-12, "{share}");
        }
        let one = 0.841_344_746_068_542_9;
        assert!((amount.value_at(Rank::at(one)).ln() - 4.824_913).abs() < 2e-6);
    }

    #[test]
    fn three_values_are_met_on_the_line_above_zero_and_between_bounds() {
        for (support, [low, median, high]) in [
            (Support::Line, [-0.1, 0.02, 0.8]),
            (Support::Line, [-5.0, -1.5, -1.0]),
            (Support::Line, [1.0, 2.0, 3.0]),
            (Support::Positive, [1e-4, 0.2, 0.3]),
            (Support::Positive, [0.5, 1.0, 2.0]),
            (Support::Share, [0.02, 0.05, 0.3]),
            (Support::Share, [0.4, 0.94, 0.99]),
        ] {
            let through = Johnson::with_median(support, low, median, high);
            for (share, value) in SHARES.into_iter().zip([low, median, high]) {
                assert!(
                    (through.value_at(Rank::at(share)) - value).abs() < 1e-11 * value.abs().max(1.0),
                    "{support:?}"
                );
            }
            assert_eq!(through.central, median);
        }
    }

    /// The mean over 20,000 equally likely ranks is the one asked for, and the ends stay.
    #[test]
    fn a_mean_is_met_where_it_can_be() {
        let ranks = 20_000;
        for (support, low, mean, high) in [
            (Support::Positive, 1500.0, 7500.0, 20000.0),
            (Support::Positive, 130.0, 250.0, 450.0),
            (Support::Share, 0.6, 0.8, 0.95),
            (Support::Line, -0.2, 0.1, 0.6),
        ] {
            let made = Johnson::with_mean(support, low, mean, high).unwrap();
            let sum: f64 = (0..ranks).map(|i| made.value_at(Rank::at((f64::from(i) + 0.5) / f64::from(ranks)))).sum();
            assert!((sum / f64::from(ranks) - mean).abs() < 1e-4 * (high - low), "{support:?} {mean}");
            assert!((made.mean() / mean - 1.0).abs() < 1e-12);
            assert!((made.value_at(Rank::at(0.025)) - low).abs() < 1e-9 * high);
            assert!((made.value_at(Rank::at(0.975)) - high).abs() < 1e-9 * high);
        }
        assert_eq!(Johnson::with_mean(Support::Positive, 50.0, 70.0, 250.0), None);
    }
}

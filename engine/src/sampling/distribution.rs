//! How likely each value of an uncertain number is, and the value at a given rank.

use super::error::DistributionError;
use super::family::Family;
use super::johnson::Johnson;
use super::parameters::{bounds_and_mode, finite, not_too_narrow, positive, range};
use super::rank::Rank;
use super::{beta, gamma, normal};
use crate::elementary::exp;

/// The weight of the mode against each bound in the mean of a PERT distribution, less the two bounds.
const PERT_WEIGHT: f64 = 4.0;

/// How likely each value of an uncertain number is. Values are in the unit of that number.
///
/// Make one with the checked functions ([`Distribution::normal`] and so on) or [`Distribution::from_evidence`]; one put
/// together by hand from parameters that they refuse gives values without meaning.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// Always this value.
    Fixed(f64),
    /// The bell curve.
    Normal {
        /// Mean, median and mode.
        mean: f64,
        /// Standard deviation, above 0.
        standard_deviation: f64,
    },
    /// The natural logarithm is normal.
    Lognormal {
        /// Mean of the logarithm: the logarithm of the median.
        log_mean: f64,
        /// Standard deviation of the logarithm, above 0.
        log_standard_deviation: f64,
    },
    /// A share, or a value between two bounds.
    Beta {
        /// Shape at the upper end: the larger, the less likely are low values; above 0.
        alpha: f64,
        /// Shape at the lower end, above 0.
        beta: f64,
        /// The least value: 0 for a share.
        low: f64,
        /// The greatest value: 1 for a share.
        high: f64,
    },
    /// A positive, skewed value such as a cost.
    Gamma {
        /// Shape, above 0: the square of mean over standard deviation, without the shift.
        shape: f64,
        /// Scale, above 0, in the unit of the value.
        scale: f64,
        /// The least value, usually 0.
        shift: f64,
    },
    /// A judgement of two bounds and the likeliest value: a beta distribution with mean (low + 4 mode + high) / 6.
    Pert {
        /// The least value.
        low: f64,
        /// The likeliest value.
        mode: f64,
        /// The greatest value.
        high: f64,
    },
    /// A judgement of two bounds and the likeliest value, with straight sides.
    Triangular {
        /// The least value.
        low: f64,
        /// The likeliest value.
        mode: f64,
        /// The greatest value.
        high: f64,
    },
    /// All values between two bounds alike.
    Uniform {
        /// The least value.
        low: f64,
        /// The greatest value.
        high: f64,
    },
    /// Perhaps no effect at all.
    NothingWithProbability {
        /// The probability of no effect, 0 to 1.
        probability: f64,
        /// The value that stands for no effect: 1 for a relative risk, 0 for a difference.
        nothing: f64,
        /// The distribution when there is an effect.
        otherwise: Box<Distribution>,
    },
    /// Through the ends of a 95 % interval and a central value that no member of the family named in the evidence has.
    Johnson(Johnson),
    /// The value with its sign changed: a loss described by the distribution of its size.
    Mirrored(Box<Distribution>),
}

impl Distribution {
    /// The same value in every draw. Fails when it is not finite.
    pub fn fixed(value: f64) -> Result<Distribution, DistributionError> {
        Ok(Distribution::Fixed(finite("value", value)?))
    }

    /// Normal, with the mean and the standard deviation in the unit of the value.
    /// Fails when one is not finite or the standard deviation is not above zero.
    pub fn normal(mean: f64, standard_deviation: f64) -> Result<Distribution, DistributionError> {
        Ok(Distribution::Normal {
            mean: finite("mean", mean)?,
            standard_deviation: positive("standard deviation", standard_deviation)?,
        })
    }

    /// Lognormal, with the mean and the standard deviation of the natural logarithm of the value.
    /// Fails when one is not finite or the standard deviation is not above zero.
    pub fn lognormal(log_mean: f64, log_standard_deviation: f64) -> Result<Distribution, DistributionError> {
        Ok(Distribution::Lognormal {
            log_mean: finite("mean of the logarithm", log_mean)?,
            log_standard_deviation: positive("standard deviation of the logarithm", log_standard_deviation)?,
        })
    }

    /// Beta with shapes `alpha` and `beta`, stretched over `low` to `high` (0 to 1 for a share).
    /// Fails when a number is not finite, a shape is not above zero, the shapes sum to more than 1e8, or the bounds
    /// leave no range.
    pub fn beta(alpha: f64, beta: f64, low: f64, high: f64) -> Result<Distribution, DistributionError> {
        let (low, high) = range(low, high)?;
        let alpha = positive("shape alpha", alpha)?;
        let beta = positive("shape beta", beta)?;
        not_too_narrow(Family::Beta, alpha + beta)?;
        Ok(Distribution::Beta { alpha, beta, low, high })
    }

    /// Beta over `low` to `high` with this mean and standard deviation (the method of moments).
    /// Fails, beyond the reasons of [`Distribution::beta`], when the mean is not strictly inside the bounds or no beta
    /// distribution with this mean spreads so widely.
    pub fn beta_from_moments(
        mean: f64,
        standard_deviation: f64,
        low: f64,
        high: f64,
    ) -> Result<Distribution, DistributionError> {
        let (low, high) = range(low, high)?;
        finite("mean", mean)?;
        positive("standard deviation", standard_deviation)?;
        if mean <= low || mean >= high {
            return Err(DistributionError::OutsideSupport {
                low: mean,
                central: mean,
                high: mean,
                least: low,
                greatest: high,
            });
        }
        let below = mean - low;
        let above = high - mean;
        let both = below * above / (standard_deviation * standard_deviation) - 1.0;
        if both <= 0.0 {
            return Err(DistributionError::TooWide { mean, standard_deviation, limit: (below * above).sqrt() });
        }
        let width = high - low;
        Distribution::beta(both * (below / width), both * (above / width), low, high)
    }

    /// Gamma with this shape and scale, moved by `shift` (0 where the least value is zero).
    /// Fails when a number is not finite, the shape or the scale is not above zero, or the shape is above 1e8.
    pub fn gamma(shape: f64, scale: f64, shift: f64) -> Result<Distribution, DistributionError> {
        let shape = positive("shape", shape)?;
        not_too_narrow(Family::Gamma, shape)?;
        Ok(Distribution::Gamma { shape, scale: positive("scale", scale)?, shift: finite("shift", shift)? })
    }

    /// Gamma from zero upwards with this mean and standard deviation (the method of moments).
    /// Fails when one is not finite or above zero, or the standard deviation is below a ten-thousandth of the mean.
    pub fn gamma_from_moments(mean: f64, standard_deviation: f64) -> Result<Distribution, DistributionError> {
        positive("mean", mean)?;
        positive("standard deviation", standard_deviation)?;
        let ratio = mean / standard_deviation;
        Distribution::gamma(ratio * ratio, standard_deviation / ratio, 0.0)
    }

    /// PERT: the beta distribution between two bounds whose mean gives the mode four times the weight of a bound.
    /// Fails when a number is not finite, the three are out of order, or the bounds are equal.
    pub fn pert(low: f64, mode: f64, high: f64) -> Result<Distribution, DistributionError> {
        let (low, mode, high) = bounds_and_mode(low, mode, high)?;
        Ok(Distribution::Pert { low, mode, high })
    }

    /// Triangular between two bounds with its peak at the mode.
    /// Fails when a number is not finite, the three are out of order, or the bounds are equal.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Distribution, DistributionError> {
        let (low, mode, high) = bounds_and_mode(low, mode, high)?;
        Ok(Distribution::Triangular { low, mode, high })
    }

    /// Uniform between two bounds. Fails when one is not finite or they leave no range.
    pub fn uniform(low: f64, high: f64) -> Result<Distribution, DistributionError> {
        let (low, high) = range(low, high)?;
        Ok(Distribution::Uniform { low, high })
    }

    /// The value `nothing` (neutral: 1 for a relative risk, 0 for a difference) with this probability, else a value of
    /// `otherwise`. Fails when the probability is outside 0 to 1 or `nothing` is not finite.
    pub fn nothing_with_probability(
        probability: f64,
        nothing: f64,
        otherwise: Distribution,
    ) -> Result<Distribution, DistributionError> {
        if !(0.0..=1.0).contains(&probability) {
            return Err(DistributionError::NotAProbability { probability });
        }
        Ok(Distribution::NothingWithProbability {
            probability,
            nothing: finite("value of no effect", nothing)?,
            otherwise: Box::new(otherwise),
        })
    }

    /// The distribution of the value with its sign changed.
    pub fn mirrored(self) -> Distribution {
        Distribution::Mirrored(Box::new(self))
    }
}

impl Distribution {
    /// The value below which lies the probability `p`, for `p` strictly between 0 and 1; NaN for any other `p`.
    ///
    /// A higher `p` never gives a lower value (beta, gamma and PERT: but for the last bits), and every uncertainty
    /// takes exactly one `p`.
    ///
    /// The one exception is [`Distribution::NothingWithProbability`], which is a map from ranks to values rather than
    /// a quantile: `p` up to the probability gives no effect, and the rest is stretched over the distribution
    /// otherwise. So all channels of a programme that share one random number have no effect in the same draws,
    /// whichever side of "no effect" their values lie on. Its values are distributed as they should be, but `p = 1/2`
    /// is not their median.
    ///
    /// Accuracy: normal to one part in 1e15. For beta, gamma and PERT the probability below the value (or above it, if
    /// smaller) is right to one part in 1e12 up to shapes of 1e5, and beyond as far as the last bits of the value can
    /// tell; values nearer than 1e-304 to zero are given as 1e-304.
    pub fn quantile(&self, p: f64) -> f64 {
        if p > 0.0 && p < 1.0 { self.value_at(Rank::at(p)) } else { f64::NAN }
    }

    /// The values at many points, as [`Distribution::quantile`] gives them one by one; what they have in common is worked out
    /// once.
    pub fn quantiles(&self) -> impl Fn(f64) -> f64 {
        let shapes = match self.inmost() {
            Self::Beta { alpha, beta, .. } => Some((*alpha, *beta)),
            Self::Pert { low, mode, high } => Some(pert_shapes(*low, *mode, *high)),
            _ => None,
        };
        let standard = shapes.map(|(alpha, beta)| beta::Standard::new(alpha, beta));
        move |p| if p > 0.0 && p < 1.0 { self.value_with(standard.as_ref(), Rank::at(p)) } else { f64::NAN }
    }

    /// The probability of a smaller value, found by halving; for telling, not for drawing.
    pub fn below(&self, value: f64) -> f64 {
        let quantile = self.quantiles();
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            if quantile(middle) < value {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    }

    /// What is drawn from, if it is mirrored or there may be nothing.
    fn inmost(&self) -> &Self {
        match self {
            Self::NothingWithProbability { otherwise: inner, .. } | Self::Mirrored(inner) => inner.inmost(),
            other => other,
        }
    }

    fn value_at(&self, rank: Rank) -> f64 {
        self.value_with(None, rank)
    }

    /// `standard` is the beta variable behind a beta or PERT distribution, if it was made before.
    fn value_with(&self, standard: Option<&beta::Standard>, rank: Rank) -> f64 {
        let beta_at = |alpha, beta| match standard {
            Some(standard) => standard.quantile(rank),
            None => beta::standard_quantile(alpha, beta, rank),
        };
        match self {
            Self::Fixed(value) => *value,
            Self::Normal { mean, standard_deviation } => mean + standard_deviation * normal::standard_quantile(rank),
            Self::Lognormal { log_mean, log_standard_deviation } => {
                exp(log_mean + log_standard_deviation * normal::standard_quantile(rank))
            }
            Self::Beta { alpha, beta, low, high } => between(*low, *high, beta_at(*alpha, *beta)),
            Self::Gamma { shape, scale, shift } => shift + scale * gamma::standard_quantile(*shape, rank),
            Self::Pert { low, mode, high } => {
                let (alpha, beta) = pert_shapes(*low, *mode, *high);
                between(*low, *high, beta_at(alpha, beta))
            }
            Self::Triangular { low, mode, high } => triangular(*low, *mode, *high, rank),
            Self::Uniform { low, high } => between(*low, *high, rank.below),
            Self::NothingWithProbability { probability, nothing, otherwise } => {
                if rank.below <= *probability {
                    *nothing
                } else {
                    otherwise.value_with(standard, rank.beyond(*probability))
                }
            }
            Self::Johnson(through) => through.value_at(rank),
            Self::Mirrored(positive) => -positive.value_with(standard, rank.mirrored()),
        }
    }

    /// The mean over all draws, the chance of no effect included.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Normal { mean, .. } => *mean,
            Self::Lognormal { log_mean, log_standard_deviation } => {
                exp(log_mean + 0.5 * log_standard_deviation * log_standard_deviation)
            }
            Self::Beta { alpha, beta, low, high } => between(*low, *high, alpha / (alpha + beta)),
            Self::Gamma { shape, scale, shift } => shift + shape * scale,
            Self::Pert { low, mode, high } => (low + PERT_WEIGHT * mode + high) / (PERT_WEIGHT + 2.0),
            Self::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Self::Uniform { low, high } => between(*low, *high, 0.5),
            Self::NothingWithProbability { probability, nothing, otherwise } => {
                probability * nothing + (1.0 - probability) * otherwise.mean()
            }
            Self::Johnson(through) => through.mean(),
            Self::Mirrored(positive) => -positive.mean(),
        }
    }

    /// The value used in the run at central values: what an evidence row made by [`Distribution::from_evidence`] calls
    /// central.
    ///
    /// Median of a normal, lognormal or uniform, mean of a beta or gamma, mode of a PERT or triangular distribution; of one
    /// through three numbers the mean or the median, as its row says.
    /// (A uniform row keeps only its bounds: where the writer's central value is not their middle, the row has it.)
    ///
    /// With a chance of no effect it is the mean of `nothing` and the central value otherwise, weighted by their
    /// probabilities. The central value otherwise alone would show a run better than the middle of the draws, and the
    /// median would jump to "no effect" as the probability passes one half; the weighted value moves smoothly, and for
    /// the usual narrow effects lies close to the mean effect over all draws.
    pub fn central(&self) -> f64 {
        match self {
            Self::Fixed(_) | Self::Normal { .. } | Self::Beta { .. } | Self::Gamma { .. } | Self::Uniform { .. } => {
                self.mean()
            }
            Self::Lognormal { log_mean, .. } => exp(*log_mean),
            Self::Pert { mode, .. } | Self::Triangular { mode, .. } => *mode,
            Self::NothingWithProbability { probability, nothing, otherwise } => {
                probability * nothing + (1.0 - probability) * otherwise.central()
            }
            Self::Johnson(through) => through.central,
            Self::Mirrored(positive) => -positive.central(),
        }
    }

    /// The standard deviation over all draws, the chance of no effect included; 0 for a fixed value.
    pub fn standard_deviation(&self) -> f64 {
        match self {
            Self::Fixed(_) => 0.0,
            Self::Normal { standard_deviation, .. } => *standard_deviation,
            Self::Lognormal { log_standard_deviation, .. } => {
                self.mean() * libm::expm1(log_standard_deviation * log_standard_deviation).sqrt()
            }
            Self::Beta { alpha, beta, low, high } => beta_spread(*alpha, *beta) * (high - low),
            Self::Gamma { shape, scale, .. } => shape.sqrt() * scale,
            Self::Pert { low, mode, high } => {
                let (alpha, beta) = pert_shapes(*low, *mode, *high);
                beta_spread(alpha, beta) * (high - low)
            }
            Self::Triangular { low, mode, high } => {
                let (left, right) = (mode - low, high - mode);
                ((left * left + left * right + right * right) / 18.0).sqrt()
            }
            Self::Uniform { low, high } => (high - low) / 12.0_f64.sqrt(),
            Self::NothingWithProbability { probability, nothing, otherwise } => {
                let within = otherwise.standard_deviation();
                let apart = otherwise.mean() - nothing;
                ((1.0 - probability) * (within * within + probability * apart * apart)).sqrt()
            }
            Self::Johnson(through) => through.standard_deviation(),
            Self::Mirrored(positive) => positive.standard_deviation(),
        }
    }
}

/// The value a share of the way from `low` to `high`, never outside them.
fn between(low: f64, high: f64, share: f64) -> f64 {
    (low + (high - low) * share).clamp(low, high)
}

/// Alpha and beta of the beta distribution on 0 to 1 behind a PERT distribution.
fn pert_shapes(low: f64, mode: f64, high: f64) -> (f64, f64) {
    let width = high - low;
    (1.0 + PERT_WEIGHT * (mode - low) / width, 1.0 + PERT_WEIGHT * (high - mode) / width)
}

/// The standard deviation of a beta distribution on 0 to 1.
fn beta_spread(alpha: f64, beta: f64) -> f64 {
    let both = alpha + beta;
    (alpha / both * (beta / both) / (both + 1.0)).sqrt()
}

/// The quantile of the triangular distribution, which inverts in closed form on each side of the mode.
fn triangular(low: f64, mode: f64, high: f64, rank: Rank) -> f64 {
    let width = high - low;
    if rank.below * width < mode - low {
        (low + (rank.below * width * (mode - low)).sqrt()).clamp(low, mode)
    } else {
        (high - (rank.above * width * (high - mode)).sqrt()).clamp(mode, high)
    }
}

#[cfg(test)]
mod tests;

//! Distributions from their own parameters, checked.

use super::distribution::Distribution;
use super::error::DistributionError;
use super::interval::Family;

/// The largest gamma shape, or beta alpha plus beta: a standard deviation of a ten-thousandth of the mean.
/// The steps of the probability functions grow with its square root.
pub(super) const LARGEST_SHAPE: f64 = 1e8;

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

/// The value itself, when it is finite.
pub(super) fn finite(parameter: &'static str, value: f64) -> Result<f64, DistributionError> {
    if value.is_finite() { Ok(value) } else { Err(DistributionError::NotFinite { parameter, value }) }
}

fn positive(parameter: &'static str, value: f64) -> Result<f64, DistributionError> {
    if finite(parameter, value)? > 0.0 { Ok(value) } else { Err(DistributionError::NotPositive { parameter, value }) }
}

fn range(low: f64, high: f64) -> Result<(f64, f64), DistributionError> {
    finite("lower bound", low)?;
    finite("upper bound", high)?;
    if low < high { Ok((low, high)) } else { Err(DistributionError::NoRange { low, high }) }
}

fn bounds_and_mode(low: f64, mode: f64, high: f64) -> Result<(f64, f64, f64), DistributionError> {
    finite("mode", mode)?;
    let (low, high) = range(low, high)?;
    if low <= mode && mode <= high {
        Ok((low, mode, high))
    } else {
        Err(DistributionError::OutOfOrder { low, central: mode, high })
    }
}

fn not_too_narrow(family: Family, shape: f64) -> Result<(), DistributionError> {
    if shape <= LARGEST_SHAPE {
        Ok(())
    } else {
        Err(DistributionError::TooNarrow { family, shape, limit: LARGEST_SHAPE })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Distribution, DistributionError};
    use crate::sampling::Family;

    #[test]
    fn moments_are_returned() {
        let beta = Distribution::beta_from_moments(0.9, 0.1, 0.0, 1.3).unwrap();
        assert!((beta.mean() - 0.9).abs() < 1e-14);
        assert!((beta.standard_deviation() - 0.1).abs() < 1e-14);
        let gamma = Distribution::gamma_from_moments(7500.0, 4700.0).unwrap();
        assert!((gamma.mean() - 7500.0).abs() < 1e-9);
        assert!((gamma.standard_deviation() - 4700.0).abs() < 1e-9);
    }

    #[test]
    fn parameters_that_make_no_distribution_are_refused() {
        use DistributionError::*;
        let refused = |made: Result<Distribution, DistributionError>| made.unwrap_err();
        assert!(matches!(refused(Distribution::fixed(f64::NAN)), NotFinite { parameter: "value", .. }));
        assert!(matches!(refused(Distribution::normal(0.0, 0.0)), NotPositive { parameter: "standard deviation", .. }));
        assert!(matches!(refused(Distribution::lognormal(f64::INFINITY, 1.0)), NotFinite { .. }));
        assert!(matches!(
            refused(Distribution::beta(1.0, -1.0, 0.0, 1.0)),
            NotPositive { parameter: "shape beta", .. }
        ));
        assert_eq!(refused(Distribution::beta(1.0, 1.0, 1.0, 0.0)), NoRange { low: 1.0, high: 0.0 });
        assert_eq!(
            refused(Distribution::beta_from_moments(0.5, 0.5, 0.0, 1.0)),
            TooWide { mean: 0.5, standard_deviation: 0.5, limit: 0.5 }
        );
        assert!(matches!(refused(Distribution::beta_from_moments(1.0, 0.1, 0.0, 1.0)), OutsideSupport { .. }));
        assert!(matches!(
            refused(Distribution::gamma_from_moments(1.0, 1e-5)),
            TooNarrow { family: Family::Gamma, .. }
        ));
        assert!(matches!(refused(Distribution::gamma(1.0, 0.0, 0.0)), NotPositive { parameter: "scale", .. }));
        assert_eq!(refused(Distribution::pert(0.0, 2.0, 1.0)), OutOfOrder { low: 0.0, central: 2.0, high: 1.0 });
        assert!(matches!(refused(Distribution::triangular(1.0, 1.0, 1.0)), NoRange { .. }));
        assert!(matches!(refused(Distribution::uniform(2.0, 1.0)), NoRange { .. }));
        assert_eq!(
            refused(Distribution::nothing_with_probability(1.5, 1.0, Distribution::Fixed(0.9))),
            NotAProbability { probability: 1.5 }
        );
    }
}

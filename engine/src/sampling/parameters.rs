//! What a parameter of a distribution must be.

use super::error::DistributionError;
use super::family::Family;

/// The largest gamma shape, or beta alpha plus beta: a standard deviation of a ten-thousandth of the mean.
/// The steps of the probability functions grow with its square root.
pub(super) const LARGEST_SHAPE: f64 = 1e8;

/// The value itself, when it is finite.
pub(super) fn finite(parameter: &'static str, value: f64) -> Result<f64, DistributionError> {
    if value.is_finite() { Ok(value) } else { Err(DistributionError::NotFinite { parameter, value }) }
}

/// The value itself, when it is above zero.
pub(super) fn positive(parameter: &'static str, value: f64) -> Result<f64, DistributionError> {
    if finite(parameter, value)? > 0.0 { Ok(value) } else { Err(DistributionError::NotPositive { parameter, value }) }
}

/// Two bounds, when they leave a range.
pub(super) fn range(low: f64, high: f64) -> Result<(f64, f64), DistributionError> {
    finite("lower bound", low)?;
    finite("upper bound", high)?;
    if low < high { Ok((low, high)) } else { Err(DistributionError::NoRange { low, high }) }
}

/// Two bounds and a mode, when they are in order.
pub(super) fn bounds_and_mode(low: f64, mode: f64, high: f64) -> Result<(f64, f64, f64), DistributionError> {
    finite("mode", mode)?;
    let (low, high) = range(low, high)?;
    if low <= mode && mode <= high {
        Ok((low, mode, high))
    } else {
        Err(DistributionError::OutOfOrder { low, central: mode, high })
    }
}

/// Fails when a shape is so large that quantiles would take too long.
pub(super) fn not_too_narrow(family: Family, shape: f64) -> Result<(), DistributionError> {
    if shape <= LARGEST_SHAPE {
        Ok(())
    } else {
        Err(DistributionError::TooNarrow { family, shape, limit: LARGEST_SHAPE })
    }
}

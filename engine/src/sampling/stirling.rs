//! The two small quantities from which beta and gamma probabilities are built without losing digits.
//!
//! The textbook route takes differences of logarithms of the gamma function: for the narrow distributions of well-known
//! shares (alpha and beta of thousands) these are large numbers that nearly cancel, and ten digits are left of sixteen.
//! Loader C (2000), "Fast and accurate computation of binomial probabilities", writes the same densities with the
//! deviance and the error of Stirling's formula, both small, and keeps fourteen.

use crate::elementary::ln;

/// From here on six terms of Stirling's series are exact to the last bit.
const SERIES_FROM: f64 = 16.0;

/// By how much the logarithm of the gamma function at `z` exceeds `(z - 1/2) ln z - z + ln(2 pi)/2`, for `z > 0`.
///
/// Stirling's series (NIST Digital Library of Mathematical Functions, 5.11.1) above 16; below, the recurrence that
/// follows from `gamma(z + 1) = z gamma(z)`.
pub(super) fn stirling_error(z: f64) -> f64 {
    let mut z = z;
    let mut sum = 0.0;
    while z < SERIES_FROM {
        sum += (z + 0.5) * libm::log1p(1.0 / z) - 1.0;
        z += 1.0;
    }
    let inverse = 1.0 / z;
    let square = inverse * inverse;
    let series = 691.0 / 360_360.0;
    let series = 1.0 / 1188.0 - square * series;
    let series = 1.0 / 1680.0 - square * series;
    let series = 1.0 / 1260.0 - square * series;
    let series = 1.0 / 360.0 - square * series;
    let series = 1.0 / 12.0 - square * series;
    sum + inverse * series
}

/// `z ln(z / expected) + expected - z`, without cancellation where the two are close; both above 0.
pub(super) fn deviance(z: f64, expected: f64) -> f64 {
    let difference = z - expected;
    let ratio = difference / (z + expected);
    if ratio.abs() >= 0.1 {
        return z * ln(z / expected) - difference;
    }
    // ln(z / expected) = 2 atanh(ratio), as a series; each term is at most a hundredth of the one before.
    let mut sum = difference * ratio;
    let mut term = 2.0 * z * ratio;
    let mut odd = 3.0;
    loop {
        term *= ratio * ratio;
        let next = sum + term / odd;
        if next == sum {
            return sum;
        }
        sum = next;
        odd += 2.0;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{deviance, stirling_error};

    /// Made with mpmath 1.4 at 60 digits.
    #[test]
    fn the_error_of_stirlings_formula() {
        for (z, exact) in [
            (1e-9, 9.442_694_406_414_583),
            (0.1, 0.512_740_081_331_915),
            (0.5, 0.153_426_409_720_027_35),
            (1.0, 0.081_061_466_795_327_26),
            (3.25, 0.025_562_157_964_525_794),
            (10.0, 0.008_330_563_433_362_87),
            (16.0, 0.005_207_655_919_609_64),
            (100.0, 0.000_833_330_555_634_914_7),
        ] {
            assert!((stirling_error(z) - exact).abs() < 5e-15, "{z}");
        }
    }

    #[test]
    fn the_deviance_is_smooth_where_its_two_forms_meet() {
        assert_eq!(deviance(5.0, 5.0), 0.0);
        for (z, expected) in [(1.1_f64, 0.9), (1.0999, 0.9), (1.1001, 0.9), (7.0, 0.5)] {
            let plain = z * (z / expected).ln() + expected - z;
            assert!((deviance(z, expected) - plain).abs() < 1e-14);
        }
        // The leading term, difference^2 / (2 expected), where the plain form would have no digit left.
        let tiny = deviance(1.0 + 1e-9, 1.0);
        assert!((tiny / 5e-19 - 1.0).abs() < 1e-6);
    }
}

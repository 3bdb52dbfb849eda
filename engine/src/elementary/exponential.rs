//! e to the power of a number.

use super::parts::{WHOLE, WIDTH, chosen, times_power_of_two};

/// 1 / ln 2.
const PER_LN_2: f64 = std::f64::consts::LOG2_E;

/// ln 2 in two parts; the first has 33 bits, so that a product with a whole number below 2^20 is exact.
const LN_2: (f64, f64) = (0.6931471804855391, 7.440617110012397e-11);

/// Beyond this size the result is 0 or infinite.
const FAR: f64 = 1000.0;

/// e to the power `x`, within 1 unit in the last place (ulp).
///
/// `x = n ln 2 + r` with `|r| <= ln 2 / 2` (Cody and Waite 1980), then a polynomial in `r`.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let x = chosen(x > FAR, FAR, x);
    let x = chosen(x < -FAR, -FAR, x);
    let whole = x * PER_LN_2 + WHOLE;
    let n = whole - WHOLE;
    times_power_of_two(exp_of_small(x - n * LN_2.0, -(n * LN_2.1)), whole)
}

/// [`exp`] of each lane.
#[inline(always)]
pub fn exp_lanes(x: &[f64; WIDTH]) -> [f64; WIDTH] {
    let mut result = [0.0; WIDTH];
    for (result, &x) in result.iter_mut().zip(x) {
        *result = exp(x);
    }
    result
}

/// e to the power `upper + lower`, for a sum no larger than ln 2 / 2 and a `lower` much smaller than `upper`.
///
/// The polynomial is within 2^-61 of `(e^r - 1 - r - r^2/2) / r^3 * r^3`.
#[inline(always)]
pub fn exp_of_small(upper: f64, lower: f64) -> f64 {
    let r = upper + lower;
    let square = r * r;
    let fourth = square * square;
    let first = 0.16666666666666669 + r * 0.041666666666666664;
    let second = 0.008333333333330065 + r * 0.0013888888888886554;
    let third = 0.0001984126986304067 + r * 2.4801587317135252e-05;
    let fourth_pair = 2.7557268480116333e-06 + r * 2.7557282983917557e-07;
    let fifth = 2.5100375924709717e-08 + r * 2.0911229795563617e-09;
    let low = (0.5 + r * first) + (r * square) * second;
    let high = (third + square * fourth_pair) + fourth * fifth;
    let beyond = square * (low + (r * fourth) * high);
    // 1 + upper with what its rounding takes away, so that only the last addition rounds noticeably.
    let sum = 1.0 + upper;
    let lost = upper - (sum - 1.0);
    sum + (lost + (lower + beyond))
}

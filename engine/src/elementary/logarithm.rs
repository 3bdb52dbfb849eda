//! The natural logarithm.

use std::f64::consts::FRAC_1_SQRT_2;

use super::parts::{WIDTH, chosen, mantissa_and_exponent};

/// ln 2 in two parts; the first has 33 bits, so that a product with a whole number below 2^20 is exact.
const LN_2: (f64, f64) = (0.6931471804855391, 7.440617110012397e-11);

/// The natural logarithm, within 1 unit in the last place (ulp); of 0 minus infinity, below 0 not-a-number.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    if is_usual(x) { usual(x) } else { rare(x) }
}

/// [`ln`] of each lane.
#[inline(always)]
pub fn ln_lanes(x: &[f64; WIDTH]) -> [f64; WIDTH] {
    let mut result = [0.0; WIDTH];
    let mut usual_all = true;
    for &x in x {
        usual_all &= is_usual(x);
    }
    if usual_all {
        for (result, &x) in result.iter_mut().zip(x) {
            *result = usual(x);
        }
    } else {
        ln_one_by_one(x, &mut result);
    }
    result
}

#[cold]
#[inline(never)]
fn ln_one_by_one(x: &[f64; WIDTH], result: &mut [f64; WIDTH]) {
    for (result, &x) in result.iter_mut().zip(x) {
        *result = ln(x);
    }
}

/// Positive, finite and normal.
#[inline(always)]
#[expect(clippy::manual_range_contains, reason = "`contains` has a branch, which lanes cannot")]
fn is_usual(x: f64) -> bool {
    (x >= f64::MIN_POSITIVE) & (x <= f64::MAX)
}

#[inline(always)]
fn usual(x: f64) -> f64 {
    let (m, n) = mantissa_and_exponent(x, FRAC_1_SQRT_2);
    of_parts(m, n)
}

/// The logarithm of `m * 2^n`: `ln m = 2 artanh(f / (2 + f))` with `f = m - 1`, arranged so that `f` enters exactly
/// (after Ng, in Sun's fdlibm 1993).
#[inline(always)]
fn of_parts(m: f64, n: f64) -> f64 {
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let square = s * s;
    let fourth = square * square;
    let even = 0.666666666666667
        + fourth * (0.28571428625983963 + fourth * (0.18182889226088433 + fourth * 0.14616491109391985));
    let odd = 0.3999999999989949 + fourth * (0.22222211133411196 + fourth * 0.1533171824913993);
    let rest = square * (even + square * odd);
    let half = 0.5 * f * f;
    // The sum of the two large parts, with what its rounding takes away.
    let large = n * LN_2.0;
    let sum = large + f;
    let lost = f - (sum - large);
    sum + (lost - (half - (s * (half + rest) + n * LN_2.1)))
}

#[cold]
#[inline(never)]
fn rare(x: f64) -> f64 {
    if x > f64::MAX {
        f64::INFINITY
    } else if x > 0.0 {
        // Below the normal numbers: 2^54 times as much has all its bits.
        let (m, n) = mantissa_and_exponent(x * (1_u64 << 54) as f64, FRAC_1_SQRT_2);
        of_parts(m, n - 54.0)
    } else {
        chosen(x == 0.0, f64::NEG_INFINITY, f64::NAN)
    }
}

//! Sine, cosine and tangent of an angle in radians.

use super::parts::{WIDTH, chosen, two_product};
use super::quadrant::{NEAR, Reduced, far, near};

/// The sine, within 1 unit in the last place (ulp) for every angle.
#[inline(always)]
pub fn sin(x: f64) -> f64 {
    if is_usual(x) { sin_usual(x) } else { sin_rare(x) }
}

/// [`sin`] of each lane.
#[inline(always)]
pub fn sin_lanes(x: &[f64; WIDTH]) -> [f64; WIDTH] {
    let mut result = [0.0; WIDTH];
    if all_usual(x) {
        for (result, &x) in result.iter_mut().zip(x) {
            *result = sin_usual(x);
        }
    } else {
        sin_one_by_one(x, &mut result);
    }
    result
}

#[cold]
#[inline(never)]
fn sin_one_by_one(x: &[f64; WIDTH], result: &mut [f64; WIDTH]) {
    for (result, &x) in result.iter_mut().zip(x) {
        *result = sin(x);
    }
}

/// The cosine, within 1 unit in the last place (ulp) for every angle.
#[inline(always)]
pub fn cos(x: f64) -> f64 {
    if is_usual(x) { cos_usual(x) } else { cos_rare(x) }
}

/// [`cos`] of each lane.
#[inline(always)]
pub fn cos_lanes(x: &[f64; WIDTH]) -> [f64; WIDTH] {
    let mut result = [0.0; WIDTH];
    if all_usual(x) {
        for (result, &x) in result.iter_mut().zip(x) {
            *result = cos_usual(x);
        }
    } else {
        cos_one_by_one(x, &mut result);
    }
    result
}

#[cold]
#[inline(never)]
fn cos_one_by_one(x: &[f64; WIDTH], result: &mut [f64; WIDTH]) {
    for (result, &x) in result.iter_mut().zip(x) {
        *result = cos(x);
    }
}

/// The tangent, within 2 units in the last place (ulp) for every angle.
#[inline(always)]
pub fn tan(x: f64) -> f64 {
    if is_usual(x) { tan_usual(x) } else { tan_rare(x) }
}

/// [`tan`] of each lane.
#[inline(always)]
pub fn tan_lanes(x: &[f64; WIDTH]) -> [f64; WIDTH] {
    let mut result = [0.0; WIDTH];
    if all_usual(x) {
        for (result, &x) in result.iter_mut().zip(x) {
            *result = tan_usual(x);
        }
    } else {
        tan_one_by_one(x, &mut result);
    }
    result
}

#[cold]
#[inline(never)]
fn tan_one_by_one(x: &[f64; WIDTH], result: &mut [f64; WIDTH]) {
    for (result, &x) in result.iter_mut().zip(x) {
        *result = tan(x);
    }
}

#[inline(always)]
fn all_usual(x: &[f64; WIDTH]) -> bool {
    let mut all = true;
    for &x in x {
        all &= is_usual(x);
    }
    all
}

#[inline(always)]
fn is_usual(x: f64) -> bool {
    x.abs() <= NEAR
}

/// An angle as small as its own sine and tangent; the sign of 0 stays.
#[inline(always)]
fn is_tiny(x: f64) -> bool {
    x.abs() < 1.0e-9
}

#[inline(always)]
fn sin_usual(x: f64) -> f64 {
    chosen(is_tiny(x), x, sin_of(near(x)))
}

#[inline(always)]
fn cos_usual(x: f64) -> f64 {
    cos_of(near(x))
}

#[inline(always)]
fn tan_usual(x: f64) -> f64 {
    chosen(is_tiny(x), x, tan_of(near(x)))
}

#[cold]
#[inline(never)]
fn sin_rare(x: f64) -> f64 {
    if x.is_finite() { sin_of(far(x)) } else { f64::NAN }
}

#[cold]
#[inline(never)]
fn cos_rare(x: f64) -> f64 {
    if x.is_finite() { cos_of(far(x)) } else { f64::NAN }
}

#[cold]
#[inline(never)]
fn tan_rare(x: f64) -> f64 {
    if x.is_finite() { tan_of(far(x)) } else { f64::NAN }
}

#[inline(always)]
fn sin_of(angle: Reduced) -> f64 {
    let (sine, cosine) = of_small(angle);
    let size = chosen(angle.quarter & 1 == 0, sine.0 + sine.1, cosine.0 + cosine.1);
    turned(size, angle.quarter)
}

#[inline(always)]
fn cos_of(angle: Reduced) -> f64 {
    let (sine, cosine) = of_small(angle);
    let size = chosen(angle.quarter & 1 == 0, cosine.0 + cosine.1, sine.0 + sine.1);
    turned(size, angle.quarter.wrapping_add(1))
}

/// The quotient of sine and cosine, and what it falls short of the quotient of their unrounded sums.
#[inline(always)]
fn tan_of(angle: Reduced) -> f64 {
    let (sine, cosine) = of_small(angle);
    let (sine, cosine) = (normal(sine), normal(cosine));
    let even = angle.quarter & 1 == 0;
    let above = (chosen(even, sine.0, -cosine.0), chosen(even, sine.1, -cosine.1));
    let below = (chosen(even, cosine.0, sine.0), chosen(even, cosine.1, sine.1));
    let inverse = 1.0 / below.0;
    let quotient = above.0 * inverse;
    let (product, lost) = two_product(quotient, below.0);
    let short = ((above.0 - product) - lost) + (above.1 - quotient * below.1);
    quotient + short * inverse
}

/// A sum as its rounded value and what rounding took, for a second number smaller than the first.
#[inline(always)]
fn normal((large, small): (f64, f64)) -> (f64, f64) {
    let sum = large + small;
    (sum, small - (sum - large))
}

/// The other sign, in the second half of the circle.
#[inline(always)]
fn turned(size: f64, quarter: u64) -> f64 {
    f64::from_bits(size.to_bits() ^ (quarter & 2) << 62)
}

/// Sine and cosine within half a right angle, each as a sum not yet rounded, by polynomials arranged so that the leading terms enter exactly (after Ng,
/// in Sun's fdlibm 1993).
#[inline(always)]
fn of_small(Reduced { upper: r, lower, .. }: Reduced) -> ((f64, f64), (f64, f64)) {
    let square = r * r;
    let fourth = square * square;
    let half = 0.5 * square;

    let even = -0.16666666666666666
        + fourth * (-0.0001984126984126502 + fourth * (-2.5052106219825576e-08 + fourth * -7.586579414439557e-13));
    let odd = 0.008333333333333331 + fourth * (2.7557319219302796e-06 + fourth * 1.6058529620307735e-10);
    let sine = (r, lower * (1.0 - half) + r * square * (even + square * odd));

    let even = 0.041666666666666664 + fourth * (2.4801587298743602e-05 + fourth * 2.0876143885273595e-09);
    let odd = -0.0013888888888887382 + fourth * (-2.755731726028422e-07 + fourth * -1.1382460896777354e-11);
    let sum = 1.0 - half;
    let lost = (1.0 - sum) - half;
    let cosine = (sum, lost + (fourth * (even + square * odd) - r * lower));
    (sine, cosine)
}

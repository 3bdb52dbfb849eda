//! Which quarter of the circle an angle lies in, and how far from the quarter's middle.

use super::parts::{WHOLE, two_product, two_sum};

/// Up to this angle the quarter is found by subtraction; it is some 640,000 quarters of a circle.
pub const NEAR: f64 = 1.0e6;

/// An angle as a whole number of right angles and a remainder of at most half of one.
#[derive(Clone, Copy)]
pub struct Reduced {
    /// The whole number, of which only the lowest two bits mean anything.
    pub quarter: u64,
    /// The remainder, as the sum of a number and a much smaller one.
    pub upper: f64,
    /// See `upper`.
    pub lower: f64,
}

/// A right angle in four parts; the first three have 33 bits, so that products with whole numbers below 2^20 are exact.
const RIGHT_ANGLE: [f64; 4] = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32];

/// For angles up to [`NEAR`] in size: the multiple is subtracted part by part (Cody and Waite 1980), and nothing that
/// rounding takes away is lost.
#[inline(always)]
pub fn near(x: f64) -> Reduced {
    let whole = x * std::f64::consts::FRAC_2_PI + WHOLE;
    let n = whole - WHOLE;
    let (first, lost) = two_sum(x - n * RIGHT_ANGLE[0], -(n * RIGHT_ANGLE[1]));
    let (second, lost_then) = two_sum(first, -(n * RIGHT_ANGLE[2]));
    let small = (lost + lost_then) - n * RIGHT_ANGLE[3];
    let upper = second + small;
    Reduced { quarter: whole.to_bits(), upper, lower: small - (upper - second) }
}

/// 2 / pi in binary: the bits behind the point.
const PER_RIGHT_ANGLE: [u64; 19] = [
    0xa2f9836e4e441529,
    0xfc2757d1f534ddc0,
    0xdb6295993c439041,
    0xfe5163abdebbc561,
    0xb7246e3a424dd2e0,
    0x06492eea09d1921c,
    0xfe1deb1cb129a73e,
    0xe88235f52ebb4484,
    0xe99c7026b45f7e41,
    0x3991d639835339f4,
    0x9c845f8bbdf9283b,
    0x1ff897ffde05980f,
    0xef2f118b5a0a6d1f,
    0x6d367ecf27cb09b7,
    0x4f463f669e5fea2d,
    0x7527bac7ebe5f17b,
    0x3d0739f78a5292ea,
    0x6bfb5fb11f8d5d08,
    0x56033046fc7b6bab,
];

/// For larger ones that are finite: times 2 / pi in whole numbers, of which only the bits near the binary point are
/// needed (Payne and Hanek 1983).
pub fn far(x: f64) -> Reduced {
    let bits = x.to_bits();
    let mantissa = bits & ((1 << 52) - 1) | 1 << 52;
    // x = mantissa * 2^shift, and |x| > NEAR, so shift >= -33.
    let shift = (bits >> 52 & 0x7ff) as i64 - 1075;
    // Bits of 2/pi further left than two before the point are whole circles: begin there, with 192 of them.
    let start = shift - 2;
    let (low, middle, high) = (bits_from(start + 128), bits_from(start + 64), bits_from(start));
    let low = u128::from(mantissa) * u128::from(low);
    let middle = u128::from(mantissa) * u128::from(middle) + (low >> 64);
    let high = mantissa.wrapping_mul(high).wrapping_add((middle >> 64) as u64);
    // Two bits that count right angles, then the fraction; it is rounded to the nearest whole number.
    let turns = u128::from(high) << 64 | u128::from(middle as u64);
    let quarter = (turns.wrapping_add(1 << 125) >> 126) as u64;
    let fraction = (turns << 2 | u128::from(low as u64 >> 62)) as i128;
    let (upper, lower) = right_angles(fraction.unsigned_abs());
    let quarter = if x < 0.0 { quarter.wrapping_neg() } else { quarter };
    let sign = if (fraction < 0) == (x < 0.0) { 1.0 } else { -1.0 };
    Reduced { quarter, upper: sign * upper, lower: sign * lower }
}

/// 64 of the bits of 2 / pi, after `start` of them; 0 before the first.
fn bits_from(start: i64) -> u64 {
    let word =
        |index: i64| usize::try_from(index).ok().and_then(|index| PER_RIGHT_ANGLE.get(index)).copied().unwrap_or(0);
    let (index, within) = (start.div_euclid(64), start.rem_euclid(64));
    let both = u128::from(word(index)) << 64 | u128::from(word(index + 1));
    (both << within >> 64) as u64
}

/// `fraction / 2^128` right angles in radians, as the sum of two numbers. No double is so near to a multiple of a right
/// angle that fewer than 64 bits of the fraction count.
fn right_angles(fraction: u128) -> (f64, f64) {
    const RIGHT_ANGLE: (f64, f64) = (std::f64::consts::FRAC_PI_2, 6.123233995736766e-17);
    let zeros = fraction.leading_zeros().min(127);
    let bits = fraction << zeros;
    let unit = f64::from_bits(u64::from(1023 - 53 - zeros) << 52);
    let upper = (bits >> 75) as f64 * unit;
    let lower = (bits >> 22 & ((1 << 53) - 1)) as f64 * unit / (1_u64 << 53) as f64;
    let (product, lost) = two_product(upper, RIGHT_ANGLE.0);
    let rest = lost + (upper * RIGHT_ANGLE.1 + lower * RIGHT_ANGLE.0);
    let sum = product + rest;
    (sum, rest - (sum - product))
}

//! A number to the power of another.

use super::exponential::exp_of_small;
use super::parts::{ALL_WHOLE, WHOLE, WIDTH, chosen, mantissa_and_exponent, times_power_of_two, upper_half};

/// `x` to the power `y`, within 1 unit in the last place (ulp); exact wherever the result is a double.
///
/// Special cases as in C99, Annex F: anything to the power 0 is 1, and 1 to the power of anything; a negative number to
/// the power of one that is not whole is not-a-number. A square is rounded as the product `x * x`.
#[inline(always)]
pub fn power(x: f64, y: f64) -> f64 {
    if is_usual(x, y) { usual(x, y) } else { rare(x, y) }
}

/// [`power`] of each lane.
#[inline(always)]
pub fn power_lanes(x: &[f64; WIDTH], y: &[f64; WIDTH]) -> [f64; WIDTH] {
    let mut result = [0.0; WIDTH];
    let mut any = 0;
    for (&x, &y) in x.iter().zip(y) {
        any |= rarity(x, y);
    }
    if any >> 63 == 0 {
        // In two loops: shorter chains of dependent operations keep the processor busier.
        let mut logarithms = ([0.0; WIDTH], [0.0; WIDTH]);
        for ((log, rest), &x) in logarithms.0.iter_mut().zip(&mut logarithms.1).zip(x) {
            (*log, *rest) = usual_logarithm(x);
        }
        let logarithms = logarithms.0.iter().zip(&logarithms.1);
        for ((result, (&x, &y)), (&log, &rest)) in result.iter_mut().zip(x.iter().zip(y)).zip(logarithms) {
            *result = finished(x, y, (log, rest));
        }
    } else {
        one_by_one(x, y, &mut result);
    }
    result
}

#[cold]
#[inline(never)]
fn one_by_one(x: &[f64; WIDTH], y: &[f64; WIDTH], result: &mut [f64; WIDTH]) {
    for ((result, &x), &y) in result.iter_mut().zip(x).zip(y) {
        *result = power(x, y);
    }
}

/// Its highest bit is set unless `x` is positive, finite and normal or 0, and `y` is at most 2^65 in size.
///
/// In whole numbers: only its bits tell minus 0 from 0, and the lanes' answers can be joined by `or`.
#[inline(always)]
fn rarity(x: f64, y: f64) -> u64 {
    const SMALLEST_NORMAL: u64 = 1 << 52;
    const WITHOUT_SIGN: u64 = u64::MAX >> 1;
    let (x, y) = (x.to_bits(), y.to_bits());
    // The highest bit of each: infinite, too large, 0, not a tiny number.
    let x_infinite = (x & WITHOUT_SIGN) + SMALLEST_NORMAL;
    let y_large = (y & WITHOUT_SIGN) + (WITHOUT_SIGN - LARGEST_POWER.to_bits());
    let zero = x.wrapping_sub(1);
    let above_tiny = (SMALLEST_NORMAL - 1).wrapping_sub(x);
    x | x_infinite | y_large | !(zero | above_tiny)
}

#[inline(always)]
fn is_usual(x: f64, y: f64) -> bool {
    rarity(x, y) >> 63 == 0
}

#[inline(always)]
fn usual(x: f64, y: f64) -> f64 {
    finished(x, y, usual_logarithm(x))
}

#[inline(always)]
fn usual_logarithm(x: f64) -> (f64, f64) {
    let (m, n) = mantissa_and_exponent(x, LEAST);
    logarithm(m, n)
}

/// The power, given the logarithm of `x` if it is not 0.
#[inline(always)]
fn finished(x: f64, y: f64, logarithm: (f64, f64)) -> f64 {
    let (result, exponent) = raised(logarithm, y);
    // 0 has minus infinity, but 0 to the power 0 is 1.
    let exponent = chosen(x == 0.0, y * f64::NEG_INFINITY, exponent);
    let result = chosen(exponent > 1025.0, f64::INFINITY, chosen(exponent < -1080.0, 0.0, result));
    chosen(y == 2.0, x * x, result)
}

/// The least `m`: the square root of 3/4, so that `m` is as near to 1 as to 1.5.
const LEAST: f64 = 0.8660254037844386;

/// Powers beyond this size are as good as this: even the doubles next to 1 overflow or vanish.
const LARGEST_POWER: f64 = 36893488147419103232.0;

/// The binary logarithm of `m * 2^n` to some 68 bits, as the sum of a number of 26 bits and a small one.
///
/// After Ng (in Sun's fdlibm 1993): with `c` 1 or 1.5 and `s = (m - c) / (m + c)`,
/// `ln m = ln c + 2/3 s (3 + s^2 + 3/5 s^4 + ...)`, where upper halves make the leading products exact (Dekker 1971).
#[inline(always)]
fn logarithm(m: f64, n: f64) -> (f64, f64) {
    /// 2 / (3 ln 2): as one number, and in two parts of which the first has 26 bits.
    const SCALE: f64 = 0.9617966939259756;
    const SCALE_PARTS: (f64, f64) = (0.9617966860532761, 7.872699542894897e-09);
    /// The binary logarithm of 1.5 in two parts of which the first has 26 bits.
    const LOG_1_5: (f64, f64) = (0.5849624872207642, 1.350039202129749e-08);
    /// The square root of 1.5.
    const BORDER: f64 = 1.224744871391589;

    let near_one = m < BORDER;
    let c = chosen(near_one, 1.0, 1.5);
    let log_c = chosen(near_one, 0.0, LOG_1_5.0);
    let log_c_rest = chosen(near_one, 0.0, LOG_1_5.1);

    // s, its upper half and the rest.
    let above = m - c;
    let below = m + c;
    let below_upper = upper_half(below);
    let below_lower = m - (below_upper - c);
    let inverse = 1.0 / below;
    let s = above * inverse;
    let s_upper = upper_half(s);
    let s_lower = inverse * ((above - s_upper * below_upper) - s_upper * below_lower);

    // 3 + s^2 + 3/5 s^4 + ..., its upper half and the rest.
    let square = s * s;
    let fourth = square * square;
    let first = 0.6 + square * 0.4285714285714264;
    let second = 0.33333333333678733 + square * 0.2727272706985505;
    let third = (0.23076979777408643 + square * 0.1999187627539985) + fourth * 0.18222285880513675;
    let beyond = fourth * ((first + fourth * second) + (fourth * fourth) * third) + s_lower * (s_upper + s);
    let square_upper = s_upper * s_upper;
    let series_upper = upper_half(3.0 + square_upper + beyond);
    let series_lower = beyond - ((series_upper - 3.0) - square_upper);

    // Their product times 2 / (3 ln 2), and the whole binary logarithm.
    let product_upper = s_upper * series_upper;
    let product_lower = s_lower * series_upper + series_lower * s;
    let upper = upper_half(product_upper + product_lower);
    let lower = product_lower - (upper - product_upper);
    let log_m = SCALE_PARTS.0 * upper;
    let log_m_rest = SCALE_PARTS.1 * upper + lower * SCALE + log_c_rest;
    let log = upper_half(((log_m + log_m_rest) + log_c) + n);
    (log, log_m_rest - (((log - n) - log_c) - log_m))
}

/// 2 to the power `y (log + log_rest)`, with that exponent. Of exponents far beyond overflow and underflow the power means
/// nothing.
#[inline(always)]
fn raised((log, log_rest): (f64, f64), y: f64) -> (f64, f64) {
    /// ln 2 in two parts, of which the first has 26 bits.
    const LN_2: (f64, f64) = (0.6931471675634384, 1.2996506893889889e-08);

    // The exponent: a whole number and what remains.
    let y_upper = upper_half(y);
    let exponent_upper = y_upper * log;
    let exponent_lower = (y - y_upper) * log + y * log_rest;
    let exponent = exponent_upper + exponent_lower;
    let whole = exponent + WHOLE;
    let remains = exponent_upper - (whole - WHOLE);

    // The power of two of what remains.
    let upper = upper_half(remains + exponent_lower);
    let lower = exponent_lower - (upper - remains);
    let result = exp_of_small(upper * LN_2.0, lower * std::f64::consts::LN_2 + upper * LN_2.1);
    (times_power_of_two(result, whole), exponent)
}

/// A negative base, one below the normal numbers, and whatever is infinite or not a number.
#[cold]
#[inline(never)]
fn rare(x: f64, y: f64) -> f64 {
    if x == 1.0 || y == 0.0 {
        return 1.0;
    }
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    let size = x.abs();
    if y.is_infinite() {
        let grows = (size > 1.0) == (y > 0.0);
        return if size == 1.0 { 1.0 } else { chosen(grows, f64::INFINITY, 0.0) };
    }
    let y = y.clamp(-LARGEST_POWER, LARGEST_POWER);
    let of_size = if size.is_infinite() {
        chosen(y > 0.0, f64::INFINITY, 0.0)
    } else if size > 0.0 && size < f64::MIN_POSITIVE {
        let (m, n) = mantissa_and_exponent(size * (1_u64 << 54) as f64, LEAST);
        finished(size, y, logarithm(m, n - 54.0))
    } else {
        usual(size, y)
    };
    if x.is_sign_positive() {
        of_size
    } else if !is_whole(y) {
        // Nothing is the root of a negative number; of 0 and minus infinity the sign does not matter.
        chosen(size == 0.0 || size.is_infinite(), of_size, f64::NAN)
    } else if is_whole(0.5 * y) {
        of_size
    } else {
        -of_size
    }
}

fn is_whole(a: f64) -> bool {
    let size = a.abs();
    size >= ALL_WHOLE || (size + ALL_WHOLE) - ALL_WHOLE == size
}

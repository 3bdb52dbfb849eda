//! How a number is taken apart: its power of two, its upper half, its nearest whole number.
//!
//! Only operations that the narrowest vectors know: whole numbers are rounded and converted by adding a large number,
//! since neither rounding nor conversion to 64-bit integers exists on every instruction set.

/// Lanes that the functions for several numbers take at once.
pub const WIDTH: usize = 8;

/// 1.5 * 2^52: a number below 2^51 in size added to it is rounded to a whole number, found in the lowest bits of the sum.
pub const WHOLE: f64 = 6755399441055744.0;

/// 2^52: from here on every number is whole.
pub const ALL_WHOLE: f64 = 4503599627370496.0;

/// One of two numbers, both computed: unlike a branch it can be done for many lanes at once.
#[inline(always)]
pub fn chosen(first: bool, a: f64, b: f64) -> f64 {
    std::hint::select_unpredictable(first, a, b)
}

/// The upper 26 bits of a number's 53, so that the product of two such is exact.
#[inline(always)]
pub fn upper_half(a: f64) -> f64 {
    f64::from_bits(a.to_bits() & 0xffff_ffff_f800_0000)
}

/// A sum and what rounding took from it, whichever of the two is larger (Knuth).
#[inline(always)]
pub fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let b_there = sum - a;
    (sum, (a - (sum - b_there)) + (b - b_there))
}

/// A product and what rounding took from it (Dekker), for numbers far from overflow and underflow.
#[inline(always)]
pub fn two_product(a: f64, b: f64) -> (f64, f64) {
    let (a_upper, b_upper) = (upper_half(a), upper_half(b));
    let (a_lower, b_lower) = (a - a_upper, b - b_upper);
    let product = a * b;
    (product, ((a_upper * b_upper - product) + (a_upper * b_lower + a_lower * b_upper)) + a_lower * b_lower)
}

/// `x = m * 2^n` for a positive normal number, `m` from `least` (between 0.5 and 1) to twice that: `(m, n)`.
#[inline(always)]
pub fn mantissa_and_exponent(x: f64, least: f64) -> (f64, f64) {
    const MANTISSA: u64 = (1 << 52) - 1;
    let one = 1.0_f64.to_bits();
    let shifted = x.to_bits() + (one - least.to_bits());
    let m = f64::from_bits((shifted & MANTISSA) + least.to_bits());
    // The exponent, 1023 too large, put into the lowest bits of 2^52.
    let n = f64::from_bits((shifted >> 52) | ALL_WHOLE.to_bits()) - (ALL_WHOLE + 1023.0);
    (m, n)
}

/// `a * 2^n`, where `whole` is `n + WHOLE` and `n` is between -2044 and 2046.
///
/// In two factors: neither overflows or underflows by itself, so the result is rounded at most once.
#[inline(always)]
pub fn times_power_of_two(a: f64, whole: f64) -> f64 {
    let both = whole.to_bits().wrapping_add(2 * 1023);
    let first = both >> 1;
    let second = both.wrapping_sub(first);
    a * f64::from_bits(first << 52) * f64::from_bits(second << 52)
}

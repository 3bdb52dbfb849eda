//! What each operation means on one number, shared by both evaluators so that they agree to the bit.
//!
//! No fused multiply-add and no reordering: the order written here is the order computed. Nothing here depends on a system's
//! mathematical library: the remainder, too, is defined to the last bit.
//! Truth is 1 and 0; anything but 0, not-a-number included, is true.

use crate::elementary;
use crate::structure::{BinaryOperation, TernaryOperation, UnaryOperation};

/// Below this size a divisor counts as zero for ZIDZ and XIDZ, as in Vensim.
pub const SMALLEST_DIVISOR: f64 = 1e-6;

/// How far before a whole year, in years, a time already counts as that year (steps of 0.1 do not add up exactly).
pub const YEAR_TOLERANCE: f64 = 1e-9;

/// 1 or 0.
#[inline(always)]
pub fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

/// A number in its one form: not-a-number always as the same bits, and zero without a sign.
#[inline(always)]
pub fn canonical(number: f64) -> f64 {
    if number.is_nan() { f64::NAN } else { number + 0.0 }
}

/// The value of an operation of one operand.
#[inline(always)]
pub fn unary(operation: UnaryOperation, a: f64) -> f64 {
    match operation {
        UnaryOperation::Negate => negate(a),
        UnaryOperation::Not => not(a),
        UnaryOperation::Abs => abs(a),
        UnaryOperation::Sqrt => sqrt(a),
        UnaryOperation::Exp => exp(a),
        UnaryOperation::Ln => ln(a),
        UnaryOperation::Truncate => truncate(a),
        UnaryOperation::Sin => sin(a),
        UnaryOperation::Cos => cos(a),
        UnaryOperation::Tan => tan(a),
        UnaryOperation::Arcsin => arcsin(a),
        UnaryOperation::Arccos => arccos(a),
        UnaryOperation::Arctan => arctan(a),
        UnaryOperation::Sinh => sinh(a),
        UnaryOperation::Cosh => cosh(a),
        UnaryOperation::Tanh => tanh(a),
        UnaryOperation::GammaLn => gamma_ln(a),
        UnaryOperation::NormalBelow => normal_below(a),
        UnaryOperation::NormalQuantile => normal_quantile(a),
    }
}

/// The value of an operation of two operands.
#[inline(always)]
pub fn binary(operation: BinaryOperation, a: f64, b: f64) -> f64 {
    match operation {
        BinaryOperation::Add => add(a, b),
        BinaryOperation::Subtract => subtract(a, b),
        BinaryOperation::Multiply => multiply(a, b),
        BinaryOperation::Divide => divide(a, b),
        BinaryOperation::Power => power(a, b),
        BinaryOperation::Minimum => minimum(a, b),
        BinaryOperation::Maximum => maximum(a, b),
        BinaryOperation::Modulo => modulo(a, b),
        BinaryOperation::Less => less(a, b),
        BinaryOperation::LessOrEqual => less_or_equal(a, b),
        BinaryOperation::Greater => greater(a, b),
        BinaryOperation::GreaterOrEqual => greater_or_equal(a, b),
        BinaryOperation::Equal => equal(a, b),
        BinaryOperation::NotEqual => not_equal(a, b),
        BinaryOperation::And => and(a, b),
        BinaryOperation::Or => or(a, b),
    }
}

/// The value of an operation of three operands.
#[inline(always)]
pub fn ternary(operation: TernaryOperation, a: f64, b: f64, c: f64) -> f64 {
    match operation {
        TernaryOperation::Select => select(a, b, c),
        TernaryOperation::DivideOr => divide_or(a, b, c),
    }
}

/// `-a`.
#[inline(always)]
pub fn negate(a: f64) -> f64 {
    -a
}

/// 1 if `a` is 0, else 0.
#[inline(always)]
pub fn not(a: f64) -> f64 {
    truth(a == 0.0)
}

/// `|a|`.
#[inline(always)]
pub fn abs(a: f64) -> f64 {
    a.abs()
}

/// The square root.
#[inline(always)]
pub fn sqrt(a: f64) -> f64 {
    a.sqrt()
}

/// e to the power `a`.
#[inline(always)]
pub fn exp(a: f64) -> f64 {
    elementary::exp(a)
}

/// The natural logarithm.
#[inline(always)]
pub fn ln(a: f64) -> f64 {
    elementary::ln(a)
}

/// Towards zero.
#[inline(always)]
pub fn truncate(a: f64) -> f64 {
    a.trunc()
}

/// The sine of an angle in radians.
#[inline(always)]
pub fn sin(a: f64) -> f64 {
    elementary::sin(a)
}

/// The cosine of an angle in radians.
#[inline(always)]
pub fn cos(a: f64) -> f64 {
    elementary::cos(a)
}

/// The tangent of an angle in radians.
#[inline(always)]
pub fn tan(a: f64) -> f64 {
    elementary::tan(a)
}

/// The angle in radians with this sine.
#[inline(always)]
pub fn arcsin(a: f64) -> f64 {
    elementary::arcsin(a)
}

/// The angle in radians with this cosine.
#[inline(always)]
pub fn arccos(a: f64) -> f64 {
    elementary::arccos(a)
}

/// The angle in radians with this tangent.
#[inline(always)]
pub fn arctan(a: f64) -> f64 {
    elementary::arctan(a)
}

/// The hyperbolic sine.
#[inline(always)]
pub fn sinh(a: f64) -> f64 {
    elementary::sinh(a)
}

/// The hyperbolic cosine.
#[inline(always)]
pub fn cosh(a: f64) -> f64 {
    elementary::cosh(a)
}

/// The hyperbolic tangent.
#[inline(always)]
pub fn tanh(a: f64) -> f64 {
    elementary::tanh(a)
}

/// The logarithm of the gamma function.
#[inline(always)]
pub fn gamma_ln(a: f64) -> f64 {
    elementary::gamma_ln(a)
}

/// The chance that a standard normal variable is less than `a`.
#[inline(always)]
pub fn normal_below(a: f64) -> f64 {
    elementary::normal_below(a)
}

/// The quantile of the standard normal distribution at `a`.
#[inline(always)]
pub fn normal_quantile(a: f64) -> f64 {
    elementary::normal_quantile(a)
}

/// `a + b`.
#[inline(always)]
pub fn add(a: f64, b: f64) -> f64 {
    a + b
}

/// `a - b`.
#[inline(always)]
pub fn subtract(a: f64, b: f64) -> f64 {
    a - b
}

/// `a * b`.
#[inline(always)]
pub fn multiply(a: f64, b: f64) -> f64 {
    a * b
}

/// `a / b`; division by zero gives an infinity or not-a-number, which the ensemble reports.
#[inline(always)]
pub fn divide(a: f64, b: f64) -> f64 {
    a / b
}

/// `a` to the power `b`.
#[inline(always)]
pub fn power(a: f64, b: f64) -> f64 {
    elementary::power(a, b)
}

/// `a` if it is less than `b`, else `b`.
#[inline(always)]
pub fn minimum(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// `a` if it is greater than `b`, else `b`.
#[inline(always)]
pub fn maximum(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The remainder of `a / b` with the sign of `a`.
#[inline(always)]
pub fn modulo(a: f64, b: f64) -> f64 {
    a % b
}

/// 1 if `a < b`, else 0.
#[inline(always)]
pub fn less(a: f64, b: f64) -> f64 {
    truth(a < b)
}

/// 1 if `a <= b`, else 0.
#[inline(always)]
pub fn less_or_equal(a: f64, b: f64) -> f64 {
    truth(a <= b)
}

/// 1 if `a > b`, else 0.
#[inline(always)]
pub fn greater(a: f64, b: f64) -> f64 {
    truth(a > b)
}

/// 1 if `a >= b`, else 0.
#[inline(always)]
pub fn greater_or_equal(a: f64, b: f64) -> f64 {
    truth(a >= b)
}

/// 1 if `a` and `b` are the same number, else 0.
#[inline(always)]
pub fn equal(a: f64, b: f64) -> f64 {
    truth(a == b)
}

/// 0 if `a` and `b` are the same number, else 1.
#[inline(always)]
pub fn not_equal(a: f64, b: f64) -> f64 {
    truth(a != b)
}

/// 1 if both are true, else 0.
#[inline(always)]
pub fn and(a: f64, b: f64) -> f64 {
    truth((a != 0.0) & (b != 0.0))
}

/// 1 if one of them is true, else 0.
#[inline(always)]
pub fn or(a: f64, b: f64) -> f64 {
    truth((a != 0.0) | (b != 0.0))
}

/// `b` if `a` is true, else `c`.
#[inline(always)]
pub fn select(a: f64, b: f64, c: f64) -> f64 {
    if a != 0.0 { b } else { c }
}

/// `c` if `a < b`, else `d`.
#[inline(always)]
pub fn select_less(a: f64, b: f64, c: f64, d: f64) -> f64 {
    if a < b { c } else { d }
}

/// `c` if `a <= b`, else `d`.
#[inline(always)]
pub fn select_less_or_equal(a: f64, b: f64, c: f64, d: f64) -> f64 {
    if a <= b { c } else { d }
}

/// `a / b`, or `c` where `b` is as good as zero.
#[inline(always)]
pub fn divide_or(a: f64, b: f64, c: f64) -> f64 {
    // Both are computed: unlike a branch around a division, this can be done for many lanes at once.
    let quotient = a / b;
    if b.abs() < SMALLEST_DIVISOR { c } else { quotient }
}

/// The slope of a table's line from its point `left` to the next; a kernel may compute it beforehand.
#[inline(always)]
pub fn slope(xs: &[f64], ys: &[f64], left: usize) -> f64 {
    (ys[left + 1] - ys[left]) / (xs[left + 1] - xs[left])
}

/// A table read at `x`: straight lines between its points, held at both ends.
///
/// Between two points the value is `y0 + (x - x0) * slope`, where `(x0, y0)` is the last point left of `x`. At a point it is
/// that point's, and of several points with one `x`, which are a jump, the first's. Not-a-number stays so.
#[inline(always)]
pub fn interpolate(xs: &[f64], ys: &[f64], x: f64) -> f64 {
    let Some(last) = xs.len().checked_sub(1) else {
        return f64::NAN;
    };
    if x.is_nan() {
        return x;
    }
    if x <= xs[0] {
        return ys[0];
    }
    if x > xs[last] {
        return ys[last];
    }
    let right = xs.partition_point(|&point| point < x);
    if x == xs[right] {
        return ys[right];
    }
    ys[right - 1] + (x - xs[right - 1]) * slope(xs, ys, right - 1)
}

/// Where a time stands on a driven constant's path: which year (from 0) and how far into it (0 to 1).
///
/// Years are counted from the whole year at or before `initial`; before the path it is its beginning, after it its end.
#[inline(always)]
pub fn path_position(time: f64, initial: f64, years: usize) -> (usize, f64) {
    let elapsed = time - initial.floor();
    let year = (elapsed + YEAR_TOLERANCE).floor().max(0.0).min(years.saturating_sub(1) as f64);
    (year as usize, (elapsed - year).clamp(0.0, 1.0))
}

/// A driven constant within a year that begins with one value and ends with another.
#[inline(always)]
pub fn along_path(beginning: f64, end: f64, fraction: f64) -> f64 {
    beginning + (end - beginning) * fraction
}

/// Euler's step: the stock after a step of length `dt` at rate `flow`.
#[inline(always)]
pub fn euler(stock: f64, dt: f64, flow: f64) -> f64 {
    stock + dt * flow
}

/// Where Runge-Kutta's second and third stages stand: half a step at rate `flow`. Their time is `time + 0.5 * dt`.
#[inline(always)]
pub fn half_way(stock: f64, dt: f64, flow: f64) -> f64 {
    stock + (0.5 * dt) * flow
}

/// The classical Runge-Kutta step: rates at the beginning, twice half way, and at the end (time `time + dt`,
/// stocks by [`euler`] at the rate `k3`).
#[inline(always)]
pub fn runge_kutta(stock: f64, dt: f64, k1: f64, k2: f64, k3: f64, k4: f64) -> f64 {
    stock + (dt / 6.0) * (((k1 + 2.0 * k2) + 2.0 * k3) + k4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_held_at_both_ends_and_straight_between() {
        let (xs, ys) = ([0.0, 1.0, 3.0], [10.0, 20.0, 0.0]);
        let read: Vec<f64> = [-5.0, 0.0, 0.5, 1.0, 2.0, 3.0, 9.0].iter().map(|&x| interpolate(&xs, &ys, x)).collect();
        assert_eq!(read, [10.0, 10.0, 15.0, 20.0, 10.0, 0.0, 0.0]);
        assert!(interpolate(&xs, &ys, f64::NAN).is_nan());
    }

    #[test]
    fn a_path_begins_at_the_whole_year_before_the_initial_time_and_stays_after_its_end() {
        assert_eq!(path_position(-1.0, -1.0, 3), (0, 0.0));
        assert_eq!(path_position(0.25, -0.5, 3), (1, 0.25));
        assert_eq!(path_position(7.0, -1.0, 3), (2, 1.0));
        // 29 steps of 0.1 and one more: the third year, not the last instant of the second.
        assert_eq!(path_position(2.9999999999999996, 0.0, 9).0, 3);
    }
}

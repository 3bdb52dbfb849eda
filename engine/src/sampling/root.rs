//! Where an increasing function crosses zero: Newton's method, kept inside a bracket by bisection; without a slope, false position.
//!
//! After `rtsafe` of Press WH and others (2007), "Numerical Recipes", third edition, section 9.4.

/// Twice the steps that bisection alone needs to close the widest bracket used here to the last bit.
const MOST_STEPS: usize = 150;
/// A residual that is nothing but rounding.
const ROUNDING: f64 = 1e-15;

/// Steps of false position at the most, until a value is met to the last digits.
const MOST_SECANTS: usize = 60;

/// The point between `left` and `right` where an increasing function without a known slope is zero, or not farther from it than
/// `near`; `left` where it is above zero throughout, `right` where it is below.
///
/// False position, with the weight of an end that stays halved (the Illinois rule): Dowell and Jarratt 1971, BIT 11.
pub(super) fn crossing(left: f64, right: f64, near: f64, function: impl Fn(f64) -> f64) -> f64 {
    let (mut left, mut right) = (left, right);
    let (mut below, mut above) = (function(left), function(right));
    if below >= 0.0 {
        return left;
    }
    if above <= 0.0 {
        return right;
    }
    let mut at = left;
    let mut kept = 0;
    for _ in 0..MOST_SECANTS {
        at = (left * above - right * below) / (above - below);
        let value = function(at);
        if value.abs() <= near || right - left < 1e-14 || !at.is_finite() {
            break;
        }
        if value < 0.0 {
            (left, below) = (at, value);
            above = if kept == 1 { 0.5 * above } else { above };
            kept = 1;
        } else {
            (right, above) = (at, value);
            below = if kept == -1 { 0.5 * below } else { below };
            kept = -1;
        }
    }
    at
}

/// The point between `low` and `high` where `function` is zero, starting from `start`.
///
/// `function` gives its value and its slope, and never decreases; where it is minus or plus infinity, or its slope
/// useless, the bracket is halved instead. When it is below zero throughout, `high` is approached; when above, `low`.
pub(super) fn increasing_root(low: f64, high: f64, start: f64, function: impl Fn(f64) -> (f64, f64)) -> f64 {
    let (mut low, mut high) = (low, high);
    let mut x = if start > low && start < high { start } else { 0.5 * (low + high) };
    for _ in 0..MOST_STEPS {
        let (value, slope) = function(x);
        if value.abs() <= ROUNDING {
            return x;
        }
        if value < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let newton = x - value / slope;
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        let step = (next - x).abs();
        x = next;
        if step <= ROUNDING * x.abs().max(1.0) {
            return x;
        }
    }
    x
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{crossing, increasing_root};

    #[test]
    fn finds_a_square_root_and_survives_a_useless_slope() {
        let root = increasing_root(0.0, 10.0, 9.0, |x| (x * x - 2.0, 2.0 * x));
        assert!((root - 2.0_f64.sqrt()).abs() < 1e-15);
        let root = increasing_root(-745.0, 710.0, 600.0, |x| (if x < 1.0 { f64::NEG_INFINITY } else { x - 1.0 }, 0.0));
        assert!((root - 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_a_slope_too_and_past_a_long_flat_stretch() {
        let root = crossing(0.0, 1e3, 1e-14, |x| (x * x - 2.0).min(0.01));
        assert!((root - 2.0_f64.sqrt()).abs() < 1e-13, "{root}");
        assert_eq!(crossing(0.0, 1.0, 0.0, |x| x - 2.0), 1.0);
        assert_eq!(crossing(0.0, 1.0, 0.0, |x| x + 2.0), 0.0);
    }

    #[test]
    fn a_function_of_one_sign_ends_at_the_edge() {
        let root = increasing_root(0.0, 1.0, 0.5, |x| (x - 2.0, 1.0));
        assert!((root - 1.0).abs() < 1e-14);
    }
}

//! Tests: every function against a correctly rounded reference over its whole range, its special cases, and its lanes.
//!
//! The reference computes with 160 bits. Arguments are drawn anew from a fixed seed; docs/numerics/README.md states what
//! a larger run measured.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, LN_2, PI};

use dashu_float::FBig;
use dashu_float::round::mode::HalfEven;

use super::parts::WIDTH;
use super::{
    arccos, arccos_lanes, arcsin, arcsin_lanes, arctan, arctan_lanes, cos, cos_lanes, exp, exp_lanes, ln, ln_lanes,
    power, power_lanes, sin, sin_lanes, tan, tan_lanes,
};

type Exact = FBig<HalfEven, 2>;

const BITS: usize = 160;

/// Arguments of each kind.
const MANY: usize = 256;

fn exact(x: f64) -> Exact {
    Exact::try_from(x).unwrap().with_precision(BITS).value()
}

/// How far a result is from the exact one, in units in the last place of the latter.
fn ulps(result: f64, exact_result: &Exact) -> f64 {
    let nearest = exact_result.to_f64().value();
    if nearest == result {
        return 0.5;
    }
    assert!(result.is_finite(), "{result} for {nearest}");
    let exponent = (nearest.to_bits() >> 52 & 0x7ff).max(1) as isize - 1075;
    let difference = exact(result) - exact_result;
    (difference >> exponent).to_f64().value().abs()
}

/// Numbers that look random, the same in every test run (Steele, Lea and Flood 2014).
struct Numbers(u64);

impl Numbers {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e3779b97f4a7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58476d1ce4e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d049bb133111eb);
        z ^ z >> 31
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.bits() >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// Either sign, evenly over the logarithm of the size between two powers of two.
    fn of_size(&mut self, low: f64, high: f64) -> f64 {
        let sign = if self.bits() & 1 == 0 { 1.0 } else { -1.0 };
        sign * self.between(low, high).exp2()
    }

    /// Any finite number, evenly over the bit patterns.
    fn any(&mut self) -> f64 {
        loop {
            let x = f64::from_bits(self.bits());
            if x.is_finite() {
                return x;
            }
        }
    }
}

/// The worst of a function at these arguments, and that a chunk of lanes gives the same bits.
fn worst(
    arguments: &[f64],
    function: fn(f64) -> f64,
    lanes: fn(&[f64; WIDTH]) -> [f64; WIDTH],
    reference: impl Fn(Exact) -> Exact,
) -> f64 {
    for chunk in arguments.chunks_exact(WIDTH) {
        let chunk: [f64; WIDTH] = chunk.try_into().unwrap();
        assert_eq!(lanes(&chunk).map(f64::to_bits), chunk.map(function).map(f64::to_bits), "{chunk:?}");
    }
    let errors = arguments.iter().map(|&x| {
        let error = ulps(function(x), &reference(exact(x)));
        assert!(error < 2.0, "{error} ulps at {x:e}");
        error
    });
    errors.fold(0.0, f64::max)
}

fn many(mut next: impl FnMut() -> f64) -> Vec<f64> {
    (0..MANY).map(|_| next()).collect()
}

#[test]
fn exp_is_within_an_ulp() {
    let mut numbers = Numbers(1);
    let mut arguments = many(|| numbers.between(-745.1, 709.78));
    arguments.extend(many(|| numbers.between(-1.0, 1.0)));
    arguments.extend(many(|| numbers.of_size(-60.0, 9.4)));
    arguments.extend(many(|| numbers.between(-745.1, -707.0)));
    assert!(worst(&arguments, exp, exp_lanes, |x| x.exp()) < 0.8);
}

#[test]
fn ln_is_within_an_ulp() {
    let mut numbers = Numbers(2);
    let mut arguments = many(|| numbers.any().abs().max(f64::from_bits(1)));
    arguments.extend(many(|| 1.0 + numbers.of_size(-52.0, -1.1)));
    arguments.extend(many(|| numbers.of_size(-3.0, 3.0).abs()));
    arguments.extend(many(|| f64::from_bits(numbers.bits() >> 12 | 1)));
    assert!(worst(&arguments, ln, ln_lanes, |x| x.ln()) < 0.85);
}

/// Angles of every size, and the doubles next to multiples of a right angle.
fn angles(mut numbers: Numbers) -> Vec<f64> {
    let mut arguments = many(|| numbers.between(-4.0, 4.0));
    arguments.extend(many(|| numbers.of_size(-30.0, 20.0)));
    arguments.extend(many(|| numbers.of_size(19.9, 80.0)));
    arguments.extend(many(|| numbers.between(1.0, 600_000.0).floor() * FRAC_PI_2));
    arguments.extend(many(|| numbers.any()).into_iter().step_by(8));
    // The double nearest to a multiple of a right angle, of all (Muller, Elementary Functions).
    arguments.push(6381956970095103.0 * 2.0_f64.powi(797));
    arguments
}

/// An angle with bits for the whole circles that will be taken away.
fn with_whole_circles(x: Exact) -> Exact {
    let circles = x.to_f64().value().abs().max(1.0).log2() as usize;
    x.with_precision(BITS + circles).value()
}

#[test]
fn sin_and_cos_are_within_an_ulp_for_every_angle() {
    assert!(worst(&angles(Numbers(3)), sin, sin_lanes, |x| with_whole_circles(x).sin()) < 0.85);
    assert!(worst(&angles(Numbers(4)), cos, cos_lanes, |x| with_whole_circles(x).cos()) < 0.85);
}

#[test]
fn the_other_angles_are_within_two_ulps() {
    let mut numbers = Numbers(5);
    assert!(worst(&angles(Numbers(6)), tan, tan_lanes, |x| with_whole_circles(x).tan()) < 1.0);
    let mut arguments = many(|| numbers.between(-1.0, 1.0));
    arguments.extend(many(|| numbers.of_size(-40.0, 0.0)));
    arguments.extend(many(|| 1.0 - numbers.of_size(-53.0, -1.0).abs()));
    assert!(worst(&arguments, arcsin, arcsin_lanes, |x| x.asin()) < 2.0);
    assert!(worst(&arguments, arccos, arccos_lanes, |x| x.acos()) < 2.0);
    let mut arguments = many(|| numbers.between(-3.0, 3.0));
    arguments.extend(many(|| numbers.of_size(-40.0, 60.0)));
    assert!(worst(&arguments, arctan, arctan_lanes, |x| x.atan()) < 2.0);
}

#[test]
fn powers_are_within_an_ulp() {
    let mut numbers = Numbers(7);
    let mut pairs = Vec::new();
    let mut add = |x: f64, exponent: f64| pairs.push((x, exponent / x.ln()));
    for _ in 0..MANY {
        let exponent = numbers.between(-745.0, 709.7);
        add(numbers.any().abs(), exponent);
        add(numbers.of_size(-0.6, 0.6).abs(), exponent);
        add(1.0 + numbers.of_size(-52.0, -2.0), exponent);
        add(f64::from_bits(numbers.bits() >> 12 | 1), exponent);
        add(numbers.of_size(-2.0, 2.0).abs(), numbers.between(-745.1, -707.0));
        add(numbers.of_size(-10.0, 10.0).abs(), numbers.between(-10.0, 10.0));
    }
    pairs.retain(|(x, y)| *x > 0.0 && y.is_finite());
    let mut worst: f64 = 0.0;
    for &(x, y) in &pairs {
        // x^y as e^(y ln x), with bits to spare for the product.
        let reference = (exact(x).ln() * exact(y)).exp();
        let error = ulps(power(x, y), &reference);
        assert!(error < 0.85, "{error} ulps at {x:e}^{y:e}");
        worst = worst.max(error);
    }
    assert!(worst > 0.5);
    for chunk in pairs.chunks_exact(WIDTH) {
        let x = std::array::from_fn(|lane| chunk[lane].0);
        let y = std::array::from_fn(|lane| chunk[lane].1);
        let one_by_one: [f64; WIDTH] = std::array::from_fn(|lane| power(x[lane], y[lane]));
        assert_eq!(power_lanes(&x, &y).map(f64::to_bits), one_by_one.map(f64::to_bits), "{chunk:?}");
    }
}

#[test]
fn powers_that_are_doubles_are_exact() {
    let mut numbers = Numbers(8);
    for base in 2_u128..=60 {
        let (mut value, mut y) = (base, 1.0);
        while value >> value.trailing_zeros() < 1 << 53 && value < 1 << 110 {
            assert_eq!(power(base as f64, y), value as f64, "{base}^{y}");
            assert_eq!(power(-(base as f64), y), if y % 2.0 == 0.0 { value as f64 } else { -(value as f64) });
            (value, y) = (value * base, y + 1.0);
        }
    }
    for exponent in -1074..=1023 {
        let half = exponent / 2;
        assert_eq!(power(2.0, f64::from(exponent)), 2.0_f64.powi(half) * 2.0_f64.powi(exponent - half));
    }
    for _ in 0..10_000 {
        let x = numbers.any();
        assert_eq!(power(x, 1.0), x);
        assert_eq!(power(x, 2.0), x * x);
        assert_eq!(power(x, 0.0), 1.0);
        assert_eq!(power(1.0, x), 1.0);
        let whole = (numbers.bits() >> 38) as f64;
        assert_eq!(power(whole * whole, 0.5), whole);
        assert_eq!(power(whole, 2.0), whole * whole);
    }
    assert_eq!(power(10.0, 22.0), 1e22);
    assert_eq!(power(0.25, -1.5), 8.0);
}

#[test]
fn special_cases_of_one_argument() {
    let tiny = f64::from_bits(1);
    type Case = (fn(f64) -> f64, f64, f64);
    let table: [Case; 41] = [
        (exp, 0.0, 1.0),
        (exp, -0.0, 1.0),
        (exp, f64::INFINITY, f64::INFINITY),
        (exp, -f64::INFINITY, 0.0),
        (exp, f64::NAN, f64::NAN),
        (exp, 709.782712893384, 1.7976931348622732e308),
        (exp, 709.7827128933841, f64::INFINITY),
        (exp, -745.1332191019411, tiny),
        (exp, -745.1332191019412, 0.0),
        (exp, f64::MAX, f64::INFINITY),
        (ln, 1.0, 0.0),
        (ln, 0.0, -f64::INFINITY),
        (ln, -0.0, -f64::INFINITY),
        (ln, -1.0, f64::NAN),
        (ln, -f64::INFINITY, f64::NAN),
        (ln, f64::INFINITY, f64::INFINITY),
        (ln, f64::NAN, f64::NAN),
        (ln, 2.0, LN_2),
        (sin, 0.0, 0.0),
        (sin, -0.0, -0.0),
        (sin, tiny, tiny),
        (sin, f64::INFINITY, f64::NAN),
        (sin, f64::NAN, f64::NAN),
        (sin, FRAC_PI_2, 1.0),
        (cos, 0.0, 1.0),
        (cos, -f64::INFINITY, f64::NAN),
        (cos, f64::NAN, f64::NAN),
        (cos, PI, -1.0),
        (tan, -0.0, -0.0),
        (tan, f64::INFINITY, f64::NAN),
        (arcsin, 1.0, FRAC_PI_2),
        (arcsin, -0.0, -0.0),
        (arcsin, -1.0000000000000002, f64::NAN),
        (arccos, 1.0, 0.0),
        (arccos, -1.0, PI),
        (arccos, 1.5, f64::NAN),
        (arccos, 0.0, FRAC_PI_2),
        (arctan, -0.0, -0.0),
        (arctan, f64::INFINITY, FRAC_PI_2),
        (arctan, -f64::INFINITY, -FRAC_PI_2),
        (arctan, 1.0, FRAC_PI_4),
    ];
    for (row, (function, x, expected)) in table.into_iter().enumerate() {
        let result = function(x);
        let same = result.to_bits() == expected.to_bits() || result.is_nan() && expected.is_nan();
        assert!(same, "row {row}: {result:e} at {x:e}, not {expected:e}");
    }
}

/// The table of C99, Annex F.9.4.4, and what lies between.
#[test]
fn special_cases_of_powers() {
    let cases = [
        (0.0, -1.0, f64::INFINITY),
        (-0.0, -1.0, -f64::INFINITY),
        (-0.0, -3.0, -f64::INFINITY),
        (0.0, -2.0, f64::INFINITY),
        (-0.0, -2.0, f64::INFINITY),
        (-0.0, -0.5, f64::INFINITY),
        (0.0, -f64::INFINITY, f64::INFINITY),
        (-0.0, -f64::INFINITY, f64::INFINITY),
        (0.0, 3.0, 0.0),
        (-0.0, 3.0, -0.0),
        (-0.0, 2.0, 0.0),
        (-0.0, 0.5, 0.0),
        (0.0, 1e-300, 0.0),
        (0.0, f64::INFINITY, 0.0),
        (-1.0, f64::INFINITY, 1.0),
        (-1.0, -f64::INFINITY, 1.0),
        (1.0, f64::NAN, 1.0),
        (1.0, f64::INFINITY, 1.0),
        (f64::NAN, 0.0, 1.0),
        (f64::NAN, -0.0, 1.0),
        (f64::INFINITY, 0.0, 1.0),
        (0.0, 0.0, 1.0),
        (-0.0, -0.0, 1.0),
        (f64::NAN, 1.0, f64::NAN),
        (2.0, f64::NAN, f64::NAN),
        (-8.0, 1.0 / 3.0, f64::NAN),
        (-2.0, 3.0, -8.0),
        (-2.0, 1e300, f64::INFINITY),
        (-2.0, 9007199254740991.0, -f64::INFINITY),
        (-0.5, 9007199254740991.0, -0.0),
        (0.5, f64::INFINITY, 0.0),
        (-0.5, f64::INFINITY, 0.0),
        (0.5, -f64::INFINITY, f64::INFINITY),
        (2.0, f64::INFINITY, f64::INFINITY),
        (-2.0, -f64::INFINITY, 0.0),
        (-f64::INFINITY, -3.0, -0.0),
        (-f64::INFINITY, -2.0, 0.0),
        (-f64::INFINITY, 3.0, -f64::INFINITY),
        (-f64::INFINITY, 2.5, f64::INFINITY),
        (f64::INFINITY, -1e-9, 0.0),
        (f64::INFINITY, 1e-9, f64::INFINITY),
        (1.0000000000000002, f64::MAX, f64::INFINITY),
        (0.9999999999999999, f64::MAX, 0.0),
        (1.0000000000000002, -f64::MAX, 0.0),
        (2.0, 1024.0, f64::INFINITY),
        (2.0, -1075.5, 0.0),
        (-2.0, -1074.0, f64::from_bits(1)),
        (f64::MAX, 1.0, f64::MAX),
        (f64::from_bits(1), -1.0, f64::INFINITY),
        (f64::from_bits(1), 2.0, 0.0),
    ];
    for (x, y, expected) in cases {
        for result in [power(x, y), power_lanes(&[x; WIDTH], &[y; WIDTH])[WIDTH - 1]] {
            let same = result.to_bits() == expected.to_bits() || result.is_nan() && expected.is_nan();
            assert!(same, "{x:e}^{y:e} is {result:e}, not {expected:e}");
        }
    }
}

#[test]
fn exp_and_ln_never_fall() {
    let mut numbers = Numbers(9);
    for _ in 0..20_000 {
        let x = numbers.between(-740.0, 709.0);
        assert!(exp(x) <= exp(x.next_up()), "{x:e}");
        let x = numbers.any().abs();
        assert!(ln(x) <= ln(x.next_up()), "{x:e}");
        let x = numbers.between(0.5, 2.0);
        assert!(ln(x) <= ln(x.next_up()), "{x:e}");
    }
}

#[test]
fn one_rare_lane_changes_no_other() {
    let x = [0.5, f64::NAN, -1.0, 1e300, 0.0, f64::from_bits(7), f64::INFINITY, 2.5];
    let y = [1.5, 2.0, 3.0, -0.5, 2.0, 0.25, -1.0, 1e-3];
    let bits = |numbers: [f64; WIDTH]| numbers.map(|number| if number.is_nan() { 0 } else { number.to_bits() });
    assert_eq!(bits(ln_lanes(&x)), bits(x.map(ln)));
    assert_eq!(bits(sin_lanes(&x)), bits(x.map(sin)));
    assert_eq!(bits(cos_lanes(&x)), bits(x.map(cos)));
    assert_eq!(bits(tan_lanes(&x)), bits(x.map(tan)));
    assert_eq!(bits(exp_lanes(&x)), bits(x.map(exp)));
    let one_by_one = std::array::from_fn(|lane| power(x[lane], y[lane]));
    assert_eq!(bits(power_lanes(&x, &y)), bits(one_by_one));
}

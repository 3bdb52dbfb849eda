//! The normal distribution: the chance of less, and the quantile.
//!
//! Wichura MJ (1988), "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37(3),
//! 477-484, routine PPND16: rational approximations accurate to about one part in 1e16.

use std::f64::consts::FRAC_1_SQRT_2;

use super::ln;

/// Half the width of the central region, in probability: between 0.075 and 0.925 no logarithm is needed.
const CENTRAL_HALF_WIDTH: f64 = 0.425;
const CENTRAL_HALF_WIDTH_SQUARED: f64 = 0.180625;

/// Where the near tail meets the far tail, on the scale of the square root of minus the logarithm of the tail.
const FAR_TAIL: f64 = 5.0;
/// Where the near tail's approximation is centred, on the same scale.
const NEAR_TAIL_CENTRE: f64 = 1.6;

/// The chance that a standard normal variable is less than `x`.
pub fn normal_below(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// Standard deviations from the mean below which a normal value falls with this probability; infinite at 0 and 1, and not a
/// number outside.
pub fn normal_quantile(below: f64) -> f64 {
    if below > 0.0 && below < 1.0 {
        return normal_quantile_by(below, 1.0 - below);
    }
    match below {
        0.0 => f64::NEG_INFINITY,
        1.0 => f64::INFINITY,
        _ => f64::NAN,
    }
}

/// The same at a rank of which both sides are known, so that either tail may be tiny.
pub fn normal_quantile_by(below: f64, above: f64) -> f64 {
    let tail = below.min(above);
    let offset = 0.5 - tail;
    let size = if offset <= CENTRAL_HALF_WIDTH {
        let r = CENTRAL_HALF_WIDTH_SQUARED - offset * offset;
        offset * polynomial(&CENTRAL_ABOVE, r) / polynomial(&CENTRAL_BELOW, r)
    } else {
        let r = (-ln(tail)).sqrt();
        if r <= FAR_TAIL {
            let r = r - NEAR_TAIL_CENTRE;
            polynomial(&NEAR_ABOVE, r) / polynomial(&NEAR_BELOW, r)
        } else {
            let r = r - FAR_TAIL;
            polynomial(&FAR_ABOVE, r) / polynomial(&FAR_BELOW, r)
        }
    };
    if below < above { -size } else { size }
}

/// A polynomial by Horner's rule, coefficients from the constant upwards.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

// The coefficients a, b, c, d, e, f of the paper: numerator (above the line) and denominator (below it) of each region.
const CENTRAL_ABOVE: [f64; 8] = [
    3.387_132_872_796_366_5,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const CENTRAL_BELOW: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_659_7e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_545e3,
];
const NEAR_ABOVE: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_545,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const NEAR_BELOW: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_ABOVE: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BELOW: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

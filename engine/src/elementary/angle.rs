//! The angle, in radians, that has a given sine, cosine or tangent.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use super::parts::{WIDTH, chosen, upper_half};

/// What pi has beyond its nearest double.
const PI_REST: f64 = 1.2246467991473532e-16;

/// The angle with this sine, within 2 units in the last place (ulp); not-a-number beyond -1 and 1.
#[inline(always)]
pub fn arcsin(x: f64) -> f64 {
    let Half { size, root, root_rest, small } = Half::of(x);
    // asin x = pi/2 - 2 asin sqrt((1 - x) / 2)
    let series = root + root * small;
    let far = FRAC_PI_2 - (2.0 * root + (2.0 * (root * small + root_rest) - 0.5 * PI_REST));
    chosen(size < 0.5, series, far).copysign(x)
}

/// [`arcsin`] of each lane.
#[inline(always)]
pub fn arcsin_lanes(x: &[f64; WIDTH]) -> [f64; WIDTH] {
    let mut result = [0.0; WIDTH];
    for (result, &x) in result.iter_mut().zip(x) {
        *result = arcsin(x);
    }
    result
}

/// The angle with this cosine, within 2 units in the last place (ulp); not-a-number beyond -1 and 1.
#[inline(always)]
pub fn arccos(x: f64) -> f64 {
    let Half { size, root, root_rest, small } = Half::of(x);
    let near = FRAC_PI_2 - (x - (0.5 * PI_REST - x * small));
    // acos x = 2 asin sqrt((1 - x) / 2), and acos -x = pi - acos x
    let twice = 2.0 * root;
    let twice_rest = 2.0 * (root * small + root_rest);
    let far = chosen(x > 0.0, twice + twice_rest, PI - (twice + (twice_rest - PI_REST)));
    chosen(size < 0.5, near, far)
}

/// [`arccos`] of each lane.
#[inline(always)]
pub fn arccos_lanes(x: &[f64; WIDTH]) -> [f64; WIDTH] {
    let mut result = [0.0; WIDTH];
    for (result, &x) in result.iter_mut().zip(x) {
        *result = arccos(x);
    }
    result
}

/// What arcsin and arccos share: `asin root = root + root * small`, where `root` is the size of a number below 0.5, else
/// the square root that halves the angle, with what rounding took from it.
struct Half {
    size: f64,
    root: f64,
    root_rest: f64,
    small: f64,
}

impl Half {
    #[inline(always)]
    fn of(x: f64) -> Self {
        let size = x.abs();
        let halved = 0.5 * (1.0 - size);
        let square = chosen(size < 0.5, size * size, halved);
        let root_of_halved = halved.sqrt();
        let upper = upper_half(root_of_halved);
        let lower = root_of_halved - upper;
        let remains = ((halved - upper * upper) - 2.0 * upper * lower) - lower * lower;
        let root_rest = chosen(halved > 0.0, remains / (2.0 * root_of_halved), 0.0);
        let root = chosen(size < 0.5, size, root_of_halved);
        let fourth = square * square;
        let even = 0.16666666666666669
            + fourth
                * (0.04464285714635543
                    + fourth
                        * (0.02237217294214989
                            + fourth
                                * (0.013971212973552933
                                    + fourth
                                        * (0.01032281435018578
                                            + fourth * (0.01740087944269402 + fourth * 0.028757851367421566)))));
        let odd = 0.07499999999998433
            + fourth
                * (0.030381944138531247
                    + fourth
                        * (0.017352392720869973
                            + fourth
                                * (0.011479177415184906
                                    + fourth * (0.005457506718640358 + fourth * -0.014851887071247204))));
        Self { size, root, root_rest, small: square * (even + square * odd) }
    }
}

/// The angle with this tangent, within 2 units in the last place (ulp).
///
/// `atan x = base + atan t`, with `base` 0, pi/4 or pi/2 and `t` no larger than the tangent of pi/8.
#[inline(always)]
pub fn arctan(x: f64) -> f64 {
    /// The tangents of pi/8 and of 3 pi/8.
    const BORDERS: (f64, f64) = (0.41421356237309503, 2.414213562373095);
    let size = x.abs();
    let first = size <= BORDERS.0;
    let last = size > BORDERS.1;
    let above = chosen(first, size, chosen(last, -1.0, size - 1.0));
    let below = chosen(first, 1.0, chosen(last, size, size + 1.0));
    let base = chosen(first, 0.0, chosen(last, FRAC_PI_2, FRAC_PI_4));
    let base_rest = chosen(first, 0.0, chosen(last, 0.5 * PI_REST, 0.25 * PI_REST));
    let t = above / below;
    let square = t * t;
    let fourth = square * square;
    let even = -0.3333333333333333
        + fourth
            * (-0.14285714284666526
                + fourth
                    * (-0.09090904578070177
                        + fourth
                            * (-0.06664511429801304
                                + fourth * (-0.05085448938740892 + fourth * -0.019176858843138845))));
    let odd = 0.1999999999999552
        + fourth
            * (0.1111111101525504
                + fourth * (0.07692183189577995 + fourth * (0.058581487600787976 + fourth * 0.03923163520705162)));
    (base + (t + (base_rest + t * square * (even + square * odd)))).copysign(x)
}

/// [`arctan`] of each lane.
#[inline(always)]
pub fn arctan_lanes(x: &[f64; WIDTH]) -> [f64; WIDTH] {
    let mut result = [0.0; WIDTH];
    for (result, &x) in result.iter_mut().zip(x) {
        *result = arctan(x);
    }
    result
}

//! The arithmetic of vectors that a written-out program calls: that of `arithmetic`, for as many lanes as a register holds.
//!
//! Not a module of the kernel: its text goes before the program's (see `source.rs`), and is compiled with it.
#![allow(dead_code, clippy::all, non_snake_case, unused_unsafe)]

pub use vector::*;

#[cfg(target_feature = "avx512f")]
mod vector {
    use core::arch::x86_64::*;

    pub const LANES_AT_ONCE: usize = 8;
    pub type V = __m512d;
    type Mask = __mmask8;

    #[inline(always)] pub fn splat(a: f64) -> V { unsafe { _mm512_set1_pd(a) } }
    #[inline(always)] pub unsafe fn load(from: *const f64) -> V { unsafe { _mm512_loadu_pd(from) } }
    #[inline(always)] pub unsafe fn write(to: *mut f64, a: V) { unsafe { _mm512_storeu_pd(to, a) } }
    #[inline(always)] pub fn add(a: V, b: V) -> V { unsafe { _mm512_add_pd(a, b) } }
    #[inline(always)] pub fn subtract(a: V, b: V) -> V { unsafe { _mm512_sub_pd(a, b) } }
    #[inline(always)] pub fn multiply(a: V, b: V) -> V { unsafe { _mm512_mul_pd(a, b) } }
    #[inline(always)] pub fn divide(a: V, b: V) -> V { unsafe { _mm512_div_pd(a, b) } }
    #[inline(always)] pub fn minimum(a: V, b: V) -> V { unsafe { _mm512_min_pd(a, b) } }
    #[inline(always)] pub fn maximum(a: V, b: V) -> V { unsafe { _mm512_max_pd(a, b) } }
    #[inline(always)] pub fn sqrt(a: V) -> V { unsafe { _mm512_sqrt_pd(a) } }
    #[inline(always)] pub fn abs(a: V) -> V { unsafe { _mm512_abs_pd(a) } }
    #[inline(always)] pub fn truncate(a: V) -> V { unsafe { _mm512_roundscale_pd::<{ _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC }>(a) } }
    #[inline(always)] pub fn negate(a: V) -> V {
        unsafe { _mm512_castsi512_pd(_mm512_xor_si512(_mm512_castpd_si512(a), _mm512_set1_epi64(i64::MIN))) }
    }
    #[inline(always)] pub fn is_less(a: V, b: V) -> Mask { unsafe { _mm512_cmp_pd_mask::<_CMP_LT_OQ>(a, b) } }
    #[inline(always)] pub fn is_less_or_equal(a: V, b: V) -> Mask { unsafe { _mm512_cmp_pd_mask::<_CMP_LE_OQ>(a, b) } }
    #[inline(always)] pub fn is_equal(a: V, b: V) -> Mask { unsafe { _mm512_cmp_pd_mask::<_CMP_EQ_OQ>(a, b) } }
    #[inline(always)] pub fn is_not_equal(a: V, b: V) -> Mask { unsafe { _mm512_cmp_pd_mask::<_CMP_NEQ_UQ>(a, b) } }
    #[inline(always)] pub fn both(a: Mask, b: Mask) -> Mask { a & b }
    #[inline(always)] pub fn either(a: Mask, b: Mask) -> Mask { a | b }
    #[inline(always)] pub fn blend(mask: Mask, a: V, b: V) -> V { unsafe { _mm512_mask_blend_pd(mask, b, a) } }
}

#[cfg(all(target_feature = "avx2", not(target_feature = "avx512f")))]
mod vector {
    use core::arch::x86_64::*;

    pub const LANES_AT_ONCE: usize = 4;
    pub type V = __m256d;
    type Mask = __m256d;

    #[inline(always)] pub fn splat(a: f64) -> V { unsafe { _mm256_set1_pd(a) } }
    #[inline(always)] pub unsafe fn load(from: *const f64) -> V { unsafe { _mm256_loadu_pd(from) } }
    #[inline(always)] pub unsafe fn write(to: *mut f64, a: V) { unsafe { _mm256_storeu_pd(to, a) } }
    #[inline(always)] pub fn add(a: V, b: V) -> V { unsafe { _mm256_add_pd(a, b) } }
    #[inline(always)] pub fn subtract(a: V, b: V) -> V { unsafe { _mm256_sub_pd(a, b) } }
    #[inline(always)] pub fn multiply(a: V, b: V) -> V { unsafe { _mm256_mul_pd(a, b) } }
    #[inline(always)] pub fn divide(a: V, b: V) -> V { unsafe { _mm256_div_pd(a, b) } }
    #[inline(always)] pub fn minimum(a: V, b: V) -> V { unsafe { _mm256_min_pd(a, b) } }
    #[inline(always)] pub fn maximum(a: V, b: V) -> V { unsafe { _mm256_max_pd(a, b) } }
    #[inline(always)] pub fn sqrt(a: V) -> V { unsafe { _mm256_sqrt_pd(a) } }
    #[inline(always)] pub fn abs(a: V) -> V { unsafe { _mm256_andnot_pd(splat(-0.0), a) } }
    #[inline(always)] pub fn truncate(a: V) -> V { unsafe { _mm256_round_pd::<{ _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC }>(a) } }
    #[inline(always)] pub fn negate(a: V) -> V { unsafe { _mm256_xor_pd(splat(-0.0), a) } }
    #[inline(always)] pub fn is_less(a: V, b: V) -> Mask { unsafe { _mm256_cmp_pd::<_CMP_LT_OQ>(a, b) } }
    #[inline(always)] pub fn is_less_or_equal(a: V, b: V) -> Mask { unsafe { _mm256_cmp_pd::<_CMP_LE_OQ>(a, b) } }
    #[inline(always)] pub fn is_equal(a: V, b: V) -> Mask { unsafe { _mm256_cmp_pd::<_CMP_EQ_OQ>(a, b) } }
    #[inline(always)] pub fn is_not_equal(a: V, b: V) -> Mask { unsafe { _mm256_cmp_pd::<_CMP_NEQ_UQ>(a, b) } }
    #[inline(always)] pub fn both(a: Mask, b: Mask) -> Mask { unsafe { _mm256_and_pd(a, b) } }
    #[inline(always)] pub fn either(a: Mask, b: Mask) -> Mask { unsafe { _mm256_or_pd(a, b) } }
    #[inline(always)] pub fn blend(mask: Mask, a: V, b: V) -> V { unsafe { _mm256_blendv_pd(b, a, mask) } }
}

#[cfg(not(target_feature = "avx2"))]
mod vector {
    pub const LANES_AT_ONCE: usize = 2;

    /// Two lanes: what every processor's registers hold. The compiler finds the instructions.
    #[derive(Clone, Copy)]
    #[repr(C, align(16))]
    pub struct V([f64; 2]);
    type Mask = [bool; 2];

    #[inline(always)] fn each(f: impl Fn(usize) -> f64) -> V { V([f(0), f(1)]) }
    #[inline(always)] pub fn splat(a: f64) -> V { V([a; 2]) }
    #[inline(always)] pub unsafe fn load(from: *const f64) -> V { unsafe { V(from.cast::<[f64; 2]>().read_unaligned()) } }
    #[inline(always)] pub unsafe fn write(to: *mut f64, a: V) { unsafe { to.cast::<[f64; 2]>().write_unaligned(a.0) } }
    #[inline(always)] pub fn add(a: V, b: V) -> V { each(|i| a.0[i] + b.0[i]) }
    #[inline(always)] pub fn subtract(a: V, b: V) -> V { each(|i| a.0[i] - b.0[i]) }
    #[inline(always)] pub fn multiply(a: V, b: V) -> V { each(|i| a.0[i] * b.0[i]) }
    #[inline(always)] pub fn divide(a: V, b: V) -> V { each(|i| a.0[i] / b.0[i]) }
    #[inline(always)] pub fn minimum(a: V, b: V) -> V { each(|i| if a.0[i] < b.0[i] { a.0[i] } else { b.0[i] }) }
    #[inline(always)] pub fn maximum(a: V, b: V) -> V { each(|i| if a.0[i] > b.0[i] { a.0[i] } else { b.0[i] }) }
    #[inline(always)] pub fn sqrt(a: V) -> V { each(|i| a.0[i].sqrt()) }
    #[inline(always)] pub fn abs(a: V) -> V { each(|i| a.0[i].abs()) }
    #[inline(always)] pub fn truncate(a: V) -> V { each(|i| a.0[i].trunc()) }
    #[inline(always)] pub fn negate(a: V) -> V { each(|i| -a.0[i]) }
    #[inline(always)] pub fn is_less(a: V, b: V) -> Mask { [a.0[0] < b.0[0], a.0[1] < b.0[1]] }
    #[inline(always)] pub fn is_less_or_equal(a: V, b: V) -> Mask { [a.0[0] <= b.0[0], a.0[1] <= b.0[1]] }
    #[inline(always)] pub fn is_equal(a: V, b: V) -> Mask { [a.0[0] == b.0[0], a.0[1] == b.0[1]] }
    #[inline(always)] pub fn is_not_equal(a: V, b: V) -> Mask { [a.0[0] != b.0[0], a.0[1] != b.0[1]] }
    #[inline(always)] pub fn both(a: Mask, b: Mask) -> Mask { [a[0] & b[0], a[1] & b[1]] }
    #[inline(always)] pub fn either(a: Mask, b: Mask) -> Mask { [a[0] | b[0], a[1] | b[1]] }
    #[inline(always)] pub fn blend(mask: Mask, a: V, b: V) -> V { each(|i| if mask[i] { a.0[i] } else { b.0[i] }) }
}

#[inline(always)] pub fn less(a: V, b: V) -> V { blend(is_less(a, b), splat(1.0), splat(0.0)) }
#[inline(always)] pub fn less_or_equal(a: V, b: V) -> V { blend(is_less_or_equal(a, b), splat(1.0), splat(0.0)) }
#[inline(always)] pub fn equal(a: V, b: V) -> V { blend(is_equal(a, b), splat(1.0), splat(0.0)) }
#[inline(always)] pub fn not_equal(a: V, b: V) -> V { blend(is_not_equal(a, b), splat(1.0), splat(0.0)) }
#[inline(always)] pub fn not(a: V) -> V { equal(a, splat(0.0)) }
#[inline(always)] pub fn and(a: V, b: V) -> V {
    blend(both(is_not_equal(a, splat(0.0)), is_not_equal(b, splat(0.0))), splat(1.0), splat(0.0))
}
#[inline(always)] pub fn or(a: V, b: V) -> V {
    blend(either(is_not_equal(a, splat(0.0)), is_not_equal(b, splat(0.0))), splat(1.0), splat(0.0))
}
#[inline(always)] pub fn select(a: V, b: V, c: V) -> V { blend(is_not_equal(a, splat(0.0)), b, c) }
#[inline(always)] pub fn select_less(a: V, b: V, c: V, d: V) -> V { blend(is_less(a, b), c, d) }
#[inline(always)] pub fn select_less_or_equal(a: V, b: V, c: V, d: V) -> V { blend(is_less_or_equal(a, b), c, d) }
#[inline(always)] pub fn divide_or(a: V, b: V, c: V) -> V { blend(is_less(abs(b), splat(1e-6)), c, divide(a, b)) }

/// Lane by lane, for what has no instruction of its own.
#[inline(always)]
fn lanes1(a: V, f: impl Fn(f64) -> f64) -> V {
    let mut lanes = [0.0; LANES_AT_ONCE];
    unsafe { write(lanes.as_mut_ptr(), a) };
    for lane in &mut lanes {
        *lane = f(*lane);
    }
    unsafe { load(lanes.as_ptr()) }
}
#[inline(always)]
fn lanes2(a: V, b: V, f: impl Fn(f64, f64) -> f64) -> V {
    let (mut x, mut y) = ([0.0; LANES_AT_ONCE], [0.0; LANES_AT_ONCE]);
    unsafe {
        write(x.as_mut_ptr(), a);
        write(y.as_mut_ptr(), b);
    }
    for (x, y) in x.iter_mut().zip(&y) {
        *x = f(*x, *y);
    }
    unsafe { load(x.as_ptr()) }
}
#[inline(never)] pub fn exp(a: V) -> V { lanes1(a, mathematics::exp) }
#[inline(never)] pub fn ln(a: V) -> V { lanes1(a, mathematics::ln) }
#[inline(never)] pub fn power(a: V, b: V) -> V { lanes2(a, b, mathematics::power) }
#[inline(never)] pub fn sin(a: V) -> V { lanes1(a, mathematics::sin) }
#[inline(never)] pub fn cos(a: V) -> V { lanes1(a, mathematics::cos) }
#[inline(never)] pub fn tan(a: V) -> V { lanes1(a, mathematics::tan) }
#[inline(never)] pub fn arcsin(a: V) -> V { lanes1(a, mathematics::arcsin) }
#[inline(never)] pub fn arccos(a: V) -> V { lanes1(a, mathematics::arccos) }
#[inline(never)] pub fn arctan(a: V) -> V { lanes1(a, mathematics::arctan) }
#[inline(never)] pub fn modulo(a: V, b: V) -> V { lanes2(a, b, |a, b| a % b) }

/// A table read at `x`, as `arithmetic::interpolate`.
#[inline(always)]
pub fn lookup(xs: &[f64], ys: &[f64], x: V) -> V {
    let mut left = (splat(xs[0]), splat(ys[0]), splat(0.0));
    for place in 0..xs.len() {
        let reached = is_less_or_equal(splat(xs[place]), x);
        let slope = if place + 1 < xs.len() { (ys[place + 1] - ys[place]) / (xs[place + 1] - xs[place]) } else { 0.0 };
        left = (
            blend(reached, splat(xs[place]), left.0),
            blend(reached, splat(ys[place]), left.1),
            blend(reached, splat(slope), left.2),
        );
    }
    let held = either(is_less(x, splat(xs[0])), is_less_or_equal(splat(xs[xs.len() - 1]), x));
    let value = blend(held, left.1, add(left.1, multiply(subtract(x, left.0), left.2)));
    blend(is_not_equal(x, x), x, value)
}

/// Writes lanes out as `arithmetic::told`.
#[inline(always)]
pub unsafe fn store(to: *mut f64, a: V) {
    unsafe { write(to, blend(is_not_equal(a, a), splat(f64::NAN), add(a, splat(0.0)))) }
}

/// A driven constant at a time.
#[inline(always)]
pub unsafe fn drive(paths: *const f64, place: usize, years: usize, lanes: usize, first: usize, time: f64, otherwise: f64) -> V {
    if years == 0 {
        return splat(otherwise);
    }
    let elapsed = time - INITIAL.floor();
    let year = (elapsed + 1e-9).floor().max(0.0).min((years - 1) as f64);
    let fraction = (elapsed - year).clamp(0.0, 1.0);
    let row = (place * years + year as usize) * 2;
    let (beginning, end) = unsafe { (load(paths.add(row * lanes + first)), load(paths.add((row + 1) * lanes + first))) };
    add(beginning, multiply(subtract(end, beginning), splat(fraction)))
}

//! How strongly a series swings at each frequency.

use std::f64::consts::PI;

/// A complex number.
type Complex = (f64, f64);

/// The squared size of the Fourier coefficient of a series at each whole frequency from 0 up to `frequencies`, which it
/// leaves out; not divided by the length. For a few frequencies term by term, else by a fast transform.
pub(super) fn powers(series: &[f64], frequencies: usize) -> Vec<f64> {
    const FEW: usize = 24;
    if frequencies <= FEW {
        return (0..frequencies).map(|frequency| power(series, frequency)).collect();
    }
    let coefficients = transform(series);
    coefficients.iter().take(frequencies).map(|(real, imaginary)| real * real + imaginary * imaginary).collect()
}

fn power(series: &[f64], frequency: usize) -> f64 {
    let n = series.len();
    let turn = 2.0 * PI * frequency as f64 / n as f64;
    let (turn_sine, turn_cosine) = turn.sin_cos();
    let (mut real, mut imaginary) = (0.0, 0.0);
    // The angle is taken anew every few terms, so that rounding cannot add up.
    const ANEW: usize = 32;
    for (block, values) in series.chunks(ANEW).enumerate() {
        let index = (block * ANEW) as u128 * frequency as u128 % n as u128;
        let (mut sine, mut cosine) = (2.0 * PI * index as f64 / n as f64).sin_cos();
        for value in values {
            real += value * cosine;
            imaginary += value * sine;
            (cosine, sine) = (cosine * turn_cosine - sine * turn_sine, sine * turn_cosine + cosine * turn_sine);
        }
    }
    real * real + imaginary * imaginary
}

/// The Fourier coefficients of a series of any length: Bluestein LI (1970), "A linear filtering approach to the
/// computation of discrete Fourier transform", IEEE Transactions on Audio and Electroacoustics 18(4), 451-455. It turns a length
/// into the next power of two, for which halving works.
fn transform(series: &[f64]) -> Vec<Complex> {
    let n = series.len();
    let size = (2 * n).next_power_of_two();
    let chirp: Vec<Complex> = (0..n)
        .map(|j| {
            let index = (j as u128 * j as u128) % (2 * n as u128);
            let (sine, cosine) = (-PI * index as f64 / n as f64).sin_cos();
            (cosine, sine)
        })
        .collect();
    let mut signal = vec![(0.0, 0.0); size];
    let mut filter = vec![(0.0, 0.0); size];
    for (j, wave) in chirp.iter().enumerate() {
        signal[j] = (series[j] * wave.0, series[j] * wave.1);
        filter[j] = (wave.0, -wave.1);
        filter[(size - j) % size] = filter[j];
    }
    halving(&mut signal);
    halving(&mut filter);
    // The inverse transform is the transform of the conjugate, conjugated.
    for (a, b) in signal.iter_mut().zip(&filter) {
        let (real, imaginary) = times(*a, *b);
        *a = (real, -imaginary);
    }
    halving(&mut signal);
    let scale = 1.0 / size as f64;
    chirp
        .iter()
        .zip(&signal)
        .map(|(wave, (real, imaginary))| times((real * scale, -imaginary * scale), *wave))
        .collect()
}

fn times(a: Complex, b: Complex) -> Complex {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// The transform of a power of two, in place: Cooley JW, Tukey JW (1965), Mathematics of Computation 19(90), 297-301.
fn halving(values: &mut [Complex]) {
    let size = values.len();
    let bits = size.trailing_zeros();
    for index in 0..size {
        let mirrored = if bits == 0 { 0 } else { index.reverse_bits() >> (usize::BITS - bits) };
        if index < mirrored {
            values.swap(index, mirrored);
        }
    }
    let turns: Vec<Complex> = (0..size / 2)
        .map(|k| {
            let (sine, cosine) = (-2.0 * PI * k as f64 / size as f64).sin_cos();
            (cosine, sine)
        })
        .collect();
    let mut length = 2;
    while length <= size {
        for block in values.chunks_exact_mut(length) {
            let (low, high) = block.split_at_mut(length / 2);
            for (k, (a, b)) in low.iter_mut().zip(high).enumerate() {
                let turned = times(*b, turns[k * (size / length)]);
                (*a, *b) = ((a.0 + turned.0, a.1 + turned.1), (a.0 - turned.0, a.1 - turned.1));
            }
        }
        length *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::{power, powers};
    use engine::sampling::uniform;

    #[test]
    fn both_ways_agree_whatever_the_length() {
        for n in [1_usize, 2, 3, 64, 97, 100, 1_001] {
            let series: Vec<f64> = (0..n as u64).map(|i| uniform(1, i, "series") - 0.5).collect();
            let fast = powers(&series, n.max(25));
            for (frequency, found) in fast.iter().enumerate() {
                let plain = power(&series, frequency);
                assert!((found - plain).abs() < 1e-12 * n as f64, "{n} {frequency}: {found} {plain}");
            }
            // Parseval: the powers over all frequencies sum to n times the squares.
            let squares: f64 = series.iter().map(|x| x * x).sum();
            assert!((fast.iter().sum::<f64>() - n as f64 * squares).abs() < 1e-9 * n as f64);
        }
    }
}

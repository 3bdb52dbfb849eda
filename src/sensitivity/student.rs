//! The quantile of Student's t, for intervals from a handful of repetitions.

use std::f64::consts::{FRAC_PI_2, PI};

/// The value that a t with so many degrees of freedom stays below in size with this probability.
///
/// Degrees are whole, so the probability is a finite sum (Abramowitz M, Stegun IA (1964), "Handbook of mathematical
/// functions", 26.7.3 and 26.7.4); the value is found by halving.
pub(super) fn two_sided(level: f64, degrees: usize) -> f64 {
    let (mut low, mut high) = (0.0, FRAC_PI_2);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if within(middle, degrees) < level {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::tan((low + high) / 2.0) * (degrees as f64).sqrt()
}

/// The probability that t is at most `tan(angle) * sqrt(degrees)` in size.
fn within(angle: f64, degrees: usize) -> f64 {
    let (sine, cosine) = angle.sin_cos();
    let odd = degrees % 2 == 1;
    let (mut term, mut sum) = if odd { (cosine, 0.0) } else { (1.0, 0.0) };
    let mut k = if odd { 1 } else { 0 };
    while k + 2 <= degrees {
        sum += term;
        k += 2;
        term *= cosine * cosine * (k as f64 - 1.0) / k as f64;
    }
    if odd { 2.0 / PI * (angle + sine * sum) } else { sine * sum }
}

#[cfg(test)]
mod tests {
    use super::two_sided;

    /// From the tables of the t distribution.
    #[test]
    fn the_values_are_those_of_the_tables() {
        for (degrees, expected) in [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (9, 2.262), (30, 2.042)] {
            let value = two_sided(0.95, degrees);
            assert!((value - expected).abs() < 6e-4, "{degrees}: {value}");
        }
    }
}

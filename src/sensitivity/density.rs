//! A smooth density from a sample, at evenly spaced points.
//!
//! Each value becomes a bell whose width is Silverman's rule: the standard deviation times (3n/4)^(-1/5). Silverman BW
//! (1986), "Density estimation for statistics and data analysis", Chapman and Hall, section 3.4.2.

use std::f64::consts::PI;

/// Evenly spaced points from a low to a high end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    low: f64,
    step: f64,
    points: usize,
}

impl Grid {
    /// `points` of 2 or more.
    pub fn new((low, high): (f64, f64), points: usize) -> Self {
        Self { low, step: (high - low) / (points as f64 - 1.0), points }
    }

    fn at(&self, point: usize) -> f64 {
        self.low + self.step * point as f64
    }

    /// The integral of the absolute difference of two densities by the trapezium rule; with `None` for the second, that of
    /// the first alone.
    pub fn difference(&self, one: &[f64], other: Option<&[f64]>) -> f64 {
        let apart = |point: usize| (one[point] - other.map_or(0.0, |other| other[point])).abs();
        let ends = (apart(0) + apart(self.points - 1)) / 2.0;
        self.step * (ends + (1..self.points - 1).map(apart).sum::<f64>())
    }
}

/// The density of values, each counted so many times, at the points of a grid; `None` if all are one value.
pub(super) fn density(values: &[(f64, f64)], grid: &Grid) -> Option<Vec<f64>> {
    let n: f64 = values.iter().map(|(_, times)| times).sum();
    let first = values.first()?.0;
    if values.iter().all(|(value, _)| *value == first) {
        return None;
    }
    let mean = values.iter().map(|(value, times)| value * times).sum::<f64>() / n;
    let squares: f64 = values.iter().map(|(value, times)| times * (value - mean) * (value - mean)).sum();
    let width = (squares / (n - 1.0)).sqrt() * (n * 0.75).powf(-0.2);
    let mut sums = vec![0.0; grid.points];
    let bell = Bell::new(width, grid.step);
    for (value, times) in values {
        bell.add(*value, *times, grid, &mut sums);
    }
    let scale = 1.0 / (n * width * (2.0 * PI).sqrt());
    sums.iter_mut().for_each(|sum| *sum *= scale);
    Some(sums)
}

/// A bell whose height is followed from one grid point to the next by two multiplications: with u the distance from the
/// value, d the step and h the width, exp(-(u + d)^2 / 2h^2) is exp(-u^2 / 2h^2) times a ratio that itself shrinks by
/// exp(-d^2 / h^2) each step.
struct Bell {
    curvature: f64,
    step: f64,
    shrink: f64,
}

/// A height that adds nothing to a sum of heights near 1.
const NOTHING: f64 = 1e-22;

impl Bell {
    fn new(width: f64, step: f64) -> Self {
        let curvature = 0.5 / (width * width);
        Self { curvature, step, shrink: (-2.0 * curvature * step * step).exp() }
    }

    fn add(&self, value: f64, times: f64, grid: &Grid, sums: &mut [f64]) {
        let nearest = ((value - grid.low) / grid.step).round().clamp(0.0, grid.points as f64 - 1.0) as usize;
        let away = grid.at(nearest) - value;
        let height = (-self.curvature * away * away).exp();
        if height < NOTHING {
            return;
        }
        sums[nearest] += times * height;
        let ratio = |towards: f64| (-self.curvature * (2.0 * towards * away * self.step + self.step * self.step)).exp();
        let (mut at, mut next) = (height, ratio(1.0));
        for sum in &mut sums[nearest + 1..] {
            at *= next;
            next *= self.shrink;
            if at < NOTHING {
                break;
            }
            *sum += times * at;
        }
        let (mut at, mut next) = (height, ratio(-1.0));
        for sum in sums[..nearest].iter_mut().rev() {
            at *= next;
            next *= self.shrink;
            if at < NOTHING {
                break;
            }
            *sum += times * at;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Grid, density};
    use engine::sampling::uniform;

    /// Against the sum of bells as it is written down.
    #[test]
    fn the_density_is_that_of_the_definition() {
        for scale in [1.0, 1e-4] {
            let values: Vec<(f64, f64)> = (0..200)
                .map(|i| (if i < 190 { scale } else { 1.0 } * uniform(1, i, "value"), f64::from(i as u32 % 3)))
                .collect();
            let n: f64 = values.iter().map(|(_, times)| times).sum();
            let mean = values.iter().map(|(v, t)| v * t).sum::<f64>() / n;
            let variance = values.iter().map(|(v, t)| t * (v - mean).powi(2)).sum::<f64>() / (n - 1.0);
            let width = variance.sqrt() * (n * 3.0 / 4.0).powf(-0.2);
            let grid = Grid::new((0.0, 1.0), 100);
            let found = density(&values, &grid).unwrap();
            for (point, found) in found.iter().enumerate() {
                let at = point as f64 / 99.0;
                let sum: f64 = values.iter().map(|(v, t)| t * (-0.5 * ((at - v) / width).powi(2)).exp()).sum();
                let expected = sum / (n * width * (2.0 * std::f64::consts::PI).sqrt());
                assert!((found - expected).abs() < 1e-12 * (1.0 + expected), "{point}: {found} {expected}");
            }
            let area: f64 = found.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0 / 99.0).sum();
            assert!((grid.difference(&found, None) - area).abs() < 1e-12);
            assert_eq!(grid.difference(&found, Some(&found)), 0.0);
        }
        assert!(density(&[(2.0, 1.0), (2.0, 3.0)], &Grid::new((0.0, 1.0), 100)).is_none());
    }
}

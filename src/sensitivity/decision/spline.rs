//! Smooth building blocks of a curve: cubic B-splines over normal scores, with a penalty on bends.
//!
//! Eilers PHC, Marx BD (1996), "Flexible smoothing with B-splines and penalties", Statistical Science 11: 89-121.
//! Normal scores instead of values: the information in an input does not change when its values are stretched, and
//! equal knots then suit any distribution.

use nalgebra::{DMatrix, DVector};

use super::bins::Bins;
use super::smoother::Smoother;

/// Pieces between the lowest and the highest score.
const PIECES: usize = 20;

/// A smoother for an input: a penalised spline, or one level a value where there are few values.
pub(super) fn smoother(bins: &Bins) -> Smoother {
    if bins.few_values {
        let design = DMatrix::identity(bins.len(), bins.len());
        return Smoother::new(&design, &bins.counts, &DMatrix::zeros(bins.len(), bins.len()), bins.len());
    }
    let pieces = PIECES.min(bins.len() / 2);
    let design = design(&bins.scores, pieces);
    Smoother::new(&design, &bins.counts, &second_differences(pieces + 3), 2)
}

/// The cubic B-splines of `pieces` equal pieces at each of the increasing points, `[point][spline]`.
fn design(points: &[f64], pieces: usize) -> DMatrix<f64> {
    let (low, high) = (points[0], points[points.len() - 1]);
    let width = (high - low) / pieces as f64;
    let mut design = DMatrix::zeros(points.len(), pieces + 3);
    for (row, point) in points.iter().enumerate() {
        let at = (point - low) / width;
        let piece = (at.floor().max(0.0) as usize).min(pieces - 1);
        let t = at - piece as f64;
        let u = 1.0 - t;
        let four = [
            u * u * u / 6.0,
            (3.0 * t * t * t - 6.0 * t * t + 4.0) / 6.0,
            (3.0 * u * u * u - 6.0 * u * u + 4.0) / 6.0,
            t * t * t / 6.0,
        ];
        for (offset, value) in four.into_iter().enumerate() {
            design[(row, piece + offset)] = value;
        }
    }
    design
}

/// The penalty matrix on second differences of neighbouring coefficients; straight lines go free.
fn second_differences(size: usize) -> DMatrix<f64> {
    let mut penalty = DMatrix::zeros(size, size);
    for first in 0..size.saturating_sub(2) {
        let mut row = DVector::zeros(size);
        (row[first], row[first + 1], row[first + 2]) = (1.0, -2.0, 1.0);
        penalty += &row * row.transpose();
    }
    penalty
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{design, second_differences};
    use nalgebra::DVector;

    #[test]
    fn splines_add_up_to_one_and_draw_a_straight_line_free_of_penalty() {
        let points: Vec<f64> = (0..50).map(|i| f64::from(i) * 0.1 - 2.0).collect();
        let design = design(&points, 7);
        for row in design.row_iter() {
            assert!((row.sum() - 1.0).abs() < 1e-14);
        }
        let line = DVector::from_fn(10, |i, _| 3.0 + 2.0 * i as f64);
        assert!((second_differences(10) * &line).norm() < 1e-12);
        let heights = &design * line;
        let slope = heights[1] - heights[0];
        assert!((1..50).all(|i| (heights[i] - heights[i - 1] - slope).abs() < 1e-12));
    }
}

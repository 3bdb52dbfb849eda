//! Uncertainties that rise and fall together: groups with declared rank correlations.
//!
//! The declared numbers are Spearman's rank correlations, which mean the same whatever the distributions. They are met by a
//! Gaussian copula: points become standard normal scores, the scores are mixed, and each becomes a point again, so every
//! uncertainty keeps its own distribution. Between normal scores with correlation r the rank correlation is
//! (6/pi) asin(r/2) (Pearson K (1907)), hence the conversion.

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_6};

use super::eigen::eigen;
use super::normal;
use super::rank::Rank;

/// A pivot or an eigenvalue this near zero counts as none: declared correlations have a few decimals.
const NEAR_ZERO: f64 = 1e-9;
/// Rounds of the search for the nearest matrix; it settles to three decimals in a few dozen.
const MOST_ROUNDS: usize = 500;

/// A group of uncertainties and the rank correlations between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlation {
    names: Vec<String>,
    ranks: Vec<Vec<f64>>,
}

/// The correlations of a matrix cannot hold all at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Impossible {
    /// The rank correlations nearest to those asked for that can, to three decimals.
    pub nearest: Vec<Vec<f64>>,
}

impl Correlation {
    /// A group with its matrix of rank correlations: as many rows and columns as names, symmetric, ones on the diagonal, all
    /// between -1 and 1.
    ///
    /// # Errors
    /// Correlations that contradict each other: A with B and B with C close to 1, and A with C close to -1. In the words
    /// of algebra, the matrix of normal correlations is not positive semidefinite.
    pub fn new(names: Vec<String>, ranks: Vec<Vec<f64>>) -> Result<Self, Impossible> {
        let normal = to_normal(&ranks);
        match lower_factor(&normal) {
            Some(_) => Ok(Self { names, ranks }),
            None => Err(Impossible { nearest: nearest(&normal) }),
        }
    }

    /// The names of the random numbers, in the order of the matrix.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The declared rank correlations.
    pub fn ranks(&self) -> &[Vec<f64>] {
        &self.ranks
    }

    /// Its members among some names, by their indices there, in the order of the group; and how independent scores are mixed
    /// into theirs.
    pub(super) fn among(&self, names: &[String]) -> (Vec<usize>, Vec<Vec<f64>>) {
        let index = |name: &String| names.iter().position(|other| other == name);
        let found = self.names().iter().enumerate().filter_map(|(row, name)| index(name).map(|index| (row, index)));
        let (rows, members): (Vec<usize>, Vec<usize>) = found.unzip();
        (members, self.mixing(&rows))
    }

    /// How independent scores are mixed into those of some of the names (indices in the matrix, in this order): a lower
    /// triangle, so that the first stays as it is.
    pub(super) fn mixing(&self, members: &[usize]) -> Vec<Vec<f64>> {
        let part: Vec<Vec<f64>> =
            members.iter().map(|i| members.iter().map(|j| self.ranks[*i][*j]).collect()).collect();
        lower_factor(&to_normal(&part)).expect("part of a matrix of correlations is one")
    }
}

/// The standard normal score of a point.
pub(super) fn score(point: f64) -> f64 {
    normal::standard_quantile(Rank::at(point))
}

/// The point of a score, strictly between 0 and 1.
pub(super) fn point(score: f64) -> f64 {
    (0.5 * libm::erfc(-score * FRAC_1_SQRT_2)).clamp(f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0)
}

/// Scores times a lower triangle.
pub(super) fn mixed(lower: &[Vec<f64>], scores: &[f64]) -> Vec<f64> {
    lower.iter().map(|row| row.iter().zip(scores).fold(0.0, |sum, (l, z)| sum + l * z)).collect()
}

/// The lower triangle whose product with its own transpose is the matrix (Cholesky); rows of zeros where a score is wholly
/// told by those before it. `None` if there is none.
pub(super) fn lower_factor(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let n = matrix.len();
    let mut lower = vec![vec![0.0; n]; n];
    for j in 0..n {
        let known = |i: usize, lower: &[Vec<f64>]| (0..j).fold(0.0, |sum, k| sum + lower[i][k] * lower[j][k]);
        let pivot = matrix[j][j] - known(j, &lower);
        if pivot < -NEAR_ZERO {
            return None;
        }
        let root = if pivot <= NEAR_ZERO { 0.0 } else { pivot.sqrt() };
        lower[j][j] = root;
        for i in j + 1..n {
            let rest = matrix[i][j] - known(i, &lower);
            if root == 0.0 && rest.abs() > NEAR_ZERO.sqrt() {
                return None;
            }
            lower[i][j] = if root == 0.0 { 0.0 } else { rest / root };
        }
    }
    Some(lower)
}

fn to_normal(ranks: &[Vec<f64>]) -> Vec<Vec<f64>> {
    // The sine of 30 degrees is not exactly a half in floating point, and a diagonal must be exactly one.
    let one = |rho: f64| if rho.abs() == 1.0 { rho } else { 2.0 * (rho * FRAC_PI_6).sin() };
    ranks.iter().map(|row| row.iter().map(|rho| one(*rho)).collect()).collect()
}

/// The rank correlations of the nearest matrix of correlations, by the sum of squared differences of normal correlations:
/// Higham NJ (2002), "Computing the nearest correlation matrix: a problem from finance", IMA Journal of Numerical Analysis
/// 22, 329-343 (alternating projections with Dykstra's correction), moved off the edge by what rounding to three decimals
/// can undo.
fn nearest(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = matrix.len();
    let mut current = matrix.to_vec();
    let mut correction = vec![vec![0.0; n]; n];
    for _ in 0..MOST_ROUNDS {
        let from: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| current[i][j] - correction[i][j]).collect()).collect();
        let (values, vectors) = eigen(&from);
        let mut moved = 0.0_f64;
        for i in 0..n {
            for j in 0..n {
                let kept = (0..n).fold(0.0, |sum, k| sum + vectors[i][k] * values[k].max(0.0) * vectors[j][k]);
                correction[i][j] = kept - from[i][j];
                let next = if i == j { 1.0 } else { kept };
                moved = moved.max((next - current[i][j]).abs());
                current[i][j] = next;
            }
        }
        if moved < 1e-6 {
            break;
        }
    }
    let inwards = 1.0 - 0.002 * n as f64;
    let rounded = |r: f64| ((r * inwards / 2.0).clamp(-0.5, 0.5).asin() / FRAC_PI_6 * 1_000.0).round() / 1_000.0;
    (0..n).map(|i| (0..n).map(|j| if i == j { 1.0 } else { rounded(current[i][j]) }).collect()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Correlation, lower_factor, nearest, point, score};

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|i| format!("u{i}")).collect()
    }

    #[test]
    fn a_point_is_its_score_and_back() {
        for i in 1..1_000 {
            let p = f64::from(i) / 1_000.0;
            assert!((point(score(p)) - p).abs() < 1e-15);
        }
        assert!(point(-40.0) > 0.0 && point(40.0) < 1.0);
    }

    #[test]
    fn a_factor_gives_the_matrix_back_even_on_the_edge() {
        let matrix = vec![vec![1.0, 0.5, -0.2], vec![0.5, 1.0, 0.3], vec![-0.2, 0.3, 1.0]];
        let edge = vec![vec![1.0, 1.0, 0.4], vec![1.0, 1.0, 0.4], vec![0.4, 0.4, 1.0]];
        for matrix in [matrix, edge] {
            let lower = lower_factor(&matrix).unwrap();
            for i in 0..3 {
                for j in 0..3 {
                    let product: f64 = (0..3).map(|k| lower[i][k] * lower[j][k]).sum();
                    assert!((product - matrix[i][j]).abs() < 1e-12);
                }
            }
        }
    }

    /// Higham (2002), section 4: the matrix of ones with two zeros in the corners, and its nearest neighbour.
    #[test]
    fn the_nearest_matrix_is_highams() {
        let wrong = vec![vec![1.0, 1.0, 0.0], vec![1.0, 1.0, 1.0], vec![0.0, 1.0, 1.0]];
        assert_eq!(lower_factor(&wrong), None);
        let found = nearest(&wrong);
        let normal = |rho: f64| 2.0 * (rho * std::f64::consts::FRAC_PI_6).sin() / 0.994;
        assert!((normal(found[0][1]) - 0.7607).abs() < 2e-3, "{found:?}");
        assert!((normal(found[0][2]) - 0.1573).abs() < 2e-3, "{found:?}");
    }

    #[test]
    fn what_is_offered_is_accepted() {
        for n in [3, 5, 8] {
            // Each with each at -0.9: impossible for more than two.
            let row = |i: usize| (0..n).map(|j| if i == j { 1.0 } else { -0.9 }).collect::<Vec<f64>>();
            let impossible = Correlation::new(names(n), (0..n).map(row).collect()).unwrap_err();
            assert!(Correlation::new(names(n), impossible.nearest.clone()).is_ok(), "{impossible:?}");
            let off = impossible.nearest[0][1];
            assert!(off < 0.0 && off > -1.1 / (n as f64 - 1.0), "{off}");
        }
    }

    #[test]
    fn perfect_correlation_is_possible() {
        assert!(Correlation::new(names(2), vec![vec![1.0, -1.0], vec![-1.0, 1.0]]).is_ok());
        assert!(Correlation::new(names(3), vec![vec![1.0; 3]; 3]).is_ok());
    }
}

//! A penalised regression in the coordinates where smoothing is a shrinkage of each coordinate by itself.
//!
//! One factorisation serves every outcome and every worth of an effect (Demmler A, Reinsch C (1975), "Oscillation
//! matrices with spline smoothing", Numerische Mathematik 24: 375-382). How much to smooth is decided by restricted
//! maximum likelihood (Wood SN (2011), J R Stat Soc B 73: 3-36).

use nalgebra::{Cholesky, DMatrix, SymmetricEigen};

use super::consequences::sum;

/// A factorised design: its fitted values are `coordinates * (projection / (1 + lambda * penalties))`.
#[derive(Debug, Clone)]
pub(super) struct Smoother {
    rows: usize,
    columns: usize,
    /// Row by row.
    coordinates: Vec<f64>,
    /// Increasing; the first `free` are 0.
    penalties: Vec<f64>,
    free: usize,
    /// Weights of all rows together: the number of draws.
    draws: f64,
}

/// A fitted curve or surface.
#[derive(Debug, Clone)]
pub(super) struct Fit {
    coefficients: Vec<f64>,
    /// Variance of each coordinate, before it is multiplied by the residual variance.
    shrinkage: Vec<f64>,
    /// Variance of the outcome about the fit.
    pub residual_variance: f64,
}

impl Smoother {
    /// Factorises a design `[row][column]` whose rows stand for `weights` draws each. The penalty leaves `free`
    /// directions alone.
    pub fn new(design: &DMatrix<f64>, weights: &[f64], penalty: &DMatrix<f64>, free: usize) -> Smoother {
        let (rows, columns) = design.shape();
        let mut gram = gram(design, weights);
        // Splines that no draw touches would make the matrix singular.
        let ridge = 1e-10 * gram.trace() / columns as f64;
        for column in 0..columns {
            gram[(column, column)] += ridge;
        }
        let lower = Cholesky::new(gram).expect("a sum of squares with a ridge is positive definite").unpack();
        let turned = lower.solve_lower_triangular(penalty).expect("a Cholesky factor has no zero on its diagonal");
        let turned =
            lower.solve_lower_triangular(&turned.transpose()).expect("a Cholesky factor has no zero on its diagonal");
        let eigen = SymmetricEigen::new((&turned + turned.transpose()) * 0.5);
        let mut order: Vec<usize> = (0..columns).collect();
        order.sort_by(|one, other| eigen.eigenvalues[*one].total_cmp(&eigen.eigenvalues[*other]).then(one.cmp(other)));
        let vectors = DMatrix::from_fn(columns, columns, |row, column| eigen.eigenvectors[(row, order[column])]);
        let transform =
            lower.transpose().solve_upper_triangular(&vectors).expect("a Cholesky factor has no zero on its diagonal");
        let penalties = order
            .iter()
            .enumerate()
            .map(|(index, of)| if index < free { 0.0 } else { eigen.eigenvalues[*of].max(f64::MIN_POSITIVE) });
        Smoother {
            rows,
            columns,
            coordinates: product(design, &transform),
            penalties: penalties.collect(),
            free,
            draws: sum(weights.iter().copied()),
        }
    }

    /// An outcome in the smoother's coordinates, from its sums over the draws of each row.
    pub fn project(&self, sums: &[f64]) -> Vec<f64> {
        let mut projection = vec![0.0; self.columns];
        for (row, total) in self.coordinates.chunks_exact(self.columns).zip(sums) {
            for (of, value) in projection.iter_mut().zip(row) {
                *of += total * value;
            }
        }
        projection
    }

    /// Fits an outcome from its projection and its sum of squares over draws; the outcome has mean 0.
    pub fn fit(&self, projection: &[f64], squares: f64) -> Fit {
        let lambda = self.smoothing(projection, squares);
        let shrinkage: Vec<f64> = self.penalties.iter().map(|penalty| 1.0 / (1.0 + lambda * penalty)).collect();
        let coefficients: Vec<f64> = projection.iter().zip(&shrinkage).map(|(of, shrunk)| of * shrunk).collect();
        let explained = sum(projection.iter().zip(&coefficients).map(|(of, fitted)| fitted * (2.0 * of - fitted)));
        let used = sum(shrinkage.iter().copied());
        let residual_variance = ((squares - explained) / (self.draws - used).max(1.0)).max(0.0);
        Fit { coefficients, shrinkage, residual_variance }
    }

    /// Fitted values, row by row.
    pub fn values(&self, fit: &Fit) -> Vec<f64> {
        self.of_rows(|row| sum(row.iter().zip(&fit.coefficients).map(|(value, coefficient)| value * coefficient)))
    }

    /// Variances of the fitted values, row by row, the smoothing taken as prior knowledge (Wahba G (1983), J R Stat
    /// Soc B 45: 133-150).
    pub fn variances(&self, fit: &Fit) -> Vec<f64> {
        self.of_rows(|row| {
            fit.residual_variance * sum(row.iter().zip(&fit.shrinkage).map(|(value, shrunk)| value * value * shrunk))
        })
    }

    /// The coordinates that the penalty touches least, `[row]` each, those without penalty left out, with their penalties.
    pub fn smoothest(&self, count: usize) -> Vec<(f64, Vec<f64>)> {
        let last = (self.free + count).min(self.columns);
        (self.free..last).map(|column| (self.penalties[column], self.of_rows(|row| row[column]))).collect()
    }

    fn of_rows(&self, value: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        let mut values = Vec::with_capacity(self.rows);
        values.extend(self.coordinates.chunks_exact(self.columns).map(value));
        values
    }

    /// The smoothing that restricted maximum likelihood prefers: a search over decades, then by golden section.
    fn smoothing(&self, projection: &[f64], squares: f64) -> f64 {
        let penalised = &self.penalties[self.free..];
        let (Some(least), Some(most)) = (penalised.first(), penalised.last()) else { return 0.0 };
        let free = sum(projection[..self.free].iter().map(|of| of * of));
        let parts: Vec<f64> = projection[self.free..].iter().map(|of| of * of).collect();
        let criterion = |log: f64| {
            let lambda = log.exp();
            let (mut kept, mut product, mut logs) = (free, 1.0_f64, 0.0);
            for (part, penalty) in parts.iter().zip(penalised) {
                let stiffness = lambda * penalty;
                kept += part / (1.0 + stiffness);
                product *= 1.0 + 1.0 / stiffness;
                // Few logarithms: the product is folded in before it overflows.
                if product > 1e200 {
                    logs += product.ln();
                    product = 1.0;
                }
            }
            let left = (squares - kept).max(squares * 1e-14).max(f64::MIN_POSITIVE);
            (self.draws - self.free as f64) * left.ln() + logs + product.ln()
        };
        let (low, high) = ((1e-4 / most.max(1e-200)).ln(), (1e6 / least.max(1e-200)).ln().min(200.0));
        let steps = 48;
        let at = |step: usize| low + (high - low) * step as f64 / steps as f64;
        let mut best = (0, f64::INFINITY);
        for step in 0..=steps {
            let value = criterion(at(step));
            if value < best.1 {
                best = (step, value);
            }
        }
        let (mut from, mut to) = (at(best.0.saturating_sub(1)), at((best.0 + 1).min(steps)));
        let golden = 0.618_033_988_749_894_9;
        for _ in 0..14 {
            let (left, right) = (to - golden * (to - from), from + golden * (to - from));
            if criterion(left) <= criterion(right) { to = right } else { from = left }
        }
        ((from + to) / 2.0).exp()
    }
}

/// The weighted sums of products of columns, in the order of the rows.
fn gram(design: &DMatrix<f64>, weights: &[f64]) -> DMatrix<f64> {
    let (rows, columns) = design.shape();
    let mut gram = DMatrix::zeros(columns, columns);
    let mut weighted = vec![0.0; rows];
    for one in 0..columns {
        let left = design.column(one);
        for (index, value) in weighted.iter_mut().enumerate() {
            *value = left[index] * weights[index];
        }
        for other in 0..=one {
            let total = dot(&weighted, design.column(other).as_slice());
            gram[(one, other)] = total;
            gram[(other, one)] = total;
        }
    }
    gram
}

/// A sum of products in eight strands, always the same ones, so that it is fast and the same everywhere.
fn dot(one: &[f64], other: &[f64]) -> f64 {
    let mut strands = [0.0; 8];
    let (ones, others) = (one.chunks_exact(8), other.chunks_exact(8));
    let rest = sum(ones.remainder().iter().zip(others.remainder()).map(|(one, other)| one * other));
    for (one, other) in ones.zip(others) {
        for strand in 0..8 {
            strands[strand] += one[strand] * other[strand];
        }
    }
    sum(strands.into_iter()) + rest
}

/// The product of two matrices, row by row.
fn product(left: &DMatrix<f64>, right: &DMatrix<f64>) -> Vec<f64> {
    let (rows, inner) = left.shape();
    let columns = right.ncols();
    let right: Vec<f64> = right.transpose().as_slice().to_vec();
    let mut product = vec![0.0; rows * columns];
    for (row, into) in product.chunks_exact_mut(columns).enumerate() {
        for index in 0..inner {
            let factor = left[(row, index)];
            if factor == 0.0 {
                continue;
            }
            for (into, value) in into.iter_mut().zip(&right[index * columns..(index + 1) * columns]) {
                *into += factor * value;
            }
        }
    }
    product
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::super::bins::Bins;
    use super::super::consequences::sum;
    use super::super::fixture::normals;
    use super::super::normal::scores;
    use super::super::spline::smoother;

    /// A sine under noise is found again to within four of its own standard errors nearly everywhere.
    #[test]
    fn a_curve_is_found_under_noise() {
        let n = 4_000;
        let (x, noise) = (normals(1, n, "x"), normals(1, n, "noise"));
        let y: Vec<f64> = x.iter().zip(&noise).map(|(x, noise)| (1.5 * x).sin() + noise).collect();
        let mean = sum(y.iter().copied()) / n as f64;
        let y: Vec<f64> = y.iter().map(|y| y - mean).collect();
        let bins = Bins::new(&x, &scores(n));
        let smoother = smoother(&bins);
        let fit = smoother.fit(&smoother.project(&bins.sums(&y)), sum(y.iter().map(|y| y * y)));
        assert!((fit.residual_variance - 1.0).abs() < 0.1, "{}", fit.residual_variance);
        let (values, variances) = (smoother.values(&fit), smoother.variances(&fit));
        let wrong = (0..bins.len())
            .filter(|range| {
                let truth = (1.5 * bins.values[*range]).sin() - mean;
                (values[*range] - truth).abs() > 2.0 * variances[*range].sqrt()
            })
            .count();
        assert!((wrong as f64) < 0.15 * bins.len() as f64, "{wrong} of {}", bins.len());
    }

    #[test]
    fn an_outcome_shifted_by_a_million_has_the_same_curve() {
        let n = 1_000;
        let (x, noise) = (normals(2, n, "x"), normals(2, n, "noise"));
        let bins = Bins::new(&x, &scores(n));
        let smoother = smoother(&bins);
        let curve = |shift: f64| {
            let y: Vec<f64> = x.iter().zip(&noise).map(|(x, noise)| shift + x * x + noise).collect();
            let mean = sum(y.iter().copied()) / n as f64;
            let y: Vec<f64> = y.iter().map(|y| y - mean).collect();
            smoother.values(&smoother.fit(&smoother.project(&bins.sums(&y)), sum(y.iter().map(|y| y * y))))
        };
        for (one, other) in curve(0.0).into_iter().zip(curve(1e6)) {
            assert!((one - other).abs() < 1e-6, "{one} {other}");
        }
    }
}

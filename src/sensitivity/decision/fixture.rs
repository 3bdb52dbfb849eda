//! Samples made up for tests.

use engine::sampling::{Distribution, uniform};

/// Standard normal draws that belong to a seed and a name.
pub fn normals(seed: u64, draws: usize, name: &str) -> Vec<f64> {
    let normal = Distribution::Normal { mean: 0.0, standard_deviation: 1.0 };
    (0..draws as u64).map(|draw| normal.quantile(uniform(seed, draw, name))).collect()
}

/// Uniform draws from 0 to 1.
pub fn uniforms(seed: u64, draws: usize, name: &str) -> Vec<f64> {
    (0..draws as u64).map(|draw| uniform(seed, draw, name)).collect()
}

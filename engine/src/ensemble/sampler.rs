//! What the draws give the constants that nature chooses.

/// Gives every sampled constant its value in each of some consecutive draws.
///
/// Any `Fn(u64, &mut [f64])` that fills one draw, a value for each constant, is a sampler too.
pub trait Sampler: Sync {
    /// Fills `values[constant * draws + lane]` with the value of a constant in draw `first + lane`.
    fn fill(&self, first: u64, draws: usize, values: &mut [f64]);
}

impl<F: Fn(u64, &mut [f64]) + Sync> Sampler for F {
    fn fill(&self, first: u64, draws: usize, values: &mut [f64]) {
        let mut row = vec![0.0; values.len().checked_div(draws).unwrap_or(0)];
        for lane in 0..draws {
            self(first + lane as u64, &mut row);
            for (constant, value) in row.iter().enumerate() {
                values[constant * draws + lane] = *value;
            }
        }
    }
}

//! What intervals around an estimate are made of.

use super::beta;
use super::rank::Rank;

/// How many standard errors to either side of a mean hold the truth in 95 % of cases, where the error is known: the 97.5 % point
/// of the standard normal distribution, as the field rounds it.
pub const NORMAL_95: f64 = 1.96;

/// The value of a beta variable with probability `below` of a smaller one; shapes above 0.
fn beta_quantile(alpha: f64, beta: f64, below: f64) -> f64 {
    beta::standard_quantile(alpha, beta, Rank::at(below))
}

/// How many standard errors to either side of a mean hold the truth with probability `confidence`, where the standard error is
/// itself estimated with so many degrees of freedom, above 0 (Student's distribution).
pub fn student_width(degrees: f64, confidence: f64) -> f64 {
    let x = beta_quantile(degrees / 2.0, 0.5, 1.0 - confidence);
    (degrees * (1.0 - x) / x).sqrt()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{beta_quantile, student_width};

    #[test]
    fn widths_are_those_of_the_tables() {
        for (degrees, width) in
            [(1.0, 12.706_204_736_432_095), (15.0, 2.131_449_545_559_323), (1e6, 1.959_966_356_814_107)]
        {
            assert!((student_width(degrees, 0.95) / width - 1.0).abs() < 1e-9, "{degrees}");
        }
        assert!((beta_quantile(1.0, 1.0, 0.3) - 0.3).abs() < 1e-15);
    }
}

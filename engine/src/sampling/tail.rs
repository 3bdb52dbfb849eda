//! The few probabilities that intervals around an estimate are made of.

use super::beta::{self, Shape};
use super::normal;
use super::rank::Rank;

/// The value of a beta variable with probability `below` of a smaller one; shapes above 0.
pub fn beta_quantile(alpha: f64, beta: f64, below: f64) -> f64 {
    beta::standard_quantile(alpha, beta, Rank::at(below))
}

/// The probability of `most` or fewer in `n` independent trials that each succeed with probability `p`, between 0 and 1.
///
/// By the incomplete beta function (NIST Digital Library of Mathematical Functions, 8.17.5).
pub fn binomial_at_most(n: u64, p: f64, most: u64) -> f64 {
    if most >= n {
        return 1.0;
    }
    let (failed, succeeded) = ((n - most) as f64, most as f64 + 1.0);
    if p <= 0.5 {
        Shape::new(succeeded, failed).tails(p).above
    } else {
        Shape::new(failed, succeeded).tails(1.0 - p).below
    }
}

/// How many standard deviations to either side of the mean hold a normal variable with probability `confidence`.
pub fn normal_width(confidence: f64) -> f64 {
    normal::standard_quantile(Rank::at(0.5 + confidence / 2.0))
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
    use super::{beta_quantile, binomial_at_most, normal_width, student_width};

    #[test]
    fn a_binomial_is_its_sum() {
        for (n, p) in [(10_u64, 0.3_f64), (25, 0.5), (40, 0.93)] {
            let mut sum = 0.0;
            let mut ways = 1.0;
            for k in 0..=n {
                sum += ways * p.powi(k as i32) * (1.0 - p).powi((n - k) as i32);
                ways *= (n - k) as f64 / (k + 1) as f64;
                assert!((binomial_at_most(n, p, k) - sum).abs() < 1e-12, "{n} {p} {k}");
            }
        }
    }

    #[test]
    fn widths_are_those_of_the_tables() {
        assert!((normal_width(0.95) - 1.959_963_984_540_054).abs() < 1e-14);
        for (degrees, width) in
            [(1.0, 12.706_204_736_432_095), (15.0, 2.131_449_545_559_323), (1e6, 1.959_966_356_814_107)]
        {
            assert!((student_width(degrees, 0.95) / width - 1.0).abs() < 1e-9, "{degrees}");
        }
        assert!((beta_quantile(1.0, 1.0, 0.3) - 0.3).abs() < 1e-15);
    }
}

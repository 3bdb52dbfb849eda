//! Many draws as a few numbers, each with the error that comes from drawing only so many.

use serde::Serialize;

/// A statistic of draws, in the words of the result files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Statistic {
    Mean,
    P05,
    P25,
    Median,
    P75,
    P95,
    Probability,
}

impl Statistic {
    /// Its name in result files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::P05 => "p05",
            Self::P25 => "p25",
            Self::Median => "median",
            Self::P75 => "p75",
            Self::P95 => "p95",
            Self::Probability => "probability",
        }
    }
}

/// A number and its Monte Carlo error (one standard error; `NaN` where there are too few draws to tell).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Its Monte Carlo standard error. For means it is s/sqrt(n), which overstates the error of a Latin hypercube.
    pub error: f64,
}

/// Mean, median and the ends of the 50 % and 90 % intervals of some draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Summary {
    pub mean: Estimate,
    pub p05: Estimate,
    pub p25: Estimate,
    pub median: Estimate,
    pub p75: Estimate,
    pub p95: Estimate,
}

impl Summary {
    /// Name and estimate, in the order of the result files.
    pub fn rows(&self) -> [(Statistic, Estimate); 6] {
        [
            (Statistic::Mean, self.mean),
            (Statistic::P05, self.p05),
            (Statistic::P25, self.p25),
            (Statistic::Median, self.median),
            (Statistic::P75, self.p75),
            (Statistic::P95, self.p95),
        ]
    }
}

impl Summary {
    /// The summary of the draws times `factor`, which is above 0.
    #[must_use]
    pub fn times(&self, factor: f64) -> Self {
        let times = |one: Estimate| Estimate { value: one.value * factor, error: one.error * factor };
        Self {
            mean: times(self.mean),
            p05: times(self.p05),
            p25: times(self.p25),
            median: times(self.median),
            p75: times(self.p75),
            p95: times(self.p95),
        }
    }
}

/// Summarises draws; all `NaN` if there are none. Quantiles are Hyndman and Fan's type 7, as in R, numpy and spreadsheets.
pub fn summarise(draws: &[f64]) -> Summary {
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    let quantile_at = |p: f64| Estimate { value: quantile(&sorted, p), error: quantile_error(&sorted, p) };
    Summary {
        mean: mean(draws),
        p05: quantile_at(0.05),
        p25: quantile_at(0.25),
        median: quantile_at(0.5),
        p75: quantile_at(0.75),
        p95: quantile_at(0.95),
    }
}

/// The mean, summed in the order of the draws, and its standard error.
pub fn mean(draws: &[f64]) -> Estimate {
    let n = draws.len() as f64;
    if draws.is_empty() {
        return Estimate { value: f64::NAN, error: f64::NAN };
    }
    let mean = draws.iter().fold(0.0, |sum, x| sum + x) / n;
    let squares = draws.iter().fold(0.0, |sum, x| sum + (x - mean) * (x - mean));
    let error = if draws.len() > 1 { (squares / (n - 1.0) / n).sqrt() } else { f64::NAN };
    Estimate { value: mean, error }
}

/// The quantile of sorted draws, type 7.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    if sorted.is_empty() {
        return f64::NAN;
    }
    let place = p * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

/// Half the distance between the order statistics one binomial standard error to either side of the quantile.
fn quantile_error(sorted: &[f64], p: f64) -> f64 {
    let n = sorted.len() as f64;
    if sorted.len() < 10 {
        return f64::NAN;
    }
    let spread = (p * (1.0 - p) / n).sqrt();
    (quantile(sorted, (p + spread).min(1.0)) - quantile(sorted, (p - spread).max(0.0))) / 2.0
}

/// The share of draws for which something holds, with Wilson's standard error (never 0, whatever was seen).
pub fn probability(holds: impl Iterator<Item = bool>) -> Estimate {
    let (mut n, mut yes) = (0.0_f64, 0.0_f64);
    for one in holds {
        n += 1.0;
        if one {
            yes += 1.0;
        }
    }
    if n == 0.0 {
        return Estimate { value: f64::NAN, error: f64::NAN };
    }
    let p = yes / n;
    // Wilson (1927) at z = 1.
    let error = (p * (1.0 - p) / n + 1.0 / (4.0 * n * n)).sqrt() / (1.0 + 1.0 / n);
    Estimate { value: p, error }
}

#[cfg(test)]
mod tests {
    use super::{mean, probability, quantile, summarise};

    #[test]
    fn quantiles_are_those_of_r_type_7() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(quantile(&sorted, 0.5), 3.0);
        assert!((quantile(&sorted, 0.05) - 1.15).abs() < 1e-12);
    }

    #[test]
    fn the_error_of_a_mean_is_its_standard_error() {
        let estimate = mean(&[1.0, 2.0, 3.0, 4.0]);
        assert_eq!(estimate.value, 2.5);
        assert!((estimate.error - (5.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn a_probability_of_nought_still_has_an_error() {
        let estimate = probability([false; 100].into_iter());
        assert_eq!(estimate.value, 0.0);
        assert!(estimate.error > 0.0);
    }

    #[test]
    fn a_summary_is_in_order() {
        let draws: Vec<f64> = (0..1000).map(|i| f64::from(i * 7919 % 1000)).collect();
        let summary = summarise(&draws);
        assert!(summary.p05.value < summary.p25.value && summary.p75.value < summary.p95.value);
    }
}

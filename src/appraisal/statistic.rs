//! Many draws as a few numbers, each with the error that comes from drawing only so many.

use engine::sampling::NORMAL_95;
use serde::Serialize;

use super::order::at_ranks;

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
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Mean, Self::P05, Self::P25, Self::Median, Self::P75, Self::P95, Self::Probability];

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

    /// The statistic of a name in result files.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
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

impl Estimate {
    /// How far its 95 % interval reaches to either side.
    pub fn half_width(self) -> f64 {
        NORMAL_95 * self.error
    }
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
    Summariser::default().summary(draws, mean(draws))
}

/// The summaries of several columns of equally many draws, as [`summarise`] gives them one by one.
pub fn summarise_all(columns: &[f64], draws: usize, summariser: &mut Summariser) -> Vec<Summary> {
    let means = means(columns, draws);
    columns.chunks_exact(draws.max(1)).zip(means).map(|(column, mean)| summariser.summary(column, mean)).collect()
}

/// What is kept from one summary to the next: room to work in, and the ranks of the quantiles among so many draws.
#[derive(Debug, Clone, Default)]
pub struct Summariser {
    keys: Vec<u64>,
    draws: usize,
    ranks: Vec<usize>,
}

/// The quantiles of a summary.
const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// With fewer draws nothing is said of the error of a quantile.
const FEWEST_FOR_ERRORS: usize = 10;

impl Summariser {
    fn summary(&mut self, draws: &[f64], mean: Estimate) -> Summary {
        let count = draws.len();
        if count == 0 {
            let nothing = Estimate { value: f64::NAN, error: f64::NAN };
            return Summary { mean, p05: nothing, p25: nothing, median: nothing, p75: nothing, p95: nothing };
        }
        if self.draws != count {
            self.draws = count;
            self.ranks = ranks(count);
        }
        let found = at_ranks(draws, &self.ranks, &mut self.keys);
        let at = |rank: usize| self.ranks.binary_search(&rank).map_or(f64::NAN, |which| found[which]);
        let quantile_at = |p: f64| Estimate { value: interpolated(count, p, at), error: quantile_error(count, p, at) };
        let [p05, p25, median, p75, p95] = QUANTILES.map(quantile_at);
        Summary { mean, p05, p25, median, p75, p95 }
    }
}

/// The ranks, among so many draws in order, that a summary reads.
fn ranks(count: usize) -> Vec<usize> {
    let mut ranks = Vec::new();
    for p in QUANTILES {
        let (low, high) = one_error_around(count, p);
        for p in [low, p, high] {
            let (below, above, _) = around(count, p);
            ranks.extend([below, above]);
        }
    }
    ranks.sort_unstable();
    ranks.dedup();
    ranks
}

/// The mean, summed in the order of the draws, and its standard error.
pub fn mean(draws: &[f64]) -> Estimate {
    if draws.is_empty() {
        return Estimate { value: f64::NAN, error: f64::NAN };
    }
    let [mean] = means_of([draws]);
    mean
}

/// The means of several columns of equally many draws.
fn means(columns: &[f64], draws: usize) -> Vec<Estimate> {
    let columns: Vec<&[f64]> = columns.chunks_exact(draws.max(1)).collect();
    let mut found = Vec::with_capacity(columns.len());
    // A sum in a fixed order waits for each addition; four columns wait together.
    let mut four = columns.chunks_exact(4);
    for four in &mut four {
        found.extend(means_of([four[0], four[1], four[2], four[3]]));
    }
    found.extend(four.remainder().iter().map(|column| mean(column)));
    found
}

/// The means of columns with equally many draws, one at least: each summed alone and in the order of its draws.
fn means_of<const N: usize>(columns: [&[f64]; N]) -> [Estimate; N] {
    let count = columns[0].len();
    let columns = columns.map(|column| &column[..count]);
    let n = count as f64;
    let mut sums = [0.0; N];
    for draw in 0..count {
        for (sum, column) in sums.iter_mut().zip(columns) {
            *sum += column[draw];
        }
    }
    let means = sums.map(|sum| sum / n);
    let mut squares = [0.0; N];
    for draw in 0..count {
        for ((sum, column), mean) in squares.iter_mut().zip(columns).zip(means) {
            *sum += (column[draw] - mean) * (column[draw] - mean);
        }
    }
    std::array::from_fn(|which| {
        let error = if count > 1 { (squares[which] / (n - 1.0) / n).sqrt() } else { f64::NAN };
        Estimate { value: means[which], error }
    })
}

/// The quantile of sorted draws, type 7.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    if sorted.is_empty() {
        return f64::NAN;
    }
    interpolated(sorted.len(), p, |rank| sorted[rank])
}

/// The quantile of draws of which `at` gives the one at a rank.
fn interpolated(count: usize, p: f64, at: impl Fn(usize) -> f64) -> f64 {
    let (below, above, way) = around(count, p);
    let (below, above) = (at(below), at(above));
    below + way * (above - below)
}

/// The ranks on both sides of a quantile, and how far it is from the lower to the upper.
fn around(count: usize, p: f64) -> (usize, usize, f64) {
    let position = p * (count - 1) as f64;
    let below = position.floor() as usize;
    (below, (below + 1).min(count - 1), position - below as f64)
}

/// Half the distance between the order statistics one binomial standard error to either side of the quantile.
fn quantile_error(count: usize, p: f64, at: impl Fn(usize) -> f64) -> f64 {
    if count < FEWEST_FOR_ERRORS {
        return f64::NAN;
    }
    let (low, high) = one_error_around(count, p);
    (interpolated(count, high, &at) - interpolated(count, low, &at)) / 2.0
}

/// The shares of draws one binomial standard error to either side.
fn one_error_around(count: usize, p: f64) -> (f64, f64) {
    let spread = (p * (1.0 - p) / count as f64).sqrt();
    ((p - spread).max(0.0), (p + spread).min(1.0))
}

/// The share of draws for which something holds, with Wilson's standard error (never 0, whatever was seen).
pub fn probability(holds: impl Iterator<Item = bool>) -> Estimate {
    let (mut n, mut yes) = (0, 0);
    for one in holds {
        n += 1;
        yes += usize::from(one);
    }
    share(yes, n)
}

/// The same for `yes` of `n` draws.
pub fn share(yes: usize, n: usize) -> Estimate {
    if n == 0 {
        return Estimate { value: f64::NAN, error: f64::NAN };
    }
    let (yes, n) = (yes as f64, n as f64);
    let p = yes / n;
    // Wilson (1927) at z = 1.
    let error = (p * (1.0 - p) / n + 1.0 / (4.0 * n * n)).sqrt() / (1.0 + 1.0 / n);
    Estimate { value: p, error }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::{Just, Strategy, prop, prop_oneof, proptest};

    use super::{
        FEWEST_FOR_ERRORS, Statistic, Summariser, Summary, mean, probability, quantile, summarise, summarise_all,
    };

    /// The summary by sorting: plain, slow, and the judge of the other.
    fn by_sorting(draws: &[f64]) -> [[f64; 2]; 6] {
        let mut sorted = draws.to_vec();
        sorted.sort_by(f64::total_cmp);
        let n = draws.len() as f64;
        let mean = draws.iter().fold(0.0, |sum, x| sum + x) / n;
        let squares = draws.iter().fold(0.0, |sum, x| sum + (x - mean) * (x - mean));
        let error = if draws.len() > 1 { (squares / (n - 1.0) / n).sqrt() } else { f64::NAN };
        let at = |p: f64| {
            let spread = (p * (1.0 - p) / n).sqrt();
            let apart = quantile(&sorted, (p + spread).min(1.0)) - quantile(&sorted, (p - spread).max(0.0));
            [quantile(&sorted, p), if draws.len() < FEWEST_FOR_ERRORS { f64::NAN } else { apart / 2.0 }]
        };
        [[mean, error], at(0.05), at(0.25), at(0.5), at(0.75), at(0.95)]
    }

    fn bits(summary: &Summary) -> [[u64; 2]; 6] {
        summary.rows().map(|(_, one)| [one.value.to_bits(), one.error.to_bits()])
    }

    fn draws(count: impl Into<prop::collection::SizeRange>) -> impl Strategy<Value = Vec<f64>> {
        let odd = prop_oneof![Just(0.0), Just(-0.0), Just(f64::INFINITY), Just(f64::NEG_INFINITY), Just(1e300)];
        let one = prop_oneof![4 => -1e9..1e9_f64, 2 => (0..4_i32).prop_map(f64::from), 1 => odd];
        prop::collection::vec(one, count)
    }

    proptest! {
        #[test]
        fn a_summary_by_selection_is_that_by_sorting(draws in draws(1..500)) {
            let expected = by_sorting(&draws).map(|two| two.map(f64::to_bits));
            assert_eq!(bits(&summarise(&draws)), expected);
        }

        #[test]
        fn columns_together_are_columns_alone(columns in draws(21 * 9), draws in prop::sample::select(vec![9, 21, 27])) {
            let mut summariser = Summariser::default();
            let together = summarise_all(&columns, draws, &mut summariser);
            assert_eq!(together.len(), columns.len() / draws);
            for (together, column) in together.iter().zip(columns.chunks_exact(draws)) {
                assert_eq!(bits(together), bits(&summarise(column)));
            }
        }
    }

    #[test]
    fn a_statistic_is_found_by_its_name() {
        assert!(Statistic::ALL.into_iter().all(|one| Statistic::named(one.name()) == Some(one)));
        assert_eq!(Statistic::named("mode"), None);
    }

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
    fn a_probability_of_zero_still_has_an_error() {
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

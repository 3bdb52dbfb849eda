//! One number that says how much an input matters, with its interval, and whether that interval is narrow enough.

use std::error::Error;
use std::fmt;

use serde::Serialize;

use engine::sampling::standard_normal_quantile;

/// What an index measures, in the words of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum IndexKind {
    /// Share of the output's variance that goes when this input alone is known.
    #[serde(rename = "S1")]
    FirstOrder,
    /// Share of the variance that stays when all inputs but this one are known.
    #[serde(rename = "ST")]
    TotalOrder,
    /// Share of the variance that two inputs have together and neither has alone.
    #[serde(rename = "S2")]
    SecondOrder,
    /// Mean of the elementary effects, in units of the output.
    #[serde(rename = "mu")]
    Mu,
    /// Mean of their sizes, in units of the output.
    #[serde(rename = "mu_star")]
    MuStar,
    /// Their standard deviation, in units of the output.
    #[serde(rename = "sigma")]
    Sigma,
    /// Smallest distance between the output's distribution and that within a slice of the input.
    #[serde(rename = "minimum")]
    Minimum,
    /// Mean of these distances over slices.
    #[serde(rename = "mean")]
    Mean,
    /// Their median.
    #[serde(rename = "median")]
    Median,
    /// The largest of them.
    #[serde(rename = "maximum")]
    Maximum,
    /// Their standard deviation over their mean.
    #[serde(rename = "CV")]
    CoefficientOfVariation,
    /// Half the mean distance between densities, less the bias that the bootstrap shows.
    #[serde(rename = "delta")]
    Delta,
    /// The same as it comes from the sample, biased upward.
    #[serde(rename = "delta_plug_in")]
    DeltaPlugIn,
    /// Pearson's correlation.
    #[serde(rename = "pearson")]
    Pearson,
    /// Spearman's correlation of ranks.
    #[serde(rename = "spearman")]
    Spearman,
    /// Partial correlation: what is left of the correlation once all other inputs are allowed for.
    #[serde(rename = "PCC")]
    PartialCorrelation,
    /// Partial correlation of ranks.
    #[serde(rename = "PRCC")]
    PartialRankCorrelation,
    /// Standardised coefficient of a linear regression.
    #[serde(rename = "SRC")]
    RegressionCoefficient,
    /// Standardised coefficient of a linear regression of ranks.
    #[serde(rename = "SRRC")]
    RankRegressionCoefficient,
}

/// An index of one input (or group), or of a pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SensitivityIndex {
    /// What it measures.
    pub kind: IndexKind,
    /// The index of the input, or of the group where inputs are in groups.
    pub of: usize,
    /// The index of the other one, for a pair.
    pub with: Option<usize>,
    /// The number.
    pub value: f64,
    /// Low and high end, at the level of the [`Confidence`]; `None` where the sample cannot tell.
    pub interval: Option<[f64; 2]>,
    /// Whether the interval is there and narrow enough; for correlations, whether it leaves out 0.
    pub resolved: bool,
}

impl SensitivityIndex {
    pub(super) fn new(kind: IndexKind, of: usize, value: f64) -> Self {
        Self { kind, of, with: None, value, interval: None, resolved: false }
    }

    /// The same where the output was measured in units of this power of two.
    pub(super) fn times_two_to(mut self, power: i32) -> Self {
        self.value = libm::scalbn(self.value, power);
        let ends = self.interval.map(|ends| ends.map(|end| libm::scalbn(end, power)));
        self.interval = ends.filter(|ends| ends.iter().all(|end| end.is_finite()));
        self.resolved &= self.interval.is_some();
        self
    }

    pub(super) fn with(mut self, other: usize) -> Self {
        self.with = Some(other);
        self
    }

    /// The same with an interval, resolved if it is no wider than `width`.
    pub(super) fn within(mut self, interval: Option<[f64; 2]>, width: f64) -> Self {
        // A value that is no number has no interval that means anything.
        self.interval = interval.filter(|ends| ends.iter().all(|end| end.is_finite()));
        self.resolved = self.interval.is_some_and(|[low, high]| high - low <= width);
        self
    }

    /// The same with an interval, resolved if it leaves out 0.
    pub(super) fn apart_from_zero(mut self, interval: Option<[f64; 2]>) -> Self {
        self.interval = interval.filter(|ends| ends.iter().all(|end| end.is_finite()));
        self.resolved = self.interval.is_some_and(|[low, high]| low > 0.0 || high < 0.0);
        self
    }
}

/// The measure of a kind for one input among many measures; for pairs see [`SensitivityIndex::with`].
pub fn find(measures: &[SensitivityIndex], kind: IndexKind, of: usize) -> Option<&SensitivityIndex> {
    measures.iter().find(|measure| measure.kind == kind && measure.of == of)
}

/// How intervals are made and judged.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Confidence {
    /// The share of intervals that should hold the truth, between 0 and 1.
    pub level: f64,
    /// How many times the sample is resampled; below 2 there are no intervals from resampling.
    pub resamples: usize,
    /// Where the chance of resampling begins.
    pub seed: u64,
    /// An index is resolved if its interval, end to end, is no wider than this share of the scale of the index: 1 for
    /// shares of variance and distances of distributions, the largest mu* of the output for elementary effects.
    pub narrow: f64,
}

impl Default for Confidence {
    /// 95 %, 100 resamples, and a tenth as narrow enough.
    fn default() -> Self {
        Self { level: 0.95, resamples: 100, seed: 1, narrow: 0.1 }
    }
}

impl Confidence {
    /// Standard errors to either side of a normal value.
    pub(super) fn standard_errors(&self) -> f64 {
        standard_normal_quantile(0.5 + self.level / 2.0)
    }

    /// The interval around a value whose resamples are these; `None` if there are too few.
    pub(super) fn around(&self, value: f64, resampled: &[f64]) -> Option<[f64; 2]> {
        (resampled.len() > 1).then(|| {
            let half = self.standard_errors() * spread(resampled);
            [value - half, value + half]
        })
    }
}

/// The standard deviation with n - 1, about a mean taken first.
pub(super) fn spread(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0)).sqrt()
}

/// Why an output has no indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoIndices {
    /// All its values are one number (or differ by rounding only), so there is nothing to share out.
    DoesNotVary,
    /// A value is infinite or no number.
    NotANumber {
        /// The first row of which this is so, from 0.
        row: usize,
    },
    /// It has another number of rows than the sample.
    WrongLength {
        /// Rows of the output.
        rows: usize,
        /// Rows of the sample.
        expected: usize,
    },
}

impl fmt::Display for NoIndices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DoesNotVary => f.write_str("the output does not vary"),
            Self::NotANumber { row } => write!(f, "the output is no number in row {}", row + 1),
            Self::WrongLength { rows, expected } => write!(f, "the output has {rows} rows, the sample {expected}"),
        }
    }
}

impl Error for NoIndices {}

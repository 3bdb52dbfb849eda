//! How likely each value of an uncertain number is, and the value at a given rank.

use super::johnson::Johnson;
use super::rank::Rank;
use super::{beta, gamma, normal};
use crate::elementary::exp;

/// The weight of the mode against each bound in the mean of a PERT distribution, less the two bounds.
const PERT_WEIGHT: f64 = 4.0;

/// How likely each value of an uncertain number is. Values are in the unit of that number.
///
/// Make one with the checked functions ([`Distribution::normal`] and so on) or [`Distribution::from_evidence`]; one put
/// together by hand from parameters that they refuse gives values without meaning.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// Always this value.
    Fixed(f64),
    /// The bell curve.
    Normal {
        /// Mean, median and mode.
        mean: f64,
        /// Standard deviation, above 0.
        standard_deviation: f64,
    },
    /// The natural logarithm is normal.
    Lognormal {
        /// Mean of the logarithm: the logarithm of the median.
        log_mean: f64,
        /// Standard deviation of the logarithm, above 0.
        log_standard_deviation: f64,
    },
    /// A share, or a value between two bounds.
    Beta {
        /// Shape at the upper end: the larger, the less likely are low values; above 0.
        alpha: f64,
        /// Shape at the lower end, above 0.
        beta: f64,
        /// The least value: 0 for a share.
        low: f64,
        /// The greatest value: 1 for a share.
        high: f64,
    },
    /// A positive, skewed value such as a cost.
    Gamma {
        /// Shape, above 0: the square of mean over standard deviation, without the shift.
        shape: f64,
        /// Scale, above 0, in the unit of the value.
        scale: f64,
        /// The least value, usually 0.
        shift: f64,
    },
    /// A judgement of two bounds and the likeliest value: a beta distribution with mean (low + 4 mode + high) / 6.
    Pert {
        /// The least value.
        low: f64,
        /// The likeliest value.
        mode: f64,
        /// The greatest value.
        high: f64,
    },
    /// A judgement of two bounds and the likeliest value, with straight sides.
    Triangular {
        /// The least value.
        low: f64,
        /// The likeliest value.
        mode: f64,
        /// The greatest value.
        high: f64,
    },
    /// All values between two bounds alike.
    Uniform {
        /// The least value.
        low: f64,
        /// The greatest value.
        high: f64,
    },
    /// Perhaps no effect at all.
    NothingWithProbability {
        /// The probability of no effect, 0 to 1.
        probability: f64,
        /// The value that stands for no effect: 1 for a relative risk, 0 for a difference.
        nothing: f64,
        /// The distribution when there is an effect.
        otherwise: Box<Distribution>,
    },
    /// Through the ends of a 95 % interval and a central value that no member of the family named in the evidence has.
    Johnson(Johnson),
    /// The value with its sign changed: a loss described by the distribution of its size.
    Mirrored(Box<Distribution>),
}

impl Distribution {
    /// The value below which lies the probability `p`, for `p` strictly between 0 and 1; NaN for any other `p`.
    ///
    /// A higher `p` never gives a lower value (beta, gamma and PERT: but for the last bits), and every uncertainty
    /// takes exactly one `p`.
    ///
    /// The one exception is [`Distribution::NothingWithProbability`], which is a map from ranks to values rather than
    /// a quantile: `p` up to the probability gives no effect, and the rest is stretched over the distribution
    /// otherwise. So all channels of a programme that share one random number have no effect in the same draws,
    /// whichever side of "no effect" their values lie on. Its values are distributed as they should be, but `p = 1/2`
    /// is not their median.
    ///
    /// Accuracy: normal to one part in 1e15. For beta, gamma and PERT the probability below the value (or above it, if
    /// smaller) is right to one part in 1e12 up to shapes of 1e5, and beyond as far as the last bits of the value can
    /// tell; values nearer than 1e-304 to zero are given as 1e-304.
    pub fn quantile(&self, p: f64) -> f64 {
        if p > 0.0 && p < 1.0 { self.value_at(Rank::at(p)) } else { f64::NAN }
    }

    /// The values at many points, as [`Distribution::quantile`] gives them one by one; what they have in common is worked out
    /// once.
    pub fn quantiles(&self) -> impl Fn(f64) -> f64 {
        let shapes = match self.inmost() {
            Self::Beta { alpha, beta, .. } => Some((*alpha, *beta)),
            Self::Pert { low, mode, high } => Some(pert_shapes(*low, *mode, *high)),
            _ => None,
        };
        let standard = shapes.map(|(alpha, beta)| beta::Standard::new(alpha, beta));
        move |p| if p > 0.0 && p < 1.0 { self.value_with(standard.as_ref(), Rank::at(p)) } else { f64::NAN }
    }

    /// The probability of a smaller value, found by halving; for telling, not for drawing.
    pub fn below(&self, value: f64) -> f64 {
        let quantile = self.quantiles();
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            if quantile(middle) < value {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    }

    /// What is drawn from, if it is mirrored or there may be nothing.
    fn inmost(&self) -> &Self {
        match self {
            Self::NothingWithProbability { otherwise: inner, .. } | Self::Mirrored(inner) => inner.inmost(),
            other => other,
        }
    }

    fn value_at(&self, rank: Rank) -> f64 {
        self.value_with(None, rank)
    }

    /// `standard` is the beta variable behind a beta or PERT distribution, if it was made before.
    fn value_with(&self, standard: Option<&beta::Standard>, rank: Rank) -> f64 {
        let beta_at = |alpha, beta| match standard {
            Some(standard) => standard.quantile(rank),
            None => beta::standard_quantile(alpha, beta, rank),
        };
        match self {
            Self::Fixed(value) => *value,
            Self::Normal { mean, standard_deviation } => mean + standard_deviation * normal::standard_quantile(rank),
            Self::Lognormal { log_mean, log_standard_deviation } => {
                exp(log_mean + log_standard_deviation * normal::standard_quantile(rank))
            }
            Self::Beta { alpha, beta, low, high } => between(*low, *high, beta_at(*alpha, *beta)),
            Self::Gamma { shape, scale, shift } => shift + scale * gamma::standard_quantile(*shape, rank),
            Self::Pert { low, mode, high } => {
                let (alpha, beta) = pert_shapes(*low, *mode, *high);
                between(*low, *high, beta_at(alpha, beta))
            }
            Self::Triangular { low, mode, high } => triangular(*low, *mode, *high, rank),
            Self::Uniform { low, high } => between(*low, *high, rank.below),
            Self::NothingWithProbability { probability, nothing, otherwise } => {
                if rank.below <= *probability {
                    *nothing
                } else {
                    otherwise.value_with(standard, rank.beyond(*probability))
                }
            }
            Self::Johnson(through) => through.value_at(rank),
            Self::Mirrored(positive) => -positive.value_with(standard, rank.mirrored()),
        }
    }

    /// The mean over all draws, the chance of no effect included.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Normal { mean, .. } => *mean,
            Self::Lognormal { log_mean, log_standard_deviation } => {
                exp(log_mean + 0.5 * log_standard_deviation * log_standard_deviation)
            }
            Self::Beta { alpha, beta, low, high } => between(*low, *high, alpha / (alpha + beta)),
            Self::Gamma { shape, scale, shift } => shift + shape * scale,
            Self::Pert { low, mode, high } => (low + PERT_WEIGHT * mode + high) / (PERT_WEIGHT + 2.0),
            Self::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Self::Uniform { low, high } => between(*low, *high, 0.5),
            Self::NothingWithProbability { probability, nothing, otherwise } => {
                probability * nothing + (1.0 - probability) * otherwise.mean()
            }
            Self::Johnson(through) => through.mean(),
            Self::Mirrored(positive) => -positive.mean(),
        }
    }

    /// The value used in the run at central values: what an evidence row made by [`Distribution::from_evidence`] calls
    /// central.
    ///
    /// Median of a normal, lognormal or uniform, mean of a beta or gamma, mode of a PERT or triangular distribution; of one
    /// through three numbers the mean or the median, as its row says.
    /// (A uniform row keeps only its bounds: where the writer's central value is not their middle, the row has it.)
    ///
    /// With a chance of no effect it is the mean of `nothing` and the central value otherwise, weighted by their
    /// probabilities. The central value otherwise alone would show a run better than the middle of the draws, and the
    /// median would jump to "no effect" as the probability passes one half; the weighted value moves smoothly, and for
    /// the usual narrow effects lies close to the mean effect over all draws.
    pub fn central(&self) -> f64 {
        match self {
            Self::Fixed(_) | Self::Normal { .. } | Self::Beta { .. } | Self::Gamma { .. } | Self::Uniform { .. } => {
                self.mean()
            }
            Self::Lognormal { log_mean, .. } => exp(*log_mean),
            Self::Pert { mode, .. } | Self::Triangular { mode, .. } => *mode,
            Self::NothingWithProbability { probability, nothing, otherwise } => {
                probability * nothing + (1.0 - probability) * otherwise.central()
            }
            Self::Johnson(through) => through.central,
            Self::Mirrored(positive) => -positive.central(),
        }
    }

    /// The standard deviation over all draws, the chance of no effect included; 0 for a fixed value.
    pub fn standard_deviation(&self) -> f64 {
        match self {
            Self::Fixed(_) => 0.0,
            Self::Normal { standard_deviation, .. } => *standard_deviation,
            Self::Lognormal { log_standard_deviation, .. } => {
                self.mean() * libm::expm1(log_standard_deviation * log_standard_deviation).sqrt()
            }
            Self::Beta { alpha, beta, low, high } => beta_spread(*alpha, *beta) * (high - low),
            Self::Gamma { shape, scale, .. } => shape.sqrt() * scale,
            Self::Pert { low, mode, high } => {
                let (alpha, beta) = pert_shapes(*low, *mode, *high);
                beta_spread(alpha, beta) * (high - low)
            }
            Self::Triangular { low, mode, high } => {
                let (left, right) = (mode - low, high - mode);
                ((left * left + left * right + right * right) / 18.0).sqrt()
            }
            Self::Uniform { low, high } => (high - low) / 12.0_f64.sqrt(),
            Self::NothingWithProbability { probability, nothing, otherwise } => {
                let within = otherwise.standard_deviation();
                let apart = otherwise.mean() - nothing;
                ((1.0 - probability) * (within * within + probability * apart * apart)).sqrt()
            }
            Self::Johnson(through) => through.standard_deviation(),
            Self::Mirrored(positive) => positive.standard_deviation(),
        }
    }
}

/// The value a share of the way from `low` to `high`, never outside them.
fn between(low: f64, high: f64, share: f64) -> f64 {
    (low + (high - low) * share).clamp(low, high)
}

/// Alpha and beta of the beta distribution on 0 to 1 behind a PERT distribution.
fn pert_shapes(low: f64, mode: f64, high: f64) -> (f64, f64) {
    let width = high - low;
    (1.0 + PERT_WEIGHT * (mode - low) / width, 1.0 + PERT_WEIGHT * (high - mode) / width)
}

/// The standard deviation of a beta distribution on 0 to 1.
fn beta_spread(alpha: f64, beta: f64) -> f64 {
    let both = alpha + beta;
    (alpha / both * (beta / both) / (both + 1.0)).sqrt()
}

/// The quantile of the triangular distribution, which inverts in closed form on each side of the mode.
fn triangular(low: f64, mode: f64, high: f64, rank: Rank) -> f64 {
    let width = high - low;
    if rank.below * width < mode - low {
        (low + (rank.below * width * (mode - low)).sqrt()).clamp(low, mode)
    } else {
        (high - (rank.above * width * (high - mode)).sqrt()).clamp(mode, high)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Distribution;
    use crate::sampling::{Family, Stream};
    use rand_distr::Distribution as Sampler;
    use statrs::distribution::{self as statrs_distribution, ContinuousCDF};

    /// One of each family, in the shapes that evidence rows have.
    fn families() -> Vec<(&'static str, Distribution)> {
        vec![
            ("normal", Distribution::normal(-0.12, 0.025).unwrap()),
            ("lognormal", Distribution::lognormal(-0.07, 0.4).unwrap()),
            ("beta", Distribution::beta(2.0, 5.5, 0.0, 1.3).unwrap()),
            ("bathtub", Distribution::beta(0.4, 0.6, 0.0, 1.0).unwrap()),
            ("share", Distribution::beta(1918.0, 11310.0, 0.0, 1.0).unwrap()),
            ("gamma", Distribution::gamma(2.6, 2900.0, 10.0).unwrap()),
            ("skewed", Distribution::gamma(0.4, 1.0, 0.0).unwrap()),
            ("pert", Distribution::pert(0.5, 1.0, 3.0).unwrap()),
            ("triangular", Distribution::triangular(-1.0, 0.5, 1.0).unwrap()),
            ("peak at a bound", Distribution::triangular(2.0, 2.0, 5.0).unwrap()),
            ("uniform", Distribution::uniform(-2.0, 3.0).unwrap()),
            ("loss", Distribution::gamma(4.0, 0.03, 0.0).unwrap().mirrored()),
        ]
    }

    /// An independent sampler of the same distribution.
    fn sampler(distribution: &Distribution) -> Box<dyn Fn(&mut Stream) -> f64> {
        match distribution.clone() {
            Distribution::Normal { mean, standard_deviation } => {
                let normal = rand_distr::Normal::new(mean, standard_deviation).unwrap();
                Box::new(move |stream| normal.sample(stream))
            }
            Distribution::Lognormal { log_mean, log_standard_deviation } => {
                let lognormal = rand_distr::LogNormal::new(log_mean, log_standard_deviation).unwrap();
                Box::new(move |stream| lognormal.sample(stream))
            }
            Distribution::Beta { alpha, beta, low, high } => {
                let beta = rand_distr::Beta::new(alpha, beta).unwrap();
                Box::new(move |stream| low + (high - low) * beta.sample(stream))
            }
            Distribution::Gamma { shape, scale, shift } => {
                let gamma = rand_distr::Gamma::new(shape, scale).unwrap();
                Box::new(move |stream| shift + gamma.sample(stream))
            }
            Distribution::Pert { low, mode, high } => {
                let pert = rand_distr::Pert::new(low, high).with_mode(mode).unwrap();
                Box::new(move |stream| pert.sample(stream))
            }
            Distribution::Triangular { low, mode, high } => {
                let triangular = rand_distr::Triangular::new(low, high, mode).unwrap();
                Box::new(move |stream| triangular.sample(stream))
            }
            Distribution::Uniform { low, high } => {
                let uniform = rand_distr::Uniform::new(low, high).unwrap();
                Box::new(move |stream| uniform.sample(stream))
            }
            Distribution::Mirrored(positive) => {
                let positive = sampler(&positive);
                Box::new(move |stream| -positive(stream))
            }
            Distribution::Fixed(value) => Box::new(move |_| value),
            Distribution::NothingWithProbability { .. } | Distribution::Johnson(_) => unreachable!("not sampled here"),
        }
    }

    /// The Kolmogorov-Smirnov distance of 20,000 draws from the quantiles, at 999 ranks; critical at one in a
    /// thousand: 1.95 / sqrt(n) = 0.0138.
    #[test]
    fn the_samplers_of_rand_distr_agree() {
        let n = 20_000;
        for (name, distribution) in families() {
            let draw = sampler(&distribution);
            let mut stream = Stream::new(2025, 0, name);
            let mut sample: Vec<f64> = (0..n).map(|_| draw(&mut stream)).collect();
            sample.sort_by(f64::total_cmp);
            let distance = (1..1_000)
                .map(|i| {
                    let p = f64::from(i) / 1_000.0;
                    let value = distribution.quantile(p);
                    let below = sample.partition_point(|drawn| *drawn <= value);
                    (below as f64 / f64::from(n) - p).abs()
                })
                .fold(0.0, f64::max);
            assert!(distance < 1.95 / f64::from(n).sqrt(), "{name}: {distance}");
        }
    }

    /// The cumulative probabilities of statrs as an independent judge. Its normal ones are good to ten digits only.
    #[test]
    fn the_probability_below_a_quantile_is_its_rank() {
        let normal = statrs_distribution::Normal::new(-0.12, 0.025).unwrap();
        let lognormal = statrs_distribution::LogNormal::new(-0.07, 0.4).unwrap();
        let beta = statrs_distribution::Beta::new(2.0, 5.5).unwrap();
        let bathtub = statrs_distribution::Beta::new(0.4, 0.6).unwrap();
        let gamma = statrs_distribution::Gamma::new(2.6, 1.0 / 2900.0).unwrap();
        let pert = statrs_distribution::Beta::new(1.8, 4.2).unwrap();
        let triangular = statrs_distribution::Triangular::new(-1.0, 1.0, 0.5).unwrap();
        round_trip("normal", 1e-9, |x| normal.cdf(x));
        round_trip("lognormal", 1e-9, |x| lognormal.cdf(x));
        round_trip("beta", 1e-12, |x| beta.cdf(x / 1.3));
        round_trip("bathtub", 1e-12, |x| bathtub.cdf(x));
        round_trip("gamma", 1e-12, |x| gamma.cdf(x - 10.0));
        round_trip("pert", 1e-12, |x| pert.cdf((x - 0.5) / 2.5));
        round_trip("triangular", 1e-12, |x| triangular.cdf(x));
    }

    fn round_trip(name: &str, tolerance: f64, cumulative: impl Fn(f64) -> f64) {
        let (_, distribution) = families().into_iter().find(|(n, _)| *n == name).unwrap();
        for i in 1..1_000 {
            let p = f64::from(i) / 1_000.0;
            let back = cumulative(distribution.quantile(p));
            assert!((back - p).abs() <= tolerance * p.min(1.0 - p), "{name} {p}: {back}");
        }
    }

    /// Rows that no member of their family fits.
    fn lopsided() -> Vec<(&'static str, Distribution)> {
        let row =
            |family, central, low, high| Distribution::from_evidence(family, central, low, high, None, 0.0).unwrap();
        vec![
            ("lopsided share", row(Family::Beta, 0.05, 0.02, 0.2)),
            ("lopsided cost", row(Family::Gamma, 110.0, 50.0, 250.0)),
            ("lopsided difference", row(Family::Normal, 0.1, -0.1, 0.6)),
            ("lopsided ratio", row(Family::Lognormal, 0.9, 0.5, 1.0)),
        ]
    }

    #[test]
    fn a_higher_rank_never_gives_a_lower_value() {
        assert!(lopsided().iter().all(|(_, distribution)| matches!(distribution, Distribution::Johnson(_))));
        for (name, distribution) in families().into_iter().chain(lopsided()) {
            let mut before = f64::NEG_INFINITY;
            let tail = (0..300).rev().map(|i| 10.0_f64.powi(-i - 3));
            let middle = (2..2_000).map(|i| f64::from(i) / 2_000.0);
            let end = (4..16).map(|i| 1.0 - 10.0_f64.powi(-i));
            for p in tail.chain(middle).chain(end) {
                let value = distribution.quantile(p);
                assert!(value.is_finite(), "{name} {p}");
                assert!(value >= before, "{name} {p}: {value} after {before}");
                before = value;
            }
        }
    }

    #[test]
    fn bounded_families_stay_within_their_bounds() {
        let within = |distribution: Distribution, low: f64, high: f64| {
            for p in [f64::MIN_POSITIVE, 1e-300, 1e-17, 0.5, 1.0 - 1e-16] {
                let value = distribution.quantile(p);
                assert!((low..=high).contains(&value), "{distribution:?} {p}: {value}");
            }
        };
        within(Distribution::uniform(0.1, 0.3).unwrap(), 0.1, 0.3);
        within(Distribution::triangular(0.1, 0.3, 0.3).unwrap(), 0.1, 0.3);
        within(Distribution::pert(0.1, 0.1, 0.3).unwrap(), 0.1, 0.3);
        within(Distribution::beta(0.2, 9.0, 0.1, 0.3).unwrap(), 0.1, 0.3);
        within(Distribution::Fixed(0.2), 0.2, 0.2);
        let loss = Distribution::triangular(0.1, 0.2, 0.3).unwrap().mirrored();
        within(loss, -0.3, -0.1);
    }

    #[test]
    fn many_values_are_those_that_are_found_one_by_one() {
        let beta = Distribution::Beta { alpha: 2.0, beta: 5.0, low: -1.0, high: 3.0 };
        let pert = Distribution::Pert { low: 0.0, mode: 1.0, high: 4.0 };
        let nothing =
            Distribution::NothingWithProbability { probability: 0.3, nothing: 0.0, otherwise: Box::new(pert.clone()) };
        let all = [
            Distribution::Mirrored(Box::new(nothing.clone())),
            Distribution::Mirrored(Box::new(beta.clone())),
            Distribution::Gamma { shape: 3.0, scale: 2.0, shift: 0.0 },
            nothing,
            beta,
            pert,
        ];
        for distribution in all {
            let quantile = distribution.quantiles();
            for p in [1e-9, 0.1, 0.299, 0.5, 0.7, 0.999, 1.0] {
                assert_eq!(quantile(p).to_bits(), distribution.quantile(p).to_bits(), "{distribution:?} at {p}");
            }
        }
    }

    #[test]
    fn the_rank_of_a_quantile_is_found_again() {
        for (name, distribution) in families().into_iter().chain(lopsided()) {
            for p in [0.025, 0.4, 0.975] {
                let below = distribution.below(distribution.quantile(p));
                assert!((below - p).abs() < 1e-9, "{name} {p}: {below}");
            }
        }
    }

    #[test]
    fn there_is_no_value_at_an_impossible_rank() {
        for p in [0.0, 1.0, -0.1, 1.1, f64::NAN] {
            assert!(Distribution::Fixed(1.0).quantile(p).is_nan());
        }
    }

    #[test]
    fn quantiles_in_closed_form() {
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-14 * b.abs().max(1.0);
        let triangular = Distribution::triangular(0.0, 1.0, 4.0).unwrap();
        assert!(close(triangular.quantile(0.25), 1.0));
        assert!(close(triangular.quantile(0.0625), 0.5));
        assert!(close(triangular.quantile(0.75), 4.0 - 3.0_f64.sqrt()));
        let uniform = Distribution::uniform(-1.0, 3.0).unwrap();
        assert!(close(uniform.quantile(0.25), 0.0));
        let lognormal = Distribution::lognormal(2.0_f64.ln(), 0.5).unwrap();
        assert!(close(lognormal.quantile(0.5), 2.0));
        // Mode at a bound: 1 - (1 - share)^5 lies below.
        let pert = Distribution::pert(0.0, 0.0, 10.0).unwrap();
        assert!(close(pert.quantile(1.0 - 0.5_f64.powi(5)), 5.0));
        let loss = Distribution::gamma(1.0, 2.0, 0.0).unwrap().mirrored();
        assert!(close(loss.quantile(0.1), 2.0 * 0.1_f64.ln()));
    }

    /// Mean and standard deviation against the average over 20,000 equally likely ranks.
    #[test]
    fn moments_are_those_of_the_quantiles() {
        let n = 20_000;
        let mut all = families();
        let effect = Distribution::lognormal(-0.07, 0.04).unwrap();
        let perhaps = Distribution::nothing_with_probability(0.25, 1.0, effect).unwrap();
        all.push(("perhaps nothing", perhaps));
        all.extend(lopsided());
        for (name, distribution) in all {
            let values: Vec<f64> = (0..n).map(|i| distribution.quantile((f64::from(i) + 0.5) / f64::from(n))).collect();
            let mean = values.iter().sum::<f64>() / f64::from(n);
            let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
            let spread = (squares / f64::from(n)).sqrt();
            let exact = distribution.standard_deviation();
            assert!((mean - distribution.mean()).abs() < 1e-3 * exact, "{name}: {mean}");
            assert!((spread / exact - 1.0).abs() < 5e-3, "{name}: {spread}");
        }
    }

    #[test]
    fn no_effect_comes_as_often_as_said_and_together() {
        let effect = |log_mean| Distribution::lognormal(log_mean, 0.1).unwrap();
        let better = Distribution::nothing_with_probability(0.25, 1.0, effect(-0.3)).unwrap();
        let worse = Distribution::nothing_with_probability(0.25, 1.0, effect(0.3)).unwrap();
        let mut nothing = 0;
        for i in 0..10_000 {
            let p = (f64::from(i) + 0.5) / 10_000.0;
            let none = better.quantile(p) == 1.0;
            assert_eq!(none, worse.quantile(p) == 1.0);
            nothing += i32::from(none);
        }
        assert_eq!(nothing, 2_500);
        assert_eq!(better.quantile(0.625), effect(-0.3).quantile(0.5));
        assert_eq!(better.quantile(0.25), 1.0);
        assert!(better.quantile(0.25_f64.next_up()) > 0.0);
    }

    #[test]
    fn certain_to_work_and_certain_not_to() {
        let effect = || Distribution::uniform(0.5, 0.9).unwrap();
        let always = Distribution::nothing_with_probability(0.0, 1.0, effect()).unwrap();
        let never = Distribution::nothing_with_probability(1.0, 1.0, effect()).unwrap();
        for p in [1e-300, 0.3, 1.0 - 1e-16] {
            assert_eq!(always.quantile(p), effect().quantile(p));
            assert_eq!(never.quantile(p), 1.0);
        }
        assert_eq!((never.mean(), never.standard_deviation()), (1.0, 0.0));
        assert_eq!((always.central(), never.central()), (0.7, 1.0));
    }

    /// H01, emergency admissions, of the programme priors: median 0.9325, no effect in a quarter, mean effect 0.9499.
    #[test]
    fn the_central_effect_lies_close_to_the_mean_effect() {
        let effect = Distribution::lognormal(-0.0699, 0.0401).unwrap();
        let perhaps = Distribution::nothing_with_probability(0.25, 1.0, effect).unwrap();
        assert!((perhaps.mean() - 0.9499).abs() < 1e-4);
        assert!((perhaps.central() - 0.9494).abs() < 1e-4);
    }

    #[test]
    fn moments_by_hand() {
        let near = |found: [f64; 2], by_hand: [f64; 2]| {
            assert!(
                found.iter().zip(by_hand).all(|(one, other)| (one - other).abs() < 1e-12),
                "{found:?}, {by_hand:?}"
            );
        };
        let reported = |one: &Distribution| [one.mean(), one.standard_deviation()];
        // exp(1 + 0.5^2 / 2), and that times sqrt(exp(0.5^2) - 1).
        near(reported(&Distribution::lognormal(1.0, 0.5).unwrap()), [3.080_216_848_918_031, 1.641_571_845_623_866_2]);
        // Two fifths of the way from 10 to 20; 10 times the root of 2 x 3 / (25 x 6).
        near(reported(&Distribution::beta(2.0, 3.0, 10.0, 20.0).unwrap()), [14.0, 2.0]);
        near(reported(&Distribution::gamma(4.0, 3.0, 5.0).unwrap()), [17.0, 6.0]);
        near(reported(&Distribution::gamma(4.0, 3.0, 5.0).unwrap().mirrored()), [-17.0, 6.0]);
        // (0 + 4 x 3 + 9) / 6; a beta of 7/3 and 11/3 over 9: 9 times the root of 77/9 / (36 x 7).
        near(reported(&Distribution::pert(0.0, 3.0, 9.0).unwrap()), [3.5, 1.658_312_395_177_7]);
        // A third of 12; the root of (9 + 18 + 36) / 18.
        near(reported(&Distribution::triangular(0.0, 3.0, 9.0).unwrap()), [4.0, 3.5_f64.sqrt()]);
        near(reported(&Distribution::uniform(2.0, 8.0).unwrap()), [5.0, 3.0_f64.sqrt()]);
        // A quarter of 2 and three quarters of 5; within 3 of 4 a variance of 4, and a quarter of 3^2 apart.
        let otherwise = Box::new(Distribution::normal(5.0, 2.0).unwrap());
        let perhaps = Distribution::NothingWithProbability { probability: 0.25, nothing: 2.0, otherwise };
        near(reported(&perhaps), [4.25, 4.6875_f64.sqrt()]);
        assert_eq!(perhaps.central(), 4.25);
        let at = perhaps.quantiles();
        assert!(at(0.0).is_nan() && at(1.0).is_nan());
    }
}

//! Distributions against samplers, cumulative probabilities and numbers worked out by hand.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::{Distribution, DistributionError};
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
    let row = |family, central, low, high| Distribution::from_evidence(family, central, low, high, None, 0.0).unwrap();
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
        assert!(found.iter().zip(by_hand).all(|(one, other)| (one - other).abs() < 1e-12), "{found:?}, {by_hand:?}");
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

#[test]
fn moments_are_returned() {
    let beta = Distribution::beta_from_moments(0.9, 0.1, 0.0, 1.3).unwrap();
    assert!((beta.mean() - 0.9).abs() < 1e-14);
    assert!((beta.standard_deviation() - 0.1).abs() < 1e-14);
    let gamma = Distribution::gamma_from_moments(7500.0, 4700.0).unwrap();
    assert!((gamma.mean() - 7500.0).abs() < 1e-9);
    assert!((gamma.standard_deviation() - 4700.0).abs() < 1e-9);
}

#[test]
fn parameters_that_make_no_distribution_are_refused() {
    use DistributionError::*;
    let refused = |made: Result<Distribution, DistributionError>| made.unwrap_err();
    assert!(matches!(refused(Distribution::fixed(f64::NAN)), NotFinite { parameter: "value", .. }));
    assert!(matches!(refused(Distribution::normal(0.0, 0.0)), NotPositive { parameter: "standard deviation", .. }));
    assert!(matches!(refused(Distribution::lognormal(f64::INFINITY, 1.0)), NotFinite { .. }));
    assert!(matches!(refused(Distribution::beta(1.0, -1.0, 0.0, 1.0)), NotPositive { parameter: "shape beta", .. }));
    assert_eq!(refused(Distribution::beta(1.0, 1.0, 1.0, 0.0)), NoRange { low: 1.0, high: 0.0 });
    assert_eq!(
        refused(Distribution::beta_from_moments(0.5, 0.5, 0.0, 1.0)),
        TooWide { mean: 0.5, standard_deviation: 0.5, limit: 0.5 }
    );
    assert!(matches!(refused(Distribution::beta_from_moments(1.0, 0.1, 0.0, 1.0)), OutsideSupport { .. }));
    assert!(matches!(refused(Distribution::gamma_from_moments(1.0, 1e-5)), TooNarrow { family: Family::Gamma, .. }));
    assert!(matches!(refused(Distribution::gamma(1.0, 0.0, 0.0)), NotPositive { parameter: "scale", .. }));
    assert_eq!(refused(Distribution::pert(0.0, 2.0, 1.0)), OutOfOrder { low: 0.0, central: 2.0, high: 1.0 });
    assert!(matches!(refused(Distribution::triangular(1.0, 1.0, 1.0)), NoRange { .. }));
    assert!(matches!(refused(Distribution::uniform(2.0, 1.0)), NoRange { .. }));
    assert_eq!(
        refused(Distribution::nothing_with_probability(1.5, 1.0, Distribution::Fixed(0.9))),
        NotAProbability { probability: 1.5 }
    );
}

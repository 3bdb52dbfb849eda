//! How far a number may lie from the truth because only so many draws were made.
//!
//! For draws that are independent of each other: means by Student's interval, proportions by Wilson's, quantiles by the order
//! of the draws, exactly and whatever the distribution. The draws of a Latin hypercube or of Sobol' points are not independent,
//! and these errors are too wide for them; there the spread of independent repetitions tells it
//! ([`of_replicates`]).

use engine::sampling::{beta_quantile, binomial_at_most, normal_width, student_width};

use super::statistic::{Estimate, Summary, mean, quantile};

/// From where to where the truth lies, with the confidence that was asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// An interval between two of the draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrderInterval {
    /// The ranks of its ends among the sorted draws, counted from 1.
    pub ranks: (usize, usize),
    /// Its ends.
    pub interval: Interval,
    /// The probability with which it holds the truth, at least what was asked for.
    pub coverage: f64,
}

/// The interval of a mean with its standard error (Student); none for fewer than two draws.
pub fn mean_interval(draws: &[f64], confidence: f64) -> Option<Interval> {
    let Estimate { value, error } = mean(draws);
    (draws.len() > 1).then(|| {
        let half = student_width((draws.len() - 1) as f64, confidence) * error;
        Interval { low: value - half, high: value + half }
    })
}

/// The interval of a proportion, `yes` of `draws`: Wilson EB (1927), "Probable inference, the law of succession, and
/// statistical inference", Journal of the American Statistical Association 22, 209-212. It stays within 0 and 1 and is never
/// of no width. None if there are no draws.
pub fn wilson_interval(yes: u64, draws: u64, confidence: f64) -> Option<Interval> {
    if draws == 0 {
        return None;
    }
    let (n, z) = (draws as f64, normal_width(confidence));
    let p = yes as f64 / n;
    let centre = p + z * z / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z * z / n;
    // At the ends rounding would step over them.
    let low = if yes == 0 { 0.0 } else { (centre - half) / whole };
    let high = if yes >= draws { 1.0 } else { (centre + half) / whole };
    Some(Interval { low, high })
}

/// The narrowest interval between two of the sorted draws that leaves no more than half of what the confidence allows on either
/// side, exactly (by the binomial distribution of the draws below the quantile); none if there are too few draws for it.
pub fn quantile_interval(sorted: &[f64], p: f64, confidence: f64) -> Option<OrderInterval> {
    let n = sorted.len() as u64;
    let tail = (1.0 - confidence) / 2.0;
    // How many draws lie below the quantile: fewer than `low` with no more than the tail, `high` or more likewise.
    let below = |count: u64| if count == 0 { 0.0 } else { binomial_at_most(n, p, count - 1) };
    let low = first(n + 1, |count| below(count) > tail).checked_sub(1)?;
    let high = first(n + 1, |count| 1.0 - below(count) <= tail);
    if low < 1 || high > n {
        return None;
    }
    Some(OrderInterval {
        ranks: (low as usize, high as usize),
        interval: Interval { low: sorted[low as usize - 1], high: sorted[high as usize - 1] },
        coverage: below(high) - below(low),
    })
}

/// The smallest number below `end` for which something holds that holds ever after; `end` if there is none.
fn first(end: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut from, mut to) = (0, end);
    while from < to {
        let middle = from + (to - from) / 2;
        if holds(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

/// The Monte Carlo standard error of a quantile of sorted independent draws; `NaN` for fewer than two.
///
/// Vehtari A, Gelman A, Simpson D, Carpenter B, Bürkner PC (2021), "Rank-normalization, folding, and localization: an improved
/// R-hat for assessing convergence of MCMC", Bayesian Analysis 16, 667-718, section 4.3 with as many effective draws as draws:
/// half the distance between the draws whose ranks lie one standard error to either side.
pub fn quantile_standard_error(sorted: &[f64], p: f64) -> f64 {
    if sorted.len() < 2 {
        return f64::NAN;
    }
    let n = sorted.len() as f64;
    let (alpha, beta) = (n * p + 1.0, n * (1.0 - p) + 1.0);
    let below = (beta_quantile(alpha, beta, ONE_ERROR_BELOW) * n).floor().max(1.0);
    let above = (beta_quantile(alpha, beta, 1.0 - ONE_ERROR_BELOW) * n).ceil().min(n);
    (sorted[above as usize - 1] - sorted[below as usize - 1]) / 2.0
}

/// The probability that a normal variable lies more than one standard deviation below its mean, as the paper rounds it.
const ONE_ERROR_BELOW: f64 = 0.158_655_3;

/// An estimate from all draws, with the error that the estimates of independent repetitions tell: their standard deviation over
/// the root of their number. `NaN` for fewer than two repetitions.
///
/// Owen AB (2013), "Monte Carlo theory, methods and examples", section 17.6: the repetitions are independent hypercubes or
/// scramblings, so this holds where s/sqrt(n) does not.
pub fn of_replicates(value: f64, replicates: &[f64]) -> Estimate {
    Estimate { value, error: mean(replicates).error }
}

/// The interval around the mean of independent repetitions, by Student's distribution with one degree of freedom less than
/// repetitions; none for fewer than two.
pub fn replicate_interval(replicates: &[f64], confidence: f64) -> Option<Interval> {
    mean_interval(replicates, confidence)
}

/// Summarises draws that fall into independent repetitions: `of[i]` is the repetition of draw i, from 0 up to below `count`.
///
/// The numbers are those of all draws together; the errors come from the spread of the repetitions.
pub fn summarise_replicates(draws: &[f64], of: &[usize], count: usize) -> Summary {
    let mut parts: Vec<Vec<f64>> = vec![Vec::with_capacity(draws.len() / count.max(1) + 1); count];
    for (draw, which) in draws.iter().zip(of) {
        if let Some(part) = parts.get_mut(*which) {
            part.push(*draw);
        }
    }
    // A repetition of which every draw was left out tells nothing.
    parts.retain(|part| !part.is_empty());
    let means: Vec<f64> = parts.iter().map(|part| mean(part).value).collect();
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    parts.iter_mut().for_each(|part| part.sort_by(f64::total_cmp));
    let at = |p: f64| {
        let each: Vec<f64> = parts.iter().map(|part| quantile(part, p)).collect();
        of_replicates(quantile(&sorted, p), &each)
    };
    Summary {
        mean: of_replicates(mean(draws).value, &means),
        p05: at(0.05),
        p25: at(0.25),
        median: at(0.5),
        p75: at(0.75),
        p95: at(0.95),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{
        mean_interval, of_replicates, quantile_interval, quantile_standard_error, replicate_interval,
        summarise_replicates, wilson_interval,
    };
    use crate::appraisal::statistic::{mean, quantile};
    use engine::sampling::{Design, DesignOptions, Points, Sampling, student_width, uniform};
    use serde_json::Value;

    fn reference() -> (Vec<f64>, Value) {
        let draws = include_str!("../../tests/reference/monte_carlo/lognormal_2000.csv");
        let reference = include_str!("../../tests/reference/monte_carlo/reference.json");
        (draws.lines().map(|line| line.parse().unwrap()).collect(), serde_json::from_str(reference).unwrap())
    }

    fn close(found: f64, reference: &Value) {
        let reference = reference.as_f64().unwrap();
        assert!((found - reference).abs() <= 1e-12 * reference.abs().max(1.0), "{found} for {reference}");
    }

    #[test]
    fn means_and_quantiles_have_the_errors_that_scipy_computes() {
        let (sorted, reference) = reference();
        close(mean(&sorted).value, &reference["mean"]);
        close(mean(&sorted).error, &reference["mcse_mean"]);
        assert_eq!(reference["quantiles"].as_array().unwrap().len(), 5);
        for one in reference["quantiles"].as_array().unwrap() {
            let p = one["p"].as_f64().unwrap();
            close(quantile(&sorted, p), &one["quantile_type7"]);
            let found = quantile_interval(&sorted, p, 0.95).unwrap();
            assert_eq!(found.ranks.0 as u64, one["l"].as_u64().unwrap());
            assert_eq!(found.ranks.1 as u64, one["u"].as_u64().unwrap());
            close(found.interval.low, &one["ci95"][0]);
            close(found.interval.high, &one["ci95"][1]);
            close(found.coverage, &one["coverage"]);
            close(quantile_standard_error(&sorted, p), &one["mcse"]);
        }
    }

    #[test]
    fn proportions_and_widths_are_those_of_scipy() {
        let (_, reference) = reference();
        for one in reference["wilson"].as_array().unwrap() {
            let (yes, draws) = (one["yes"].as_u64().unwrap(), one["draws"].as_u64().unwrap());
            let found = wilson_interval(yes, draws, 0.95).unwrap();
            close(found.low, &one["ci95"][0]);
            close(found.high, &one["ci95"][1]);
        }
        for one in reference["student"].as_array().unwrap() {
            let found = student_width(one["degrees"].as_f64().unwrap(), 0.95);
            assert!((found / one["width95"].as_f64().unwrap() - 1.0).abs() < 1e-9);
        }
        assert_eq!(wilson_interval(0, 0, 0.95), None);
    }

    #[test]
    fn too_few_draws_have_no_interval() {
        assert_eq!(quantile_interval(&[], 0.5, 0.95), None);
        // The least of n draws lies below the median but once in 2^n: five draws are too few for 95 %, six are enough.
        assert_eq!(quantile_interval(&[1.0; 5], 0.5, 0.95), None);
        assert_eq!(quantile_interval(&[1.0; 6], 0.5, 0.95).unwrap().ranks, (1, 6));
        assert_eq!(mean_interval(&[1.0], 0.95), None);
        assert!(quantile_standard_error(&[1.0], 0.5).is_nan());
        assert_eq!(quantile_standard_error(&[1.0, 4.0], 0.5), 1.5);
        // All six lie below the 95th per cent in three samples of four: there is a lower end and no upper one.
        assert_eq!(quantile_interval(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 0.95, 0.95), None);
        // The mean of 1 to 4 is 2.5, its error sqrt(5/12), and Student's width with three degrees of freedom 3.182446.
        let found = mean_interval(&[1.0, 2.0, 3.0, 4.0], 0.95).unwrap();
        assert!((found.high - 2.5 - 3.182_446 * (5.0_f64 / 12.0).sqrt()).abs() < 1e-5);
        assert!((found.high + found.low - 5.0).abs() < 1e-12);
    }

    /// The exact interval holds the true median in at least 95 of 100 samples: over 2,000 samples the share has a standard
    /// deviation of half a per cent, three of which are allowed.
    #[test]
    fn exact_intervals_hold_the_truth_as_often_as_they_say() {
        let mut held = 0;
        for sample in 0..2_000 {
            let mut draws: Vec<f64> = (0..100).map(|draw| uniform(sample, draw, "x")).collect();
            draws.sort_by(f64::total_cmp);
            let found = quantile_interval(&draws, 0.5, 0.95).unwrap().interval;
            held += usize::from(found.low <= 0.5 && 0.5 <= found.high);
        }
        assert!(held as f64 / 2_000.0 > 0.95 - 0.015, "{held}");
    }

    /// What a model of a few additive and one interacting uncertainty gives in each draw.
    fn outcome(points: &[f64]) -> f64 {
        points.iter().sum::<f64>() + 2.0 * (points[0] - 0.5) * (points[1] - 0.5)
    }

    /// In Latin hypercubes and under Sobol', repetitions tell the error truly (their intervals hold the truth 95 times in
    /// 100), and s/sqrt(n) overstates it manyfold.
    #[test]
    fn repetitions_tell_the_error_where_the_root_of_n_does_not() {
        let names: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let truth = 2.0;
        let (draws, replicates, studies) = (512_u64, 8_u64, 400);
        for design in [Design::LatinHypercube, Design::Sobol] {
            let options = DesignOptions { replicates, leading: names.clone(), ..DesignOptions::default() };
            let (mut held, mut naive, mut reference, mut actual) = (0, 0.0, 0.0, 0.0);
            for seed in 0..studies {
                let sampling = Sampling { draws, seed, design };
                let points = Points::new(sampling, &options, &names);
                let values: Vec<f64> = (0..draws).map(|draw| outcome(&points.of(draw))).collect();
                let of: Vec<usize> = (0..draws).map(|draw| options.replicate(&sampling, draw) as usize).collect();
                let summary = summarise_replicates(&values, &of, replicates as usize);
                let means: Vec<f64> = (0..replicates as usize)
                    .map(|r| {
                        let part: Vec<f64> =
                            values.iter().zip(&of).filter(|(_, o)| **o == r).map(|(v, _)| *v).collect();
                        mean(&part).value
                    })
                    .collect();
                assert_eq!(summary.mean, of_replicates(mean(&values).value, &means));
                let found = replicate_interval(&means, 0.95).unwrap();
                held += usize::from(found.low <= truth && truth <= found.high);
                naive += mean(&values).error.powi(2);
                reference += summary.mean.error.powi(2);
                actual += (summary.mean.value - truth).powi(2);
            }
            let share = held as f64 / f64::from(studies as u32);
            assert!((share - 0.95).abs() < 0.035, "{design}: {share}");
            assert!((reference / actual - 1.0).abs() < 0.3, "{design}: {reference} for {actual}");
            assert!(naive / actual > 9.0, "{design}: {naive} for {actual}");
        }
    }
}

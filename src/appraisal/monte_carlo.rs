//! How far a number may lie from the truth because only so many draws were made.
//!
//! The errors beside every statistic ([`super::statistic`]) are those of draws that are independent of each other. The draws of a
//! Latin hypercube or of Sobol' points are not, and these errors are too wide for them; there the spread of independent
//! repetitions tells it ([`of_replicates`]).

use super::statistic::{Estimate, Summary, mean, quantile};

/// An estimate from all draws, with the error that the estimates of independent repetitions tell: their standard deviation over
/// the root of their number. `NaN` for fewer than two repetitions.
///
/// Owen AB (2013), "Monte Carlo theory, methods and examples", section 17.6: the repetitions are independent hypercubes or
/// scramblings, so this holds where s/sqrt(n) does not.
pub fn of_replicates(value: f64, replicates: &[f64]) -> Estimate {
    Estimate { value, error: mean(replicates).error }
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
    use super::{of_replicates, summarise_replicates};
    use crate::appraisal::statistic::{mean, quantile};
    use engine::sampling::{Design, DesignOptions, Points, Sampling, student_width};
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
    fn means_and_quantiles_are_those_of_scipy() {
        let (sorted, reference) = reference();
        close(mean(&sorted).value, &reference["mean"]);
        close(mean(&sorted).error, &reference["mcse_mean"]);
        assert_eq!(reference["quantiles"].as_array().unwrap().len(), 5);
        for one in reference["quantiles"].as_array().unwrap() {
            let p = one["p"].as_f64().unwrap();
            close(quantile(&sorted, p), &one["quantile_type7"]);
        }
    }

    #[test]
    fn widths_are_those_of_scipy() {
        let (_, reference) = reference();
        for one in reference["student"].as_array().unwrap() {
            let found = student_width(one["degrees"].as_f64().unwrap(), 0.95);
            assert!((found / one["width95"].as_f64().unwrap() - 1.0).abs() < 1e-9);
        }
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
                let half = student_width(replicates as f64 - 1.0, 0.95) * summary.mean.error;
                held += usize::from((mean(&means).value - truth).abs() <= half);
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

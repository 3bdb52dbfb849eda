//! Which strategy is better, in how many draws, and whether the draws made can tell.
//!
//! Strategies share their draws, so they are compared draw by draw: most of the chance falls out of the difference. How much
//! is told beside it (common random numbers; Kahn H, Marshall AW (1953), "Methods of reducing sample size in Monte Carlo
//! computations", Journal of the Operations Research Society of America 1, 263-278).

use serde::Serialize;

use engine::sampling::student_width;

use super::statistic::{Estimate, mean, probability};

/// The confidence with which a ranking is called resolved.
pub const CONFIDENCE: f64 = 0.95;

/// One against another, over draws that they share.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Comparison {
    /// The mean difference, the one less the other.
    pub difference: f64,
    /// Its Monte Carlo standard error.
    pub error: f64,
    /// The lower end of its interval at [`CONFIDENCE`].
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The share of draws in which the one exceeds the other; ties count half.
    pub above: Estimate,
}

impl Comparison {
    /// Whether the interval of the difference leaves zero out: another sample of as many draws would hardly turn the order
    /// round. It says nothing of uncertainty that draws cannot lessen.
    pub fn is_resolved(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// How much sharing draws has helped a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pairing {
    /// The correlation of the two over the draws.
    pub correlation: f64,
    /// The variance of the difference over what it would be with draws of their own: 0.1 saves nine draws in ten.
    pub variance_left: f64,
}

/// Compares by the differences of shared draws; none for fewer than two.
pub fn resolved(differences: &[f64]) -> Option<Comparison> {
    compared(differences, mean(differences).error, differences.len())
}

/// The same where the differences fall into independent repetitions, whose means tell the error: `of[i]` is the repetition of
/// difference i, below `count`.
pub fn resolved_by_replicates(differences: &[f64], of: &[usize], count: usize) -> Option<Comparison> {
    let mut sums = vec![(0.0, 0.0); count];
    for (difference, which) in differences.iter().zip(of) {
        let (sum, n) = sums.get_mut(*which)?;
        *sum += difference;
        *n += 1.0;
    }
    let means: Vec<f64> = sums.into_iter().filter(|(_, n)| *n > 0.0).map(|(sum, n)| sum / n).collect();
    compared(differences, mean(&means).error, means.len())
}

/// `count` is how many independent numbers the error was told by.
fn compared(differences: &[f64], error: f64, count: usize) -> Option<Comparison> {
    if count < 2 || !error.is_finite() {
        return None;
    }
    let difference = mean(differences).value;
    let half = student_width((count - 1) as f64, CONFIDENCE) * error;
    // Each tie is a head and a tail: it counts half, and twice as many coins are counted for all.
    let halves = differences.iter().flat_map(|d| [*d >= 0.0, *d > 0.0]);
    let mut above = probability(halves);
    // The coins came in pairs, so the number of independent ones is half of what was counted.
    above.error *= std::f64::consts::SQRT_2;
    Some(Comparison { difference, error, low: difference - half, high: difference + half, above })
}

/// What sharing draws did for two outcomes; none where one of them does not vary.
pub fn pairing(one: &[f64], other: &[f64]) -> Option<Pairing> {
    let (a, b) = (mean(one).value, mean(other).value);
    let product = |f: &dyn Fn(f64, f64) -> f64| one.iter().zip(other).fold(0.0, |sum, (x, y)| sum + f(x - a, y - b));
    let (xx, yy, xy) = (product(&|x, _| x * x), product(&|_, y| y * y), product(&|x, y| x * y));
    (xx > 0.0 && yy > 0.0)
        .then(|| Pairing { correlation: xy / (xx * yy).sqrt(), variance_left: (xx + yy - 2.0 * xy) / (xx + yy) })
}

/// What the draws say of a choice between strategies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    /// The strategy with the highest mean; the first of several.
    pub leader: usize,
    /// The leader against each strategy; none against itself.
    pub against: Vec<Option<Comparison>>,
    /// The probability that each strategy is the best of all in a draw; strategies that share the first place share the draw.
    pub best: Vec<Estimate>,
    /// The expected value of perfect information: how much better the best of each draw is than the leader, on average. Of few
    /// draws it comes out too high.
    pub evpi: f64,
}

/// A choice between strategies: `outcomes[strategy][draw]`, more is better. None with fewer than two strategies or draws.
pub fn decide(outcomes: &[Vec<f64>]) -> Option<Decision> {
    decide_by(outcomes, &resolved)
}

/// The same, where `compare` tells the error of differences in another way than [`resolved`].
pub fn decide_by(outcomes: &[Vec<f64>], compare: &dyn Fn(&[f64]) -> Option<Comparison>) -> Option<Decision> {
    let draws = outcomes.first()?.len();
    if outcomes.len() < 2 || draws < 2 {
        return None;
    }
    let means: Vec<f64> = outcomes.iter().map(|draws| mean(draws).value).collect();
    let leader = (1..means.len()).fold(0, |leader, next| if means[next] > means[leader] { next } else { leader });
    let differences = |other: usize| -> Vec<f64> {
        outcomes[leader].iter().zip(&outcomes[other]).map(|(one, other)| one - other).collect()
    };
    let against =
        (0..outcomes.len()).map(|other| if other == leader { None } else { compare(&differences(other)) }).collect();
    let mut shares = vec![vec![0.0; draws]; outcomes.len()];
    let mut gain = 0.0;
    for draw in 0..draws {
        let best = outcomes.iter().map(|one| one[draw]).fold(f64::NEG_INFINITY, f64::max);
        let first: Vec<usize> = (0..outcomes.len()).filter(|one| outcomes[*one][draw] == best).collect();
        first.iter().for_each(|one| shares[*one][draw] = 1.0 / first.len() as f64);
        gain += best - outcomes[leader][draw];
    }
    // Wilson's error, so that none in a thousand draws is not taken for certain.
    let wilson = |p: f64| {
        let n = draws as f64;
        (p * (1.0 - p) / n + 1.0 / (4.0 * n * n)).sqrt() / (1.0 + 1.0 / n)
    };
    let best = shares
        .iter()
        .map(|share| {
            let value = mean(share).value;
            Estimate { value, error: wilson(value) }
        })
        .collect();
    Some(Decision { leader, against, best, evpi: gain / draws as f64 })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{decide, pairing, resolved, resolved_by_replicates};
    use engine::sampling::uniform;

    fn draws(n: u64, name: &str) -> Vec<f64> {
        (0..n).map(|draw| uniform(9, draw, name)).collect()
    }

    #[test]
    fn a_difference_within_its_error_is_not_resolved_and_becomes_so_with_draws() {
        let difference = |n: u64| -> Vec<f64> { draws(n, "x").iter().map(|x| x - 0.48).collect() };
        assert!(!resolved(&difference(50)).unwrap().is_resolved());
        let many = resolved(&difference(10_000)).unwrap();
        assert!(many.is_resolved() && many.low > 0.0);
        assert!((many.difference - 0.02).abs() < 3.0 * many.error);
        assert!((many.above.value - 0.52).abs() < 0.02);
        assert_eq!(resolved(&[1.0]), None);
    }

    #[test]
    fn ties_count_half() {
        let found = resolved(&[1.0, 0.0, -1.0, 0.0]).unwrap();
        assert_eq!(found.above.value, 0.5);
        assert!((found.above.error - 0.2236).abs() < 0.02);
    }

    /// S2: sharing draws cuts the variance of a difference, and by how much is told.
    #[test]
    fn shared_draws_cut_the_variance_of_a_difference() {
        let n = 4_000;
        let (common, own) = (draws(n, "common"), draws(n, "own"));
        let a: Vec<f64> = common.iter().map(|x| 10.0 * x).collect();
        let b: Vec<f64> = common.iter().zip(&own).map(|(x, y)| 10.0 * x + y).collect();
        let shared = pairing(&a, &b).unwrap();
        assert!(shared.correlation > 0.99);
        // Var(y) / (Var(10 x) + Var(10 x + y)) = 1 / 201.
        assert!((shared.variance_left * 201.0 - 1.0).abs() < 0.1, "{}", shared.variance_left);
        let apart = pairing(&a, &draws(n, "apart").iter().map(|x| 10.0 * x).collect::<Vec<_>>()).unwrap();
        assert!((apart.variance_left - 1.0).abs() < 0.07);
        assert_eq!(pairing(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(pairing(&[1.0, 2.0], &[1.0, 1.0]), None);
    }

    #[test]
    fn repetitions_tell_the_error_of_a_difference() {
        // Four repetitions with means 1, 2, 3, 4.
        let differences = [0.0, 2.0, 1.0, 3.0, 2.0, 4.0, 3.0, 5.0];
        let of = [0, 0, 1, 1, 2, 2, 3, 3];
        let found = resolved_by_replicates(&differences, &of, 4).unwrap();
        assert_eq!(found.difference, 2.5);
        assert!((found.error - (5.0_f64 / 3.0 / 4.0).sqrt()).abs() < 1e-15);
        assert!((found.high - found.difference - 3.182_446 * found.error).abs() < 1e-5);
        assert_eq!(resolved_by_replicates(&differences, &of, 2), None);
        // A repetition of which every draw was left out tells nothing.
        assert_eq!(resolved_by_replicates(&differences, &of, 5), Some(found));
        // Three repetitions of unequal size with means 1, 2 and 3: 1/sqrt(3).
        let uneven = resolved_by_replicates(&[1.0, 0.0, 4.0, 2.0, 3.0], &[0, 1, 1, 1, 2], 3).unwrap();
        assert!((uneven.error - (1.0_f64 / 3.0).sqrt()).abs() < 1e-15);
        assert_eq!(resolved(&[f64::INFINITY, 1.0]), None);
    }

    #[test]
    fn a_choice_by_hand() {
        let decision = decide(&[vec![1.0, 2.0, 3.0, 4.0], vec![2.0, 1.0, 3.0, 0.0]]).unwrap();
        assert_eq!(decision.leader, 0);
        assert_eq!(decision.best.iter().map(|one| one.value).collect::<Vec<_>>(), [0.625, 0.375]);
        // Wilson's error of 5 in 8, and as much of 3 in 8: sqrt(0.625 x 0.375 / 4 + 1/64) / 1.25.
        assert!(decision.best.iter().all(|one| (one.error - 0.217_944_947_177_033_7).abs() < 1e-15));
        // In the first draw the other would have been better by one: a quarter of that.
        assert_eq!(decision.evpi, 0.25);
        assert!(decision.against[0].is_none() && decision.against[1].is_some());
        assert_eq!(decide(&[vec![1.0, 2.0]]), None);
    }
}

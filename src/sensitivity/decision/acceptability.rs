//! Which strategy is best at what an effect is worth: how surely, and what choosing each may cost.
//!
//! Fenwick E, Claxton K, Sculpher M (2001), "Representing uncertainty: the role of cost-effectiveness acceptability
//! curves", Health Econ 10: 779-787; Alarid-Escudero F and others (2019), "A need for change! A coding framework for
//! expected loss curves", Value Health 22: 611-618.

use super::consequences::Consequences;
use super::information::best_on_average;
use crate::appraisal::statistic::{Estimate, mean};

/// What is known of the choice at one worth of an effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Acceptability {
    /// What one effect is worth, pounds.
    pub worth: f64,
    /// Net benefit of each strategy, mean with its Monte Carlo error.
    pub benefit: Vec<Estimate>,
    /// Probability that each strategy has the highest net benefit (CEAC); equals share a draw.
    pub probability: Vec<Estimate>,
    /// Expected loss of each strategy: what it falls short of each draw's best, on average. The least of these is the
    /// expected value of perfect information.
    pub loss: Vec<Estimate>,
    /// The strategy of highest expected net benefit: its probability is the frontier (CEAF).
    pub best: usize,
    /// The runner-up, and by how much the best leads it: a paired difference.
    pub lead: (usize, Estimate),
}

impl Acceptability {
    /// Whether the best strategy leads the runner-up beyond doubt: by more than the 95 % interval of the lead reaches.
    pub fn is_resolved(&self) -> bool {
        self.lead.1.value > self.lead.1.half_width()
    }
}

/// The choice at each worth.
pub fn acceptability(consequences: &Consequences, worths: &[f64]) -> Vec<Acceptability> {
    worths.iter().map(|worth| at(consequences, *worth)).collect()
}

/// Worths from 0 to `most` in equal steps, both ends included, such as 0, 1,000, ..., 100,000 pounds.
pub fn worths(most: f64, steps: usize) -> Vec<f64> {
    (0..=steps).map(|step| most * step as f64 / steps.max(1) as f64).collect()
}

fn at(consequences: &Consequences, worth: f64) -> Acceptability {
    let benefits = consequences.net_benefits(worth);
    let (strategies, draws) = (benefits.len(), consequences.draws());
    let best = best_on_average(&benefits);
    let tops: Vec<f64> =
        (0..draws).map(|draw| benefits.iter().map(|row| row[draw]).fold(f64::NEG_INFINITY, f64::max)).collect();
    let mut shares = vec![vec![0.0; draws]; strategies];
    for (draw, top) in tops.iter().enumerate() {
        let equals = benefits.iter().filter(|row| row[draw] == *top).count() as f64;
        for (row, share) in benefits.iter().zip(&mut shares) {
            if row[draw] == *top {
                share[draw] = 1.0 / equals;
            }
        }
    }
    let short = |row: &Vec<f64>| mean(&tops.iter().zip(row).map(|(top, own)| top - own).collect::<Vec<f64>>());
    let ahead = |other: usize| {
        let pairs = benefits[best].iter().zip(&benefits[other]);
        mean(&pairs.map(|(best, other)| best - other).collect::<Vec<f64>>())
    };
    let lead = (0..strategies)
        .filter(|other| *other != best)
        .map(|other| (other, ahead(other)))
        .reduce(|least, one| if one.1.value < least.1.value { one } else { least })
        .expect("consequences hold two strategies or more");
    Acceptability {
        worth,
        benefit: benefits.iter().map(|row| mean(row)).collect(),
        probability: shares.iter().map(|row| share(row)).collect(),
        loss: benefits.iter().map(short).collect(),
        best,
        lead,
    }
}

/// A share of draws with Wilson's standard error (Wilson 1927, at z = 1), some draws counting in part.
fn share(shares: &[f64]) -> Estimate {
    let n = shares.len() as f64;
    let p = mean(shares).value;
    Estimate { value: p, error: (p * (1.0 - p) / n + 1.0 / (4.0 * n * n)).max(0.0).sqrt() / (1.0 + 1.0 / n) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{acceptability, worths};
    use crate::sensitivity::decision::fixture::normals;
    use crate::sensitivity::decision::{Consequences, perfect_information};

    #[test]
    fn the_linear_gaussian_case() {
        let n = 10_000;
        let z = normals(1, n, "z");
        let s = 930_000f64.sqrt();
        let benefit = z.iter().map(|z| 300.0 + s * z).collect();
        let consequences = Consequences::of_benefits(&[vec![0.0; n], benefit]).unwrap();
        let found = &acceptability(&consequences, &[0.0])[0];
        let chance = found.probability[1];
        assert!((chance.value - 0.622_132_191_213_136_5).abs() < 3.0 * chance.error, "{chance:?}");
        assert_eq!(found.best, 1);
        assert!(found.is_resolved());
    }

    #[test]
    fn the_least_expected_loss_is_the_value_of_perfect_information() {
        let n = 500;
        let rows = |what: &str| (0..3).map(|i| normals(i, n, what)).collect::<Vec<_>>();
        let consequences = Consequences::new(rows("cost"), rows("effect")).unwrap();
        let worths = worths(4.0, 8);
        let found = acceptability(&consequences, &worths);
        for (one, information) in found.iter().zip(perfect_information(&consequences, &worths)) {
            let least = one.loss.iter().map(|loss| loss.value).fold(f64::INFINITY, f64::min);
            assert!((least - information.value.value).abs() < 1e-12);
            assert_eq!(least, one.loss[one.best].value);
            assert!((one.probability.iter().map(|p| p.value).sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn equals_share_a_draw() {
        let consequences = Consequences::of_benefits(&[vec![1.0, 2.0], vec![1.0, 0.0]]).unwrap();
        let found = &acceptability(&consequences, &[0.0])[0];
        assert_eq!(found.probability[0].value, 0.75);
    }
}

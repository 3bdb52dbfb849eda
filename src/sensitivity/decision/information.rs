//! What it would be worth to know everything before deciding (EVPI), and how far a small sample overstates it.

use super::consequences::{Consequences, average, greatest};
use crate::appraisal::statistic::{Estimate, mean};

/// The expected value of perfect information at one worth of an effect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PerfectInformation {
    /// What one effect is worth, pounds.
    pub worth: f64,
    /// The strategy of highest expected net benefit.
    pub best: usize,
    /// Value for one decision, in the unit of net benefit; never below 0.
    pub value: Estimate,
    /// The mean of the values from the odd and from the even draws alone.
    pub halves: f64,
    /// How far `value` is likely to be too high, being computed from so few draws: the gap between the halves and the
    /// whole, since the overstatement falls as one over the number of draws.
    pub bias: f64,
}

/// The expected value of perfect information at each worth: the mean over draws of the best strategy's net benefit,
/// less the net benefit of the strategy that is best on average (Raiffa and Schlaifer 1961; Claxton K (1999), J Health
/// Econ 18: 341-364).
pub fn perfect_information(consequences: &Consequences, worths: &[f64]) -> Vec<PerfectInformation> {
    worths
        .iter()
        .map(|worth| {
            let benefits = consequences.net_benefits(*worth);
            let best = best_on_average(&benefits);
            let value = mean(&gains(&benefits, best));
            let half = |parity: usize| {
                let half: Vec<Vec<f64>> =
                    benefits.iter().map(|row| row.iter().skip(parity).step_by(2).copied().collect()).collect();
                let gains = gains(&half, best_on_average(&half));
                average(&gains)
            };
            let halves = (half(0) + half(1)) / 2.0;
            PerfectInformation { worth: *worth, best, value, halves, bias: (halves - value.value).max(0.0) }
        })
        .collect()
}

/// The strategy of highest mean, the first of equals.
pub(super) fn best_on_average(benefits: &[Vec<f64>]) -> usize {
    greatest(benefits.iter().map(|row| average(row)))
}

/// What the best strategy of each draw brings beyond `chosen`.
pub(super) fn gains(benefits: &[Vec<f64>], chosen: usize) -> Vec<f64> {
    (0..benefits[chosen].len())
        .map(|draw| benefits.iter().map(|row| row[draw]).fold(f64::NEG_INFINITY, f64::max) - benefits[chosen][draw])
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::perfect_information;
    use crate::sensitivity::decision::Consequences;

    /// Two draws, two strategies: 10 and 0 against 4 and 4. Knowing which draw it is brings 7 instead of 5.
    #[test]
    fn worked_by_hand() {
        let consequences = Consequences::of_benefits(&[vec![10.0, 0.0], vec![4.0, 4.0]]);
        let found = perfect_information(&consequences.expect("two strategies"), &[0.0])[0];
        assert_eq!((found.best, found.value.value), (0, 2.0));
        assert_eq!(found.halves, 0.0);
    }

    #[test]
    fn certainty_is_worth_nothing_more() {
        let consequences = Consequences::of_benefits(&[vec![3.0; 8], vec![4.0; 8]]).expect("two strategies");
        let found = perfect_information(&consequences, &[0.0])[0];
        assert_eq!((found.best, found.value.value, found.value.error), (1, 0.0, 0.0));
    }
}

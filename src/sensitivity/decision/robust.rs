//! Which strategy to choose when nobody knows the odds: the worst case, regret, and how often it is good enough.
//!
//! Savage LJ (1951), "The theory of statistical decision", J Am Stat Assoc 46: 55-67; Lempert RJ and others (2006), "A
//! general, analytic method for generating robust strategies", Management Science 52: 514-528; McPhail C and others
//! (2018), "Robustness metrics: how are they calculated, when should they be used", Earth's Future 6: 169-191.

use super::consequences::{average, sum};
use super::error::{DecisionError, at_least, checked};
use crate::appraisal::statistic::quantile;

/// A rule by which to choose among strategies without probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The best worst case (Wald).
    Maximin,
    /// The best best case.
    Maximax,
    /// The least greatest regret (Savage).
    MinimaxRegret,
    /// The least 90th percentile of regret.
    Regret90,
    /// The highest mean less one standard deviation, all scenarios weighing the same.
    MeanVariance,
    /// Good enough in most scenarios (Starr's domain criterion).
    Satisficing,
}

impl Rule {
    /// All rules, in their order.
    pub const ALL: [Rule; 6] =
        [Self::Maximin, Self::Maximax, Self::MinimaxRegret, Self::Regret90, Self::MeanVariance, Self::Satisficing];

    /// Its name in result files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Maximin => "maximin",
            Self::Maximax => "maximax",
            Self::MinimaxRegret => "minimax-regret",
            Self::Regret90 => "regret-90th-percentile",
            Self::MeanVariance => "mean-less-deviation",
            Self::Satisficing => "satisficing",
        }
    }
}

/// How a strategy fares over scenarios, in the unit of the outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Robustness {
    /// Its outcome in its worst scenario.
    pub worst: f64,
    /// In its best scenario.
    pub best: f64,
    /// Mean over scenarios.
    pub mean: f64,
    /// Standard deviation over scenarios, of the scenarios themselves (divided by their number).
    pub deviation: f64,
    /// The greatest regret: what it falls short of the best strategy of a scenario.
    pub greatest_regret: f64,
    /// The 90th percentile of regret over scenarios.
    pub regret_90: f64,
    /// The share of scenarios in which the outcome is good enough.
    pub good_enough: f64,
}

impl Robustness {
    /// The number by which a rule chooses; more is better.
    fn merit(&self, rule: Rule) -> f64 {
        match rule {
            Rule::Maximin => self.worst,
            Rule::Maximax => self.best,
            Rule::MinimaxRegret => -self.greatest_regret,
            Rule::Regret90 => -self.regret_90,
            Rule::MeanVariance => self.mean - self.deviation,
            Rule::Satisficing => self.good_enough,
        }
    }
}

/// Robustness of each strategy and the choice of each rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Robust {
    /// One for each strategy.
    pub strategies: Vec<Robustness>,
    /// The strategy that each rule chooses; of equals, the one whose name comes first in the alphabet.
    pub choices: Vec<(Rule, usize)>,
    /// Regret `[strategy][scenario]`.
    pub regrets: Vec<Vec<f64>>,
}

/// Judges strategies, `[strategy][scenario]`, more is better; `enough` is the outcome that is good enough.
///
/// # Errors
/// No strategy or scenario, rows of unequal length, something that is no number, not one name a strategy.
pub fn robustness(outcomes: &[Vec<f64>], names: &[&str], enough: f64) -> Result<Robust, DecisionError> {
    at_least("strategies", outcomes.len(), 1)?;
    at_least("names of strategies", names.len(), outcomes.len())?;
    at_least("scenarios", outcomes[0].len(), 1)?;
    checked("outcomes", outcomes, outcomes[0].len())?;
    let tops: Vec<f64> = (0..outcomes[0].len())
        .map(|scenario| outcomes.iter().map(|row| row[scenario]).fold(f64::NEG_INFINITY, f64::max))
        .collect();
    let regrets: Vec<Vec<f64>> =
        outcomes.iter().map(|row| row.iter().zip(&tops).map(|(own, top)| top - own).collect()).collect();
    let strategies: Vec<Robustness> =
        outcomes.iter().zip(&regrets).map(|(row, regrets)| judged(row, regrets, enough)).collect();
    let choice = |rule: Rule| {
        let mut order: Vec<usize> = (0..strategies.len()).collect();
        order.sort_by(|one, other| {
            let merit = |of: usize| strategies[of].merit(rule);
            merit(*other).total_cmp(&merit(*one)).then(names[*one].cmp(names[*other])).then(one.cmp(other))
        });
        (rule, order[0])
    };
    Ok(Robust { choices: Rule::ALL.map(choice).to_vec(), strategies, regrets })
}

fn judged(row: &[f64], regrets: &[f64], enough: f64) -> Robustness {
    let mean = average(row);
    let n = row.len() as f64;
    let mut sorted = regrets.to_vec();
    sorted.sort_by(f64::total_cmp);
    Robustness {
        worst: row.iter().copied().fold(f64::INFINITY, f64::min),
        best: row.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        mean,
        deviation: (sum(row.iter().map(|value| (value - mean) * (value - mean))) / n).sqrt(),
        greatest_regret: sorted[sorted.len() - 1],
        regret_90: quantile(&sorted, 0.9),
        good_enough: row.iter().filter(|value| **value >= enough).count() as f64 / n,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Rule, robustness};

    /// Savage's kind of table: the bold strategy wins the best case, the dull one the worst, the middle one least regret.
    #[test]
    fn each_rule_has_its_favourite() {
        let outcomes = [vec![10.0, -4.0, 0.0], vec![6.0, 1.0, 1.0], vec![2.0, 2.0, 2.0]];
        let found = robustness(&outcomes, &["bold", "middle", "dull"], 1.5).unwrap();
        let choice = |rule| found.choices.iter().find(|one| one.0 == rule).unwrap().1;
        assert_eq!(choice(Rule::Maximax), 0);
        assert_eq!(choice(Rule::Maximin), 2);
        assert_eq!(choice(Rule::MinimaxRegret), 1);
        assert_eq!(choice(Rule::Satisficing), 2);
        assert_eq!(found.regrets[0], [0.0, 6.0, 2.0]);
        assert_eq!(found.strategies[1].greatest_regret, 4.0);
        assert!((found.strategies[0].regret_90 - 5.2).abs() < 1e-12);
        assert_eq!(found.strategies[2].deviation, 0.0);
    }

    #[test]
    fn equals_are_told_apart_by_name() {
        let found = robustness(&[vec![1.0], vec![1.0]], &["zeal", "ardour"], 0.0).unwrap();
        assert!(found.choices.iter().all(|choice| choice.1 == 1));
    }
}

//! Which strategy to choose if nobody knows the odds: over deep uncertainties low and high, and over structures of the model.

use crate::appraisal::statistic::quantile;
use crate::sensitivity::decision::{Consequences, DecisionError, Robust, robustness};

use super::inputs::DecisionInput;
use super::structure::Structure;

/// Expected net benefit of each strategy in each scenario, and what rules without odds make of them.
#[derive(Debug, Clone, PartialEq)]
pub struct RobustChoice {
    /// What a QALY is worth.
    pub worth: f64,
    /// Names of the scenarios.
    pub scenarios: Vec<String>,
    /// `[strategy][scenario]`, doing nothing first.
    pub outcomes: Vec<Vec<f64>>,
    /// What follows.
    pub robust: Robust,
}

/// The scenarios: all as believed; each deep uncertainty in the lowest and in the highest third of its draws, all else as
/// uncertain as it is; and the model without each loop.
pub(super) fn robust(
    consequences: &Consequences,
    names: &[&str],
    deep: &[&DecisionInput],
    structure: Option<&Structure>,
    worth: f64,
) -> Result<RobustChoice, DecisionError> {
    let benefits = consequences.net_benefits(worth);
    let all: Vec<usize> = (0..consequences.draws()).collect();
    let mut scenarios = vec!["as believed".to_owned()];
    let average =
        |row: &[f64], draws: &[usize]| draws.iter().fold(0.0, |sum, draw| sum + row[*draw]) / draws.len() as f64;
    let mut outcomes: Vec<Vec<f64>> = benefits.iter().map(|row| vec![average(row, &all)]).collect();
    for input in deep {
        let mut sorted = input.values.clone();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = (quantile(&sorted, 1.0 / 3.0), quantile(&sorted, 2.0 / 3.0));
        let within =
            |holds: &dyn Fn(f64) -> bool| all.iter().copied().filter(|draw| holds(input.values[*draw])).collect();
        let thirds: [(&str, Vec<usize>); 2] =
            [("low", within(&|value| value <= low)), ("high", within(&|value| value >= high))];
        for (word, draws) in thirds.iter().filter(|(_, draws)| !draws.is_empty()) {
            scenarios.push(format!("{} {word}", input.name));
            outcomes.iter_mut().zip(&benefits).for_each(|(row, own)| row.push(average(own, draws)));
        }
    }
    for variant in structure.iter().flat_map(|structure| structure.variants.iter().skip(1)) {
        scenarios.push(format!("without {}", variant.id));
        outcomes.iter_mut().zip(&variant.benefit).for_each(|(row, benefit)| row.push(benefit.value));
    }
    let robust = robustness(&outcomes, names, 0.0)?;
    Ok(RobustChoice { worth, scenarios, outcomes, robust })
}

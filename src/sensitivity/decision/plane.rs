//! The cost-effectiveness plane: what each draw costs more and brings more than a strategy to compare with.
//!
//! Black WC (1990), "The CE plane: a graphic representation of cost-effectiveness", Med Decis Making 10: 212-214.

use super::consequences::Consequences;
use super::error::DecisionError;
use crate::appraisal::statistic::{Estimate, mean, probability};

/// A strategy on the plane, draw by draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Cloud {
    /// The strategy.
    pub strategy: usize,
    /// What it costs more than the reference in each draw, pounds.
    pub costs: Vec<f64>,
    /// What it brings more than the reference in each draw.
    pub effects: Vec<f64>,
    /// Mean of `costs`.
    pub cost: Estimate,
    /// Mean of `effects`.
    pub effect: Estimate,
    /// Share of draws in which it brings more and costs more (north-east).
    pub dearer_better: Estimate,
    /// Share in which it brings more and costs no more (south-east: it dominates).
    pub cheaper_better: Estimate,
    /// Share in which it brings no more and costs no more (south-west).
    pub cheaper_worse: Estimate,
    /// Share in which it brings no more and costs more (north-west: it is dominated).
    pub dearer_worse: Estimate,
}

/// All strategies but the reference, against it.
///
/// # Errors
/// There is no such strategy.
pub fn plane(consequences: &Consequences, reference: usize) -> Result<Vec<Cloud>, DecisionError> {
    let rows = consequences.strategies();
    if reference >= rows {
        return Err(DecisionError::NoSuch { what: "strategy", row: reference, rows });
    }
    let against =
        |own: &[f64], other: &[f64]| own.iter().zip(other).map(|(own, other)| own - other).collect::<Vec<f64>>();
    let cloud = |strategy: usize| {
        let costs = against(consequences.costs(strategy), consequences.costs(reference));
        let effects = against(consequences.effects(strategy), consequences.effects(reference));
        let share = |dearer: bool, better: bool| {
            probability(
                costs.iter().zip(&effects).map(|(cost, effect)| (*cost > 0.0) == dearer && (*effect > 0.0) == better),
            )
        };
        Cloud {
            strategy,
            cost: mean(&costs),
            effect: mean(&effects),
            dearer_better: share(true, true),
            cheaper_better: share(false, true),
            cheaper_worse: share(false, false),
            dearer_worse: share(true, false),
            costs,
            effects,
        }
    };
    Ok((0..rows).filter(|strategy| *strategy != reference).map(cloud).collect())
}

impl Cloud {
    /// At most `most` points as (effect, cost), every so many draws, always the same ones.
    pub fn thinned(&self, most: usize) -> Vec<(f64, f64)> {
        let step = self.costs.len().div_ceil(most.max(1)).max(1);
        self.effects.iter().zip(&self.costs).step_by(step).map(|(effect, cost)| (*effect, *cost)).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::plane;
    use crate::sensitivity::decision::Consequences;

    #[test]
    fn quadrants_add_up_and_points_are_thinned_evenly() {
        let costs = vec![vec![0.0; 4], vec![1.0, 1.0, -1.0, -1.0]];
        let consequences = Consequences::new(costs, vec![vec![0.0; 4], vec![1.0, -1.0, 1.0, 2.0]]).unwrap();
        let cloud = &plane(&consequences, 0).unwrap()[0];
        assert_eq!(cloud.dearer_better.value, 0.25);
        assert_eq!(cloud.dearer_worse.value, 0.25);
        assert_eq!(cloud.cheaper_better.value, 0.5);
        assert_eq!(cloud.thinned(2), [(1.0, 1.0), (1.0, -1.0)]);
        assert!(plane(&consequences, 2).is_err());
    }
}

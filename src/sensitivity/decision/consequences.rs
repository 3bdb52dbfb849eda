//! What each strategy costs and brings in each draw, and its net benefit at a given worth of an effect.

use super::error::{DecisionError, at_least, checked};

/// Costs and effects of strategies, draw by draw, draws paired across strategies.
#[derive(Debug, Clone, PartialEq)]
pub struct Consequences {
    costs: Vec<Vec<f64>>,
    effects: Vec<Vec<f64>>,
}

impl Consequences {
    /// Costs (pounds) and effects (such as QALYs, more is better), both `[strategy][draw]`.
    ///
    /// # Errors
    /// Fewer than two strategies or two draws, rows of unequal length, or something that is no number.
    pub fn new(costs: Vec<Vec<f64>>, effects: Vec<Vec<f64>>) -> Result<Self, DecisionError> {
        at_least("strategies", costs.len(), 2)?;
        at_least("draws", costs[0].len(), 2)?;
        at_least("rows of effects", effects.len(), costs.len())?;
        if effects.len() > costs.len() {
            return Err(DecisionError::TooFew { what: "rows of costs", found: costs.len(), needed: effects.len() });
        }
        checked("costs", &costs, costs[0].len())?;
        checked("effects", &effects, costs[0].len())?;
        Ok(Self { costs, effects })
    }

    /// Benefits that are already in one unit, `[strategy][draw]`, more is better: the same at every worth of an effect.
    ///
    /// # Errors
    /// As [`Consequences::new`].
    pub fn of_benefits(benefits: &[Vec<f64>]) -> Result<Self, DecisionError> {
        let costs = benefits.iter().map(|row| row.iter().map(|benefit| -benefit).collect()).collect();
        Self::new(costs, benefits.iter().map(|row| vec![0.0; row.len()]).collect())
    }

    /// How many strategies.
    pub fn strategies(&self) -> usize {
        self.costs.len()
    }

    /// How many draws.
    pub fn draws(&self) -> usize {
        self.costs[0].len()
    }

    /// Costs of a strategy, draw by draw.
    pub fn costs(&self, strategy: usize) -> &[f64] {
        &self.costs[strategy]
    }

    /// Effects of a strategy, draw by draw.
    pub fn effects(&self, strategy: usize) -> &[f64] {
        &self.effects[strategy]
    }

    /// Net benefits `[strategy][draw]` in pounds where one effect is worth `worth` pounds: `worth * effect - cost`
    /// (Stinnett AA, Mullahy J (1998), "Net health benefits", Med Decis Making 18: S68-S80).
    pub fn net_benefits(&self, worth: f64) -> Vec<Vec<f64>> {
        let pairs = self.costs.iter().zip(&self.effects);
        pairs.map(|(costs, effects)| costs.iter().zip(effects).map(|(c, e)| worth * e - c).collect()).collect()
    }
}

/// The sum in the order given.
pub(super) fn sum(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, |sum, value| sum + value)
}

/// The arithmetic mean, summed in order.
pub(super) fn average(values: &[f64]) -> f64 {
    sum(values.iter().copied()) / values.len() as f64
}

/// The index of the greatest, the first of equals.
pub(super) fn greatest(values: impl Iterator<Item = f64>) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (index, value) in values.enumerate() {
        if value > best.1 {
            best = (index, value);
        }
    }
    best.0
}

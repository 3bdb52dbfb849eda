//! Prices of the plan's years, and of the year in which real amounts are told.

use crate::evidence::Deflators;
use crate::explain::study as code;
use crate::quantity::FinancialYear;
use crate::scenario::Scenario;
use engine::diagnostic::{Diagnostic, Diagnostics};

/// Levels of prices, over those of the base year of the model.
pub(super) struct PriceLevels<'d> {
    deflators: &'d Deflators,
    first_year: FinancialYear,
    inflation: Option<Vec<f64>>,
}

impl<'d> PriceLevels<'d> {
    /// The published path, or, from the first plan year on, the rates of the scenario on top of where that path stands before.
    pub(super) fn new(scenario: &Scenario, first_year: FinancialYear, deflators: &'d Deflators) -> Self {
        Self { deflators, first_year, inflation: scenario.inflation() }
    }

    /// The level of a year; none before the index begins.
    pub(super) fn of(&self, year: FinancialYear) -> Option<f64> {
        let passed = year.begins() - self.first_year.begins();
        match &self.inflation {
            Some(rates) if passed >= 0 => {
                let before = self.deflators.from_base(self.first_year.later(-1))?;
                Some(rates.iter().take(passed as usize + 1).fold(before, |level, rate| level * (1.0 + rate)))
            }
            _ => self.deflators.from_base(year),
        }
    }
}

/// The year in whose prices real amounts are told: that of the scenario, if there is an index for it, or the base year.
pub(super) fn base(
    scenario: &Scenario,
    model: FinancialYear,
    levels: &PriceLevels<'_>,
    found: &mut Diagnostics,
) -> (FinancialYear, f64) {
    let Some(asked) = &scenario.price_base else { return (model, 1.0) };
    if let Some(level) = levels.of(asked.value) {
        return (asked.value, level);
    }
    let (first, _) = levels.deflators.years();
    let message = format!("real amounts are to be told in prices of {}, for which there is no index", asked.value);
    let error = Diagnostic::error(code::NO_PRICES, message).at(asked.span.clone());
    found.push(error.hint(format!("the index in deflators.toml begins with {first}")));
    (model, 1.0)
}

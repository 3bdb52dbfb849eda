//! What comes after the horizon: which constants of a model say how far it is followed and how it is discounted.
//!
//! A plan's money stops at the horizon, and what it has begun goes on: effects fade, those spared a death live, cost follows.
//! A model that works this out (its *to come* variables, discounted to now) names the constants here, and each ledger its own
//! with `to_come`. The study sets them from the scenario.

use crate::evidence::document::{Fields, Located, Reading};
use engine::model::Name;

use super::model_names::needed_variable;

/// Years after the horizon for which effects are followed, unless a scenario says otherwise.
pub const RUN_OFF_YEARS: u32 = 60;
/// The most that a scenario may ask for.
pub const LONGEST_RUN_OFF: i64 = 200;

/// The constants that a study sets for what comes after the horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct RunOff {
    /// The yearly discount rate of money.
    pub cost_rate: Located<Name>,
    /// The yearly discount rate of health.
    pub health_rate: Located<Name>,
    /// Years for which effects are followed.
    pub years: Located<Name>,
}

impl RunOff {
    pub(super) fn read(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Option<Self> {
        let cost_rate = needed_variable(reading, &mut fields, "cost_rate");
        let health_rate = needed_variable(reading, &mut fields, "health_rate");
        let years = needed_variable(reading, &mut fields, "years");
        fields.finish(reading);
        Some(Self { cost_rate: cost_rate?, health_rate: health_rate?, years: years? })
    }

    pub(super) fn constants(&self) -> [&Located<Name>; 3] {
        [&self.cost_rate, &self.health_rate, &self.years]
    }
}

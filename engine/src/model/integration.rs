//! How stocks are integrated: what a model's file says, and what a study may say instead.

use super::expression::TextRange;

/// A rule by which stocks are integrated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Integration {
    /// Euler's rule.
    #[default]
    Euler,
    /// The classical Runge-Kutta rule of order four.
    RungeKutta4,
}

/// The method that is saved in the settings behind a model's sketch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SavedIntegration {
    /// Which.
    pub method: SavedMethod,
    /// Where the settings say so.
    pub at: TextRange,
}

/// Vensim's methods, in the order of their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedMethod {
    /// `Euler`, 0.
    Euler,
    /// `RK4 Auto`, 1: of order four, with steps as short as a tolerance asks for.
    RungeKutta4Auto,
    /// `Difference`, 2.
    Difference,
    /// `RK2 Fixed`, 3.
    RungeKutta2,
    /// `RK2 Auto`, 4.
    RungeKutta2Auto,
    /// `RK4 Fixed`, 5.
    RungeKutta4,
    /// A number that is none of these.
    Unknown(u32),
}

impl SavedMethod {
    /// The method of this number.
    pub fn numbered(number: u32) -> Self {
        match number {
            0 => Self::Euler,
            1 => Self::RungeKutta4Auto,
            2 => Self::Difference,
            3 => Self::RungeKutta2,
            4 => Self::RungeKutta2Auto,
            5 => Self::RungeKutta4,
            other => Self::Unknown(other),
        }
    }

    /// Its number in the settings.
    pub fn number(self) -> u32 {
        match self {
            Self::Euler => 0,
            Self::RungeKutta4Auto => 1,
            Self::Difference => 2,
            Self::RungeKutta2 => 3,
            Self::RungeKutta2Auto => 4,
            Self::RungeKutta4 => 5,
            Self::Unknown(other) => other,
        }
    }

    /// The rule that is taken for it; with steps of TIME STEP, whatever the method says of them.
    pub fn rule(self) -> Integration {
        match self {
            Self::Euler | Self::Difference | Self::Unknown(_) => Integration::Euler,
            Self::RungeKutta2 | Self::RungeKutta2Auto | Self::RungeKutta4 | Self::RungeKutta4Auto => {
                Integration::RungeKutta4
            }
        }
    }

    /// What it is called, if it is one that is not had here and another rule stands in for it.
    pub fn replaced(self) -> Option<String> {
        match self {
            Self::Euler | Self::RungeKutta4 | Self::RungeKutta4Auto => None,
            Self::Difference => Some("difference equations".to_owned()),
            Self::RungeKutta2 | Self::RungeKutta2Auto => Some("a Runge-Kutta rule of order two".to_owned()),
            Self::Unknown(other) => Some(format!("method number {other}")),
        }
    }
}

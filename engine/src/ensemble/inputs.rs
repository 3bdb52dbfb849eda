//! Where each arm has its constants and paths from: looked up once a plan, not once a block.

use crate::structure::{Rule, ScalarId, Structure};

use super::arm::{Arm, Setting};
use super::run_plan::RunPlan;

/// Where the numbers of all arms come from.
pub(super) struct Inputs {
    /// One for each varying constant, before an arm sets it.
    varying: Vec<Given>,
    arms: Vec<ArmInputs>,
    /// Model years.
    pub(super) years: usize,
}

/// A constant that no arm sets.
#[derive(Clone, Copy)]
enum Given {
    /// The draw decides: its index among the sampled.
    Sampled(usize),
    /// What the model's text says.
    Fixed(f64),
}

struct ArmInputs {
    /// Indices among the varying constants, and what the arm sets there.
    constants: Vec<(usize, f64)>,
    /// One for each driven constant.
    driven: Vec<Driver>,
}

/// Where a driven constant of an arm has its path from.
enum Driver {
    /// Its value at the beginning and end of each year.
    Path(Vec<(f64, f64)>),
    /// An outcome of an earlier arm: its value as each year begins.
    Results { arm: usize, outcome: usize },
    /// The same throughout.
    Given(Given),
}

/// The earlier results of a block, and how they lie.
#[derive(Clone, Copy)]
pub(super) struct Earlier<'a> {
    /// One arm after the other.
    pub(super) values: &'a [f64],
    /// Numbers of an arm.
    pub(super) size: usize,
    /// Report times.
    pub(super) reports: usize,
}

impl Inputs {
    pub(super) fn of(plan: &RunPlan<'_>) -> Self {
        let request = plan.request;
        let given = |scalar: ScalarId| match position(plan.sampled, scalar) {
            Some(index) => Given::Sampled(index),
            None => Given::Fixed(fixed_value(plan.structure, scalar)),
        };
        let time = plan.structure.time;
        let years = (time.last - time.initial.floor()).ceil().max(1.0) as usize;
        let arm = |arm: &Arm| ArmInputs {
            constants: arm
                .settings
                .iter()
                .filter_map(|(scalar, setting)| match setting {
                    Setting::Constant(value) => Some((position(&request.varying, *scalar)?, *value)),
                    Setting::Path(_) => None,
                })
                .collect(),
            driven: request
                .driven
                .iter()
                .map(|scalar| driver(arm, *scalar, years).unwrap_or_else(|| Driver::Given(given(*scalar))))
                .collect(),
        };
        Self {
            varying: request.varying.iter().map(|scalar| given(*scalar)).collect(),
            arms: plan.arms.iter().map(arm).collect(),
            years,
        }
    }

    /// The varying constants before an arm sets any: `[constant][lane]`.
    pub(super) fn base(&self, sampled: &[f64], draws: usize, constants: &mut Vec<f64>) {
        constants.resize(self.varying.len() * draws, 0.0);
        for (lanes, given) in constants.chunks_exact_mut(draws).zip(&self.varying) {
            given.fill(sampled, lanes);
        }
    }

    /// Sets the constants of an arm over the base.
    pub(super) fn set(&self, arm: usize, base: &[f64], draws: usize, constants: &mut Vec<f64>) {
        constants.clear();
        constants.extend_from_slice(base);
        for (index, value) in &self.arms[arm].constants {
            constants[index * draws..(index + 1) * draws].fill(*value);
        }
    }

    /// The paths of an arm's driven constants, `[constant][year][beginning, end][lane]`: the arm's own path, else its
    /// constant, else the results it follows, else the draw.
    pub(super) fn paths(&self, arm: usize, sampled: &[f64], earlier: Earlier<'_>, draws: usize, paths: &mut Vec<f64>) {
        let driven = &self.arms[arm].driven;
        let whole = self.years * 2 * draws;
        paths.resize(driven.len() * whole, 0.0);
        for (path, driver) in paths.chunks_exact_mut(whole).zip(driven) {
            let ends =
                path.chunks_exact_mut(draws).enumerate().map(|(index, lanes)| (index / 2, index % 2 == 1, lanes));
            match driver {
                Driver::Path(yearly) => {
                    ends.for_each(|(year, end, lanes)| lanes.fill(if end { yearly[year].1 } else { yearly[year].0 }));
                }
                Driver::Results { arm, outcome } => {
                    for (year, _, lanes) in ends {
                        // Report times are the beginnings of the model years, so report `year` is this year's beginning.
                        let report = year.min(earlier.reports - 1);
                        let from = arm * earlier.size + (outcome * earlier.reports + report) * draws;
                        lanes.copy_from_slice(&earlier.values[from..from + draws]);
                    }
                }
                Driver::Given(given) => ends.for_each(|(_, _, lanes)| given.fill(sampled, lanes)),
            }
        }
    }
}

impl Given {
    fn fill(self, sampled: &[f64], lanes: &mut [f64]) {
        match self {
            Self::Sampled(index) => lanes.copy_from_slice(&sampled[index * lanes.len()..(index + 1) * lanes.len()]),
            Self::Fixed(value) => lanes.fill(value),
        }
    }
}

/// What an arm itself says of a driven constant.
fn driver(arm: &Arm, scalar: ScalarId, years: usize) -> Option<Driver> {
    match arm.settings.iter().find(|(set, _)| *set == scalar) {
        Some((_, Setting::Path(path))) => {
            let last = path.last().copied().unwrap_or((0.0, 0.0));
            Some(Driver::Path((0..years).map(|year| path.get(year).copied().unwrap_or(last)).collect()))
        }
        Some((_, Setting::Constant(value))) => Some(Driver::Given(Given::Fixed(*value))),
        None => {
            let follow = arm.follows.as_ref()?;
            let (_, outcome) = follow.pairs.iter().find(|(constant, _)| *constant == scalar)?;
            Some(Driver::Results { arm: follow.arm, outcome: *outcome })
        }
    }
}

fn position(scalars: &[ScalarId], scalar: ScalarId) -> Option<usize> {
    scalars.iter().position(|other| *other == scalar)
}

fn fixed_value(structure: &Structure, scalar: ScalarId) -> f64 {
    match structure.scalars[scalar.0 as usize].rule {
        Rule::Constant(value) => value,
        _ => f64::NAN,
    }
}

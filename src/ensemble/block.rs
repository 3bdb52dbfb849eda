//! Blocks of draws through all arms, in parallel and in order.

use rayon::prelude::*;

use crate::kernel::{LaneInputs, Outcome, Program, Request, Workspace};
use crate::structure::{Rule, ScalarId, Structure};

use super::arm::{Arm, Setting};
use super::fault::Faults;

/// Draws in a block: the lanes that the program takes at once.
pub const BLOCK_DRAWS: usize = 64;

/// What is to be run.
pub struct Plan<'a> {
    /// The model.
    pub structure: &'a Structure,
    /// Its program, compiled for `request`.
    pub program: &'a Program,
    /// What varies, what is driven, what is kept.
    pub request: &'a Request,
    /// Do nothing, twins, strategies; an arm may follow only earlier ones.
    pub arms: &'a [Arm],
    /// Constants that the draws decide; those that some arm drives need not be in `request.varying`.
    pub sampled: &'a [ScalarId],
    /// Fills, for a draw, one value for each of `sampled`.
    pub sampler: &'a (dyn Fn(u64, &mut [f64]) + Sync),
    /// How many draws.
    pub draws: u64,
}

/// The outcomes of some consecutive draws in all arms.
#[derive(Debug, Clone)]
pub struct Block {
    /// The first draw.
    pub first_draw: u64,
    /// How many draws.
    pub draws: usize,
    /// Runs that went wrong in it.
    pub faults: Faults,
    /// For each draw, whether every outcome of every arm is a finite number.
    pub sound: Vec<bool>,
    outcomes: usize,
    reports: usize,
    values: Vec<f64>,
}

impl Block {
    /// The value of an outcome in an arm at a report time for each draw of the block.
    pub fn lanes(&self, arm: usize, outcome: usize, report: usize) -> &[f64] {
        let start = ((arm * self.outcomes + outcome) * self.reports + report) * self.draws;
        &self.values[start..start + self.draws]
    }
}

/// Runs all arms with all draws, reduces each block, and returns the reductions in the order of the draws.
/// `progress` is told the number of draws done, from any thread.
pub fn run<R: Send>(plan: &Plan<'_>, reduce: &(dyn Fn(Block) -> R + Sync), progress: &(dyn Fn(u64) + Sync)) -> Vec<R> {
    let blocks = plan.draws.div_ceil(BLOCK_DRAWS as u64);
    (0..blocks)
        .into_par_iter()
        .map_init(
            || Workspace::new(plan.program),
            |workspace, block| {
                let first = block * BLOCK_DRAWS as u64;
                let draws = (plan.draws - first).min(BLOCK_DRAWS as u64) as usize;
                let reduced = reduce(run_block(plan, first, draws, workspace));
                progress(draws as u64);
                reduced
            },
        )
        .collect()
}

fn run_block(plan: &Plan<'_>, first_draw: u64, draws: usize, workspace: &mut Workspace) -> Block {
    let request = plan.request;
    let (outcomes, reports) = (request.outcomes.len(), request.report_times.len());
    let size = outcomes * reports * draws;
    let mut values = vec![0.0; plan.arms.len() * size];
    let sampled = sample(plan, first_draw, draws);
    let base = base_constants(plan, &sampled, draws);
    let years = (plan.structure.time.last - plan.structure.time.initial.floor()).ceil().max(1.0) as usize;
    for (place, arm) in plan.arms.iter().enumerate() {
        let (done, rest) = values.split_at_mut(place * size);
        let mut constants = base.clone();
        for (scalar, setting) in &arm.settings {
            if let (Some(at), Setting::Constant(value)) = (position(&request.varying, *scalar), setting) {
                constants[at * draws..(at + 1) * draws].fill(*value);
            }
        }
        let paths = paths(plan, arm, &sampled, done, Shape { draws, years, size, reports });
        let inputs = LaneInputs { lanes: draws, constants: &constants, paths: &paths, years };
        plan.program.run_block(inputs, workspace, &mut rest[..size]);
    }
    let mut block =
        Block { first_draw, draws, faults: Faults::default(), sound: vec![true; draws], outcomes, reports, values };
    find_faults(plan, &mut block);
    block
}

struct Shape {
    draws: usize,
    years: usize,
    size: usize,
    reports: usize,
}

fn position(scalars: &[ScalarId], scalar: ScalarId) -> Option<usize> {
    scalars.iter().position(|other| *other == scalar)
}

fn sample(plan: &Plan<'_>, first_draw: u64, draws: usize) -> Vec<f64> {
    let count = plan.sampled.len();
    let mut by_constant = vec![0.0; count * draws];
    let mut row = vec![0.0; count];
    for lane in 0..draws {
        (plan.sampler)(first_draw + lane as u64, &mut row);
        for (constant, value) in row.iter().enumerate() {
            by_constant[constant * draws + lane] = *value;
        }
    }
    by_constant
}

fn fixed_value(structure: &Structure, scalar: ScalarId) -> f64 {
    match structure.scalars[scalar.0 as usize].rule {
        Rule::Constant(value) => value,
        _ => f64::NAN,
    }
}

fn base_constants(plan: &Plan<'_>, sampled: &[f64], draws: usize) -> Vec<f64> {
    let mut constants = vec![0.0; plan.request.varying.len() * draws];
    for (at, scalar) in plan.request.varying.iter().enumerate() {
        let lanes = &mut constants[at * draws..(at + 1) * draws];
        match position(plan.sampled, *scalar) {
            Some(constant) => lanes.copy_from_slice(&sampled[constant * draws..(constant + 1) * draws]),
            None => lanes.fill(fixed_value(plan.structure, *scalar)),
        }
    }
    constants
}

/// Paths of the driven constants: the arm's own path, else its constant, else the results it follows, else the draw.
fn paths(plan: &Plan<'_>, arm: &Arm, sampled: &[f64], done: &[f64], shape: Shape) -> Vec<f64> {
    let Shape { draws, years, size, reports } = shape;
    let mut paths = vec![0.0; plan.request.driven.len() * years * 2 * draws];
    for (driven, scalar) in plan.request.driven.iter().enumerate() {
        let own = arm.settings.iter().find(|(set, _)| set == scalar).map(|(_, setting)| setting);
        let followed = arm.follows.as_ref().and_then(|follow| {
            follow.pairs.iter().find(|(constant, _)| constant == scalar).map(|(_, outcome)| (follow.arm, *outcome))
        });
        for year in 0..years {
            for end in 0..2 {
                let start = ((driven * years + year) * 2 + end) * draws;
                let lanes = &mut paths[start..start + draws];
                match (own, followed) {
                    (Some(Setting::Path(path)), _) => {
                        let value = path.get(year).or(path.last()).copied().unwrap_or((0.0, 0.0));
                        lanes.fill(if end == 0 { value.0 } else { value.1 });
                    }
                    (Some(Setting::Constant(value)), _) => lanes.fill(*value),
                    (None, Some((earlier, outcome))) => {
                        // Report times are the beginnings of the model years, so report `year` is this year's beginning.
                        let report = year.min(reports - 1);
                        let from = earlier * size + (outcome * reports + report) * draws;
                        lanes.copy_from_slice(&done[from..from + draws]);
                    }
                    (None, None) => match position(plan.sampled, *scalar) {
                        Some(at) => lanes.copy_from_slice(&sampled[at * draws..(at + 1) * draws]),
                        None => lanes.fill(fixed_value(plan.structure, *scalar)),
                    },
                }
            }
        }
    }
    paths
}

/// A value that is no number, or a level below the least that the model declares for it (beyond rounding), is a fault.
fn find_faults(plan: &Plan<'_>, block: &mut Block) {
    let mut faults = Faults::default();
    for (place, outcome) in plan.request.outcomes.iter().enumerate() {
        let (scalar, least) = match outcome {
            Outcome::Level(scalar) => {
                let variable = plan.structure.scalars[scalar.0 as usize].variable;
                (*scalar, plan.structure.variables[variable.0 as usize].bounds.0)
            }
            Outcome::Integral(scalar) => (*scalar, None),
        };
        for arm in 0..plan.arms.len() {
            for lane in 0..block.draws {
                let mut scale: f64 = 0.0;
                for report in 0..block.reports {
                    let value = block.lanes(arm, place, report)[lane];
                    scale = scale.max(value.abs());
                    let wrong = !value.is_finite() || least.is_some_and(|least| value < least - 1e-9 * scale.max(1.0));
                    if wrong {
                        let time = plan.request.report_times[report];
                        let draw = block.first_draw + lane as u64;
                        faults.count(arm, &plan.structure.label(scalar), draw, time, value);
                        block.sound[lane] &= value.is_finite();
                        break;
                    }
                }
            }
        }
    }
    block.faults = faults;
}

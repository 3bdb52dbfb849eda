//! Blocks of draws through all arms, in parallel and in order.

use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::kernel::{LaneInputs, Outcome, Workspace};

use super::fault::Faults;
use super::inputs::{Earlier, Inputs};
use super::run_plan::RunPlan;
use super::values::{Spare, Values};
use super::watch::{Lap, Stage, Unwatched, Watch};
use super::workers;

/// Draws in a block: the lanes that the program takes at once.
pub const BLOCK_DRAWS: usize = 64;

/// The outcomes of some consecutive draws in all arms.
#[derive(Debug, Clone)]
pub struct DrawBlock {
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
    values: Values,
}

impl DrawBlock {
    /// The value of an outcome in an arm at a report time for each draw of the block.
    pub fn lanes(&self, arm: usize, outcome: usize, report: usize) -> &[f64] {
        let start = ((arm * self.outcomes + outcome) * self.reports + report) * self.draws;
        &self.values[start..start + self.draws]
    }

    /// The values of an outcome in an arm at all report times, one after the other.
    fn path(&self, arm: usize, outcome: usize) -> &[f64] {
        let size = self.reports * self.draws;
        let start = (arm * self.outcomes + outcome) * size;
        &self.values[start..start + size]
    }
}

/// Runs all arms with all draws, reduces each block, and returns the reductions in the order of the draws.
/// `progress` is told the number of draws done, from any thread.
pub fn run<R: Send>(
    plan: &RunPlan<'_>,
    reduce: &(dyn Fn(DrawBlock) -> R + Sync),
    progress: &(dyn Fn(u64) + Sync),
) -> Vec<R> {
    let sound = |block| Ok::<R, Infallible>(reduce(block));
    try_run(plan, &sound, progress, &Unwatched).unwrap_or_else(|never| match never {})
}

/// The same, where a block may fail to be reduced: then no further one is begun. `watch` is told how long was sampled and
/// simulated; the time of `reduce` is its own to tell.
///
/// Each thread takes the next block that nobody has begun, so that blocks are done nearly in order and no thread waits for
/// another before the end.
///
/// # Errors
/// That of the earliest block that failed.
pub fn try_run<R: Send, E: Send>(
    plan: &RunPlan<'_>,
    reduce: &(dyn Fn(DrawBlock) -> Result<R, E> + Sync),
    progress: &(dyn Fn(u64) + Sync),
    watch: &dyn Watch,
) -> Result<Vec<R>, E> {
    let blocks = plan.draws.div_ceil(BLOCK_DRAWS as u64);
    let count = (workers::most() as u64).min(blocks) as usize;
    let inputs = Inputs::of(plan);
    let spare = Spare::default();
    let next = AtomicU64::new(0);
    let of_worker = || {
        let mut worker = Worker::new(plan, &inputs, &spare);
        let mut done: Vec<(u64, Result<R, E>)> = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= blocks {
                return done;
            }
            let first = number * BLOCK_DRAWS as u64;
            let draws = (plan.draws - first).min(BLOCK_DRAWS as u64) as usize;
            let reduced = reduce(worker.run(first, draws, watch));
            if reduced.is_err() {
                next.store(blocks, Ordering::Relaxed);
            }
            done.push((number, reduced));
            progress(draws as u64);
        }
    };
    let mut done = workers::share(count, &of_worker);
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, reduced)| reduced).collect()
}

/// A thread with its memory, block after block.
struct Worker<'a> {
    plan: &'a RunPlan<'a>,
    inputs: &'a Inputs,
    spare: &'a Spare,
    workspace: Workspace,
    sampled: Vec<f64>,
    base: Vec<f64>,
    constants: Vec<f64>,
    paths: Vec<f64>,
}

impl<'a> Worker<'a> {
    fn new(plan: &'a RunPlan<'a>, inputs: &'a Inputs, spare: &'a Spare) -> Self {
        Self {
            plan,
            inputs,
            spare,
            workspace: Workspace::new(plan.program),
            sampled: Vec::new(),
            base: Vec::new(),
            constants: Vec::new(),
            paths: Vec::new(),
        }
    }

    fn run(&mut self, first_draw: u64, draws: usize, watch: &dyn Watch) -> DrawBlock {
        let Self { plan, inputs, sampled, base, constants, paths, workspace, .. } = self;
        let (outcomes, reports) = (plan.request.outcomes.len(), plan.request.report_times.len());
        let size = outcomes * reports * draws;
        let mut lap = Lap::begin(watch);
        sampled.resize(plan.sampled.len() * draws, 0.0);
        plan.sampler.fill(first_draw, draws, sampled);
        inputs.base(sampled, draws, base);
        lap.end(Stage::Sampling);
        let numbers: Vec<u64> = (first_draw..first_draw + draws as u64).collect();
        let mut values = self.spare.take(plan.arms.len() * size);
        for arm in 0..plan.arms.len() {
            let (done, rest) = values.split_at_mut(arm * size);
            inputs.set(arm, base, draws, constants);
            inputs.paths(arm, sampled, Earlier { values: done, size, reports }, draws, paths);
            let lanes = LaneInputs { lanes: draws, constants, paths, years: inputs.years, draws: &numbers };
            plan.program.run_block(lanes, workspace, &mut rest[..size]);
        }
        let sound = vec![true; draws];
        let mut block = DrawBlock { first_draw, draws, faults: Faults::default(), sound, outcomes, reports, values };
        find_faults(plan, &mut block);
        lap.end(Stage::Simulating);
        block
    }
}

/// A value that is no number, or a level below the least that the model declares for it (beyond rounding), is a fault.
fn find_faults(plan: &RunPlan<'_>, block: &mut DrawBlock) {
    let mut faults = Faults::default();
    for (index, outcome) in plan.request.outcomes.iter().enumerate() {
        let (scalar, least) = match outcome {
            Outcome::Level(scalar) => {
                let variable = plan.structure.scalars[scalar.0 as usize].variable;
                (*scalar, plan.structure.variables[variable.0 as usize].bounds.0)
            }
            Outcome::Integral(scalar) | Outcome::Trapezium(scalar) => (*scalar, None),
        };
        for arm in 0..plan.arms.len() {
            if blameless(block.path(arm, index), least) {
                continue;
            }
            for lane in 0..block.draws {
                let mut scale: f64 = 0.0;
                for report in 0..block.reports {
                    let value = block.lanes(arm, index, report)[lane];
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

/// Whether all values are numbers and none is below the least: nearly always so, and seen many at a time.
fn blameless(values: &[f64], least: Option<f64>) -> bool {
    let least = least.unwrap_or(f64::NEG_INFINITY);
    values.iter().fold(true, |so_far, value| so_far & value.is_finite() & (*value >= least))
}

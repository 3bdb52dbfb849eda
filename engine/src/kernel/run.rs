//! Carrying a program out: blocks of lanes through time.

use crate::kernel::arithmetic;
use crate::kernel::instruction::{Instruction, Memory};
use crate::kernel::lanes::{LANES, Slot};
use crate::kernel::program::{Pipeline, Program, Source};
use crate::kernel::{Integrator, LaneInputs};
use crate::sampling::Noise;

/// The memory of one block, made once and used for one block after another; one for each thread.
#[derive(Debug, Clone)]
pub struct Workspace {
    slots: Vec<Slot>,
    numbers: Vec<f64>,
    rings: Vec<Ring>,
}

/// What went into a pipeline, as far back as any lane still waits for it.
#[derive(Debug, Clone, Default)]
struct Ring {
    past: Vec<Slot>,
    /// Steps of delay of each lane, 1 at least.
    steps: Vec<usize>,
    /// The most of any lane; `past` is used as far.
    longest: usize,
}

impl Workspace {
    /// Memory for a program's blocks.
    pub fn new(program: &Program) -> Self {
        Self {
            slots: vec![Slot::default(); program.slots],
            numbers: program.numbers.iter().copied().chain(std::iter::repeat_n(0.0, program.time_row)).collect(),
            rings: vec![Ring::default(); program.pipelines.len()],
        }
    }
}

impl Program {
    /// Runs any number of lanes: the value of outcome `o` at report time `r` in a lane is left in
    /// `out[(o * report_times + r) * lanes + lane]`.
    pub fn run(&self, inputs: LaneInputs<'_>, out: &mut [f64]) {
        self.run_block(inputs, &mut Workspace::new(self), out);
    }

    /// The same as [`Program::run`] in memory made before. Allocates nothing once the workspace has seen the longest delays.
    pub fn run_block(&self, inputs: LaneInputs<'_>, workspace: &mut Workspace, out: &mut [f64]) {
        self.run_part(inputs, 0, inputs.lanes, workspace, out);
    }

    /// Runs the lanes `first..first + lanes` out of a larger set; `out` as in [`Program::run`], for so many lanes.
    pub fn run_part(
        &self,
        inputs: LaneInputs<'_>,
        first: usize,
        lanes: usize,
        workspace: &mut Workspace,
        out: &mut [f64],
    ) {
        assert!(first + lanes <= inputs.lanes, "a part lies within the lanes");
        let mut out = Output { numbers: out, lanes, first: 0 };
        for done in (0..lanes).step_by(LANES) {
            out.first = done;
            self.run_lanes(inputs, first + done, LANES.min(lanes - done), workspace, &mut out);
        }
    }

    fn run_lanes(
        &self,
        inputs: LaneInputs<'_>,
        first: usize,
        lanes: usize,
        workspace: &mut Workspace,
        out: &mut Output<'_>,
    ) {
        assert_eq!(
            inputs.constants.len(),
            self.varying_count * inputs.lanes,
            "one number for each varying constant and lane"
        );
        assert_eq!(
            inputs.paths.len(),
            self.driven_count * inputs.years * 2 * inputs.lanes,
            "the beginning and end of each year for each driven constant and lane"
        );
        assert_eq!(
            out.numbers.len(),
            self.numbers_per_lane() * out.lanes,
            "room for each outcome, report time and lane"
        );
        assert_eq!(workspace.slots.len(), self.slots, "a workspace made for this program");
        let Some(last) = self.report_steps.iter().copied().max() else {
            return;
        };
        if lanes == 0 {
            return;
        }
        let block = LaneBlock { program: self, inputs, first, lanes };
        block.start(workspace);
        for step in 0..=last {
            block.drive(workspace, step);
            block.chance(workspace, &self.noises, step);
            block.time_row(workspace, step, 0);
            if self.report_steps.contains(&step) {
                block.keep(workspace, step, true, out);
                self.execute(&self.report, workspace);
                block.keep(workspace, step, false, out);
            } else {
                self.execute(&self.passes[0], workspace);
            }
            if step == last {
                break;
            }
            for (pass, row) in self.passes.iter().zip([0, 1, 1, 2]).skip(1) {
                block.time_row(workspace, step, row);
                self.execute(pass, workspace);
            }
            for (pipeline, ring) in self.pipelines.iter().zip(&workspace.rings) {
                ring.advance(pipeline, &workspace.slots, step);
            }
        }
    }

    fn execute(&self, instructions: &[Instruction], workspace: &Workspace) {
        let memory = Memory { slots: &workspace.slots, numbers: &workspace.numbers, lookups: &self.lookups };
        self.instruction_set.execute(instructions, memory);
    }

    /// Rows of time numbers that a step has.
    fn rows(&self) -> usize {
        match self.integrator() {
            Integrator::Euler => 1,
            Integrator::Rk4 => 3,
        }
    }

    fn integrator(&self) -> Integrator {
        if self.passes.len() == 1 { Integrator::Euler } else { Integrator::Rk4 }
    }
}

/// Where outcomes go.
struct Output<'a> {
    numbers: &'a mut [f64],
    /// Lanes in a row of it.
    lanes: usize,
    /// The block's first lane in it.
    first: usize,
}

/// A block of lanes on its way.
struct LaneBlock<'a> {
    program: &'a Program,
    inputs: LaneInputs<'a>,
    first: usize,
    lanes: usize,
}

impl LaneBlock<'_> {
    /// Constants, what is computed once a run, and initial values.
    fn start(&self, workspace: &mut Workspace) {
        let program = self.program;
        for &(index, slot) in &program.varying {
            workspace.slots[slot as usize].load(self.row(self.inputs.constants, index));
        }
        for driven in &program.driven {
            if let Some(slot) = driven.at_start {
                self.drive_one(&workspace.slots[slot as usize], driven.index, driven.otherwise, program.time.initial);
            }
        }
        self.chance(workspace, &program.noises_at_start, 0);
        program.execute(&program.start, workspace);
        for &(cell, source) in &program.initial {
            let cell = &workspace.slots[cell as usize];
            match source {
                Source::Slot(slot) => cell.copy(&workspace.slots[slot as usize]),
                Source::Number(number) => cell.fill(workspace.numbers[number as usize]),
            }
        }
        let Workspace { slots, numbers, rings } = workspace;
        for (pipeline, ring) in program.pipelines.iter().zip(rings) {
            let delay = |lane| match pipeline.delay {
                Source::Slot(slot) => slots[slot as usize].lane(lane),
                Source::Number(number) => numbers[number as usize],
            };
            ring.start(delay, program.time.step, program.time.steps());
        }
    }

    /// Driven constants at the beginning of a step.
    fn drive(&self, workspace: &Workspace, step: usize) {
        let time = self.program.time.at(step);
        for driven in &self.program.driven {
            if let Some(slot) = driven.at_step {
                self.drive_one(&workspace.slots[slot as usize], driven.index, driven.otherwise, time);
            }
        }
    }

    /// The numbers of a step by chance.
    fn chance(&self, workspace: &Workspace, noises: &[(Noise, u32)], step: usize) {
        for (noise, slot) in noises {
            let last = self.lanes - 1;
            workspace.slots[*slot as usize]
                .set_each(|lane| noise.at(self.inputs.draw(self.first + lane.min(last)), step as u64));
        }
    }

    fn drive_one(&self, slot: &Slot, index: usize, otherwise: f64, time: f64) {
        let years = self.inputs.years;
        if years == 0 {
            return slot.fill(otherwise);
        }
        let (year, fraction) = arithmetic::path_position(time, self.program.time.initial, years);
        let beginning = self.row(self.inputs.paths, (index * years + year) * 2);
        let end = self.row(self.inputs.paths, (index * years + year) * 2 + 1);
        let last = self.lanes - 1;
        slot.set_each(|lane| {
            let lane = lane.min(last);
            arithmetic::along_path(beginning[lane], end[lane], fraction)
        });
    }

    /// The block's part of a row of numbers, one a lane.
    fn row<'n>(&self, numbers: &'n [f64], row: usize) -> &'n [f64] {
        let from = row * self.inputs.lanes + self.first;
        &numbers[from..from + self.lanes]
    }

    /// Numbers of the time: row 0 is the step's beginning, 1 its middle, 2 its end.
    fn time_row(&self, workspace: &mut Workspace, step: usize, row: usize) {
        let count = self.program.time_row;
        let from = (step * self.program.rows() + row) * count;
        let constant = self.program.numbers.len();
        workspace.numbers[constant..].copy_from_slice(&self.program.time_numbers[from..from + count]);
    }

    /// Writes out the outcomes that are to be read before a pass, or after it.
    fn keep(&self, workspace: &Workspace, step: usize, before: bool, out: &mut Output<'_>) {
        let reports = &self.program.report_steps;
        for (outcome, kept) in self.program.kept.iter().enumerate().filter(|(_, kept)| kept.before == before) {
            for (report, _) in reports.iter().enumerate().filter(|(_, report)| **report == step) {
                let from = (outcome * reports.len() + report) * out.lanes + out.first;
                let numbers = &mut out.numbers[from..from + self.lanes];
                match kept.source {
                    Source::Slot(slot) => workspace.slots[slot as usize].store(numbers),
                    Source::Number(number) => Slot::filled(workspace.numbers[number as usize]).store(numbers),
                }
            }
        }
    }
}

impl Ring {
    fn start(&mut self, delay: impl Fn(usize) -> f64, step: f64, most: usize) {
        self.steps.clear();
        // What comes out after the last step is never seen.
        self.steps.extend((0..LANES).map(|lane| {
            let steps = (delay(lane) / step).round().max(1.0);
            if steps < most as f64 + 1.0 { steps as usize } else { most + 1 }
        }));
        self.longest = self.steps.iter().copied().max().unwrap_or(1);
        if self.past.len() < self.longest {
            self.past.resize_with(self.longest, Slot::default);
        }
    }

    /// Takes in what flowed in during a step, and lets out what is due at its end.
    fn advance(&self, pipeline: &Pipeline, slots: &[Slot], step: usize) {
        self.past[step % self.longest].copy(&slots[pipeline.input as usize]);
        let output = &slots[pipeline.output as usize];
        let shortest = self.steps[0];
        if self.steps.iter().all(|&steps| steps == shortest) {
            if let Some(since) = (step + 1).checked_sub(shortest) {
                output.copy(&self.past[since % self.longest]);
            }
            return;
        }
        output.set_each(|lane| match (step + 1).checked_sub(self.steps[lane]) {
            Some(since) => self.past[since % self.longest].lane(lane),
            None => output.lane(lane),
        });
    }
}

//! A model compiled for one question: only what its outcomes need, sorted into once per model, once per run, once per step.

use std::collections::BTreeMap;

use crate::kernel::dispatch::InstructionSet;
use crate::kernel::events::events_held;
use crate::kernel::graph::{CellId, Depends, Graph, Value, ValueId};
use crate::kernel::instruction::{Instruction, MOST_OPERANDS};
use crate::kernel::layout::{Layout, Location};
use crate::kernel::lower::{Lowered, Motion, State, formula, lower};
use crate::kernel::schedule::{Draft, Goals, Schedule, schedule};
use crate::kernel::sparse::sparse;
use crate::kernel::{Integrator, Request};
use crate::sampling::Noise;
use crate::structure::{LookupTable, NoiseId, Rule, ScalarId, Structure, TimeAxis};

/// A model compiled for one request; runs any number of lanes.
#[derive(Debug, Clone)]
pub struct Program {
    pub(super) instruction_set: InstructionSet,
    pub(super) time: TimeAxis,
    /// The steps at which outcomes are kept, one for each report time.
    pub(super) report_steps: Vec<usize>,
    pub(super) lookups: Vec<LookupTable>,
    /// Numbers that never change; those of the time follow them in memory.
    pub(super) numbers: Vec<f64>,
    /// Row by row, one for each time at which a pass is carried out.
    pub(super) time_numbers: Vec<f64>,
    /// Numbers in a row.
    pub(super) time_row: usize,
    /// Slots of a block.
    pub(super) slots: usize,
    /// The first of them, which outlive a pass.
    pub(super) kept_slots: u32,
    /// Once a run.
    pub(super) start: Vec<Instruction>,
    /// The passes of a step: one for Euler, four for Runge-Kutta.
    pub(super) passes: Vec<Vec<Instruction>>,
    /// What takes the place of the first pass where outcomes are kept: the same, and all that only they need.
    pub(super) report: Vec<Instruction>,
    /// One for each outcome.
    pub(super) kept: Vec<Kept>,
    /// Indices in the request, and their slots.
    pub(super) varying: Vec<(usize, u32)>,
    pub(super) driven: Vec<Driven>,
    /// Sources of chance in use, and the slots of their numbers: at the initial time, and in each step.
    pub(super) noises_at_start: Vec<(Noise, u32)>,
    pub(super) noises: Vec<(Noise, u32)>,
    /// Cells, and where their initial values are.
    pub(super) initial: Vec<(u32, Source)>,
    pub(super) pipelines: Vec<Pipeline>,
    /// How many the request names.
    pub(super) varying_count: usize,
    pub(super) driven_count: usize,
    /// What people call the slots that outlive a step.
    pub(super) labels: BTreeMap<u32, String>,
}

/// Where a number of each lane is found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Source {
    Slot(u32),
    Number(u32),
}

/// Where an outcome is found, and whether it must be read before the pass that overwrites it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    pub(super) source: Source,
    pub(super) before: bool,
}

/// A driven constant in use.
#[derive(Debug, Clone)]
pub(super) struct Driven {
    /// Its index in the request.
    pub(super) index: usize,
    /// Its value at the step's beginning, if a step reads it.
    pub(super) at_step: Option<u32>,
    /// Its value at the initial time, if the start reads it.
    pub(super) at_start: Option<u32>,
    /// What the model's text says, for runs without a path.
    pub(super) otherwise: f64,
}

/// A delay of a fixed number of steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pipeline {
    pub(super) input: u32,
    pub(super) output: u32,
    pub(super) delay: Source,
}

/// Compiles a model for what a request varies and keeps. What is multiplied by zero in every run is left out.
pub fn compile(structure: &Structure, request: &Request) -> Program {
    let structure = &sparse(&events_held(structure, request.integrator), request);
    let Lowered { mut graph, states, outcomes } = lower(structure, request);
    let needed = needed_states(&graph, &states_read(&states), &outcomes);
    let mut cells = Cells { next: states.len() as u32, pipeline_inputs: BTreeMap::new() };
    let mut layout = Layout::default();

    let mut initial_values = Vec::new();
    let mut delays = BTreeMap::new();
    for &index in &needed {
        let state = &states[index];
        let cell = CellId(index as u32);
        initial_values.push((layout.cell(cell), state.initial));
        if let Motion::Pipeline { delay, .. } = state.motion {
            delays.insert(cell, delay);
        }
    }
    let moves: Vec<(CellId, Motion)> =
        needed.iter().map(|&index| (CellId(index as u32), states[index].motion)).collect();
    let goals = match request.integrator {
        Integrator::Euler => vec![euler(&mut graph, &mut cells, &moves, structure.time.step)],
        Integrator::Rk4 => runge_kutta(&mut graph, &mut cells, &moves, structure.time.step),
    };
    let goals: Vec<Goals> = goals.into_iter().map(|assigned| in_slots(assigned, &mut layout)).collect();
    let passes: Vec<Schedule> = goals.iter().map(|goals| schedule(&graph, Depends::Step, goals, &mut layout)).collect();
    let read_after = outcomes.iter().copied().filter(|&id| !matches!(graph.value(id), Value::Cell(_))).collect();
    let report_goals = Goals { assigned: goals[0].assigned.clone(), read_after };
    let report = schedule(&graph, Depends::Step, &report_goals, &mut layout);

    let initial: Vec<(u32, Location)> =
        initial_values.iter().map(|&(slot, value)| (slot, layout.leaf(&graph, value))).collect();
    let pipelines: Vec<(u32, u32, Location)> = delays
        .iter()
        .map(|(&cell, &delay)| {
            let delay = layout.leaf(&graph, delay);
            (layout.cell(cells.pipeline_inputs[&cell]), layout.cell(cell), delay)
        })
        .collect();
    let once_a_run = layout.values().iter().filter(|(id, _)| graph.depends(**id) == Depends::Run);
    let assigned = once_a_run.filter(|(id, _)| graph.value(**id).operands().next().is_some());
    let start_goals = Goals { assigned: assigned.map(|(&id, &slot)| (slot, id)).collect(), read_after: Vec::new() };
    let start = schedule(&graph, Depends::Run, &start_goals, &mut layout);

    let source = |index: Location| match layout.figure(index) {
        (number, true) => Source::Number(number),
        (slot, false) => Source::Slot(slot),
    };
    let mut found = report_goals.read_after.iter().zip(&report.found);
    let kept = outcomes
        .iter()
        .map(|&id| match graph.value(id) {
            Value::Cell(cell) => Kept { source: Source::Slot(layout.cells()[&cell]), before: true },
            _ => {
                let (_, &index) = found.next().expect("each outcome that is no cell is found after the pass");
                Kept { source: source(index), before: false }
            }
        })
        .collect();
    let last = structure.time.steps();
    let report_steps: Vec<usize> =
        request.report_times.iter().map(|&time| structure.time.step_at(time).min(last)).collect();
    let most_passing = passes.iter().chain([&report, &start]).map(|pass| pass.passing).max().unwrap_or(0);
    let inputs = inputs(&graph, &layout, structure, request);
    Program {
        instruction_set: InstructionSet::chosen(),
        time: structure.time,
        time_row: layout.time_values().len(),
        time_numbers: time_numbers(&graph, &layout, structure.time, request.integrator, &report_steps),
        report_steps,
        lookups: structure.lookups.clone(),
        numbers: layout.numbers().to_vec(),
        // One at least, for operands that are numbers to point beside.
        slots: ((layout.kept() + most_passing) as usize).max(1),
        kept_slots: layout.kept(),
        start: encode(&start.drafts, &layout),
        passes: passes.iter().map(|pass| encode(&pass.drafts, &layout)).collect(),
        report: encode(&report.drafts, &layout),
        kept,
        varying: inputs.varying,
        driven: inputs.driven,
        noises_at_start: inputs.noises_at_start,
        noises: inputs.noises,
        initial: initial.iter().map(|&(slot, index)| (slot, source(index))).collect(),
        pipelines: pipelines
            .iter()
            .map(|&(input, output, delay)| Pipeline { input, output, delay: source(delay) })
            .collect(),
        varying_count: request.varying.len(),
        driven_count: request.driven.len(),
        labels: labels(&graph, &layout, structure, request, &states_scalars(&states)),
    }
}

fn states_read(states: &[State]) -> Vec<ValueId> {
    states
        .iter()
        .map(|state| match state.motion {
            Motion::Flow(value) | Motion::Next(value) | Motion::Pipeline { input: value, .. } | Motion::With(value) => {
                value
            }
        })
        .collect()
}

fn states_scalars(states: &[State]) -> Vec<Option<ScalarId>> {
    states.iter().map(|state| state.scalar).collect()
}

/// The states that the outcomes depend on, by way of other states too.
fn needed_states(graph: &Graph, motions: &[ValueId], outcomes: &[ValueId]) -> Vec<usize> {
    let mut seen = vec![false; graph.len()];
    let mut needed = vec![false; motions.len()];
    let mut waiting = outcomes.to_vec();
    while let Some(id) = waiting.pop() {
        if std::mem::replace(&mut seen[id.0 as usize], true) {
            continue;
        }
        if let Value::Cell(cell) = graph.value(id) {
            needed[cell.0 as usize] = true;
            waiting.push(motions[cell.0 as usize]);
        }
        waiting.extend(graph.value(id).operands());
    }
    (0..motions.len()).filter(|&index| needed[index]).collect()
}

/// Cells beyond those of the states.
struct Cells {
    next: u32,
    pipeline_inputs: BTreeMap<CellId, CellId>,
}

impl Cells {
    fn another(&mut self) -> CellId {
        self.next += 1;
        CellId(self.next - 1)
    }
}

type Assigned = Vec<(CellId, ValueId)>;

fn in_slots(assigned: Assigned, layout: &mut Layout) -> Goals {
    let assigned = assigned.into_iter().map(|(cell, value)| (layout.cell(cell), value)).collect();
    Goals { assigned, read_after: Vec::new() }
}

/// What Euler's one pass leaves in each cell.
fn euler(graph: &mut Graph, cells: &mut Cells, moves: &[(CellId, Motion)], dt: f64) -> Assigned {
    let mut after = BTreeMap::new();
    moves
        .iter()
        .map(|&(cell, motion)| match motion {
            Motion::Flow(flow) => {
                let stock = graph.cell(cell);
                let next = formula::euler(graph, stock, dt, flow);
                after.insert(stock, next);
                (cell, next)
            }
            Motion::With(stock) => (cell, after[&stock]),
            Motion::Next(next) => (cell, next),
            Motion::Pipeline { input, .. } => {
                let entrance = cells.another();
                cells.pipeline_inputs.insert(cell, entrance);
                (entrance, input)
            }
        })
        .collect()
}

/// What each of Runge-Kutta's four passes leaves in each cell.
///
/// The stock's value at the step's beginning and the sum of rates so far have cells of their own; held values and
/// pipelines take what the first pass saw and show it only after the last.
fn runge_kutta(graph: &mut Graph, cells: &mut Cells, moves: &[(CellId, Motion)], dt: f64) -> Vec<Assigned> {
    let mut passes = vec![Assigned::new(); 4];
    let mut after = BTreeMap::new();
    for &(cell, motion) in moves {
        match motion {
            Motion::Flow(k) => {
                let (beginning, slopes) = (cells.another(), cells.another());
                let stock = graph.cell(cell);
                let (stock_at_beginning, sum) = (graph.cell(beginning), graph.cell(slopes));
                passes[0].push((beginning, stock));
                passes[0].push((slopes, k));
                passes[0].push((cell, formula::half_way(graph, stock, dt, k)));
                let sum_after = formula::with_twice(graph, sum, k);
                passes[1].push((slopes, sum_after));
                passes[1].push((cell, formula::half_way(graph, stock_at_beginning, dt, k)));
                passes[2].push((slopes, sum_after));
                passes[2].push((cell, formula::euler(graph, stock_at_beginning, dt, k)));
                let next = formula::runge_kutta(graph, stock_at_beginning, dt, sum, k);
                after.insert(stock, next);
                passes[3].push((cell, next));
            }
            // A stock stands before whatever goes with it.
            Motion::With(stock) => passes[3].push((cell, after[&stock])),
            Motion::Next(next) => {
                let pending = cells.another();
                passes[0].push((pending, next));
                passes[3].push((cell, graph.cell(pending)));
            }
            Motion::Pipeline { input, .. } => {
                let entrance = cells.another();
                cells.pipeline_inputs.insert(cell, entrance);
                passes[0].push((entrance, input));
            }
        }
    }
    passes
}

/// The numbers of the time, row by row: for Euler one row a step, for Runge-Kutta its beginning, middle and end.
fn time_numbers(
    graph: &Graph,
    layout: &Layout,
    time: TimeAxis,
    integrator: Integrator,
    report_steps: &[usize],
) -> Vec<f64> {
    if layout.time_values().is_empty() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for step in 0..=report_steps.iter().copied().max().unwrap_or(0) {
        let beginning = time.at(step);
        rows.extend(graph.at_time(beginning, beginning, layout.time_values()));
        if integrator == Integrator::Rk4 {
            rows.extend(graph.at_time(beginning + 0.5 * time.step, beginning, layout.time_values()));
            rows.extend(graph.at_time(beginning + time.step, beginning, layout.time_values()));
        }
    }
    rows
}

fn encode(drafts: &[Draft], layout: &Layout) -> Vec<Instruction> {
    drafts
        .iter()
        .map(|draft| {
            let mut operands = [0; MOST_OPERANDS];
            let mut numbers = 0;
            for (index, &operand) in draft.operands.iter().enumerate() {
                let (figure, is_number) = layout.figure(operand);
                operands[index] = figure;
                numbers |= u16::from(is_number) << index;
            }
            if let Some(table) = draft.table {
                operands[1] = table.0;
            }
            Instruction::new(draft.shape, numbers, layout.figure(draft.destination).0, operands)
        })
        .collect()
}

struct Inputs {
    varying: Vec<(usize, u32)>,
    driven: Vec<Driven>,
    noises_at_start: Vec<(Noise, u32)>,
    noises: Vec<(Noise, u32)>,
}

fn inputs(graph: &Graph, layout: &Layout, structure: &Structure, request: &Request) -> Inputs {
    let mut varying = Vec::new();
    let mut driven: BTreeMap<usize, Driven> = BTreeMap::new();
    let (mut noises_at_start, mut noises) = (Vec::new(), Vec::new());
    let noise = |id: NoiseId| {
        let source = &structure.noises[id.0 as usize];
        Noise::new(source.seed, &source.name)
    };
    let blank = |index: usize| Driven {
        index,
        at_step: None,
        at_start: None,
        otherwise: match structure.scalars[request.driven[index].0 as usize].rule {
            Rule::Constant(number) => number,
            _ => f64::NAN,
        },
    };
    for (&id, &slot) in layout.values() {
        match graph.value(id) {
            Value::Varying(index) => varying.push((index as usize, slot)),
            Value::Driven(index) => {
                let index = index as usize;
                driven.entry(index).or_insert_with(|| blank(index)).at_step = Some(slot);
            }
            Value::DrivenAtStart(index) => {
                let index = index as usize;
                driven.entry(index).or_insert_with(|| blank(index)).at_start = Some(slot);
            }
            Value::NoiseAtStart(id) => noises_at_start.push((noise(id), slot)),
            Value::Noise(id) => noises.push((noise(id), slot)),
            _ => {}
        }
    }
    Inputs { varying, driven: driven.into_values().collect(), noises_at_start, noises }
}

fn labels(
    graph: &Graph,
    layout: &Layout,
    structure: &Structure,
    request: &Request,
    scalars: &[Option<ScalarId>],
) -> BTreeMap<u32, String> {
    let mut labels = BTreeMap::new();
    for (cell, &slot) in layout.cells() {
        let label = match scalars.get(cell.0 as usize) {
            Some(Some(scalar)) => structure.label(*scalar),
            Some(None) => format!("integral {}", cell.0),
            None => format!("step {}", cell.0),
        };
        labels.insert(slot, label);
    }
    for (&id, &slot) in layout.values() {
        let label = match graph.value(id) {
            Value::Varying(index) => structure.label(request.varying[index as usize]),
            Value::Driven(index) => structure.label(request.driven[index as usize]),
            Value::DrivenAtStart(index) => format!("{} at start", structure.label(request.driven[index as usize])),
            Value::NoiseAtStart(id) | Value::Noise(id) => format!("chance of {}", structure.noises[id.0 as usize].name),
            _ => format!("run {slot}"),
        };
        labels.insert(slot, label);
    }
    labels
}

impl Program {
    /// The same program carried out by another of the processor's instruction sets.
    #[must_use]
    pub fn on(mut self, instruction_set: InstructionSet) -> Self {
        self.instruction_set = instruction_set;
        self
    }

    /// What carries the program out.
    pub fn instruction_set(&self) -> InstructionSet {
        self.instruction_set
    }

    /// Numbers that [`Program::run`] writes for each lane: outcomes times report times.
    pub fn numbers_per_lane(&self) -> usize {
        self.kept.len() * self.report_steps.len()
    }
}

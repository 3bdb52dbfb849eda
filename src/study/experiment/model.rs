//! A model made ready for an experiment: a place of a study, or a model by itself, with only what the outcomes need.

use std::collections::BTreeMap;

use crate::appraisal::accumulator::accumulate;
use crate::appraisal::chart::Chart;
use crate::appraisal::series::{SeriesDefinition, Terms};
use crate::scenario::{LeverPath, Step};
use engine::diagnostic::Span;
use engine::ensemble::{Arm, DrawBlock, Faults, RunPlan, Setting, run};
use engine::kernel::{Program, Request};
use engine::model::{Label, Name};
use engine::structure::{Rule, ScalarId, Structure};

use super::super::audit::audit;
use super::inputs::Inputs;
use super::model_study::Reading;
use super::table::{Others, PointColumn, PointMatrix};

/// A model made ready.
#[derive(Debug)]
pub(super) struct ExperimentModel<'s> {
    pub(super) structure: &'s Structure,
    pub(super) arms: Vec<Arm>,
    pub(super) inputs: Inputs,
    /// What an experiment sets, found in this structure.
    pub(super) known: Known,
    /// The constants of the draws, and after them those of the columns.
    pub(super) sampled: Vec<ScalarId>,
    pub(super) request: Request,
    pub(super) program: Program,
    pub(super) reader: Reader,
    /// Residents of each group, as the runs begin.
    pub(super) residents: Vec<f64>,
}

/// How the outcomes of runs are read.
#[derive(Debug)]
pub(super) enum Reader {
    /// By the accounts of the model.
    Accounts { chart: Box<Chart>, series: Vec<SeriesDefinition>, terms: Box<Terms> },
    /// As they are.
    Model(Vec<Reading>),
}

/// What came of some points.
#[derive(Debug, Default)]
pub(super) struct Ran {
    /// Whether every value of every run is a number.
    pub(super) sound: Vec<bool>,
    /// Whether people or money are not accounted for in some run.
    pub(super) unaccounted: Vec<bool>,
    /// The yearly numbers of each series, `[year * count + point]`.
    pub(super) numbers: Vec<Vec<f64>>,
    pub(super) faults: Faults,
}

/// Constants that an experiment sets.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// The scalars of each.
    pub(super) scalars: BTreeMap<Label, Vec<ScalarId>>,
    /// Those that no run sets otherwise than all runs: they are set in doing nothing too.
    pub(super) everywhere: Vec<Label>,
    /// What a place has of each sum of money that places share.
    pub(super) factors: BTreeMap<Name, f64>,
}

/// What one setting of a sweep changes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Cell {
    /// The only place that is run; `None` for all together.
    pub(super) place: Option<usize>,
    pub(super) levers: Vec<(Label, LeverPath)>,
    /// Streams, or constants that follow them, and where they stand.
    pub(super) positions: Vec<(String, f64)>,
    /// Uncertain constants, and the numbers at which they are held.
    pub(super) numbers: Vec<(Label, f64)>,
}

/// Some consecutive points of a cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Points<'p> {
    pub(super) cell: &'p Cell,
    pub(super) first: u64,
    pub(super) count: usize,
    pub(super) matrix: Option<&'p PointMatrix>,
}

impl Known {
    fn factor(&self, label: &Label) -> f64 {
        self.factors.get(&label.constant).copied().unwrap_or(1.0)
    }

    fn of(&self, label: &Label) -> &[ScalarId] {
        self.scalars.get(label).map_or(&[], Vec::as_slice)
    }
}

/// Sets a lever in all arms in which it acts, as if the scenario said so; what the arms say of it does not count.
pub(super) fn set_lever(structure: &Structure, known: &Known, arms: &mut [Arm], label: &Label, path: &LeverPath) {
    let everywhere = known.everywhere.contains(label);
    let settings = settings(structure, known, label, path);
    for arm in arms.iter_mut().skip(usize::from(!everywhere)) {
        arm.settings.retain(|(set, _)| !settings.iter().any(|(scalar, _)| scalar == set));
        arm.settings.extend(settings.iter().cloned());
    }
}

/// What a lever sets each of its constants to: a number that holds throughout, or one for each year.
pub(super) fn settings(
    structure: &Structure,
    known: &Known,
    label: &Label,
    path: &LeverPath,
) -> Vec<(ScalarId, Setting)> {
    let everywhere = known.everywhere.contains(label);
    let path = &scaled(path, known.factor(label));
    let (first, years) = model_years(structure);
    let setting = |scalar: ScalarId| match path {
        LeverPath::Number(number) if everywhere => Setting::Constant(*number),
        _ => {
            let yearly = path.yearly(constant(structure, scalar), first as i32 + 1, years);
            match yearly.first() {
                Some(first) if yearly.iter().all(|year| year == &(first.0, first.0)) => Setting::Constant(first.0),
                _ => Setting::Path(yearly),
            }
        }
    };
    known.of(label).iter().map(|scalar| (*scalar, setting(*scalar))).collect()
}

/// A place's share of a lever.
fn scaled(path: &LeverPath, factor: f64) -> LeverPath {
    let step = |step: &Step| Step { value: step.value * factor, ..*step };
    match path {
        LeverPath::Number(number) => LeverPath::Number(number * factor),
        LeverPath::Steps(steps) => LeverPath::Steps(steps.iter().map(step).collect()),
    }
}

/// The first model year, and how many there are.
fn model_years(structure: &Structure) -> (f64, usize) {
    let first = structure.time.initial.floor();
    (first, (structure.time.last - first).ceil().max(1.0) as usize)
}

/// The number of a constant.
pub(super) fn constant(structure: &Structure, scalar: ScalarId) -> f64 {
    match structure.scalars[scalar.0 as usize].rule {
        Rule::Constant(value) => value,
        _ => 0.0,
    }
}

impl ExperimentModel<'_> {
    /// Runs some points.
    pub(super) fn run(&self, points: Points<'_>) -> Ran {
        let mut arms = self.arms.clone();
        for (label, path) in &points.cell.levers {
            set_lever(self.structure, &self.known, &mut arms, label, path);
        }
        let held = self.held(points.cell);
        let columns = self.columns(points.matrix);
        let central = self.inputs.central();
        let decided = self.inputs.scalars.len();
        let drawn = match points.matrix.map(|matrix| matrix.others) {
            Some(Others::Central) => None,
            Some(Others::Drawn) | None => Some(self.inputs.drawn(points.first, points.count)),
        };
        let sampler = |lane: u64, values: &mut [f64]| {
            let point = points.first + lane;
            let mut positions: Vec<f64> = match &drawn {
                None => central.clone(),
                Some(drawn) => drawn.iter().skip(lane as usize).step_by(points.count).copied().collect(),
            };
            let row = points.matrix.map_or(&[][..], |matrix| matrix.row(point as usize));
            for (column, number) in columns.iter().zip(row) {
                if let Column::Position(Some(stream)) = column {
                    positions[*stream] = *number;
                }
            }
            for (stream, position) in &held.positions {
                positions[*stream] = *position;
            }
            self.inputs.values(&positions, &mut values[..decided]);
            for (column, number) in columns.iter().zip(row) {
                if let Column::Value { indices, factor } = column {
                    indices.iter().for_each(|index| values[*index] = number * factor);
                }
            }
            for (index, number) in &held.numbers {
                values[*index] = *number;
            }
        };
        let plan = RunPlan {
            structure: self.structure,
            program: &self.program,
            request: &self.request,
            arms: &arms,
            sampled: &self.sampled,
            sampler: &sampler,
            draws: points.count as u64,
        };
        let read = |block: DrawBlock| Ran {
            sound: block.sound.clone(),
            unaccounted: self.unaccounted(&block),
            numbers: self.read(&block),
            faults: block.faults,
        };
        run(&plan, &read, &|_| {}).pop().unwrap_or_default()
    }

    /// At which points people or money are not accounted for in some run. A model by itself has no accounts.
    fn unaccounted(&self, block: &DrawBlock) -> Vec<bool> {
        let mut unaccounted = vec![false; block.draws];
        if let Reader::Accounts { chart, .. } = &self.reader {
            let times = &self.request.report_times;
            audit(chart, self.arms.len(), times, block, &mut |_, _, lane, _, _| unaccounted[lane] = true);
        }
        unaccounted
    }

    fn read(&self, block: &DrawBlock) -> Vec<Vec<f64>> {
        match &self.reader {
            Reader::Accounts { chart, series, terms } => accumulate(series, chart, terms, block),
            Reader::Model(readings) => {
                let arms = 0..self.arms.len();
                readings.iter().flat_map(|reading| arms.clone().map(|arm| reading.of(block, arm))).collect()
            }
        }
    }

    fn held(&self, cell: &Cell) -> Held {
        let positions = cell.positions.iter();
        let positions = positions.filter_map(|(name, at)| Some((self.inputs.stream(name)?, *at))).collect();
        let mut numbers = Vec::new();
        for (label, number) in &cell.numbers {
            let indices = self.inputs.indices(self.known.of(label));
            numbers.extend(indices.into_iter().map(|index| (index, number * self.known.factor(label))));
        }
        Held { positions, numbers }
    }

    fn columns(&self, matrix: Option<&PointMatrix>) -> Vec<Column> {
        let columns = matrix.map_or(&[][..], |matrix| matrix.columns.as_slice()).iter();
        columns
            .map(|column| match column {
                PointColumn::Position(name) => Column::Position(self.inputs.stream(name)),
                PointColumn::Value(written) => {
                    let label = label(written);
                    let scalars = self.known.of(&label);
                    let among = |wanted: &ScalarId| self.sampled.iter().position(|scalar| scalar == wanted);
                    let indices = scalars.iter().filter_map(among).collect();
                    Column::Value { indices, factor: self.known.factor(&label) }
                }
            })
            .collect()
    }
}

struct Held {
    positions: Vec<(usize, f64)>,
    numbers: Vec<(usize, f64)>,
}

enum Column {
    /// A stream, if this place has it.
    Position(Option<usize>),
    /// Indices among what is sampled.
    Value { indices: Vec<usize>, factor: f64 },
}

/// The label that a person wrote; what cannot be read is the name of a constant as it stands.
pub(super) fn label(written: &str) -> Label {
    Label::parse(written).unwrap_or_else(|_| Label { constant: Name::new(written), elements: Vec::new() })
}

/// Where something asked for in code stands: nowhere.
pub(super) fn nowhere() -> Span {
    Span::new(&std::sync::Arc::from(""), 0, 0)
}

//! An experiment drawn up and checked: outcomes, points, and for each place a program of only what they need.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::appraisal::chart::Chart;
use crate::appraisal::measure::reduction::Reduction;
use crate::appraisal::series::Terms;
use crate::evidence::document::Located;
use crate::explain::study as code;
use crate::scenario::{LeverPath, Sweep};
use engine::diagnostic::{Diagnostic, Diagnostics, Span};
use engine::ensemble::{Arm, Follow, Setting};
use engine::kernel::compile;
use engine::model::{Label, hyphenated};
use engine::sampling::{DesignOptions, Points, Sampling};
use engine::structure::{ScalarId, Structure, TimeAxis};

use super::super::arms::split;
use super::super::bounds;
use super::super::draws::streams;
use super::super::lookup;
use super::super::place::{PreparedPlace, request};
use super::super::prepare::Study;
use super::inputs::{Input, Inputs};
use super::model::{Cell, ExperimentModel, Known, Reader, label, set_lever, settings};
use super::model_study::ModelStudy;
use super::outcome::{OutcomeLabel, OutcomeName};
use super::run::Experiment;
use super::table::{OutcomeTable, PointColumn, PointMatrix};
use super::vocabulary::{Found, Reduced, Vocabulary, cut_down, needed};

/// What experiments are made on.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'s> {
    /// A study: each strategy against its twin and doing nothing.
    Study(&'s Study),
    /// A model by itself: strategies as they are.
    Model(&'s ModelStudy),
}

impl Study {
    /// Runs the outcomes of all strategies at these points. See [`OutcomeName`] for how outcomes are written.
    ///
    /// # Errors
    /// An outcome or a column that the study does not have.
    pub fn experiment(&self, outcomes: &[String], points: PointMatrix) -> Result<OutcomeTable, Diagnostics> {
        Ok(Subject::Study(self).design(outcomes, points)?.run(&|_| {}))
    }
}

/// What an experiment is drawn up from.
pub(super) struct Wanted {
    pub(super) outcomes: Vec<Located<String>>,
    /// Indices of the strategies, in order.
    pub(super) strategies: Vec<usize>,
    pub(super) cells: Vec<Cell>,
    /// Where each lever or number of the cells is written.
    pub(super) spans: Vec<(Label, Span)>,
    pub(super) draws: u64,
    pub(super) matrix: Option<PointMatrix>,
}

impl<'s> Subject<'s> {
    /// The short name of the scenario.
    pub fn name(self) -> &'s str {
        match self {
            Self::Study(study) => &study.scenario.name,
            Self::Model(study) => &study.scenario.name,
        }
    }

    /// The title of the scenario.
    pub fn title(self) -> &'s str {
        match self {
            Self::Study(study) => &study.scenario.title,
            Self::Model(study) => &study.scenario.title,
        }
    }

    /// Draws, seed and design.
    pub fn sampling(self) -> Sampling {
        match self {
            Self::Study(study) => study.sampling,
            Self::Model(study) => study.sampling,
        }
    }

    /// Repetitions of the design, what leads in it and what moves together.
    pub fn design_options(self) -> DesignOptions {
        match self {
            Self::Study(study) => study.scenario.design.options.clone(),
            // A model by itself ties nothing together.
            Self::Model(_) => DesignOptions::default(),
        }
    }

    /// The sweep of the scenario, if it has one.
    pub fn sweep_asked(self) -> Option<&'s Sweep> {
        match self {
            Self::Study(study) => study.scenario.sweep.as_ref(),
            Self::Model(study) => study.scenario.sweep.as_ref(),
        }
    }

    /// Ids and names of the strategies.
    pub fn strategies(self) -> Vec<(String, String)> {
        match self {
            Self::Study(study) => {
                study.scenario.strategies.iter().map(|one| (one.id.clone(), one.name.clone())).collect()
            }
            Self::Model(study) => study.strategies.clone(),
        }
    }

    /// Every outcome that can be asked for, as it is written, without years.
    pub fn outcome_names(self) -> Vec<String> {
        match self {
            Self::Study(study) => vocabulary(study, study.places.len() > 1).all(),
            Self::Model(study) => study.measured().map(|(name, _)| name.to_owned()).collect(),
        }
    }

    /// Every random number that moves anything, of all places, each once, sorted by name.
    pub fn inputs(self) -> Vec<Input> {
        let mut all: Vec<Input> = Vec::new();
        let lists: Vec<Vec<Input>> = match self {
            Self::Study(study) => study.places.iter().map(|place| inputs(place).list()).collect(),
            Self::Model(study) => {
                vec![inputs_of_model(study).list()]
            }
        };
        for input in lists.into_iter().flatten() {
            match all.iter_mut().find(|known| known.stream == input.stream) {
                Some(known) => {
                    for constant in input.constants {
                        if !known.constants.contains(&constant) {
                            known.constants.push(constant);
                        }
                    }
                }
                None => all.push(input),
            }
        }
        all.sort_by(|one, other| one.stream.cmp(&other.stream));
        all
    }

    /// Draws up an experiment at the points of a design, for all strategies.
    ///
    /// # Errors
    /// An outcome or a column that there is not.
    pub fn design(self, outcomes: &[String], points: PointMatrix) -> Result<Experiment<'s>, Diagnostics> {
        let nowhere = super::model::nowhere();
        let wanted = Wanted {
            outcomes: outcomes.iter().map(|one| Located { value: one.clone(), span: nowhere.clone() }).collect(),
            strategies: (0..self.strategies().len()).collect(),
            cells: vec![Cell::default()],
            spans: Vec::new(),
            draws: points.len() as u64,
            matrix: Some(points),
        };
        self.draw_up(wanted)
    }

    /// Draws up an experiment on plans: the levers of each hold in one strategy, and all are run at the same points. The
    /// points of the first plan come first.
    ///
    /// # Errors
    /// An outcome, a lever or a column that there is not.
    pub fn plans(
        self,
        strategy: usize,
        outcomes: &[String],
        plans: Vec<Vec<(Label, LeverPath)>>,
        points: PointMatrix,
    ) -> Result<Experiment<'s>, Diagnostics> {
        let nowhere = super::model::nowhere();
        let mut spans: Vec<(Label, Span)> = Vec::new();
        for (label, _) in plans.iter().flatten() {
            if !spans.iter().any(|(known, _)| known == label) {
                spans.push((label.clone(), nowhere.clone()));
            }
        }
        let wanted = Wanted {
            outcomes: outcomes.iter().map(|one| Located { value: one.clone(), span: nowhere.clone() }).collect(),
            strategies: vec![strategy],
            cells: plans.into_iter().map(|levers| Cell { levers, ..Cell::default() }).collect(),
            spans,
            draws: points.len() as u64,
            matrix: Some(points),
        };
        self.draw_up(wanted)
    }

    pub(super) fn draw_up(self, wanted: Wanted) -> Result<Experiment<'s>, Diagnostics> {
        let mut found = Diagnostics::new();
        let experiment = match self {
            Self::Study(study) => of_study(study, &wanted, &mut found),
            Self::Model(study) => of_model(study, &wanted, &mut found),
        };
        if let Some(experiment) = &experiment {
            check_streams(&experiment.models, &wanted, &mut found);
        }
        // What was asked for in code stands nowhere.
        let mut once = Diagnostics::new();
        for one in found.iter() {
            let mut one = one.clone();
            one.span = one.span.filter(|span| !span.file.is_empty());
            if !once.iter().any(|known| *known == one) {
                once.push(one);
            }
        }
        match experiment {
            Some(experiment) if !once.has_errors() => {
                let all = self.strategies();
                let strategies = wanted.strategies.iter().map(|index| all[*index].clone()).collect();
                Ok(Experiment {
                    strategies,
                    cells: wanted.cells,
                    draws: wanted.draws,
                    matrix: wanted.matrix,
                    models: experiment.models,
                    outcomes: experiment.outcomes,
                    reductions: experiment.reductions,
                })
            }
            _ => Err(once),
        }
    }
}

/// What is measured, and the models made ready for it.
struct Ready<'s> {
    models: Vec<ExperimentModel<'s>>,
    outcomes: Vec<OutcomeLabel>,
    reductions: Vec<Vec<Reduced>>,
}

pub(super) fn vocabulary(study: &Study, together: bool) -> Vocabulary<'_> {
    let first = &study.places[0];
    Vocabulary {
        chart: &first.chart,
        terms: &study.terms,
        groups: first.residents.iter().map(|(group, _)| group.clone()).collect(),
        together,
        first_year: study.first_year,
        prices: study.base_year,
    }
}

fn inputs(place: &PreparedPlace) -> Inputs {
    Inputs::new(&place.structure, &place.uncertain, &place.draws.scalars, place.draws.points())
}

fn inputs_of_model(study: &ModelStudy) -> Inputs {
    let points = Points::new(study.sampling, &Subject::Model(study).design_options(), &streams(study.uncertain.iter()));
    Inputs::new(&study.structure, &study.uncertain, &study.scalars, Arc::new(points))
}

fn of_study<'s>(study: &'s Study, wanted: &Wanted, found: &mut Diagnostics) -> Option<Ready<'s>> {
    let together = study.places.len() > 1 && wanted.cells.iter().any(|cell| cell.place.is_none());
    let names = names(&wanted.outcomes, found);
    let mut terms = study.terms.clone();
    terms.strategies = wanted.strategies.len();
    let vocabulary = Vocabulary { terms: &terms, ..vocabulary(study, together) };
    let Found { labels, reductions, keys, .. } = match vocabulary.find(&names) {
        Ok(outcomes) => outcomes,
        Err(wrong) => {
            found.extend(wrong.into_iter().map(|(at, one)| one.at(wanted.outcomes[at].span.clone())).collect());
            Found { labels: Vec::new(), reported: Vec::new(), reductions: Vec::new(), keys: Vec::new() }
        }
    };
    // In the order of the ids, so that sums do not depend on the order of the scenario.
    let mut order: Vec<usize> = (0..study.places.len()).collect();
    order.sort_by(|one, other| study.places[*one].id.cmp(&study.places[*other].id));
    let mut models = Vec::new();
    for place in order.into_iter().map(|at| &study.places[at]) {
        let chart = cut_down(&place.chart, &keys);
        let base = arms(place, &chart, &wanted.strategies);
        let known = known(study, place, wanted, &base, found);
        let sampled = sampled(&place.draws.scalars, &known, wanted);
        let (base, tried) = with_cells(&place.structure, &known, base, wanted);
        let request = request(&place.structure, &study.scenario, &tried, &sampled, &chart);
        let series = needed(&chart, &terms, &keys);
        models.push(ExperimentModel {
            structure: &place.structure,
            arms: base,
            inputs: inputs(place),
            known,
            sampled,
            program: compile(&place.structure, &request),
            request,
            reader: Reader::Accounts { chart: Box::new(chart), series, terms: Box::new(terms.clone()) },
            residents: place.residents.iter().map(|(_, people)| *people).collect(),
        });
    }
    (!found.has_errors()).then_some(Ready { models, outcomes: labels, reductions })
}

pub(super) fn names(outcomes: &[Located<String>], found: &mut Diagnostics) -> Vec<OutcomeName> {
    let mut names = Vec::new();
    for one in outcomes {
        match OutcomeName::parse(&one.value) {
            Ok(name) => names.push(name),
            Err(why) => {
                let message = format!("`{}` cannot be read as an outcome: {why}", one.value);
                found.push(
                    Diagnostic::error(code::NO_OUTCOME, message)
                        .at(one.span.clone())
                        .hint("write name:group@year, such as demand-change:emergency-admissions@10"),
                );
            }
        }
    }
    names
}

/// Do nothing, and the twin and the plan of each strategy that is wanted; what they follow is found in the chart.
fn arms(place: &PreparedPlace, chart: &Chart, strategies: &[usize]) -> Vec<Arm> {
    let mut arms = vec![place.arms[0].clone()];
    for strategy in strategies {
        let mut twin = place.arms[Terms::twin(*strategy)].clone();
        let mut plan = place.arms[Terms::plan(*strategy)].clone();
        let at = arms.len();
        for arm in [&mut twin, &mut plan] {
            arm.follows = arm.follows.take().map(|follow| Follow {
                arm: at,
                pairs: follow.pairs.into_iter().map(|(scalar, old)| (scalar, moved(place, chart, old))).collect(),
            });
        }
        arms.extend([twin, plan]);
    }
    arms
}

/// Where an outcome that arms follow stands in the chart that was cut down.
fn moved(place: &PreparedPlace, chart: &Chart, old: usize) -> usize {
    let at = place.chart.twin_cost.iter().position(|outcome| *outcome == old);
    at.map_or(0, |at| chart.twin_cost[at])
}

/// What the experiment sets, found in the place's structure.
fn known(study: &Study, place: &PreparedPlace, wanted: &Wanted, arms: &[Arm], found: &mut Diagnostics) -> Known {
    let structure = &place.structure;
    let mut known = Known { factors: place.factors.clone(), ..Known::default() };
    find_constants(structure, wanted, &mut known, found);
    let of = |label: &Label| -> Vec<ScalarId> {
        lookup::scalars(structure, label).into_iter().flatten().map(|(scalar, _)| scalar).collect()
    };
    let general: Vec<ScalarId> = study.scenario.levers.iter().flat_map(|lever| of(&lever.label)).collect();
    let strategic: Vec<ScalarId> =
        study.scenario.strategies.iter().flat_map(|one| one.levers.iter()).flat_map(|lever| of(&lever.label)).collect();
    let switches = switches(arms);
    for (label, scalars) in &known.scalars {
        let any = |among: &[ScalarId]| scalars.iter().any(|scalar| among.contains(scalar));
        if any(&general) || !any(&strategic) {
            known.everywhere.push(label.clone());
        }
        if any(&switches) {
            let message = format!("`{label}` is set by the program itself, to tell a strategy from its twin");
            found.push(
                Diagnostic::error(code::NOT_SWEPT, message).at(span_of(wanted, label)).hint("sweep another constant"),
            );
        }
    }
    known
}

/// The constants in which a twin differs from its plan, and those that follow the twin.
fn switches(arms: &[Arm]) -> Vec<ScalarId> {
    let mut switches: Vec<ScalarId> = Vec::new();
    for pair in arms.get(1..).unwrap_or_default().chunks(2) {
        let [twin, plan] = pair else { continue };
        switches.extend(twin.settings.iter().filter(|one| !plan.settings.contains(one)).map(|(scalar, _)| *scalar));
        switches.extend(plan.follows.iter().flat_map(|follow| &follow.pairs).map(|(scalar, _)| *scalar));
    }
    switches
}

fn find_constants(structure: &Structure, wanted: &Wanted, known: &mut Known, found: &mut Diagnostics) {
    for one in constants(wanted) {
        if known.scalars.contains_key(&one) {
            continue;
        }
        let span = span_of(wanted, &one);
        if TimeAxis::is_set_by(&one.constant) {
            let message = format!("`{one}` is part of the axis of time, which every run shares");
            found.push(
                Diagnostic::error(code::NOT_SWEPT, message).at(span).hint("run the study once for each step of time"),
            );
            continue;
        }
        let scalars = lookup::constants(structure, &one, &span, code::UNKNOWN_CONSTANT, found);
        in_bounds(structure, &one, &span, wanted, found);
        known.scalars.insert(one, scalars);
    }
}

/// Whether all that cells and columns set a constant to can be; the first number that cannot is told.
fn in_bounds(structure: &Structure, one: &Label, span: &Span, wanted: &Wanted, found: &mut Diagnostics) {
    let Some((_, variable)) = structure.variable(&one.constant) else { return };
    let of_cells = wanted.cells.iter().flat_map(|cell| {
        let levers = cell.levers.iter().filter(|(label, _)| label == one).flat_map(|(_, path)| path.values());
        levers.chain(cell.numbers.iter().filter(|(label, _)| label == one).map(|(_, number)| *number))
    });
    let of_columns = wanted.matrix.iter().flat_map(|matrix| {
        let set = |column: &PointColumn| matches!(column, PointColumn::Value(written) if label(written) == *one);
        let indices: Vec<usize> = (0..matrix.columns.len()).filter(|index| set(&matrix.columns[*index])).collect();
        (0..matrix.len()).flat_map(move |point| indices.clone().into_iter().map(move |index| matrix.row(point)[index]))
    });
    if let Some(wrong) = { of_cells.chain(of_columns) }.find(|value| !variable.allows(*value)) {
        bounds::number(structure, one, wrong, span, found);
    }
}

/// The constants that cells or columns set, each once.
fn constants(wanted: &Wanted) -> Vec<Label> {
    let mut all: Vec<Label> = wanted.spans.iter().map(|(label, _)| label.clone()).collect();
    for column in wanted.matrix.iter().flat_map(|matrix| &matrix.columns) {
        if let PointColumn::Value(written) = column {
            all.push(label(written));
        }
    }
    all
}

fn span_of(wanted: &Wanted, label: &Label) -> Span {
    let known = wanted.spans.iter().find(|(known, _)| known == label);
    known.map_or_else(super::model::nowhere, |(_, span)| span.clone())
}

/// What is sampled: the constants that draws decide, and after them those of columns.
fn sampled(drawn: &[ScalarId], known: &Known, wanted: &Wanted) -> Vec<ScalarId> {
    let mut sampled = drawn.to_vec();
    for scalar in set_by_columns(known, wanted) {
        if !sampled.contains(&scalar) {
            sampled.push(scalar);
        }
    }
    sampled
}

fn set_by_columns(known: &Known, wanted: &Wanted) -> Vec<ScalarId> {
    let columns = wanted.matrix.iter().flat_map(|matrix| &matrix.columns);
    let labels = columns.filter_map(|column| match column {
        PointColumn::Value(written) => Some(label(written)),
        PointColumn::Position(_) => None,
    });
    labels.flat_map(|label| known.scalars.get(&label).cloned().unwrap_or_default()).collect()
}

/// The arms of every cell's beginning, and beside them arms in which each lever of the cells is set in every way that some
/// cell sets it, so that the program knows what varies and what is driven.
fn with_cells(structure: &Structure, known: &Known, mut arms: Vec<Arm>, wanted: &Wanted) -> (Vec<Arm>, Vec<Arm>) {
    let columns = set_by_columns(known, wanted);
    for arm in &mut arms {
        arm.settings.retain(|(scalar, _)| !columns.contains(scalar));
    }
    let mut tried = arms.clone();
    // Each constant once as one that holds throughout and once as one that is driven: what the first cell holds at the number
    // that it has, another may drive.
    let mut seen: BTreeSet<(ScalarId, bool)> = BTreeSet::new();
    for (label, path) in wanted.cells.iter().flat_map(|cell| &cell.levers) {
        let set = settings(structure, known, label, path);
        let ways = set.iter().map(|(scalar, setting)| (*scalar, matches!(setting, Setting::Path(_))));
        // All of them are noted, also those after the first that is new.
        if ways.filter(|way| seen.insert(*way)).count() == 0 {
            continue;
        }
        let mut more = arms.clone();
        set_lever(structure, known, &mut more, label, path);
        tried.extend(more);
    }
    (arms, tried)
}

/// Positions must be of something that is uncertain in some place, and numbers held of something that is drawn there.
fn check_streams(models: &[ExperimentModel<'_>], wanted: &Wanted, found: &mut Diagnostics) {
    let columns = wanted.matrix.iter().flat_map(|matrix| &matrix.columns);
    let mut named: Vec<&str> = columns
        .filter_map(|column| match column {
            PointColumn::Position(name) => Some(name.as_str()),
            PointColumn::Value(_) => None,
        })
        .collect();
    named.extend(wanted.cells.first().iter().flat_map(|cell| &cell.positions).map(|(name, _)| name.as_str()));
    let numbers = wanted.cells.first().into_iter().flat_map(|cell| &cell.numbers);
    let numbers: Vec<(&Label, String)> = numbers.map(|(label, _)| (label, label.to_string())).collect();
    let unknown = |name: &str, span: Span| {
        let one = Diagnostic::error(code::NOT_SWEPT, format!("`{name}` is not uncertain in this study")).at(span);
        let all = models
            .iter()
            .flat_map(|model| model.inputs.labels().chain(model.inputs.streams.iter().map(String::as_str)));
        one.did_you_mean(name, all).hint("what is not uncertain can be swept as a lever, with values")
    };
    for name in named {
        if !models.iter().any(|model| model.inputs.stream(name).is_some()) {
            found.push(unknown(name, span_of(wanted, &label(name))));
        }
    }
    for (label, name) in numbers {
        let drawn = |model: &ExperimentModel<'_>| {
            let scalars = model.known.scalars.get(label).map_or(&[][..], Vec::as_slice);
            !model.inputs.indices(scalars).is_empty()
        };
        if !models.iter().any(drawn) {
            found.push(unknown(&name, span_of(wanted, label)));
        }
    }
}

fn of_model<'s>(study: &'s ModelStudy, wanted: &Wanted, found: &mut Diagnostics) -> Option<Ready<'s>> {
    let mut chosen = Vec::new();
    let mut labels = Vec::new();
    for one in &wanted.outcomes {
        let index = study.measured().position(|(name, _)| hyphenated(name) == hyphenated(&one.value));
        let Some(index) = index else {
            let message = format!("there is no outcome `{}`", one.value);
            let unknown = Diagnostic::error(code::NO_OUTCOME, message).at(one.span.clone());
            let unknown = unknown.did_you_mean(&one.value, study.measured().map(|(name, _)| name));
            let all: Vec<String> = study.measured().map(|(name, _)| format!("`{name}`")).collect();
            found.push(unknown.hint(format!("the scenario measures {}", all.join(", "))));
            continue;
        };
        let (name, unit) = study.measured().nth(index).expect("it was found there");
        chosen.push(index);
        labels.push(OutcomeLabel {
            written: one.value.clone(),
            outcome: name.to_owned(),
            comparator: "none".to_owned(),
            group: String::new(),
            payer: String::new(),
            year: String::new(),
            unit: unit.into(),
            price_base: String::new(),
            holds: false,
            called: String::new(),
            beside: Vec::new(),
        });
    }
    let structure = &study.structure;
    let mut known = Known::default();
    find_constants(structure, wanted, &mut known, found);
    known.everywhere = known.scalars.keys().cloned().collect();
    let base: Vec<Arm> = wanted.strategies.iter().map(|index| study.arms[*index].clone()).collect();
    let sampled = sampled(&study.scalars, &known, wanted);
    let (base, tried) = with_cells(structure, &known, base, wanted);
    let (_, constant) = split(&tried);
    let mut varying: Vec<ScalarId> = sampled.iter().copied().chain(constant).collect();
    varying.sort();
    varying.dedup();
    let (request, readings) = study.request(&chosen, varying);
    let arms = base.len();
    let reduced = |one: usize, arm: usize| Reduced { reduction: Reduction::Year(0, 0), series: vec![one * arms + arm] };
    let reductions = (0..chosen.len()).map(|one| (0..arms).map(|arm| reduced(one, arm)).collect()).collect();
    let model = ExperimentModel {
        structure,
        arms: base,
        inputs: inputs_of_model(study),
        known,
        sampled,
        program: compile(structure, &request),
        request,
        reader: Reader::Model(readings),
        residents: Vec::new(),
    };
    (!found.has_errors()).then_some(Ready { models: vec![model], outcomes: labels, reductions })
}

//! A model by itself as a study: its constants, its outcomes, and strategies that are compared as they are, with no accounts,
//! places or twins.

use crate::evidence::UncertainConstant;
use crate::explain::study as code;
use crate::scenario::{LeverPath, ModelOutcome, ModelScenario, Over};
use crate::shipped::Text;
use engine::diagnostic::{Diagnostic, Diagnostics};
use engine::ensemble::{Arm, DrawBlock, Setting};
use engine::kernel::{Outcome, Request};
use engine::model::Label;
use engine::notation::vensim;
use engine::sampling::Sampling;
use engine::structure::{ScalarId, Structure, build};

use super::super::texts::Overrides;
use super::super::{bounds, checks, lookup};
use super::overlap;
use super::prepare::Subject;

/// A model by itself, ready to run.
#[derive(Debug)]
pub struct ModelStudy {
    /// What is asked.
    pub scenario: ModelScenario,
    /// Draws, seed and design, after what the command line changed.
    pub sampling: Sampling,
    /// The model with its levers and central values.
    pub structure: Structure,
    /// Id and name of each strategy, the model as it is first if there is none.
    pub(super) strategies: Vec<(String, String)>,
    pub(super) arms: Vec<Arm>,
    pub(super) uncertain: Vec<UncertainConstant>,
    pub(super) scalars: Vec<ScalarId>,
    readings: Vec<Meant>,
}

/// The scalars of an outcome.
#[derive(Debug, Clone)]
struct Meant {
    outcome: ModelOutcome,
    scalars: Vec<ScalarId>,
    unit: String,
}

/// How an outcome is read from the reports of a run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// Indices of its scalars among what is kept, summed.
    outcomes: Vec<usize>,
    over: Over,
    /// The reports at which it looks.
    reports: Vec<usize>,
    /// Time between the first and the last.
    length: f64,
}

/// Reads a scenario of a model by itself and checks it against the model.
///
/// # Errors
/// Everything that is wrong with the two texts.
pub fn prepare_model(
    scenario: &Text,
    model: &Text,
    overrides: &Overrides,
) -> Result<(ModelStudy, Diagnostics), Diagnostics> {
    let mut found = Diagnostics::new();
    let read = match ModelScenario::read(&scenario.file, &scenario.content) {
        Ok((read, warnings)) => {
            found.extend(warnings);
            Some(read)
        }
        Err(errors) => {
            found.extend(errors);
            None
        }
    };
    let (text, problems) = vensim::read(&model.file, &model.content);
    found.extend(problems);
    let Some(scenario) = read else { return Err(found) };
    let built = match build(&text, &scenario.bindings()) {
        Ok((structure, warnings)) => {
            found.extend(warnings);
            Some(structure)
        }
        Err(errors) => {
            found.extend(errors);
            None
        }
    };
    // What is wrong with the text, and what follows from the rest of it, are told together.
    let Some(structure) = built.filter(|_| !found.has_errors()) else { return Err(found) };
    let uncertain = scenario.uncertain();
    uncertain.iter().for_each(|one| checks::bounds(&structure, one, &mut found));
    for one in &scenario.uncertainties {
        one.value.into_iter().for_each(|value| bounds::number(&structure, &one.label, value, &one.span, &mut found));
    }
    let levers = scenario.levers.iter().chain(scenario.strategies.iter().flat_map(|one| one.levers.iter()));
    levers.for_each(|lever| bounds::lever(&structure, lever, &mut found));
    let mut scalars: Vec<ScalarId> = Vec::new();
    for one in &uncertain {
        let label = Label { constant: one.constant.clone(), elements: one.elements.clone() };
        let meant = lookup::constants(&structure, &label, &one.span, code::UNKNOWN_CONSTANT, &mut found);
        for scalar in meant {
            if !scalars.contains(&scalar) {
                scalars.push(scalar);
            }
        }
    }
    let arms = arms(&structure, &scenario, &mut found);
    let readings = readings(&structure, &scenario, &mut found);
    let mut strategies: Vec<(String, String)> =
        scenario.strategies.iter().map(|one| (one.id.clone(), one.name.clone())).collect();
    if strategies.is_empty() {
        strategies.push(("model".to_owned(), "The model as it is".to_owned()));
    }
    let sampling = Sampling {
        draws: overrides.draws.unwrap_or(scenario.sampling.draws),
        seed: overrides.seed.unwrap_or(scenario.sampling.seed),
        design: overrides.design.unwrap_or(scenario.sampling.design),
    };
    checks::identical(uncertain.iter(), false, &sampling, &scenario.model.span, &mut found);
    let study = ModelStudy { scenario, sampling, structure, strategies, arms, uncertain, scalars, readings };
    found.extend(overlap::swept_and_set(Subject::Model(&study)));
    found.into_result(study)
}

fn arms(structure: &Structure, scenario: &ModelScenario, found: &mut Diagnostics) -> Vec<Arm> {
    let mut arms = Vec::new();
    for strategy in &scenario.strategies {
        let mut settings = Vec::new();
        for lever in strategy.levers.iter() {
            let LeverPath::Number(number) = lever.path else { continue };
            for scalar in lookup::constants(structure, &lever.label, &lever.span, code::UNKNOWN_CONSTANT, found) {
                settings.push((scalar, Setting::Constant(number)));
            }
        }
        arms.push(Arm { name: strategy.name.clone(), settings, follows: None });
    }
    if arms.is_empty() {
        arms.push(Arm { name: "The model as it is".to_owned(), settings: Vec::new(), follows: None });
    }
    arms
}

fn readings(structure: &Structure, scenario: &ModelScenario, found: &mut Diagnostics) -> Vec<Meant> {
    let mut readings = Vec::new();
    for outcome in &scenario.outcomes {
        let scalars = lookup::find(structure, &outcome.variable, &[], found);
        let (start, end) = (structure.time.initial, structure.time.last);
        for time in [outcome.from, outcome.to].into_iter().flatten() {
            if !(start..=end).contains(&time) {
                let message =
                    format!("`{}` is measured at time {time}, and the model runs from {start} to {end}", outcome.name);
                found.push(
                    Diagnostic::error(code::BEYOND_THE_MODEL, message)
                        .at(outcome.variable.span.clone())
                        .hint("name a time between them"),
                );
            }
        }
        let of_model = scalars.first().map(|(scalar, _)| {
            let variable = structure.scalars[scalar.0 as usize].variable;
            structure.variables[variable.0 as usize].units_text.clone()
        });
        let unit = outcome.unit.clone().or(of_model).unwrap_or_default();
        readings.push(Meant {
            outcome: outcome.clone(),
            scalars: scalars.into_iter().map(|(scalar, _)| scalar).collect(),
            unit,
        });
    }
    readings
}

impl ModelStudy {
    /// The outcomes by name, with their units.
    pub(super) fn measured(&self) -> impl Iterator<Item = (&str, &str)> {
        self.readings.iter().map(|one| (one.outcome.name.as_str(), one.unit.as_str()))
    }

    /// What is to be kept of every run for these outcomes, and how each is read from it.
    pub(super) fn request(&self, chosen: &[usize], varying: Vec<ScalarId>) -> (Request, Vec<Reading>) {
        let time = self.structure.time;
        let looks: Vec<Vec<usize>> = chosen.iter().map(|index| self.looks(&self.readings[*index].outcome)).collect();
        let mut steps: Vec<usize> = looks.iter().flatten().copied().collect();
        steps.sort_unstable();
        steps.dedup();
        let mut kept: Vec<Outcome> = Vec::new();
        let mut readings = Vec::new();
        for (index, looks) in chosen.iter().zip(&looks) {
            let Meant { outcome, scalars, .. } = &self.readings[*index];
            let integral = matches!(outcome.over, Over::Mean | Over::Integral);
            let outcomes = scalars
                .iter()
                .map(|scalar| {
                    let wanted = if integral { Outcome::Integral(*scalar) } else { Outcome::Level(*scalar) };
                    kept.iter().position(|one| *one == wanted).unwrap_or_else(|| {
                        kept.push(wanted);
                        kept.len() - 1
                    })
                })
                .collect();
            let reports = looks.iter().filter_map(|step| steps.binary_search(step).ok()).collect();
            let ends = (looks.first().copied().unwrap_or(0), looks.last().copied().unwrap_or(0));
            let length = time.at(ends.1) - time.at(ends.0);
            readings.push(Reading { outcomes, over: outcome.over, reports, length });
        }
        let request = Request {
            varying,
            driven: Vec::new(),
            outcomes: kept,
            report_times: steps.iter().map(|step| time.at(*step)).collect(),
            integrator: self.scenario.integration.unwrap_or(self.structure.integration).into(),
        };
        (request, readings)
    }

    /// The steps at which an outcome looks at its variable.
    fn looks(&self, outcome: &ModelOutcome) -> Vec<usize> {
        let time = self.structure.time;
        let first = time.step_at(outcome.from.unwrap_or(time.initial));
        let last = time.step_at(outcome.to.unwrap_or(time.last)).min(time.steps());
        match outcome.over {
            Over::Final => vec![last],
            Over::Mean | Over::Integral => vec![first.min(last), last],
            Over::Sum | Over::Max | Over::Min => {
                let rows: Vec<usize> =
                    time.saved_steps().into_iter().filter(|step| (first..=last).contains(step)).collect();
                if rows.is_empty() { vec![last] } else { rows }
            }
        }
    }
}

impl Reading {
    /// The outcome in an arm, for each draw of a block.
    pub(super) fn of(&self, block: &DrawBlock, arm: usize) -> Vec<f64> {
        let at = |report: usize| {
            let mut sum = vec![0.0; block.draws];
            for outcome in &self.outcomes {
                sum.iter_mut().zip(block.lanes(arm, *outcome, report)).for_each(|(sum, value)| *sum += value);
            }
            sum
        };
        let (first, rest) = self.reports.split_first().expect("every outcome looks at one report at least");
        let last = rest.last().unwrap_or(first);
        let fold = |fold: &dyn Fn(f64, f64) -> f64| {
            rest.iter().fold(at(*first), |so_far, report| {
                so_far.into_iter().zip(at(*report)).map(|(one, other)| fold(one, other)).collect()
            })
        };
        let grown = || at(*last).into_iter().zip(at(*first)).map(|(end, start)| end - start);
        match self.over {
            Over::Final => at(*last),
            Over::Sum => fold(&|one, other| one + other),
            Over::Max => fold(&f64::max),
            Over::Min => fold(&f64::min),
            Over::Integral => grown().collect(),
            Over::Mean => grown().map(|integral| integral / self.length).collect(),
        }
    }
}

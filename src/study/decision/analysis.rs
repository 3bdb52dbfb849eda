//! Everything that the sample says of the choice.

use crate::appraisal::statistic::{Estimate, probability};
use crate::explain::command::NO_DECISION;
use crate::quantity::Pounds;
use crate::quantity::Unit;
use crate::sensitivity::decision::belief::{Threshold, Together, Wanted, beliefs, thresholds};
use crate::sensitivity::decision::discovery::{Gathering, Input, Search, gatherings};
use crate::sensitivity::decision::{
    Acceptability, Cloud, Consequences, DecisionError, PartialInformation, PerfectInformation, Step, acceptability,
    incremental, information_about_each, information_about_group, perfect_information, plane, worths,
};
use engine::diagnostic::{Diagnostic, Diagnostics};

use super::super::prepare::Study;
use super::super::tally::Tally;
use super::inputs::{DecisionInput, deep};
use super::robust::{RobustChoice, robust};
use super::sample::DecisionSample;
use super::structure::{NoStructure, Structure, structure};

/// What is found of a choice.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The scenario's short name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its place or places.
    pub place: String,
    /// Plan years.
    pub horizon: usize,
    /// Draws that count.
    pub draws: usize,
    /// What became of the draws asked for.
    pub tally: Tally,
    /// Ids and names, doing nothing first.
    pub strategies: Vec<(String, String)>,
    /// The worths of a QALY at which the choice is told, rising.
    pub qaly_values: Vec<f64>,
    /// Which of `qaly_values` leads: thresholds of choice, robustness and structure are told at it.
    pub leading: f64,
    /// Each strategy beside doing nothing.
    pub clouds: Vec<Cloud>,
    /// Cost-effectiveness step by step.
    pub steps: Vec<Step>,
    /// From 0 to 100,000 pounds a QALY, and at `told`.
    pub curves: Vec<Acceptability>,
    /// The same with what the financing does.
    pub with_financing: Vec<Acceptability>,
    /// The value of knowing everything, at the same worths.
    pub perfect: Vec<PerfectInformation>,
    /// What is uncertain.
    pub inputs: Vec<DecisionInput>,
    /// The value of knowing each input, in their order, at the same worths.
    pub each: Vec<Vec<PartialInformation>>,
    /// The value of knowing groups, at the same worths.
    pub groups: Vec<Informed>,
    /// What would have to be believed, goal by goal and strategy by strategy.
    pub goals: Vec<GoalFinding>,
    /// When each plan fails.
    pub failures: Vec<Failure>,
    /// When a plan has failed, as the end of a sentence.
    pub failing: String,
    /// The choice without odds.
    pub robust: RobustChoice,
    /// What the structure does; `None` for a model without loops to cut.
    pub structure: Option<Structure>,
}

/// What knowing a group of inputs is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Informed {
    /// The group.
    pub name: String,
    /// How many inputs it has.
    pub inputs: usize,
    /// Of how many the value is known: those that are worth most alone, where there are more than the draws can tell.
    pub counted: usize,
    /// The value at each worth.
    pub values: Vec<PartialInformation>,
}

/// What would have to be believed for a strategy to meet a goal.
#[derive(Debug, Clone)]
pub struct GoalFinding {
    /// The goal, as the end of "the plan is to".
    pub goal: String,
    /// The outcome as written.
    pub outcome: String,
    /// Its unit.
    pub unit: Unit,
    /// The strategy.
    pub strategy: usize,
    /// In how many draws it is met.
    pub chance: Estimate,
    /// The threshold of each input.
    pub thresholds: Vec<Threshold>,
    /// The smallest set of beliefs.
    pub together: Together,
}

/// When a strategy fails.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The strategy.
    pub strategy: usize,
    /// In how many draws.
    pub share: Estimate,
    /// In which corners of the inputs failures gather, judged on draws that had no part in finding them; none where the plan
    /// fails always, never, or anywhere alike.
    pub gathering: Gathering,
}

/// What a QALY may be worth: from 0 to this in these steps.
const MOST: f64 = 100_000.0;
const STEPS: usize = 50;

/// So many draws stand behind each input of a group.
const DRAWS_AN_INPUT: usize = 10;
/// More inputs in a group cannot be told from noise.
const MOST_INPUTS: usize = 60;

impl Decision {
    /// Where a worth stands among those of `curves`, `perfect`, `each` and `groups`.
    pub fn at_worth(&self, worth: f64) -> usize {
        self.curves.iter().position(|curve| curve.worth == worth).unwrap_or(0)
    }
}

impl Study {
    /// Reads everything from a sample of this study.
    ///
    /// # Errors
    /// Too few draws, or a deep uncertainty that is not uncertain here.
    pub fn decide(&self, sample: DecisionSample) -> Result<Decision, Diagnostics> {
        let deep = deep(self, &sample.inputs)?;
        let qaly_values = self.qaly_values();
        let leading =
            self.scenario.values.qaly.first().map_or(qaly_values[qaly_values.len() - 1], |Pounds(value)| *value);
        let leading = if qaly_values.contains(&leading) { leading } else { qaly_values[qaly_values.len() - 1] };
        let structure = match structure(self, leading) {
            Ok(structure) => structure,
            Err(NoStructure::Wrong(found)) => return Err(found),
            Err(NoStructure::Unfit(why)) => return Err(unfit(&why)),
        };
        self.decided(sample, &deep, qaly_values, leading, structure).map_err(|why| unfit(&why))
    }

    /// The worths at which the choice is told, rising.
    fn qaly_values(&self) -> Vec<f64> {
        let own = self.scenario.decide.as_ref().map(|decide| decide.worths.clone()).unwrap_or_default();
        let mut qaly_values = match own.is_empty() {
            true => self.scenario.values.qaly.iter().map(|Pounds(value)| *value).collect(),
            false => own,
        };
        qaly_values.sort_by(f64::total_cmp);
        qaly_values.dedup();
        if qaly_values.is_empty() { vec![0.0] } else { qaly_values }
    }

    fn decided(
        &self,
        sample: DecisionSample,
        deep: &[usize],
        qaly_values: Vec<f64>,
        leading: f64,
        structure: Option<Structure>,
    ) -> Result<Decision, DecisionError> {
        let DecisionSample {
            strategies,
            costs,
            effects,
            with_financing: [all_costs, all_effects],
            inputs,
            goals,
            failing,
            tally,
        } = sample;
        let consequences = Consequences::new(costs, effects)?;
        let with_financing = Consequences::new(all_costs, all_effects)?;
        let mut along = worths(MOST, STEPS);
        along.extend(qaly_values.iter().copied());
        along.sort_by(f64::total_cmp);
        along.dedup();
        let columns: Vec<Vec<f64>> = inputs.iter().map(|input| input.values.clone()).collect();
        let each = information_about_each(&consequences, &columns, &along)?;
        let groups = groups(&consequences, &inputs, &each, &along)?;
        let mut findings = Vec::new();
        for goal in &goals {
            for (strategy, margins) in goal.margins.iter().enumerate() {
                findings.push(GoalFinding {
                    goal: goal.name.clone(),
                    outcome: goal.label.written.clone(),
                    unit: goal.label.unit.clone(),
                    strategy: strategy + 1,
                    chance: probability(margins.iter().map(|margin| *margin >= 0.0)),
                    thresholds: thresholds(margins, &columns, Wanted::Mean(0.0))?,
                    together: beliefs(margins, &columns, Wanted::Mean(0.0))?,
                });
            }
        }
        let failures =
            failing.margins.iter().enumerate().map(|(strategy, margins)| failure(strategy + 1, margins, &inputs));
        let failures = failures.collect::<Result<Vec<Failure>, DecisionError>>()?;
        let names: Vec<&str> = strategies.iter().map(|(_, name)| name.as_str()).collect();
        let deep: Vec<&DecisionInput> = deep.iter().map(|at| &inputs[*at]).collect();
        let robust = robust(&consequences, &names, &deep, structure.as_ref(), leading)?;
        Ok(Decision {
            name: self.scenario.name.clone(),
            title: self.scenario.title.clone(),
            place: self.places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join(", "),
            horizon: self.terms.horizon,
            draws: consequences.draws(),
            tally,
            clouds: plane(&consequences, 0)?,
            steps: incremental(&consequences),
            curves: acceptability(&consequences, &along),
            with_financing: acceptability(&with_financing, &along),
            perfect: perfect_information(&consequences, &along),
            strategies,
            qaly_values,
            leading,
            inputs,
            each,
            groups,
            goals: findings,
            failures,
            failing: failing.name,
            robust,
            structure,
        })
    }
}

fn unfit(why: &DecisionError) -> Diagnostics {
    let diagnostic = Diagnostic::error(NO_DECISION, format!("the sample cannot be analysed: {why}"));
    std::iter::once(diagnostic.hint("ask for more draws: 40 show that it works, 1,000 are a sound basis")).collect()
}

/// Groups of the inputs in the order of their first member, those of one input left out.
fn groups(
    consequences: &Consequences,
    inputs: &[DecisionInput],
    each: &[Vec<PartialInformation>],
    along: &[f64],
) -> Result<Vec<Informed>, DecisionError> {
    let mut members: Vec<(&str, Vec<usize>)> = Vec::new();
    for (at, input) in inputs.iter().enumerate() {
        match members.iter_mut().find(|(name, _)| *name == input.group) {
            Some((_, members)) => members.push(at),
            None => members.push((&input.group, vec![at])),
        }
    }
    let most = (consequences.draws() / DRAWS_AN_INPUT).clamp(1, MOST_INPUTS);
    let alone = |at: usize| each[at].iter().fold(0.0, |sum, one| sum + one.value.value);
    let several = members.into_iter().filter(|(_, members)| members.len() > 1);
    several
        .map(|(name, mut members)| {
            let inputs_in_all = members.len();
            members.sort_by(|one, other| alone(*other).total_cmp(&alone(*one)).then(one.cmp(other)));
            members.truncate(most);
            members.sort_unstable();
            let group: Vec<&[f64]> = members.iter().map(|at| inputs[*at].values.as_slice()).collect();
            let values = information_about_group(consequences, &group, along)?;
            Ok(Informed { name: name.to_owned(), inputs: inputs_in_all, counted: members.len(), values })
        })
        .collect()
}

fn failure(strategy: usize, margins: &[f64], inputs: &[DecisionInput]) -> Result<Failure, DecisionError> {
    let fails: Vec<bool> = margins.iter().map(|margin| *margin < 0.0).collect();
    let share = probability(fails.iter().copied());
    let some = fails.iter().any(|fails| *fails) && fails.iter().any(|fails| !fails);
    let gathering = match some {
        true => gatherings(&inputs.iter().map(cases).collect::<Vec<Input>>(), &fails, &Search::default())?,
        false => Gathering::Boxes(Vec::new()),
    };
    Ok(Failure { strategy, share, gathering })
}

/// An input as boxes know it: categories have no order in which they could be cut.
fn cases(input: &DecisionInput) -> Input {
    match input.categories.len() {
        0 => Input::Numbers(input.values.clone()),
        count => Input::Categories { of_case: input.values.iter().map(|value| *value as u32).collect(), count },
    }
}

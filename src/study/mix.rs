//! The mix of programmes, by period of the plan, that best meets a goal: candidates are runs of the study on common draws.
//!
//! What may be decided are the shares that the scenario declares under `[[shares]]`, each constant within a period. They add
//! up to what they add up to in the scenario, so no plan spends more than its own. A plan that is less fair than the one in
//! the file, by the slope index of QALYs gained, never beats one that is as fair.

use crate::appraisal::key::{CUMULATIVE_NET, Comparator, DEMAND_CHANGE};
use crate::appraisal::measure::inequality::SLOPE_INDEX;
use crate::appraisal::measure::totals::{discounted_outcome, total_outcome};
use crate::appraisal::statistic::{Estimate, mean};
use crate::explain::command::{NO_MIX, NOTHING_MEETS};
use crate::quantity::Unit;
use crate::scenario::{LedgerKind, LeverPath, Step};
use crate::sensitivity::optimise::{
    Best, Criterion, DecisionVector, Evaluation, Frontier, FrontierSettings, Improvement, OptimiseError, Problem,
    SearchSettings, Stage, frontier, improvement, search,
};
use engine::diagnostic::{Diagnostic, Diagnostics};
use engine::model::Label;
use engine::sampling::{Points, Sampling};

use super::experiment::{Others, PointColumn, PointMatrix, Subject};
use super::prepare::Study;
use super::tally::Tally;

/// What a mix is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// QALYs gained against the twin, discounted.
    Qalys,
    /// Less of the demand that leads in the last plan year, per cent of the twin's.
    Need,
    /// Cumulative net cash at the end of plan year 5.
    CashBy5,
    /// The slope index of QALYs gained: above 0 the deprived gain more.
    Slope,
}

impl Goal {
    /// As it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Qalys => "qalys",
            Self::Need => "need",
            Self::CashBy5 => "cash-by-5",
            Self::Slope => "slope",
        }
    }

    /// As in a sentence; `need` is what the demand that leads is called there.
    pub fn title(self, need: &str) -> String {
        match self {
            Self::Qalys => "QALYs gained".to_owned(),
            Self::Need => format!("{need} avoided, per cent"),
            Self::CashBy5 => "net cash by plan year 5".to_owned(),
            Self::Slope => "slope index of QALYs gained".to_owned(),
        }
    }

    /// The outcome by which it is measured, and 1 where more is better, else -1.
    fn outcome(self, study: &Study) -> Result<(String, f64), Diagnostic> {
        let chart = &study.places[0].chart;
        let none = |what: &str| {
            let message = format!("the goal `{}` needs {what}, and the accounts have none", self.name());
            Diagnostic::error(NO_MIX, message).hint("choose another goal")
        };
        let health = || {
            let gained = chart.perspectives.iter().find_map(|one| one.qalys.first());
            let ledger = gained.filter(|id| chart.ledger(id).is_some_and(|one| one.kind == Some(LedgerKind::Qalys)));
            ledger.ok_or_else(|| none("a ledger of QALYs gained"))
        };
        match self {
            Self::Qalys => Ok((discounted_outcome(health()?), 1.0)),
            Self::Slope => Ok((format!("{SLOPE_INDEX}:{}", health()?), 1.0)),
            Self::Need => match chart.roles.lead() {
                "" => Err(none("a demand")),
                lead => Ok((format!("{DEMAND_CHANGE}:{lead}"), -1.0)),
            },
            Self::CashBy5 => {
                let cash = chart.perspectives.iter().find(|one| one.qalys.is_empty());
                let cash = cash.ok_or_else(|| none("a perspective without QALYs"))?;
                Ok((format!("{CUMULATIVE_NET}:{}@{}", cash.id, study.terms.horizon.min(5)), 1.0))
            }
        }
    }
}

/// What is sought, and within what.
#[derive(Debug, Clone, PartialEq)]
pub struct MixSettings {
    /// The index of the strategy among those of the scenario.
    pub strategy: usize,
    /// The goal.
    pub goal: Goal,
    /// A second goal: the frontier between both is sought too.
    pub and: Option<Goal>,
    /// Decide by the mean of the worst tenth of draws instead of the mean.
    pub robust: bool,
    /// Shares of their own in each year, instead of in years 1 to 5 and 6 on.
    pub by_year: bool,
    /// A share grows by at most this from a period to the next.
    pub ramp: Option<f64>,
    /// No share is above this.
    pub most: Option<f64>,
    /// Whether a plan must be as fair as that in the file.
    pub as_fair: bool,
    /// About this many plans are run.
    pub plans: usize,
}

/// The best mix found beside that in the file.
#[derive(Debug, Clone)]
pub struct Mix {
    /// The scenario's short name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The strategy's id and name.
    pub strategy: (String, String),
    /// What was asked.
    pub settings: MixSettings,
    /// What the demand that leads is called.
    pub need: String,
    /// Draws in the search, and as many others to confirm.
    pub draws: u64,
    /// The constants that are shares, in the order of the file.
    pub labels: Vec<Label>,
    /// The programme's name for each, or its elements.
    pub programmes: Vec<String>,
    /// What the shares add up to.
    pub total: f64,
    /// First and last plan year of each period.
    pub periods: Vec<(u32, u32)>,
    /// Shares of the file, averaged within each period, of a whole of 1.
    pub reference: DecisionVector,
    /// What was found.
    pub best: Best,
    /// The plan in the file on the draws of confirmation, by the first goal, draw by draw.
    pub reference_goal: Vec<f64>,
    /// How much better the best is by the mean, and by the mean of the worst tenth of draws.
    pub gains: [Improvement; 2],
    /// The unit of the goal.
    pub unit: Unit,
    /// The frontier between both goals, if two were named.
    pub frontier: Option<Frontier>,
    /// What the best plan and that in the file spend over the plan years, on the draws of confirmation; nothing where the
    /// accounts have no ledger of spending.
    pub spending: Option<[Estimate; 2]>,
    /// What became of the draws of confirmation of the best plan and of that in the file, and of those of the file in the search.
    pub tally: Tally,
}

/// What a plan spends, if the accounts tell it.
pub fn spending(found: &Evaluation) -> Option<Estimate> {
    found.beside.first().map(|draws| mean(draws))
}

/// The part of the draws that are the worst.
pub const WORST_SHARE: f64 = 0.1;

/// The seed of the draws of confirmation is that of the study and this.
const CONFIRMS: u64 = 0x5eed;

impl Study {
    /// Seeks the best mix.
    ///
    /// # Errors
    /// The scenario declares no shares, a goal that the accounts do not have, or limits that no plan keeps.
    pub fn best_mix(&self, settings: &MixSettings) -> Result<Mix, Diagnostics> {
        let one = |diagnostic: Diagnostic| std::iter::once(diagnostic).collect::<Diagnostics>();
        let shares = Shares::of(self, settings).map_err(one)?;
        let mut goals = vec![settings.goal];
        goals.extend(settings.and);
        let mut runs = Runs::new(self, settings, &shares, &goals).map_err(one)?;
        let problem = shares.problem(settings);
        let criterion = if settings.robust { Criterion::WorstShare(WORST_SHARE) } else { Criterion::Expected };
        let searching =
            SearchSettings { criterion, most_plans: settings.plans, last_step: 0.02, ..SearchSettings::default() };
        let first_alone = |found: Vec<Evaluation>| -> Vec<Evaluation> {
            let alone = |one: Evaluation| Evaluation { goals: one.goals.into_iter().take(1).collect(), ..one };
            found.into_iter().map(alone).collect()
        };
        let best = search(&problem, &shares.reference, &searching, |plans, stage| {
            Ok(first_alone(runs.evaluate(plans, stage)?))
        })
        .map_err(why)?;
        let front = match goals.len() {
            1 => None,
            _ => {
                let population = 16;
                let settings = FrontierSettings {
                    criteria: vec![criterion; 2],
                    population,
                    generations: (settings.plans / population).max(1),
                    seed: self.sampling.seed,
                };
                let evaluate = |plans: &[DecisionVector], stage| runs.evaluate(plans, stage);
                let single = std::slice::from_ref(&best.plan);
                Some(frontier(&problem, &shares.reference, single, &settings, evaluate).map_err(why)?)
            }
        };
        let reference_goal = best.reference.goals[0].clone();
        let spending = spending(&best.evaluation).zip(spending(&best.reference)).map(<[Estimate; 2]>::from);
        let gains = [Criterion::Expected, Criterion::WorstShare(WORST_SHARE)]
            .map(|criterion| improvement(criterion, &best.evaluation.goals[0], &reference_goal));
        let strategy = &self.scenario.strategies[settings.strategy];
        let chart = &self.places[0].chart;
        let need = chart.needs.iter().find(|need| need.service == chart.roles.lead());
        Ok(Mix {
            name: self.scenario.name.clone(),
            title: self.scenario.title.clone(),
            strategy: (strategy.id.clone(), strategy.name.clone()),
            settings: settings.clone(),
            need: need.map_or_else(String::new, |need| need.name.clone()),
            draws: self.sampling.draws,
            programmes: shares.labels.iter().map(|label| self.programme(label)).collect(),
            labels: shares.labels.clone(),
            total: shares.total,
            periods: shares.periods.clone(),
            reference: shares.reference.clone(),
            best,
            reference_goal,
            gains,
            unit: runs.unit,
            frontier: front,
            spending,
            tally: runs.tally,
        })
    }

    fn programme(&self, label: &Label) -> String {
        let named = self.programmes.iter().find(|(id, _, _)| label.elements.iter().any(|one| one.spelling() == id));
        named.map_or_else(|| label.to_string(), |(id, name, _)| format!("{id} {name}"))
    }
}

fn why(found: OptimiseError<Diagnostics>) -> Diagnostics {
    let diagnostic = match found {
        OptimiseError::Evaluation(found) => return found,
        OptimiseError::Infeasible(limits) => {
            let message = limits.to_string();
            Diagnostic::error(NOTHING_MEETS, message).hint("give one of these limits more room")
        }
        OptimiseError::OutOfRange { what, allowed } => {
            Diagnostic::error(NO_MIX, format!("the {what} must be {allowed}"))
        }
        OptimiseError::Malformed { what } => Diagnostic::error(NO_MIX, format!("a run of plans has {what}"))
            .hint("ask for two draws or more; `wellspring run` says which draws come out as no number"),
    };
    std::iter::once(diagnostic).collect()
}

/// What is shared out, and how the file does it.
struct Shares {
    labels: Vec<Label>,
    total: f64,
    periods: Vec<(u32, u32)>,
    reference: DecisionVector,
}

/// The last year of the first period.
const FIRST_PERIOD: u32 = 5;

impl Shares {
    fn of(study: &Study, settings: &MixSettings) -> Result<Self, Diagnostic> {
        let scenario = &study.scenario;
        let strategy = &scenario.strategies[settings.strategy];
        let rule = scenario.shares.first().ok_or_else(|| {
            Diagnostic::error(NO_MIX, "the scenario declares no shares that could be mixed otherwise")
                .hint("add [[shares]] with constants = \"Programme share\" and total = 1.0")
        })?;
        let mut labels: Vec<Label> = Vec::new();
        let levers = scenario.levers.iter().chain(strategy.levers.iter());
        for lever in levers.filter(|lever| lever.label.constant == rule.constant.value) {
            if !labels.contains(&lever.label) {
                labels.push(lever.label.clone());
            }
        }
        if labels.len() < 2 || labels.iter().any(|label| label.elements.is_empty()) {
            let message = format!("fewer than two elements of `{}` are set as levers", rule.constant.value);
            return Err(Diagnostic::error(NO_MIX, message)
                .at(rule.constant.span.clone())
                .hint("set the share of each programme by itself"));
        }
        let horizon = scenario.horizon_years;
        let periods: Vec<(u32, u32)> = match settings.by_year {
            true => (1..=horizon).map(|year| (year, year)).collect(),
            false if horizon > FIRST_PERIOD => vec![(1, FIRST_PERIOD), (FIRST_PERIOD + 1, horizon)],
            false => vec![(1, horizon)],
        };
        let yearly: Vec<Vec<f64>> = labels
            .iter()
            .map(|label| {
                let path = scenario.path(Some(strategy), label).unwrap_or(LeverPath::Number(0.0));
                let yearly = path.yearly(0.0, 1, horizon as usize);
                yearly.into_iter().map(|(from, to)| (from + to) / 2.0).collect()
            })
            .collect();
        let mut reference = DecisionVector::new();
        for (first, last) in &periods {
            let years = *first as usize - 1..*last as usize;
            let means = yearly.iter().map(|path| mean(&path[years.clone()]).value / rule.total);
            reference.extend(means);
        }
        Ok(Self { labels, total: rule.total, periods, reference })
    }

    fn problem(&self, settings: &MixSettings) -> Problem {
        let mut problem = Problem::new(self.labels.len(), self.periods.len());
        for (programme, label) in self.labels.iter().enumerate() {
            if let Some(most) = settings.most {
                for period in 0..self.periods.len() {
                    problem = problem.at_most("most of one programme", programme, period, most);
                }
            }
            if let Some(rise) = settings.ramp {
                problem = problem.ramp(&format!("ramp of {label}"), programme, rise);
            }
        }
        problem
    }

    /// The levers of a plan.
    fn levers(&self, plan: &[f64]) -> Vec<(Label, LeverPath)> {
        let count = self.labels.len();
        let labels = self.labels.iter().enumerate();
        labels
            .map(|(programme, label)| {
                let steps = self.periods.iter().enumerate().map(|(period, (first, _))| Step {
                    from: *first,
                    value: plan[period * count + programme] * self.total,
                    ramp_years: 0,
                });
                (label.clone(), LeverPath::Steps(steps.collect()))
            })
            .collect()
    }
}

/// `[plan][outcome][draw]`.
type Draws = Vec<Vec<Vec<f64>>>;

/// Runs of plans, on the draws of the search or on those of confirmation.
struct Runs<'s> {
    study: &'s Study,
    shares: &'s Shares,
    strategy: usize,
    outcomes: Vec<String>,
    signs: Vec<f64>,
    /// The index of what the plan spends among the outcomes.
    spending: Option<usize>,
    /// The index of the slope index that a plan must reach.
    slope: Option<usize>,
    /// The slope index of the plan in the file, and the draws that count: found with the first runs of a stage.
    stages: [Option<(f64, Vec<usize>)>; 2],
    /// What became of the draws of the plan in the file, in both stages, and of the plans that are confirmed.
    tally: Tally,
    unit: Unit,
}

impl<'s> Runs<'s> {
    fn new(study: &'s Study, settings: &MixSettings, shares: &'s Shares, goals: &[Goal]) -> Result<Self, Diagnostic> {
        let (mut outcomes, mut signs) = (Vec::new(), Vec::new());
        for goal in goals {
            let (outcome, sign) = goal.outcome(study)?;
            outcomes.push(outcome);
            signs.push(sign);
        }
        // Where the accounts tell no slope there is nothing to hold a plan to.
        let slope = Goal::Slope.outcome(study).ok().filter(|_| settings.as_fair && study.places[0].residents.len() > 1);
        let spent = study.places[0].chart.ledgers.iter().find(|entry| entry.kind == Some(LedgerKind::Spend));
        let mut keep = |outcome: String| {
            outcomes.push(outcome);
            outcomes.len() - 1
        };
        let spending = spent.map(|entry| keep(format!("{}/{}", total_outcome(&entry.id), Comparator::Level.name())));
        let slope = slope.map(|(outcome, _)| keep(outcome));
        let (strategy, stages) = (settings.strategy, [None, None]);
        Ok(Self {
            study,
            shares,
            strategy,
            outcomes,
            signs,
            spending,
            slope,
            stages,
            tally: Tally::default(),
            unit: Unit::Unsaid,
        })
    }

    fn evaluate(&mut self, plans: &[DecisionVector], stage: Stage) -> Result<Vec<Evaluation>, Diagnostics> {
        let which = usize::from(stage == Stage::Confirm);
        if self.stages[which].is_none() {
            let (found, tally) = self.run(std::slice::from_ref(&self.shares.reference), stage)?;
            self.tally = std::mem::take(&mut self.tally).and(tally);
            let reference = &found[0];
            let draws = reference.first().map_or(0, Vec::len);
            let sound = |draw: &usize| reference.iter().all(|outcome| outcome[*draw].is_finite());
            let kept: Vec<usize> = (0..draws).filter(sound).collect();
            let slope = self.slope.map_or(0.0, |at| average(&reference[at], &kept));
            self.stages[which] = Some((slope, kept));
        }
        let (found, tally) = self.run(plans, stage)?;
        // Plans that are tried and not taken may go wrong.
        if stage == Stage::Confirm {
            self.tally = std::mem::take(&mut self.tally).and(tally);
        }
        let (slope, kept) = self.stages[which].as_ref().expect("it was found above");
        let judged = |outcomes: Vec<Vec<f64>>| {
            let goals: Vec<Vec<f64>> = outcomes
                .iter()
                .zip(&self.signs)
                .map(|(draws, sign)| kept.iter().map(|draw| sign * draws[*draw]).collect())
                .collect();
            let of = |at: usize| kept.iter().map(|draw| outcomes[at][*draw]).collect::<Vec<f64>>();
            let beside: Vec<Vec<f64>> = self.spending.map(of).into_iter().collect();
            if goals.iter().flatten().any(|value| !value.is_finite()) {
                // A plan that breaks the model is worse than any that does not.
                let goals = vec![vec![0.0; kept.len()]; self.signs.len()];
                return Evaluation { goals, violation: f64::MAX, beside };
            }
            let short = self.slope.map_or(0.0, |at| {
                let own = average(&outcomes[at], kept);
                (slope - own) / slope.abs().max(f64::MIN_POSITIVE)
            });
            Evaluation { goals, violation: if short > ROUNDING { short } else { 0.0 }, beside }
        };
        Ok(found.into_iter().map(judged).collect())
    }

    /// The draws of plans, and what became of those of all plans together.
    fn run(&mut self, plans: &[DecisionVector], stage: Stage) -> Result<(Draws, Tally), Diagnostics> {
        let study = self.study;
        let subject = Subject::Study(study);
        let seed = match stage {
            Stage::Search => study.sampling.seed,
            Stage::Confirm => study.sampling.seed ^ CONFIRMS,
        };
        let streams: Vec<String> = subject.inputs().into_iter().map(|input| input.stream).collect();
        let points = Points::new(Sampling { seed, ..study.sampling }, &study.scenario.design.options, &streams);
        let matrix = PointMatrix {
            columns: streams.into_iter().map(PointColumn::Position).collect(),
            values: (0..study.sampling.draws).flat_map(|draw| points.of(draw)).collect(),
            others: Others::Drawn,
        };
        let levers: Vec<_> = plans.iter().map(|plan| self.shares.levers(plan)).collect();
        let experiment = subject.plans(self.strategy, &self.outcomes, levers, matrix)?;
        let table = experiment.run(&|_| {});
        let tally = table.tally();
        // The plan in the file comes first and alone.
        if self.stages[usize::from(stage == Stage::Confirm)].is_none() && tally.none_left() {
            return Err(std::iter::once(experiment.none_left("draws")).collect());
        }
        self.unit.clone_from(&table.outcomes[0].unit);
        let draws = study.sampling.draws as usize;
        let of = |plan: usize, outcome: usize| table.column(outcome, 0)[plan * draws..(plan + 1) * draws].to_vec();
        let of = |plan: usize| (0..self.outcomes.len()).map(|outcome| of(plan, outcome)).collect();
        Ok(((0..plans.len()).map(of).collect(), tally))
    }
}

/// A slope this near to another, as a part of it, is as fair.
const ROUNDING: f64 = 1e-6;

fn average(values: &[f64], kept: &[usize]) -> f64 {
    kept.iter().fold(0.0, |sum, draw| sum + values[*draw]) / kept.len().max(1) as f64
}

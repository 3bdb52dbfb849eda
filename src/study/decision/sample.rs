//! One sample of all uncertainties: what each strategy costs and brings beyond doing nothing, draw by draw.
//!
//! Doing nothing is the first strategy, with cost and effect 0: the others are paired differences. Cost and effect are those
//! of the study's own net position, of the first perspective that counts QALYs: spending less savings against the twin, in
//! base-year prices, discounted; and QALYs gained against the twin, discounted. So net benefit at a worth of a QALY is the net
//! present value there, and what the money would have done elsewhere is in that worth. Both are over a lifetime where the model works
//! out what is to come after the horizon.
//!
//! Beside it stands the choice with the financing counted out in full. Over a lifetime, money that is withdrawn from care counts as the
//! health that it would have bought, less what savings put back, and not as cost. Within a horizon, what the financing saves in services
//! is taken off the cost, and the QALYs that it displaces off the effect: only both together are meaningful there; displaced QALYs
//! alone would bear the money twice.

use crate::appraisal::chart::Chart;
use crate::appraisal::key::{CUMULATIVE_NET, Comparator};
use crate::appraisal::measure::lifetime::{LIFETIME_NET_PRESENT_VALUE, NET_SOCIAL_BENEFIT, lifetime_outcome};
use crate::appraisal::measure::net::NET_AT_HORIZON;
use crate::appraisal::measure::present_value::NET_PRESENT_VALUE;
use crate::appraisal::measure::totals::discounted_outcome;
use crate::explain::command::NO_DECISION;
use crate::explain::study::NO_OUTCOME;
use crate::scenario::{LedgerKind, Perspective};
use engine::diagnostic::{Diagnostic, Diagnostics};
use engine::sampling::Points;

use super::super::experiment::{Others, OutcomeLabel, OutcomeTable, PointColumn, PointMatrix, Subject};
use super::super::prepare::Study;
use super::super::tally::Tally;
use super::inputs::{DecisionInput, deep, inputs};

/// Costs, effects and goals of all strategies in every draw that came out as numbers.
#[derive(Debug, Clone)]
pub struct DecisionSample {
    /// Ids and names, doing nothing first.
    pub strategies: Vec<(String, String)>,
    /// Pounds beyond doing nothing, `[strategy][draw]`.
    pub costs: Vec<Vec<f64>>,
    /// QALYs beyond doing nothing, `[strategy][draw]`.
    pub effects: Vec<Vec<f64>>,
    /// Both with what the financing does, costs before effects, `[strategy][draw]`.
    pub with_financing: [Vec<Vec<f64>>; 2],
    /// What is uncertain, in the order of its random numbers.
    pub inputs: Vec<DecisionInput>,
    /// What must be 0 or more for a goal to be met, `[goal][strategy without doing nothing][draw]`.
    pub goals: Vec<Goal>,
    /// The outcome by which a plan fails, less the number below which it does; as `goals`.
    pub failing: Goal,
    /// What became of the draws asked for.
    pub tally: Tally,
}

/// An outcome that is to reach a number.
#[derive(Debug, Clone)]
pub struct Goal {
    /// The goal as the end of "the plan is to": `have its cash back by plan year 5`.
    pub name: String,
    /// What is measured.
    pub label: OutcomeLabel,
    /// The outcome less the number that it is to reach, `[strategy without doing nothing][draw]`.
    pub margins: Vec<Vec<f64>>,
}

/// The id and the name of doing nothing among the strategies.
pub fn reference() -> (String, String) {
    ("do-nothing".to_owned(), "Do nothing".to_owned())
}

/// By which year cash is to be back.
const CASH_YEAR: usize = 5;

/// The names of what is measured, in order.
pub(super) struct Asked {
    pub(super) outcomes: Vec<String>,
    /// For each of `outcomes`, its factor in the cost and in the effect, and whether it is what the financing does.
    weights: Vec<(f64, f64, bool)>,
    cash_year: usize,
}

impl Asked {
    /// What the consequences of strategies are made of.
    ///
    /// # Errors
    /// The accounts count no QALYs.
    pub(super) fn new(study: &Study) -> Result<Self, Diagnostic> {
        let chart = &study.places[0].chart;
        let counts = |one: &&Perspective| !one.qalys.is_empty();
        let Some(social) = chart.perspectives.iter().find(counts) else {
            return Err(Diagnostic::error(NO_DECISION, "no perspective of the accounts counts QALYs")
                .hint("a choice needs what strategies cost and what they bring: name a ledger under `qalys`"));
        };
        let cash = chart.perspectives.iter().find(|one| one.qalys.is_empty()).unwrap_or(social);
        let leading = study.terms.leading_value();
        let mut asked =
            Self { outcomes: Vec::new(), weights: Vec::new(), cash_year: CASH_YEAR.min(study.terms.horizon) };
        let mut add = |name: String, cost: f64, effect: f64, financing: bool| {
            asked.outcomes.push(name);
            asked.weights.push((cost, effect, financing));
        };
        if let Some(lost) = chart.displaced().filter(|lost| is_lifelong(chart, social, &lost.id)) {
            let present = format!("{LIFETIME_NET_PRESENT_VALUE}:{}", social.id);
            add(present.clone(), -1.0, 0.0, false);
            for gained in &social.qalys {
                add(lifetime_outcome(gained), leading, 1.0, false);
            }
            // With the financing, what is withdrawn counts as the health that it would have bought, and not as money: what is
            // left of cost is that of payers whose money nobody withdraws.
            add(present, 1.0, 0.0, true);
            add(format!("{NET_SOCIAL_BENEFIT}:{}", social.id), -1.0, 0.0, true);
            add(lifetime_outcome(&lost.id), -leading, -1.0, true);
            return Ok(asked.with_goals(study, social, cash));
        }
        add(format!("{NET_PRESENT_VALUE}:{}", social.id), -1.0, 0.0, false);
        // The net present value holds QALYs at their leading value; they come out again.
        for gained in &social.qalys {
            add(discounted_outcome(gained), leading, 1.0, false);
        }
        for entry in chart.ledgers.iter().filter(|entry| entry.kind == Some(LedgerKind::DisplacedQalys)) {
            add(discounted_outcome(&entry.id), 0.0, -1.0, true);
        }
        // What the financing takes from services, year by year: costs that are no longer borne.
        for entry in
            chart.ledgers.iter().filter(|one| one.kind == Some(LedgerKind::Cost) && social.costs.contains(&one.id))
        {
            let counted = |payer: &str| social.payers.is_empty() || social.payers.iter().any(|one| one.value == payer);
            let payers: Vec<String> = match entry.by_payer {
                true => entry
                    .lines
                    .iter()
                    .filter(|line| counted(&line.label))
                    .map(|line| format!(":{}", line.label))
                    .collect(),
                false => vec![String::new()],
            };
            for payer in &payers {
                for (year, factor) in study.terms.cost_factors.iter().enumerate() {
                    add(
                        format!("{}{payer}@{}/{}", entry.id, year + 1, Comparator::Financing.name()),
                        *factor,
                        0.0,
                        true,
                    );
                }
            }
        }
        Ok(asked.with_goals(study, social, cash))
    }

    /// With the outcomes of the goals, and that by which a plan fails.
    fn with_goals(mut self, study: &Study, social: &Perspective, cash: &Perspective) -> Self {
        let goals =
            [format!("{CUMULATIVE_NET}:{}@{}", cash.id, self.cash_year), format!("{NET_AT_HORIZON}:{}", social.id)];
        self.outcomes.extend(goals);
        let fails = study.scenario.decide.as_ref().and_then(|decide| decide.fails.as_ref());
        self.outcomes
            .push(fails.map_or_else(|| format!("{NET_AT_HORIZON}:{}", social.id), |fails| fails.outcome.value.clone()));
        self
    }

    /// Cost and effect of a strategy at some points of a table, with what the financing does or without.
    pub(super) fn consequences(
        &self,
        table: &OutcomeTable,
        strategy: usize,
        kept: &[usize],
        financing: bool,
    ) -> (Vec<f64>, Vec<f64>) {
        let (mut costs, mut effects) = (vec![0.0; kept.len()], vec![0.0; kept.len()]);
        for (outcome, (cost, effect, of_financing)) in self.weights.iter().enumerate() {
            if *of_financing && !financing {
                continue;
            }
            let column = table.column(outcome, strategy);
            for (at, draw) in kept.iter().enumerate() {
                costs[at] += cost * column[*draw];
                effects[at] += effect * column[*draw];
            }
        }
        (costs, effects)
    }
}

/// Whether the model works out what is still to come of all that counts: health gained and displaced, and cost.
fn is_lifelong(chart: &Chart, social: &Perspective, displaced: &str) -> bool {
    let health = social.qalys.iter().map(String::as_str).chain([displaced]);
    health.into_iter().all(|ledger| chart.to_come.contains_key(ledger))
        && social.costs.iter().any(|ledger| chart.to_come.contains_key(ledger))
}

/// The points of the first draws of the study, a column for each random number; at each point nothing else is uncertain.
pub(super) fn matrix(study: &Study, streams: &[String], draws: u64) -> PointMatrix {
    let points = Points::new(study.sampling, &study.scenario.design.options, streams);
    let draws = draws.min(study.sampling.draws);
    PointMatrix {
        columns: streams.iter().map(|stream| PointColumn::Position(stream.clone())).collect(),
        values: (0..draws).flat_map(|draw| points.of(draw)).collect(),
        others: Others::Drawn,
    }
}

/// Points of a table at which everything is a number.
pub(super) fn sound(table: &OutcomeTable) -> Vec<usize> {
    let columns = table.outcomes.len() * table.strategies.len();
    let is_sound = |point: &usize| (0..columns).all(|column| table.values[column * table.points + point].is_finite());
    (0..table.points).filter(is_sound).collect()
}

impl Study {
    /// Runs the sample: every strategy in every draw of the study. `progress` is told of draws done.
    ///
    /// # Errors
    /// The accounts count no QALYs, the criterion of failure is no outcome of the study, or no draw came out as numbers.
    pub fn sample_decision(&self, progress: &(dyn Fn(u64) + Sync)) -> Result<DecisionSample, Diagnostics> {
        let asked = Asked::new(self).map_err(|one| std::iter::once(one).collect::<Diagnostics>())?;
        let subject = Subject::Study(self);
        let streams: Vec<String> = subject.inputs().into_iter().map(|input| input.stream).collect();
        let matrix = matrix(self, &streams, self.sampling.draws);
        // Before the work, so that a slip of the pen costs no one a minute.
        deep(self, &inputs(self, &matrix, &[]))?;
        let fails = self.scenario.decide.as_ref().and_then(|decide| decide.fails.as_ref());
        let table = match subject.design(&asked.outcomes, matrix.clone()) {
            Ok(experiment) => {
                let table = experiment.run(progress);
                if table.tally().none_left() {
                    return Err(std::iter::once(experiment.none_left("draws")).collect());
                }
                table
            }
            Err(found) => {
                // Only the criterion of failure was written by a person.
                let located = |one: &Diagnostic| match fails {
                    Some(fails) if one.code == NO_OUTCOME => one.clone().at(fails.outcome.span.clone()),
                    _ => one.clone(),
                };
                return Err(found.iter().map(located).collect());
            }
        };
        let kept = sound(&table);
        let mut strategies = vec![reference()];
        strategies.extend(table.strategies.iter().cloned());
        let all = |financing: bool| -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
            let nothing = std::iter::once((vec![0.0; kept.len()], vec![0.0; kept.len()]));
            let own = 0..table.strategies.len();
            nothing.chain(own.map(|strategy| asked.consequences(&table, strategy, &kept, financing))).unzip()
        };
        let (costs, effects) = all(false);
        let with_financing = <[_; 2]>::from(all(true));
        let goal = |index: usize, name: String, level: f64| Goal {
            name,
            label: table.outcomes[index].clone(),
            margins: (0..table.strategies.len())
                .map(|strategy| kept.iter().map(|draw| table.column(index, strategy)[*draw] - level).collect())
                .collect(),
        };
        let first = asked.outcomes.len() - 3;
        let goals = vec![
            goal(first, format!("have its cash back by plan year {}", asked.cash_year), 0.0),
            goal(first + 1, "pay back to society by the horizon".to_owned(), 0.0),
        ];
        let failing = match fails {
            None => goal(first + 2, "society is worse off at the horizon".to_owned(), 0.0),
            Some(fails) => goal(first + 2, format!("{} is below {}", fails.outcome.value, fails.below), fails.below),
        };
        Ok(DecisionSample {
            strategies,
            costs,
            effects,
            with_financing,
            inputs: inputs(self, &matrix, &kept),
            goals,
            failing,
            tally: table.tally(),
        })
    }
}

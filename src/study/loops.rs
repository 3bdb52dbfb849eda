//! Each loop of the model cut in turn, and what that changes: the same draws with the loop and without it.

use crate::appraisal::accumulator::accumulate;
use crate::appraisal::findings::{Comparator, FaultFinding, SeriesKey};
use crate::appraisal::key::{CUMULATIVE_NET, DEMAND, DEMAND_CHANGE};
use crate::appraisal::measure::reduction::{Numbers, Reduction};
use crate::appraisal::measure::totals::total_outcome;
use crate::appraisal::measure::{SeriesIndex, Subject, catalogue};
use crate::appraisal::series::{SeriesDefinition, Terms, series_definitions};
use crate::appraisal::statistic::{Summary, summarise};
use crate::evidence::document::Located;
use crate::explain::study as code;
use crate::quantity::FinancialYear;
use crate::scenario::{Accounts, LedgerKind, Loop, Roles};
use engine::diagnostic::Diagnostics;
use engine::ensemble::{DrawBlock, Faults, Follow, RunPlan, Setting, run};
use engine::kernel::{Outcome, compile};
use engine::model::{Label, Name};
use engine::structure::{ScalarId, Structure};

use super::audit::audit;
use super::lookup::{self, find};
use super::place::{PreparedPlace, request};
use super::prepare::Study;
use super::tally::Tally;

/// A loop found in the structure.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    declared: Loop,
    switch: Vec<ScalarId>,
    outcome: Vec<ScalarId>,
}

/// What cutting each loop changes in one strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct LoopFindings {
    /// The year whose prices are the real ones.
    pub prices: FinancialYear,
    /// The scenario's title.
    pub title: String,
    /// The place, as people call it: of several, the one with the largest share of the money.
    pub place: String,
    /// The strategy's id and name.
    pub strategy: (String, String),
    /// Plan years.
    pub horizon: usize,
    /// Draws in each of which every run came out as numbers.
    pub draws: usize,
    /// What became of the draws asked for: of all runs of each, the whole model's and those without a loop.
    pub tally: Tally,
    /// What went wrong in the whole model.
    pub faults: Vec<FaultFinding>,
    /// Runs made.
    pub runs: u64,
    /// Which ledger plays which part, and which service leads.
    pub roles: Roles,
    /// What the demand that leads is called.
    pub need: String,
    /// What is measured of the full model and of each without a loop.
    pub measured: Vec<Measured>,
    /// The whole model, one summary for each of `measured`.
    pub full: Vec<Summary>,
    /// The loops in the order of the accounts.
    pub loops: Vec<LoopFinding>,
}

/// Something that is measured in every run.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Whether it is a service's demand, a perspective's money, or health.
    pub what: Outlook,
    /// Of what, against what, and in what.
    pub key: SeriesKey,
}

/// What kind of number is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// Demand for a service in the last plan year.
    Demand,
    /// Cumulative net position at the horizon.
    Money,
    /// Health over the horizon.
    Health,
}

/// What cutting one loop changes.
#[derive(Debug, Clone, PartialEq)]
pub struct LoopFinding {
    /// Short name.
    pub id: String,
    /// Name in reports.
    pub name: String,
    /// Without the loop less with it, draw by draw, for each of [`LoopFindings::measured`].
    pub changes: Vec<Summary>,
    /// The variable in which the loop shows itself.
    pub outcome: String,
    /// By how many per cent the strategy's own level of that variable at the horizon changes; it is no number where the
    /// level with the loop is 0.
    pub outcome_change: Summary,
}

/// The loops of the accounts, with their switches and outcomes in the structure.
pub(super) fn cuts(structure: &Structure, accounts: &Accounts, found: &mut Diagnostics) -> Vec<Cut> {
    let label = |name: &Name| {
        Label::parse(name.spelling()).unwrap_or_else(|_| Label { constant: name.clone(), elements: Vec::new() })
    };
    let mut cuts = Vec::new();
    for declared in &accounts.loops {
        let Located { value, span } = &declared.switch;
        let switch = lookup::constants(structure, &label(value), span, code::UNKNOWN_VARIABLE, found);
        let outcome = find(structure, &declared.outcome, &[], found);
        let outcome = outcome.into_iter().map(|(scalar, _)| scalar).collect();
        cuts.push(Cut { declared: declared.clone(), switch, outcome });
    }
    cuts
}

/// Is told of draws that are done, from any thread.
type Progress<'a> = &'a (dyn Fn(u64) + Sync);

/// For each of several things, one number for each draw.
type Draws = Vec<Vec<f64>>;

/// The draws of one variant of the model.
struct Variant {
    sound: Vec<bool>,
    faults: Faults,
    measures: Draws,
    outcomes: Draws,
}

impl Study {
    /// How many times each draw is run to cut every loop of one strategy: whole, and once without each.
    pub fn variants(&self) -> u64 {
        1 + self.places.first().map_or(0, |place| place.cuts.len()) as u64
    }

    /// The loops that can be cut: id, name, and the constant that cuts it where it is 0.
    pub fn switches(&self) -> Vec<(String, String, String)> {
        let cuts = self.places.first().map_or(&[][..], |place| &place.cuts);
        let declared = cuts.iter().map(|cut| &cut.declared);
        declared
            .map(|declared| (declared.id.clone(), declared.name.clone(), declared.switch.value.spelling().to_owned()))
            .collect()
    }

    /// This study with one strategy alone, in the place with the largest share of the money; `None` if there is no such
    /// strategy.
    #[must_use]
    pub fn only(mut self, strategy: usize) -> Option<Self> {
        let kept = self.scenario.strategies.get(strategy)?.clone();
        let largest = (0..self.places.len()).max_by(|one, other| {
            let share = |which: usize| self.places[which].share;
            share(*one).total_cmp(&share(*other)).then(other.cmp(one))
        })?;
        let mut place = self.places.swap_remove(largest);
        let own = |arm: usize| place.arms.get(arm).cloned();
        let (nothing, twin, mut plan) = (own(0)?, own(1 + 2 * strategy)?, own(2 + 2 * strategy)?);
        plan.follows = plan.follows.map(|follow| Follow { arm: 1, ..follow });
        place.arms = vec![nothing, twin, plan];
        self.places = vec![place];
        self.scenario.strategies = vec![kept];
        self.terms.strategies = 1;
        Some(self)
    }

    /// Cuts each loop in every run alike, do nothing, twin and strategy, and sets it against the whole model draw by draw.
    /// The study has one strategy ([`Study::only`]). `progress` is told of draws done, each variant's by itself.
    pub fn cut_loops(&self, progress: Progress<'_>) -> LoopFindings {
        let place = &self.places[0];
        let plans = series_definitions(&place.chart, &self.terms);
        let (measured, reduced) = measured(self, place, &plans);
        let full = self.variant(place, None, &reduced, progress);
        let without: Vec<Variant> =
            place.cuts.iter().map(|cut| self.variant(place, Some(cut), &reduced, progress)).collect();
        let kept: Vec<usize> = (0..full.sound.len())
            .filter(|draw| full.sound[*draw] && without.iter().all(|variant| variant.sound[*draw]))
            .collect();
        let variants = std::iter::once(&full).chain(&without);
        let audited: Vec<FaultFinding> = variants.flat_map(|variant| place.fault_findings(&variant.faults)).collect();
        let of = |numbers: &[f64]| kept.iter().map(|draw| numbers[*draw]).collect::<Vec<f64>>();
        let against = |numbers: &[f64], full: &[f64], change: &dyn Fn(f64, f64) -> f64| {
            summarise(&kept.iter().map(|draw| change(numbers[*draw], full[*draw])).collect::<Vec<f64>>())
        };
        let loops = place
            .cuts
            .iter()
            .zip(&without)
            .enumerate()
            .map(|(which, (cut, variant))| LoopFinding {
                id: cut.declared.id.clone(),
                name: cut.declared.name.clone(),
                changes: variant
                    .measures
                    .iter()
                    .zip(&full.measures)
                    .map(|(numbers, full)| against(numbers, full, &|without, full| without - full))
                    .collect(),
                outcome: cut.declared.outcome.value.spelling().to_owned(),
                outcome_change: against(&variant.outcomes[which], &full.outcomes[which], &|without, full| {
                    if without == full { 0.0 } else { 100.0 * (without - full) / full.abs() }
                }),
            })
            .collect();
        let strategy = self.scenario.strategies.first();
        let need = place.chart.needs.iter().find(|need| need.service == place.chart.roles.lead());
        LoopFindings {
            prices: self.base_year,
            title: self.scenario.title.clone(),
            place: place.name.clone(),
            strategy: strategy.map_or_else(Default::default, |one| (one.id.clone(), one.name.clone())),
            horizon: self.terms.horizon,
            draws: kept.len(),
            tally: Tally::of_faults(self.sampling.draws, self.sampling.draws - kept.len() as u64, &audited),
            faults: place.fault_findings(&full.faults),
            runs: self.sampling.draws * place.arms.len() as u64 * self.variants(),
            roles: place.chart.roles.clone(),
            need: need.map_or_else(String::new, |need| need.name.clone()),
            measured,
            full: full.measures.iter().map(|numbers| summarise(&of(numbers))).collect(),
            loops,
        }
    }

    /// All draws of the model whole, or with one loop cut in every arm.
    fn variant(&self, place: &PreparedPlace, cut: Option<&Cut>, reduced: &Reduced, progress: Progress<'_>) -> Variant {
        let off = cut.map_or(&[][..], |cut| &cut.switch);
        let mut arms = place.arms.clone();
        for arm in &mut arms {
            // What a lever says of a switch that is cut does not count.
            arm.settings.retain(|(set, _)| !off.contains(set));
            arm.settings.extend(off.iter().map(|scalar| (*scalar, Setting::Constant(0.0))));
        }
        let mut request = request(&place.structure, &self.scenario, &arms, &place.draws.scalars, &place.chart);
        let first_cut = request.outcomes.len();
        request.outcomes.extend(place.cuts.iter().flat_map(|cut| &cut.outcome).map(|scalar| Outcome::Level(*scalar)));
        let program = compile(&place.structure, &request);
        let plan = RunPlan {
            structure: &place.structure,
            program: &program,
            request: &request,
            arms: &arms,
            sampled: &place.draws.scalars,
            sampler: &place.draws,
            draws: self.sampling.draws,
        };
        let read = |block: DrawBlock| {
            let numbers = self.read(place, &block, reduced, first_cut);
            let mut faults = block.faults.clone();
            audit(&place.chart, arms.len(), &request.report_times, &block, &mut |arm, name, lane, time, lost| {
                faults.count(arm, name, block.first_draw + lane as u64, time, lost);
            });
            (block.sound, faults, numbers)
        };
        let blocks = run(&plan, &read, progress);
        let mut variant = Variant {
            sound: Vec::new(),
            faults: Faults::default(),
            measures: vec![Vec::new(); reduced.reductions.len()],
            outcomes: vec![Vec::new(); place.cuts.len()],
        };
        for (sound, faults, (measures, outcomes)) in blocks {
            variant.sound.extend(sound);
            variant.faults.extend(faults);
            variant.measures.iter_mut().zip(measures).for_each(|(all, more)| all.extend(more));
            variant.outcomes.iter_mut().zip(outcomes).for_each(|(all, more)| all.extend(more));
        }
        variant
    }

    /// The measures of a block, and for each loop the strategy's level of its outcome at the horizon; the outcomes of loops
    /// begin at the index `first_cut`.
    fn read(&self, place: &PreparedPlace, block: &DrawBlock, reduced: &Reduced, first_cut: usize) -> (Draws, Draws) {
        let horizon = self.terms.horizon;
        let numbers = accumulate(&reduced.plans, &place.chart, &self.terms, block);
        let measures = reduced
            .reductions
            .iter()
            .zip(&numbers)
            .map(|(reduction, years)| {
                let series = vec![years.as_slice()];
                reduction.over_draws(&Numbers { series, draws: block.draws, residents: &[], together: false })
            })
            .collect();
        let mut first = first_cut;
        let mut outcomes = Vec::new();
        for cut in &place.cuts {
            let mut sum = vec![0.0; block.draws];
            for outcome in first..first + cut.outcome.len() {
                // Report r is at time r - 1, so the horizon's end is one further.
                let level = block.lanes(Terms::plan(0), outcome, horizon + 1);
                sum.iter_mut().zip(level).for_each(|(sum, value)| *sum += value);
            }
            first += cut.outcome.len();
            outcomes.push(sum);
        }
        (measures, outcomes)
    }
}

/// Measures of one series each: how they follow from it, and the series.
struct Reduced {
    reductions: Vec<Reduction>,
    plans: Vec<SeriesDefinition>,
}

/// What is measured: demand in the last plan year, money at the horizon from each perspective, health over the horizon.
fn measured(study: &Study, place: &PreparedPlace, plans: &[SeriesDefinition]) -> (Vec<Measured>, Reduced) {
    let (chart, terms) = (&place.chart, &study.terms);
    let kind_of = |id: &str| chart.ledger(id).and_then(|entry| entry.kind);
    let service = |key: &SeriesKey| chart.demand.iter().any(|entry| entry.id == key.group);
    let series = &SeriesIndex::new(plans);
    let subject = Subject { chart, terms, groups: &[], series, together: false, strategy: 0 };
    let (mut measured, mut reduced) = (Vec::new(), Reduced { reductions: Vec::new(), plans: Vec::new() });
    for measure in catalogue(&subject) {
        let [key] = measure.needs.as_slice() else { continue };
        let in_a_year = measure.key.year.is_some();
        let total = measure.key.outcome == total_outcome(&key.outcome);
        let what = match (key.outcome.as_str(), key.comparator) {
            (DEMAND_CHANGE, Comparator::Twin) | (DEMAND, Comparator::DoNothing) if in_a_year && service(key) => {
                Outlook::Demand
            }
            (CUMULATIVE_NET, Comparator::Twin) if in_a_year => Outlook::Money,
            (id, comparator) if total && key.group.is_empty() => match (kind_of(id), comparator) {
                (Some(LedgerKind::Qalys), Comparator::Twin) => Outlook::Health,
                (Some(LedgerKind::DisplacedQalys), Comparator::DoNothing) => Outlook::Health,
                _ => continue,
            },
            _ => continue,
        };
        let Some(plan) = series.index(key).map(|index| plans[index].clone()) else { continue };
        measured.push(Measured { what, key: key.clone() });
        reduced.reductions.push(measure.reduction);
        reduced.plans.push(plan);
    }
    (measured, reduced)
}

//! A study run, and what it comes to.

use std::io;

use crate::appraisal::accumulator::SeriesAccumulator;
use crate::appraisal::apart::{StructuralInput, apart};
use crate::appraisal::assemble::{measures, paybacks, series, spent};
use crate::appraisal::evaluation::Evaluation;
use crate::appraisal::findings::{
    ALL_PLACES, Comparator, FaultFinding, Findings, PayerLabel, PerspectiveLabel, Series, StrategyLabel,
};
use crate::appraisal::measure::SeriesIndex;
use crate::appraisal::pairs::rankings;
use crate::appraisal::sample::Sample;
use crate::appraisal::series::{SeriesDefinition, price_base, series_definitions};
use crate::appraisal::store::{InMemory, Storage, Store};
use crate::appraisal::total::Total;
use crate::scenario::{LedgerKind, Payer, Perspective};
use engine::diagnostic::Diagnostic;
use engine::ensemble::{Arm, DrawBlock, Faults, Lap, RunPlan, Stage, Unwatched, Watch, try_run};

use super::audit::audit;
use super::place::PreparedPlace;
use super::prepare::Study;
use super::tally::{Tally, none_left};

/// What each kept draw gives the choices of structure that are drawn: those of the first place, for all places share them.
fn structural_inputs(place: &PreparedPlace, sample: &Sample<'_>) -> Vec<StructuralInput> {
    let columns = place.draws.structural();
    let mut inputs: Vec<StructuralInput> =
        columns.iter().map(|(label, _)| StructuralInput { label: label.clone(), values: Vec::new() }).collect();
    if inputs.is_empty() {
        return inputs;
    }
    for draw in sample.kept() {
        let values = place.draws.of(draw);
        for (input, (_, column)) in inputs.iter_mut().zip(&columns) {
            input.values.push(values[*column]);
        }
    }
    inputs
}

fn perspective_label(one: &Perspective) -> PerspectiveLabel {
    PerspectiveLabel {
        id: one.id.clone(),
        name: one.name.clone(),
        price_base: price_base(one),
        plain: one.plain.clone(),
    }
}

fn payer_label(payer: &Payer) -> PayerLabel {
    PayerLabel { name: payer.name.value.clone(), group: payer.group.clone(), saves_most: payer.saves_most.clone() }
}

impl Study {
    /// Runs all arms of all places with all draws and works out what they found. `progress` is told of draws as they are
    /// done, from any thread, each draw once for every place. The findings depend on the texts, the seed, the draws and the
    /// design, and on nothing else; those of a place do not depend on the other places but by its share of the money.
    pub fn run(&self, progress: &(dyn Fn(u64) + Sync)) -> Findings {
        self.run_within(&InMemory, progress, &Unwatched).expect("memory does not fail")
    }

    /// The same with bounded memory: numbers that `storage` does not want in memory go where it says. It changes no bit of
    /// the findings. `watch` is told where the time goes.
    ///
    /// # Errors
    /// The room outside of memory is full, or gone.
    pub fn run_within(
        &self,
        storage: &dyn Storage,
        progress: &(dyn Fn(u64) + Sync),
        watch: &dyn Watch,
    ) -> io::Result<Findings> {
        self.run_seen(storage, progress, watch, &mut |_, _| Ok(()))
    }

    /// The same; `see` is shown the draws of every series once: those of the only place, or of all places together.
    pub(super) fn run_seen(
        &self,
        storage: &dyn Storage,
        progress: &(dyn Fn(u64) + Sync),
        watch: &dyn Watch,
        see: &mut dyn FnMut(&[SeriesDefinition], &Sample<'_>) -> io::Result<()>,
    ) -> io::Result<Findings> {
        // In the order of the ids, so that sums do not depend on the order of the scenario. One place is held at a time,
        // beside the sum of those before.
        let mut order: Vec<usize> = (0..self.places.len()).collect();
        order.sort_by(|one, other| self.places[*one].id.cmp(&self.places[*other].id));
        let mut total = Total::default();
        let mut found: Vec<(usize, Findings)> = Vec::new();
        for which in order {
            let place = &self.places[which];
            let plans = series_definitions(&place.chart, &self.terms);
            let (sample, faults) = self.run_place(place, &plans, storage, progress, watch)?;
            let mut findings = self.findings(place, &plans, &sample, &place.residents)?;
            findings.faults = place.fault_findings(&faults);
            found.push((which, findings));
            if self.places.len() > 1 {
                total.add(sample, &plans, &self.terms)?;
            } else {
                see(&plans, &sample)?;
            }
        }
        found.sort_by_key(|(which, _)| *which);
        let mut places: Vec<Findings> = found.into_iter().map(|(_, findings)| findings).collect();
        let chart_of = &self.places[0];
        let Some((plans, sample)) = total.finish(&series_definitions(&chart_of.chart, &self.terms)) else {
            return Ok(places.remove(0));
        };
        let sample = self.repeated(sample);
        see(&plans, &sample)?;
        let mut all = self.findings(chart_of, &plans, &sample, &self.residents())?;
        let together = |place: &Findings, strategy: usize| place.strategies[strategy].nothing_spent.is_none();
        for (strategy, label) in all.strategies.iter_mut().enumerate() {
            // What the first place says may not hold of another.
            if label.nothing_spent.is_some() && places.iter().any(|place| together(place, strategy)) {
                label.nothing_spent = None;
            }
        }
        all.place = self.together();
        all.place_id = ALL_PLACES.to_owned();
        all.share = 1.0;
        all.runs = places.iter().map(|place| place.runs).sum();
        all.faults = places.iter().flat_map(|place| place.faults.iter().cloned()).collect();
        all.places = places;
        Ok(all)
    }

    /// All draws of one place through all arms.
    fn run_place<'w>(
        &self,
        place: &PreparedPlace,
        plans: &[SeriesDefinition],
        storage: &dyn Storage,
        progress: &(dyn Fn(u64) + Sync),
        watch: &'w dyn Watch,
    ) -> io::Result<(Sample<'w>, Faults)> {
        let plan = RunPlan {
            structure: &place.structure,
            program: &place.program,
            request: &place.request,
            arms: &place.arms,
            sampled: &place.draws.scalars,
            sampler: &place.draws,
            draws: self.sampling.draws,
        };
        let accumulator = SeriesAccumulator::new(plans, &place.chart, &self.terms);
        let at_once = if self.places.len() > 1 { 2 } else { 1 };
        let store = Store::new(self.sampling.draws, accumulator.columns(), at_once, storage)?;
        let reduce = |block: DrawBlock| {
            let mut lap = Lap::begin(watch);
            let numbers = accumulator.accumulate(&block);
            let mut faults = block.faults.clone();
            audit(
                &place.chart,
                place.arms.len(),
                &place.request.report_times,
                &block,
                &mut |arm, name, lane, time, lost| {
                    faults.count(arm, name, block.first_draw + lane as u64, time, lost);
                },
            );
            lap.end(Stage::Appraising);
            store.put(block.first_draw, numbers)?;
            lap.end(Stage::Storing);
            Ok::<_, io::Error>((block.sound, faults))
        };
        let blocks = try_run(&plan, &reduce, progress, watch)?;
        let mut faults = Faults::default();
        let mut sound = Vec::with_capacity(self.sampling.draws as usize);
        for (here, more) in blocks {
            faults.extend(more);
            sound.extend(here);
        }
        Ok((self.repeated(Sample::new(store, sound, plans, &self.terms, watch)), faults))
    }

    /// The sample with the repetitions of its design, if it has any.
    fn repeated<'w>(&self, sample: Sample<'w>) -> Sample<'w> {
        let options = &self.scenario.design.options;
        sample.repeated(options.replicates, |draw| options.replicate(&self.sampling, draw))
    }

    /// What a sample comes to: of a place, or of all with the labels of one.
    fn findings(
        &self,
        place: &PreparedPlace,
        plans: &[SeriesDefinition],
        sample: &Sample<'_>,
        residents: &[(String, f64)],
    ) -> io::Result<Findings> {
        let chart = &place.chart;
        let (groups, people): (Vec<String>, Vec<f64>) = residents.iter().cloned().unzip();
        let index = SeriesIndex::new(plans);
        let evaluation = Evaluation { chart, terms: &self.terms, series: &index, groups: (&groups, &people), sample };
        let spent = (0..self.terms.strategies).map(|one| spent(&evaluation, one));
        let spent: Vec<Vec<bool>> = spent.collect::<io::Result<_>>()?;
        let series = series(plans, &self.terms, sample)?;
        let why = |strategy: usize| {
            let never = !spent[strategy].is_empty() && !spent[strategy].contains(&true);
            never.then(|| Self::why_nothing(place, &series, strategy))
        };
        Ok(Findings {
            name: self.scenario.name.clone(),
            title: self.scenario.title.clone(),
            question: self.scenario.question.split_whitespace().collect::<Vec<_>>().join(" "),
            place: place.name.clone(),
            place_id: place.id.clone(),
            share: place.share,
            strategies: self
                .scenario
                .strategies
                .iter()
                .enumerate()
                .map(|(strategy, one)| StrategyLabel {
                    id: one.id.clone(),
                    name: one.name.clone(),
                    why: one.why.clone(),
                    nothing_spent: why(strategy),
                })
                .collect(),
            perspectives: chart.perspectives.iter().map(perspective_label).collect(),
            organisations: chart.organisations.iter().map(perspective_label).collect(),
            roles: chart.roles.clone(),
            payers: self.accounts.payers.iter().map(payer_label).collect(),
            hard_words: self.accounts.hard_words.clone(),
            plan_money: chart.plan_money.clone(),
            services: chart.demand.iter().map(|entry| (entry.id.clone(), entry.unit.clone())).collect(),
            needs: chart.needs.clone(),
            programmes: self.programmes.clone(),
            horizon: self.terms.horizon,
            first_year: self.first_year,
            base_year: self.base_year.begins(),
            draws: self.sampling.draws,
            draws_left_out: self.sampling.draws - sample.draws as u64,
            runs: self.sampling.draws * place.arms.len() as u64,
            series,
            payback: paybacks(&evaluation)?,
            measures: measures(&evaluation)?,
            structure: apart(&evaluation, &structural_inputs(place, sample))?,
            rankings: rankings(&evaluation)?,
            faults: Vec::new(),
            places: Vec::new(),
        })
    }

    /// Why a strategy spends nothing in any draw, as a clause after "because".
    fn why_nothing(place: &PreparedPlace, series: &[Series], strategy: usize) -> String {
        let chart = &place.chart;
        if let Some(why) = &place.nobody {
            return why.clone();
        }
        let any = |kind: LedgerKind| {
            series.iter().any(|one| {
                one.key.strategy == Some(strategy)
                    && one.key.comparator == Comparator::Level
                    && chart.ledger(&one.key.outcome).is_some_and(|ledger| ledger.kind == Some(kind))
                    && one.years.iter().any(|year| year.mean.value > 0.0)
            })
        };
        match () {
            () if any(LedgerKind::Underspend) => {
                "none of the money could be spent: no programme with a share of it has people, staff or time to start"
            }
            () if any(LedgerKind::Raid) => "all of the money was taken back under pressure",
            () => "the plan was given no money, or no programme a share of it",
        }
        .to_owned()
    }

    /// Residents of each group, of all places together.
    fn residents(&self) -> Vec<(String, f64)> {
        let mut all: Vec<(String, f64)> = Vec::new();
        for (group, people) in self.places.iter().flat_map(|place| &place.residents) {
            match all.iter_mut().find(|(known, _)| known == group) {
                Some((_, sum)) => *sum += people,
                None => all.push((group.clone(), *people)),
            }
        }
        all
    }

    /// The places in a few words.
    fn together(&self) -> String {
        let names: Vec<&str> = self.places.iter().map(|place| place.name.as_str()).collect();
        match names.as_slice() {
            [one, other] => format!("{one} with {other}"),
            _ => format!("{} places together", names.len()),
        }
    }
}

/// What is wrong where no draw came out as numbers, so that there is nothing to tell.
pub fn none_survived(findings: &Findings) -> Option<Diagnostic> {
    let none = Tally::of(findings).none_left();
    none.then(|| none_left(findings.draws, "draws", &findings.faults, findings.draws))
}

impl PreparedPlace {
    /// Runs that went wrong, audits among them.
    pub(super) fn fault_findings(&self, faults: &Faults) -> Vec<FaultFinding> {
        let is_audit = |variable: &str| self.chart.audits.iter().any(|(_, _, name)| name == variable);
        fault_findings(&self.id, &self.arms, &is_audit, faults)
    }
}

/// Runs of a place that went wrong, by the names of its arms; `is_audit` says of a variable whether it is one.
pub(super) fn fault_findings(
    place: &str,
    arms: &[Arm],
    is_audit: &dyn Fn(&str) -> bool,
    faults: &Faults,
) -> Vec<FaultFinding> {
    let found = faults.iter().map(|(arm, variable, count)| FaultFinding {
        place: place.to_owned(),
        arm: arms[arm].name.clone(),
        variable: variable.to_owned(),
        audit: is_audit(variable),
        runs: count.runs,
        first_draw: count.first_draw,
        time: count.time,
        value: count.value,
    });
    found.collect()
}

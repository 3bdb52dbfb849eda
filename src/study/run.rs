//! A study run and reckoned up.

use crate::appraisal::assemble::{Sample, measures, payback, series};
use crate::appraisal::findings::{FaultFinding, Findings, PerspectiveLabel, StrategyLabel};
use crate::appraisal::reckoning::{plans, price_base, reckon};
use crate::ensemble::{Faults, Plan, run};
use crate::structure::ScalarId;

use super::prepare::Study;

impl Study {
    /// What a draw gives the constants that nature chooses: with these set, the run of a draw can be made again alone.
    pub fn draw(&self, draw: u64) -> Vec<(ScalarId, f64)> {
        let mut values = vec![0.0; self.draws.scalars.len()];
        self.draws.fill(draw, &mut values);
        self.draws.scalars.iter().copied().zip(values).collect()
    }

    /// Runs all arms with all draws and reckons up what they found. `progress` is told of draws as they are done, from any
    /// thread. The findings depend on the texts, the seed, the draws and the design, and on nothing else.
    pub fn run(&self, progress: &(dyn Fn(u64) + Sync)) -> Findings {
        let plans = plans(&self.chart, &self.terms);
        let sampler = |draw: u64, values: &mut [f64]| self.draws.fill(draw, values);
        let plan = Plan {
            structure: &self.structure,
            program: &self.program,
            request: &self.request,
            arms: &self.arms,
            sampled: &self.draws.scalars,
            sampler: &sampler,
            draws: self.sampling.draws,
        };
        let blocks = run(
            &plan,
            &|block| {
                let numbers = reckon(&plans, &self.chart, &self.terms, &block);
                let mut faults = block.faults.clone();
                self.audit(&block, &mut faults);
                (block.sound.clone(), numbers, faults)
            },
            progress,
        );
        let mut faults = Faults::default();
        let mut numbers = Vec::with_capacity(blocks.len());
        for (sound, block, more) in blocks {
            faults.extend(more);
            numbers.push((sound, block));
        }
        let sample = Sample::gather(numbers);
        Findings {
            name: self.scenario.name.clone(),
            title: self.scenario.title.clone(),
            question: self.scenario.question.split_whitespace().collect::<Vec<_>>().join(" "),
            place: self.place.clone(),
            strategies: self
                .scenario
                .strategies
                .iter()
                .map(|one| StrategyLabel { id: one.id.clone(), name: one.name.clone(), why: one.why.clone() })
                .collect(),
            perspectives: self
                .chart
                .perspectives
                .iter()
                .map(|one| PerspectiveLabel { id: one.id.clone(), name: one.name.clone(), price_base: price_base(one) })
                .collect(),
            services: self.chart.demand.iter().map(|entry| (entry.id.clone(), entry.unit.clone())).collect(),
            programmes: self.programmes.clone(),
            horizon: self.terms.horizon,
            first_year: self.first_year,
            draws: self.sampling.draws,
            draws_left_out: self.sampling.draws - sample.draws as u64,
            runs: self.sampling.draws * self.arms.len() as u64,
            series: series(&plans, &self.terms, &sample),
            payback: payback(&plans, &self.chart, &self.terms, &sample),
            measures: measures(&plans, &self.chart, &self.terms, &sample),
            faults: faults
                .iter()
                .map(|(arm, variable, count)| FaultFinding {
                    arm: self.arms[arm].name.clone(),
                    variable: variable.to_owned(),
                    runs: count.runs,
                    first_draw: count.first_draw,
                    time: count.time,
                    value: count.value,
                })
                .collect(),
        }
    }

    /// People or money that are not accounted for beyond rounding are faults.
    fn audit(&self, block: &crate::ensemble::Block, faults: &mut Faults) {
        for (outcome, tolerance, name) in &self.chart.audits {
            for arm in 0..self.arms.len() {
                for lane in 0..block.draws {
                    let worst = (0..self.request.report_times.len())
                        .map(|report| (report, block.lanes(arm, *outcome, report)[lane]))
                        .find(|(_, value)| value.abs() > *tolerance);
                    if let Some((report, value)) = worst {
                        let draw = block.first_draw + lane as u64;
                        faults.count(arm, name, draw, self.request.report_times[report], value);
                    }
                }
            }
        }
    }
}

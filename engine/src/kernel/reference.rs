//! The slow evaluator, one run at a time, plainly: the judge of every fast one.
//!
//! In each step: constants on a path are set, auxiliaries follow in order, outcomes are kept if this is a report step,
//! then stocks take their step, held values become what they shall be next, and pipelines move on. Under Runge-Kutta,
//! held values, pipelines and constants on a path stand still inside a step.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::cell;
use crate::sampling::Noise;
use crate::structure::{Rule, ScalarId, Structure, Term, Variable, VariableId, VariableKind};

use super::arithmetic;
use super::events::events_held;
use super::{Integrator, LaneInputs, Outcome, Request};

/// The outcomes of every lane at every report time: `out[(outcome * report_times.len() + report) * lanes + lane]`.
pub fn run(structure: &Structure, request: &Request, inputs: LaneInputs<'_>) -> Vec<f64> {
    let structure = &*events_held(structure, request.integrator);
    let reports = request.report_times.len();
    let lanes = inputs.lanes;
    let mut out = vec![f64::NAN; request.outcomes.len() * reports * lanes];
    let last = structure.time.steps();
    let steps: Vec<usize> = request.report_times.iter().map(|&time| structure.time.step_at(time).min(last)).collect();
    let integrals: Vec<ScalarId> = request
        .outcomes
        .iter()
        .filter_map(|outcome| match outcome {
            Outcome::Integral(scalar) | Outcome::Trapezium(scalar) => Some(*scalar),
            Outcome::Level(_) => None,
        })
        .collect();
    // By the trapezium rule, half a step of the last flow is added to the left sum and half a step of the first taken off.
    let half = structure.time.step / 2.0;
    let outcomes: Vec<Outcome> = request.outcomes.iter().map(|outcome| outcome.by(request.integrator)).collect();
    let halves: Vec<f64> = outcomes
        .iter()
        .filter(|outcome| !matches!(outcome, Outcome::Level(_)))
        .map(|outcome| if matches!(outcome, Outcome::Trapezium(_)) { half } else { 0.0 })
        .collect();
    for lane in 0..lanes {
        let constants: Vec<(ScalarId, f64)> =
            request.varying.iter().enumerate().map(|(v, id)| (*id, inputs.constants[v * lanes + lane])).collect();
        let drive = |time: f64, values: &mut [f64]| {
            for (d, scalar) in request.driven.iter().enumerate() {
                if inputs.years == 0 {
                    continue;
                }
                let (year, fraction) = arithmetic::path_position(time, structure.time.initial, inputs.years);
                let at = |end: usize| inputs.paths[((d * inputs.years + year) * 2 + end) * lanes + lane];
                values[scalar.0 as usize] = arithmetic::along_path(at(0), at(1), fraction);
            }
        };
        let last_step = steps.iter().copied().max().unwrap_or(0);
        let keep = |step: usize, _: bool, values: &[f64], sums: &[f64]| {
            for (report, _) in steps.iter().enumerate().filter(|(_, wanted)| **wanted == step) {
                let mut next_sum = sums.iter();
                for (index, outcome) in outcomes.iter().enumerate() {
                    let value = match outcome {
                        Outcome::Level(scalar) => values[scalar.0 as usize],
                        Outcome::Integral(_) => next_sum.next().copied().unwrap_or(f64::NAN),
                        Outcome::Trapezium(scalar) => {
                            next_sum.next().copied().unwrap_or(f64::NAN) + half * values[scalar.0 as usize]
                        }
                    };
                    out[(index * reports + report) * lanes + lane] = arithmetic::canonical(value);
                }
            }
        };
        Run::new(structure, (&integrals, &halves), inputs.draw(lane)).go(
            request.integrator,
            &constants,
            drive,
            last_step,
            keep,
        );
    }
    out
}

/// One run of a model on its own, with all its variables.
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectories {
    /// The time of each row.
    pub times: Vec<f64>,
    /// The scalar of each column: constants, auxiliaries and stocks in file order, elements in row-major order.
    pub scalars: Vec<ScalarId>,
    /// What each column is called.
    pub labels: Vec<String>,
    /// `values[row * labels.len() + column]`.
    pub values: Vec<f64>,
    /// Where a variable left the bounds that the model declares for it, at any step: one for each variable and bound.
    pub breaches: Vec<Breach>,
    /// Whether Time never came to a FINAL TIME that is computed, as far as a run may go.
    pub endless: bool,
}

/// A variable beyond a bound that the model declares for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Breach {
    /// The element that was the first.
    pub scalar: ScalarId,
    /// How many elements of the variable.
    pub elements: usize,
    /// The bound.
    pub bound: f64,
    /// Whether it is the least, or the greatest.
    pub is_least: bool,
    /// When it was first passed.
    pub since: f64,
    /// What it was then.
    pub value: f64,
    /// What was farthest beyond, at any step in any element.
    pub worst: f64,
}

/// Who looks whether values stay within declared bounds.
struct Guard {
    /// Scalars with a bound, each with the variable's index, and what it was at its largest so far.
    watched: Vec<Watched>,
    /// By variable and bound.
    breaches: BTreeMap<(VariableId, bool), Breach>,
}

struct Watched {
    scalar: ScalarId,
    variable: VariableId,
    bounds: [(Option<f64>, bool); 2],
    passed: [bool; 2],
    largest: f64,
}

impl Guard {
    fn new(structure: &Structure) -> Self {
        let mut watched = Vec::new();
        // What is set is told where it is set.
        let computed = |variable: &Variable| !variable.hidden && variable.kind != VariableKind::Constant;
        for (index, variable) in structure.variables.iter().enumerate().filter(|(_, variable)| computed(variable)) {
            let (least, greatest) = variable.bounds;
            if least.is_none() && greatest.is_none() {
                continue;
            }
            watched.extend((0..variable.count as u32).map(|offset| Watched {
                scalar: ScalarId(variable.first.0 + offset),
                variable: VariableId(index as u32),
                bounds: [(least, true), (greatest, false)],
                passed: [false; 2],
                largest: 1.0,
            }));
        }
        Self { watched, breaches: BTreeMap::new() }
    }

    fn look(&mut self, time: f64, values: &[f64]) {
        for watched in &mut self.watched {
            let value = arithmetic::canonical(values[watched.scalar.0 as usize]);
            watched.largest = watched.largest.max(value.abs());
            // Rounding is no breach.
            let slack = 1e-9 * watched.largest;
            for (side, (bound, is_least)) in watched.bounds.into_iter().enumerate() {
                let Some(bound) = bound else { continue };
                let beyond = if is_least { bound - value } else { value - bound };
                if beyond.is_nan() || beyond <= slack {
                    continue;
                }
                let first =
                    Breach { scalar: watched.scalar, elements: 0, bound, is_least, since: time, value, worst: value };
                let breach = self.breaches.entry((watched.variable, !is_least)).or_insert(first);
                breach.elements += usize::from(!std::mem::replace(&mut watched.passed[side], true));
                if beyond > if is_least { bound - breach.worst } else { breach.worst - bound } {
                    breach.worst = value;
                }
            }
        }
    }
}

/// Runs a model with some constants set, and keeps a row at every SAVEPER.
pub fn simulate(structure: &Structure, integrator: Integrator, constants: &[(ScalarId, f64)]) -> Trajectories {
    let held = events_held(structure, integrator);
    let visible = structure.variables.iter().filter(|v| !v.hidden && v.kind != VariableKind::Lookup);
    let scalars: Vec<ScalarId> = visible
        .flat_map(|v| (0..v.count as u32).map(|offset| ScalarId(v.first.0 + offset)))
        .filter(|&scalar| structure.is_defined(scalar))
        .collect();
    let saved = structure.time.saved_steps();
    let mut trajectories = Trajectories {
        times: Vec::new(),
        labels: scalars.iter().map(|&scalar| structure.label(scalar)).collect(),
        values: Vec::with_capacity(if structure.ends.is_some() { 0 } else { saved.len() * scalars.len() }),
        endless: false,
        breaches: Vec::new(),
        scalars,
    };
    let last = saved.last().copied().unwrap_or(0);
    let mut next = saved.iter().peekable();
    let (scalars, kept, times) = (&trajectories.scalars, &mut trajectories.values, &mut trajectories.times);
    let mut ended = structure.ends.is_none();
    let mut guard = Guard::new(structure);
    let keep = |step: usize, over: bool, values: &[f64], _: &[f64]| {
        guard.look(structure.time.at(step), values);
        ended |= over;
        if next.next_if_eq(&&step).is_some() || over {
            times.push(structure.time.at(step));
            kept.extend(scalars.iter().map(|scalar| arithmetic::canonical(values[scalar.0 as usize])));
        }
    };
    Run::new(&held, (&[], &[]), 0).go(integrator, constants, |_, _| {}, last, keep);
    trajectories.endless = !ended;
    trajectories.breaches = guard.breaches.into_values().collect();
    trajectories
}

impl Trajectories {
    /// As comma-separated values: `time` first, numbers as the shortest decimals that read back the same.
    pub fn to_csv(&self) -> String {
        let mut text = String::from("time");
        for label in &self.labels {
            text.push(',');
            let label = cell(label);
            if label.contains([',', '"', '\n', '\r']) {
                text.push('"');
                text.push_str(&label.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(&label);
            }
        }
        text.push('\n');
        for (row, time) in self.times.iter().enumerate() {
            write_shortest(&mut text, *time);
            for value in &self.values[row * self.labels.len()..(row + 1) * self.labels.len()] {
                text.push(',');
                write_shortest(&mut text, *value);
            }
            text.push('\n');
        }
        text
    }
}

/// The shortest decimal that reads back as the same number, with an exponent where it would be long.
fn write_shortest(text: &mut String, value: f64) {
    let size = value.abs();
    // Writing into a String does not fail.
    let _ = if size != 0.0 && size.is_finite() && !(1e-5..1e17).contains(&size) {
        write!(text, "{value:e}")
    } else {
        write!(text, "{value}")
    };
}

/// A run under way.
struct Run<'a> {
    structure: &'a Structure,
    /// Of each scalar, at the present time.
    values: Vec<f64>,
    /// When the present step began.
    step_time: f64,
    /// Which draw the run is.
    draw: u64,
    noises: Vec<Noise>,
    /// The numbers of the present step by chance.
    chance: Vec<f64>,
    stocks: Vec<Stock<'a>>,
    held: Vec<(usize, &'a Term)>,
    /// Scalars that are what a stock held when the step began.
    beginnings: Vec<(usize, usize)>,
    pipelines: Vec<Pipeline<'a>>,
    integrals: &'a [ScalarId],
    /// Of each, how much of the first flow it begins without.
    halves: &'a [f64],
    sums: Vec<f64>,
}

struct Stock<'a> {
    scalar: usize,
    flow: &'a Term,
}

/// What is on its way through a DELAY FIXED.
struct Pipeline<'a> {
    scalar: usize,
    input: &'a Term,
    contents: Vec<f64>,
    index: usize,
}

impl<'a> Run<'a> {
    fn new(structure: &'a Structure, (integrals, halves): (&'a [ScalarId], &'a [f64]), draw: u64) -> Self {
        let mut run = Self {
            structure,
            values: vec![f64::NAN; structure.scalars.len()],
            step_time: structure.time.initial,
            draw,
            noises: structure.noises.iter().map(|noise| Noise::new(noise.seed, &noise.name)).collect(),
            chance: Vec::new(),
            stocks: Vec::new(),
            held: Vec::new(),
            beginnings: Vec::new(),
            pipelines: Vec::new(),
            integrals,
            halves,
            sums: vec![0.0; integrals.len()],
        };
        for (scalar, own) in structure.scalars.iter().enumerate() {
            match &own.rule {
                Rule::Constant(value) => run.values[scalar] = *value,
                Rule::Stock { flow, .. } => run.stocks.push(Stock { scalar, flow }),
                Rule::Held { next, .. } => run.held.push((scalar, next)),
                Rule::Beginning(stock) => run.beginnings.push((scalar, stock.0 as usize)),
                Rule::Pipeline { input, .. } => {
                    run.pipelines.push(Pipeline { scalar, input, contents: Vec::new(), index: 0 });
                }
                Rule::Auxiliary { .. } | Rule::Frozen(_) => {}
            }
        }
        run
    }

    /// Runs to `last` step, or to where the model ends, showing every step's values and integrals to `keep`, and whether the
    /// model ends there.
    fn go(
        mut self,
        integrator: Integrator,
        constants: &[(ScalarId, f64)],
        drive: impl Fn(f64, &mut [f64]),
        last: usize,
        mut keep: impl FnMut(usize, bool, &[f64], &[f64]),
    ) {
        let axis = self.structure.time;
        for (scalar, value) in constants {
            self.values[scalar.0 as usize] = *value;
        }
        drive(axis.at(0), &mut self.values);
        self.draw_chance(0);
        self.begin();
        for (sum, (scalar, half)) in self.sums.iter_mut().zip(self.integrals.iter().zip(self.halves)) {
            if *half != 0.0 {
                *sum = -half * self.values[scalar.0 as usize];
            }
        }
        for step in 0..=last {
            let time = axis.at(step);
            self.step_time = time;
            self.draw_chance(step);
            drive(time, &mut self.values);
            self.auxiliaries(time);
            let over = self.structure.ends.is_some_and(|end| time + 0.5 * axis.step > self.values[end.0 as usize]);
            keep(step, over, &self.values, &self.sums);
            if step == last || over {
                break;
            }
            let held: Vec<f64> = self.held.iter().map(|(_, next)| self.value(next, time)).collect();
            let arriving: Vec<f64> = self.pipelines.iter().map(|pipeline| self.value(pipeline.input, time)).collect();
            match integrator {
                Integrator::Euler => self.euler(time),
                Integrator::Rk4 => self.runge_kutta(time),
            }
            for ((scalar, _), next) in self.held.iter().zip(held) {
                self.values[*scalar] = next;
            }
            for &(scalar, stock) in &self.beginnings {
                self.values[scalar] = self.values[stock];
            }
            for (pipeline, input) in self.pipelines.iter_mut().zip(arriving) {
                pipeline.contents[pipeline.index] = input;
                pipeline.index = (pipeline.index + 1) % pipeline.contents.len();
                self.values[pipeline.scalar] = pipeline.contents[pipeline.index];
            }
        }
    }

    fn draw_chance(&mut self, step: usize) {
        self.chance = self.noises.iter().map(|noise| noise.at(self.draw, step as u64)).collect();
    }

    /// Values at the initial time.
    fn begin(&mut self) {
        let axis = self.structure.time;
        let time = axis.at(0);
        let mut lengths: Vec<(usize, usize)> = Vec::new();
        for &id in &self.structure.initial_order {
            let scalar = id.0 as usize;
            self.values[scalar] = match &self.structure.scalars[scalar].rule {
                Rule::Constant(_) => continue,
                Rule::Auxiliary { term, initial } => self.value(initial.as_ref().unwrap_or(term), time),
                Rule::Stock { initial, .. } | Rule::Held { initial, .. } => self.value(initial, time),
                Rule::Frozen(term) => self.value(term, time),
                Rule::Beginning(stock) => self.values[stock.0 as usize],
                Rule::Pipeline { delay, initial, .. } => {
                    // No longer than the run needs; a delay of no steps lasts one.
                    let steps = (self.value(delay, time) / axis.step).round();
                    lengths.push((scalar, (steps.max(1.0) as usize).min(axis.steps() + 1)));
                    self.value(initial, time)
                }
            };
        }
        for (scalar, length) in lengths {
            let value = self.values[scalar];
            for pipeline in self.pipelines.iter_mut().filter(|pipeline| pipeline.scalar == scalar) {
                pipeline.contents = vec![value; length];
            }
        }
    }

    fn auxiliaries(&mut self, time: f64) {
        for &id in &self.structure.step_order {
            let scalar = id.0 as usize;
            if let Rule::Auxiliary { term, .. } = &self.structure.scalars[scalar].rule {
                self.values[scalar] = self.value(term, time);
            }
        }
    }

    /// The rates of all stocks, then of all integrals.
    fn flows(&self, time: f64) -> Vec<f64> {
        let stocks = self.stocks.iter().map(|stock| self.value(stock.flow, time));
        let integrals = self.integrals.iter().map(|scalar| self.values[scalar.0 as usize]);
        stocks.chain(integrals).collect()
    }

    /// What stocks and integrals hold.
    fn contents(&self) -> Vec<f64> {
        self.stocks.iter().map(|stock| self.values[stock.scalar]).chain(self.sums.iter().copied()).collect()
    }

    fn fill(&mut self, contents: impl Iterator<Item = f64>) {
        for (index, content) in contents.enumerate() {
            match self.stocks.get(index) {
                Some(stock) => self.values[stock.scalar] = content,
                None => self.sums[index - self.stocks.len()] = content,
            }
        }
    }

    fn euler(&mut self, time: f64) {
        let dt = self.structure.time.step;
        let (contents, flows) = (self.contents(), self.flows(time));
        self.fill(contents.iter().zip(&flows).map(|(s, f)| arithmetic::euler(*s, dt, *f)));
    }

    /// `s + dt/6 (k1 + 2 k2 + 2 k3 + k4)` (Kutta 1901).
    fn runge_kutta(&mut self, time: f64) {
        let dt = self.structure.time.step;
        let contents = self.contents();
        let k1 = self.flows(time);
        self.fill(contents.iter().zip(&k1).map(|(s, k)| arithmetic::half_way(*s, dt, *k)));
        self.auxiliaries(time + 0.5 * dt);
        let k2 = self.flows(time + 0.5 * dt);
        self.fill(contents.iter().zip(&k2).map(|(s, k)| arithmetic::half_way(*s, dt, *k)));
        self.auxiliaries(time + 0.5 * dt);
        let k3 = self.flows(time + 0.5 * dt);
        self.fill(contents.iter().zip(&k3).map(|(s, k)| arithmetic::euler(*s, dt, *k)));
        self.auxiliaries(time + dt);
        let k4 = self.flows(time + dt);
        let next = (0..contents.len())
            .map(|index| arithmetic::runge_kutta(contents[index], dt, k1[index], k2[index], k3[index], k4[index]));
        self.fill(next);
    }

    /// The value of a term.
    fn value(&self, term: &Term, time: f64) -> f64 {
        match term {
            Term::Number(number) => *number,
            Term::Scalar(scalar) => self.values[scalar.0 as usize],
            Term::Time => time,
            Term::StepTime => self.step_time,
            Term::Noise(noise) => self.chance[noise.0 as usize],
            Term::Unary(operation, a) => arithmetic::unary(*operation, self.value(a, time)),
            Term::Binary(operation, a, b) => arithmetic::binary(*operation, self.value(a, time), self.value(b, time)),
            Term::Ternary(operation, a, b, c) => {
                arithmetic::ternary(*operation, self.value(a, time), self.value(b, time), self.value(c, time))
            }
            Term::Lookup(table, at) => {
                let table = &self.structure.lookups[table.0 as usize];
                arithmetic::interpolate(&table.x, &table.y, self.value(at, time))
            }
            Term::Products(lists) => {
                let product = |index: usize| {
                    let mut factors = lists.iter().map(|list| self.values[list[index].0 as usize]);
                    let first = factors.next().unwrap_or(1.0);
                    factors.fold(first, |product, factor| product * factor)
                };
                let length = lists.first().map_or(0, |list| list.len());
                (1..length).fold(product(0), |sum, index| sum + product(index))
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Bindings, Name};
    use crate::notation::vensim;
    use crate::structure::build;

    fn structure(text: &str) -> Structure {
        let times = "INITIAL TIME = 0 ~~|\nFINAL TIME = 2 ~~|\nTIME STEP = 0.5 ~~|\nSAVEPER = TIME STEP ~~|\n";
        let (model, problems) =
            vensim::read(&Arc::from("model.mdl"), &Arc::from(format!("{{UTF-8}}\n{text}\n{times}")));
        assert!(!problems.has_errors(), "{problems:?}");
        build(&model, &Bindings::default())
            .map_err(|e| e.iter().map(|d| format!("{d} {:?}\n", d.hints)).collect::<String>())
            .unwrap()
            .0
    }

    fn column(structure: &Structure, label: &str) -> Vec<f64> {
        let all = simulate(structure, Integrator::Euler, &[]);
        let index = all.labels.iter().position(|own| own == label).unwrap();
        (0..all.times.len()).map(|row| all.values[row * all.labels.len() + index]).collect()
    }

    #[test]
    fn a_stock_empties_by_halves() {
        let decay = structure("Stock = INTEG(-Rate, 8) ~ people ~|\nRate = Stock ~~|");
        assert_eq!(column(&decay, "Stock"), [8.0, 4.0, 2.0, 1.0, 0.5]);
    }

    #[test]
    fn subscripts_are_spread_and_summed() {
        let sums = structure(
            "D: A1, A2, A3 ~~|\nE: A1, A3 ~~|\nx[D] = 1, 2, 3 ~~|\ny[D] :EXCEPT: [A2] = x[D] * 10 ~~|\ny[A2] = -5 ~~|\ntotal = SUM(y[D!] * x[D!]) ~~|\npart[E] = y[E] + total + SUM(x[E!]) ~~|\nplace[D] = D ~~|",
        );
        assert_eq!(column(&sums, "total")[0], 10.0 - 10.0 + 90.0);
        assert_eq!(column(&sums, "part[A3]")[0], 30.0 + 90.0 + 4.0);
        assert_eq!(column(&sums, "place[A2]")[0], 2.0);
    }

    #[test]
    fn an_integral_is_what_a_stock_with_that_flow_would_hold() {
        let text = "x = INTEG(-x, 1) ~~|\ny = Time * x ~~|\nTotal = INTEG(y, 0) ~~|";
        let structure = structure(text);
        let scalar = |name: &str| structure.scalar(&Name::new(name), &[]).unwrap();
        for integrator in [Integrator::Euler, Integrator::Rk4] {
            let request = Request {
                varying: vec![],
                driven: vec![],
                outcomes: vec![Outcome::Integral(scalar("y")), Outcome::Level(scalar("Total"))],
                report_times: vec![0.0, 1.0, 2.0],
                integrator,
            };
            let out =
                run(&structure, &request, LaneInputs { lanes: 1, constants: &[], paths: &[], years: 0, draws: &[] });
            assert_eq!(out[..3], out[3..]);
            assert!(out[2] > 0.0);
        }
    }

    #[test]
    fn each_lane_has_its_own_constants_and_paths() {
        let structure = structure("k = 1 ~~|\nlever = 9 ~~|\nx = k * 10 + lever ~~|");
        let scalar = |name: &str| structure.scalar(&Name::new(name), &[]).unwrap();
        let request = Request {
            varying: vec![scalar("k")],
            driven: vec![scalar("lever")],
            outcomes: vec![Outcome::Level(scalar("x"))],
            report_times: vec![0.0, 0.5, 1.0, 2.0],
            integrator: Integrator::Euler,
        };
        // Two lanes, two years: the first rises from 0 to 1 and stands at 3, the second is 0.
        let paths = [0.0, 0.0, 1.0, 0.0, 3.0, 0.0, 3.0, 0.0];
        let inputs = LaneInputs { lanes: 2, constants: &[1.0, 2.0], paths: &paths, years: 2, draws: &[] };
        assert_eq!(run(&structure, &request, inputs), [10.0, 20.0, 10.5, 20.0, 13.0, 20.0, 13.0, 20.0]);
    }

    #[test]
    fn a_step_does_not_begin_in_the_middle_of_a_runge_kutta_step() {
        let structure = structure("s = INTEG(STEP(1, 1), 0) ~~|");
        let all = simulate(&structure, Integrator::Rk4, &[]);
        let index = all.labels.iter().position(|own| own == "s").unwrap();
        let s: Vec<f64> = (0..5).map(|row| all.values[row * all.labels.len() + index]).collect();
        assert_eq!(s, [0.0, 0.0, 0.0, 0.5, 1.0]);
    }

    #[test]
    fn rows_are_written_with_the_shortest_decimals_and_quoted_labels() {
        let structure = structure("D: A, B ~~|\nE: F, G ~~|\nx[D,E] = 0.1 ~~|\ntiny = 1e-9 ~~|");
        let csv = simulate(&structure, Integrator::Euler, &[]).to_csv();
        let mut lines = csv.lines();
        let header = "time,\"x[A,F]\",\"x[A,G]\",\"x[B,F]\",\"x[B,G]\",tiny,INITIAL TIME,FINAL TIME,TIME STEP,SAVEPER";
        assert_eq!(lines.next(), Some(header));
        assert_eq!(lines.nth(1), Some("0.5,0.1,0.1,0.1,0.1,1e-9,0,2,0.5,0.5"));
    }
}

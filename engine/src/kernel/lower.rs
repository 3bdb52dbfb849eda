//! From equations to values: what a run computes at its start and at every step.

use crate::kernel::arithmetic;
use crate::kernel::graph::{CellId, Graph, ValueId};
use crate::kernel::{Integrator, Outcome, Request};
use crate::structure::{BinaryOperation, Rule, ScalarId, Structure, Term};

/// A model's equations as values.
#[derive(Debug)]
pub(super) struct Lowered {
    pub(super) graph: Graph,
    /// Whatever is carried from step to step; the state in place `n` is held in the cell `n`.
    pub(super) states: Vec<State>,
    /// One for each outcome asked for.
    pub(super) outcomes: Vec<ValueId>,
}

/// Something carried from step to step.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    /// At the initial time.
    pub(super) initial: ValueId,
    /// How it changes.
    pub(super) motion: Motion,
    /// The scalar it is the value of; none for the integral of an outcome.
    pub(super) scalar: Option<ScalarId>,
}

/// How a state changes over a step.
#[derive(Debug, Clone, Copy)]
pub(super) enum Motion {
    /// At this rate.
    Flow(ValueId),
    /// To this, at the step's end.
    Next(ValueId),
    /// To what came in some time ago.
    Pipeline {
        /// What comes in.
        input: ValueId,
        /// How long it takes.
        delay: ValueId,
    },
    /// To what this stock's cell holds after the step.
    With(ValueId),
}

/// Writes a structure down as values.
pub(super) fn lower(structure: &Structure, request: &Request) -> Lowered {
    let mut builder = Builder {
        graph: Graph::new(&structure.lookups),
        at_start: vec![None; structure.scalars.len()],
        at_step: vec![None; structure.scalars.len()],
        start: structure.time.initial,
        integrator: request.integrator,
    };
    builder.constants(structure, request);
    builder.initial_values(structure);
    let state_scalars = builder.cells(structure);
    builder.step_values(structure);
    let mut states: Vec<State> = state_scalars.iter().map(|&scalar| builder.state(structure, scalar)).collect();
    let mut outcomes = Vec::with_capacity(request.outcomes.len());
    let mut integrals: Vec<(ScalarId, ValueId)> = Vec::new();
    for outcome in &request.outcomes {
        outcomes.push(match outcome.by(request.integrator) {
            Outcome::Level(scalar) => builder.value(scalar, World::Step),
            Outcome::Integral(scalar) => {
                if let Some(&(_, known)) = integrals.iter().find(|(known, _)| *known == scalar) {
                    known
                } else {
                    let flow = builder.value(scalar, World::Step);
                    let initial = builder.graph.number(0.0);
                    let total = builder.graph.cell(CellId(states.len() as u32));
                    states.push(State { initial, motion: Motion::Flow(flow), scalar: None });
                    integrals.push((scalar, total));
                    total
                }
            }
            // Half a step of the last flow more, and half a step of the first less, which the cell begins with.
            Outcome::Trapezium(scalar) => {
                let flow = builder.value(scalar, World::Step);
                let first = builder.value(scalar, World::Start);
                let half = structure.time.step / 2.0;
                let (half, minus) = (builder.graph.number(half), builder.graph.number(-half));
                let initial = builder.graph.binary(BinaryOperation::Multiply, minus, first);
                let total = builder.graph.cell(CellId(states.len() as u32));
                states.push(State { initial, motion: Motion::Flow(flow), scalar: None });
                let ahead = builder.graph.binary(BinaryOperation::Multiply, half, flow);
                builder.graph.binary(BinaryOperation::Add, total, ahead)
            }
        });
    }
    Lowered { graph: builder.graph, states, outcomes }
}

/// In which sense a scalar is read: to find initial values, or at a step.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum World {
    /// At the initial time.
    Start,
    /// At a step.
    Step,
}

struct Builder {
    graph: Graph,
    at_start: Vec<Option<ValueId>>,
    at_step: Vec<Option<ValueId>>,
    start: f64,
    integrator: Integrator,
}

impl Builder {
    fn constants(&mut self, structure: &Structure, request: &Request) {
        for (index, scalar) in structure.scalars.iter().enumerate() {
            if let Rule::Constant(number) = scalar.rule {
                let value = self.graph.number(number);
                self.at_start[index] = Some(value);
                self.at_step[index] = Some(value);
            }
        }
        for (index, scalar) in request.varying.iter().enumerate() {
            let value = self.graph.varying(index);
            self.at_start[scalar.0 as usize] = Some(value);
            self.at_step[scalar.0 as usize] = Some(value);
        }
        for (index, scalar) in request.driven.iter().enumerate() {
            self.at_start[scalar.0 as usize] = Some(self.graph.driven_at_start(index));
            self.at_step[scalar.0 as usize] = Some(self.graph.driven(index));
        }
    }

    fn initial_values(&mut self, structure: &Structure) {
        for &scalar in &structure.initial_order {
            let term = match &structure.scalars[scalar.0 as usize].rule {
                Rule::Constant(_) => continue,
                Rule::Beginning(stock) => &Term::Scalar(*stock),
                Rule::Auxiliary { initial: Some(initial), .. } => initial,
                Rule::Auxiliary { term, initial: None } | Rule::Frozen(term) => term,
                Rule::Stock { initial, .. } | Rule::Held { initial, .. } | Rule::Pipeline { initial, .. } => initial,
            };
            self.at_start[scalar.0 as usize] = Some(self.term(term, World::Start));
        }
    }

    /// Gives a cell to each scalar that is carried from step to step, and frozen ones their initial values.
    fn cells(&mut self, structure: &Structure) -> Vec<ScalarId> {
        let mut states = Vec::new();
        for (index, scalar) in structure.scalars.iter().enumerate() {
            self.at_step[index] = match scalar.rule {
                Rule::Constant(_) | Rule::Auxiliary { .. } => continue,
                Rule::Frozen(_) => self.at_start[index],
                Rule::Stock { .. } | Rule::Held { .. } | Rule::Pipeline { .. } | Rule::Beginning(_) => {
                    let cell = CellId(states.len() as u32);
                    states.push(ScalarId(index as u32));
                    Some(self.graph.cell(cell))
                }
            };
        }
        states
    }

    fn step_values(&mut self, structure: &Structure) {
        for &scalar in &structure.step_order {
            if let Rule::Auxiliary { term, .. } = &structure.scalars[scalar.0 as usize].rule {
                self.at_step[scalar.0 as usize] = Some(self.term(term, World::Step));
            }
        }
    }

    fn state(&mut self, structure: &Structure, scalar: ScalarId) -> State {
        let initial = self.value(scalar, World::Start);
        let motion = match &structure.scalars[scalar.0 as usize].rule {
            Rule::Held { next, .. } => Motion::Next(self.term(next, World::Step)),
            Rule::Pipeline { input, delay, .. } => {
                Motion::Pipeline { input: self.term(input, World::Step), delay: self.term(delay, World::Start) }
            }
            Rule::Stock { flow, .. } => Motion::Flow(self.term(flow, World::Step)),
            Rule::Beginning(stock) => Motion::With(self.value(*stock, World::Step)),
            Rule::Constant(_) | Rule::Auxiliary { .. } | Rule::Frozen(_) => Motion::Next(initial),
        };
        State { initial, motion, scalar: Some(scalar) }
    }

    fn value(&self, scalar: ScalarId, world: World) -> ValueId {
        let known = match world {
            World::Start => &self.at_start,
            World::Step => &self.at_step,
        };
        known[scalar.0 as usize].expect("a structure's orders name each scalar before it is read")
    }

    fn term(&mut self, term: &Term, world: World) -> ValueId {
        match term {
            Term::Number(number) => self.graph.number(*number),
            Term::Scalar(scalar) => self.value(*scalar, world),
            Term::Time | Term::StepTime if world == World::Start => self.graph.number(self.start),
            Term::StepTime if self.integrator == Integrator::Rk4 => self.graph.step_time(),
            // Euler's rule looks at a step's beginning alone.
            Term::Time | Term::StepTime => self.graph.time(),
            Term::Noise(noise) if world == World::Start => self.graph.noise_at_start(*noise),
            Term::Noise(noise) => self.graph.noise(*noise),
            Term::Unary(operation, a) => {
                let a = self.term(a, world);
                self.graph.unary(*operation, a)
            }
            Term::Binary(operation, a, b) => {
                let (a, b) = (self.term(a, world), self.term(b, world));
                self.graph.binary(*operation, a, b)
            }
            Term::Ternary(operation, a, b, c) => {
                let (a, b, c) = (self.term(a, world), self.term(b, world), self.term(c, world));
                self.graph.ternary(*operation, a, b, c)
            }
            Term::Lookup(table, at) => {
                let at = self.term(at, world);
                self.graph.lookup(*table, at)
            }
            Term::Products(lists) => {
                let length = lists.first().map_or(0, |list| list.len());
                let mut sum = None;
                for index in 0..length {
                    let factors: Vec<ValueId> = lists.iter().map(|list| self.value(list[index], world)).collect();
                    let product = factors
                        .into_iter()
                        .reduce(|product, factor| self.graph.binary(BinaryOperation::Multiply, product, factor));
                    sum = match (sum, product) {
                        (Some(sum), Some(next)) => Some(self.graph.binary(BinaryOperation::Add, sum, next)),
                        (sum, next) => next.or(sum),
                    };
                }
                sum.unwrap_or_else(|| self.graph.number(0.0))
            }
        }
    }
}

/// The formulas of `arithmetic::euler` and its fellows, as values.
pub(super) mod formula {
    use super::{BinaryOperation, Graph, ValueId, arithmetic};

    /// [`arithmetic::euler`].
    pub(in crate::kernel) fn euler(graph: &mut Graph, stock: ValueId, dt: f64, flow: ValueId) -> ValueId {
        let dt = graph.number(dt);
        let change = graph.binary(BinaryOperation::Multiply, dt, flow);
        graph.binary(BinaryOperation::Add, stock, change)
    }

    /// [`arithmetic::half_way`].
    pub(in crate::kernel) fn half_way(graph: &mut Graph, stock: ValueId, dt: f64, flow: ValueId) -> ValueId {
        euler(graph, stock, arithmetic::multiply(0.5, dt), flow)
    }

    /// The sum of rates in [`arithmetic::runge_kutta`], with twice the rate `k` added.
    pub(in crate::kernel) fn with_twice(graph: &mut Graph, slopes: ValueId, k: ValueId) -> ValueId {
        let two = graph.number(2.0);
        let twice = graph.binary(BinaryOperation::Multiply, two, k);
        graph.binary(BinaryOperation::Add, slopes, twice)
    }

    /// [`arithmetic::runge_kutta`], given the sum of the first three rates.
    pub(in crate::kernel) fn runge_kutta(
        graph: &mut Graph,
        stock: ValueId,
        dt: f64,
        slopes: ValueId,
        k4: ValueId,
    ) -> ValueId {
        let sum = graph.binary(BinaryOperation::Add, slopes, k4);
        euler(graph, stock, arithmetic::divide(dt, 6.0), sum)
    }
}

//! Tests: the block program and the reference evaluator agree to the bit, whatever the model.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use proptest::prelude::{ProptestConfig, any, prop, proptest};
use proptest::test_runner::TestCaseError;

use crate::diagnostic::Span;
use crate::kernel::events::events_held;
use crate::kernel::sparse::sparse;
use crate::kernel::{InstructionSet, Integrator, LANES, LaneInputs, Outcome, Request, Workspace, compile, reference};
use crate::model::{Integration, Name};
use crate::structure::{
    BinaryOperation, LookupId, LookupTable, Noise, NoiseId, Rule, Scalar, ScalarId, Structure, Term, TernaryOperation,
    TimeAxis, UnaryOperation, Variable, VariableId, VariableKind,
};

/// A structure of unsubscripted scalars; they are computed in the order given.
fn structure(rules: Vec<Rule>, lookups: Vec<LookupTable>, time: TimeAxis) -> Structure {
    let noises = (0..2).map(|index| Noise { name: format!("chance {index}"), seed: 7 }).collect();
    let file: Arc<str> = Arc::from("model.mdl");
    let variables = rules.iter().enumerate().map(|(index, rule)| Variable {
        // Quotients by TIME STEP are held through a Runge-Kutta step.
        name: match (index, rule) {
            (0, Rule::Constant(_)) => Name::new("TIME STEP"),
            _ => Name::new(&format!("v{index}")),
        },
        dimensions: Vec::new(),
        kind: match rule {
            Rule::Constant(_) => VariableKind::Constant,
            Rule::Stock { .. } => VariableKind::Stock,
            _ => VariableKind::Auxiliary,
        },
        first: ScalarId(index as u32),
        count: 1,
        units: None,
        units_text: String::new(),
        bounds: (None, None),
        comment: String::new(),
        group: None,
        hidden: false,
        span: Span::new(&file, 0, 0),
    });
    let order: Vec<ScalarId> = (0..rules.len() as u32).map(ScalarId).collect();
    let is_auxiliary = |id: &ScalarId| matches!(rules[id.0 as usize], Rule::Auxiliary { .. });
    Structure {
        variables: variables.collect(),
        lookups,
        undefined: Vec::new(),
        noises,
        time,
        ends: None,
        integration: Integration::Euler,
        step_order: order.iter().copied().filter(is_auxiliary).collect(),
        initial_order: order,
        scalars: rules
            .iter()
            .enumerate()
            .map(|(index, rule)| Scalar { variable: VariableId(index as u32), rule: rule.clone() })
            .collect(),
        file,
    }
}

fn bits(numbers: &[f64]) -> Vec<u64> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

/// The numbers of a study, owned.
#[derive(Debug, Clone)]
struct Numbers {
    lanes: usize,
    constants: Vec<f64>,
    paths: Vec<f64>,
    years: usize,
    draws: Vec<u64>,
}

impl Numbers {
    fn none(lanes: usize) -> Self {
        Self { lanes, constants: Vec::new(), paths: Vec::new(), years: 0, draws: Vec::new() }
    }

    fn inputs(&self) -> LaneInputs<'_> {
        LaneInputs {
            lanes: self.lanes,
            constants: &self.constants,
            paths: &self.paths,
            years: self.years,
            draws: &self.draws,
        }
    }

    /// The same lanes in another order, some perhaps left out.
    fn rearranged(&self, order: &[usize]) -> Self {
        let rearrange =
            |numbers: &[f64]| numbers.chunks(self.lanes).flat_map(|row| order.iter().map(|&lane| row[lane])).collect();
        Self {
            lanes: order.len(),
            constants: rearrange(&self.constants),
            paths: rearrange(&self.paths),
            years: self.years,
            draws: order.iter().map(|&lane| self.inputs().draw(lane)).collect(),
        }
    }
}

/// Fails unless program and reference agree, on every instruction set, in any order and any split.
fn agree(structure: &Structure, request: &Request, numbers: &Numbers) -> Result<(), TestCaseError> {
    let held = sparse(&events_held(structure, request.integrator), request);
    let expected = bits(&reference::run(&held, request, numbers.inputs()));
    let program = compile(structure, request);
    let rows = program.numbers_per_lane();
    for set in InstructionSet::available() {
        let program = program.clone().on(set);
        let mut out = vec![0.0; rows * numbers.lanes];
        program.run(numbers.inputs(), &mut out);
        if bits(&out) != expected {
            let index = bits(&out).iter().zip(&expected).position(|(a, b)| a != b).unwrap();
            let (outcome, wrong, right) =
                (index / numbers.lanes / request.report_times.len(), out[index], f64::from_bits(expected[index]));
            let what = format!("{set}, outcome {outcome}: {wrong} instead of {right}\n{program}");
            return Err(TestCaseError::fail(what));
        }
        // Backwards, and in parts of odd sizes through one workspace.
        let backwards: Vec<usize> = (0..numbers.lanes).rev().collect();
        let mut turned = vec![0.0; rows * numbers.lanes];
        program.run(numbers.rearranged(&backwards).inputs(), &mut turned);
        for (row, turned) in expected.chunks(numbers.lanes).zip(turned.chunks(numbers.lanes)) {
            let again: Vec<f64> = turned.iter().rev().copied().collect();
            assert_eq!(bits(&again), row, "backwards");
        }
        let mut workspace = Workspace::new(&program);
        for first in (0..numbers.lanes).step_by(37) {
            let lanes = 37.min(numbers.lanes - first);
            let mut part = vec![0.0; rows * lanes];
            program.run_part(numbers.inputs(), first, lanes, &mut workspace, &mut part);
            let alone = numbers.rearranged(&(first..first + lanes).collect::<Vec<_>>());
            let mut block = vec![0.0; rows * lanes];
            program.run_block(alone.inputs(), &mut workspace, &mut block);
            for row in 0..rows {
                let from = row * numbers.lanes + first;
                assert_eq!(bits(&part[row * lanes..][..lanes]), &expected[from..from + lanes], "part");
                assert_eq!(bits(&block[row * lanes..][..lanes]), &expected[from..from + lanes], "block");
            }
        }
    }
    Ok(())
}

/// A string of choices to build something from; when it is used up, all choices are the first.
struct Tape<'a>(std::slice::Iter<'a, u16>);

impl Tape<'_> {
    fn upto(&mut self, count: usize) -> usize {
        self.0.next().map_or(0, |&choice| choice as usize % count.max(1))
    }

    fn number(&mut self) -> f64 {
        const SOME: [f64; 16] =
            [0.0, 1.0, 2.0, 0.5, -1.0, 3.0, 0.1, -0.0, 1e-7, -2.5, 7.25, 1e10, 0.0625, f64::INFINITY, f64::NAN, 1e-310];
        match self.upto(40) {
            index if index < SOME.len() => SOME[index],
            _ => (self.upto(20_001) as f64 - 10_000.0) / 997.0,
        }
    }

    fn term(&mut self, scalars: usize, depth: usize) -> Term {
        use BinaryOperation::{
            Add, And, Divide, Equal, Greater, GreaterOrEqual, Less, LessOrEqual, Maximum, Minimum, Modulo, Multiply,
            NotEqual, Or, Power, Subtract,
        };
        const UNARY: [UnaryOperation; 19] = [
            UnaryOperation::Negate,
            UnaryOperation::Not,
            UnaryOperation::Abs,
            UnaryOperation::Sqrt,
            UnaryOperation::Exp,
            UnaryOperation::Ln,
            UnaryOperation::Truncate,
            UnaryOperation::Sin,
            UnaryOperation::Cos,
            UnaryOperation::Tan,
            UnaryOperation::Arcsin,
            UnaryOperation::Arccos,
            UnaryOperation::Arctan,
            UnaryOperation::Sinh,
            UnaryOperation::Cosh,
            UnaryOperation::Tanh,
            UnaryOperation::GammaLn,
            UnaryOperation::NormalBelow,
            UnaryOperation::NormalQuantile,
        ];
        const BINARY: [BinaryOperation; 32] = [
            Add,
            And,
            Divide,
            Equal,
            Greater,
            GreaterOrEqual,
            Less,
            LessOrEqual,
            Maximum,
            Minimum,
            Modulo,
            Multiply,
            NotEqual,
            Or,
            Power,
            Subtract,
            Add,
            Multiply,
            Subtract,
            Divide,
            Add,
            Multiply,
            Subtract,
            Maximum,
            Add,
            Multiply,
            Subtract,
            Minimum,
            Divide,
            Add,
            Multiply,
            Subtract,
        ];
        let what = if depth == 0 { self.upto(8) } else { self.upto(40) };
        match what {
            0..=4 if scalars > 0 => Term::Scalar(ScalarId(self.upto(scalars) as u32)),
            0..=5 => Term::Number(self.number()),
            6 => match self.upto(6) {
                0..3 => Term::Time,
                3 | 4 => Term::Noise(NoiseId(self.upto(2) as u32)),
                _ => Term::StepTime,
            },
            7 if depth > 0 => Term::Lookup(LookupId(self.upto(4) as u32), Box::new(self.term(scalars, depth - 1))),
            7 => Term::Number(2.0),
            8..=11 => {
                let operation = UNARY[self.upto(UNARY.len())];
                Term::Unary(operation, Box::new(self.term(scalars, depth - 1)))
            }
            12..=15 => {
                let operation = [TernaryOperation::Select, TernaryOperation::DivideOr][self.upto(2)];
                let mut operand = || Box::new(self.term(scalars, depth - 1));
                Term::Ternary(operation, operand(), operand(), operand())
            }
            _ => {
                let operation = BINARY[self.upto(BINARY.len())];
                let mut operand = || Box::new(self.term(scalars, depth - 1));
                Term::Binary(operation, operand(), operand())
            }
        }
    }

    fn rules(&mut self) -> Vec<Rule> {
        let count = 3 + self.upto(14);
        let mut rules: Vec<Rule> = Vec::new();
        for index in 0..count {
            let blank = Term::Number(0.0);
            let rule = match self.upto(10) {
                0 | 1 => Rule::Constant(self.number()),
                2..=4 => Rule::Stock { initial: self.term(index, 2), flow: blank },
                5 => Rule::Held { initial: self.term(index, 2), next: blank },
                6 => Rule::Frozen(self.term(index, 2)),
                7 => Rule::Pipeline {
                    input: blank,
                    delay: if self.upto(2) == 0 {
                        self.term(index, 1)
                    } else {
                        Term::Number(self.upto(5) as f64 / 3.0)
                    },
                    initial: self.term(index, 1),
                },
                _ => {
                    let initial = (self.upto(4) == 1).then(|| self.term(index, 2));
                    Rule::Auxiliary { term: self.term(index, 4), initial }
                }
            };
            rules.push(rule);
        }
        for rule in &mut rules {
            match rule {
                // As often as not a scalar by itself, as SAMPLE IF TRUE has it.
                Rule::Held { next, .. } if self.upto(2) == 1 => *next = Term::Scalar(ScalarId(self.upto(count) as u32)),
                Rule::Stock { flow: later, .. }
                | Rule::Held { next: later, .. }
                | Rule::Pipeline { input: later, .. } => {
                    *later = self.term(count, 3);
                }
                _ => {}
            }
        }
        rules
    }
}

fn tables() -> Vec<LookupTable> {
    vec![
        LookupTable { x: vec![-1.0, 0.0, 0.5, 2.0], y: vec![3.0, 0.0, -1.0, 10.0] },
        LookupTable { x: vec![0.0, 1.0, 1.0, 3.0], y: vec![0.0, 1.0, 5.0, 5.5] },
        LookupTable { x: vec![2.0], y: vec![7.0] },
        // Stairs, one of them between two neighbours.
        LookupTable { x: vec![0.0, 0.5, 0.5, 1.0, 1.0_f64.next_up(), 2.5], y: vec![1.0, 1.0, -2.0, -2.0, 8.0, 8.0] },
    ]
}

fn random_case(choices: &[u16], integrator: Integrator, lanes: usize) -> Result<(), TestCaseError> {
    let mut tape = Tape(choices.iter());
    let axes = [(0.0, 0.25), (-1.0, 0.1), (-0.5, 0.5), (2000.0, 1.0)];
    let (initial, step) = axes[tape.upto(axes.len())];
    let time = TimeAxis { initial, last: initial + step * (1 + tape.upto(12)) as f64, step, save_every: step };
    let rules = tape.rules();
    let count = rules.len();
    let constants: Vec<ScalarId> = (0..count)
        .filter(|&index| matches!(rules[index], Rule::Constant(_)))
        .map(|index| ScalarId(index as u32))
        .collect();
    let (mut varying, mut driven) = (Vec::new(), Vec::new());
    for constant in constants {
        match tape.upto(3) {
            0 => varying.push(constant),
            1 => driven.push(constant),
            _ => {}
        }
    }
    let outcomes = (0..1 + tape.upto(6)).map(|_| {
        let scalar = ScalarId(tape.upto(count) as u32);
        match tape.upto(4) {
            0 => Outcome::Integral(scalar),
            1 => Outcome::Trapezium(scalar),
            _ => Outcome::Level(scalar),
        }
    });
    let outcomes: Vec<Outcome> = outcomes.collect();
    let mut report_times: Vec<f64> =
        (0..1 + tape.upto(4)).map(|_| initial + step * tape.upto(14) as f64 + 0.01 * tape.upto(3) as f64).collect();
    report_times.sort_by(f64::total_cmp);
    let years = tape.upto(4);
    // Lanes beyond the first few repeat them with a shift, which is quicker to make.
    let row = |tape: &mut Tape<'_>| -> Vec<f64> {
        let few: Vec<f64> = (0..3).map(|_| tape.number()).collect();
        (0..lanes).map(|lane| few[lane % 3] + (lane / 3) as f64 * 0.37).collect()
    };
    let numbers = Numbers {
        lanes,
        constants: (0..varying.len()).flat_map(|_| row(&mut tape)).collect(),
        paths: (0..driven.len() * years * 2).flat_map(|_| row(&mut tape)).collect(),
        years,
        draws: (100..100 + lanes as u64).collect(),
    };
    let request = Request { varying, driven, outcomes, report_times, integrator };
    agree(&structure(rules, tables(), time), &request, &numbers)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_model_gives_the_same_bits_as_the_reference(
        choices in prop::collection::vec(any::<u16>(), 20..500),
        runge_kutta in any::<bool>(),
        lanes in prop::sample::select(vec![1_usize, 3, 64, 65, 130]),
    ) {
        random_case(&choices, if runge_kutta { Integrator::Rk4 } else { Integrator::Euler }, lanes)?;
    }
}

fn scalar(index: u32) -> Term {
    Term::Scalar(ScalarId(index))
}

fn times(a: Term, b: Term) -> Term {
    Term::Binary(BinaryOperation::Multiply, Box::new(a), Box::new(b))
}

const AXIS: TimeAxis = TimeAxis { initial: 0.0, last: 4.0, step: 0.25, save_every: 1.0 };

#[test]
fn stocks_that_feed_each_other_directly_are_untied() {
    // Three in a circle and one that copies another: each flow is a stock itself.
    let stock = |initial: f64, flow: u32| Rule::Stock { initial: Term::Number(initial), flow: scalar(flow) };
    let held = |initial: f64, next: u32| Rule::Held { initial: Term::Number(initial), next: scalar(next) };
    let rules = vec![stock(1.0, 1), stock(2.0, 2), stock(-3.0, 0), held(4.0, 4), held(5.0, 3), held(0.0, 0)];
    let model = structure(rules, Vec::new(), AXIS);
    for integrator in [Integrator::Euler, Integrator::Rk4] {
        let request = Request {
            varying: Vec::new(),
            driven: Vec::new(),
            outcomes: (0..6).flat_map(|n| [Outcome::Level(ScalarId(n)), Outcome::Integral(ScalarId(n))]).collect(),
            report_times: vec![0.0, 0.5, 1.0, 4.0],
            integrator,
        };
        agree(&model, &request, &Numbers::none(3)).unwrap();
    }
}

#[test]
fn only_what_the_outcomes_need_is_computed() {
    let rules = vec![
        Rule::Constant(0.1),
        Rule::Stock { initial: Term::Number(1.0), flow: times(scalar(0), scalar(1)) },
        Rule::Stock { initial: Term::Number(1.0), flow: times(scalar(1), scalar(2)) },
        Rule::Auxiliary { term: times(scalar(1), scalar(1)), initial: None },
        Rule::Auxiliary { term: times(scalar(0), Term::Number(3.0)), initial: None },
    ];
    let model = structure(rules, Vec::new(), AXIS);
    let asked = |outcome, varying: Vec<ScalarId>| {
        let report_times = vec![4.0];
        let request = Request {
            varying,
            driven: Vec::new(),
            outcomes: vec![outcome],
            report_times,
            integrator: Integrator::Euler,
        };
        compile(&model, &request).work()
    };
    // x + (x * 0.1) * dt in one instruction and its two numbers; the other stock and the square are not there.
    let alone = asked(Outcome::Level(ScalarId(1)), Vec::new());
    assert_eq!((alone.at_start, alone.at_step, alone.more_at_report, alone.slots), (0, 2, 0, 2));
    // A constant is a number; a varying one is computed with once a run.
    let number = asked(Outcome::Level(ScalarId(4)), Vec::new());
    assert_eq!((number.at_start, number.at_step, number.more_at_report), (0, 0, 0));
    let once = asked(Outcome::Level(ScalarId(4)), vec![ScalarId(0)]);
    assert_eq!((once.at_start, once.at_step, once.more_at_report), (1, 0, 0));
    // A level is computed only where it is kept.
    let level = asked(Outcome::Level(ScalarId(3)), Vec::new());
    assert_eq!((level.at_step, level.more_at_report), (2, 1));
}

#[test]
fn a_listing_names_what_people_know() {
    let rules = vec![Rule::Stock {
        initial: Term::Number(8.0),
        flow: Term::Unary(UnaryOperation::Negate, Box::new(scalar(0))),
    }];
    let request = Request {
        varying: Vec::new(),
        driven: Vec::new(),
        outcomes: vec![Outcome::Level(ScalarId(0))],
        report_times: vec![1.0],
        integrator: Integrator::Euler,
    };
    let listing = compile(&structure(rules, Vec::new(), AXIS), &request).to_string();
    assert!(listing.contains("{v0} = product plus t1, 0.25, {v0}"), "{listing}");
}

#[test]
fn padding_lanes_repeat_the_last_run() {
    assert_eq!(LANES % 8, 0);
    let rules = vec![
        Rule::Constant(1.0),
        Rule::Stock { initial: scalar(0), flow: Term::Unary(UnaryOperation::Ln, Box::new(scalar(1))) },
    ];
    let request = Request {
        varying: vec![ScalarId(0)],
        driven: Vec::new(),
        outcomes: vec![Outcome::Integral(ScalarId(1))],
        report_times: vec![4.0],
        integrator: Integrator::Rk4,
    };
    let numbers = Numbers { constants: (0..70).map(f64::from).collect(), ..Numbers::none(70) };
    agree(&structure(rules, Vec::new(), AXIS), &request, &numbers).unwrap();
}

#[test]
fn a_held_copy_of_a_stock_sees_it_before_its_step() {
    // The stock does not read itself, so that nothing but the copy wants its old content.
    let rules = vec![
        Rule::Stock { initial: Term::Number(0.0), flow: Term::Time },
        Rule::Held { initial: Term::Number(9.0), next: scalar(0) },
        Rule::Held { initial: Term::Number(1.0), next: times(scalar(1), scalar(1)) },
    ];
    let request = Request {
        varying: Vec::new(),
        driven: Vec::new(),
        outcomes: (0..3).map(|n| Outcome::Level(ScalarId(n))).collect(),
        report_times: vec![0.25, 0.5, 0.75],
        integrator: Integrator::Euler,
    };
    agree(&structure(rules, Vec::new(), AXIS), &request, &Numbers::none(1)).unwrap();
}

/// A written model with some constants varied and some driven, every scalar an outcome.
fn written_model_agrees(path: &std::path::Path, last: Option<f64>, every: usize) {
    let text: Arc<str> = Arc::from(std::fs::read_to_string(path).unwrap());
    let (model, problems) = crate::notation::vensim::read(&Arc::from("model.mdl"), &text);
    assert!(!problems.has_errors(), "{}", path.display());
    let (mut structure, _) = crate::structure::build_one_run(&model, &crate::model::Bindings::default())
        .unwrap_or_else(|problems| panic!("{}: {problems:?}", path.display()));
    // Where a run may end when it likes there is no block of runs.
    if structure.ends.is_some() {
        return;
    }
    structure.time.last = last.unwrap_or(structure.time.last);
    let constants: Vec<(ScalarId, f64)> = (0..structure.scalars.len())
        .filter_map(|index| match structure.scalars[index].rule {
            Rule::Constant(number) => Some((ScalarId(index as u32), number)),
            _ => None,
        })
        .collect();
    let spread = |number: f64, lane: usize| number * (1.0 + 0.01 * lane as f64);
    let all = (0..structure.scalars.len()).step_by(every).map(|index| ScalarId(index as u32));
    for (lanes, integrator) in [(3, Integrator::Euler), (2, Integrator::Rk4)] {
        let varying: Vec<(ScalarId, f64)> = constants.iter().step_by(3).copied().collect();
        let driven: Vec<(ScalarId, f64)> = constants.iter().skip(1).step_by(3).copied().collect();
        let row = |number: f64| (0..lanes).map(move |lane| spread(number, lane));
        let numbers = Numbers {
            lanes,
            constants: varying.iter().flat_map(|&(_, number)| row(number)).collect(),
            // Two years: a rise, then a level.
            paths: driven.iter().flat_map(|&(_, n)| [n, n * 1.1, n * 1.2, n * 1.2]).flat_map(row).collect(),
            years: 2,
            draws: Vec::new(),
        };
        let axis = structure.time;
        let request = Request {
            varying: varying.into_iter().map(|(scalar, _)| scalar).collect(),
            driven: driven.into_iter().map(|(scalar, _)| scalar).collect(),
            outcomes: all.clone().flat_map(|scalar| [Outcome::Level(scalar), Outcome::Integral(scalar)]).collect(),
            report_times: [0, 1, axis.steps() / 2, axis.steps()].map(|step| axis.at(step)).to_vec(),
            integrator,
        };
        agree(&structure, &request, &numbers).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
    }
}

#[test]
fn every_case_gives_the_same_bits_as_the_reference() {
    let cases = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
    let models = std::fs::read_dir(cases).unwrap().map(|case| case.unwrap().path().join("model.mdl"));
    let models: Vec<_> = models.filter(|model| model.exists()).collect();
    assert!(!models.is_empty());
    for model in models {
        written_model_agrees(&model, None, 1);
    }
}

#[test]
fn the_shipped_model_gives_the_same_bits_as_the_reference() {
    let model = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/prevention.mdl");
    written_model_agrees(&model, Some(0.5), 1);
}

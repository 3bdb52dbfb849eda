//! How fast a compiled program runs: a made-up model of some thousands of instructions a step, one block at a time.
#![allow(missing_docs, clippy::unwrap_used)]

use std::sync::Arc;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

use engine::diagnostic::Span;
use engine::kernel::{InstructionSet, Integrator, LANES, LaneInputs, Outcome, Request, Workspace, compile, reference};
use engine::model::{Integration, Name};
use engine::structure::{
    BinaryOperation, LookupTable, Rule, Scalar, ScalarId, Structure, Term, TernaryOperation, TimeAxis, UnaryOperation,
    Variable, VariableId, VariableKind,
};

const CONSTANTS: usize = 300;
const VARYING: usize = 60;
const STOCKS: usize = 500;
const AUXILIARIES: usize = 3_000;

/// The numbers of Steele's SplitMix64.
struct Chance(u64);

impl Chance {
    fn upto(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % count as u64) as usize
    }
}

fn binary(operation: BinaryOperation, a: Term, b: Term) -> Term {
    Term::Binary(operation, Box::new(a), Box::new(b))
}

/// Stocks with neighbours, rates from constants, ratios, limits, switches, and an exponential now and then.
fn model() -> Structure {
    use BinaryOperation::{Add, Divide, Less, Maximum, Minimum, Multiply, Subtract};
    let mut chance = Chance(7);
    let scalar = |place: usize| Term::Scalar(ScalarId(place as u32));
    let mut rules: Vec<Rule> =
        (0..CONSTANTS).map(|_| Rule::Constant(0.5 + chance.upto(1_000) as f64 / 1_000.0)).collect();
    let first_auxiliary = CONSTANTS + STOCKS;
    for stock in 0..STOCKS {
        let mut flow = || scalar(first_auxiliary + stock * (AUXILIARIES / STOCKS) + chance.upto(AUXILIARIES / STOCKS));
        let flow = binary(Subtract, flow(), binary(Multiply, flow(), scalar(CONSTANTS + stock)));
        rules.push(Rule::Stock { initial: Term::Number(1.0), flow: binary(Minimum, flow, Term::Number(1.0)) });
    }
    for place in 0..AUXILIARIES {
        let near = place * STOCKS / AUXILIARIES;
        let mut any = || match chance.upto(10) {
            0..=2 => scalar(chance.upto(CONSTANTS)),
            3..=5 => scalar(CONSTANTS + (near + chance.upto(3)) % STOCKS),
            _ if place > 0 => scalar(first_auxiliary + place - 1 - chance.upto(place.min(12))),
            _ => scalar(CONSTANTS + near),
        };
        let (a, b, c) = (any(), any(), any());
        let positive = |term: Term| binary(Add, Term::Unary(UnaryOperation::Abs, Box::new(term)), Term::Number(1.0));
        let term = match chance.upto(100) {
            0..=29 => binary(Multiply, binary(Multiply, a, b), c),
            30..=44 => binary(Add, binary(Multiply, a, b), c),
            45..=59 => binary(Subtract, a, binary(Multiply, b, c)),
            60..=74 => binary(Add, binary(Add, a, b), c),
            75..=84 => binary(Divide, a, positive(b)),
            85..=91 => binary(Minimum, binary(Maximum, a, Term::Number(0.0)), c),
            92..=97 => {
                Term::Ternary(TernaryOperation::Select, Box::new(binary(Less, a.clone(), b)), Box::new(a), Box::new(c))
            }
            98 => Term::Lookup(engine::structure::LookupId(0), Box::new(a)),
            _ => Term::Unary(UnaryOperation::Exp, Box::new(binary(Minimum, a, Term::Number(1.0)))),
        };
        // Kept within bounds now and then, as real quantities are.
        let term = if place % 4 == 0 {
            binary(Minimum, binary(Maximum, term, Term::Number(0.2)), Term::Number(5.0))
        } else {
            binary(Multiply, term, Term::Number(0.7))
        };
        rules.push(Rule::Auxiliary { term, initial: None });
    }
    let file: Arc<str> = Arc::from("made-up.mdl");
    let order: Vec<ScalarId> = (0..rules.len() as u32).map(ScalarId).collect();
    let variables = (0..rules.len()).map(|place| Variable {
        name: Name::new(&format!("v{place}")),
        dimensions: Vec::new(),
        kind: VariableKind::Auxiliary,
        first: ScalarId(place as u32),
        count: 1,
        units: None,
        units_text: String::new(),
        bounds: (None, None),
        comment: String::new(),
        group: None,
        hidden: false,
        span: Span::new(&file, 0, 0),
    });
    Structure {
        variables: variables.collect(),
        undefined: Vec::new(),
        lookups: vec![LookupTable { x: vec![0.0, 0.5, 1.0, 2.0], y: vec![0.0, 0.7, 0.9, 1.0] }],
        time: TimeAxis { initial: -1.0, last: 20.0, step: 0.0625, save_every: 1.0 },
        noises: Vec::new(),
        ends: None,
        integration: Integration::Euler,
        step_order: order[first_auxiliary..].to_vec(),
        initial_order: order,
        scalars: rules
            .into_iter()
            .enumerate()
            .map(|(place, rule)| Scalar { variable: VariableId(place as u32), rule })
            .collect(),
        file,
    }
}

fn request(lanes_years: usize, integrator: Integrator) -> Request {
    let first_auxiliary = CONSTANTS + STOCKS;
    let levels = (0..STOCKS).map(|place| Outcome::Level(ScalarId((CONSTANTS + place) as u32)));
    let integrals = (0..30).map(|place| Outcome::Integral(ScalarId((first_auxiliary + place * 100) as u32)));
    Request {
        varying: (0..VARYING as u32).map(ScalarId).collect(),
        driven: (VARYING as u32..VARYING as u32 + 10).map(ScalarId).collect(),
        outcomes: levels.chain(integrals).collect(),
        report_times: (0..=lanes_years).map(|year| year as f64).collect(),
        integrator,
    }
}

fn block(c: &mut Criterion) {
    const YEARS: usize = 4;
    let structure = model();
    let request = request(YEARS, Integrator::Euler);
    let program = compile(&structure, &request);
    eprintln!("{}", program.work());
    let mut chance = Chance(11);
    let mut numbers =
        |count: usize| -> Vec<f64> { (0..count).map(|_| 0.5 + chance.upto(1_000) as f64 / 1_000.0).collect() };
    let (constants, paths) = (numbers(VARYING * LANES), numbers(10 * (YEARS + 1) * 2 * LANES));
    let inputs = LaneInputs { lanes: LANES, constants: &constants, paths: &paths, years: YEARS + 1, draws: &[] };
    let steps = structure.time.step_at(YEARS as f64);
    let mut group = c.benchmark_group("kernel");
    group.sample_size(20).measurement_time(Duration::from_secs(4)).warm_up_time(Duration::from_secs(1));
    group.throughput(Throughput::Elements((steps * program.work().at_step * LANES) as u64));
    for set in InstructionSet::available() {
        let program = program.clone().on(set);
        let mut workspace = Workspace::new(&program);
        let mut out = vec![0.0; program.numbers_per_lane() * LANES];
        group.bench_function(BenchmarkId::new("block", set), |b| {
            b.iter(|| program.run_block(inputs, &mut workspace, &mut out));
        });
        let finite = out.iter().filter(|number| number.is_finite()).count();
        let subnormal = out.iter().filter(|number| number.is_subnormal()).count();
        let zero = out.iter().filter(|number| **number == 0.0).count();
        eprintln!("{finite} of {} numbers are finite, {subnormal} subnormal, {zero} zero", out.len());
    }
    group.finish();
    let mut group = c.benchmark_group("slow");
    group.sample_size(10).measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(500));
    group.throughput(Throughput::Elements((steps * program.work().at_step) as u64));
    let one =
        LaneInputs { lanes: 1, constants: &constants[..VARYING], paths: &paths[..10 * (YEARS + 1) * 2], ..inputs };
    group.bench_function("reference, one lane", |b| b.iter(|| reference::run(&structure, &request, one)));
    group.bench_function("compile", |b| b.iter(|| compile(&structure, &request)));
    group.finish();
}

/// The shipped model: every third constant varies, and every stock's level is kept each year.
fn shipped(c: &mut Criterion) {
    let text: Arc<str> = Arc::from(include_str!("../models/prevention.mdl"));
    let (model, _) = engine::notation::vensim::read(&Arc::from("prevention.mdl"), &text);
    let built = engine::structure::build(&model, &engine::model::Bindings::default());
    let (structure, _) = built.unwrap();
    let constant = |place: &usize| matches!(structure.scalars[*place].rule, Rule::Constant(_));
    let of = |place: usize| ScalarId(place as u32);
    let stocks = (0..structure.scalars.len()).filter(|&n| matches!(structure.scalars[n].rule, Rule::Stock { .. }));
    let request = Request {
        varying: (0..structure.scalars.len()).filter(constant).step_by(3).map(of).collect(),
        driven: Vec::new(),
        outcomes: stocks.map(|place| Outcome::Level(of(place))).collect(),
        report_times: (0..=20).map(f64::from).collect(),
        integrator: Integrator::Euler,
    };
    let constants: Vec<f64> = request
        .varying
        .iter()
        .flat_map(|scalar| match structure.scalars[scalar.0 as usize].rule {
            Rule::Constant(number) => (0..LANES).map(move |lane| number * (1.0 + 0.001 * lane as f64)),
            _ => unreachable!("only constants vary"),
        })
        .collect();
    let program = compile(&structure, &request);
    eprintln!("{}", program.work());
    let inputs = LaneInputs { lanes: LANES, constants: &constants, paths: &[], years: 0, draws: &[] };
    let mut workspace = Workspace::new(&program);
    let mut out = vec![0.0; program.numbers_per_lane() * LANES];
    let mut group = c.benchmark_group("shipped");
    group.sample_size(10).measurement_time(Duration::from_secs(4)).warm_up_time(Duration::from_secs(1));
    group.throughput(Throughput::Elements(LANES as u64));
    group.bench_function("block of runs", |b| b.iter(|| program.run_block(inputs, &mut workspace, &mut out)));
    group.finish();
    let finite = out.iter().filter(|number| number.is_finite()).count();
    eprintln!("{finite} of {} numbers are finite", out.len());
}

criterion_group!(benches, block, shipped);
criterion_main!(benches);

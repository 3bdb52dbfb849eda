//! How near the block program comes to straight-line code written for one model by hand.
//!
//! The compiled program of a model is written out as Rust over lanes, compiled by `rustc` at full optimisation for this
//! machine as a shared library, and checked to give the same bits. Then both are timed in one process, in turns, by the CPU
//! time of the thread. The last line gives the ratios, block program over written out: 1 would be no loss at all. What is
//! left in target/tmp/ceiling serves `benches/peers/numpy_form.py`, which times the same program in numpy.
#![allow(missing_docs, clippy::unwrap_used, unsafe_code)]

mod shipped;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use cpu_time::ThreadTime;
use engine::kernel::{InstructionSet, Integrator, LaneInputs, Outcome, Program, Request, Workspace, compile};
use engine::model::Bindings;
use engine::notation::vensim;
use engine::structure::{BinaryOperation, Rule, ScalarId, Structure, Term, UnaryOperation, build};
use wellspring::study::{Overrides, prepare};

/// Runs that each of the two makes at a time.
const LANES: usize = 128;
/// The arithmetic of vectors that the written program calls.
const VECTORS: &str = include_str!("ceiling/vectors.rs");
/// The elementary functions that both share, file by file.
const MATHEMATICS: [(&str, &str); 7] = [
    ("parts", include_str!("../engine/src/elementary/parts.rs")),
    ("exponential", include_str!("../engine/src/elementary/exponential.rs")),
    ("logarithm", include_str!("../engine/src/elementary/logarithm.rs")),
    ("power", include_str!("../engine/src/elementary/power.rs")),
    ("quadrant", include_str!("../engine/src/elementary/quadrant.rs")),
    ("circular", include_str!("../engine/src/elementary/circular.rs")),
    ("angle", include_str!("../engine/src/elementary/angle.rs")),
];
/// Turns that each of the two takes.
const TURNS: usize = 31;
/// The least CPU time of a turn.
const TURN: Duration = Duration::from_millis(40);
/// Years for which the driven constants have paths.
const YEARS: usize = 25;

type Block = unsafe extern "C" fn(usize, *const f64, *const f64, usize, *mut f64);

fn main() {
    // `cargo bench --bench ceiling small` takes the models whose names it is given; without names, all.
    let named: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |name: &str| named.is_empty() || named.iter().any(|one| one == name);
    let set = InstructionSet::chosen();
    println!("{set}, {LANES} runs at a time, {TURNS} turns of at least {} ms of CPU time each\n", TURN.as_millis());
    println!(
        "{:<12}{:>14}{:>8}{:>16}{:>16}{:>8}{:>18}",
        "model", "instructions", "slots", "block, us/run", "written, us/run", "ratio", "of single turns"
    );
    let (study, _) = prepare(&shipped::texts(), &Overrides::default()).unwrap();
    let place = &study.places[0];
    let (epidemic, kept) = epidemic();
    let models = [
        ("prevention", place.structure.clone(), place.request()),
        ("plain", without_transcendental(&place.structure), place.request()),
        ("small", epidemic, &kept),
    ];
    let mut ratios = String::new();
    for (name, structure, request) in models.iter().filter(|(name, ..)| wanted(name)) {
        ratios.push_str(&format!(" {name}={:.2}", measured(name, structure, request)));
    }
    println!("\nceiling:{ratios}");
}

/// Times a model both ways, says how, and gives the ratio.
fn measured(name: &str, structure: &Structure, request: &Request) -> f64 {
    let program = compile(structure, request);
    let (constants, paths) = numbers(structure, request);
    let inputs = LaneInputs { lanes: LANES, constants: &constants, paths: &paths, years: YEARS, draws: &[] };
    let mut workspace = Workspace::new(&program);
    let mut of_block = vec![0.0; program.numbers_per_lane() * LANES];
    let mut of_written = of_block.clone();

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ceiling");
    fs::create_dir_all(&folder).unwrap();
    let library = written_out(&folder, name, &program);
    // SAFETY: the library was just written by this program, and its function has this signature.
    let written = unsafe { library.get::<Block>(b"block").unwrap() };
    let run_written = |out: &mut [f64]| {
        // SAFETY: all arrays are as large as for `run_block`, which checks it.
        unsafe { written(LANES, constants.as_ptr(), paths.as_ptr(), YEARS, out.as_mut_ptr()) };
    };
    program.run_block(inputs, &mut workspace, &mut of_block);
    run_written(&mut of_written);
    let differing = of_block.iter().zip(&of_written).filter(|(a, b)| a.to_bits() != b.to_bits()).count();
    assert_eq!(differing, 0, "{name}: both must give the same bits, and {differing} numbers differ");
    let finite = of_block.iter().filter(|number| number.is_finite()).count();
    assert!(finite == of_block.len(), "{name}: only {finite} of {} numbers are finite", of_block.len());

    let (block, by_hand): (Vec<f64>, Vec<f64>) = (0..TURNS)
        .map(|_| {
            let block = turn(|| program.run_block(inputs, &mut workspace, &mut of_block));
            (block, turn(|| run_written(&mut of_written)))
        })
        .unzip();
    let mut ratios: Vec<f64> = block.iter().zip(&by_hand).map(|(a, b)| a / b).collect();
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios[TURNS / 2];
    let work = program.work();
    let block = median(block);
    for (what, numbers) in [("constants", &constants), ("paths", &paths), ("out", &of_block)] {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        fs::write(folder.join(format!("{name}.{what}")), bytes).unwrap();
    }
    fs::write(folder.join(format!("{name}.timing")), format!("{LANES} {YEARS} {block}\n")).unwrap();
    println!(
        "{name:<12}{:>14}{:>8}{:>16.3}{:>16.3}{ratio:>8.2}{:>18}",
        work.at_step,
        work.slots,
        block,
        median(by_hand),
        format!("{:.2} to {:.2}", ratios[TURNS / 10], ratios[TURNS - 1 - TURNS / 10]),
    );
    ratio
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// CPU time of a run in microseconds, over a turn.
fn turn(mut block: impl FnMut()) -> f64 {
    let begun = ThreadTime::now();
    let mut blocks = 0;
    while begun.elapsed() < TURN {
        block();
        blocks += 1;
    }
    begun.elapsed().as_secs_f64() * 1e6 / f64::from(blocks) / LANES as f64
}

/// The program as a shared library, compiled for the instruction set that carries the block program out.
fn written_out(folder: &Path, name: &str, program: &Program) -> libloading::Library {
    let source = folder.join(format!("{name}.rs"));
    let program_text = program.straight_line_source().expect("no model here has delays of fixed length");
    let mathematics: String =
        MATHEMATICS.map(|(name, text)| format!("pub mod {name} {{\n{text}\n}}\npub use {name}::*;\n")).concat();
    fs::write(&source, format!("{VECTORS}\npub mod mathematics {{\n{mathematics}}}\n{program_text}")).unwrap();
    let set = program.instruction_set();
    let widest = InstructionSet::available().last() == Some(&set);
    let target = match set.name() {
        _ if widest => "native",
        "avx2" => "x86-64-v3",
        _ => "x86-64",
    };
    let library: PathBuf = folder.join(format!("{name}-{set}{}", env::consts::DLL_SUFFIX));
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let compiled = Command::new(rustc)
        .args(["--edition", "2024", "--crate-type", "cdylib", "-C", "opt-level=3", "-C", "codegen-units=1"])
        .args(["-C", "panic=abort", "-A", "warnings", "-C", &format!("target-cpu={target}"), "-o"])
        .arg(&library)
        .arg(&source)
        .status()
        .unwrap();
    assert!(compiled.success(), "rustc could not compile {}", source.display());
    // SAFETY: a library of plain functions, without anything that runs as it is loaded.
    unsafe { libloading::Library::new(&library).unwrap() }
}

/// Numbers for the lanes of a block: each constant at its own value, a little more in each lane.
fn numbers(structure: &Structure, request: &Request) -> (Vec<f64>, Vec<f64>) {
    let central = |scalar: &ScalarId| match structure.scalars[scalar.0 as usize].rule {
        Rule::Constant(number) => number,
        _ => 0.0,
    };
    let lane = |number: f64| (0..LANES).map(move |lane| number * (1.0 + 0.0005 * lane as f64));
    let constants = request.varying.iter().flat_map(|scalar| lane(central(scalar))).collect();
    let paths =
        request.driven.iter().flat_map(|scalar| (0..YEARS * 2).flat_map(move |_| lane(central(scalar)))).collect();
    (constants, paths)
}

/// The same model with something cheap in place of exp, ln and powers, which both ways of computing share.
fn without_transcendental(structure: &Structure) -> Structure {
    let mut plain = structure.clone();
    for scalar in &mut plain.scalars {
        match &mut scalar.rule {
            Rule::Constant(_) | Rule::Beginning(_) => {}
            Rule::Auxiliary { term, initial } => {
                simplify(term);
                initial.iter_mut().for_each(simplify);
            }
            Rule::Stock { initial, flow: term } | Rule::Held { initial, next: term } => {
                simplify(initial);
                simplify(term);
            }
            Rule::Frozen(term) => simplify(term),
            Rule::Pipeline { input, delay, initial } => [input, delay, initial].into_iter().for_each(simplify),
        }
    }
    plain
}

fn simplify(term: &mut Term) {
    match term {
        Term::Number(_) | Term::Scalar(_) | Term::Time | Term::StepTime | Term::Noise(_) | Term::Products(_) => {}
        Term::Lookup(_, a) => simplify(a),
        Term::Unary(operation, a) => {
            simplify(a);
            let a = std::mem::replace(&mut **a, Term::Time);
            *term = match operation {
                // The first terms of its series.
                UnaryOperation::Exp => Term::Binary(BinaryOperation::Add, Box::new(Term::Number(1.0)), Box::new(a)),
                UnaryOperation::Ln => a,
                _ => Term::Unary(*operation, Box::new(a)),
            };
        }
        Term::Binary(operation, a, b) => {
            simplify(a);
            simplify(b);
            if *operation == BinaryOperation::Power {
                *operation = BinaryOperation::Maximum;
            }
        }
        Term::Ternary(_, a, b, c) => [a, b, c].into_iter().for_each(|term| simplify(term)),
    }
}

/// An epidemic of five stocks, over two years in steps of a quarter of a day.
fn epidemic() -> (Structure, Request) {
    let text: Arc<str> = Arc::from(include_str!("ceiling/epidemic.mdl"));
    let (model, _) = vensim::read(&Arc::from("epidemic.mdl"), &text);
    let (structure, _) = build(&model, &Bindings::default()).unwrap();
    let of = |wanted: fn(&Rule) -> bool| {
        let all = (0..structure.scalars.len()).filter(|&place| wanted(&structure.scalars[place].rule));
        all.map(|place| ScalarId(place as u32)).collect::<Vec<_>>()
    };
    let time = structure.time;
    let request = Request {
        varying: of(|rule| matches!(rule, Rule::Constant(_))),
        driven: Vec::new(),
        outcomes: of(|rule| matches!(rule, Rule::Stock { .. })).into_iter().map(Outcome::Level).collect(),
        report_times: (0..=time.steps()).step_by(120).map(|step| time.at(step)).collect(),
        integrator: Integrator::Euler,
    };
    (structure, request)
}

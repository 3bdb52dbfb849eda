//! The block program against the reference evaluator, to the bit, on the shipped model and every instruction set of this
//! machine; and how much the programs of the shipped models have to do, counted.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use engine::kernel::{InstructionSet, Integrator, LaneInputs, Outcome, Request, Workspace, compile, reference};
use engine::model::Bindings;
use engine::notation::vensim;
use engine::sampling::Design;
use engine::structure::{Rule, ScalarId, Structure, build};

use crate::documents::compare;
use crate::support::{root, shipped, study};

/// Every variable at some times, with every constant varying between lanes.
fn agrees(name: &str, structure: &Structure, integrator: Integrator, lanes: usize, times: &[f64]) {
    let all = || (0..structure.scalars.len()).map(|place| ScalarId(place as u32));
    let number = |scalar: &ScalarId| match structure.scalars[scalar.0 as usize].rule {
        Rule::Constant(number) => Some(number),
        _ => None,
    };
    let request = Request {
        varying: all().filter(|scalar| number(scalar).is_some()).collect(),
        driven: Vec::new(),
        outcomes: all().flat_map(|scalar| [Outcome::Level(scalar), Outcome::Integral(scalar)]).collect(),
        report_times: times.to_vec(),
        integrator,
    };
    let constants: Vec<f64> = request
        .varying
        .iter()
        .filter_map(number)
        .flat_map(|number| (0..lanes).map(move |lane| number * (1.0 + 0.001 * lane as f64)))
        .collect();
    let inputs = LaneInputs { lanes, constants: &constants, paths: &[], years: 0, draws: &[] };
    let bits = |numbers: &[f64]| -> Vec<u64> { numbers.iter().map(|number| number.to_bits()).collect() };
    let expected = reference::run(structure, &request, inputs);
    let program = compile(structure, &request);
    for set in InstructionSet::available() {
        let program = program.clone().on(set);
        let mut found = vec![0.0; expected.len()];
        program.run_block(inputs, &mut Workspace::new(&program), &mut found);
        let first = bits(&found).iter().zip(bits(&expected)).position(|(found, expected)| *found != expected);
        if let Some(place) = first {
            let outcome = request.outcomes[place / lanes / times.len()];
            let scalar = outcome.scalar();
            let what = structure.label(scalar);
            panic!("{name} on {set}: `{what}` ({outcome:?}) is {} instead of {}", found[place], expected[place]);
        }
    }
}

fn built(path: &Path) -> Structure {
    let text: Arc<str> = fs::read_to_string(path).unwrap().into();
    let (model, found) = vensim::read(&Arc::from("model.mdl"), &text);
    assert!(!found.has_errors(), "{}", path.display());
    build(&model, &Bindings::default()).unwrap_or_else(|_| panic!("{}", path.display())).0
}

#[test]
fn the_shipped_model_has_the_bits_of_the_reference_on_every_instruction_set() {
    let study = study(&shipped(), 1, Design::Random);
    agrees("prevention", &study.places[0].structure, Integrator::Euler, 2, &[-1.0, 0.0, 1.5]);
}

#[test]
fn what_a_study_leaves_out_as_multiplied_by_zero_changes_no_bit() {
    let study = study(&shipped(), 1, Design::Random);
    let place = &study.places[0];
    let request = Request { report_times: vec![0.0, 1.5], ..place.request().clone() };
    let lanes = 2;
    let number = |scalar: &ScalarId| match place.structure.scalars[scalar.0 as usize].rule {
        Rule::Constant(number) => number,
        _ => panic!("only constants vary"),
    };
    let row = |number: f64| (0..lanes).map(move |lane| number * (1.0 + 0.001 * lane as f64));
    let constants: Vec<f64> = request.varying.iter().map(number).flat_map(row).collect();
    let paths: Vec<f64> = request.driven.iter().map(number).flat_map(|n| [row(n), row(1.1 * n)]).flatten().collect();
    let inputs = LaneInputs { lanes, constants: &constants, paths: &paths, years: 1, draws: &[] };
    let program = compile(&place.structure, &request);
    let mut found = vec![0.0; program.numbers_per_lane() * lanes];
    program.run(inputs, &mut found);
    let expected = reference::run(&place.structure, &request, inputs);
    assert!(expected.iter().all(|number| number.is_finite()));
    let differing = found.iter().zip(&expected).position(|(found, expected)| found.to_bits() != expected.to_bits());
    assert_eq!(differing.map(|place| (found[place], expected[place])), None);
}

#[test]
fn the_shipped_models_do_no_more_than_before() {
    let study = study(&shipped(), 1, Design::Random);
    let mut told = String::from(
        "Instructions and slots of each shipped model's program, counted: a slower one shows here without a clock.\n",
    );
    told.push_str(&format!(
        "\nprevention, as the study one-per-cent asks for it\n{}",
        study.places[0].program().work()
    ));
    let epidemic = built(&root().join("benches/ceiling/epidemic.mdl"));
    let constants = (0..epidemic.scalars.len()).filter(|&n| matches!(epidemic.scalars[n].rule, Rule::Constant(_)));
    let stocks = (0..epidemic.scalars.len()).filter(|&n| matches!(epidemic.scalars[n].rule, Rule::Stock { .. }));
    let request = Request {
        varying: constants.map(|place| ScalarId(place as u32)).collect(),
        driven: Vec::new(),
        outcomes: stocks.map(|place| Outcome::Level(ScalarId(place as u32))).collect(),
        report_times: vec![2.0],
        integrator: Integrator::Euler,
    };
    told.push_str(&format!("\nepidemic, all constants varying\n{}", compile(&epidemic, &request).work()));
    compare("tests/regression/work.txt", &told);
}

const CHANCE: &str = "{UTF-8}
    D: A, B ~~|
    x[D] = RANDOM NORMAL(0, 1, 0.5, 0.1, 7) ~~|
    twice = RANDOM NORMAL(0, 1, 0.5, 0.1, 7) - RANDOM NORMAL(0, 1, 0.5, 0.1, 7) ~~|
    half = RANDOM NORMAL(0, 1000, 0, 1, 0) ~~|
    far = RANDOM NORMAL(20, 21, 0, 1, 0) ~~|
    even = RANDOM UNIFORM(2, 4, 0) ~~|
    unit = RANDOM 0 1() ~~|
    waiting = RANDOM EXPONENTIAL(2, 100, 0, 1, 0) ~~|
    s = INTEG(x[A], x[A]) ~~|
    INITIAL TIME = 0 ~~|
    FINAL TIME = 20000 ~~|
    TIME STEP = 1 ~~|
    SAVEPER = 1 ~~|";

/// The moments that a saved run of Vensim shows (half a normal 0.797, an exponential behind its cut 3.0), and numbers that
/// hang on nothing but seed, draw, name and step.
#[test]
fn numbers_by_chance_have_their_distribution_and_are_the_same_each_time() {
    let (model, found) = vensim::read(&Arc::from("model.mdl"), &Arc::from(CHANCE));
    assert!(!found.has_errors(), "{found:?}");
    let structure = build(&model, &Bindings::default()).unwrap().0;
    let all = reference::simulate(&structure, Integrator::Euler, &[]);
    let column = |label: &str| -> Vec<f64> {
        let place = all.labels.iter().position(|own| own == label).unwrap();
        all.values.chunks(all.labels.len()).map(|row| row[place]).collect()
    };
    // A mean of 20,000 lies within four of its standard errors.
    for (label, mean, deviation) in [
        ("x[A]", 0.5, 0.1),
        ("twice", 0.0, 0.1 * 2.0_f64.sqrt()),
        ("half", (2.0 / std::f64::consts::PI).sqrt(), 0.603),
        ("even", 3.0, 2.0 / 12.0_f64.sqrt()),
        ("unit", 0.5, 1.0 / 12.0_f64.sqrt()),
        ("waiting", 3.0, 1.0),
        // Far out the normal falls as an exponential of rate 20: 20 + 1/20 - 1/20³ and so on.
        ("far", 20.0498, 0.05),
    ] {
        let numbers = column(label);
        let count = numbers.len() as f64;
        let found = numbers.iter().sum::<f64>() / count;
        let spread = (numbers.iter().map(|one| (one - found).powi(2)).sum::<f64>() / count).sqrt();
        assert!((found - mean).abs() < 4.0 * deviation / count.sqrt() + 1e-4, "{label}: {found}");
        assert!((spread / deviation - 1.0).abs() < 0.03, "{label}: {spread}");
    }
    assert!(
        column("half").iter().all(|one| *one >= 0.0) && column("far").iter().all(|one| (20.0..=21.0).contains(one))
    );
    assert_ne!(column("x[A]"), column("x[B]"));
    // The stock begins with the first number, and has it again after the first step.
    let (x, s) = (column("x[A]"), column("s"));
    assert_eq!([s[0], s[1]], [x[0], x[0] + x[0]]);
    // Each draw has its own, whatever lane it runs in; the program has those of the reference.
    let scalar = structure.scalar(&engine::model::Name::new("unit"), &[]).unwrap();
    let request = Request {
        varying: Vec::new(),
        driven: Vec::new(),
        outcomes: vec![Outcome::Level(scalar), Outcome::Integral(scalar)],
        report_times: vec![0.0, 3.0],
        integrator: Integrator::Rk4,
    };
    let lanes = |draws: &[u64]| {
        let inputs = LaneInputs { lanes: draws.len(), constants: &[], paths: &[], years: 0, draws };
        let mut out = vec![0.0; 4 * draws.len()];
        compile(&structure, &request).run(inputs, &mut out);
        assert_eq!(out, reference::run(&structure, &request, inputs));
        out
    };
    let (first, second) = (lanes(&[0, 1, 2]), lanes(&[2, 0]));
    assert_eq!(second, first.chunks(3).flat_map(|row| [row[2], row[0]]).collect::<Vec<_>>());
    assert_eq!(first[0], column("unit")[0]);
}

//! The block program against the reference evaluator, to the bit, on the shipped model and every instruction set of this
//! machine; and how much the programs of the shipped models have to do, counted.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use wellspring::kernel::{InstructionSet, Integrator, LaneInputs, Outcome, Request, Workspace, compile, reference};
use wellspring::model::Bindings;
use wellspring::notation::vensim;
use wellspring::sampling::Design;
use wellspring::structure::{Rule, ScalarId, Structure, build};

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
    let inputs = LaneInputs { lanes, constants: &constants, paths: &[], years: 0 };
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
            let (Outcome::Level(scalar) | Outcome::Integral(scalar)) = outcome;
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
fn what_a_study_leaves_out_as_multiplied_by_nought_changes_no_bit() {
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
    let inputs = LaneInputs { lanes, constants: &constants, paths: &paths, years: 1 };
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

//! The prevention model at central values and at three draws against PySD, an independent engine.
//!
//! The golden files are written by tests/peers/pysd_golden.py, which says how; each names its settings and the model it ran.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io::Read;

use engine::kernel::{Integrator, LaneInputs, Outcome, Request, compile};
use engine::model::Name;
use engine::sampling::Design;
use engine::structure::{Rule, ScalarId, VariableKind};
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use wellspring::study::{Study, StudyTexts, Text};

use crate::support::{Central, root, scalars, shipped, study};

#[allow(dead_code)]
#[path = "../../examples/bound_model.rs"]
mod bound_model;

/// The golden files, at central values and at draws of the study that is bound for them.
const GOLDEN: [(&str, Option<u64>); 4] = [
    ("tests/regression/pysd-prevention.csv.gz", None),
    ("tests/regression/pysd-prevention-0.csv.gz", Some(0)),
    ("tests/regression/pysd-prevention-1.csv.gz", Some(1)),
    ("tests/regression/pysd-prevention-2.csv.gz", Some(2)),
];

/// How far a value may be from PySD's, as a share of it or of a thousandth of its variable's largest (decision 18 of the
/// design): rounding in another order, and ten digits in the file.
const TOLERANCE: f64 = 1e-6;

const STALE: &str = "the golden file was made for another model: \
    cargo run --release --example bound_model -- tests/peers/golden.toml bound.mdl && \
    python3 tests/peers/pysd_golden.py bound.mdl tests/regression/pysd-prevention.csv.gz";

struct Golden {
    equations: String,
    settings: Vec<(String, f64)>,
    times: Vec<f64>,
    /// By variable in small letters with single spaces, then element by element.
    columns: BTreeMap<String, Vec<f64>>,
}

fn golden(file: &str) -> Golden {
    let mut text = String::new();
    GzDecoder::new(File::open(root().join(file)).unwrap()).read_to_string(&mut text).unwrap();
    let comments = |key: &str| -> Vec<String> {
        text.lines().filter_map(|line| line.strip_prefix(&format!("# {key}: "))).map(str::to_owned).collect()
    };
    let settings = comments("set")
        .iter()
        .map(|line| line.split_once(" = ").unwrap())
        .map(|(name, value)| (name.to_owned(), value.parse().unwrap()))
        .collect();
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let times = reader.headers().unwrap().iter().skip(1).map(|time| time.parse().unwrap()).collect();
    let columns = reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            (key(&row[0]), row.iter().skip(1).map(|value| value.parse().unwrap()).collect())
        })
        .collect();
    Golden { equations: comments("equations sha256").remove(0), settings, times, columns }
}

/// The equations of a model as the script hashes them: without units and comments, and without the constants it sets.
fn fingerprint(text: &str, settings: &[(String, f64)]) -> String {
    let equations: Vec<String> = text
        .split('|')
        .map(|entry| entry.split('~').next().unwrap().split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|equation| !equation.is_empty() && !equation.contains("****"))
        .filter(|equation| {
            let name = equation.split(['[', '=']).next().unwrap().trim();
            settings.iter().all(|(set, _)| set != name)
        })
        .collect();
    assert!(equations.len() > 300, "{} equations", equations.len());
    Sha256::digest(equations.join("\n").as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A label as names compare: whatever their case and the width of their spaces.
fn key(label: &str) -> String {
    let (name, elements) = label.trim_end_matches(']').split_once('[').unwrap_or((label, ""));
    let elements: Vec<String> = elements.split(',').map(|element| Name::new(element).key().to_owned()).collect();
    format!("{}[{}]", Name::new(name).key(), elements.join(","))
}

/// The study that is bound for the other engine.
fn bound() -> (Study, StudyTexts) {
    let mut texts = shipped();
    let file = "tests/peers/golden.toml";
    texts.scenario = Text::new(file, &std::fs::read_to_string(root().join(file)).unwrap());
    (study(&texts, 3, Design::Random), texts)
}

/// The run that the golden file holds: the study's place at central values or at a draw, with the file's settings.
///
/// PySD writes tables of constants into its own program with eight decimals. Constants are therefore taken from the golden
/// file, which holds what PySD used, and must be those of the draw but for that.
fn central(study: &Study, draw: Option<u64>, golden: &Golden) -> Central {
    let mut structure = study.places[0].structure.clone();
    for (scalar, value) in draw.map(|draw| study.places[0].draw(draw)).unwrap_or_default() {
        structure.scalars[scalar.0 as usize].rule = Rule::Constant(value);
    }
    let mut central = Central::from(structure);
    for (name, value) in &golden.settings {
        central.set(name, *value);
    }
    let constants = central.structure.variables.iter().filter(|variable| variable.kind == VariableKind::Constant);
    let scalars: Vec<ScalarId> = constants
        .flat_map(|variable| (0..variable.count as u32).map(|offset| ScalarId(variable.first.0 + offset)))
        .collect();
    for scalar in scalars {
        let label = key(&central.structure.label(scalar));
        let Some(used) = golden.columns.get(&label).map(|column| column[0]) else { continue };
        let rule = &mut central.structure.scalars[scalar.0 as usize].rule;
        if let Rule::Constant(value) = rule {
            assert!((used - *value).abs() <= 1e-8 + 1e-7 * value.abs(), "{label} is {value}, and PySD used {used}");
            *value = used;
        }
    }
    central
}

#[test]
fn the_golden_files_are_of_this_model() {
    let (study, texts) = bound();
    for (file, draw) in GOLDEN {
        let text = bound_model::bound_model(&study, &texts.model, draw);
        let golden = golden(file);
        assert_eq!(fingerprint(&text, &golden.settings), golden.equations, "{file}: {STALE}");
    }
}

#[test]
fn pysd_agrees_in_every_variable_and_element() {
    let (study, _) = bound();
    for (file, draw) in GOLDEN {
        let golden = golden(file);
        compare(file, &central(&study, draw, &golden), &golden);
    }
}

fn compare(file: &str, central: &Central, golden: &Golden) {
    let run = central.run();
    assert_eq!(run.times, golden.times);
    let ours: BTreeSet<String> = run.all().map(|(_, label)| key(&label)).collect();
    let theirs: BTreeSet<String> = golden.columns.keys().cloned().collect();
    let missing: Vec<&String> = ours.symmetric_difference(&theirs).take(20).collect();
    assert!(missing.is_empty(), "in one of the two only: {missing:?}");
    assert!(theirs.len() > 5000, "{} columns", theirs.len());

    // The largest of a variable is over all its elements and times.
    let mut largest: HashMap<&str, f64> = HashMap::new();
    for (label, values) in &golden.columns {
        let name = label.split('[').next().unwrap();
        let most = values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
        largest.entry(name).and_modify(|own| *own = own.max(most)).or_insert(most);
    }
    let mut wrong = Vec::new();
    let mut moving = 0;
    for (scalar, label) in run.all() {
        let label = key(&label);
        let (found, expected) = (run.scalar(scalar), &golden.columns[&label]);
        moving += usize::from(expected.iter().any(|value| *value != expected[0]));
        let name = label.split('[').next().unwrap();
        let off = found.iter().zip(expected).position(|(own, other)| {
            // An audit is a share that must be nothing but rounding: two engines round in their own ways.
            // So is what one difference leaves of two equal amounts, where nothing is larger in the whole variable.
            let rounding = name.ends_with("audit") || largest[name] < 1e-9;
            let least = if rounding { 1e-9 } else { 0.0 };
            let near = (TOLERANCE * other.abs().max(1e-3 * largest[name])).max(least);
            own.is_nan() || (own - other).abs() > near
        });
        if let Some(row) = off {
            wrong.push(format!("{label} at {} is {}, PySD has {}", run.times[row], found[row], expected[row]));
        }
    }
    assert!(wrong.is_empty(), "{file}: {} differ, such as\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
    assert!(moving > 3000, "only {moving} columns move");
}

#[test]
fn the_block_program_gives_the_same_bits_as_the_judge() {
    let golden = golden(GOLDEN[0].0);
    let central = central(&bound().0, None, &golden);
    let run = central.run();
    let kept: Vec<ScalarId> = central
        .structure
        .variables
        .iter()
        .filter(|variable| !variable.hidden && variable.kind != VariableKind::Lookup)
        .flat_map(|variable| (0..variable.count as u32).map(|offset| ScalarId(variable.first.0 + offset)))
        .collect();
    // Two lanes, the other one with another ring fence, so that nothing is taken for a constant.
    let fence = scalars(&central.structure, "Ring fence strength")[0];
    let request = Request {
        varying: vec![fence],
        driven: Vec::new(),
        outcomes: kept.iter().map(|scalar| Outcome::Level(*scalar)).collect(),
        report_times: run.times.clone(),
        integrator: Integrator::Euler,
    };
    let own = central.constant("Ring fence strength");
    let mut out = vec![f64::NAN; kept.len() * run.times.len() * 2];
    let inputs = LaneInputs { lanes: 2, constants: &[0.9, own], paths: &[], years: 0, draws: &[] };
    compile(&central.structure, &request).run(inputs, &mut out);
    let mut wrong = Vec::new();
    for (place, scalar) in kept.iter().enumerate() {
        for (row, expected) in run.scalar(*scalar).iter().enumerate() {
            let found = out[(place * run.times.len() + row) * 2 + 1];
            if found.to_bits() != expected.to_bits() {
                wrong.push(format!(
                    "{} at {}: {found} instead of {expected}",
                    central.structure.label(*scalar),
                    run.times[row]
                ));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ, such as {:?}", wrong.len(), &wrong[..wrong.len().min(10)]);
}

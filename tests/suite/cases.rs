//! Each folder of tests/cases is a model with what it must give: a new case needs no Rust.
//!
//! `output.csv` holds the columns that are compared, from a formula or another program (README.md says which; most are
//! written by tests/cases/outputs.py). A folder whose name ends in `-rk4` is integrated by the Runge-Kutta rule, any other as
//! its model says.
//! UPDATE=1 writes the output of a case that has none, to be checked by hand; it never overwrites an independent one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::diagnostic::{Sources, render_text};
use engine::kernel::Integrator;
use engine::kernel::reference::{Trajectories, simulate};
use engine::model::{Bindings, Name};
use engine::notation::vensim;
use engine::structure::{Structure, build_one_run};

/// How far a value may be from the expected one, as a share of it or of a thousandth of its column's largest.
const TOLERANCE: f64 = 1e-6;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn structure(folder: &Path) -> Structure {
    let text: Arc<str> = fs::read_to_string(folder.join("model.mdl")).unwrap().into();
    let file: Arc<str> = "model.mdl".into();
    let (model, found) = vensim::read(&file, &text);
    let mut sources = Sources::new();
    sources.add(&file, &text);
    assert!(!found.has_errors(), "{}:\n{}", folder.display(), render_text(&found, &sources, false));
    match build_one_run(&model, &Bindings::default()) {
        Ok((structure, _)) => structure,
        Err(found) => panic!("{}:\n{}", folder.display(), render_text(&found, &sources, false)),
    }
}

#[test]
fn every_case_gives_what_is_expected() {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    let mut wrong = Vec::new();
    for folder in &folders {
        let name = folder.file_name().unwrap().to_str().unwrap();
        assert!(folder.join("README.md").exists(), "{name} has no README.md");
        let structure = structure(folder);
        let integrator = if name.ends_with("-rk4") { Integrator::Rk4 } else { structure.integration.into() };
        let found = simulate(&structure, integrator, &[]);
        let output = folder.join("output.csv");
        if !output.exists() && std::env::var_os("UPDATE").is_some() {
            fs::write(&output, found.to_csv()).unwrap();
        }
        wrong.extend(differences(&found, &output).into_iter().map(|difference| format!("{name}: {difference}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The first difference in each column.
fn differences(found: &Trajectories, output: &Path) -> Vec<String> {
    let Ok(mut reader) = csv::Reader::from_path(output) else { return vec!["no output.csv".to_owned()] };
    let header: Vec<Name> = reader.headers().unwrap().iter().map(Name::new).collect();
    let rows: Vec<Vec<f64>> =
        reader.records().map(|row| row.unwrap().iter().map(|value| value.parse().unwrap()).collect()).collect();
    let mut wrong = Vec::new();
    if rows.len() != found.times.len() {
        wrong.push(format!("{} rows, expected {}", found.times.len(), rows.len()));
        return wrong;
    }
    for (place, name) in header.iter().enumerate() {
        let column = found.labels.iter().position(|label| Name::new(label) == *name);
        if place > 0 && column.is_none() {
            wrong.push(format!("no column `{name}`"));
            continue;
        }
        let largest = rows.iter().map(|row| row[place].abs()).fold(0.0, f64::max);
        for (row, expected) in rows.iter().enumerate() {
            let value = column.map_or(found.times[row], |column| found.values[row * found.labels.len() + column]);
            let near = TOLERANCE * expected[place].abs().max(1e-3 * largest);
            if (value - expected[place]).abs() > near || value.is_nan() {
                wrong.push(format!("`{name}` at {} is {value}, expected {}", found.times[row], expected[place]));
                break;
            }
        }
    }
    wrong
}

/// The error at the end of `decay` against the exact solution, with a step of `1 / steps`.
fn error_of_decay(steps: u32, integrator: Integrator) -> f64 {
    let mut structure = structure(&root().join("decay"));
    structure.time.step = 1.0 / f64::from(steps);
    structure.time.save_every = structure.time.last;
    let found = simulate(&structure, integrator, &[]);
    let stock = found.labels.iter().position(|label| label == "Stock").unwrap();
    (found.values[found.labels.len() + stock] - 100.0 * (-3.0f64).exp()).abs()
}

#[test]
fn halving_the_step_halves_the_error_of_euler_and_divides_that_of_runge_kutta_by_sixteen() {
    for (integrator, order) in [(Integrator::Euler, 1.0), (Integrator::Rk4, 4.0)] {
        let found = (error_of_decay(8, integrator) / error_of_decay(16, integrator)).log2();
        assert!((found - order).abs() < 0.1, "{integrator:?}: order {found}");
    }
}

#[test]
fn an_epidemic_ends_at_its_final_size() {
    let mut structure = structure(&root().join("sir"));
    (structure.time.last, structure.time.step, structure.time.save_every) = (200.0, 0.01, 200.0);
    let found = simulate(&structure, Integrator::Rk4, &[]);
    let susceptible = found.labels.iter().position(|label| label == "Susceptible").unwrap();
    let share = found.values[found.labels.len() + susceptible] / 1000.0;
    // Of s = s0 exp(-R0 (1 - s)) with R0 = 2 (Kermack and McKendrick 1927), by repeated substitution.
    let expected = (0..200).fold(0.2, |s: f64, _| 0.999 * (-2.0 * (1.0 - s)).exp());
    assert!((share - expected).abs() < 1e-8, "{share} instead of {expected}");
}

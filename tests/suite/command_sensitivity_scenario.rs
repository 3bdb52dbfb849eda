//! `wellspring sensitivity SCENARIO`: the same bytes however it is run, and the same indices as from the sample it writes.

use std::fs;
use std::path::Path;

use serde_json::Value;
use wellspring::sensitivity::problem::Problem;

use crate::transcript::{folder, wellspring};

const SCENARIO: &str = include_str!("../../examples/sir/sir.toml");
const MODEL: &str = include_str!("../../examples/sir/sir.mdl");
const ONE_PER_CENT: &str = include_str!("../../scenarios/one-per-cent.toml");

fn analyse(place: &Path, scenario: &str, more: &[&str]) -> String {
    let output = wellspring(place).args(["sensitivity", scenario, "--quiet"]).args(more).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn same(place: &Path, one: &str, other: &str) {
    let mut names: Vec<_> = fs::read_dir(place.join(one)).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert!(names.len() > 4, "{names:?}");
    for name in names {
        let read = |folder: &str| fs::read(place.join(folder).join(&name)).unwrap();
        assert!(read(one) == read(other), "{name:?} differs between {one} and {other}");
    }
}

/// Rows of `indices.csv`: outcome, index, input, value, method.
fn indices(place: &Path) -> Vec<(String, String, String, f64, String)> {
    let mut reader = csv::Reader::from_path(place.join("indices.csv")).unwrap();
    let header =
        ["place", "strategy", "outcome", "year", "method", "index", "of", "with", "value", "low", "high", "resolved"];
    assert_eq!(reader.headers().unwrap(), header.as_slice());
    let row = |row: csv::StringRecord| {
        (
            format!("{} ({})", &row[2], &row[1]),
            row[5].to_owned(),
            row[6].to_owned(),
            row[8].parse().unwrap_or(f64::NAN),
            row[4].to_owned(),
        )
    };
    reader.records().map(|one| row(one.unwrap())).collect()
}

#[test]
fn the_sample_that_is_written_gives_the_same_indices() {
    let place = folder(&[("sir.toml", SCENARIO), ("sir.mdl", MODEL)]);
    let place = place.path();
    for (method, size, again) in [
        ("sobol", ["--base", "64"], ["sobol"].as_slice()),
        ("morris", ["--trajectories", "6"], &["morris"]),
        ("stored", ["--draws", "200"], &["ranks", "pawn", "rbd-fast", "delta"]),
    ] {
        analyse(place, "./sir.toml", &["--method", method, size[0], size[1], "--out", method]);
        let own = indices(&place.join(method));
        let mut compared = 0;
        for again in again {
            let files = ["problem.toml", "inputs.csv", "outputs.csv"].map(|name| format!("{method}/{name}"));
            let arguments = ["--problem", &files[0], "--inputs", &files[1], "--outputs", &files[2], "--method", again];
            let output = wellspring(place).arg("sensitivity").args(arguments).output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
            let found: Value = serde_json::from_slice(&output.stdout).unwrap();
            for output in found["outputs"].as_array().unwrap() {
                for index in output["indices"].as_array().unwrap() {
                    let [name, kind, of] =
                        [&output["output"], &index["index"], &index["of"]].map(|one| one.as_str().unwrap());
                    let wanted = (name, kind, of, *again);
                    let told = |one: &&(String, String, String, f64, String)| {
                        (one.0.as_str(), one.1.as_str(), one.2.as_str(), one.4.as_str()) == wanted
                    };
                    let one = own.iter().find(told);
                    let value = index["value"].as_f64().unwrap_or(f64::NAN);
                    let (_, _, _, own, _) = one.unwrap_or_else(|| panic!("{name} {kind} {of} is not in indices.csv"));
                    assert!(*own == value || own.is_nan() && value.is_nan(), "{name} {kind} {of}: {own} {value}");
                    compared += 1;
                }
            }
        }
        assert!(compared >= own.len() / 2 && compared > 0, "{method}: {compared} of {}", own.len());
    }
}

/// The shares of variance of the whole of an epidemic's two uncertainties: alone and together they make up all of it.
#[test]
fn shares_of_variance_make_up_the_whole() {
    let place = folder(&[("sir.toml", SCENARIO), ("sir.mdl", MODEL)]);
    let told = analyse(
        place.path(),
        "./sir.toml",
        &["--method", "sobol", "--base", "64", "--out", "found", "--outcomes", "peak"],
    );
    assert!(told.contains("resolved") && told.contains("peak"), "{told}");
    let found = indices(&place.path().join("found"));
    let first: Vec<&str> = found.iter().filter(|one| one.1 == "ST").map(|one| one.0.as_str()).collect();
    let sum =
        |index: &str| -> f64 { found.iter().filter(|one| one.0 == first[0] && one.1 == index).map(|one| one.3).sum() };
    assert!((0.8..1.05).contains(&sum("S1")) && (0.95..1.3).contains(&sum("ST")), "{} {}", sum("S1"), sum("ST"));
}

#[test]
fn threads_and_an_interruption_change_no_byte() {
    let place = folder(&[("sir.toml", SCENARIO), ("sir.mdl", MODEL)]);
    let place = place.path();
    let method = ["--method", "sobol", "--base", "1024", "--keep", "1"];
    let with = |more: &[&str]| analyse(place, "./sir.toml", &[&method, more].concat());
    with(&["--out", "one", "--threads", "1"]);
    with(&["--out", "two", "--threads", "2"]);
    same(place, "one", "two");

    // A run that is killed once some blocks are kept, and one that goes on with them.
    let arguments = ["sensitivity", "./sir.toml", "--quiet", "--out", "resumed", "--threads", "1"];
    let mut begun = wellspring(place).args(arguments).args(method).spawn().unwrap();
    let blocks = place.join("resumed.partial/blocks");
    while fs::metadata(&blocks).map_or(0, |file| file.len()) < 4_000 && begun.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    begun.kill().unwrap();
    begun.wait().unwrap();
    with(&["--resume", "--out", "resumed"]);
    same(place, "one", "resumed");
}

#[test]
fn a_tornado_tells_low_central_and_high() {
    let place = folder(&[("sir.toml", SCENARIO), ("sir.mdl", MODEL)]);
    analyse(place.path(), "./sir.toml", &["--method", "tornado", "--outcomes", "ever-infected", "--out", "found"]);
    let found = indices(&place.path().join("found"));
    let of = |index: &str| found.iter().find(|one| one.1 == index && one.2 == "Contact rate").unwrap().3;
    let (low, base, high) = (of("at_p05"), of("base"), of("at_p95"));
    assert!(low < base && base < high, "{low} {base} {high}");
}

/// Few inputs of the shipped study, by groups that a scenario names; money and people, by strategy and between two.
#[test]
fn a_study_is_screened_by_groups() {
    let asked = "\n[sensitivity]\noutcomes = [\"net-at-horizon:social\", \"demand-change:emergency-admissions\"]\nover_time = true\n\
                 [sensitivity.groups]\n\"Risks\" = [\"Log relative risk*\"]\n\"All the rest\" = [\"*\"]\n";
    let place = folder(&[("mine.toml", &format!("{ONE_PER_CENT}{asked}"))]);
    let more = ["--method", "morris", "--trajectories", "2", "--strategies", "base-cut,from-growth", "--out", "found"];
    let told = analyse(place.path(), "./mine.toml", &more);
    assert!(told.contains("All the rest") && told.contains("Risks"), "{told}");
    let found = indices(&place.path().join("found"));
    // Two groups, two strategies and their difference, one outcome of the horizon and one in each of ten years.
    assert_eq!(found.iter().filter(|one| one.1 == "mu_star").count(), 2 * 3 * 11);
    assert!(found.iter().any(|one| one.0 == "net-at-horizon:social (base-cut less from-growth)"));
    assert!(place.path().join("found/over-time-demand-change-emergency-admissions-base-cut.svg").exists());
    let text = fs::read_to_string(place.path().join("found/problem.toml")).unwrap();
    let (problem, _) = Problem::read(&std::sync::Arc::from("problem.toml"), &text).unwrap();
    assert_eq!(problem.group_names.len(), 2);
    assert_eq!(problem.text(), text);
}

/// All indices as JSON: the same numbers as in `indices.csv`, pairs among them.
#[test]
fn indices_go_to_standard_output_as_json() {
    let place = folder(&[("sir.toml", SCENARIO), ("sir.mdl", MODEL)]);
    let place = place.path();
    for (method, more) in
        [("sobol", ["--base", "32", "--second-order"].as_slice()), ("stored", &["--draws", "80"]), ("tornado", &[])]
    {
        let arguments: Vec<&str> =
            ["--method", method, "--format", "json", "--out", method].into_iter().chain(more.iter().copied()).collect();
        let told: Value = serde_json::from_str(&analyse(place, "./sir.toml", &arguments)).unwrap();
        assert_eq!((&told["scenario"], &told["method"]), (&"an-epidemic".into(), &method.into()));
        let own = indices(&place.join(method));
        if method == "tornado" {
            let output = &told["outputs"][1];
            assert_eq!(output["output"], "ever-infected (model)");
            assert!(output["ends"][0]["at_p05"].as_f64() < output["base"].as_f64());
            continue;
        }
        let mut compared = 0;
        for output in told["outputs"].as_array().unwrap() {
            for index in output["indices"].as_array().unwrap() {
                let known = own.iter().any(|(outcome, kind, of, value, method)| {
                    output["output"] == **outcome
                        && index["index"] == **kind
                        && index["of"] == **of
                        && index["method"] == **method
                        && index["value"].as_f64().is_none_or(|told| told == *value)
                });
                assert!(known, "{index}");
                compared += 1;
            }
        }
        assert_eq!(compared, own.len());
        let pairs = own.iter().filter(|one| one.1 == "S2").count();
        assert_eq!(pairs, if method == "sobol" { 3 } else { 0 });
        // The sample tells the same to whoever reads it again.
        if method == "sobol" {
            let again = wellspring(&place.join("sobol"))
                .args(["sensitivity", "--problem", "problem.toml", "--method", "sobol", "--outputs", "outputs.csv"])
                .output()
                .unwrap();
            let again: Value = serde_json::from_slice(&again.stdout).unwrap();
            let pair = |of: &Value| {
                let all = of["outputs"][0]["indices"].as_array().unwrap();
                all.iter().find(|one| one["index"] == "S2").unwrap()["value"].clone()
            };
            assert_eq!(pair(&again), pair(&told));
        }
    }
}

/// Groups of a file: by programme and domain, correlated uncertainties as one, and the sample read again.
#[test]
fn a_file_of_groups_takes_the_place_of_those_in_the_scenario() {
    let groups = "schema = 1\n[groups]\n\"The rest\" = [\"*\"]\n\"Homes\" = [\"domain:housing\"]\n\"Early\" = [\"programme:E08\"]\n";
    let tied = include_str!("../diagnostics/C055/mine.toml").replace("\"Unit cost[E08]\"]", "\"Backfill\"]");
    let place = folder(&[("mine.toml", &tied), ("groups.toml", groups)]);
    let place = place.path();
    let more = ["--method", "morris", "--trajectories", "2", "--outcomes", "net-at-horizon:cash"];
    let output = wellspring(place)
        .args(["sensitivity", "./mine.toml", "--groups", "groups.toml", "--quiet"])
        .args(more)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("`Unit cost[H01]` in the group `Homes` is correlated with `Backfill`"), "{said}");
    let groups = groups.replace("\"domain:housing\"", "\"domain:housing\", \"Backfill\"");
    fs::write(place.join("groups.toml"), groups).unwrap();
    let all: Vec<&str> = more.iter().copied().chain(["--groups", "groups.toml", "--out", "found"]).collect();
    analyse(place, "./mine.toml", &all);
    let text = fs::read_to_string(place.join("found/problem.toml")).unwrap();
    let (problem, _) = Problem::read(&std::sync::Arc::from("problem.toml"), &text).unwrap();
    let mut names = problem.group_names.clone();
    names.sort();
    assert_eq!(names, ["Early", "Homes", "The rest"]);
    let again = wellspring(&place.join("found"))
        .args(["sensitivity", "--problem", "problem.toml", "--method", "morris"])
        .args(["--inputs", "inputs.csv", "--outputs", "outputs.csv"])
        .output()
        .unwrap();
    let again: Value = serde_json::from_slice(&again.stdout).unwrap();
    let own = indices(&place.join("found"));
    let of = |name: &str| own.iter().find(|one| one.1 == "mu_star" && one.2 == name).unwrap().3;
    for index in again["outputs"][0]["indices"].as_array().unwrap() {
        assert_eq!(index["value"].as_f64().unwrap(), of(index["of"].as_str().unwrap()));
    }
    let manifest = fs::read_to_string(place.join("found/manifest.json")).unwrap();
    assert!(manifest.contains("\"groups.toml\""), "{manifest}");
}

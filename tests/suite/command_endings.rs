//! How commands that draw end when too many of their runs go wrong: all by one rule, with exit code 3.

use std::fs;
use std::path::Path;

use crate::support::root;
use crate::transcript::{folder, wellspring};

/// A study of two strategies over three years on a model that is the shipped one but for one change, as `study.toml`.
fn study_of_a_changed_model(old: &str, new: &str) -> tempfile::TempDir {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let model = read("models/prevention.mdl");
    assert!(model.contains(old), "{old}");
    let scenario = read("scenarios/one-per-cent.toml");
    let mut parts = scenario.split("\n[[strategy]]\n");
    let head = parts.next().unwrap().replace("model = \"prevention\"", "model = \"changed.mdl\"");
    let head = head.replace("horizon_years = 10", "horizon_years = 3");
    let strategies: Vec<&str> = parts.take(2).collect();
    let scenario = format!(
        "{head}\n[sweep]\noutcomes = [\"net-at-horizon:social\"]\n\n[[sweep.over]]\nlever = \"Already covered[H01]\"\n\
         values = [0.1, 0.2]\n\n[[strategy]]\n{}",
        strategies.join("\n[[strategy]]\n")
    );
    folder(&[
        ("changed.mdl", &model.replace(old, new)),
        ("changed.toml", &read("models/prevention.toml")),
        ("study.toml", &scenario),
    ])
}

/// Every command that draws, each with a folder of its own, and as few draws as it can do with.
const COMMANDS: [&[&str]; 7] = [
    &["run", "study.toml", "--draws", "2", "--out", "out"],
    &["compare", "study.toml:base-cut", "study.toml:from-growth", "--draws", "2", "--out", "out"],
    &["sweep", "study.toml", "--draws", "2", "--out", "out"],
    &["decide", "study.toml", "--draws", "40", "--out", "out"],
    &["optimise", "study.toml", "--goal", "qalys", "--draws", "2", "--plans", "4", "--out", "out"],
    &[
        "sensitivity",
        "study.toml",
        "--method",
        "tornado",
        "--group",
        "Everything=*",
        "--outcomes",
        "net-at-horizon:social",
        "--out",
        "out",
    ],
    &["loops", "study.toml", "--draws", "2", "--out", "out"],
];

/// The exit code of a command and what it said of it, and whether there is anything where its results were to be.
fn ended(place: &Path, command: &[&str]) -> (Option<i32>, String, bool) {
    let output = wellspring(place).args(command).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let out = place.join("out");
    let left = out.exists() || place.join("out.partial").exists();
    if out.is_dir() {
        fs::remove_dir_all(out).unwrap();
    } else if out.exists() {
        fs::remove_file(out).unwrap();
    }
    (output.status.code(), said, left)
}

#[test]
fn where_no_draw_is_left_every_command_says_so_and_writes_nothing() {
    let place = study_of_a_changed_model(
        "Plan time=\n\tMAX(0, Time)",
        "Plan time=\n\tMAX(0, Time) + (Time - Time)/(Time - Time)",
    );
    for command in COMMANDS {
        let (code, said, left) = ended(place.path(), command);
        assert_eq!(code, Some(3), "{command:?}: {said}");
        assert!(said.contains("error[T035]: in each of ") && said.contains(" is NaN in "), "{command:?}: {said}");
        assert!(!left, "{command:?} left something behind");
    }
}

#[test]
fn where_money_is_not_accounted_for_every_command_says_so_and_ends_with_3() {
    let place = study_of_a_changed_model("Money audit=\n\tZIDZ(", "Money audit=\n\t0.5 + ZIDZ(");
    for command in COMMANDS {
        let (code, said, left) = ended(place.path(), command);
        assert_eq!(code, Some(3), "{command:?}: {said}");
        let told = "People or money are not accounted for in more than 1% of runs";
        assert!(said.contains(told) && said.contains("do not use these results"), "{command:?}: {said}");
        assert!(left, "{command:?}: the numbers are written, so that they can be looked into");
    }
}

//! `wellspring sensitivity`: samples drawn, samples made elsewhere, and what is said when they do not fit.

use std::fs;
use std::path::Path;

use serde_json::Value;
use wellspring::sensitivity::Confidence;
use wellspring::sensitivity::problem::{Problem, Settings};

use crate::sensitivity::table;
use crate::transcript::{folder, session, wellspring};

const WARD: &str = r#"schema = 1

[[input]]
name = "beds"
low = 10
high = 20

[[input]]
name = "stay"
low = 0
high = 1

[[input]]
name = "staff, in all"
low = -1
high = 1
"#;

const ISHIGAMI: &str = r#"schema = 1

[[input]]
name = "x1"
low = -3.141592653589793
high = 3.141592653589793

[[input]]
name = "x2"
low = -3.141592653589793
high = 3.141592653589793

[[input]]
name = "x3"
low = -3.141592653589793
high = 3.141592653589793
"#;

/// What a command prints, as JSON.
fn indices(place: &Path, arguments: &[&str]) -> Value {
    let output = wellspring(place).arg("sensitivity").args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn value(found: &Value, output: usize, index: &str, of: &str) -> f64 {
    let list = found["outputs"][output]["indices"].as_array().unwrap();
    let one = list.iter().find(|one| one["index"] == index && one["of"] == of);
    one.unwrap_or_else(|| panic!("no {index} of {of} in {found}"))["value"].as_f64().unwrap()
}

/// Every method of the command line on a stored sample gives the peer's first number.
#[test]
fn stored_samples_give_the_numbers_of_salib() {
    let names = ["sobol_ishigami", "morris_ishigami", "efast_ishigami", "lhs_ishigami"];
    let tables: Vec<(String, String)> = names
        .iter()
        .flat_map(|name| ["X", "Y"].map(|end| (format!("{name}_{end}.csv"), table(&format!("{name}_{end}")))))
        .collect();
    let mut files: Vec<(&str, &str)> = tables.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    files.push(("problem.toml", ISHIGAMI));
    let place = folder(&files);
    for (method, name, index, expected) in [
        ("sobol", "sobol_ishigami", "S1", 0.33295510535317324),
        ("morris", "morris_ishigami", "mu_star", 7.313504355134787),
        ("efast", "efast_ishigami", "ST", 0.5629281428926846),
        ("rbd-fast", "lhs_ishigami", "S1", 0.33722834964359977),
        ("pawn", "lhs_ishigami", "median", 0.252),
        ("delta", "lhs_ishigami", "delta_plug_in", 0.20926305113395477),
    ] {
        let (inputs, outputs) = (format!("{name}_X.csv"), format!("{name}_Y.csv"));
        let arguments = ["--problem", "problem.toml", "--method", method, "--inputs", &inputs, "--outputs", &outputs];
        let found = indices(place.path(), &arguments);
        let first = value(&found, 0, index, "x1");
        assert!((first - expected).abs() < 1e-9, "{method}: {first} {expected}");
        assert_eq!(found["method"], method);
    }
}

/// Samples of every method go out and come back, and find what a sum is made of: beds, then stay, and no staff.
#[test]
fn samples_are_drawn_and_come_back_the_same() {
    let problem = format!("{WARD}\n[efast]\ncurves = 3\n\n[morris]\ncandidates = 50\n");
    let place = folder(&[("problem.toml", &problem)]);
    for (method, size, index) in [
        ("sobol", "256", "ST"),
        ("morris", "10", "mu_star"),
        ("efast", "129", "ST"),
        ("rbd-fast", "1000", "S1"),
        ("pawn", "1000", "mean"),
        ("delta", "1000", "delta"),
        ("ranks", "1000", "PRCC"),
    ] {
        let draw = ["--problem", "problem.toml", "--method", method, "--sample", size, "--out", "X.csv"];
        let output = wellspring(place.path()).arg("sensitivity").args(draw).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let sample = fs::read_to_string(place.path().join("X.csv")).unwrap();
        let (header, rows) = sample.split_once('\n').unwrap();
        assert_eq!(header, "beds,stay,\"staff, in all\"");
        let outputs: Vec<String> = rows
            .lines()
            .map(|line| {
                let x: Vec<f64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
                assert!((10.0..=20.0).contains(&x[0]) && (0.0..=1.0).contains(&x[1]), "{line}");
                assert!((-1.0..=1.0).contains(&x[2]), "{line}");
                format!("{},{}", 0.2 * x[0] + x[1], x[2])
            })
            .collect();
        fs::write(place.path().join("Y.csv"), format!("cost,nurses\n{}\n", outputs.join("\n"))).unwrap();
        let back = ["--problem", "problem.toml", "--method", method, "--inputs", "X.csv", "--outputs", "Y.csv"];
        let found = indices(place.path(), &back);
        let [beds, stay, staff] = ["beds", "stay", "staff, in all"].map(|of| value(&found, 0, index, of).abs());
        assert!(beds > stay && stay > staff + 0.1, "{method}: {beds} {stay} {staff}");
        assert_eq!(found["outputs"][1]["output"], "nurses");
        assert!(value(&found, 1, index, "staff, in all") > value(&found, 1, index, "beds").abs() + 0.1, "{method}");
        // The same sample and the same indices again, to the byte.
        let again = wellspring(place.path()).arg("sensitivity").args(&draw[..6]).output().unwrap();
        assert_eq!(String::from_utf8(again.stdout).unwrap(), sample, "{method}");
        assert_eq!(found, indices(place.path(), &back), "{method}");
    }
}

#[test]
fn indices_are_printed_one_in_a_line() {
    session(
        &[
            (
                "problem.toml",
                "schema = 1\n[[input]]\nname = \"a\"\n[[input]]\nname = \"b\"\n[confidence]\nresamples = 0\n",
            ),
            ("X.csv", "b a\n0 0\n0 1\n1 1\n"),
            ("Y.csv", "cost,y2026\n1,5\n3,5\n2.5,5\n"),
        ],
        r#"
$ wellspring sensitivity --problem problem.toml --method morris --inputs X.csv --outputs Y.csv
{
  "schema": 1,
  "method": "morris",
  "rows": 3,
  "layout": {"levels":4,"trajectories":1},
  "inputs": ["a","b"],
  "confidence": {"level":0.95,"resamples":0,"seed":1,"narrow":0.1},
  "outputs": [
    {
      "output": "cost",
      "varies": true,
      "indices": [
        {"index":"mu","of":"a","value":3.0,"interval":null,"resolved":false},
        {"index":"mu_star","of":"a","value":3.0,"interval":null,"resolved":false},
        {"index":"mu","of":"b","value":-0.75,"interval":null,"resolved":false},
        {"index":"mu_star","of":"b","value":0.75,"interval":null,"resolved":false}
      ]
    },
    {
      "output": "y2026",
      "varies": false,
      "indices": []
    }
  ]
}
! warning[I020]: the output `y2026` does not vary, so no input can be told to move it
!  --> Y.csv:1:1
!   |
! 1 | cost,y2026
!   | ^
"#,
    );
}

/// The wrong problem, the wrong inputs and the wrong outputs are told together.
#[test]
fn everything_wrong_is_said_at_once() {
    session(
        &[
            ("problem.toml", "schema = 1\n\n[[input]]\nname = \"a\"\nlow = 1\nhigh = 0\n\n[morris]\nlevel = 4\n"),
            ("X.csv", "a\n0\nx\n"),
            ("Y.csv", "1\nnan\n"),
        ],
        "
$ wellspring sensitivity --problem problem.toml --method morris --inputs X.csv --outputs Y.csv
! error[I009]: `low` is 1, which is not below `high`, 0
!  --> problem.toml:5:7
!   |
! 5 | low = 1
!   |       ^
!   |
!   = hint: exchange the two
!
! error[I002]: `morris` has a key `level`, which means nothing here
!  --> problem.toml:9:1
!   |
! 9 | level = 4
!   | ^^^^^
!   |
!   = hint: did you mean `levels`?
!
! error[I013]: `x` in row 2, column `a` is no number
!  --> X.csv:3:1
!   |
! 3 | x
!   | ^
!   |
!   = hint: run that row again: every row needs finite numbers
!
! error[I013]: `nan` in row 2, column 1 cannot be computed with
!  --> Y.csv:2:1
!   |
! 2 | nan
!   | ^^^
!   |
!   = hint: run that row again: every row needs finite numbers
? 1
",
    );
}

#[test]
fn a_method_that_does_not_exist_is_met_with_those_that_do() {
    let place = folder(&[("problem.toml", WARD)]);
    let arguments = ["sensitivity", "--problem", "problem.toml", "--method", "morri", "--sample", "4"];
    let output = wellspring(place.path()).args(arguments).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("sobol, morris, efast, rbd-fast, pawn, delta, ranks") && said.contains("'morris'"), "{said}");
    let neither = ["sensitivity", "--problem", "problem.toml", "--method", "morris"];
    assert_eq!(wellspring(place.path()).args(neither).output().unwrap().status.code(), Some(2));
}

/// The example of the handbook can be used as it stands, and says what holds where nothing is said.
#[test]
fn the_problem_in_the_handbook_is_read_and_holds_the_defaults() {
    let handbook = crate::documents::read("docs/formats.md");
    let (_, after) = handbook.split_once("```toml\n# problem.toml\n").unwrap();
    let (text, _) = after.split_once("```").unwrap();
    let (problem, found) = Problem::read(&"problem.toml".into(), text).unwrap();
    assert!(found.is_empty(), "{found:?}");
    assert_eq!((problem.settings, problem.confidence), (Settings::default(), Confidence::default()));
    assert_eq!(problem.group_names, ["Costs", "length of stay"]);
    let place = folder(&[("problem.toml", text)]);
    let arguments = ["sensitivity", "--problem", "problem.toml", "--method", "morris", "--sample", "5"];
    let output = wellspring(place.path()).args(arguments).output().unwrap();
    // Five trajectories of two groups below a header.
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 16);
}

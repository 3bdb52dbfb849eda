//! Files, folders and signals, with processes as a person or a scheduler starts them: nothing is lost, nothing is written elsewhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use wellspring::cli::folder::{MANIFEST, sha256};

use crate::transcript::{folder, wellspring};

const SCENARIO: &str = include_str!("../../examples/sir/sir.toml");
const MODEL: &str = include_str!("../../examples/sir/sir.mdl");
const STUDY: &str = include_str!("../../scenarios/one-per-cent.toml");

fn sir() -> tempfile::TempDir {
    folder(&[("sir.toml", SCENARIO), ("sir.mdl", MODEL)])
}

fn started(place: &Path, arguments: &[&str]) -> Child {
    wellspring(place).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The files of a folder by name, after a look whether they are those of its manifest.
fn whole(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let manifest: Value = serde_json::from_slice(&fs::read(folder.join(MANIFEST)).unwrap()).unwrap();
    let outputs = manifest["outputs"].as_array().unwrap();
    assert_eq!(names(folder).len(), outputs.len() + 1, "{}", folder.display());
    for output in outputs {
        let bytes = fs::read(folder.join(output["name"].as_str().unwrap())).unwrap();
        assert_eq!(output["sha256"], sha256(&bytes), "{output}");
    }
    names(folder).into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).unwrap())).collect()
}

#[test]
fn of_fifty_pairs_of_runs_into_one_folder_none_loses_anything() {
    let place = sir();
    let place = place.path();
    let arguments = |seed: &'static str, out: &'static str| {
        [
            "sweep",
            "./sir.toml",
            "--draws",
            "2",
            "--shard",
            "1/2",
            "--quiet",
            "--threads",
            "1",
            "--seed",
            seed,
            "--out",
            out,
        ]
    };
    let alone = ["1", "2"].map(|seed| {
        let out = if seed == "1" { "first" } else { "second" };
        assert!(wellspring(place).args(arguments(seed, out)).status().unwrap().success());
        whole(&place.join(out))
    });
    let (mut both, mut refused) = (0, 0);
    for pair in 0..50 {
        let children = ["1", "2"].map(|seed| started(place, &arguments(seed, "results")));
        let ended = children.map(|child| child.wait_with_output().unwrap());
        let codes = [0, 1].map(|one: usize| ended[one].status.code().unwrap());
        for one in ended.iter().filter(|one| !one.status.success()) {
            assert!(said(one).starts_with("error[C018]: another run is writing to `results`"), "{}", said(one));
            refused += 1;
        }
        let found = whole(&place.join("results"));
        match codes {
            [0, 0] => {
                both += 1;
                assert!(alone.contains(&found), "pair {pair}: the results are of neither");
            }
            [0, 1] => assert!(found == alone[0], "pair {pair}: the winner's results are not in the folder"),
            [1, 0] => assert!(found == alone[1], "pair {pair}: the winner's results are not in the folder"),
            _ => panic!("pair {pair}: {codes:?}: {}{}", said(&ended[0]), said(&ended[1])),
        }
        assert_eq!(names(place), ["first", "results", "second", "sir.mdl", "sir.toml"], "pair {pair}");
    }
    assert_eq!(both + refused, 50);
}

#[cfg(unix)]
#[test]
fn a_lock_that_a_crash_left_behind_blocks_nobody() {
    let place = sir();
    let place = place.path();
    let mut child =
        started(place, &["sweep", "./sir.toml", "--draws", "200000", "--quiet", "--threads", "1", "--out", "x"]);
    wait_for(&place.join("x.partial/blocks"), &mut child);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(place.join("x.lock").exists());
    let output =
        wellspring(place).args(["sweep", "./sir.toml", "--draws", "2", "--out", "x", "--quiet"]).output().unwrap();
    assert_eq!((output.status.code(), said(&output)), (Some(0), String::new()));
    whole(&place.join("x"));
    assert_eq!(names(place), ["sir.mdl", "sir.toml", "x"]);
}

/// Waits until a process has made a file, or fails with what it said.
fn wait_for(path: &Path, child: &mut Child) {
    let began = Instant::now();
    while !path.exists() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before there was {}", path.display());
        assert!(began.elapsed() < Duration::from_secs(120), "there is no {}", path.display());
        sleep(Duration::from_millis(5));
    }
}

#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    let sent = std::process::Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

#[cfg(unix)]
#[test]
fn a_run_that_is_ended_leaves_what_was_there_and_nothing_else() {
    let place = folder(&[("kept/old.csv", "old"), ("kept/manifest.json", OLD)]);
    let place = place.path();
    for (name, code) in [("-INT", 130), ("-TERM", 143)] {
        for (out, told) in [
            ("kept", "Interrupted: nothing of this run is kept, and `kept` is as it was before\n"),
            ("new", "Interrupted: nothing of this run is kept, and nothing was written\n"),
        ] {
            let arguments = ["run", "one-per-cent", "--draws", "1000000", "--threads", "1", "--quiet", "--out", out];
            let mut child = started(place, &arguments);
            wait_for(&place.join(format!("{out}.partial/manifest.json")), &mut child);
            sleep(Duration::from_millis(100));
            signal(&child, name);
            let output = child.wait_with_output().unwrap();
            assert_eq!((output.status.code(), said(&output).as_str()), (Some(code), told));
            assert_eq!(names(place), ["kept"]);
            assert_eq!(fs::read_to_string(place.join("kept/old.csv")).unwrap(), "old");
        }
    }
}

const OLD: &str = "{ \"written_by\": \"wellspring\", \"outputs\": [{ \"name\": \"old.csv\" }] }";

#[cfg(unix)]
#[test]
fn a_sweep_that_is_ended_keeps_what_is_done_and_goes_on() {
    let place = sir();
    let place = place.path();
    let asked = ["sweep", "./sir.toml", "--draws", "300", "--quiet", "--threads", "1"];
    let one = wellspring(place).args(asked).args(["--out", "one"]).output().unwrap();
    assert_eq!(one.status.code(), Some(0), "{}", said(&one));
    for (name, code) in [("-INT", 130), ("-TERM", 143)] {
        let mut child = started(place, &[&asked[..], &["--out", "cut"]].concat());
        wait_for(&place.join("cut.partial/blocks"), &mut child);
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        // Where it was faster than the signal there is nothing to go on with.
        if output.status.code() != Some(0) {
            assert_eq!(output.status.code(), Some(code), "{}", said(&output));
            assert!(said(&output).contains(" blocks are kept in cut.partial; --resume goes on"), "{}", said(&output));
            assert!(place.join("cut.partial/blocks").exists() && !place.join("cut.lock").exists());
        }
        let output = wellspring(place).args(asked).args(["--out", "cut", "--resume"]).output().unwrap();
        assert_eq!((output.status.code(), said(&output)), (Some(0), String::new()));
        assert_eq!(names(place), ["cut", "one", "sir.mdl", "sir.toml"]);
        assert!(whole(&place.join("cut")) == whole(&place.join("one")));
        fs::remove_dir_all(place.join("cut")).unwrap();
    }
}

#[test]
fn a_part_goes_on_only_as_the_part_that_it_is() {
    let place = sir();
    let place = place.path();
    let asked = ["sweep", "./sir.toml", "--draws", "4", "--quiet"];
    let run = |more: &[&str]| wellspring(place).args(asked).args(more).output().unwrap();
    assert_eq!(run(&["--shard", "2/4", "--out", "quarter"]).status.code(), Some(0));
    let whole_part = fs::read(place.join("quarter/part.blocks")).unwrap();
    let unfinished = || {
        fs::create_dir_all(place.join("half.partial")).unwrap();
        fs::write(place.join("half.partial/manifest.json"), "{ \"written_by\": \"wellspring\", \"unfinished\": true }")
            .unwrap();
        fs::write(place.join("half.partial/blocks"), &whole_part[..whole_part.len() - 30]).unwrap();
    };
    unfinished();
    for (more, wanted) in [(&["--shard", "2/2"][..], "part 2 of 2"), (&[], "the whole sweep")] {
        let output = run(&[more, &["--out", "half", "--resume"]].concat());
        let expected =
            format!("error[C032]: what is kept in `half.partial` is of part 2 of 4, and {wanted} is asked for");
        assert!(output.status.code() == Some(1) && said(&output).starts_with(&expected), "{}", said(&output));
        assert!(said(&output).contains("--shard 2/4 --resume goes on with it"), "{}", said(&output));
    }
    assert_eq!(run(&["--shard", "2/4", "--out", "half", "--resume"]).status.code(), Some(0));
    assert_eq!(fs::read(place.join("half/part.blocks")).unwrap(), whole_part);
    // What is missing is named.
    let output = wellspring(place).args(["merge", "quarter", "--out", "whole"]).output().unwrap();
    assert!(said(&output).contains("has written of 1/4, 3/4, 4/4"), "{}", said(&output));
}

#[test]
fn no_id_and_no_name_leads_out_of_the_folder_or_steers_a_terminal() {
    let hostile = [
        (
            "id = \"from-growth\"",
            "id = \"x/../../../escaped\"",
            "error[S076]: the id `x/../../../escaped` is more than",
        ),
        ("id = \"from-growth\"", "id = \"a\\u001b[31m\"", "error[S075]: a control character, U+001B, stands in a text"),
        ("name = \"one-per-cent\"", "name = \"one\\nper-cent\"", "error[S075]: `name` holds a line break"),
        ("title = \"One", "title = \"\\u202eOne", "error[S075]: a control character, U+202E, stands in a text"),
    ];
    for (old, new, expected) in hostile {
        assert!(STUDY.contains(old));
        let place = folder(&[("in/there/plan.toml", &STUDY.replacen(old, new, 1))]);
        let plan = "in/there/plan.toml";
        for arguments in [vec!["check", plan], vec!["run", plan, "--draws", "1", "--out", "in/there/x"]] {
            let output = wellspring(place.path()).args(&arguments).output().unwrap();
            assert!(output.status.code() == Some(1) && said(&output).contains(expected), "{}", said(&output));
            assert!(!said(&output).contains(['\u{1b}', '\u{202e}']), "{:?}", said(&output));
        }
        assert_eq!(names(&place.path().join("in")), ["there"]);
        assert_eq!(names(&place.path().join("in/there")), ["plan.toml"]);
    }
    let card = include_str!("../../evidence/programmes/H04-home-hazards.toml");
    let place = folder(&[
        ("card.toml", &card.replacen("id = \"H04\"", "id = \"../H04\"", 1)),
        (
            "place.toml",
            &include_str!("../../evidence/places/blackpool.toml").replacen("name = \"", "name = \"\\u009b2J", 1),
        ),
        ("accounts.toml", &include_str!("../../models/prevention.toml").replacen("id = \"cash\"", "id = \"ca/sh\"", 1)),
    ]);
    for (file, expected) in [
        ("card.toml", "error[E061]: the id `../H04` is more than letters, digits, hyphens and underscores"),
        ("place.toml", "error[E060]: a control character, U+009B, stands in a text"),
        ("accounts.toml", "error[S076]: the id `ca/sh` is more than letters"),
    ] {
        let output = wellspring(place.path()).args(["check", file]).output().unwrap();
        assert!(output.status.code() == Some(1) && said(&output).contains(expected), "{}", said(&output));
        assert!(!said(&output).contains('\u{9b}'), "{:?}", said(&output));
    }
}

#[test]
fn a_name_of_a_model_is_no_formula_and_a_path_steers_no_terminal() {
    let model = "{UTF-8}\n\"=1+1\" = 2 ~ Dmnl ~ |\nINITIAL TIME = 0 ~ year ~ |\nFINAL TIME = 1 ~ year ~ |\n\
                 TIME STEP = 1 ~ year ~ |\nSAVEPER = 1 ~ year ~ |\n";
    let place = folder(&[("a.mdl", model)]);
    let output = wellspring(place.path()).args(["simulate", "a.mdl", "--vars", "\"=1+1\""]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "time,'=1+1\n0,2\n1,2\n", "{}", said(&output));
    fs::write(place.path().join("b.mdl"), model.replace("=1+1", "a\u{1b}[31m")).unwrap();
    let output = wellspring(place.path()).args(["simulate", "b.mdl"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).starts_with("error[M013]: a control character, U+001B, stands in a name"),
        "{}",
        said(&output)
    );
    let output = wellspring(place.path()).args(["check", "a\u{1b}[31m.toml"]).output().unwrap();
    assert!(said(&output).contains("there is no file `a\u{fffd}[31m.toml`"), "{:?}", said(&output));
}

#[test]
fn no_folder_name_is_written_outside_it_whatever_it_is_made_of() {
    let place = tempfile::tempdir().unwrap();
    let mut results = wellspring::cli::folder::ResultsFolder::begin(&place.path().join("results")).unwrap();
    for name in ["../escaped.csv", "a/../../escaped.csv", "/escaped.csv", "./a.csv"] {
        assert_eq!(results.add(name, b"").unwrap_err().code.0, "C014", "{name}");
    }
    drop(results);
    assert!(names(place.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_at_once_wherever_a_file_is_named() {
    let study = STUDY.replacen("place = \"lancashire-south-cumbria\"", "place = \"./pipe.toml\"", 1);
    let place =
        folder(&[("plan.toml", &study), ("sir.toml", SCENARIO), ("kept/manifest.json", OLD), ("kept/old.csv", "")]);
    let place = place.path();
    for pipe in ["pipe.toml", "sir.mdl", "pipe.csv", "pipe.xlsx", "part/part.blocks"] {
        fs::create_dir_all(place.join(pipe).parent().unwrap()).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(place.join(pipe)).status().unwrap().success());
    }
    for arguments in [
        &["run", "plan.toml", "--draws", "1"][..],
        &["run", "one-per-cent", "--draws", "1", "--template", "pipe.toml"],
        &["check", "plan.toml", "pipe.toml"],
        &["places", "./pipe.toml"],
        &["programmes", "./pipe.toml"],
        &["simulate", "sir.mdl"],
        &["sweep", "sir.toml"],
        &["sensitivity", "--problem", "pipe.toml", "--outputs", "pipe.csv", "--method", "sobol"],
        &["new", "place", "--from", "pipe.xlsx"],
        &["merge", "part", "--out", "whole"],
    ] {
        let began = Instant::now();
        let mut child = started(place, arguments);
        while child.try_wait().unwrap().is_none() {
            if began.elapsed() > Duration::from_secs(60) {
                child.kill().unwrap();
                panic!("{arguments:?} waits for the pipe");
            }
            sleep(Duration::from_millis(5));
        }
        let output = child.wait_with_output().unwrap();
        let told = said(&output).contains("C095]") && said(&output).contains("is a pipe, and a file is needed");
        // A part's place is asked for a file first.
        let told = told || (arguments[0] == "merge" && said(&output).contains("C033]"));
        assert!(output.status.code() == Some(1) && told, "{arguments:?}: {}", said(&output));
    }
}

#[test]
fn failures_are_json_where_json_is_asked_for_and_standard_output_holds_nothing_else() {
    let place = sir();
    let json = ["--format", "json"];
    for (arguments, code, ending) in [
        (vec!["run", "one-percent"], "C006", 1),
        (vec!["run", "one-per-cent", "--draws", "0"], "C010", 2),
        (vec!["run", "one-per-cent", "--drawn", "1"], "C099", 2),
        (vec!["compare", "one-per-cent:no-such", "one-per-cent:from-growth"], "C072", 2),
        (vec!["sweep", "./sir.toml", "--shard", "3/2"], "C031", 2),
        (vec!["merge", "nowhere", "--out", "x"], "C033", 1),
        (vec!["sensitivity", "./sir.toml", "--method", "sobol", "--base", "3"], "C050", 2),
        (vec!["check"], "C099", 2),
    ] {
        let output = wellspring(place.path()).args(&arguments).args(json).output().unwrap();
        let found: Value =
            serde_json::from_slice(&output.stderr).unwrap_or_else(|_| panic!("{arguments:?}: {}", said(&output)));
        assert_eq!(output.status.code(), Some(ending), "{arguments:?}: {found}");
        assert_eq!(found[0]["code"], code, "{arguments:?}: {found}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
    for arguments in [["places", "nowhere"], ["programmes", "H99"], ["scenarios", "no-such"], ["explain", "M999"]] {
        let output = wellspring(place.path()).args(arguments).arg("--json").output().unwrap();
        let found: Value =
            serde_json::from_slice(&output.stderr).unwrap_or_else(|_| panic!("{arguments:?}: {}", said(&output)));
        assert!(found[0]["hints"].is_array() && output.stdout.is_empty(), "{found}");
    }
    let output = wellspring(place.path()).args(["check", "no.mdl", "--format", "json"]).output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((found[0]["code"].as_str(), said(&output).as_str()), (Some("C001"), ""));
}

#[test]
fn every_list_is_there_for_programs_in_both_forms() {
    let place = folder(&[]);
    for (arguments, rows) in [
        (vec!["places"], 20),
        (vec!["places", "blackpool"], 3),
        (vec!["programmes"], 30),
        (vec!["programmes", "H01"], 5),
        (vec!["evidence", "--grade", "A"], 20),
        (vec!["scenarios"], 10),
        (vec!["scenarios", "one-per-cent"], 10),
        (vec!["explain"], 100),
        (vec!["explain", "C095"], 1),
    ] {
        let asked = |form: &str| {
            let output = wellspring(place.path()).args(&arguments).arg(form).output().unwrap();
            assert_eq!((output.status.code(), said(&output)), (Some(0), String::new()), "{arguments:?}");
            output.stdout
        };
        let csv = asked("--csv");
        let mut csv = csv::Reader::from_reader(csv.as_slice());
        let columns = csv.headers().unwrap().len();
        let records: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
        assert!(records.len() >= rows && columns > 4, "{arguments:?}: {} rows", records.len());
        let json: Value = serde_json::from_slice(&asked("--json")).unwrap();
        // A list has as many rows in either form.
        if let (Some(list), true) = (json.as_array(), arguments.len() == 1) {
            assert_eq!(list.len(), records.len(), "{arguments:?}");
        }
    }
}

#[test]
fn a_table_that_was_changed_after_the_run_is_told_with_the_comparison() {
    let place = folder(&[]);
    let run = ["run", "one-per-cent", "--draws", "2", "--quiet", "--out", "before"];
    let output = wellspring(place.path()).args(run).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let compare = |more: &[&str]| {
        let arguments = ["compare", "before:from-growth", "before:base-cut", "--quiet"];
        let output = wellspring(place.path()).args(arguments).args(more).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        (String::from_utf8_lossy(&output.stdout).into_owned(), said(&output))
    };
    let (table, nothing) = compare(&[]);
    assert!(nothing.is_empty() && !table.contains("as its run wrote it"), "{nothing}{table}");
    let money: PathBuf = place.path().join("before/money.csv");
    let text = fs::read_to_string(&money).unwrap();
    fs::write(&money, text.replace('\n', "\r\n")).unwrap();
    let (table, warned) = compare(&[]);
    assert!(warned.starts_with("warning[C097]: `before/money.csv` is not as its run wrote it"), "{warned}");
    assert!(warned.contains("`wellspring run one-per-cent --draws 2 --out before` writes it again"), "{warned}");
    assert!(table.contains("is not as its run wrote it"), "{table}");
    let (json, warned) = compare(&["--format", "json"]);
    let (json, warned): (Value, Value) = (serde_json::from_str(&json).unwrap(), serde_json::from_str(&warned).unwrap());
    assert_eq!((&warned[0]["code"], &warned[0]["severity"]), (&"C097".into(), &"warning".into()));
    assert!(json["notes"].to_string().contains("is not as its run wrote it"), "{json}");
}

#[test]
fn more_threads_than_can_be_of_use_are_not_started() {
    let place = sir();
    let arguments = ["sweep", "./sir.toml", "--draws", "2", "--shard", "1/2", "--threads", "100000", "--out", "x"];
    let output = wellspring(place.path()).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).starts_with("--threads 100000 is more than can be of use here: "), "{}", said(&output));
}

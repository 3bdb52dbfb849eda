//! `wellspring run`: a folder of results, whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use engine::sampling::Design;
use wellspring::cli::folder::{MANIFEST, ResultsFolder, sha256};
use wellspring::report::tables;
use wellspring::study::{Overrides, prepare};

use crate::support::shipped;
use crate::transcript::{folder, wellspring};

const OURS: &str = "{ \"written_by\": \"wellspring\", \"outputs\": [{ \"name\": \"old.csv\" }] }";

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn old_results(place: &Path) -> PathBuf {
    let target = place.join("results");
    fs::create_dir_all(&target).unwrap();
    fs::write(target.join("old.csv"), "old").unwrap();
    fs::write(target.join(MANIFEST), OURS).unwrap();
    target
}

#[test]
fn a_study_writes_a_folder_that_says_what_it_was_made_from() {
    let place = folder(&[]);
    let run = |out: &str, threads: &str| {
        let arguments = ["run", "one-per-cent", "--draws", "3", "--seed", "5", "--out", out, "--threads", threads];
        let output = wellspring(place.path()).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        output
    };
    let output = run("one", "1");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("3 draws, 33 runs in ") && said.contains(" runs a second\nResults are in one"), "{said}");
    assert!(!said.contains('\r') && !said.contains('\u{1b}'), "no bar where nobody sees it: {said}");
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");

    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(place.path().join("one").join(MANIFEST)).unwrap()).unwrap();
    assert_eq!((&manifest["draws"], &manifest["seed"], &manifest["design"]), (&3.into(), &5.into(), &"lhs".into()));
    assert_eq!(manifest["command"][2], "one-per-cent");
    let outputs = manifest["outputs"].as_array().unwrap();
    assert_eq!(names(&place.path().join("one")).len(), outputs.len() + 1);
    for output in outputs {
        let bytes = fs::read(place.path().join("one").join(output["name"].as_str().unwrap())).unwrap();
        assert_eq!(output["sha256"], sha256(&bytes));
        assert_eq!(output["bytes"], bytes.len());
    }

    run("two", "2");
    for name in names(&place.path().join("one")) {
        let read = |folder: &str| fs::read(place.path().join(folder).join(&name)).unwrap();
        assert!(read("one") == read("two"), "{name} differs between 1 and 2 threads");
    }
    run("one", "2");
    assert_eq!(names(place.path()), ["one", "two"]);
}

#[test]
fn a_study_beyond_its_memory_has_the_same_files_and_leaves_nothing_beside_them() {
    let place = folder(&[]);
    let run = |out: &str, more: &[&str]| {
        let arguments = ["run", "one-per-cent", "--draws", "80", "--out", out];
        let output = wellspring(place.path()).args(arguments).args(more).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{said}");
        said
    };
    run("whole", &[]);
    let said = run("little", &["--memory", "1MB", "--timings"]);
    for stage in ["Where the time went: ", "compiling", "simulating", "storing", "quantiles", "%"] {
        assert!(said.contains(stage), "{said}");
    }
    assert!(run("quiet", &["--memory", "1kB", "--quiet"]).is_empty());
    for name in names(&place.path().join("whole")) {
        let read = |folder: &str| fs::read(place.path().join(folder).join(&name)).unwrap();
        assert!(read("whole") == read("little") && read("whole") == read("quiet"), "{name} differs with the memory");
    }
    assert_eq!(names(&place.path().join("whole")), names(&place.path().join("little")));
    assert_eq!(names(place.path()), ["little", "quiet", "whole"]);
}

#[test]
fn a_scenario_on_the_disk_names_its_own_and_shipped_files() {
    let card = include_str!("../../evidence/programmes/H04-home-hazards.toml");
    let scenario = include_str!("../../scenarios/one-per-cent.toml")
        .replace("\"H04\", \"E01\"", "\"cards/rails.toml\", \"E01\"")
        .replace("name = \"one-per-cent\"", "name = \"mine\"");
    let place = folder(&[("studies/mine.toml", &scenario), ("studies/cards/rails.toml", card)]);
    let arguments = ["run", "studies/mine.toml", "--draws", "1", "--quiet", "--format", "json"];
    let output = wellspring(place.path()).args(arguments).output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr)), (Some(0), "".into()));
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&findings["name"], &findings["programmes"][1][0]), (&"mine".into(), &"H04".into()));
    let manifest = fs::read_to_string(place.path().join("out/mine").join(MANIFEST)).unwrap();
    assert!(manifest.contains("\"studies/cards/rails.toml\""), "{manifest}");

    fs::remove_file(place.path().join("studies/cards/rails.toml")).unwrap();
    let output = wellspring(place.path()).args(["run", "studies/mine.toml"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("error[C001]: there is no file `studies/cards/rails.toml`"), "{said}");
    assert!(said.contains("--> studies/mine.toml:"), "{said}");
}

#[test]
fn the_new_folder_takes_the_place_of_the_old_one_only_when_it_is_whole() {
    let place = folder(&[]);
    let target = old_results(place.path());
    let mut results = ResultsFolder::begin(&target).unwrap();
    results.add("new.csv", b"new").unwrap();
    results.add("pictures/demand.svg", b"<svg/>").unwrap();
    assert_eq!(names(&target), [MANIFEST, "old.csv"]);
    results.finish(OURS).unwrap();
    assert_eq!(names(&target), [MANIFEST, "new.csv", "pictures"]);
    assert_eq!(names(place.path()), ["results"]);
}

#[test]
fn a_failure_half_way_leaves_the_old_folder_whole() {
    let place = folder(&[]);
    let target = old_results(place.path());
    let mut results = ResultsFolder::begin(&target).unwrap();
    results.add("new.csv", b"new").unwrap();
    let too_long = "x".repeat(300);
    assert_eq!(results.add(&too_long, b"").unwrap_err().code.0, "C014");
    drop(results);
    assert_eq!(names(&target), [MANIFEST, "old.csv"]);
    assert_eq!(names(place.path()), ["results"]);
}

#[test]
fn what_an_interrupted_run_left_is_put_right() {
    let place = folder(&[
        ("results.partial/manifest.json", "{ \"written_by\": \"wellspring\", \"unfinished\": true }"),
        ("results.partial/half.csv", "ha"),
        ("results.previous/manifest.json", OURS),
        ("results.previous/old.csv", "old"),
    ]);
    let target = place.path().join("results");
    let results = ResultsFolder::begin(&target).unwrap();
    // Cut off in the middle of a swap: the old results are back.
    assert_eq!(names(&target), [MANIFEST, "old.csv"]);
    assert_eq!(names(&place.path().join("results.partial")), [MANIFEST]);
    results.finish(OURS).unwrap();
    assert_eq!(names(place.path()), ["results"]);
}

#[test]
fn a_partial_folder_of_the_persons_own_is_left_alone() {
    let place = folder(&[("results.partial/thesis.docx", "years of work")]);
    let refused = ResultsFolder::begin(&place.path().join("results")).unwrap_err();
    assert_eq!(refused.code.0, "C012");
    assert_eq!(names(place.path()), ["results.partial"]);
}

#[test]
fn two_runs_do_not_write_to_one_folder() {
    let place = folder(&[]);
    let target = place.path().join("results");
    let first = ResultsFolder::begin(&target).unwrap();
    assert_eq!(ResultsFolder::begin(&target).unwrap_err().code.0, "C018");
    first.finish(OURS).unwrap();
    assert!(ResultsFolder::begin(&target).is_ok());
}

#[test]
#[cfg(unix)]
fn a_folder_that_may_not_be_written_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let place = folder(&[("closed/x", "")]);
    let closed = place.path().join("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    // To the superuser nothing is closed.
    if fs::write(closed.join("y"), "").is_err() {
        let output =
            wellspring(place.path()).args(["run", "one-per-cent", "--out", "closed/results"]).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8(output.stderr).unwrap().starts_with("error[C014]"));
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn mistakes_are_told_to_programs_as_json() {
    let place = folder(&[]);
    let output = wellspring(place.path()).args(["run", "one-percent", "--format", "json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let found: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(found[0]["code"], "C006");
}

/// The cells of a table, the last column apart.
fn without_errors(table: &str) -> Vec<&str> {
    table.lines().map(|line| line.rsplit_once(',').unwrap().0).collect()
}

#[test]
fn a_ranking_has_a_row_for_each_statistic_of_each_pair() {
    let place = folder(&[]);
    let arguments = ["run", "one-per-cent", "--draws", "16", "--out", "x"];
    let output = wellspring(place.path()).args(arguments).output().unwrap();
    let table = fs::read_to_string(place.path().join("x/ranking.csv")).unwrap();
    let header = "place,strategy,comparator,outcome,group,payer,year,unit,price_base,statistic,value,mc_error";
    assert_eq!(table.lines().next(), Some(header));
    // Five strategies are ten pairs, with seven numbers each; against doing nothing there are five more.
    assert_eq!(table.lines().count(), 1 + (10 * 5 + 15 * 2) * 7);
    for (outcome, pairs) in [
        ("net-at-horizon", 10),
        ("lifetime-net-present-value", 10),
        ("net-qalys", 15),
        ("net-social-benefit", 15),
        ("demand-change", 10),
        ("admissions-change", 10),
        ("unmet-need", 10),
    ] {
        let rows = table.lines().filter(|line| line.contains(&format!(",{outcome},"))).count();
        assert_eq!(rows, 7 * pairs, "{outcome}");
    }
    assert_eq!(table.lines().filter(|line| line.contains(",do-nothing,net-qalys,")).count(), 35);
    for line in table.lines().filter(|line| line.contains(",resolved,")) {
        assert!(line.ends_with(",resolved,1,") || line.ends_with(",resolved,0,"), "{line}");
    }
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("Which is better, and do 16 draws tell?") && shown.contains("resolved"), "{shown}");
}

#[test]
fn repetitions_of_a_random_design_change_errors_and_nothing_else() {
    let tables = |replicates: u64| {
        let overrides = Overrides {
            draws: Some(16),
            design: Some(Design::Random),
            replicates: Some(replicates),
            ..Overrides::default()
        };
        let (study, _) = prepare(&shipped(), &overrides).unwrap();
        let found = study.run(&|_| {});
        tables(&found).into_iter().map(|table| (table.csv(), table.file)).collect::<Vec<_>>()
    };
    let (one, four) = (tables(1), tables(4));
    assert_eq!(one.len(), four.len());
    for ((one, file), (four, _)) in one.iter().zip(&four).filter(|((_, file), _)| file != "ranking.csv") {
        assert_eq!(without_errors(one), without_errors(four), "{file}");
        assert_ne!(one, four, "{file}");
    }
}

#[test]
fn a_study_is_drawn_until_it_is_precise_or_has_drawn_enough() {
    let place = folder(&[]);
    let run = |out: &str, more: &[&str]| {
        let arguments = ["run", "one-per-cent", "--out", out];
        let draws: &[&str] = if more.contains(&"--draws") { &[] } else { &["--draws", "16"] };
        let output = wellspring(place.path()).args(arguments).args(draws).args(more).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{said}");
        let manifest = fs::read_to_string(place.path().join(out).join(MANIFEST)).unwrap();
        (said, serde_json::from_str::<serde_json::Value>(&manifest).unwrap())
    };
    let (said, manifest) = run("short", &["--design", "random", "--until", "0.01%", "--at-most", "40"]);
    assert!(said.contains("Stopped at 32 draws, since 40 are the most allowed: not within 0.01% yet: "), "{said}");
    assert_eq!((&manifest["draws"], &manifest["stopping"]["settled"]), (&32.into(), &false.into()));
    assert_eq!(manifest["stopping"]["rounds"], serde_json::json!([16, 32]));
    let (_, plain) = run("plain", &["--design", "random", "--draws", "32"]);
    assert_eq!(plain.get("stopping"), None);
    let table = |folder: &str| fs::read(place.path().join(folder).join("summary.csv")).unwrap();
    assert!(table("short") == table("plain"), "the last round is a study of as many draws");
    let (said, manifest) = run("soon", &["--until", "99%", "--at-most", "512"]);
    assert!(said.contains("all that is watched is within 99%"), "{said}");
    assert_eq!(manifest["stopping"]["settled"], true);
    assert!(manifest["stopping"]["rounds"].as_array().unwrap().len() >= 2);
    assert_eq!((&manifest["command"][5], &manifest["command"][6]), (&"--until".into(), &"99%".into()));
}

#[test]
fn a_scenario_says_when_it_has_drawn_enough() {
    let small = include_str!("../diagnostics/C055/mine.toml").split("[[correlation]]").next().unwrap();
    let small = small.replace("draws = 1000", "draws = 16").replace("\"lhs\"", "\"random\"");
    let spent = "[levers]\n\"Programme share[H01]\" = 0.6\n\"Programme share[E08]\" = 0.4\n";
    let small = small.replace("[levers]\n\"Ring", &format!("{spent}\"Ring"));
    let scenario = |rule: &str| format!("{small}\n[stopping]\n{rule}\n");
    let wide = "within = { \"net-at-horizon:cash\" = 1e12, \"payback:cash@5\" = 1, \"demand:a-e-attendances@3\" = 1e9 }\nchoice = false";
    let texts = [
        ("wide.toml", scenario(wide)),
        (
            "narrow.toml",
            scenario(
                "precision = 1e-6\noutcomes = [\"net-at-horizon:social\"]\nwithin = { \"slope-index:a-e-attendances\" = 1 }\nchoice = false\nrounds = 2",
            ),
        ),
    ];
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let place = folder(&files);
    let run = |scenario: &str, more: &[&str]| {
        let output = wellspring(place.path()).args(["run", scenario, "--out", "found"]).args(more).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{said}");
        let manifest = fs::read_to_string(place.path().join("found").join(MANIFEST)).unwrap();
        (said, serde_json::from_str::<serde_json::Value>(&manifest).unwrap())
    };
    let (said, manifest) = run("./wide.toml", &[]);
    assert!(
        said.contains("Stopped at 32 draws, after 2 rounds: all that is watched is within its tolerance"),
        "{said}"
    );
    let stopping = &manifest["stopping"];
    assert_eq!((&stopping["settled"], &stopping["rounds"]), (&true.into(), &serde_json::json!([16, 32])));
    assert_eq!(stopping["outcomes"][0], "net-at-horizon:cash within 1000000000000");
    assert_eq!(stopping["outcomes"].as_array().unwrap().len(), 3);
    let (said, manifest) = run("./narrow.toml", &[]);
    assert!(
        said.contains("Stopped at 32 draws, since 32 are the most allowed: not within 0.0001% or its own tolerance"),
        "{said}"
    );
    assert_eq!(manifest["stopping"]["missing"].as_array().unwrap().len(), 4, "{manifest}");
    assert_eq!(run("./narrow.toml", &["--until", "never"]).1.get("stopping"), None);
    let (_, manifest) = run("./narrow.toml", &["--until", "99%", "--at-most", "16"]);
    assert_eq!((&manifest["stopping"]["until"], &manifest["stopping"]["at_most"]), (&"99%".into(), &16.into()));
    assert_eq!(manifest["stopping"].get("outcomes"), None);
}

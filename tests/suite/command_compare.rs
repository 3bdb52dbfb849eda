//! `wellspring compare`: plans side by side, paired where the draws are the same and honest where they are not.

use std::path::Path;

use serde_json::Value;

use crate::transcript::{folder, wellspring};

const SCENARIO: &str = include_str!("../../scenarios/one-per-cent.toml");

fn ran(place: &Path, arguments: &[&str]) -> String {
    let output = wellspring(place).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a comparison says, as JSON.
fn compared(place: &Path, plans: &[&str], more: &[&str]) -> Value {
    let arguments = [&["compare"], plans, &["--quiet", "--format", "json"], more].concat();
    serde_json::from_str(&ran(place, &arguments)).unwrap()
}

/// The rows of a plan itself, or of it less the first.
fn rows<'v>(found: &'v Value, plan: &str, difference: bool) -> Vec<&'v Value> {
    let rows = found["rows"].as_array().unwrap().iter();
    rows.filter(|row| row["plan"] == plan && (row["less"] != "") == difference).collect()
}

/// A row's line, year and statistic.
fn key(row: &Value) -> [String; 4] {
    ["outcome", "group", "year", "statistic"].map(|name| row[name].as_str().unwrap().to_owned())
}

fn notes(found: &Value) -> String {
    found["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_same_plan_in_two_scenarios_differs_in_no_draw() {
    let place = folder(&[("copy.toml", &SCENARIO.replace("name = \"one-per-cent\"", "name = \"copy\""))]);
    let plans = ["one-per-cent:from-growth", "copy.toml:from-growth", "copy.toml:unprotected"];
    let found = compared(place.path(), &plans, &["--draws", "6"]);
    let same = rows(&found, plans[1], true);
    assert!(same.len() > 500);
    for row in same {
        assert!(
            row["paired"] == "yes" && row["value"] == 0.0 && row["mc_error"].as_f64().is_none_or(|e| e == 0.0),
            "{row}"
        );
    }
    assert!(notes(&found).contains("2 and 3 less 1 are paired"), "{}", notes(&found));

    // Means subtract whatever is paired; the error is that of the differences, not of two plans.
    let (first, other) = (rows(&found, plans[0], false), rows(&found, plans[2], false));
    let mut closer = 0;
    for row in rows(&found, plans[2], true) {
        if row["statistic"] != "mean" && row["statistic"] != "probability" {
            continue;
        }
        let of = |rows: &[&Value]| {
            let row = rows.iter().find(|one| key(one) == key(row)).unwrap();
            (row["value"].as_f64().unwrap(), row["mc_error"].as_f64().unwrap_or(0.0))
        };
        let ((one, one_error), (two, two_error)) = (of(&first), of(&other));
        let value = row["value"].as_f64().unwrap();
        assert!((value - (two - one)).abs() <= 1e-9 * (one.abs() + two.abs()) + 1e-12, "{row}");
        closer += usize::from(row["mc_error"].as_f64().unwrap() < 0.5 * one_error.hypot(two_error));
    }
    assert!(closer > 50, "{closer}");
}

#[test]
fn a_folder_holds_the_numbers_of_the_run_and_no_draws() {
    let place = folder(&[]);
    ran(place.path(), &["run", "one-per-cent", "--draws", "4", "--out", "f", "--quiet"]);
    let found = compared(place.path(), &["f:from-growth", "one-per-cent:from-growth"], &["--draws", "4"]);
    let (read, run) = (rows(&found, "f:from-growth", false), rows(&found, "one-per-cent:from-growth", false));
    assert!(read.len() > 500 && read.len() == run.len());
    for (read, run) in read.iter().zip(&run) {
        assert_eq!((key(read), &read["value"], &read["mc_error"]), (key(run), &run["value"], &run["mc_error"]));
    }
    for row in rows(&found, "one-per-cent:from-growth", true) {
        let told = [row["paired"] == "no", row["value"] == 0.0, row["mc_error"].is_null()];
        assert!(told == [true; 3] && ["mean", "probability"].contains(&row["statistic"].as_str().unwrap()), "{row}");
    }
    assert!(notes(&found).contains("2 less 1 is not paired: the folder `f` holds no draws."), "{}", notes(&found));
    let outcomes = ["programme-spending", "service-cost", "net", "cumulative-net", "qalys-gained", "qalys-displaced"];
    for outcome in outcomes.into_iter().chain(["demand-change", "payback-by-year"]) {
        assert!(read.iter().any(|row| row["outcome"] == outcome), "{outcome}");
    }

    // A cell that is no number is told with its place.
    let (money, head) = (place.path().join("f/money.csv"), "place,strategy,comparator,");
    let text = std::fs::read_to_string(&money).unwrap();
    let third = text.lines().nth(2).unwrap();
    let (before, error) = third.rsplit_once(',').unwrap();
    let (before, _) = before.rsplit_once(',').unwrap();
    std::fs::write(&money, text.replace(third, &format!("{before},many,{error}"))).unwrap();
    let refused = |message: &str, line: usize, column: usize| {
        let output = wellspring(place.path()).args(["compare", "f", "--quiet"]).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        let message = format!("error[C070]: the folder `f` holds no results of a study: money.csv: {message}");
        assert!(output.status.code() == Some(1) && told.starts_with(&message), "{told}");
        assert!(told.contains(&format!("--> f/money.csv:{line}:{column}")), "{told}");
    };
    refused("`many` in row 2, column `value` is no number", 3, before.len() + 2);
    std::fs::write(&money, text.replacen(head, "place,plan,comparator,", 1)).unwrap();
    refused("it has no column `strategy`", 1, 1);
    // Columns in another order, with one more, are the same table.
    let turned: String =
        text.lines().map(|line| format!("{}{line}\n", if line.starts_with(head) { "note," } else { "," })).collect();
    std::fs::write(&money, turned).unwrap();
    let again = compared(place.path(), &["f:from-growth", "one-per-cent:from-growth"], &["--draws", "4"]);
    assert_eq!(rows(&again, "f:from-growth", false), read);
}

#[test]
fn folders_of_other_draws_say_so_and_write_what_they_show() {
    let place = folder(&[]);
    for seed in ["1", "2"] {
        ran(place.path(), &["run", "one-per-cent", "--draws", "3", "--seed", seed, "--out", seed, "--quiet"]);
    }
    let text = ran(place.path(), &["compare", "1:from-growth", "2:from-growth", "--out", "both", "--quiet"]);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("not paired: the draws differ: seed 1 against 2; the folders hold no draws."), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let table = std::fs::read_to_string(place.path().join("both/compare.csv")).unwrap();
    assert!(table.starts_with("plan,less,paired,place,strategy,comparator,outcome,group,payer,year,unit,price_base,"));
    assert!(table.contains("\n2:from-growth,1:from-growth,no,lancashire-south-cumbria,from-growth,"));
    let manifest = std::fs::read_to_string(place.path().join("both/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["made_from"][1]["manifest"]["seed"], 2);
    let written: Vec<&str> =
        manifest["outputs"].as_array().unwrap().iter().map(|o| o["name"].as_str().unwrap()).collect();
    let pictures = ["compare-demand.png", "compare-demand.svg", "compare-net.png", "compare-net.svg"];
    assert_eq!(written, [&pictures[..], &["compare.csv"]].concat());
    // A folder of a comparison is wellspring's own, and may be replaced.
    ran(place.path(), &["compare", "1:from-growth", "2:base-cut", "--out", "both", "--quiet"]);
}

#[test]
fn plans_of_other_horizons_are_compared_over_the_years_of_both() {
    let shorter = SCENARIO.replace("horizon_years = 10", "horizon_years = 8");
    let place = folder(&[("shorter.toml", &shorter)]);
    let found = compared(place.path(), &["one-per-cent:base-cut", "shorter.toml:base-cut"], &["--draws", "2"]);
    let years = found["years"].as_array().unwrap();
    assert_eq!((years.len(), &years[7]), (8, &Value::from("2032/33")));
    assert!(notes(&found).contains("only those of all are shown, 2025/26 to 2032/33"), "{}", notes(&found));
}

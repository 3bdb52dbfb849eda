//! `wellspring optimise`: a better mix, with few draws and plans.

use std::fs;

use crate::transcript::{folder, wellspring};

#[test]
fn the_best_mix_is_a_scenario_and_the_same_whatever_the_threads() {
    let place = folder(&[]);
    let run = |threads: &str, out: &str| {
        let output = wellspring(place.path())
            .args(["optimise", "one-per-cent", "--goal", "cash-by-5", "--draws", "4", "--plans", "12"])
            .args(["--quiet", "--threads", threads, "--out", out])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let text = run("1", "one");
    assert_eq!(text, run("2", "two"));
    assert!(text.contains("Goal: net cash by plan year 5") && text.contains("; resolved)"), "{text}");
    spending_is_told(&text, &fs::read_to_string(place.path().join("one/gain.csv")).unwrap());
    for file in ["best.toml", "mix.csv", "gain.csv", "manifest.json"] {
        let read = |out: &str| fs::read(place.path().join(out).join(file)).unwrap();
        assert!(read("one") == read("two"), "{file} depends on the threads");
    }
    let best = fs::read_to_string(place.path().join("one/best.toml")).unwrap();
    assert!(best.contains("name = \"one-per-cent-best\"") && best.contains("{ from = 6, value = "), "{best}");
    let checked = wellspring(place.path()).args(["check", "one/best.toml"]).output().unwrap();
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stderr));
    shares_are_parts_of_a_whole(&fs::read_to_string(place.path().join("one/mix.csv")).unwrap());
}

/// A goal in cash may be met by not spending, so what both plans spend stands beside it, and that less is spent is said.
fn spending_is_told(text: &str, table: &str) {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let row: csv::StringRecord = reader.records().next().unwrap().unwrap();
    let [best, file] = [5, 6].map(|column| row[column].parse::<f64>().unwrap());
    // Ten years of at most one per cent of some five billion.
    assert!(0.0 < best && best < file && file < 6e8, "{best} {file}");
    let text = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    let told = format!("£{:.0}m with the best mix found", best / 1e6);
    assert!(text.contains("Spent on prevention over the plan years") && text.contains(&told[..3]), "{told}: {text}");
    assert!(text.contains("less is spent: in cash, money that is not spent counts as won."), "{text}");
}

fn shares_are_parts_of_a_whole(table: &str) {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(reader.headers().unwrap(), &csv::StringRecord::from(vec!["lever", "from", "to", "file", "best"]));
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    assert_eq!(rows.len(), 18);
    for first in ["1", "6"] {
        for column in [3, 4] {
            let shares = rows.iter().filter(|row| &row[1] == first).map(|row| row[column].parse::<f64>().unwrap());
            let sum: f64 = shares.inspect(|share| assert!(*share >= 0.0)).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        }
    }
}

#[test]
fn a_frontier_between_two_goals_holds_the_plan_in_the_file_too() {
    let place = folder(&[]);
    let output = wellspring(place.path())
        .args(["optimise", "one-per-cent", "--goal", "qalys", "--and", "need", "--draws", "3", "--plans", "12"])
        .args(["--quiet", "--out", "both"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let table = fs::read_to_string(place.path().join("both/frontier.csv")).unwrap();
    assert_eq!(table.lines().filter(|line| line.contains(",reference,")).count(), 1, "{table}");
    none_is_beaten_by_another(&table);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("Plans between QALYs gained and need for emergency") && text.contains("That in the file"),
        "{text}"
    );
    assert!(place.path().join("both/frontier.svg").is_file());
}

/// Along the frontier one goal rises and the other falls, and no plan there is beaten by that in the file.
fn none_is_beaten_by_another(table: &str) {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headers = reader.headers().unwrap().clone();
    assert_eq!((&headers[4], &headers[5]), ("spending", "better"));
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    let number = |row: &csv::StringRecord, column: usize| row[column].parse::<f64>().unwrap();
    let (front, own): (Vec<_>, Vec<_>) = rows.iter().partition(|row| &row[1] == "frontier");
    assert!(!front.is_empty() && own.len() == 1, "{table}");
    for two in front.windows(2) {
        assert!(number(two[0], 2) < number(two[1], 2) && number(two[0], 3) > number(two[1], 3), "{table}");
    }
    let same = |one: &csv::StringRecord| number(one, 2) == number(own[0], 2) && number(one, 3) == number(own[0], 3);
    for one in front.iter().filter(|one| !same(one)) {
        assert!(number(one, 2) > number(own[0], 2) || number(one, 3) > number(own[0], 3), "{table}");
    }
    assert!(rows.iter().all(|row| number(row, 4) > 0.0), "{table}");
}

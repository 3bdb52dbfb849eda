//! `wellspring decide`: what a study means for the choice, with few draws.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::transcript::{folder, session, wellspring};

/// A table as rows of name and field.
fn table(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("`{}` under {column}", row[column]))
}

/// A short study of two strategies.
fn scenario() -> String {
    let text = crate::support::text("scenarios/one-per-cent.toml").content;
    let mut parts = text.split("\n[[strategy]]\n");
    let head = parts.next().unwrap().replace("name = \"one-per-cent\"", "name = \"short\"");
    let kept: Vec<&str> = parts.take(2).collect();
    format!(
        "{head}\n[decide]\nqaly = [20000, 70000]\nfails = {{ outcome = \"net-at-horizon:social\", below = 0 }}\n\n[[strategy]]\n{}",
        kept.join("\n[[strategy]]\n")
    )
}

#[test]
fn a_choice_is_the_same_whatever_the_threads_and_its_tables_hold_together() {
    let place = folder(&[("short.toml", &scenario())]);
    let run = |threads: &str, out: &str| {
        let output = wellspring(place.path())
            .args(["decide", "short.toml", "--draws", "64", "--quiet", "--threads", threads, "--out", out])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let text = run("1", "one");
    assert_eq!(text, run("2", "two"));
    for heading in ["Which strategy is best", "know more", "have to believe", "When a plan fails", "knows the odds"] {
        assert!(text.contains(heading), "no {heading} in\n{text}");
    }
    let one = place.path().join("one");
    let mut files: Vec<String> =
        fs::read_dir(&one).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    for file in &files {
        assert!(
            fs::read(one.join(file)).unwrap() == fs::read(place.path().join("two").join(file)).unwrap(),
            "{file} depends on the threads"
        );
    }
    for (file, columns) in [
        ("plane.csv", "strategy,against,draw,costs_more,effects_more"),
        ("acceptability.csv", "worth,strategy,net_benefit,net_benefit_mc_error,probability_best,probability_mc_error"),
        ("thresholds.csv", "strategy,goal,input,measure,low,high,margin_at_low,margin_at_low_mc_error"),
        ("boxes.csv", "strategy,box,row,step,chosen,coverage,density,mass,restricted,input,low,high,quasi_p"),
        ("robustness.csv", "strategy,scenario,measure,value,chosen"),
        ("structure.csv", "measure,without,name,strategy,value,mc_error,share,best"),
    ] {
        assert!(files.iter().any(|name| name == file), "no {file} in {files:?}");
        let text = fs::read_to_string(one.join(file)).unwrap();
        assert!(text.starts_with(columns), "{file} begins {}", text.lines().next().unwrap());
    }
    for picture in ["plane", "acceptability", "expected-loss", "information", "regret"] {
        assert!(files.contains(&format!("{picture}.svg")) && files.contains(&format!("{picture}.png")), "{files:?}");
    }
    information_is_ordered(&one);
    what_is_not_resolved_is_no_finding(&text, &one);
    let said = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    assert!(said.contains("too few to say when: in half of the draws it fails"), "{text}");
    doing_nothing_is_the_zero(&one);
    net_benefit_is_the_present_value_of_the_study(place.path());
}

/// At the scenario's first value of a QALY, the mean net benefit is the net present value over a lifetime for society that `run` tells.
fn net_benefit_is_the_present_value_of_the_study(place: &Path) {
    let run = ["run", "short.toml", "--draws", "64", "--quiet", "--out", "study"];
    assert_eq!(wellspring(place).args(run).output().unwrap().status.code(), Some(0));
    let study = table(&place.join("study/summary.csv"));
    let decision = table(&place.join("one/acceptability.csv"));
    for (id, name) in [("base-cut", "Cut from services, ring-fenced"), ("from-growth", "From growth, ring-fenced")] {
        let told = study.iter().find(|row| {
            row["strategy"] == id
                && row["outcome"] == "lifetime-net-present-value"
                && row["group"] == "social"
                && row["statistic"] == "mean"
        });
        let own = decision.iter().find(|row| row["strategy"] == name && number(row, "worth") == 70_000.0).unwrap();
        let (told, own) = (number(told.unwrap(), "value"), number(own, "net_benefit"));
        assert!((told - own).abs() < 1e-9 * told.abs(), "{id}: {own}, and {told} in the study");
    }
}

/// Knowing everything is worth something or nothing, and no single thing more.
fn information_is_ordered(folder: &Path) {
    let rows = table(&folder.join("information.csv"));
    let name = |row: &BTreeMap<String, String>| row.values().any(|value| value == "everything");
    let all: Vec<(f64, f64)> =
        rows.iter().filter(|row| name(row)).map(|row| (number(row, "worth"), number(row, "value"))).collect();
    assert!(all.len() > 50 && all.iter().all(|(_, value)| *value >= 0.0));
    let parts: Vec<_> = rows.iter().filter(|row| !name(row)).collect();
    assert!(parts.len() > 100);
    for row in parts {
        let worth = number(row, "worth");
        let most = all.iter().find(|one| one.0 == worth).unwrap().1;
        for column in ["value", "mc_error", "bias"] {
            let value = number(row, column);
            assert!((0.0..=most * (1.0 + 1e-9)).contains(&value), "{column} of {row:?} of {most}");
        }
    }
}

/// Names of inputs and groups that no worth tells from 0 are not in what it would be worth to know.
fn what_is_not_resolved_is_no_finding(text: &str, folder: &Path) {
    let from = text.find("know more before deciding").unwrap();
    let knowing = &text[from..text.find("What you would have to believe").unwrap()];
    let knowing = knowing.split_whitespace().collect::<Vec<&str>>().join(" ");
    let rows = table(&folder.join("information.csv"));
    let resolved = |known: &str| rows.iter().any(|row| row["known"] == known && row["resolved"] == "yes");
    let names: std::collections::BTreeSet<&String> = rows.iter().map(|row| &row["known"]).collect();
    // Of a group with more numbers than 64 draws can tell, some are counted, and it is said how many.
    assert!(names.iter().any(|name| name.contains("(6 of its ")), "{names:?}");
    assert!(names.iter().any(|name| name.starts_with("which effects H04")), "{names:?}");
    for name in names.iter().filter(|name| **name != "everything" && !resolved(name)) {
        assert!(!knowing.contains(&format!("{name} £")), "{name}: {knowing}");
    }
}

/// Doing nothing has no cost and no effect, and probabilities of all strategies add up to 1.
fn doing_nothing_is_the_zero(folder: &Path) {
    let rows = table(&folder.join("acceptability.csv"));
    let nothing = rows.iter().filter(|row| row["strategy"] == "Do nothing");
    assert!(nothing.clone().count() > 50 && nothing.clone().all(|row| number(row, "net_benefit") == 0.0));
    let at: f64 =
        rows.iter().filter(|row| number(row, "worth") == 70_000.0).map(|row| number(row, "probability_best")).sum();
    assert!((at - 1.0).abs() < 1e-9, "{at}");
}

#[test]
fn what_cannot_be_decided_is_said() {
    session(
        &[],
        "
$ wellspring decide one-per-cent --draws 0
! error[C010]: --draws 0 leaves nothing to report
!  |
!  = hint: ask for one draw or more; 20 show that it works, 1,000 are a sound basis
? 2
",
    );
    let wrong = scenario().replace("fails =", "deep = [\"Nothing of the kind\"]\nfails =");
    let place = folder(&[("short.toml", &wrong)]);
    let output = wellspring(place.path()).args(["decide", "short.toml", "--draws", "64"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("error[T021]: `Nothing of the kind` is not uncertain in this study"), "{said}");
    assert!(said.contains("short.toml:"), "{said}");
}

//! Inputs that cannot be, in studies and workbooks: each is told with its place and what to write, and none is reckoned with.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use crate::transcript::{folder, play};

const CARD: &str = r#"
[card]
schema = 1
id = "B01"
name = "Warm hubs"
description = "Warm rooms with food and advice for lonely older people."
domain = "social"
target_group = "People of 65 and over who live alone"
payer = "Housing and public health"
gains = "NHS acute"
route = "relative risk"

["Unit cost[B01]"]
value = 250
price_year = "2024/25"
unit = "pounds per person"
grade = "C"
source = "wellspring-judgement"

["Log relative risk[B01,Emergency admission]"]
value = -0.05
unit = "logarithm of a ratio"
grade = "C"
source = "wellspring-judgement"
"#;

/// What makes the card reach people.
const REACHES: &str = r#"
["Eligible per resident[B01]"]
value = 1870
per = 100000
unit = "people per 100,000 residents"
grade = "C"
source = "wellspring-judgement"

["Target group rate[B01,Emergency admission]"]
value = 0.3
unit = "admissions a year"
grade = "C"
source = "wellspring-judgement"
"#;

fn study(levers: &str, top_slice: &str) -> String {
    format!(
        r#"schema = 1
name = "mine"
title = "Warm hubs"
question = "What do warm hubs do?"
source = "A test."
model = "prevention"
place = "burnley"
programmes = ["./card.toml"]
horizon_years = 3
draws = 4
seed = 1
design = "lhs"
[discounting]
cost = 0.035
health = 0.015
[values]
qaly = [70000]
[levers]
"Programme share[B01]" = 1
{levers}
[[strategy]]
id = "hubs"
name = "Hubs"
why = "Try."
[strategy.levers]
"Top slice share of the NHS budget" = {top_slice}
"#
    )
}

#[test]
fn a_card_that_reaches_nobody_is_told_and_nothing_is_paid_back() {
    let place = folder(&[("card.toml", CARD), ("mine.toml", &study("", "0.002"))]);
    let said = play(place.path(), "$ wellspring check mine.toml\n");
    assert!(said.contains("warning[T033]: the card B01 reaches nobody"), "{said}");
    assert!(said.contains("warning[T034]: the card B01 acts on `Emergency admission`"), "{said}");
    let said = play(place.path(), "$ wellspring run mine.toml --out found --quiet\n");
    assert!(said.contains("nothing was spent"), "{said}");
    assert!(
        said.contains("Nothing was spent under “Hubs”, because no programme has people who are eligible"),
        "{said}"
    );
    assert!(!said.contains("Payback within"), "{said}");
    let read = |file: &str| fs::read_to_string(place.path().join("found").join(file)).unwrap();
    let payback = read("payback.csv");
    let mut chances = payback.lines().filter(|line| line.contains("payback-by-year"));
    assert!(
        chances.clone().count() > 0
            && chances
                .all(|line| line.ends_with(",share of draws,,probability,0,0") || line.contains(",probability,0,")),
        "{payback}"
    );
    assert!(payback.lines().any(|line| line.contains("payback-year,cash,,nothing was spent")), "{payback}");
    assert!(read("easy-read.html").contains("<p>No money was used.</p>"));
    assert!(!read("easy-read.html").contains("in all of our sums"));
    assert!(read("report.html").contains("Nothing was spent under “Hubs”, because no programme"));
}

#[test]
fn a_plan_with_no_money_says_so() {
    let card = format!("{CARD}{REACHES}");
    let place = folder(&[("card.toml", &card), ("mine.toml", &study("", "0"))]);
    let said = play(place.path(), "$ wellspring check mine.toml\n$ wellspring run mine.toml --out found --quiet\n");
    assert!(said.contains("1 file, no problems"), "{said}");
    assert!(said.contains("Nothing was spent under “Hubs”, because the plan was given no money"), "{said}");
}

#[test]
fn levers_and_figures_that_cannot_be_are_refused_by_check_run_and_sweep() {
    let card = format!("{CARD}{REACHES}").replace("value = 1870\nper = 100000", "value = 1870");
    let levers = "\"Ring fence strength\" = 100\n\"Capital limit\" = -1\n\"Commitment length\" = 0\n\
        \"Deficit recovery years\" = [{ from = 1, value = 3 }, { from = 2, value = 0 }]";
    let place = folder(&[("card.toml", &card), ("mine.toml", &study(levers, "1"))]);
    for command in ["check", "run"] {
        let said = play(place.path(), &format!("$ wellspring {command} mine.toml\n"));
        for told in [
            "`Ring fence strength` is 100, and the model allows 0 to 1",
            "a share is written as a part of one: 100 % is 1",
            "`Capital limit` is -1, and the model allows 0 to 1",
            "`Commitment length` is 0, and the model allows 0.25 to 100",
            "`Deficit recovery years` is 0, and the model allows 0.5 to 100",
            "`Top slice share of the NHS budget` is 1, and the model allows 0 to 0.25",
            "`Eligible per resident[B01]` is 1870, and the model allows 0 to 1",
        ] {
            assert!(said.contains(&format!("{told}\n")), "{told}\n{said}");
        }
        assert!(said.ends_with("? 1\n"), "{said}");
    }
    let swept = study("", "0.002")
        + "\n[sweep]\noutcomes = [\"net-at-horizon:cash\"]\n[[sweep.over]]\nlever = \"Ring fence strength\"\nvalues = [0, 30]\n";
    let card = format!("{CARD}{REACHES}");
    let place = folder(&[("card.toml", &card), ("mine.toml", &swept)]);
    let said = play(place.path(), "$ wellspring sweep mine.toml\n");
    assert!(
        said.contains("`Ring fence strength` is 30, and the model allows 0 to 1") && said.ends_with("? 1\n"),
        "{said}"
    );
}

#[test]
fn what_is_set_is_held_to_the_bounds_of_a_shipped_model_and_told_of_another() {
    let own = "{UTF-8}\nShare= 0.5\n~ Dmnl [0,1]\n~ |\nINITIAL TIME= 0\n~ ~ |\nFINAL TIME= 1\n~ ~ |\nTIME STEP= 1\n~ ~ |\nSAVEPER= 1\n~ ~ |\n";
    let place = folder(&[("own.mdl", own)]);
    let said = play(place.path(), "$ wellspring simulate own.mdl --set Share=30 --vars Share\n");
    assert!(
        said.contains("warning[T030]: `Share` is 30, and the model allows 0 to 1") && !said.contains("\n? "),
        "{said}"
    );
    let said = play(place.path(), "$ wellspring simulate prevention --set \"Ring fence strength=100\"\n");
    assert!(said.contains("error[T030]: `Ring fence strength` is 100") && said.ends_with("? 2\n"), "{said}");
}

#[test]
fn numbers_of_everyday_life_and_all_mistakes_at_once() {
    let card = format!("{CARD}{REACHES}");
    let place = folder(&[("card.toml", &card), ("mine.toml", &study("\"Capital limit\" = 50%", "0,002"))]);
    let said = play(place.path(), "$ wellspring check mine.toml\n");
    assert!(
        said.contains("write 0.5: a share is a part of one") && said.contains("write 0.002: a decimal point"),
        "{said}"
    );
    // A mistake of the scenario, a name that the model does not have, and a number that it does not allow.
    let levers = "\"Capitol limit\" = 1\n\"Capital limit\" = 7";
    let steps = "[{ from = 2025, value = 0.002 }]";
    let place = folder(&[("card.toml", &card), ("mine.toml", &study(levers, steps))]);
    let said = play(place.path(), "$ wellspring check mine.toml\n");
    for told in ["plan years count from 1", "`Capitol limit`", "`Capital limit` is 7"] {
        assert!(said.contains(told), "{told}\n{said}");
    }
}

/// The workbook of a place with other numbers in these cells of its figures.
fn changed(path: &Path, change: impl Fn(&str, f64) -> f64, cells: &[&str]) {
    let mut book = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut parts = Vec::new();
    for place in 0..book.len() {
        let mut part = book.by_index(place).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().into_owned(), bytes));
    }
    let mut written = zip::ZipWriter::new(File::create(path).unwrap());
    for (name, mut bytes) in parts {
        if name.ends_with("sheet2.xml") {
            let mut text = String::from_utf8(bytes).unwrap();
            for cell in cells {
                let at = text.find(&format!("r=\"{cell}\"")).unwrap();
                let from = at + text[at..].find("<v>").unwrap() + 3;
                let to = from + text[from..].find("</v>").unwrap();
                let value = change(cell, text[from..to].parse().unwrap());
                text.replace_range(from..to, &value.to_string());
            }
            bytes = text.into_bytes();
        }
        written.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        written.write_all(&bytes).unwrap();
    }
    written.finish().unwrap();
}

#[test]
fn workbooks_of_places_that_cannot_be_are_told_by_sheet_and_cell() {
    let residents: Vec<String> =
        (12..=16).flat_map(|row| "BCDEF".chars().map(move |column| format!("{column}{row}"))).collect();
    let residents: Vec<&str> = residents.iter().map(String::as_str).collect();
    let read = |factor: f64| {
        let place = folder(&[]);
        play(place.path(), "$ wellspring new workbook \"My Burnley\" --like burnley\n");
        changed(&place.path().join("my-burnley.xlsx"), |_, value| value * factor, &residents);
        play(place.path(), "$ wellspring new place --from my-burnley.xlsx\n")
    };
    let thousands = read(1000.0);
    let told =
        "error[T030]: my-burnley.xlsx: sheet `Figures`, cell D12: `Initial residents[Q1,Age 18 to 64]` is 28755000";
    assert!(
        thousands.contains(told) && thousands.contains("cell B12: 89344000 people live in My Burnley"),
        "{thousands}"
    );
    assert!(thousands.contains("1000 to 56550138 are expected") && thousands.ends_with("? 1\n"), "{thousands}");
    let in_thousands = read(0.001);
    assert!(in_thousands.contains("cell B12: 89 people live in My Burnley"), "{in_thousands}");
    // One figure was changed, and so is no longer that of Burnley.
    assert!(in_thousands.contains("24 figures still of Burnley"), "{in_thousands}");
    let zero = read(0.0);
    assert!(zero.contains("error[T031]: my-burnley.xlsx: sheet `Figures`, cell B12: nobody lives"), "{zero}");
    let place = folder(&[]);
    play(place.path(), "$ wellspring new workbook \"My Burnley\" --like burnley\n");
    let shares = ["B80", "C80", "D80", "E80", "F80"];
    changed(&place.path().join("my-burnley.xlsx"), |_, value| value * 100.0, &shares);
    let said = play(place.path(), "$ wellspring new place --from my-burnley.xlsx\n");
    assert!(said.contains("cell B80: `Migration age share[Age 0 to 4]` is 5.8"), "{said}");
    assert!(said.contains("5.8 % is 0.058") && said.ends_with("? 1\n"), "{said}");
}

#[test]
fn a_place_of_ones_own_stands_beside_what_its_parent_would_give() {
    let place = folder(&[]);
    let said =
        play(place.path(), "$ wellspring new place \"My town\" --like burnley\n$ wellspring places ./my-town.toml\n");
    assert!(said.contains("beside what England would give for as many people"), "{said}");
}

#[test]
fn a_new_scenario_of_another_place_does_not_keep_the_question() {
    let place = folder(&[]);
    play(place.path(), "$ wellspring new scenario Try --place burnley\n");
    let text = fs::read_to_string(place.path().join("try.toml")).unwrap();
    assert!(text.contains("question = \"To be written: what is asked of burnley?"), "{text}");
    assert!(!text.contains("moves 1 % of its NHS budget"), "{text}");
}

//! `wellspring places` and `wellspring new place`: what is shipped of places, and how a new one is begun.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use wellspring::evidence::{EvidenceFile, FigureBasis, Level, Library, Numbers};

use crate::documents::read;
use crate::support::library;
use crate::transcript::{folder, session, wellspring};

const SYSTEM: &str = "lancashire-south-cumbria";
const FIVE: [&str; 5] = ["pennine-lancashire", "fylde-coast", "morecambe-bay", "central-lancashire", "west-lancashire"];

fn said(arguments: &[&str]) -> String {
    let output = wellspring(Path::new(env!("CARGO_MANIFEST_DIR"))).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&said(arguments)).unwrap()
}

fn numbers<'f>(place: &'f EvidenceFile, label: &str) -> &'f [f64] {
    let figure = place.figures.iter().find(|figure| figure.label.to_string() == label);
    figure.unwrap_or_else(|| panic!("{} does not give {label}", place.id)).numbers.values()
}

/// The places of a system, by their own word.
fn parts<'l>(library: &'l Library, system: &str) -> Vec<&'l EvidenceFile> {
    let is_part = |file: &&EvidenceFile| {
        file.place().is_some_and(|own| own.within.as_deref() == Some(system) && own.level == Some(Level::Place))
    };
    library.places().filter(is_part).collect()
}

#[test]
fn the_list_names_every_place_with_its_people() {
    let list = json(&["places", "--json"]);
    let places = list.as_array().unwrap();
    assert_eq!(places.len(), library().places().count());
    let by_id: BTreeMap<&str, &Value> = places.iter().map(|place| (place["id"].as_str().unwrap(), place)).collect();
    assert_eq!(by_id[SYSTEM]["residents"], 1_701_655.0);
    assert_eq!(by_id["illustrative-system"]["residents"], 1_800_000.0);
    assert!((by_id["blackpool"]["share_most_deprived"].as_f64().unwrap() - 0.5689).abs() < 1e-4);
    for place in places {
        assert!(["country", "system", "place", "district"].contains(&place["kind"].as_str().unwrap()), "{place}");
        assert!(place["within"].as_str().is_none_or(|within| by_id.contains_key(within)), "{place}");
    }
    let text = said(&["places"]);
    for id in by_id.keys() {
        assert!(text.contains(id), "{id} is not in the table");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn the_places_of_a_system_sum_exactly_to_it() {
    let library = library();
    let five: Vec<&str> = parts(&library, SYSTEM).iter().map(|place| place.id.as_str()).collect();
    assert!(FIVE.iter().all(|place| five.contains(place)) && five.len() == 5, "{five:?}");
    for (system, count) in [(SYSTEM, 5), ("cheshire-merseyside", 9), ("leicester-leicestershire-rutland", 3)] {
        let whole = library.place(system).unwrap();
        let parts = parts(&library, system);
        assert_eq!(parts.len(), count, "{system}");
        let labels = [
            "Initial residents",
            "NHS allocation in plan year 1",
            "NHS deficit at start",
            "Staffed beds at start",
            "Prevention base at start",
            "Waiting list at start",
            "Shared staff at start",
        ];
        for label in labels {
            for (place, own) in numbers(whole, label).iter().enumerate() {
                let sum: f64 = parts.iter().map(|part| numbers(part, label)[place]).sum();
                assert_eq!(sum, *own, "{label} of {system}");
            }
        }
    }
}

#[test]
fn what_is_published_of_activity_comes_out_of_the_base_year() {
    let systems = [SYSTEM, "cheshire-merseyside", "leicester-leicestershire-rutland", "england", "illustrative-system"];
    for system in systems {
        let place = json(&["places", system, "--json"]);
        let compared = place["reconciliation"].as_array().unwrap();
        for what in ["A&E attendances", "Emergency admissions"] {
            let one = compared.iter().find(|one| one["what"] == what).unwrap();
            assert!(one["difference"].as_f64().unwrap().abs() < 0.03, "{system}: {one}");
        }
    }
}

#[test]
fn the_illustrative_system_is_reconciled_in_all_that_is_asked_of_it() {
    let place = json(&["places", "illustrative-system", "--json"]);
    // How far the model may be off, and for spending how much of it the model follows at all.
    let expected = [
        ("People in contact with mental health services", -0.03, 0.03),
        ("Long-term adult social care clients", -0.05, 0.05),
        ("Children looked after", -0.03, 0.03),
        ("NHS envelope", -0.03, 0.03),
        ("NHS block: A&E", -0.05, 0.05),
        ("NHS block: emergency admissions", -0.05, 0.05),
        ("Adult social care spend", -0.1, 0.05),
        ("Children's social care spend", -0.6, -0.3),
        ("Temporary accommodation spend", -0.1, 0.1),
        ("Public health grant", -0.01, 0.01),
    ];
    for (what, low, high) in expected {
        let compared = place["reconciliation"].as_array().unwrap();
        let one = compared.iter().find(|one| one["what"] == what).unwrap_or_else(|| panic!("{what} is not there"));
        assert!((low..=high).contains(&one["difference"].as_f64().unwrap()), "{one}");
    }
}

#[test]
fn every_place_runs_even_where_a_fifth_has_no_people() {
    let library = library();
    let empty = library.places().filter(|place| numbers(place, "Initial residents")[..5].iter().all(|n| *n == 0.0));
    assert!(empty.count() > 5);
    for place in library.places() {
        let shown = json(&["places", &place.id, "--json"]);
        for one in shown["reconciliation"].as_array().unwrap() {
            assert!(one["modelled"].as_f64().is_some_and(f64::is_finite), "{}: {one}", place.id);
        }
    }
}

#[test]
fn most_of_a_place_is_its_own() {
    for place in library().places() {
        let level = place.place().unwrap().level.unwrap();
        let own = place
            .figures
            .iter()
            .filter(|figure| matches!(FigureBasis::of(figure), FigureBasis::Local | FigureBasis::ByRule));
        let own = own.count();
        // A country is what others are compared with, and a system may give its levels in one figure.
        let wanted = if level >= Level::Place { 19 } else { 10 };
        assert!(own >= wanted, "{}: {own}", place.id);
        let undecided = place.figures.iter().find(|figure| figure.still_default);
        assert!(undecided.is_none(), "{}", place.id);
        for figure in &place.figures {
            let rows = match &figure.numbers {
                Numbers::Many { values, .. } => values.iter().all(|value| value.is_finite()),
                Numbers::One(value) => value.is_finite(),
            };
            assert!(rows, "{}: {}", place.id, figure.label);
        }
    }
}

#[test]
fn a_place_is_shown_with_where_its_numbers_come_from() {
    let text = said(&["places", "blackpool"]);
    for words in [
        "Blackpool (blackpool)",
        "district, within fylde-coast",
        "Residents, as counted",
        "138,381",
        "ons-population-2020",
        "by rule",
        "The base year 2024/25",
        "Children looked after",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn a_place_that_is_not_there_is_met_with_the_nearest() {
    let folder = folder(&[]);
    let output = wellspring(folder.path()).args(["places", "blackpol"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.contains("error[C006]") && complaint.contains("did you mean `blackpool`?"), "{complaint}");
    session(
        &[],
        "
$ wellspring places gone.toml
! error[C001]: there is no file `gone.toml`
! --> gone.toml
!  = hint: no file of this folder has a name like it
? 1
",
    );
}

#[test]
fn a_new_place_is_filled_in_checked_and_shown() {
    let folder = folder(&[]);
    let run = |arguments: &[&str]| wellspring(folder.path()).args(arguments).output().unwrap();
    let begun = run(&["new", "place", "My \"old\" town", "--like", "burnley"]);
    assert_eq!(begun.status.code(), Some(0), "{}", String::from_utf8_lossy(&begun.stderr));
    let file = folder.path().join("my-old-town.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    // What every constant means stands before it.
    assert!(text.contains("# Staffed beds at start: General and acute beds. In the model: beds"), "{text}");
    let marks = text.matches("\ndefault = true\n").count();
    assert!(marks >= 20, "{marks}");

    let checked = run(&["check", "my-old-town.toml"]);
    assert_eq!(checked.status.code(), Some(0));
    let remarks = String::from_utf8(checked.stderr).unwrap();
    assert_eq!(remarks.matches("warning[E025]: still default: ").count(), marks, "{remarks}");
    assert!(remarks.contains(&format!("1 file, {marks} warnings")), "{remarks}");

    // The figures are those of the place that it is like.
    let shown = |place: &str| {
        let output = run(&["places", place, "--json"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let (mine, like) = (shown("my-old-town.toml"), shown("burnley"));
    assert_eq!(mine["residents_by_group"], like["residents_by_group"]);
    let values = |place: &Value| {
        let constants = place["constants"].as_array().unwrap().iter();
        constants.map(|one| (one["constant"].to_string(), one["values"].clone())).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(values(&mine), values(&like));

    std::fs::write(&file, text.replace("\ndefault = true\n", "\n")).unwrap();
    let checked = run(&["check", "my-old-town.toml"]);
    assert_eq!(String::from_utf8(checked.stdout).unwrap(), "1 file, no problems\n");

    // It is never replaced.
    let again = run(&["new", "place", "my old town"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8(again.stderr).unwrap().contains("error[C021]"));
    assert!(!std::fs::read_to_string(&file).unwrap().contains("\ndefault = true"));
}

#[test]
fn a_published_figure_names_a_variable_of_the_model() {
    let place = read("evidence/places/burnley.toml")
        .replace("\"Demand[Temporary accommodation households]\"", "\"Demands[Temporary accommodation households]\"");
    let folder = folder(&[("mine.toml", &place)]);
    let output = wellspring(folder.path()).args(["check", "mine.toml"]).output().unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{complaint}");
    assert!(complaint.contains("did you mean `Demand`?"), "{complaint}");
}

//! `wellspring programmes`, `evidence`, `scenarios`, `document` and `loops`: what ships, to be looked at.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use engine::sampling::Design;

use crate::documents::read;
use crate::support::{root, study, with_strategies};
use crate::transcript::{folder, session, wellspring};

const CARD: &str = "[card]
schema = 1
id = \"Z01\"
name = \"A card of one's own\"
description = \"Something new.\"
domain = \"transport\"
target_group = \"Everybody\"
payer = \"Council\"
gains = \"NHS\"
route = \"relative risk\"
core20plus5 = \"hypertension case-finding\"

[\"Unit cost[Z01]\"]
value = 1200
unit = \"GBP per start per year paid\"
price_year = \"2023/24\"
grade = \"B\"
source = \"town-2024\"

[\"Log relative risk[Z01,A and E use]\"]
value = -0.1
low = -0.2
high = 0
distribution = \"normal\"
p_null = 0.2
nothing = 0
grade = \"A\"
source = \"town-2024\"
";

const SOURCES: &str = "[town-2024]
publisher = \"The town\"
title = \"What was tried\"
year = 2024
licence = \"OGL v3.0\"
";

const TUB: &str = "{UTF-8}
Tub = INTEG(Tap*Float on - Leak, 8) ~ litres ~ What is in it. |
Leak = Tub/Time to leak ~ litres/minute ~ What is lost. |
Tap = 1 ~ litres/minute ~ |
Float on = 1 ~ Dmnl ~ Loop switch. |
Time to leak = 2 ~ minute ~ |
INITIAL TIME = 0 ~ minute ~ |
FINAL TIME = 2 ~ minute ~ |
TIME STEP = 0.5 ~ minute ~ |
SAVEPER = 1 ~ minute ~ |
";

/// What a command prints on standard output; it must end well.
fn printed(place: &Path, arguments: &[&str]) -> String {
    let output = wellspring(place).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

/// The files of a folder of the tree that end in .toml.
fn shipped(folder: &str) -> usize {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    entries.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|end| end == "toml")).count()
}

#[test]
fn no_list_is_wider_than_100_columns() {
    let place = folder(&[]);
    let cards = rows(&printed(place.path(), &["programmes", "--csv"]));
    let mut commands = vec![vec!["programmes"], vec!["evidence"], vec!["scenarios"], vec!["scenarios", "one-per-cent"]];
    commands.extend(cards.iter().map(|card| vec!["programmes", card["id"].as_str()]));
    for command in commands {
        for line in printed(place.path(), &command).lines() {
            assert!(line.chars().count() <= 100, "{command:?}: {line}");
        }
    }
}

#[test]
fn every_shipped_card_is_listed_and_filters_keep_some() {
    let place = folder(&[]);
    let all = rows(&printed(place.path(), &["programmes", "--csv"]));
    assert_eq!(all.len(), shipped("evidence/programmes"));
    let housing = rows(&printed(place.path(), &["programmes", "--csv", "--domain", "Housing"]));
    assert!(!housing.is_empty() && housing.len() < all.len());
    assert!(housing.iter().all(|row| row["domain"] == "housing"));
    let tiers: usize = ["primary", "secondary", "tertiary"]
        .iter()
        .map(|tier| rows(&printed(place.path(), &["programmes", "--csv", "--tier", tier])).len())
        .sum();
    assert_eq!(tiers, all.iter().filter(|row| !row["tier"].is_empty()).count());
    let list = printed(place.path(), &["programmes"]);
    assert!(list.contains("\nHousing\nH01 "), "{list}");
}

#[test]
fn a_card_of_ones_own_is_shown_whole_with_its_own_sources() {
    let place = folder(&[("cards/z.toml", CARD), ("cards/sources.toml", SOURCES)]);
    let page = printed(place.path(), &["programmes", "cards/z.toml"]);
    for part in [
        "Z01 A card of one's own\n",
        "Core20PLUS5       hypertension case-finding\n",
        "Unit cost         £1,200, GBP per start per year paid, 2024/25 prices\n",
        "0.90 (0.82 to 1.00)        20%",
        "2 numbers: 1 of grade A (read in the source), 1 of B (recalled), 0 of C (derived or assumed).",
        "town-2024               The town: What was tried (2024)\n",
    ] {
        assert!(page.contains(part), "`{part}` is not in\n{page}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&printed(place.path(), &["programmes", "cards/z.toml", "--json"])).unwrap();
    assert_eq!(json["programme"]["core20plus5"], "hypertension case-finding");
    assert_eq!(json["programme"]["chance_of_no_effect"], 0.2);
    // 1,200 pounds of 2023/24 are more in the money of a year later.
    let cost = json["programme"]["unit_cost"].as_f64().unwrap();
    assert!(cost > 1_210.0 && cost < 1_300.0, "{cost}");
    assert_eq!(json["numbers"].as_array().unwrap().len(), 2);
    session(
        &[("place.toml", "[place]\nschema = 1\nid = \"x\"\nname = \"X\"\ndescription = \"A place.\"\n")],
        "
$ wellspring programmes place.toml
! error[C007]: `place.toml` is a place, and a card is needed
! --> place.toml
!  = hint: name a file that begins with [card]
? 1
",
    );
}

#[test]
fn evidence_is_listed_by_grade_and_counted() {
    let place = folder(&[]);
    let all = rows(&printed(place.path(), &["evidence", "--csv"]));
    let grades: Vec<&str> = all.iter().map(|row| row["grade"].as_str()).collect();
    assert!(grades.is_sorted() && all.len() > 200);
    assert!(all.iter().all(|row| !row["sources"].is_empty() && !row["values"].is_empty()));
    let text = printed(place.path(), &["evidence"]).split_whitespace().collect::<Vec<_>>().join(" ");
    let counts = ["A", "B", "C"].map(|grade| grades.iter().filter(|own| **own == grade).count());
    assert!(text.contains(&format!("{} numbers: {} of grade A", all.len(), counts[0])), "{text}");
    let one = rows(&printed(place.path(), &["evidence", "--grade", "c", "--programme", "h01", "--csv"]));
    assert!(!one.is_empty() && one.iter().all(|row| row["grade"] == "C" && row["owner"] == "H01"));
    let json: serde_json::Value = serde_json::from_str(&printed(
        place.path(),
        &["evidence", "--place", "lancashire-south-cumbria", "--programme", "E01", "--json"],
    ))
    .unwrap();
    let kinds: Vec<&str> = json.as_array().unwrap().iter().map(|row| row["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"place") && kinds.contains(&"card") && !kinds.contains(&"system"));
}

#[test]
fn scenarios_are_listed_and_one_is_shown_with_its_reasons() {
    let place = folder(&[("my.toml", &read("scenarios/one-per-cent.toml"))]);
    let list = printed(place.path(), &["scenarios"]);
    assert!(list.contains("one-per-cent") && list.contains("Lancashire and South Cumbria"), "{list}");
    let page = printed(place.path(), &["scenarios", "one-per-cent"]);
    for part in ["H01 Warm homes", "unprotected: From growth, unprotected\n  The same money", "Ring fence strength"] {
        assert!(page.contains(part), "`{part}` is not in\n{page}");
    }
    assert_eq!(page, printed(place.path(), &["scenarios", "my.toml"]));
}

#[test]
fn any_model_has_a_book() {
    let place = folder(&[("tub.mdl", TUB)]);
    let book = printed(place.path(), &["document", "tub.mdl"]);
    assert!(book.contains("| Tub | litres | `Tap*Float on` | `Leak` | `8` |\n"), "{book}");
    assert!(!book.contains("Loops that can be cut"), "{book}");
    assert!(printed(place.path(), &["document", "tub.mdl", "--out", "book.md"]).is_empty());
    assert_eq!(fs::read_to_string(place.path().join("book.md")).unwrap(), book);
}

#[test]
fn cutting_a_loop_takes_away_what_it_does() {
    let place = folder(&[]);
    let arguments = ["loops", "one-per-cent", "--draws", "8", "--strategy", "unprotected", "--out", "loops.csv"];
    let table = printed(place.path(), &arguments);
    assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    let found = rows(&fs::read_to_string(place.path().join("loops.csv")).unwrap());
    let median = |of: &str, outcome: &str, group: &str| -> f64 {
        let row = found.iter().find(|row| {
            row["loop"] == of && row["outcome"] == outcome && row["group"] == group && row["statistic"] == "median"
        });
        row.unwrap_or_else(|| panic!("no {outcome} {group} of {of}"))["value"].parse().unwrap()
    };
    // Nothing is raided where pressure cannot raid; then more is spent, and prevention does more.
    assert_eq!(median("R2", "own-outcome", "Raided"), -100.0);
    assert!(median("R2", "demand-change", "Emergency admissions") < 0.0);
    assert!(median("R2", "cumulative-net", "cash") < 0.0);
    // Freed beds that stay free do no more than they did for those who took them.
    assert_eq!(median("B1", "own-outcome", "Backfilled"), -100.0);
    assert!(median("B1", "qalys-gained", "") < 0.0);
    // The level of the whole model is there to set the differences against.
    assert!(median("", "qalys-gained", "") > 0.0);
    let accounts: toml::Table = toml::from_str(&read("models/prevention.toml")).unwrap();
    for one in accounts["loop"].as_array().unwrap() {
        assert!(table.contains(one["id"].as_str().unwrap()), "{table}");
    }
}

#[test]
fn a_loop_that_is_cut_is_the_same_as_its_switch_at_0_in_every_run() {
    let levers = "\"Top slice share of the NHS budget\" = 0.01\n\"Ring fence strength\" = 0";
    let cut_loops = |general: &str| {
        let texts = with_strategies(general, &[("ring", "\"Ring fence strength\" = 1"), ("open", levers)]);
        study(&texts, 16, Design::LatinHypercube).only(1).unwrap().cut_loops(&|_| {})
    };
    let (whole, off) = (cut_loops(""), cut_loops("\"Raid on\" = 0"));
    assert_eq!((whole.strategy.0.as_str(), whole.draws), ("open", 16));
    let raid = whole.loops.iter().find(|one| one.id == "R2").unwrap();
    let mut moved = 0;
    for (place, measured) in whole.measured.iter().enumerate() {
        let (with, without) = (whole.full[place].mean.value, off.full[place].mean.value);
        let change = raid.changes[place].mean.value;
        let ends = [whole.full[place], off.full[place]].map(|full| full.p05.value.abs().max(full.p95.value.abs()));
        let scale = ends[0].max(ends[1]);
        assert!((without - with - change).abs() <= 1e-9 * scale, "{:?}: {with} {without} {change}", measured.key);
        moved += usize::from(change.abs() > 1e-3 * scale);
    }
    assert!(moved > 5, "{moved}");
    // Where it is cut already, cutting it changes nothing at all.
    let again = off.loops.iter().find(|one| one.id == "R2").unwrap();
    assert!(again.changes.iter().all(|change| change.p05.value == 0.0 && change.p95.value == 0.0));
}

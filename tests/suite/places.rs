//! Several places in one study: money that is shared to the last penny, draws that are shared where they should be, and
//! numbers of a place that owe nothing to the others.

use std::fs;

use engine::ensemble::Setting;
use engine::sampling::Design;
use engine::structure::{Rule, ScalarId, Structure};
use wellspring::appraisal::findings::{ALL_PLACES, Comparator, Findings, PriceBase, Series};
use wellspring::cli::folder::{MANIFEST, sha256};
use wellspring::report::tables;
use wellspring::study::{Overrides, Study, StudyTexts, Text, prepare};

use crate::support::{findings, scalars, study, with_strategies};
use crate::transcript::{folder, wellspring};

const HERE: &str = "lancashire-south-cumbria";
const FILE: &str = "evidence/places/lancashire-south-cumbria.toml";
const LEVER: &str = "Top slice share of the NHS budget";
const CUT: (&str, &str) = ("cut", "\"Top slice share of the NHS budget\" = 0.01\n\"Ring fence strength\" = 0.5");
const RAMP: (&str, &str) = (
    "ramp",
    "\"Top slice share of the NHS budget\" = [{ from = 1, value = 0.01, ramp_years = 2 }, { from = 4, value = 0 }]",
);

/// The shipped place under another id.
fn copy(of: &Text, id: &str) -> Text {
    let content = of.content.replace(&format!("id = \"{HERE}\""), &format!("id = \"{id}\""));
    assert!(content.contains(&format!("id = \"{id}\"")));
    Text::new(&format!("evidence/places/{id}.toml"), &content)
}

/// The same with half the people and another allocation.
fn smaller(place: &Text) -> Text {
    let content = place.content.replace("\nvalue = 1.051\n", "\nvalue = 0.5255\n");
    let content = content.replace("value = 5450000000", "value = 3000000000");
    assert!(content != *place.content);
    Text::new(&place.file, &content)
}

/// The same without anything uncertain of its own.
fn certain(place: &Text) -> Text {
    let ranges = ["low = ", "high = ", "spread = ", "log_mean = ", "log_sd = "];
    let lines = place.content.lines().filter(|line| !ranges.iter().any(|range| line.starts_with(range)));
    let lines = lines.map(|line| if line.starts_with("distribution = ") { "distribution = \"fixed\"" } else { line });
    Text::new(&place.file, &lines.fold(String::new(), |text, line| text + line + "\n"))
}

/// A study of these places, each an id and its file's text; `sharing` are the lines under its heading.
fn of(places: &[(&str, &Text)], sharing: &str, strategies: &[(&str, &str)]) -> StudyTexts {
    let mut texts = with_strategies("", strategies);
    texts.evidence.retain(|text| *text.file != *FILE);
    texts.evidence.extend(places.iter().map(|(_, text)| (*text).clone()));
    let ids: Vec<String> = places.iter().map(|(id, _)| format!("\"{id}\"")).collect();
    let list = format!("places = [{}]", ids.join(", "));
    let scenario = texts.scenario.content.replace(&format!("place = \"{HERE}\""), &list);
    let heading = if sharing.is_empty() { "" } else { "\n[sharing]\n" };
    texts.scenario = Text::new(&texts.scenario.file, &format!("{scenario}{heading}{sharing}"));
    texts
}

fn shipped_place() -> Text {
    with_strategies("", &[CUT]).evidence.into_iter().find(|text| *text.file == *FILE).unwrap()
}

fn constant(structure: &Structure, label: &str) -> f64 {
    let found = scalars(structure, label);
    let number = |scalar: &ScalarId| match structure.scalars[scalar.0 as usize].rule {
        Rule::Constant(value) => value,
        _ => panic!("{label} is no constant"),
    };
    found.iter().map(number).sum()
}

/// The lever of a strategy in each place, as a setting of its arm.
fn levers(study: &Study, strategy: usize) -> Vec<Setting> {
    let lever = |place: &wellspring::study::PreparedPlace| {
        let scalar = scalars(&place.structure, LEVER)[0];
        let arm = &place.arms[2 + 2 * strategy];
        arm.settings.iter().find(|(set, _)| *set == scalar).unwrap().1.clone()
    };
    study.places.iter().map(lever).collect()
}

/// All that was found of a place, to the last bit.
fn numbers(found: &Findings) -> String {
    assert!(found.series.len() > 100);
    serde_json::to_string(&(&found.series, &found.measures, &found.payback, &found.faults)).unwrap()
}

#[test]
fn shares_sum_to_one_and_money_to_the_share_of_all_allocations() {
    let (here, there) = (shipped_place(), smaller(&copy(&shipped_place(), "elsewhere")));
    let third = copy(&smaller(&shipped_place()), "third");
    let rules = [
        ("rule = \"population\"\n", [0.5, 0.25, 0.25]),
        ("rule = \"population\"\npopulation = 2\n", [4.0 / 6.0, 1.0 / 6.0, 1.0 / 6.0]),
        // Need by the head is the same everywhere, and so is deprivation.
        ("rule = \"need\"\n", [0.5, 0.25, 0.25]),
        ("rule = \"formula\"\nneed = 0.5\ndeprivation = 2\n", [0.5, 0.25, 0.25]),
        ("weights = { \"third\" = 0.7, \"lancashire-south-cumbria\" = 0.2, \"elsewhere\" = 0.1 }\n", [0.2, 0.1, 0.7]),
    ];
    for (sharing, expected) in rules {
        let texts = of(&[(HERE, &here), ("elsewhere", &there), ("third", &third)], sharing, &[CUT, RAMP]);
        let study = study(&texts, 1, Design::Random);
        let shares: Vec<f64> = study.places.iter().map(|place| place.share).collect();
        assert_eq!(shares.iter().sum::<f64>(), 1.0, "{sharing}");
        assert_eq!(shares.iter().rev().sum::<f64>(), 1.0, "{sharing}");
        assert!(shares.iter().zip(expected).all(|(share, expected)| (share - expected).abs() < 1e-9), "{shares:?}");
        let allocations: Vec<f64> =
            study.places.iter().map(|place| constant(&place.structure, "NHS allocation in plan year 1")).collect();
        let all: f64 = allocations.iter().sum();
        let mut money = 0.0;
        for ((lever, allocation), share) in levers(&study, 0).iter().zip(&allocations).zip(&shares) {
            // Nothing in the base year, and the same in every year of the plan.
            let Setting::Path(path) = lever else { panic!("it begins with the plan") };
            assert_eq!((path[0], path[1]), ((0.0, 0.0), path[2]));
            assert!((path[1].0 * allocation - 0.01 * all * share).abs() < 1e-6, "{sharing}");
            money += path[1].0 * allocation;
        }
        assert!((money - 0.01 * all).abs() < 1e-6, "{sharing}: {money} of {all}");
        for year in [1, 2, 3] {
            let paths = levers(&study, 1);
            let at_end = paths.iter().zip(&allocations).map(|(lever, allocation)| match lever {
                Setting::Path(path) => path[year].1 * allocation,
                Setting::Constant(_) => panic!("a ramp is a path"),
            });
            // A ramp is set half a step of a sixteenth ahead, so that what it moves over each step is right.
            let ahead = 0.005 / 32.0;
            let expected = [0.005 + ahead, 0.01 + ahead, 0.01][year - 1];
            assert!((at_end.sum::<f64>() - expected * all).abs() < 1e-6, "{sharing} at the end of year {year}");
        }
    }
}

#[test]
fn a_lever_of_every_run_and_a_drawn_one_are_shared_as_well() {
    let (here, there) = (shipped_place(), smaller(&copy(&shipped_place(), "elsewhere")));
    let places = [(HERE, &here), ("elsewhere", &there)];
    let mut texts = of(&places, "rule = \"population\"\n", &[("fence", "\"Ring fence strength\" = 1")]);
    let whole = texts.scenario.content.replace("[levers]\n", &format!("[levers]\n\"{LEVER}\" = 0.02\n"));
    texts.scenario = Text::new(&texts.scenario.file, &whole);
    let bound = study(&texts, 1, Design::Random);
    let (mut money, mut all) = (0.0, 0.0);
    for place in &bound.places {
        let allocation = constant(&place.structure, "NHS allocation in plan year 1");
        money += constant(&place.structure, LEVER) * allocation;
        all += allocation;
    }
    assert!((money - 0.02 * all).abs() < 1e-6);

    let mut texts = of(&places, "rule = \"population\"\n", &[("fence", "\"Ring fence strength\" = 1")]);
    let drawn = format!(
        "\n[uncertainties.\"{LEVER}\"]\nvalue = 0.01\nlow = 0.005\nhigh = 0.02\ndistribution = \"pert\"\ngrade = \"C\"\n\
         source = \"wellspring-judgement\"\n"
    );
    texts.scenario = Text::new(&texts.scenario.file, &format!("{}{drawn}", texts.scenario.content));
    let drawn = study(&texts, 4, Design::Random);
    for draw in 0..4 {
        let value = |place: usize| {
            let scalar = scalars(&drawn.places[place].structure, LEVER)[0];
            let found = drawn.places[place].draw(draw).into_iter().find(|(one, _)| *one == scalar);
            found.unwrap().1 * constant(&drawn.places[place].structure, "NHS allocation in plan year 1")
        };
        // One draw for both: two thirds of the people have two thirds of the money.
        assert!((value(0) / value(1) - 2.0).abs() < 1e-9);
    }
}

#[test]
fn a_place_with_its_own_money_has_the_numbers_of_a_study_of_its_own() {
    let here = shipped_place();
    let there = copy(&here, "elsewhere");
    let weights = "weights = { \"lancashire-south-cumbria\" = 0.5, \"elsewhere\" = 0.5 }\n";
    let both = findings(&of(&[(HERE, &here), ("elsewhere", &there)], weights, &[CUT, RAMP]), 70);
    for (found, (id, text)) in both.places.iter().zip([(HERE, &here), ("elsewhere", &there)]) {
        let alone = findings(&of(&[(id, text)], "", &[CUT, RAMP]), 70);
        assert!(numbers(found) == numbers(&alone), "{id} is another in company");
        assert_eq!((found.place_id.as_str(), found.runs), (id, alone.runs));
        assert!(alone.places.is_empty() && alone.place_id == id);
    }
    assert!(numbers(&both.places[0]) != numbers(&both.places[1]), "each has local draws of its own");
    let single = findings(&with_strategies("", &[CUT, RAMP]), 70);
    assert!(numbers(&single) == numbers(&both.places[0]), "`place` and `places` of one differ");
    assert_eq!((both.place_id.as_str(), both.runs), (ALL_PLACES, 2 * single.runs));
}

#[test]
fn places_share_the_draws_of_the_nation_and_no_others() {
    let here = shipped_place();
    let there = copy(&here, "elsewhere");
    let texts = of(&[(HERE, &here), ("elsewhere", &there)], "rule = \"population\"\n", &[CUT]);
    let study = study(&texts, 20, Design::LatinHypercube);
    let local = |scalar: ScalarId| {
        let structure = &study.places[0].structure;
        let variable = &structure.variables[structure.scalars[scalar.0 as usize].variable.0 as usize];
        here.content.lines().any(|line| line == format!("[\"{}\"]", variable.name))
    };
    let (mut nation, mut own) = (0, 0);
    for draw in 0..20 {
        for ((scalar, one), (_, other)) in study.places[0].draw(draw).into_iter().zip(study.places[1].draw(draw)) {
            if local(scalar) {
                own += usize::from(one != other);
            } else {
                assert_eq!(one.to_bits(), other.to_bits(), "{}", study.places[0].structure.label(scalar));
                nation += 1;
            }
        }
    }
    assert!(nation > 1000 && own > 100, "{nation} draws of the nation, {own} of the places differ");
}

fn doubled(series: &Series, alone: &Series) -> bool {
    series.years.iter().zip(&alone.years).all(|(two, one)| {
        let (two, one) = (two.rows(), one.rows());
        two.iter().zip(&one).all(|((_, two), (_, one))| two.value == 2.0 * one.value)
    })
}

#[test]
fn two_places_alike_come_to_twice_one_and_ratios_are_left_to_the_places() {
    let here = certain(&shipped_place());
    let there = copy(&here, "elsewhere");
    let both = findings(&of(&[(HERE, &here), ("elsewhere", &there)], "rule = \"need\"\n", &[CUT]), 70);
    assert!(numbers(&both.places[0]) == numbers(&both.places[1]));
    let mut added = 0;
    for alone in &both.places[0].series {
        let total = both.series.iter().find(|series| series.key == alone.key);
        match (total, alone.key.unit.as_str()) {
            (None, unit) => assert_eq!(unit, "share", "{:?}", alone.key),
            (Some(total), "percent") => {
                let pairs = total.years.iter().zip(&alone.years);
                assert!(pairs.into_iter().all(|(total, alone)| (total.median.value - alone.median.value).abs() < 1e-9));
            }
            (Some(total), _) => {
                assert!(doubled(total, alone), "{:?}", alone.key);
                added += 1;
            }
        }
    }
    assert!(added > 100);
    let occupancy = |found: &Findings| {
        found.find(Some(0), Comparator::Level, "occupancy", "", "", PriceBase::None).map(|series| series.years.len())
    };
    assert_eq!((occupancy(&both), occupancy(&both.places[0])), (None, Some(10)));
    assert_eq!(both.payback.len(), both.places[0].payback.len());
}

#[test]
fn neither_the_order_of_places_nor_threads_change_a_number() {
    let (here, there) = (shipped_place(), smaller(&copy(&shipped_place(), "elsewhere")));
    let sharing = "rule = \"formula\"\nneed = 0.7\ndeprivation = 1.5\n";
    let one = of(&[(HERE, &here), ("elsewhere", &there)], sharing, &[CUT]);
    let other = of(&[("elsewhere", &there), (HERE, &here)], sharing, &[CUT]);
    let on = |threads, texts: &StudyTexts| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| findings(texts, 70))
    };
    let (one, other, many) = (on(1, &one), on(2, &other), on(3, &one));
    assert!(serde_json::to_string(&one).unwrap() == serde_json::to_string(&many).unwrap(), "threads count");
    assert!(numbers(&one.places[0]) == numbers(&other.places[1]), "the order of places counts");
    assert!(numbers(&one.places[1]) == numbers(&other.places[0]), "the order of places counts");
    assert!(numbers(&one) == numbers(&other), "the order of places counts for their sum");
    let rows = |found: &Findings, place: &str| -> Vec<String> {
        let all = tables(found).into_iter().filter(|table| table.file != "faults.csv");
        let lines = all.flat_map(|table| table.csv().lines().map(str::to_owned).collect::<Vec<_>>());
        lines.filter(|line| line.starts_with(&format!("{place},"))).collect()
    };
    for place in [HERE, "elsewhere", ALL_PLACES] {
        let rows = [rows(&one, place), rows(&other, place)];
        assert!(rows[0].len() > 1000 && rows[0] == rows[1], "{place}");
    }
}

#[test]
fn one_place_under_two_names_is_found_out() {
    let here = shipped_place();
    let mine = Text::new("scenarios/mine.toml", &copy(&here, "elsewhere").content);
    let texts = of(&[("elsewhere", &mine), ("mine.toml", &here)], "rule = \"need\"\n", &[CUT]);
    let found = prepare(&texts, &Overrides::default()).unwrap_err();
    let told: Vec<(&str, &str)> = found.iter().map(|one| (one.code.0, one.message.as_str())).collect();
    assert_eq!(told, [("S009", "`mine.toml` is the place `elsewhere`, which stands there already")]);
}

#[test]
fn a_mistake_in_the_model_is_said_once_for_all_places() {
    let here = shipped_place();
    let mut texts = of(&[(HERE, &here), ("elsewhere", &copy(&here, "elsewhere"))], "rule = \"need\"\n", &[CUT]);
    texts.accounts =
        Text::new(&texts.accounts.file, &texts.accounts.content.replace("\"Demand[GP consultations]\"", "\"Visits\""));
    let found = prepare(&texts, &Overrides::default()).unwrap_err();
    assert_eq!(found.iter().filter(|one| one.code.0 == "T002").count(), 1);
}

#[test]
fn the_command_runs_and_checks_a_shipped_place_beside_one_on_the_disk() {
    let there = smaller(&copy(&shipped_place(), "elsewhere"));
    let named = [(HERE, &there), ("../places/elsewhere.toml", &there)];
    let scenario = of(&named, "weights = { \"elsewhere\" = 0.25, \"lancashire-south-cumbria\" = 0.75 }\n", &[CUT]);
    let files =
        [("studies/two.toml", scenario.scenario.content.as_ref()), ("places/elsewhere.toml", there.content.as_ref())];
    let work = folder(&files);
    let run = |arguments: &[&str]| {
        let output = wellspring(work.path()).args(arguments).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{said}");
        (String::from_utf8(output.stdout).unwrap(), said)
    };
    assert!(run(&["check", "studies/two.toml"]).0.contains("1 file, no problems"));
    let (shown, said) = run(&["run", "studies/two.toml", "--draws", "3", "--out", "two"]);
    assert!(!said.contains("There are no pictures"), "{said}");
    assert!(shown.contains("By place over 10 years") && shown.contains("All places"), "{shown}");
    assert!(said.contains("3 draws of 2 places, 18 runs in "), "{said}");
    let read = |name: &str| fs::read_to_string(work.path().join("two").join(name)).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&read(MANIFEST)).unwrap();
    let places = manifest["places"].as_array().unwrap();
    let told: Vec<_> = places.iter().map(|place| (place["id"].as_str().unwrap(), place["share"].as_f64())).collect();
    assert_eq!(told, [(HERE, Some(0.75)), ("elsewhere", Some(0.25))]);
    assert_eq!(places[1]["sha256"], sha256(there.content.as_bytes()));
    for table in ["demand.csv", "money.csv", "health.csv", "payback.csv", "summary.csv", "system.csv"] {
        for place in [ALL_PLACES, HERE, "elsewhere"] {
            assert!(read(table).lines().any(|line| line.starts_with(&format!("{place},"))), "{table}: {place}");
        }
    }
    assert!(work.path().join("two/places.svg").is_file());
    let wrong = scenario.scenario.content.replace("\"elsewhere\" = 0.25", "\"elswhere\" = 0.25");
    fs::write(work.path().join("studies/two.toml"), wrong).unwrap();
    let output = wellspring(work.path()).args(["check", "studies/two.toml"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("error[S022]"));
}

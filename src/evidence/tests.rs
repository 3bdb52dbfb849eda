//! Cards, places and system files read as a whole.

use std::sync::Arc;

use super::golden::{self, SOURCES, references};
use super::{
    Deflators, EvidenceFile, EvidenceKind, Grade, Library, Numbers, Route, Selection, SourceRegistry, listing,
};
use crate::explain::evidence as code;
use crate::quantity::FinancialYear;
use engine::diagnostic::{Code, Diagnostics};
use engine::model::{Name, Value};
use engine::sampling::Distribution;

const CARD: &str = r#"
[card]
schema = 1
id = "H01"
name = "Warm homes"
description = "Insulation and heating for people in fuel poverty."
domain = "housing"
target_group = "Fuel-poor households"
payer = "Housing and public health"
gains = "NHS acute"
route = "relative risk"
unit_of_delivery = "home"

["Unit cost[H01]"]
value = 7500
low = 1500
high = 20000
distribution = "gamma"
unit = "pounds per home"
price_year = "2023/24"
grade = "C"
source = "judgement"
id = "H01"

["Relative risk[H01,Emergency admissions]"]
log_mean = -0.0699
log_sd = 0.0401
distribution = "lognormal"
p_null = 0.25
nothing = 1
grade = "A"
source = ["hes-2011-12", "judgement"]

["Eligible share[H01,Quintile]"]
values = [10, 8, 6, 4, 2]
per = 100
spread = { low = 0.8, high = 1.25, distribution = "lognormal" }
shared = "Fuel poverty"
p_null = 0.1
nothing = 0
null_stream = "Fuel poverty is measured"
grade = "B"
source = "judgement"
note = "By tenure."
"#;

const PLACE: &str = r#"
[place]
schema = 1
id = "lancashire-south-cumbria"
name = "Lancashire and South Cumbria"
description = "The integrated care system."
residents_note = "Mid-2020 residents brought to mid-2024."

["Emergency admission rate"]
values = [[138.1, 45.0], [106.5, 326.6]]
per = 1000
spread = { low = 0.88, high = 1.12, distribution = "lognormal" }
unit = "admissions per 1,000 people per year"
grade = "C"
source = "hes-2011-12"
id = ["ea_q1_age_0_4", "ea_q1_age_5_17"]

["Allocation"]
value = 5.45e9
price_year = "2025/26"
grade = "A"
source = "judgement"
"#;

fn file(name: &str) -> Arc<str> {
    Arc::from(name)
}

fn read(text: &str) -> Result<(EvidenceFile, Diagnostics), Diagnostics> {
    EvidenceFile::read(&file("input.toml"), text, &references())
}

fn codes(text: &str) -> Vec<Code> {
    match read(text) {
        Ok((_, found)) | Err(found) => found.iter().map(|d| d.code).collect(),
    }
}

/// The card with one more figure.
fn with(figure: &str) -> String {
    format!("{CARD}\n[\"Extra[H01]\"]\n{figure}\ngrade = \"C\"\nsource = \"judgement\"\n")
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * b.abs().max(1.0)
}

#[test]
fn a_card_is_read() {
    let (card, found) = read(CARD).unwrap();
    assert!(found.is_empty());
    assert_eq!((card.id.as_str(), card.name.as_str()), ("H01", "Warm homes"));
    let EvidenceKind::Card(header) = &card.kind else { panic!("no card") };
    assert_eq!(header.route, Route::RelativeRisk);
    assert_eq!(header.unit_of_delivery.as_deref(), Some("home"));
    let labels: Vec<String> = card.figures.iter().map(|f| f.label.to_string()).collect();
    assert_eq!(labels, ["Unit cost[H01]", "Relative risk[H01,Emergency admissions]", "Eligible share[H01,Quintile]"]);
    assert_eq!(card.figures[1].sources, ["hes-2011-12", "judgement"]);
    assert_eq!(card.figures[0].grade, Grade::C);
    assert_eq!(card.figures[2].numbers, Numbers::Many { values: vec![10.0, 8.0, 6.0, 4.0, 2.0], shape: vec![5] });
}

#[test]
fn central_values_are_in_the_models_unit_and_base_year_prices() {
    let (card, _) = read(CARD).unwrap();
    let bindings = card.bindings();
    // 7,500 at an index of 96 is 7,500 * 120 / 96 = 9,375 at 120.
    assert_eq!(bindings.values[0].value, Value::Number(9375.0));
    assert_eq!(bindings.values[0].name, Name::new("unit cost"));
    assert_eq!(bindings.values[0].elements, [Name::new("H01")]);
    assert_eq!(bindings.values[0].provenance.strength, 1);
    let span = bindings.values[0].provenance.span.clone().unwrap();
    assert_eq!(&CARD[span.start..span.end], "\"Unit cost[H01]\"");
    // The median of the lognormal.
    assert_eq!(bindings.values[1].value, Value::Number((-0.0699_f64).exp()));
    assert_eq!(bindings.values[2].value, Value::Array(vec![0.1, 0.08, 0.06, 0.04, 0.02]));
    // A later price year goes down: 5.45 billion at 123 is 5.45 * 120 / 123 at 120.
    let (place, _) = read(PLACE).unwrap();
    let Value::Number(allocation) = place.bindings().values[1].value else { panic!("no number") };
    assert!(close(allocation, 5.45e9 * 120.0 / 123.0));
}

#[test]
fn what_is_drawn_is_scaled_like_the_central_value() {
    let (card, _) = read(CARD).unwrap();
    let drawn = card.uncertainties();
    assert_eq!(drawn.len(), 3);
    let cost = &drawn[0];
    assert_eq!(cost.stream, "Unit cost[H01]");
    assert_eq!((cost.bases.as_slice(), cost.array), ([1.25].as_slice(), false));
    let written =
        Distribution::from_evidence(engine::sampling::Family::Gamma, 7500.0, 1500.0, 20000.0, None, 0.0).unwrap();
    assert_eq!(cost.value(0.3, 0.0), Value::Number(1.25 * written.quantile(0.3)));
}

#[test]
fn no_effect_has_a_random_number_of_its_own() {
    let (card, _) = read(CARD).unwrap();
    let drawn = card.uncertainties();
    let risk = &drawn[1];
    assert_eq!(risk.streams().collect::<Vec<_>>(), ["Relative risk[H01,Emergency admissions]", "H01 no effect"]);
    assert_eq!(risk.value(0.5, 0.2499), Value::Number(1.0));
    let Value::Number(median) = risk.value(0.5, 0.25) else { panic!("no number") };
    assert!(close(median, (-0.0699_f64).exp()));
}

#[test]
fn a_common_factor_multiplies_all_elements() {
    let (card, _) = read(CARD).unwrap();
    let share = &card.uncertainties()[2];
    assert_eq!(share.streams().collect::<Vec<_>>(), ["Fuel poverty", "Fuel poverty is measured"]);
    let Value::Array(median) = share.value(0.5, 1.0) else { panic!("no array") };
    assert!(median.iter().zip([0.1, 0.08, 0.06, 0.04, 0.02]).all(|(a, b)| close(*a, b)));
    // The ends of the interval are the 2.5 % and 97.5 % points: 0.1 * 1.25.
    let Value::Array(high) = share.value(0.975, 1.0) else { panic!("no array") };
    assert!((high[0] - 0.125).abs() < 1e-5, "{high:?}");
    assert_eq!(share.value(0.5, 0.05), Value::Array(vec![0.0; 5]));
}

#[test]
fn a_place_has_draws_of_its_own() {
    let (place, found) = read(PLACE).unwrap();
    assert!(found.is_empty());
    let drawn = place.uncertainties();
    assert_eq!(drawn.len(), 1);
    assert_eq!(drawn[0].stream, "lancashire-south-cumbria: Emergency admission rate");
    assert!(drawn[0].local);
    assert_eq!(drawn[0].bases, [0.1381, 0.045, 0.1065, 0.3266]);
}

#[test]
fn one_scalar_with_a_spread_and_a_fixed_one_with_a_null() {
    let text = with("value = 4\nper = 2\nspread = { low = 0.5, high = 2, distribution = \"lognormal\" }");
    let (card, _) = read(&text).unwrap();
    let extra = &card.uncertainties()[3];
    let Value::Number(median) = extra.value(0.5, 1.0) else { panic!("no number") };
    assert!(close(median, 2.0));
    let (card, _) = read(&with("value = 4\nper = 2\np_null = 0.5\nnothing = 1")).unwrap();
    let extra = &card.uncertainties()[3];
    assert_eq!(extra.value(0.9, 0.6), Value::Number(2.0));
    assert_eq!(extra.value(0.9, 0.4), Value::Number(0.5));
}

#[test]
fn what_is_fixed_or_derived_is_not_drawn() {
    for figure in [
        "value = 4",
        "value = 4\ndistribution = \"fixed\"",
        "value = 4\nlow = 5\nhigh = 6\ndistribution = \"fixed\"",
        "value = 4\ndistribution = \"derived\"",
        "values = [1, 2]",
        "value = 4\np_null = 0\nnothing = 1",
    ] {
        let (card, _) = read(&with(figure)).unwrap_or_else(|found| panic!("{figure}: {found:?}"));
        assert_eq!(card.uncertainties().len(), 3, "{figure}");
    }
}

#[test]
fn each_slip_has_its_code() {
    for (figure, expected) in [
        ("value = 1\nlow = 3\nhigh = 2\ndistribution = \"normal\"", code::OUT_OF_ORDER),
        ("value = 1\nlow = 2\nhigh = 3\ndistribution = \"pert\"", code::OUT_OF_ORDER),
        ("value = 1\nlow = 0\nhigh = 3\ndistribution = \"lognormal\"", code::NO_DISTRIBUTION),
        ("value = 0.5\nlow = 0\nhigh = 1.5\ndistribution = \"beta\"", code::NO_DISTRIBUTION),
        ("value = 1\nlow = 0\nhigh = 3", code::LONE_KEY),
        ("value = 1\nlow = 0\ndistribution = \"normal\"", code::LONE_KEY),
        ("value = 1\ndistribution = \"normal\"", code::LONE_KEY),
        ("value = 1\nlow = 0\nhigh = 3\ndistribution = \"gausian\"", code::UNKNOWN_WORD),
        ("value = 1\np_null = 1.5\nnothing = 1", code::NOT_A_PROBABILITY),
        ("value = 1\np_null = 0.5", code::LONE_KEY),
        ("value = 1\nnothing = 0.5", code::LONE_KEY),
        ("value = 1\nper = 0", code::NOT_POSITIVE),
        ("value = nan", code::NOT_FINITE),
        ("value = inf", code::NOT_FINITE),
        ("value = 1e999", code::NOT_FINITE),
        ("value = \"1\"", code::WRONG_KIND),
        ("values = 1", code::WRONG_KIND),
        ("values = [[1, 2], [3]]", code::RAGGED_VALUES),
        ("values = [[1, 2], 3]", code::RAGGED_VALUES),
        ("values = [1, [2]]", code::RAGGED_VALUES),
        ("values = []", code::RAGGED_VALUES),
        ("values = [1, \"two\"]", code::WRONG_KIND),
        ("values = [1, 2]\nlow = 1\nhigh = 2\ndistribution = \"normal\"", code::TWO_WAYS),
        ("values = [1, 2]\nlow = 1\nspread = { low = 0.9, high = 1.1, distribution = \"pert\" }", code::TWO_WAYS),
        ("value = 1\nvalues = [1, 2]", code::TWO_WAYS),
        ("unit = \"pounds\"", code::TWO_WAYS),
        ("log_mean = 1\ndistribution = \"lognormal\"", code::LONE_KEY),
        ("log_mean = 1\nlog_sd = 0\ndistribution = \"lognormal\"", code::NO_DISTRIBUTION),
        ("log_mean = 1\nlog_sd = 1\ndistribution = \"normal\"", code::TWO_WAYS),
        ("value = 1\nprice_year = \"1980/81\"", code::UNKNOWN_PRICE_YEAR),
        ("value = 1\nprice_year = \"2024\"", code::UNKNOWN_PRICE_YEAR),
        ("value = 1\nspread = { low = 1.1, high = 1.2, distribution = \"pert\" }", code::OUT_OF_ORDER),
        ("value = 1\nspread = { low = 0.9, hihg = 1.2, distribution = \"pert\" }", code::LONE_KEY),
        ("value = 1\ncolour = \"red\"", code::UNKNOWN_KEY),
    ] {
        let found = codes(&with(figure));
        assert!(found.contains(&expected), "{figure}: {found:?}");
        assert!(found.len() <= 2, "{figure}: {found:?}");
    }
    assert_eq!(codes(&CARD.replace("grade = \"A\"\n", "")), [code::MISSING_KEY]);
    assert_eq!(codes(&CARD.replace("schema = 1", "schema = 2")), [code::UNKNOWN_SCHEMA]);
    assert_eq!(codes(&CARD.replace("[card]", "[crad]"))[0], code::NO_KIND);
    assert_eq!(codes(&CARD.replace("[\"Unit cost[H01]\"]", "[\"Unit cost[H02]\"]")), [code::OTHER_PROGRAMME]);
}

#[test]
fn all_that_is_wrong_is_said_at_once_in_the_order_of_the_text() {
    let text = CARD
        .replace("grade = \"C\"\n", "grade = \"D\"\n")
        .replace("\"hes-2011-12\"", "\"hes-2011-2\"")
        .replace("domain =", "domian =");
    assert_eq!(codes(&text), [code::MISSING_KEY, code::UNKNOWN_KEY, code::UNKNOWN_WORD, code::UNKNOWN_SOURCE]);
}

#[test]
fn prices_by_hand() {
    let deflators = references().deflators;
    let year = |label| FinancialYear::parse(label).unwrap();
    assert_eq!(deflators.to_base(year("2022/23")), Some(1.5));
    assert_eq!(deflators.to_base(year("2024/25")), Some(1.0));
    assert_eq!(deflators.to_base(year("2020/21")), None);
    assert_eq!(deflators.from_base(year("2026/27")), Some(1.05));
    // Two years past the path, at 2 % a year.
    assert!(close(deflators.from_base(year("2028/29")).unwrap(), 1.05 * 1.02 * 1.02));
}

#[test]
fn a_study_takes_a_place_its_cards_and_the_system() {
    let system = CARD
        .lines()
        .skip_while(|line| !line.starts_with("[\"Eligible"))
        .collect::<Vec<_>>()
        .join("\n")
        .replace("H01,", "");
    let system =
        format!("[system]\nschema = 1\nid = \"hospital\"\nname = \"Hospital\"\ndescription = \"Beds.\"\n{system}");
    let names = [file("h01.toml"), file("place.toml"), file("system.toml")];
    let texts = [CARD, PLACE, system.as_str()];
    let (library, found) = Library::read(references(), names.iter().zip(texts)).unwrap();
    assert!(found.is_empty());
    assert_eq!(library.systems().count(), 1);
    assert_eq!(library.card("h01").map(|card| card.id.as_str()), Some("H01"));
    let selection = Selection {
        place: library.place("lancashire-south-cumbria").unwrap(),
        cards: library.cards().collect(),
        systems: library.systems().collect(),
    };
    let bindings = selection.bindings(&Name::new("Programme"));
    assert_eq!(bindings.values.len(), 6);
    assert_eq!(bindings.ranges[&Name::new("programme")], [Name::new("H01")]);
    let streams: Vec<String> = selection.uncertainties().into_iter().map(|drawn| drawn.stream).collect();
    assert_eq!(
        streams,
        [
            "Fuel poverty",
            "lancashire-south-cumbria: Emergency admission rate",
            "Unit cost[H01]",
            "Relative risk[H01,Emergency admissions]",
            "Fuel poverty",
        ]
    );
}

#[test]
fn every_number_can_be_listed() {
    let (card, _) = read(CARD).unwrap();
    let rows = listing([&card]);
    assert_eq!(rows.len(), 3);
    assert_eq!((rows[0].value.as_str(), rows[0].range.as_str()), ("7500", "1500 to 20000"));
    assert_eq!(rows[0].price_year, FinancialYear::parse("2023/24"));
    assert_eq!(rows[1].distribution, "lognormal; 1 with probability 0.25");
    assert_eq!(rows[2].value, "5 values, 2 to 10");
    assert_eq!(rows[2].range, "times 0.8 to 1.25");
    assert_eq!(rows[2].stream.as_deref(), Some("Fuel poverty"));
}

#[test]
fn the_folders_of_mistakes() {
    golden::check("E", code::PAGES, |files| {
        let mut found = Diagnostics::new();
        let mut references = references();
        let mut evidence = Vec::new();
        for (name, text) in files {
            match name.as_ref() {
                "sources.toml" => match SourceRegistry::read(name, text) {
                    Ok((sources, more)) => {
                        references.sources = sources;
                        found.extend(more);
                    }
                    Err(more) => found.extend(more),
                },
                "deflators.toml" => match Deflators::read(name, text, &references.sources) {
                    Ok((_, more)) | Err(more) => found.extend(more),
                },
                _ => evidence.push((name, text.as_ref())),
            }
        }
        match Library::read(references, evidence) {
            Ok((_, more)) | Err(more) => found.extend(more),
        }
        found
    });
}

#[test]
fn the_register_keeps_what_it_read() {
    let (register, _) = SourceRegistry::read(&file("sources.toml"), SOURCES).unwrap();
    assert_eq!(register.iter().count(), 3);
    assert_eq!(register.get("ons-2020").unwrap().year, "2020");
    assert_eq!(register.get("hes-2011-12").unwrap().url.as_deref(), Some("https://digital.nhs.uk"));
}

#[test]
fn a_broken_text_is_complained_of_and_never_more() {
    for text in [CARD, PLACE] {
        for (at, _) in text.char_indices() {
            let _ = read(&text[..at]);
            let _ = read(&format!("{}{}", &text[..at], &text[at + 1..]));
            let _ = read(&format!("{}[{}", &text[..at], &text[at..]));
        }
    }
}

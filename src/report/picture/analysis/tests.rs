//! One picture of each kind from made-up samples, drawn and checked for words that cover each other.

use super::super::super::figure::{self, Figure, NumberFormat};
use super::{
    Caption, EfficientFrontier, FrontierPoint, HeatMap, Index, IndexOverTime, InformationCurve, NamedInput, Swing,
    Tornado, acceptability, boxes, expected_loss, frontier, heat_map, indices, indices_over_time, information, plane,
    table_of_acceptability, table_of_frontier, table_of_information, table_of_plane, table_of_tornado, tornado,
};
use crate::sensitivity::decision::discovery::{Input, Search, gatherings};
use crate::sensitivity::decision::{
    Consequences, acceptability as curves, information_about_each, perfect_information, plane as clouds, worths,
};
use engine::sampling::{Distribution, uniform};

const DRAWS: usize = 1_000;

fn caption() -> Caption {
    Caption {
        subject: "Lancashire and South Cumbria, ten years".to_owned(),
        source: "Wellspring, a made-up sample for tests, 1,000 draws.".to_owned(),
    }
}

fn normal(name: &str) -> Vec<f64> {
    let normal = Distribution::Normal { mean: 0.0, standard_deviation: 1.0 };
    (0..DRAWS as u64).map(|draw| normal.quantile(uniform(1, draw, name))).collect()
}

fn names() -> Vec<String> {
    ["Do nothing", "Core mix of programmes", "Early years first"].map(str::to_owned).to_vec()
}

fn consequences() -> (Consequences, Vec<Vec<f64>>) {
    let inputs: Vec<Vec<f64>> = (0..6).map(|i| normal(&format!("x{i}"))).collect();
    let row = |value: &dyn Fn(usize) -> f64| (0..DRAWS).map(value).collect::<Vec<f64>>();
    let costs = vec![
        vec![0.0; DRAWS],
        row(&|i| 5.2e7 + 9e6 * inputs[0][i] + 3e6 * inputs[5][i]),
        row(&|i| 9.5e7 + 1.6e7 * inputs[1][i]),
    ];
    let effects = vec![
        vec![0.0; DRAWS],
        row(&|i| 1_600.0 + 700.0 * inputs[2][i] + 300.0 * inputs[3][i]),
        row(&|i| 2_300.0 + 1_200.0 * inputs[4][i] + 250.0 * inputs[2][i]),
    ];
    (Consequences::new(costs, effects).unwrap(), inputs)
}

fn all() -> Vec<(&'static str, Figure, Option<String>)> {
    let caption = caption();
    let (consequences, inputs) = consequences();
    let (names, worths) = (names(), worths(100_000.0, 50));
    let chances = curves(&consequences, &worths);
    let clouds = clouds(&consequences, 0).unwrap();
    let everything = perfect_information(&consequences, &worths);
    let input_names = [
        "Price of the core mix",
        "Price of early years",
        "Uptake where deprivation is greatest",
        "Fade-out of effects",
        "Effect of early years at age 11",
        "Pay",
    ];
    let known: Vec<InformationCurve> = information_about_each(&consequences, &inputs, &worths)
        .unwrap()
        .into_iter()
        .zip(input_names)
        .map(|(values, name)| InformationCurve { name: name.to_owned(), values })
        .collect();
    let swing = |name: &str, low: &str, high: &str, at_low: f64, at_high: f64| Swing {
        name: name.to_owned(),
        low: low.to_owned(),
        high: high.to_owned(),
        at_low,
        at_high,
    };
    let swings = Tornado {
        outcome: "net cash by 2029/30".to_owned(),
        unit: "£ million, money of each year".to_owned(),
        format: NumberFormat::million_pounds().with_sign(),
        base: -2.1e7,
        swings: vec![
            swing("scale-up of trial effects", "0.45", "0.95", -4.4e7, 6e6),
            swing("share of released beds closed", "0.3", "0.9", -3.3e7, -1.1e7),
            swing("price of a hypertension start", "£180", "£420", -1.5e7, -3.0e7),
            swing("years until an effect begins", "1", "4", -1.9e7, -2.4e7),
            swing("growth of pay", "2%", "4%", -2.2e7, -2.05e7),
        ],
    };
    let index = |name: &str, kind: &str, value: f64, half: f64| Index {
        name: name.to_owned(),
        kind: kind.to_owned(),
        value,
        interval: Some((value - half, value + half)),
    };
    let shares = [
        index("Scale-up of trial effects", "First order", 0.52, 0.05),
        index("Backfill of released beds", "First order", 0.21, 0.04),
        index("Price of a hypertension start", "First order", 0.05, 0.03),
        index("Growth of pay", "First order", 0.01, 0.03),
        index("Scale-up of trial effects", "Total order", 0.61, 0.06),
        index("Backfill of released beds", "Total order", 0.30, 0.05),
        index("Price of a hypertension start", "Total order", 0.07, 0.03),
        index("Growth of pay", "Total order", 0.01, 0.02),
    ];
    let over_time = |name: &str, from: f64, to: f64| IndexOverTime {
        name: name.to_owned(),
        values: (0..10).map(|year| from + (to - from) * f64::from(year) / 9.0).collect(),
        intervals: Vec::new(),
    };
    let years = [
        over_time("Price of a start", 0.7, 0.1),
        over_time("Scale-up of trial effects", 0.1, 0.6),
        over_time("Backfill of released beds", 0.05, 0.25),
    ];
    let fails: Vec<bool> =
        (0..DRAWS).map(|i| inputs[2][i] < -0.2 && inputs[0][i] > 0.1 || uniform(9, i as u64, "fails") < 0.05).collect();
    let kinds: Vec<u32> = (0..DRAWS).map(|i| (uniform(2, i as u64, "kind") * 3.0) as u32).collect();
    let cases: Vec<Input> =
        inputs.iter().cloned().map(Input::Numbers).chain([Input::Categories { of_case: kinds, count: 3 }]).collect();
    let found = gatherings(&cases, &fails, &Search::default()).unwrap();
    let found = found.boxes();
    let mut named: Vec<NamedInput> =
        input_names.iter().map(|name| NamedInput { name: name.to_lowercase(), categories: Vec::new() }).collect();
    let kinds = ["base cut", "growth", "loan"].map(str::to_owned).to_vec();
    named.push(NamedInput { name: "source of the money".to_owned(), categories: kinds });
    let map = HeatMap {
        outcome: "net cash by 2034/35".to_owned(),
        unit: "£ million, money of each year".to_owned(),
        format: NumberFormat::million_pounds().with_sign(),
        row_title: "share of the budget".to_owned(),
        rows: ["0.5%", "1%", "1.5%", "2%"].map(str::to_owned).to_vec(),
        column_title: "backfill of released beds".to_owned(),
        columns: ["0", "0.25", "0.5", "0.75", "1"].map(str::to_owned).to_vec(),
        values: (0..4)
            .map(|row| (0..5).map(|column| 1e6 * (9.0 - 4.1 * f64::from(row) - 5.3 * f64::from(column))).collect())
            .collect(),
        more_is_better: true,
    };
    let point = |name: &str, first: f64, second: f64| FrontierPoint {
        name: name.to_owned(),
        first,
        second,
        spending: Some(3e8 - 2e4 * first),
        better: first > 5_200.0 && second >= -1.6e7,
    };
    let efficient = EfficientFrontier {
        goals: ["QALYs gained".to_owned(), "cash by 2029/30".to_owned()],
        formats: [NumberFormat::plain(), NumberFormat::million_pounds().with_sign()],
        points: (0..12)
            .map(|i| {
                let share = f64::from(i) / 11.0;
                let name = ["all for cash", "", "all for health"][usize::from(i > 0) + usize::from(i == 11)];
                point(name, 3_000.0 + 6_000.0 * share, 4e6 - 3.8e7 * share.powf(2.5))
            })
            .collect(),
        reference: point("the plan in the file", 5_200.0, -1.6e7),
        reference_is_efficient: false,
    };
    vec![
        ("tornado", tornado(&swings, &caption), Some(table_of_tornado(&swings, "tornado.csv").csv())),
        ("indices", indices("net cash by 2029/30", &shares, &caption), None),
        ("indices-over-time", indices_over_time("cumulative net cash", "Total order", &years, 2025, &caption), None),
        (
            "acceptability",
            acceptability(&chances, &names, "QALY", &caption),
            Some(table_of_acceptability(&chances, &names, "acceptability.csv").csv()),
        ),
        (
            "expected-loss",
            expected_loss(&chances, &names, "QALY", &caption),
            Some(table_of_acceptability(&chances, &names, "acceptability.csv").csv()),
        ),
        (
            "plane",
            plane(&clouds, &names, 0, "QALY", 25_000.0, &caption),
            Some(table_of_plane(&clouds, &names, 0, "plane.csv").csv()),
        ),
        (
            "information",
            information(&everything, &known, "QALY", &caption),
            Some(table_of_information(&everything, &known, "information.csv").csv()),
        ),
        ("boxes", boxes(&found[0], &named, "From growth, ring-fenced", "the plan fails to repay", &caption), None),
        ("heat-map", heat_map(&map, &caption), None),
        ("frontier", frontier(&efficient, &caption), Some(table_of_frontier(&efficient, "frontier.csv").csv())),
    ]
}

/// With GALLERY naming a folder, `cargo test analysis` writes the pictures there, to be looked at.
#[test]
fn every_picture_is_drawn_and_says_what_it_shows() {
    for (name, figure, table) in all() {
        let drawing = figure::draw(&figure).unwrap_or_else(|error| panic!("{name}: {error}"));
        let png = figure::png(&drawing.svg, 1.0).unwrap();
        assert!(png.starts_with(b"\x89PNG"), "{name}");
        if let Some(folder) = std::env::var_os("GALLERY") {
            std::fs::write(std::path::Path::new(&folder).join(format!("analysis-{name}.png")), png).unwrap();
        }
        for text in [&figure.title, &figure.subtitle, &figure.source_line, &figure.alternative_text] {
            assert!(!text.is_empty() && !text.contains("NaN"), "{name}: {text}");
        }
        assert!(figure.alternative_text.contains(|letter: char| letter.is_ascii_digit()), "{name}");
        for (index, one) in drawing.text_boxes.iter().enumerate() {
            assert!(one.left >= -0.5 && one.right <= figure.width + 0.5, "{name}: `{}` is cut", one.text);
            for other in &drawing.text_boxes[index + 1..] {
                let apart = one.right <= other.left + 0.5
                    || other.right <= one.left + 0.5
                    || one.bottom <= other.top + 0.5
                    || other.bottom <= one.top + 0.5;
                assert!(apart, "{name}: `{}` covers `{}`", one.text, other.text);
            }
        }
        let Some(table) = table else { continue };
        let columns = table.lines().next().unwrap().split(',').count();
        assert!(table.lines().count() > 2 && columns >= 4, "{name}");
        assert!(!table.contains("NaN") && !table.contains("inf"), "{name}");
    }
}

#[test]
fn the_same_numbers_make_the_same_picture() {
    for ((name, one, _), (_, other, _)) in all().into_iter().zip(all()) {
        assert_eq!(figure::svg(&one).unwrap(), figure::svg(&other).unwrap(), "{name}");
    }
}

#[test]
fn nothing_to_show_is_a_picture_without_data() {
    let caption = caption();
    let empty = Tornado {
        outcome: "net cash".to_owned(),
        unit: "£".to_owned(),
        format: NumberFormat::plain(),
        base: 0.0,
        swings: Vec::new(),
    };
    for figure in [
        indices("net cash", &[], &caption),
        indices_over_time("net cash", "Total order", &[], 2025, &caption),
        acceptability(&[], &names(), "QALY", &caption),
        information(&[], &[], "QALY", &caption),
        tornado(&empty, &caption),
    ] {
        if !figure.panels.is_empty() {
            assert!(figure::draw(&figure).is_ok(), "{}", figure.title);
        }
        assert!(!figure.title.is_empty());
    }
}

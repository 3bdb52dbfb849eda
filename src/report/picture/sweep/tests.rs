//! Pictures of made-up sweeps: which are drawn, what they say, and that no word covers another.

use std::collections::BTreeSet;

use crate::quantity::Unit;

use super::{SweepFigure, sweep_figures, sweep_pictures};
use crate::report::figure::{self, Layer};
use crate::study::experiment::{Dimension, OutcomeLabel, Setting, SweepCell, SweepFindings, SweepShape};
use engine::sampling::uniform;

const DRAWS: u64 = 40;

fn numbers(name: &str, values: &[&str]) -> (Dimension, Vec<String>) {
    let dimension = Dimension { name: name.to_owned(), numbers: true, quantiles: name.contains("Contact") };
    (dimension, values.iter().map(|one| (*one).to_owned()).collect())
}

fn names(name: &str, values: &[&str]) -> (Dimension, Vec<String>) {
    let (dimension, values) = numbers(name, values);
    (Dimension { numbers: false, quantiles: false, ..dimension }, values)
}

fn counted(name: &str, count: usize) -> (Dimension, Vec<String>) {
    let values: Vec<String> = (0..count).map(|one| (one as f64 / 10.0).to_string()).collect();
    numbers(name, &values.iter().map(String::as_str).collect::<Vec<_>>())
}

fn outcome(written: &str, unit: Unit, holds: bool) -> OutcomeLabel {
    let (name, group) = written.split_once(':').unwrap_or((written, ""));
    OutcomeLabel {
        written: written.to_owned(),
        outcome: name.to_owned(),
        comparator: "twin".to_owned(),
        group: group.to_owned(),
        payer: String::new(),
        year: String::new(),
        price_base: if unit == Unit::Pounds { "nominal".to_owned() } else { String::new() },
        unit,
        holds,
        called: String::new(),
        beside: Vec::new(),
    }
}

fn setting(dimension: &Dimension, written: &str) -> Setting {
    if dimension.numbers { Setting::Number(written.parse().unwrap()) } else { Setting::Name(written.to_owned()) }
}

/// A full grid; numbers grow with the first dimension, fall with the second, and lie on both sides of zero.
fn sweep(swept: &[(Dimension, Vec<String>)], strategies: usize, outcomes: Vec<OutcomeLabel>) -> SweepFindings {
    let mut cells = vec![Vec::new()];
    for (_, values) in swept {
        cells = cells
            .iter()
            .flat_map(|cell: &Vec<usize>| (0..values.len()).map(|at| cell.iter().copied().chain([at]).collect()))
            .collect();
    }
    let description = cells.iter().map(|cell| SweepCell {
        place: "blackpool".to_owned(),
        values: cell.iter().zip(swept).map(|(at, (one, values))| setting(one, &values[*at])).collect(),
    });
    let shape = SweepShape {
        name: "protection".to_owned(),
        title: "What protection keeps".to_owned(),
        dimensions: swept.iter().map(|(dimension, _)| dimension.clone()).collect(),
        cells: description.collect(),
        strategies: (0..strategies).map(|one| (format!("s{one}"), format!("Plan number {}", one + 1))).collect(),
        outcomes,
        draws: DRAWS,
    };
    let mut values = Vec::new();
    for label in &shape.outcomes {
        for strategy in 0..strategies {
            for cell in &cells {
                let place = |which: usize| cell.get(which).map_or(0.0, |at| *at as f64 / swept[which].1.len() as f64);
                let level = 3.0 * place(0) - 2.0 * place(1) + place(2) + strategy as f64 / 4.0;
                values.extend((0..DRAWS).map(|draw| {
                    let chance = uniform(3, draw, "sweep");
                    let value = level + 1.5 * (chance - 0.5);
                    match label.unit {
                        _ if label.holds => f64::from(u8::from(value > 0.4)),
                        Unit::Pounds => 1e7 * value,
                        _ => value,
                    }
                }));
            }
        }
    }
    SweepFindings { shape, values, unaccounted: 0 }
}

fn cash() -> Vec<OutcomeLabel> {
    vec![outcome("net-at-horizon:cash", Unit::Pounds, false)]
}

fn fence() -> (Dimension, Vec<String>) {
    numbers("Ring fence strength", &["1", "0.30000000000000004", "0.5", "0"])
}

fn contact() -> (Dimension, Vec<String>) {
    numbers("Contact rate", &["0.05", "0.5", "0.95"])
}

fn delay() -> (Dimension, Vec<String>) {
    names("Start of the plan", &["at once", "after three years", "never before the deficit is repaid"])
}

/// Sweeps of many shapes with names for their pictures.
fn all() -> Vec<(&'static str, SweepFindings)> {
    let both = vec![outcome("net-at-horizon:cash", Unit::Pounds, false), outcome("payback:cash", Unit::Unsaid, true)];
    vec![
        ("one", sweep(&[fence()], 2, both.clone())),
        ("one-of-names", sweep(&[delay()], 2, cash())),
        ("one-strategy", sweep(&[fence(), contact()], 1, both.clone())),
        ("names-by-names", sweep(&[delay(), names("Source", &["growth", "a cut of care", "a loan"])], 1, cash())),
        ("names-by-numbers", sweep(&[delay(), fence()], 3, cash())),
        ("three-strategies", sweep(&[fence(), contact()], 3, both)),
        ("three-dimensions", sweep(&[fence(), contact(), delay()], 2, cash())),
        ("fine", sweep(&[counted("Share of the budget", 30), counted("Backfill", 25)], 1, cash())),
        ("many-strategies", sweep(&[fence(), contact(), delay()], 5, cash())),
    ]
}

fn drawn(found: &SweepFindings) -> Vec<SweepFigure<'_>> {
    sweep_figures(found).0
}

fn drawn_names(found: &SweepFindings) -> Vec<String> {
    drawn(found).into_iter().map(|one| one.name).collect()
}

/// With GALLERY naming a folder, `cargo test sweep` writes the pictures there, to be looked at.
#[test]
fn every_picture_is_drawn_and_says_what_it_shows() {
    for (case, found) in all() {
        let figures = drawn(&found);
        assert!(!figures.is_empty(), "{case}");
        for SweepFigure { name, figure, table } in figures {
            let drawing = figure::draw(&figure).unwrap_or_else(|error| panic!("{case} {name}: {error}"));
            if let Some(folder) = std::env::var_os("GALLERY") {
                let png = figure::png(&drawing.svg, 1.5).unwrap();
                std::fs::write(std::path::Path::new(&folder).join(format!("{case}-{name}.png")), png).unwrap();
            }
            for text in [&figure.title, &figure.subtitle, &figure.source_line, &figure.alternative_text] {
                assert!(!text.is_empty() && !text.contains("NaN"), "{case} {name}: {text}");
            }
            assert!(figure.title.contains(": highest (") && figure.title.contains("; lowest ("), "{}", figure.title);
            for (place, one) in drawing.text_boxes.iter().enumerate() {
                assert!(one.left >= -0.5 && one.right <= figure.width + 0.5, "{case} {name}: `{}` is cut", one.text);
                for other in &drawing.text_boxes[place + 1..] {
                    let apart = one.right <= other.left + 0.5
                        || other.right <= one.left + 0.5
                        || one.bottom <= other.top + 0.5
                        || other.bottom <= one.top + 0.5;
                    assert!(apart, "{case} {name}: `{}` covers `{}`", one.text, other.text);
                }
            }
            assert_eq!(table.file, format!("{name}.csv"));
            let text = table.csv();
            assert!(!text.contains("NaN") && text.lines().count() > found.shape.cells.len(), "{case} {name}");
        }
    }
}

#[test]
fn one_thing_swept_is_lines_and_two_are_a_heat_map_as_well() {
    let (line, heat) = ("sweep-net-at-horizon-cash", "heat-net-at-horizon-cash");
    assert_eq!(drawn_names(&sweep(&[fence()], 2, cash())), [line]);
    assert_eq!(drawn_names(&sweep(&[fence(), contact()], 2, cash())), [line, heat]);
    assert_eq!(drawn_names(&sweep(&[fence(), counted("Backfill", 9)], 2, cash())), [heat]);
}

#[test]
fn a_heat_map_has_each_setting_where_it_belongs_and_one_scale() {
    let found = sweep(&[fence(), contact(), delay()], 2, cash());
    let heat = drawn(&found).into_iter().find(|one| one.name.starts_with("heat")).unwrap();
    assert_eq!(heat.figure.panels.len(), 6);
    let mut scales = Vec::new();
    for panel in &heat.figure.panels {
        let [Layer::Cells { estimates, reach, .. }] = panel.layers.as_slice() else { panic!("{:?}", panel.layers) };
        assert_eq!((estimates.len(), estimates[0].len()), (3, 4));
        scales.push(*reach);
        // The greatest quantile of the second is on top, the least fence on the left; both lower the number.
        let lower = |one: &figure::Estimate, other: &figure::Estimate| one.middle < other.middle;
        assert!(estimates.iter().all(|row| row.iter().all(|one| one.middle >= reach.0 && one.middle <= reach.1)));
        assert!(lower(&estimates[0][3], &estimates[2][3]) && !estimates[0].iter().any(|one| one.ninety.is_none()));
    }
    assert!(scales.windows(2).all(|pair| pair[0] == pair[1]), "{scales:?}");
    assert_eq!(heat.figure.panels[4].title, "Plan number 2: Start of the plan after three years");
    // The first of the list of values is the greatest, so that its number stands on the right.
    let Layer::Cells { estimates, .. } = &heat.figure.panels[0].layers[0] else { panic!("no cells") };
    let sought = [Setting::Number(1.0), Setting::Number(0.05), Setting::Name("at once".to_owned())];
    let cell = found.shape.cells.iter().position(|cell| cell.values == sought).unwrap();
    assert_eq!(estimates[2][3], super::middle(&found, 0, 0, cell));
}

#[test]
fn too_many_panels_are_a_picture_for_each_strategy() {
    let names = drawn_names(&sweep(&[fence(), counted("Backfill", 9), delay()], 5, cash()));
    let expected: Vec<String> = (0..5).map(|one| format!("heat-net-at-horizon-cash-s{one}")).collect();
    assert_eq!(names, expected);
}

#[test]
fn a_large_sweep_draws_its_first_outcomes_and_says_so() {
    let many: Vec<OutcomeLabel> =
        (0..40).map(|one| outcome(&format!("outcome-{one}"), "people".into(), false)).collect();
    let found = sweep(&[fence(), contact()], 2, many);
    let (figures, left_out) = sweep_figures(&found);
    assert_eq!(figures.len(), 16);
    assert!(left_out.len() == 1 && left_out[0].contains("the first 8 of 40 outcomes"), "{left_out:?}");
    let names: BTreeSet<&str> = figures.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names.len(), 16);
}

#[test]
fn a_title_names_what_level_settings_share() {
    let mut found = sweep(&[fence(), contact()], 2, cash());
    let half = found.values.len() / 2;
    let (one, other) = found.values.split_at_mut(half);
    other.copy_from_slice(one);
    let title = &drawn(&found)[1].figure.title;
    let expected = "Net at horizon, cash: highest (£22m) at 2 settings with Ring fence strength 0 and Contact rate at quantile \
                    0.05; lowest (−£14m) at 2 settings with Ring fence strength 1 and Contact rate at quantile 0.95";
    assert_eq!(title, expected);
}

#[test]
fn points_that_are_no_grid_have_no_pictures_and_that_is_said() {
    let mut found = sweep(&[fence(), contact()], 1, cash());
    found.shape.cells.swap_remove(3);
    found.values.truncate(found.values.len() - DRAWS as usize);
    let drawn = sweep_pictures(&found);
    assert!(drawn.pictures.is_empty() && drawn.tables.is_empty());
    assert_eq!(drawn.left_out, ["No pictures are drawn: the points are no grid; sweep.csv has them"]);
    let found = sweep(&[counted("Backfill", 50), counted("Share", 50)], 1, cash());
    assert!(sweep_figures(&found).1[0].contains("more than 40 numbers"));
}

#[test]
fn a_field_without_a_number_is_left_empty_and_no_certainty_is_made_up() {
    let mut found = sweep(&[fence(), contact()], 1, cash());
    found.values[..DRAWS as usize].fill(f64::NAN);
    for one in drawn(&found) {
        assert!(figure::draw(&one.figure).is_ok(), "{}", one.name);
    }
    found.values.fill(f64::NAN);
    for one in drawn(&found) {
        assert!(figure::draw(&one.figure).is_ok(), "{}", one.name);
        assert!(one.figure.title.ends_with("is not known"), "{}", one.figure.title);
    }
    found.values.fill(0.0);
    let titles: Vec<String> = drawn(&found).into_iter().map(|one| one.figure.title).collect();
    assert_eq!(titles, vec!["Net at horizon, cash is £0 at every setting"; 2]);
}

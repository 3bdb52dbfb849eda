//! The shipped study's numbers as they were: UPDATE=1 cargo test writes them anew, and CHANGELOG.md says why they changed.

use std::fmt::Write as _;
use std::fs;

use wellspring::appraisal::findings::Findings;
use wellspring::appraisal::statistic::Statistic;

use crate::support::{findings, root, shipped};

const FILE: &str = "tests/regression/one-per-cent.csv";

/// Draws are few: this is to see that numbers changed, not to learn them.
const DRAWS: u64 = 64;

/// How far a number may be from what it was, as a share of it: the elementary functions of another system may differ in
/// their last bit. A billionth of a unit is nothing at all.
const TOLERANCE: f64 = 1e-9;

/// Keys and numbers of all measures, and of payback, in a fixed order.
fn rows(found: &Findings) -> Vec<(String, f64)> {
    let mut rows = Vec::new();
    for measure in &found.measures {
        for (statistic, estimate) in &measure.estimates {
            if [Statistic::Mean, Statistic::P05, Statistic::P95].contains(statistic) {
                let strategy = &found.strategies[measure.strategy].id;
                let prices = measure.price_base.name(found.prices());
                let key = [
                    strategy.as_str(),
                    measure.comparator.name(),
                    &measure.outcome,
                    &measure.group.replace(',', ";"),
                    &prices,
                    statistic.name(),
                ];
                rows.push((key.join(","), estimate.value));
            }
        }
    }
    for payback in &found.payback {
        let strategy = &found.strategies[payback.strategy].id;
        for (year, paid) in payback.by_year.iter().enumerate() {
            let key = format!("{strategy},twin,payback-by-year-{},{},,probability", year + 1, payback.perspective);
            rows.push((key, paid.value));
        }
    }
    rows
}

#[test]
fn the_shipped_study_finds_what_it_found() {
    let rows = rows(&findings(&shipped(), DRAWS));
    assert!(rows.len() > 300, "{} numbers", rows.len());
    let path = root().join(FILE);
    if std::env::var_os("UPDATE").is_some() {
        let mut text = String::from("strategy,comparator,outcome,group,price_base,statistic,value\n");
        for (key, value) in &rows {
            // Writing into a String does not fail.
            let _ = writeln!(text, "{key},{value:e}");
        }
        fs::write(&path, text).unwrap();
    }
    let text = fs::read_to_string(&path).unwrap_or_default();
    let kept: Vec<(&str, f64)> = text
        .lines()
        .skip(1)
        .map(|line| line.rsplit_once(',').unwrap())
        .map(|(key, value)| (key, value.parse().unwrap()))
        .collect();
    let mut changed = Vec::new();
    for (key, value) in &rows {
        match kept.iter().find(|(own, _)| own == key) {
            None => changed.push(format!("{key}: new, {value:e}")),
            Some((_, was))
                if (value - was).abs() > TOLERANCE * was.abs().max(1.0) || value.is_nan() != was.is_nan() =>
            {
                let percent = 100.0 * (value / was - 1.0);
                changed.push(format!("{key}: {was:e} is now {value:e} ({percent:+.4} %)"));
            }
            Some(_) => {}
        }
    }
    let gone = kept.iter().filter(|(key, _)| !rows.iter().any(|(own, _)| own == key));
    changed.extend(gone.map(|(key, was)| format!("{key}: gone, was {was:e}")));
    assert!(
        changed.is_empty(),
        "{} of {} numbers changed (UPDATE=1 cargo test writes them anew):\n{}",
        changed.len(),
        rows.len(),
        changed[..changed.len().min(40)].join("\n")
    );
}

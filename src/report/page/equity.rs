//! Fairness: health by fifth of neighbourhoods, slope and relative index, and the equity-impact plane.

use crate::answer::read::{groups, health_outcome, measured, statistic_of};
use crate::appraisal::findings::{Comparator, Findings};
use crate::appraisal::measure::inequality::{RELATIVE_INDEX, SLOPE_INDEX};
use crate::appraisal::measure::net_health::{DISPLACED_PER_1000, EQUITY_IMPACT, GAINED_PER_1000};
use crate::appraisal::statistic::Statistic;
use crate::report::headline::on_clock;
use crate::report::picture::{group_name, impact};
use crate::scenario::Role;
use crate::words;

use super::Pictures;
use super::view::{Cell, Section, Table};

/// The section; empty where the model keeps no groups.
pub fn section(findings: &Findings, pictures: &Pictures<'_>) -> Section {
    let mut section = Section::new("equity", "Fairness");
    let groups = groups(findings);
    if groups.len() < 2 {
        section.say("The model of this study keeps no groups of people apart, so that nothing is known of who gains.");
        return section;
    }
    section.say(
        "The slope index is what the most deprived person gains beyond the least deprived, on a line through all groups; the \
         relative index is the slope over the mean. Above zero the deprived gain more. Areas stand for people: not everyone in \
         a deprived area is deprived.",
    );
    pictures.put(&mut section, "quintiles");
    section.table(by_group(findings, &groups));
    section.table(indices(findings));
    pictures.put(&mut section, "equity-plane");
    section.behind("equity-plane", vec![plane(findings)]);
    section
}

fn by_group(findings: &Findings, groups: &[String]) -> Table {
    let mut columns = vec!["Strategy and what".to_owned()];
    columns.extend(groups.iter().enumerate().map(|(index, group)| group_name(group, index, groups.len())));
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut table = Table::new(format!("QALYs by group {}", on_clock(findings)), &columns)
        .noted("Medians, nine draws in ten in brackets.");
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let mut add = |what: &str, comparator, outcome: &str| {
            let cells = groups.iter().map(|group| {
                let found = measured(findings, strategy, comparator, outcome, group);
                Cell::interval(found.middle, found.ends(), words::number)
            });
            table.row(format!("{}: {what}", label.name), cells.collect());
        };
        add("gained", Comparator::Twin, &health_outcome(findings, Role::QalysGained));
        add("gained, per 1,000 residents", Comparator::Twin, GAINED_PER_1000);
        add("displaced", Comparator::DoNothing, &health_outcome(findings, Role::QalysDisplaced));
        add("displaced, per 1,000 residents", Comparator::DoNothing, DISPLACED_PER_1000);
    }
    table
}

fn indices(findings: &Findings) -> Table {
    let mut table = Table::new(
        "How unequally QALYs gained are spread",
        &["Strategy", "Slope index, QALYs per 1,000 residents", "Relative index"],
    )
    .noted("Medians, nine draws in ten in brackets; QALYs displaced are not in these two, and are in the plane below.");
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let of = |outcome| measured(findings, strategy, Comparator::Twin, outcome, findings.ledger(Role::QalysGained));
        let (slope, relative) = (of(SLOPE_INDEX), of(RELATIVE_INDEX));
        table.row(
            &label.name,
            vec![
                Cell::interval(slope.middle, slope.ends(), |value| words::signed(1000.0 * value)),
                Cell::interval(relative.middle, relative.ends(), words::signed),
            ],
        );
    }
    table
}

const QUADRANTS: [&str; 4] =
    ["more health, narrower gap", "more health, wider gap", "less health, narrower gap", "less health, wider gap"];

fn plane(findings: &Findings) -> Table {
    let mut columns = vec!["Strategy", "Net QALYs", "Slope index of net QALYs per 1,000 residents"];
    let quadrants = QUADRANTS.map(words::capital);
    columns.extend(quadrants.iter().map(String::as_str));
    let mut table = Table::new("The equity-impact plane in numbers", &columns)
        .noted("Medians, nine draws in ten in brackets; the last four columns are shares of draws.");
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let (net, slope) = impact(findings, strategy);
        let mut cells = vec![
            Cell::interval(net.middle, net.ends(), words::signed),
            Cell::interval(slope.middle, slope.ends(), |value| words::signed(1000.0 * value)),
        ];
        cells.extend(QUADRANTS.map(|quadrant| {
            let probability = Statistic::Probability;
            let chance = statistic_of(findings, strategy, Comparator::DoNothing, EQUITY_IMPACT, quadrant, probability);
            Cell::number(chance, words::chance)
        }));
        table.row(&label.name, cells);
    }
    table
}

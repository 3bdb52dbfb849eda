//! Fairness: health by fifth of neighbourhoods, slope and relative index, and the equity-impact plane.

use crate::answer::equity::aversions;
use crate::answer::read::{groups, health_outcome, measured, statistic_of};
use crate::appraisal::findings::{Comparator, Findings};
use crate::appraisal::measure::equal_health::{EQUAL_HEALTH, EQUITY_WEIGHTED, HEALTH_EXPECTANCY};
use crate::appraisal::measure::inequality::{RELATIVE_INDEX, SLOPE_INDEX};
use crate::appraisal::measure::net_health::{
    DISPLACED_PER_1000, EQUITY_IMPACT, GAINED_PER_1000, NET_PER_1000, NET_QALYS,
};
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
        "Health gained less health lost where the money was taken from, for each fifth of neighbourhoods, comes first: a plan whose \
         gains go to the deprived may still be paid for with their care.",
    );
    pictures.put(&mut section, "quintiles");
    section.table(by_group(findings, &groups));
    pictures.put(&mut section, "equity-plane");
    section.behind("equity-plane", vec![plane(findings)]);
    if let Some(table) = disliked(findings, &groups) {
        section.table(table);
    }
    section.say(
        "The slope index is what the most deprived person gains beyond the least deprived, on a line through all groups; the \
         relative index is the slope over the mean. Above zero the deprived gain more. Areas stand for people: not everyone in \
         a deprived area is deprived.",
    );
    section.table(indices(findings));
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
        add("net, per 1,000 residents", Comparator::DoNothing, NET_PER_1000);
        add("gained", Comparator::Twin, &health_outcome(findings, Role::QalysGained));
        add("gained, per 1,000 residents", Comparator::Twin, GAINED_PER_1000);
        add("displaced", Comparator::DoNothing, &health_outcome(findings, Role::QalysDisplaced));
        add("displaced, per 1,000 residents", Comparator::DoNothing, DISPLACED_PER_1000);
    }
    table
}

/// What residents may expect as the plan begins, and what a plan is worth where unequal health is disliked; none where the model
/// does not tell what they may expect.
fn disliked(findings: &Findings, groups: &[String]) -> Option<Table> {
    let aversions = aversions(findings, 0);
    let of = |group: &String| statistic_of(findings, 0, Comparator::Level, HEALTH_EXPECTANCY, group, Statistic::Mean);
    let expected: Vec<String> =
        groups.iter().map(|group| format!("{group} {}", words::decimals(of(group), 1))).collect();
    let weighted = findings.measures.iter().find(|one| one.outcome == EQUITY_WEIGHTED)?;
    let mut columns = vec!["Strategy".to_owned(), "Net QALYs".to_owned()];
    columns.extend(aversions.iter().map(|aversion| format!("As good as so many shared equally, {aversion}")));
    columns.push(format!("Weighted by need, {}", weighted.group));
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut table = Table::new("What a plan is worth where unequal health is disliked", &columns).noted(format!(
        "Medians, nine draws in ten in brackets. A resident may expect so many QALYs at birth, before the plan: {}. Net QALYs of each \
         fifth are set on these. Atkinson’s index dislikes relative gaps and Kolm’s absolute ones; the aversions are those of adults in \
         England (Robson and others 2017) unless the scenario says otherwise. Weights average 1 over residents.",
        words::list(&expected)
    ));
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let of = |outcome: &str, group: &str| {
            let found = measured(findings, strategy, Comparator::DoNothing, outcome, group);
            Cell::interval(found.middle, found.ends(), words::signed)
        };
        let mut cells = vec![of(NET_QALYS, "")];
        cells.extend(aversions.iter().map(|aversion| of(EQUAL_HEALTH, aversion)));
        cells.push(of(EQUITY_WEIGHTED, &weighted.group));
        table.row(&label.name, cells);
    }
    Some(table)
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

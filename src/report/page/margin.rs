//! What the money would have bought in care: the answer at each stated cost of a displaced QALY, beside the cost that is drawn.

use crate::answer::read::measured;
use crate::appraisal::findings::{Comparator, Findings, MeasureFinding};
use crate::appraisal::measure::at_the_margin::NET_QALYS_AT;
use crate::appraisal::measure::lifetime::{LIFETIME_NET_PRESENT_VALUE, NET_SOCIAL_BENEFIT};
use crate::appraisal::measure::net_health::NET_QALYS;
use crate::words;

use super::view::{Cell, Section, Table};

/// The section; none where the model does not say which money care does not have.
pub fn section(findings: &Findings) -> Option<Section> {
    let costs = costs(findings);
    if costs.is_empty() {
        return None;
    }
    let mut section = Section::new("margin", "What the money would have bought");
    section.say(
        "A pound that goes to prevention is a pound that other care does not have. How much health that pound would have bought is the \
         number that decides most and is known least. The draws hold its uncertainty; here the answer stands at single values too, so \
         that nobody has to take ours. Doing nothing is among the choices: it is 0 in every column.",
    );
    section.table(net_health(findings, &costs));
    if let Some(table) = society(findings, &costs) {
        section.table(table);
    }
    Some(section)
}

/// The groups of measures at a stated cost, in the order of the scenario.
fn costs(findings: &Findings) -> Vec<String> {
    let of = |one: &&MeasureFinding| one.outcome == NET_QALYS_AT && one.strategy == 0;
    findings.measures.iter().filter(of).map(|one| one.group.clone()).collect()
}

/// "displaced QALY at 15000 GBP" as a head: "at £15,000".
fn head(group: &str) -> String {
    let cost = group.split(' ').rev().nth(1).and_then(|cost| cost.parse::<f64>().ok());
    cost.map_or_else(|| group.to_owned(), |cost| format!("At {}", words::pounds(cost)))
}

fn net_health(findings: &Findings, costs: &[String]) -> Table {
    let mut columns = vec!["Strategy".to_owned(), "At the cost that is drawn".to_owned()];
    columns.extend(costs.iter().map(|cost| head(cost)));
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut table = Table::new(
        "QALYs gained over a lifetime less those that the money would have bought, by what care pays for a QALY at the margin",
        &columns,
    )
    .noted(
        "Medians, nine draws in ten in brackets. At a stated cost it holds for the money of councils too; among the draws theirs has a \
         cost of its own.",
    );
    table.row("Do nothing", vec![Cell::words("0"); costs.len() + 1]);
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let of = |outcome: &str, group: &str| {
            let found = measured(findings, strategy, Comparator::DoNothing, outcome, group);
            Cell::interval(found.middle, found.ends(), words::signed)
        };
        let mut cells = vec![of(NET_QALYS, "")];
        cells.extend(costs.iter().map(|cost| of(NET_QALYS_AT, cost)));
        table.row(&label.name, cells);
    }
    table
}

/// Worth to society: as the Green Book counts, a pound for a pound, and with the shadow price that each cost gives a pound of care.
fn society(findings: &Findings, costs: &[String]) -> Option<Table> {
    let social = &findings.perspectives.last()?.id;
    let mut columns = vec![
        "Strategy".to_owned(),
        "A pound for a pound, financing apart".to_owned(),
        "Shadow price at the cost that is drawn".to_owned(),
    ];
    columns.extend(costs.iter().map(|cost| format!("Shadow price {}", words::inside(&head(cost)))));
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut table = Table::new("Worth to society over a lifetime, by what a pound of care money counts", &columns).noted(format!(
        "Medians, nine draws in ten in brackets; {} prices, discounted. In the first column a pound spent is a pound, and how the money \
         was found does not matter. In the others a pound that care does not have counts as the health it would have bought, at the \
         leading value of a QALY.",
        findings.prices()
    ));
    table.row("Do nothing", vec![Cell::words("£0"); costs.len() + 2]);
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let of = |comparator, outcome: &str, group: &str| {
            let found = measured(findings, strategy, comparator, outcome, group);
            Cell::interval(found.middle, found.ends(), words::signed_pounds)
        };
        let mut cells = vec![
            of(Comparator::Twin, LIFETIME_NET_PRESENT_VALUE, social),
            of(Comparator::DoNothing, NET_SOCIAL_BENEFIT, social),
        ];
        cells.extend(
            costs.iter().map(|cost| of(Comparator::DoNothing, NET_SOCIAL_BENEFIT, &format!("{social}, {cost}"))),
        );
        table.row(&label.name, cells);
    }
    Some(table)
}

//! What drives the answer, and what one would have to believe for it to be another.

use crate::answer::Answer;
use crate::answer::read::{health_outcome, money_of, released, statistic_of, total};
use crate::appraisal::apart::{ALL_STRUCTURE, SHARE_OF_SPREAD, highest_third, lowest_third};
use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::appraisal::measure::net_health::NET_QALYS;
use crate::appraisal::statistic::Statistic;
use crate::report::basis::Basis;
use crate::report::headline::{ALONE, cost_per_qaly};
use crate::scenario::Role;
use crate::words;

use super::horizon;
use super::view::{Cell, Section, Table};

/// Which programmes bring what, under the strategy that is told of alone, and how well the numbers behind them are known.
pub fn drivers(findings: &Findings, answer: &Answer, basis: &Basis) -> Section {
    let mut section = Section::new("drivers", "What drives it");
    if let Some(strategy) = answer.healthiest {
        section.table(programmes(findings, basis, strategy));
        if let Some(table) = structure(findings, strategy) {
            section.table(table);
        }
    }
    section.say(format!(
        "The loops of the model are cut one by one, and what each cut changes is listed, by: wellspring loops {}.",
        findings.name
    ));
    section
}

/// What of the spread comes from how the model is built; none where too few draws tell.
fn structure(findings: &Findings, strategy: usize) -> Option<Table> {
    let of = |outcome: &str, group: &str| {
        let own = findings.structure.iter().filter(|one| one.strategy == strategy);
        let mut own = own.filter(|one| one.outcome == outcome && one.group == group);
        own.next().and_then(|one| one.estimate(Statistic::Mean)).map_or(f64::NAN, |estimate| estimate.value)
    };
    let ending = lowest_third("");
    let labels = findings.structure.iter().filter(|one| one.strategy == strategy && one.outcome == NET_QALYS);
    let labels: Vec<&str> = labels.filter_map(|one| one.group.strip_suffix(&ending)).collect();
    if labels.is_empty() {
        return None;
    }
    let share = of(SHARE_OF_SPREAD, ALL_STRUCTURE);
    let name = &findings.strategies[strategy].name;
    let columns = ["What nobody can measure once and for all", "In its lowest third", "In its highest third"];
    let mut table = Table::new(format!("Net QALYs under “{name}” by how the model is built"), &columns).noted(format!(
        "Means over the third of draws in which each is lowest, and over the third in which it is highest; all else is drawn as ever. \
         Together they describe {} of the spread of net QALYs; the rest comes from numbers that could be measured, and from what \
         they do only together. The clock, ten years or a lifetime, is the other choice of structure: both stand side by side \
         throughout.",
        words::chance(share)
    ));
    for label in labels {
        let of = |group: String| Cell::number(of(NET_QALYS, &group), words::signed);
        table.row(label, vec![of(lowest_third(label)), of(highest_third(label))]);
    }
    Some(table)
}

fn programmes(findings: &Findings, basis: &Basis, strategy: usize) -> Table {
    let sum = |comparator, outcome: &str, group: &str, money| {
        let series = findings.find(Some(strategy), comparator, outcome, group, "", money);
        series.map_or(f64::NAN, |series| series.years.iter().map(|year| year.mean.value).sum())
    };
    let columns = [
        "Programme",
        "Spent",
        "QALYs of those it protects",
        "Activity avoided at average cost, alone",
        "Numbers of grade A, B, C",
    ];
    let name = &findings.strategies[strategy].name;
    let mut table = Table::new(format!("What each programme brings in {}, under “{name}”", horizon(findings)), &columns)
        .noted(format!(
            "Means over draws. QALYs do not hold those that come through homes, distress, income or beds set free. Activity is \
             in {} prices, before overlap with other programmes is taken off, and is no cash.",
            findings.prices()
        ));
    for (id, name, _) in &findings.programmes {
        let grades = ["A", "B", "C"].map(|grade| {
            let of = basis.evidence.iter().filter(|row| row.kind == "card" && row.owner == *id && row.grade == grade);
            of.count().to_string()
        });
        table.row(
            name,
            vec![
                Cell::number(
                    sum(Comparator::Level, findings.ledger(Role::Spending), id, PriceBase::Nominal),
                    words::pounds,
                ),
                Cell::number(
                    sum(Comparator::Twin, findings.ledger(Role::QalysByProgramme), id, PriceBase::None),
                    words::number,
                ),
                Cell::number(
                    sum(Comparator::Twin, findings.ledger(Role::ActivityAvoidedByProgramme), id, PriceBase::Real),
                    words::pounds,
                ),
                Cell::words(grades.join(", ")),
            ],
        );
    }
    table
}

/// How far the main judgements would have to move for each strategy to repay, or to gain health on balance.
pub fn beliefs(findings: &Findings) -> Section {
    let mut section = Section::new("beliefs", "What you would have to believe");
    section.say(
        "Each column asks how far one thing would have to differ from what was found, all else as it is, for the answer to \
         turn. It does not say how likely that is.",
    );
    let plain: Vec<_> = findings.perspectives.iter().filter(|one| Some(*one) != findings.perspectives.last()).collect();
    let widest = findings.perspectives.last();
    let mut columns = vec!["Strategy".to_owned()];
    columns.extend(plain.iter().map(|one| format!("{} repays if savings were", one.name)));
    if let Some(widest) = widest {
        columns.push(format!("{} repays if a QALY is worth", widest.name));
    }
    columns.push("Health gained makes up for health displaced if it were".to_owned());
    columns.push("Activity avoided at average cost, of each pound spent".to_owned());
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut table = Table::new(format!("What would have to be true within {}", horizon(findings)), &columns).noted(
        "From means over draws. Multiples are of what was found. Activity at average cost is the most that could ever turn \
         into cash, were every hour and every wall to go with it.",
    );
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let mut cells: Vec<Cell> = plain.iter().map(|one| times(needed(findings, strategy, &one.id))).collect();
        if widest.is_some() {
            cells.push(worth(cost_per_qaly(findings, strategy)));
        }
        let mean = |comparator, role| {
            statistic_of(findings, strategy, comparator, &health_outcome(findings, role), "", Statistic::Mean)
        };
        cells
            .push(times(mean(Comparator::DoNothing, Role::QalysDisplaced) / mean(Comparator::Twin, Role::QalysGained)));
        let spent = total(findings, strategy, Comparator::Level, findings.ledger(Role::Spending), PriceBase::Real);
        let avoided =
            total(findings, strategy, Comparator::Twin, findings.ledger(Role::ActivityAvoided), PriceBase::Real);
        cells.push(Cell::number(100.0 * avoided / spent, |pence| format!("{}p", words::number(pence))));
        table.row(&label.name, cells);
    }
    section.table(table);
    section.say(
        "What is not in this table (beds that refill, the chance that a programme does nothing, the target group’s own use) \
         moves these numbers too; a study with sensitivity indices says by how much.",
    );
    section
}

/// By how much savings would have to be multiplied for a perspective without health to come out even.
fn needed(findings: &Findings, strategy: usize, perspective: &str) -> f64 {
    let cost = |ledger| total(findings, strategy, Comparator::Level, ledger, money_of(findings, perspective));
    let saved = released(findings, strategy, perspective);
    if saved <= 0.0 {
        f64::INFINITY
    } else {
        (cost(findings.ledger(Role::Spending)) + cost(findings.ledger(Role::OutsideMoney))) / saved
    }
}

fn times(multiple: f64) -> Cell {
    match multiple {
        multiple if multiple.is_nan() => Cell::words("not known"),
        f64::INFINITY => Cell::words("nothing is saved"),
        multiple if multiple <= 0.0 => Cell::words("as found"),
        multiple if multiple <= 1.0 => {
            Cell::number(multiple, |multiple| format!("{} of what was found, or more", words::number(multiple)))
        }
        multiple => Cell::number(multiple, |multiple| format!("{} times as large", words::number(multiple))),
    }
}

/// The value of a QALY at which society comes out even: what a QALY costs it, net.
fn worth(cost: Result<f64, &'static str>) -> Cell {
    match cost {
        Ok(cost) => Cell::number(cost, |cost| format!("{} or more", words::pounds(cost))),
        Err(ALONE) => Cell::words(format!("nothing: {ALONE}")),
        Err(why) => Cell::words(why),
    }
}

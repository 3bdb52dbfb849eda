//! Demand, payback, money year by year, and how far things get worse before they get better.

use crate::answer::read::{in_use_and_unmet, measured, moved};
use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::appraisal::measure::trough::{TROUGH_DEPTH, TROUGH_LENGTH};
use crate::report::prices::of_prices;
use crate::scenario::Role;
use crate::words;

use super::view::{Cell, Section, Table};
use super::{Pictures, horizon};

/// Demand by service: its level, and what prevention changes of it.
pub fn demand(findings: &Findings, pictures: &Pictures<'_>) -> Section {
    let mut section = Section::new("demand", "Demand by service");
    section.say(
        "For each strategy two pictures: demand as it would be, beside doing nothing and today; and what prevention changes \
         of it, in per cent of the twin. The first is about what to expect, the second about what prevention does.",
    );
    section.say(
        "Demand is what people need or ask for. What happens can be another thing: where beds are full, one who no longer \
         needs a bed leaves it to one who had found none. Where both are known, both are shown.",
    );
    for label in &findings.strategies {
        section.head(&label.name);
        pictures.put(&mut section, &format!("demand-{}", label.id));
        pictures.put(&mut section, &format!("demand-change-{}", label.id));
    }
    section
}

/// Payback by perspective.
pub fn payback(findings: &Findings, pictures: &Pictures<'_>) -> Section {
    let mut section = Section::new("payback", "When it pays back, and for whom");
    section.list(
        findings
            .perspectives
            .iter()
            .map(|one| format!("{}: {}.", one.name, of_prices(one.price_base, findings.prices())))
            .collect(),
    );
    section.say("“Not within the horizon” is an answer, and often the right one.");
    pictures.put(&mut section, "payback");
    for label in &findings.strategies {
        pictures.put(&mut section, &format!("payback-{}", label.id));
    }
    section
}

/// What is moved, spent, left over, taken back and saved in each year.
pub fn money(findings: &Findings, pictures: &Pictures<'_>) -> Section {
    let mut section = Section::new("money", "Money year by year");
    pictures.put(&mut section, "money");
    for (strategy, label) in findings.strategies.iter().enumerate() {
        section.table(years(findings, strategy, &label.name));
    }
    section
}

fn years(findings: &Findings, strategy: usize, name: &str) -> Table {
    let ledgers = [
        ("Moved, all sources", moved(findings), Comparator::Level, 1.0),
        ("Spent on prevention", findings.ledger(Role::Spending), Comparator::Level, 1.0),
        ("Could not be spent", findings.ledger(Role::Underspend), Comparator::Level, 1.0),
        ("Taken back", findings.ledger(Role::Raid), Comparator::Level, 1.0),
        ("Reinvested", findings.ledger(Role::Reinvestment), Comparator::Level, 1.0),
        ("Debt, less gifts", findings.ledger(Role::OutsideMoney), Comparator::Level, 1.0),
        ("Saved, all payers", findings.ledger(Role::ServiceCost), Comparator::Twin, -1.0),
    ];
    let known: Vec<_> = ledgers
        .into_iter()
        .filter_map(|(head, ledger, comparator, sign)| {
            let series = findings.find(Some(strategy), comparator, ledger, "", "", PriceBase::Nominal)?;
            let any = series.years.iter().any(|year| year.mean.value != 0.0);
            any.then_some((head, series, sign))
        })
        .collect();
    let mut columns = vec!["Year"];
    columns.extend(known.iter().map(|(head, _, _)| *head));
    let caption = format!("{name}: £ of each year, means over draws");
    let mut table = Table::new(caption, &columns).noted(
        "Savings are what prevention takes off the cost of services, against the twin. Each number is rounded by itself, so that \
         rounded years may not add up to the rounded whole.",
    );
    if known.is_empty() {
        return table;
    }
    for year in 1..=findings.horizon {
        let cells = known.iter().map(|(_, series, sign)| {
            let value = series.years.get(year - 1).map_or(f64::NAN, |year| year.mean.value);
            Cell::number(sign * value, words::pounds)
        });
        table.row(findings.year_label(year), cells.collect());
    }
    let sums = known.iter().map(|(_, series, sign)| {
        let sum: f64 = series.years.iter().map(|year| year.mean.value).sum();
        Cell::number(sign * sum, words::pounds)
    });
    table.row("All years", sums.collect());
    table
}

/// The trough of each perspective, and what taking the money does to care.
pub fn trough(findings: &Findings) -> Section {
    let mut section = Section::new("trough", "Worse before better");
    section.say(
        "Prevention costs first and saves later. The trough is how far the cumulative net position falls, and for how many \
         years it stays below zero. Beds closed and need left unmet come from taking the money, whatever prevention then does.",
    );
    section.table(troughs(findings));
    section.table(financing(findings));
    section
}

fn troughs(findings: &Findings) -> Table {
    let mut columns = vec!["Strategy".to_owned()];
    for one in &findings.perspectives {
        columns.push(format!("{}, depth", one.name));
        columns.push(format!("{}, years below zero", one.name));
    }
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let money: Vec<String> = findings
        .perspectives
        .iter()
        .map(|one| format!("{}: {}", one.name, of_prices(one.price_base, findings.prices())))
        .collect();
    let mut table = Table::new(format!("The trough within {}", horizon(findings)), &columns)
        .noted(format!("Medians, nine draws in ten in brackets. {}.", money.join("; ")));
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let mut cells = Vec::new();
        for one in &findings.perspectives {
            let of = |outcome| measured(findings, strategy, Comparator::Twin, outcome, &one.id);
            let (depth, length) = (of(TROUGH_DEPTH), of(TROUGH_LENGTH));
            cells.push(Cell::interval(depth.middle, depth.ends(), words::pounds));
            cells.push(Cell::interval(length.middle, length.ends(), words::nearest));
        }
        table.row(&label.name, cells);
    }
    table
}

/// What is in use for the demand that leads, such as beds, and what of it finds no service, after the money has been taken.
fn financing(findings: &Findings) -> Table {
    let Some((used, unmet)) = in_use_and_unmet(findings) else { return Table::default() };
    let mut years = vec![(findings.horizon / 3).max(1), findings.horizon];
    years.dedup();
    let mut columns = vec!["Strategy".to_owned()];
    for one in [used, unmet] {
        columns.extend(years.iter().map(|year| format!("{}, {}", one.name, findings.year_label(*year))));
    }
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut table = Table::new("What taking the money does to care, against doing nothing", &columns)
        .noted(format!("Means over draws; need is of the year, {} are those at its end.", used.unit));
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let mut cells = Vec::new();
        for ledger in [&used.ledger, &unmet.ledger] {
            let Some(series) = findings.find(Some(strategy), Comparator::Financing, ledger, "", "", PriceBase::None)
            else {
                return Table::default();
            };
            cells.extend(years.iter().map(|year| {
                let value = series.years.get(year - 1).map_or(f64::NAN, |year| year.mean.value);
                Cell::number(value, words::signed)
            }));
        }
        table.row(&label.name, cells);
    }
    table
}

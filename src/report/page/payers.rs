//! Who pays and who gains: the money of a plan by who gave it, against what each payer saves.

use crate::answer::read::{in_year, payers, total, total_of};
use crate::appraisal::findings::{Comparator, Findings, PriceBase, Series};
use crate::appraisal::key::{ORGANISATION_CUMULATIVE_NET, ORGANISATION_NET};
use crate::report::basis::Basis;
use crate::scenario::Role;
use crate::words;

use super::view::{Cell, Section, Table};
use super::{Pictures, horizon};

const NOMINAL: PriceBase = PriceBase::Nominal;
/// A saving below this part of what is spent has no column of its own.
const UNSEEN: f64 = 1e-3;

/// Pictures of costs and savings by payer, and the map between payers.
pub fn section(findings: &Findings, basis: &Basis, pictures: &Pictures<'_>) -> Section {
    let mut section = Section::new("payers", "Who pays and who gains");
    section.say(
        "A pound that one budget spends may be saved by another. Savings are what services cost less than the twin’s, by who \
         bears the cost; capacity that is freed and not turned into cash is no saving here.",
    );
    pictures.put(&mut section, "who-pays-who-gains");
    section.table(map(findings));
    if let Some(table) = classes(findings, basis) {
        section.table(table);
    }
    pictures.put(&mut section, "who-gains");
    if !findings.organisations.is_empty() {
        section.say(
            "Each budget by itself: what its services cost less than the twin’s, less what it pays into the plan and to its lenders, \
             savings that it gives back to the plan included. Below zero it pays in more than its services save. What care it gives up \
             for that is not in this table: for the NHS see how its deficit moves below.",
        );
        section.table(organisations(findings));
        if let Some(table) = beyond_budget(findings) {
            section.table(table);
        }
    }
    section
}

/// What is spent by class of prevention, as the cards say it; none where no card does.
fn classes(findings: &Findings, basis: &Basis) -> Option<Table> {
    let mut classes: Vec<&str> =
        basis.programmes.iter().map(|one| one.tier.as_str()).filter(|tier| !tier.is_empty()).collect();
    classes.sort_unstable();
    classes.dedup();
    if classes.is_empty() {
        return None;
    }
    let of = |strategy: usize, programme: &str| {
        let spending = findings.ledger(Role::Spending);
        let series = findings.find(Some(strategy), Comparator::Level, spending, programme, "", NOMINAL);
        series.map_or(0.0, |series| series.years.iter().map(|year| year.mean.value).sum())
    };
    let heads: Vec<String> = classes.iter().map(|class| words::capital(class)).collect();
    let mut columns = vec!["Strategy"];
    columns.extend(heads.iter().map(String::as_str));
    let mut table = Table::new(format!("Spent by class of prevention, over {}", horizon(findings)), &columns).noted(
        "Means over draws, money of each year. Primary prevention keeps people from falling ill, secondary finds and treats early, \
         tertiary keeps illness from getting worse; each card says which it is.",
    );
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let spent = |class: &&str| {
            let own = basis.programmes.iter().filter(|one| one.tier == **class);
            Cell::number(own.map(|one| of(strategy, &one.id)).sum(), words::pounds)
        };
        table.row(&label.name, classes.iter().map(spent).collect());
    }
    Some(table)
}

/// Each organisation's net position, year by year and in all.
fn organisations(findings: &Findings) -> Table {
    let years: Vec<String> = (1..=findings.horizon).map(|year| findings.year_label(year)).collect();
    let mut columns = vec!["Strategy and organisation"];
    columns.extend(years.iter().map(String::as_str));
    columns.push("In all");
    let mut table = Table::new("Net position of each organisation, year by year", &columns)
        .noted("Medians over draws, money of each year; in all with nine draws in ten in brackets. The last row of each strategy, of means, is \
                 what is paid in and not spent in the year: it lies in the fund or comes back later. Cash elsewhere in this report counts \
                 what is spent, so that it is better by that much.");
    for (strategy, label) in findings.strategies.iter().enumerate() {
        for one in &findings.organisations {
            let of =
                |outcome: &str| findings.find(Some(strategy), Comparator::Twin, outcome, &one.id, "", one.price_base);
            let (yearly, so_far) = (of(ORGANISATION_NET), of(ORGANISATION_CUMULATIVE_NET));
            let mut cells: Vec<Cell> = (1..=findings.horizon)
                .map(|year| Cell::number(in_year(findings, yearly, year).middle, words::signed_pounds))
                .collect();
            let all = in_year(findings, so_far, findings.horizon);
            cells.push(Cell::interval(all.middle, all.ends(), words::signed_pounds));
            table.row(format!("{}: {}", label.name, one.name), cells);
        }
        // What all pay in is not what is spent: teams take time, and what cannot be spent comes back later.
        let level = |role| findings.find(Some(strategy), Comparator::Level, findings.ledger(role), "", "", NOMINAL);
        if let (Some(paid), Some(spent)) = (level(Role::PaidIn), level(Role::Spending)) {
            let held: Vec<f64> =
                paid.years.iter().zip(&spent.years).map(|(paid, spent)| paid.mean.value - spent.mean.value).collect();
            let mut cells: Vec<Cell> = held.iter().map(|year| Cell::number(*year, words::signed_pounds)).collect();
            cells.push(Cell::number(held.iter().sum(), words::signed_pounds));
            table.row(format!("{}: paid in by all, less what is spent", label.name), cells);
        }
    }
    table
}

/// What payers whose budget is known spend beyond it, without a plan and with each; none where no budget is known.
fn beyond_budget(findings: &Findings) -> Option<Table> {
    let (budget, beyond) = (findings.ledger(Role::Budget), findings.ledger(Role::OverBudget));
    let of = |strategy, ledger: &str, payer: &str, prices| {
        findings.find(strategy, Comparator::Level, ledger, "", payer, prices)
    };
    let known = |payer: &String| {
        let series = of(Some(0), budget, payer, NOMINAL);
        series.is_some_and(|series| series.years.iter().any(|year| year.mean.value > 0.0))
    };
    let payers: Vec<String> = payers(findings).into_iter().filter(known).collect();
    if payers.is_empty() {
        return None;
    }
    let years: Vec<String> = (1..=findings.horizon).map(|year| findings.year_label(year)).collect();
    let mut columns = vec!["Whose, and under what"];
    columns.extend(years.iter().map(String::as_str));
    let mut table = Table::new("Spent beyond the budget, year by year", &columns).noted(
        "Means over draws, money of each year. Below zero the services of the model cost less than the budget. Only budgets that are known \
         stand here: the NHS allocation, and those of councils that the scenario gives.",
    );
    let first_plan_year = 1;
    for payer in &payers {
        let name = words::payer(payer);
        let cells = |series: Option<&Series>, first: usize| {
            let years = series.map_or(&[][..], |series| &series.years[first.min(series.years.len())..]);
            years.iter().map(|year| Cell::number(year.mean.value, words::signed_pounds)).collect::<Vec<_>>()
        };
        let row = cells(of(Some(0), budget, payer, NOMINAL), 0);
        table.row(format!("{name}: budget"), row);
        // Doing nothing is told from the base year on.
        let row = cells(of(None, beyond, payer, NOMINAL), first_plan_year);
        table.row(format!("{name}: doing nothing"), row);
        for (strategy, label) in findings.strategies.iter().enumerate() {
            table.row(format!("{name}: {}", label.name), cells(of(Some(strategy), beyond, payer, NOMINAL), 0));
        }
    }
    Some(table)
}

/// The part of what is spent that each giver gave: every source of the plan's money, by payer where it is known, and savings
/// that were put back.
fn givers(findings: &Findings, strategy: usize) -> Vec<(String, f64)> {
    let whole = |ledger: &str| total(findings, strategy, Comparator::Level, ledger, NOMINAL);
    let mut given = Vec::new();
    for (id, name) in findings.plan_money.iter().flat_map(|money| &money.sources) {
        let of = |payer: &String| total_of(findings, strategy, Comparator::Level, id, payer, NOMINAL);
        let parts: Vec<(String, f64)> = payers(findings).iter().map(|payer| (words::payer(payer), of(payer))).collect();
        if parts.iter().any(|(_, amount)| *amount != 0.0) {
            given.extend(parts.into_iter().map(|(payer, amount)| (format!("{payer}, paid in"), amount)));
        } else {
            given.push((name.clone(), whole(id)));
        }
    }
    given.push(("Savings put back".to_owned(), whole(findings.ledger(Role::Reinvestment))));
    let sum: f64 = given.iter().map(|(_, amount)| amount).sum();
    let spent = whole(findings.ledger(Role::Spending));
    // What rounding leaves over is no giver.
    given.retain(|(_, amount)| *amount > sum * 1e-6);
    given.into_iter().map(|(name, amount)| (name, spent * amount / sum)).collect()
}

/// Rows of who pays, columns of who gains: each saving is shared over those who paid in proportion to what they paid.
fn map(findings: &Findings) -> Table {
    let saved = |strategy: usize, payer: &str| {
        -total_of(findings, strategy, Comparator::Twin, findings.ledger(Role::ServiceCost), payer, NOMINAL)
    };
    let spent =
        |strategy: usize| total(findings, strategy, Comparator::Level, findings.ledger(Role::Spending), NOMINAL);
    let strategies = 0..findings.strategies.len();
    let mut gainers = payers(findings);
    gainers.retain(|payer| {
        strategies
            .clone()
            .any(|strategy| saved(strategy, payer).abs() > UNSEEN * spent(strategy) && spent(strategy) > 0.0)
    });
    let names: Vec<String> = gainers.iter().map(|payer| format!("{} saves", words::payer(payer))).collect();
    let mut columns = vec!["Strategy and who pays", "Pays"];
    columns.extend(names.iter().map(String::as_str));
    columns.push("Does not come back");
    let mut table = Table::new(
        format!("A map between payers: who pays, and who gains, over {}", horizon(findings)),
        &columns,
    )
    .noted(
        "Means over draws, money of each year. Where several pay into one fund, each saving is shared over them in \
             proportion to what they paid. A negative saving is cost that prevention adds.",
    );
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let whole = spent(strategy);
        for (giver, pays) in givers(findings, strategy) {
            let part = pays / whole;
            let mut cells = vec![Cell::number(pays, words::pounds)];
            let all: f64 = payers(findings).iter().map(|payer| saved(strategy, payer)).sum();
            for payer in &gainers {
                let amount = saved(strategy, payer) * part;
                let shade = (12.0 * (amount / pays).max(0.0)).ceil();
                cells.push(Cell::number(amount, words::pounds).shaded(shade as u8));
            }
            cells.push(Cell::number(pays - all * part, words::pounds));
            table.row(format!("{}: {giver}", label.name), cells);
        }
    }
    table
}

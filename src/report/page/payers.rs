//! Who pays and who gains: the money of a plan by who gave it, against what each payer saves.

use crate::answer::read::{payers, total, total_of};
use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::scenario::Role;
use crate::words;

use super::view::{Cell, Section, Table};
use super::{Pictures, horizon};

const NOMINAL: PriceBase = PriceBase::Nominal;
/// A saving below this part of what is spent has no column of its own.
const UNSEEN: f64 = 1e-3;

/// Pictures of costs and savings by payer, and the map between payers.
pub fn section(findings: &Findings, pictures: &Pictures<'_>) -> Section {
    let mut section = Section::new("payers", "Who pays and who gains");
    section.say(
        "A pound that one budget spends may be saved by another. Savings are what services cost less than the twin’s, by who \
         bears the cost; capacity that is freed and not turned into cash is no saving here.",
    );
    pictures.put(&mut section, "who-pays-who-gains");
    section.table(map(findings));
    pictures.put(&mut section, "who-gains");
    section
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

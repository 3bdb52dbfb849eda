//! Each budget by itself: what an organisation has of a plan, year by year, what it pays in, and what it spends beyond its budget.

use crate::answer::read::payers;
use crate::appraisal::findings::{Comparator, Findings, PriceBase, Series};
use crate::appraisal::key::{ORGANISATION_CUMULATIVE_NET, ORGANISATION_NET};
use crate::appraisal::statistic::{Estimate, Summary};
use crate::scenario::Role;
use crate::words;

use super::look::Look;
use super::page::Page;

/// The row of the heads.
const HEAD: u32 = 3;
/// Columns of words.
const WORDS: [&str; 3] = ["Strategy", "Whose", "What"];

/// Fills the sheet.
pub fn fill(page: &mut Page, findings: &Findings) {
    let years: Vec<String> = (1..=findings.horizon).map(|year| findings.year_label(year)).collect();
    page.widths(&[30.0, 34.0, 34.0]);
    page.width_of(3, 2 + years.len() as u16, 14.0);
    page.heading(
        "Each budget by itself, in the money of each year",
        "Net position: what services of an organisation cost less than the twin’s, less what it pays into the plan and to its lenders. \
         So far: all years up to here. Numbers are those of the runs; prices changed on Inputs do not move them.",
    );
    page.heads(HEAD, &WORDS, &years);
    let mut row = HEAD + 1;
    let mut put = |words: [&str; 3], values: &[f64]| {
        for (column, word) in words.into_iter().enumerate() {
            page.text(row, column as u16, word, Look::Words);
        }
        page.numbers(row, WORDS.len() as u16, values, Look::Thousands);
        row += 1;
    };
    for (strategy, label) in findings.strategies.iter().enumerate() {
        for one in &findings.organisations {
            let of =
                |outcome: &str| findings.find(Some(strategy), Comparator::Twin, outcome, &one.id, "", one.price_base);
            let words = |what| [label.name.as_str(), one.name.as_str(), what];
            put(words("Net position, mean"), &yearly(of(ORGANISATION_NET), |year| year.mean));
            let so_far = of(ORGANISATION_CUMULATIVE_NET);
            put(words("Net position so far, mean"), &yearly(so_far, |year| year.mean));
            put(words("Net position so far, p05"), &yearly(so_far, |year| year.p05));
            put(words("Net position so far, p95"), &yearly(so_far, |year| year.p95));
        }
        let all = |role| {
            let ledger = findings.ledger(role);
            yearly(findings.find(Some(strategy), Comparator::Level, ledger, "", "", PriceBase::Nominal), |year| {
                year.mean
            })
        };
        let held: Vec<f64> =
            all(Role::PaidIn).iter().zip(all(Role::Spending)).map(|(paid, spent)| paid - spent).collect();
        put([&label.name, "All together", "Paid in less what is spent, mean"], &held);
        for payer in payers(findings) {
            let of = |role| {
                let ledger = findings.ledger(role);
                findings.find(Some(strategy), Comparator::Level, ledger, "", &payer, PriceBase::Nominal)
            };
            let name = words::payer(&payer);
            for (role, what) in [
                (Role::PaidIn, "Paid into the plan, mean"),
                (Role::Budget, "Budget, mean"),
                (Role::OverBudget, "Spent beyond the budget, mean"),
            ] {
                let values = yearly(of(role), |year| year.mean);
                // A budget that is not known, and a payer that pays nothing in, are left out.
                if values.iter().any(|value| *value != 0.0) {
                    put([&label.name, &name, what], &values);
                }
            }
        }
    }
    page.freeze(HEAD + 1, WORDS.len() as u16);
    page.filter(HEAD, row.saturating_sub(1), WORDS.len() as u16 - 1);
}

fn yearly(series: Option<&Series>, of: fn(&Summary) -> Estimate) -> Vec<f64> {
    series.map_or_else(Vec::new, |series| series.years.iter().map(|year| of(year).value).collect())
}

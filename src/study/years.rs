//! In which calendar year a plan begins: the prices of its years, and how old the baseline is that it begins with.

use std::sync::Arc;

use crate::evidence::{Deflators, Selection};
use crate::explain::study as code;
use crate::quantity::FinancialYear;
use crate::scenario::{Accounts, Scenario};
use engine::diagnostic::{Diagnostic, Diagnostics, Span};

/// The first plan year: as the scenario says, or the one after the base year. Its years need an index of prices.
pub(super) fn first(
    scenario: &Scenario,
    accounts: &Accounts,
    accounts_file: &Arc<str>,
    deflators: &Deflators,
    found: &mut Diagnostics,
) -> FinancialYear {
    let base = accounts.base_year;
    if deflators.base != base {
        let message = format!(
            "the accounts of the model have the base year {base}, and deflators.toml brings prices to {}",
            deflators.base
        );
        found.push(
            Diagnostic::error(code::BASE_YEARS, message).at(Span::new(accounts_file, 0, 0)).hint(format!(
                "write base_year_label = \"{}\" in the accounts, the year whose prices the model and the evidence are in; a plan \
                 that begins later has start_year = \"{}\" in its scenario",
                deflators.base, accounts.first_year
            )),
        );
    }
    let Some(start) = &scenario.start_year else { return accounts.first_year };
    let (earliest, last) = deflators.years();
    if start.value < earliest {
        let message =
            format!("the plan begins in {}, and the index of prices in deflators.toml in {earliest}", start.value);
        found.push(
            Diagnostic::error(code::NO_PRICES, message)
                .at(start.span.clone())
                .hint(format!("begin in {earliest} or later, or add the earlier years to deflators.toml")),
        );
    }
    let end = start.value.later(scenario.horizon_years as i32 - 1);
    if end > last {
        let from = start.value.max(last.later(1));
        let message = format!(
            "the index of prices ends with {last}: from {from} to {end} prices are taken to rise by {} % a year",
            percent(deflators.growth_after)
        );
        found.push(Diagnostic::warning(code::PRICES_BEYOND, message).at(start.span.clone()).hint(
            "that is `growth_after` in deflators.toml; amounts in the money of those years stand and fall with it",
        ));
    }
    start.value
}

/// Warns where a plan begins later or earlier than the year after that of the baseline it begins with.
pub(super) fn baselines(
    scenario: &Scenario,
    accounts: &Accounts,
    selections: &[Selection<'_>],
    found: &mut Diagnostics,
) {
    let Some(start) = &scenario.start_year else { return };
    for selection in selections {
        let of = selection.place.place().and_then(|place| place.base_year).unwrap_or(accounts.base_year);
        if of.later(1) == start.value {
            continue;
        }
        let message = format!(
            "the baseline of {} is that of {of}, and the plan begins in {}: people, demand, beds and budgets of {of} are taken as \
             they stand on 1 April {}",
            selection.place.name,
            start.value,
            start.value.begins()
        );
        found.push(Diagnostic::warning(code::OTHER_BASELINE, message).at(start.span.clone()).hint(format!(
            "write a place file with figures of {} and base_year = \"{}\" under [place]; amounts stay in prices of {}",
            start.value.later(-1),
            start.value.later(-1),
            accounts.base_year
        )));
    }
}

/// A rate as a percentage without the dust of the multiplication.
fn percent(rate: f64) -> f64 {
    (rate * 1e6).round() / 1e4
}

//! Shares of one whole: what they sum to in each strategy and year.

use crate::evidence::document::{Located, Reading};
use crate::explain::scenario as code;
use crate::words;
use engine::diagnostic::Span;
use engine::model::{Label, Name};

use super::{Lever, Scenario, Strategy};

/// How far a sum may lie from its total: shares are written with a few decimals.
const TOLERANCE: f64 = 1e-6;

/// The declaration that the elements of a constant sum to a total.
#[derive(Debug, Clone, PartialEq)]
pub struct SharesRule {
    /// The constant whose elements are shares.
    pub constant: Located<Name>,
    /// What they sum to.
    pub total: f64,
}

/// Reports every strategy in which the shares do not sum to their total.
///
/// Elements that are not set count as nothing, and years before any of them is set are not looked at.
pub(super) fn check(reading: &mut Reading, scenario: &Scenario) {
    for rule in &scenario.shares {
        let set = |levers: &super::Levers| levers.iter().any(|lever| of(rule, lever));
        let everywhere = set(&scenario.levers);
        if everywhere {
            check_one(reading, scenario, None, rule);
        }
        for strategy in &scenario.strategies {
            if set(&strategy.levers) {
                check_one(reading, scenario, Some(strategy), rule);
            }
        }
        if !everywhere && !scenario.strategies.iter().any(|strategy| set(&strategy.levers)) {
            reading
                .error(
                    code::SHARES,
                    rule.constant.span.clone(),
                    format!("no lever sets an element of `{}`", rule.constant.value),
                )
                .hint("set its elements as levers, or remove the declaration");
        }
    }
}

fn of(rule: &SharesRule, lever: &Lever) -> bool {
    lever.label.constant == rule.constant.value
}

fn check_one(reading: &mut Reading, scenario: &Scenario, strategy: Option<&Strategy>, rule: &SharesRule) {
    let mut labels: Vec<&Label> = Vec::new();
    let own = strategy.into_iter().flat_map(|strategy| strategy.levers.iter());
    let mut at: Option<Span> = None;
    for lever in own.chain(scenario.levers.iter()).filter(|lever| of(rule, lever)) {
        at.get_or_insert_with(|| lever.span.clone());
        if !labels.contains(&&lever.label) {
            labels.push(&lever.label);
        }
    }
    let Some(at) = at else { return };
    let paths: Vec<_> = labels.iter().filter_map(|label| scenario.path(strategy, label)).collect();
    // One number for the whole constant is a number for each element, and the elements are not known here.
    if labels.iter().any(|label| label.elements.is_empty()) {
        return;
    }
    let first = paths.iter().map(super::LeverPath::first_year).min().unwrap_or(1);
    let years = scenario.horizon_years as usize;
    let yearly: Vec<_> = paths.iter().map(|path| path.yearly(0.0, 1, years)).collect();
    for year in (first as usize).max(1)..=years {
        let beginning: f64 = yearly.iter().map(|path| path[year - 1].0).sum();
        let end: f64 = yearly.iter().map(|path| path[year - 1].1).sum();
        for (when, sum) in [("beginning", beginning), ("end", end)] {
            let difference = sum - rule.total;
            if difference.abs() <= TOLERANCE {
                continue;
            }
            let who = match strategy {
                Some(strategy) => format!("in the strategy `{}`", strategy.id),
                None => "in every run".to_owned(),
            };
            let word = if difference > 0.0 { "more" } else { "less" };
            reading
                .error(
                    code::SHARES,
                    at,
                    format!(
                        "the elements of `{}` sum to {} {who} at the {when} of plan year {year}, {} {word} than {}",
                        rule.constant.value,
                        plain(sum),
                        plain(difference.abs()),
                        plain(rule.total),
                    ),
                )
                .hint("elements that are not set count as nothing");
            return;
        }
    }
}

fn plain(number: f64) -> String {
    words::decimals(number, 6)
}

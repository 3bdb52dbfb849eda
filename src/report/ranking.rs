//! Which strategy is better, and whether the draws can tell: a table of pairs, and a line for each outcome.

use crate::appraisal::findings::{Findings, PriceBase};
use crate::appraisal::measure::net::NET_AT_HORIZON;
use crate::appraisal::pairs::{Pair, Ranking};
use crate::appraisal::statistic::Estimate;
use crate::quantity::Unit;

use super::prices::of_prices;
use super::tables::row::{Key, Row, Told};
use crate::words;

/// What stands below the lines.
pub const NOTE: &str = "Resolved: the 95% interval of the mean difference over shared draws leaves out zero, so another \
    sample of as many draws would hardly turn the order round. ranking.csv has the pairs.";

/// The rows of `ranking.csv`, with the columns of every table: each pair of strategies, the strategy less the comparator.
pub fn rows(findings: &Findings) -> impl Iterator<Item = Row<'_>> {
    findings.rankings.iter().flat_map(move |ranking| pairs_of(findings, ranking))
}

fn pairs_of<'f>(findings: &'f Findings, ranking: &'f Ranking) -> impl Iterator<Item = Row<'f>> {
    ranking.pairs.iter().flat_map(move |pair| pair_rows(findings, ranking, pair))
}

fn pair_rows<'f>(findings: &'f Findings, ranking: &'f Ranking, pair: &Pair) -> [Row<'f>; 7] {
    let id = |place: usize| findings.strategies.get(place).map_or("", |label| label.id.as_str());
    let year = ranking.year.map_or_else(String::new, |year| findings.year_label(year));
    let row = |unit: &'f str, price_base: PriceBase, statistic: &'f str, value: f64, error: f64| Row {
        key: Key {
            place: &findings.place_id,
            strategy: id(pair.strategy),
            comparator: id(pair.other),
            outcome: &ranking.outcome,
            group: &ranking.group,
            payer: "",
            year: year.clone().into(),
            unit,
            price_base: price_base.name(findings.prices()).into(),
        },
        told: Told { statistic, estimate: Estimate { value, error } },
    };
    let (found, none) = (pair.comparison, f64::NAN);
    let amount = |statistic, value, error| row(ranking.unit.as_str(), ranking.price_base, statistic, value, error);
    let share = |unit, statistic, value, error| row(unit, PriceBase::None, statistic, value, error);
    let (correlation, left) = pair.pairing.map_or((none, none), |one| (one.correlation, one.variance_left));
    [
        amount("mean", found.difference, found.error),
        amount("low", found.low, none),
        amount("high", found.high, none),
        share(Unit::ShareOfDraws.as_str(), "probability", pair.better.value, pair.better.error),
        share(Unit::Ratio.as_str(), "correlation", correlation, none),
        share(Unit::Ratio.as_str(), "variance-left", left, none),
        share("0 or 1", "resolved", if found.is_resolved() { 1.0 } else { 0.0 }, none),
    ]
}

/// For each outcome which strategy leads, by how much, and whether that is resolved.
pub fn sentences(findings: &Findings) -> Vec<String> {
    findings.rankings.iter().filter_map(|ranking| sentence(findings, ranking)).collect()
}

fn sentence(findings: &Findings, ranking: &Ranking) -> Option<String> {
    let name = |place: usize| findings.strategies.get(place).map(|label| format!("“{}”", label.name));
    let (next, ahead) = ranking.next()?;
    let (leader, next) = (name(ranking.decision.leader)?, name(next)?);
    let least = if ranking.unit == Unit::Pounds { words::LEAST_POUNDS } else { words::LEAST };
    if words::or_zero(ahead.difference, least) == 0.0 {
        // Resolved or not: what nobody could count decides nothing.
        return Some(format!("{}: {leader} and {next} are level.", what(findings, ranking)));
    }
    let told = {
        let by = words::interval(ahead.difference, (ahead.low, ahead.high), |value| amount(&ranking.unit, value));
        let draws = words::share_of_draws(ahead.above.value);
        format!("{leader} leads {next} by {by}, and is better in {draws}")
    };
    let verdict = match (ahead.is_resolved(), ranking.unresolved(), ranking.pairs.len()) {
        (true, 0, 1) => "resolved".to_owned(),
        (true, 0, pairs) => format!("resolved, as are all {pairs} pairs"),
        (true, unresolved, pairs) => format!("resolved, but {} not", of_pairs(unresolved, pairs)),
        (false, unresolved, pairs) if pairs > 1 => format!("not resolved; {} not", of_pairs(unresolved, pairs)),
        (false, ..) => "not resolved".to_owned(),
    };
    Some(format!("{}: {told}: {verdict}.", what(findings, ranking)))
}

/// "1 of 6 pairs is", "2 of 6 pairs are".
fn of_pairs(some: usize, pairs: usize) -> String {
    format!("{some} of {pairs} pairs {}", if some == 1 { "is" } else { "are" })
}

/// An amount of this unit; a difference of percentages is one of points.
fn amount(unit: &Unit, value: f64) -> String {
    match unit {
        Unit::Pounds => words::pounds(value),
        Unit::Percent => format!("{} points", words::number(value)),
        _ => words::number(value),
    }
}

/// The measure as people know it.
fn what(findings: &Findings, ranking: &Ranking) -> String {
    let name = if ranking.name.is_empty() { &ranking.outcome } else { &ranking.name };
    match ranking.year {
        Some(year) => {
            let unit = if ranking.unit == Unit::Percent { String::new() } else { format!(", {}", ranking.unit) };
            format!("Lower {} in plan year {year}{unit}", words::inside(name))
        }
        // A present value says by its name in which money it is.
        None if ranking.outcome == NET_AT_HORIZON => {
            format!("{name} ({})", of_prices(ranking.price_base, findings.prices()))
        }
        None => name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{of_pairs, rows, sentences};
    use crate::report::trial;

    #[test]
    fn each_pair_says_how_far_apart_it_is_and_whether_that_is_resolved() {
        let findings = trial::findings();
        let found: Vec<_> = rows(&findings).collect();
        let statistics: Vec<&str> = found.iter().map(|row| row.told.statistic).collect();
        let each = ["mean", "low", "high", "probability", "correlation", "variance-left", "resolved"];
        assert_eq!(statistics, [each, each].concat());
        let key = &found[0].key;
        let first = [key.place, key.strategy, key.comparator, key.outcome, key.group];
        assert_eq!(first, ["somewhere", "kept", "raided", "net-at-horizon", "cash"]);
        let value = |row: usize| found[row].told.estimate.value;
        assert_eq!((value(0), value(6)), (2e6, 1.0));
        assert_eq!((&*found[7].key.year, value(13)), ("2029/30", 0.0));
    }

    #[test]
    fn one_pair_is_and_several_are() {
        assert_eq!((of_pairs(1, 6), of_pairs(2, 6)), ("1 of 6 pairs is".to_owned(), "2 of 6 pairs are".to_owned()));
    }

    #[test]
    fn a_line_says_which_leads_and_whether_it_is_certain() {
        let found = sentences(&trial::findings());
        assert_eq!(
            found[0],
            "Cash, net (money of each year): “Kept safe” leads “Left open” by £2.0m (£1.0m to £3.0m), \
             and is better in 90% of draws: resolved."
        );
        assert!(
            found[1].starts_with("Lower need for emergency admission in plan year 5: “Left open” leads “Kept safe” by")
        );
        assert!(found[1].ends_with(": not resolved."), "{}", found[1]);
    }
}

//! Which strategy is better, and whether the draws can tell: a table of pairs, and a line for each outcome.

use crate::answer::fact::{Resolved, strategy_id};
use crate::answer::ranking::Leads;
use crate::appraisal::findings::{Findings, PriceBase};
use crate::appraisal::pairs::{Pair, Ranking};
use crate::appraisal::statistic::Estimate;
use crate::quantity::Unit;

use super::prices::of_prices;
use super::tables::row::{Evaluated, Key, Row};
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
    let id = |place: usize| strategy_id(findings, Some(place));
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
        evaluated: Evaluated { statistic, estimate: Estimate { value, error } },
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
pub fn sentences(findings: &Findings, found: &[Leads]) -> Vec<String> {
    found.iter().map(|leads| sentence(findings, leads)).collect()
}

fn sentence(findings: &Findings, found: &Leads) -> String {
    let name = |strategy: usize| match findings.strategies.get(strategy) {
        Some(label) => format!("“{}”", label.name),
        None => "doing nothing".to_owned(),
    };
    let (leader, next) = (name(found.leader), name(found.next));
    if found.level {
        // Resolved or not: what nobody could count decides nothing.
        return format!("{}: {leader} and {next} are level.", what(findings, found));
    }
    let leads = {
        let by = words::interval(found.by.value, found.by.ends(), |value| amount(&found.unit, value));
        let draws = words::share_of_draws(found.better_in.value);
        let nothing = found.over_nothing.as_ref().filter(|_| found.next < findings.strategies.len());
        let nothing = nothing.map_or_else(String::new, |share| {
            format!(" and than doing nothing in {}", words::share_of_draws(share.value))
        });
        format!("{leader} leads {next} by {by}, and is better in {draws}{nothing}")
    };
    let verdict = match (found.by.resolved == Resolved::Yes, found.unresolved, found.pairs) {
        (true, 0, 1) => "resolved".to_owned(),
        (true, 0, pairs) => format!("resolved, as are all {pairs} pairs"),
        (true, unresolved, pairs) => format!("resolved, but {} not", of_pairs(unresolved, pairs)),
        (false, unresolved, pairs) if pairs > 1 => format!("not resolved; {} not", of_pairs(unresolved, pairs)),
        (false, ..) => "not resolved".to_owned(),
    };
    format!("{}: {leads}: {verdict}.", what(findings, found))
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
fn what(findings: &Findings, found: &Leads) -> String {
    let name = &found.name;
    match found.year {
        Some(year) => {
            let unit = if found.unit == Unit::Percent { String::new() } else { format!(", {}", found.unit) };
            format!("Lower {} in plan year {year}{unit}", words::inside(name))
        }
        None if found.says_prices => format!("{name} ({})", of_prices(found.prices(), findings.prices())),
        None => name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{of_pairs, rows, sentences};
    use crate::answer::Answer;
    use crate::appraisal::findings::Findings;
    use crate::report::fixture;

    fn written(findings: &Findings) -> Vec<String> {
        sentences(findings, &Answer::of(findings).rankings)
    }

    #[test]
    fn each_pair_says_how_far_apart_it_is_and_whether_that_is_resolved() {
        let findings = fixture::findings();
        let found: Vec<_> = rows(&findings).collect();
        let statistics: Vec<&str> = found.iter().map(|row| row.evaluated.statistic).collect();
        let each = ["mean", "low", "high", "probability", "correlation", "variance-left", "resolved"];
        assert_eq!(statistics, [each, each].concat());
        let key = &found[0].key;
        let first = [key.place, key.strategy, key.comparator, key.outcome, key.group];
        assert_eq!(first, ["somewhere", "kept", "raided", "net-at-horizon", "cash"]);
        let value = |row: usize| found[row].evaluated.estimate.value;
        assert_eq!((value(0), value(6)), (2e6, 1.0));
        assert_eq!((&*found[7].key.year, value(13)), ("2029/30", 0.0));
    }

    #[test]
    fn one_pair_is_and_several_are() {
        assert_eq!((of_pairs(1, 6), of_pairs(2, 6)), ("1 of 6 pairs is".to_owned(), "2 of 6 pairs are".to_owned()));
    }

    #[test]
    fn a_line_says_which_leads_and_whether_it_is_certain() {
        let found = written(&fixture::findings());
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

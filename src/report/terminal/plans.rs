//! Plans side by side in a terminal of 100 columns: a small table for each line, a row for each plan and each difference.

use crate::appraisal::statistic::Statistic;

use super::study::{aligned, push_wrapped, section, table};
use crate::report::plans::{Comparison, Estimates, LineKey, Years, estimate};
use crate::words;

/// So many years fit beside each other.
const LISTED: usize = 3;

/// The plans by number, a table for each line, and what must be known to read them.
pub fn plans_text(found: &Comparison) -> String {
    let mut text = String::new();
    for (place, plan) in found.plans.iter().enumerate() {
        let (number, draws) = (place + 1, words::exact(plan.origin.draws));
        let wording =
            format!("{number}  {}, {}; {draws} draws, seed {}", plan.label, plan.found.place, plan.origin.seed);
        push_wrapped(&mut text, &wording, "   ");
    }
    let years = displayed(&found.years);
    for key in &found.lines {
        let mut header = vec![String::new()];
        header.extend(years.iter().map(|year| (*year).clone()));
        let mut rows = table(header);
        for (place, plan) in found.plans.iter().enumerate() {
            rows.add_row(row((place + 1).to_string(), key, plan.found.lines.get(key), &years, false));
        }
        for difference in &found.differences {
            let name = format!("{} less 1", difference.plan + 1);
            rows.add_row(row(name, key, difference.lines.get(key), &years, true));
        }
        section(&mut text, &key.title(), aligned(rows));
    }
    text.push('\n');
    let mut notes = vec![
        "Medians with 90% of the draws in brackets; a difference that is not paired is of means. Need, and what \
         happens of it, are against the twin, which has the same money and no prevention; need is what people would use, not \
         what happens. Differences of changes and of probabilities are in percentage points."
            .to_owned(),
    ];
    notes.extend(found.notes.iter().cloned());
    if found.years.len() > years.len() {
        notes.push("With --out DIR every year is written to compare.csv.".to_owned());
    }
    for note in notes {
        push_wrapped(&mut text, &format!("- {note}"), "  ");
    }
    text
}

/// The first year, the fifth or of many the tenth, and the last; all where these are few.
fn displayed(years: &[String]) -> Vec<&String> {
    if years.len() <= LISTED {
        return years.iter().collect();
    }
    let last = years.len() - 1;
    let mut places = vec![0, if last > 9 { 9 } else { 4.min(last) }, last];
    places.dedup();
    places.into_iter().filter_map(|place| years.get(place)).collect()
}

fn row(name: String, key: &LineKey, line: Option<&Years>, years: &[&String], is_difference: bool) -> Vec<String> {
    let cell = |year: &&String| {
        let estimates = line.and_then(|line| line.get(*year));
        estimates.map_or_else(|| "–".to_owned(), |estimates| wording(key, estimates, is_difference))
    };
    std::iter::once(name).chain(years.iter().map(cell)).collect()
}

/// Median and interval; the mean or the probability where that is all there is.
fn wording(key: &LineKey, estimates: &Estimates, is_difference: bool) -> String {
    let value = |statistic| estimate(estimates, statistic).map_or(f64::NAN, |one| one.value);
    let sign = if key.is_cost() { -1.0 } else { 1.0 };
    let write = |value: f64| {
        if key.is_payback() && is_difference { points(value) } else { key.write(sign * value) }
    };
    let (middle, low, high) = (value(Statistic::Median), value(Statistic::P05), value(Statistic::P95));
    if middle.is_finite() {
        let ends = if key.is_cost() { (high, low) } else { (low, high) };
        return words::interval(middle, ends, write);
    }
    let alone = [Statistic::Mean, Statistic::Probability].map(value).into_iter().find(|value| value.is_finite());
    alone.map_or_else(|| "–".to_owned(), write)
}

/// A difference of probabilities: `+12%`.
fn points(value: f64) -> String {
    words::signed_percent(100.0 * value)
}

#[cfg(test)]
mod tests {
    use super::displayed;

    #[test]
    fn few_years_are_shown_whole_and_many_by_their_milestones() {
        let years = |count: usize| (0..count).map(|year| year.to_string()).collect::<Vec<_>>();
        assert_eq!(displayed(&years(3)), ["0", "1", "2"]);
        assert_eq!(displayed(&years(10)), ["0", "4", "9"]);
        assert_eq!(displayed(&years(5)), ["0", "4"]);
        assert_eq!(displayed(&years(20)), ["0", "9", "19"]);
    }
}

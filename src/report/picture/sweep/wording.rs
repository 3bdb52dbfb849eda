//! What a picture of a sweep says in words: its title, where its numbers come from, and how sure they are.

use std::ops::Range;

use crate::appraisal::statistic::Statistic;
use crate::quantity::Unit;
use crate::report::prices::called_prices;
use crate::study::experiment::{Dimension, OutcomeLabel, Setting, SweepFindings};

use super::super::super::figure::NumberFormat;
use super::{middle, several_places};
use crate::words;

/// What is told of an outcome at all settings of some strategies.
pub(super) struct Extremes {
    /// Where it is highest and where lowest, as a sentence without a full stop.
    pub title: String,
    /// In how many of the draws the highest is above the lowest, and the greatest Monte Carlo error: sentences.
    pub certainty: String,
}

/// A strategy at a setting, with what came out.
#[derive(Clone, Copy)]
struct Spot {
    strategy: usize,
    cell: usize,
    value: f64,
}

/// Looks for the highest and the lowest of an outcome.
pub(super) fn extremes(found: &SweepFindings, outcome: usize, strategies: Range<usize>) -> Extremes {
    let shape = &found.shape;
    let label = &shape.outcomes[outcome];
    let several = strategies.len() > 1;
    let mut spots = Vec::new();
    let mut error: f64 = 0.0;
    for strategy in strategies {
        for cell in 0..shape.cells.len() {
            spots.push(Spot { strategy, cell, value: middle(found, outcome, strategy, cell).middle });
            let wanted = |one: Statistic| matches!(one, Statistic::Median | Statistic::Probability);
            let estimates = found.estimates(outcome, strategy, cell);
            let errors = estimates.iter().filter(|(one, _)| wanted(*one)).map(|(_, estimate)| estimate.error);
            error = errors.filter(|one| one.is_finite()).fold(error, f64::max);
        }
    }
    spots.retain(|spot| spot.value.is_finite());
    let name = words::capital(&outcome_name(label));
    let highest = spots.iter().copied().reduce(|best, one| if one.value > best.value { one } else { best });
    let lowest = spots.iter().copied().reduce(|least, one| if one.value < least.value { one } else { least });
    let (Some(highest), Some(lowest)) = (highest, lowest) else {
        return Extremes { title: format!("{name} is not known"), certainty: "No draw came to a number.".to_owned() };
    };
    let error = (error > 0.0).then(|| format!("Monte Carlo error at most {}.", error_in_words(label, error)));
    let error = error.unwrap_or_default();
    if highest.value == lowest.value {
        let title = format!("{name} is {} at every setting", number(label, highest.value));
        return Extremes { title, certainty: error };
    }
    let at = |spot: Spot| {
        let parts = |one: &Spot| setting(found, one.cell, several.then_some(one.strategy));
        let same: Vec<Vec<String>> = spots.iter().filter(|one| one.value == spot.value).map(parts).collect();
        // Of settings that are level, what they have in common.
        let shared = |(place, part): &(usize, &String)| same.iter().all(|one| one[*place] == **part);
        let shared: Vec<String> = same[0].iter().enumerate().filter(shared).map(|(_, part)| part.clone()).collect();
        let count = words::exact(same.len() as u64);
        match (same.len(), shared.is_empty()) {
            (1, _) => format!("with {}", words::list(&shared)),
            (_, true) => format!("at {count} of {} settings", words::exact(spots.len() as u64)),
            _ => format!("at {count} settings with {}", words::list(&shared)),
        }
    };
    let title = format!(
        "{name}: highest ({}) {}; lowest ({}) {}",
        number(label, highest.value),
        at(highest),
        number(label, lowest.value),
        at(lowest)
    );
    let above = if label.holds {
        String::new()
    } else {
        let pair = |spot: Spot| found.draws(outcome, spot.strategy, spot.cell).iter();
        let both = pair(highest).zip(pair(lowest)).filter(|(one, other)| one.is_finite() && other.is_finite());
        let (draws, above) =
            both.fold((0u32, 0u32), |(all, above), (one, other)| (all + 1, above + u32::from(one > other)));
        let share = words::share_of_draws(f64::from(above) / f64::from(draws));
        if draws == 0 { String::new() } else { format!("The highest is above the lowest in {share}. ") }
    };
    Extremes { title, certainty: format!("{above}{error}") }
}

/// A setting in words, part by part: `Distancing 0.4`, `Contact rate at quantile 0.05`.
fn setting(found: &SweepFindings, cell: usize, strategy: Option<usize>) -> Vec<String> {
    let shape = &found.shape;
    let cell = &shape.cells[cell];
    let swept = shape.dimensions.iter().zip(&cell.values).map(|(one, value)| swept_to(one, value));
    let place = several_places(found).then(|| cell.place.clone());
    let strategy = strategy.map(|one| format!("“{}”", shape.strategies[one].1));
    strategy.into_iter().chain(place).chain(swept).collect()
}

/// What a dimension is set to: `Distancing 0.4`, `Start of the plan “at once”`.
pub(super) fn swept_to(dimension: &Dimension, value: &Setting) -> String {
    let value = if dimension.numbers { short(value) } else { format!("“{value}”") };
    format!("{} {}{value}", dimension.name, if dimension.quantiles { "at quantile " } else { "" })
}

/// An outcome as in a sentence: `net at horizon, cash` or `change of need for emergency admission, in 2034/35`.
pub(super) fn outcome_name(label: &OutcomeLabel) -> String {
    let known = !label.called.is_empty();
    let change = if label.unit == Unit::Percent { "change of " } else { "" };
    let mut name = match known {
        true => format!("{change}{}", words::inside(&label.called)),
        false => label.outcome.replace(['-', '_'], " "),
    };
    for part in [&label.group, &label.payer] {
        if !part.is_empty() && !known {
            name.push_str(&format!(", {part}"));
        }
    }
    if !label.year.is_empty() {
        name.push_str(&format!(", in {}", label.year));
    }
    name
}

/// In what an outcome is measured, and how its numbers are written.
pub(super) fn unit(label: &OutcomeLabel) -> (String, NumberFormat) {
    let prices = match label.price_base.as_str() {
        "" => String::new(),
        name => format!(", {}", called_prices(name)),
    };
    match &label.unit {
        _ if label.holds => (Unit::ShareOfDraws.to_string(), NumberFormat::percent()),
        Unit::Pounds => (format!("£ million{prices}"), NumberFormat::million_pounds()),
        Unit::Percent => ("change, %".to_owned(), NumberFormat { factor: 1.0, ..NumberFormat::percent() }.with_sign()),
        unit => (unit.to_string(), NumberFormat::plain()),
    }
}

/// A number with its unit, as in a sentence.
pub(super) fn number(label: &OutcomeLabel, value: f64) -> String {
    match &label.unit {
        _ if !value.is_finite() => "not known".to_owned(),
        Unit::Percent if !label.holds => words::signed_percent(value),
        _ => bare(label, value),
    }
}

fn error_in_words(label: &OutcomeLabel, error: f64) -> String {
    match &label.unit {
        _ if label.holds => format!("{} percentage points", words::setting(100.0 * error)),
        Unit::Percent => format!("{} percentage points", words::setting(error)),
        _ => bare(label, error),
    }
}

/// The same without a sign before gains.
fn bare(label: &OutcomeLabel, value: f64) -> String {
    match &label.unit {
        _ if label.holds => words::share_of_draws(value),
        Unit::Pounds => words::pounds(value),
        Unit::Percent => words::percent(value),
        Unit::Unsaid => words::setting(value),
        unit => format!("{} {unit}", words::setting(value)),
    }
}

/// A number of a setting with no more figures than tell it apart from others: 0.3 for 0.30000000000000004. A name as it is.
pub(super) fn short(setting: &Setting) -> String {
    let Setting::Number(value) = setting else { return setting.to_string() };
    words::quoted(*value, 4).replace('-', "−")
}

/// Places along an axis as they are written there; numbers that would read alike are written in full.
pub(super) fn along(values: &[Setting]) -> Vec<String> {
    if values.iter().any(|value| matches!(value, Setting::Name(_))) {
        return values.iter().map(Setting::to_string).collect();
    }
    let shortened: Vec<String> = values.iter().map(short).collect();
    let alike = shortened.iter().enumerate().any(|(place, one)| shortened[..place].contains(one));
    if alike { values.iter().map(Setting::to_string).collect() } else { shortened }
}

/// Where the numbers come from; `left_out` counts the draws of all settings that came to no number.
pub(super) fn source(found: &SweepFindings, left_out: u64, what: &str, certainty: &str) -> String {
    let shape = &found.shape;
    let left_out = match left_out {
        0 => String::new(),
        draws => format!(", {} in all left out", words::exact(draws)),
    };
    let draws = words::exact(shape.draws);
    let text = format!(
        "Wellspring {}, sweep of {}, {draws} draws at each setting{left_out}. {what} {certainty}",
        env!("CARGO_PKG_VERSION"),
        shape.name
    );
    text.trim_end().to_owned()
}

/// What a dimension is, as the title of an axis.
pub(super) fn axis_title(found: &SweepFindings, dimension: usize) -> String {
    let one = &found.shape.dimensions[dimension];
    if one.quantiles { format!("{}, quantile", one.name) } else { one.name.clone() }
}

//! Which uncertainty moves an outcome, in the terminal.

use crate::quantity::Unit;
use crate::report::picture::sensitivity::LISTED;
use crate::sensitivity::IndexKind;
use crate::sensitivity::analysis::NamedMeasure;
use crate::study::experiment::{Measured, OutcomeLabel, SensitivityFindings, SensitivityMethod};
use crate::words;

/// The inputs that matter most for each outcome, and one sentence.
pub fn sensitivity_text(found: &SensitivityFindings) -> String {
    let mut text = format!("{}\n{}\n", found.title, how(found));
    for series in found.series() {
        let one = &found.measured[series.end - 1];
        let year = if one.label.year.is_empty() { String::new() } else { format!(", {}", one.label.year) };
        text.push_str(&format!("\n{}{year}: {}\n", one.asked, one.strategy_name));
        if !one.varies {
            text.push_str("  No uncertainty moves it.\n");
            continue;
        }
        let rows: Vec<[String; 3]> = match &one.swings {
            Some(_) => listed_swings(one),
            None => one.leading().into_iter().take(LISTED).map(|measure| displayed(one, measure)).collect(),
        };
        let widths = [0, 1].map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0));
        for [name, numbers, resolved] in &rows {
            let line = format!("  {name:<0$}  {numbers:<1$}  {resolved}", widths[0], widths[1]);
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text.push_str(&format!("  {}\n", sentence(one)));
    }
    text
}

fn how(found: &SensitivityFindings) -> String {
    let (rows, size) = (words::exact(found.rows.len() as u64), words::exact(found.size as u64));
    let units = found.problem.group_names.len();
    match found.method {
        SensitivityMethod::Sobol => {
            format!("Total share of variance of {units} uncertainties or groups; base {size}, {rows} points")
        }
        SensitivityMethod::Morris => format!(
            "mu*, the mean size of an effect over the middle nine tenths of {units} uncertainties or groups; \
             {size} trajectories, {rows} points"
        ),
        SensitivityMethod::Stored => format!("Spearman's rank correlation with {units} uncertainties; {rows} points"),
        SensitivityMethod::Tornado => format!("Each of {units} uncertainties at its 5% and 95%, all others central"),
    }
}

fn displayed(one: &Measured, measure: &NamedMeasure) -> [String; 3] {
    let write = |value: f64| {
        if measure.index == IndexKind::MuStar { number(&one.label, value) } else { words::hundredths(value) }
    };
    let interval = match measure.interval {
        Some([low, high]) => words::interval(measure.value, (low, high), write),
        None => write(measure.value),
    };
    let resolved = if measure.resolved { "resolved" } else { "not resolved" };
    [measure.of.clone(), interval, resolved.to_owned()]
}

fn listed_swings(one: &Measured) -> Vec<[String; 3]> {
    let Some(swings) = &one.swings else { return Vec::new() };
    let mut ends: Vec<&(String, f64, f64)> = swings.ends.iter().collect();
    let width = |(_, low, high): &(String, f64, f64)| if (high - low).is_finite() { (high - low).abs() } else { -1.0 };
    ends.sort_by(|one, other| width(other).total_cmp(&width(one)).then(one.0.cmp(&other.0)));
    let row = |(name, low, high): &&(String, f64, f64)| {
        let [low, base, high] = [*low, swings.base, *high].map(|value| number(&one.label, value));
        [name.clone(), format!("{low}, {base}, {high}"), String::new()]
    };
    ends.iter().take(LISTED).map(row).collect()
}

/// What to take from the table.
fn sentence(one: &Measured) -> String {
    if let Some(first) = listed_swings(one).first() {
        return format!("Alone, {} moves it most: low, central and high are {}.", first[0], first[1]);
    }
    let leading = one.leading();
    let apart = |first: &NamedMeasure, second: &NamedMeasure| match (first.interval, second.interval) {
        (Some([low, high]), Some([other_low, other_high])) => {
            let sizes = |low: f64, high: f64| if low < 0.0 && high < 0.0 { (-high, -low) } else { (low, high) };
            sizes(low, high).0 > sizes(other_low, other_high).1
        }
        _ => false,
    };
    match leading.as_slice() {
        [first, second, ..] if apart(first, second) => format!("{} moves it most.", words::capital(&first.of)),
        [first, second, ..] => format!(
            "{} is first and {} second, and their order is not resolved at this number of runs.",
            words::capital(&first.of),
            second.of
        ),
        [first] => format!("{} is all that was moved.", words::capital(&first.of)),
        [] => "There are too few points for a ranking.".to_owned(),
    }
}

fn number(label: &OutcomeLabel, value: f64) -> String {
    match &label.unit {
        _ if !value.is_finite() => "–".to_owned(),
        Unit::Pounds => words::pounds(value),
        Unit::Percent => words::percent(value),
        _ => words::number(value),
    }
}

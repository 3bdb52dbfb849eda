//! A sweep in the terminal: the first settings with what came out at them.

use crate::appraisal::statistic::Statistic;
use crate::quantity::Unit;
use crate::study::experiment::{OutcomeLabel, SweepFindings};
use crate::words;

/// So many settings are shown in the terminal.
const LISTED: usize = 24;

/// The first settings with the median and the middle nine tenths of each outcome, or its probability.
pub fn sweep_text(found: &SweepFindings) -> String {
    let shape = &found.shape;
    let s = |count: usize| if count == 1 { "" } else { "s" };
    let cells = shape.cells.len();
    let mut text = format!(
        "{}\n{} setting{}, {} draw{} at each; medians, with 90% of the draws in brackets\n",
        shape.title,
        words::exact(cells as u64),
        s(cells),
        words::exact(shape.draws),
        s(shape.draws as usize),
    );
    let places = shape.cells.iter().any(|cell| cell.place != shape.cells[0].place);
    for (cell, setting) in shape.cells.iter().enumerate().take(LISTED) {
        let swept = shape.dimensions.iter().zip(&setting.values).map(|(one, value)| {
            let what = if one.quantiles { "quantile " } else { "" };
            format!("{} {what}{value}", one.name)
        });
        let place = places.then(|| setting.place.clone());
        let setting: Vec<String> = place.into_iter().chain(swept).collect();
        text.push_str(&format!("\n{}\n", setting.join(", ")));
        for (strategy, (_, name)) in shape.strategies.iter().enumerate() {
            text.push_str(&format!("  {name}\n"));
            for (outcome, label) in shape.outcomes.iter().enumerate() {
                text.push_str(&format!("    {}: {}\n", label.written, in_words(found, outcome, strategy, cell)));
            }
        }
    }
    if cells > LISTED {
        text.push_str(&format!("\nand {} more in sweep.csv\n", words::exact((cells - LISTED) as u64)));
    }
    for note in needs(&shape.outcomes) {
        text.push_str(&format!("\n{note}\n"));
    }
    text
}

/// Of each demand that is measured without what becomes of it: what to ask for beside it.
fn needs(outcomes: &[OutcomeLabel]) -> Vec<String> {
    let asked = |name: &String| outcomes.iter().any(|label| label.outcome == *name);
    let missing = |label: &OutcomeLabel| label.beside.iter().filter(|name| !asked(name)).cloned().collect::<Vec<_>>();
    let gaps = outcomes.iter().map(|label| (label, missing(label))).filter(|(_, missing)| !missing.is_empty());
    gaps.map(|(label, missing)| {
        let missing: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
        format!(
            "`{}` is the {}, not what happens of it: measure {} beside it.",
            label.written,
            words::inside(&label.called),
            words::list(&missing)
        )
    })
    .collect()
}

fn in_words(found: &SweepFindings, outcome: usize, strategy: usize, cell: usize) -> String {
    let estimates = found.estimates(outcome, strategy, cell);
    let of = |wanted: Statistic| {
        estimates.iter().find(|(statistic, _)| *statistic == wanted).map_or(f64::NAN, |(_, estimate)| estimate.value)
    };
    let label = &found.shape.outcomes[outcome];
    if label.holds {
        return words::share_of_draws(of(Statistic::Probability));
    }
    let ends = (of(Statistic::P05), of(Statistic::P95));
    match &label.unit {
        Unit::Pounds => words::interval(of(Statistic::Median), ends, words::pounds),
        Unit::Percent => words::interval(of(Statistic::Median), ends, words::signed_percent),
        unit => {
            let interval = words::interval(of(Statistic::Median), ends, words::setting);
            if *unit == Unit::Unsaid { interval } else { format!("{interval} {unit}") }
        }
    }
}

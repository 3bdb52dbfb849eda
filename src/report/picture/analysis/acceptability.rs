//! How surely each strategy is the best, at any worth of an effect, and what choosing each may cost.

use super::super::super::figure::{
    Axis, Colour, Dash, Description, Estimate, Figure, Grid, Key, Layer, LegendEntry, Marker, NumberFormat,
};
use super::super::{colour, dash, panel};
use super::{Caption, largest, name, pounds_format};
use crate::sensitivity::decision::Acceptability;
use crate::table::{Columns, Spelling, Table};
use crate::words;

/// Acceptability curves, with the strategy that is best on average ringed. `effect` is what the worth buys: `QALY`.
pub fn acceptability(curves: &[Acceptability], names: &[String], effect: &str, caption: &Caption) -> Figure {
    let lines = strategies(curves).map(|strategy| Layer::Line {
        x: worths(curves),
        y: curves.iter().map(|one| one.probability[strategy].value).collect(),
        colour: colour(strategy),
        dash: dash(strategy),
        label: Some(name(names, strategy)),
        description: Description::named(&name(names, strategy)),
    });
    let mut layers: Vec<Layer> = lines.collect();
    let (at, frontier) = ringed(curves, |one| one.probability[one.best].value);
    layers.push(rings(at, frontier));
    let axis = Axis::number("share of draws in which it is best", NumberFormat::percent()).covering(0.0, 1.0);
    Figure {
        subtitle: format!("How surely each strategy is best by what one {effect} is worth, {}", caption.subject),
        panels: vec![panel("", worth_axis(curves, effect), axis, layers)],
        legend: vec![LegendEntry::new(Key::Ring(Colour::SLATE), "The strategy that is best on average (the frontier)")],
        ..sheet(curves, names, effect, caption)
    }
}

/// Expected loss curves: what each strategy falls short of each draw's best. The lowest is the value of perfect
/// information.
pub fn expected_loss(curves: &[Acceptability], names: &[String], effect: &str, caption: &Caption) -> Figure {
    let most = largest(curves.iter().flat_map(|one| one.loss.iter().map(|loss| loss.value)));
    let lines = strategies(curves).map(|strategy| Layer::Line {
        x: worths(curves),
        y: curves.iter().map(|one| one.loss[strategy].value).collect(),
        colour: colour(strategy),
        dash: dash(strategy),
        label: Some(name(names, strategy)),
        description: Description::named(&name(names, strategy)),
    });
    let mut layers: Vec<Layer> = lines.collect();
    let (at, least) = ringed(curves, |one| one.loss[one.best].value);
    layers.push(rings(at, least));
    let axis = Axis::number("expected loss", pounds_format(most)).covering(0.0, 0.0);
    let title = match curves.last() {
        Some(last) => {
            let least = last.loss[last.best].value;
            format!(
                "At {} a {effect}, choosing {} still loses {} on average for want of knowledge",
                words::pounds(last.worth),
                quoted(names, last.best),
                words::pounds(least)
            )
        }
        None => "No worth, no loss".to_owned(),
    };
    Figure {
        title,
        subtitle: format!(
            "What each strategy falls short of each draw’s best, on average, by what one {effect} is worth, {}",
            caption.subject
        ),
        panels: vec![panel("", worth_axis(curves, effect), axis, layers)],
        legend: vec![LegendEntry::new(
            Key::Ring(Colour::SLATE),
            "Least loss: the best on average; as much is perfect information worth",
        )],
        ..sheet(curves, names, effect, caption)
    }
}

/// The numbers behind both pictures, a row for each worth and strategy.
pub fn table_of_acceptability<'f>(curves: &'f [Acceptability], names: &[String], file: &str) -> Table<'f> {
    /// A strategy at a worth.
    struct Row<'f> {
        one: &'f Acceptability,
        strategy: usize,
        name: String,
    }
    let is_best = |row: &Row<'_>| row.strategy == row.one.best;
    let columns = Columns::new()
        .number("worth", |row: &Row<'_>| row.one.worth)
        .words("strategy", |row| &row.name)
        .number("net_benefit", |row| row.one.benefit[row.strategy].value)
        .number("net_benefit_mc_error", |row| row.one.benefit[row.strategy].error)
        .number("probability_best", |row| row.one.probability[row.strategy].value)
        .number("probability_mc_error", |row| row.one.probability[row.strategy].error)
        .number("expected_loss", |row| row.one.loss[row.strategy].value)
        .number("expected_loss_mc_error", |row| row.one.loss[row.strategy].error)
        .truth("best_on_average", Spelling::YesNo, is_best)
        .truth("resolved", Spelling::YesNo, move |row| is_best(row) && row.one.is_resolved());
    let of_curve = |one: &'f Acceptability| {
        (0..one.benefit.len()).map(move |strategy| Row { one, strategy, name: name(names, strategy) })
    };
    Table::new(file, columns, curves.iter().flat_map(of_curve).collect())
}

/// The axis of what an effect is worth.
pub(super) fn worth_axis_of(most: f64, effect: &str) -> Axis {
    Axis::number(&format!("what one {effect} is worth"), pounds_format(most.min(9e5))).covering(0.0, most)
}

fn worth_axis(curves: &[Acceptability], effect: &str) -> Axis {
    worth_axis_of(largest(curves.iter().map(|one| one.worth)), effect)
}

fn worths(curves: &[Acceptability]) -> Vec<f64> {
    curves.iter().map(|one| one.worth).collect()
}

fn strategies(curves: &[Acceptability]) -> std::ops::Range<usize> {
    0..curves.first().map_or(0, |one| one.benefit.len())
}

/// About twelve places along the frontier.
fn ringed(curves: &[Acceptability], value: impl Fn(&Acceptability) -> f64) -> (Vec<f64>, Vec<Estimate>) {
    let step = curves.len().div_ceil(12).max(1);
    curves.iter().step_by(step).map(|one| (one.worth, Estimate::exact(value(one)))).unzip()
}

fn rings(at: Vec<f64>, estimates: Vec<Estimate>) -> Layer {
    Layer::Points {
        at,
        estimates,
        colour: Colour::SLATE,
        marker: Marker::Hollow,
        values: false,
        description: Description::named("Best on average"),
    }
}

fn quoted(names: &[String], strategy: usize) -> String {
    format!("“{}”", name(names, strategy))
}

fn sheet(curves: &[Acceptability], names: &[String], effect: &str, caption: &Caption) -> Figure {
    let mut stretches: Vec<(usize, f64)> = Vec::new();
    for one in curves {
        if stretches.last().is_none_or(|last| last.0 != one.best) {
            stretches.push((one.best, one.worth));
        }
    }
    let title = match (stretches.as_slice(), curves.last()) {
        ([(best, _)], Some(last)) => format!(
            "{} is best on average at any worth, and in {} at {} a {effect}",
            quoted(names, *best),
            words::share_of_draws(last.probability[*best].value),
            words::pounds(last.worth)
        ),
        ([.., (best, from)], Some(last)) => format!(
            "{} is best on average from {} a {effect}, and in {} at {}",
            quoted(names, *best),
            words::pounds(*from),
            words::share_of_draws(last.probability[*best].value),
            words::pounds(last.worth)
        ),
        _ => "No worth, no choice".to_owned(),
    };
    let sentences: Vec<String> = curves
        .iter()
        .step_by(curves.len().div_ceil(5).max(1))
        .map(|one| {
            format!(
                "at {} {} ({})",
                words::pounds(one.worth),
                name(names, one.best),
                words::chance(one.probability[one.best].value)
            )
        })
        .collect();
    Figure {
        title,
        subtitle: String::new(),
        source_line: caption.source.clone(),
        alternative_text: format!("Best on average, and in how many draws: {}.", sentences.join("; ")),
        width: 760.0,
        height: 360.0,
        grid: Grid::new(1, 1),
        panels: Vec::new(),
        legend: Vec::new(),
    }
}

/// A dash of its own for each line.
pub(super) fn pattern(index: usize) -> Dash {
    dash(index)
}

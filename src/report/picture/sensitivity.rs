//! Which uncertainty moves an outcome, as pictures.

use super::analysis::{Caption, Index, IndexOverTime, Swing, Tornado, indices, indices_over_time, tornado};
use super::{Picture, rendered};
use crate::quantity::Unit;
use crate::report::figure::{Figure, FigureError, NumberFormat};
use crate::sensitivity::IndexKind;
use crate::sensitivity::analysis::NamedMeasure;
use crate::study::experiment::{Measured, OutcomeLabel, SensitivityFindings, SensitivityMethod};
use crate::words;
use engine::model::hyphenated;

/// So many inputs are shown.
pub(in crate::report) const LISTED: usize = 10;

/// The pictures of a sensitivity analysis.
///
/// # Errors
/// A figure that cannot be drawn.
pub fn sensitivity_pictures(found: &SensitivityFindings) -> Result<Vec<Picture>, FigureError> {
    rendered(&sensitivity_figures(found))
}

/// The figures with their names: the first inputs of each outcome, and indices over the years where there are several.
pub fn sensitivity_figures(found: &SensitivityFindings) -> Vec<(String, Figure)> {
    let mut figures = Vec::new();
    for series in found.series() {
        let last = &found.measured[series.end - 1];
        if !last.varies {
            continue;
        }
        let caption = caption(found, last);
        if last.swings.is_some() {
            figures.push((format!("tornado-{}", file_name(last)), tornado(&swung(last), &caption)));
            continue;
        }
        figures
            .push((format!("indices-{}", file_name(last)), indices(&description(last), &bars(found, last), &caption)));
        if series.len() > 1 {
            let lines = over_time(&found.measured[series.clone()]);
            let name = match found.method {
                SensitivityMethod::Morris => effect(&last.label),
                method => leading_name(method).to_owned(),
            };
            let figure = indices_over_time(&outcome(last), &name, &lines, found.first_year, &caption);
            figures.push((format!("over-time-{}", file_name(last)), figure));
        }
    }
    figures
}

/// An outcome in its year as in a sentence.
fn description(one: &Measured) -> String {
    let year = if one.label.year.is_empty() { String::new() } else { format!(" in {}", one.label.year) };
    format!("{}{year}", outcome(one))
}

/// An outcome as in a sentence.
fn outcome(one: &Measured) -> String {
    let written = one.asked.split_once('@').map_or(one.asked.as_str(), |(before, _)| before);
    written.replace([':', '-'], " ")
}

/// What mu* is called in pictures, with its unit.
fn effect(label: &OutcomeLabel) -> String {
    format!("mu* in {}", scaled(label).0)
}

fn caption(found: &SensitivityFindings, one: &Measured) -> Caption {
    let size = words::exact(found.size as u64);
    let how = match found.method {
        SensitivityMethod::Sobol => format!("sobol with a base of {size}, "),
        SensitivityMethod::Morris => format!("morris with {size} trajectories, "),
        SensitivityMethod::Stored => String::new(),
        SensitivityMethod::Tornado => "one at a time, ".to_owned(),
    };
    let points = words::exact(found.rows.len() as u64);
    let source = format!("Wellspring {}, scenario {}, {how}{points} points.", env!("CARGO_PKG_VERSION"), found.name);
    Caption { subject: one.strategy_name.clone(), source }
}

fn leading_name(method: SensitivityMethod) -> &'static str {
    match method {
        SensitivityMethod::Sobol => "Total order",
        SensitivityMethod::Morris => "mu*",
        _ => "Spearman, without sign",
    }
}

fn bars(found: &SensitivityFindings, one: &Measured) -> Vec<Index> {
    let mut bars = Vec::new();
    let scale = scaled(&one.label).1;
    for leading in one.leading().into_iter().take(LISTED) {
        let mut add = |measure: &NamedMeasure, kind: String, scale: f64| {
            let turn = if measure.index == IndexKind::Spearman && measure.value < 0.0 { -scale } else { scale };
            let ends = |[low, high]: [f64; 2]| ((low * turn).min(high * turn), (low * turn).max(high * turn));
            bars.push(Index {
                name: measure.of.clone(),
                kind,
                value: measure.value * turn,
                interval: measure.interval.map(ends),
            });
        };
        match found.method {
            SensitivityMethod::Sobol => {
                let first = one.indices.iter().map(|one| &one.measure);
                if let Some(first) =
                    first.clone().find(|one| one.index == IndexKind::FirstOrder && one.of == leading.of)
                {
                    add(first, "First order".to_owned(), 1.0);
                }
                add(leading, "Total order".to_owned(), 1.0);
            }
            SensitivityMethod::Morris => add(leading, effect(&one.label), scale),
            _ => add(leading, leading_name(found.method).to_owned(), 1.0),
        }
    }
    bars
}

fn over_time(years: &[Measured]) -> Vec<IndexOverTime> {
    let mut names: Vec<&str> = Vec::new();
    for measure in years.iter().flat_map(|year| year.leading().into_iter().take(LISTED)) {
        if !names.contains(&measure.of.as_str()) {
            names.push(&measure.of);
        }
    }
    let of = |name: &str| {
        let found = years.iter().map(|year| {
            let scale = if year.leading().iter().any(|one| one.index == IndexKind::MuStar) {
                scaled(&year.label).1
            } else {
                1.0
            };
            let one = year.leading().into_iter().find(|one| one.of == name).map(|one| one.value.abs() * scale);
            one.unwrap_or(f64::NAN)
        });
        IndexOverTime { name: name.to_owned(), values: found.collect(), intervals: Vec::new() }
    };
    names.into_iter().map(of).collect()
}

/// The swings of an outcome, each uncertainty alone at its ends.
pub(in crate::report) fn swung(one: &Measured) -> Tornado {
    let ends = one.swings.iter().flat_map(|swings| &swings.ends);
    let swing = |(name, at_low, at_high): &(String, f64, f64)| Swing {
        name: name.clone(),
        low: "5%".to_owned(),
        high: "95%".to_owned(),
        at_low: *at_low,
        at_high: *at_high,
    };
    let (unit, format) = match &one.label.unit {
        Unit::Pounds => ("£ million".to_owned(), NumberFormat::million_pounds()),
        unit => (unit.to_string(), NumberFormat::plain()),
    };
    let base = one.swings.as_ref().map_or(f64::NAN, |swings| swings.base);
    Tornado { outcome: description(one), unit, format, base, swings: ends.map(swing).collect() }
}

/// The unit of an effect in pictures, and what its numbers are multiplied by.
fn scaled(label: &OutcomeLabel) -> (String, f64) {
    match &label.unit {
        Unit::Pounds => ("£ million".to_owned(), 1e-6),
        Unit::Percent => ("percentage points".to_owned(), 1.0),
        unit => (unit.to_string(), 1.0),
    }
}

/// An outcome of a strategy as part of the name of a file.
pub(in crate::report) fn file_name(one: &Measured) -> String {
    hyphenated(&format!("{}-{}", one.asked, one.strategy))
}

//! Which uncertainty moves an outcome, as a table of indices, in the terminal, and as pictures.

use crate::quantity::Unit;
use crate::sensitivity::Kind;
use crate::sensitivity::analysis::NamedMeasure;
use crate::study::experiment::{Measured, OutcomeLabel, PointMatrix, SensitivityFindings, SensitivityMethod};
use engine::model::hyphenated;

use super::figure::{Figure, FigureError, NumberFormat};
use super::picture::analysis::{
    Caption, Index, IndexOverTime, Swing, Tornado, indices, indices_over_time, table_of_tornado, tornado,
};
use super::picture::{Picture, rendered};
use crate::table::{Columns, Spelling, Table};
use crate::words;

/// So many inputs are shown.
const SHOWN: usize = 10;

/// An index of an input, or a number of a tornado.
struct IndexRow<'f> {
    one: &'f Measured,
    method: &'static str,
    index: String,
    of: &'f str,
    with: &'f str,
    value: f64,
    interval: Option<[f64; 2]>,
    resolved: Option<bool>,
}

/// `indices.csv`: one index a row; of a tornado also `tornado-...csv`, one input a row.
pub fn sensitivity_tables(found: &SensitivityFindings) -> Vec<Table<'_>> {
    let mut rows = Vec::new();
    let mut tornados = Vec::new();
    for one in &found.measured {
        rows.extend(one.indices.iter().map(|indexed| IndexRow {
            one,
            method: indexed.method,
            index: kind(indexed.measure.index),
            of: &indexed.measure.of,
            with: indexed.measure.with.as_deref().unwrap_or_default(),
            value: indexed.measure.value,
            interval: indexed.measure.interval,
            resolved: Some(indexed.measure.resolved),
        }));
        let Some(swings) = &one.swings else { continue };
        for (name, at_low, at_high) in &swings.ends {
            let told = [("at_p05", *at_low), ("base", swings.base), ("at_p95", *at_high)];
            rows.extend(told.map(|(index, value)| IndexRow {
                one,
                method: "tornado",
                index: index.to_owned(),
                of: name,
                with: "",
                value,
                interval: None,
                resolved: None,
            }));
        }
        tornados.push(table_of_tornado(&swung(one), &format!("tornado-{}.csv", file_name(one))));
    }
    let columns = Columns::new()
        .same("place", &found.place)
        .words("strategy", |row: &IndexRow<'_>| &row.one.strategy)
        .words("outcome", |row| &row.one.asked)
        .words("year", |row| &row.one.label.year)
        .words("method", |row| row.method)
        .words("index", |row| &row.index)
        .words("of", |row| row.of)
        .words("with", |row| row.with)
        .number("value", |row| row.value)
        .number("low", |row| row.interval.map(|[low, _]| low))
        .number("high", |row| row.interval.map(|[_, high]| high))
        .truth("resolved", Spelling::TrueFalse, |row| row.resolved);
    std::iter::once(Table::new("indices.csv", columns, rows)).chain(tornados).collect()
}

/// `outputs.csv`: what came out at each point, a column for each outcome and strategy.
pub fn outputs_table(found: &SensitivityFindings) -> Table<'_> {
    let columns = found
        .measured
        .iter()
        .fold(Columns::new(), |columns: Columns<'_, usize>, one| columns.exact(one.column(), |row| one.values[*row]));
    let rows = found.measured.first().map_or(0, |one| one.values.len());
    Table::each("outputs.csv", columns, move || 0..rows)
}

/// `inputs.csv`: where the points lie, a column for each input.
pub fn inputs_table<'f>(found: &'f SensitivityFindings, points: &'f PointMatrix) -> Table<'f> {
    let inputs = found.problem.inputs.iter().enumerate();
    let columns = inputs.fold(Columns::new(), |columns: Columns<'_, &[f64]>, (place, input)| {
        columns.exact(&input.name, move |point| point[place])
    });
    Table::each("inputs.csv", columns, move || found.rows.iter().map(move |row| points.row(*row)))
}

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
        figures.push((format!("indices-{}", file_name(last)), indices(&told(last), &bars(found, last), &caption)));
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
            Some(_) => swings_shown(one),
            None => one.leading().into_iter().take(SHOWN).map(|measure| shown(one, measure)).collect(),
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

fn shown(one: &Measured, measure: &NamedMeasure) -> [String; 3] {
    let write =
        |value: f64| if measure.index == Kind::MuStar { number(&one.label, value) } else { words::hundredths(value) };
    let interval = match measure.interval {
        Some([low, high]) => words::interval(measure.value, (low, high), write),
        None => write(measure.value),
    };
    let resolved = if measure.resolved { "resolved" } else { "not resolved" };
    [measure.of.clone(), interval, resolved.to_owned()]
}

fn swings_shown(one: &Measured) -> Vec<[String; 3]> {
    let Some(swings) = &one.swings else { return Vec::new() };
    let mut ends: Vec<&(String, f64, f64)> = swings.ends.iter().collect();
    let width = |(_, low, high): &(String, f64, f64)| if (high - low).is_finite() { (high - low).abs() } else { -1.0 };
    ends.sort_by(|one, other| width(other).total_cmp(&width(one)).then(one.0.cmp(&other.0)));
    let row = |(name, low, high): &&(String, f64, f64)| {
        let [low, base, high] = [*low, swings.base, *high].map(|value| number(&one.label, value));
        [name.clone(), format!("{low}, {base}, {high}"), String::new()]
    };
    ends.iter().take(SHOWN).map(row).collect()
}

/// What to take from the table.
fn sentence(one: &Measured) -> String {
    if let Some(first) = swings_shown(one).first() {
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

/// An outcome in its year as in a sentence.
fn told(one: &Measured) -> String {
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
    for leading in one.leading().into_iter().take(SHOWN) {
        let mut add = |measure: &NamedMeasure, kind: String, scale: f64| {
            let turn = if measure.index == Kind::Spearman && measure.value < 0.0 { -scale } else { scale };
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
                if let Some(first) = first.clone().find(|one| one.index == Kind::FirstOrder && one.of == leading.of) {
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
    for measure in years.iter().flat_map(|year| year.leading().into_iter().take(SHOWN)) {
        if !names.contains(&measure.of.as_str()) {
            names.push(&measure.of);
        }
    }
    let of = |name: &str| {
        let found = years.iter().map(|year| {
            let scale =
                if year.leading().iter().any(|one| one.index == Kind::MuStar) { scaled(&year.label).1 } else { 1.0 };
            let one = year.leading().into_iter().find(|one| one.of == name).map(|one| one.value.abs() * scale);
            one.unwrap_or(f64::NAN)
        });
        IndexOverTime { name: name.to_owned(), values: found.collect(), intervals: Vec::new() }
    };
    names.into_iter().map(of).collect()
}

fn swung(one: &Measured) -> Tornado {
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
    Tornado { outcome: told(one), unit, format, base, swings: ends.map(swing).collect() }
}

/// The unit of an effect in pictures, and what its numbers are multiplied by.
fn scaled(label: &OutcomeLabel) -> (String, f64) {
    match &label.unit {
        Unit::Pounds => ("£ million".to_owned(), 1e-6),
        Unit::Percent => ("percentage points".to_owned(), 1.0),
        unit => (unit.to_string(), 1.0),
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

fn kind(kind: Kind) -> String {
    let named = serde_json::to_value(kind).ok();
    named.and_then(|named| named.as_str().map(str::to_owned)).unwrap_or_default()
}

/// An outcome of a strategy as part of the name of a file.
fn file_name(one: &Measured) -> String {
    hyphenated(&format!("{}-{}", one.asked, one.strategy))
}

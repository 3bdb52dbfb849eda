//! When a plan fails: the ranges of inputs in which the cases of interest gather, and the trade-off on the way there.

use super::super::super::figure::{
    Axis, Colour, Dash, Estimate, Figure, Grid, Key, Layer, LegendEntry, Marker, NumberFormat,
};
use super::super::super::table::{Table, decimal, written};
use super::super::super::words;
use super::super::panel;
use super::Caption;
use crate::sensitivity::decision::discovery::{Discovery, Limits, Region, Restriction};

/// An input as people know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedInput {
    /// Its name.
    pub name: String,
    /// The names of its categories; empty for numbers.
    pub categories: Vec<String>,
}

/// The chosen box over the ranges of its inputs, and coverage against density on the way to it. `interest` says what the
/// cases of interest are, as the end of a sentence: `the plan fails to repay by year 5`.
pub fn boxes(found: &Discovery, inputs: &[NamedInput], interest: &str, caption: &Caption) -> Figure {
    let region = found.region();
    let whole = &found.trajectory[0];
    let names: Vec<String> = found.restrictions.iter().map(|one| sentence(one, inputs)).collect();
    let shown: Vec<&str> = names.iter().map(String::as_str).collect();
    let at: Vec<f64> = (0..shown.len()).map(|row| row as f64).collect();
    let span = |restriction: &Restriction| {
        let (low, high) = normalised(restriction, whole);
        Estimate { middle: f64::NAN, fifty: Some((low, high)), ninety: Some((0.0, 1.0)) }
    };
    let ranges = Layer::Points {
        at,
        estimates: found.restrictions.iter().map(span).collect(),
        colour: Colour::VERMILION,
        marker: Marker::Filled,
        values: false,
    };
    let share = NumberFormat::percent;
    let left = panel(
        "Where they gather",
        Axis::number("share of each input’s range", share()).covering(0.0, 1.0),
        Axis::categories(&shown),
        vec![ranges],
    );
    let path = Layer::Line {
        x: found.trajectory.iter().map(|one| one.coverage).collect(),
        y: found.trajectory.iter().map(|one| one.density).collect(),
        colour: Colour::SLATE,
        dash: Dash::Solid,
        label: None,
    };
    let chosen = Layer::Annotation { x: region.coverage, y: region.density, text: "this box".to_owned() };
    let right = panel(
        "Held against pure",
        Axis::number("share of all such cases held (coverage)", share()).covering(0.0, 1.0),
        Axis::number("share of held cases that are such (density)", share()).covering(0.0, 1.0),
        vec![path, chosen],
    );
    let (panels, columns) = if shown.is_empty() { (vec![right], 1) } else { (vec![left, right], 2) };
    let subtitle = format!(
        "Runs with {}: {} of all runs, {} of those in which {interest}; {}",
        if names.is_empty() { "anything".to_owned() } else { words::list(&names) },
        words::chance(region.mass),
        words::chance(region.coverage),
        caption.subject
    );
    // Sentences of any length stand beside the rows and above them: more lines, a taller figure.
    let lines = |text: &str, letters: usize| text.chars().count().div_ceil(letters) as f64;
    let a_row = names.iter().map(|name| 11.0 * lines(name, 36)).fold(27.0, f64::max);
    let tall = 170.0 + 12.0 * lines(&subtitle, 120) + a_row * shown.len() as f64;
    Figure {
        title: format!(
            "In {} of these runs {interest}, against {} of all",
            words::chance(region.density),
            words::chance(whole.density)
        ),
        subtitle,
        source_line: caption.source.clone(),
        alternative_text: format!(
            "A box of {}: density {}, coverage {}, mass {}.",
            if names.is_empty() { "all runs".to_owned() } else { words::list(&names) },
            words::chance(region.density),
            words::chance(region.coverage),
            words::chance(region.mass)
        ),
        width: 820.0,
        height: tall.max(340.0),
        grid: Grid::new(1, columns),
        panels,
        legend: vec![LegendEntry::new(Key::Interval(Colour::VERMILION), "Range within the box, and the whole range")],
    }
}

/// Boxes with their restrictions and the way to each, a row each.
pub fn table_of_boxes(found: &[Discovery], inputs: &[NamedInput], file: &str) -> Table {
    let mut rows = Vec::new();
    for (number, one) in found.iter().enumerate() {
        for (step, region) in one.trajectory.iter().enumerate() {
            rows.push(row(number, "step", step, step == one.chosen, region, "", ["", "", ""].map(str::to_owned)));
        }
        for restriction in &one.restrictions {
            let name = inputs.get(restriction.input).map_or("", |input| input.name.as_str());
            let p = [restriction.low, restriction.high].into_iter().flatten().fold(0.0, f64::max);
            let (low, high) = match &restriction.limits {
                Limits::Range { low, high } => (decimal(*low), decimal(*high)),
                Limits::Kept(_) => (kept(restriction, inputs), String::new()),
            };
            let region = one.region();
            rows.push(row(number, "restriction", one.chosen, true, region, name, [low, high, decimal(p)]));
        }
    }
    let columns = [
        "box",
        "row",
        "step",
        "chosen",
        "coverage",
        "density",
        "mass",
        "restricted",
        "input",
        "low",
        "high",
        "quasi_p",
    ];
    Table { file: file.to_owned(), csv: written(&columns, rows.into_iter()) }
}

fn row(
    number: usize,
    kind: &str,
    step: usize,
    chosen: bool,
    region: &Region,
    input: &str,
    rest: [String; 3],
) -> Vec<String> {
    let mut row = vec![
        (number + 1).to_string(),
        kind.to_owned(),
        step.to_string(),
        if chosen { "yes" } else { "no" }.to_owned(),
        decimal(region.coverage),
        decimal(region.density),
        decimal(region.mass),
        region.restricted.len().to_string(),
        input.to_owned(),
    ];
    row.extend(rest);
    row
}

/// "uptake above 0.31", "price between 2 and 4", "region North or West".
fn sentence(restriction: &Restriction, inputs: &[NamedInput]) -> String {
    let name = inputs.get(restriction.input).map_or("an input", |input| input.name.as_str());
    match &restriction.limits {
        Limits::Range { low, high } => match (restriction.low, restriction.high) {
            (Some(_), None) => format!("{name} above {}", words::setting(*low)),
            (None, Some(_)) => format!("{name} below {}", words::setting(*high)),
            _ => format!("{name} between {} and {}", words::setting(*low), words::setting(*high)),
        },
        Limits::Kept(_) => format!("{name} {}", kept(restriction, inputs)),
    }
}

fn kept(restriction: &Restriction, inputs: &[NamedInput]) -> String {
    let Limits::Kept(kept) = &restriction.limits else { return String::new() };
    let name = |place: usize| {
        let named = inputs.get(restriction.input).and_then(|input| input.categories.get(place));
        named.cloned().unwrap_or_else(|| (place + 1).to_string())
    };
    let names: Vec<String> = (0..kept.len()).filter(|place| kept[*place]).map(name).collect();
    names.join(" or ")
}

/// The box's range as a share of the input's whole range; for categories, as many as are kept from the left.
fn normalised(restriction: &Restriction, whole: &Region) -> (f64, f64) {
    match (&restriction.limits, &whole.limits[restriction.input]) {
        (Limits::Range { low, high }, Limits::Range { low: first, high: last }) => {
            let share = |value: f64| ((value - first) / (last - first)).clamp(0.0, 1.0);
            (share(*low), share(*high))
        }
        (Limits::Kept(kept), _) => (0.0, kept.iter().filter(|one| **one).count() as f64 / kept.len().max(1) as f64),
        _ => (0.0, 1.0),
    }
}

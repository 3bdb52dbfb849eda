//! When a plan fails: the ranges of inputs in which the cases of interest gather, and the trade-off on the way there.

use super::super::super::figure::{
    Axis, Colour, Dash, Description, Estimate, Figure, Grid, Key, Layer, LegendEntry, Marker, NumberFormat,
};
use super::super::panel;
use super::Caption;
use crate::appraisal::statistic::{self, Estimate as Share};
use crate::sensitivity::decision::discovery::{HeldBox, Limits, Region, Restriction};
use crate::table::{Columns, Spelling, decimal};
use crate::words;

/// An input as people know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedInput {
    /// Its name.
    pub name: String,
    /// The names of its categories; empty for numbers.
    pub categories: Vec<String>,
}

/// The box that holds over the ranges of its inputs, and what each limit adds, all counted on draws that had no part in
/// finding it. `plan` is who fails, `interest` when, as the end of a sentence: `society is worse off at the horizon`.
pub fn boxes(found: &HeldBox, inputs: &[NamedInput], plan: &str, interest: &str, caption: &Caption) -> Figure {
    let region = found.region();
    let whole = &found.steps[0].region;
    let names: Vec<String> = found.restrictions.iter().map(|one| sentence(one, inputs)).collect();
    let labels: Vec<&str> = names.iter().map(String::as_str).collect();
    let at: Vec<f64> = (0..labels.len()).map(|row| row as f64).collect();
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
        description: Description::default(),
    };
    let share = NumberFormat::percent;
    let left = panel(
        "Where they gather",
        Axis::number("share of each input’s range", share()).covering(0.0, 1.0),
        Axis::categories(&labels),
        vec![ranges],
    );
    let kept = &found.steps[..=found.kept];
    let path = Layer::Line {
        x: kept.iter().map(|one| one.region.coverage).collect(),
        y: kept.iter().map(|one| one.region.density).collect(),
        colour: Colour::SLATE,
        dash: Dash::Solid,
        label: None,
        description: Description::named("Density"),
    };
    let chosen = Layer::Annotation { x: region.coverage, y: region.density, text: "this box".to_owned() };
    let right = panel(
        "Held against pure, limit by limit",
        Axis::number("share of all such cases held (coverage)", share()).covering(0.0, 1.0),
        Axis::number("share of held cases that are such (density)", share()).covering(0.0, 1.0),
        vec![path, chosen],
    );
    let (low, high) = between_0_and_1(found.density());
    let with = words::list(&names);
    let subtitle = format!(
        "Runs with {with}: {} of all runs, {} of those in which {interest}; density {} to {}, on {} runs that had no part in \
         finding this; {}",
        words::chance(region.mass),
        words::chance(region.coverage),
        words::chance(low),
        words::chance(high),
        words::exact(whole.cases as u64),
        caption.subject
    );
    // Sentences of any length stand beside the rows and above them: more lines, a taller figure.
    let lines = |text: &str, letters: usize| text.chars().count().div_ceil(letters) as f64;
    let a_row = names.iter().map(|name| 11.0 * lines(name, 36)).fold(27.0, f64::max);
    let tall = 170.0 + 12.0 * lines(&subtitle, 120) + a_row * labels.len() as f64;
    Figure {
        title: format!(
            "“{plan}”: in {} of these runs {interest}, against {} of all",
            words::chance(region.density),
            words::chance(whole.density)
        ),
        subtitle,
        source_line: caption.source.clone(),
        alternative_text: format!(
            "For “{plan}”, a box of {with}: density {}, coverage {}, mass {}.",
            words::chance(region.density),
            words::chance(region.coverage),
            words::chance(region.mass)
        ),
        width: 820.0,
        height: tall.max(340.0),
        grid: Grid::new(1, 2),
        panels: vec![left, right],
        legend: vec![LegendEntry::new(Key::Interval(Colour::VERMILION), "Range within the box, and the whole range")],
    }
}

/// The 95 % interval of a share.
pub fn between_0_and_1(share: Share) -> (f64, f64) {
    let half = share.half_width();
    ((share.value - half).max(0.0), (share.value + half).min(1.0))
}

/// A step on the way to a box, or a limit of one.
pub struct BoxRow {
    number: usize,
    kind: &'static str,
    step: usize,
    chosen: bool,
    region: Region,
    input: String,
    /// Low and high, or the categories that are kept.
    limits: [String; 2],
    quasi_p: f64,
}

/// With the columns of boxes.
pub fn box_columns<'f, R: 'f>(
    columns: Columns<'f, R>,
    of: impl for<'r> Fn(&'r R) -> &'r BoxRow + Copy + 'f,
) -> Columns<'f, R> {
    let inside = move |row: &R| statistic::share(of(row).region.of_interest, of(row).region.cases);
    columns
        .whole("box", move |row| of(row).number)
        .words("row", move |row| of(row).kind)
        .whole("step", move |row| of(row).step)
        .truth("chosen", Spelling::YesNo, move |row| of(row).chosen)
        .number("coverage", move |row| of(row).region.coverage)
        .number("density", move |row| of(row).region.density)
        .number("mass", move |row| of(row).region.mass)
        .whole("restricted", move |row| of(row).region.restricted.len())
        .words("input", move |row| &of(row).input)
        .words("low", move |row| &of(row).limits[0])
        .words("high", move |row| &of(row).limits[1])
        .number("quasi_p", move |row| of(row).quasi_p)
        .number("density_mc_error", move |row| inside(row).error)
        .whole("cases", move |row| of(row).region.cases)
        .whole("of_interest", move |row| of(row).region.of_interest)
}

/// The rows of boxes: every step, then every limit.
pub fn box_rows(found: &[HeldBox], inputs: &[NamedInput]) -> Vec<BoxRow> {
    let mut rows = Vec::new();
    let name = |input: usize| inputs.get(input).map_or("", |input| input.name.as_str()).to_owned();
    for (number, one) in found.iter().enumerate() {
        for (step, at) in one.steps.iter().enumerate() {
            let limits = at.input.map(|input| written_limits(input, &at.region.limits[input], inputs));
            rows.push(BoxRow {
                number: number + 1,
                kind: "step",
                step,
                chosen: step == one.kept,
                region: at.region.clone(),
                input: at.input.map_or_else(String::new, name),
                limits: limits.unwrap_or_default(),
                quasi_p: at.input.map_or(f64::NAN, |_| at.chance),
            });
        }
        for restriction in &one.restrictions {
            rows.push(BoxRow {
                number: number + 1,
                kind: "restriction",
                step: one.kept,
                chosen: true,
                region: one.region().clone(),
                input: name(restriction.input),
                limits: written_limits(restriction.input, &restriction.limits, inputs),
                quasi_p: [restriction.low, restriction.high].into_iter().flatten().fold(0.0, f64::max),
            });
        }
    }
    rows
}

/// Low and high, or the categories that are kept.
fn written_limits(input: usize, limits: &Limits, inputs: &[NamedInput]) -> [String; 2] {
    match limits {
        Limits::Range { low, high } => [decimal(*low), decimal(*high)],
        Limits::Kept(places) => [kept(input, places, inputs), String::new()],
    }
}

/// "uptake above 0.31", "price between 2 and 4", "region: North or West".
pub fn sentence(restriction: &Restriction, inputs: &[NamedInput]) -> String {
    let name = inputs.get(restriction.input).map_or("an input", |input| input.name.as_str());
    match &restriction.limits {
        Limits::Range { low, high } => match (restriction.low, restriction.high) {
            (Some(_), None) => format!("{name} above {}", words::setting(*low)),
            (None, Some(_)) => format!("{name} below {}", words::setting(*high)),
            _ => format!("{name} between {} and {}", words::setting(*low), words::setting(*high)),
        },
        Limits::Kept(places) => format!("{name}: {}", kept(restriction.input, places, inputs)),
    }
}

fn kept(input: usize, kept: &[bool], inputs: &[NamedInput]) -> String {
    let name = |index: usize| {
        let named = inputs.get(input).and_then(|input| input.categories.get(index));
        named.cloned().unwrap_or_else(|| (index + 1).to_string())
    };
    let names: Vec<String> = (0..kept.len()).filter(|index| kept[*index]).map(name).collect();
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

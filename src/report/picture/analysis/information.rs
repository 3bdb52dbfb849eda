//! What it would be worth to know more: everything, or one input, by what an effect is worth.

use super::super::super::figure::{Axis, Colour, Dash, Description, Figure, Grid, Layer};
use super::super::{colour, panel};
use super::acceptability::{pattern, worth_axis_of};
use super::{Caption, largest, pounds_format};
use crate::sensitivity::decision::{PartialInformation, PerfectInformation};
use crate::table::{Columns, Spelling, Table};
use crate::words;

/// An input, or a group of inputs, and what knowing it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct InformationCurve {
    /// The input or the group.
    pub name: String,
    /// Its value at each worth of an effect.
    pub values: Vec<PartialInformation>,
}

const MOST: usize = 5;

/// Curves of the inputs that are worth most to know, below the curve of perfect information. What the draws cannot tell from 0
/// is counted and not drawn: it is no finding.
pub fn information(all: &[PerfectInformation], curves: &[InformationCurve], effect: &str, caption: &Caption) -> Figure {
    let order = with_value(curves);
    let drawn = &order[..order.len().min(MOST)];
    let mut layers = vec![Layer::Line {
        x: all.iter().map(|one| one.worth).collect(),
        y: all.iter().map(|one| one.value.value).collect(),
        colour: Colour::SLATE,
        dash: Dash::Solid,
        label: Some("Everything".to_owned()),
        description: Description::named("Everything"),
    }];
    for (index, curve) in drawn.iter().enumerate() {
        layers.push(Layer::Line {
            x: curve.values.iter().map(|one| one.worth).collect(),
            y: curve.values.iter().map(|one| one.value.value).collect(),
            colour: colour(index),
            dash: pattern(index),
            label: Some(curve.name.clone()),
            description: Description::named(&curve.name),
        });
    }
    let most = largest(all.iter().map(|one| one.value.value));
    let title = match drawn.first().and_then(|first| Some((first, greatest(first)?))) {
        Some((first, best)) => format!(
            "{} is worth most to know: up to {} before this decision, at {} a {effect}",
            words::capital(&first.name),
            words::pounds(best.value.value),
            words::pounds(best.worth)
        ),
        _ => "No single input is worth knowing before this decision, as far as these draws tell".to_owned(),
    };
    let mut notes: Vec<String> = drawn
        .iter()
        .filter_map(|curve| Some(format!("{} up to {}", curve.name, words::pounds(greatest(curve)?.value.value))))
        .collect();
    if notes.is_empty() {
        notes.push("nothing else can be told from 0".to_owned());
    }
    // An overstatement that nobody could see is not worth a word.
    let bias = largest(all.iter().map(|one| one.bias));
    let overstated = match bias > most * 0.005 {
        true => format!("; overstated by up to {} for want of draws", words::pounds(bias)),
        false => String::new(),
    };
    let omitted = match curves.len() - order.len() {
        0 => String::new(),
        some => format!("; {} more cannot be told from 0", words::exact(some as u64)),
    };
    Figure {
        title,
        subtitle: format!(
            "Expected value of information for one decision by what one {effect} is worth, {}{overstated}{omitted}",
            caption.subject
        ),
        source_line: caption.source.clone(),
        alternative_text: format!("Everything up to {}; {}.", words::pounds(most), notes.join("; ")),
        width: 760.0,
        height: 360.0,
        grid: Grid::new(1, 1),
        panels: vec![panel(
            "",
            worth_axis_of(largest(all.iter().map(|one| one.worth)), effect),
            Axis::number("worth knowing beforehand", pounds_format(most)).covering(0.0, 0.0),
            layers,
        )],
        legend: Vec::new(),
    }
}

/// The numbers behind [`information`], all inputs, with errors.
pub fn table_of_information(all: &[PerfectInformation], curves: &[InformationCurve], file: &str) -> Table<'static> {
    let everything = all.iter().map(|one| Row {
        known: "everything".to_owned(),
        worth: one.worth,
        value: one.value.value,
        error: one.value.error,
        bias: one.bias,
        resolved: one.value.value - one.bias > one.value.half_width(),
    });
    let of_curve = |curve: &InformationCurve| -> Vec<Row> {
        let row = |one: &PartialInformation| Row {
            known: curve.name.clone(),
            worth: one.worth,
            value: one.value.value,
            error: one.value.error,
            bias: one.bias,
            resolved: one.is_resolved(),
        };
        curve.values.iter().map(row).collect()
    };
    let rows = everything.chain(sorted(curves).into_iter().flat_map(of_curve)).collect();
    let columns = Columns::new()
        .words("known", |row: &Row| &row.known)
        .number("worth", |row| row.worth)
        .number("value", |row| row.value)
        .number("mc_error", |row| row.error)
        .number("bias", |row| row.bias)
        .truth("resolved", Spelling::YesNo, |row| row.resolved);
    Table::new(file, columns, rows)
}

/// What knowing something is worth, at a worth of an effect.
struct Row {
    known: String,
    worth: f64,
    value: f64,
    error: f64,
    bias: f64,
    resolved: bool,
}

/// The most valuable first, by the greatest value at any worth.
fn sorted(curves: &[InformationCurve]) -> Vec<&InformationCurve> {
    by(curves.iter().collect(), |one| one.values.iter().map(|value| value.value.value).fold(0.0, f64::max))
}

/// Those that the draws can tell from 0 at some worth, the most valuable first.
fn with_value(curves: &[InformationCurve]) -> Vec<&InformationCurve> {
    let description = curves.iter().filter(|one| greatest(one).is_some()).collect();
    by(description, |one| greatest(one).map_or(0.0, |best| best.value.value))
}

fn by(mut curves: Vec<&InformationCurve>, merit: impl Fn(&InformationCurve) -> f64) -> Vec<&InformationCurve> {
    curves.sort_by(|one, other| merit(other).total_cmp(&merit(one)).then(one.name.cmp(&other.name)));
    curves
}

/// The greatest value that the draws can tell from 0.
fn greatest(curve: &InformationCurve) -> Option<PartialInformation> {
    let resolved = curve.values.iter().copied().filter(PartialInformation::is_resolved);
    resolved.reduce(|one, two| if two.value.value > one.value.value { two } else { one })
}

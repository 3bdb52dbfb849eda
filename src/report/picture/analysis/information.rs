//! What it would be worth to know more: everything, or one input, by what an effect is worth.

use super::super::super::figure::{Axis, Colour, Dash, Figure, Grid, Layer, Told};
use super::super::super::table::{Table, decimal, written};
use super::super::super::words;
use super::super::{colour, panel};
use super::acceptability::{pattern, worth_axis_of};
use super::{Caption, largest, pounds_format};
use crate::sensitivity::decision::{PartialInformation, PerfectInformation};

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
    let order = told(curves);
    let shown = &order[..order.len().min(MOST)];
    let mut layers = vec![Layer::Line {
        x: all.iter().map(|one| one.worth).collect(),
        y: all.iter().map(|one| one.value.value).collect(),
        colour: Colour::SLATE,
        dash: Dash::Solid,
        label: Some("Everything".to_owned()),
        told: Told::named("Everything"),
    }];
    for (place, curve) in shown.iter().enumerate() {
        layers.push(Layer::Line {
            x: curve.values.iter().map(|one| one.worth).collect(),
            y: curve.values.iter().map(|one| one.value.value).collect(),
            colour: colour(place),
            dash: pattern(place),
            label: Some(curve.name.clone()),
            told: Told::named(&curve.name),
        });
    }
    let most = largest(all.iter().map(|one| one.value.value));
    let title = match shown.first().and_then(|first| Some((first, greatest(first)?))) {
        Some((first, best)) => format!(
            "{} is worth most to know: up to {} before this decision, at {} a {effect}",
            words::capital(&first.name),
            words::pounds(best.value.value),
            words::pounds(best.worth)
        ),
        _ => "No single input is worth knowing before this decision, as far as these draws tell".to_owned(),
    };
    let mut notes: Vec<String> = shown
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
    let untold = match curves.len() - order.len() {
        0 => String::new(),
        some => format!("; {} more cannot be told from 0", words::exact(some as u64)),
    };
    Figure {
        title,
        subtitle: format!(
            "Expected value of information for one decision by what one {effect} is worth, {}{overstated}{untold}",
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
pub fn table_of_information(all: &[PerfectInformation], curves: &[InformationCurve], file: &str) -> Table {
    let mut rows: Vec<Vec<String>> = all
        .iter()
        .map(|one| {
            let resolved = one.value.value - one.bias > 1.96 * one.value.error;
            row("everything", one.worth, [one.value.value, one.value.error, one.bias], resolved)
        })
        .collect();
    for curve in sorted(curves) {
        rows.extend(
            curve.values.iter().map(|one| {
                row(&curve.name, one.worth, [one.value.value, one.value.error, one.bias], one.is_resolved())
            }),
        );
    }
    let columns = ["known", "worth", "value", "mc_error", "bias", "resolved"];
    Table { file: file.to_owned(), csv: written(&columns, rows.into_iter()) }
}

fn row(known: &str, worth: f64, [value, error, bias]: [f64; 3], resolved: bool) -> Vec<String> {
    let resolved = if resolved { "yes" } else { "no" };
    vec![known.to_owned(), decimal(worth), decimal(value), decimal(error), decimal(bias), resolved.to_owned()]
}

/// The most valuable first, by the greatest value at any worth.
fn sorted(curves: &[InformationCurve]) -> Vec<&InformationCurve> {
    by(curves.iter().collect(), |one| one.values.iter().map(|value| value.value.value).fold(0.0, f64::max))
}

/// Those that the draws can tell from 0 at some worth, the most valuable first.
fn told(curves: &[InformationCurve]) -> Vec<&InformationCurve> {
    let told = curves.iter().filter(|one| greatest(one).is_some()).collect();
    by(told, |one| greatest(one).map_or(0.0, |best| best.value.value))
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

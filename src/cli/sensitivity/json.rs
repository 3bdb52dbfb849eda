//! Indices as JSON that a person can read too: one index in a line.

use serde::Serialize;

use crate::sensitivity::analysis::{Analysis, NamedMeasure, OutputIndices};
use crate::study::experiment::{Measured, SensitivityFindings};

/// The text of an analysis, keys in a fixed order, numbers in the shortest form that reads back the same.
pub fn text(analysis: &Analysis) -> String {
    let outputs: Vec<String> = analysis.outputs.iter().map(output).collect();
    let head = [
        ("schema", one(&analysis.schema)),
        ("method", one(&analysis.method)),
        ("rows", one(&analysis.rows)),
        ("layout", one(&analysis.layout)),
        ("inputs", one(&analysis.inputs)),
        ("confidence", one(&analysis.confidence)),
    ];
    let head: Vec<String> = head.iter().map(|(key, value)| format!("  \"{key}\": {value},\n")).collect();
    format!("{{\n{}  \"outputs\": [\n{}\n  ]\n}}\n", head.concat(), outputs.join(",\n"))
}

fn output(found: &OutputIndices) -> String {
    let mut text = format!("    {{\n      \"output\": {},\n      \"varies\": {},\n", one(&found.output), found.varies);
    if !found.without_influence.is_empty() {
        text.push_str(&format!("      \"without_influence\": {},\n", one(&found.without_influence)));
    }
    let lines: Vec<String> = found.indices.iter().map(|index| format!("\n        {}", one(index))).collect();
    let end = if lines.is_empty() { "" } else { "\n      " };
    text.push_str(&format!("      \"indices\": [{}{end}]\n    }}", lines.join(",")));
    text
}

/// The text of an analysis of a scenario: the same keys, and before them what was asked, and of which strategy and outcome each
/// column of `outputs.csv` is.
pub fn scenario(found: &SensitivityFindings) -> String {
    let head = [
        ("schema", one(&1)),
        ("scenario", one(&found.name)),
        ("place", one(&found.place)),
        ("method", one(&found.method)),
        ("size", one(&found.size)),
        ("rows", one(&found.rows.len())),
        ("left_out", one(&found.left_out)),
        ("inputs", one(&found.problem.group_names)),
        ("confidence", one(&found.problem.confidence)),
    ];
    let head: Vec<String> = head.iter().map(|(key, value)| format!("  \"{key}\": {value},\n")).collect();
    let outputs: Vec<String> = found.measured.iter().map(measured).collect();
    format!("{{\n{}  \"outputs\": [\n{}\n  ]\n}}\n", head.concat(), outputs.join(",\n"))
}

/// An index of one of several methods.
#[derive(Serialize)]
struct OfMethod<'m> {
    method: &'m str,
    #[serde(flatten)]
    measure: &'m NamedMeasure,
}

/// An outcome with one input at its ends.
#[derive(Serialize)]
struct Ends<'m> {
    of: &'m str,
    at_p05: f64,
    at_p95: f64,
}

fn measured(found: &Measured) -> String {
    let head = [
        ("output", one(&found.column())),
        ("strategy", one(&found.strategy)),
        ("outcome", one(&found.asked)),
        ("year", one(&found.label.year)),
        ("unit", one(&found.label.unit)),
        ("varies", one(&found.varies)),
    ];
    let head: Vec<String> = head.iter().map(|(key, value)| format!("      \"{key}\": {value},\n")).collect();
    let of_methods = found.indices.iter().map(|index| one(&OfMethod { method: index.method, measure: &index.measure }));
    let (key, base, lines): (&str, String, Vec<String>) = match &found.swings {
        None => ("indices", String::new(), of_methods.collect()),
        Some(swings) => {
            let ends = swings.ends.iter().map(|(of, low, high)| one(&Ends { of, at_p05: *low, at_p95: *high }));
            ("ends", format!("      \"base\": {},\n", one(&swings.base)), ends.collect())
        }
    };
    let lines: Vec<String> = lines.into_iter().map(|line| format!("\n        {line}")).collect();
    let end = if lines.is_empty() { "" } else { "\n      " };
    format!("    {{\n{}{base}      \"{key}\": [{}{end}]\n    }}", head.concat(), lines.join(","))
}

fn one(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("indices are plain words and numbers")
}

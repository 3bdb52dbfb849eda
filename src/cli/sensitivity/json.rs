//! Indices as JSON that a person can read too: one index in a line.

use serde::Serialize;

use crate::sensitivity::analysis::{Analysis, OutputIndices};

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

fn one(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("indices are plain words and numbers")
}

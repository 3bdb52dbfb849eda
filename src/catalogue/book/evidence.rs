//! Which evidence sets a constant, by grade and source.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::evidence::{EvidenceFile, Figure, Grade};
use engine::model::Name;

/// A list of the numbers that these files give a constant, those of one grade and source together; empty if there is none.
pub(super) fn of_constant(constant: &Name, files: &[EvidenceFile]) -> String {
    let mut grouped: BTreeMap<(Grade, &[String]), Vec<String>> = BTreeMap::new();
    for file in files {
        for figure in file.figures.iter().filter(|figure| &figure.label.constant == constant) {
            grouped.entry((figure.grade, &figure.sources)).or_default().push(whose(file, figure));
        }
    }
    if grouped.is_empty() {
        return String::new();
    }
    let mut text = String::from("\n");
    for ((grade, sources), owners) in grouped {
        // Writing into a String does not fail.
        let _ = writeln!(text, "- {grade}, {}: {}", sources.join(" and "), owners.join("; "));
    }
    text
}

/// Whose number it is: the file's id, or the element that stands for it, with other elements and the row of evidence.
fn whose(file: &EvidenceFile, figure: &Figure) -> String {
    let own = Name::new(&file.id);
    let mut parts = vec![file.id.as_str()];
    parts.extend(figure.label.elements.iter().filter(|element| **element != own).map(Name::spelling));
    let row = if figure.ids.is_empty() { String::new() } else { format!(" (`{}`)", figure.ids.join("`, `")) };
    format!("{}{row}", parts.join(", "))
}

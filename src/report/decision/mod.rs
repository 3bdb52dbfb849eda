//! A choice as tables, pictures and a summary in plain words.

mod figures;
mod summary;
mod tables;

pub use figures::decision_pictures;
pub use summary::decision_text;
pub use tables::decision_tables;

use crate::appraisal::findings::ALL_PLACES;
use crate::study::decision::Decision;

use super::picture::analysis::{Caption, InformationCurve};
use crate::words;

/// What the effect is called.
const EFFECT: &str = "QALY";

/// The names of the strategies, doing nothing first.
fn names(found: &Decision) -> Vec<String> {
    found.strategies.iter().map(|(_, name)| name.clone()).collect()
}

fn caption(found: &Decision) -> Caption {
    let place = if found.place.contains(", ") && found.place.len() > 60 { ALL_PLACES } else { &found.place };
    Caption {
        subject: format!("{place}, {} plan years", found.horizon),
        source: format!(
            "Wellspring {}, scenario {}, {} draws.",
            env!("CARGO_PKG_VERSION"),
            found.name,
            words::exact(found.draws as u64)
        ),
    }
}

/// Each input, and each group under its own name: with `all of` before it, or with how many of its numbers are counted.
fn curves(found: &Decision) -> Vec<InformationCurve> {
    let inputs = found.inputs.iter().zip(&found.each);
    let mut curves: Vec<InformationCurve> =
        inputs.map(|(input, values)| InformationCurve { name: input.name.clone(), values: values.clone() }).collect();
    for group in &found.groups {
        let name = match group.counted == group.inputs {
            true => format!("all of {}", group.name),
            false => format!("{} ({} of its {} numbers)", group.name, group.counted, group.inputs),
        };
        curves.push(InformationCurve { name, values: group.values.clone() });
    }
    curves
}

/// The strategy of highest expected net benefit beside doing nothing, at the leading worth.
fn leading_plan(found: &Decision) -> usize {
    let at = found.curves.iter().find(|curve| curve.worth == found.leading).or(found.curves.last());
    let Some(at) = at else { return 1 };
    (1..at.benefit.len())
        .reduce(|best, one| if at.benefit[one].value > at.benefit[best].value { one } else { best })
        .unwrap_or(1)
}

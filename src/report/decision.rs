//! What tables, pictures and words of a choice share: names, curves of the value of knowing, the plan that leads.

use crate::appraisal::findings::ALL_PLACES;
use crate::study::decision::{Decision, DecisionInput};

use super::picture::analysis::{Caption, InformationCurve, NamedInput};
use crate::words;

/// What the effect is called.
pub(super) const EFFECT: &str = "QALY";

/// The names of the strategies, doing nothing first.
pub(super) fn names(found: &Decision) -> Vec<String> {
    found.strategies.iter().map(|(_, name)| name.clone()).collect()
}

pub(super) fn caption(found: &Decision) -> Caption {
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
pub(super) fn curves(found: &Decision) -> Vec<InformationCurve> {
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
pub(super) fn leading_plan(found: &Decision) -> usize {
    let at = found.curves.iter().find(|curve| curve.worth == found.leading).or(found.curves.last());
    let Some(at) = at else { return 1 };
    (1..at.benefit.len())
        .reduce(|best, one| if at.benefit[one].value > at.benefit[best].value { one } else { best })
        .unwrap_or(1)
}

/// Inputs as the pictures of boxes know them.
pub(super) fn named(found: &Decision) -> Vec<NamedInput> {
    let named = |input: &DecisionInput| NamedInput { name: input.name.clone(), categories: input.categories.clone() };
    found.inputs.iter().map(named).collect()
}

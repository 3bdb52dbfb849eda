//! Where a sweep or a design and a strategy set the same thing, so that a strategy is no longer what it is named for, or is not
//! moved at all.

use crate::explain::study::SET_TWICE;
use crate::scenario::{Levers, Swept};
use engine::diagnostic::{Diagnostic, Diagnostics, Span};
use engine::model::{Label, Name};
use engine::structure::{ScalarId, Structure};

use super::super::lookup;
use super::prepare::Subject;

/// Warns of what is swept in strategies that set it themselves.
pub(super) fn swept_and_set(subject: Subject<'_>) -> Diagnostics {
    let mut found = Diagnostics::new();
    let Some(sweep) = subject.sweep_asked() else { return found };
    let structure = structure(subject);
    let among = |id: &str| sweep.strategies.is_empty() || sweep.strategies.iter().any(|one| one.value == id);
    let strategies: Vec<Setters<'_>> = setters(subject, structure).filter(|one| among(one.id)).collect();
    for axis in &sweep.axes {
        let (labels, replaced): (Vec<&Label>, bool) = match &axis.what {
            Swept::Lever(label) => (vec![label], true),
            Swept::Choices(choices) => {
                (choices.iter().flat_map(|choice| choice.levers.iter()).map(|lever| &lever.label).collect(), true)
            }
            Swept::Quantile(label) | Swept::Number(label) => (vec![label], false),
        };
        for (label, ids) in set_by(structure, &labels, &strategies) {
            let hint = match replaced {
                true => {
                    "at every point the sweep's value takes the place of theirs; sweep the other strategies alone, or \
                         name these points for what they are"
                }
                false => {
                    "what they set stands at every point, so the sweep does not move them; sweep the other strategies"
                }
            };
            found.push(ineffective(&format!("`{label}` is swept"), &ids, axis.name.span.clone(), hint));
        }
    }
    found
}

/// Warns of what a design draws for strategies that set it themselves; `chosen` are the indices of those that are compared.
pub(super) fn drawn_and_set(subject: Subject<'_>, chosen: &[usize]) -> Diagnostics {
    let structure = structure(subject);
    let all: Vec<Setters<'_>> = setters(subject, structure).collect();
    let strategies: Vec<&Setters<'_>> = chosen.iter().filter_map(|index| all.get(*index)).collect();
    let inputs = subject.inputs();
    let labels: Vec<Label> = inputs
        .iter()
        .filter(|input| !input.no_effect)
        .flat_map(|input| &input.constants)
        .map(|written| super::model::label(written))
        .collect();
    let labels: Vec<&Label> = labels.iter().collect();
    let hint = "what they set stands in every draw, so it moves nothing there; leave it out of these strategies, or look at \
                the others";
    set_by(structure, &labels, strategies.iter().copied())
        .into_iter()
        .map(|(label, ids)| ineffective(&format!("`{label}` is drawn"), &ids, ids[0].1.clone(), hint))
        .collect()
}

fn ineffective(what: &str, ids: &[(&str, Span)], span: Span, hint: &str) -> Diagnostic {
    let named: Vec<String> = ids.iter().map(|(id, _)| format!("`{id}`")).collect();
    let (word, verb) = if ids.len() == 1 { ("the strategy", "sets") } else { ("the strategies", "set") };
    let message = format!("{what}, and {word} {} {verb} it", named.join(", "));
    Diagnostic::warning(SET_TWICE, message).at(span).hint(hint)
}

/// What a strategy sets, where.
struct Setters<'s> {
    id: &'s str,
    set: Vec<(ScalarId, Span)>,
}

fn structure(subject: Subject<'_>) -> &Structure {
    match subject {
        Subject::Study(study) => &study.places[0].structure,
        Subject::Model(study) => &study.structure,
    }
}

fn setters<'s>(subject: Subject<'s>, structure: &'s Structure) -> impl Iterator<Item = Setters<'s>> {
    let all: Vec<(&str, &Levers)> = match subject {
        Subject::Study(study) => study.scenario.strategies.iter().map(|one| (one.id.as_str(), &one.levers)).collect(),
        Subject::Model(study) => study.scenario.strategies.iter().map(|one| (one.id.as_str(), &one.levers)).collect(),
    };
    all.into_iter().map(|(id, levers)| {
        let set = levers.iter().flat_map(|lever| {
            let span = lever.span.clone();
            scalars(structure, &lever.label).into_iter().map(move |scalar| (scalar, span.clone()))
        });
        Setters { id, set: set.collect() }
    })
}

fn scalars(structure: &Structure, label: &Label) -> Vec<ScalarId> {
    lookup::scalars(structure, label).into_iter().flatten().map(|(scalar, _)| scalar).collect()
}

/// Each label that some strategies set too, once, with their ids and where.
fn set_by<'s>(
    structure: &Structure,
    labels: &[&'s Label],
    strategies: impl IntoIterator<Item = &'s Setters<'s>> + Clone,
) -> Vec<(&'s Label, Vec<(&'s str, Span)>)> {
    let mut found: Vec<(&Label, Vec<(&str, Span)>)> = Vec::new();
    let mut seen: Vec<Name> = Vec::new();
    for label in labels {
        let written = Name::new(&label.to_string());
        if seen.contains(&written) {
            continue;
        }
        seen.push(written);
        let own = scalars(structure, label);
        let setting = |one: &'s Setters<'s>| {
            let at = one.set.iter().find(|(scalar, _)| own.contains(scalar))?;
            Some((one.id, at.1.clone()))
        };
        let ids: Vec<(&str, Span)> = strategies.clone().into_iter().filter_map(setting).collect();
        if !ids.is_empty() {
            found.push((label, ids));
        }
    }
    found
}

//! The uncertainties alone or in groups, as a sample moves them.
//!
//! Indices take what is moved apart to be independent. So uncertainties that the scenario correlates are one unit, and a group
//! that would part them is refused.

use std::collections::BTreeSet;

use crate::evidence::document::Located;
use crate::explain::command as code;
use crate::scenario::InputGroup;
use engine::diagnostic::{Diagnostic, Diagnostics, Span, nearest};
use engine::sampling::Ties;

use super::super::inputs::Input;
use super::super::prepare::Subject;
use super::layout::InputUnit;

/// The pattern of everything that is in no other group.
const REST: &str = "*";

/// What units are made of.
pub(super) struct Grouping<'i> {
    inputs: &'i [Input],
    ties: &'i Ties,
    /// What else each input answers to: `programme:H01`, `domain:housing`.
    labels: Vec<Vec<String>>,
}

impl<'i> Grouping<'i> {
    /// The inputs of a subject, and what of them is tied together.
    pub(super) fn new(subject: Subject<'_>, inputs: &'i [Input], ties: &'i Ties) -> Self {
        Self { inputs, ties, labels: inputs.iter().map(|input| labels(subject, input)).collect() }
    }

    /// All that an input may be called by.
    fn names(&self, index: usize) -> impl Iterator<Item = &str> {
        let input = &self.inputs[index];
        std::iter::once(&input.stream).chain(&input.constants).chain(&self.labels[index]).map(String::as_str)
    }

    fn fitting(&self, pattern: &str) -> Vec<usize> {
        (0..self.inputs.len()).filter(|index| self.names(*index).any(|name| fits(pattern, name))).collect()
    }
}

/// The programme and the domain of an input. What several programmes follow belongs to none of them, and to a domain only if
/// all of them do.
fn labels(subject: Subject<'_>, input: &Input) -> Vec<String> {
    let Subject::Study(study) = subject else { return Vec::new() };
    let uncertain = study.places.iter().flat_map(|place| &place.uncertain);
    let owners: BTreeSet<&str> = uncertain
        .filter(|one| one.streams().any(|stream| stream == input.stream))
        .map(|one| one.owner.as_str())
        .collect();
    let programme = |owner: &&str| study.programmes.iter().find(|(id, _, _)| id == owner);
    let Some(programmes) = owners.iter().map(programme).collect::<Option<Vec<_>>>() else { return Vec::new() };
    let domains: BTreeSet<&str> = programmes.iter().map(|(_, _, domain)| domain.as_str()).collect();
    let mut labels = Vec::new();
    if let [(id, _, _)] = programmes.as_slice() {
        labels.push(format!("programme:{id}"));
    }
    if let (Some(domain), 1) = (domains.first(), domains.len()) {
        labels.push(format!("domain:{domain}"));
    }
    labels
}

/// Inputs alone or in the first group that has a pattern for them; with `exclusive` groups no input may fit two of them, but
/// for what the pattern `*` leaves.
pub(super) fn units(
    grouping: &Grouping<'_>,
    groups: &[InputGroup],
    exclusive: bool,
    found: &mut Diagnostics,
) -> Vec<InputUnit> {
    let inputs = grouping.inputs;
    // The group of each input.
    let mut taken: Vec<Option<usize>> = vec![None; inputs.len()];
    let mut order: Vec<usize> = (0..groups.len()).collect();
    if exclusive {
        let rest = |group: &usize| groups[*group].patterns.iter().any(|pattern| pattern.value.trim() == REST);
        order.sort_by_key(rest);
    }
    for at in order {
        let group = &groups[at];
        for pattern in &group.patterns {
            let fitting = grouping.fitting(&pattern.value);
            let free: Vec<usize> =
                fitting.iter().copied().filter(|index| taken[*index].is_none_or(|group| group == at)).collect();
            let twice = fitting.iter().find(|index| !free.contains(index));
            match twice {
                Some(twice) if exclusive && pattern.value.trim() != REST => {
                    let other = taken[*twice].map_or("", |other| groups[other].name.value.as_str());
                    found.push(in_two(&inputs[*twice].stream, other, &group.name.value, pattern));
                }
                _ if free.is_empty() => found.push(nothing_fits(&group.name.value, pattern, twice.is_some(), grouping)),
                _ => {}
            }
            free.into_iter().for_each(|index| taken[index] = Some(at));
        }
    }
    let mut units: Vec<InputUnit> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let members: Vec<usize> = (0..inputs.len()).filter(|index| taken[*index] == Some(at)).collect();
        let name = group.name.value.clone();
        let foreign = inputs.iter().enumerate().any(|(index, input)| input.stream == name && !members.contains(&index));
        if group.patterns.is_empty() || foreign || units.iter().any(|unit| unit.name == name) {
            let message = if group.patterns.is_empty() {
                format!("the group `{name}` names no uncertainty")
            } else {
                format!("the name `{name}` of a group is taken")
            };
            found.push(
                Diagnostic::error(code::NO_SUCH_INPUT, message)
                    .at(group.name.span.clone())
                    .hint("write \"Unit costs\" = [\"Unit cost*\"], a name of its own and patterns"),
            );
        }
        units.push(InputUnit { name, members });
    }
    for members in grouping.ties.groups() {
        units.extend(tied(inputs, members, groups, &mut taken, found));
    }
    units.extend(
        (0..inputs.len())
            .filter(|index| taken[*index].is_none())
            .map(|index| InputUnit { name: inputs[index].stream.clone(), members: vec![index] }),
    );
    units.retain(|unit| !unit.members.is_empty());
    units.sort_by_key(|unit| unit.members.first().copied());
    units
}

/// What is tied together as a unit of its own, unless one group has it all.
fn tied(
    inputs: &[Input],
    members: &[usize],
    groups: &[InputGroup],
    taken: &mut [Option<usize>],
    found: &mut Diagnostics,
) -> Option<InputUnit> {
    let of: BTreeSet<Option<usize>> = members.iter().map(|member| taken[*member]).collect();
    if of.len() == 1 && !of.contains(&None) {
        return None;
    }
    if let Some(inside) = members.iter().find(|member| taken[**member].is_some()) {
        let outside = members.iter().find(|member| taken[**member] != taken[*inside]).unwrap_or(inside);
        let group = &groups[taken[*inside].unwrap_or(0)];
        let message = format!(
            "`{}` in the group `{}` is correlated with `{}`, which is not in it",
            inputs[*inside].stream, group.name.value, inputs[*outside].stream
        );
        found.push(
            Diagnostic::error(code::TIED_APART, message)
                .at(group.name.span.clone())
                .hint("put all that a [[correlation]] ties into one group: indices take groups to be independent"),
        );
        return None;
    }
    let mut members = members.to_vec();
    members.sort_unstable();
    // An index of its own beyond those of the groups, so that it is not told alone as well.
    members.iter().for_each(|member| taken[*member] = Some(groups.len()));
    let names: Vec<&str> = members.iter().map(|member| inputs[*member].stream.as_str()).collect();
    let name = match names.as_slice() {
        [one, other] => format!("{one} with {other}"),
        [one, rest @ ..] => format!("{one} with {} more", rest.len()),
        [] => return None,
    };
    Some(InputUnit { name, members })
}

fn in_two(input: &str, one: &str, other: &str, pattern: &Located<String>) -> Diagnostic {
    Diagnostic::error(code::NO_SUCH_INPUT, format!("`{input}` is in two groups, `{one}` and `{other}`"))
        .at(pattern.span.clone())
        .hint("leave it in one of them; \"*\" alone stands for all that is in no other group")
}

fn nothing_fits(group: &str, pattern: &Located<String>, taken: bool, grouping: &Grouping<'_>) -> Diagnostic {
    let span: Span = pattern.span.clone();
    if taken {
        let message = format!("all that `{}` in the group `{group}` fits is in other groups", pattern.value);
        return Diagnostic::error(code::NO_SUCH_INPUT, message)
            .at(span)
            .hint("an uncertainty belongs to the first group that fits: put the narrower group first");
    }
    let message = format!("`{}` in the group `{group}` fits no uncertainty of the scenario", pattern.value);
    let wrong = Diagnostic::error(code::NO_SUCH_INPUT, message).at(span);
    let all: Vec<&str> = (0..grouping.inputs.len()).flat_map(|index| grouping.names(index)).collect();
    match nearest(&pattern.value, all.iter().copied()) {
        Some(near) => wrong.hint(format!("did you mean `{near}`?")),
        None => wrong.hint("a pattern is a name in which * stands for any letters, such as \"Unit cost*\""),
    }
}

/// Whether a name fits a pattern in which `*` stands for any letters; capitals do not matter.
fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.trim().to_lowercase(), name.to_lowercase());
    let parts: Vec<&str> = pattern.split('*').collect();
    let [first, middle @ .., last] = parts.as_slice() else { return name == pattern };
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn stars_stand_for_any_letters() {
        for (pattern, name, expected) in [
            ("Unit cost*", "unit cost[A&E attendance]", true),
            ("*[H01*", "Log relative risk[H01,Emergency admission]", true),
            ("*", "anything", true),
            ("a*a", "a", false),
            ("a*b*c", "a-c-b", false),
            ("a*b*b", "ab", false),
            ("*bc*c", "abc", false),
            ("Duration", "Duration of stay", false),
            ("duration", "Duration", true),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }
}

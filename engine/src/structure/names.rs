//! What a name with its subscripts is: a term, or a lookup table.

use crate::diagnostic::catalogue::structure as code;
use crate::model::{Name, Subscript, TextRange};

use super::draft::{subscripts_of, unknown_subscript};
use super::expansion::{Expansion, Here};
use super::ranges::{ElementId, RangeId};
use super::{LookupId, ScalarId, Term, VariableKind};

/// More lines than these are counted, not listed.
const MOST_LINES: usize = 10;

/// What a name with its subscripts is.
pub(super) enum Found {
    Term(Term),
    Table(LookupId),
}

impl Expansion<'_, '_, '_> {
    /// What a name with its subscripts is where it stands; nothing, and a diagnostic, if it is nothing.
    pub(super) fn found(
        &mut self,
        name: &Name,
        subscripts: &[Subscript],
        at: TextRange,
        here: &mut Here,
    ) -> Option<Found> {
        let (drafts, ranges) = (self.fixed.drafts, self.fixed.ranges);
        let Some(variable) = drafts.find(name) else {
            if subscripts.is_empty() {
                if name.key() == "time" {
                    return Some(Found::Term(Term::Time));
                }
                if let Some(range) = ranges.find_range(name) {
                    let element = self.standing(range, false, name, at, here)?;
                    return Some(Found::Term(Term::Number(ranges.number_of(element))));
                }
                if let Some(element) = ranges.find_element(name) {
                    return Some(Found::Term(Term::Number(ranges.number_of(element))));
                }
            }
            let uses = self.unknown.entry(name.clone()).or_default();
            // An equation for many elements names it once.
            if uses.last() != Some(&at) {
                uses.push(at);
            }
            return None;
        };
        let draft = drafts.draft(variable);
        // What is wrong with a left side is said there.
        if draft.equations.iter().any(|&index| drafts.lefts[index].is_none()) {
            return None;
        }
        if subscripts.len() != draft.dimensions.len() {
            let line = self.notes.line(drafts.first_equation(variable).left.at);
            let wanted: Vec<&str> = draft.dimensions.iter().map(|range| ranges.range(*range).name.spelling()).collect();
            let form = if wanted.is_empty() { name.to_string() } else { format!("{name}[{}]", wanted.join(",")) };
            self.notes.error(
                code::SUBSCRIPT_COUNT,
                at,
                format!(
                    "`{name}` has {}, but {} here",
                    subscripts_of(draft.dimensions.len()),
                    match subscripts.len() {
                        0 => "none stands".to_owned(),
                        1 => "1 stands".to_owned(),
                        many => format!("{many} stand"),
                    }
                ),
                vec![format!("it is defined as `{form}` at line {line}")],
            );
            return None;
        }
        let mut offset = 0;
        for (subscript, dimension) in subscripts.iter().zip(&draft.dimensions) {
            let element = match ranges.find_range(&subscript.name) {
                Some(range) => self.standing(range, subscript.summed, &subscript.name, subscript.at, here)?,
                None => match ranges.find_element(&subscript.name) {
                    Some(element) if !subscript.summed => element,
                    Some(_) => {
                        let message = format!("`{}` is one element, and `!` runs over a range", subscript.name);
                        self.notes.error(code::RUNS_OVER, subscript.at, message, Vec::new());
                        return None;
                    }
                    None => {
                        unknown_subscript(subscript, ranges, self.notes);
                        return None;
                    }
                },
            };
            let dimension = ranges.range(*dimension);
            let Some(index) = dimension.position(element) else {
                let line = self.notes.line(drafts.first_equation(variable).left.at);
                self.notes.error(
                    code::WRONG_SUBSCRIPT,
                    subscript.at,
                    format!(
                        "`{}` is no element of `{}`, a subscript of `{name}`",
                        ranges.element(element),
                        dimension.name
                    ),
                    vec![format!("`{name}` is defined at line {line}")],
                );
                return None;
            };
            offset = offset * dimension.elements.len() + index;
        }
        let given = || self.fixed.constants[draft.first.0 as usize + offset].is_some();
        if draft.definers[offset].is_none() && (draft.kind == VariableKind::Lookup || !given()) {
            self.missing.entry(variable).or_default().entry(offset).or_insert(at);
        }
        Some(match draft.kind {
            VariableKind::Lookup => Found::Table(LookupId(draft.first_lookup.0 + offset as u32)),
            _ => Found::Term(Term::Scalar(ScalarId(draft.first.0 + offset as u32))),
        })
    }

    /// The element that a range stands at.
    pub(super) fn standing(
        &mut self,
        range: RangeId,
        summed: bool,
        name: &Name,
        at: TextRange,
        here: &Here,
    ) -> Option<ElementId> {
        let ranges = self.fixed.ranges;
        if summed {
            if let Some((_, element)) = here.summed.iter().rev().find(|(own, _)| *own == range) {
                return Some(*element);
            }
            let message = format!("`{name}!` stands outside SUM, PROD, VMIN and VMAX");
            self.notes.error(code::RUNS_OVER, at, message, vec![format!("write `SUM(... [{name}!] ...)`")]);
            return None;
        }
        if let Some(element) = ranges.stands_at(range, &here.bound) {
            return Some(element);
        }
        let message = format!("`{name}` stands on the right side of the equation, but not on the left");
        let mut hints =
            vec![format!("sum over it with `SUM(... [{name}!])`, name one element, or map one range to the other")];
        if here.summed.iter().any(|(own, _)| *own == range) {
            hints = vec![format!("write `{name}!` here too")];
        }
        self.notes.error(code::NOT_ON_THE_LEFT, at, message, hints);
        None
    }

    /// Reports every name that nothing is called by, each once with all its places.
    pub(super) fn report_unknown(&mut self) {
        // In the order of the text, so that the first, which are shown, get their hints.
        let mut unknown: Vec<(Name, Vec<TextRange>)> = std::mem::take(&mut self.unknown).into_iter().collect();
        unknown.sort_by_key(|(_, uses)| uses[0]);
        for (name, uses) in unknown {
            let drafts = self.fixed.drafts;
            let mut hints = Vec::new();
            if let Some(near) = drafts.nearest(&name, self.notes) {
                let line = self.notes.line(drafts.first_equation(near).left.at);
                hints.push(format!("did you mean `{}`, defined at line {line}?", drafts.draft(near).name));
            }
            let mut lines: Vec<usize> = uses[1..].iter().map(|&at| self.notes.line(at)).collect();
            lines.sort_unstable();
            lines.dedup();
            if !lines.is_empty() {
                let listed: Vec<String> = lines.iter().take(MOST_LINES).map(ToString::to_string).collect();
                let word = if lines.len() == 1 { "line" } else { "lines" };
                let more = match lines.len().saturating_sub(MOST_LINES) {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                hints.push(format!("it is also used at {word} {}{more}", listed.join(", ")));
            }
            let message = format!("`{name}` is used, but not defined");
            self.notes.unknown(&name, code::UNKNOWN_NAME, uses[0], message, hints);
        }
    }
}

//! Subscript ranges: their elements, the ranges inside ranges, other names for them, and which maps to which.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::catalogue::structure as code;
use crate::diagnostic::nearest;
use crate::model::{Bindings, Model, Name, RangeElement, SubscriptRange, TextRange};

use super::notes::{Notes, listed, spellings};

/// Index of an element among all elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ElementId(u32);

/// Index of a range among all ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct RangeId(u32);

/// A subscript range with its elements told apart.
#[derive(Debug)]
pub(super) struct Range {
    pub(super) name: Name,
    pub(super) elements: Vec<ElementId>,
    positions: HashMap<ElementId, usize>,
    /// Itself, or the range that it is another name for.
    pub(super) original: RangeId,
    maps: Vec<Map>,
    pub(super) at: TextRange,
}

/// Which elements of another range each element of ours stands for.
#[derive(Debug)]
struct Map {
    target: RangeId,
    /// For each of our elements, in order.
    forward: Vec<Vec<ElementId>>,
    /// For each element of the target, ours.
    back: HashMap<ElementId, ElementId>,
}

impl Range {
    /// Where an element stands in this range, from 0.
    pub(super) fn position(&self, element: ElementId) -> Option<usize> {
        self.positions.get(&element).copied()
    }
}

/// All ranges and elements of a model.
#[derive(Debug, Default)]
pub(super) struct Ranges {
    ranges: Vec<Range>,
    by_name: HashMap<Name, RangeId>,
    elements: Vec<Name>,
    element_by_name: HashMap<Name, ElementId>,
    /// For each element the largest range that holds it.
    home: Vec<Option<RangeId>>,
    /// For each element all ranges that hold it, in file order.
    holders: Vec<Vec<RangeId>>,
}

impl Ranges {
    /// The ranges of a model, those that come from outside replaced.
    pub(super) fn build(model: &Model, bindings: &Bindings, notes: &mut Notes<'_>) -> Self {
        let mut ranges = Self::default();
        let mut written: Vec<&SubscriptRange> = Vec::new();
        for range in model.ranges() {
            match ranges.by_name.get(&range.name) {
                Some(first) => notes.error(
                    code::DEFINED_TWICE,
                    range.at,
                    format!("the subscript range `{}` is defined twice", range.name),
                    vec![format!("first defined at line {}", notes.line(written[first.0 as usize].at))],
                ),
                None => {
                    ranges.by_name.insert(range.name.clone(), RangeId(written.len() as u32));
                    written.push(range);
                }
            }
        }
        for name in bindings.ranges.keys() {
            if !ranges.by_name.contains_key(name) {
                let hint = nearest(name.spelling(), written.iter().map(|r| r.name.spelling()));
                notes.elsewhere(
                    code::NO_SUCH_RANGE,
                    None,
                    format!("elements are given for `{name}`, but the model has no subscript range of that name"),
                    hint.map(|near| format!("did you mean `{near}`?")).into_iter().collect(),
                );
            }
        }
        let members = Members::of(&written, bindings, &ranges.by_name, notes);
        for (index, range) in written.iter().enumerate() {
            let mut elements = Vec::new();
            let mut positions = HashMap::new();
            for name in &members.found[index] {
                let element = ranges.element_named(name);
                if positions.insert(element, elements.len()).is_none() {
                    elements.push(element);
                } else {
                    notes.error(
                        code::BAD_RANGE,
                        range.at,
                        format!("the subscript range `{}` holds the element `{name}` twice", range.name),
                        Vec::new(),
                    );
                }
            }
            let original = members.original[index];
            ranges.ranges.push(Range {
                name: range.name.clone(),
                elements,
                positions,
                original,
                maps: Vec::new(),
                at: range.at,
            });
        }
        ranges.holders = vec![Vec::new(); ranges.elements.len()];
        for (index, range) in ranges.ranges.iter().enumerate() {
            for element in &range.elements {
                ranges.holders[element.0 as usize].push(RangeId(index as u32));
                let home = &mut ranges.home[element.0 as usize];
                let larger = home.is_none_or(|h| ranges.ranges[h.0 as usize].elements.len() < range.elements.len());
                if larger {
                    *home = Some(RangeId(index as u32));
                }
            }
        }
        for (index, range) in written.iter().enumerate() {
            for mapping in &range.mappings {
                if let Some(map) = ranges.map(RangeId(index as u32), mapping, notes) {
                    ranges.ranges[index].maps.push(map);
                }
            }
        }
        ranges
    }

    fn element_named(&mut self, name: &Name) -> ElementId {
        if let Some(element) = self.element_by_name.get(name) {
            return *element;
        }
        let element = ElementId(self.elements.len() as u32);
        self.elements.push(name.clone());
        self.home.push(None);
        self.element_by_name.insert(name.clone(), element);
        element
    }

    fn map(&self, source: RangeId, mapping: &crate::model::Mapping, notes: &mut Notes<'_>) -> Option<Map> {
        let ours = self.range(source);
        let Some(target) = self.find_range(&mapping.target) else {
            let near = nearest(mapping.target.spelling(), self.ranges.iter().map(|r| r.name.spelling()));
            notes.unknown_subscript(
                &mapping.target,
                code::BAD_MAPPING,
                mapping.at,
                format!("`{}` maps to `{}`, which is no subscript range", ours.name, mapping.target),
                near.map(|near| format!("did you mean `{near}`?")).into_iter().collect(),
            );
            return None;
        };
        let theirs = self.range(target);
        let mut forward: Vec<Vec<ElementId>> = Vec::new();
        match &mapping.elements {
            None => forward.extend(theirs.elements.iter().map(|&element| vec![element])),
            Some(names) => {
                for name in names {
                    let meant = self.meant(name).unwrap_or_default();
                    if meant.is_empty() || meant.iter().any(|&element| theirs.position(element).is_none()) {
                        notes.error(
                            code::BAD_MAPPING,
                            mapping.at,
                            format!("`{}` maps to `{name}`, which is not part of `{}`", ours.name, theirs.name),
                            vec![format!("its elements are {}", self.listed(target))],
                        );
                        return None;
                    }
                    forward.push(meant);
                }
                // A sub-range may also be written for a run of elements that correspond one by one.
                if forward.len() != ours.elements.len()
                    && forward.iter().map(Vec::len).sum::<usize>() == ours.elements.len()
                {
                    forward = forward.into_iter().flatten().map(|element| vec![element]).collect();
                }
            }
        }
        if forward.len() != ours.elements.len() {
            notes.error(
                code::BAD_MAPPING,
                mapping.at,
                format!(
                    "`{}` has {} elements, but the mapping to `{}` names {}",
                    ours.name,
                    ours.elements.len(),
                    theirs.name,
                    forward.len()
                ),
                vec!["name one element or sub-range of the target for each element".to_owned()],
            );
            return None;
        }
        let mut back = HashMap::new();
        for (&element, meant) in ours.elements.iter().zip(&forward) {
            for &other in meant {
                back.entry(other).or_insert(element);
            }
        }
        Some(Map { target, forward, back })
    }

    pub(super) fn find_range(&self, name: &Name) -> Option<RangeId> {
        self.by_name.get(name).copied()
    }

    pub(super) fn find_element(&self, name: &Name) -> Option<ElementId> {
        self.element_by_name.get(name).copied()
    }

    pub(super) fn range(&self, range: RangeId) -> &Range {
        &self.ranges[range.0 as usize]
    }

    pub(super) fn element(&self, element: ElementId) -> &Name {
        &self.elements[element.0 as usize]
    }

    /// The elements that a name means: an element itself, or those of a range.
    pub(super) fn meant(&self, name: &Name) -> Option<Vec<ElementId>> {
        match self.find_range(name) {
            Some(range) => Some(self.range(range).elements.clone()),
            None => self.find_element(name).map(|element| vec![element]),
        }
    }

    /// All names that may stand in brackets.
    pub(super) fn names(&self) -> impl Iterator<Item = &Name> {
        self.ranges.iter().map(|range| &range.name).chain(&self.elements)
    }

    /// The elements of a range, listed for a person.
    pub(super) fn listed(&self, range: RangeId) -> String {
        listed(&spellings(self.range(range).elements.iter().map(|&e| self.element(e))), 8)
    }

    /// Used as a number, an element is its position (from 1) in the largest range that holds it.
    pub(super) fn number_of(&self, element: ElementId) -> f64 {
        let home = self.home[element.0 as usize].and_then(|home| self.range(home).position(element));
        home.map_or(f64::NAN, |index| (index + 1) as f64)
    }

    /// The smallest range that holds all of these elements; of several the first written.
    pub(super) fn smallest_with(&self, elements: &[ElementId]) -> Option<RangeId> {
        let holders = self.holders.get(elements.first()?.0 as usize)?;
        holders
            .iter()
            .copied()
            .filter(|&id| elements.iter().all(|&element| self.range(id).position(element).is_some()))
            .min_by_key(|&id| (self.range(id).elements.len(), id))
    }

    /// The element that `wanted` stands for while the ranges `bound` stand at their elements.
    ///
    /// The range itself comes first, then another name for it, then a mapping of `wanted` to a bound range,
    /// then a mapping of a bound range to `wanted` (which Vensim does not know).
    pub(super) fn stands_at(&self, wanted: RangeId, bound: &[(RangeId, ElementId)]) -> Option<ElementId> {
        if let Some((_, element)) = bound.iter().find(|(range, _)| *range == wanted) {
            return Some(*element);
        }
        let ours = self.range(wanted);
        if let Some((_, element)) = bound.iter().find(|(range, _)| self.range(*range).original == ours.original) {
            return Some(*element);
        }
        for same in [true, false] {
            for map in &ours.maps {
                for (range, element) in bound {
                    let is_target = self.range(*range).original == self.range(map.target).original;
                    if is_target == same
                        && let Some(found) = map.back.get(element)
                    {
                        return Some(*found);
                    }
                }
            }
        }
        for (range, element) in bound {
            let theirs = self.range(*range);
            for map in &theirs.maps {
                if self.range(map.target).original == ours.original
                    && let Some(index) = theirs.position(*element)
                    && let [only] = map.forward[index].as_slice()
                {
                    return Some(*only);
                }
            }
        }
        None
    }
}

/// The elements of each range by name, ranges inside ranges opened.
struct Members {
    found: Vec<Vec<Name>>,
    pub(super) original: Vec<RangeId>,
}

impl Members {
    fn of(
        written: &[&SubscriptRange],
        bindings: &Bindings,
        by_name: &HashMap<Name, RangeId>,
        notes: &mut Notes<'_>,
    ) -> Self {
        let original = Self::originals(written, by_name, notes);
        let mut found: Vec<Option<Vec<Name>>> = vec![None; written.len()];
        let mut total = 0;
        for index in 0..written.len() {
            // A stack of ranges to open, each with those inside it that are still to be looked at; each is closed once
            // everything inside it is.
            let mut stack: Vec<(usize, Vec<usize>)> = Vec::new();
            let mut open: HashSet<usize> = HashSet::new();
            let begin = |range: usize| {
                let mut inside = Self::inside(written[range], bindings, by_name, original[range], range);
                inside.reverse();
                (range, inside)
            };
            if found[index].is_none() {
                open.insert(index);
                stack.push(begin(index));
            }
            while let Some((top, inside)) = stack.last_mut() {
                let top = *top;
                match inside.pop() {
                    Some(inner) if found[inner].is_some() => {}
                    Some(inner) if open.contains(&inner) => {
                        notes.error(
                            code::BAD_RANGE,
                            written[top].at,
                            format!("the subscript range `{}` is part of itself", written[top].name),
                            vec!["list elements, or ranges that do not lead back to it".to_owned()],
                        );
                        found[top] = Some(Vec::new());
                        open.remove(&top);
                        stack.pop();
                    }
                    Some(inner) => {
                        open.insert(inner);
                        stack.push(begin(inner));
                    }
                    None => {
                        let elements = Self::open(
                            written[top],
                            bindings,
                            by_name,
                            original[top],
                            &found,
                            (top, MOST_ELEMENTS - total),
                            notes,
                        );
                        total += elements.len();
                        let kept = if total > MOST_ELEMENTS {
                            let message = format!(
                                "the subscript range `{}` brings all ranges together to more than {MOST_ELEMENTS} elements, the most that are read",
                                written[top].name
                            );
                            let hint = "use ranges of fewer elements".to_owned();
                            notes.error(code::TOO_LARGE, written[top].at, message, vec![hint]);
                            total -= elements.len();
                            Vec::new()
                        } else {
                            elements
                        };
                        found[top] = Some(kept);
                        open.remove(&top);
                        stack.pop();
                    }
                }
            }
        }
        Self { found: found.into_iter().map(Option::unwrap_or_default).collect(), original }
    }

    /// For each range itself, or the one that it is another name for, other names for other names followed to the end; a circle
    /// is left where it stands.
    fn originals(written: &[&SubscriptRange], by_name: &HashMap<Name, RangeId>, notes: &mut Notes<'_>) -> Vec<RangeId> {
        let mut original: Vec<RangeId> = (0..written.len() as u32).map(RangeId).collect();
        let mut known = vec![false; written.len()];
        for index in 0..written.len() {
            let mut path: Vec<usize> = vec![index];
            let mut on_path: HashSet<usize> = HashSet::from([index]);
            let mut end = index;
            while let (false, Some(of)) = (known[end], &written[end].alias_of) {
                let Some(next) = by_name.get(of) else {
                    let near =
                        notes.nearest(of.spelling(), written.iter().map(|r| r.name.spelling())).map(str::to_owned);
                    notes.unknown_subscript(
                        of,
                        code::BAD_RANGE,
                        written[end].at,
                        format!("`{}` is another name for `{of}`, which is no subscript range", written[end].name),
                        near.map(|near| format!("did you mean `{near}`?")).into_iter().collect(),
                    );
                    break;
                };
                end = next.0 as usize;
                if !on_path.insert(end) {
                    break;
                }
                path.push(end);
            }
            let last = original[end];
            for index in path {
                original[index] = last;
                known[index] = true;
            }
        }
        original
    }

    /// The ranges that must be known before this one.
    fn inside(
        range: &SubscriptRange,
        bindings: &Bindings,
        by_name: &HashMap<Name, RangeId>,
        original: RangeId,
        own: usize,
    ) -> Vec<usize> {
        if bindings.ranges.contains_key(&range.name) {
            return Vec::new();
        }
        if range.alias_of.is_some() {
            return if original.0 as usize == own { Vec::new() } else { vec![original.0 as usize] };
        }
        let named = range.elements.iter().filter_map(|element| match element {
            RangeElement::Named(name, _) => by_name.get(name).map(|inner| inner.0 as usize),
            RangeElement::Numbered { .. } => None,
        });
        named.collect()
    }

    fn open(
        range: &SubscriptRange,
        bindings: &Bindings,
        by_name: &HashMap<Name, RangeId>,
        original: RangeId,
        found: &[Option<Vec<Name>>],
        (own, room): (usize, usize),
        notes: &mut Notes<'_>,
    ) -> Vec<Name> {
        if let Some(elements) = bindings.ranges.get(&range.name) {
            return elements.clone();
        }
        if range.alias_of.is_some() {
            return if original.0 as usize == own {
                Vec::new()
            } else {
                found[original.0 as usize].clone().unwrap_or_default()
            };
        }
        let mut elements = Vec::new();
        for element in &range.elements {
            // One more than there is room for says as much as all of them.
            let room = (room + 1).saturating_sub(elements.len());
            match element {
                RangeElement::Named(name, _) => match by_name.get(name) {
                    Some(inner) => elements.extend(found[inner.0 as usize].iter().flatten().take(room).cloned()),
                    None => elements.push(name.clone()),
                },
                RangeElement::Numbered { first, last, at } => match counted(first, last, room) {
                    Some(names) => elements.extend(names),
                    None => notes.error(
                        code::BAD_RANGE,
                        *at,
                        format!("`({first}-{last})` does not count from a first to a last element"),
                        vec!["write the same word with a rising number, such as (A1-A5)".to_owned()],
                    ),
                },
            }
        }
        if elements.is_empty() && notes.count() == 0 {
            notes.error(
                code::BAD_RANGE,
                range.at,
                format!("the subscript range `{}` has no element", range.name),
                Vec::new(),
            );
        }
        elements
    }
}

/// All subscript ranges together hold no more elements than this.
const MOST_ELEMENTS: usize = 200_000;

/// `A1` to `A5`: the elements counted from the first to the last, at most so many, zeros in front kept.
fn counted(first: &Name, last: &Name, most: usize) -> Option<Vec<Name>> {
    /// More elements than this in one range is a slip of the pen.
    const MOST: u64 = 100_000;
    let split = |name: &Name| {
        let spelling = name.spelling().to_owned();
        let digits = spelling.chars().rev().take_while(char::is_ascii_digit).count();
        let (word, number) = spelling.split_at(spelling.len() - digits);
        number.parse::<u64>().ok().map(|value| (word.to_owned(), number.to_owned(), value))
    };
    let ((word, digits, from), (other, _, to)) = (split(first)?, split(last)?);
    if Name::new(&word) != Name::new(&other) || from > to || to - from > MOST {
        return None;
    }
    let width = if digits.starts_with('0') { digits.len() } else { 0 };
    Some((from..=to).take(most).map(|number| Name::new(&format!("{word}{number:0width$}"))).collect())
}

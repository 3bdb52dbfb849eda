//! The variables of a model: which equation defines which of their elements.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::catalogue::structure as code;
use crate::model::{
    Body, Equation, Expression, ExpressionKind, Function, Model, Name, Subscript, TextRange, UnaryOperator,
};

use super::notes::{Notes, listed, spellings};
use super::ranges::{ElementId, RangeId, Ranges};
use super::{LookupId, ScalarId, VariableId, VariableKind};

/// All variables of a model together have no more elements than this: each is computed, kept and told by itself.
const MOST_ELEMENTS: usize = 2_000_000;

/// A variable while the structure is built.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) name: Name,
    /// Indices of its equations among the model's equations.
    pub(super) equations: Vec<usize>,
    /// The range of each subscript.
    pub(super) dimensions: Vec<RangeId>,
    pub(super) kind: VariableKind,
    pub(super) first: ScalarId,
    /// Scalars, or tables of a lookup.
    pub(super) count: usize,
    pub(super) first_lookup: LookupId,
    /// For each element the equation that defines it.
    pub(super) definers: Vec<Option<usize>>,
}

/// All variables of a model.
#[derive(Debug)]
pub(super) struct Drafts<'m> {
    pub(super) equations: Vec<&'m Equation>,
    /// For each equation, what its left side means.
    pub(super) lefts: Vec<Option<Left>>,
    pub(super) drafts: Vec<Draft>,
    pub(super) by_name: HashMap<Name, VariableId>,
    pub(super) scalars: u32,
    pub(super) tables: u32,
}

/// The left side of an equation.
#[derive(Debug, Clone)]
pub(super) struct Left {
    pub(super) positions: Vec<Position>,
    excluded: Excluded,
}

/// Combinations left out of an equation.
#[derive(Debug, Clone, Default)]
struct Excluded {
    /// Those of one element for each subscript.
    single: HashSet<Vec<ElementId>>,
    /// Those of several: for each subscript the elements.
    wide: Vec<Vec<HashSet<ElementId>>>,
}

impl Excluded {
    fn is_empty(&self) -> bool {
        self.single.is_empty() && self.wide.is_empty()
    }

    fn holds(&self, elements: &[ElementId]) -> bool {
        let within = |left_out: &Vec<HashSet<ElementId>>| left_out.iter().zip(elements).all(|(out, e)| out.contains(e));
        self.single.contains(elements) || self.wide.iter().any(within)
    }
}

/// One subscript of a left side.
#[derive(Debug, Clone)]
pub(super) enum Position {
    /// The equation is for this element alone.
    Fixed(ElementId),
    /// The equation is for each element of this range.
    Each(RangeId),
}

impl Left {
    /// Every combination of elements that the equation is for, in row-major order.
    pub(super) fn combinations(&self, ranges: &Ranges) -> Vec<Vec<ElementId>> {
        let choices: Vec<Vec<ElementId>> = self
            .positions
            .iter()
            .map(|position| match position {
                Position::Fixed(element) => vec![*element],
                Position::Each(range) => ranges.range(*range).elements.clone(),
            })
            .collect();
        let mut all = product(&choices);
        if !self.excluded.is_empty() {
            all.retain(|elements| !self.excluded.holds(elements));
        }
        all
    }

    /// The ranges on the left side, each standing at its element.
    pub(super) fn bound(&self, elements: &[ElementId]) -> Vec<(RangeId, ElementId)> {
        let pairs = self.positions.iter().zip(elements);
        pairs
            .filter_map(|(position, element)| match position {
                Position::Each(range) => Some((*range, *element)),
                Position::Fixed(_) => None,
            })
            .collect()
    }

    /// How many elements each range of the left side has: the shape of a constant table.
    pub(super) fn shape(&self, ranges: &Ranges) -> Vec<usize> {
        let each = self.positions.iter().filter_map(|position| match position {
            Position::Each(range) => Some(ranges.range(*range).elements.len()),
            Position::Fixed(_) => None,
        });
        each.collect()
    }
}

/// Every way of choosing one of each, the last running fastest.
pub(super) fn product<T: Copy>(choices: &[Vec<T>]) -> Vec<Vec<T>> {
    let mut all: Vec<Vec<T>> = vec![Vec::new()];
    for choice in choices {
        all = all
            .iter()
            .flat_map(|before| {
                choice.iter().map(move |&next| {
                    let mut longer = Vec::with_capacity(choices.len());
                    longer.extend_from_slice(before);
                    longer.push(next);
                    longer
                })
            })
            .collect();
    }
    all
}

impl<'m> Drafts<'m> {
    /// Gathers the equations of each variable, in file order.
    pub(super) fn build(model: &'m Model, ranges: &Ranges, notes: &mut Notes<'_>) -> Self {
        let equations: Vec<&Equation> = model.equations().collect();
        let mut drafts =
            Self { equations, lefts: Vec::new(), drafts: Vec::new(), by_name: HashMap::new(), scalars: 0, tables: 0 };
        for index in 0..drafts.equations.len() {
            let left = drafts.left(index, ranges, notes);
            drafts.lefts.push(left);
            drafts.gather(index, ranges, notes);
        }
        for variable in 0..drafts.drafts.len() {
            drafts.shape(variable, ranges, notes);
            drafts.number(variable);
            drafts.share_out(variable, ranges, notes);
        }
        drafts
    }

    /// The index of an element combination among a variable's elements.
    pub(super) fn offset(&self, variable: VariableId, elements: &[ElementId], ranges: &Ranges) -> Option<usize> {
        let draft = self.draft(variable);
        let mut offset = 0;
        for (range, element) in draft.dimensions.iter().zip(elements) {
            let range = ranges.range(*range);
            offset = offset * range.elements.len() + range.position(*element)?;
        }
        Some(offset)
    }

    pub(super) fn draft(&self, variable: VariableId) -> &Draft {
        &self.drafts[variable.0 as usize]
    }

    /// The variable of this name, and where its name stands first.
    pub(super) fn find(&self, name: &Name) -> Option<VariableId> {
        self.by_name.get(name).copied()
    }

    /// The first equation of a variable.
    pub(super) fn first_equation(&self, variable: VariableId) -> &'m Equation {
        self.equations[self.draft(variable).equations[0]]
    }

    /// The variable whose name is nearest to this one, for a hint.
    pub(super) fn nearest(&self, name: &Name, notes: &mut Notes<'_>) -> Option<VariableId> {
        let names = self.drafts.iter().filter(|draft| !draft.name.is_of_a_macro());
        let near = notes.nearest(name.spelling(), names.map(|draft| draft.name.spelling()))?;
        self.find(&Name::new(near))
    }

    fn left(&self, index: usize, ranges: &Ranges, notes: &mut Notes<'_>) -> Option<Left> {
        let left = &self.equations[index].left;
        let mut positions = Vec::new();
        for subscript in &left.subscripts {
            if subscript.summed {
                notes.error(
                    code::RUNS_OVER,
                    subscript.at,
                    format!("`{}!` stands on the left side of an equation", subscript.name),
                    vec!["`!` belongs inside SUM, PROD, VMIN or VMAX".to_owned()],
                );
                return None;
            }
            positions.push(position(subscript, ranges, notes)?);
        }
        let mut excluded = Excluded::default();
        for exception in &left.exceptions {
            if exception.len() != left.subscripts.len() {
                let at = exception.first().map_or(left.at, |subscript| subscript.at);
                notes.error(
                    code::SUBSCRIPT_COUNT,
                    at,
                    format!(
                        "`{}` has {} subscripts, but its exception has {}",
                        left.name,
                        left.subscripts.len(),
                        exception.len()
                    ),
                    Vec::new(),
                );
                return None;
            }
            let mut out = Vec::new();
            for (subscript, meant) in exception.iter().zip(&positions) {
                let elements = match position(subscript, ranges, notes)? {
                    Position::Fixed(element) => vec![element],
                    Position::Each(range) => ranges.range(range).elements.clone(),
                };
                let of_these = |element: &ElementId| match meant {
                    Position::Fixed(only) => only == element,
                    Position::Each(range) => ranges.range(*range).position(*element).is_some(),
                };
                if !elements.iter().any(of_these) {
                    notes.error(
                        code::WRONG_SUBSCRIPT,
                        subscript.at,
                        format!("`{}` is left out of an equation that it is not in", subscript.name),
                        Vec::new(),
                    );
                    return None;
                }
                out.push(elements);
            }
            match out
                .iter()
                .map(|elements| match elements.as_slice() {
                    [only] => Some(*only),
                    _ => None,
                })
                .collect()
            {
                Some(single) => {
                    excluded.single.insert(single);
                }
                None => excluded.wide.push(out.into_iter().map(HashSet::from_iter).collect()),
            }
        }
        Some(Left { positions, excluded })
    }

    /// Adds an equation to its variable.
    fn gather(&mut self, index: usize, ranges: &Ranges, notes: &mut Notes<'_>) {
        let equation = self.equations[index];
        let name = &equation.left.name;
        if let Some(&variable) = self.by_name.get(name) {
            self.drafts[variable.0 as usize].equations.push(index);
            return;
        }
        if ranges.find_element(name).is_some() && ranges.find_range(name).is_none() {
            let message =
                format!("`{name}` is an element of a subscript range too; in an equation it means the variable");
            let hints = vec!["give one of the two another name, as Vensim wants it".to_owned()];
            notes.warning(code::DEFINED_TWICE, equation.left.at, message, hints);
        }
        let taken = if *name == Name::new("Time") {
            Some("the time of the simulation, which is always there".to_owned())
        } else {
            let range = ranges.find_range(name).map(|range| notes.line(ranges.range(range).at));
            range.map(|line| format!("a subscript range, defined at line {line}"))
        };
        if let Some(what) = taken {
            notes.error(
                code::DEFINED_TWICE,
                equation.left.at,
                format!("`{name}` is already {what}"),
                vec!["give the variable another name".to_owned()],
            );
        }
        self.by_name.insert(name.clone(), VariableId(self.drafts.len() as u32));
        self.drafts.push(Draft {
            name: name.clone(),
            equations: vec![index],
            dimensions: Vec::new(),
            kind: VariableKind::Auxiliary,
            first: ScalarId(0),
            count: 0,
            first_lookup: LookupId(0),
            definers: Vec::new(),
        });
    }

    /// Finds the range of each subscript from the left sides of all equations of a variable.
    fn shape(&mut self, variable: usize, ranges: &Ranges, notes: &mut Notes<'_>) {
        let draft = &self.drafts[variable];
        let first = self.equations[draft.equations[0]];
        let subscripts = first.left.subscripts.len();
        for &index in &draft.equations[1..] {
            let left = &self.equations[index].left;
            if left.subscripts.len() != subscripts {
                notes.error(
                    code::SUBSCRIPT_COUNT,
                    left.at,
                    format!(
                        "`{}` has {} here, but {subscripts} at line {}",
                        left.name,
                        subscripts_of(left.subscripts.len()),
                        notes.line(first.left.at)
                    ),
                    vec!["write the same subscripts in every equation of a variable".to_owned()],
                );
                self.lefts[index] = None;
            }
        }
        let mut dimensions = Vec::new();
        for subscript in 0..subscripts {
            let mut used: Vec<RangeId> = Vec::new();
            let mut seen: HashSet<RangeId> = HashSet::new();
            let mut elements: Vec<ElementId> = Vec::new();
            let mut alone = false;
            for left in draft.equations.iter().filter_map(|&index| self.lefts[index].as_ref()) {
                match &left.positions[subscript] {
                    Position::Fixed(element) => {
                        alone = true;
                        elements.push(*element);
                    }
                    Position::Each(range) => {
                        if seen.insert(*range) {
                            used.push(*range);
                            elements.extend(&ranges.range(*range).elements);
                        }
                    }
                }
            }
            let found = match used.as_slice() {
                [only] if !alone => Some(*only),
                // An element beside a range that holds it changes nothing.
                [first, ..] if elements.iter().all(|e| ranges.range(*first).position(*e).is_some()) => Some(*first),
                _ => ranges.smallest_with(&elements),
            };
            match found {
                Some(range) => dimensions.push(range),
                None => {
                    let broken = draft.equations.iter().any(|&index| self.lefts[index].is_none());
                    if !broken {
                        notes.error(
                            code::WRONG_SUBSCRIPT,
                            first.left.at,
                            format!(
                                "subscript {} of `{}` names elements that are in no one range together",
                                subscript + 1,
                                draft.name
                            ),
                            vec!["define a subscript range that holds them all".to_owned()],
                        );
                    }
                    for &index in &draft.equations {
                        self.lefts[index] = None;
                    }
                    // One element of its own, so that what refers to it is not reported as well.
                    self.drafts[variable].dimensions = Vec::new();
                    self.drafts[variable].kind = kind(&self.drafts[variable], &self.equations);
                    return;
                }
            }
        }
        self.drafts[variable].dimensions = dimensions;
        self.drafts[variable].kind = kind(&self.drafts[variable], &self.equations);
    }

    /// Gives a variable its scalars, or its tables.
    fn number(&mut self, variable: usize) {
        let draft = &mut self.drafts[variable];
        draft.first = ScalarId(self.scalars);
        draft.first_lookup = LookupId(self.tables);
    }

    /// How many elements a variable of these ranges has; the size of each range, if those are too many.
    fn room_for(&self, dimensions: &[RangeId], ranges: &Ranges) -> Result<usize, Vec<String>> {
        let sizes: Vec<usize> = dimensions.iter().map(|range| ranges.range(*range).elements.len()).collect();
        let count = sizes.iter().try_fold(1_usize, |count, size| count.checked_mul(*size));
        let taken = self.scalars as usize + self.tables as usize;
        count
            .filter(|count| *count <= MOST_ELEMENTS.saturating_sub(taken))
            .ok_or_else(|| sizes.iter().map(ToString::to_string).collect())
    }

    /// Tells for each element of a variable which equation defines it.
    fn share_out(&mut self, variable: usize, ranges: &Ranges, notes: &mut Notes<'_>) {
        let id = VariableId(variable as u32);
        let dimensions = self.drafts[variable].dimensions.clone();
        let count: usize = match self.room_for(&dimensions, ranges) {
            Ok(count) => count,
            Err(sizes) => {
                let first = self.equations[self.drafts[variable].equations[0]];
                let product = if sizes.len() > 1 { format!("{} = ", sizes.join(" x ")) } else { String::new() };
                let all = sizes.iter().filter_map(|size| size.parse::<f64>().ok()).product::<f64>();
                let before = u64::from(self.scalars) + u64::from(self.tables);
                let beside = if before > 0 { format!(" beside the {before} before it") } else { String::new() };
                let message = format!(
                    "`{}` has {product}{all} elements{beside}; all variables together may have {MOST_ELEMENTS}",
                    first.left.name
                );
                let hint = "use fewer subscripts, or ranges of fewer elements".to_owned();
                notes.error(code::TOO_LARGE, first.left.at, message, vec![hint]);
                for index in self.drafts[variable].equations.clone() {
                    self.lefts[index] = None;
                }
                // One element of its own, so that what refers to it is not reported as well.
                self.drafts[variable].dimensions = Vec::new();
                1
            }
        };
        let mut definers: Vec<Option<usize>> = vec![None; count];
        for index in self.drafts[variable].equations.clone() {
            let Some(left) = &self.lefts[index] else { continue };
            for elements in left.combinations(ranges) {
                let Some(offset) = self.offset(id, &elements, ranges) else { continue };
                match definers.get(offset).copied().flatten() {
                    None => definers[offset] = Some(index),
                    Some(before) => {
                        let equation = self.equations[index];
                        let names = spellings(elements.iter().map(|&e| ranges.element(e)));
                        let what = if names.is_empty() {
                            format!("`{}`", equation.left.name)
                        } else {
                            format!("`{}[{}]`", equation.left.name, names.join(","))
                        };
                        let mut hints =
                            vec![format!("first defined at line {}", notes.line(self.equations[before].left.at))];
                        if !names.is_empty() {
                            hints.push("leave elements out of an equation with :EXCEPT:".to_owned());
                        }
                        notes.error(code::DEFINED_TWICE, equation.left.at, format!("{what} is defined twice"), hints);
                    }
                }
            }
        }
        let draft = &mut self.drafts[variable];
        draft.count = count;
        draft.definers = definers;
        match draft.kind {
            VariableKind::Lookup => self.tables += count as u32,
            _ => self.scalars += count as u32,
        }
    }

    /// Lists the elements that are used and that no equation defines, and returns the scalars that are neither: they are no
    /// part of the model. `given` tells those that have a value from outside.
    pub(super) fn report_missing(
        &self,
        ranges: &Ranges,
        given: impl Fn(ScalarId) -> bool,
        used: &BTreeMap<VariableId, BTreeMap<usize, TextRange>>,
        notes: &mut Notes<'_>,
    ) -> Vec<ScalarId> {
        let mut undefined = Vec::new();
        for (index, draft) in self.drafts.iter().enumerate() {
            if draft.equations.iter().any(|&index| self.lefts[index].is_none()) {
                continue;
            }
            let missing = used.get(&VariableId(index as u32));
            if let Some(missing) = missing.filter(|_| !notes.may_be_unread(&draft.name)) {
                let names: Vec<String> = missing.keys().map(|&offset| element_label(draft, offset, ranges)).collect();
                let mut hints = vec!["every element that is used needs an equation".to_owned()];
                if let Some(at) = missing.values().min() {
                    hints.push(format!("used at line {}", notes.line(*at)));
                }
                notes.error(
                    code::NO_EQUATION,
                    self.equations[draft.equations[0]].left.at,
                    format!("`{}` has no equation for {}", draft.name, listed(&names, 8)),
                    hints,
                );
            }
            if draft.kind == VariableKind::Lookup {
                continue;
            }
            let scalars = (0..draft.count).filter(|&offset| draft.definers[offset].is_none());
            undefined
                .extend(scalars.map(|offset| ScalarId(draft.first.0 + offset as u32)).filter(|&scalar| !given(scalar)));
        }
        undefined
    }
}

/// The elements of a variable's scalar, as they stand in brackets.
pub(super) fn element_label(draft: &Draft, mut offset: usize, ranges: &Ranges) -> String {
    let mut names = Vec::new();
    for range in draft.dimensions.iter().rev() {
        let elements = &ranges.range(*range).elements;
        names.push(ranges.element(elements[offset % elements.len()]).spelling());
        offset /= elements.len();
    }
    names.reverse();
    names.join(",")
}

/// "1 subscript", "2 subscripts", "no subscript".
pub(super) fn subscripts_of(count: usize) -> String {
    match count {
        0 => "no subscript".to_owned(),
        1 => "1 subscript".to_owned(),
        many => format!("{many} subscripts"),
    }
}

/// The range or element that a subscript of a left side means.
fn position(subscript: &Subscript, ranges: &Ranges, notes: &mut Notes<'_>) -> Option<Position> {
    if let Some(range) = ranges.find_range(&subscript.name) {
        return Some(Position::Each(range));
    }
    if let Some(element) = ranges.find_element(&subscript.name) {
        return Some(Position::Fixed(element));
    }
    unknown_subscript(subscript, ranges, notes);
    None
}

/// Says that what stands in brackets is neither a range nor an element.
pub(super) fn unknown_subscript(subscript: &Subscript, ranges: &Ranges, notes: &mut Notes<'_>) {
    if notes.is_reported(code::WRONG_SUBSCRIPT, subscript.at) {
        return;
    }
    let near = notes.nearest(subscript.name.spelling(), ranges.names().map(Name::spelling));
    notes.unknown_subscript(
        &subscript.name,
        code::WRONG_SUBSCRIPT,
        subscript.at,
        format!("`{}` is neither a subscript range nor an element of one", subscript.name),
        near.map(|near| format!("did you mean `{near}`?")).into_iter().collect(),
    );
}

/// A number as the modeller may write a constant: with signs, inside GAME or not.
pub(super) fn plain_number(expression: &Expression) -> Option<f64> {
    match &expression.kind {
        ExpressionKind::Number(number) => Some(*number),
        ExpressionKind::Unary { operator: UnaryOperator::Negate, operand } => plain_number(operand).map(|n| -n),
        ExpressionKind::Unary { operator: UnaryOperator::Plus, operand } => plain_number(operand),
        _ => None,
    }
}

/// What a variable is: its most dynamic equation decides.
fn kind(draft: &Draft, equations: &[&Equation]) -> VariableKind {
    let mut kind = VariableKind::Constant;
    for &index in &draft.equations {
        match &equations[index].body {
            Body::Lookup(_) => return VariableKind::Lookup,
            Body::ConstantTable { .. } => {}
            Body::Expression(expression) => match &expression.kind {
                ExpressionKind::Call { function: Function::Integ, .. } => return VariableKind::Stock,
                _ if plain_number(expression).is_some() => {}
                _ => kind = VariableKind::Auxiliary,
            },
        }
    }
    kind
}

//! Expressions with names and subscripts become terms over scalars, element by element.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::catalogue::notation as text_code;
use crate::diagnostic::catalogue::structure as code;
use crate::model::{BinaryOperator, Expression, ExpressionKind, Function, Name, Subscript, TextRange, UnaryOperator};

use super::contract::Contractions;
use super::draft::{subscripts_of, unknown_subscript};
use super::fixed::Fixed;
use super::notes::Notes;
use super::plain::{binary, unary};
use super::ranges::{ElementId, RangeId};
use super::readings::table_of;
use super::stateful::{order_argument, stages};
use super::{
    BinaryOperation, LookupId, LookupTable, Noise, Rule, ScalarId, Term, UnaryOperation, VariableId, VariableKind,
};

/// Chains and folds longer than this are cut into hidden auxiliaries, so that no term is too deep to walk.
pub(super) const LONGEST_CHAIN: usize = 48;

/// More lines than these are counted, not listed.
const MOST_LINES: usize = 10;

/// All equations together, written out for each element, have no more terms than this; a term takes some fifty bytes.
pub(super) const MOST_TERMS: usize = 5_000_000;

/// Turns the equations of a model into rules, one for each scalar.
pub(super) struct Spread<'a, 'm, 'n> {
    pub(super) fixed: Fixed<'a, 'm>,
    pub(super) notes: &'n mut Notes<'m>,
    /// TIME STEP.
    pub(super) step: f64,
    /// Scalars that belong to the functions with a memory, after all others.
    pub(super) hidden: Vec<Hidden>,
    pub(super) tables: Vec<LookupTable>,
    pub(super) noises: Vec<Noise>,
    /// Tables made of others: read in another way.
    pub(super) readings: HashMap<(LookupId, Function), LookupId>,
    /// What functions of a vector give for all its elements, by the byte at which they stand and where other ranges stand.
    pub(super) vectors: HashMap<VectorAt, Option<Vec<Term>>>,
    /// Tables written inside equations, by the byte at which they stand.
    inline: HashMap<usize, LookupId>,
    unknown: BTreeMap<Name, Vec<TextRange>>,
    /// Elements that are used and that no equation defines, each with where it is used first.
    pub(super) missing: BTreeMap<VariableId, BTreeMap<usize, TextRange>>,
    pub(super) contractions: Contractions,
    /// Terms written out so far, and whether it was told that they are too many.
    terms: usize,
    pub(super) too_many: bool,
}

/// A call of a function of a vector: the byte at which it stands, and at which elements the other ranges stand.
pub(super) type VectorAt = (usize, Vec<(RangeId, ElementId)>);

/// A scalar that is not the modeller's.
pub(super) struct Hidden {
    pub(super) name: String,
    pub(super) at: TextRange,
    pub(super) owner: ScalarId,
    pub(super) kind: VariableKind,
    pub(super) rule: Rule,
}

/// Where an expression is read: whose it is, and at which elements the ranges stand.
#[derive(Clone)]
pub(super) struct Here {
    pub(super) owner: ScalarId,
    pub(super) label: String,
    pub(super) at: TextRange,
    /// For how many elements the equation is.
    pub(super) siblings: usize,
    pub(super) bound: Vec<(RangeId, ElementId)>,
    pub(super) summed: Vec<(RangeId, ElementId)>,
}

impl Here {
    pub(super) fn new(
        owner: ScalarId,
        label: String,
        at: TextRange,
        siblings: usize,
        bound: Vec<(RangeId, ElementId)>,
    ) -> Self {
        Self { owner, label, at, siblings, bound, summed: Vec::new() }
    }
}

impl<'a, 'm, 'n> Spread<'a, 'm, 'n> {
    pub(super) fn new(fixed: Fixed<'a, 'm>, tables: Vec<LookupTable>, step: f64, notes: &'n mut Notes<'m>) -> Self {
        Self {
            fixed,
            notes,
            step,
            hidden: Vec::new(),
            tables,
            noises: Vec::new(),
            readings: HashMap::new(),
            vectors: HashMap::new(),
            inline: HashMap::new(),
            unknown: BTreeMap::new(),
            missing: BTreeMap::new(),
            contractions: Contractions::default(),
            terms: 0,
            too_many: false,
        }
    }

    /// The rule of a scalar from its expression.
    pub(super) fn rule(&mut self, expression: &Expression, here: &mut Here) -> Rule {
        if let ExpressionKind::Call { function, name_at, arguments } = &expression.kind {
            match (function, arguments.as_slice()) {
                (Function::Game, [argument]) => return self.rule(argument, here),
                (Function::Integ, [flow, initial]) => {
                    let flow = self.term(flow, here);
                    return Rule::Stock { initial: self.term(initial, here), flow };
                }
                (Function::Initial, [argument]) => return Rule::Frozen(self.term(argument, here)),
                (Function::ActiveInitial, [active, initial]) => {
                    let term = self.term(active, here);
                    return Rule::Auxiliary { term, initial: Some(self.term(initial, here)) };
                }
                (Function::DelayFixed, [input, delay, initial]) => {
                    self.warn_of_short_delay(*function, delay, 1, *name_at, here);
                    let (input, delay) = (self.term(input, here), self.term(delay, here));
                    return Rule::Pipeline { input, delay, initial: self.term(initial, here) };
                }
                _ => {}
            }
        }
        Rule::Auxiliary { term: self.term(expression, here), initial: None }
    }

    /// The term of an expression.
    pub(super) fn term(&mut self, expression: &Expression, here: &mut Here) -> Term {
        self.terms += 1;
        if self.terms > MOST_TERMS {
            self.too_many_terms(expression.at);
            return Term::Number(f64::NAN);
        }
        match &expression.kind {
            ExpressionKind::Number(number) => Term::Number(*number),
            ExpressionKind::Reference { name, subscripts } => self.reference(name, subscripts, expression.at, here),
            ExpressionKind::Unary { operator, operand } => {
                let inner = self.term(operand, here);
                match (operator, inner) {
                    (UnaryOperator::Plus, inner) => inner,
                    (UnaryOperator::Negate, Term::Number(number)) => Term::Number(-number),
                    (UnaryOperator::Negate, inner) => unary(UnaryOperation::Negate, inner),
                    (UnaryOperator::Not, inner) => unary(UnaryOperation::Not, inner),
                }
            }
            ExpressionKind::Binary { .. } => self.chain(expression, here),
            ExpressionKind::Call { function, name_at, arguments } => self.call(*function, *name_at, arguments, here),
            ExpressionKind::LookupCall { name, subscripts, argument } => {
                let argument_term = self.term(argument, here);
                match self.found(name, subscripts, expression.at, here) {
                    Some(Found::Table(table)) => Term::Lookup(table, Box::new(argument_term)),
                    Some(_) => {
                        let mut hints = Vec::new();
                        if let Some(variable) = self.fixed.drafts.find(name) {
                            let line = self.notes.line(self.fixed.drafts.first_equation(variable).left.at);
                            hints.push(format!("it is defined at line {line}; to multiply, write `*`"));
                        }
                        let message = format!("`{name}` is no lookup table and cannot be read at a number");
                        self.notes.error(code::LOOKUP_USE, expression.at, message, hints);
                        Term::Number(f64::NAN)
                    }
                    None => Term::Number(f64::NAN),
                }
            }
            ExpressionKind::WithLookup { argument, lookup } => {
                let argument = self.term(argument, here);
                let table = match self.inline.get(&lookup.at.start) {
                    Some(table) => *table,
                    None => {
                        let table = LookupId(self.tables.len() as u32);
                        self.tables.push(table_of(lookup, "this table", self.notes));
                        self.inline.insert(lookup.at.start, table);
                        table
                    }
                };
                Term::Lookup(table, Box::new(argument))
            }
        }
    }

    pub(super) fn too_many_terms(&mut self, at: TextRange) {
        // Once for the whole model.
        if !self.too_many {
            self.too_many = true;
            let message = format!("the equations, written out for each element, have more than {MOST_TERMS} terms");
            let hint = "use fewer elements; a SUM of products of variables alone is not written out".to_owned();
            self.notes.error(code::TOO_LARGE, at, message, vec![hint]);
        }
    }

    /// A term that may be used more than once: itself if it is simple, else a hidden auxiliary that holds it.
    pub(super) fn shared(&mut self, term: Term, what: &str, here: &Here) -> Term {
        match term {
            Term::Number(_) | Term::Scalar(_) | Term::Noise(_) | Term::Time | Term::StepTime => term,
            _ => self.hide(what, VariableKind::Auxiliary, Rule::Auxiliary { term, initial: None }, here),
        }
    }

    /// A hidden scalar with this rule.
    pub(super) fn hide(&mut self, what: &str, kind: VariableKind, rule: Rule, here: &Here) -> Term {
        let scalar = ScalarId(self.fixed.drafts.scalars + self.hidden.len() as u32);
        let name = format!("{} {what} {}", here.label, self.hidden.len() + 1);
        self.hidden.push(Hidden { name, at: here.at, owner: here.owner, kind, rule });
        Term::Scalar(scalar)
    }

    /// The id that the next hidden scalar will have.
    pub(super) fn next_hidden(&self) -> ScalarId {
        ScalarId(self.fixed.drafts.scalars + self.hidden.len() as u32)
    }

    /// Reports every name that nothing is called by, each once with all its places.
    pub(super) fn report_unknown(&mut self) {
        // In the order of the text, so that the first, which are shown, get their hints.
        let mut unknown: Vec<(Name, Vec<TextRange>)> = std::mem::take(&mut self.unknown).into_iter().collect();
        unknown.sort_by_key(|(_, places)| places[0]);
        for (name, places) in unknown {
            let drafts = self.fixed.drafts;
            let mut hints = Vec::new();
            if let Some(near) = drafts.nearest(&name, self.notes) {
                let line = self.notes.line(drafts.first_equation(near).left.at);
                hints.push(format!("did you mean `{}`, defined at line {line}?", drafts.draft(near).name));
            }
            let mut lines: Vec<usize> = places[1..].iter().map(|&at| self.notes.line(at)).collect();
            lines.sort_unstable();
            lines.dedup();
            if !lines.is_empty() {
                let shown: Vec<String> = lines.iter().take(MOST_LINES).map(ToString::to_string).collect();
                let word = if lines.len() == 1 { "line" } else { "lines" };
                let more = match lines.len().saturating_sub(MOST_LINES) {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                hints.push(format!("it is also used at {word} {}{more}", shown.join(", ")));
            }
            let message = format!("`{name}` is used, but not defined");
            self.notes.unknown(&name, code::UNKNOWN_NAME, places[0], message, hints);
        }
    }

    /// Operators written one after another, from left to right without descending into the left.
    fn chain(&mut self, expression: &Expression, here: &mut Here) -> Term {
        let mut links = Vec::new();
        let mut at = expression;
        while let ExpressionKind::Binary { operator, left, right } = &at.kind {
            links.push((*operator, right.as_ref()));
            at = left;
        }
        let mut term = self.term(at, here);
        for (place, (operator, right)) in links.into_iter().rev().enumerate() {
            if place > 0 && place % LONGEST_CHAIN == 0 {
                term = self.shared(term, "part", here);
            }
            let right = self.term(right, here);
            term = binary(operation(operator), term, right);
        }
        term
    }

    fn reference(&mut self, name: &Name, subscripts: &[Subscript], at: TextRange, here: &mut Here) -> Term {
        match self.found(name, subscripts, at, here) {
            Some(Found::Term(term)) => term,
            Some(Found::Table(_)) => {
                let message = format!("`{name}` is a lookup table, used here as a number");
                self.notes.error(code::LOOKUP_USE, at, message, vec![format!("read it at a number: `{name}(x)`")]);
                Term::Number(f64::NAN)
            }
            None => Term::Number(f64::NAN),
        }
    }

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
            let places = self.unknown.entry(name.clone()).or_default();
            // An equation for many elements names it once.
            if places.last() != Some(&at) {
                places.push(at);
            }
            return None;
        };
        let draft = drafts.draft(variable);
        // What is wrong with a left side is said there.
        if draft.equations.iter().any(|&place| drafts.lefts[place].is_none()) {
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
            let Some(place) = dimension.place(element) else {
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
            offset = offset * dimension.elements.len() + place;
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

    fn call(&mut self, function: Function, name_at: TextRange, arguments: &[Expression], here: &mut Here) -> Term {
        let wanted = function.parameters().len();
        if arguments.len() != wanted {
            let name = self.notes.written(name_at);
            let message = format!("{name} takes {wanted} arguments, but {} are given", arguments.len());
            let hint = format!("write `{name}({})`", function.parameters().join(", "));
            self.notes.error(text_code::ARGUMENTS, name_at, message, vec![hint]);
            return Term::Number(f64::NAN);
        }
        match function {
            Function::Sum => return self.fold(BinaryOperation::Add, function, name_at, &arguments[0], here),
            Function::Prod => return self.fold(BinaryOperation::Multiply, function, name_at, &arguments[0], here),
            Function::Vmin => return self.fold(BinaryOperation::Minimum, function, name_at, &arguments[0], here),
            Function::Vmax => return self.fold(BinaryOperation::Maximum, function, name_at, &arguments[0], here),
            Function::Integ => {
                let message = "INTEG stands inside an expression".to_owned();
                let hint = "give the stock an equation of its own, `Stock = INTEG(flow, initial value)`".to_owned();
                self.notes.error(code::NESTED_INTEG, name_at, message, vec![hint]);
                return Term::Number(f64::NAN);
            }
            _ => {}
        }
        let special = self.vector(function, name_at, arguments, here);
        let special = special.or_else(|| self.reading(function, name_at, arguments, here));
        if let Some(term) = special.or_else(|| self.chance(function, arguments, here)) {
            return term;
        }
        if let Some(order_of) = order_argument(function) {
            let order = self.order(function, &arguments[order_of], &arguments[1], name_at, here);
            self.warn_of_short_delay(function, &arguments[1], order, name_at, here);
            let terms = arguments[..order_of].iter().map(|argument| self.term(argument, here)).collect();
            return self.stateful(function, terms, order, here);
        }
        if let Some(order) = stages(function) {
            self.warn_of_short_delay(function, &arguments[1], order, name_at, here);
        }
        let terms: Vec<Term> = arguments.iter().map(|argument| self.term(argument, here)).collect();
        self.plain(function, terms, here)
    }
}

/// What a name with its subscripts is.
pub(super) enum Found {
    Term(Term),
    Table(LookupId),
}

fn operation(operator: BinaryOperator) -> BinaryOperation {
    match operator {
        BinaryOperator::Add => BinaryOperation::Add,
        BinaryOperator::Subtract => BinaryOperation::Subtract,
        BinaryOperator::Multiply => BinaryOperation::Multiply,
        BinaryOperator::Divide => BinaryOperation::Divide,
        BinaryOperator::Power => BinaryOperation::Power,
        BinaryOperator::Less => BinaryOperation::Less,
        BinaryOperator::LessOrEqual => BinaryOperation::LessOrEqual,
        BinaryOperator::Greater => BinaryOperation::Greater,
        BinaryOperator::GreaterOrEqual => BinaryOperation::GreaterOrEqual,
        BinaryOperator::Equal => BinaryOperation::Equal,
        BinaryOperator::NotEqual => BinaryOperation::NotEqual,
        BinaryOperator::And => BinaryOperation::And,
        BinaryOperator::Or => BinaryOperation::Or,
    }
}

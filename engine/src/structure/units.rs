//! Units: both sides of every equation, and both sides of every sum, in the same unit.
//!
//! A number in an expression has no unit, as in Vensim, with three allowances: 0 suits any unit (`MAX(0, x)`,
//! `x > 0`); an equation of numbers alone has the unit that it is declared with; and a number alone as an initial
//! value, a time, a height or the base of MODULO suits what it is given to. Variables without a unit are not checked, and said so once.
//! A place where units differ counts as unknown further out, so that one slip is told once.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::structure as code;
use crate::model::{
    BinaryOperator, Body, Expression, ExpressionKind, Function, Model, Name, TextRange, UnaryOperator, UnitExpression,
    UnitOf, UnitRule,
};

use super::VariableKind;
use super::draft::Drafts;
use super::notes::{Notes, listed};

/// Words for one unit; Vensim's own defaults.
const SAME: &[(&str, &str)] = &[
    ("years", "year"),
    ("months", "month"),
    ("weeks", "week"),
    ("days", "day"),
    ("hours", "hour"),
    ("minutes", "minute"),
    ("seconds", "second"),
    ("person", "people"),
    ("persons", "people"),
    ("dollar", "$"),
    ("dollars", "$"),
    ("$s", "$"),
    ("units", "unit"),
];

/// Warns of every place where units differ.
pub(super) fn check_units<'m>(model: &Model, drafts: &Drafts<'m>, notes: &mut Notes<'m>) {
    let words = Words::of(model);
    let mut of: Vec<Option<UnitExpression>> = Vec::with_capacity(drafts.drafts.len());
    let mut without: Vec<&str> = Vec::new();
    for draft in &drafts.drafts {
        let mut unit: Option<(UnitExpression, TextRange)> = None;
        for units in draft.equations.iter().filter_map(|&index| drafts.equations[index].units.as_ref()) {
            if units.text.trim().is_empty() {
                continue;
            }
            let own = words.plain(&units.expression);
            match &unit {
                None => unit = Some((own, units.at)),
                Some((first, at)) if *first != own => {
                    let line = notes.line(*at);
                    let message = format!("`{}` is in {own} here, but in {first} at line {line}", draft.name);
                    notes.warning(
                        code::TWO_UNITS,
                        units.at,
                        message,
                        vec!["give every equation of a variable one unit".to_owned()],
                    );
                }
                Some(_) => {}
            }
        }
        if unit.is_none() && draft.kind != VariableKind::Lookup && !draft.name.is_of_a_macro() {
            without.push(draft.name.spelling());
        }
        of.push(unit.map(|(unit, _)| unit));
    }
    let time = ["TIME STEP", "FINAL TIME", "INITIAL TIME", "SAVEPER"]
        .iter()
        .find_map(|name| drafts.find(&Name::new(name)).and_then(|variable| of[variable.0 as usize].clone()));
    let mut check = Check { drafts, of, time, notes };
    for (index, equation) in drafts.equations.iter().enumerate() {
        if let (Body::Expression(expression), Some(_)) = (&equation.body, &drafts.lefts[index]) {
            check.equation(&equation.left.name, equation.left.at, expression);
        }
    }
    if !without.is_empty() {
        let (verb, them) = if without.len() == 1 { ("has", "it is") } else { ("have", "they are") };
        let message = format!("{} {verb} no unit; where {them} used, units are not checked", listed(&without, 6));
        let diagnostic = Diagnostic::warning(code::NO_UNIT, message)
            .hint("write the unit behind the first `~` of the equation, `Dmnl` for none")
            .at(model.span(TextRange::default()));
        notes.push(diagnostic);
    }
}

/// Which words are one unit: Vensim's own defaults, and those of the model's settings.
struct Words {
    /// For a word another that it is to be read as; nothing where it is no unit at all.
    meant: HashMap<String, Option<String>>,
}

impl Words {
    fn of(model: &Model) -> Self {
        let defaults = SAME.iter().map(|(other, word)| ((*other).to_owned(), Some((*word).to_owned())));
        let mut words = Self { meant: defaults.collect() };
        for same in &model.unit_synonyms {
            // Read as units are, so that case and spaces do not matter and `Dmnl` is no unit.
            let mut units =
                same.iter().map(|word| UnitExpression::base(word).factors.into_iter().next().map(|(word, _)| word));
            let Some(first) = units.next() else { continue };
            let mut first = first.and_then(|word| words.meant(word));
            for other in units {
                match (other.and_then(|word| words.meant(word)), &first) {
                    (Some(other), Some(word)) if other != *word => {
                        words.meant.insert(other, first.clone());
                    }
                    (Some(other), None) => {
                        words.meant.insert(other, None);
                    }
                    // The first was a unit until this word says that it is none.
                    (None, Some(word)) => {
                        words.meant.insert(word.clone(), None);
                        first = None;
                    }
                    _ => {}
                }
            }
        }
        words
    }

    /// The one word for a word, or nothing where it is no unit.
    fn meant(&self, word: String) -> Option<String> {
        let mut word = word;
        // Each line of the settings leads on at most once, so this ends.
        while let Some(next) = self.meant.get(&word) {
            word = next.clone()?;
        }
        Some(word)
    }

    /// A unit with one word for each base unit.
    fn plain(&self, unit: &UnitExpression) -> UnitExpression {
        let plain: Vec<(UnitExpression, i32)> = unit
            .factors
            .iter()
            .filter_map(|(word, power)| {
                Some((UnitExpression { factors: vec![(self.meant(word.clone())?, 1)] }, *power))
            })
            .collect();
        UnitExpression::product(plain.iter().map(|(unit, power)| (unit, *power)))
    }
}

/// A unit, or `None` where any will do or it is not known.
type Unit = Option<UnitExpression>;

struct Check<'a, 'm, 'n> {
    drafts: &'a Drafts<'m>,
    of: Vec<Unit>,
    time: Unit,
    notes: &'n mut Notes<'m>,
}

impl Check<'_, '_, '_> {
    fn equation(&mut self, name: &Name, at: TextRange, expression: &Expression) {
        let own = self.drafts.find(name).and_then(|variable| self.of[variable.0 as usize].clone());
        if let ExpressionKind::Call { function: Function::Integ, arguments, .. } = &expression.kind
            && let [flow, initial] = arguments.as_slice()
        {
            let rate = own.as_ref().zip(self.time.as_ref()).map(|(own, time)| own.over(time));
            let found = self.unit(flow);
            if let (Some(rate), Some(found), Some(own)) = (&rate, &found, &own)
                && rate != found
                && !numbers_only(flow)
            {
                let message =
                    format!("the stock `{name}` is in {own}, so its flow is in {rate}, but this is in {found}");
                self.notes.warning(code::UNITS_DIFFER, flow.at, message, Vec::new());
            }
            self.wants(initial, &own, &format!("the initial value of `{name}`"));
            return;
        }
        let found = self.unit(expression);
        if let (Some(own), Some(found)) = (own, found)
            && own != found
            && !numbers_only(expression)
        {
            self.notes.warning(
                code::UNITS_DIFFER,
                at,
                format!("`{name}` is in {own}, but its equation gives {found}"),
                Vec::new(),
            );
        }
    }

    /// The unit of an expression, differences inside it told.
    fn unit(&mut self, expression: &Expression) -> Unit {
        match &expression.kind {
            ExpressionKind::Number(number) => (*number != 0.0).then(UnitExpression::dimensionless),
            ExpressionKind::Reference { name, .. } => match self.drafts.find(name) {
                Some(variable) => self.of[variable.0 as usize].clone(),
                None if name.key() == "time" => self.time.clone(),
                // A subscript used as a number, or a name that is reported elsewhere.
                None => None,
            },
            ExpressionKind::Unary { operator, operand } => {
                let unit = self.unit(operand);
                match operator {
                    UnaryOperator::Not => Some(UnitExpression::dimensionless()),
                    UnaryOperator::Negate | UnaryOperator::Plus => unit,
                }
            }
            ExpressionKind::Binary { .. } => self.chain(expression),
            ExpressionKind::Call { function, name_at, arguments } => {
                self.call(*function, *name_at, arguments, expression.at)
            }
            ExpressionKind::LookupCall { name, argument, .. } => {
                self.unit(argument);
                self.drafts.find(name).and_then(|variable| self.of[variable.0 as usize].clone())
            }
            ExpressionKind::WithLookup { argument, .. } => {
                self.unit(argument);
                None
            }
        }
    }

    /// Operators written one after another, without descending into the left.
    fn chain(&mut self, expression: &Expression) -> Unit {
        let mut links = Vec::new();
        let mut at = expression;
        while let ExpressionKind::Binary { operator, left, right } = &at.kind {
            links.push((*operator, left.as_ref(), right.as_ref(), at.at));
            at = left;
        }
        let mut unit = self.unit(at);
        for (operator, left, right, at) in links.into_iter().rev() {
            let other = self.unit(right);
            unit = match operator {
                BinaryOperator::Add => self.same(unit, other, at, "adds"),
                BinaryOperator::Subtract => self.same(unit, other, at, "subtracts"),
                BinaryOperator::Multiply => unit.zip(other).map(|(a, b)| a.times(&b)),
                BinaryOperator::Divide => unit.zip(other).map(|(a, b)| a.over(&b)),
                BinaryOperator::Power => self.power(left, unit, right, other),
                BinaryOperator::And | BinaryOperator::Or => Some(UnitExpression::dimensionless()),
                _ => {
                    self.same(unit, other, at, "compares");
                    Some(UnitExpression::dimensionless())
                }
            };
        }
        unit
    }

    fn call(&mut self, function: Function, name_at: TextRange, arguments: &[Expression], at: TextRange) -> Unit {
        let name = self.notes.written(name_at);
        match function.units() {
            UnitRule::Pure => {
                let pure = Some(UnitExpression::dimensionless());
                arguments.iter().for_each(|argument| self.wants(argument, &pure, &name));
                pure
            }
            UnitRule::OfFirst => {
                let (first, rest) = arguments.split_first()?;
                let unit = self.unit(first);
                for (argument, parameter) in rest.iter().zip(&function.parameters()[1..]) {
                    self.wants(argument, &unit, &format!("the {parameter} of {name}"));
                }
                unit
            }
            UnitRule::Alike => {
                let units: Vec<Unit> = arguments.iter().map(|argument| self.unit(argument)).collect();
                units.into_iter().reduce(|one, other| self.same(one, other, at, "compares")).flatten()
            }
            UnitRule::Each(units, value) => {
                let mut found: Vec<Unit> = Vec::new();
                for ((argument, unit), parameter) in arguments.iter().zip(units).zip(function.parameters()) {
                    let unit = match unit {
                        UnitOf::Any => self.unit(argument),
                        UnitOf::Fitting => {
                            if numbers_only(argument) {
                                None
                            } else {
                                self.unit(argument)
                            }
                        }
                        wanted => {
                            let wanted = self.unit_of(*wanted, &found);
                            self.wants(argument, &wanted, &format!("the {parameter} of {name}"));
                            wanted
                        }
                    };
                    found.push(unit);
                }
                self.unit_of(value, &found)
            }
            UnitRule::Own => self.call_by_its_own_rule(function, &name, arguments, at),
        }
    }

    /// What the unit of an argument or of a value comes to, by the arguments before it.
    fn unit_of(&self, unit: UnitOf, before: &[Unit]) -> Unit {
        let argument = |index: usize| before.get(index).cloned().flatten();
        let pure = UnitExpression::dimensionless;
        match unit {
            UnitOf::Any | UnitOf::Fitting => None,
            UnitOf::Number => Some(pure()),
            UnitOf::As(index) => argument(index),
            UnitOf::Time => self.time.clone(),
            UnitOf::PerTime => self.time.as_ref().map(|time| pure().over(time)),
            UnitOf::TimesTime(index) => argument(index).zip(self.time.as_ref()).map(|(unit, time)| unit.times(time)),
            UnitOf::Ratio(above, below) => {
                argument(above).zip(argument(below)).map(|(above, below)| above.over(&below))
            }
        }
    }

    fn call_by_its_own_rule(
        &mut self,
        function: Function,
        name: &str,
        arguments: &[Expression],
        at: TextRange,
    ) -> Unit {
        match (function, arguments) {
            (Function::IfThenElse, [condition, yes, no]) => {
                self.unit(condition);
                let (yes, no) = (self.unit(yes), self.unit(no));
                self.same(yes, no, at, "chooses between")
            }
            (Function::AllocateAvailable, [request, _, supply])
            | (Function::AllocateByPriority, [request, _, _, _, supply]) => {
                let unit = self.unit(request);
                self.wants(supply, &unit, &format!("the supply of {name}"));
                unit
            }
            (Function::RandomUniform | Function::RandomNormal | Function::RandomExponential, [sizes @ .., _]) => {
                let mut unit = None;
                for size in sizes.iter().filter(|size| !numbers_only(size)) {
                    let other = self.unit(size);
                    unit = self.same(unit, other, at, "draws between");
                }
                unit
            }
            (Function::Prod, [a]) => self.unit(a).filter(UnitExpression::is_dimensionless),
            (Function::Sqrt, [a]) => self.unit(a).and_then(|unit| root(&unit)),
            (Function::Log, [a, b]) => {
                // Only their ratio counts, so both may have one unit.
                let (a, b) = (self.unit(a), self.unit(b));
                self.same(a, b, at, "compares");
                Some(UnitExpression::dimensionless())
            }
            (Function::Power, [a, b]) => {
                let (base, exponent) = (self.unit(a), self.unit(b));
                self.power(a, base, b, exponent)
            }
            (Function::Xidz, [a, b, otherwise]) => {
                let (a, b) = (self.unit(a), self.unit(b));
                let ratio = a.zip(b).map(|(a, b)| a.over(&b));
                self.wants(otherwise, &ratio, &format!("the last argument of {name}"));
                ratio
            }
            (Function::Npv, [stream, rate, initial, factor]) => {
                let time = self.time.clone();
                let growth = time.as_ref().map(|time| UnitExpression::dimensionless().over(time));
                self.wants(rate, &growth, &format!("the discount rate of {name}"));
                let total = self.unit(stream).zip(time).map(|(stream, time)| stream.times(&time));
                self.wants(initial, &total, &format!("the initial value of {name}"));
                let factor =
                    if numbers_only(factor) { Some(UnitExpression::dimensionless()) } else { self.unit(factor) };
                total.zip(factor).map(|(total, factor)| total.times(&factor))
            }
            _ => None,
        }
    }

    /// Tells if an argument is in another unit than it should be.
    fn wants(&mut self, argument: &Expression, wanted: &Unit, what: &str) {
        let found = self.unit(argument);
        if numbers_only(argument) {
            return;
        }
        if let (Some(wanted), Some(found)) = (wanted, found)
            && *wanted != found
        {
            let message = if wanted.is_dimensionless() {
                format!("{what} needs a number without unit, but is given {found}")
            } else {
                format!("{what} should be in {wanted}, but is in {found}")
            };
            self.notes.warning(code::UNITS_DIFFER, argument.at, message, Vec::new());
        }
    }

    /// Tells if two units differ that should be one.
    fn same(&mut self, a: Unit, b: Unit, at: TextRange, what: &str) -> Unit {
        match (a, b) {
            (Some(a), Some(b)) if a == b => Some(a),
            (Some(a), Some(b)) => {
                let joined = if what == "subtracts" { format!("{b} from {a}") } else { format!("{a} and {b}") };
                self.notes.warning(code::UNITS_DIFFER, at, format!("this {what} {joined}"), Vec::new());
                None
            }
            (a, b) => a.or(b),
        }
    }

    fn power(&mut self, base: &Expression, unit: Unit, exponent: &Expression, exponent_unit: Unit) -> Unit {
        if let Some(wrong) = exponent_unit.filter(|unit| !unit.is_dimensionless()) {
            let message = format!("an exponent needs a number without unit, but is given {wrong}");
            self.notes.warning(code::UNITS_DIFFER, exponent.at, message, Vec::new());
            return None;
        }
        let unit = unit?;
        if unit.is_dimensionless() {
            return Some(unit);
        }
        match super::draft::plain_number(exponent) {
            Some(power) if power.fract() == 0.0 && power.abs() <= 100.0 => Some(unit.to_the(power as i32)),
            Some(0.5) => root(&unit),
            _ => {
                let message = format!("a power that is no whole number needs a base without unit, but is given {unit}");
                self.notes.warning(code::UNITS_DIFFER, base.at, message, Vec::new());
                None
            }
        }
    }
}

/// The unit whose square this is, if there is one.
fn root(unit: &UnitExpression) -> Unit {
    let halves = unit.factors.iter().map(|(name, power)| (power % 2 == 0).then(|| (name.clone(), power / 2)));
    halves.collect::<Option<Vec<_>>>().map(|factors| UnitExpression { factors })
}

/// Whether an expression names no variable.
fn numbers_only(expression: &Expression) -> bool {
    let mut open = vec![expression];
    while let Some(next) = open.pop() {
        match &next.kind {
            ExpressionKind::Number(_) => {}
            ExpressionKind::Unary { operand, .. } => open.push(operand),
            ExpressionKind::Binary { left, right, .. } => open.extend([left.as_ref(), right.as_ref()]),
            ExpressionKind::Call { arguments, .. } => open.extend(arguments),
            ExpressionKind::WithLookup { argument, .. } => open.push(argument),
            ExpressionKind::Reference { .. } | ExpressionKind::LookupCall { .. } => return false,
        }
    }
    true
}

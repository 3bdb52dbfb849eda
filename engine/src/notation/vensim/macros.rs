//! Macros: equations written once and used like a function, each use with variables of its own.
//!
//! `:MACRO: NAME(a, b)` ... `:END OF MACRO:` holds equations, one of which defines `NAME`. Where `y = NAME(p, q)` is read, all of
//! them are written out once more, as Vensim does it: `NAME` becomes `#y>NAME#`, a name of the macro's own `#y>NAME>own#`, a parameter
//! what is given for it, and `X$` the model's `X`. So each use has stocks of its own, and where `y` has subscripts so have they.

use std::collections::{HashMap, HashSet};

use crate::model::{
    Body, Equation, Expression, ExpressionKind, LeftSide, Name, Subscript, TextRange, UnitExpression, Units,
};

/// Uses of macros write out no more equations than this, all together and within one macro: macros that use macros that use
/// macros grow beyond any memory.
pub(super) const MOST_EQUATIONS: usize = 100_000;

/// A macro.
#[derive(Debug)]
pub(super) struct Macro {
    pub name: Name,
    pub parameters: Vec<Name>,
    pub equations: Vec<Equation>,
    /// Something in it is wrong and has been told; what uses it is not to be told as well.
    pub flawed: bool,
}

/// The macros read so far: one may use those before it.
#[derive(Debug, Default)]
pub(super) struct Macros {
    all: Vec<Macro>,
    by_name: HashMap<Name, usize>,
}

impl Macros {
    pub fn find(&self, name: &Name) -> Option<&Macro> {
        self.by_name.get(name).map(|index| &self.all[*index])
    }

    /// Adds a macro; false if there is one of its name.
    pub fn add(&mut self, defined: Macro) -> bool {
        let new = self.by_name.insert(defined.name.clone(), self.all.len()).is_none();
        self.all.push(defined);
        new
    }
}

impl Macro {
    /// `NAME(a, b)`.
    pub fn signature(&self) -> String {
        let parameters: Vec<&str> = self.parameters.iter().map(Name::spelling).collect();
        format!("{}({})", self.name, parameters.join(", "))
    }

    /// Whether a name in it is of one of its own equations.
    pub fn is_own(&self, name: &Name) -> bool {
        self.equations.iter().any(|equation| equation.left.name == *name)
    }

    /// Names in its equations that are neither its own nor given to it nor the model's (`X$`).
    pub fn strangers(&self) -> Vec<(Name, TextRange)> {
        let mut strangers = Vec::new();
        let known: HashSet<&Name> =
            self.parameters.iter().chain(self.equations.iter().map(|equation| &equation.left.name)).collect();
        for equation in &self.equations {
            let Body::Expression(expression) = &equation.body else { continue };
            each_name(expression, &mut |name, at| {
                if !known.contains(name) && of_the_model(name).is_none() && name.key() != "time" {
                    strangers.push((name.clone(), at));
                }
            });
        }
        strangers
    }

    /// Its equations for a use on the right side of `left`, the `ordinal`th of this macro there (from 0), and what the use is
    /// to be read as. In an equation of another macro the model's names keep their `$`.
    pub fn used(
        &self,
        left: &LeftSide,
        ordinal: usize,
        arguments: Vec<Expression>,
        at: TextRange,
        in_macro: bool,
    ) -> (Vec<Equation>, Expression) {
        let number = if ordinal == 0 { String::new() } else { format!(" {}", ordinal + 1) };
        let stem = format!("{}>{}{number}", bare(&left.name), self.name);
        let subscripts: Vec<Subscript> = left.subscripts.clone();
        let reference = |name: Name, at: TextRange| Expression {
            kind: ExpressionKind::Reference { name, subscripts: subscripts.clone() },
            at,
        };
        let mut equations = Vec::with_capacity(self.equations.len());
        let mut meant: HashMap<&Name, Expression> = HashMap::new();
        for (parameter, argument) in self.parameters.iter().zip(arguments) {
            let simple = matches!(argument.kind, ExpressionKind::Number(_) | ExpressionKind::Reference { .. });
            let argument = if simple {
                argument
            } else {
                // Computed once, however often it is used within.
                let name = Name::new(&format!("#{stem}>{parameter}#"));
                let at = argument.at;
                let left = LeftSide { name: name.clone(), at, ..left.clone() };
                equations.push(inner(left, Body::Expression(argument), at));
                reference(name, at)
            };
            meant.insert(parameter, argument);
        }
        for equation in &self.equations {
            let own = &equation.left.name;
            let name = if *own == self.name { format!("#{stem}#") } else { format!("#{stem}>{}#", bare(own)) };
            meant.insert(own, reference(Name::new(&name), at));
        }
        for equation in &self.equations {
            let ExpressionKind::Reference { name, .. } = &meant[&equation.left.name].kind else { continue };
            let left = LeftSide { name: name.clone(), at: equation.left.at, ..left.clone() };
            let body = match &equation.body {
                Body::Expression(expression) => Body::Expression(replaced(expression, &meant, in_macro)),
                other => other.clone(),
            };
            let units = equation.units.clone().filter(|units| !self.names_a_parameter(units));
            equations.push(Equation { left, body, units, ..equation.clone() });
        }
        (equations, reference(Name::new(&format!("#{stem}#")), at))
    }

    /// Whether a unit is that of whatever is given, which is not known here.
    fn names_a_parameter(&self, units: &Units) -> bool {
        let given: Vec<UnitExpression> =
            self.parameters.iter().map(|parameter| UnitExpression::base(parameter.spelling())).collect();
        units.expression.factors.iter().any(|(factor, _)| {
            given.iter().any(|own| own.factors.first().is_some_and(|(parameter, _)| parameter == factor))
        })
    }
}

fn inner(left: LeftSide, body: Body, at: TextRange) -> Equation {
    Equation { left, body, units: None, comment: String::new(), supplementary: false, group: None, at }
}

/// A name without the signs of a macro's variable around it.
fn bare(name: &Name) -> &str {
    if name.is_of_a_macro() { name.spelling().trim_matches('#') } else { name.spelling() }
}

/// The model's own name behind `X$`.
fn of_the_model(name: &Name) -> Option<Name> {
    name.spelling().strip_suffix('$').map(str::trim_end).filter(|rest| !rest.is_empty()).map(Name::new)
}

/// Whether a subscript with `!` stands in an expression: a use of a macro inside SUM would need variables for each element.
pub(super) fn runs_over(expression: &Expression) -> bool {
    let mut found = false;
    each_part(expression, &mut |part| {
        if let ExpressionKind::Reference { subscripts, .. } | ExpressionKind::LookupCall { subscripts, .. } = &part.kind
        {
            found |= subscripts.iter().any(|subscript| subscript.summed);
        }
    });
    found
}

fn each_name(expression: &Expression, found: &mut impl FnMut(&Name, TextRange)) {
    each_part(expression, &mut |part| {
        if let ExpressionKind::Reference { name, .. } | ExpressionKind::LookupCall { name, .. } = &part.kind {
            found(name, part.at);
        }
    });
}

fn each_part(expression: &Expression, found: &mut impl FnMut(&Expression)) {
    let mut open = vec![expression];
    while let Some(part) = open.pop() {
        found(part);
        match &part.kind {
            ExpressionKind::Number(_) | ExpressionKind::Reference { .. } => {}
            ExpressionKind::Unary { operand, .. } => open.push(operand),
            ExpressionKind::Binary { left, right, .. } => open.extend([right.as_ref(), left.as_ref()]),
            ExpressionKind::Call { arguments, .. } => open.extend(arguments.iter().rev()),
            ExpressionKind::LookupCall { argument, .. } | ExpressionKind::WithLookup { argument, .. } => {
                open.push(argument)
            }
        }
    }
}

/// An expression with its names replaced. Expressions are no deeper than the reader lets them be.
fn replaced(expression: &Expression, meant: &HashMap<&Name, Expression>, in_macro: bool) -> Expression {
    let again = |inner: &Expression| replaced(inner, meant, in_macro);
    let of_the_model = |name: &Name| of_the_model(name).filter(|_| !in_macro);
    let kind = match &expression.kind {
        ExpressionKind::Number(number) => ExpressionKind::Number(*number),
        ExpressionKind::Reference { name, subscripts } => match (meant.get(name), of_the_model(name)) {
            (Some(meant), _) => meant.kind.clone(),
            (None, Some(name)) => ExpressionKind::Reference { name, subscripts: subscripts.clone() },
            (None, None) => expression.kind.clone(),
        },
        ExpressionKind::Unary { operator, operand } => {
            ExpressionKind::Unary { operator: *operator, operand: Box::new(again(operand)) }
        }
        ExpressionKind::Binary { operator, left, right } => {
            ExpressionKind::Binary { operator: *operator, left: Box::new(again(left)), right: Box::new(again(right)) }
        }
        ExpressionKind::Call { function, name_at, arguments } => ExpressionKind::Call {
            function: *function,
            name_at: *name_at,
            arguments: arguments.iter().map(again).collect(),
        },
        ExpressionKind::LookupCall { name, subscripts, argument } => {
            let (name, subscripts) = match (meant.get(name).map(|meant| &meant.kind), of_the_model(name)) {
                (Some(ExpressionKind::Reference { name, subscripts }), _) => (name.clone(), subscripts.clone()),
                (None, Some(name)) => (name, subscripts.clone()),
                _ => (name.clone(), subscripts.clone()),
            };
            ExpressionKind::LookupCall { name, subscripts, argument: Box::new(again(argument)) }
        }
        ExpressionKind::WithLookup { argument, lookup } => {
            ExpressionKind::WithLookup { argument: Box::new(again(argument)), lookup: lookup.clone() }
        }
    };
    Expression { kind, at: expression.at }
}

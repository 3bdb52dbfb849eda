//! Right-hand sides: precedence climbing over Vensim's operators.
//!
//! From loosest to tightest: `:OR:`; `:AND:`; `:NOT:`; `= <> < <= > >=`; `+ -`; `* /`; a sign before a value; `^`.
//! All are read from the left, `^` from the right.
//!
//! Vensim's manual lists the sign before `^`, but Vensim computes `-3^2` as -9, as mathematics does, and so does this
//! reader. On `a^b^c` the manual is silent and programs differ, hence a warning. `:NOT: a > b` means `:NOT: (a > b)`.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::notation as code;
use crate::diagnostic::nearest;
use crate::model::{BinaryOperator, Expression, ExpressionKind, Function, Name, TextRange, UnaryOperator};

use super::cursor::{Cursor, Stopped};
use super::macros::{self, MOST_EQUATIONS};
use super::tokens::{NOT_AVAILABLE, Sign, TokenKind};
use super::{definition, functions, lookup};

/// Brackets and signs may be nested this deep: enough for any person, and little for the stack.
const DEEPEST_NESTING: usize = 100;

/// An expression's tree may be this high; a long sum is as high as it has terms.
const HIGHEST_TREE: usize = 500;

/// How tightly an operator holds its operands; greater is tighter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Signed,
    Power,
    Operand,
}

impl Strength {
    fn tighter(self) -> Self {
        match self {
            Strength::Or => Strength::And,
            Strength::And => Strength::Not,
            Strength::Not => Strength::Comparison,
            Strength::Comparison => Strength::Sum,
            Strength::Sum => Strength::Product,
            Strength::Product => Strength::Signed,
            Strength::Signed => Strength::Power,
            Strength::Power | Strength::Operand => Strength::Operand,
        }
    }

    /// How tightly this operator holds, and how tightly its left and its right operand must hold within.
    pub fn of(operator: BinaryOperator) -> (Strength, Strength, Strength) {
        use BinaryOperator as Op;
        let own = match operator {
            Op::Or => Strength::Or,
            Op::And => Strength::And,
            Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual | Op::Equal | Op::NotEqual => {
                Strength::Comparison
            }
            Op::Add | Op::Subtract => Strength::Sum,
            Op::Multiply | Op::Divide => Strength::Product,
            Op::Power => return (Strength::Power, Strength::Operand, Strength::Power),
        };
        (own, own, own.tighter())
    }
}

/// An expression and how high its tree is.
struct Grown {
    expression: Expression,
    height: usize,
}

/// The expression that begins at the cursor.
pub(super) fn expression(cursor: &mut Cursor<'_>) -> Result<Expression, Stopped> {
    climb(cursor, Strength::Or).map(|grown| grown.expression)
}

fn climb(cursor: &mut Cursor<'_>, least: Strength) -> Result<Grown, Stopped> {
    cursor.depth += 1;
    if cursor.depth > DEEPEST_NESTING {
        return too_deep(cursor);
    }
    let mut left = operand(cursor)?;
    while let Some(operator) = binary_operator(cursor) {
        let (own, _, right_strength) = Strength::of(operator);
        if own < least {
            break;
        }
        let sign = cursor.peek().map(|token| token.at).unwrap_or_default();
        cursor.advance();
        if let Some(followed) = cursor.peek().filter(|token| starts_no_operand(token.kind)) {
            let (before, after) = (cursor.written(sign), cursor.written(followed.at));
            return cursor.stop(
                code::UNEXPECTED,
                followed.at,
                format!("a number or name is missing between `{before}` and `{after}`"),
                "write it, or remove one of the two signs",
            );
        }
        let right = climb(cursor, right_strength)?;
        if operator == BinaryOperator::Power && is_bare_power(&right.expression) {
            let whole = TextRange { start: left.expression.at.start, end: right.expression.at.end };
            let warning = Diagnostic::warning(
                code::POWER_OF_POWER,
                "a power of a power is read from the right here, and from the left by other programs",
            );
            let (base, exponent) = (cursor.written(left.expression.at), cursor.written(right.expression.at));
            let warning = warning
                .at(cursor.span(whole))
                .hint(format!("say which is meant: `{base}^({exponent})` is what is computed now"));
            cursor.report(warning);
        }
        let height = left.height.max(right.height) + 1;
        if height > HIGHEST_TREE {
            return too_deep(cursor);
        }
        let at = TextRange { start: left.expression.at.start, end: right.expression.at.end };
        let kind =
            ExpressionKind::Binary { operator, left: Box::new(left.expression), right: Box::new(right.expression) };
        left = Grown { expression: Expression { kind, at }, height };
    }
    cursor.depth -= 1;
    Ok(left)
}

/// A power that the writer has not put in brackets.
fn is_bare_power(expression: &Expression) -> bool {
    let ExpressionKind::Binary { operator: BinaryOperator::Power, right, .. } = &expression.kind else {
        return false;
    };
    right.at.end == expression.at.end
}

fn too_deep<T>(cursor: &mut Cursor<'_>) -> Result<T, Stopped> {
    let at = cursor.peek().map_or_else(|| cursor.whole(), |token| token.at);
    cursor.stop(
        code::TOO_DEEP,
        at,
        "the expression is nested too deep, or has too many terms, to be read",
        "divide it into several variables, or use SUM over a subscript",
    )
}

fn starts_no_operand(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Sign(sign) if !matches!(sign, Sign::Minus | Sign::Plus | Sign::Not | Sign::NotAvailable | Sign::RoundOpen | Sign::RoundClose | Sign::Comma))
}

fn binary_operator(cursor: &Cursor<'_>) -> Option<BinaryOperator> {
    let TokenKind::Sign(sign) = cursor.peek_at(0)? else {
        return None;
    };
    Some(match sign {
        Sign::Plus => BinaryOperator::Add,
        Sign::Minus => BinaryOperator::Subtract,
        Sign::Times => BinaryOperator::Multiply,
        Sign::Over => BinaryOperator::Divide,
        Sign::Power => BinaryOperator::Power,
        Sign::Less => BinaryOperator::Less,
        Sign::LessOrEqual => BinaryOperator::LessOrEqual,
        Sign::Greater => BinaryOperator::Greater,
        Sign::GreaterOrEqual => BinaryOperator::GreaterOrEqual,
        Sign::Equal => BinaryOperator::Equal,
        Sign::NotEqual => BinaryOperator::NotEqual,
        Sign::And => BinaryOperator::And,
        Sign::Or => BinaryOperator::Or,
        _ => return None,
    })
}

/// A value, with the signs before it.
fn operand(cursor: &mut Cursor<'_>) -> Result<Grown, Stopped> {
    let Some(token) = cursor.peek() else {
        return cursor.stop_at_next(
            code::UNEXPECTED,
            "a number or name",
            "write what belongs there, or remove the sign before it",
        );
    };
    match token.kind {
        TokenKind::Number(number) => {
            cursor.advance();
            Ok(leaf(ExpressionKind::Number(number), token.at))
        }
        TokenKind::Sign(Sign::NotAvailable) => {
            cursor.advance();
            Ok(leaf(ExpressionKind::Number(NOT_AVAILABLE), token.at))
        }
        TokenKind::Sign(Sign::Minus) => signed(cursor, UnaryOperator::Negate, Strength::Signed),
        TokenKind::Sign(Sign::Plus) => signed(cursor, UnaryOperator::Plus, Strength::Signed),
        TokenKind::Sign(Sign::Not) => signed(cursor, UnaryOperator::Not, Strength::Not),
        TokenKind::Sign(Sign::RoundOpen) => bracket(cursor),
        TokenKind::Name { .. } => named(cursor),
        TokenKind::Text => cursor.stop(
            code::UNEXPECTED,
            token.at,
            "a text in single quotes cannot be computed with",
            "a name is written in double quotes",
        ),
        TokenKind::Keyword => {
            let written = cursor.written(token.at);
            cursor.stop(
                code::KEYWORD,
                token.at,
                format!("`{written}` is not supported"),
                "write the expression without it",
            )
        }
        TokenKind::Sign(_) => cursor.stop_at_next(code::UNEXPECTED, "a number or name", "write what belongs there"),
    }
}

fn leaf(kind: ExpressionKind, at: TextRange) -> Grown {
    Grown { expression: Expression { kind, at }, height: 1 }
}

/// A minus straight before a number belongs to the number, unless a power follows: `-3^2` is -(3^2).
fn signed(cursor: &mut Cursor<'_>, operator: UnaryOperator, strength: Strength) -> Result<Grown, Stopped> {
    let start = cursor.peek().map_or(0, |token| token.at.start);
    cursor.advance();
    if operator == UnaryOperator::Negate
        && let Some(TokenKind::Number(number)) = cursor.peek_at(0)
        && cursor.peek_at(1) != Some(TokenKind::Sign(Sign::Power))
    {
        cursor.advance();
        return Ok(leaf(ExpressionKind::Number(-number), TextRange { start, end: cursor.last_end() }));
    }
    let operand = climb(cursor, strength)?;
    let at = TextRange { start, end: operand.expression.at.end };
    let height = operand.height + 1;
    Ok(Grown {
        expression: Expression { kind: ExpressionKind::Unary { operator, operand: Box::new(operand.expression) }, at },
        height,
    })
}

fn bracket(cursor: &mut Cursor<'_>) -> Result<Grown, Stopped> {
    let opened = cursor.take(Sign::RoundOpen).unwrap_or_default();
    if cursor.is_at_end() {
        cursor.close(Sign::RoundClose, opened, code::UNEXPECTED, "`)`")?;
    }
    let mut inner = climb(cursor, Strength::Or)?;
    if let Some(at) = cursor.is_decimal_comma().filter(|_| cursor.is_sign(Sign::Comma)) {
        return definition::decimal_comma(cursor, at);
    }
    let closed = cursor.close(Sign::RoundClose, opened, code::UNEXPECTED, "a sign or `)`")?;
    inner.expression.at = TextRange { start: opened.start, end: closed.end };
    Ok(inner)
}

/// A variable, a function or a lookup.
fn named(cursor: &mut Cursor<'_>) -> Result<Grown, Stopped> {
    let Some((name, quoted, name_at)) = cursor.take_name() else {
        return Err(Stopped);
    };
    if !quoted && cursor.is_sign(Sign::RoundOpen) {
        if name.key() == "with lookup" {
            return with_lookup(cursor, name_at);
        }
        if cursor.macros.find(&name).is_some() {
            return macro_use(cursor, &name, name_at);
        }
        if name.key() == "a function of" {
            return unfinished(cursor, name_at);
        }
        if let Some(function) = functions::named(&name) {
            return call(cursor, function, name_at);
        }
        if let Some(instead) = functions::instead_of(&name) {
            let hint = match file_named(cursor) {
                Some(file) => format!("the numbers would be in `{file}`; {instead}"),
                None => instead.to_owned(),
            };
            let message = format!("the function `{name}` is not supported");
            cursor.error(code::UNSUPPORTED_FUNCTION, name_at, message, hint);
            skip_arguments(cursor)?;
            return Ok(leaf(ExpressionKind::Number(0.0), TextRange { start: name_at.start, end: cursor.last_end() }));
        }
    }
    let subscripts = definition::subscripts(cursor)?;
    if !cursor.is_sign(Sign::RoundOpen) {
        let at = TextRange { start: name_at.start, end: cursor.last_end() };
        return Ok(leaf(ExpressionKind::Reference { name, subscripts }, at));
    }
    let (mut given, height) = arguments(cursor)?;
    let at = TextRange { start: name_at.start, end: cursor.last_end() };
    match given.pop().filter(|_| given.is_empty()) {
        Some(argument) => {
            let kind = ExpressionKind::LookupCall { name, subscripts, argument: Box::new(argument) };
            Ok(Grown { expression: Expression { kind, at }, height: height + 1 })
        }
        None => {
            let hint = match nearest(name.key(), functions::spellings()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "a lookup is given one number, `Name(x)`; a product needs its sign, `Name * (...)`".to_owned(),
            };
            cursor.error(code::UNKNOWN_FUNCTION, name_at, format!("`{name}` is no function"), hint);
            Ok(leaf(ExpressionKind::Number(0.0), at))
        }
    }
}

/// The file in single quotes that a function such as GET XLS DATA begins with.
fn file_named(cursor: &Cursor<'_>) -> Option<String> {
    let token = cursor.token_at(1).filter(|token| token.kind == TokenKind::Text)?;
    let written = cursor.written(token.at);
    Some(written.trim_matches('\'').to_owned()).filter(|file| !file.is_empty())
}

/// What Vensim writes for an equation of which the modeller has drawn the arrows and no more.
fn unfinished(cursor: &mut Cursor<'_>, name_at: TextRange) -> Result<Grown, Stopped> {
    let name = cursor.left.as_ref().map(|left| left.name.to_string()).unwrap_or_default();
    let message = format!("this equation is unfinished in Vensim: it only lists what `{name}` depends on");
    cursor.error(
        code::UNFINISHED,
        name_at,
        message,
        format!("write the equation of `{name}` in place of `A FUNCTION OF(...)`"),
    );
    skip_arguments(cursor)?;
    Ok(leaf(ExpressionKind::Number(0.0), TextRange { start: name_at.start, end: cursor.last_end() }))
}

/// A use of a macro: written out beside the equation, of which it becomes a variable.
fn macro_use(cursor: &mut Cursor<'_>, name: &Name, name_at: TextRange) -> Result<Grown, Stopped> {
    let (given, _) = arguments(cursor)?;
    let at = TextRange { start: name_at.start, end: cursor.last_end() };
    let macros = cursor.macros;
    let (Some(defined), Some(left)) = (macros.find(name), cursor.left.clone()) else {
        return Err(Stopped);
    };
    if defined.flawed {
        // Told where it is defined.
        cursor.flawed = true;
        return Ok(leaf(ExpressionKind::Number(0.0), at));
    }
    if given.len() != defined.parameters.len() {
        let wanted = defined.parameters.len();
        let plural = if wanted == 1 { "" } else { "s" };
        let message = format!("the macro `{name}` needs {wanted} argument{plural} and is given {}", given.len());
        cursor.error(code::ARGUMENTS, at, message, format!("it is written `{}`", defined.signature()));
        return Ok(leaf(ExpressionKind::Number(0.0), at));
    }
    if given.iter().any(macros::runs_over) {
        let message =
            format!("the macro `{name}` is used inside a sum, where it would need variables for each element");
        let hint = "give the use an equation of its own with that subscript, and sum over its variable";
        cursor.error(code::MACRO, at, message, hint);
        return Ok(leaf(ExpressionKind::Number(0.0), at));
    }
    let ordinal = cursor.used.iter().filter(|used| *used == name).count();
    cursor.used.push(name.clone());
    if cursor.inner.len() + defined.equations.len() > MOST_EQUATIONS {
        let message = format!("the uses of macros, written out, are more than {MOST_EQUATIONS} equations");
        return cursor.stop(code::MACRO, at, message, "use macros inside macros less often");
    }
    let (equations, meant) = defined.used(&left, ordinal, given, at, cursor.in_macro);
    cursor.inner.extend(equations);
    Ok(leaf(meant.kind, at))
}

fn call(cursor: &mut Cursor<'_>, function: Function, name_at: TextRange) -> Result<Grown, Stopped> {
    let (arguments, height) = arguments(cursor)?;
    let at = TextRange { start: name_at.start, end: cursor.last_end() };
    let wanted = function.parameters().len();
    if arguments.len() != wanted {
        let plural = if wanted == 1 { "" } else { "s" };
        let written = functions::spelling(function);
        let message = format!("`{written}` needs {wanted} argument{plural} and is given {}", arguments.len());
        let sibling = functions::named(&Name::new(&format!("{written}I")));
        let sibling = sibling.filter(|other| other.parameters().len() == arguments.len());
        let comma = arguments.windows(2).find_map(|pair| decimal(cursor, &pair[0], &pair[1]));
        let hint = match (function, arguments.len(), sibling) {
            _ if comma.is_some() && arguments.len() > wanted => {
                let written = comma.unwrap_or_default();
                format!("if `{written}` is one number, write `{}`", written.replace(',', "."))
            }
            (Function::Min | Function::Max, 3.., _) => {
                format!("nest it, `{written}(a, {written}(b, c))`")
            }
            (_, _, Some(sibling)) => format!("with an initial value it is written `{}`", functions::signature(sibling)),
            _ => format!("it is written `{}`", functions::signature(function)),
        };
        cursor.error(code::ARGUMENTS, at, message, hint);
    }
    Ok(Grown {
        expression: Expression { kind: ExpressionKind::Call { function, name_at, arguments }, at },
        height: height + 1,
    })
}

/// Two arguments that may be one number with a decimal comma.
fn decimal(cursor: &Cursor<'_>, before: &Expression, after: &Expression) -> Option<String> {
    let both = matches!((&before.kind, &after.kind), (ExpressionKind::Number(_), ExpressionKind::Number(_)));
    let written = cursor.written(TextRange { start: before.at.start, end: after.at.end });
    (both && written.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')).then_some(written)
}

/// What stands in the brackets after a name, and the greatest height in it.
fn arguments(cursor: &mut Cursor<'_>) -> Result<(Vec<Expression>, usize), Stopped> {
    let opened = cursor.take(Sign::RoundOpen).unwrap_or_default();
    let mut arguments = Vec::new();
    let mut height = 0;
    if cursor.take(Sign::RoundClose).is_some() {
        return Ok((arguments, height));
    }
    loop {
        if cursor.is_at_end() {
            cursor.close(Sign::RoundClose, opened, code::UNEXPECTED, "`)`")?;
        }
        let argument = climb(cursor, Strength::Or)?;
        height = height.max(argument.height);
        arguments.push(argument.expression);
        if cursor.take(Sign::Comma).is_none() {
            break;
        }
    }
    cursor.close(Sign::RoundClose, opened, code::UNEXPECTED, "a sign, `,` or `)`")?;
    Ok((arguments, height))
}

/// To the bracket that closes the one that is next, whatever stands between.
fn skip_arguments(cursor: &mut Cursor<'_>) -> Result<(), Stopped> {
    let opened = cursor.peek().map(|token| token.at).unwrap_or_default();
    let mut open = 0;
    while let Some(token) = cursor.peek() {
        cursor.advance();
        match token.kind {
            TokenKind::Sign(Sign::RoundOpen) => open += 1,
            TokenKind::Sign(Sign::RoundClose) => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Ok(());
        }
    }
    cursor.close(Sign::RoundClose, opened, code::UNEXPECTED, "`)`").map(|_| ())
}

/// `WITH LOOKUP(x, ((x,y),(x,y)))`.
fn with_lookup(cursor: &mut Cursor<'_>, name_at: TextRange) -> Result<Grown, Stopped> {
    let opened = cursor.take(Sign::RoundOpen).unwrap_or_default();
    const FORM: &str = "it is written `WITH LOOKUP(x, ([(0,0)-(10,1)],(0,0),(10,1)))`";
    if cursor.is_at_end() {
        cursor.close(Sign::RoundClose, opened, code::LOOKUP, "`)`")?;
    }
    let argument = climb(cursor, Strength::Or)?;
    if cursor.take(Sign::Comma).is_none() || !cursor.is_sign(Sign::RoundOpen) {
        return cursor.stop_at_next(code::LOOKUP, "the table of `WITH LOOKUP`", FORM);
    }
    let lookup = lookup::lookup(cursor)?;
    cursor.close(Sign::RoundClose, opened, code::LOOKUP, "`)`")?;
    let at = TextRange { start: name_at.start, end: cursor.last_end() };
    let kind = ExpressionKind::WithLookup { argument: Box::new(argument.expression), lookup };
    Ok(Grown { expression: Expression { kind, at }, height: argument.height + 1 })
}

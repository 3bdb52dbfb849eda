//! What an entry defines: a subscript range, or a variable by an equation, a table of numbers or a lookup.

use crate::diagnostic::catalogue::notation as code;
use crate::model::{Body, Equation, LeftSide, Name, Subscript, SubscriptRange, TextRange};

use super::cursor::{Cursor, Stopped};
use super::tokens::{Sign, TokenKind};
use super::{expression, lookup, range, table};

/// What an entry defines; units, comment and group are filled in by who knows them.
pub(super) enum Definition {
    Range(SubscriptRange),
    Equation(Equation),
}

/// The definition that the tokens make.
pub(super) fn definition(cursor: &mut Cursor<'_>) -> Result<Definition, Stopped> {
    let Some((name, _, at)) = cursor.take_name() else {
        return cursor.stop_at_next(
            code::LEFT_SIDE,
            "the name of a variable",
            "an equation begins with the name that it defines, `Name = ...`",
        );
    };
    if cursor.is_sign(Sign::Colon) || cursor.is_sign(Sign::Equivalent) {
        return range::range(cursor, name, at).map(Definition::Range);
    }
    let left = left_side(cursor, name, at)?;
    cursor.left = Some(left.clone());
    let body = body(cursor, &left.name)?;
    let at = cursor.whole();
    Ok(Definition::Equation(Equation {
        left,
        body,
        units: None,
        comment: String::new(),
        supplementary: false,
        group: None,
        at,
    }))
}

fn left_side(cursor: &mut Cursor<'_>, name: Name, at: TextRange) -> Result<LeftSide, Stopped> {
    let subscripts = if cursor.is_sign(Sign::SquareOpen) { left_subscripts(cursor)? } else { Vec::new() };
    let mut exceptions = Vec::new();
    if cursor.take(Sign::Except).is_some() {
        loop {
            if !cursor.is_sign(Sign::SquareOpen) {
                return cursor.stop_at_next(
                    code::SUBSCRIPT,
                    "a subscript in brackets",
                    "`:EXCEPT:` is followed by what it leaves out, `:EXCEPT: [Q1,Old], [Q2,Young]`",
                );
            }
            exceptions.push(left_subscripts(cursor)?);
            if cursor.take(Sign::Comma).is_none() {
                break;
            }
        }
    }
    Ok(LeftSide { name, subscripts, exceptions, at })
}

fn left_subscripts(cursor: &mut Cursor<'_>) -> Result<Vec<Subscript>, Stopped> {
    let subscripts = subscripts(cursor)?;
    for subscript in subscripts.iter().filter(|subscript| subscript.summed) {
        let plain = subscript.name.quoted().into_owned();
        cursor.error(
            code::SUBSCRIPT,
            subscript.at,
            format!("`{plain}!` cannot stand on the left side"),
            format!("write `{plain}`; the `!` belongs into SUM, PROD, VMIN and VMAX"),
        );
    }
    Ok(subscripts)
}

/// `[Quintile, Age!]`.
pub(super) fn subscripts(cursor: &mut Cursor<'_>) -> Result<Vec<Subscript>, Stopped> {
    let Some(opened) = cursor.take(Sign::SquareOpen) else {
        return Ok(Vec::new());
    };
    let mut subscripts = Vec::new();
    loop {
        let Some((name, _, at)) = cursor.take_name() else {
            if cursor.is_at_end() {
                cursor.close(Sign::SquareClose, opened, code::SUBSCRIPT, "`]`")?;
            }
            return cursor.stop_at_next(
                code::SUBSCRIPT,
                "the name of a range or an element",
                "a subscript is a name; one that begins with a digit or holds signs is written in quotes",
            );
        };
        let bang = cursor.take(Sign::Bang);
        let at = TextRange { start: at.start, end: bang.map_or(at.end, |bang| bang.end) };
        subscripts.push(Subscript { name, summed: bang.is_some(), at });
        if cursor.take(Sign::Comma).is_none() {
            break;
        }
    }
    cursor.close(Sign::SquareClose, opened, code::SUBSCRIPT, "`,` or `]`")?;
    Ok(subscripts)
}

fn body(cursor: &mut Cursor<'_>, name: &Name) -> Result<Body, Stopped> {
    const DATA: &str = "write the series as a lookup of `Time`, or give the constant from a scenario";
    let Some(token) = cursor.peek() else {
        let file = cursor.file().rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = file.strip_suffix(".mdl").unwrap_or(file).to_owned();
        return cursor.stop(
            code::DATA,
            cursor.whole(),
            format!("`{name}` has no equation: a name alone is a series of data, which Vensim takes from a data set and this program does not read"),
            format!("the data would be in a file such as `{stem}.vdfx` or `{stem}.dat`, named under Data Sources where Vensim runs the model; {DATA}, or its equation behind `=`"),
        );
    };
    match token.kind {
        TokenKind::Sign(Sign::RoundOpen) => {
            let lookup = lookup::lookup(cursor)?;
            finish(cursor)?;
            Ok(Body::Lookup(lookup))
        }
        TokenKind::Sign(Sign::Equal | Sign::EqualEqual) => {
            cursor.advance();
            if cursor.is_at_end() {
                let hint = "write what it equals between `=` and `~`";
                return cursor.stop(
                    code::EMPTY_EQUATION,
                    token.at,
                    format!("`{name}` has nothing after its `=`"),
                    hint,
                );
            }
            let body = right_side(cursor)?;
            finish(cursor)?;
            Ok(body)
        }
        TokenKind::Sign(Sign::ColonEqual) => {
            cursor.stop(code::DATA, token.at, format!("`{name}` is a data equation, which is not supported"), DATA)
        }
        TokenKind::Keyword => {
            let written = cursor.written(token.at);
            match written.to_uppercase().as_str() {
                ":RAW:" | ":INTERPOLATE:" | ":HOLD BACKWARD:" | ":LOOK FORWARD:" => cursor.stop(
                    code::DATA,
                    token.at,
                    format!("`{name}` is a series of data, which is not supported"),
                    DATA,
                ),
                _ => cursor.stop(
                    code::KEYWORD,
                    token.at,
                    format!("`{written}` is not supported"),
                    "remove this entry; checks of reality and texts are no part of a simulation here",
                ),
            }
        }
        _ => {
            let written = cursor.written(token.at);
            cursor.stop(
                code::LEFT_SIDE,
                token.at,
                format!("`=` is missing after `{name}`, before `{written}`"),
                "an equation is written `Name = ...` or `Name[Range] = ...`",
            )
        }
    }
}

/// `1,5` where one and a half is meant.
pub(super) fn decimal_comma<T>(cursor: &mut Cursor<'_>, at: TextRange) -> Result<T, Stopped> {
    let written = cursor.written(at);
    let message = format!("`{written}` is two numbers: a comma parts numbers, and decimals stand behind a point");
    cursor.stop(code::DECIMAL_COMMA, at, message, format!("write `{}`", written.replace(',', ".")))
}

fn right_side(cursor: &mut Cursor<'_>) -> Result<Body, Stopped> {
    let alone = cursor.left.as_ref().is_some_and(|left| left.subscripts.is_empty());
    if alone && let Some(at) = table::is_one_decimal(cursor) {
        return decimal_comma(cursor, at);
    }
    if let Some(table) = table::table(cursor)? {
        return Ok(table);
    }
    expression::expression(cursor).map(Body::Expression)
}

/// Nothing may follow.
fn finish(cursor: &mut Cursor<'_>) -> Result<(), Stopped> {
    let Some(token) = cursor.peek() else {
        return Ok(());
    };
    let written = cursor.written(token.at);
    match token.kind {
        TokenKind::Sign(Sign::RoundClose | Sign::SquareClose) => {
            let opening = if written == ")" { "(" } else { "[" };
            cursor.stop(
                code::STRAY_BRACKET,
                token.at,
                format!("`{written}` closes nothing"),
                format!("remove it, or write the `{opening}` that is missing before it"),
            )
        }
        TokenKind::Sign(Sign::Comma) if cursor.is_decimal_comma().is_some() => {
            let at = cursor.is_decimal_comma().unwrap_or(token.at);
            decimal_comma(cursor, at)
        }
        TokenKind::Sign(Sign::Comma | Sign::Semicolon) => cursor.stop(
            code::TABLE,
            token.at,
            format!("`{written}` divides the numbers of a table, and what stands before it is not a number alone"),
            "write numbers only, `1, 2, 3; 4, 5, 6;`, or one equation for each element",
        ),
        TokenKind::Keyword => {
            cursor.stop(code::KEYWORD, token.at, format!("`{written}` is not supported"), "remove this entry")
        }
        TokenKind::Name { .. } | TokenKind::Number(_) | TokenKind::Text | TokenKind::Sign(Sign::RoundOpen) => {
            let last = cursor.last();
            let before = last.map_or(String::new(), |last| cursor.written(last.at));
            let on_new_line = cursor.between(cursor.last_end(), token.at.start).contains('\n');
            let hint = if on_new_line {
                "write a sign such as `+` or `*` between them; or, if the equation ends before it, end it with `~ units ~ comment |`"
            } else {
                "write a sign such as `+` or `*` between them"
            };
            cursor.stop(
                code::UNEXPECTED,
                token.at,
                format!("a sign is missing between `{before}` and `{written}`"),
                hint,
            )
        }
        TokenKind::Sign(Sign::EqualEqual) => cursor.stop(
            code::UNEXPECTED,
            token.at,
            "`==` does not compare",
            "write `=` to ask whether two values are equal",
        ),
        TokenKind::Sign(_) => cursor.stop(
            code::UNEXPECTED,
            token.at,
            format!("`{written}` is not expected here"),
            "remove it, or write what is missing before it",
        ),
    }
}

//! Subscript ranges, `Quintile: Q1, Q2, (Q3-Q5) -> Other`.

use crate::diagnostic::catalogue::notation as code;
use crate::model::{Mapping, Name, RangeElement, SubscriptRange, TextRange};

use super::cursor::{Cursor, Stopped};
use super::functions;
use super::tokens::Sign;

/// The range `name`, whose `:` or `<->` is next.
pub(super) fn range(cursor: &mut Cursor<'_>, name: Name, at: TextRange) -> Result<SubscriptRange, Stopped> {
    let mut range = SubscriptRange {
        name,
        elements: Vec::new(),
        mappings: Vec::new(),
        alias_of: None,
        comment: String::new(),
        group: None,
        at,
    };
    if cursor.take(Sign::Equivalent).is_some() {
        let Some((original, _, _)) = cursor.take_name() else {
            return cursor.stop_at_next(
                code::RANGE,
                "the name of a range",
                "another name for a range is given by `Copy <-> Original`",
            );
        };
        range.alias_of = Some(original);
        return finish(cursor, range);
    }
    cursor.take(Sign::Colon);
    loop {
        let element = element(cursor)?;
        range.elements.push(element);
        if cursor.take(Sign::Comma).is_none() {
            break;
        }
    }
    if cursor.take(Sign::Arrow).is_some() {
        loop {
            cursor.take(Sign::Arrow);
            let mapping = mapping(cursor)?;
            range.mappings.push(mapping);
            if cursor.take(Sign::Comma).is_none() && !cursor.is_sign(Sign::Arrow) {
                break;
            }
        }
    }
    finish(cursor, range)
}

fn finish(cursor: &mut Cursor<'_>, range: SubscriptRange) -> Result<SubscriptRange, Stopped> {
    let Some(token) = cursor.peek() else {
        return Ok(range);
    };
    let written = cursor.written(token.at);
    cursor.stop(
        code::RANGE,
        token.at,
        format!("`{written}` is not expected in the range `{}`", range.name),
        "elements are divided by `,`; a range that they map to follows `->`",
    )
}

/// An element, a sub-range, or `(first-last)`.
fn element(cursor: &mut Cursor<'_>) -> Result<RangeElement, Stopped> {
    if let Some(opened) = cursor.take(Sign::RoundOpen) {
        let first = element_name(cursor)?.0;
        if cursor.take(Sign::Minus).is_none() {
            return cursor.stop_at_next(code::RANGE, "`-`", "elements that are counted are written `(Q1-Q5)`");
        }
        let last = element_name(cursor)?.0;
        let closed = cursor.close(Sign::RoundClose, opened, code::RANGE, "`)`")?;
        return Ok(RangeElement::Numbered { first, last, at: TextRange { start: opened.start, end: closed.end } });
    }
    let (name, at) = element_name(cursor)?;
    if cursor.is_sign(Sign::RoundOpen)
        && let Some(instead) = functions::instead_of(&name)
    {
        return cursor.stop(code::UNSUPPORTED_FUNCTION, at, format!("the function `{name}` is not supported"), instead);
    }
    Ok(RangeElement::Named(name, at))
}

fn element_name(cursor: &mut Cursor<'_>) -> Result<(Name, TextRange), Stopped> {
    match cursor.take_name() {
        Some((name, _, at)) => Ok((name, at)),
        None => cursor.stop_at_next(
            code::RANGE,
            "the name of an element",
            "a range is written `Quintile: Q1, Q2, Q3`; an element that begins with a digit is written in quotes",
        ),
    }
}

/// `Target` or `(Target: x, y)`.
fn mapping(cursor: &mut Cursor<'_>) -> Result<Mapping, Stopped> {
    const FORM: &str =
        "a mapping is written `-> Target`, or `-> (Target: x, y)` with its elements in the order of this range's";
    let opened = cursor.take(Sign::RoundOpen);
    let Some((target, _, at)) = cursor.take_name() else {
        return cursor.stop_at_next(code::RANGE, "the name of a range to map to", FORM);
    };
    let Some(opened) = opened else {
        return Ok(Mapping { target, elements: None, at });
    };
    if cursor.take(Sign::Colon).is_none() {
        return cursor.stop_at_next(code::RANGE, "`:`", FORM);
    }
    let mut elements = vec![element_name(cursor)?.0];
    while cursor.take(Sign::Comma).is_some() {
        elements.push(element_name(cursor)?.0);
    }
    let closed = cursor.close(Sign::RoundClose, opened, code::RANGE, "`,` or `)`")?;
    Ok(Mapping { target, elements: Some(elements), at: TextRange { start: opened.start, end: closed.end } })
}

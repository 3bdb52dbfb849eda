//! Tables of points, in both of Vensim's writings.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::notation as code;
use crate::model::{Lookup, TextRange};

use super::cursor::{Cursor, Stopped};
use super::tokens::Sign;

const FORM: &str =
    "a lookup is written `((0,0),(1,2))`, all points in brackets, or `(0,1, 0,2)`, first each x and then each y";

/// The lookup whose bracket is next: `([(0,0)-(10,10)],(0,0),(1,2))`, or all x and then all y, `(0,1, 0,2)`.
pub(super) fn lookup(cursor: &mut Cursor<'_>) -> Result<Lookup, Stopped> {
    let Some(opened) = cursor.take(Sign::RoundOpen) else {
        return cursor.stop_at_next(code::LOOKUP, "`(`", FORM);
    };
    let drawn = drawn(cursor)?;
    let points = if cursor.is_sign(Sign::RoundOpen) { pairs(cursor, opened)? } else { numbers(cursor, opened)? };
    let closed = cursor.close(Sign::RoundClose, opened, code::LOOKUP, "`,` or `)`")?;
    let at = TextRange { start: opened.start, end: closed.end };
    if points.len() < 2 {
        cursor.error(code::LOOKUP, at, "a lookup needs two points at the least", FORM);
    }
    for (before, after) in points.iter().zip(points.iter().skip(1)).filter(|(before, after)| after.x < before.x) {
        let message = format!(
            "{} stands after {} among the x of a lookup; points are taken in the order of their x",
            after.x, before.x
        );
        let warning = Diagnostic::warning(code::LOOKUP_ORDER, message).at(cursor.span(after.at));
        cursor.report(warning.hint("put the points in the order of their x, or correct the x"));
    }
    Ok(Lookup { drawn, points: points.iter().map(|point| (point.x, point.y)).collect(), at })
}

/// A point, and where its x stands.
struct Point {
    x: f64,
    y: f64,
    at: TextRange,
}

/// `[(0,0)-(10,10), points of reference]`, which only says how it is drawn.
fn drawn(cursor: &mut Cursor<'_>) -> Result<Option<[f64; 4]>, Stopped> {
    let Some(opened) = cursor.take(Sign::SquareOpen) else {
        return Ok(None);
    };
    let low = pair(cursor)?;
    if cursor.take(Sign::Minus).is_none() {
        return cursor.stop_at_next(code::LOOKUP, "`-`", "the box of a lookup is written `[(xmin,ymin)-(xmax,ymax)]`");
    }
    let high = pair(cursor)?;
    while cursor.take(Sign::Comma).is_some() {
        pair(cursor)?;
    }
    cursor.close(Sign::SquareClose, opened, code::LOOKUP, "`]`")?;
    cursor.take(Sign::Comma);
    Ok(Some([low.x, low.y, high.x, high.y]))
}

fn pair(cursor: &mut Cursor<'_>) -> Result<Point, Stopped> {
    let Some(opened) = cursor.take(Sign::RoundOpen) else {
        return cursor.stop_at_next(code::LOOKUP, "a point `(x,y)`", FORM);
    };
    let (x, at) = number(cursor, opened)?;
    if cursor.take(Sign::Comma).is_none() {
        return cursor.stop_at_next(code::LOOKUP, "`,`", "a point is written `(x,y)`");
    }
    let (y, _) = number(cursor, opened)?;
    cursor.close(Sign::RoundClose, opened, code::LOOKUP, "`)`")?;
    Ok(Point { x, y, at })
}

fn number(cursor: &mut Cursor<'_>, opened: TextRange) -> Result<(f64, TextRange), Stopped> {
    match cursor.take_number() {
        Some(number) => Ok(number),
        None if cursor.is_at_end() => cursor.close(Sign::RoundClose, opened, code::LOOKUP, "`)`").map(|at| (0.0, at)),
        None => cursor.stop_at_next(
            code::LOOKUP,
            "a number",
            "a lookup holds numbers only; if this is an equation, its `=` is missing",
        ),
    }
}

fn pairs(cursor: &mut Cursor<'_>, opened: TextRange) -> Result<Vec<Point>, Stopped> {
    let mut points = vec![pair(cursor)?];
    while cursor.take(Sign::Comma).is_some() {
        if cursor.is_at_end() {
            cursor.close(Sign::RoundClose, opened, code::LOOKUP, "`)`")?;
        }
        points.push(pair(cursor)?);
    }
    Ok(points)
}

fn numbers(cursor: &mut Cursor<'_>, opened: TextRange) -> Result<Vec<Point>, Stopped> {
    if cursor.is_sign(Sign::RoundClose) {
        return Ok(Vec::new());
    }
    let mut numbers = vec![number(cursor, opened)?];
    while cursor.take(Sign::Comma).is_some() {
        numbers.push(number(cursor, opened)?);
    }
    let half = numbers.len() / 2;
    if numbers.len() % 2 != 0 {
        let last = numbers.last().map_or(opened, |(_, at)| *at);
        let message = format!("a lookup of {} numbers has not as many y as x", numbers.len());
        cursor.error(code::LOOKUP, last, message, FORM);
    }
    let (xs, ys) = numbers.split_at(half);
    Ok(xs.iter().zip(ys).map(|((x, at), (y, _))| Point { x: *x, y: *y, at: *at }).collect())
}

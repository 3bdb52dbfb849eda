//! Tables of numbers for all elements of a variable.

use crate::diagnostic::catalogue::notation as code;
use crate::model::{Body, TextRange};

use super::cursor::{Cursor, Stopped};
use super::tokens::{Sign, TokenKind};

const FORM: &str =
    "a table holds numbers only, `1, 2, 3; 4, 5, 6;`: a row for each element of the last subscript but one";

/// The table that begins at the cursor; nothing if none does.
pub(super) fn table(cursor: &mut Cursor<'_>) -> Result<Option<Body>, Stopped> {
    if is_tabbed(cursor) {
        return tabbed(cursor).map(Some);
    }
    if begins_table(cursor) { listed(cursor).map(Some) } else { Ok(None) }
}

/// A number with `,` or `;` after it.
fn begins_table(cursor: &Cursor<'_>) -> bool {
    let mut ahead = 0;
    while matches!(cursor.peek_at(ahead), Some(TokenKind::Sign(Sign::Minus | Sign::Plus))) {
        ahead += 1;
    }
    matches!(cursor.peek_at(ahead), Some(TokenKind::Number(_) | TokenKind::Sign(Sign::NotAvailable)))
        && matches!(cursor.peek_at(ahead + 1), Some(TokenKind::Sign(Sign::Comma | Sign::Semicolon)))
}

/// Where `1,5` alone stands on the right side: a table of two numbers, had it subscripts.
pub(super) fn is_one_decimal(cursor: &Cursor<'_>) -> Option<TextRange> {
    let mut ahead = 0;
    while matches!(cursor.peek_at(ahead), Some(TokenKind::Sign(Sign::Minus | Sign::Plus))) {
        ahead += 1;
    }
    let at = cursor.decimal_comma_at(ahead)?;
    cursor.peek_at(ahead + 3).is_none().then_some(at)
}

/// `1, 2, 3; 4, 5, 6;`.
fn listed(cursor: &mut Cursor<'_>) -> Result<Body, Stopped> {
    let start = cursor.peek().map_or(0, |token| token.at.start);
    let mut rows = Rows::default();
    loop {
        let Some((number, at)) = cursor.take_number() else {
            return cursor.stop_at_next(code::TABLE, "a number", FORM);
        };
        rows.add(number, at);
        if cursor.take(Sign::Comma).is_some() {
            continue;
        }
        if cursor.take(Sign::Semicolon).is_none() {
            break;
        }
        rows.end_row();
        if cursor.is_at_end() {
            break;
        }
    }
    if let Some(token) =
        cursor.peek().filter(|token| !matches!(token.kind, TokenKind::Sign(Sign::RoundClose | Sign::SquareClose)))
    {
        let written = cursor.written(token.at);
        return cursor.stop(
            code::TABLE,
            token.at,
            format!("`,` or `;` is missing before `{written}` in a table of numbers"),
            FORM,
        );
    }
    let at = TextRange { start, end: cursor.last_end() };
    Ok(rows.finish(cursor, at))
}

fn is_tabbed(cursor: &Cursor<'_>) -> bool {
    let Some(token) = cursor.peek() else {
        return false;
    };
    matches!(token.kind, TokenKind::Name { quoted: false })
        && cursor.peek_at(1) == Some(TokenKind::Sign(Sign::RoundOpen))
        && cursor.written(token.at).eq_ignore_ascii_case("tabbed array")
}

/// `TABBED ARRAY(` numbers with white space between, a row a line `)`.
fn tabbed(cursor: &mut Cursor<'_>) -> Result<Body, Stopped> {
    let start = cursor.peek().map_or(0, |token| token.at.start);
    cursor.advance();
    let opened = cursor.take(Sign::RoundOpen).unwrap_or_default();
    let mut rows = Rows::default();
    while !cursor.is_at_end() && !cursor.is_sign(Sign::RoundClose) {
        let before = cursor.last_end();
        let Some((number, at)) = cursor.take_number() else {
            return cursor.stop_at_next(
                code::TABLE,
                "a number",
                "TABBED ARRAY holds numbers with tabs between them, a row a line",
            );
        };
        if cursor.between(before, at.start).contains('\n') {
            rows.end_row();
        }
        rows.add(number, at);
    }
    let closed = cursor.close(Sign::RoundClose, opened, code::TABLE, "`)`")?;
    let at = TextRange { start, end: closed.end };
    if rows.is_empty() {
        return cursor.stop(code::TABLE, at, "the table holds no number", FORM);
    }
    Ok(rows.finish(cursor, at))
}

#[derive(Default)]
struct Rows {
    done: Vec<(Vec<f64>, TextRange)>,
    open: Vec<f64>,
    at: TextRange,
}

impl Rows {
    fn add(&mut self, number: f64, at: TextRange) {
        if self.open.is_empty() {
            self.at.start = at.start;
        }
        self.at.end = at.end;
        self.open.push(number);
    }

    fn end_row(&mut self) {
        if !self.open.is_empty() {
            self.done.push((std::mem::take(&mut self.open), self.at));
        }
    }

    fn is_empty(&self) -> bool {
        self.done.is_empty() && self.open.is_empty()
    }

    fn finish(mut self, cursor: &mut Cursor<'_>, at: TextRange) -> Body {
        self.end_row();
        let wanted = self.done.first().map_or(0, |(row, _)| row.len());
        for (row, row_at) in self.done.iter().filter(|(row, _)| row.len() != wanted) {
            let message = format!("a row of {} numbers stands under one of {wanted}", row.len());
            cursor.error(
                code::TABLE_ROWS,
                *row_at,
                message,
                "all rows of a table have as many numbers as the last subscript has elements",
            );
        }
        Body::ConstantTable { rows: self.done.into_iter().map(|(row, _)| row).collect(), at }
    }
}

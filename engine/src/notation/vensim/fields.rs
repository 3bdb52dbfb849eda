//! What stands around an equation: units, comment, flags, and the headings of groups.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::catalogue::notation as code;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::model::{Group, TextRange, UnitExpression, Units};

use super::entries::{Entry, brace_end, slice};

/// The units of an entry; nothing if the field is empty or wrong.
pub(super) fn units(file: &Arc<str>, text: &str, entry: &Entry, found: &mut Diagnostics) -> Option<Units> {
    let at = trimmed(text, entry.units?);
    let field = &blank_comments(slice(text, at));
    if field.trim().is_empty() {
        return None;
    }
    let bracket = field.find('[').unwrap_or(field.len());
    let written = field.get(..bracket).unwrap_or("");
    let range = match field.get(bracket..).filter(|range| !range.is_empty()) {
        None => None,
        Some(range) => match numbers(range) {
            Some(range) => Some(range),
            None => {
                let span = Span::new(file, at.start + bracket, at.end);
                found.push(
                    Diagnostic::error(code::UNITS_RANGE, format!("`{}` is no range of values", one_line(range)))
                        .at(span)
                        .hint("write `[low,high]` or `[low,high,step]` after the unit, with `?` for what is open"),
                );
                None
            }
        },
    };
    match UnitExpression::parse(&blank_continuations(written)) {
        Ok(expression) => Some(Units { text: one_line(written), expression, range, at }),
        Err(problem) => {
            let span = Span::new(file, at.start + problem.at.start, at.start + problem.at.end);
            found.push(
                Diagnostic::error(
                    code::UNITS,
                    format!("the unit `{}` cannot be read: {}", one_line(written), problem.what),
                )
                .at(span)
                .hint("units are joined by `*` and `/`, as in `GBP/(people*Year)`; a number without a unit is `Dmnl`"),
            );
            None
        }
    }
}

/// `[0,?,0.5]`.
fn numbers(range: &str) -> Option<Vec<Option<f64>>> {
    let inner = range.trim().strip_prefix('[')?.strip_suffix(']')?;
    let parts: Option<Vec<Option<f64>>> = inner
        .split(',')
        .map(|part| match part.trim() {
            "?" => Some(None),
            number => number.parse::<f64>().ok().filter(|number| number.is_finite()).map(Some),
        })
        .collect();
    parts.filter(|parts| parts.len() <= 3)
}

/// A comment without the white space around its lines; a backslash at a line's end joins it with the next.
pub(super) fn comment(text: &str, field: Option<TextRange>) -> String {
    let Some(field) = field else {
        return String::new();
    };
    let mut comment = String::new();
    let mut joined = true;
    for line in slice(text, field).lines() {
        let line = line.trim();
        let (kept, continued) = match line.strip_suffix('\\') {
            Some(kept) => (kept.trim_end_matches(|c: char| c == '\\' || c.is_whitespace()), true),
            None => (line, false),
        };
        match (joined, comment.is_empty() || comment.ends_with('\n') || kept.is_empty()) {
            (false, _) => comment.push('\n'),
            (true, false) => comment.push(' '),
            (true, true) => {}
        }
        comment.push_str(kept);
        joined = continued;
    }
    comment.trim().to_owned()
}

/// Whether the flags say `:SUPPLEMENTARY` (which may be shortened to `:SUP`).
pub(super) fn is_supplementary(text: &str, field: Option<TextRange>) -> bool {
    field.is_some_and(|field| slice(text, field).split(':').any(|flag| flag.trim().to_lowercase().starts_with("sup")))
}

/// The heading of a group, `**** .Name **** ~ comment |`.
pub(super) fn heading(file: &Arc<str>, text: &str, entry: &Entry, found: &mut Diagnostics) -> Option<Group> {
    let stars = trimmed(text, entry.equation);
    let after = slice(text, stars).trim_start_matches(['*', ' ', '\t', '\r', '\n', '.']);
    let start = stars.end - after.len();
    let written = after.split('*').next().unwrap_or("");
    let at = trimmed(text, TextRange { start, end: start + written.len() });
    let name = one_line(written).trim_start_matches(['\\', ' ', '.']).trim_end_matches(['\\', ' ']).to_owned();
    if name.is_empty() {
        found.push(
            Diagnostic::error(code::HEADING, "a group's heading has no name")
                .at(Span::new(file, stars.start, stars.start + 4))
                .hint("write `.Name` on a line between the two rows of stars"),
        );
        return None;
    }
    // One field after the stars is the comment; with two, Vensim's own files leave the first empty.
    let comment_field = entry.comment.filter(|field| !slice(text, *field).trim().is_empty()).or(entry.units);
    Some(Group { name, comment: comment(text, comment_field), at })
}

/// The stretch without the white space at both ends.
pub(super) fn trimmed(text: &str, at: TextRange) -> TextRange {
    let field = slice(text, at);
    let start = at.start + (field.len() - field.trim_start().len());
    TextRange { start, end: (start + field.trim().len()).max(start) }
}

/// With each `{comment}` made spaces, so that positions stay where they are.
fn blank_comments(field: &str) -> Cow<'_, str> {
    let mut blank: Cow<'_, str> = Cow::Borrowed(field);
    let mut from = 0;
    while let Some(start) = field.get(from..).and_then(|rest| rest.find('{')).map(|offset| from + offset) {
        let Some(end) = brace_end(field, start) else { break };
        blank.to_mut().replace_range(start..end, &" ".repeat(end - start));
        from = end;
    }
    blank
}

/// With each continued line's backslash made a space, so that positions stay where they are.
fn blank_continuations(text: &str) -> String {
    text.replace("\\\n", " \n").replace("\\\r\n", " \r\n")
}

fn one_line(text: &str) -> String {
    blank_continuations(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

//! A comma-separated table read again, by the columns that it was written with.
//!
//! What a column holds is known before it is read. Columns may stand in any order, and others beside them are passed over: a
//! person may have added some.

use std::ops::Range;

use engine::model::read_cell;

use super::{Batch, Cells, Column, Content, ROWS_OF_A_BATCH, Table};

/// Why a text is not the table that it is said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes of the text.
    pub range: Range<usize>,
}

/// Reads a table with these columns.
///
/// # Errors
/// A column is not there or there twice, rows differ in length, or a cell is not of its column's content.
pub fn read(file: &str, columns: Vec<Column>, text: &str) -> Result<Table<'static>, Wrong> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let head = reader.headers().map_err(|problem| unreadable(&problem, text))?.clone();
    let stands = |column: &Column| position(&head, column, text);
    let positions = columns.iter().map(stands).collect::<Result<Vec<usize>, Wrong>>()?;
    let (mut batches, mut batch) = (Vec::new(), Batch::of(columns.iter()));
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    while reader.read_record(&mut record).map_err(|problem| unreadable(&problem, text))? {
        row += 1;
        for ((column, at), cells) in columns.iter().zip(&positions).zip(batch.next_row()) {
            let cell = record.get(*at).unwrap_or_default();
            put(cells, column, cell).map_err(|what| {
                let beginning: String = cell.chars().take(40).collect();
                let message = format!("`{beginning}` in row {row}, column `{}` {what}", column.name);
                let start = record.position().map_or(0, |position| position.byte() as usize);
                Wrong { message, range: range_of(text, start, *at) }
            })?;
        }
        if batch.rows() == ROWS_OF_A_BATCH {
            batches.push(std::mem::replace(&mut batch, Batch::of(columns.iter())));
        }
    }
    if batch.rows() > 0 {
        batches.push(batch);
    }
    Ok(Table::of_batches(file, columns, batches))
}

/// Where a column stands.
fn position(head: &csv::StringRecord, column: &Column, text: &str) -> Result<usize, Wrong> {
    let mut found = head.iter().enumerate().filter(|(_, name)| read_cell(name) == column.name).map(|(at, _)| at);
    let range = 0..text.lines().next().map_or(0, str::len);
    match (found.next(), found.next()) {
        (None, _) => Err(Wrong { message: format!("it has no column `{}`", column.name), range }),
        (Some(_), Some(_)) => Err(Wrong { message: format!("it has two columns `{}`", column.name), range }),
        (Some(at), None) => Ok(at),
    }
}

/// Takes a cell, or says what it is instead.
fn put(cells: &mut Cells, column: &Column, cell: &str) -> Result<(), String> {
    let known = Some(cell).filter(|cell| !cell.is_empty());
    match cells {
        Cells::Words(words) => {
            let word = read_cell(cell);
            if !column.only.is_empty() && !column.only.contains(&word) {
                return Err(format!("is none of {}", column.only.join(", ")));
            }
            words.push(word);
        }
        Cells::Whole(cells) => {
            let whole = known.map(|cell| cell.parse().map_err(|_| "is no whole number")).transpose()?;
            cells.push(whole);
        }
        Cells::Numbers(cells) => {
            let number = known.map(|cell| cell.parse::<f64>().map_err(|_| "is no number")).transpose()?;
            if number.is_some_and(|number| !number.is_finite()) {
                return Err("cannot be computed with".to_owned());
            }
            cells.push(number.unwrap_or(f64::NAN));
        }
        Cells::Truth(cells) => {
            let Content::Truth(spelling) = column.content else { return Ok(()) };
            let truth = |cell: &str| {
                let said = [true, false].into_iter().find(|truth| spelling.of(*truth) == cell);
                said.ok_or_else(|| format!("is neither {} nor {}", spelling.of(true), spelling.of(false)))
            };
            cells.push(known.map(truth).transpose()?);
        }
    }
    Ok(())
}

/// What is wrong with the rows as such.
fn unreadable(problem: &csv::Error, text: &str) -> Wrong {
    match problem.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let (row, start) = pos.as_ref().map_or((0, 0), |pos| (pos.record(), pos.byte() as usize));
            let message = format!("row {row} has {len} cells, and the first line has {expected_len}");
            let start = begins(text, start);
            let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
            Wrong { message, range: start..start + text[start..end].trim_end_matches('\r').len() }
        }
        _ => Wrong { message: problem.to_string(), range: 0..0 },
    }
}

/// Where a row begins whose line before may not have been read to its very end.
fn begins(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    start.min(text.len()) + (rest.len() - rest.trim_start_matches(['\r', '\n']).len())
}

/// Where a cell stands in a row that begins about here, its quotes among it.
fn range_of(text: &str, start: usize, column: usize) -> Range<usize> {
    let first = begins(text, start);
    let (mut at, mut begin, mut quoted) = (0, first, false);
    for (offset, byte) in text.bytes().enumerate().skip(first) {
        quoted ^= byte == b'"';
        if !quoted && matches!(byte, b',' | b'\r' | b'\n') {
            if at == column || byte != b',' {
                return begin..offset;
            }
            (at, begin) = (at + 1, offset + 1);
        }
    }
    begin..text.len()
}

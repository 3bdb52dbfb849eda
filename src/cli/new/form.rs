//! A place's workbook read back: every cell that is not as it must be is told at once, by sheet and cell.

use std::path::Path;

use calamine::Data;

use crate::evidence::Grade;
use crate::explain::command as code;
use crate::report::workbook::template::{FIGURES, FormFigure, HOLDS, LIKE_AT, NAME_AT, READ_ME, ROWS};
use engine::diagnostic::{Diagnostic, Diagnostics, Sources, nearest};

use super::super::{Failure, files};
use super::one_line;
use super::sheets::{Cells, Sheets};

/// A workbook that was opened: whose it is, and its figures as cells.
#[derive(Debug)]
pub struct Form {
    /// The name of the place.
    pub name: String,
    /// The place whose figures it began with.
    pub like: String,
    file: String,
    cells: Cells,
}

/// More cells beyond all tables than these are not told one by one.
const MOST_STRAYS: usize = 10;

/// A figure as it was filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// Its numbers, row by row.
    pub values: Vec<f64>,
    /// How far they can be trusted.
    pub grade: Grade,
    /// Keys of the register of sources.
    pub sources: Vec<String>,
    /// How they came about.
    pub note: String,
    /// Whether somebody says that it holds here.
    pub holds: bool,
}

/// A workbook that cannot be made.
pub fn unwritable(file: &str, problem: &str) -> Diagnostic {
    Diagnostic::error(code::NOT_A_FORM, format!("`{file}` cannot be made: {problem}"))
}

impl Form {
    /// Opens a workbook that `wellspring new workbook` has made.
    ///
    /// # Errors
    /// The file cannot be read, or is no such workbook.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        Self::of_bytes(&path.display().to_string(), &files::bytes(path, files::LONGEST)?)
    }

    /// The workbook in these bytes, which people know by the name of its file.
    ///
    /// # Errors
    /// It is no such workbook, or beyond a limit.
    pub fn of_bytes(file: &str, bytes: &[u8]) -> Result<Self, Failure> {
        let other = |what: String| {
            Diagnostic::error(code::NOT_A_FORM, format!("`{file}` is no workbook of a place: {what}"))
                .hint("`wellspring new workbook \"My town\"` makes one to be filled in")
        };
        let mut sheets = Sheets::open(bytes).map_err(other)?;
        let first = sheets.cells(READ_ME).map_err(other)?;
        let cells = sheets.cells(FIGURES).map_err(other)?;
        let word = |(row, column)| one_line(&first.get(row, column).map(ToString::to_string).unwrap_or_default());
        let (name, like) = (word(NAME_AT), word(LIKE_AT));
        if like.is_empty() {
            let cell = cell(LIKE_AT.0, LIKE_AT.1);
            return Err(other(format!("sheet `{READ_ME}`, cell {cell} does not name the place it began with")).into());
        }
        Ok(Self { name, like, file: file.to_owned(), cells })
    }

    /// The figures that are wanted, as they were filled in.
    ///
    /// # Errors
    /// Every cell that is not as it must be.
    pub fn read(&self, wanted: &[FormFigure]) -> Result<Vec<Filled>, Failure> {
        let mut found = Diagnostics::new();
        let tops = self.tops(wanted, &mut found);
        let mut filled = Vec::new();
        for figure in wanted {
            let Some((_, top)) = tops.iter().find(|(label, _)| *label == figure.label) else {
                let message = format!("{}: sheet `{FIGURES}` has no table of `{}`", self.file, figure.label);
                let hint = "begin a new workbook, and copy the yellow cells into it".to_owned();
                found.push(Diagnostic::error(code::FORM_NAME, message).hint(hint));
                continue;
            };
            filled.extend(self.figure(*top, figure, &mut found));
        }
        self.strays(wanted, &tops, &mut found);
        if found.has_errors() { Err(Failure::inputs(found, Sources::new())) } else { Ok(filled) }
    }

    /// Cells beyond all tables: what stands there was meant for somewhere else.
    fn strays(&self, wanted: &[FormFigure], tops: &[(String, u32)], found: &mut Diagnostics) {
        let figure = |label: &str| wanted.iter().find(|figure| figure.label == label);
        let ends =
            tops.iter().filter_map(|(label, top)| Some(top + ROWS.len() as u32 + figure(label)?.rows.len() as u32));
        let Some(last) = ends.max() else { return };
        let widest = wanted.iter().map(|figure| figure.columns.len()).max().unwrap_or(0).max(ROWS.len()) as u32;
        for (row, column) in self.cells.beyond(last, widest).take(MOST_STRAYS) {
            let what = format!("`{}` stands where no table is", self.text(row, column));
            found.push(self.wrong(code::FORM_NAME, row, column, &what, "clear the cell, or move it to its table"));
        }
    }

    /// The first row of each table, by its label; tables of what nobody asked for are told.
    fn tops(&self, wanted: &[FormFigure], found: &mut Diagnostics) -> Vec<(String, u32)> {
        let mut tops: Vec<(String, u32)> = Vec::new();
        for row in self.cells.rows(0) {
            if self.text(row, 0) != ROWS[0] {
                continue;
            }
            let label = self.text(row, 1);
            if !wanted.iter().any(|figure| figure.label == label) {
                let near = nearest(&label, wanted.iter().map(|figure| figure.label.as_str()));
                let hint = near
                    .map_or("leave the white cells as they are".to_owned(), |near| format!("did you mean `{near}`?"));
                found.push(self.wrong(code::FORM_NAME, row, 1, &format!("no place gives `{label}`"), &hint));
            } else if tops.iter().any(|(known, _)| *known == label) {
                let what = format!("`{label}` has a table already");
                found.push(self.wrong(code::FORM_NAME, row, 1, &what, "keep one of the two"));
            } else {
                tops.push((label, row));
            }
        }
        tops
    }

    /// What is told of a number of a figure: by its sheet and cell, and as an error or a warning as it came.
    pub fn located(&self, figure: &FormFigure, at: usize, wrong: &Diagnostic) -> Diagnostic {
        let top = self.tops(std::slice::from_ref(figure), &mut Diagnostics::new());
        let top = top.first().map_or(0, |(_, top)| *top);
        let wide = figure.columns.len().max(1);
        let (row, column) = (top + ROWS.len() as u32 + (at / wide) as u32, 1 + (at % wide) as u32);
        let message = format!("{}: sheet `{FIGURES}`, cell {}: {}", self.file, cell(row, column), wrong.message);
        Diagnostic { message, span: None, ..wrong.clone() }
    }

    fn figure(&self, top: u32, figure: &FormFigure, found: &mut Diagnostics) -> Option<Filled> {
        for (index, name) in ROWS.iter().enumerate() {
            self.same(top + index as u32, 0, name, code::FORM_NAME, found);
        }
        self.same(top + 2, 1, &figure.unit, code::FORM_UNIT, found);
        let heads = top + ROWS.len() as u32 - 1;
        for (column, head) in figure.columns.iter().enumerate() {
            self.same(heads, 1 + column as u32, head, code::FORM_NAME, found);
        }
        let never_below = figure.values.iter().all(|value| *value >= 0.0);
        let mut values = Vec::new();
        for (index, name) in figure.rows.iter().enumerate() {
            let row = heads + 1 + index as u32;
            self.same(row, 0, name, code::FORM_NAME, found);
            for column in 0..figure.columns.len() as u32 {
                values.extend(self.number(row, 1 + column, figure, never_below, found));
            }
        }
        let grade = self.word(top + 3, &[("A", Grade::A), ("B", Grade::B), ("C", Grade::C)], found);
        let holds = self.word(top + 6, &[(HOLDS[0], true), (HOLDS[1], false)], found);
        let sources: Vec<String> =
            self.text(top + 4, 1).split(',').map(|key| key.trim().to_owned()).filter(|key| !key.is_empty()).collect();
        if sources.is_empty() {
            let hint = "name a key of the register of sources, or `wellspring-judgement`";
            found.push(self.wrong(code::FORM_NUMBER, top + 4, 1, "no source is named", hint));
        }
        let whole = values.len() == figure.values.len();
        let note = self.text(top + 5, 1);
        (whole && !sources.is_empty()).then_some(Filled { values, grade: grade?, sources, note, holds: holds? })
    }

    fn number(
        &self,
        row: u32,
        column: u32,
        figure: &FormFigure,
        never_below: bool,
        found: &mut Diagnostics,
    ) -> Option<f64> {
        let value = match self.cells.get(row, column) {
            Some(Data::Float(value)) => Some(*value),
            Some(Data::Int(value)) => Some(*value as f64),
            _ => None,
        };
        let label = &figure.label;
        let Some(value) = value.filter(|value| value.is_finite()) else {
            let written = self.text(row, column);
            let what = if written.is_empty() {
                format!("a number of `{label}` is missing")
            } else {
                format!("`{written}` is no number, and `{label}` wants one")
            };
            found.push(self.wrong(code::FORM_NUMBER, row, column, &what, "write digits alone: 1234.5"));
            return None;
        };
        if value < 0.0 && never_below {
            let what = format!("{value} is below zero, where `{label}` cannot be");
            found.push(self.wrong(code::FORM_NEGATIVE, row, column, &what, &format!("it is in {}", figure.unit)));
            return None;
        }
        Some(value)
    }

    /// One of a few words in the second column.
    fn word<T: Copy>(&self, row: u32, words: &[(&str, T)], found: &mut Diagnostics) -> Option<T> {
        let written = self.text(row, 1);
        let known = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(&written)).map(|(_, meant)| *meant);
        if known.is_none() {
            let offered: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            let what = format!("`{written}` is none of the words that are offered");
            found.push(self.wrong(code::FORM_NAME, row, 1, &what, &format!("write {}", offered.join(" or "))));
        }
        known
    }

    /// A white cell that must be as it was.
    fn same(&self, row: u32, column: u32, expected: &str, code: engine::diagnostic::Code, found: &mut Diagnostics) {
        let written = self.text(row, column);
        if written != one_line(expected) {
            let what = format!("`{written}` stands where `{}` belongs", one_line(expected));
            let hint = if code == code::FORM_UNIT {
                "bring the numbers to the unit that was there, and write it again"
            } else {
                "leave the white cells as they are, and move no row or column"
            };
            found.push(self.wrong(code, row, column, &what, hint));
        }
    }

    fn text(&self, row: u32, column: u32) -> String {
        one_line(&self.cells.get(row, column).map(ToString::to_string).unwrap_or_default())
    }

    fn wrong(&self, code: engine::diagnostic::Code, row: u32, column: u32, what: &str, hint: &str) -> Diagnostic {
        let message = format!("{}: sheet `{FIGURES}`, cell {}: {what}", self.file, cell(row, column));
        Diagnostic::error(code, message).hint(hint)
    }
}

/// A cell as spreadsheets name it.
fn cell(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = char::from(b'A' + ((rest - 1) % 26) as u8);
        letters.insert(0, letter);
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_named_as_spreadsheets_do() {
        assert_eq!((cell(0, 0), cell(9, 25), cell(0, 26)), ("A1".to_owned(), "Z10".to_owned(), "AA1".to_owned()));
    }
}

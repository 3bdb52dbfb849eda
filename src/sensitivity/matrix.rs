//! A table of numbers, one row per run, as it is written in a file.

use std::fmt::Write;
use std::sync::Arc;

use crate::explain::sensitivity as code;
use engine::diagnostic::{Diagnostic, Diagnostics, Span};
use engine::model::{cell, read_cell};

use super::output::counted;

/// Cells that are no numbers are told one by one up to so many.
const MOST_LISTED: usize = 5;

/// A table of finite numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// The file that it stands in.
    pub file: Arc<str>,
    /// The names in its header, if it has one.
    pub names: Option<Vec<String>>,
    /// The numbers, column by column.
    pub columns: Vec<Vec<f64>>,
    /// Where each row begins and ends, in bytes of the text.
    lines: Vec<(usize, usize)>,
}

impl Matrix {
    /// A table that stands in no file: its name, the names of its columns, and their numbers, all finite and equally many.
    pub fn of(name: &str, names: Vec<String>, columns: Vec<Vec<f64>>) -> Matrix {
        let rows = columns.first().map_or(0, Vec::len);
        Matrix { file: Arc::from(name), names: Some(names), columns, lines: vec![(0, 0); rows] }
    }

    /// Reads a table. Cells are divided by commas, semicolons, tabs or spaces, whichever the rows have; a first row
    /// with a word in it is a header; lines that are empty or begin with `#` are left out.
    ///
    /// # Errors
    /// There are no rows, rows differ in length, or a cell is no finite number.
    pub fn read(file: &Arc<str>, text: &str) -> Result<Matrix, Diagnostics> {
        let mut found = Diagnostics::new();
        let mut lines = lines(text).peekable();
        // By the second row: the first may be a header, whose words hold spaces.
        let row = self::lines(text).nth(1).or_else(|| self::lines(text).next());
        let divider = Divider::of(row.map_or("", |(_, line)| line));
        let whole = Span::new(file, 0, 0);
        let names = match lines.peek() {
            Some((_, first)) if is_header(first, divider) => {
                let (_, header) = lines.next().unwrap_or_default();
                Some(divider.cells(header).iter().map(|(_, cell)| read_cell(cell).to_owned()).collect::<Vec<String>>())
            }
            _ => None,
        };
        let mut matrix = Matrix { file: Arc::clone(file), names, columns: Vec::new(), lines: Vec::new() };
        let mut unlisted = 0;
        let mut width = matrix.names.as_ref().map(Vec::len);
        for (start, line) in lines {
            let row = matrix.lines.len();
            let cells = divider.cells(line);
            let expected = *width.get_or_insert(cells.len());
            matrix.columns.resize_with(expected, Vec::new);
            matrix.lines.push((start, start + line.len()));
            if cells.len() != expected {
                let message =
                    format!("row {} has {}, and the first has {expected}", row + 1, counted(cells.len(), "cell"));
                found.push(
                    Diagnostic::error(code::ROWS_DIFFER, message)
                        .at(matrix.line(row))
                        .hint("cells are divided as in the first row, and numbers have a decimal point"),
                );
                break;
            }
            for (column, (at, cell)) in cells.iter().enumerate() {
                let number = cell.parse::<f64>().ok().filter(|number| number.is_finite());
                if number.is_none() && unlisted == 0 && found.iter().count() < MOST_LISTED {
                    let name = matrix.names.as_ref().and_then(|names| names.get(column));
                    let called = name.map_or_else(|| (column + 1).to_string(), |name| format!("`{name}`"));
                    let at = Span::new(file, start + at, start + at + cell.len());
                    found.push(not_a_number(cell, row, &called, at));
                } else if number.is_none() {
                    unlisted += 1;
                }
                matrix.columns[column].push(number.unwrap_or(0.0));
            }
        }
        if unlisted > 0 {
            let message = format!("`{file}` has {unlisted} more cells that hold no number");
            found.push(Diagnostic::error(code::NOT_A_NUMBER, message).at(whole.clone()));
        }
        if matrix.lines.is_empty() {
            let message = format!("`{file}` holds no row of numbers");
            found.push(Diagnostic::error(code::ROWS_DIFFER, message).at(whole));
        }
        matrix.refuse_one_name_twice(&mut found);
        if found.has_errors() { Err(found) } else { Ok(matrix) }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// Where a row stands.
    pub fn line(&self, row: usize) -> Span {
        let (start, end) = self.lines.get(row).copied().unwrap_or_default();
        Span::new(&self.file, start, end)
    }

    /// The file as a whole.
    pub fn whole(&self) -> Span {
        Span::new(&self.file, 0, 0)
    }

    /// The name of a column; without a header, its number.
    pub fn called(&self, column: usize) -> String {
        match self.names.as_ref().and_then(|names| names.get(column)) {
            Some(name) => name.clone(),
            None => format!("y{}", column + 1),
        }
    }

    fn refuse_one_name_twice(&self, found: &mut Diagnostics) {
        let names = self.names.as_deref().unwrap_or_default();
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                let message = format!("`{}` has two columns called `{name}`", self.file);
                found.push(
                    Diagnostic::error(code::WRITTEN_TWICE, message)
                        .at(self.whole())
                        .hint("give one of them another name"),
                );
            }
        }
    }
}

/// A table with a header as text: cells divided by commas, numbers in the shortest form that reads back the same.
pub fn write<'a>(names: &[&str], rows: impl IntoIterator<Item = &'a [f64]>) -> String {
    let quoted = |name: &&str| {
        let name = cell(name);
        if name.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", name.replace('"', "\"\""))
        } else {
            name.into_owned()
        }
    };
    let mut text = names.iter().map(quoted).collect::<Vec<String>>().join(",");
    text.push('\n');
    for row in rows {
        for (index, number) in row.iter().enumerate() {
            // Writing into a String does not fail.
            let _ = write!(text, "{}{number}", if index == 0 { "" } else { "," });
        }
        text.push('\n');
    }
    text
}

fn not_a_number(cell: &str, row: usize, column: &str, at: Span) -> Diagnostic {
    let beginning: String = cell.chars().take(40).collect();
    let row = row + 1;
    let message = match (cell.is_empty(), cell.parse::<f64>().is_ok()) {
        (true, _) => format!("there is no number in row {row}, column {column}"),
        (_, true) => format!("`{beginning}` in row {row}, column {column} cannot be computed with"),
        _ => format!("`{beginning}` in row {row}, column {column} is no number"),
    };
    Diagnostic::error(code::NOT_A_NUMBER, message).at(at).hint("run that row again: every row needs finite numbers")
}

/// The lines that count, each with the byte where it begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split('\n').filter_map(move |line| {
        let start = at;
        at += line.len() + 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        let counts = !line.trim().is_empty() && !line.trim_start().starts_with('#');
        counts.then_some((start, line))
    })
}

fn is_header(line: &str, divider: Divider) -> bool {
    divider.cells(line).iter().any(|(_, cell)| !cell.is_empty() && cell.parse::<f64>().is_err())
}

/// What stands between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Divider {
    /// One letter, and cells may be in quotes.
    Letter(u8),
    /// Spaces, as many as there are.
    Spaces,
}

impl Divider {
    /// As a row of numbers shows it. A comma comes last: beside another divider it stands for a decimal point.
    fn of(row: &str) -> Self {
        let letters = [b';', b'\t', b','];
        match letters.into_iter().find(|letter| row.as_bytes().contains(letter)) {
            Some(letter) => Divider::Letter(letter),
            None if row.split_whitespace().nth(1).is_some() => Divider::Spaces,
            None => Divider::Letter(b','),
        }
    }

    /// The cells of a line without the spaces and quotes around them, each with the byte where it begins.
    fn cells(self, line: &str) -> Vec<(usize, String)> {
        let mut cells = Vec::new();
        let mut push = |start: usize, raw: &str| {
            let cell = raw.trim();
            let at = start + (raw.len() - raw.trim_start().len());
            let cell = match cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')) {
                Some(inner) => inner.replace("\"\"", "\""),
                None => cell.to_owned(),
            };
            cells.push((at, cell));
        };
        match self {
            Divider::Spaces => {
                let begin = line.as_ptr() as usize;
                line.split_whitespace().for_each(|word| push(word.as_ptr() as usize - begin, word));
            }
            Divider::Letter(letter) => {
                let (mut start, mut quoted) = (0, false);
                for (at, byte) in line.bytes().enumerate() {
                    quoted ^= byte == b'"';
                    if byte == letter && !quoted {
                        push(start, &line[start..at]);
                        start = at + 1;
                    }
                }
                push(start, &line[start..]);
            }
        }
        cells
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Matrix, write};
    use engine::diagnostic::Diagnostics;

    fn read(text: &str) -> Result<Matrix, Diagnostics> {
        Matrix::read(&"X.csv".into(), text)
    }

    #[test]
    fn tables_of_many_hands_are_read() {
        let columns = vec![vec![1.0, -3e-7], vec![2.5, 4.0]];
        for text in [
            "1,2.5\n-3e-7,4\n",
            "# made elsewhere\r\n1;2.5\r\n\r\n-3e-7;4\r\n",
            "1\t2.5\n-3e-7\t4",
            "  1.000e+00   2.5\n -3E-7   4 \n",
        ] {
            let matrix = read(text).unwrap();
            assert_eq!((&matrix.columns, &matrix.names, matrix.rows()), (&columns, &None, 2), "{text:?}");
        }
        let matrix = read("\"wage, growth\", \"a \"\"b\"\"\"\n1, 2.5\n-3e-7, 4\n").unwrap();
        assert_eq!(matrix.names.as_deref().unwrap(), ["wage, growth", "a \"b\""]);
        assert_eq!(matrix.columns, columns);
        assert_eq!(read("Net cash\n1\n").unwrap().called(0), "Net cash");
        assert_eq!(read("1\n2\n").unwrap().called(0), "y1");
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let rows: [&[f64]; 2] = [&[0.1 + 0.2, 1e-300], &[-1.0 / 3.0, 12_345_678.9]];
        let matrix = read(&write(&["a", "b, c"], rows)).unwrap();
        assert_eq!(matrix.names.as_deref().unwrap(), ["a", "b, c"]);
        assert_eq!(matrix.columns, [[rows[0][0], rows[1][0]], [rows[0][1], rows[1][1]]]);
    }

    #[test]
    fn all_cells_that_are_no_numbers_are_counted_and_the_first_told() {
        let found = read("y\n1\nnan\n2,3\n").unwrap_err();
        assert_eq!(found.iter().map(|one| one.code.0).collect::<Vec<_>>(), ["I013", "I012"]);
        let found = read(&format!("y\n{}", "inf\n".repeat(20))).unwrap_err();
        assert_eq!(found.iter().count(), 6);
        assert!(found.iter().last().unwrap().message.contains("15 more"));
        assert_eq!(read("x,y\n1,2\n3\n").unwrap_err().iter().next().unwrap().code.0, "I012");
        assert_eq!(read("x,y\n").unwrap_err().iter().next().unwrap().code.0, "I012");
        assert_eq!(read("x,x\n1,2\n").unwrap_err().iter().next().unwrap().code.0, "I007");
    }
}

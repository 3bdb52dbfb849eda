//! A table as comma-separated values, as it goes into files and to the terminal.
//!
//! Numbers are the shortest decimals that read back as the same numbers; an empty cell is what is not known. What a spreadsheet
//! would take for a formula gets an apostrophe before it.

use std::fmt::Write as _;
use std::io::{self, Write};

use engine::model::cell;

use super::{Batch, Cells, Column, Content, Spelling, Table};

/// A table under way.
pub struct CsvWriter<W: Write> {
    writer: csv::Writer<W>,
    spellings: Vec<Spelling>,
    written: String,
}

impl<W: Write> CsvWriter<W> {
    /// Begins a table with its head.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn begin(columns: &[Column], to: W) -> io::Result<Self> {
        let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(to);
        writer.write_record(columns.iter().map(|column| cell(&column.name).into_owned()))?;
        let spelling = |column: &Column| match column.content {
            Content::Truth(spelling) => spelling,
            _ => Spelling::YesNo,
        };
        Ok(Self { writer, spellings: columns.iter().map(spelling).collect(), written: String::new() })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn put(&mut self, batch: &Batch) -> io::Result<()> {
        // A word is looked at once, however many rows have it.
        let labels: Vec<Vec<_>> = batch
            .cells()
            .iter()
            .map(|cells| match cells {
                Cells::Words(words) => words.labels().iter().map(|label| cell(label)).collect(),
                _ => Vec::new(),
            })
            .collect();
        for row in 0..batch.rows() {
            for (column, cells) in batch.cells().iter().enumerate() {
                self.written.clear();
                let field = match cells {
                    Cells::Words(words) => &labels[column][words.codes()[row] as usize],
                    Cells::Whole(cells) => spelt(&mut self.written, cells[row]),
                    Cells::Numbers(cells) => spelt(&mut self.written, Some(cells[row]).filter(|value| !value.is_nan())),
                    Cells::Truth(cells) => cells[row].map_or("", |truth| self.spellings[column].of(truth)),
                };
                self.writer.write_field(field)?;
            }
            self.writer.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }

    /// Ends the table; what it was written to.
    ///
    /// # Errors
    /// The last rows cannot be written.
    pub fn end(self) -> io::Result<W> {
        self.writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

fn spelt(written: &mut String, value: Option<impl std::fmt::Display>) -> &str {
    if let Some(value) = value {
        // Writing into a String does not fail.
        let _ = write!(written, "{value}");
    }
    written
}

/// The shortest decimal that reads back as the same number, in the middle of words; nothing for what is no number.
pub fn decimal(value: f64) -> String {
    if value.is_finite() { (value + 0.0).to_string() } else { String::new() }
}

/// A table in memory, of those that are short.
pub(super) fn text(table: &Table<'_>) -> String {
    let whole = || -> io::Result<Vec<u8>> {
        let mut writer = CsvWriter::begin(table.columns(), Vec::new())?;
        table.batches().try_for_each(|batch| writer.put(&batch))?;
        writer.end()
    };
    let bytes = whole().expect("a table in memory is always written");
    String::from_utf8(bytes).expect("fields of text make a table of text")
}

//! Tables before anything is written: named columns of words, whole numbers, numbers, and yes or no.
//!
//! A table is what its columns say of its rows ([`Columns`]), so that what a column holds is known where it is named, and nowhere
//! guessed. Rows are made as they are written, a [`Batch`] at a time: a table is as long as it likes and is never whole in
//! memory. Every form reads the same batches: comma-separated ([`csv`]), JSON ([`json`]), Parquet, and the sheets of a workbook.

mod batch;
mod column;
mod columns;
pub mod csv;
mod json;
#[cfg(feature = "parquet")]
pub mod parquet;
mod read;
#[cfg(test)]
mod tests;

use std::borrow::Borrow;

pub use batch::{Batch, Cells, ROWS_OF_A_BATCH, Words};
pub use column::{Column, Content, Spelling};
pub use columns::{Columns, Count};
pub use csv::decimal;
pub use json::Objects;
pub use read::{Wrong, read};

/// A table as a file to be written.
pub struct Table<'f> {
    /// Its name in the folder of results.
    pub file: String,
    columns: Vec<Column>,
    source: Box<dyn Source + 'f>,
}

impl<'f> Table<'f> {
    /// The table of these rows.
    pub fn new<R: 'f>(file: impl Into<String>, columns: Columns<'f, R>, rows: Vec<R>) -> Self {
        let named = columns.named();
        Self { file: file.into(), columns: named, source: Box::new(AtHand { columns, rows }) }
    }

    /// The table of rows that are made when they are written, and anew for every form in which they are.
    pub fn each<R: 'f, I: Iterator<Item = R> + 'f>(
        file: impl Into<String>,
        columns: Columns<'f, R>,
        rows: impl Fn() -> I + 'f,
    ) -> Self {
        let named = columns.named();
        Self { file: file.into(), columns: named, source: Box::new(Made { columns, rows }) }
    }

    /// What was read, or is to be written as it is.
    fn of_batches(file: &str, columns: Vec<Column>, batches: Vec<Batch>) -> Self {
        Self { file: file.to_owned(), columns, source: Box::new(batches) }
    }

    /// Names of the columns, and what they hold.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The rows, so many at a time.
    pub fn batches(&self) -> impl Iterator<Item = Batch> + '_ {
        self.source.batches()
    }

    /// The whole of it as comma-separated values, lines ended by a line feed.
    pub fn csv(&self) -> String {
        csv::text(self)
    }

    /// Its rows as objects, each value under the name of its column, for programs.
    pub fn objects(&self) -> Objects<'_> {
        Objects(self)
    }
}

/// Where the rows of a table come from, whatever they are before they are cells.
trait Source {
    fn batches(&self) -> Box<dyn Iterator<Item = Batch> + '_>;
}

struct AtHand<'f, R> {
    columns: Columns<'f, R>,
    rows: Vec<R>,
}

impl<R> Source for AtHand<'_, R> {
    fn batches(&self) -> Box<dyn Iterator<Item = Batch> + '_> {
        Box::new(filled(&self.columns, self.rows.iter()))
    }
}

struct Made<'f, R, F> {
    columns: Columns<'f, R>,
    rows: F,
}

impl<'f, R, I: Iterator<Item = R> + 'f, F: Fn() -> I> Source for Made<'f, R, F> {
    fn batches(&self) -> Box<dyn Iterator<Item = Batch> + '_> {
        Box::new(filled(&self.columns, (self.rows)()))
    }
}

impl Source for Vec<Batch> {
    fn batches(&self) -> Box<dyn Iterator<Item = Batch> + '_> {
        Box::new(self.iter().cloned())
    }
}

/// Batches of rows, the last one shorter.
fn filled<'c, R>(
    columns: &'c Columns<'_, R>,
    mut rows: impl Iterator<Item = impl Borrow<R>> + 'c,
) -> impl Iterator<Item = Batch> + 'c {
    std::iter::from_fn(move || {
        let mut batch = columns.empty();
        for row in rows.by_ref().take(ROWS_OF_A_BATCH) {
            columns.put(row.borrow(), &mut batch);
        }
        (batch.rows() > 0).then_some(batch)
    })
}

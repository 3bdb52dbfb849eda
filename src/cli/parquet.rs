//! `--parquet`: tables as Parquet beside the comma-separated ones, in a program that was built for it.

use std::io::Write;

use crate::explain::command as code;
use crate::table::{Batch, Column};
use engine::diagnostic::Diagnostic;

#[cfg(feature = "parquet")]
use crate::table::parquet::ParquetWriter;

/// A table under way as Parquet.
#[cfg(feature = "parquet")]
pub struct Parquet<W: Write + Send> {
    name: String,
    writer: ParquetWriter<W>,
}

#[cfg(feature = "parquet")]
impl<W: Write + Send> Parquet<W> {
    /// Begins the twin of a comma-separated table, by its name.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn begin(name: &str, columns: &[Column], to: W) -> Result<Self, Diagnostic> {
        let writer = ParquetWriter::begin(columns, to).map_err(|problem| not_written(name, &problem))?;
        Ok(Self { name: name.to_owned(), writer })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn put(&mut self, batch: &Batch) -> Result<(), Diagnostic> {
        self.writer.put(batch).map_err(|problem| not_written(&self.name, &problem))
    }

    /// Ends it; what it was written to.
    ///
    /// # Errors
    /// Its end cannot be written.
    pub fn end(self) -> Result<W, Diagnostic> {
        self.writer.end().map_err(|problem| not_written(&self.name, &problem))
    }
}

#[cfg(feature = "parquet")]
fn not_written(name: &str, problem: &parquet::errors::ParquetError) -> Diagnostic {
    use std::error::Error;
    // A disk that is full is told as such.
    let below = problem.source().and_then(|source| source.downcast_ref::<std::io::Error>());
    if let Some(below) = below {
        return super::not_written::problem(name, below);
    }
    Diagnostic::error(code::NOT_WRITABLE, format!("`{name}` could not be written as Parquet: {problem}"))
        .hint("without --parquet it is written as it is")
}

/// There is none in a program that was not built for Parquet, which has refused before.
#[cfg(not(feature = "parquet"))]
pub struct Parquet<W: Write + Send>(W);

#[cfg(not(feature = "parquet"))]
impl<W: Write + Send> Parquet<W> {
    /// Nothing is begun.
    ///
    /// # Errors
    /// Always: there is no Parquet.
    pub fn begin(_name: &str, _columns: &[Column], _to: W) -> Result<Self, Diagnostic> {
        Err(none())
    }

    /// Nothing is added.
    ///
    /// # Errors
    /// Always: there is no Parquet.
    pub fn put(&mut self, _batch: &Batch) -> Result<(), Diagnostic> {
        Err(none())
    }

    /// What it would have been written to.
    ///
    /// # Errors
    /// None.
    pub fn end(self) -> Result<W, Diagnostic> {
        Ok(self.0)
    }
}

/// What is wrong with asking for Parquet, if anything is.
pub fn impossible(asked: bool) -> Option<Diagnostic> {
    (asked && !cfg!(feature = "parquet")).then(none)
}

fn none() -> Diagnostic {
    Diagnostic::error(code::NO_PARQUET, "this wellspring was built without Parquet").hint(
        "build it with `cargo install --path . --features parquet`; the comma-separated tables have the same rows",
    )
}

//! `--parquet`: tables as Parquet beside the comma-separated ones, in a program that was built for it.

use crate::explain::command as code;
use engine::diagnostic::Diagnostic;

/// Whether tables are written as Parquet too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parquet {
    /// They are not.
    No,
    /// They are.
    Beside {
        /// Columns of numbers beside those that every table has, such as what is swept.
        numbers: Vec<String>,
    },
}

impl Parquet {
    /// As it was asked for, with these columns of numbers.
    pub fn asked(asked: bool, numbers: Vec<String>) -> Self {
        if asked { Self::Beside { numbers } } else { Self::No }
    }

    /// Name and content of what goes beside a file, if it is a table.
    ///
    /// # Errors
    /// The table cannot be written so.
    #[cfg(feature = "parquet")]
    pub fn beside(&self, name: &str, bytes: &[u8]) -> Result<Option<(String, Vec<u8>)>, Diagnostic> {
        let Self::Beside { numbers } = self else { return Ok(None) };
        let Some((stem, text)) = name.strip_suffix(".csv").zip(std::str::from_utf8(bytes).ok()) else {
            return Ok(None);
        };
        match crate::report::parquet::parquet(name, text, numbers) {
            Ok(bytes) => Ok(Some((format!("{stem}.parquet"), bytes))),
            Err(problem) => {
                let message = format!("`{name}` could not be written as Parquet: {problem}");
                Err(Diagnostic::error(code::NOT_WRITABLE, message).hint("without --parquet it is written as it is"))
            }
        }
    }

    /// Nothing: a program that was not built for Parquet has refused before.
    ///
    /// # Errors
    /// None.
    #[cfg(not(feature = "parquet"))]
    pub fn beside(&self, _name: &str, _bytes: &[u8]) -> Result<Option<(String, Vec<u8>)>, Diagnostic> {
        Ok(None)
    }
}

/// What is wrong with asking for Parquet, if anything is.
pub fn impossible(asked: bool) -> Option<Diagnostic> {
    (asked && !cfg!(feature = "parquet")).then(|| {
        Diagnostic::error(code::NO_PARQUET, "this wellspring was built without Parquet").hint(
            "build it with `cargo install --path . --features parquet`; the comma-separated tables have the same rows",
        )
    })
}

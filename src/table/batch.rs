//! Some rows of a table, column by column: words as a dictionary and codes, numbers as numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::column::{Column, Content};

/// So many rows are in memory at once; of Parquet they are a group.
pub const ROWS_OF_A_BATCH: usize = 131_072;

/// Some rows of a table. Columns are in the order of the table's, and equally long.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    rows: usize,
    cells: Vec<Cells>,
}

/// The cells of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Names and other words; an empty word where there is none.
    Words(Words),
    /// Whole numbers, where there are any.
    Whole(Vec<Option<i64>>),
    /// Numbers; `NaN` where there is none.
    Numbers(Vec<f64>),
    /// Yes or no, where it is known.
    Truth(Vec<Option<bool>>),
}

/// Words, each different one kept once.
#[derive(Debug, Clone, Default)]
pub struct Words {
    codes: Vec<u32>,
    labels: Vec<Arc<str>>,
    known: BTreeMap<Arc<str>, u32>,
}

impl Batch {
    /// A batch without rows.
    pub(super) fn of<'c>(columns: impl Iterator<Item = &'c Column>) -> Self {
        Self { rows: 0, cells: columns.map(|column| Cells::of(column.content)).collect() }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The cells, column by column.
    pub fn cells(&self) -> &[Cells] {
        &self.cells
    }

    /// The cells that a row is put into, one a column.
    pub(super) fn next_row(&mut self) -> &mut [Cells] {
        self.rows += 1;
        &mut self.cells
    }
}

impl Cells {
    fn of(content: Content) -> Self {
        match content {
            Content::Words => Self::Words(Words::default()),
            Content::Whole => Self::Whole(Vec::new()),
            Content::Number => Self::Numbers(Vec::new()),
            Content::Truth(_) => Self::Truth(Vec::new()),
        }
    }

    /// The word in a row; nothing in a column of something else.
    pub fn word(&self, row: usize) -> &str {
        match self {
            Self::Words(words) => words.at(row),
            _ => "",
        }
    }

    /// The number in a row; `NaN` if there is none.
    pub fn number(&self, row: usize) -> f64 {
        match self {
            Self::Numbers(numbers) => numbers[row],
            _ => f64::NAN,
        }
    }
}

impl Words {
    pub(super) fn push(&mut self, word: &str) {
        // Rows that follow each other mostly have the same words.
        let last = self.codes.last().copied().filter(|code| *self.labels[*code as usize] == *word);
        let code = last.or_else(|| self.known.get(word).copied()).unwrap_or_else(|| {
            let (label, code) = (Arc::<str>::from(word), self.labels.len() as u32);
            self.labels.push(Arc::clone(&label));
            self.known.insert(label, code);
            code
        });
        self.codes.push(code);
    }

    /// The word in a row.
    pub fn at(&self, row: usize) -> &str {
        &self.labels[self.codes[row] as usize]
    }

    /// For each row the place of its word among the labels.
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The different words, in the order in which they come up.
    pub fn labels(&self) -> &[Arc<str>] {
        &self.labels
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.codes == other.codes && self.labels == other.labels
    }
}

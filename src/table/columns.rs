//! The columns of a table with what each says of a row, and so how rows become cells.

use super::batch::{Batch, Cells};
use super::column::{Column, Content, Spelling};

/// What can be counted with, or may not be known.
pub trait Count {
    /// As it stands in a column.
    fn whole(self) -> Option<i64>;
}

impl Count for i64 {
    fn whole(self) -> Option<i64> {
        Some(self)
    }
}

impl Count for u32 {
    fn whole(self) -> Option<i64> {
        Some(i64::from(self))
    }
}

impl Count for u64 {
    fn whole(self) -> Option<i64> {
        Some(i64::try_from(self).expect("nothing is counted beyond nine quintillions"))
    }
}

impl Count for usize {
    fn whole(self) -> Option<i64> {
        (self as u64).whole()
    }
}

impl<C: Count> Count for Option<C> {
    fn whole(self) -> Option<i64> {
        self.and_then(Count::whole)
    }
}

/// The columns of a table whose rows are `R`: each with its name and with what it says of a row.
pub struct Columns<'f, R> {
    columns: Vec<(Column, Says<'f, R>)>,
}

/// A word of a row; it may borrow from it.
type WordOf<'f, R> = Box<dyn for<'r> Fn(&'r R) -> &'r str + 'f>;

/// What else a column says of a row.
type Of<'f, R, T> = Box<dyn Fn(&R) -> T + 'f>;

enum Says<'f, R> {
    Same(String),
    Word(WordOf<'f, R>),
    Whole(Of<'f, R, Option<i64>>),
    Number(Of<'f, R, f64>),
    Truth(Of<'f, R, Option<bool>>),
}

impl<R> Default for Columns<'_, R> {
    fn default() -> Self {
        Self { columns: Vec::new() }
    }
}

impl<'f, R: 'f> Columns<'f, R> {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A column of words.
    pub fn words(self, name: impl Into<String>, of: impl for<'r> Fn(&'r R) -> &'r str + 'f) -> Self {
        self.with(name, Content::Words, Says::Word(Box::new(of)))
    }

    /// A column with the same word in every row.
    pub fn same(self, name: impl Into<String>, word: impl Into<String>) -> Self {
        self.with(name, Content::Words, Says::Same(word.into()))
    }

    /// A column of whole numbers.
    pub fn whole<C: Count>(self, name: impl Into<String>, of: impl Fn(&R) -> C + 'f) -> Self {
        self.with(name, Content::Whole, Says::Whole(Box::new(move |row| of(row).whole())))
    }

    /// A column of numbers. What is not finite is no number, and zero has no sign.
    pub fn number<N: Into<Option<f64>>>(self, name: impl Into<String>, of: impl Fn(&R) -> N + 'f) -> Self {
        let known = |value: f64| if value.is_finite() { value + 0.0 } else { f64::NAN };
        let of = move |row: &R| of(row).into().map_or(f64::NAN, known);
        self.with(name, Content::Number, Says::Number(Box::new(of)))
    }

    /// A column of numbers as they were computed, with the sign of zero.
    pub fn exact(self, name: impl Into<String>, of: impl Fn(&R) -> f64 + 'f) -> Self {
        self.with(name, Content::Number, Says::Number(Box::new(of)))
    }

    /// A column of yes or no, where it is known.
    pub fn truth<T: Into<Option<bool>>>(
        self,
        name: impl Into<String>,
        spelling: Spelling,
        of: impl Fn(&R) -> T + 'f,
    ) -> Self {
        self.with(name, Content::Truth(spelling), Says::Truth(Box::new(move |row| of(row).into())))
    }

    fn with(mut self, name: impl Into<String>, content: Content, says: Says<'f, R>) -> Self {
        self.columns.push((Column { name: name.into(), content, only: Vec::new() }, says));
        self
    }
}

impl<R> Columns<'_, R> {
    /// Their names, and what they hold.
    pub fn named(&self) -> Vec<Column> {
        self.columns.iter().map(|(column, _)| column.clone()).collect()
    }

    pub(super) fn empty(&self) -> Batch {
        Batch::of(self.columns.iter().map(|(column, _)| column))
    }

    pub(super) fn put(&self, row: &R, batch: &mut Batch) {
        for ((_, says), cells) in self.columns.iter().zip(batch.next_row()) {
            match (says, cells) {
                (Says::Same(word), Cells::Words(words)) => words.push(word),
                (Says::Word(of), Cells::Words(words)) => words.push(of(row)),
                (Says::Whole(of), Cells::Whole(cells)) => cells.push(of(row)),
                (Says::Number(of), Cells::Numbers(cells)) => cells.push(of(row)),
                (Says::Truth(of), Cells::Truth(cells)) => cells.push(of(row)),
                _ => unreachable!("cells are made for their column"),
            }
        }
    }
}

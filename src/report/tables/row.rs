//! A row of a result table: what its number is of, and the number.

use std::borrow::Cow;

use crate::appraisal::statistic::Estimate;

use crate::table::{Batch, Columns};

/// What a number of a result table is of, in the words of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key<'f> {
    /// The id of the place.
    pub place: &'f str,
    /// The id of the strategy.
    pub strategy: &'f str,
    /// What it is measured against.
    pub comparator: &'f str,
    /// What is measured.
    pub outcome: &'f str,
    /// Of which programme, service, quintile or perspective.
    pub group: &'f str,
    /// Who pays or gains.
    pub payer: &'f str,
    /// The plan year's label.
    pub year: Cow<'f, str>,
    /// In what it is measured.
    pub unit: &'f str,
    /// In the money of which year.
    pub price_base: Cow<'f, str>,
}

/// A number, and what it is of all draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evaluated<'f> {
    /// Which statistic.
    pub statistic: &'f str,
    /// The number with its Monte Carlo error.
    pub estimate: Estimate,
}

/// A row of a result table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'f> {
    /// What it is of.
    pub key: Key<'f>,
    /// The number.
    pub evaluated: Evaluated<'f>,
}

/// A row that says what its number is of.
pub trait Keyed {
    /// What it is of.
    fn key(&self) -> &Key<'_>;
}

/// A row with a number.
pub trait Evaluates {
    /// The number.
    fn evaluated(&self) -> &Evaluated<'_>;
}

impl Keyed for Row<'_> {
    fn key(&self) -> &Key<'_> {
        &self.key
    }
}

impl Evaluates for Row<'_> {
    fn evaluated(&self) -> &Evaluated<'_> {
        &self.evaluated
    }
}

/// With the columns that say what a number is of.
pub fn key_columns<'f, R: Keyed + 'f>(columns: Columns<'f, R>) -> Columns<'f, R> {
    columns
        .words("place", |row| row.key().place)
        .words("strategy", |row| row.key().strategy)
        .words("comparator", |row| row.key().comparator)
        .words("outcome", |row| row.key().outcome)
        .words("group", |row| row.key().group)
        .words("payer", |row| row.key().payer)
        .words("year", |row| &row.key().year)
        .words("unit", |row| row.key().unit)
        .words("price_base", |row| &row.key().price_base)
}

/// With the columns of a number.
pub fn statistic_columns<'f, R: Evaluates + 'f>(columns: Columns<'f, R>) -> Columns<'f, R> {
    columns
        .words("statistic", |row| row.evaluated().statistic)
        .number("value", |row| row.evaluated().estimate.value)
        .number("mc_error", |row| row.evaluated().estimate.error)
}

/// The columns of every result table.
pub fn columns<'f>() -> Columns<'f, Row<'f>> {
    statistic_columns(key_columns(Columns::new()))
}

/// The rows of a result table that was read by [`columns`].
pub fn rows_of(batch: &Batch) -> impl Iterator<Item = Row<'_>> {
    let cells = batch.cells();
    (0..batch.rows()).map(move |row| {
        let [place, strategy, comparator, outcome, group, payer, year, unit, price_base, statistic] =
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(|column: usize| cells[column].word(row));
        let key = Key {
            place,
            strategy,
            comparator,
            outcome,
            group,
            payer,
            year: Cow::Borrowed(year),
            unit,
            price_base: Cow::Borrowed(price_base),
        };
        let estimate = Estimate { value: cells[10].number(row), error: cells[11].number(row) };
        Row { key, evaluated: Evaluated { statistic, estimate } }
    })
}

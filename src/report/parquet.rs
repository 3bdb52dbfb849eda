//! A table as Apache Parquet: the rows of the comma-separated one, with numbers as numbers and names in a dictionary.
//!
//! Parquet is the columnar format of the Apache project (parquet.apache.org); pandas, R's arrow, DuckDB and others read it.
//! Nothing says when or where a file was written: the same table is the same bytes.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, Type};

/// Rows are put away in groups of so many, so that a long table does not fill the memory twice.
const ROWS_OF_A_GROUP: usize = 131_072;

/// Columns of numbers, in any table.
const NUMBERS: &[&str] =
    &["value", "mc_error", "mean", "median", "p05", "p25", "p75", "p95", "probability", "base", "at_low", "at_high"];
/// Columns of whole numbers.
const WHOLE: &[&str] = &["draw"];
/// Tables of numbers alone.
const MATRICES: &[&str] = &["inputs.csv", "outputs.csv"];
/// Tables of indices, in which the ends of an interval are numbers too; elsewhere `low` and `high` are words.
const INDICES: &[&str] = &["indices.csv", "screening.csv"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words: UTF-8 with a dictionary. An empty cell is an empty word.
    Name,
    /// Whole numbers: INT64. An empty cell is no value (null).
    Whole,
    /// Numbers: DOUBLE. An empty cell is no value (null).
    Number,
}

/// Why a table is not to be had as Parquet.
#[derive(Debug)]
pub enum ParquetProblem {
    /// A cell of a column of numbers that is none.
    Cell {
        /// The name of the column.
        column: String,
        /// What stands there.
        cell: String,
    },
    /// The comma-separated table cannot be read.
    Table(csv::Error),
    /// The library refused.
    Refused(ParquetError),
}

impl fmt::Display for ParquetProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cell { column, cell } => write!(f, "`{cell}` in the column `{column}` is no number"),
            Self::Table(problem) => problem.fmt(f),
            Self::Refused(problem) => problem.fmt(f),
        }
    }
}

impl std::error::Error for ParquetProblem {}

impl From<csv::Error> for ParquetProblem {
    fn from(problem: csv::Error) -> Self {
        Self::Table(problem)
    }
}

impl From<ParquetError> for ParquetProblem {
    fn from(problem: ParquetError) -> Self {
        Self::Refused(problem)
    }
}

/// What a column of a table holds; `numbers` names columns of numbers beside those that every table has, such as what is
/// swept.
pub fn kind(file: &str, column: &str, numbers: &[String]) -> Kind {
    let ends = INDICES.contains(&file) && ["low", "high"].contains(&column);
    match column {
        _ if MATRICES.contains(&file) => Kind::Number,
        column if WHOLE.contains(&column) => Kind::Whole,
        column if ends || NUMBERS.contains(&column) || numbers.iter().any(|one| one == column) => Kind::Number,
        _ => Kind::Name,
    }
}

/// The bytes of a Parquet file with the rows of a comma-separated table, under the same names.
///
/// # Errors
/// A cell of a column of numbers is neither empty nor a number, or the text is no table.
pub fn parquet(file: &str, csv: &str, numbers: &[String]) -> Result<Vec<u8>, ParquetProblem> {
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
    let names: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let mut columns: Vec<Column> =
        names.iter().map(|name| Column { name: name.clone(), held: Held::of(kind(file, name, numbers)) }).collect();
    let fields = columns.iter().map(Column::field).collect::<Result<Vec<_>, _>>()?;
    let schema = Arc::new(Type::group_type_builder("schema").with_fields(fields).build()?);
    // The library writes its own name and version into the file, and no time.
    let mut properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_dictionary_enabled(false);
    for column in columns.iter().filter(|column| matches!(column.held, Held::Names { .. })) {
        properties = properties.set_column_dictionary_enabled(ColumnPath::new(vec![column.name.clone()]), true);
    }
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build()))?;
    let mut rows = 0;
    for record in reader.records() {
        for (column, cell) in columns.iter_mut().zip(record?.iter()) {
            column.take(cell)?;
        }
        rows += 1;
        if rows == ROWS_OF_A_GROUP {
            put(&mut columns, writer.next_row_group()?)?;
            rows = 0;
        }
    }
    if rows > 0 {
        put(&mut columns, writer.next_row_group()?)?;
    }
    Ok(writer.into_inner()?)
}

/// A column, with the rows of the group under way.
struct Column {
    name: String,
    held: Held,
}

/// The values of a column; of numbers, where there is one (level 1) and where there is none (level 0).
enum Held {
    Names { values: Vec<ByteArray>, known: BTreeMap<String, ByteArray> },
    Whole { values: Vec<i64>, levels: Vec<i16> },
    Numbers { values: Vec<f64>, levels: Vec<i16> },
}

impl Held {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Name => Self::Names { values: Vec::new(), known: BTreeMap::new() },
            Kind::Whole => Self::Whole { values: Vec::new(), levels: Vec::new() },
            Kind::Number => Self::Numbers { values: Vec::new(), levels: Vec::new() },
        }
    }
}

impl Column {
    fn field(&self) -> Result<Arc<Type>, ParquetError> {
        let (physical, repetition, logical) = match self.held {
            Held::Names { .. } => (Physical::BYTE_ARRAY, Repetition::REQUIRED, Some(LogicalType::String)),
            Held::Whole { .. } => (Physical::INT64, Repetition::OPTIONAL, None),
            Held::Numbers { .. } => (Physical::DOUBLE, Repetition::OPTIONAL, None),
        };
        let builder = Type::primitive_type_builder(&self.name, physical);
        builder.with_repetition(repetition).with_logical_type(logical).build().map(Arc::new)
    }

    fn take(&mut self, cell: &str) -> Result<(), ParquetProblem> {
        let wrong = |name: &str| ParquetProblem::Cell { column: name.to_owned(), cell: cell.to_owned() };
        match &mut self.held {
            Held::Names { values, known } => {
                let word = known.get(cell).cloned().unwrap_or_else(|| {
                    let word = ByteArray::from(cell);
                    known.insert(cell.to_owned(), word.clone());
                    word
                });
                values.push(word);
            }
            Held::Whole { values, levels } => {
                levels.push(i16::from(!cell.is_empty()));
                if !cell.is_empty() {
                    values.push(cell.parse().map_err(|_| wrong(&self.name))?);
                }
            }
            Held::Numbers { values, levels } => {
                levels.push(i16::from(!cell.is_empty()));
                if !cell.is_empty() {
                    values.push(cell.parse().map_err(|_| wrong(&self.name))?);
                }
            }
        }
        Ok(())
    }
}

/// Writes the rows held as a group, and lets go of them.
fn put(columns: &mut [Column], mut group: SerializedRowGroupWriter<'_, Vec<u8>>) -> Result<(), ParquetError> {
    for column in columns {
        let mut writer = group.next_column()?.expect("the schema has a field for each column");
        match &mut column.held {
            Held::Names { values, .. } => {
                writer.typed::<ByteArrayType>().write_batch(values, None, None)?;
                values.clear();
            }
            Held::Whole { values, levels } => {
                writer.typed::<Int64Type>().write_batch(values, Some(levels), None)?;
                values.clear();
                levels.clear();
            }
            Held::Numbers { values, levels } => {
                writer.typed::<DoubleType>().write_batch(values, Some(levels), None)?;
                values.clear();
                levels.clear();
            }
        }
        writer.close()?;
    }
    group.close()?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Kind, ParquetProblem, ROWS_OF_A_GROUP, kind, parquet};

    #[test]
    fn columns_are_numbers_where_every_row_of_every_run_is_one() {
        let numbers = ["Distancing".to_owned()];
        assert_eq!(kind("draws.csv", "draw", &numbers), Kind::Whole);
        assert_eq!(kind("sweep.csv", "Distancing", &numbers), Kind::Number);
        assert_eq!(kind("sweep.csv", "Start", &numbers), Kind::Name);
        assert_eq!(kind("indices.csv", "low", &[]), Kind::Number);
        assert_eq!(kind("tornado-peak.csv", "low", &[]), Kind::Name);
        assert_eq!(kind("inputs.csv", "Contact rate", &[]), Kind::Number);
    }

    #[test]
    fn a_word_among_numbers_is_an_error() {
        let problem = parquet("t.csv", "outcome,value\npeak,1.5\npeak,many\n", &[]).unwrap_err();
        let ParquetProblem::Cell { column, cell } = &problem else { panic!("{problem}") };
        assert_eq!((column.as_str(), cell.as_str()), ("value", "many"));
    }

    #[test]
    fn a_table_without_rows_and_one_of_many_groups_are_written() {
        assert!(parquet("t.csv", "outcome,value\n", &[]).unwrap().starts_with(b"PAR1"));
        let rows: String = (0..=ROWS_OF_A_GROUP).map(|row| format!("peak,{row}\n")).collect();
        let long = format!("outcome,value\n{rows}");
        let once = parquet("t.csv", &long, &[]).unwrap();
        assert!(once.ends_with(b"PAR1") && once == parquet("t.csv", &long, &[]).unwrap());
    }
}

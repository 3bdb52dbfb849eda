//! A table as Apache Parquet: numbers as numbers, names in a dictionary, yes and no as such.
//!
//! Parquet is the columnar format of the Apache project (parquet.apache.org); pandas, R's arrow, DuckDB and others read it.
//! Nothing says when or where a file was written: the same table is the same bytes. A batch of rows is a group of rows.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{ColumnPath, Type};

use super::{Batch, Cells, Column, Content};

/// A table under way.
pub struct ParquetWriter<W: Write + Send> {
    writer: SerializedFileWriter<W>,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// It cannot be written, or two columns have one name.
    pub fn begin(columns: &[Column], to: W) -> Result<Self, ParquetError> {
        let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
        let schema = Arc::new(Type::group_type_builder("schema").with_fields(fields).build()?);
        // The library writes its own name and version into the file, and no time.
        let mut properties =
            WriterProperties::builder().set_compression(Compression::SNAPPY).set_dictionary_enabled(false);
        for column in columns.iter().filter(|column| column.content == Content::Words) {
            properties = properties.set_column_dictionary_enabled(ColumnPath::new(vec![column.name.clone()]), true);
        }
        Ok(Self { writer: SerializedFileWriter::new(to, schema, Arc::new(properties.build()))? })
    }

    /// Adds rows, as a group.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn put(&mut self, batch: &Batch) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for cells in batch.cells() {
            let mut column = group.next_column()?.expect("the schema has a field for each column");
            match cells {
                Cells::Words(words) => {
                    let labels: Vec<ByteArray> = words.labels().iter().map(|label| ByteArray::from(&**label)).collect();
                    let values: Vec<ByteArray> =
                        words.codes().iter().map(|code| labels[*code as usize].clone()).collect();
                    column.typed::<ByteArrayType>().write_batch(&values, None, None)?;
                }
                Cells::Whole(cells) => known::<Int64Type>(&mut column, cells.iter().copied())?,
                Cells::Numbers(cells) => {
                    let number = |value: &f64| Some(*value).filter(|value| !value.is_nan());
                    known::<DoubleType>(&mut column, cells.iter().map(number))?;
                }
                Cells::Truth(cells) => known::<BoolType>(&mut column, cells.iter().copied())?,
            }
            column.close()?;
        }
        group.close()?;
        Ok(())
    }

    /// Ends the table; what it was written to.
    ///
    /// # Errors
    /// Its end cannot be written.
    pub fn end(self) -> Result<W, ParquetError> {
        self.writer.into_inner()
    }
}

fn field(column: &Column) -> Result<Arc<Type>, ParquetError> {
    let (physical, repetition, logical) = match column.content {
        Content::Words => (Physical::BYTE_ARRAY, Repetition::REQUIRED, Some(LogicalType::String)),
        Content::Whole => (Physical::INT64, Repetition::OPTIONAL, None),
        Content::Number => (Physical::DOUBLE, Repetition::OPTIONAL, None),
        Content::Truth(_) => (Physical::BOOLEAN, Repetition::OPTIONAL, None),
    };
    let builder = Type::primitive_type_builder(&column.name, physical);
    builder.with_repetition(repetition).with_logical_type(logical).build().map(Arc::new)
}

/// Writes the values that are known, and where they are: level 1 is a value, level 0 none.
fn known<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    column.typed::<T>().write_batch(&values, Some(&levels), None)?;
    Ok(())
}

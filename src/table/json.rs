//! A table as JSON: a list of objects, what is not known as `null`.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Batch, Cells, Column, Table};

/// The rows of a table as objects.
pub struct Objects<'t>(pub(super) &'t Table<'t>);

impl Serialize for Objects<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(None)?;
        for batch in self.0.batches() {
            for row in 0..batch.rows() {
                rows.serialize_element(&Object { columns: self.0.columns(), batch: &batch, row })?;
            }
        }
        rows.end()
    }
}

struct Object<'b> {
    columns: &'b [Column],
    batch: &'b Batch,
    row: usize,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, cells) in self.columns.iter().zip(self.batch.cells()) {
            let name = column.name.as_str();
            match cells {
                Cells::Words(words) => object.serialize_entry(name, words.at(self.row))?,
                Cells::Whole(cells) => object.serialize_entry(name, &cells[self.row])?,
                // JSON has no word for what is no number, and serde writes null.
                Cells::Numbers(cells) => object.serialize_entry(name, &cells[self.row])?,
                Cells::Truth(cells) => object.serialize_entry(name, &cells[self.row])?,
            }
        }
        object.end()
    }
}

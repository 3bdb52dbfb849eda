//! Lookup tables as they are written, their points put in order.

use crate::diagnostic::catalogue::structure as code;
use crate::model::Lookup;

use super::LookupTable;
use super::notes::Notes;

/// A table with its points in the order of their x; those of one x stay in the order of the file.
pub(super) fn table_of(lookup: &Lookup, name: &str, notes: &mut Notes<'_>) -> LookupTable {
    if lookup.points.is_empty() {
        let hint = "write points from left to right, (x,y),(x,y)".to_owned();
        notes.error(code::LOOKUP_USE, lookup.at, format!("{name} has no point"), vec![hint]);
    }
    let mut points = lookup.points.clone();
    points.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let (x, y) = points.into_iter().unzip();
    LookupTable { x, y }
}

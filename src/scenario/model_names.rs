//! Names of the model's variables, constants and ranges, as files write them.

use crate::evidence::document::{Fields, Located, Reading};
use engine::model::Name;

/// The name under a key, if it is there.
pub(super) fn variable(reading: &mut Reading, fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Located<Name>> {
    fields.text(reading, key).map(name)
}

/// The name under a key that must be there.
pub(super) fn needed_variable(
    reading: &mut Reading,
    fields: &mut Fields<'_, '_>,
    key: &'static str,
) -> Option<Located<Name>> {
    fields.needed_text(reading, key, &format!("{key} = \"its name in the model\"")).map(name)
}

/// A text as a name, where it stands.
pub(super) fn name(written: Located<String>) -> Located<Name> {
    Located { value: Name::new(&written.value), span: written.span }
}

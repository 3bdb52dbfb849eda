//! What a sensitivity analysis of a scenario asks: outcomes, and which uncertainties move together.

use std::sync::Arc;

use crate::evidence::document::{Fields, Located, Reading, text, wrong_kind};
use engine::diagnostic::{Diagnostics, Span};

use super::CODES;

/// `[sensitivity]` of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct SensitivityAsked {
    /// Where it stands.
    pub span: Span,
    /// What is measured, as written; none for those that suit the scenario.
    pub outcomes: Vec<Located<String>>,
    /// Whether outcomes of a plan year are told for every year.
    pub over_time: bool,
    /// Groups of uncertainties by name, each with patterns of names; an uncertainty belongs to the first that fits.
    pub groups: Vec<InputGroup>,
}

/// Uncertainties that a sample moves together.
#[derive(Debug, Clone, PartialEq)]
pub struct InputGroup {
    /// What the group is called.
    pub name: Located<String>,
    /// Names of random numbers or of constants, `*` standing for any letters.
    pub patterns: Vec<Located<String>>,
}

impl InputGroup {
    /// Reads a file of groups: `schema` and `[groups]`, in which each name has a list of patterns.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(file: &Arc<str>, content: &str) -> Result<(Vec<Self>, Diagnostics), Diagnostics> {
        let mut reading = Reading::new(file, &CODES);
        let groups = read_file(&mut reading, content);
        let found = reading.finish();
        match groups {
            Some(groups) => found.into_result(groups),
            None => Err(found),
        }
    }
}

impl SensitivityAsked {
    pub(super) fn read(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Self {
        let span = fields.at().clone();
        let outcomes = fields.texts(reading, "outcomes").unwrap_or_default();
        let over_time = fields.truth(reading, "over_time").is_some_and(|over_time| over_time.value);
        let groups = fields
            .table(reading, "groups", "the groups")
            .map(|groups| read_groups(reading, &groups))
            .unwrap_or_default();
        fields.finish(reading);
        Self { span, outcomes, over_time, groups }
    }
}

fn read_file(reading: &mut Reading, content: &str) -> Option<Vec<InputGroup>> {
    let root = reading.parse(content)?;
    let whole = reading.span(0..0);
    let mut fields = Fields::new(&root, whole, "the file of groups");
    fields.schema(reading);
    fields.need(reading, "groups", "[groups] with \"Unit costs\" = [\"Unit cost*\"]");
    let groups = fields.table(reading, "groups", "the groups").map(|groups| read_groups(reading, &groups));
    fields.finish(reading);
    groups
}

fn read_groups(reading: &mut Reading, fields: &Fields<'_, '_>) -> Vec<InputGroup> {
    let mut groups = Vec::new();
    for (key, value) in fields.entries() {
        let name = key.get_ref().as_ref().trim().to_owned();
        let Some(items) = value.get_ref().as_array() else {
            wrong_kind(reading, value, &format!("the group `{name}`"), "a list of names", value.get_ref());
            continue;
        };
        let patterns: Vec<Located<String>> =
            items.iter().filter_map(|item| text(reading, item, &format!("each of `{name}`"))).collect();
        groups.push(InputGroup { name: Located { value: name, span: reading.span(key.span()) }, patterns });
    }
    groups
}

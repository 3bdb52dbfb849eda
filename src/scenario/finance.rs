//! What a finance director sets, under names of their own: the deficit, growth of the allocation, what efficiency asks.
//!
//! The accounts say which constant of the model each name means; `[finance]` of a scenario sets them as levers of every run.

use crate::evidence::document::{Fields, Located, Reading, listed, text};
use crate::explain::scenario as code;
use crate::explain::study::UNKNOWN_CONSTANT;
use engine::diagnostic::{Diagnostic, Diagnostics, nearest};
use engine::model::{Label, Name};

use super::Scenario;
use super::model_names::name;

/// A name, and the constant that it means.
#[derive(Debug, Clone, PartialEq)]
pub struct FinanceInput {
    /// What a scenario writes, such as `deficit`.
    pub key: String,
    /// The constant of the model.
    pub constant: Located<Name>,
}

/// `[finance]` of the accounts.
pub(super) fn read(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Vec<FinanceInput> {
    let Some(table) = fields.table(reading, "finance", "`finance`") else { return Vec::new() };
    let read = |(key, value): (&toml::Spanned<toml::de::DeString<'_>>, &toml::Spanned<toml::de::DeValue<'_>>)| {
        let key = key.get_ref().as_ref().to_owned();
        let constant = text(reading, value, &format!("`{key}`")).map(name)?;
        Some(FinanceInput { key, constant })
    };
    table.entries().into_iter().filter_map(read).collect()
}

impl Scenario {
    /// Sets what `[finance]` says, each under the constant that the accounts give for it.
    ///
    /// A name that the accounts do not know, and a constant that `[levers]` sets as well, is an error in `found`.
    pub fn with_finance(&mut self, inputs: &[FinanceInput], found: &mut Diagnostics) {
        let finance = std::mem::take(&mut self.finance);
        for lever in finance.iter() {
            let written = lever.label.constant.spelling();
            let known = inputs.iter().find(|one| Name::new(&one.key) == lever.label.constant);
            let Some(known) = known.filter(|_| lever.label.elements.is_empty()) else {
                let keys: Vec<&str> = inputs.iter().map(|one| one.key.as_str()).collect();
                let message = format!("`{written}` is nothing that `[finance]` sets");
                let error = Diagnostic::error(UNKNOWN_CONSTANT, message).at(lever.span.clone());
                found.push(match nearest(written, keys.iter().copied()) {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None if keys.is_empty() => error.hint("the accounts of this model have no [finance]: use [levers]"),
                    None => error.hint(format!("the accounts know {}", listed(&keys))),
                });
                continue;
            };
            let label = Label { constant: known.constant.value.clone(), elements: Vec::new() };
            if self.levers.iter().any(|one| one.label.constant == label.constant) {
                let message = format!("`{}` sets `{}`, and so does `[levers]`", known.key, label.constant.spelling());
                found.push(
                    Diagnostic::error(code::WRITTEN_TWICE, message).at(lever.span.clone()).hint("keep one of the two"),
                );
                continue;
            }
            self.levers.add(super::Lever { label, ..lever.clone() });
        }
        self.finance = finance;
    }
}

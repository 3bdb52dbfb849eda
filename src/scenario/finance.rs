//! What a finance director sets, under names of their own: the deficit, growth of the allocation, what efficiency asks.
//!
//! The accounts say which constant of the model each name means; `[finance]` of a scenario sets them as levers of every run.

use crate::evidence::document::{Fields, Located, Reading, listed, text};
use crate::explain::scenario as code;
use crate::explain::study::UNKNOWN_CONSTANT;
use engine::diagnostic::{Diagnostic, Diagnostics, nearest};
use engine::model::{Label, Name};

use super::Scenario;

/// A name, and the constant that it means.
#[derive(Debug, Clone, PartialEq)]
pub struct FinanceInput {
    /// What a scenario writes, such as `deficit`.
    pub key: String,
    /// The constant of the model.
    pub constant: Located<Name>,
    /// Its elements, where one of several is meant.
    pub elements: Vec<Name>,
}

/// What prices rise by in a year: no constant of the model, which reckons in prices of the base year.
const INFLATION: &str = "inflation";
/// More than this in a year is a slip of the pen.
const MOST_INFLATION: f64 = 0.5;

/// `[finance]` of the accounts.
pub(super) fn read(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Vec<FinanceInput> {
    let Some(table) = fields.table(reading, "finance", "`finance`") else { return Vec::new() };
    let read = |(key, value): (&toml::Spanned<toml::de::DeString<'_>>, &toml::Spanned<toml::de::DeValue<'_>>)| {
        let key = key.get_ref().as_ref().to_owned();
        let written = text(reading, value, &format!("`{key}`"))?;
        // What is no label is told as a name that the model does not have.
        let label = Label::parse(&written.value)
            .unwrap_or_else(|_| Label { constant: Name::new(&written.value), elements: Vec::new() });
        let constant = Located { value: label.constant, span: written.span };
        Some(FinanceInput { key, constant, elements: label.elements })
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
            if lever.label.constant == Name::new(INFLATION) {
                if let Some(wrong) = no_inflation(lever) {
                    found.push(wrong);
                }
                continue;
            }
            let known = inputs.iter().find(|one| Name::new(&one.key) == lever.label.constant);
            let Some(known) = known.filter(|_| lever.label.elements.is_empty()) else {
                let mut keys: Vec<&str> = inputs.iter().map(|one| one.key.as_str()).collect();
                keys.push(INFLATION);
                let message = format!("`{written}` is nothing that `[finance]` sets");
                let error = Diagnostic::error(UNKNOWN_CONSTANT, message).at(lever.span.clone());
                found.push(match nearest(written, keys.iter().copied()) {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None if inputs.is_empty() => {
                        error.hint("the accounts of this model have no [finance] but `inflation`: use [levers]")
                    }
                    None => error.hint(format!("the accounts know {}", listed(&keys))),
                });
                continue;
            };
            let label = Label { constant: known.constant.value.clone(), elements: known.elements.clone() };
            if self.levers.iter().any(|one| one.label == label) {
                let message = format!("`{}` sets `{}`, and so does `[levers]`", known.key, label);
                found.push(
                    Diagnostic::error(code::WRITTEN_TWICE, message).at(lever.span.clone()).hint("keep one of the two"),
                );
                continue;
            }
            self.levers.add(super::Lever { label, ..lever.clone() });
        }
        self.finance = finance;
    }

    /// What prices rise by in each plan year, if `[finance]` says it.
    pub fn inflation(&self) -> Option<Vec<f64>> {
        let lever = self.finance.iter().find(|lever| lever.label.constant == Name::new(INFLATION))?;
        let years = lever.path.yearly(0.0, 1, self.horizon_years as usize);
        Some(years.into_iter().map(|(beginning, end)| f64::midpoint(beginning, end)).collect())
    }
}

/// What is wrong with rates of inflation.
fn no_inflation(lever: &super::Lever) -> Option<Diagnostic> {
    let wrong = lever.path.values().into_iter().find(|rate| !(-MOST_INFLATION..=MOST_INFLATION).contains(rate))?;
    let message = format!("`inflation` is {wrong} a year");
    Some(Diagnostic::error(code::OUT_OF_RANGE, message).at(lever.span.clone()).hint("0.02 is 2 % a year"))
}

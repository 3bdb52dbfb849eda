//! A budget as an organisation has it: lines of money by programme, class of spending and payer, which set the levers of a plan.
//!
//! Councils have begun to map what they spend on prevention by class, from primary to tertiary (CIPFA and the Health Foundation). The
//! lines of such a map become what each payer pays into the plan and how the money divides over programmes.

use std::collections::BTreeMap;

use crate::evidence::document::{Fields, Located, Reading};
use crate::evidence::{EvidenceKind, Library, References};
use crate::explain::scenario as code;
use crate::quantity::Pounds;
use engine::diagnostic::{Diagnostic, Diagnostics, Span};
use engine::model::{Label, Name};

use super::model_names::needed_variable;
use super::values::in_base_prices;
use super::{Lever, LeverPath, Scenario};

/// `[budget_lines]` of the accounts: which constants of the model a budget sets.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetConstants {
    /// How the money divides over programmes, by programme.
    pub share: Located<Name>,
    /// What a payer pays in, pounds a year, by payer.
    pub money: Located<Name>,
}

impl BudgetConstants {
    pub(super) fn read(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Option<Self> {
        let share = needed_variable(reading, &mut fields, "share");
        let money = needed_variable(reading, &mut fields, "money");
        fields.finish(reading);
        Some(Self { share: share?, money: money? })
    }
}

/// `[[budget_line]]` of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetLine {
    /// The programme that it pays for.
    pub programme: Located<String>,
    /// Whose money it is.
    pub payer: Located<String>,
    /// Its class, if the budget says one: it must be that of the card.
    pub class: Option<Located<String>>,
    /// Pounds a year, in prices of the base year.
    pub amount: Pounds,
}

impl BudgetLine {
    pub(super) fn read(reading: &mut Reading, mut fields: Fields<'_, '_>, references: &References) -> Option<Self> {
        let programme = fields.needed_text(reading, "programme", "programme = \"L02\", a card of this scenario");
        let payer = fields.needed_text(reading, "payer", "payer = \"Housing and public health\", a payer of the model");
        let class = fields.text(reading, "class");
        // What a line is called stands in the file for those who keep it.
        fields.name(reading, "name");
        let year = fields.text(reading, "price_year");
        fields.need(reading, "amount", "amount = 1200000, pounds a year");
        let amount = fields.number(reading, "amount");
        fields.finish(reading);
        let factor = match year {
            Some(year) => in_base_prices(reading, &year, references),
            None => Some(1.0),
        };
        let amount = amount?;
        if amount.value <= 0.0 {
            let message = format!("`amount` is {} pounds a year", amount.value);
            reading.error(code::OUT_OF_RANGE, amount.span, message).hint("write pounds a year, above zero");
        }
        Some(Self { programme: programme?, payer: payer?, class, amount: Pounds(amount.value * factor?) })
    }
}

impl Scenario {
    /// Sets what the lines of the budget come to: each programme's share of all money, and each payer's money.
    ///
    /// Lines of programmes that the scenario does not have, a class that is not the card's, accounts that do not say what a budget
    /// sets, and constants that `[levers]` sets as well are errors in `found`.
    pub fn with_budget(&mut self, constants: Option<&BudgetConstants>, library: &Library, found: &mut Diagnostics) {
        let Some(first) = self.budget.first() else { return };
        let Some(constants) = constants else {
            let message = "the accounts of this model do not say what a budget sets";
            let error = Diagnostic::error(code::NO_BUDGET, message).at(first.programme.span.clone());
            found.push(error.hint("write [budget_lines] with share and money in the accounts, or use [levers]"));
            return;
        };
        let mut by_programme: BTreeMap<Name, (f64, Span)> = BTreeMap::new();
        let mut by_payer: BTreeMap<Name, (f64, Span)> = BTreeMap::new();
        for line in &self.budget {
            if !self.programmes.iter().any(|one| Name::new(&one.value) == Name::new(&line.programme.value)) {
                let message = format!(
                    "a line of the budget pays for `{}`, which is no programme of this scenario",
                    line.programme.value
                );
                let known = self.programmes.iter().map(|one| one.value.as_str());
                let error = Diagnostic::error(code::UNKNOWN_PROGRAMME, message).at(line.programme.span.clone());
                found.push(error.did_you_mean(&line.programme.value, known).hint("name it in `programmes` too"));
            }
            if let Some(wrong) = wrong_class(line, library) {
                found.push(wrong);
            }
            let Pounds(amount) = line.amount;
            for (sums, of) in [(&mut by_programme, &line.programme), (&mut by_payer, &line.payer)] {
                sums.entry(Name::new(&of.value)).or_insert((0.0, of.span.clone())).0 += amount;
            }
        }
        let mut set = Vec::new();
        let all: f64 = by_payer.values().map(|(amount, _)| amount).sum();
        let shares = by_programme.into_iter().map(|(of, (amount, span))| (&constants.share, of, amount / all, span));
        let money = by_payer.into_iter().map(|(of, (amount, span))| (&constants.money, of, amount, span));
        for (constant, element, value, span) in shares.chain(money).collect::<Vec<_>>() {
            let label = Label { constant: constant.value.clone(), elements: vec![element] };
            let levers = std::iter::once(&self.levers).chain(self.strategies.iter().map(|one| &one.levers));
            if levers.flat_map(|levers| levers.iter()).any(|one| one.label.constant == label.constant) {
                let message = format!("the budget sets `{label}`, and so do levers");
                found.push(Diagnostic::error(code::WRITTEN_TWICE, message).at(span).hint("keep one of the two"));
                continue;
            }
            set.push(Lever { label, path: LeverPath::Number(value), span });
        }
        set.into_iter().for_each(|lever| self.levers.add(lever));
    }
}

fn wrong_class(line: &BudgetLine, library: &Library) -> Option<Diagnostic> {
    let class = line.class.as_ref()?;
    let EvidenceKind::Card(card) = &library.card(&line.programme.value)?.kind else { return None };
    let own = card.tier.as_deref()?;
    if own.eq_ignore_ascii_case(&class.value) {
        return None;
    }
    let message =
        format!("a line of the budget calls `{}` {}, and its card calls it {own}", line.programme.value, class.value);
    let error = Diagnostic::error(code::OTHER_CLASS, message).at(class.span.clone());
    Some(error.hint(format!("write class = \"{own}\", or leave it out")))
}

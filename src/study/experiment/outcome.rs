//! What an experiment measures, by name: `net-at-horizon:cash`, `demand-change:emergency-admissions@10`, `payback:cash@5`.
//!
//! ```text
//! outcome    = name [ ":" group ] [ "@" plan year ] [ "/" comparator ]
//! comparator = "twin" | "do-nothing" | "twin-against-do-nothing" | "none"
//! ```
//!
//! `name` and `group` are those of the result files; of a group only letters and digits count, so that `A&E attendances` may
//! be written `a-e-attendances`. What has a value in every plan year is that of the last one unless a year is named. Without a
//! comparator an outcome is the return, the strategy against its twin, if it has one; else the strategy's own level; else what
//! the financing does.

use serde::{Deserialize, Serialize};

use crate::appraisal::findings::Comparator;
use crate::quantity::Unit;

/// The name of an outcome, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeName {
    /// As it was written.
    pub written: String,
    /// The name in the result files.
    pub name: String,
    /// Of which service, perspective, group or payer; empty for all together.
    pub group: String,
    /// In which plan year, if one is named.
    pub year: Option<usize>,
    /// Against what, if it is said.
    pub comparator: Option<Comparator>,
}

/// An outcome that was found, as the result files tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeLabel {
    /// As it was asked for.
    pub written: String,
    /// What is measured.
    pub outcome: String,
    /// Against what.
    pub comparator: String,
    /// Of which service, perspective or group.
    pub group: String,
    /// Whose money.
    pub payer: String,
    /// The plan year, as its label; empty for the whole horizon.
    pub year: String,
    /// In what.
    pub unit: Unit,
    /// In which money.
    pub price_base: String,
    /// Whether it is 1 where something holds and 0 where not, so that its mean is a probability.
    pub holds: bool,
    /// What the accounts call it, where a demand is one thing and what happens of it another; else nothing.
    #[serde(default)]
    pub called: String,
    /// Of a demand the outcomes that say what becomes of it, as they are asked for.
    #[serde(default)]
    pub beside: Vec<String>,
}

impl OutcomeName {
    /// Takes a name apart; the error says what is wrong with it.
    ///
    /// # Errors
    /// The year is no number from 1, or there is no such comparator.
    pub fn parse(written: &str) -> Result<Self, String> {
        let mut rest = written.trim();
        let mut comparator = None;
        if let Some((before, word)) = rest.rsplit_once('/') {
            let all = [Comparator::Level, Comparator::Twin, Comparator::Financing, Comparator::DoNothing];
            comparator = all.into_iter().find(|one| one.name() == word.trim());
            if comparator.is_none() {
                let known: Vec<&str> = all.iter().map(|one| one.name()).collect();
                return Err(format!("`{}` is no comparator; there are {}", word.trim(), known.join(", ")));
            }
            rest = before;
        }
        let mut year = None;
        if let Some((before, digits)) = rest.rsplit_once('@') {
            year = digits.trim().parse::<usize>().ok().filter(|year| *year > 0);
            if year.is_none() {
                return Err(format!("`{}` is no plan year; the first is 1", digits.trim()));
            }
            rest = before;
        }
        let (name, group) = rest.split_once(':').unwrap_or((rest, ""));
        let (name, group) = (name.trim().to_owned(), group.trim().to_owned());
        Ok(Self { written: written.trim().to_owned(), name, group, year, comparator })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::OutcomeName;
    use crate::appraisal::findings::Comparator;

    #[test]
    fn a_name_is_taken_apart() {
        let name = OutcomeName::parse("demand:A&E attendances@10/do-nothing").unwrap();
        assert_eq!((name.name.as_str(), name.group.as_str()), ("demand", "A&E attendances"));
        assert_eq!((name.year, name.comparator), (Some(10), Some(Comparator::DoNothing)));
        let name = OutcomeName::parse(" net-present-value: social, QALY at 25000 GBP").unwrap();
        assert_eq!((name.group.as_str(), name.year), ("social, QALY at 25000 GBP", None));
        assert!(OutcomeName::parse("payback:cash@0").is_err() && OutcomeName::parse("net:cash/twins").is_err());
    }
}

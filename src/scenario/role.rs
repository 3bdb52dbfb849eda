//! What a ledger is to a report: the parts that ledgers play, so that no report needs to know what a model calls them.
//!
//! A report asks for "what was taken back", and the accounts of a model say which ledger that is. What a model does not keep
//! has no ledger, and reads as nothing.

use std::collections::BTreeMap;

use serde::Serialize;

/// A part that one ledger of a model plays in reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Role {
    /// What services cost, by payer.
    ServiceCost,
    /// What is spent on prevention.
    Spending,
    /// Interest and premium on debt, less what partners give.
    OutsideMoney,
    /// What is taken back under pressure.
    Raid,
    /// What could not be spent.
    Underspend,
    /// Realised savings that are spent again.
    Reinvestment,
    /// Paid on debt.
    DebtService,
    /// What was not spent, and went back to its owners or was used later.
    HandedBack,
    /// The part of the spending that is capital.
    CapitalSpending,
    /// The deficit of a year, told with what happens in the system.
    Deficit,
    /// QALYs that prevention gains.
    QalysGained,
    /// QALYs that care loses where the money was taken from.
    QalysDisplaced,
    /// What a payer gives to the plan, contributions and savings spent again included.
    PaidIn,
    /// What a payer has for its services.
    Budget,
    /// What a payer spends beyond that.
    OverBudget,
    /// QALYs that the residents of each group may expect, each from birth.
    HealthExpectancy,
    /// QALYs of those whom each programme protects.
    QalysByProgramme,
    /// What services no longer do, at average cost: for comparison only.
    ActivityAvoided,
    /// The same of each programme alone.
    ActivityAvoidedByProgramme,
    /// All that a plan moves to prevention, whoever gives it: `moved` of `[plan_money]`.
    Moved,
    /// What is in use for the demand that leads, such as beds: its `used`.
    InUse,
    /// What of the demand that leads finds no service: its `unmet`.
    Unmet,
}

impl Role {
    /// The roles that `role` of a ledger may name. The others follow from keys that name a ledger elsewhere.
    pub const WRITTEN: [(&str, Self); 19] = [
        ("cost of services", Self::ServiceCost),
        ("prevention spending", Self::Spending),
        ("outside money", Self::OutsideMoney),
        ("raid", Self::Raid),
        ("underspend", Self::Underspend),
        ("reinvestment", Self::Reinvestment),
        ("debt service", Self::DebtService),
        ("handed back", Self::HandedBack),
        ("capital spending", Self::CapitalSpending),
        ("deficit", Self::Deficit),
        ("QALYs gained", Self::QalysGained),
        ("QALYs displaced", Self::QalysDisplaced),
        ("paid into the plan", Self::PaidIn),
        ("budget", Self::Budget),
        ("over budget", Self::OverBudget),
        ("health expectancy", Self::HealthExpectancy),
        ("QALYs by programme", Self::QalysByProgramme),
        ("activity avoided", Self::ActivityAvoided),
        ("activity avoided by programme", Self::ActivityAvoidedByProgramme),
    ];

    const FOLLOWING: [(&str, Self); 3] = [("moved", Self::Moved), ("in use", Self::InUse), ("unmet need", Self::Unmet)];

    /// Its words, as accounts and manifests write them.
    pub fn name(self) -> &'static str {
        let all = Self::WRITTEN.into_iter().chain(Self::FOLLOWING);
        all.into_iter().find(|(_, role)| *role == self).map_or("", |(name, _)| name)
    }

    /// The role of these words.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::WRITTEN.into_iter().chain(Self::FOLLOWING);
        all.find(|(known, _)| *known == name).map(|(_, role)| role)
    }
}

/// Which ledger plays which part, and which service stands for demand as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Roles {
    ledgers: BTreeMap<Role, String>,
    lead: String,
}

impl Roles {
    /// Parts with their ledgers, and the service.
    pub fn new(ledgers: impl IntoIterator<Item = (Role, String)>, lead: &str) -> Self {
        Self { ledgers: ledgers.into_iter().collect(), lead: lead.to_owned() }
    }

    /// The ledger that plays a part; an empty id, under which nothing is found, where the model keeps none.
    pub fn ledger(&self, role: Role) -> &str {
        self.ledgers.get(&role).map_or("", String::as_str)
    }

    /// Whether this ledger plays a part.
    pub fn is(&self, role: Role, ledger: &str) -> bool {
        self.ledgers.get(&role).is_some_and(|id| id == ledger)
    }

    /// The service that stands for demand as a whole; empty where the model has none.
    pub fn lead(&self) -> &str {
        &self.lead
    }

    /// Every part that is played, with its ledger.
    pub fn all(&self) -> impl Iterator<Item = (Role, &str)> {
        self.ledgers.iter().map(|(role, id)| (*role, id.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Role, Roles};

    #[test]
    fn a_role_has_words_of_its_own_by_which_it_is_found() {
        let all: Vec<Role> = Role::WRITTEN.into_iter().chain(Role::FOLLOWING).map(|(_, role)| role).collect();
        for (place, role) in all.iter().enumerate() {
            assert_eq!(Role::named(role.name()), Some(*role));
            assert!(!role.name().is_empty() && !all[..place].contains(role), "{role:?}");
        }
        assert_eq!(all.len(), Role::Unmet as usize + 1, "a role has no words");
    }

    #[test]
    fn what_a_model_does_not_keep_has_no_ledger() {
        let roles = Roles::new([(Role::Raid, "clawed".to_owned())], "Beds");
        assert_eq!((roles.ledger(Role::Raid), roles.ledger(Role::Unmet), roles.lead()), ("clawed", "", "Beds"));
        assert!(roles.is(Role::Raid, "clawed") && !roles.is(Role::Unmet, ""));
    }
}

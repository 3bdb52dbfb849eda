//! Where the money of a plan comes from, and what becomes of it: ledgers that must balance in every run and every year.

use crate::evidence::document::{Fields, Located, Reading};

/// The ledgers of a plan's money: what the sources offer and realised savings give is what is used, and the sources offer what
/// is moved.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanMoney {
    /// The ledger of all that is offered, whoever offers it: what reports call moved.
    pub moved: Located<String>,
    /// Ledgers of who offers it, of which each pound stands in one.
    pub sources: Vec<Located<String>>,
    /// Ledgers of what realised savings give, to the plan and to its lenders.
    pub savings: Vec<Located<String>>,
    /// Ledgers of what becomes of all of it.
    pub uses: Vec<Located<String>>,
}

impl PlanMoney {
    pub(super) fn read(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Option<Self> {
        let moved = fields.needed_text(reading, "moved", "moved = the id of the ledger of all that is offered");
        fields.need(reading, "sources", "sources = [...], the ids of ledgers that add up to what is moved");
        fields.need(reading, "uses", "uses = [...], the ids of ledgers of what becomes of the money");
        let mut ids = |key| fields.texts(reading, key).unwrap_or_default();
        let (sources, savings, uses) = (ids("sources"), ids("savings"), ids("uses"));
        fields.finish(reading);
        Some(Self { moved: moved?, sources, savings, uses })
    }

    /// Every ledger that is named, with its span.
    pub fn ledgers(&self) -> impl Iterator<Item = &Located<String>> {
        [&self.moved].into_iter().chain(&self.sources).chain(&self.savings).chain(&self.uses)
    }

    /// What is moved, and who gives it.
    pub fn given(&self) -> impl Iterator<Item = &Located<String>> {
        [&self.moved].into_iter().chain(&self.sources).chain(&self.savings)
    }
}

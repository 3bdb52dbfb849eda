//! Where the rows of a plan come from: the ledgers of the accounts, by kind, as means of draws.

use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::quantity::Unit;
use crate::scenario::{LedgerKind, Perspective, PlanMoney, Role};
use crate::words;

use super::super::Basis;
use super::super::live::Line;
use super::super::numbers::Means;
use super::counts_money_alone;

/// Where the numbers of a strategy come from.
pub(super) struct Ledgers<'s> {
    pub(super) basis: &'s Basis<'s>,
    pub(super) strategy: usize,
    pub(super) means: &'s Means,
}

impl Ledgers<'_> {
    /// The whole of a ledger in real money or QALYs.
    pub(super) fn whole(&self, ledger: &str) -> Option<&Line> {
        let comparator = self.comparator(ledger);
        let base = [PriceBase::Real, PriceBase::None];
        base.iter().find_map(|base| self.means.find(0, self.strategy, comparator, ledger, ("", ""), *base))
    }

    /// Its parts: payers, programmes, services.
    pub(super) fn parts(&self, ledger: &str) -> Vec<(&str, &Line)> {
        self.means.parts(self.strategy, self.comparator(ledger), ledger)
    }

    /// Against what a ledger is told: what prevention changes against the twin, what it spends as a level.
    pub(super) fn comparator(&self, ledger: &str) -> Comparator {
        match self.kind(ledger) {
            Some(
                LedgerKind::Source
                | LedgerKind::Spend
                | LedgerKind::Debt
                | LedgerKind::Underspend
                | LedgerKind::Raid
                | LedgerKind::Level
                | LedgerKind::Other,
            ) => Comparator::Level,
            Some(LedgerKind::DisplacedQalys | LedgerKind::DisplacingMoney) => Comparator::DoNothing,
            _ => Comparator::Twin,
        }
    }

    pub(super) fn kind(&self, ledger: &str) -> Option<LedgerKind> {
        self.basis.accounts.ledgers.iter().find(|one| one.id == ledger).map(|one| one.kind)
    }

    pub(super) fn name(&self, ledger: &str) -> String {
        let found = self.basis.accounts.ledgers.iter().find(|one| one.id == ledger);
        words::payer(found.map_or(ledger, |one| &one.name))
    }

    /// Ids of ledgers of a kind that are told, in the order of the accounts.
    pub(super) fn of_kind(&self, kind: LedgerKind) -> Vec<&str> {
        let ledgers =
            self.basis.accounts.ledgers.iter().filter(|one| one.kind == kind && self.whole(&one.id).is_some());
        ledgers.map(|one| one.id.as_str()).collect()
    }

    /// Ledgers of cost that fall, and those that are spent.
    pub(super) fn costs(&self) -> (Vec<&str>, Vec<&str>) {
        let mut spent = self.of_kind(LedgerKind::Spend);
        spent.extend(self.of_kind(LedgerKind::Debt));
        (self.of_kind(LedgerKind::Cost), spent)
    }

    /// How a part of a ledger is called: a programme by its name.
    pub(super) fn part_name(&self, findings: &Findings, part: &str) -> String {
        let programme = findings.programmes.iter().find(|(id, _, _)| id == part);
        programme.map_or_else(|| words::payer(part), |(id, name, _)| format!("{id}  {name}"))
    }

    /// Rows of the summary, with its heading and the empty row after it.
    pub(super) fn summary_rows(&self, money: &[&Perspective]) -> u32 {
        let perspectives = &self.basis.accounts.perspectives;
        // Each ledger of capacity, and one row for what is counted of them all.
        let capacity = self.of_kind(LedgerKind::CapacityReleased).len();
        let counted = usize::from(capacity > 0 && !money.is_empty());
        let apart = capacity + counted + self.apart().len();
        let society = perspectives.iter().filter(|one| !counts_money_alone(one));
        let gained = society.flat_map(|one| &one.qalys).filter(|ledger| self.whole(ledger).is_some()).count();
        let health = gained + self.of_kind(LedgerKind::DisplacedQalys).len();
        (2 + 1 + money.len() * 3 + perspectives.len() + apart + health) as u32
    }

    /// Ledgers shown apart, each a fate of the plan's money or an activity at average cost, in the order of the accounts.
    pub(super) fn apart(&self) -> Vec<&str> {
        let wanted = |kind| matches!(kind, LedgerKind::Underspend | LedgerKind::Raid | LedgerKind::ActivityAvoided);
        let ledgers = self.basis.accounts.ledgers.iter();
        let roles = self.basis.accounts.roles();
        let fates = [Role::Reinvestment, Role::DebtService, Role::HandedBack, Role::CapitalSpending];
        let mut other: Vec<&str> = fates.iter().map(|role| roles.ledger(*role)).collect();
        other.extend(
            self.basis.accounts.plan_money.iter().flat_map(PlanMoney::given).map(|ledger| ledger.value.as_str()),
        );
        ledgers
            .filter(|one| one.unit == Unit::Pounds && self.whole(&one.id).is_some())
            .filter(|one| wanted(one.kind) || other.contains(&one.id.as_str()))
            .map(|one| one.id.as_str())
            .collect()
    }
}

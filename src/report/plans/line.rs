//! The lines that plans are compared by: money, health, demand and payback.

use crate::appraisal::findings::{Comparator, PriceBase, SeriesKey};
use crate::appraisal::key::{CUMULATIVE_NET, DEMAND_CHANGE, NET};
use crate::appraisal::measure::payback::PAYBACK_BY_YEAR;
use crate::quantity::{FinancialYear, Unit};

use super::super::prices::called_prices;
use super::super::reading::{COST, DISPLACED, EMERGENCY, GAINED, SPENDING, UNMET};
use crate::words;

/// Outcome, comparator and price base of every line, in the order in which they are told.
const COMPARED: [(&str, Comparator, Option<PriceBase>); 11] = [
    (MOVED, Comparator::Level, Some(PriceBase::Nominal)),
    (SPENDING, Comparator::Level, Some(PriceBase::Nominal)),
    (COST, Comparator::Twin, Some(PriceBase::Nominal)),
    (NET, Comparator::Twin, None),
    (CUMULATIVE_NET, Comparator::Twin, None),
    (GAINED, Comparator::Twin, None),
    (DISPLACED, Comparator::Financing, None),
    (DEMAND, Comparator::Twin, None),
    (CHANGE, Comparator::Twin, None),
    (UNMET, Comparator::Twin, None),
    (PAYBACK, Comparator::Twin, None),
];

/// All that a plan moves to prevention, whoever gives it: folders of results hold no accounts that would say which ledger it is.
const MOVED: &str = "money-offered";

/// Lines that are kept by group: net positions, demand and payback.
const BY_GROUP: [&str; 4] = [NET, CUMULATIVE_NET, DEMAND, PAYBACK];

/// The change of a demand.
const DEMAND: &str = DEMAND_CHANGE;

/// How the change of what happens of a demand ends, after the id of its ledger.
const CHANGE: &str = "-change";

/// The probability of having paid back by the end of a year.
pub const PAYBACK: &str = PAYBACK_BY_YEAR;

/// A line of a plan, in the words of the result files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineKey {
    /// Place among the lines that are compared.
    rank: usize,
    /// Of which perspective or service; empty for all together.
    pub group: String,
    /// What it is measured against.
    pub comparator: String,
    /// What is measured.
    pub outcome: String,
    /// In what.
    pub unit: Unit,
    /// In which money.
    pub price_base: String,
}

impl LineKey {
    /// The line of these words; `None` if plans are not compared by it.
    pub fn new(
        comparator: &str,
        outcome: &str,
        group: &str,
        payer: &str,
        unit: &Unit,
        price_base: &str,
    ) -> Option<Self> {
        let (rank, (_, _, money)) = COMPARED.iter().enumerate().find(|(_, one)| match one.0 {
            CHANGE => *unit == Unit::Percent && outcome.ends_with(CHANGE),
            known => known == outcome,
        })?;
        // Ledgers count with all groups together, the rest of the lines by their groups.
        let whole = !payer.is_empty() || (!group.is_empty() && !BY_GROUP.contains(&outcome));
        let other_money = money.is_some_and(|money| !money.is_called(price_base));
        if whole || other_money || COMPARED[rank].1.name() != comparator {
            return None;
        }
        Some(Self {
            rank,
            group: group.to_owned(),
            comparator: comparator.to_owned(),
            outcome: outcome.to_owned(),
            unit: unit.clone(),
            price_base: price_base.to_owned(),
        })
    }

    /// The line of a series.
    pub fn of(key: &SeriesKey, base: FinancialYear) -> Option<Self> {
        let (comparator, prices) = (key.comparator.name(), key.price_base.name(base));
        Self::new(comparator, &key.outcome, &key.group, &key.payer, &key.unit, &prices)
    }

    /// The line of payback from a perspective.
    pub(super) fn is_payback(&self) -> bool {
        self.outcome == PAYBACK
    }

    /// Whether what is below nought is told as a saving.
    pub(super) fn is_cost(&self) -> bool {
        self.outcome == COST
    }

    /// Whether it is the change of emergency demand.
    pub(crate) fn is_emergency_change(&self) -> bool {
        self.outcome == DEMAND && self.group.eq_ignore_ascii_case(EMERGENCY)
    }

    /// Whether it is a change of demand.
    pub(crate) fn is_change(&self) -> bool {
        self.outcome == DEMAND
    }

    /// Whether it is the change of what happens of a demand.
    pub(crate) fn is_happening(&self) -> bool {
        self.outcome != DEMAND && self.unit == Unit::Percent && self.outcome.ends_with(CHANGE)
    }

    /// Whether it is all years' net position so far.
    pub(crate) fn is_cumulative(&self) -> bool {
        self.outcome == CUMULATIVE_NET
    }

    /// What it is, for a reader.
    pub(crate) fn title(&self) -> String {
        let money = match called_prices(&self.price_base) {
            none if none.is_empty() => none,
            prices => format!(", £ million, {prices}"),
        };
        match self.outcome.as_str() {
            MOVED => format!("Moved to prevention, from every source{money}"),
            SPENDING => format!("Spent on prevention{money}"),
            COST => format!("Saved by services, all payers{money}"),
            NET => format!("Net position, {}{money}", self.group),
            CUMULATIVE_NET => format!("Cumulative net position, {}{money}", self.group),
            GAINED => "QALYs gained".to_owned(),
            DISPLACED => "QALYs lost where the money was taken from".to_owned(),
            // What is measured is what people would use, not what happens.
            DEMAND => format!("Need, {}: change that prevention makes", words::inside(&self.group)),
            UNMET => format!("Need that is not met: change that prevention makes, {} a year", self.unit),
            outcome if self.is_happening() => {
                let what = outcome.trim_end_matches(CHANGE).replace('-', " ");
                format!("What happens, {what}: change that prevention makes")
            }
            _ => format!("Paid back, {}: probability by the end of the year", self.group),
        }
    }

    /// A number of the line as people write it.
    pub(crate) fn write(&self, value: f64) -> String {
        match self.unit {
            _ if self.is_payback() => words::chance(value),
            Unit::Pounds => words::millions(value),
            Unit::Percent => words::signed_percent(value),
            _ if self.outcome == UNMET => words::signed(value),
            _ => words::number(value),
        }
    }
}

/// Whether plans are compared by a series, and its draws are worth keeping.
pub fn is_compared(key: &SeriesKey) -> bool {
    // Which year the real prices are of makes no difference to that.
    LineKey::of(key, FinancialYear::beginning(0)).is_some()
}

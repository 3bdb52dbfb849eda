//! The lines that plans are compared by: money, health, demand and payback.

use crate::appraisal::findings::{Comparator, PriceBase, SeriesKey};
use crate::appraisal::key::{CUMULATIVE_NET, DEMAND_CHANGE, NET};
use crate::appraisal::measure::payback::PAYBACK_BY_YEAR;
use crate::quantity::{FinancialYear, Unit};
use crate::scenario::{Role, Roles};

use super::super::prices::called_prices;
use crate::words;

/// What a line is of, in the order in which lines are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Moved,
    Spent,
    Cost,
    Net,
    CumulativeNet,
    Gained,
    Displaced,
    Demand,
    /// What happens of a demand.
    Happening,
    Unmet,
    /// The probability of having paid back by the end of a year.
    Payback,
}

/// Ledgers that plans are compared by.
const LEDGERS: [(Role, What); 6] = [
    (Role::Moved, What::Moved),
    (Role::Spending, What::Spent),
    (Role::ServiceCost, What::Cost),
    (Role::QalysGained, What::Gained),
    (Role::QalysDisplaced, What::Displaced),
    (Role::Unmet, What::Unmet),
];

/// How the change of what happens of a demand ends, after the id of its ledger.
const CHANGE: &str = "-change";

/// The probability of having paid back by the end of a year.
pub const PAYBACK: &str = PAYBACK_BY_YEAR;

impl What {
    /// What an outcome of the tables is, if plans are compared by it.
    fn of(outcome: &str, unit: &Unit, roles: &Roles) -> Option<Self> {
        let ledger = LEDGERS.iter().find(|(role, _)| roles.is(*role, outcome)).map(|(_, what)| *what);
        match outcome {
            NET => Some(Self::Net),
            CUMULATIVE_NET => Some(Self::CumulativeNet),
            DEMAND_CHANGE => Some(Self::Demand),
            PAYBACK => Some(Self::Payback),
            _ if ledger.is_some() => ledger,
            _ => (*unit == Unit::Percent && outcome.ends_with(CHANGE)).then_some(Self::Happening),
        }
    }

    /// Against what it is told.
    fn comparator(self) -> Comparator {
        match self {
            Self::Moved | Self::Spent => Comparator::Level,
            Self::Displaced => Comparator::DoNothing,
            _ => Comparator::Twin,
        }
    }

    /// In which money, where it is kept in several.
    fn price_base(self) -> Option<PriceBase> {
        matches!(self, Self::Moved | Self::Spent | Self::Cost).then_some(PriceBase::Nominal)
    }

    /// Whether it is kept by group; ledgers count with all groups together.
    fn by_group(self) -> bool {
        matches!(self, Self::Net | Self::CumulativeNet | Self::Demand | Self::Payback)
    }
}

/// A line of a plan, in the words of the result files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineKey {
    /// What it is of.
    what: What,
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
        (group, payer): (&str, &str),
        unit: &Unit,
        price_base: &str,
        roles: &Roles,
    ) -> Option<Self> {
        let what = What::of(outcome, unit, roles)?;
        let part = !payer.is_empty() || (!group.is_empty() && !what.by_group());
        let other_money = what.price_base().is_some_and(|money| !money.is_called(price_base));
        if part || other_money || what.comparator().name() != comparator {
            return None;
        }
        Some(Self {
            what,
            group: group.to_owned(),
            comparator: comparator.to_owned(),
            outcome: outcome.to_owned(),
            unit: unit.clone(),
            price_base: price_base.to_owned(),
        })
    }

    /// The line of a series.
    pub fn of(key: &SeriesKey, base: FinancialYear, roles: &Roles) -> Option<Self> {
        let (comparator, prices) = (key.comparator.name(), key.price_base.name(base));
        Self::new(comparator, &key.outcome, (&key.group, &key.payer), &key.unit, &prices, roles)
    }

    /// The line of payback from a perspective.
    pub(in crate::report) fn is_payback(&self) -> bool {
        self.what == What::Payback
    }

    /// Whether what is below zero is told as a saving.
    pub(in crate::report) fn is_cost(&self) -> bool {
        self.what == What::Cost
    }

    /// Whether it is a change of demand.
    pub(crate) fn is_change(&self) -> bool {
        self.what == What::Demand
    }

    /// Whether it is the change of what happens of a demand.
    pub(crate) fn is_happening(&self) -> bool {
        self.what == What::Happening
    }

    /// Whether it is all years' net position so far.
    pub(crate) fn is_cumulative(&self) -> bool {
        self.what == What::CumulativeNet
    }

    /// What it is, for a reader.
    pub(crate) fn title(&self) -> String {
        let money = match called_prices(&self.price_base) {
            none if none.is_empty() => none,
            prices => format!(", £ million, {prices}"),
        };
        match self.what {
            What::Moved => format!("Moved to prevention, from every source{money}"),
            What::Spent => format!("Spent on prevention{money}"),
            What::Cost => format!("Saved by services, all payers{money}"),
            What::Net => format!("Net position, {}{money}", self.group),
            What::CumulativeNet => format!("Cumulative net position, {}{money}", self.group),
            What::Gained => "QALYs gained".to_owned(),
            What::Displaced => "QALYs lost where the money was taken from".to_owned(),
            // What is measured is what people would use, not what happens.
            What::Demand => format!("Need, {}: change that prevention makes", words::inside(&self.group)),
            What::Unmet => format!("Need that is not met: change that prevention makes, {} a year", self.unit),
            What::Happening => {
                let what = self.outcome.trim_end_matches(CHANGE).replace('-', " ");
                format!("What happens, {what}: change that prevention makes")
            }
            What::Payback => format!("Paid back, {}: probability by the end of the year", self.group),
        }
    }

    /// A number of the line as people write it.
    pub(crate) fn write(&self, value: f64) -> String {
        match self.unit {
            _ if self.is_payback() => words::chance(value),
            Unit::Pounds => words::millions(value),
            Unit::Percent => words::signed_percent(value),
            _ if self.what == What::Unmet => words::signed(value),
            _ => words::number(value),
        }
    }
}

/// Whether plans are compared by a series, and its draws are worth keeping.
pub fn is_compared(key: &SeriesKey, roles: &Roles) -> bool {
    // Which year the real prices are of makes no difference to that.
    LineKey::of(key, FinancialYear::beginning(0), roles).is_some()
}

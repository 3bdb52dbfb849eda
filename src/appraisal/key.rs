//! What a yearly series is of: whose, against what, of what, in what and in which money.

use serde::Serialize;

use crate::quantity::{FinancialYear, Unit};

/// The outcome of the series of demand for a service.
pub const DEMAND: &str = "demand";
/// The outcome of the series of its change, in per cent of the twin.
pub const DEMAND_CHANGE: &str = "demand-change";
/// The outcome of the series of a perspective's net position, each year by itself.
pub const NET: &str = "net";
/// The outcome of the series of the same, all years so far.
pub const CUMULATIVE_NET: &str = "cumulative-net";
/// The outcome of the series of an organisation's net position, each year by itself.
pub const ORGANISATION_NET: &str = "organisation-net";
/// The outcome of the series of the same, all years so far.
pub const ORGANISATION_CUMULATIVE_NET: &str = "organisation-cumulative-net";
/// The outcome of the series of discounted yearly net positions.
pub const NET_PRESENT: &str = "net-present";

/// What stands at the end of an outcome that is a change in per cent of the twin.
const CHANGE: &str = "-change";

/// The outcome under which the change of another stands, in per cent of the twin.
pub fn change_of(outcome: &str) -> String {
    format!("{outcome}{CHANGE}")
}

/// What a series is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparator {
    /// Nothing: the level itself.
    Level,
    /// The strategy against its twin: what prevention does. The only measure of a return.
    Twin,
    /// The twin against do nothing: what the financing does.
    Financing,
    /// The strategy against do nothing: both together.
    DoNothing,
}

impl Comparator {
    /// All of them: a return before a level, a level before what the financing does.
    pub const ALL: [Self; 4] = [Self::Twin, Self::Level, Self::Financing, Self::DoNothing];

    /// Its name in result files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Level => "none",
            Self::Twin => "twin",
            Self::Financing => "twin-against-do-nothing",
            Self::DoNothing => "do-nothing",
        }
    }
}

/// In which money an amount is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum PriceBase {
    /// Not money.
    #[serde(rename = "")]
    None,
    /// Prices of the base year.
    #[serde(rename = "real")]
    Real,
    /// Prices of the year itself.
    #[serde(rename = "nominal")]
    Nominal,
}

impl PriceBase {
    /// Its name in result files, such as `real_2024_25` where prices are those of `base`.
    pub fn name(self, base: FinancialYear) -> String {
        match self {
            Self::None => String::new(),
            Self::Real => format!("real_{}", base.to_string().replace('/', "_")),
            Self::Nominal => "nominal".to_owned(),
        }
    }

    /// Whether a name in a result file is its name, whatever the base year.
    pub fn is_called(self, name: &str) -> bool {
        match self {
            Self::None => name.is_empty(),
            Self::Real => name.starts_with("real_"),
            Self::Nominal => name == "nominal",
        }
    }
}

/// Which series it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SeriesKey {
    /// Index of the strategy among those of the study; `None` is do nothing.
    pub strategy: Option<usize>,
    /// What it is measured against.
    pub comparator: Comparator,
    /// What is measured, such as `demand`, `programme-spending`, `cumulative-net`.
    pub outcome: String,
    /// Of which service, programme, quintile or perspective; empty for all together.
    pub group: String,
    /// Whose money; empty where it is nobody's or everybody's.
    pub payer: String,
    /// In what, such as `admissions` or `GBP`.
    pub unit: Unit,
    /// In which money.
    pub price_base: PriceBase,
}

impl SeriesKey {
    /// Whether it is a net position, told in one way or another.
    pub fn is_net(&self) -> bool {
        [NET, CUMULATIVE_NET, NET_PRESENT].contains(&self.outcome.as_str())
    }

    /// Whether it is demand for a service or its change.
    pub fn is_demand(&self) -> bool {
        [DEMAND, DEMAND_CHANGE].contains(&self.outcome.as_str())
    }

    /// Of a change in per cent of the twin the change itself, as far as a key says: which other outcome, against the twin.
    pub fn changed(&self) -> Option<&str> {
        let whole = self.outcome.strip_suffix(CHANGE)?;
        (self.unit == Unit::Percent && self.comparator == Comparator::Twin).then_some(whole)
    }

    /// Whether it has the same strategy, group and payer as another.
    pub fn is_beside(&self, other: &Self) -> bool {
        (self.strategy, &self.group, &self.payer) == (other.strategy, &other.group, &other.payer)
    }
}

#[cfg(test)]
mod tests {
    use super::{Comparator, PriceBase, SeriesKey, change_of};
    use crate::quantity::{FinancialYear, Unit};

    #[test]
    fn a_price_base_is_known_by_its_name_in_any_base_year() {
        let all = [PriceBase::None, PriceBase::Real, PriceBase::Nominal];
        for (place, one) in all.into_iter().enumerate() {
            for (other, named) in all.into_iter().enumerate() {
                assert_eq!(one.is_called(&named.name(FinancialYear::beginning(2031))), place == other);
            }
        }
    }

    #[test]
    fn a_key_says_what_it_is_of_and_of_what_it_is_a_change() {
        let key = |outcome: &str, comparator, unit| SeriesKey {
            strategy: Some(0),
            comparator,
            outcome: outcome.to_owned(),
            group: "one".to_owned(),
            payer: String::new(),
            unit,
            price_base: PriceBase::None,
        };
        let of = |outcome: &str| key(outcome, Comparator::Twin, Unit::Percent);
        let is = |outcome: &str| (of(outcome).is_net(), of(outcome).is_demand());
        assert_eq!(["net", "cumulative-net", "net-present"].map(is), [(true, false); 3]);
        assert_eq!(["demand", "demand-change"].map(is), [(false, true); 2]);
        assert_eq!(is("spent"), (false, false));
        assert_eq!(change_of("beds"), "beds-change");
        assert_eq!((of("beds-change").changed(), of("beds").changed()), (Some("beds"), None));
        assert_eq!(key("beds-change", Comparator::Level, Unit::Percent).changed(), None);
        assert_eq!(key("beds-change", Comparator::Twin, Unit::Pounds).changed(), None);
        assert!(of("beds").is_beside(&of("demand")));
        assert!(!of("beds").is_beside(&SeriesKey { group: String::new(), ..of("beds") }));
    }
}

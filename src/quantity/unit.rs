//! In what a number is told: pounds, QALYs, per cent, or in the accounts' own words.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The unit of a number. Those that the program computes with have a name; any other is the text that a file gives.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Unit {
    /// Pounds sterling; of which year is said beside it.
    Pounds,
    /// Quality-adjusted life years.
    Qalys,
    /// What a QALY costs.
    PoundsPerQaly,
    /// A change in parts of a hundred.
    Percent,
    /// A part of a whole.
    Share,
    /// One number over another.
    Ratio,
    /// How likely something is.
    Probability,
    /// In how many of the draws something holds.
    ShareOfDraws,
    /// Lengths of time.
    Years,
    /// A year of the plan, counted from 1.
    PlanYear,
    /// Nothing said.
    #[default]
    Unsaid,
    /// In the words of the file, such as `admissions`.
    Other(String),
}

/// The spelling of each unit that has a name, in every file that is read or written.
static SPELLINGS: [(Unit, &str); 11] = [
    (Unit::Pounds, "GBP"),
    (Unit::Qalys, "QALY"),
    (Unit::PoundsPerQaly, "GBP per QALY"),
    (Unit::Percent, "percent"),
    (Unit::Share, "share"),
    (Unit::Ratio, "ratio"),
    (Unit::Probability, "probability"),
    (Unit::ShareOfDraws, "share of draws"),
    (Unit::Years, "years"),
    (Unit::PlanYear, "plan year"),
    (Unit::Unsaid, ""),
];

impl Unit {
    /// Its spelling in files and tables.
    pub fn as_str(&self) -> &str {
        if let Self::Other(text) = self {
            return text;
        }
        SPELLINGS.iter().find(|(unit, _)| unit == self).map_or("", |(_, text)| *text)
    }

    /// What each head has, or so many heads: `admissions per resident`.
    #[must_use]
    pub fn per(&self, heads: &str) -> Self {
        Self::from(format!("{self} per {heads}"))
    }

    /// Whether numbers of this unit add over places. A share of one, an index and what is told by the head do not.
    pub fn adds(&self) -> bool {
        match self {
            Self::Share | Self::Ratio | Self::Percent | Self::PoundsPerQaly => false,
            Self::Other(text) => text != "index" && !text.contains(" per "),
            _ => true,
        }
    }
}

impl From<&str> for Unit {
    fn from(text: &str) -> Self {
        let known = SPELLINGS.iter().find(|(_, spelling)| *spelling == text);
        known.map_or_else(|| Self::Other(text.to_owned()), |(unit, _)| unit.clone())
    }
}

impl From<String> for Unit {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.to_string()
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl PartialOrd for Unit {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// In the order of their spellings.
impl Ord for Unit {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{SPELLINGS, Unit};

    #[test]
    fn a_unit_is_read_as_it_is_written() {
        for (unit, text) in &SPELLINGS {
            assert_eq!((Unit::from(*text), unit.as_str()), (unit.clone(), *text));
        }
        for text in ["admissions", "GBP a year", "gbp"] {
            assert_eq!((Unit::from(text).as_str(), Unit::from(text)), (text, Unit::Other(text.to_owned())));
        }
        assert_eq!(Unit::Pounds.per("QALY"), Unit::PoundsPerQaly);
        assert_eq!(Unit::Qalys.per("resident").as_str(), "QALY per resident");
    }

    #[test]
    fn what_is_a_ratio_is_not_added() {
        for adds in ["admissions", "GBP", "QALY", "GBP a year", "years", ""] {
            assert!(Unit::from(adds).adds(), "{adds}");
        }
        for does_not in ["share", "percent", "ratio", "index", "admissions per resident", "GBP per QALY"] {
            assert!(!Unit::from(does_not).adds(), "{does_not}");
        }
    }
}

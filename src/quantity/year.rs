//! Financial years, and the years of a plan.

use std::fmt;

/// A financial year from 1 April, written `2024/25`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear(i32);

impl FinancialYear {
    /// The financial year that begins on 1 April of this calendar year.
    pub fn beginning(calendar_year: i32) -> Self {
        Self(calendar_year)
    }

    /// The calendar year in which it begins.
    pub fn begins(self) -> i32 {
        self.0
    }

    /// The financial year so many years later (or earlier, if negative).
    #[must_use]
    pub fn later(self, years: i32) -> Self {
        Self(self.0 + years)
    }

    /// Reads `2024/25` (or `1999/00`, or with the second year in full); `None` for anything else.
    pub fn parse(label: &str) -> Option<Self> {
        let (first, second) = label.split_once('/')?;
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if first.len() != 4 || !digits(first) || !digits(second) {
            return None;
        }
        let begins: i32 = first.parse().ok()?;
        let next = begins + 1;
        let fits = match second.len() {
            2 => second == format!("{:02}", next % 100),
            4 => second == next.to_string(),
            _ => false,
        };
        fits.then_some(Self(begins))
    }
}

impl fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

/// A year of the plan, counted from 1: plan year `k` is the model's time from `k - 1` up to `k`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanYear(u32);

impl PlanYear {
    /// Plan year `k`; `None` for 0.
    pub fn new(k: u32) -> Option<Self> {
        (k >= 1).then_some(Self(k))
    }

    /// Its number, from 1.
    pub fn number(self) -> u32 {
        self.0
    }

    /// Model time at which it begins.
    pub fn start(self) -> f64 {
        f64::from(self.0 - 1)
    }

    /// Model time at which it ends.
    pub fn end(self) -> f64 {
        f64::from(self.0)
    }
}

impl fmt::Display for PlanYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "plan year {}", self.0)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{FinancialYear, PlanYear};

    #[test]
    fn labels_read_back() {
        for label in ["2024/25", "1999/00", "2009/10"] {
            assert_eq!(FinancialYear::parse(label).map(|y| y.to_string()).as_deref(), Some(label));
        }
        assert_eq!(FinancialYear::parse("1999/2000"), FinancialYear::parse("1999/00"));
        for wrong in ["2024", "2024/26", "24/25", "2024-25", "2024/2", ""] {
            assert_eq!(FinancialYear::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn plan_year_1_is_the_first_year_from_time_0() {
        let year = PlanYear::new(1).unwrap();
        assert_eq!((year.start(), year.end()), (0.0, 1.0));
        assert_eq!(PlanYear::new(0), None);
    }
}

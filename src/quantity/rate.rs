//! Discount rates, shares and probabilities, checked where they enter.

use super::PlanYear;

/// A yearly discount rate, such as 0.035; from 0 up to, not including, 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct DiscountRate(f64);

impl DiscountRate {
    /// The rate, if it lies from 0 up to 1.
    pub fn new(rate: f64) -> Option<Self> {
        (0.0..1.0).contains(&rate).then_some(Self(rate))
    }

    /// As a plain number.
    pub fn get(self) -> f64 {
        self.0
    }

    /// What a pound of this plan year counts for in plan year 1: `1 / (1 + rate)^(k - 1)`.
    pub fn factor(self, year: PlanYear) -> f64 {
        (1.0 + self.0).powi(1 - year.number() as i32)
    }
}

/// A part of a whole, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Share(f64);

impl Share {
    /// The share, if it lies from 0 to 1.
    pub fn new(share: f64) -> Option<Self> {
        (0.0..=1.0).contains(&share).then_some(Self(share))
    }

    /// As a plain number.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// How likely something is, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Probability(f64);

impl Probability {
    /// The probability, if it lies from 0 to 1.
    pub fn new(probability: f64) -> Option<Self> {
        (0.0..=1.0).contains(&probability).then_some(Self(probability))
    }

    /// As a plain number.
    pub fn get(self) -> f64 {
        self.0
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{DiscountRate, Probability, Share};
    use crate::quantity::PlanYear;

    #[test]
    fn the_first_year_is_not_discounted() {
        let rate = DiscountRate::new(0.035).unwrap();
        assert_eq!(rate.factor(PlanYear::new(1).unwrap()), 1.0);
        assert!((rate.factor(PlanYear::new(3).unwrap()) - 1.0 / (1.035 * 1.035)).abs() < 1e-15);
    }

    #[test]
    fn what_is_no_rate_share_or_probability_is_refused() {
        assert_eq!(DiscountRate::new(1.0), None);
        assert_eq!(DiscountRate::new(-0.01), None);
        assert_eq!(DiscountRate::new(f64::NAN), None);
        assert_eq!(Share::new(1.1), None);
        assert_eq!(Probability::new(-0.1), None);
        assert_eq!(Probability::new(1.0).map(Probability::get), Some(1.0));
    }
}

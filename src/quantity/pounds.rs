//! Sums of money, written as people write them.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

use crate::words;

/// An amount in pounds sterling. Its price base (real 2024/25 or nominal) is stated beside it.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Pounds(pub f64);

/// Two significant figures: `£1.2 million`, `£54,000`, `-£320 million`; below £10 with pence.
impl fmt::Display for Pounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.is_finite() {
            return f.write_str("no amount");
        }
        let rounded = words::rounded(self.0.abs());
        let text = if rounded >= 1e12 {
            scaled(rounded, 1e12, "trillion")
        } else if rounded >= 1e9 {
            scaled(rounded, 1e9, "billion")
        } else if rounded >= 1e6 {
            scaled(rounded, 1e6, "million")
        } else if rounded >= 10.0 {
            format!("£{}", words::nearest(rounded))
        } else if rounded < 0.005 {
            return f.write_str("£0");
        } else {
            format!("£{rounded:.2}")
        };
        if self.0 < 0.0 { write!(f, "-{text}") } else { f.write_str(&text) }
    }
}

fn scaled(amount: f64, unit: f64, word: &str) -> String {
    let count = amount / unit;
    if count < 9.95 { format!("£{count:.1} {word}") } else { format!("£{count:.0} {word}") }
}

impl Add for Pounds {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Pounds {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Pounds {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Pounds {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<f64> for Pounds {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

impl Sum for Pounds {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self(0.0), Add::add)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::Pounds;

    #[test]
    fn two_significant_figures_and_a_word() {
        for (amount, text) in [
            (1_234_567.0, "£1.2 million"),
            (12_345_678.0, "£12 million"),
            (123_456_789.0, "£120 million"),
            (5.45e9, "£5.5 billion"),
            (1.5e12, "£1.5 trillion"),
            (54_321.0, "£54,000"),
            (999_999.0, "£1.0 million"),
            (994_999.0, "£990,000"),
            (9_960_000.0, "£10 million"),
            (7_543.0, "£7,500"),
            (433.0, "£430"),
            (12.5, "£13"),
            (7.54, "£7.50"),
            (0.423, "£0.42"),
            (0.001, "£0"),
            (0.0, "£0"),
            (-320_400_000.0, "-£320 million"),
            (-0.001, "£0"),
            (f64::NAN, "no amount"),
        ] {
            assert_eq!(Pounds(amount).to_string(), text, "{amount}");
        }
    }

    #[test]
    fn sums_and_differences_are_plain() {
        let total: Pounds = [Pounds(1.0), Pounds(2.5)].into_iter().sum();
        assert_eq!(total - Pounds(0.5), Pounds(3.0));
        assert_eq!(-total * 2.0, Pounds(-7.0));
    }
}

//! How numbers are written: thousands separated, pounds in millions, a true minus sign.

use crate::quantity::FinancialYear;
use crate::words;

/// How a number is written.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberFormat {
    /// Before the digits, such as "£".
    pub prefix: String,
    /// After the digits, such as "m" or "%".
    pub suffix: String,
    /// What the number is multiplied by before it is written.
    pub factor: f64,
    /// Whether a gain carries a plus sign, for differences.
    pub signed: bool,
}

impl NumberFormat {
    /// Plain numbers: 1,234.
    pub fn plain() -> NumberFormat {
        NumberFormat { prefix: String::new(), suffix: String::new(), factor: 1.0, signed: false }
    }

    /// Shares of one written as percentages: 0.25 is 25%.
    pub fn percent() -> NumberFormat {
        NumberFormat { suffix: "%".to_string(), factor: 100.0, ..NumberFormat::plain() }
    }

    /// Pounds written in millions: 2,500,000 is £2.5m.
    pub fn million_pounds() -> NumberFormat {
        NumberFormat { prefix: "£".to_string(), suffix: "m".to_string(), factor: 1e-6, signed: false }
    }

    /// The same, with a plus sign before gains.
    pub fn with_sign(mut self) -> NumberFormat {
        self.signed = true;
        self
    }

    /// The number in words for a reader, with this many decimals.
    pub fn write(&self, value: f64, decimals: usize) -> String {
        // What is told as zero has no decimals: they would claim that zero is known to so many.
        let (scaled, decimals) = if self.is_zero(value) { (0.0, 0) } else { (value * self.factor, decimals) };
        if !scaled.is_finite() {
            return "–".to_string();
        }
        let digits = if scaled.abs() >= 1e15 {
            format!("{:e}", scaled.abs())
        } else {
            words::grouped(&format!("{:.decimals$}", scaled.abs()))
        };
        let is_zero = !digits.contains(|digit: char| ('1'..='9').contains(&digit));
        let sign = match (is_zero, scaled < 0.0, self.signed) {
            (false, true, _) => "−",
            (false, false, true) => "+",
            _ => "",
        };
        // Zero millions are zero, but zero per cent is a per cent.
        let suffix = if is_zero && self.factor < 1.0 { "" } else { &self.suffix };
        format!("{sign}{}{digits}{suffix}", self.prefix)
    }

    /// The number in words with two significant figures: more would claim to know more than draws can tell.
    pub fn two_figures(&self, value: f64) -> String {
        let rounded = words::rounded(value);
        let second_figure = 10f64.powf(rounded.abs().log10().floor() - 1.0);
        self.write(rounded, self.decimals_for(second_figure))
    }

    /// The least number that is not told as zero, by the rule of [`words`]; 0 for numbers with no unit to count in.
    pub(super) fn least(&self) -> f64 {
        match (self.prefix.as_str(), self.suffix.as_str()) {
            ("£", _) => words::LEAST_POUNDS,
            (_, "%") => words::LEAST / self.factor,
            _ => 0.0,
        }
    }

    fn is_zero(&self, value: f64) -> bool {
        words::or_zero(value, self.least()) == 0.0
    }

    /// How many decimals are needed to tell numbers apart that lie `step` from each other.
    pub(super) fn decimals_for(&self, step: f64) -> usize {
        let scaled = (step * self.factor).abs();
        if !scaled.is_finite() || scaled <= 0.0 {
            return 0;
        }
        // The small addition keeps 0.1, which is stored a little below, at one decimal.
        (-(scaled.log10() + 1e-9).floor()).clamp(0.0, 9.0) as usize
    }
}

/// The plan year's name: year 1 of a plan from 2025 is 2025/26.
pub(super) fn plan_year(first: i32, year: i64) -> String {
    FinancialYear::beginning(first).later(year as i32 - 1).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        assert_eq!(NumberFormat::plain().write(1_234_567.0, 0), "1,234,567");
        assert_eq!(NumberFormat::plain().write(123.0, 0), "123");
        assert_eq!(NumberFormat::plain().write(-1234.5, 1), "−1,234.5");
    }

    #[test]
    fn pounds_are_written_in_millions() {
        assert_eq!(NumberFormat::million_pounds().write(2.5e6, 1), "£2.5m");
        assert_eq!(NumberFormat::million_pounds().with_sign().write(2.5e6, 0), "+£2m");
        assert_eq!(NumberFormat::million_pounds().write(-40e6, 0), "−£40m");
    }

    #[test]
    fn zero_has_no_sign() {
        assert_eq!(NumberFormat::percent().with_sign().write(-0.0001, 0), "0%");
        assert_eq!(NumberFormat::million_pounds().with_sign().write(-1.0, 0), "£0");
        let change = NumberFormat { factor: 1.0, ..NumberFormat::percent() }.with_sign();
        assert_eq!(change.write(-1.1e-8, 9), "0%");
        assert_eq!(NumberFormat::million_pounds().write(0.043, 9), "£0");
    }

    #[test]
    fn decimals_follow_the_step() {
        assert_eq!(NumberFormat::plain().decimals_for(0.1), 1);
        assert_eq!(NumberFormat::plain().decimals_for(20.0), 0);
        assert_eq!(NumberFormat::percent().decimals_for(0.2), 0);
        assert_eq!(NumberFormat::percent().decimals_for(0.002), 1);
    }

    #[test]
    fn two_figures_are_written_in_the_unit_of_the_axis() {
        let millions = NumberFormat::million_pounds();
        assert_eq!(
            [5.41e7, -1.23e9, 412_000.0, 0.2].map(|pounds| millions.two_figures(pounds)),
            ["£54m", "−£1,200m", "£0.41m", "£0"]
        );
        assert_eq!([0.321, 0.995, 0.0].map(|share| NumberFormat::percent().two_figures(share)), ["32%", "100%", "0%"]);
        assert_eq!(
            [0.0321, 9.96, f64::NAN].map(|one| NumberFormat::plain().with_sign().two_figures(one)),
            ["+0.032", "+10", "–"]
        );
    }

    #[test]
    fn plan_years_have_their_names() {
        assert_eq!(plan_year(2025, 1), "2025/26");
        assert_eq!(plan_year(2025, 0), "2024/25");
        assert_eq!(plan_year(2025, 75), "2099/00");
    }
}

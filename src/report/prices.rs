//! In which money an amount is, in words.

use crate::appraisal::findings::PriceBase;
use crate::quantity::FinancialYear;

/// In which money, in words: `money of each year` or `2024/25 prices`.
pub fn of_prices(prices: PriceBase, base: FinancialYear) -> String {
    called_prices(&prices.name(base))
}

/// The same from the name that a price base has in result files.
pub fn called_prices(name: &str) -> String {
    match name.strip_prefix("real_") {
        Some(year) => format!("{} prices", year.replace('_', "/")),
        None if name == "nominal" => "money of each year".to_owned(),
        None => String::new(),
    }
}

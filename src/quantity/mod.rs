//! Money, years, rates: numbers that know what they are.

mod pounds;
mod rate;
mod unit;
mod year;

pub use pounds::Pounds;
pub use rate::{DiscountRate, Probability, Share};
pub use unit::Unit;
pub use year::{FinancialYear, PlanYear};

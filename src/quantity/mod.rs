//! Money, years, rates: numbers that know what they are.

mod pounds;
mod rate;
mod year;

pub use pounds::Pounds;
pub use rate::{DiscountRate, Probability, Share};
pub use year::{FinancialYear, PlanYear};

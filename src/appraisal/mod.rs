//! Ledgers, discounting, payback, net present value, cost per QALY, budget impact.

pub mod discount;
pub mod findings;
pub mod payback;
pub mod statistic;

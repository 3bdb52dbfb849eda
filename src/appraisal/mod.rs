//! Ledgers, discounting, payback, net present value, cost per QALY, budget impact.
//!
//! Savings come from paired runs alone: [`series`] alone says which runs are set against each other.

pub mod accumulator;
pub mod apart;
pub mod assemble;
pub mod chart;
pub mod discount;
pub mod evaluation;
pub mod findings;
pub mod key;
pub mod measure;
pub mod monte_carlo;
pub mod order;
pub mod pairs;
pub mod payback;
pub mod ranking;
pub mod sample;
pub mod series;
pub mod statistic;
pub mod stopping;
pub mod store;
pub mod total;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;

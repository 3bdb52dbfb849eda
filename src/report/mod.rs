//! Findings as charts and tables.

pub mod figure;

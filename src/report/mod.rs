//! Findings as charts and tables.

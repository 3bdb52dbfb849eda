//! Findings as charts and tables. Everything here is pure: findings go in, texts and pictures come out.

pub mod figure;
mod headline;
mod picture;
mod reading;
mod table;
mod terminal;
#[cfg(test)]
mod trial;
pub mod words;

pub use headline::headlines;
pub use picture::{Picture, figures, pictures};
pub use table::{Table, tables};
pub use terminal::terminal_table;

//! The tables of what is found, by what was asked; how a table is written is the room [`crate::table`]'s.

mod decision;
mod loops;
mod mix;
mod plans;
pub(super) mod row;
mod sensitivity;
mod study;
mod sweep;

pub use decision::decision_tables;
pub use loops::loops_csv;
pub use mix::mix_tables;
pub use plans::{plans_json, plans_table};
pub use sensitivity::{inputs_table, outputs_table, sensitivity_tables};
pub use study::{OfPlaces, tables, tables_of};
pub use sweep::{DrawRow, draw_rows, sweep_draws, sweep_json, sweep_table};

pub(super) use sweep::swept_columns;

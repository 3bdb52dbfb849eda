//! Findings as charts and tables. Everything here is pure: findings go in, texts and pictures come out.

pub mod basis;
mod decision;
pub mod figure;
mod headline;
mod loops;
mod mix;
pub mod page;
mod picture;
pub mod plans;
mod prices;
mod ranking;
mod results;
mod row;
mod sensitivity;
mod sweep;
mod terminal;
#[cfg(test)]
pub(crate) mod trial;
pub mod workbook;

pub use basis::Basis;
pub use decision::{decision_pictures, decision_tables, decision_text};
pub use headline::headlines;
pub use loops::{loops_csv, loops_table};
pub use mix::{mix_levers, mix_pictures, mix_tables, mix_text};
pub use picture::{
    Picture, SweepFigure, SweepPictures, analysis, figures, pictures, plan_pictures, sweep_figures, sweep_pictures,
};
pub use results::{OfPlaces, tables, tables_of};
pub use sensitivity::{
    inputs_table, outputs_table, sensitivity_figures, sensitivity_pictures, sensitivity_tables, sensitivity_text,
};
pub use sweep::{DrawRow, draw_rows, sweep_draws, sweep_json, sweep_table, sweep_text};
pub use terminal::terminal_table;

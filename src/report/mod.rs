//! Findings as charts and tables, by medium and then by what was asked. Everything here is pure: findings go in, texts and
//! pictures come out.

pub mod basis;
mod decision;
pub mod figure;
#[cfg(test)]
pub(crate) mod fixture;
mod headline;
mod levers;
pub mod page;
mod picture;
pub mod plans;
mod prices;
mod ranking;
mod tables;
mod terminal;
pub mod workbook;

pub use basis::Basis;
pub use headline::headlines;
pub use levers::mix_levers;
pub use picture::{
    Picture, SweepFigure, SweepPictures, analysis, decision_pictures, figures, mix_pictures, pictures, plan_pictures,
    sensitivity_figures, sensitivity_pictures, sweep_figures, sweep_pictures,
};
pub use tables::{
    DrawRow, OfPlaces, decision_tables, draw_rows, inputs_table, loops_csv, mix_tables, outputs_table, plans_json,
    plans_table, sensitivity_tables, sweep_draws, sweep_json, sweep_table, tables, tables_of,
};
pub use terminal::{decision_text, loops_table, mix_text, plans_text, sensitivity_text, sweep_text, terminal_table};

//! What is found, in a terminal of 100 columns.

mod decision;
mod loops;
mod mix;
mod plans;
mod sensitivity;
mod study;
mod sweep;

pub use decision::decision_text;
pub use loops::loops_table;
pub use mix::mix_text;
pub use plans::plans_text;
pub use sensitivity::sensitivity_text;
pub use study::terminal_table;
pub use sweep::sweep_text;

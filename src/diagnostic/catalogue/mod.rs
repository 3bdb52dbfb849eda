//! Every diagnostic by its code: what it means, an example, and what to do.

pub mod command;
pub mod evidence;
pub mod notation;
pub mod one_run;
pub mod scenario;
pub mod sensitivity;
pub mod structure;
pub mod study;

use std::fmt;

use serde::Serialize;

/// The short name of a kind of diagnostic, such as `M012`.
///
/// M0xx: the text of a model; M1xx: its structure; E: evidence; S: scenario; T: study; C: command and files;
/// I: inputs and outputs for sensitivity analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The page of a diagnostic, printed by `wellspring explain`.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Its code.
    pub code: Code,
    /// One line.
    pub title: &'static str,
    /// What it means and why it matters.
    pub meaning: &'static str,
    /// A file that shows it.
    pub example: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

/// All pages, in the order of their codes.
pub fn pages() -> Vec<&'static Page> {
    let mut pages: Vec<&'static Page> = [
        notation::PAGES,
        structure::PAGES,
        study::PAGES,
        evidence::PAGES,
        scenario::PAGES,
        command::PAGES,
        one_run::PAGES,
        sensitivity::PAGES,
    ]
    .into_iter()
    .flatten()
    .collect();
    pages.sort_by_key(|page| page.code);
    pages
}

/// The page with this code, whatever the case it was typed in.
pub fn page(code: &str) -> Option<&'static Page> {
    pages().into_iter().find(|page| page.code.0.eq_ignore_ascii_case(code.trim()))
}

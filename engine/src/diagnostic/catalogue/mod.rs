//! The engine's diagnostics by their codes: what each means, an example, and what to do.

pub mod notation;
pub mod run;
pub mod structure;

use std::fmt;

use serde::Serialize;

/// The short name of a kind of diagnostic, such as `M012`.
///
/// M0xx: the text of a model; M1xx: its structure and its runs. Whoever builds on the engine has letters of their own.
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

/// The pages of everything that the engine may find wrong, in the order of their codes.
pub fn pages() -> Vec<&'static Page> {
    let mut pages: Vec<&'static Page> = [notation::PAGES, structure::PAGES, run::PAGES].into_iter().flatten().collect();
    pages.sort_by_key(|page| page.code);
    pages
}

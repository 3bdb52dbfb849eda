//! Every diagnostic by its code: what it means, an example, and what to do.
//!
//! What can be wrong with any model and its run is the engine's to say; here stand the pages of the product's own files
//! and commands, and the list of all.

pub mod command;
pub mod evidence;
mod names;
pub mod scenario;
pub mod sensitivity;
pub mod study;

use engine::diagnostic::{Page, catalogue};

/// All pages, in the order of their codes. E: evidence; S: scenario; T: study; C: command and files; I: inputs and outputs
/// for sensitivity analysis; M: a model and its runs.
pub fn pages() -> Vec<&'static Page> {
    let own = [study::PAGES, evidence::PAGES, scenario::PAGES, command::PAGES, sensitivity::PAGES];
    let mut pages: Vec<&'static Page> = own.into_iter().flatten().collect();
    pages.extend(catalogue::pages());
    pages.sort_by_key(|page| page.code);
    pages
}

/// The page with this code, whatever the case it was typed in.
pub fn page(code: &str) -> Option<&'static Page> {
    pages().into_iter().find(|page| page.code.0.eq_ignore_ascii_case(code.trim()))
}

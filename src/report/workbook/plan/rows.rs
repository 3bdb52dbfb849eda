//! Rows of a plan: a label, a number a year, and totals where years add up.

use crate::appraisal::findings::Findings;

use super::super::live::{Line, Live};
use super::super::look::Look;
use super::super::page::Page;
use super::{FIRST, spans};

/// A sheet that is filled from above.
pub(super) struct Rows<'p> {
    pub(super) page: &'p mut Page,
    pub(super) row: u32,
    pub(super) findings: &'p Findings,
    /// The last column.
    pub(super) last: u16,
}

impl Rows<'_> {
    pub(super) fn band(&mut self, text: &str) {
        self.page.band(self.row, self.last, text);
        self.row += 1;
    }

    pub(super) fn words(&mut self, text: &str) {
        self.page.text(self.row, 0, text, Look::Note);
        self.row += 1;
    }

    /// A row with its label; totals over the spans where yearly numbers add up.
    pub(super) fn put(&mut self, label: &str, cells: &[Live], style: Style) -> (Line, Line) {
        let (words, numbers) = style.looks();
        self.page.text(self.row, 0, label, words);
        let line = self.page.line(self.row, FIRST, cells, numbers);
        let mut totals = Vec::new();
        if style.adds {
            let all = line.all_here();
            totals = spans(self.findings).iter().map(|years| Live::total(&all[..*years])).collect();
        }
        let totals = self.page.line(self.row, FIRST + cells.len() as u16, &totals, numbers);
        self.row += 1;
        (line, totals)
    }
}

/// How a row looks and whether its years add up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) sum: bool,
    pub(super) item: bool,
    pub(super) count: bool,
    pub(super) adds: bool,
}

impl Style {
    pub(super) const ITEM: Self = Self { sum: false, item: true, count: false, adds: true };
    pub(super) const PLAIN: Self = Self { item: false, ..Self::ITEM };
    pub(super) const SUM: Self = Self { sum: true, ..Self::PLAIN };
    pub(super) const SO_FAR: Self = Self { adds: false, ..Self::PLAIN };
    pub(super) const COUNT: Self = Self { count: true, ..Self::PLAIN };

    pub(super) fn looks(self) -> (Look, Look) {
        let words = match self {
            Self { sum: true, .. } => Look::Sum,
            Self { item: true, .. } => Look::Item,
            _ => Look::Words,
        };
        let numbers = match (self.count, self.sum) {
            (true, _) => Look::Count,
            (false, true) => Look::ThousandsSum,
            (false, false) => Look::Thousands,
        };
        (words, numbers)
    }
}

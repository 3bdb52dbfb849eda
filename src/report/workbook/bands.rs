//! How far the draws spread: cumulative net position and the chance of payback, year by year.

use crate::answer::read;
use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::appraisal::key::CUMULATIVE_NET;

use super::live::Line;
use super::look::Look;
use super::page::Page;

/// The row of the heads.
const HEAD: u32 = 3;
/// Columns of words.
const WORDS: [&str; 5] = ["Strategy", "Perspective", "Price base", "Year", "Plan year"];
/// Columns of numbers. The last four are heights of the layers of a chart.
const NUMBERS: [&str; 11] = [
    "p05",
    "p25",
    "Median",
    "p75",
    "p95",
    "Mean",
    "Chance of payback by then",
    "p05: base of the chart",
    "p05 to p25",
    "p25 to p75",
    "p75 to p95",
];
/// Where the numbers begin, and the layers of the chart.
const FIRST: u16 = 5;
const LAYERS: u16 = FIRST + 7;

/// Rows of a strategy and perspective, for charts and comparison.
#[derive(Debug, Clone)]
pub struct Fan {
    /// Place of the strategy.
    pub strategy: usize,
    /// What people call the perspective.
    pub perspective: String,
    /// In which money.
    pub price_base: PriceBase,
    /// First and last row.
    pub rows: (u32, u32),
    /// The chance of payback by the end of each year, as cells of this sheet.
    pub chance: Vec<Line>,
}

impl Fan {
    /// The cells of a column: `None` years, 0 to 4 the quantiles, and so on as in the heads.
    pub fn column(&self, number: Option<u16>) -> (&'static str, u32, u16, u32, u16) {
        let column = number.map_or(3, |number| FIRST + number);
        ("Bands", self.rows.0, column, self.rows.1, column)
    }

    /// The columns of the layers, the lowest first: the transparent base, then upwards.
    pub fn layers() -> [u16; 4] {
        [0, 1, 2, 3].map(|layer| LAYERS - FIRST + layer)
    }
}

/// Fills the sheet.
pub fn fill(page: &mut Page, findings: &Findings) -> Vec<Fan> {
    page.widths(&[30.0, 24.0, 13.0, 10.0, 9.0, 14.0, 14.0, 14.0, 14.0, 14.0, 14.0, 12.0, 12.0, 12.0, 12.0, 12.0]);
    page.heading(
        "Bands: cumulative net position against the twin, and the chance of payback",
        "Half of the draws lie between p25 and p75, nine in ten between p05 and p95. They are the model's own, at its own prices \
         and discount rates. \"social\" is discounted and counts health.",
    );
    page.heads(HEAD, &WORDS, &NUMBERS.map(str::to_owned));
    let mut row = HEAD + 1;
    let mut fans = Vec::new();
    for (strategy, label) in findings.strategies.iter().enumerate() {
        for perspective in &findings.perspectives {
            let (base, twin) = (perspective.price_base, Comparator::Twin);
            let found = findings.find(Some(strategy), twin, CUMULATIVE_NET, &perspective.id, "", base);
            let Some(series) = found else { continue };
            let first = row;
            let mut chance = Vec::new();
            for (place, year) in series.years.iter().enumerate() {
                let prices = base.name(findings.prices());
                let words = [&label.name, &perspective.name, &prices, &findings.year_label(place + 1)];
                for (column, word) in words.iter().enumerate() {
                    page.text(row, column as u16, word, Look::Words);
                }
                page.number(row, 4, (place + 1) as f64, Look::Count);
                let values = [year.p05, year.p25, year.median, year.p75, year.p95, year.mean].map(|one| one.value);
                let line = page.numbers(row, FIRST, &values, Look::Pounds);
                let by = read::chance_by(findings, strategy, &perspective.id, place + 1);
                let by = by.map_or(f64::NAN, |estimate| estimate.value);
                chance.push(page.numbers(row, FIRST + 6, &[by], Look::Percent));
                page.live(row, LAYERS, &line.here(0), Look::Pounds);
                for (layer, (lower, upper)) in [(0, 1), (1, 3), (3, 4)].into_iter().enumerate() {
                    let height = super::live::Live::sum(&[(1.0, line.here(upper)), (-1.0, line.here(lower))]);
                    page.live(row, LAYERS + 1 + layer as u16, &height, Look::Pounds);
                }
                row += 1;
            }
            if row > first {
                let perspective = perspective.name.clone();
                fans.push(Fan { strategy, perspective, price_base: base, rows: (first, row - 1), chance });
            }
        }
    }
    page.freeze(HEAD + 1, 0);
    page.filter(HEAD, row.saturating_sub(1), FIRST + NUMBERS.len() as u16 - 1);
    fans
}

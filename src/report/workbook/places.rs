//! Each place by itself: its share of the money, what it spends, what it has back, and its health.

use crate::answer::read;
use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::appraisal::key::NET;
use crate::appraisal::measure::net::NET_AT_HORIZON;
use crate::appraisal::measure::totals::total_outcome;
use crate::report::prices::of_prices;
use crate::scenario::Role;

use super::live::Live;
use super::look::Look;
use super::numbers::Means;
use super::page::Page;
use super::plan::{span_heads, spans};

/// The row of the heads.
const HEAD: u32 = 3;

/// Fills the sheet.
pub fn fill(page: &mut Page, findings: &Findings, means: &Means) {
    page.widths(&[32.0, 30.0, 44.0, 12.0]);
    let spans = spans(findings);
    let last = 3 + spans.len() as u16 + 4;
    page.width_of(4, last, 13.0);
    page.heading(
        "By place",
        "Each place is a run of its own with its share of the money. Totals are means, and formulas of the sheet Numbers; the \
         bands are of the whole horizon. Bands of places do not add up to the band of all.",
    );
    let mut heads = span_heads(findings);
    heads.extend(["p05", "Median", "p95"].map(str::to_owned));
    page.heads(HEAD, &["Place", "Strategy", "What", "Share of the money"], &heads);
    let mut row = HEAD + 1;
    for (place, of) in findings.places.iter().enumerate() {
        for (strategy, label) in of.strategies.iter().enumerate() {
            let mut put = |what: &str, line: Option<&super::live::Line>, band: [f64; 3], look: Look| {
                page.text(row, 0, &of.place, Look::Words);
                page.text(row, 1, &label.name, Look::Words);
                page.text(row, 2, what, Look::Words);
                page.number(row, 3, of.share, Look::Percent);
                if let Some(line) = line {
                    let cells: Vec<Live> = spans.iter().map(|years| far_total(line, *years)).collect();
                    page.line(row, 4, &cells, look);
                }
                page.numbers(row, 4 + spans.len() as u16, &band, look);
                row += 1;
            };
            let band = |comparator, outcome: &str, group: &str| {
                let found = read::measured(of, strategy, comparator, outcome, group);
                [found.low, found.middle, found.high]
            };
            let whole = ("", "");
            let spent = means.find(
                place + 1,
                strategy,
                Comparator::Level,
                findings.ledger(Role::Spending),
                whole,
                PriceBase::Real,
            );
            let total = total_outcome(findings.ledger(Role::Spending));
            put(
                &format!("Spending on prevention, {} prices", findings.prices()),
                spent,
                band(Comparator::Level, &total, ""),
                Look::Thousands,
            );
            for perspective in &of.perspectives {
                let (twin, base) = (Comparator::Twin, perspective.price_base);
                let net = means.find(place + 1, strategy, twin, NET, (&perspective.id, ""), base);
                let what = format!("Net position: {}, {}", perspective.id, of_prices(base, findings.prices()));
                put(&what, net, band(twin, NET_AT_HORIZON, &perspective.id), Look::Thousands);
            }
            let gained = means.find(
                place + 1,
                strategy,
                Comparator::Twin,
                findings.ledger(Role::QalysGained),
                whole,
                PriceBase::None,
            );
            put(
                "QALYs gained",
                gained,
                band(Comparator::Twin, &total_outcome(findings.ledger(Role::QalysGained)), ""),
                Look::Count,
            );
        }
    }
    page.freeze(HEAD + 1, 0);
    page.filter(HEAD, row.saturating_sub(1), last - 1);
}

/// The sum of the first years of a line of another sheet.
fn far_total(line: &super::live::Line, years: usize) -> Live {
    let cells: Vec<Live> = (0..years.min(line.len())).map(|year| line.here(year)).collect();
    let inside = Live::total(&cells);
    Live::cell(inside.text().replacen("SUM(", &format!("SUM({}!", line.sheet()), 1), inside.value())
}

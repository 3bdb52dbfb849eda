//! The strategies side by side, over 3, 5 and 10 years, in the price base that is chosen.

use crate::appraisal::findings::{Findings, PriceBase};

use crate::report::reading::NOTHING_SPENT;

use super::Basis;
use super::bands::Fan;
use super::inputs::{NOMINAL, real};
use super::live::Live;
use super::look::Look;
use super::page::Page;
use super::plan::{Outline, span_heads, spans};

/// The row that says whether the inputs are the study's.
const CHANGED: u32 = 3;
/// The row of the heads.
const HEAD: u32 = 4;

/// Fills the sheet.
pub fn fill(page: &mut Page, findings: &Findings, basis: &Basis<'_>, outlines: &[Outline], fans: &[Fan]) {
    let heads = span_heads(findings);
    let last = heads.len() as u16;
    page.widths(&[64.0]);
    page.width_of(1, last, 15.0);
    page.upright();
    page.heading("Strategies compared", &findings.title);
    let nominal = findings.perspectives.first().is_none_or(|one| one.price_base == PriceBase::Nominal);
    let base = if nominal { NOMINAL.to_owned() } else { real(findings) };
    let title = "Means of the draws; £ thousand in the price base of Inputs: ";
    page.live_text(2, 0, &format!("=\"{title}\"&Price_base"), &format!("{title}{base}"), Look::Note);
    page.told_if_changed(CHANGED);
    page.heads(HEAD, &["Total over the first ..."], &heads);
    let mut row = HEAD + 1;
    let told = outlines.first().map_or(0, |outline| outline.totals.len());
    for place in 0..told {
        let (name, _, money) = &outlines[0].totals[place];
        page.band(row, last, name);
        row += 1;
        let look = if *money { Look::Thousands } else { Look::Count };
        for (outline, label) in outlines.iter().zip(&findings.strategies) {
            let Some((_, line, _)) = outline.totals.get(place) else { continue };
            let cells: Vec<Live> = (0..line.len()).map(|span| line.there(span)).collect();
            page.text(row, 0, &label.name, Look::Item);
            page.line(row, 1, &cells, look);
            row += 1;
        }
    }
    for (place, perspective) in findings.perspectives.iter().enumerate() {
        page.band(row, last, &format!("Chance of payback within: {}", perspective.name));
        row += 1;
        for (strategy, label) in findings.strategies.iter().enumerate() {
            let own = fans.iter().filter(|fan| fan.strategy == strategy).nth(place);
            let Some(fan) = own else { continue };
            let cells: Vec<Live> = spans(findings)
                .into_iter()
                .filter_map(|years| fan.chance.get(years - 1).map(|line| line.there(0)))
                .collect();
            if label.nothing_spent.is_some() {
                page.text(row, 0, &format!("{}: {NOTHING_SPENT}", label.name), Look::Item);
                row += 1;
                continue;
            }
            page.text(row, 0, &label.name, Look::Item);
            page.line(row, 1, &cells, Look::Percent);
            row += 1;
        }
    }
    page.text(
        row + 1,
        0,
        &format!("{} Chances of payback are the model’s own and do not follow Inputs.", note(basis)),
        Look::Note,
    );
    page.freeze(HEAD + 1, 1);
    page.print_area(row + 1, last);
}

fn note(basis: &Basis<'_>) -> String {
    let names: Vec<&str> = basis.accounts.perspectives.iter().map(|one| one.name.as_str()).collect();
    format!("Perspectives are never added to each other: {}.", names.join("; "))
}

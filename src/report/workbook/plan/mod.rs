//! The financial plan of one strategy: by year and payer, in prices of the base year and in the money of each year.

mod block;
mod ledgers;
mod present;
mod rows;

use crate::answer::read;
use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::appraisal::key::NET;
use crate::scenario::{Perspective, Prices};
use crate::words;

use super::Basis;
use super::inputs::{self, NOMINAL, Terms};
use super::live::{Line, Live};
use super::look::Look;
use super::numbers::Means;
use super::page::Page;

use block::{Block, COUNTED, block};
use ledgers::Ledgers;
use present::{Present, present_values};
use rows::{Rows, Style};

/// The row of the heads.
const HEAD: u32 = 3;
/// The row that says whether the inputs are the study's.
const CHANGED: u32 = 2;
/// The column of the first year.
const FIRST: u16 = 1;

/// What other sheets take from a plan: its summary, in the price base that is chosen.
#[derive(Debug, Clone)]
pub struct Outline {
    /// What is told, with its totals over the first 3, 5 and 10 years, and whether it is money.
    pub totals: Vec<(String, Line, bool)>,
    /// Cash released by payer and year, and capacity counted as cash, in the money of each year.
    pub by_payer: Vec<(String, Line)>,
    /// The sheet.
    pub sheet: String,
}

/// The name of a strategy's sheet: its number and its id.
pub fn sheet_name(findings: &Findings, strategy: usize) -> String {
    let plain = |letter: &char| !"[]:*?/\\'".contains(*letter);
    let id: String = findings.strategies[strategy].id.chars().filter(plain).take(20).collect();
    format!("Plan {} {id}", strategy + 1).trim().to_owned()
}

/// The numbers of years that totals are told for: 3, 5 and 10, or the horizon where it comes sooner, and the horizon.
pub fn spans(findings: &Findings) -> Vec<usize> {
    let horizon = findings.horizon;
    let mut spans: Vec<usize> = [3, 5, 10].iter().copied().filter(|years| *years < horizon).collect();
    spans.push(horizon);
    spans
}

/// How totals are headed.
pub fn span_heads(findings: &Findings) -> Vec<String> {
    spans(findings).iter().map(|years| format!("{years} year{}", if *years == 1 { "" } else { "s" })).collect()
}

/// Fills the sheet.
pub fn fill(
    page: &mut Page,
    findings: &Findings,
    basis: &Basis<'_>,
    strategy: usize,
    terms: &Terms,
    means: &Means,
) -> Outline {
    let label = &findings.strategies[strategy];
    page.heading(&label.name, &format!("{} Means over {} draws.", label.why, words::exact(read::draws_kept(findings))));
    page.widths(&[56.0]);
    let years: Vec<String> = (1..=findings.horizon).map(|year| findings.year_label(year)).collect();
    let mut heads = years;
    heads.extend(span_heads(findings));
    page.heads(HEAD, &["£ thousand unless it says otherwise; the cells hold pounds in full"], &heads);
    page.width_of(FIRST, FIRST + heads.len() as u16 - 1, 11.5);

    let money: Vec<&Perspective> = basis.accounts.perspectives.iter().filter(|one| counts_money_alone(one)).collect();
    let source = Ledgers { basis, strategy, means };
    // The summary comes first and is written last, when it is known what it sums up.
    let summary = HEAD + 1;
    let mut sheet = Rows { page, row: summary + source.summary_rows(&money), findings, last: heads.len() as u16 };
    let mut breaks = vec![sheet.row];
    let prices = findings.prices();
    let title = &format!("1  In prices of {prices} (real): means from the sheet Numbers");
    let real = block(&mut sheet, &source, &money, terms, title, None);
    breaks.push(sheet.row);
    let title =
        &format!("2  In the money of each year (cash terms): prices of {prices} times the price level of Inputs");
    let cash = block(&mut sheet, &source, &money, terms, title, Some(&real));
    breaks.push(sheet.row);
    let present = present_values(&mut sheet, &source, &money, terms, &real);
    check(&mut sheet, &source, &money, &real, &cash, &present);
    let end = sheet.row;
    sheet.row = summary;
    let totals = summarise(&mut sheet, terms, &real, &cash, &present);
    page.page_breaks(&breaks);
    page.print_area(end, heads.len() as u16);
    page.freeze(HEAD + 1, FIRST);
    page.note_if_changed(CHANGED);
    let mut by_payer = cash.by_payer;
    by_payer.extend(cash.counted.map(|line| (COUNTED.to_owned(), line)));
    Outline { totals, by_payer, sheet: page.name().to_owned() }
}

/// Whether a perspective's net position is money as it is paid, and nothing else.
fn counts_money_alone(perspective: &Perspective) -> bool {
    !perspective.discounted && perspective.gains.is_empty() && perspective.qalys.is_empty()
}

/// The net positions of this sheet less those that the model itself gives: nothing, while the inputs are the model's.
fn check(
    sheet: &mut Rows<'_>,
    source: &Ledgers<'_>,
    money: &[&Perspective],
    real: &Block,
    cash: &Block,
    present: &Present,
) {
    sheet.band("Check: this sheet less the model's own net position. 0 while Inputs are as the model ran");
    let years = sheet.findings.horizon;
    for perspective in &source.basis.accounts.perspectives {
        let base = if perspective.prices == Prices::Nominal { PriceBase::Nominal } else { PriceBase::Real };
        let found = source.means.find(0, source.strategy, Comparator::Twin, NET, (&perspective.id, ""), base);
        let of_money = money.iter().position(|one| one.id == perspective.id);
        let block = if base == PriceBase::Nominal { cash } else { real };
        let ours = match of_money {
            Some(place) => block.net.get(place),
            None => present.net.iter().find(|(id, _)| *id == perspective.id).map(|(_, line)| line),
        };
        let (Some(found), Some(ours)) = (found, ours) else { continue };
        let cells: Vec<Live> =
            (0..years).map(|year| Live::sum(&[(1.0, ours.here(year)), (-1.0, found.there(year))])).collect();
        sheet.put(&words::capital(&perspective.name), &cells, Style::PLAIN);
    }
    sheet.words("Differences far below a pound come from rounding in the last place.");
}

/// The summary, in the price base that is chosen on the sheet of inputs.
fn summarise(
    sheet: &mut Rows<'_>,
    terms: &Terms,
    real: &Block,
    cash: &Block,
    present: &Present,
) -> Vec<(String, Line, bool)> {
    let prices = sheet.findings.prices();
    let word = if terms.nominal { NOMINAL.to_owned() } else { inputs::real(sheet.findings) };
    let title = "Summary, in the price base chosen on Inputs: ";
    sheet.band("");
    let formula = format!("=\"{title}\"&Price_base");
    sheet.page.live_text(sheet.row - 1, 0, &formula, &format!("{title}{word}"), Look::Heading);
    let mut all = Vec::new();
    let years = sheet.findings.horizon;
    for ((name, nominal), (_, real)) in cash.summary.iter().zip(&real.summary) {
        let cells: Vec<Live> = (0..years).map(|year| terms.chosen(&nominal.here(year), &real.here(year))).collect();
        let style = match name {
            name if name.starts_with("Net position") => Style::SUM,
            name if name.starts_with("Cumulative") => Style::SO_FAR,
            _ => Style::PLAIN,
        };
        let (_, totals) = sheet.put(name, &cells, style);
        if style.adds {
            all.push((name.clone(), totals, true));
        }
    }
    for (name, line) in &present.summary {
        let (_, totals) = sheet.put(&format!("{name}, {prices} prices"), &line.all_here(), Style::PLAIN);
        all.push((format!("{name}, {prices} prices"), totals, true));
    }
    for (name, line) in &present.health {
        let (_, totals) = sheet.put(name, &line.all_here(), Style::COUNT);
        all.push((name.clone(), totals, false));
    }
    all
}

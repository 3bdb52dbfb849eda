//! `plan.xlsx`: the plan of each strategy as a finance team works with it, every total a live formula.
//!
//! Means of draws stand as numbers on one sheet; everything else that is money is a formula that goes back to them and to the
//! inputs. Bands and chances are the model's own and stand as numbers. Nothing here reads a clock: the same findings make the
//! same bytes.

mod bands;
mod budgets;
mod charts;
mod compare;
mod cover;
mod demand;
mod health;
mod inputs;
mod live;
mod look;
mod numbers;
mod page;
mod places;
mod plan;
mod record;
mod sheet;
mod sources;
pub mod template;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::appraisal::findings::Findings;
use crate::evidence::{EvidenceFile, References};
use crate::scenario::{Accounts, Scenario};
use engine::sampling::Sampling;

use page::Page;

/// What a workbook tells beside the findings: what they rest on.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'b> {
    /// The scenario.
    pub scenario: &'b Scenario,
    /// Draws, seed and design, as they were used.
    pub sampling: Sampling,
    /// What the appraisal read from the model, with the names of ledgers.
    pub accounts: &'b Accounts,
    /// Sources and deflators.
    pub references: &'b References,
    /// The cards, places and system files in use.
    pub evidence: &'b [EvidenceFile],
    /// The program's version.
    pub version: &'b str,
    /// What is typed to have the same results.
    pub command: &'b str,
    /// Every text that the results depend on.
    pub inputs: &'b [InputText],
}

/// A text that results depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputText {
    /// Its name.
    pub name: String,
    /// Whether it is part of the program.
    pub shipped: bool,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// The workbook as the bytes of an .xlsx file.
///
/// # Errors
/// A text or table is too large for a spreadsheet.
pub fn workbook(findings: &Findings, basis: &Basis<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut inputs = Page::new("Inputs");
    let terms = inputs::fill(&mut inputs, findings, basis);
    let mut numbers = Page::new("Numbers");
    let means = numbers::fill(&mut numbers, findings);
    let mut bands = Page::new("Bands");
    let fans = bands::fill(&mut bands, findings);
    let mut plans = Vec::new();
    let mut outlines = Vec::new();
    for strategy in 0..findings.strategies.len() {
        let mut page = Page::new(&plan::sheet_name(findings, strategy));
        outlines.push(plan::fill(&mut page, findings, basis, strategy, &terms, &means));
        plans.push(page);
    }
    let mut compare = Page::new("Compare");
    compare::fill(&mut compare, findings, basis, &outlines, &fans);
    let mut demand = Page::new("Demand");
    let changes = demand::fill(&mut demand, findings);
    let mut health = Page::new("Health");
    health::fill(&mut health, findings);
    let mut charts = Page::new("Charts");
    charts::fill(&mut charts, findings, &fans, &changes, &outlines);
    let mut evidence = Page::new("Evidence");
    sources::evidence(&mut evidence, basis);
    let mut sources = Page::new("Sources");
    sources::register(&mut sources, basis);
    let mut record = Page::new("Record");
    record::fill(&mut record, findings, basis);

    let mut pages = vec![inputs, compare];
    pages.extend(plans);
    pages.extend([bands, demand, health]);
    if !findings.organisations.is_empty() {
        let mut page = Page::new("Budgets");
        budgets::fill(&mut page, findings);
        pages.push(page);
    }
    if !findings.places.is_empty() {
        let mut page = Page::new("Places");
        places::fill(&mut page, findings, &means);
        pages.push(page);
    }
    pages.extend([charts, numbers, evidence, sources, record]);
    let mut cover = Page::new("Cover");
    let names: Vec<&str> = pages.iter().map(Page::name).collect();
    cover::fill(&mut cover, findings, basis, &names);
    pages.insert(0, cover);
    let foot = format!("Wellspring {}: a comparison of plans, not a forecast", basis.version);
    written(pages, &findings.title, &foot, &inputs::defined_names())
}

/// The pages as one file. The date in it is the same for every workbook.
fn written(pages: Vec<Page>, title: &str, foot: &str, names: &[(&'static str, String)]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let date = ExcelDateTime::from_ymd(2025, 4, 1)?;
    let properties = DocProperties::new().set_title(title).set_author("Wellspring").set_creation_datetime(&date);
    workbook.set_properties(&properties);
    for mut page in pages {
        page.running_heads(title, foot);
        workbook.push_worksheet(page.finish()?);
    }
    for (name, cell) in names {
        workbook.define_name(*name, &format!("={cell}"))?;
    }
    workbook.save_to_buffer()
}

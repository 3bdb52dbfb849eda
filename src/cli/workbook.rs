//! `plan.xlsx` of a folder of results: what the study was made from, put together for the workbook.

use crate::appraisal::findings::Findings;
use crate::report::workbook::{Basis, InputText, workbook};
use crate::study::{Study, StudyTexts};

use super::counted::sha256;
use super::manifest::logical;
use super::terminal;

/// The name of the workbook in the folder of results.
const FILE: &str = "plan.xlsx";

/// The workbook of a study; nothing but a remark where it cannot be made, for the tables are worth having without it.
pub fn plan(findings: &Findings, study: &Study, texts: &StudyTexts, command: &[String]) -> Option<(String, Vec<u8>)> {
    let inputs: Vec<InputText> = texts
        .all()
        .iter()
        .map(|text| InputText {
            name: logical(&text.file),
            shipped: text.shipped,
            sha256: sha256(text.content.as_bytes()),
        })
        .collect();
    let basis = Basis {
        scenario: &study.scenario,
        sampling: study.sampling,
        accounts: &study.accounts,
        references: &study.library.references,
        evidence: study.library.files(),
        version: env!("CARGO_PKG_VERSION"),
        command: &command.join(" "),
        inputs: &inputs,
    };
    match workbook(findings, &basis) {
        Ok(bytes) => Some((FILE.to_owned(), bytes)),
        Err(problem) => {
            terminal::remark(&format!("There is no {FILE}: {problem}"));
            None
        }
    }
}

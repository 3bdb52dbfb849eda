//! `plan.xlsx` of a folder of results: what the study was made from, put together for the workbook.

use crate::appraisal::findings::Findings;
use crate::evidence::{EvidenceFile, References};
use crate::report::workbook::{Basis, InputText, workbook};
use crate::scenario::Accounts;
use crate::study::Study;

use super::counted::sha256;
use super::gather::Gathered;
use super::manifest::logical;
use super::terminal;

/// The name of the workbook in the folder of results.
const FILE: &str = "plan.xlsx";

/// The workbook of a study; nothing but a remark where it cannot be made, for the tables are worth having without it.
pub fn plan(findings: &Findings, study: &Study, gathered: &Gathered, command: &[String]) -> Option<(String, Vec<u8>)> {
    let texts = &gathered.texts;
    let references = References::read(
        (&texts.sources.file, &texts.sources.content),
        (&texts.deflators.file, &texts.deflators.content),
    );
    let (references, _) = references.expect("the study has read the same text");
    let accounts = Accounts::read(&texts.accounts.file, &texts.accounts.content);
    let (accounts, _) = accounts.expect("the study has read the same text");
    let evidence: Vec<EvidenceFile> = texts
        .evidence
        .iter()
        .map(|text| EvidenceFile::read(&text.file, &text.content, &references))
        .map(|read| read.expect("the study has read the same text").0)
        .collect();
    let inputs: Vec<InputText> = texts
        .all()
        .iter()
        .map(|text| InputText {
            name: logical(&text.file),
            shipped: gathered.is_shipped(text),
            sha256: sha256(text.content.as_bytes()),
        })
        .collect();
    let basis = Basis {
        scenario: &study.scenario,
        sampling: study.sampling,
        accounts: &accounts,
        references: &references,
        evidence: &evidence,
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

//! The report of a study as one page that needs no script: findings and their basis in, HTML out.
//!
//! What it says is computed here, section by section; how it looks is a template that anyone may replace.

mod beliefs;
mod compare;
mod drawing;
pub mod easy;
mod effects;
mod equity;
mod evidence;
mod limits;
mod margin;
mod payers;
mod pictogram;
mod reporting;
mod template;
pub mod view;

use serde::Serialize;

use crate::answer::Answer;
use crate::appraisal::findings::Findings;
use crate::report::figure::Figure;

use super::basis::Basis;
use super::headline;
use crate::words;

pub use template::{Template, TemplateError};
use view::Section;

/// What a template for the report can use.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The scenario's name.
    pub name: String,
    /// The title.
    pub title: String,
    /// Where.
    pub place: String,
    /// The question.
    pub question: String,
    /// Who asks it.
    pub asked_by: String,
    /// The first plan year.
    pub first_year: String,
    /// The last.
    pub last_year: String,
    /// Draws asked for.
    pub draws: String,
    /// The answer in a few sentences: what they are about, and what they say.
    pub sentences: Vec<Sentence>,
    /// Sections in order, those of the appendix last.
    pub sections: Vec<Section>,
    /// The version of this program.
    pub version: String,
}

/// A sentence of the headline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// What it is about, such as `Demand`; empty if it does not say.
    pub about: String,
    /// What it says.
    pub text: String,
}

/// The page of the report. `figures` are those of [`crate::report::figures`], which the pictures beside the page are of too; `more` are
/// sections of other rooms, such as sensitivity; they stand after what drives the answer.
///
/// # Errors
/// The template asks for what cannot be done.
pub fn report(
    findings: &Findings,
    figures: &[(String, Figure)],
    basis: &Basis,
    more: Vec<Section>,
    template: &Template,
) -> Result<String, TemplateError> {
    template.fill(&content(findings, figures, basis, more))
}

/// What the report says, before any template.
/// A picture that cannot be drawn is said so in its place, with its numbers.
pub fn content(findings: &Findings, figures: &[(String, Figure)], basis: &Basis, more: Vec<Section>) -> Report {
    let pictures = Pictures { figures };
    let answer = Answer::of(findings);
    let mut sections = vec![compare::kind(findings, basis)];
    if !findings.strategies.is_empty() {
        sections.extend([
            compare::section(findings, &answer, &pictures),
            effects::demand(findings, &pictures),
            effects::payback(findings, &pictures),
        ]);
        sections.extend(margin::section(findings));
        sections.extend([
            payers::section(findings, basis, &pictures),
            effects::money(findings, &pictures),
            equity::section(findings, &pictures),
            effects::trough(findings),
            beliefs::drivers(findings, &answer, basis),
        ]);
        sections.extend(more);
        sections.push(beliefs::beliefs(findings));
    }
    sections.extend([
        evidence::section(basis, findings.prices()),
        limits::section(),
        reporting::cheers(findings, basis),
        reporting::stress(findings, basis),
        evidence::sources(basis),
        reporting::manifest(findings, basis),
    ]);
    Report {
        name: findings.name.clone(),
        title: findings.title.clone(),
        place: words::capital(&findings.place),
        question: findings.question.clone(),
        asked_by: basis.asked_by.clone(),
        first_year: findings.year_label(1),
        last_year: findings.year_label(findings.horizon),
        draws: words::exact(findings.draws),
        sentences: headline::sentences(findings, &answer).iter().map(|text| sentence(text)).collect(),
        sections,
        version: basis.version.clone(),
    }
}

fn sentence(text: &str) -> Sentence {
    match text.split_once(": ") {
        Some((about, rest)) if about.split(' ').count() <= 4 => {
            Sentence { about: about.to_owned(), text: words::capital(rest) }
        }
        _ => Sentence { about: String::new(), text: text.to_owned() },
    }
}

/// The figures of a study, by name.
struct Pictures<'f> {
    figures: &'f [(String, Figure)],
}

impl Pictures<'_> {
    /// Puts the figure of this name into the section; nothing where the study has none.
    fn put(&self, section: &mut Section, name: &str) {
        if let Some((name, figure)) = self.figures.iter().find(|(own, _)| own == name) {
            section.picture(name, figure);
        }
    }
}

/// "ten years" or "one year".
fn horizon(findings: &Findings) -> String {
    format!("{} year{}", words::whole(findings.horizon), if findings.horizon == 1 { "" } else { "s" })
}

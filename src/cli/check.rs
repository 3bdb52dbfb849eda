//! `check`: every mistake in every file.

use std::path::Path;
use std::sync::Arc;

use crate::evidence::{self, Deflators, EvidenceFile, References, SourceRegistry};
use crate::explain::command as code;
use crate::scenario::Accounts;
use crate::shipped::{self, Text};
use crate::study::{self, Overrides};
use engine::diagnostic::{Diagnostic, Diagnostics, Severity, Sources, render_json};
use engine::model::{Bindings, Name};
use engine::notation::vensim;
use engine::structure::Structure;

use super::arguments::{Check, Format};
use super::files;
use super::kind::{self, FileKind};
use super::{Ending, Failure, gather, library, model, subject, terminal};

/// Checks files and shows what was found.
///
/// # Errors
/// Standard output cannot be written.
pub fn check(asked: &Check) -> Result<Ending, Failure> {
    let mut checked = Checked::default();
    let mut files: Vec<(Text, What)> = Vec::new();
    for argument in &asked.files {
        match text(argument).and_then(|text| what(&text).map(|what| (text, what))) {
            Ok((text, what)) => files.push((text, what)),
            Err(found) => checked.found.extend(found),
        }
    }
    for (text, _) in &files {
        checked.sources.add(&text.file, &text.content);
    }
    let together = Together::of(&files, &mut checked);
    for (text, what) in files.iter().filter(|(_, what)| *what != What::Toml(FileKind::Sources)) {
        checked.one(text, *what, &together);
    }
    show(&checked, asked)
}

fn show(checked: &Checked, asked: &Check) -> Result<Ending, Failure> {
    let (others, units) = model::units_last(&checked.found);
    let mut ordered = others;
    ordered.extend(units);
    let files = terminal::count(asked.files.len(), "file");
    match asked.format {
        Format::Json => {
            let mut json = render_json(&ordered, &checked.sources);
            json.push('\n');
            terminal::print(&json)?;
        }
        Format::Text if ordered.is_empty() => terminal::print(&format!("{files}, no problems\n"))?,
        Format::Text => {
            terminal::complain(&ordered, &checked.sources);
            let summary = format!("{files}, {}", terminal::tally(ordered.iter()));
            terminal::remark(&format!("\n{summary}; `wellspring explain CODE` says more of each code"));
        }
    }
    Ok(if ordered.has_errors() { Ending::InputsWrong } else { Ending::Done })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Model,
    Toml(FileKind),
}

/// The text that an argument names: a file, or what is shipped under that name.
fn text(argument: &str) -> Result<Text, Diagnostics> {
    if shipped::is_file(argument, &[".mdl", ".toml"]) || argument.contains('.') {
        return files::read(Path::new(argument));
    }
    let all = shipped::MODELS.iter().chain(shipped::SCENARIOS).chain(shipped::PLACES).chain(shipped::CARDS);
    match shipped::find(argument, "model, scenario, place or card", all) {
        Ok(shipped) => Ok(shipped.text()),
        Err(unknown) => Err(std::iter::once(unknown).collect()),
    }
}

fn what(text: &Text) -> Result<What, Diagnostics> {
    let one = |diagnostic: Diagnostic| std::iter::once(diagnostic).collect();
    // XML is read as a model, which says what it is.
    if files::is_model(&text.file) || text.content.trim_start().starts_with('<') {
        return Ok(What::Model);
    }
    if !text.file.to_lowercase().ends_with(".toml") {
        let unknown = format!("`{}` ends neither in .mdl nor in .toml", text.file);
        return Err(one(Diagnostic::error(code::NO_KIND, unknown)
            .hint("models are read in Vensim's text format (.mdl); evidence and scenarios are TOML")));
    }
    kind::kind(text).map(What::Toml).map_err(one)
}

/// What each file is checked with: the others, and what ships where they lack something.
struct Together<'f> {
    files: &'f [(Text, What)],
    /// The shipped sources and deflators.
    shipped: References,
    /// The same with the sources among the files, if there are any.
    references: References,
    /// The accounts among the files, else the shipped ones; none if they are wrong.
    accounts: Option<Accounts>,
}

impl<'f> Together<'f> {
    fn of(files: &'f [(Text, What)], checked: &mut Checked) -> Self {
        let all =
            |kind: FileKind| files.iter().filter(move |(_, what)| *what == What::Toml(kind)).map(|(text, _)| text);
        let shipped = library::shipped_references();
        let mut own = None;
        for text in all(FileKind::Sources) {
            own = checked.keep(SourceRegistry::read(&text.file, &text.content)).or(own);
        }
        let references = match own {
            Some(sources) => References { sources, deflators: shipped.deflators.clone() },
            None => shipped.clone(),
        };
        // What is wrong with them is said where they are checked.
        let accounts = all(FileKind::Accounts).next().cloned().unwrap_or_else(|| shipped::ACCOUNTS[0].text());
        let accounts = Accounts::read(&accounts.file, &accounts.content).ok().map(|(accounts, _)| accounts);
        Self { files, shipped, references, accounts }
    }
}

/// What was found so far.
#[derive(Default)]
struct Checked {
    found: Diagnostics,
    sources: Sources,
}

impl Checked {
    fn one(&mut self, text: &Text, what: What, together: &Together<'_>) {
        match what {
            What::Model => {
                // What one run can compute is right for a model by itself.
                let (read, found) = vensim::read(&text.file, &text.content);
                if let Some(structure) = self.keep(model::bind_one_run(&read, found, &Bindings::default())) {
                    self.found.extend(study::bounds::constants(&structure));
                }
            }
            What::Toml(FileKind::Evidence) => {
                if let Some(evidence) = self.keep(EvidenceFile::read(&text.file, &text.content, &together.references)) {
                    self.fits(&evidence, text, together);
                }
            }
            What::Toml(FileKind::Scenario) => {
                self.study(text);
            }
            What::Toml(FileKind::Accounts) => {
                self.keep(Accounts::read(&text.file, &text.content));
            }
            What::Toml(FileKind::Deflators) => {
                self.keep(Deflators::read(&text.file, &text.content, &together.references.sources));
            }
            What::Toml(FileKind::Sources) => {}
        }
    }

    /// Whether the constants of a card, a place or a system are constants of the model.
    fn fits(&mut self, evidence: &EvidenceFile, text: &Text, together: &Together<'_>) {
        let own: Vec<&Text> =
            together.files.iter().filter(|(_, what)| *what == What::Model).map(|(text, _)| text).collect();
        let model = match own.as_slice() {
            [] => shipped::MODELS[0].text(),
            [one] => (*one).clone(),
            _ => return,
        };
        let mut bindings = evidence.bindings();
        if matches!(evidence.kind, evidence::EvidenceKind::Card(_))
            && let Some(accounts) = &together.accounts
        {
            bindings.ranges.insert(accounts.ranges.programme.value.clone(), vec![Name::new(&evidence.id)]);
        }
        let errors = match model::build(&model, &bindings) {
            Ok((structure, _)) => {
                let mut found = study::unknown_published(&structure, evidence);
                evidence.figures.iter().for_each(|figure| study::bounds::figure(&structure, figure, &mut found));
                found.extend(expected(&structure, evidence, together));
                found
            }
            Err(errors) => errors,
        };
        // What is wrong with the model itself is said where it is checked.
        let here = |diagnostic: &&Diagnostic| diagnostic.span.as_ref().is_some_and(|span| span.file == text.file);
        self.found.extend(errors.iter().filter(here).cloned().collect());
    }

    /// A scenario with all that it names, as a study reads them. Warnings are only told of files that are checked.
    fn study(&mut self, scenario: &Text) {
        if kind::of_a_model(scenario) {
            let found = match subject::prepare_alone(scenario.clone(), &Overrides::default()) {
                Ok((_, _, warnings)) => warnings,
                Err(failure) => failure.found,
            };
            let reported = |one: &&Diagnostic| {
                one.severity == Severity::Error || one.span.as_ref().is_none_or(|span| span.file == scenario.file)
            };
            self.found.extend(found.iter().filter(reported).cloned().collect());
            return;
        }
        let texts = match gather::gather(scenario.clone()) {
            Ok(texts) => texts,
            Err(failure) => {
                self.found.extend(failure.found);
                return;
            }
        };
        let checked = self.sources.clone();
        for text in texts.all() {
            self.sources.add(&text.file, &text.content);
        }
        let found = match study::prepare(&texts, &Overrides::default()) {
            Ok((_, warnings)) => warnings,
            Err(errors) => errors,
        };
        let here = |one: &&Diagnostic| one.span.as_ref().is_none_or(|span| span.file == scenario.file);
        // What ships is its authors' to mend, and what is checked beside the scenario is told there.
        let own = |file: &Arc<str>| !texts.all().iter().any(|text| text.file == *file && text.shipped);
        let elsewhere = |one: &&Diagnostic| {
            one.span.as_ref().is_some_and(|span| {
                checked.text(&span.file).is_none() && (one.severity == Severity::Error || own(&span.file))
            })
        };
        self.found.extend(found.iter().filter(|one| here(one) || elsewhere(one)).cloned().collect());
    }

    /// The value, if there is one; what was found is kept.
    fn keep<T>(&mut self, read: Result<(T, Diagnostics), Diagnostics>) -> Option<T> {
        match read {
            Ok((value, warnings)) => {
                self.found.extend(warnings);
                Some(value)
            }
            Err(errors) => {
                self.found.extend(errors);
                None
            }
        }
    }
}

/// What is not to be expected of a place or a card.
fn expected(structure: &Structure, evidence: &EvidenceFile, together: &Together<'_>) -> Diagnostics {
    let mut found = Diagnostics::new();
    let Some(accounts) = &together.accounts else { return found };
    let remarks = match &evidence.kind {
        evidence::EvidenceKind::Place(_) => {
            let country = library::shipped(study::plausible::country(accounts), &together.shipped);
            study::plausible::place(evidence, country.first(), accounts)
        }
        evidence::EvidenceKind::Card(_) => {
            study::reach::lacks(structure, evidence, accounts, &mut found);
            study::plausible::card(evidence, accounts)
        }
        evidence::EvidenceKind::System => Vec::new(),
    };
    found.extend(remarks.iter().map(study::plausible::Remark::diagnostic).collect());
    found
}

//! `run`: a study from a scenario to a folder of results.

use std::io;
use std::path::{Path, PathBuf};

use crate::appraisal::findings::Findings;
use crate::explain::command as code;
use crate::report::figure::Figure;
use crate::report::page::{self, Template, TemplateError};
use crate::report::{self, Basis, OfPlaces};
use crate::shipped::Text;
use crate::study::{self, Overrides, Study, StudyTexts, Tally};
use crate::words;
use engine::diagnostic::{Diagnostic, Diagnostics, Sources, Span};
use engine::ensemble::{Lap, Stage};

use super::arguments::{Format, Run};
use super::files;
use super::folder::ResultsFolder;
use super::gather;
use super::manifest::{Input, Manifest, Place, logical};
use super::memory::{self, ScratchFiles};
use super::progress::Progress;
use super::stopwatch::Stopwatch;
use super::until::{self, Asked, Rounds, Stopped};
use super::{Ending, Failure, basis, model, not_written, terminal, threads, verdict, workbook};

/// Beyond this a number was mistyped, and would only fill the memory.
const MOST_DRAWS: u64 = 10_000_000;

/// Runs a study and writes what it found.
///
/// # Errors
/// The command, the scenario or what it names is wrong, or the results could not be written.
pub fn run(asked: &Run) -> Result<Ending, Failure> {
    let watch = Stopwatch::new();
    let (memory, stopping) = possible(asked)?;
    let mut lap = Lap::begin(&watch);
    let text = gather::scenario(&asked.scenario).map_err(|found| model::failure(found, &[]))?;
    let texts = gather::gather(text)?;
    lap.end(Stage::Reading);
    let sources = texts.diagnostic_sources();
    let overrides = Overrides {
        draws: asked.draws,
        seed: asked.seed,
        design: asked.design.map(Into::into),
        ..Overrides::default()
    };
    let wrong = |found: Diagnostics| Failure::inputs(found, sources.clone());
    let (mut study, _) = study::prepare_watched(&texts, &overrides, &watch).map_err(wrong)?;
    let until = stopping.of(&study).map_err(Failure::misuse)?;
    let mut rounds =
        until.as_ref().map(|until| Rounds::new(until, &study.sampling, study.scenario.design.options.replicates));
    if let Some(rounds) = &rounds {
        redraw(&mut study, rounds).map_err(wrong)?;
    }
    warn(&study.warnings(), &sources, asked, &texts);
    let template = template(asked)?;

    let out = asked.out.clone().unwrap_or_else(|| Path::new("out").join(folder_name(&study.scenario.name)));
    // Before the work, so that a folder that cannot be written costs no one half a minute.
    let mut folder = ResultsFolder::begin(&out)?;
    let storage = ScratchFiles::new(folder.under_way(), memory);
    let work = || -> Result<_, Failure> {
        let beyond = |problem| not_written::problem_with("what is beyond the memory that --memory allows", &problem);
        let mut stopped: Option<Stopped> = None;
        loop {
            let findings = simulated(&study, asked, &storage, &watch).map_err(beyond)?;
            if let Some(rounds) = &mut rounds {
                stopped = rounds.look(&findings);
                if stopped.is_none() {
                    redraw(&mut study, rounds).map_err(wrong)?;
                    continue;
                }
            }
            // Nothing can be told of no draw, and documents of nothing would be read as if they told something.
            if let Some(none) = study::none_survived(&findings) {
                return Err(verdict::failure(std::iter::once(none).collect(), sources.clone()));
            }
            let basis = basis::basis(&study, &texts, command(asked));
            let making = Making { texts: &texts, basis: &basis, template: &template, watch: &watch };
            documents(&findings, &study, asked, &making, &mut folder)?;
            return Ok((study, findings, stopped));
        }
    };
    let (study, findings, stopped) = match threads::pool(asked.threads)? {
        Some(pool) => pool.install(work),
        None => work(),
    }?;
    let mut lap = Lap::begin(&watch);
    let manifest = manifest(asked, &study, &texts).stopped(stopped.clone()).text(folder.written());
    folder.finish(&manifest)?;
    lap.end(Stage::Writing);

    match asked.format {
        Format::Text => terminal::print(&report::terminal_table(&findings))?,
        Format::Json => terminal::print(&json(&findings))?,
    }
    if let Some(stopped) = stopped.filter(|_| !asked.quiet) {
        terminal::remark(&stopped.described());
    }
    if !asked.quiet {
        terminal::remark(&format!("Results are in {}", out.display()));
    }
    if asked.timings {
        watch.tell();
    }
    Ok(judged(&findings, asked.quiet))
}

/// The memory that may be used and what is said of stopping, if no number of the command line is one that no study can have.
fn possible(asked: &Run) -> Result<(u64, Asked), Failure> {
    let mut found: Diagnostics = impossible_draws(asked.draws).into_iter().collect();
    let memory = asked.memory.as_deref().map_or(Ok(memory::USUAL), memory::bytes);
    let memory = memory.unwrap_or_else(|wrong| {
        found.push(wrong);
        memory::USUAL
    });
    let until = until::asked(asked, MOST_DRAWS, &mut found);
    found.extend(threads::impossible(asked.threads).into_iter().collect());
    if found.is_empty() {
        return Ok((memory, until));
    }
    Err(Failure { found, sources: Sources::new(), ending: Ending::Misused })
}

/// What is wrong with a number of draws, if anything is.
pub fn impossible_draws(draws: Option<u64>) -> Option<Diagnostic> {
    match draws {
        Some(0) => Some(
            Diagnostic::error(code::NO_DRAWS, "--draws 0 leaves nothing to report")
                .hint("ask for one draw or more; 20 show that it works, 1,000 are a sound basis"),
        ),
        Some(draws) if draws > MOST_DRAWS => Some(
            Diagnostic::error(
                code::NO_DRAWS,
                format!("--draws {draws} is more than the {} possible", words::exact(MOST_DRAWS)),
            )
            .hint("1,000 are a sound basis; the standard error falls with the root of their number"),
        ),
        _ => None,
    }
}

/// Warnings of the scenario and its evidence in full; those about units of the model, which may be many, only counted.
fn warn(warnings: &Diagnostics, sources: &Sources, asked: &Run, texts: &StudyTexts) {
    let (others, units) = model::units_last(warnings);
    if asked.format == Format::Json {
        return terminal::tell(&others, sources, asked.format);
    }
    terminal::complain(&others, sources);
    let units = units.iter().count();
    // A shipped model's warnings are its authors' to mend.
    if units > 0 && !asked.quiet && !texts.model.shipped {
        let (found, file) = (terminal::count(units, "warning"), &texts.model.file);
        terminal::remark(&format!("{found} about units; `wellspring check {file}` lists them"));
    }
}

/// The template of the report: a person's own, or the shipped one.
fn template(asked: &Run) -> Result<Template, Failure> {
    let Some(path) = &asked.template else { return Ok(Template::shipped()) };
    let text = files::read(path).map_err(|found| model::failure(found, &[]))?;
    Template::read(&text.content).map_err(|problem| model::failure(wrong_template(&text, problem), &[&text]))
}

fn wrong_template(text: &Text, problem: TemplateError) -> Diagnostics {
    let at = problem.range.unwrap_or(0..0);
    let diagnostic =
        Diagnostic::error(code::TEMPLATE, format!("`{}` is no template for a report: {}", text.file, problem.message))
            .at(Span::new(&text.file, at.start, at.end))
            .hint("begin with a copy of src/report/page/report.html, which uses all that a template can name");
    std::iter::once(diagnostic).collect()
}

/// A template that turned out to ask for what is not there.
fn unusable(asked: &Run, problem: TemplateError) -> Failure {
    let read = asked.template.as_ref().and_then(|path| files::read(path).ok());
    match read {
        Some(text) => model::failure(wrong_template(&text, problem), &[&text]),
        None => Diagnostic::error(code::TEMPLATE, problem.to_string()).into(),
    }
}

/// What documents are made of beside the findings.
struct Making<'a> {
    texts: &'a StudyTexts,
    basis: &'a Basis,
    template: &'a Template,
    watch: &'a Stopwatch,
}

/// Has the study take the draws of the round that is now to be drawn.
fn redraw(study: &mut Study, rounds: &Rounds<'_>) -> Result<(), Diagnostics> {
    let now = rounds.now();
    study.redraw(now.draws, now.replicates)
}

/// What the study finds.
fn simulated(study: &Study, asked: &Run, storage: &ScratchFiles, watch: &Stopwatch) -> io::Result<Findings> {
    let progress = Progress::new(study.sampling.draws, study.places.len() as u64, asked.quiet);
    let findings = study.run_within(storage, &|draws| progress.advance(draws), watch)?;
    progress.finish(findings.runs);
    Ok(findings)
}

/// Writes the files of the folder besides its manifest, each as soon as it is made, so that no more than one is in memory.
fn documents(
    findings: &Findings,
    study: &Study,
    asked: &Run,
    making: &Making<'_>,
    folder: &mut ResultsFolder,
) -> Result<(), Failure> {
    let mut lap = Lap::begin(making.watch);
    let of_places = if asked.full_tables { OfPlaces::Everything } else { OfPlaces::Read };
    for table in report::tables_of(findings, of_places) {
        folder.add_table(&table)?;
        lap.end(Stage::Writing);
    }
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), Failure> {
        lap.end(Stage::Pictures);
        folder.add(name, bytes)?;
        lap.end(Stage::Writing);
        Ok(())
    };
    let figures = report::figures(findings);
    let pictures = report::pictures(&figures);
    for (name, problem) in pictures.failed {
        // The numbers are worth having without it.
        terminal::remark(&format!("There is no picture {name}: {problem}"));
    }
    for picture in pictures.drawn {
        add(&format!("{}.svg", picture.name), picture.svg.as_bytes())?;
        add(&format!("{}.png", picture.name), &picture.png)?;
    }
    for (name, text) in pages(findings, &figures, making).map_err(|problem| unusable(asked, problem))? {
        add(name, text.as_bytes())?;
    }
    if let Some((name, bytes)) = workbook::plan(findings, study, making.texts, &command(asked)) {
        add(&name, &bytes)?;
    }
    lap.end(Stage::Pictures);
    Ok(())
}

/// The report and the easy read.
fn pages(
    findings: &Findings,
    figures: &[(String, Figure)],
    making: &Making<'_>,
) -> Result<[(&'static str, String); 2], TemplateError> {
    Ok([
        ("report.html", page::report(findings, figures, making.basis, Vec::new(), making.template)?),
        ("easy-read.html", page::easy::easy_read(findings)?),
    ])
}

fn json(findings: &Findings) -> String {
    let mut text = serde_json::to_string(findings).expect("findings are plain words and numbers");
    text.push('\n');
    text
}

/// Says what went wrong in runs, and whether it is too much.
fn judged(findings: &Findings, quiet: bool) -> Ending {
    for fault in findings.faults.iter().take(if quiet { 0 } else { 5 }) {
        let runs = words::exact(fault.runs);
        let place = if findings.places.is_empty() { String::new() } else { format!(" in {}", fault.place) };
        terminal::remark(&format!(
            "In {runs} runs of \"{}\"{place}, `{}` went wrong; first in draw {}, at time {}: {}",
            fault.arm, fault.variable, fault.first_draw, fault.time, fault.value
        ));
    }
    verdict::judged(&Tally::of(findings), Some("draws"))
}

/// The command as it must be typed to have the same results: without the folder, the number of threads, the template and the
/// form of the output, which change none of them.
fn command(asked: &Run) -> Vec<String> {
    let mut command = vec!["wellspring".to_owned(), "run".to_owned(), logical(&asked.scenario)];
    let options = [
        ("--draws", asked.draws.map(|draws| draws.to_string())),
        ("--until", asked.until.clone()),
        ("--at-most", asked.at_most.map(|draws| draws.to_string())),
        ("--seed", asked.seed.map(|seed| seed.to_string())),
        ("--design", asked.design.map(|design| engine::sampling::Design::from(design).to_string())),
    ];
    for (name, value) in options {
        if let Some(value) = value {
            command.extend([name.to_owned(), value]);
        }
    }
    command
}

/// What the folder was made from.
fn manifest(asked: &Run, study: &Study, texts: &StudyTexts) -> Manifest {
    let texts = texts.all();
    let inputs = texts.iter().map(|text| Input::new(&text.file, &text.content, text.shipped)).collect();
    let places = study.places.iter().map(|place| {
        let text = texts.iter().find(|text| text.file == place.file);
        Place::new(&place.id, &place.name, place.share, text.map_or("", |text| &text.content))
    });
    let places = places.collect();
    let (scenario, sampling) = (&study.scenario, study.sampling);
    Manifest::new(command(asked), &scenario.name, &scenario.title, sampling, places, inputs)
        .keeping(&study.accounts.roles())
}

/// A scenario's name as a folder's: letters, digits, `-`, `_` and points that do not begin it.
pub fn folder_name(name: &str) -> PathBuf {
    let plain = |letter: char| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '-' };
    let name: String = name.trim().chars().map(plain).collect();
    let name = name.trim_matches(['.', '-']);
    PathBuf::from(if name.is_empty() { "study" } else { name })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::folder_name;

    #[test]
    fn a_name_is_no_way_out_of_the_folder() {
        assert_eq!(folder_name("one-per-cent"), Path::new("one-per-cent"));
        assert_eq!(folder_name("../../etc"), Path::new("etc"));
        assert_eq!(folder_name("1 % for all"), Path::new("1---for-all"));
        assert_eq!(folder_name(".."), Path::new("study"));
    }
}

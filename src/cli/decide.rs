//! `decide`: what a study means for the choice between its strategies.

use std::path::Path;

use crate::explain::command as code;
use crate::report;
use crate::study::decision::Decision;
use crate::study::{Overrides, Study};
use engine::diagnostic::Diagnostic;
use engine::diagnostic::Diagnostics;

use super::arguments::Decide;
use super::folder::ResultsFolder;
use super::manifest::logical;
use super::progress::Progress;
use super::subject::{self, Prepared};
use super::{Ending, Failure, model, run, terminal, threads, verdict};

/// Runs the sample of a study and says what it means for the choice.
///
/// # Errors
/// The command, the scenario or what it names is wrong, there are too few draws, or the results could not be written.
pub fn decide(asked: &Decide) -> Result<Ending, Failure> {
    let pool = pool(asked.draws, asked.threads)?;
    let overrides = Overrides { draws: asked.draws, seed: asked.seed, design: None, replicates: None };
    let (prepared, warnings) = subject::prepare(&asked.scenario, &overrides)?;
    let sources = prepared.sources();
    terminal::complain(&model::units_last(&warnings).0, &sources);
    let study = study_of(&prepared)?;
    let out = asked.out.clone().unwrap_or_else(|| {
        Path::new("out").join(format!("{}-decision", run::folder_name(&study.scenario.name).display()))
    });
    let mut folder = ResultsFolder::begin(&out)?;
    let progress = Progress::new(study.sampling.draws, 1, asked.quiet);
    let work = || computed(study, &progress);
    let found = match pool {
        Some(pool) => pool.install(work),
        None => work(),
    };
    let (decision, files) = found.map_err(|found| verdict::failure(found, sources))?;
    progress.clear();
    for table in report::decision_tables(&decision) {
        folder.add_table(&table)?;
    }
    for (name, bytes) in files {
        folder.add(&name, &bytes)?;
    }
    let manifest = prepared.manifest(command(asked)).text(folder.written());
    folder.finish(&manifest)?;
    terminal::print(&report::decision_text(&decision))?;
    if !asked.quiet {
        terminal::remark(&format!("Results are in {}", out.display()));
    }
    // The text says how many draws are left out.
    Ok(verdict::judged(&decision.tally, None))
}

/// The study of a scenario; one of a model by itself has none.
pub fn study_of(prepared: &Prepared) -> Result<&Study, Failure> {
    match prepared {
        Prepared::Study(study, _) => Ok(study),
        Prepared::Model(study, _) => {
            let message = format!(
                "`{}` is of a model by itself, which has no strategies with costs and QALYs",
                study.scenario.name
            );
            Err(Diagnostic::error(code::MODEL_ALONE, message).hint("use `wellspring sweep` with it").into())
        }
    }
}

/// A pool of as many threads as are asked for, if that and the number of draws can be; `None` is all cores.
pub fn pool(draws: Option<u64>, asked: Option<usize>) -> Result<Option<rayon::ThreadPool>, Failure> {
    if let Some(impossible) = run::impossible_draws(draws) {
        return Err(Failure::misuse(impossible));
    }
    if let Some(impossible) = threads::impossible(asked) {
        return Err(Failure::misuse(impossible));
    }
    Ok(threads::pool(asked)?)
}

/// The files of a folder, by their names.
pub type Files = Vec<(String, Vec<u8>)>;

fn computed(study: &Study, progress: &Progress) -> Result<(Decision, Files), Diagnostics> {
    let sample = study.sample_decision(&|draws| progress.advance(draws))?;
    let decision = study.decide(sample)?;
    let files = pictures(report::decision_pictures(&decision));
    Ok((decision, files))
}

/// The files of pictures. The numbers are worth having without them.
pub fn pictures(drawn: Result<Vec<report::Picture>, report::figure::FigureError>) -> Files {
    let mut files = Files::new();
    match drawn {
        Ok(pictures) => {
            for picture in pictures {
                files.push((format!("{}.svg", picture.name), picture.svg.into_bytes()));
                files.push((format!("{}.png", picture.name), picture.png));
            }
        }
        Err(problem) => terminal::remark(&format!("There are no pictures: {problem}")),
    }
    files
}

/// The command that repeats it: without the folder and the number of threads, which change no number.
fn command(asked: &Decide) -> Vec<String> {
    let mut command = vec!["wellspring".to_owned(), "decide".to_owned(), logical(&asked.scenario)];
    for (name, value) in [("--draws", asked.draws), ("--seed", asked.seed)] {
        if let Some(value) = value {
            command.extend([name.to_owned(), value.to_string()]);
        }
    }
    command
}

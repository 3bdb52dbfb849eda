//! `sensitivity SCENARIO`: the points of a method run, kept as they are done, and what they tell.

use std::path::Path;

use serde::Serialize;

use crate::explain::command as code;
use crate::report;
use crate::scenario::InputGroup;
use crate::sensitivity::analysis::Method;
use crate::shipped::Text;
use crate::study::Overrides;
use crate::study::experiment::{
    Experiment, GroupsAsked, Laid, OutcomeTable, SensitivityDesign, SensitivityFindings, SensitivityMethod,
    SensitivityQuestion,
};
use engine::diagnostic::{Diagnostic, Diagnostics, Sources};

use super::super::arguments::{Format, MethodName, Sensitivity};
use super::super::blocks;
use super::super::folder::ResultsFolder;
use super::super::manifest::{Input, Manifest, logical};
use super::super::parquet;
use super::super::progress::Progress;
use super::super::{Ending, Failure, files, model, not_written, run, subject, sweep, terminal, threads, verdict};
use super::json;

/// The files in which blocks are kept: of the screening, and of the method.
const SCREENING: &str = "screening.blocks";
const WORKING: &str = "blocks";

/// More points in all than this would fill the memory of most machines.
const MOST_POINTS: usize = 10_000_000;

/// A table of inputs with more cells than this is not written: it is hundreds of megabytes, and sobol needs none.
const MOST_CELLS: usize = 5_000_000;

/// Trajectories of the screening before sobol.
const SCREENING_TRAJECTORIES: usize = 4;

/// What the blocks are of: the first line of their file.
#[derive(Serialize)]
struct Header<'h> {
    manifest: &'h Manifest,
    method: SensitivityMethod,
    size: usize,
    inputs: Vec<&'h str>,
    groups: &'h [String],
    outcomes: Vec<&'h str>,
    strategies: Vec<&'h str>,
}

/// Analyses a scenario, and writes what was found to a folder.
///
/// # Errors
/// The command, the scenario or what it names is wrong, or the results could not be written.
pub(super) fn analyse(scenario: &str, asked: &Sensitivity) -> Result<Ending, Failure> {
    let method = possible(asked)?;
    let draws = if method == SensitivityMethod::Stored { asked.draws } else { None };
    let overrides = Overrides { draws, seed: asked.seed, design: None, replicates: None };
    let (prepared, warnings) = subject::prepare(scenario, &overrides)?;
    let mut sources = prepared.sources();
    terminal::tell(&model::units_last(&warnings).0, &sources, asked.format);
    let subject = prepared.subject();
    let size = match method {
        SensitivityMethod::Sobol => asked.base.unwrap_or(1_024),
        SensitivityMethod::Morris => asked.trajectories.unwrap_or(10),
        SensitivityMethod::Stored => subject.sampling().draws as usize,
        SensitivityMethod::Tornado => 1,
    };
    let mut manifest = prepared.manifest(command(scenario, asked));
    let groups = match &asked.groups_file {
        None => GroupsAsked::Before(asked.groups.iter().map(|group| parted(group)).collect()),
        Some(path) => {
            let (groups, text) = read_groups(path)?;
            sources.add(&text.file, &text.content);
            manifest = manifest.also(Input::new(&text.file, &text.content, false));
            GroupsAsked::Instead(groups)
        }
    };
    let question = SensitivityQuestion {
        outcomes: asked.outcomes.clone(),
        strategies: asked.strategies.clone(),
        over_time: asked.over_time,
        groups,
        second_order: asked.second_order,
    };
    let wrong = |found: Diagnostics| Failure::inputs(found, sources.clone());
    let (mut design, warnings) = SensitivityDesign::new(subject, &question).map_err(wrong)?;
    terminal::complain(&warnings, &sources);
    let out = asked.out.clone().unwrap_or_else(|| {
        Path::new("out").join(format!("{}-sensitivity", run::folder_name(subject.name()).display()))
    });
    let work = Work { asked, out: &out, manifest: &manifest };

    let laid = |design: &SensitivityDesign<'_>, method, size: usize| -> Result<Laid, Failure> {
        let units = match method {
            SensitivityMethod::Stored => 1,
            SensitivityMethod::Sobol if asked.second_order => 2 * design.units().len() + 2,
            _ => design.units().len() + 2,
        };
        if size.saturating_mul(units) > MOST_POINTS {
            let message = format!("{size} times {units} points are more than {MOST_POINTS}");
            let hint = "take fewer, or move inputs in groups: --keep 40, --group \"Unit costs=Unit cost*\"";
            return Err(Failure::misuse(Diagnostic::error(code::NO_SAMPLE, message).hint(hint)));
        }
        Ok(design.lay(method, size))
    };
    let screening = asked.keep.filter(|keep| *keep < design.units().len());
    let trajectories = asked.trajectories.unwrap_or(SCREENING_TRAJECTORIES);
    // Looked at before the folder is touched, so that what is there is not lost to a slip of the pen.
    let first = match screening {
        Some(_) => laid(&design, SensitivityMethod::Morris, trajectories)?,
        None => laid(&design, method, size)?,
    };
    let first_runs = design.experiment(&first).map_err(|found| Failure::inputs(found, sources.clone()))?;
    let mut folder = if asked.resume { ResultsFolder::resume(&out)? } else { ResultsFolder::begin(&out)? };
    folder.stay();
    folder.with_parquet(asked.parquet);
    let name = if screening.is_some() { SCREENING } else { WORKING };
    let Some(table) = work.done(&first, &first_runs, name, &folder)? else { return Ok(stopped(&folder)) };
    if table.tally().none_left() {
        return Err(none_left(&first_runs, folder, sources));
    }
    let mut found = design.findings(&first, &table).ok_or_else(nothing_sound)?;
    if let Some(keep) = screening {
        design = design.keep(&found, keep);
        let laid = laid(&design, method, size)?;
        let runs = design.experiment(&laid).map_err(|found| Failure::inputs(found, sources.clone()))?;
        let Some(table) = work.done(&laid, &runs, WORKING, &folder)? else { return Ok(stopped(&folder)) };
        if table.tally().none_left() {
            return Err(none_left(&runs, folder, sources));
        }
        let screened = std::mem::replace(&mut found, design.findings(&laid, &table).ok_or_else(nothing_sound)?);
        work.forget(SCREENING, &folder)?;
        for mut table in report::sensitivity_tables(&screened).into_iter().take(1) {
            table.file = "screening.csv".to_owned();
            folder.add_table(&table)?;
        }
        work.forget(WORKING, &folder)?;
        return finish(found, &laid, folder, &out, &manifest, asked);
    }
    work.forget(WORKING, &folder)?;
    finish(found, &first, folder, &out, &manifest, asked)
}

/// How work ends that was asked to stop.
fn stopped(folder: &ResultsFolder) -> Ending {
    folder.interrupted().unwrap_or(Ending::Interrupted)
}

/// What all parts of the work share.
struct Work<'w> {
    asked: &'w Sensitivity,
    out: &'w Path,
    manifest: &'w Manifest,
}

impl Work<'_> {
    /// All points, those done before among them; `None` if it was interrupted.
    fn done(
        &self,
        laid: &Laid,
        runs: &Experiment<'_>,
        name: &str,
        folder: &ResultsFolder,
    ) -> Result<Option<OutcomeTable>, Failure> {
        let header = Header {
            manifest: self.manifest,
            method: laid.method,
            size: laid.size,
            inputs: laid.problem.inputs.iter().map(|input| input.name.as_str()).collect(),
            groups: &laid.problem.group_names,
            outcomes: runs.outcomes().iter().map(|label| label.written.as_str()).collect(),
            strategies: runs.strategies().iter().map(|(id, _)| id.as_str()).collect(),
        };
        let header = serde_json::to_string(&header).expect("a header is plain words and numbers");
        let (store, there) = sweep::kept(&folder.working(name), &header, folder)?;
        let all = 0..runs.blocks();
        let points =
            |blocks: &mut dyn Iterator<Item = u64>| -> u64 { blocks.map(|block| runs.points_of(block) as u64).sum() };
        let progress = Progress::new(points(&mut all.clone()), 1, self.asked.quiet);
        progress.advance(points(&mut there.keys().copied().filter(|block| all.contains(block))));
        let missing: Vec<u64> = all.clone().filter(|block| !there.contains_key(block)).collect();
        let fill =
            || blocks::fill(runs, all.clone(), there, &store, &folder.interrupts(), &|points| progress.advance(points));
        let found = match threads::pool(self.asked.threads)? {
            Some(pool) => pool.install(fill),
            None => fill(),
        }?;
        if (found.len() as u64) < all.end {
            progress.clear();
            let done = found.len();
            let message = format!(
                "Interrupted: {done} of {} blocks are kept in {}; --resume goes on",
                all.end,
                folder.unfinished()
            );
            terminal::remark(&message);
            return Ok(None);
        }
        progress.finish(runs.runs(missing.into_iter()));
        let found: Vec<Vec<f64>> = found.into_values().collect();
        Ok(Some(runs.table(&found)))
    }

    /// Removes a file of blocks, which would be taken for a result.
    fn forget(&self, name: &str, folder: &ResultsFolder) -> Result<(), Diagnostic> {
        let path = folder.working(name);
        std::fs::remove_file(&path).map_err(|problem| not_written::problem(&self.out.display().to_string(), &problem))
    }
}

/// No point came out as numbers, and what is kept of them is nothing to go on with.
fn none_left(runs: &Experiment<'_>, folder: ResultsFolder, sources: Sources) -> Failure {
    folder.abandon();
    verdict::failure(std::iter::once(runs.none_left("points")).collect(), sources)
}

fn nothing_sound() -> Failure {
    let message = "too many runs went wrong: not one base point, trajectory or sample is whole";
    let wrong = Diagnostic::error(code::NO_NUMBER, message).hint("`wellspring run` tells which variable goes wrong");
    Failure { ending: Ending::RunsFailed, ..Failure::from(wrong) }
}

/// Tables, the sample, pictures and the manifest; the inputs that matter most to standard output.
fn finish(
    found: SensitivityFindings,
    laid: &Laid,
    mut folder: ResultsFolder,
    out: &Path,
    manifest: &Manifest,
    asked: &Sensitivity,
) -> Result<Ending, Failure> {
    for table in report::sensitivity_tables(&found) {
        folder.add_table(&table)?;
    }
    if found.method != SensitivityMethod::Tornado {
        folder.add("problem.toml", found.problem.text().as_bytes())?;
        folder.add_table(&report::outputs_table(&found))?;
        if found.rows.len() * found.problem.inputs.len() <= MOST_CELLS {
            folder.add_table(&report::inputs_table(&found, &laid.points()))?;
        }
    }
    match report::sensitivity_pictures(&found) {
        Ok(pictures) => {
            for picture in pictures {
                folder.add(&format!("{}.svg", picture.name), picture.svg.as_bytes())?;
                folder.add(&format!("{}.png", picture.name), &picture.png)?;
            }
        }
        // The numbers are worth having without them.
        Err(problem) => terminal::remark(&format!("There are no pictures: {problem}")),
    }
    let manifest = manifest.clone().text(folder.written());
    folder.finish(&manifest)?;
    match asked.format {
        Format::Text => terminal::print(&report::sensitivity_text(&found))?,
        Format::Json => terminal::print(&json::scenario(&found))?,
    }
    let quiet = asked.quiet;
    if !quiet {
        terminal::remark(&format!("Results are in {}", out.display()));
    }
    Ok(verdict::judged(&found.tally(), Some("points").filter(|_| !quiet)))
}

/// The groups of a file, and its text.
fn read_groups(path: &Path) -> Result<(Vec<InputGroup>, Text), Failure> {
    let text = files::read(path).map_err(|found| model::failure(found, &[]))?;
    let read = InputGroup::read(&text.file, &text.content);
    let (groups, _) = read.map_err(|found| model::failure(found, &[&text]))?;
    Ok((groups, text))
}

/// `Unit costs=Unit cost*;Wage*` as a name and its patterns.
fn parted(group: &str) -> (String, Vec<String>) {
    let (name, patterns) = group.split_once('=').unwrap_or((group, ""));
    let patterns = patterns.split(';').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty());
    (name.trim().to_owned(), patterns.collect())
}

/// The command that repeats the analysis: without the folder, the number of threads and the form of tables, which change no number.
fn command(scenario: &str, asked: &Sensitivity) -> Vec<String> {
    let mut command = ["wellspring", "sensitivity", &logical(scenario)].map(str::to_owned).to_vec();
    command.extend(["--method".to_owned(), asked.method.typed().to_owned()]);
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            command.extend([name.to_owned(), value]);
        }
    };
    let listed = |values: &[String]| (!values.is_empty()).then(|| values.join(","));
    add("--outcomes", listed(&asked.outcomes));
    add("--strategies", listed(&asked.strategies));
    for group in &asked.groups {
        add("--group", Some(group.clone()));
    }
    add("--groups", asked.groups_file.as_ref().map(|path| logical(&path.to_string_lossy())));
    add("--base", asked.base.map(|number| number.to_string()));
    add("--trajectories", asked.trajectories.map(|number| number.to_string()));
    add("--draws", asked.draws.map(|number| number.to_string()));
    add("--keep", asked.keep.map(|number| number.to_string()));
    add("--seed", asked.seed.map(|number| number.to_string()));
    if asked.second_order {
        command.push("--second-order".to_owned());
    }
    if asked.over_time {
        command.push("--over-time".to_owned());
    }
    command
}

/// The method, if the command can be done.
fn possible(asked: &Sensitivity) -> Result<SensitivityMethod, Failure> {
    let mut found: Vec<Diagnostic> = parquet::impossible(asked.parquet).into_iter().collect();
    let method = match asked.method {
        MethodName::Of(Method::Sobol) => Some(SensitivityMethod::Sobol),
        MethodName::Of(Method::Morris) => Some(SensitivityMethod::Morris),
        MethodName::Tornado => Some(SensitivityMethod::Tornado),
        MethodName::Stored => Some(SensitivityMethod::Stored),
        other => {
            let message = format!("--method {} runs no scenario", other.typed());
            let wrong = Diagnostic::error(code::OTHER_METHOD, message);
            found.push(match other {
                MethodName::Of(Method::Efast) => {
                    wrong.hint("take sobol for the same shares, or --sample for a sample of efast")
                }
                _ => wrong.hint("it is part of --method stored, with the other methods for any sample"),
            });
            None
        }
    };
    if let Some(base) = asked.base.filter(|base| !base.is_power_of_two() && *base > 0) {
        let above = base.checked_next_power_of_two().unwrap_or(base);
        let message = format!("the base of {base} is no power of two");
        found.push(Diagnostic::error(code::BASE, message).hint(format!("take --base {} or --base {above}", above / 2)));
    }
    let least = [
        ("--base", asked.base, 1),
        ("--trajectories", asked.trajectories, 1),
        ("--draws", asked.draws.map(|draws| draws as usize), 50),
        ("--keep", asked.keep, 1),
    ];
    for (name, value, least) in least {
        if let Some(value) = value.filter(|value| *value < least || *value > MOST_POINTS) {
            let message = format!("{name} {value} is no size that tells anything");
            let hint = format!("ask for {least} or more, and no more than {MOST_POINTS}");
            found.push(Diagnostic::error(code::NO_SAMPLE, message).hint(hint));
        }
    }
    if asked.second_order && asked.method != MethodName::Of(Method::Sobol) {
        let message = format!("--second-order is not told by --method {}", asked.method.typed());
        found.push(
            Diagnostic::error(code::OTHER_METHOD, message).hint("take --method sobol, or leave --second-order out"),
        );
    }
    found.extend(threads::impossible(asked.threads));
    match (method, found.is_empty()) {
        (Some(method), true) => Ok(method),
        _ => Err(Failure {
            found: found.into_iter().collect(),
            ending: Ending::Misused,
            ..Failure::without_source(Diagnostics::new())
        }),
    }
}

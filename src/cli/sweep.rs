//! `sweep`: a study at many settings, and `merge`: the parts of a sweep put together.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::explain::command as code;
use crate::report;
use crate::study::experiment::{Experiment, SweepFindings, SweepShape, columns_of};
use crate::study::{self, Overrides};
use engine::diagnostic::{Diagnostic, Diagnostics, Sources};

use super::arguments::{Format, Merge, Sweep};
use super::beside::beside;
use super::blocks::{self, BlockStore, Blocks, Found};
use super::folder::ResultsFolder;
use super::manifest::{Manifest, logical};
use super::parquet;
use super::progress::Progress;
use super::subject;
use super::{Ending, Failure, model, not_written, run, terminal, threads, verdict, writing};

/// The file in which blocks are kept while a sweep is under way.
const WORKING: &str = "blocks";

/// The file of a part of a sweep.
pub const PART: &str = "part.blocks";

/// What the blocks of a sweep are of: the first line of their file, and all that its tables need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Header {
    /// What repeats the whole sweep, and everything that its numbers depend on.
    manifest: Manifest,
    shape: SweepShape,
    keep_draws: bool,
    /// Blocks of the whole sweep.
    blocks: u64,
}

/// The part of a sweep that a file holds, or is to hold; a whole sweep is part 1 of 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Part {
    part: u64,
    parts: u64,
    of: Header,
}

/// Runs a sweep, or a part of it, and writes what it found.
///
/// # Errors
/// The command, the scenario or what it names is wrong, or the results could not be written.
pub fn sweep(asked: &Sweep) -> Result<Ending, Failure> {
    let shard = possible(asked)?;
    let overrides = Overrides { draws: asked.draws, seed: asked.seed, ..Overrides::default() };
    let (prepared, warnings) = subject::prepare(&asked.scenario, &overrides)?;
    let sources = prepared.sources();
    terminal::tell(&model::units_last(&warnings).0, &sources, asked.format);
    let subject = prepared.subject();
    let Some(swept) = subject.sweep_asked() else {
        let message = format!("the scenario `{}` says not what is to be swept", subject.name());
        let nothing = Diagnostic::error(code::NO_SWEEP, message);
        return Err(nothing.hint("add [sweep] with outcomes, and [[sweep.over]] with a lever and its values").into());
    };
    let (experiment, shape) = subject.sweep(swept).map_err(|found| Failure::inputs(found, sources))?;
    let header = Header {
        manifest: prepared.manifest(command(asked)),
        shape,
        keep_draws: asked.keep_draws,
        blocks: experiment.blocks(),
    };
    let (part, parts) = shard.unwrap_or((1, 1));
    let part = Part { part, parts, of: header };
    let out = asked.out.clone().unwrap_or_else(|| {
        let ending = shard.map_or_else(String::new, |(part, parts)| format!("-{part}-of-{parts}"));
        Path::new("out").join(format!("{}-sweep{ending}", run::folder_name(&part.of.shape.name).display()))
    });
    let (blocks, mut folder) = match work(&experiment, &part, &out, asked)? {
        Worked::Done(blocks, folder) => (blocks, *folder),
        Worked::Stopped(ending) => return Ok(ending),
    };
    if shard.is_some() {
        folder.add(PART, &blocks::written(&line(&part), &blocks))?;
        let manifest = part.of.manifest.text(folder.written());
        folder.finish(&manifest)?;
        if !asked.quiet {
            let (held, all) = (blocks.len(), part.of.blocks);
            terminal::remark(&format!(
                "{held} of {all} blocks are in {}; `wellspring merge` joins parts",
                out.display()
            ));
        }
        return Ok(Ending::Done);
    }
    folder.with_parquet(asked.parquet);
    let found = found(&part.of, blocks);
    if found.tally().none_left() {
        folder.abandon();
        return Err(verdict::failure(std::iter::once(experiment.none_left("draws")).collect(), prepared.sources()));
    }
    finish(part.of, &found, folder, &out, asked.format, asked.quiet)
}

/// Puts the parts of a sweep together.
///
/// # Errors
/// A folder holds no part, parts are of different sweeps, some are missing, or the results could not be written.
pub fn merge(asked: &Merge) -> Result<Ending, Failure> {
    if let Some(impossible) = parquet::impossible(asked.parquet) {
        return Err(Failure::misuse(impossible));
    }
    writing::no_input(&asked.out, asked.parts.iter().map(PathBuf::as_path)).map_err(Failure::misuse)?;
    let mut joined: Option<(Header, Blocks)> = None;
    let mut there: Vec<(u64, u64)> = Vec::new();
    for folder in &asked.parts {
        let (part, blocks) = part_in(folder)?;
        there.push((part.part, part.parts));
        match &mut joined {
            None => joined = Some((part.of, blocks)),
            Some((header, joined)) => {
                if *header != part.of {
                    return Err(other_run(&format!("`{}`", folder.display()), &line(header), &line(&part.of)).into());
                }
                joined.extend(blocks);
            }
        }
    }
    let Some((header, blocks)) = joined else {
        return Err(Failure::misuse(Diagnostic::error(code::NOT_A_PART, "no part is named")));
    };
    if (blocks.len() as u64) < header.blocks {
        return Err(lacking(&header, &blocks, &there).into());
    }
    let mut folder = ResultsFolder::begin(&asked.out)?;
    folder.with_parquet(asked.parquet);
    let found = found(&header, blocks);
    let tally = found.tally();
    if tally.none_left() {
        let none = study::none_left(tally.all, "draws", &[], tally.all);
        return Err(verdict::failure(std::iter::once(none).collect(), Sources::new()));
    }
    finish(header, &found, folder, &asked.out, asked.format, asked.quiet)
}

/// The part that a folder holds, and its blocks.
fn part_in(folder: &Path) -> Result<(Part, Blocks), Diagnostic> {
    let displayed = folder.display();
    let file = folder.join(PART);
    let none = || {
        Diagnostic::error(code::NOT_A_PART, format!("`{displayed}` holds no part of a sweep"))
            .hint("name the folders that `wellspring sweep --shard 1/4` and so on have written")
    };
    if !file.is_file() {
        let beside = beside(folder, ".partial");
        let kept = [folder.join(WORKING), beside.join(WORKING)].into_iter().find(|kept| kept.is_file());
        return Err(match kept.map(|kept| blocks::read(&kept)).transpose()?.flatten() {
            Some(found) => unfinished(folder, &found).unwrap_or_else(none),
            None => none(),
        });
    }
    let found = blocks::read(&file)?.ok_or_else(none)?;
    let part = Part::read(&found.header).ok_or_else(|| {
        Diagnostic::error(code::NOT_A_PART, format!("the part in `{displayed}` cannot be read"))
            .hint("it may be of another version of Wellspring; run it again with this one")
    })?;
    if found.is_cut {
        let (held, wanted) = (found.blocks.len(), part.blocks().count());
        let message =
            format!("`{}` is cut off after {held} of the {wanted} blocks of {}", file.display(), part.described());
        return Err(
            Diagnostic::error(code::CUT_OFF, message).hint("copy it again from where it was written, or run it again")
        );
    }
    Ok((part, found.blocks))
}

/// What is said of a part that was interrupted.
fn unfinished(folder: &Path, found: &Found) -> Option<Diagnostic> {
    let part = Part::read(&found.header)?;
    let displayed = folder.display().to_string();
    let displayed = displayed.trim_end_matches('/').trim_end_matches(".partial");
    let (held, wanted) = (found.blocks.len(), part.blocks().count());
    let message =
        format!("`{displayed}` is not finished: it has {held} of the {wanted} blocks of {}", part.described());
    let shard = if part.parts == 1 { String::new() } else { format!(" --shard {}/{}", part.part, part.parts) };
    let command = part.of.manifest.command().join(" ");
    Some(
        Diagnostic::error(code::CUT_OFF, message)
            .hint(format!("wait until it is done, or go on with it: `{command}{shard} --out {displayed} --resume`")),
    )
}

/// What is said where parts of a sweep are in none of the folders.
fn lacking(header: &Header, blocks: &Blocks, there: &[(u64, u64)]) -> Diagnostic {
    let missing = header.blocks - blocks.len() as u64;
    let message = format!("{missing} of {} blocks of the sweep are in none of these parts", header.blocks);
    let lacking = Diagnostic::error(code::NOT_A_PART, message);
    let parts = there.first().map_or(1, |(_, parts)| *parts);
    // Parts of halves and of quarters together leave no part by itself missing.
    if there.iter().any(|(_, other)| *other != parts) {
        return lacking.hint("name all parts of one sweep, 1/n to n/n");
    }
    let others = (1..=parts).filter(|part| !there.contains(&(*part, parts)));
    let others: Vec<String> = others.map(|part| format!("{part}/{parts}")).collect();
    lacking.hint(format!("name also what `wellspring sweep --shard` has written of {}", others.join(", ")))
}

impl Part {
    /// The part that the first line of a file of blocks tells of.
    fn read(header: &str) -> Option<Self> {
        serde_json::from_str(header).ok().filter(|one: &Self| one.part >= 1 && one.part <= one.parts)
    }

    /// The blocks of a part: as many in each as can be, the same wherever it runs.
    fn blocks(&self) -> Range<u64> {
        let end = |part: u64| (u128::from(part) * u128::from(self.of.blocks) / u128::from(self.parts)) as u64;
        end(self.part - 1)..end(self.part)
    }

    /// What it is called.
    fn described(&self) -> String {
        if self.parts == 1 { "the whole sweep".to_owned() } else { format!("part {} of {}", self.part, self.parts) }
    }
}

/// How the work on a sweep went.
enum Worked {
    /// All blocks are there.
    Done(Blocks, Box<ResultsFolder>),
    /// It was asked to stop, and what is done is kept.
    Stopped(Ending),
}

/// Runs the blocks that are wanted and not there yet.
fn work(experiment: &Experiment<'_>, part: &Part, out: &Path, asked: &Sweep) -> Result<Worked, Failure> {
    let wanted = part.blocks();
    let mut folder = if asked.resume { ResultsFolder::resume(out)? } else { ResultsFolder::begin(out)? };
    folder.stay();
    let path = folder.working(WORKING);
    let (store, there) = kept(&path, &line(part), &folder)?;
    let points = |blocks: &mut dyn Iterator<Item = u64>| blocks.map(|block| experiment.points_of(block) as u64).sum();
    let all: u64 = points(&mut wanted.clone());
    let progress = Progress::new(all, 1, asked.quiet);
    progress.advance(points(&mut there.keys().copied().filter(|block| wanted.contains(block))));
    let missing: Vec<u64> = wanted.clone().filter(|block| !there.contains_key(block)).collect();
    let fill = || {
        blocks::fill(experiment, wanted.clone(), there, &store, &folder.interrupts(), &|points| {
            progress.advance(points)
        })
    };
    let blocks = match threads::pool(asked.threads)? {
        Some(pool) => pool.install(fill),
        None => fill(),
    }?;
    drop(store);
    let all_there = blocks.len() as u64 == wanted.end - wanted.start;
    if !all_there {
        progress.clear();
        let (done, all) = (blocks.len(), wanted.end - wanted.start);
        let message =
            format!("Interrupted: {done} of {all} blocks are kept in {}; --resume goes on", folder.unfinished());
        terminal::remark(&message);
        return Ok(Worked::Stopped(folder.interrupted().unwrap_or(Ending::Interrupted)));
    }
    progress.finish(experiment.runs(missing.into_iter()));
    // A file that cannot be removed would be taken for a result.
    std::fs::remove_file(&path).map_err(|problem| not_written::problem(&path.display().to_string(), &problem))?;
    Ok(Worked::Done(blocks, Box::new(folder)))
}

/// The file of blocks, begun or gone on with.
pub(super) fn kept(path: &Path, header: &str, folder: &ResultsFolder) -> Result<(BlockStore, Blocks), Diagnostic> {
    let found = if path.is_file() { blocks::read(path)? } else { None };
    match found {
        Some(found) if found.header == header => {
            let store = BlockStore::go_on(path, &found)?;
            Ok((store, found.blocks))
        }
        Some(found) => Err(other_run(&format!("what is kept in `{}`", folder.unfinished()), header, &found.header)),
        None => Ok((BlockStore::begin(path, header)?, Blocks::new())),
    }
}

fn other_run(what: &str, one: &str, other: &str) -> Diagnostic {
    if let (Some(asked), Some(found)) = (Part::read(one), Part::read(other))
        && asked.of == found.of
    {
        let message = format!("{what} is of {}, and {} is asked for", found.described(), asked.described());
        let own = match found.parts {
            1 => "--resume without --shard".to_owned(),
            parts => format!("--shard {}/{parts} --resume", found.part),
        };
        let hint = format!("{own} goes on with it; without --resume it is lost, and what is asked for begins anew");
        return Diagnostic::error(code::OTHER_RUN, message).hint(hint);
    }
    let message = format!("{what} is of another run");
    let differs = difference(one, other).map_or_else(String::new, |what| format!("they differ in {what}; "));
    Diagnostic::error(code::OTHER_RUN, message).hint(format!(
        "{differs}scenario, inputs, draws, seed and version must be the same; without --resume it begins anew"
    ))
}

/// The first thing in which two headers differ.
fn difference(one: &str, other: &str) -> Option<String> {
    let read = |text: &str| {
        let header = serde_json::from_str::<serde_json::Value>(text).ok()?;
        Some(header.get("of").cloned().unwrap_or(header))
    };
    let (one, other) = (read(one)?, read(other)?);
    let of =
        |value: &serde_json::Value, key: &str| value.get("manifest").and_then(|manifest| manifest.get(key)).cloned();
    let named = ["version", "scenario", "draws", "seed", "design", "inputs", "places", "command"];
    if let Some(key) = named.into_iter().find(|key| of(&one, key) != of(&other, key)) {
        return Some(key.to_owned());
    }
    (one.get("shape") != other.get("shape")).then(|| "what is swept".to_owned())
}

/// What all blocks of a sweep come to.
fn found(header: &Header, blocks: Blocks) -> SweepFindings {
    let shape = header.shape.clone();
    let blocks: Vec<Vec<f64>> = blocks.into_values().collect();
    let (values, unaccounted) = columns_of(&blocks, shape.outcomes.len() * shape.strategies.len());
    SweepFindings { shape, values, unaccounted }
}

/// Tables and pictures of a whole sweep.
fn finish(
    header: Header,
    found: &SweepFindings,
    mut folder: ResultsFolder,
    out: &Path,
    format: Format,
    quiet: bool,
) -> Result<Ending, Failure> {
    let Header { manifest, keep_draws, .. } = header;
    folder.add_table(&report::sweep_table(found))?;
    if keep_draws {
        folder.add_table(&report::sweep_draws(found))?;
    }
    let drawn = report::sweep_pictures(found);
    for picture in drawn.pictures {
        folder.add(&format!("{}.svg", picture.name), picture.svg.as_bytes())?;
        folder.add(&format!("{}.png", picture.name), &picture.png)?;
    }
    for table in drawn.tables {
        folder.add_table(&table)?;
    }
    let manifest = manifest.text(folder.written());
    folder.finish(&manifest)?;
    match format {
        Format::Text => terminal::print(&report::sweep_text(found))?,
        Format::Json => terminal::print(&terminal::json(&report::sweep_json(found)))?,
    }
    if !quiet {
        terminal::remark(&format!("Results are in {}", out.display()));
        drawn.left_out.iter().for_each(|what| terminal::remark(what));
    }
    Ok(verdict::judged(&found.tally(), Some("draws").filter(|_| !quiet)))
}

/// The command that repeats the whole sweep: without the part, the folder, the number of threads and the form of tables,
/// which change no number.
fn command(asked: &Sweep) -> Vec<String> {
    let mut command = vec!["wellspring".to_owned(), "sweep".to_owned(), logical(&asked.scenario)];
    for (name, value) in [("--draws", asked.draws), ("--seed", asked.seed)] {
        if let Some(value) = value {
            command.extend([name.to_owned(), value.to_string()]);
        }
    }
    if asked.keep_draws {
        command.push("--keep-draws".to_owned());
    }
    command
}

fn line(header: &impl Serialize) -> String {
    serde_json::to_string(header).expect("a header is plain words and numbers")
}

/// The numbers of the command line that no sweep can have; the part that is asked for, if one is.
fn possible(asked: &Sweep) -> Result<Option<(u64, u64)>, Failure> {
    let mut found: Diagnostics = run::impossible_draws(asked.draws).into_iter().collect();
    found.extend(parquet::impossible(asked.parquet).into_iter().collect());
    found.extend(threads::impossible(asked.threads).into_iter().collect());
    let shard = asked.shard.as_deref().map(|typed| {
        let numbers = typed.split_once('/').and_then(|(part, parts)| Some((part.parse().ok()?, parts.parse().ok()?)));
        (typed, numbers.filter(|(part, parts): &(u64, u64)| *part >= 1 && part <= parts))
    });
    if let Some((typed, None)) = shard {
        found.push(
            Diagnostic::error(code::NO_SHARD, format!("--shard {typed} is no part of a whole"))
                .hint("write the part and how many parts there are: --shard 1/4, 2/4, 3/4 and 4/4 are all of four"),
        );
    }
    if found.is_empty() {
        return Ok(shard.and_then(|(_, numbers)| numbers));
    }
    Err(found.iter().skip(1).fold(
        Failure::misuse(found.iter().next().cloned().expect("one was found")),
        |mut all, one| {
            all.found.push(one.clone());
            all
        },
    ))
}

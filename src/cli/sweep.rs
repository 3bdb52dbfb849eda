//! `sweep`: a study at many settings, and `merge`: the parts of a sweep put together.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use crate::diagnostic::catalogue::command as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report;
use crate::study::Overrides;
use crate::study::experiment::{Experiment, SweepFindings, SweepShape, columns_of};

use super::arguments::{Format, Merge, Sweep};
use super::blocks::{self, BlockStore, Blocks};
use super::folder::ResultsFolder;
use super::manifest::{Manifest, logical};
use super::parquet::{self, Parquet};
use super::progress::Progress;
use super::subject;
use super::{Ending, Failure, model, run, terminal, writing};

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

/// Runs a sweep, or a part of it, and writes what it found.
///
/// # Errors
/// The command, the scenario or what it names is wrong, or the results could not be written.
pub fn sweep(asked: &Sweep) -> Result<Ending, Failure> {
    let shard = possible(asked)?;
    let overrides = Overrides { draws: asked.draws, seed: asked.seed, ..Overrides::default() };
    let (prepared, warnings) = subject::prepare(&asked.scenario, &overrides)?;
    let sources = prepared.sources();
    terminal::complain(&model::units_last(&warnings).0, &sources);
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
    let wanted = part_of(shard, header.blocks);
    let out = asked.out.clone().unwrap_or_else(|| {
        let ending = shard.map_or_else(String::new, |(part, parts)| format!("-{part}-of-{parts}"));
        Path::new("out").join(format!("{}-sweep{ending}", run::folder_name(&header.shape.name).display()))
    });
    let Some((blocks, mut folder)) = work(&experiment, &header, wanted, &out, asked)? else {
        return Ok(Ending::Interrupted);
    };
    if shard.is_some() {
        let manifest = header.manifest.clone();
        folder.add(PART, &blocks::written(&line(&header), &blocks))?;
        let manifest = manifest.text(folder.written());
        folder.finish(&manifest)?;
        if !asked.quiet {
            let (held, all) = (blocks.len(), header.blocks);
            terminal::remark(&format!(
                "{held} of {all} blocks are in {}; `wellspring merge` joins parts",
                out.display()
            ));
        }
        return Ok(Ending::Done);
    }
    folder.with_parquet(parquet_asked(asked.parquet, &header.shape));
    finish(header, blocks, folder, &out, asked.format, asked.quiet)
}

/// Puts the parts of a sweep together.
///
/// # Errors
/// A folder holds no part, parts are of different sweeps, some are missing, or the results could not be written.
pub fn merge(asked: &Merge) -> Result<Ending, Failure> {
    if let Some(impossible) = parquet::impossible(asked.parquet) {
        return Err(Failure::misuse(impossible));
    }
    let mut joined: Option<(String, Blocks)> = None;
    for folder in &asked.parts {
        let shown = folder.display();
        let file = folder.join(PART);
        let none = || {
            Diagnostic::error(code::NOT_A_PART, format!("`{shown}` holds no part of a sweep"))
                .hint("name the folders that `wellspring sweep --shard 1/4` and so on have written")
        };
        if !file.is_file() {
            return Err(none().into());
        }
        let found = blocks::read(&file).map_err(|problem| writing::problem(&file.display().to_string(), &problem))?;
        let found = found.ok_or_else(none)?;
        match &mut joined {
            None => joined = Some((found.header, found.blocks)),
            Some((header, blocks)) => {
                if *header != found.header {
                    return Err(other_run(&format!("`{shown}`"), header, &found.header).into());
                }
                blocks.extend(found.blocks);
            }
        }
    }
    let Some((text, blocks)) = joined else {
        return Err(Failure::misuse(Diagnostic::error(code::NOT_A_PART, "no part is named")));
    };
    let header: Header = serde_json::from_str(&text).map_err(|problem| {
        Diagnostic::error(code::NOT_A_PART, format!("the parts cannot be read: {problem}"))
            .hint("they may be of another version of Wellspring; run them again with this one")
    })?;
    let missing = header.blocks - blocks.len() as u64;
    if missing > 0 {
        let message = format!("{missing} of {} blocks of the sweep are in none of these parts", header.blocks);
        return Err(Diagnostic::error(code::NOT_A_PART, message)
            .hint("name all parts of one sweep, 1/n to n/n; a part that was cut off goes on with --resume")
            .into());
    }
    let mut folder = ResultsFolder::begin(&asked.out)?;
    folder.with_parquet(parquet_asked(asked.parquet, &header.shape));
    finish(header, blocks, folder, &asked.out, asked.format, asked.quiet)
}

/// Runs the blocks that are wanted and not there yet; `None` if it was interrupted.
fn work(
    experiment: &Experiment<'_>,
    header: &Header,
    wanted: Range<u64>,
    out: &Path,
    asked: &Sweep,
) -> Result<Option<(Blocks, ResultsFolder)>, Failure> {
    let mut folder = if asked.resume { ResultsFolder::resume(out)? } else { ResultsFolder::begin(out)? };
    folder.stay();
    let path = folder.working(WORKING);
    let (store, there) = kept(&path, &line(header), &folder)?;
    let interrupted = Arc::new(AtomicBool::new(false));
    heed_interrupts(&interrupted);
    let points = |blocks: &mut dyn Iterator<Item = u64>| blocks.map(|block| experiment.points_of(block) as u64).sum();
    let all: u64 = points(&mut wanted.clone());
    let progress = Progress::new(all, 1, asked.quiet);
    progress.advance(points(&mut there.keys().copied().filter(|block| wanted.contains(block))));
    let missing: Vec<u64> = wanted.clone().filter(|block| !there.contains_key(block)).collect();
    let fill =
        || blocks::fill(experiment, wanted.clone(), there, &store, &interrupted, &|points| progress.advance(points));
    let blocks = match pool(asked.threads)? {
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
        return Ok(None);
    }
    progress.finish(experiment.runs(missing.into_iter()));
    // A file that cannot be removed would be taken for a result.
    std::fs::remove_file(&path).map_err(|problem| writing::problem(&path.display().to_string(), &problem))?;
    Ok(Some((blocks, folder)))
}

/// The file of blocks, begun or gone on with.
pub(super) fn kept(path: &Path, header: &str, folder: &ResultsFolder) -> Result<(BlockStore, Blocks), Diagnostic> {
    let found = if path.is_file() {
        blocks::read(path).map_err(|problem| writing::problem(&path.display().to_string(), &problem))?
    } else {
        None
    };
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
    let message = format!("{what} is of another run");
    let differs = difference(one, other).map_or_else(String::new, |what| format!("they differ in {what}; "));
    Diagnostic::error(code::OTHER_RUN, message).hint(format!(
        "{differs}scenario, inputs, draws, seed and version must be the same; without --resume it begins anew"
    ))
}

/// The first thing in which two headers differ.
fn difference(one: &str, other: &str) -> Option<String> {
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    let (one, other) = (read(one)?, read(other)?);
    let of =
        |value: &serde_json::Value, key: &str| value.get("manifest").and_then(|manifest| manifest.get(key)).cloned();
    let named = ["version", "scenario", "draws", "seed", "design", "inputs", "places", "command"];
    if let Some(key) = named.into_iter().find(|key| of(&one, key) != of(&other, key)) {
        return Some(key.to_owned());
    }
    (one.get("shape") != other.get("shape")).then(|| "what is swept".to_owned())
}

/// Tables and pictures of a whole sweep.
fn finish(
    header: Header,
    blocks: Blocks,
    mut folder: ResultsFolder,
    out: &Path,
    format: Format,
    quiet: bool,
) -> Result<Ending, Failure> {
    let Header { manifest, shape, keep_draws, .. } = header;
    let columns = shape.outcomes.len() * shape.strategies.len();
    let blocks: Vec<Vec<f64>> = blocks.into_values().collect();
    let found = SweepFindings { values: columns_of(&blocks, columns), shape };
    drop(blocks);
    let table = report::sweep_table(&found);
    folder.add(&table.file, table.csv.as_bytes())?;
    if keep_draws {
        let table = report::sweep_draws(&found);
        folder.add(&table.file, table.csv.as_bytes())?;
    }
    let drawn = report::sweep_pictures(&found);
    for picture in drawn.pictures {
        folder.add(&format!("{}.svg", picture.name), picture.svg.as_bytes())?;
        folder.add(&format!("{}.png", picture.name), &picture.png)?;
    }
    for table in drawn.tables {
        folder.add(&table.file, table.csv.as_bytes())?;
    }
    let manifest = manifest.text(folder.written());
    folder.finish(&manifest)?;
    match format {
        Format::Text => terminal::print(&report::sweep_text(&found))?,
        Format::Json => terminal::print(&terminal::json(&report::sweep_json(&found)))?,
    }
    if !quiet {
        terminal::remark(&format!("Results are in {}", out.display()));
        drawn.left_out.iter().for_each(|what| terminal::remark(what));
    }
    let (left_out, all) = (found.draws_left_out(), found.shape.draws * found.shape.cells.len() as u64);
    if left_out > 0 && !quiet {
        terminal::remark(&format!("{left_out} of {all} draws are left out, since a value in them is no number"));
    }
    Ok(if run::too_many_left_out(left_out, all) { Ending::RunsFailed } else { Ending::Done })
}

/// Whether tables go into the folder as Parquet too; what is swept in numbers is numbers there.
fn parquet_asked(asked: bool, shape: &SweepShape) -> Parquet {
    let swept = shape.dimensions.iter().filter(|one| one.numbers).map(|one| one.name.clone());
    Parquet::asked(asked, swept.collect())
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

fn line(header: &Header) -> String {
    serde_json::to_string(header).expect("a header is plain words and numbers")
}

/// The blocks of a part: as many in each as can be, the same wherever it runs.
fn part_of(shard: Option<(u64, u64)>, blocks: u64) -> Range<u64> {
    let (part, parts) = shard.unwrap_or((1, 1));
    let end = |part: u64| (u128::from(part) * u128::from(blocks) / u128::from(parts)) as u64;
    end(part - 1)..end(part)
}

/// The numbers of the command line that no sweep can have; the part that is asked for, if one is.
fn possible(asked: &Sweep) -> Result<Option<(u64, u64)>, Failure> {
    let mut found: Diagnostics = run::impossible_draws(asked.draws).into_iter().collect();
    found.extend(parquet::impossible(asked.parquet).into_iter().collect());
    if asked.threads == Some(0) {
        found.push(
            Diagnostic::error(code::NO_THREADS, "--threads 0 leaves nobody to do the work")
                .hint("ask for one thread or more, or leave --threads out to use all cores"),
        );
    }
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

/// A pool of as many threads as are asked for; `None` is all cores.
pub(super) fn pool(threads: Option<usize>) -> Result<Option<rayon::ThreadPool>, Diagnostic> {
    let Some(threads) = threads else { return Ok(None) };
    let built = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    built.map(Some).map_err(|problem| {
        let message = format!("{threads} threads could not be started: {problem}");
        Diagnostic::error(code::NO_THREADS, message).hint("ask for fewer, or leave --threads out")
    })
}

/// After the first Ctrl-C the blocks under way are finished and kept; a second one ends the program at once.
pub(super) fn heed_interrupts(interrupted: &Arc<AtomicBool>) {
    let interrupted = Arc::clone(interrupted);
    let handler = move || {
        if interrupted.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(Ending::Interrupted as u8));
        }
    };
    // Without a handler the program ends at once, and the blocks on the disk are kept all the same.
    let _ = ctrlc::set_handler(handler);
}

#[cfg(test)]
mod tests {
    use super::part_of;

    #[test]
    fn parts_hold_every_block_once() {
        for blocks in [0, 1, 5, 64, 1_000] {
            for parts in [1, 2, 3, 7] {
                let all: Vec<u64> = (1..=parts).flat_map(|part| part_of(Some((part, parts)), blocks)).collect();
                assert_eq!(all, (0..blocks).collect::<Vec<_>>());
            }
        }
    }
}

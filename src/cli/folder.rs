//! A folder of results: worked on beside where it is to stand, and swapped in when it is whole.
//!
//! While `results.partial/` is filled, `results/` is what it was. At the end the old folder is moved to
//! `results.previous/`, the new one takes its place, and the old one is removed. A run that was cut off in between is
//! put right by the next one. Whoever begins holds `results.lock` from before its first look until its last move, so that a
//! second run into one folder is refused and touches nothing.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;

use crate::explain::command as code;
use crate::table::Table;
use crate::table::csv::CsvWriter;
use engine::diagnostic::Diagnostic;

use super::beside::beside;
use super::counted::Counted;
use super::interrupts::Interrupts;
use super::lock::Lock;
use super::parquet::Parquet;
use super::{Ending, files, not_written, terminal, writing};

pub use super::counted::{Written, sha256};

/// The file that says what the others are; a folder with it is wellspring's own.
pub const MANIFEST: &str = "manifest.json";

/// Who wrote the folder, as its manifest says.
pub const WRITTEN_BY: &str = "wellspring";

/// What the manifest holds until the folder is whole.
const UNFINISHED: &[u8] = b"{ \"written_by\": \"wellspring\", \"unfinished\": true }\n";

/// Files that a system leaves in every folder that is looked at.
const STRAY: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini"];

/// A folder of results under way. Dropped before its end, or interrupted, it takes its unfinished files with it.
#[derive(Debug)]
pub struct ResultsFolder {
    destination: Destination,
    written: Vec<Written>,
    /// What this thread and the one that heeds interrupts both touch; whoever has it moves or removes files.
    shared: Arc<Mutex<Shared>>,
    /// Whether the folder needs nobody to look after it any more.
    over: Arc<AtomicBool>,
    interrupts: Interrupts,
    /// Whether tables are written as Parquet too.
    parquet: bool,
}

/// Where a folder of results stands, and its neighbours.
#[derive(Debug, Clone)]
struct Destination {
    /// As the person gave it.
    displayed: String,
    target: PathBuf,
    partial: PathBuf,
    previous: PathBuf,
}

#[derive(Debug)]
struct Shared {
    /// Whether what is unfinished stays when it is dropped.
    stays: bool,
    /// Held from before the first look until the last move.
    lock: Option<Lock>,
}

impl ResultsFolder {
    /// Begins a folder, after looking whether it may be replaced.
    ///
    /// # Errors
    /// The folder holds what is not wellspring's, a file is in the way, another run is at work, or it cannot be written.
    pub fn begin(path: &Path) -> Result<Self, Diagnostic> {
        Self::open(path, false)
    }

    /// Goes on with what an interrupted run left beside the folder, or begins it if there is nothing.
    ///
    /// # Errors
    /// As in [`ResultsFolder::begin`].
    pub fn resume(path: &Path) -> Result<Self, Diagnostic> {
        Self::open(path, true)
    }

    fn open(path: &Path, resume: bool) -> Result<Self, Diagnostic> {
        let destination = Destination::of(path)?;
        let Destination { displayed, target, partial, previous } = &destination;
        let failed = |problem: &io::Error| not_written::problem(displayed, problem);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(|e| failed(&e))?;
        }
        // A signal from here on must find somebody who takes away what is unfinished.
        let interrupts = Interrupts::heed();
        let lock = Lock::take(target).map_err(|e| failed(&e))?.ok_or_else(|| busy(displayed))?;
        // Cut off between the two moves of a swap: the old results go back to where they were.
        if !target.exists() && is_own(previous) {
            fs::rename(previous, target).map_err(|e| failed(&e))?;
        }
        for folder in [target, partial, previous] {
            replaceable(folder, &name_beside(displayed, target, folder))?;
        }
        let going_on = resume && marker(partial).is_some_and(|marker| marker.unfinished);
        let stale = [partial, previous].into_iter().skip(usize::from(going_on));
        for stale in stale.filter(|folder| folder.exists()) {
            fs::remove_dir_all(stale).map_err(|e| failed(&e))?;
        }
        if !going_on {
            fs::create_dir(partial).map_err(|e| failed(&e))?;
        }
        let folder = Self {
            written: Vec::new(),
            shared: Arc::new(Mutex::new(Shared { stays: going_on, lock: Some(lock) })),
            over: Arc::new(AtomicBool::new(false)),
            interrupts,
            parquet: false,
            destination,
        };
        let (destination, shared) = (folder.destination.clone(), Arc::clone(&folder.shared));
        folder.interrupts.watch(Arc::clone(&folder.over), move |ending| destination.interrupted(&shared, ending));
        if !going_on {
            folder.put(MANIFEST, UNFINISHED)?;
        }
        Ok(folder)
    }

    /// How the command ends, if it was interrupted; asked by work that can stop and keep what is done.
    pub fn interrupted(&self) -> Option<Ending> {
        self.interrupts.heard()
    }

    /// The same, for threads that do the work.
    pub fn interrupts(&self) -> Interrupts {
        self.interrupts.clone()
    }

    /// The folder that is being filled, for files that are gone before its end.
    pub fn under_way(&self) -> &Path {
        &self.destination.partial
    }

    /// Adds a file. Its name may hold `/`, for a folder in the folder.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.put(name, bytes)?;
        let sha256 = sha256(bytes);
        self.written.push(Written { name: name.to_owned(), bytes: bytes.len() as u64, sha256 });
        Ok(())
    }

    /// Adds a table, its rows as they are made: comma-separated and, if that was asked for, as Parquet too, under its name.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add_table(&mut self, table: &Table<'_>) -> Result<(), Diagnostic> {
        let (name, columns) = (table.file.as_str(), table.columns());
        let failed = |problem: io::Error| not_written::problem(&self.displayed(name), &problem);
        let mut csv = CsvWriter::begin(columns, self.create(name)?).map_err(failed)?;
        let twin = self.parquet.then(|| format!("{}.parquet", name.trim_end_matches(".csv")));
        let begin = |twin: String| -> Result<_, Diagnostic> {
            let writer = Parquet::begin(&self.displayed(&twin), columns, self.create(&twin)?)?;
            Ok((twin, writer))
        };
        let mut twin = twin.map(begin).transpose()?;
        for batch in table.batches() {
            // Whoever heeds an interrupt waits for no more than a batch.
            let _held = self.hold();
            csv.put(&batch).map_err(failed)?;
            if let Some((_, writer)) = &mut twin {
                writer.put(&batch)?;
            }
        }
        let held = self.hold();
        let mut written = vec![csv.end().and_then(|file| file.end(name)).map_err(failed)?];
        if let Some((twin, writer)) = twin {
            let file = writer.end()?.end(&twin);
            written.push(file.map_err(|problem| not_written::problem(&self.displayed(&twin), &problem))?);
        }
        drop(held);
        self.written.extend(written);
        Ok(())
    }

    /// From now on, writes every table that is added as Parquet too, if that is asked for.
    pub fn with_parquet(&mut self, asked: bool) {
        self.parquet = asked;
    }

    /// Lets what is unfinished stay if the work is cut off, for another run to go on with.
    pub fn stay(&mut self) {
        self.hold().stays = true;
    }

    /// Leaves nothing behind, though the work was to stay: there is nothing in it to go on with.
    pub fn abandon(self) {
        self.hold().stays = false;
    }

    /// Where a file of the unfinished folder is, for what grows as the work goes on. It is not among those added.
    pub fn working(&self, name: &str) -> PathBuf {
        self.destination.partial.join(name)
    }

    /// Where the unfinished folder is, told after what the person typed.
    pub fn unfinished(&self) -> String {
        name_beside(&self.destination.displayed, &self.destination.target, &self.destination.partial)
    }

    /// The files so far, in the order they were added.
    pub fn written(&self) -> &[Written] {
        &self.written
    }

    /// Writes the manifest and swaps the folder in.
    ///
    /// # Errors
    /// It cannot be written or moved; the old folder is then where it was.
    pub fn finish(self, manifest: &str) -> Result<(), Diagnostic> {
        self.put(MANIFEST, manifest.as_bytes())?;
        // Whoever heeds an interrupt waits here, and then finds a folder that is whole.
        let shared = self.hold();
        self.over.store(true, Ordering::Relaxed);
        self.destination.swap().map_err(|problem| not_written::problem(&self.destination.displayed, &problem))?;
        drop(shared);
        Ok(())
    }

    fn hold(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let path = self.path(name)?;
        let _held = self.hold();
        writing::create(&path, bytes).map_err(|problem| not_written::problem(&self.displayed(name), &problem))
    }

    /// A file to be written piece by piece.
    fn create(&self, name: &str) -> Result<Counted, Diagnostic> {
        let path = self.path(name)?;
        let _held = self.hold();
        Counted::create(&path).map_err(|problem| not_written::problem(&self.displayed(name), &problem))
    }

    /// What a file of the folder is called, told after what the person typed.
    fn displayed(&self, name: &str) -> String {
        format!("{}/{name}", self.destination.displayed.trim_end_matches('/'))
    }

    /// Where a file is written, its folder made.
    fn path(&self, name: &str) -> Result<PathBuf, Diagnostic> {
        let Destination { displayed, partial, .. } = &self.destination;
        // Names are made of what is refused where it is read, if it is no plain word. Were one forgotten there, it ends here.
        if !Path::new(name).components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(Diagnostic::error(
                code::NOT_WRITABLE,
                format!("`{name}` is no name in the folder `{displayed}`"),
            )
            .hint("give what it is named after a name of letters, digits and hyphens"));
        }
        let path = partial.join(name);
        let _held = self.hold();
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|problem| not_written::problem(&self.displayed(name), &problem))?;
        }
        Ok(path)
    }
}

impl Drop for ResultsFolder {
    fn drop(&mut self) {
        let mut shared = self.hold();
        self.over.store(true, Ordering::Relaxed);
        if !shared.stays && self.destination.partial.exists() {
            let _ = fs::remove_dir_all(&self.destination.partial);
        }
        shared.lock = None;
    }
}

impl Destination {
    fn of(path: &Path) -> Result<Self, Diagnostic> {
        let displayed = path.display().to_string();
        let target = fs::canonicalize(path).or_else(|_| std::path::absolute(path));
        let target = target.map_err(|problem| not_written::problem(&displayed, &problem))?;
        if target.file_name().is_none() {
            return Err(Diagnostic::error(code::NOT_WRITABLE, format!("`{displayed}` is no folder of its own"))
                .hint("name a folder to be made, such as `out/study`"));
        }
        let (partial, previous) = (beside(&target, ".partial"), beside(&target, ".previous"));
        Ok(Self { displayed, target, partial, previous })
    }

    fn swap(&self) -> io::Result<()> {
        let replaces = self.target.exists();
        if replaces {
            fs::rename(&self.target, &self.previous)?;
        }
        if let Err(problem) = fs::rename(&self.partial, &self.target) {
            if replaces {
                fs::rename(&self.previous, &self.target)?;
            }
            return Err(problem);
        }
        if replaces {
            // The new results stand; what cannot be removed now is removed by the next run.
            let _ = fs::remove_dir_all(&self.previous);
        }
        Ok(())
    }

    /// Ends the program, unless those who work go on to keep what is done: of a study nothing is a result before its end.
    fn interrupted(&self, shared: &Mutex<Shared>, ending: Ending) {
        let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
        if shared.stays {
            return;
        }
        let there = self.partial.exists();
        if there {
            let _ = fs::remove_dir_all(&self.partial);
        }
        shared.lock = None;
        let displayed = &self.displayed;
        terminal::remark(&match (there, self.target.exists()) {
            (true, true) => format!("Interrupted: nothing of this run is kept, and `{displayed}` is as it was before"),
            (true, false) => "Interrupted: nothing of this run is kept, and nothing was written".to_owned(),
            (false, _) => format!("Interrupted: the results were written before, and are in `{displayed}`"),
        });
        std::process::exit(i32::from(ending as u8));
    }
}

fn busy(displayed: &str) -> Diagnostic {
    Diagnostic::error(code::BUSY, format!("another run is writing to `{displayed}`"))
        .hint("wait until it is done, or name another folder with --out")
}

/// What a neighbour of the target is called, told after what the person typed.
fn name_beside(displayed: &str, target: &Path, neighbour: &Path) -> String {
    let own = target.file_name().unwrap_or_default().to_string_lossy();
    let other = neighbour.file_name().unwrap_or_default().to_string_lossy();
    format!("{}{}", displayed.trim_end_matches('/'), other.strip_prefix(own.as_ref()).unwrap_or_default())
}

/// What is read of a manifest to know whose the folder is.
#[derive(Deserialize)]
struct Marker {
    written_by: String,
    #[serde(default)]
    unfinished: bool,
    #[serde(default)]
    outputs: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    name: String,
}

fn marker(folder: &Path) -> Option<Marker> {
    let text = files::read(&folder.join(MANIFEST)).ok()?.content;
    let marker: Marker = serde_json::from_str(&text).ok()?;
    (marker.written_by == WRITTEN_BY).then_some(marker)
}

fn is_own(folder: &Path) -> bool {
    marker(folder).is_some()
}

/// Whether a folder is not there, is empty, or holds nothing that wellspring did not write.
fn replaceable(folder: &Path, displayed: &str) -> Result<(), Diagnostic> {
    let there = match fs::metadata(folder) {
        Ok(there) => there,
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(problem) => return Err(not_written::problem(displayed, &problem)),
    };
    if !there.is_dir() {
        return Err(Diagnostic::error(
            code::FILE_IN_THE_WAY,
            format!("`{displayed}` is a file, and a folder is to be made there"),
        )
        .hint("name another folder with --out, or move that file away"));
    }
    let mut files = Vec::new();
    files_in(folder, "", &mut files).map_err(|problem| not_written::problem(displayed, &problem))?;
    files.retain(|name| !STRAY.iter().any(|stray| name == stray || name.ends_with(&format!("/{stray}"))));
    files.sort();
    let own: BTreeSet<String> = match marker(folder) {
        // What an unfinished run left is its own, whatever it is: nothing else writes there.
        Some(marker) if marker.unfinished => return Ok(()),
        Some(marker) => marker.outputs.into_iter().map(|listed| listed.name).chain([MANIFEST.to_owned()]).collect(),
        None => BTreeSet::new(),
    };
    let Some(first) = files.iter().find(|name| !own.contains(*name)) else { return Ok(()) };
    let others = files.iter().filter(|name| !own.contains(*name)).count() - 1;
    let more = if others > 0 { format!(" and {others} more") } else { String::new() };
    let message = format!("`{displayed}` holds what wellspring did not write: `{first}`{more}");
    Err(Diagnostic::error(code::NOT_OURS, message)
        .hint("name another folder with --out, or move those files out of this one"))
}

/// The files in a folder and the folders in it, by their names from there; an empty folder counts as a file.
fn files_in(folder: &Path, before: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        if !entry.file_type()?.is_dir() {
            files.push(name);
            continue;
        }
        let count = files.len();
        files_in(&entry.path(), &format!("{name}/"), files)?;
        if files.len() == count {
            files.push(name);
        }
    }
    Ok(())
}

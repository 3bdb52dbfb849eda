//! Results put on the disk: whole or not at all, and every failure named.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::explain::command as code;
use engine::diagnostic::Diagnostic;

use super::beside::beside;
use super::lock::Lock;
use super::not_written;

/// Writes a file. What stood there before stays until the new text is whole.
///
/// # Errors
/// The path cannot be written, or the disk is full.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let name = path.display().to_string();
    // Through a link to the file that is meant, so that the link stays.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let outcome = match fs::metadata(&target) {
        Ok(there) if there.is_dir() => {
            return Err(Diagnostic::error(
                code::IS_FOLDER,
                format!("`{name}` is a folder, and a file is to be written"),
            )
            .hint(format!("name a file in it, such as `{}`", path.join("results.csv").display())));
        }
        // A device or a pipe has no beside.
        Ok(there) if !there.is_file() => {
            File::options().write(true).open(&target).and_then(|mut file| file.write_all(bytes))
        }
        _ => replace(&target, bytes),
    };
    match outcome {
        Err(problem) if problem.kind() != io::ErrorKind::BrokenPipe => Err(not_written::problem(&name, &problem)),
        _ => Ok(()),
    }
}

fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    // A file is written in a moment, so whoever comes second waits, and its file is the one that stays.
    let _lock = Lock::wait(target)?;
    let beside = beside(target, ".partial");
    let written = create(&beside, bytes).and_then(|()| fs::rename(&beside, target));
    if written.is_err() {
        // The first failure is the one worth telling.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Creates a file, or empties it, and writes it to the disk itself.
///
/// # Errors
/// The path cannot be written, or the disk is full.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Whether what is to be written at `out` would take the place of one of the files or folders that it is made from.
///
/// # Errors
/// It would.
pub fn no_input<'p>(out: &Path, inputs: impl IntoIterator<Item = &'p Path>) -> Result<(), Diagnostic> {
    let own = |path: &Path| fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok();
    let Some(target) = own(out) else { return Ok(()) };
    // What an interrupted run left beside a folder is taken away when another begins there.
    let lost = [target.clone(), beside(&target, ".partial"), beside(&target, ".previous")];
    match inputs.into_iter().find(|input| own(input).is_some_and(|input| lost.contains(&input))) {
        None => Ok(()),
        Some(input) => {
            let (out, input) = (out.display(), input.display());
            let message = format!("--out {out} would take the place of `{input}`, which is read");
            Err(Diagnostic::error(code::REPLACES_INPUT, message).hint("name another place with --out"))
        }
    }
}

//! Where a command's one result goes, when `--out` names it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::explain::command as code;
use engine::diagnostic::Diagnostic;

use super::Failure;

/// The file that is meant: none for `-`, which is standard output.
///
/// # Errors
/// It is one of the inputs, by whatever spelling or link.
pub fn beside_inputs<'p>(out: Option<&'p Path>, inputs: &[&str]) -> Result<Option<&'p Path>, Failure> {
    let Some(path) = out.filter(|path| *path != Path::new("-")) else { return Ok(None) };
    match inputs.iter().find(|input| is_same(Path::new(input), path)) {
        None => Ok(Some(path)),
        Some(input) => {
            let name = path.display();
            let overwritten =
                Diagnostic::error(code::OUTPUT_IS_INPUT, format!("`{name}` is what is read, and would be overwritten"));
            let hint = format!("nothing was written, and `{input}` is as it was; name another file with --out");
            Err(Failure::misuse(overwritten.hint(hint)))
        }
    }
}

/// Whether two paths are one file.
fn is_same(one: &Path, other: &Path) -> bool {
    let (Ok(own), Ok(others)) = (fs::canonicalize(one), fs::canonicalize(other)) else { return false };
    own == others || is_linked(&own, &others)
}

/// Whether two names are one file by a hard link.
#[cfg(unix)]
fn is_linked(one: &PathBuf, other: &PathBuf) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |path: &PathBuf| fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|of| (of.dev(), of.ino()));
    number(one).is_some_and(|own| number(other) == Some(own))
}

#[cfg(not(unix))]
fn is_linked(_: &PathBuf, _: &PathBuf) -> bool {
    false
}

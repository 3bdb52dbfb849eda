//! The path next to another: where what is unfinished stands, what was there before, or the lock.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The path with something added to its last part.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path.file_name().unwrap_or_default());
    name.push(ending);
    path.with_file_name(name)
}

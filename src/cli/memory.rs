//! How much memory a study may use for its numbers, as a person types it, and the file that takes the rest.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::appraisal::store::{Scratch, Storage};
use crate::explain::command as code;
use engine::diagnostic::Diagnostic;

/// What a laptop can spare.
pub const USUAL: u64 = 1 << 30;

/// Units and their bytes; without regard to capitals.
const UNITS: [(&str, u64); 9] = [
    ("b", 1),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("tb", 1_000_000_000_000),
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("tib", 1 << 40),
];

/// The bytes of a size such as `2GiB`, `500 MB` or `1.5GB`.
///
/// # Errors
/// It is no number with a unit, or nothing at all.
pub fn bytes(size: &str) -> Result<u64, Diagnostic> {
    let typed = size.trim();
    let wrong = |what: &str| Diagnostic::error(code::NO_SIZE, format!("--memory {size} {what}"));
    let ends = typed.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(typed.len());
    let (number, unit) = (&typed[..ends], typed[ends..].trim_start().to_ascii_lowercase());
    let known = UNITS.iter().find(|(name, _)| *name == unit);
    let Ok(number) = number.parse::<f64>() else {
        return Err(wrong("is no size").hint("write a number and a unit, such as 500MB or 2GiB"));
    };
    let Some((_, factor)) = known else {
        let hint = match unit.chars().next() {
            None => format!("write its unit, such as {number}MB or {number}GiB"),
            Some(_) => "the units are B, kB, MB, GB, TB, and KiB, MiB, GiB, TiB for powers of 1,024".to_owned(),
        };
        return Err(wrong("has no unit that is known").hint(hint));
    };
    let bytes = number * *factor as f64;
    if bytes < 1.0 {
        return Err(wrong("leaves no memory to work with")
            .hint("name the memory that the machine can spare, such as 500MB; what is beyond it goes to the disk"));
    }
    // More than any machine has is as good as no limit.
    Ok(bytes as u64)
}

/// Scratch files in a folder, for what is beyond the memory that may be used.
pub struct ScratchFiles {
    folder: PathBuf,
    memory: u64,
    made: AtomicU64,
}

impl ScratchFiles {
    /// None made yet.
    pub fn new(folder: &Path, memory: u64) -> Self {
        Self { folder: folder.to_owned(), memory, made: AtomicU64::new(0) }
    }
}

impl Storage for ScratchFiles {
    fn memory(&self) -> u64 {
        self.memory
    }

    fn scratch(&self) -> io::Result<Box<dyn Scratch>> {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        Ok(Box::new(ScratchFile::create(self.folder.join(format!("numbers-{number}.scratch")))?))
    }
}

/// A file that goes when it is no longer needed.
struct ScratchFile {
    file: Shared,
    /// Where its name still stands, if it does.
    path: Option<PathBuf>,
}

impl ScratchFile {
    fn create(path: PathBuf) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
        // Where the system lets a file live on without its name, nothing stays behind however the run ends.
        let path = if cfg!(unix) && fs::remove_file(&path).is_ok() { None } else { Some(path) };
        Ok(Self { file: Shared::new(file), path })
    }
}

impl Drop for ScratchFile {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            let _ = fs::remove_file(path);
        }
    }
}

impl Scratch for ScratchFile {
    fn write(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.file.write(at, bytes)
    }

    fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        self.file.read(at, bytes)
    }
}

/// A file that many threads read and write, each at its own offset.
#[cfg(unix)]
struct Shared(File);

#[cfg(unix)]
impl Shared {
    fn new(file: File) -> Self {
        Self(file)
    }

    fn write(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::write_all_at(&self.0, bytes, at)
    }

    fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.0, bytes, at)
    }
}

/// A file that many threads read and write, one after the other where the system knows but one offset in it.
#[cfg(not(unix))]
struct Shared(std::sync::Mutex<File>);

#[cfg(not(unix))]
impl Shared {
    fn new(file: File) -> Self {
        Self(std::sync::Mutex::new(file))
    }

    fn at(&self, at: u64) -> io::Result<std::sync::MutexGuard<'_, File>> {
        let mut file = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        io::Seek::seek(&mut *file, io::SeekFrom::Start(at))?;
        Ok(file)
    }

    fn write(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
        io::Write::write_all(&mut *self.at(at)?, bytes)
    }

    fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        io::Read::read_exact(&mut *self.at(at)?, bytes)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{ScratchFiles, bytes};
    use crate::appraisal::store::Storage;

    #[test]
    fn sizes_as_people_write_them() {
        for (typed, expected) in [
            ("2GiB", 2 << 30),
            ("500MB", 500_000_000),
            ("1.5 gb", 1_500_000_000),
            (" 64kib ", 65_536),
            ("1b", 1),
            ("3TiB", 3 << 40),
        ] {
            assert_eq!(bytes(typed).unwrap(), expected, "{typed}");
        }
        for typed in ["", "2", "GiB", "-1GB", "0MB", "1e3MB", "2 G", "2GiBs", "..5MB", "nanMB", "½GB"] {
            assert!(bytes(typed).is_err(), "{typed}");
        }
        assert_eq!(bytes("99999999999999TB").unwrap(), u64::MAX);
    }

    #[test]
    fn a_scratch_file_holds_bytes_anywhere_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let files = ScratchFiles::new(folder.path(), 1);
        let (one, other) = (files.scratch().unwrap(), files.scratch().unwrap());
        one.write(4096, b"later").unwrap();
        one.write(0, b"first").unwrap();
        other.write(0, b"other").unwrap();
        let mut found = [0; 5];
        one.read(4096, &mut found).unwrap();
        assert_eq!(&found, b"later");
        one.read(0, &mut found).unwrap();
        assert_eq!(&found, b"first");
        drop((one, other));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

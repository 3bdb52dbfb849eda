//! One writer at a time: a file beside what is written, locked for as long as somebody writes there.
//!
//! The lock is the system's own and ends with the process that holds it, however that ends. A lock file that a crash left
//! behind is held by nobody and stops nobody.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::beside::beside;
use super::terminal;

/// The right to write to a path, until it is dropped.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    // Held open: the lock is given back when it is closed.
    file: File,
}

impl Lock {
    /// The right to write at `target`; `None` if another has it.
    ///
    /// # Errors
    /// The file beside it cannot be made.
    pub fn take(target: &Path) -> io::Result<Option<Self>> {
        loop {
            let lock = Self::open(target)?;
            match lock.file.try_lock() {
                Err(TryLockError::WouldBlock) => {
                    // It is the other's: to be dropped here would take it away.
                    lock.forget();
                    return Ok(None);
                }
                Err(TryLockError::Error(problem)) => lock.unknown(&problem),
                Ok(()) => {}
            }
            if lock.is_there() {
                return Ok(Some(lock));
            }
            lock.forget();
        }
    }

    /// The right to write at `target`, after whoever has it.
    ///
    /// # Errors
    /// The file beside it cannot be made.
    pub fn wait(target: &Path) -> io::Result<Self> {
        loop {
            let lock = Self::open(target)?;
            if let Err(problem) = lock.file.lock() {
                lock.unknown(&problem);
            }
            if lock.is_there() {
                return Ok(lock);
            }
            lock.forget();
        }
    }

    fn open(target: &Path) -> io::Result<Self> {
        let path = beside(target, ".lock");
        if fs::symlink_metadata(&path).is_ok_and(|there| !there.is_file()) {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "what is no file is where the lock would be"));
        }
        let file = File::options().read(true).write(true).create(true).truncate(false).open(&path)?;
        Ok(Self { path, file })
    }

    /// Where a disk knows no locks, work is not refused; but nobody would notice a second run.
    fn unknown(&self, problem: &io::Error) {
        let path = self.path.display();
        terminal::remark(&format!("`{path}` cannot be locked ({problem}): do not run twice into the same place"));
    }

    /// Whether the file that was locked is still the one that others would find: its last holder takes it away.
    #[cfg(unix)]
    fn is_there(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        match (self.file.metadata(), fs::symlink_metadata(&self.path)) {
            (Ok(own), Ok(there)) => (own.dev(), own.ino()) == (there.dev(), there.ino()),
            _ => false,
        }
    }

    #[cfg(not(unix))]
    fn is_there(&self) -> bool {
        true
    }

    /// Closes the file and leaves it where it is.
    fn forget(self) {
        let mut left = self;
        left.path = PathBuf::new();
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Before it is given back, so that nobody can have locked it in between. What has a text in it is a person's own file
        // of that name. Elsewhere than on Unix an open file cannot be told from a new one of its name, so it stays there.
        let empty = self.file.metadata().is_ok_and(|own| own.len() == 0);
        if cfg!(unix) && empty && !self.path.as_os_str().is_empty() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Lock;
    use std::fs;

    #[test]
    fn one_at_a_time_and_nothing_stays_behind() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("results");
        let first = Lock::take(&target).unwrap().unwrap();
        assert!(Lock::take(&target).unwrap().is_none() && Lock::take(&target).unwrap().is_none());
        assert!(place.path().join("results.lock").is_file(), "a loser takes nothing away");
        drop(first);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), usize::from(cfg!(not(unix))));
        assert!(Lock::take(&target).unwrap().is_some());
    }

    #[test]
    fn what_a_crash_or_a_person_left_stops_nobody_and_is_not_lost() {
        let place = tempfile::tempdir().unwrap();
        let (target, lock) = (place.path().join("cargo"), place.path().join("cargo.lock"));
        fs::write(&lock, "a person's own").unwrap();
        drop(Lock::take(&target).unwrap().unwrap());
        assert_eq!(fs::read_to_string(&lock).unwrap(), "a person's own");
        fs::remove_file(&lock).unwrap();
        fs::create_dir(&lock).unwrap();
        assert!(Lock::take(&target).is_err());
    }

    #[test]
    fn many_threads_never_hold_it_together() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("results");
        let inside = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let lock = Lock::wait(&target).unwrap();
                        assert_eq!(inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst), 0);
                        inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
    }
}

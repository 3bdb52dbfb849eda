//! A file that is written piece by piece, its length and its fingerprint taken on the way.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

/// A file in a folder of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name in the folder.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// A file under way.
pub struct Counted {
    file: File,
    bytes: u64,
    digest: Sha256,
}

impl Counted {
    /// Creates a file, or empties it.
    ///
    /// # Errors
    /// The path cannot be written.
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { file: File::create(path)?, bytes: 0, digest: Sha256::new() })
    }

    /// Writes what is left to the disk itself; what the file holds, under this name.
    ///
    /// # Errors
    /// The disk is full.
    pub fn end(self, name: &str) -> io::Result<Written> {
        self.file.sync_all()?;
        Ok(Written { name: name.to_owned(), bytes: self.bytes, sha256: hexadecimal(&self.digest.finalize()) })
    }
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The SHA-256 of these bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

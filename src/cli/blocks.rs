//! Blocks of numbers kept on the disk as they are done, so that work that was cut off can go on.
//!
//! The file begins with one line that says what the blocks are of. Each record after it is the block's number, how many
//! numbers follow, the numbers, and the first eight bytes of the record's SHA-256, all little-endian. Records stand in the
//! order in which blocks were done; a record that was cut off, and what follows it, does not count.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest, Sha256};

use crate::study::experiment::Experiment;
use engine::diagnostic::Diagnostic;

use super::interrupts::Interrupts;
use super::{files, not_written, writing};

/// The numbers of blocks, by the block's number.
pub type Blocks = BTreeMap<u64, Vec<f64>>;

/// A file of blocks that grows.
#[derive(Debug)]
pub struct BlockStore {
    file: Mutex<File>,
    displayed: String,
}

impl BlockStore {
    /// Begins a file of blocks; `header`, one line, says what they are of. What stood there is lost.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn begin(path: &Path, header: &str) -> Result<Self, Diagnostic> {
        let displayed = path.display().to_string();
        let begun = writing::create(path, format!("{header}\n").as_bytes())
            .and_then(|()| File::options().append(true).open(path));
        match begun {
            Ok(file) => Ok(Self { file: Mutex::new(file), displayed }),
            Err(problem) => Err(not_written::problem(&displayed, &problem)),
        }
    }

    /// Goes on with a file that [`read`] has read: what follows the last whole record is cut off.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn go_on(path: &Path, found: &Found) -> Result<Self, Diagnostic> {
        let displayed = path.display().to_string();
        let opened = File::options().append(true).open(path).and_then(|file| {
            file.set_len(found.whole)?;
            Ok(file)
        });
        match opened {
            Ok(file) => Ok(Self { file: Mutex::new(file), displayed }),
            Err(problem) => Err(not_written::problem(&displayed, &problem)),
        }
    }

    /// Adds a block, from any thread.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(&self, block: u64, numbers: &[f64]) -> Result<(), Diagnostic> {
        let record = record(block, numbers);
        let mut file = self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        file.write_all(&record).map_err(|problem| not_written::problem(&self.displayed, &problem))
    }
}

/// What a file of blocks holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What the blocks are of.
    pub header: String,
    /// The blocks.
    pub blocks: Blocks,
    /// Whether something follows them that is no whole block.
    pub is_cut: bool,
    /// Up to which byte the file is whole.
    whole: u64,
}

/// Reads a file of blocks up to its last whole record; `None` if it is none, or its first line was cut off.
///
/// # Errors
/// It cannot be read, or is longer than any sweep is.
pub fn read(path: &Path) -> Result<Option<Found>, Diagnostic> {
    let bytes = files::bytes(path, files::LONGEST_BLOCKS)?;
    let Some(line) = bytes.iter().position(|byte| *byte == b'\n') else { return Ok(None) };
    let Ok(header) = String::from_utf8(bytes[..line].to_vec()) else { return Ok(None) };
    let mut blocks = Blocks::new();
    let mut at = line + 1;
    while let Some((block, numbers, length)) = next(&bytes[at..]) {
        blocks.insert(block, numbers);
        at += length;
    }
    Ok(Some(Found { header, blocks, is_cut: at < bytes.len(), whole: at as u64 }))
}

/// Blocks as the bytes of a file, in the order of their numbers.
pub fn written(header: &str, blocks: &Blocks) -> Vec<u8> {
    let mut bytes = format!("{header}\n").into_bytes();
    for (block, numbers) in blocks {
        bytes.extend(record(*block, numbers));
    }
    bytes
}

/// Runs those of `wanted` that are not there yet, and keeps each as it is done; stops early if it is interrupted.
///
/// # Errors
/// A block could not be written; those before it are kept.
pub fn fill(
    experiment: &Experiment<'_>,
    wanted: std::ops::Range<u64>,
    mut there: Blocks,
    store: &BlockStore,
    interrupts: &Interrupts,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Blocks, Diagnostic> {
    there.retain(|block, numbers| wanted.contains(block) && numbers.len() == experiment.numbers_of(*block));
    let missing: Vec<u64> = wanted.filter(|block| !there.contains_key(block)).collect();
    let more: Mutex<(Blocks, Option<Diagnostic>)> = Mutex::new((Blocks::new(), None));
    let failed = AtomicBool::new(false);
    experiment.run_blocks(
        &missing,
        &|block, numbers| {
            let added = store.add(block, &numbers);
            let mut more = more.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            match added {
                Ok(()) => {
                    more.0.insert(block, numbers);
                }
                Err(problem) => {
                    failed.store(true, Ordering::Relaxed);
                    more.1 = Some(problem);
                }
            }
        },
        &|| interrupts.heard().is_none() && !failed.load(Ordering::Relaxed),
        progress,
    );
    let (more, problem) = more.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(problem) = problem {
        return Err(problem);
    }
    there.extend(more);
    Ok(there)
}

fn record(block: u64, numbers: &[f64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(numbers.len() * 8 + 20);
    bytes.extend(block.to_le_bytes());
    bytes.extend((numbers.len() as u32).to_le_bytes());
    for number in numbers {
        bytes.extend(number.to_le_bytes());
    }
    let digest = Sha256::digest(&bytes);
    bytes.extend(&digest[..8]);
    bytes
}

/// The record that the bytes begin with, if it is whole, and its length.
fn next(bytes: &[u8]) -> Option<(u64, Vec<f64>, usize)> {
    let block = u64::from_le_bytes(bytes.get(..8)?.try_into().ok()?);
    let count = u32::from_le_bytes(bytes.get(8..12)?.try_into().ok()?) as usize;
    let end = 12 + count * 8;
    let digest = Sha256::digest(bytes.get(..end)?);
    if bytes.get(end..end + 8)? != &digest[..8] {
        return None;
    }
    let (numbers, _) = bytes[12..end].as_chunks::<8>();
    let numbers = numbers.iter().map(|number| f64::from_le_bytes(*number)).collect();
    Some((block, numbers, end + 8))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{BlockStore, Blocks, read, written};
    use std::fs;

    #[test]
    fn what_was_cut_off_does_not_count_and_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blocks");
        let store = BlockStore::begin(&path, "of a test").unwrap();
        store.add(3, &[1.5, f64::NAN]).unwrap();
        store.add(1, &[-0.0]).unwrap();
        drop(store);
        let whole = fs::read(&path).unwrap();
        // Cut anywhere within the last record, only the first is left.
        for cut in 1..28 {
            fs::write(&path, &whole[..whole.len() - cut]).unwrap();
            let found = read(&path).unwrap().unwrap();
            assert_eq!(found.blocks.keys().copied().collect::<Vec<_>>(), [3], "{cut}");
            assert!(found.blocks[&3][1].is_nan() && found.header == "of a test");
        }
        let found = read(&path).unwrap().unwrap();
        BlockStore::go_on(&path, &found).unwrap().add(1, &[-0.0]).unwrap();
        assert_eq!(fs::read(&path).unwrap(), whole);
        let mut broken = whole.clone();
        let at = whole.len() - 12;
        broken[at] ^= 1;
        fs::write(&path, &broken).unwrap();
        assert_eq!(read(&path).unwrap().unwrap().blocks.len(), 1);
    }

    #[test]
    fn a_file_in_order_is_the_same_whatever_was_done_first() {
        let blocks: Blocks = [(7, vec![1.0]), (2, vec![2.0])].into_iter().collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blocks");
        fs::write(&path, written("x", &blocks)).unwrap();
        assert_eq!(read(&path).unwrap().unwrap().blocks, blocks);
    }
}

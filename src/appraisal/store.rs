//! The numbers of all draws of all series: in memory, or outside it where they would be too many.
//!
//! Numbers arrive block by block and are read series by series. In memory they stay as they came. Outside, some
//! consecutive blocks are put together to a stretch in which each series lies in one piece, so that one series of a whole
//! study is a few long reads. Either way the numbers read are the numbers put in, bit for bit.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use engine::ensemble::BLOCK_DRAWS;

/// Room outside of memory, such as a file: bytes that can be written and read at any offset, by many threads at once.
pub trait Scratch: Send + Sync {
    /// Writes bytes at an offset.
    ///
    /// # Errors
    /// The room is full, or gone.
    fn write(&self, at: u64, bytes: &[u8]) -> io::Result<()>;

    /// Reads bytes that were written at an offset.
    ///
    /// # Errors
    /// They are gone.
    fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()>;
}

/// How much may be kept in memory, and where the rest goes.
pub trait Storage: Sync {
    /// Bytes of numbers that may be kept in memory.
    fn memory(&self) -> u64;

    /// Room outside of it.
    ///
    /// # Errors
    /// There is none.
    fn scratch(&self) -> io::Result<Box<dyn Scratch>>;
}

/// Everything is kept in memory.
#[derive(Debug, Clone, Copy)]
pub struct InMemory;

impl Storage for InMemory {
    fn memory(&self) -> u64 {
        u64::MAX
    }

    fn scratch(&self) -> io::Result<Box<dyn Scratch>> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Blocks in a stretch: a thousand draws, so that a year of a series is 8 KiB in one piece.
const STRETCH_BLOCKS: usize = 16;

/// Columns of numbers, one number a draw.
pub struct Store {
    draws: usize,
    columns: usize,
    /// Draws in a stretch, the last of which may be shorter.
    stretch: usize,
    home: Home,
}

enum Home {
    /// The blocks as they came.
    Memory(Vec<OnceLock<Vec<f64>>>),
    Outside {
        scratch: Box<dyn Scratch>,
        /// Stretches of which some blocks have come: the blocks, and how many.
        begun: Mutex<BTreeMap<usize, Begun>>,
    },
}

#[derive(Default)]
struct Begun {
    blocks: Vec<Vec<f64>>,
    come: usize,
}

impl Store {
    /// Room for so many columns of so many draws. `at_once` stores are to share the memory that may be used.
    ///
    /// # Errors
    /// They do not fit into memory, and there is no room outside.
    pub fn new(draws: u64, columns: usize, at_once: u64, storage: &dyn Storage) -> io::Result<Self> {
        let block = columns as u64 * BLOCK_DRAWS as u64 * 8;
        let whole = (columns as u64).saturating_mul(8).saturating_mul(draws).saturating_mul(at_once);
        let draws = draws as usize;
        if whole <= storage.memory() {
            let blocks = (0..draws.div_ceil(BLOCK_DRAWS)).map(|_| OnceLock::new()).collect();
            return Ok(Self { draws, columns, stretch: BLOCK_DRAWS, home: Home::Memory(blocks) });
        }
        // Blocks of a stretch wait in memory until it is whole: no more of them than a quarter of the memory holds.
        let blocks = (storage.memory() / 4 / block.max(1)).clamp(1, STRETCH_BLOCKS as u64) as usize;
        let home = Home::Outside { scratch: storage.scratch()?, begun: Mutex::default() };
        Ok(Self { draws, columns, stretch: blocks * BLOCK_DRAWS, home })
    }

    /// Puts the numbers of a block away, `[column][draw]`. Every block comes once, in any order and from any thread.
    ///
    /// # Errors
    /// The room outside is full, or gone.
    pub fn put(&self, first_draw: u64, numbers: Vec<f64>) -> io::Result<()> {
        let first = first_draw as usize;
        match &self.home {
            Home::Memory(blocks) => {
                let _ = blocks[first / BLOCK_DRAWS].set(numbers);
                Ok(())
            }
            Home::Outside { scratch, begun } => {
                let number = first / self.stretch;
                let draws = self.draws_of(number);
                let blocks = draws.len().div_ceil(BLOCK_DRAWS);
                let whole = {
                    let mut begun = begun.lock().unwrap_or_else(PoisonError::into_inner);
                    let here = begun.entry(number).or_default();
                    here.blocks.resize_with(blocks, Vec::new);
                    here.blocks[(first - draws.start) / BLOCK_DRAWS] = numbers;
                    here.come += 1;
                    if here.come == blocks { begun.remove(&number) } else { None }
                };
                whole.map_or(Ok(()), |whole| self.write_blocks(scratch.as_ref(), number, &whole.blocks))
            }
        }
    }

    /// Reads whole columns: `[column][draw]`.
    ///
    /// # Errors
    /// The room outside is gone.
    pub fn read(&self, columns: Range<usize>, numbers: &mut Vec<f64>) -> io::Result<()> {
        numbers.clear();
        numbers.resize(columns.len() * self.draws, 0.0);
        let mut part = Part::default();
        for stretch in 0..self.stretches() {
            let draws = self.draws_of(stretch);
            self.read_part(stretch, columns.clone(), &mut part)?;
            for (column, from) in numbers.chunks_exact_mut(self.draws).zip(part.numbers.chunks_exact(draws.len())) {
                column[draws.clone()].copy_from_slice(from);
            }
        }
        Ok(())
    }

    /// Adds the numbers of another store of the same study, draw by draw.
    ///
    /// # Errors
    /// The room outside is full, or gone.
    pub fn add(&mut self, other: &Store) -> io::Result<()> {
        /// Columns at a time.
        const COLUMNS: usize = 64;
        let alike = (self.draws, self.columns, self.stretch) == (other.draws, other.columns, other.stretch);
        assert!(alike, "the places of a study are stored alike");
        let draws = self.draws;
        let stretch = self.stretch;
        let columns = self.columns;
        match &mut self.home {
            Home::Memory(blocks) => blocks.par_iter_mut().enumerate().try_for_each(|(number, block)| {
                let mut part = Part::default();
                other.read_part(number, 0..columns, &mut part)?;
                let block = block.get_mut().map_or(&mut [][..], Vec::as_mut_slice);
                block.iter_mut().zip(&part.numbers).for_each(|(sum, more)| *sum += more);
                Ok(())
            }),
            Home::Outside { .. } => (0..draws.div_ceil(stretch)).into_par_iter().try_for_each(|number| {
                let (mut sum, mut more) = (Part::default(), Part::default());
                for first in (0..columns).step_by(COLUMNS) {
                    let columns = first..(first + COLUMNS).min(columns);
                    self.read_part(number, columns.clone(), &mut sum)?;
                    other.read_part(number, columns, &mut more)?;
                    sum.numbers.iter_mut().zip(&more.numbers).for_each(|(sum, more)| *sum += more);
                    self.write_part(number, first, &mut sum)?;
                }
                Ok(())
            }),
        }
    }

    fn stretches(&self) -> usize {
        self.draws.div_ceil(self.stretch)
    }

    fn draws_of(&self, stretch: usize) -> Range<usize> {
        let first = stretch * self.stretch;
        first..(first + self.stretch).min(self.draws)
    }

    /// Where a column of a stretch lies outside.
    fn address(&self, stretch: usize, column: usize) -> u64 {
        let draws = self.draws_of(stretch);
        (draws.start as u64 * self.columns as u64 + column as u64 * draws.len() as u64) * 8
    }

    /// Reads some columns of a stretch.
    fn read_part(&self, stretch: usize, columns: Range<usize>, part: &mut Part) -> io::Result<()> {
        let draws = self.draws_of(stretch).len();
        match &self.home {
            Home::Memory(blocks) => {
                let block = blocks[stretch].get().map_or(&[][..], Vec::as_slice);
                part.numbers.clear();
                part.numbers.extend_from_slice(&block[columns.start * draws..columns.end * draws]);
                Ok(())
            }
            Home::Outside { scratch, .. } => {
                part.bytes.resize(columns.len() * draws * 8, 0);
                scratch.read(self.address(stretch, columns.start), &mut part.bytes)?;
                part.numbers.clear();
                let numbers = part.bytes.as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes));
                part.numbers.extend(numbers);
                Ok(())
            }
        }
    }

    /// Writes some columns of a stretch, from this one on.
    fn write_part(&self, stretch: usize, column: usize, part: &mut Part) -> io::Result<()> {
        let Home::Outside { scratch, .. } = &self.home else { return Ok(()) };
        part.bytes.clear();
        part.numbers.iter().for_each(|number| part.bytes.extend_from_slice(&number.to_le_bytes()));
        scratch.write(self.address(stretch, column), &part.bytes)
    }

    /// Writes the blocks of a whole stretch, column by column.
    fn write_blocks(&self, scratch: &dyn Scratch, stretch: usize, blocks: &[Vec<f64>]) -> io::Result<()> {
        /// Bytes written at a time.
        const PIECE: usize = 1 << 20;
        let mut at = self.address(stretch, 0);
        let mut bytes = Vec::with_capacity(PIECE + self.stretch * 8);
        for column in 0..self.columns {
            for block in blocks {
                let draws = block.len() / self.columns;
                for number in &block[column * draws..(column + 1) * draws] {
                    bytes.extend_from_slice(&number.to_le_bytes());
                }
            }
            if bytes.len() >= PIECE {
                scratch.write(at, &bytes)?;
                at += bytes.len() as u64;
                bytes.clear();
            }
        }
        scratch.write(at, &bytes)
    }
}

/// Room for a part of a stretch.
#[derive(Default)]
struct Part {
    bytes: Vec<u8>,
    numbers: Vec<f64>,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io;
    use std::sync::Mutex;

    use super::{BLOCK_DRAWS, InMemory, Scratch, Storage, Store};

    /// Room outside of the store, so many bytes at most.
    struct Bytes(Mutex<Vec<u8>>, usize);

    impl Scratch for Bytes {
        fn write(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
            let mut room = self.0.lock().unwrap();
            let end = at as usize + bytes.len();
            if end > self.1 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            let longer = room.len().max(end);
            room.resize(longer, 0);
            room[at as usize..end].copy_from_slice(bytes);
            Ok(())
        }

        fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
            bytes.copy_from_slice(&self.0.lock().unwrap()[at as usize..][..bytes.len()]);
            Ok(())
        }
    }

    struct Little {
        memory: u64,
        outside: usize,
    }

    impl Storage for Little {
        fn memory(&self) -> u64 {
            self.memory
        }

        fn scratch(&self) -> io::Result<Box<dyn Scratch>> {
            Ok(Box::new(Bytes(Mutex::default(), self.outside)))
        }
    }

    fn number(column: usize, draw: usize) -> f64 {
        (column as f64 + 1.0) / (draw as f64 + 1.0)
    }

    /// A store of these draws and columns, its blocks put in an order of their own.
    fn filled(draws: usize, columns: usize, storage: &dyn Storage) -> io::Result<Store> {
        let store = Store::new(draws as u64, columns, 1, storage)?;
        let blocks = draws.div_ceil(BLOCK_DRAWS);
        for block in (0..blocks).rev().filter(|block| block % 2 == 0).chain((0..blocks).filter(|block| block % 2 == 1))
        {
            let first = block * BLOCK_DRAWS;
            let here = first..(first + BLOCK_DRAWS).min(draws);
            let numbers = (0..columns).flat_map(|column| here.clone().map(move |draw| number(column, draw)));
            store.put(first as u64, numbers.collect())?;
        }
        Ok(store)
    }

    #[test]
    fn what_is_read_is_what_was_put_in_memory_and_outside() {
        for draws in [1, 63, 64, 65, 1_024, 1_025, 2_500] {
            for (columns, memory) in [(1, 1), (7, 1), (7, 30_000), (100, 200_000), (100, u64::MAX), (300, 5_000_000)] {
                let mut store = filled(draws, columns, &Little { memory, outside: usize::MAX }).unwrap();
                let mut found = Vec::new();
                for asked in [0..columns, columns / 2..columns, 0..0] {
                    store.read(asked.clone(), &mut found).unwrap();
                    let expected = asked.flat_map(|column| (0..draws).map(move |draw| number(column, draw)));
                    assert!(found.iter().copied().eq(expected), "{draws} draws, {columns} columns, {memory} bytes");
                }
                let other = filled(draws, columns, &Little { memory, outside: usize::MAX }).unwrap();
                store.add(&other).unwrap();
                store.read(0..columns, &mut found).unwrap();
                let expected = (0..columns).flat_map(|column| (0..draws).map(move |draw| 2.0 * number(column, draw)));
                assert!(found.iter().copied().eq(expected), "{draws} draws, {columns} columns, {memory} bytes added");
            }
        }
    }

    #[test]
    fn a_full_room_is_an_error_and_memory_needs_none() {
        let full = filled(2_500, 7, &Little { memory: 1, outside: 1_000 }).map(|_| ());
        assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert!(filled(2_500, 7, &InMemory).is_ok());
    }
}

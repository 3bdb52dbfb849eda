//! Runs side by side: the memory that instructions work on.

use std::cell::Cell;

use crate::kernel::arithmetic;

/// Runs in a block: enough for what an instruction costs beside its arithmetic (about as much as the arithmetic of a dozen
/// runs) to be lost among them, few enough for the numbers of a large model to stay near the processor.
pub const LANES: usize = 64;

/// Lanes computed at once; a block is a whole number of chunks.
pub(super) const CHUNK: usize = 8;

/// Chunks in a block.
pub(super) const CHUNKS: usize = LANES / CHUNK;

/// One number for each lane of a chunk.
pub(super) type Chunk = [f64; CHUNK];

/// One number for each lane of a block.
///
/// Its chunks are cells, so that an instruction may read and write the same slot: each chunk is read before it is written.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(super) struct Slot(pub(super) [Cell<Chunk>; CHUNKS]);

impl Default for Slot {
    fn default() -> Self {
        Self::filled(0.0)
    }
}

impl Slot {
    /// The same number in every lane.
    pub(super) fn filled(number: f64) -> Self {
        Self(std::array::from_fn(|_| Cell::new([number; CHUNK])))
    }

    /// Puts one number in every lane.
    pub(super) fn fill(&self, number: f64) {
        for chunk in &self.0 {
            chunk.set([number; CHUNK]);
        }
    }

    /// Takes the numbers of another.
    pub(super) fn copy(&self, other: &Self) {
        for (to, from) in self.0.iter().zip(&other.0) {
            to.set(from.get());
        }
    }

    /// Takes these numbers; lanes beyond them repeat the last, so that no padding lane can do what no run does.
    pub(super) fn load(&self, numbers: &[f64]) {
        let Some(&last) = numbers.last() else { return };
        self.set_each(|lane| numbers.get(lane).copied().unwrap_or(last));
    }

    /// Takes for each lane what `number` says.
    pub(super) fn set_each(&self, mut number: impl FnMut(usize) -> f64) {
        for (index, chunk) in self.0.iter().enumerate() {
            chunk.set(std::array::from_fn(|lane| number(index * CHUNK + lane)));
        }
    }

    /// Writes out as many lanes as `numbers` has room for; see [`arithmetic::canonical`].
    pub(super) fn store(&self, numbers: &mut [f64]) {
        for (to, chunk) in numbers.chunks_mut(CHUNK).zip(&self.0) {
            for (to, from) in to.iter_mut().zip(chunk.get()) {
                *to = arithmetic::canonical(from);
            }
        }
    }

    /// The number of one lane.
    pub(super) fn lane(&self, lane: usize) -> f64 {
        self.0[lane / CHUNK].get()[lane % CHUNK]
    }
}

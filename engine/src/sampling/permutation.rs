//! A shuffled order in which any position can be looked up alone.
//!
//! Shuffling a list needs the whole list. A keyed permutation answers "which number stands at position i?" directly, so a
//! Latin hypercube needs no memory and its draws can be asked for in any order. A Feistel network permutes the numbers
//! below a power of four; numbers at or above the size are sent through again until they fall below it (cycle walking:
//! Black J, Rogaway P (2002), "Ciphers with arbitrary finite domains").

use super::stream::{Stream, mix};

const ROUNDS: usize = 8;
/// At least this many bits in each half: smaller networks reach too few of the orders of a short list.
const LEAST_HALF_BITS: u32 = 4;

/// An order of the numbers `0..size`, fixed by a key.
#[derive(Debug, Clone)]
pub(super) struct Permutation {
    size: u64,
    half_bits: u32,
    keys: [u64; ROUNDS],
}

impl Permutation {
    /// The order of `0..size` that belongs to the stream's key; `size` of 1 or more.
    pub fn new(size: u64, mut stream: Stream) -> Permutation {
        let bits = u64::BITS - size.saturating_sub(1).leading_zeros();
        Permutation {
            size,
            half_bits: bits.div_ceil(2).max(LEAST_HALF_BITS),
            keys: std::array::from_fn(|_| stream.next()),
        }
    }

    /// The number at a position: each of `0..size` at exactly one of the positions `0..size`.
    pub fn at(&self, position: u64) -> u64 {
        let mut number = self.network(position);
        while number >= self.size {
            number = self.network(number);
        }
        number
    }

    /// One pass: the halves take turns in being changed by a mixing of the other, which can be undone, so no two
    /// numbers meet.
    fn network(&self, number: u64) -> u64 {
        let mask = (1_u64 << self.half_bits) - 1;
        let mut left = number >> self.half_bits;
        let mut right = number & mask;
        for key in self.keys {
            let changed = left ^ (mix(right ^ key) & mask);
            left = right;
            right = changed;
        }
        (left << self.half_bits) | right
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::Permutation;
    use crate::sampling::stream::{Purpose, Stream};

    fn permutation(size: u64, name: &str) -> Permutation {
        Permutation::new(size, Stream::keyed(Purpose::Strata, 1, 0, name))
    }

    #[test]
    fn every_number_stands_at_one_place() {
        for size in [1, 2, 3, 7, 255, 256, 257, 1_000, 1_024, 10_007] {
            let order = permutation(size, "a");
            let mut seen = vec![false; size as usize];
            for position in 0..size {
                let number = order.at(position) as usize;
                assert!(!seen[number]);
                seen[number] = true;
            }
        }
        assert!(permutation(u64::MAX, "a").at(12_345) < u64::MAX);
    }

    /// All 24 orders of four things equally often over 24,000 names: chi-square with 23 degrees of freedom, critical
    /// at one in a thousand: 49.7.
    #[test]
    fn short_orders_are_all_equally_likely() {
        let mut counts = std::collections::BTreeMap::new();
        for i in 0..24_000 {
            let order = permutation(4, &format!("name {i}"));
            *counts.entry([0, 1, 2, 3].map(|position| order.at(position))).or_insert(0.0) += 1.0;
        }
        assert_eq!(counts.len(), 24);
        let chi_square: f64 = counts.values().map(|n: &f64| (n - 1000.0).powi(2) / 1000.0).sum();
        assert!(chi_square < 49.7, "{chi_square}");
    }
}

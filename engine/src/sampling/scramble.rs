//! Owen's scrambling: the digits of a number are changed at random so that what was evenly spread stays so.
//!
//! In a nested uniform scrambling (Owen AB (1995), "Randomly permuted (t,m,s)-nets and (t,s)-sequences") each binary
//! digit is flipped or not by a coin that belongs to all the digits before it. Points that share their first k digits
//! share them afterwards, and part at random at the digit where they parted: so each point is uniform by itself, and every
//! interval that held one point of 2^k holds one still.
//!
//! The coins are not stored: each is a bit of a mixing of the key and the digits before, so any point is scrambled alone
//! (Burley B (2020), "Practical hash-based Owen scrambling", Journal of Computer Graphics Techniques 9(4), has the idea; his
//! mixing by multiplication, made for graphics cards, leaves visible ties between coins, and is not used here).

use super::stream::{Stream, mix};

/// Digits that have coins of their own. Two points whose first 36 digits are alike would be moved together from there
/// on; of 2^36 Sobol' points, no two are.
pub(super) const NESTED: u32 = 36;
/// Digits whose coins come from one mixing: a tree of six levels has 63 of them.
const LEVELS: u32 = 6;

/// One scrambling of 64 binary digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scramble {
    key: [u64; 2],
}

impl Scramble {
    /// The scrambling that belongs to the next numbers of a stream.
    pub fn new(stream: &mut Stream) -> Self {
        Self { key: [stream.next(), stream.next()] }
    }

    /// Digits after scrambling; the first digit is the highest bit. One to one.
    pub fn digits(&self, digits: u64) -> u64 {
        let mut flips = 0;
        for first in (0..NESTED).step_by(LEVELS as usize) {
            let coins = self.coins(digits, first);
            // The tree is walked from its root: node 1, and below node i the nodes 2 i and 2 i + 1.
            let mut node = 1_u64;
            for level in first..first + LEVELS {
                let bit = 63 - level;
                flips |= ((coins >> node) & 1) << bit;
                node = (node << 1) | ((digits >> bit) & 1);
            }
        }
        flips |= self.coins(digits, NESTED) >> NESTED;
        digits ^ flips
    }

    /// The order of the numbers below 2^36 in which each run of 2^k of them, from a multiple of 2^k on, stays together: a
    /// scrambling of the digits of the number itself. What is above 2^36 stays, and has an order of its own below.
    pub fn shuffled(&self, index: u64) -> u64 {
        let above = index >> NESTED;
        let key = [self.key[0] ^ mix(above), self.key[1]];
        let below = Self { key }.digits(index << (64 - NESTED)) >> (64 - NESTED);
        (above << NESTED) | below
    }

    /// 64 coins that belong to the first `count` digits.
    fn coins(&self, digits: u64, count: u32) -> u64 {
        // A one before the digits tells `0` from `00`.
        let prefix = ((1_u128 << 64 | u128::from(digits)) >> (64 - count)) as u64;
        mix(self.key[1] ^ mix(self.key[0] ^ prefix.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::Scramble;
    use crate::sampling::stream::{Purpose, Stream};

    fn scramble(seed: u64) -> Scramble {
        Scramble::new(&mut Stream::keyed(Purpose::Dimension, seed, 0, ""))
    }

    #[test]
    fn numbers_part_where_they_parted() {
        let mut stream = Stream::new(1, 0, "digits");
        for seed in 0..2_000 {
            let (a, common) = (stream.next(), (seed % 64) as u32);
            let b = (a ^ (1 << (63 - common))) ^ (stream.next() >> common >> 1);
            let (x, y) = (scramble(seed).digits(a), scramble(seed).digits(b));
            assert_eq!((x ^ y).leading_zeros(), common);
        }
    }

    /// Sixty-three coins of the first six digits and as many of the next: each fair, and each pair of them unrelated.
    #[test]
    fn coins_are_fair_and_unrelated() {
        let n = 4_000;
        // The flip of the digit after each prefix of up to seven digits.
        let prefixes: Vec<(u64, u32)> =
            (0..8_u32).flat_map(|length| (0..1_u64 << length).map(move |p| (p, length))).collect();
        let mut seen: Vec<Vec<bool>> = vec![Vec::new(); prefixes.len()];
        for seed in 0..n {
            let scramble = scramble(seed);
            for (coin, (prefix, length)) in prefixes.iter().enumerate() {
                let digits = if *length == 0 { 0 } else { prefix << (64 - length) };
                seen[coin].push((scramble.digits(digits) ^ digits) >> (63 - length) & 1 == 1);
            }
        }
        // Binomial with standard deviation sqrt(n)/2; about 32,000 pairs, so five and a half of them are allowed.
        let limit = 5.5 * (n as f64).sqrt() / 2.0;
        for (i, a) in seen.iter().enumerate() {
            let heads = a.iter().filter(|head| **head).count() as f64;
            assert!((heads - n as f64 / 2.0).abs() < limit, "coin {i}: {heads}");
            for (j, b) in seen[..i].iter().enumerate() {
                let alike = a.iter().zip(b).filter(|(a, b)| a == b).count() as f64;
                assert!((alike - n as f64 / 2.0).abs() < limit, "coins {i} and {j}: {alike}");
            }
        }
    }

    #[test]
    fn a_shuffle_keeps_runs_together_and_loses_nothing() {
        let scramble = scramble(3);
        for k in 0..10 {
            for run in 0..(1_024 >> k) {
                let mut numbers: Vec<u64> = (0..1 << k).map(|i| scramble.shuffled((run << k) + i)).collect();
                numbers.sort_unstable();
                assert_eq!(numbers[0] % (1 << k), 0);
                assert!(numbers.windows(2).all(|two| two[0] + 1 == two[1]));
            }
        }
        assert_eq!(scramble.shuffled(1 << 40) >> 36, 1 << 4);
    }
}

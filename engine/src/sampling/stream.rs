//! Random numbers that depend on the seed, the draw and a name, and on nothing else.
//!
//! No generator is carried from one number to the next: each number is a mixing of its own key. So a new uncertainty,
//! strategy or thread changes no other number, and a draw can be run again alone. The mixing is written out here, and
//! golden values in the tests hold it in place, because the small generators of `rand` promise no stable output between
//! versions (`SmallRng`, `StdRng`), and a study must give the same numbers years later.

use rand::TryRng;
use rand::rand_core::utils::fill_bytes_via_next_word;
use std::convert::Infallible;

/// 2^64 over the golden ratio, odd: the increment of SplitMix64.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
/// The first 128 binary places of pi: two starting points with nothing in common.
const START: [u64; 2] = [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344];

/// What a number is for. Numbers for different purposes have nothing in common even under the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Where an uncertainty stands in a draw.
    Point = 1,
    /// Noise within a run.
    Noise = 2,
    /// Which stratum of a Latin hypercube belongs to which draw.
    Strata = 3,
    /// The scrambling of a dimension of Sobol' points, whatever stands in it.
    Dimension = 4,
    /// The scrambling of the Sobol' points of an uncertainty.
    Scrambling = 5,
}

/// A number strictly between 0 and 1 that belongs to this seed, draw and name: a multiple of 2^-53, never 0 or 1,
/// uniform, and the same on every machine and in every version.
pub fn uniform(seed: u64, draw: u64, name: &str) -> f64 {
    open_unit(Stream::keyed(Purpose::Point, seed, draw, name).next())
}

/// An endless row of random numbers that belongs to a seed, a draw and a name, for noise within a run.
///
/// It implements the traits of `rand`, so the samplers of `rand_distr` run on it. Under the same name it shares nothing
/// with [`uniform`]. Not for secrets.
///
/// Number i is `mix(key1 ^ mix(key0 + i * golden))`, a counter under a key of 128 bits (in the manner of Salmon JK and
/// others (2011), "Parallel random numbers: as easy as 1, 2, 3"), so that two streams never run into each other as two
/// stretches of one sequence could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    key: [u64; 2],
    counter: u64,
}

impl Stream {
    /// The stream of this seed, draw and name, at its beginning.
    pub fn new(seed: u64, draw: u64, name: &str) -> Stream {
        Stream::keyed(Purpose::Noise, seed, draw, name)
    }

    /// The stream of a purpose: different purposes give unrelated streams.
    pub(super) fn keyed(purpose: Purpose, seed: u64, draw: u64, name: &str) -> Stream {
        KeyedName::new(purpose, seed, name).stream(draw)
    }

    /// The next 64 random bits.
    pub(super) fn next(&mut self) -> u64 {
        let [first, second] = self.key;
        self.counter = self.counter.wrapping_add(GOLDEN);
        mix(second ^ mix(first.wrapping_add(self.counter)))
    }
}

/// The part of a stream's key that is the same in all draws.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeyedName([u64; 2]);

impl KeyedName {
    pub(super) fn new(purpose: Purpose, seed: u64, name: &str) -> KeyedName {
        let words = [purpose as u64, seed, fingerprint(name)];
        KeyedName(START.map(|start| words.into_iter().fold(start, absorbed)))
    }

    /// The stream of a draw, at its beginning.
    pub(super) fn stream(self, draw: u64) -> Stream {
        Stream { key: self.0.map(|key| absorbed(key, draw)), counter: 0 }
    }
}

/// A key with another word mixed into it.
fn absorbed(key: u64, word: u64) -> u64 {
    mix(key ^ word).wrapping_add(GOLDEN)
}

/// Random numbers of one name in every step of every run: a function of seed, name, draw and step.
#[derive(Debug, Clone, Copy)]
pub struct Noise(KeyedName);

impl Noise {
    /// Of this seed and name.
    pub fn new(seed: u64, name: &str) -> Noise {
        Noise(KeyedName::new(Purpose::Noise, seed, name))
    }

    /// The number of a step in a draw, strictly between 0 and 1: that of this index in the draw's [`Stream`].
    pub fn at(self, draw: u64, step: u64) -> f64 {
        let mut stream = self.0.stream(draw);
        stream.counter = GOLDEN.wrapping_mul(step);
        open_unit(stream.next())
    }
}

impl TryRng for Stream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.next() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next())
    }

    fn try_fill_bytes(&mut self, destination: &mut [u8]) -> Result<(), Infallible> {
        fill_bytes_via_next_word(destination, || self.try_next_u64())
    }
}

/// Spreads 64 bits so that each bit of the answer depends on every bit given; one to one.
///
/// The finaliser of SplitMix64: Steele GL, Lea D, Flood CH (2014), "Fast splittable pseudorandom number generators",
/// with the constants of Stafford's variant 13.
pub(super) fn mix(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// Bits to a number strictly between 0 and 1: the middle of one of 2^52 equal cells, exact in floating point.
pub(super) fn open_unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
}

/// 64 bits that stand for a name: FNV-1a (Fowler, Noll and Vo) over its bytes.
fn fingerprint(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Noise, Stream, fingerprint, mix, open_unit, uniform};
    use rand::Rng;

    /// If this test fails, every published result changes: do not adapt it, find out why.
    #[test]
    fn the_numbers_of_a_seed_draw_and_name_never_change() {
        for (seed, draw, name, expected) in GOLDEN_UNIFORMS {
            assert_eq!(uniform(seed, draw, name), expected, "{seed} {draw} {name}");
        }
        let mut stream = Stream::new(7, 3, "Ward noise");
        assert_eq!([(); 3].map(|()| stream.next_u64()), GOLDEN_NOISE);
    }

    /// Computed by a second writing of the same mixing, in Python.
    const GOLDEN_UNIFORMS: [(u64, u64, &str, f64); 6] = [
        (0, 0, "", 0.4936564331678873),
        (7, 0, "Unit cost[H01]", 0.8920139792684861),
        (7, 1, "Unit cost[H01]", 0.12149964169025884),
        (8, 0, "Unit cost[H01]", 0.38318382590064715),
        (7, 0, "Unit cost[H02]", 0.1577976046037245),
        (u64::MAX, u64::MAX, "Prävention", 0.19941091750296158),
    ];
    const GOLDEN_NOISE: [u64; 3] = [0x3431_5d5b_f2ae_3603, 0x0b91_e240_ad3c_6b1c, 0x68cf_66cb_e0df_a381];

    /// The first output of SplitMix64 from state 0, and FNV-1a of "a" and "foobar", as published.
    #[test]
    fn the_mixing_is_the_published_one() {
        assert_eq!(mix(super::GOLDEN), 0xe220_a839_7b1d_cdaf);
        assert_eq!(fingerprint(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fingerprint("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn never_zero_and_never_one() {
        assert_eq!(open_unit(0), f64::EPSILON / 2.0);
        assert_eq!(open_unit(u64::MAX), 1.0 - f64::EPSILON / 2.0);
    }

    /// Kolmogorov-Smirnov, critical at one in a thousand: 1.95 / sqrt(n).
    #[test]
    fn uniform_over_draws_over_names_and_over_seeds() {
        let n = 20_000_u64;
        let over_draws = (0..n).map(|draw| uniform(1, draw, "Unit cost[H01]"));
        let over_names = (0..n).map(|i| uniform(1, 0, &format!("uncertainty {i}")));
        let over_seeds = (0..n).map(|seed| uniform(seed, 0, "Unit cost[H01]"));
        let mut stream = Stream::new(1, 0, "Unit cost[H01]");
        let along = (0..n).map(|_| open_unit(stream.next_u64()));
        for mut sample in [over_draws.collect::<Vec<_>>(), over_names.collect(), over_seeds.collect(), along.collect()]
        {
            sample.sort_by(f64::total_cmp);
            let distance = (0..n as usize).map(|i| (sample[i] - (i as f64 + 0.5) / n as f64).abs()).fold(0.0, f64::max);
            assert!(distance < 1.95 / (n as f64).sqrt(), "{distance}");
        }
    }

    /// The correlation of independent columns has a standard deviation of 1 / sqrt(n); four of them are allowed.
    #[test]
    fn neighbours_are_unrelated() {
        let n = 20_000_u64;
        let centred = |seed, draw, name: &str| uniform(seed, draw, name) - 0.5;
        for other in [|draw| (1, draw + 1, "a"), |draw| (2, draw, "a"), |draw| (1, draw, "b")] {
            let sum: f64 = (0..n)
                .map(|draw| {
                    let (seed, next, name) = other(draw);
                    centred(1, draw, "a") * centred(seed, next, name)
                })
                .sum();
            let correlation = sum / n as f64 * 12.0;
            assert!(correlation.abs() < 4.0 / (n as f64).sqrt(), "{correlation}");
        }
    }

    #[test]
    fn a_stream_fills_bytes_and_starts_again_from_its_key() {
        let mut bytes = [0_u8; 12];
        Stream::new(1, 2, "x").fill_bytes(&mut bytes);
        let mut again = Stream::new(1, 2, "x");
        assert_eq!(bytes[..8], again.next_u64().to_le_bytes());
        assert_eq!(bytes[8..], again.next_u64().to_le_bytes()[..4]);
        assert_ne!(Stream::new(1, 2, "x"), Stream::new(2, 1, "x"));
    }

    #[test]
    fn noise_is_another_number_in_each_step_and_draw() {
        let noise = Noise::new(7, "rain");
        let all: Vec<f64> =
            (0..4).flat_map(|draw| (0..4).map(move |step| (draw, step))).map(|(d, s)| noise.at(d, s)).collect();
        assert!(all.iter().all(|one| 0.0 < *one && *one < 1.0));
        assert!((1..16).all(|one| !all[..one].contains(&all[one])));
        assert_ne!(noise.at(0, 0), Noise::new(8, "rain").at(0, 0));
    }
}

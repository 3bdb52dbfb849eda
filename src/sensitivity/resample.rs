//! The sample drawn again from itself, to see how far an index would move in another sample.
//!
//! Every resample has its own keyed stream, so that none depends on the order or the thread in which it is made.

use rand::Rng;

use engine::sampling::Stream;

/// How often each of `n` things is in a sample of `n` drawn from them with replacement (Efron B (1979), "Bootstrap
/// methods: another look at the jackknife", Annals of Statistics 7(1), 1-26).
pub(super) fn bootstrap(seed: u64, resample: usize, n: usize) -> Vec<u32> {
    let mut stream = Stream::new(seed, resample as u64, "bootstrap of indices");
    let mut times = vec![0; n];
    for _ in 0..n {
        times[below(&mut stream, n)] += 1;
    }
    times
}

/// Which of `n` things are in a half drawn from them without replacement.
///
/// A mean over half of the sample varies about the mean over the whole exactly as that varies about the truth, so no
/// scaling is needed (Wu CFJ (1990), "On the asymptotic properties of the jackknife histogram", Annals of Statistics 18(3),
/// 1438-1452). Methods that sort use it: drawing with replacement puts a thing beside its own copy, and they would take that
/// for smoothness.
pub(super) fn half(seed: u64, resample: usize, n: usize) -> Vec<bool> {
    let mut stream = Stream::new(seed, resample as u64, "half samples of indices");
    let mut taken = vec![false; n];
    let mut wanted = n / 2;
    for (index, one) in taken.iter_mut().enumerate() {
        // Each is taken with the chance that is left (selection sampling; Knuth, volume 2, algorithm S).
        if below(&mut stream, n - index) < wanted {
            *one = true;
            wanted -= 1;
        }
    }
    taken
}

/// An order of `0..n` drawn by chance.
pub(super) fn shuffled(stream: &mut Stream, n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        order.swap(last, below(stream, last + 1));
    }
    order
}

/// A whole number below `n`.
pub(super) fn below(stream: &mut Stream, n: usize) -> usize {
    // The high half of a product of 128 bits; its bias is below n / 2^64.
    ((u128::from(stream.next_u64()) * n as u128) >> 64) as usize
}

/// A number from 0 up to 1.
pub(super) fn unit(stream: &mut Stream) -> f64 {
    (stream.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::{bootstrap, half};

    #[test]
    fn a_resample_is_as_large_as_it_should_be_and_the_same_again() {
        let times = bootstrap(1, 3, 1_000);
        assert_eq!(times.iter().sum::<u32>(), 1_000);
        assert_eq!(times, bootstrap(1, 3, 1_000));
        assert_ne!(times, bootstrap(1, 4, 1_000));
        let absent = times.iter().filter(|times| **times == 0).count();
        assert!((310..430).contains(&absent), "about one in e is left out, not {absent}");
        for n in [2, 7, 1_000] {
            assert_eq!(half(1, 0, n).iter().filter(|taken| **taken).count(), n / 2);
        }
    }
}

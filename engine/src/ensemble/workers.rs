//! Work that threads share: each takes the next piece that nobody has begun.
//!
//! Without the feature `parallel` there is one worker, who does it all.

/// How many workers there would be at most.
#[cfg(feature = "parallel")]
pub(super) fn most() -> usize {
    rayon::current_num_threads()
}

/// What all workers have done, in no order; `work` goes on until nothing is left to begin.
#[cfg(feature = "parallel")]
pub(super) fn share<T: Send>(workers: usize, work: &(dyn Fn() -> Vec<T> + Sync)) -> Vec<T> {
    use rayon::prelude::*;
    (0..workers).into_par_iter().with_max_len(1).flat_map_iter(|_| work()).collect()
}

/// How many workers there would be at most.
#[cfg(not(feature = "parallel"))]
pub(super) fn most() -> usize {
    1
}

/// What all workers have done, in no order; `work` goes on until nothing is left to begin.
#[cfg(not(feature = "parallel"))]
pub(super) fn share<T: Send>(_workers: usize, work: &(dyn Fn() -> Vec<T> + Sync)) -> Vec<T> {
    work()
}

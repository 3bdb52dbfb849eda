//! The memory of a block's outcomes, which goes from one block to the next.

use std::sync::{Arc, Mutex, PoisonError};

/// Numbers whose memory is spare again when they are no longer needed. A block of a study with many strategies is
/// tens of megabytes; to have them anew from the system for every block costs as much as some of the arithmetic.
#[derive(Debug, Clone)]
pub(super) struct Values {
    numbers: Vec<f64>,
    spare: Spare,
}

/// Memory that nobody uses, waiting for the next block.
#[derive(Debug, Clone, Default)]
pub(super) struct Spare(Arc<Mutex<Vec<Vec<f64>>>>);

impl Spare {
    /// So many numbers, of whatever value.
    pub(super) fn take(&self, count: usize) -> Values {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut numbers = waiting.unwrap_or_default();
        numbers.resize(count, 0.0);
        Values { numbers, spare: self.clone() }
    }
}

impl std::ops::Deref for Values {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.numbers
    }
}

impl std::ops::DerefMut for Values {
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.numbers
    }
}

impl Drop for Values {
    fn drop(&mut self) {
        let numbers = std::mem::take(&mut self.numbers);
        self.spare.0.lock().unwrap_or_else(PoisonError::into_inner).push(numbers);
    }
}

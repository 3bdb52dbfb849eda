//! Like with like: instructions of one kind one after another, as far as what they read allows.
//!
//! A processor guesses which instruction comes next, and a guess that fails costs as much as the arithmetic of several. A
//! model with subscripts does the same for each element, so most instructions have many fellows that could stand beside
//! them. How far ahead they are fetched is bounded, for what is computed long before it is read has to be kept meanwhile.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// How many places ahead of the first instruction still to be done a fellow may be fetched from. Farther, and what is gained
/// in guesses is lost in slots that no longer fit near the processor.
const AHEAD: usize = 256;

/// The order in which to do what stands in an order that would do: `kinds[n]` says what the `n`-th is, `after[n]` which
/// earlier ones must be done before it.
pub(super) fn arrange<K: Ord + Copy>(kinds: &[K], after: &[Vec<usize>]) -> Vec<usize> {
    let mut waits: Vec<usize> = after.iter().map(Vec::len).collect();
    let mut next = vec![Vec::new(); kinds.len()];
    for (place, earlier) in after.iter().enumerate() {
        earlier.iter().for_each(|&before| next[before].push(place));
    }
    let mut ready: BTreeMap<K, BinaryHeap<Reverse<usize>>> = BTreeMap::new();
    for place in (0..kinds.len()).filter(|&place| waits[place] == 0) {
        ready.entry(kinds[place]).or_default().push(Reverse(place));
    }
    let mut done = vec![false; kinds.len()];
    let mut first = 0;
    let mut order = Vec::with_capacity(kinds.len());
    while first < kinds.len() {
        // The first that is left waits for nobody: all before it are done.
        let kind = kinds[first];
        while let Some(Reverse(place)) = ready.get_mut(&kind).and_then(|heap| heap.pop()) {
            if place >= first + AHEAD {
                ready.entry(kind).or_default().push(Reverse(place));
                break;
            }
            order.push(place);
            done[place] = true;
            while first < kinds.len() && done[first] {
                first += 1;
            }
            for &later in &next[place] {
                waits[later] -= 1;
                if waits[later] == 0 {
                    ready.entry(kinds[later]).or_default().push(Reverse(later));
                }
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{AHEAD, arrange};

    #[test]
    fn fellows_stand_together_and_nobody_goes_before_what_he_reads() {
        let kinds = ['a', 'b', 'a', 'b', 'a', 'c'];
        let after = [vec![], vec![0], vec![], vec![2], vec![1], vec![3, 4]];
        assert_eq!(arrange(&kinds, &after), [0, 2, 1, 3, 4, 5]);
    }

    #[test]
    fn nothing_is_fetched_from_too_far() {
        let kinds: Vec<u8> = (0..5_000).map(|place| u8::from(place % 2 == 1)).collect();
        let order = arrange(&kinds, &vec![Vec::new(); kinds.len()]);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..5_000));
        let changes = order.windows(2).filter(|pair| kinds[pair[0]] != kinds[pair[1]]).count();
        assert!((5_000 / (4 * AHEAD)..5_000 / (AHEAD / 2)).contains(&changes), "{changes}");
    }
}

//! Like instructions brought together, so that the processor guesses rightly what comes next.

use std::collections::BTreeMap;

/// How far ahead of its turn an instruction may be carried out; more would keep too many values alive at once.
const WINDOW: usize = 32;

/// What an instruction is, reads and writes, as far as its place in the order goes.
#[derive(Debug, Clone, Default)]
pub(super) struct Footprint {
    /// Instructions of one kind are brought together.
    pub(super) kind: u32,
    /// Figures of what it reads.
    pub(super) reads: Vec<u64>,
    /// Figures of what it writes.
    pub(super) writes: Vec<u64>,
}

/// An order in which each instruction still comes after those it must follow: places in `footprints`, each once.
pub(super) fn grouped(footprints: &[Footprint]) -> Vec<usize> {
    let (mut followers, mut waits_for) = dependencies(footprints);
    let mut order = Vec::with_capacity(footprints.len());
    let mut left: Vec<usize> = Vec::with_capacity(WINDOW);
    let mut next = 0;
    let mut kind = None;
    while order.len() < footprints.len() {
        while left.len() < WINDOW && next < footprints.len() {
            left.push(next);
            next += 1;
        }
        // The first of those left depends on none of the others.
        let alike = |&place: &usize| waits_for[place] == 0 && Some(footprints[place].kind) == kind;
        let chosen = left.remove(left.iter().position(alike).unwrap_or(0));
        kind = Some(footprints[chosen].kind);
        for follower in std::mem::take(&mut followers[chosen]) {
            waits_for[follower] -= 1;
        }
        order.push(chosen);
    }
    order
}

/// For each instruction those that must follow it, and how many it must follow itself.
fn dependencies(footprints: &[Footprint]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut followers = vec![Vec::new(); footprints.len()];
    let mut waits_for = vec![0; footprints.len()];
    let mut writers: BTreeMap<u64, usize> = BTreeMap::new();
    let mut readers: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (place, footprint) in footprints.iter().enumerate() {
        let mut before: Vec<usize> = footprint.reads.iter().filter_map(|read| writers.get(read)).copied().collect();
        for write in &footprint.writes {
            before.extend(readers.remove(write).unwrap_or_default());
            before.extend(writers.insert(*write, place));
        }
        for read in &footprint.reads {
            readers.entry(*read).or_default().push(place);
        }
        before.sort_unstable();
        before.dedup();
        for earlier in before.into_iter().filter(|&earlier| earlier != place) {
            followers[earlier].push(place);
            waits_for[place] += 1;
        }
    }
    (followers, waits_for)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_comes_to_like_unless_it_must_wait() {
        let instruction = |kind, reads: &[u64], write| Footprint { kind, reads: reads.to_vec(), writes: vec![write] };
        let free =
            [instruction(1, &[], 10), instruction(2, &[10], 11), instruction(1, &[], 12), instruction(2, &[12], 13)];
        assert_eq!(grouped(&free), [0, 2, 1, 3]);
        // The third overwrites what the second still reads.
        let tied = [instruction(1, &[], 10), instruction(2, &[10, 12], 11), instruction(1, &[], 12)];
        assert_eq!(grouped(&tied), [0, 1, 2]);
    }
}

//! Order statistics: the k-th smallest of many draws, without putting all of them in order.
//!
//! Draws are compared as integers that stand in the same order as the numbers (the total order of IEEE 754, 5.10), and the
//! ranks wanted are found by nested selection (Hoare 1961): the middle one among all draws, those below it among the draws
//! below, those above it among the draws above. Every rank gets the very number that sorting would leave there.

/// The numbers at some ranks of what these draws would be in ascending order; `ranks` rise, and each is below the number
/// of draws. `keys` is room to work in.
pub fn at_ranks(draws: &[f64], ranks: &[usize], keys: &mut Vec<u64>) -> Vec<f64> {
    keys.clear();
    keys.extend(draws.iter().map(|draw| key(*draw)));
    select(keys, 0, ranks);
    ranks.iter().map(|rank| number(keys[*rank])).collect()
}

/// Puts the keys of all ranks where they belong; `first` is the rank of the first of these keys.
fn select(keys: &mut [u64], first: usize, ranks: &[usize]) {
    /// With so few keys for each rank, putting them all in order takes no longer.
    const FEW: usize = 20;
    if ranks.is_empty() {
        return;
    }
    if keys.len() <= FEW * ranks.len() {
        keys.sort_unstable();
        return;
    }
    let middle = ranks.len() / 2;
    let rank = ranks[middle];
    let (below, _, above) = keys.select_nth_unstable(rank - first);
    select(below, first, &ranks[..middle]);
    select(above, rank + 1, &ranks[middle + 1..]);
}

/// Rises as the number does.
fn key(number: f64) -> u64 {
    let bits = number.to_bits();
    // Below zero the greater number has the smaller bits: turn them all. Above zero set the sign, so that they come after.
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// The number of a key.
fn number(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 { key & !(1 << 63) } else { !key })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{at_ranks, key, number};
    use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};

    /// Draws of every kind: all bits, few distinct values, zeros of both signs, what is no number.
    fn draws() -> impl Strategy<Value = Vec<f64>> {
        let wild = any::<u64>().prop_map(f64::from_bits);
        let tied = (0..5_i32).prop_map(f64::from);
        let odd = prop_oneof![Just(0.0), Just(-0.0), Just(f64::INFINITY), Just(f64::NEG_INFINITY), Just(f64::NAN)];
        prop::collection::vec(prop_oneof![wild, tied, odd], 1..400)
    }

    proptest! {
        #[test]
        fn places_hold_what_sorting_leaves_there(draws in draws(), wanted in prop::collection::vec(any::<prop::sample::Index>(), 1..40)) {
            let mut ranks: Vec<usize> = wanted.iter().map(|index| index.index(draws.len())).collect();
            ranks.sort_unstable();
            ranks.dedup();
            let mut sorted = draws.clone();
            sorted.sort_by(f64::total_cmp);
            let found = at_ranks(&draws, &ranks, &mut Vec::new());
            for (rank, found) in ranks.iter().zip(found) {
                assert_eq!(found.to_bits(), sorted[*rank].to_bits(), "place {rank}");
            }
        }

        #[test]
        fn keys_stand_in_the_order_of_the_numbers(one in any::<u64>(), other in any::<u64>()) {
            let (one, other) = (f64::from_bits(one), f64::from_bits(other));
            assert_eq!(key(one).cmp(&key(other)), one.total_cmp(&other));
            assert_eq!(number(key(one)).to_bits(), one.to_bits());
        }
    }
}

//! Order statistics: the k-th smallest of many draws, without putting all of them in order.
//!
//! Draws are compared as integers that stand in the same order as the numbers (the total order of IEEE 754, 5.10), and the
//! places wanted are found by nested selection (Hoare 1961): the middle one among all draws, those below it among the draws
//! below, those above it among the draws above. Every place gets the very number that sorting would leave there.

/// The numbers at some places of what these draws would be in ascending order; `places` rise, and each is below the number
/// of draws. `keys` is room to work in.
pub fn at_places(draws: &[f64], places: &[usize], keys: &mut Vec<u64>) -> Vec<f64> {
    keys.clear();
    keys.extend(draws.iter().map(|draw| key(*draw)));
    select(keys, 0, places);
    places.iter().map(|place| number(keys[*place])).collect()
}

/// Puts the keys of all places where they belong; `first` is the place of the first of these keys.
fn select(keys: &mut [u64], first: usize, places: &[usize]) {
    /// With so few keys for each place, putting them all in order takes no longer.
    const FEW: usize = 20;
    if places.is_empty() {
        return;
    }
    if keys.len() <= FEW * places.len() {
        keys.sort_unstable();
        return;
    }
    let middle = places.len() / 2;
    let place = places[middle];
    let (below, _, above) = keys.select_nth_unstable(place - first);
    select(below, first, &places[..middle]);
    select(above, place + 1, &places[middle + 1..]);
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
    use super::{at_places, key, number};
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
            let mut places: Vec<usize> = wanted.iter().map(|index| index.index(draws.len())).collect();
            places.sort_unstable();
            places.dedup();
            let mut sorted = draws.clone();
            sorted.sort_by(f64::total_cmp);
            let found = at_places(&draws, &places, &mut Vec::new());
            for (place, found) in places.iter().zip(found) {
                assert_eq!(found.to_bits(), sorted[*place].to_bits(), "place {place}");
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

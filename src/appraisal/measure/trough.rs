//! Worse before better: how far below zero the net position so far falls, and for how many years.

use crate::quantity::Unit;
use crate::scenario::Perspective;

use super::super::key::{Comparator, NET};
use super::definition::{Direction, Measure, Needs};
use super::reduction::{PathNumber, Reduction};
use super::subject::Subject;

/// The outcome of the lowest net position so far, 0 if it never falls below.
pub const TROUGH_DEPTH: &str = "trough-depth";
/// The outcome of the number of years that end below 0.
pub const TROUGH_LENGTH: &str = "trough-length";

const DEPTH: PathNumber = PathNumber::new(TROUGH_DEPTH, |net| Trough::of(net).depth);
const LENGTH: PathNumber = PathNumber::new(TROUGH_LENGTH, |net| Trough::of(net).length as f64);

pub(super) fn measures(subject: &Subject<'_>, perspective: &Perspective) -> Vec<Measure> {
    let Some(net) = subject.series(Comparator::Twin, NET, &perspective.id) else { return Vec::new() };
    let of = |outcome, unit, number| {
        let mut needs = Needs::default();
        let reduction = Reduction::OfPath(needs.index(net), number);
        Measure::new(subject, (Comparator::Twin, outcome, &perspective.id), unit, needs, reduction)
    };
    // A depth is an amount below zero, so that more of it is less deep.
    vec![
        of(TROUGH_DEPTH, Unit::Pounds, DEPTH).priced(net.price_base).better(Direction::More),
        of(TROUGH_LENGTH, Unit::Years, LENGTH).better(Direction::Less),
    ]
}

/// How far below 0 the net position so far falls, and how many years it spends there within the horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Trough {
    /// The lowest net position so far, 0 if it never falls below.
    depth: f64,
    /// Years that end below 0.
    length: usize,
}

impl Trough {
    /// Of yearly net amounts.
    fn of(net: &[f64]) -> Self {
        let mut trough = Self { depth: 0.0, length: 0 };
        let mut position = 0.0;
        for amount in net {
            position += amount;
            if position < 0.0 {
                trough.length += 1;
            }
            if position < trough.depth {
                trough.depth = position;
            }
        }
        trough
    }
}

#[cfg(test)]
mod tests {
    use super::Trough;

    #[test]
    fn a_trough_has_depth_and_length() {
        assert_eq!(Trough::of(&[-10.0, -5.0, 8.0, 9.0]), Trough { depth: -15.0, length: 3 });
        // Back at nothing it is over.
        assert_eq!(Trough::of(&[-1.0, 0.0, 1.0, -1.0]), Trough { depth: -1.0, length: 3 });
        assert_eq!(Trough::of(&[2.0, -1.0, -1.0]), Trough { depth: 0.0, length: 0 });
    }
}

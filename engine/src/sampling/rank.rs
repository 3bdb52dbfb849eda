//! Where a value stands in its distribution: how much probability lies below it, and how much above.

/// The probability on either side of a value. Both are kept, because the smaller one carries the precision: with only
/// the probability below, nothing finer than 1e-16 could be said of the upper tail.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rank {
    /// Probability of a smaller value, between 0 and 1.
    pub below: f64,
    /// Probability of a larger value, between 0 and 1; `1 - below` up to rounding.
    pub above: f64,
}

impl Rank {
    /// The rank of the quantile at `below`.
    pub fn at(below: f64) -> Rank {
        Rank { below, above: 1.0 - below }
    }

    /// The rank of the same value counted from the other end.
    pub fn mirrored(self) -> Rank {
        Rank { below: self.above, above: self.below }
    }

    /// The rank among the values that remain once the lowest `share` of the probability is set aside.
    /// Meant for `below > share`, with `share < 1`.
    pub fn beyond(self, share: f64) -> Rank {
        let rest = 1.0 - share;
        Rank { below: ((self.below - share) / rest).min(1.0), above: (self.above / rest).min(1.0) }
    }

    /// Is the lower tail the smaller one?
    pub fn is_low(self) -> bool {
        self.below <= self.above
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::Rank;

    #[test]
    fn a_tiny_tail_survives_mirroring() {
        let rank = Rank::at(1e-300);
        assert_eq!(rank.mirrored().above, 1e-300);
        assert_eq!(rank.mirrored().mirrored(), rank);
        assert!(rank.is_low() && !rank.mirrored().is_low());
    }

    #[test]
    fn what_remains_beyond_a_share_is_stretched_to_the_whole() {
        let rank = Rank::at(0.625).beyond(0.25);
        assert_eq!(rank, Rank { below: 0.5, above: 0.5 });
    }
}

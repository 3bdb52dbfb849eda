//! What has been worked out of sums of products, so that it is worked out once.

use std::collections::HashMap;
use std::sync::Arc;

use super::ScalarId;
use super::ranges::{ElementId, RangeId};

/// What has been worked out and may be used again.
#[derive(Default)]
pub(super) struct Contractions {
    /// The scalars that a factor runs through, by the byte at which the factor stands, the range that runs, and the
    /// elements at which its other subscripts stand.
    pub(super) lists: HashMap<(usize, RangeId, Vec<ElementId>), Arc<[ScalarId]>>,
    /// The inner sums of a sum, by the byte at which it stands, which of its inner sums it is, and what it stands at.
    pub(super) inner: HashMap<(usize, usize, Vec<Standing>), Arc<[ScalarId]>>,
    /// Products so far.
    pub(super) products: usize,
}

/// What tells one inner sum from another that is written at the same place.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum Standing {
    /// The element of a subscript that is not summed over.
    At(ElementId),
    /// The first scalar of an inner sum that is a factor.
    Of(ScalarId),
}

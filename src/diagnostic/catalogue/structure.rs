//! Diagnostics of a model's structure (M100 and up).

use super::Page;

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[];

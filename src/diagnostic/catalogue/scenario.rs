//! Diagnostics of scenarios (S001 and up).

use super::Page;

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[];

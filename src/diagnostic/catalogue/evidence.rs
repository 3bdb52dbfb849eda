//! Diagnostics of evidence cards and place baselines (E001 and up).

use super::Page;

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[];

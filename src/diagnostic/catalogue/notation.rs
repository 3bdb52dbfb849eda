//! Diagnostics of a model's text (M001 to M099).

use super::Page;

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[];

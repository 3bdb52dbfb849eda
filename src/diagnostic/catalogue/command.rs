//! Diagnostics of commands and files (C001 and up).

use super::Page;

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[];

//! Units: both sides of every equation in the same dimension.

use crate::model::Model;

use super::draft::Drafts;
use super::notes::Notes;

/// Warns of every place where units differ.
pub(super) fn check_units(_model: &Model, _drafts: &Drafts<'_>, _notes: &mut Notes<'_>) {}

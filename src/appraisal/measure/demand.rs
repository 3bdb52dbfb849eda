//! The service that stands for demand as a whole.

use super::super::chart::{Chart, Entry};

/// The service that the accounts say leads.
pub(super) fn leading(chart: &Chart) -> Option<&Entry> {
    chart.demand.iter().find(|entry| entry.id == chart.roles.lead())
}

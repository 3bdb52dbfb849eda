//! The service that stands for demand as a whole.

use super::super::chart::{Chart, Entry};

/// The service that stands for emergency demand, whatever its case.
pub const EMERGENCY: &str = "emergency admissions";

/// The service of emergency demand, or else the first.
pub(super) fn leading(chart: &Chart) -> Option<&Entry> {
    let emergency = chart.demand.iter().find(|entry| entry.id.eq_ignore_ascii_case(EMERGENCY));
    emergency.or(chart.demand.first())
}

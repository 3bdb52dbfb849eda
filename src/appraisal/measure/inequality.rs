//! How the return of a strategy is spread over groups of residents: slope index and relative index of inequality.
//!
//! Rates are by the head of those who live there when the runs begin. A change in demand is of the last plan year; health is
//! of all plan years.

use crate::quantity::Unit;

use super::super::key::{Comparator, DEMAND, SeriesKey};
use super::definition::{Measure, Needs};
use super::reduction::Reduction;
use super::subject::Subject;

/// The outcome of what the most deprived resident gains more than the least deprived.
pub const SLOPE_INDEX: &str = "slope-index";
/// The outcome of the same in relation to the mean.
pub const RELATIVE_INDEX: &str = "relative-index";
/// By whose head rates are.
pub(super) const RESIDENT: &str = "resident";

/// Both indices of every demand that is kept by group, and of the health that counts.
pub(super) fn measures(subject: &Subject<'_>) -> Vec<Measure> {
    let mut found = Vec::new();
    for entry in &subject.chart.demand {
        let last = subject.terms.horizon.saturating_sub(1);
        let line = |group: &str| subject.series(Comparator::Twin, DEMAND, &format!("{}, {group}", entry.id));
        found.extend(indices(subject, &entry.id, &entry.unit, &line, &|series| Reduction::Year(series, last)));
    }
    let health = subject.chart.perspectives.iter().find_map(|perspective| perspective.qalys.first());
    if let Some(id) = health {
        let line = |group: &str| subject.series(Comparator::Twin, id, group);
        found.extend(indices(subject, id, &Unit::Qalys, &line, &Reduction::Total));
    }
    found
}

fn indices<'s>(
    subject: &Subject<'s>,
    group: &str,
    unit: &Unit,
    line: &dyn Fn(&str) -> Option<&'s SeriesKey>,
    number: &dyn Fn(usize) -> Reduction,
) -> Vec<Measure> {
    let Some(lines) = of_groups(subject, line) else { return Vec::new() };
    let of = |outcome, unit, index: fn(Vec<Reduction>) -> Reduction| {
        let mut needs = Needs::default();
        let groups = lines.iter().map(|key| number(needs.index(key))).collect();
        Measure::new(subject, (Comparator::Twin, outcome, group), unit, needs, index(groups))
    };
    vec![
        of(SLOPE_INDEX, unit.per(RESIDENT), Reduction::Slope),
        of(RELATIVE_INDEX, Unit::Ratio, Reduction::RelativeIndex),
    ]
}

/// A series for each group, if there are several groups and one for each.
pub(super) fn of_groups<'s>(
    subject: &Subject<'s>,
    line: &dyn Fn(&str) -> Option<&'s SeriesKey>,
) -> Option<Vec<&'s SeriesKey>> {
    let several = subject.groups.len() > 1;
    several.then(|| subject.groups.iter().map(|group| line(group)).collect()).flatten()
}

//! A number of one plan year: demand, a ledger or a net position, of the last year unless another is asked for.

use crate::scenario::LedgerKind;

use super::super::chart::{Chart, Entry};
use super::super::key::{Comparator, SeriesKey, change_of};
use super::definition::{Direction, Measure, Needs};
use super::reduction::Reduction;
use super::subject::Subject;

/// Every series has such a measure; findings tell it as the series.
pub(super) fn measures(subject: &Subject<'_>, key: &SeriesKey) -> Vec<Measure> {
    vec![of(subject, key)]
}

/// The number of the last plan year.
pub(super) fn of(subject: &Subject<'_>, key: &SeriesKey) -> Measure {
    let last = subject.terms.horizon.saturating_sub(1);
    let mut needs = Needs::default();
    let series = needs.index(key);
    let parts = subject.together.then(|| parts(subject, key)).flatten();
    let reduction = match parts {
        Some((change, level)) => {
            Reduction::Percent { percent: series, change: needs.index(change), level: needs.index(level), year: last }
        }
        None => Reduction::Year(series, last),
    };
    let of = (key.comparator, &*key.outcome, &*key.group);
    let mut measure = Measure::new(subject, of, key.unit.clone(), needs, reduction);
    measure.key.payer.clone_from(&key.payer);
    measure.key.year = Some(subject.terms.horizon);
    measure.reported = false;
    measure.priced(key.price_base).better(direction(subject.chart, key)).named(name(subject.chart, key))
}

/// Of a change in per cent the change itself and the level that holds it.
fn parts<'s>(subject: &Subject<'s>, key: &SeriesKey) -> Option<(&'s SeriesKey, &'s SeriesKey)> {
    let whole = key.changed()?;
    Some((subject.series(Comparator::Twin, whole, &key.group)?, subject.series(Comparator::Level, whole, &key.group)?))
}

/// What the accounts call a demand, and what says what becomes of it.
fn name<'c>(chart: &'c Chart, key: &SeriesKey) -> &'c str {
    let is = |id: &str| key.outcome == id || key.outcome == change_of(id);
    if let Some(one) = chart.needs.iter().flat_map(|need| need.happenings()).find(|one| is(&one.ledger)) {
        return &one.name;
    }
    let need = chart.needs.iter().find(|need| key.is_demand() && key.group == need.service);
    need.map_or("", |need| &need.name)
}

/// Which way is better of a series and of its total.
pub(super) fn direction(chart: &Chart, key: &SeriesKey) -> Direction {
    if key.is_net() {
        return Direction::More;
    }
    if key.is_demand() {
        return Direction::Less;
    }
    let is = |entry: &&Entry| key.outcome == entry.id || (entry.relative && key.outcome == change_of(&entry.id));
    match chart.ledgers.iter().find(is) {
        Some(entry) if entry.becomes => Direction::Less,
        Some(entry) => match entry.kind {
            Some(
                LedgerKind::Cost
                | LedgerKind::Underspend
                | LedgerKind::DisplacedQalys
                | LedgerKind::DisplacingMoney
                | LedgerKind::Raid,
            ) => Direction::Less,
            Some(
                LedgerKind::CashReleased
                | LedgerKind::CapacityReleased
                | LedgerKind::ActivityAvoided
                | LedgerKind::Qalys,
            ) => Direction::More,
            _ => Direction::Neither,
        },
        None => Direction::Neither,
    }
}

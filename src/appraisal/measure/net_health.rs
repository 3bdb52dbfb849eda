//! Health gained less health displaced by the financing, over a lifetime where the model works out what is to come: together, by group for a thousand residents, its slope index, and how
//! likely it is that there is more health and that the gap narrows (the equity-impact plane of Cookson and others 2017).

use crate::quantity::Unit;

use super::super::key::{Comparator, SeriesKey};
use super::definition::{Direction, Measure, Needs, Telling};
use super::inequality::{RESIDENT, SLOPE_INDEX, of_groups};
use super::lifetime::on_one_clock;
use super::reduction::Reduction;
use super::subject::Subject;

/// The outcome of QALYs gained less QALYs displaced.
pub const NET_QALYS: &str = "net-qalys";
/// The outcome of what a thousand residents of a group gain.
pub const GAINED_PER_1000: &str = "qalys-gained-per-1000";
/// The outcome of what they lose to the financing.
pub const DISPLACED_PER_1000: &str = "qalys-displaced-per-1000";
/// The outcome of both together.
pub const NET_PER_1000: &str = "net-qalys-per-1000";
/// The outcome of how likely a quarter of the equity-impact plane is.
pub const EQUITY_IMPACT: &str = "equity-impact";

/// The quarters of the plane: whether there is more health, and whether the gap narrows.
const QUARTERS: [(&str, bool, bool); 4] = [
    ("more health, narrower gap", true, true),
    ("more health, wider gap", true, false),
    ("less health, narrower gap", false, true),
    ("less health, wider gap", false, false),
];

pub(super) fn measures(subject: &Subject<'_>) -> Vec<Measure> {
    let Some((gained, lost)) = ledgers(subject) else { return Vec::new() };
    let Some(pairs) = pairs(subject, (gained, lost)) else { return Vec::new() };
    let both = Comparator::DoNothing;
    let mut found = Vec::new();
    for (index, (group, (up, down))) in subject.groups.iter().zip(&pairs).enumerate() {
        let head = |of: (Comparator, &str), direction, number: &dyn Fn(&mut Needs) -> Reduction| {
            let mut needs = Needs::default();
            let all = Box::new(number(&mut needs));
            let reduction = Reduction::PerHead { of: all, group: index, heads: 1000.0 };
            let of = (of.0, of.1, group.as_str());
            Measure::new(subject, of, Unit::Qalys.per("1000 residents"), needs, reduction).better(direction)
        };
        found.extend([
            head((Comparator::Twin, GAINED_PER_1000), Direction::More, &|needs| on_one_clock(subject, up, needs)),
            head((Comparator::DoNothing, DISPLACED_PER_1000), Direction::Less, &|needs| {
                on_one_clock(subject, down, needs)
            }),
            head((both, NET_PER_1000), Direction::More, &|needs| net(subject, (up, down), needs)),
        ]);
    }
    let slope = |needs: &mut Needs| Reduction::Slope(pairs.iter().map(|pair| net(subject, *pair, needs)).collect());
    let all = |needs: &mut Needs| Reduction::Sum(pairs.iter().map(|pair| (1.0, net(subject, *pair, needs))).collect());
    for (name, more, narrower) in QUARTERS {
        let mut needs = Needs::default();
        let signs = Reduction::Signs(vec![(all(&mut needs), more), (slope(&mut needs), narrower)]);
        let measure = Measure::new(subject, (both, EQUITY_IMPACT, name), Unit::Probability, needs, signs);
        found.push(Measure { telling: Telling::Chance, ..measure });
    }
    let mut needs = Needs::default();
    let slope = slope(&mut needs);
    found.push(Measure::new(subject, (both, SLOPE_INDEX, NET_QALYS), Unit::Qalys.per(RESIDENT), needs, slope));
    let mut needs = Needs::default();
    let all = all(&mut needs);
    found.push(together(subject, needs, all));
    found
}

/// What each group gains less what it loses to the financing.
pub(super) fn net_by_group(subject: &Subject<'_>, needs: &mut Needs) -> Option<Vec<Reduction>> {
    let pairs = pairs(subject, ledgers(subject)?)?;
    Some(pairs.into_iter().map(|pair| net(subject, pair, needs)).collect())
}

/// The series of what each group gains and loses.
fn pairs<'s>(subject: &Subject<'s>, (gained, lost): (&str, &str)) -> Option<Vec<(&'s SeriesKey, &'s SeriesKey)>> {
    let up = of_groups(subject, &|group| subject.series(Comparator::Twin, gained, group))?;
    let down = of_groups(subject, &|group| subject.series(Comparator::DoNothing, lost, group))?;
    Some(up.into_iter().zip(down).collect())
}

/// The net of both ledgers as they are kept for all residents together: it needs no groups, and rounds otherwise than the sum
/// of the groups, which is told beside them.
pub(super) fn of_all(subject: &Subject<'_>) -> Option<Measure> {
    let (gained, lost) = ledgers(subject)?;
    let mut needs = Needs::default();
    let gained = subject.series(Comparator::Twin, gained, "")?;
    let net = net(subject, (gained, subject.series(Comparator::DoNothing, lost, "")?), &mut needs);
    Some(together(subject, needs, net))
}

fn together(subject: &Subject<'_>, needs: Needs, net: Reduction) -> Measure {
    let measure = Measure::new(subject, (Comparator::DoNothing, NET_QALYS, ""), Unit::Qalys, needs, net);
    measure.named("QALYs gained less lost to the financing").better(Direction::More)
}

fn net(subject: &Subject<'_>, (up, down): (&SeriesKey, &SeriesKey), needs: &mut Needs) -> Reduction {
    let (up, down) = (on_one_clock(subject, up, needs), on_one_clock(subject, down, needs));
    Reduction::Sum(vec![(1.0, up), (-1.0, down)])
}

/// The ledger of QALYs gained that counts, and that of QALYs displaced.
fn ledgers<'s>(subject: &Subject<'s>) -> Option<(&'s str, &'s str)> {
    let gained = subject.social()?.qalys.first()?;
    Some((gained, &subject.chart.displaced()?.id))
}

//! Loops cut one after another, in the terminal: how each changes what is found.

use crate::appraisal::findings::Comparator;
use crate::appraisal::statistic::Summary;
use crate::scenario::Role;
use crate::study::{LoopFinding, LoopFindings, Outlook};
use crate::words;
use crate::words::grid::{self, Column};

const COLUMNS: [Column; 6] = [
    grid::words("", 4),
    grid::words("", 28),
    grid::numbers("need, % points", 17),
    grid::numbers("cash, net", 10),
    grid::numbers("QALYs gained", 8),
    grid::words("its own outcome", 23),
];

/// A change smaller than this part of the whole is told as 0.
const NOTHING: f64 = 1e-4;

/// A row for each loop: what changes in the lead service, in the first perspective and in health when it is cut. At most
/// 100 columns wide.
pub fn loops_table(found: &LoopFindings) -> String {
    let mut text = grid::paragraph(&format!("{}, {}", found.title, found.place));
    let left_out = match found.tally.all - found.draws as u64 {
        0 => String::new(),
        some => format!(", {} left out", words::exact(some)),
    };
    let years = format!("{} plan years; {} draws{left_out}", found.horizon, words::exact(found.tally.all));
    text.push_str(&grid::paragraph(&format!("Strategy “{}” against its twin, {years}", found.strategy.1)));
    text.push_str("\nWhat changes when a loop is cut in every run, do nothing, twin and strategy alike\n");
    text.push_str(&grid::heads(&COLUMNS));
    let lead = [lead_service(found), first(found, Outlook::Money), health(found)];
    let of = |summaries: &[Summary], column: usize, write: &dyn Fn(f64) -> String| {
        let at = |summaries: &[Summary]| Some(summaries.get(lead[column]?)?.median.value);
        let (value, whole) = (at(summaries), at(&found.full).unwrap_or(0.0));
        // Less than anyone could see.
        let displayed = value.map(|value| if value.abs() < NOTHING * whole.abs() { 0.0 } else { value });
        displayed.map_or_else(|| "–".to_owned(), write)
    };
    let whole = [
        String::new(),
        "The whole model".to_owned(),
        of(&found.full, 0, &words::signed_percent),
        of(&found.full, 1, &words::pounds),
        of(&found.full, 2, &words::number),
        String::new(),
    ];
    text.push_str(&grid::row(&COLUMNS, &whole));
    for one in &found.loops {
        let cells = [
            one.id.clone(),
            one.name.clone(),
            of(&one.changes, 0, &words::signed),
            of(&one.changes, 1, &words::signed_pounds),
            of(&one.changes, 2, &words::signed),
            own_outcome(one),
        ];
        text.push_str(&grid::row(&COLUMNS, &cells));
    }
    text.push('\n');
    text.push_str(&grid::paragraph(&note(found, lead)));
    text
}

fn note(found: &LoopFindings, lead: [Option<usize>; 3]) -> String {
    let of = |place: Option<usize>| place.and_then(|place| found.measured.get(place)).map(|one| one.key.group.as_str());
    format!(
        "Medians over draws: of the whole model what prevention does, below it the difference that each cut makes to that, \
         draw by draw (0: less than a ten-thousandth of it). Need: {} in plan year {}, not what happens of it, per cent of the twin's. Cash: cumulative net position at the \
         horizon, perspective {}. QALYs over the horizon. Own outcome: the strategy's level of it at the horizon. \
         --out FILE writes all services, perspectives and intervals.",
        words::inside(if found.need.is_empty() { "none" } else { &found.need }),
        found.horizon,
        of(lead[1]).unwrap_or("none")
    )
}

fn own_outcome(one: &LoopFinding) -> String {
    let change = one.outcome_change.median.value;
    let wording = if change.is_finite() { words::signed_percent(change) } else { "not there with it".to_owned() };
    format!("{} {wording}", one.outcome)
}

fn first(found: &LoopFindings, what: Outlook) -> Option<usize> {
    found.measured.iter().position(|one| one.what == what && one.key.comparator == Comparator::Twin)
}

fn lead_service(found: &LoopFindings) -> Option<usize> {
    let lead = found.measured.iter().position(|one| {
        one.what == Outlook::Demand && one.key.comparator == Comparator::Twin && one.key.group == found.roles.lead()
    });
    lead.or_else(|| first(found, Outlook::Demand))
}

fn health(found: &LoopFindings) -> Option<usize> {
    let gained = found
        .measured
        .iter()
        .position(|one| one.what == Outlook::Health && found.roles.is(Role::QalysGained, &one.key.outcome));
    gained.or_else(|| first(found, Outlook::Health))
}

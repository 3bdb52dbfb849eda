//! The plans between two goals, as a picture.

use super::analysis::{Caption, EfficientFrontier, FrontierPoint, frontier};
use super::{Picture, rendered};
use crate::report::figure::{FigureError, NumberFormat};
use crate::sensitivity::optimise::{Criterion, Member, improvement};
use crate::study::{Goal, Mix, WORST_SHARE, spending};
use crate::words;

/// What a goal is called.
pub(in crate::report) fn title(found: &Mix, goal: Goal) -> String {
    goal.title(&words::inside(&found.need))
}

/// The plans that no other beats, if two goals were named.
pub(in crate::report) fn efficient(found: &Mix) -> Option<EfficientFrontier> {
    let plans = found.frontier.as_ref()?;
    let second = found.settings.and?;
    let format = |goal| match goal {
        Goal::CashBy5 => NumberFormat::million_pounds(),
        _ => NumberFormat::plain(),
    };
    let criterion = if found.settings.robust { Criterion::WorstShare(WORST_SHARE) } else { Criterion::Expected };
    let own = &plans.reference;
    let point = |name: &str, one: &Member| {
        let gain = |goal: usize| improvement(criterion, &one.evaluation.goals[goal], &own.evaluation.goals[goal]);
        let ahead = |goal: usize| gain(goal).resolved && gain(goal).difference.value > 0.0;
        let no_worse = |goal: usize| one.merits[goal] >= own.merits[goal];
        FrontierPoint {
            name: name.to_owned(),
            first: one.merits[0],
            second: one.merits[1],
            spending: spending(&one.evaluation).map(|spent| spent.value),
            better: (ahead(0) && no_worse(1)) || (ahead(1) && no_worse(0)),
        }
    };
    Some(EfficientFrontier {
        goals: [title(found, found.settings.goal), title(found, second)],
        formats: [format(found.settings.goal), format(second)],
        points: plans.members.iter().map(|member| point("", member)).collect(),
        reference: point("the file", own),
        reference_is_efficient: plans.reference_is_efficient,
    })
}

/// The frontier, if two goals were named.
///
/// # Errors
/// It cannot be drawn.
pub fn mix_pictures(found: &Mix) -> Result<Vec<Picture>, FigureError> {
    let caption = Caption {
        subject: format!("strategy “{}”", found.strategy.1),
        source: format!(
            "Wellspring {}, scenario {}, {} draws.",
            env!("CARGO_PKG_VERSION"),
            found.name,
            words::exact(found.draws)
        ),
    };
    let figures: Vec<_> =
        efficient(found).map(|plans| ("frontier".to_owned(), frontier(&plans, &caption))).into_iter().collect();
    rendered(&figures)
}

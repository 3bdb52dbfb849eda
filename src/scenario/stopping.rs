//! When a study has drawn enough, as its scenario says: how precise its outcomes must be, and how far it may go for that.

use crate::evidence::document::{Fields, Located, Reading, number};
use crate::explain::scenario as code;
use engine::diagnostic::Span;

/// More looks than this are a slip of the pen: draws double from one to the next.
const MOST_ROUNDS: i64 = 40;

/// `[stopping]` of a scenario. Draws are taken in rounds that double, and the last is the one in which all this holds.
#[derive(Debug, Clone, PartialEq)]
pub struct StoppingAsked {
    /// Where it stands.
    pub span: Span,
    /// How small standard errors must be: a part of one of the number, or of the width of its 90 % interval where that is more.
    pub precision: Option<f64>,
    /// What is held to `precision`, as sweeps name it; none for what the terminal shows.
    pub outcomes: Vec<Located<String>>,
    /// What is held to a standard error of its own, in the unit of the outcome.
    pub within: Vec<(Located<String>, f64)>,
    /// Whether the choice between strategies must stand still as well.
    pub choice: bool,
    /// Draws in the end at most.
    pub at_most: Option<Located<u64>>,
    /// Rounds at most.
    pub rounds: Option<u32>,
}

impl StoppingAsked {
    /// `draws` are those of the first round.
    pub(super) fn read(reading: &mut Reading, mut fields: Fields<'_, '_>, draws: Option<i64>) -> Self {
        let span = fields.at().clone();
        let precision = fields.number(reading, "precision");
        if let Some(wrong) = precision.as_ref().filter(|one| !(one.value > 0.0 && one.value < 1.0)) {
            let message = format!("a precision of {} is met never, or always", wrong.value);
            reading
                .error(code::STOPPING, wrong.span.clone(), message)
                .hint("write a part of one, above 0 and below 1: precision = 0.01 for 1 %");
        }
        let outcomes = fields.texts(reading, "outcomes").unwrap_or_default();
        let within = fields
            .table(reading, "within", "the tolerances of single outcomes")
            .map(|fields| read_within(reading, &fields))
            .unwrap_or_default();
        let choice = fields.truth(reading, "choice");
        let at_most = fields.whole(reading, "at_most").and_then(|most| read_most(reading, most, draws));
        let rounds = fields.whole(reading, "rounds").and_then(|rounds| {
            if (1..=MOST_ROUNDS).contains(&rounds.value) {
                return u32::try_from(rounds.value).ok();
            }
            reading
                .error(code::OUT_OF_RANGE, rounds.span, format!("`rounds` is {}", rounds.value))
                .hint("write rounds = 7, from 1 to 40: draws double from one to the next");
            None
        });
        let named = outcomes.iter().chain(within.iter().map(|(outcome, _)| outcome));
        let named: Vec<&Located<String>> = named.collect();
        for (index, one) in named.iter().enumerate() {
            if named[..index].iter().any(|earlier| earlier.value.trim() == one.value.trim()) {
                let message = format!("`{}` is watched twice", one.value);
                reading.error(code::WRITTEN_TWICE, one.span.clone(), message).hint("keep one of the two");
            }
        }
        let lacking = match (&precision, outcomes.first(), &choice) {
            (Some(_), _, _) => None,
            (None, Some(outcome), _) => {
                Some((outcome.span.clone(), "`outcomes` are held to `precision`, and there is none"))
            }
            (None, None, Some(choice)) if choice.value => {
                Some((choice.span.clone(), "the choice is held to `precision`, and there is none"))
            }
            (None, None, _) if !fields.has("precision") && !fields.has("within") => {
                Some((span.clone(), "nothing says how precise is enough"))
            }
            _ => None,
        };
        if let Some((at, why)) = lacking {
            reading.error(code::STOPPING, at, why).hint("add precision = 0.01, a part of each number");
        }
        fields.finish(reading);
        Self {
            span,
            choice: choice.map_or(precision.is_some(), |choice| choice.value),
            precision: precision.map(|precision| precision.value),
            outcomes,
            within,
            at_most,
            rounds,
        }
    }
}

fn read_within(reading: &mut Reading, fields: &Fields<'_, '_>) -> Vec<(Located<String>, f64)> {
    let mut within = Vec::new();
    for (key, value) in fields.entries() {
        let name = key.get_ref().as_ref().trim().to_owned();
        let Some(tolerance) = number(reading, value, &format!("the tolerance of `{name}`")) else { continue };
        if tolerance.value > 0.0 {
            within.push((Located { value: name, span: reading.span(key.span()) }, tolerance.value));
        } else {
            let message = format!("a tolerance of {} for `{name}` is never met", tolerance.value);
            reading
                .error(code::STOPPING, tolerance.span, message)
                .hint("write a standard error above 0, in the unit of the outcome");
        }
    }
    within
}

fn read_most(reading: &mut Reading, most: Located<i64>, draws: Option<i64>) -> Option<Located<u64>> {
    if most.value < 1 || draws.is_some_and(|draws| most.value < draws) {
        let first = draws.map_or(String::new(), |draws| format!(" of {draws} draws"));
        let message = format!("at_most = {} leaves no room for the first round{first}", most.value);
        reading
            .error(code::STOPPING, most.span, message)
            .hint("name more draws than the first round takes, such as at_most = 65536");
        return None;
    }
    Some(Located { value: most.value.unsigned_abs(), span: most.span })
}

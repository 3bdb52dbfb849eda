//! What a scenario, a place and the accounts ask of the structure, checked.

use crate::evidence::document::listed;
use crate::evidence::{EvidenceFile, UncertainConstant};
use crate::explain::sensitivity::IDENTICAL_DRAWS;
use crate::explain::study as code;
use crate::quantity::Unit;
use crate::scenario::{Accounts, DesignAsked, Scenario, YearlyReading};
use crate::words;
use engine::diagnostic::{Diagnostic, Diagnostics, Span, nearest};
use engine::model::{Bindings, Name, Value};
use engine::sampling::{Design, Sampling};
use engine::structure::Structure;

use super::place::PreparedPlace;

/// How the comment of a constant says that a place must give it.
pub const SET_BY_PLACE: &str = "Set by: place";

/// One draw in so many may lie below the bounds of a constant, and one above, without a word.
const RARE: f64 = 1e-4;

/// Constants that the model marks `Set by: place` and that nobody sets.
pub fn given(structure: &Structure, bindings: &Bindings, place: &EvidenceFile, found: &mut Diagnostics) {
    for variable in &structure.variables {
        let given = bindings.values.iter().any(|binding| binding.name == variable.name);
        if !given && variable.comment.contains(SET_BY_PLACE) {
            found.push(
                Diagnostic::error(code::NOT_GIVEN, format!("`{}` is not given for {}", variable.name, place.name))
                    .at(place.id_span.clone())
                    .hint(format!("add [\"{}\"] to this file: {}", variable.name, variable.comment)),
            );
        }
    }
}

/// Whether draws of an uncertainty stay inside what the model says of its constant; told once, however many places draw it.
pub fn bounds(structure: &Structure, one: &UncertainConstant, found: &mut Diagnostics) {
    let Some((_, variable)) = structure.variable(&one.constant) else { return };
    let (least, most) = variable.bounds;
    let beyond = [RARE, 1.0 - RARE].into_iter().find_map(|point| {
        let values = match one.value(point, 1.0) {
            Value::Number(number) => vec![number],
            Value::Array(numbers) => numbers,
        };
        let outside = |value: &f64| least.is_some_and(|least| *value < least) || most.is_some_and(|most| *value > most);
        values.into_iter().find(outside)
    });
    let Some(beyond) = beyond else { return };
    let message = match (least, most) {
        (Some(least), Some(most)) => format!("`{}` may be drawn outside {least} to {most}", one.label),
        (Some(least), None) => format!("`{}` may be drawn below {least}", one.label),
        (None, most) => format!("`{}` may be drawn above {}", one.label, most.unwrap_or(f64::NAN)),
    };
    let reported =
        found.iter().any(|known| known.code == code::BEYOND_BOUNDS && known.span.as_ref() == Some(&one.span));
    if !reported {
        let reached = words::decimals(beyond, 3);
        let hint = format!("one draw in ten thousand reaches {reached}; a distribution with ends (pert) keeps inside");
        found.push(Diagnostic::warning(code::BEYOND_BOUNDS, message).at(one.span.clone()).hint(hint));
    }
}

/// A plan that is longer than the model runs.
pub fn horizon(structure: &Structure, scenario: &Scenario, found: &mut Diagnostics) {
    if f64::from(scenario.horizon_years) > structure.time.last {
        found.push(
            Diagnostic::error(
                code::BEYOND_THE_MODEL,
                format!(
                    "the plan runs for {} years, and the model ends after {}",
                    scenario.horizon_years, structure.time.last
                ),
            )
            .at(Span::new(&scenario.model.span.file, 0, 0))
            .hint("shorten horizon_years, or raise FINAL TIME in the model"),
        );
    }
}

/// Payers that the accounts name and the model does not have: nothing would be counted of them, and nobody told.
pub fn payers(structure: &Structure, accounts: &Accounts, found: &mut Diagnostics) {
    let range = &accounts.ranges.payer.value;
    let mut dimensions = structure.variables.iter().flat_map(|variable| &variable.dimensions);
    let Some(known) = dimensions.find(|dimension| dimension.range == *range) else { return };
    let known: Vec<&str> = known.elements.iter().map(Name::spelling).collect();
    let named = accounts.perspectives.iter().chain(&accounts.organisations).flat_map(|one| &one.payers);
    for payer in named.chain(accounts.payers.iter().map(|one| &one.name)) {
        if !known.iter().any(|one| one.eq_ignore_ascii_case(&payer.value)) {
            let message = format!("the model has no payer `{}`", payer.value);
            let unknown = Diagnostic::error(code::UNKNOWN_VARIABLE, message).at(payer.span.clone());
            let listed = format!("the elements of `{range}` are {}", listed(&known));
            found.push(match nearest(&payer.value, known.iter().copied()) {
                Some(near) => unknown.hint(format!("did you mean \"{near}\"?")),
                None => unknown.hint(listed),
            });
        }
    }
}

/// Ledgers of the plan's money that cannot be added up: what is there at the end of a year, or in another unit than what is moved.
pub fn plan_money(accounts: &Accounts, found: &mut Diagnostics) {
    let Some(money) = &accounts.plan_money else { return };
    let unit = accounts.ledger(&money.moved.value).map_or(Unit::Unsaid, |ledger| ledger.unit.clone());
    let mut seen: Vec<&str> = Vec::new();
    for id in money.ledgers() {
        let Some(ledger) = accounts.ledger(&id.value) else { continue };
        let (wrong, hint) = match ledger.reading {
            YearlyReading::Stock => (
                "holds what is there at the end of a year, which does not add up".to_owned(),
                "name a ledger whose measure is \"flow\" or \"cumulative\"".to_owned(),
            ),
            _ if ledger.unit != unit => (
                format!("is in {}, and `{}` in {unit}", ledger.unit, money.moved.value),
                format!("name ledgers in {unit}, or correct the unit of this one"),
            ),
            _ => continue,
        };
        if !seen.contains(&id.value.as_str()) {
            seen.push(&id.value);
            let message = format!("the ledger `{}` of the plan's money {wrong}", id.value);
            found.push(Diagnostic::error(code::NO_PLAN_MONEY, message).at(id.span.clone()).hint(hint));
        }
    }
}

/// Draws that do not divide into the repetitions of the design, or that a Sobol' design makes little of.
pub fn divided(asked: &DesignAsked, sampling: &Sampling, found: &mut Diagnostics) {
    let (draws, replicates) = (sampling.draws, asked.options.replicates.max(1));
    if draws % replicates != 0 {
        let below = draws / replicates * replicates;
        let offered = if below == 0 { replicates.to_string() } else { format!("{below} or {}", below + replicates) };
        let uneven = Diagnostic::error(
            code::UNEVEN_REPLICATES,
            format!("{draws} draws do not divide into {replicates} repetitions of one size"),
        );
        let uneven = match &asked.replicates_at {
            Some(at) => uneven.at(at.clone()),
            None => uneven,
        };
        found.push(uneven.hint(format!("take {offered} draws")));
        return;
    }
    let each = draws / replicates;
    if sampling.design == Design::Sobol && !each.is_power_of_two() {
        let above = each.next_power_of_two();
        let (fewer, more) = (above / 2 * replicates, above * replicates);
        let message = match replicates {
            1 => format!("{draws} Sobol' draws are no power of two, so some strata have one draw more than others"),
            _ => format!("each of the {replicates} Sobol' scramblings has {each} draws, which is no power of two"),
        };
        found.push(Diagnostic::warning(code::NO_POWER_OF_TWO, message).hint(format!("take {fewer} or {more} draws")));
    }
}

/// Draws that are all the same: nothing is uncertain, or nothing of it is left to a draw because the scenario has `decided` it.
pub fn identical<'u>(
    mut uncertain: impl Iterator<Item = &'u UncertainConstant>,
    decided: bool,
    sampling: &Sampling,
    scenario: &Span,
    found: &mut Diagnostics,
) {
    // A distribution whose far ends are one number draws that number.
    let certain = |one: &UncertainConstant| {
        let (low, high) = (one.distribution.quantile(RARE), one.distribution.quantile(1.0 - RARE));
        one.no_effect.is_none() && low == high
    };
    if sampling.draws < 2 || found.has_errors() || !(decided || uncertain.all(certain)) {
        return;
    }
    let message = format!("nothing is uncertain here, so all {} draws are the same", sampling.draws);
    found.push(
        Diagnostic::warning(IDENTICAL_DRAWS, message)
            .at(Span::new(&scenario.file, 0, 0))
            .hint("give constants a range, or ask for one draw: intervals and chances of many like this say nothing"),
    );
}

/// Random numbers that the scenario ties or lets lead, and that no place draws.
pub fn drawn(asked: &DesignAsked, places: &[PreparedPlace], found: &mut Diagnostics) {
    let mut known: Vec<&str> = places.iter().flat_map(|place| place.draws.streams()).map(String::as_str).collect();
    known.sort_unstable();
    known.dedup();
    // Where a place could not be readied, what it draws is not known.
    if found.has_errors() {
        return;
    }
    for name in asked.named.iter().filter(|name| known.binary_search(&name.value.as_str()).is_err()) {
        let unknown =
            Diagnostic::error(code::NOT_DRAWN, format!("no random number of this study is called `{}`", name.value))
                .at(name.span.clone());
        found.push(match nearest(&name.value, known.iter().copied()) {
            Some(near) => unknown.hint(format!("did you mean \"{near}\"?")),
            None => unknown.hint("write the name of an uncertain constant with its elements, or of a common factor"),
        });
    }
}

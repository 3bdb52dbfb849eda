//! Whether the programmes of a study can reach anybody, and what their cards leave to the model.

use crate::evidence::EvidenceFile;
use crate::evidence::document::{Located, listed};
use crate::explain::study as code;
use crate::scenario::{Accounts, ProgrammeCard};
use engine::diagnostic::{Diagnostic, Diagnostics};
use engine::model::{Label, Name};
use engine::structure::{Rule, ScalarId, Structure};

use super::lookup;

/// What a card leaves out without which nothing can be said of a programme, with what the model takes in its place.
pub fn lacks(structure: &Structure, card: &EvidenceFile, accounts: &Accounts, found: &mut Diagnostics) {
    let Some(wanted) = &accounts.programme_card else { return };
    let programme = Name::new(&card.id);
    let gives = |constant: &Name| card.figures.iter().any(|figure| figure.label.constant == *constant);
    let mut warn = |code, message: String, hint: String| {
        found.push(Diagnostic::warning(code, message).at(card.id_span.clone()).hint(hint));
    };
    let eligible: Vec<&Name> = eligible(wanted).collect();
    if eligible.iter().all(|constant| all_zero(structure, constant, &programme)) {
        let names: Vec<&str> = eligible.iter().map(|constant| constant.spelling()).collect();
        let why = if eligible.iter().any(|constant| gives(constant)) {
            format!("{} are 0", listed(&names))
        } else {
            format!("it does not give {}, and the model's own 0 is taken", listed(&names))
        };
        warn(
            code::REACHES_NOBODY,
            format!("the card {} reaches nobody: {why}", card.id),
            format!(
                "write [\"{}[{}]\"] with the people eligible for each resident (per = 100000 for so many in 100,000)",
                eligible[0], card.id
            ),
        );
    }
    if !gives(&wanted.unit_cost.value) {
        let taken = taken(structure, &wanted.unit_cost.value, &programme);
        warn(
            code::TAKES_DEFAULT,
            format!("the card {} gives no `{}`: the model's own {taken} is taken", card.id, wanted.unit_cost.value),
            format!(
                "write [\"{}[{}]\"] with what one start costs, and its price_year",
                wanted.unit_cost.value, card.id
            ),
        );
    }
    let effect = &wanted.log_relative_risk.value;
    if !gives(effect) && !wanted.other_effects.iter().any(|other| gives(&other.value)) {
        warn(
            code::TAKES_DEFAULT,
            format!(
                "the card {} gives no effect: the model's own {} is taken, so that money is spent and nothing comes of it",
                card.id,
                taken(structure, effect, &programme)
            ),
            format!(
                "write [\"{effect}[{},...]\"] with a channel of the model, or one of {}",
                card.id,
                names(&wanted.other_effects)
            ),
        );
    }
    for channel in without_rate(structure, wanted, &programme) {
        let rate = wanted.group_rate.as_ref().map_or(effect, |rate| &rate.value);
        warn(
            code::TAKES_DEFAULT,
            format!(
                "the card {} acts on `{channel}` and does not say how often its people use it: the model's own 0 is taken, so that nothing comes of it",
                card.id
            ),
            format!(
                "write [\"{rate}[{},{channel}]\"] with the use of one person of the target group in a year",
                card.id
            ),
        );
    }
}

/// Why nobody can be reached by any programme of a structure, if so: as a clause that begins after "because".
pub fn nobody(structure: &Structure, accounts: &Accounts, drawn: &[ScalarId]) -> Option<String> {
    let wanted = accounts.programme_card.as_ref()?;
    let mut all = eligible(wanted).flat_map(|constant| whole(structure, constant));
    let none = all.all(|scalar| value(structure, scalar) == Some(0.0) && drawn.binary_search(&scalar).is_err());
    let names: Vec<&str> = eligible(wanted).map(Name::spelling).collect();
    none.then(|| format!("no programme has people who are eligible ({} of each is 0)", listed(&names)))
}

/// The constants that say who can be reached.
fn eligible(card: &ProgrammeCard) -> impl Iterator<Item = &Name> {
    std::iter::once(&card.eligible).chain(&card.newly_eligible).map(|placed| &placed.value)
}

/// Channels on which a programme has an effect, and no use by its people that the effect could change.
fn without_rate(structure: &Structure, card: &ProgrammeCard, programme: &Name) -> Vec<String> {
    let rates: Vec<&Name> = card.group_rate.iter().chain(&card.rate_at_once).map(|placed| &placed.value).collect();
    if rates.is_empty() {
        return Vec::new();
    }
    let acts = of(structure, &card.log_relative_risk.value, programme);
    let acts = acts.into_iter().filter(|scalar| value(structure, *scalar).is_some_and(|effect| effect != 0.0));
    acts.filter_map(|scalar| {
        let elements: Vec<Name> = structure.elements(scalar).into_iter().cloned().collect();
        let used = |rate: &&Name| structure.scalar(rate, &elements).and_then(|scalar| value(structure, scalar));
        let never = rates.iter().all(|rate| used(rate).is_none_or(|rate| rate == 0.0));
        let channel = elements.iter().filter(|element| *element != programme).map(Name::spelling);
        never.then(|| channel.collect::<Vec<_>>().join(","))
    })
    .collect()
}

fn of(structure: &Structure, constant: &Name, programme: &Name) -> Vec<ScalarId> {
    let label = Label { constant: constant.clone(), elements: vec![programme.clone()] };
    lookup::scalars(structure, &label).unwrap_or_default().into_iter().map(|(scalar, _)| scalar).collect()
}

fn whole(structure: &Structure, constant: &Name) -> Vec<ScalarId> {
    let label = Label { constant: constant.clone(), elements: Vec::new() };
    lookup::scalars(structure, &label).unwrap_or_default().into_iter().map(|(scalar, _)| scalar).collect()
}

fn value(structure: &Structure, scalar: ScalarId) -> Option<f64> {
    match structure.scalars[scalar.0 as usize].rule {
        Rule::Constant(value) => Some(value),
        _ => None,
    }
}

fn all_zero(structure: &Structure, constant: &Name, programme: &Name) -> bool {
    of(structure, constant, programme).into_iter().all(|scalar| value(structure, scalar) == Some(0.0))
}

/// The model's own number with its unit.
fn taken(structure: &Structure, constant: &Name, programme: &Name) -> String {
    let number = of(structure, constant, programme).first().and_then(|scalar| value(structure, *scalar));
    let unit = structure.variable(constant).map_or("", |(_, variable)| variable.units_text.as_str());
    format!("{} {unit}", number.unwrap_or(0.0))
}

fn names(constants: &[Located<Name>]) -> String {
    listed(&constants.iter().map(|constant| constant.value.spelling()).collect::<Vec<_>>())
}

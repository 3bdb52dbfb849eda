//! What each place has, needs and is given of the money of the plan.
//!
//! A lever that is a share of a place's allocation becomes, for a place with the share `w` of the money, that share times
//! `w` times the allocation of all places over the place's own: so the places together have exactly the lever's share of
//! all allocations. A lever that is a sum of money is multiplied by `w`.

use std::collections::BTreeMap;

use crate::evidence::document::Located;
use crate::explain::study as code;
use crate::scenario::{Accounts, Claim, Scenario, Shared};
use engine::diagnostic::{Diagnostic, Diagnostics};
use engine::kernel::{Integrator, LaneInputs, Outcome, Request, reference};
use engine::model::{Label, Name};
use engine::structure::{Rule, ScalarId, Structure};

use super::lookup::{constants, find};
use super::place::BuiltPlace;

/// A place's share of the money.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceShare {
    /// A part of one.
    pub share: f64,
    /// What the place multiplies each shared lever by.
    pub factors: BTreeMap<Name, f64>,
    levers: Vec<(ScalarId, f64)>,
}

impl PlaceShare {
    fn whole() -> Self {
        Self { share: 1.0, factors: BTreeMap::new(), levers: Vec::new() }
    }

    /// Takes the place's share of the levers that are bound already, and of the model's own values of the others.
    pub fn take(&self, structure: &mut Structure) {
        for (scalar, factor) in &self.levers {
            if let Rule::Constant(value) = &mut structure.scalars[scalar.0 as usize].rule {
                *value *= factor;
            }
        }
    }
}

/// The share of each place; a place alone has all of its own. What is wrong goes to `found`, and then there is none.
pub fn shares(
    scenario: &Scenario,
    accounts: &Accounts,
    places: &[BuiltPlace<'_, '_>],
    found: &mut Diagnostics,
) -> Vec<PlaceShare> {
    let (Some(sharing), true) = (&scenario.sharing, places.len() > 1) else {
        return vec![PlaceShare::whole(); places.len()];
    };
    let Some(shared) = &accounts.sharing else {
        let message = "the accounts of the model do not say what money places share";
        let missing = Diagnostic::error(code::NOTHING_SHARED, message).at(sharing.span.clone());
        found.push(missing.hint("add [sharing] to the accounts, or study one place at a time"));
        return Vec::new();
    };
    // The names are the same in every place, so what is wrong with one of them is said once.
    let mut missing = Diagnostics::new();
    let claims: Vec<(Claim, f64)> = places
        .iter()
        .enumerate()
        .map(|(index, built)| {
            let mut here = Diagnostics::new();
            let claim = claim(shared, accounts, &built.structure, &mut here);
            if index == 0 {
                missing.extend(here);
            }
            claim
        })
        .collect();
    if missing.has_errors() {
        found.extend(missing);
        return Vec::new();
    }
    let before = found.iter().count();
    for (built, (claim, allocation)) in places.iter().zip(&claims) {
        let place = built.selection.place;
        for (what, number) in [("allocation", *allocation), ("number of people", claim.people), ("need", claim.need)] {
            if !(number.is_finite() && number > 0.0) {
                let message = format!("the {what} of {} is {number}, so it has no share of the money", place.name);
                let wrong = Diagnostic::error(code::NO_SHARE, message).at(place.id_span.clone());
                found.push(wrong.hint("it is read from the model when the run of the place begins"));
            }
        }
    }
    if found.iter().count() > before {
        return Vec::new();
    }
    let ids: Vec<&str> = places.iter().map(|built| built.selection.place.id.as_str()).collect();
    let people: Vec<Claim> = claims.iter().map(|(claim, _)| *claim).collect();
    let Some(weights) = sharing.shares(&ids, &scenario.places_written(), &people) else {
        let message = "the rule gives no place a share that is a number";
        let wrong = Diagnostic::error(code::NO_SHARE, message).at(sharing.span.clone());
        found.push(wrong.hint("take smaller powers, or write weights"));
        return Vec::new();
    };
    // In the order of the ids, so that the order of the places changes no bit.
    let allocations: BTreeMap<&str, f64> = ids.iter().copied().zip(claims.iter().map(|(_, money)| *money)).collect();
    let all: f64 = allocations.values().sum();
    let mut first = true;
    places
        .iter()
        .zip(weights)
        .zip(&claims)
        .map(|((built, weight), (_, allocation))| {
            let mut unknown = Diagnostics::new();
            let share = share(shared, &built.structure, weight, weight * all / allocation, &mut unknown);
            if std::mem::take(&mut first) {
                found.extend(unknown);
            }
            share
        })
        .collect()
}

fn share(
    shared: &Shared,
    structure: &Structure,
    weight: f64,
    of_allocation: f64,
    unknown: &mut Diagnostics,
) -> PlaceShare {
    let mut share = PlaceShare { share: weight, factors: BTreeMap::new(), levers: Vec::new() };
    for (levers, factor) in [(&shared.money, of_allocation), (&shared.sums, weight)] {
        for lever in levers {
            let label = Label { constant: lever.value.clone(), elements: Vec::new() };
            let scalars = constants(structure, &label, &lever.span, code::UNKNOWN_VARIABLE, unknown);
            share.levers.extend(scalars.into_iter().map(|scalar| (scalar, factor)));
            share.factors.insert(lever.value.clone(), factor);
        }
    }
    share
}

/// People, need and allocation of a place at central values, as its run begins.
fn claim(shared: &Shared, accounts: &Accounts, structure: &Structure, missing: &mut Diagnostics) -> (Claim, f64) {
    let group = &accounts.ranges.group;
    let people = find(structure, &shared.population, std::slice::from_ref(group), missing);
    let deprived: Vec<ScalarId> = people
        .iter()
        .filter(|(_, element)| Name::new(element) == shared.deprived.value)
        .map(|(scalar, _)| *scalar)
        .collect();
    if deprived.is_empty() && !people.is_empty() {
        let message = format!("`{}` has no element `{}`", shared.population.value, shared.deprived.value);
        missing.push(Diagnostic::error(code::UNKNOWN_VARIABLE, message).at(shared.deprived.span.clone()));
    }
    let mut all = |variable: &Located<Name>| -> Vec<ScalarId> {
        find(structure, variable, &[], missing).into_iter().map(|(scalar, _)| scalar).collect()
    };
    let (need, allocation) = (all(&shared.need), all(&shared.allocation));
    let rebasing = shared.rebasing.as_ref().map(all);
    let people: Vec<ScalarId> = people.into_iter().map(|(scalar, _)| scalar).collect();
    let parts = [&people, &deprived, &need, &allocation];
    let rebasing_part = rebasing.as_ref().into_iter();
    let values = at_the_start(structure, parts.into_iter().chain(rebasing_part).flatten().copied().collect());
    let sum = |scalars: &[ScalarId]| -> f64 { scalars.iter().filter_map(|scalar| values.get(scalar)).sum() };
    let factor = rebasing.as_ref().map_or(1.0, |rebasing| sum(rebasing));
    let claim = Claim { people: sum(&people) * factor, deprived: sum(&deprived) * factor, need: sum(&need) };
    (claim, sum(&allocation))
}

/// The values of these scalars at the initial time, at central values.
pub(super) fn at_the_start(structure: &Structure, scalars: Vec<ScalarId>) -> BTreeMap<ScalarId, f64> {
    let request = Request {
        varying: Vec::new(),
        driven: Vec::new(),
        outcomes: scalars.iter().map(|scalar| Outcome::Level(*scalar)).collect(),
        report_times: vec![structure.time.initial],
        integrator: Integrator::Euler,
    };
    let values =
        reference::run(structure, &request, LaneInputs { lanes: 1, constants: &[], paths: &[], years: 0, draws: &[] });
    scalars.into_iter().zip(values).collect()
}

//! Which uncertainty of a scenario moves its outcomes: the question, the inputs in their groups, and the points to run.

mod findings;
mod layout;
mod units;

use crate::appraisal::findings::ALL_PLACES;
use crate::appraisal::key::DEMAND_CHANGE;
use crate::appraisal::measure::net::NET_AT_HORIZON;
use crate::appraisal::measure::totals::{DISCOUNTED, discounted_outcome};
use crate::evidence::document::Located;
use crate::explain::command as code;
use crate::scenario::{InputGroup, Perspective, Role, SensitivityAsked};
use engine::diagnostic::{Diagnostic, Diagnostics};
use engine::model::hyphenated;
use engine::sampling::Ties;

use super::inputs::Input;
use super::model::{Cell, nowhere};
use super::outcome::OutcomeName;
use super::overlap::drawn_and_set;
use super::prepare::{Subject, Wanted, vocabulary};
use super::run::Experiment;
use super::sweep::chosen;
use units::{Grouping, units};

pub use findings::{Indexed, Measured, SensitivityFindings, Swings};
pub use layout::{InputUnit, Laid, SensitivityMethod};

/// What all inputs are called that a screening has put together.
const ALL_OTHERS: &str = "all others";

/// What is asked of a scenario; what is left empty is as the scenario says, or as suits it.
#[derive(Debug, Clone, PartialEq)]
pub struct SensitivityQuestion {
    /// Names of outcomes.
    pub outcomes: Vec<String>,
    /// Ids of strategies.
    pub strategies: Vec<String>,
    /// Whether outcomes of a plan year are told for every year.
    pub over_time: bool,
    /// Groups of uncertainties.
    pub groups: GroupsAsked,
    /// Whether sobol also tells what each two do only together.
    pub second_order: bool,
}

/// Which groups of uncertainties are asked for beyond the scenario.
#[derive(Debug, Clone, PartialEq)]
pub enum GroupsAsked {
    /// These by name with patterns, and after them those of the scenario: an uncertainty belongs to the first that fits.
    Before(Vec<(String, Vec<String>)>),
    /// These instead of the scenario's, each uncertainty in one at most.
    Instead(Vec<InputGroup>),
}

/// A question found in its scenario: outcomes, strategies, inputs.
#[derive(Debug, Clone)]
pub struct SensitivityDesign<'s> {
    subject: Subject<'s>,
    /// Each outcome as it was asked for, and as it is measured: once, or year by year.
    outcomes: Vec<(String, Vec<Located<String>>)>,
    strategies: Vec<usize>,
    inputs: Vec<Input>,
    units: Vec<InputUnit>,
    second_order: bool,
}

impl<'s> SensitivityDesign<'s> {
    /// Looks a question up in its scenario; warns of what is drawn for strategies that set it themselves.
    ///
    /// # Errors
    /// Nothing is uncertain, or a strategy or what a group names is not there. Outcomes are looked up by
    /// [`SensitivityDesign::experiment`].
    pub fn new(subject: Subject<'s>, question: &SensitivityQuestion) -> Result<(Self, Diagnostics), Diagnostics> {
        let asked = match subject {
            Subject::Study(study) => study.scenario.sensitivity.as_ref(),
            Subject::Model(study) => study.scenario.sensitivity.as_ref(),
        };
        let mut found = Diagnostics::new();
        let inputs = subject.inputs();
        if inputs.is_empty() {
            let message = format!("nothing is uncertain in the scenario `{}`", subject.name());
            found.push(
                Diagnostic::error(code::NO_UNCERTAINTY, message).hint(
                    "give constants a range: [[uncertainty]] in a scenario of a model, [uncertainties] in a study",
                ),
            );
        }
        let names: Vec<String> = inputs.iter().map(|input| input.stream.clone()).collect();
        let ties = Ties::new(&subject.design_options(), &names);
        let grouping = Grouping::new(subject, &inputs, &ties);
        let units = match &question.groups {
            GroupsAsked::Before(typed) => {
                let typed = typed.iter().map(|(name, patterns)| InputGroup {
                    name: without_source(name),
                    patterns: patterns.iter().map(|one| without_source(one)).collect(),
                });
                let own = asked.into_iter().flat_map(|asked| asked.groups.iter().cloned());
                units(&grouping, &typed.chain(own).collect::<Vec<_>>(), false, &mut found)
            }
            GroupsAsked::Instead(groups) => units(&grouping, groups, true, &mut found),
        };
        let all = subject.strategies();
        let ids: Vec<&str> = all.iter().map(|(id, _)| id.as_str()).collect();
        let named: Vec<Located<String>> = question.strategies.iter().map(|one| without_source(one)).collect();
        let strategies =
            if named.is_empty() { (0..all.len()).collect() } else { chosen(&named, &ids, "strategy", &mut found) };
        let over_time = question.over_time || asked.is_some_and(|asked| asked.over_time);
        let outcomes = wanted(subject, question, asked)
            .into_iter()
            .map(|one| (one.value.clone(), if over_time { each_year(subject, one) } else { vec![one] }))
            .collect();
        let design = Self { subject, outcomes, strategies, inputs, units, second_order: question.second_order };
        if !found.has_errors() {
            found.extend(drawn_and_set(subject, &design.strategies));
        }
        placed_only(found).into_result(design)
    }

    /// The inputs, alone or in groups, as they are moved.
    pub fn units(&self) -> &[InputUnit] {
        &self.units
    }

    /// The design with the inputs (or groups) that moved most in a screening, and all others as one group.
    pub fn keep(mut self, screening: &SensitivityFindings, most: usize) -> Self {
        let ranked = screening.ranked();
        let mut units: Vec<InputUnit> = Vec::new();
        for name in ranked.iter().take(most) {
            units.extend(self.units.iter().find(|unit| unit.name == *name).cloned());
        }
        let mut others: Vec<usize> =
            self.units.iter().filter(|unit| !units.contains(unit)).flat_map(|unit| unit.members.clone()).collect();
        others.sort_unstable();
        if !others.is_empty() {
            units.push(InputUnit { name: ALL_OTHERS.to_owned(), members: others });
        }
        self.units = units;
        self
    }

    /// The sample of a method: the base of sobol, the trajectories of morris, the draws of a stored sample.
    pub fn lay(&self, method: SensitivityMethod, size: usize) -> Laid {
        let second_order = self.second_order && method == SensitivityMethod::Sobol;
        Laid::new(
            method,
            size,
            second_order,
            (self.subject.sampling(), self.subject.design_options()),
            &self.inputs,
            &self.units,
        )
    }

    /// The runs of a sample.
    ///
    /// # Errors
    /// An outcome that there is not.
    pub fn experiment(&self, laid: &Laid) -> Result<Experiment<'s>, Diagnostics> {
        let matrix = laid.points();
        self.subject.draw_up(Wanted {
            outcomes: self.outcomes.iter().flat_map(|(_, measured)| measured.iter().cloned()).collect(),
            strategies: self.strategies.clone(),
            cells: vec![Cell::default()],
            spans: Vec::new(),
            draws: matrix.len() as u64,
            matrix: Some(matrix),
        })
    }

    /// The place, as tables name it.
    fn place(&self) -> String {
        match self.subject {
            Subject::Study(study) => match study.places.as_slice() {
                [one] => one.id.clone(),
                _ => ALL_PLACES.to_owned(),
            },
            Subject::Model(_) => String::new(),
        }
    }
}

fn without_source(value: &str) -> Located<String> {
    Located { value: value.to_owned(), span: nowhere() }
}

/// Diagnostics without the spans of what was typed on the command line.
fn placed_only(found: Diagnostics) -> Diagnostics {
    let without = |one: &Diagnostic| {
        let mut one = one.clone();
        one.span = one.span.filter(|span| !span.file.is_empty());
        one
    };
    found.iter().map(without).collect()
}

/// The outcomes: those of the command, else those of the scenario, else what most would ask first.
fn wanted(
    subject: Subject<'_>,
    question: &SensitivityQuestion,
    asked: Option<&SensitivityAsked>,
) -> Vec<Located<String>> {
    if !question.outcomes.is_empty() {
        return question.outcomes.iter().map(|one| without_source(one)).collect();
    }
    if let Some(asked) = asked.filter(|asked| !asked.outcomes.is_empty()) {
        return asked.outcomes.clone();
    }
    let names = subject.outcome_names();
    let Subject::Study(study) = subject else { return names.iter().map(|one| without_source(one)).collect() };
    let (roles, perspectives) = (study.accounts.roles(), &study.accounts.perspectives);
    let net = |perspective: Option<&Perspective>| format!("{NET_AT_HORIZON}:{}", perspective.map_or("", |one| &one.id));
    // Of accounts that name no such service or ledger, the first of its kind.
    let wanted = [
        (net(perspectives.last()), None),
        (net(perspectives.first()), None),
        (discounted_outcome(roles.ledger(Role::QalysGained)), Some(DISCOUNTED)),
        (format!("{DEMAND_CHANGE}:{}", hyphenated(roles.lead())), Some(DEMAND_CHANGE)),
    ];
    let mut found: Vec<Located<String>> = Vec::new();
    for (wanted, kind) in wanted {
        let known = names.iter().find(|name| **name == wanted);
        let known = known.or_else(|| names.iter().find(|name| kind.is_some_and(|kind| name.starts_with(kind))));
        found.extend(known.map(|name| without_source(name)).filter(|one| !found.contains(one)));
    }
    if found.is_empty() { names.iter().take(1).map(|name| without_source(name)).collect() } else { found }
}

/// An outcome of a plan year in every year; any other as it is.
fn each_year(subject: Subject<'_>, outcome: Located<String>) -> Vec<Located<String>> {
    let Subject::Study(study) = subject else { return vec![outcome] };
    let Some(name) = OutcomeName::parse(&outcome.value).ok().filter(|name| name.year.is_none()) else {
        return vec![outcome];
    };
    let known = vocabulary(study, study.places.len() > 1).find(std::slice::from_ref(&name));
    if known.ok().and_then(|known| known.labels.first().map(|label| label.year.is_empty())).unwrap_or(true) {
        return vec![outcome];
    }
    let (before, comparator) = match outcome.value.split_once('/') {
        Some((before, comparator)) => (before.trim(), format!("/{comparator}")),
        None => (outcome.value.trim(), String::new()),
    };
    let years = 1..=study.terms.horizon;
    years.map(|year| Located { value: format!("{before}@{year}{comparator}"), span: outcome.span.clone() }).collect()
}

//! Texts read, checked against each other, and made ready to run.

use crate::appraisal::chart::Chart;
use crate::appraisal::reckoning::Terms;
use crate::diagnostic::catalogue::study as code;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, nearest};
use crate::ensemble::Arm;
use crate::evidence::document::Placed;
use crate::evidence::{EvidenceFile, Kind, Label, Library, References};
use crate::kernel::{Integrator, Program, Request, compile};
use crate::model::{Bindings, Name};
use crate::notation::vensim;
use crate::quantity::Pounds;
use crate::sampling::Sampling;
use crate::scenario::{Accounts, Integration, LeverPath, Scenario};
use crate::structure::{ScalarId, Structure, build};

use super::arms::{arms, split};
use super::draws::Draws;
use super::lookup;
use super::loops::{Cut, cuts};
use super::routes;
use super::texts::{Overrides, StudyTexts};

/// How the comment of a constant says that a place must give it.
pub(super) const SET_BY_PLACE: &str = "Set by: place";

/// A study that is ready to run: nothing in it can be wrong any more.
#[derive(Debug)]
pub struct Study {
    /// What is decided.
    pub scenario: Scenario,
    /// Draws, seed and design, after what the command line changed.
    pub sampling: Sampling,
    /// The place, as people call it.
    pub place: String,
    /// Programme id, name and domain, in the order of the scenario.
    pub programmes: Vec<(String, String, String)>,
    /// The model with all central values bound.
    pub structure: Structure,
    /// The central values by which it was bound.
    pub bindings: Bindings,
    /// Do nothing, then twin and strategy by turns.
    pub arms: Vec<Arm>,
    pub(super) chart: Chart,
    pub(super) terms: Terms,
    pub(super) draws: Draws,
    pub(super) request: Request,
    pub(super) program: Program,
    pub(super) first_year: i32,
    pub(super) cuts: Vec<Cut>,
}

/// Reads all texts and checks them against each other.
///
/// # Errors
/// Everything that is wrong with any of them, all at once so far as one can be judged without another. Warnings come beside
/// the study.
pub fn prepare(texts: &StudyTexts, overrides: &Overrides) -> Result<(Study, Diagnostics), Diagnostics> {
    let mut found = Diagnostics::new();
    let read = read(texts, &mut found);
    let Some(Read { library, scenario, accounts, model }) = read else { return Err(found) };
    let selection = match scenario.select(&library) {
        Ok(selection) => selection,
        Err(errors) => {
            found.extend(errors);
            return Err(found);
        }
    };
    if found.has_errors() {
        return Err(found);
    }
    let mut bindings = selection.bindings(&accounts.ranges.programme.value);
    bindings.values.extend(scenario.bindings().values);
    let (structure, warnings) = match build(&model, &bindings) {
        Ok(built) => built,
        Err(errors) => {
            found.extend(errors);
            return Err(found);
        }
    };
    found.extend(warnings);
    check_given(&structure, &bindings, selection.place, &mut found);
    check_horizon(&structure, &scenario, &mut found);
    routes::check(&structure, &scenario, &accounts, &mut found);

    let chart = {
        let mut missing = Diagnostics::new();
        let chart = Chart::new(&accounts, &mut |variable, by| find(&structure, variable, by, &mut missing));
        found.extend(missing);
        chart
    };
    let cuts = cuts(&structure, &accounts, &mut found);
    let arms = arms(&structure, &scenario, &accounts, &chart, &mut found);
    let sampling = Sampling {
        draws: overrides.draws.unwrap_or(scenario.sampling.draws),
        seed: overrides.seed.unwrap_or(scenario.sampling.seed),
        design: overrides.design.unwrap_or(scenario.sampling.design),
    };
    let own = scenario.uncertain();
    let mut uncertain = selection.uncertainties();
    uncertain.retain(|one| !own.iter().any(|other| other.constant == one.constant && other.elements == one.elements));
    uncertain.extend(own);
    // A constant that is a lever of every run is decided, whatever the evidence says of it.
    let chosen: Vec<ScalarId> = scenario
        .levers
        .iter()
        .filter(|lever| matches!(lever.path, LeverPath::Number(_)))
        .filter_map(|lever| lookup::scalars(&structure, &lever.label))
        .flatten()
        .map(|(scalar, _)| scalar)
        .collect();
    let draws = Draws::new(&structure, uncertain, &chosen, sampling, &mut found);
    if found.has_errors() {
        return Err(found);
    }

    let request = request(&structure, &scenario, &arms, &draws.scalars, &chart);
    let program = compile(&structure, &request);
    let terms = terms(&scenario, &accounts, &library.references);
    let programmes = selection
        .cards
        .iter()
        .map(|card| {
            let domain = match &card.kind {
                Kind::Card(card) => card.domain.clone(),
                _ => String::new(),
            };
            (card.id.clone(), card.name.clone(), domain)
        })
        .collect();
    let study = Study {
        sampling,
        place: selection.place.name.clone(),
        programmes,
        bindings,
        arms,
        chart,
        terms,
        draws,
        request,
        program,
        first_year: accounts.first_year.begins(),
        cuts,
        structure,
        scenario,
    };
    found.into_result(study)
}

struct Read {
    library: Library,
    scenario: Scenario,
    accounts: Accounts,
    model: crate::model::Model,
}

/// Reads every text, so that the mistakes of all come at once; `None` if something that the rest needs could not be read.
fn read(texts: &StudyTexts, found: &mut Diagnostics) -> Option<Read> {
    let (model, problems) = vensim::read(&texts.model.file, &texts.model.content);
    found.extend(problems);
    let accounts = keep(Accounts::read(&texts.accounts.file, &texts.accounts.content), found);
    let sources = (&texts.sources.file, texts.sources.content.as_ref());
    let deflators = (&texts.deflators.file, texts.deflators.content.as_ref());
    let references = keep(References::read(sources, deflators), found)?;
    let scenario = keep(Scenario::read(&texts.scenario.file, &texts.scenario.content, &references), found);
    let evidence = texts.evidence.iter().map(|text| (&text.file, text.content.as_ref()));
    let library = keep(Library::read(references, evidence), found);
    Some(Read { library: library?, scenario: scenario?, accounts: accounts?, model })
}

fn keep<T>(read: Result<(T, Diagnostics), Diagnostics>, found: &mut Diagnostics) -> Option<T> {
    match read {
        Ok((value, warnings)) => {
            found.extend(warnings);
            Some(value)
        }
        Err(errors) => {
            found.extend(errors);
            None
        }
    }
}

/// Constants that the model marks `Set by: place` and that nobody sets.
pub(super) fn check_given(structure: &Structure, bindings: &Bindings, place: &EvidenceFile, found: &mut Diagnostics) {
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

fn check_horizon(structure: &Structure, scenario: &Scenario, found: &mut Diagnostics) {
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

/// The scalars of a variable of the accounts, each with the label of its line.
pub(super) fn find(
    structure: &Structure,
    variable: &Placed<Name>,
    by: &[Placed<Name>],
    missing: &mut Diagnostics,
) -> Vec<(ScalarId, String)> {
    let label = match Label::parse(variable.value.spelling()) {
        Ok(label) => label,
        Err(_) => Label { constant: variable.value.clone(), elements: Vec::new() },
    };
    let Some((_, whole)) = structure.variable(&label.constant) else {
        let names = structure.variables.iter().filter(|v| !v.hidden).map(|v| v.name.spelling());
        let mut diagnostic =
            Diagnostic::error(code::UNKNOWN_VARIABLE, format!("the model has no variable `{}`", label.constant))
                .at(variable.span.clone());
        if let Some(near) = nearest(label.constant.spelling(), names) {
            diagnostic = diagnostic.hint(format!("did you mean `{near}`?"));
        }
        missing.push(diagnostic);
        return Vec::new();
    };
    let Some(scalars) = lookup::scalars(structure, &label) else {
        missing.push(lookup::wrong_elements(&label, whole, code::UNKNOWN_VARIABLE).at(variable.span.clone()));
        return Vec::new();
    };
    let mut kept = Vec::new();
    for range in by {
        match whole.dimensions.iter().position(|dimension| dimension.range == range.value) {
            Some(place) => kept.push(place),
            None => missing.push(
                Diagnostic::error(
                    code::UNKNOWN_VARIABLE,
                    format!("`{}` has no subscript `{}`", whole.name, range.value),
                )
                .at(range.span.clone()),
            ),
        }
    }
    scalars
        .into_iter()
        .map(|(scalar, elements)| {
            let words: Vec<&str> = kept.iter().map(|place| elements[*place].spelling()).collect();
            (scalar, words.join(", "))
        })
        .collect()
}

/// What is run: what varies and is driven in these arms, what is kept, and when.
pub(super) fn request(
    structure: &Structure,
    scenario: &Scenario,
    arms: &[Arm],
    sampled: &[ScalarId],
    chart: &Chart,
) -> Request {
    let (driven, constant) = split(arms);
    let mut varying: Vec<ScalarId> = sampled.iter().copied().chain(constant).collect();
    varying.sort();
    varying.dedup();
    varying.retain(|scalar| driven.binary_search(scalar).is_err());
    // Reports at the beginning of every model year up to the end of the horizon.
    let first = structure.time.initial.floor();
    let years = (f64::from(scenario.horizon_years) - first).round().max(0.0) as usize;
    Request {
        varying,
        driven,
        outcomes: chart.outcomes.clone(),
        report_times: (0..=years).map(|year| first + year as f64).collect(),
        integrator: match scenario.integration {
            Some(Integration::RungeKutta4) => Integrator::Rk4,
            _ => Integrator::Euler,
        },
    }
}

fn terms(scenario: &Scenario, accounts: &Accounts, references: &References) -> Terms {
    let horizon = scenario.horizon_years as usize;
    let price_level = (0..horizon)
        .map(|year| references.deflators.from_base(accounts.first_year.later(year as i32)).unwrap_or(1.0))
        .collect();
    Terms {
        horizon,
        strategies: scenario.strategies.len(),
        price_level,
        cost_factors: crate::appraisal::discount::discount_factors(scenario.cost_discounting.get(), horizon),
        health_factors: crate::appraisal::discount::discount_factors(scenario.health_discounting.get(), horizon),
        qaly_values: scenario.qaly_values.iter().map(|Pounds(value)| *value).collect(),
    }
}

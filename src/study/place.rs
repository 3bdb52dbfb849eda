//! One place of a study: the model with its numbers, what is drawn for it, and the program of its runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::appraisal::chart::Chart;
use crate::evidence::{Selection, UncertainConstant};
use crate::scenario::{Accounts, LeverPath, Scenario};
use engine::diagnostic::Diagnostics;
use engine::ensemble::Arm;
use engine::kernel::{Program, Request, compile};
use engine::model::{Bindings, Name};
use engine::sampling::Sampling;
use engine::structure::{ScalarId, Structure};

use super::arms::{arms, split};
use super::draws::Draws;
use super::loops::{Cut, cuts};
use super::sharing::PlaceShare;
use super::{bounds, checks, lookup, reach, residents, routes};

/// A place that is ready to run.
#[derive(Debug)]
pub struct PreparedPlace {
    /// Its id.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// The name of its file.
    pub file: Arc<str>,
    /// Its share of the money, a part of one.
    pub share: f64,
    /// The model with all central values bound.
    pub structure: Structure,
    /// The central values by which it was bound, before its share of the money was taken.
    pub bindings: Bindings,
    /// Do nothing, then twin and strategy by turns.
    pub arms: Vec<Arm>,
    /// Why no programme can reach anybody here, if so.
    pub(super) nobody: Option<String>,
    /// Residents of each group as the runs begin, the most deprived first.
    pub(super) residents: Vec<(String, f64)>,
    pub(super) chart: Chart,
    pub(super) draws: Draws,
    pub(super) request: Request,
    pub(super) program: Program,
    pub(super) cuts: Vec<Cut>,
    /// What is drawn, and what the place has of each sum of money that places share, for experiments.
    pub(super) uncertain: Vec<UncertainConstant>,
    pub(super) factors: BTreeMap<Name, f64>,
}

/// A place with the model built for it.
pub struct BuiltPlace<'s, 'l> {
    /// Its evidence.
    pub selection: &'s Selection<'l>,
    /// Its central values.
    pub bindings: Bindings,
    /// The model with them.
    pub structure: Structure,
}

/// Readies a place; what is wrong goes to `found`, and then there is no place.
pub fn prepare(
    built: BuiltPlace<'_, '_>,
    share: &PlaceShare,
    scenario: &Scenario,
    accounts: &Accounts,
    sampling: Sampling,
    found: &mut Diagnostics,
) -> Option<PreparedPlace> {
    let BuiltPlace { selection, bindings, mut structure } = built;
    checks::given(&structure, &bindings, selection.place, found);
    checks::horizon(&structure, scenario, found);
    let figures = selection.files().flat_map(|file| &file.figures).chain(&scenario.uncertainties);
    figures.for_each(|figure| bounds::figure(&structure, figure, found));
    let levers = scenario.levers.iter().chain(scenario.strategies.iter().flat_map(|one| one.levers.iter()));
    levers.for_each(|lever| bounds::lever(&structure, lever, found));
    routes::check(&structure, scenario, accounts, found);
    share.take(&mut structure);
    let scenario = &scenario.scaled(&share.factors);

    let chart = {
        let mut missing = Diagnostics::new();
        let chart = Chart::new(accounts, &mut |variable, by| lookup::find(&structure, variable, by, &mut missing));
        found.extend(missing);
        chart
    };
    checks::payers(&structure, accounts, found);
    let cuts = cuts(&structure, accounts, found);
    let residents = {
        // The accounts name what is missing elsewhere as well; here nothing is computed without it.
        residents::residents(&structure, accounts, &mut Diagnostics::new())
    };
    let arms = arms(&structure, scenario, accounts, &chart, found);
    let own = scenario.uncertain();
    let mut uncertain = selection.uncertainties();
    uncertain.retain(|one| !own.iter().any(|other| other.constant == one.constant && other.elements == one.elements));
    uncertain.extend(own);
    uncertain.iter_mut().for_each(|one| take_of_drawn(one, share));
    // A constant that is a lever of every run is decided, whatever the evidence says of it.
    let chosen: Vec<ScalarId> = scenario
        .levers
        .iter()
        .filter(|lever| matches!(lever.path, LeverPath::Number(_)))
        .filter_map(|lever| lookup::scalars(&structure, &lever.label))
        .flatten()
        .map(|(scalar, _)| scalar)
        .collect();
    let draws = Draws::new(&structure, uncertain.clone(), &chosen, sampling, &scenario.design.options, found);
    if found.has_errors() {
        return None;
    }
    let mut drawn = draws.scalars.clone();
    drawn.sort_unstable();
    let nobody = reach::nobody(&structure, accounts, &drawn);
    let request = request(&structure, scenario, &arms, &draws.scalars, &chart);
    let program = compile(&structure, &request);
    Some(PreparedPlace {
        id: selection.place.id.clone(),
        name: selection.place.name.clone(),
        file: Arc::clone(&selection.place.id_span.file),
        share: share.share,
        structure,
        bindings,
        arms,
        nobody,
        residents,
        chart,
        draws,
        request,
        program,
        cuts,
        uncertain,
        factors: share.factors.clone(),
    })
}

/// The place's share of money that nature decides.
fn take_of_drawn(one: &mut UncertainConstant, share: &PlaceShare) {
    let Some(factor) = share.factors.get(&one.constant) else { return };
    one.bases.iter_mut().for_each(|base| *base *= factor);
    if let Some(none) = &mut one.no_effect {
        none.value *= factor;
    }
}

impl PreparedPlace {
    /// The program of its runs.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// What varies, what is driven and what is kept in its runs.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// What a draw gives the constants that nature chooses: with these set, the run of a draw can be made again alone.
    pub fn draw(&self, draw: u64) -> Vec<(ScalarId, f64)> {
        self.draws.scalars.iter().copied().zip(self.draws.of(draw)).collect()
    }
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
        integrator: scenario.integration.unwrap_or(structure.integration).into(),
    }
}

//! The base year of a place, beside what is published of it: the model at central values, with no plan.

use crate::evidence::document::Located;
use crate::evidence::{EvidenceFile, EvidenceKind, Published};
use engine::diagnostic::Diagnostics;
use engine::kernel::{Integrator, LaneInputs, Outcome, Request, reference};
use engine::model::{Bindings, Model, Name};
use engine::structure::{Structure, Variable, build};

use super::checks::{self, SET_BY_PLACE};
use super::lookup::find;

/// A place in the model, and how the two agree in the base year.
#[derive(Debug)]
pub struct Reconciliation<'p> {
    /// The model with the central values of the system and the place.
    pub structure: Structure,
    /// Everything that the place's file says is published, in its order.
    pub compared: Vec<Compared<'p>>,
}

/// A published figure and what the model says.
#[derive(Debug)]
pub struct Compared<'p> {
    /// What is published.
    pub published: &'p Published,
    /// The same of the model, in the same unit; not finite where the model has nothing there.
    pub modelled: f64,
}

impl Compared<'_> {
    /// How far the model is off, as a share of what is published.
    pub fn difference(&self) -> f64 {
        self.modelled / self.published.value - 1.0
    }
}

/// Runs the model through the base year and sets it against what is published of the place.
///
/// # Errors
/// The evidence does not fit the model, the place leaves something out, or it names a variable that is not there.
pub fn reconcile<'p>(
    model: &Model,
    system: &EvidenceFile,
    place: &'p EvidenceFile,
) -> Result<(Reconciliation<'p>, Diagnostics), Diagnostics> {
    let mut bindings = Bindings::default();
    bindings.values.extend(system.bindings().values);
    bindings.values.extend(place.bindings().values);
    let (structure, mut found) = build(model, &bindings)?;
    checks::given(&structure, &bindings, place, &mut found);
    let published = place.place().map_or(&[][..], |place| &place.published);
    let scalars = |variable: &Located<Name>, found: &mut Diagnostics| -> Vec<Outcome> {
        find(&structure, variable, &[], found).into_iter().map(|(scalar, _)| Outcome::Integral(scalar)).collect()
    };
    let mut outcomes = Vec::new();
    let mut spans = Vec::new();
    for one in published {
        let above = scalars(&one.variable, &mut found);
        let below = one.over.as_ref().map_or(Vec::new(), |over| scalars(over, &mut found));
        spans.push((above.len(), below.len()));
        outcomes.extend(above);
        outcomes.extend(below);
    }
    if found.has_errors() {
        return Err(found);
    }
    let request = Request {
        varying: Vec::new(),
        driven: Vec::new(),
        outcomes,
        report_times: vec![structure.time.initial + 1.0],
        integrator: Integrator::Euler,
    };
    let values =
        reference::run(&structure, &request, LaneInputs { lanes: 1, constants: &[], paths: &[], years: 0, draws: &[] });
    let mut rest = values.as_slice();
    let mut sum = |count: usize| {
        let (own, others) = rest.split_at(count);
        rest = others;
        own.iter().sum::<f64>()
    };
    let compared = published
        .iter()
        .zip(spans)
        .map(|(published, (above, below))| {
            let above = sum(above);
            let modelled = if below == 0 { above } else { above / sum(below) };
            Compared { published, modelled }
        })
        .collect();
    found.into_result(Reconciliation { structure, compared })
}

/// What is published of the place that another lies in, as the model has it there, for as many people as live here.
#[derive(Debug, Clone, PartialEq)]
pub struct OfParent {
    /// What was counted, as people call it.
    pub what: String,
    /// Its unit.
    pub unit: String,
    /// The base year here, by the model.
    pub modelled: f64,
    /// What the parent place would give for the residents of this one.
    pub expected: f64,
}

/// The base year of a place beside what its parent would give: everything that is published of the parent and not of the
/// place itself. `residents` are those of the place and of the parent.
///
/// # Errors
/// As those of [`reconcile`].
pub fn beside_parent(
    model: &Model,
    system: &EvidenceFile,
    place: &EvidenceFile,
    parent: &EvidenceFile,
    residents: (f64, f64),
) -> Result<Vec<OfParent>, Diagnostics> {
    let own = place.place().map_or(&[][..], |place| &place.published);
    let mut asked = place.clone();
    if let (EvidenceKind::Place(asked), Some(parent)) = (&mut asked.kind, parent.place()) {
        let new = |one: &&Published| !own.iter().any(|known| known.variable.value == one.variable.value);
        asked.published = parent.published.iter().filter(new).cloned().collect();
    }
    let (here, _) = reconcile(model, system, &asked)?;
    let (there, _) = reconcile(model, system, parent)?;
    let rows = here.compared.iter().filter_map(|one| {
        let theirs = there.compared.iter().find(|other| other.published == one.published)?;
        Some(OfParent {
            what: one.published.what.clone(),
            unit: one.published.unit.clone(),
            modelled: one.modelled,
            expected: theirs.modelled * residents.0 / residents.1,
        })
    });
    Ok(rows.collect())
}

/// What a place's file names of the model beside its figures, and the model does not have.
pub fn unknown_published(structure: &Structure, place: &EvidenceFile) -> Diagnostics {
    let mut found = Diagnostics::new();
    for one in place.place().map_or(&[][..], |place| &place.published) {
        for variable in std::iter::once(&one.variable).chain(&one.over) {
            find(structure, variable, &[], &mut found);
        }
    }
    found
}

/// A constant that the model wants from every place.
#[derive(Debug)]
pub struct Given<'s> {
    /// The constant.
    pub variable: &'s Variable,
    /// What the modeller says it means.
    pub meaning: String,
}

/// All constants that the model wants from every place, in the order of the model.
pub fn given(structure: &Structure) -> Vec<Given<'_>> {
    let wanted = structure.variables.iter().filter(|variable| variable.comment.contains(SET_BY_PLACE));
    wanted
        .map(|variable| {
            let meaning = variable.comment.split(SET_BY_PLACE).next().unwrap_or_default();
            Given { variable, meaning: meaning.split_whitespace().collect::<Vec<_>>().join(" ") }
        })
        .collect()
}

//! A scenario of a model by itself: constants that are uncertain or chosen, and outcomes that are read from its variables.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::evidence::document::{Fields, Located, Reading};
use crate::evidence::{CENTRAL, Grade, UncertainConstant, misfits, settled};
use crate::explain::scenario as code;
use engine::diagnostic::{Diagnostics, Span};
use engine::model::{Binding, Bindings, Integration, Label, Name, Provenance, Value};
use engine::sampling::{Design, Distribution, Family, Sampling};

use super::CODES;
use super::lever::{LeverPath, Levers};
use super::sensitivity::SensitivityAsked;
use super::sweep::Sweep;

/// The word that makes a scenario one of a model by itself: `kind = "model"`.
pub const MODEL_KIND: &str = "model";

const MOST_DRAWS: i64 = 1_000_000_000;

/// A question to a model by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelScenario {
    /// Short name.
    pub name: String,
    /// Title of its tables and pictures.
    pub title: String,
    /// The model's file.
    pub model: Located<String>,
    /// Draws, seed and design.
    pub sampling: Sampling,
    /// How stocks are integrated; `None` leaves it to the model's default.
    pub integration: Option<Integration>,
    /// Constants of every run.
    pub levers: Levers,
    /// Constants that are drawn.
    pub uncertainties: Vec<ModelUncertainty>,
    /// Settings that are compared as they are; none for the model as it stands.
    pub strategies: Vec<ModelStrategy>,
    /// What is measured, one at least.
    pub outcomes: Vec<ModelOutcome>,
    /// What `wellspring sweep` goes through, if anything.
    pub sweep: Option<Sweep>,
    /// What `wellspring sensitivity` asks, if anything is said.
    pub sensitivity: Option<SensitivityAsked>,
}

/// A constant that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelUncertainty {
    /// The constant.
    pub label: Label,
    /// Its central value, if one is written.
    pub value: Option<f64>,
    /// How likely each value is.
    pub distribution: Distribution,
    /// The name of the random number that it shares with others, if it does.
    pub shared: Option<String>,
    /// Where its name stands.
    pub span: Span,
}

/// A named setting of constants.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelStrategy {
    /// Short name.
    pub id: String,
    /// Full name.
    pub name: String,
    /// What it sets.
    pub levers: Levers,
}

/// An outcome: a variable over time as one number.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelOutcome {
    /// What it is called.
    pub name: String,
    /// The variable, with elements where only some are meant; the sum of what is meant.
    pub variable: Located<Name>,
    /// How its path becomes a number.
    pub over: Over,
    /// From when on; `None` is the initial time.
    pub from: Option<f64>,
    /// Up to when; `None` is the final time.
    pub to: Option<f64>,
    /// Its unit, if it is not the variable's.
    pub unit: Option<String>,
}

/// How a path over time becomes a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The value at the end.
    Final,
    /// The sum of the rows that are saved.
    Sum,
    /// The largest of the rows that are saved.
    Max,
    /// The smallest of the rows that are saved.
    Min,
    /// The integral, divided by its length in time.
    Mean,
    /// What a stock with this inflow would gain.
    Integral,
}

const OVER: [(&str, Over); 6] = [
    ("final", Over::Final),
    ("sum", Over::Sum),
    ("max", Over::Max),
    ("min", Over::Min),
    ("mean", Over::Mean),
    ("integral", Over::Integral),
];

impl ModelScenario {
    /// Reads a scenario of a model by itself.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(file: &Arc<str>, content: &str) -> Result<(Self, Diagnostics), Diagnostics> {
        let mut reading = Reading::new(file, &CODES);
        let scenario = read(&mut reading, content);
        let found = reading.finish();
        match scenario {
            Some(scenario) => found.into_result(scenario),
            None => Err(found),
        }
    }

    /// What is set in every run: levers, and the central values of what is drawn.
    pub fn bindings(&self) -> Bindings {
        let bound = |label: &Label, number: f64, span: &Span| Binding {
            name: label.constant.clone(),
            elements: label.elements.clone(),
            value: Value::Number(number),
            provenance: Provenance { strength: super::STRENGTH, span: Some(span.clone()) },
        };
        let levers = self.levers.iter().filter_map(|lever| match lever.path {
            LeverPath::Number(number) => Some(bound(&lever.label, number, &lever.span)),
            LeverPath::Steps(_) => None,
        });
        let central = self.uncertainties.iter().map(|one| {
            let value = one.value.unwrap_or_else(|| one.distribution.quantile(0.5));
            bound(&one.label, value, &one.span)
        });
        Bindings { values: levers.chain(central).collect(), ranges: BTreeMap::new() }
    }

    /// What is drawn.
    pub fn uncertain(&self) -> Vec<UncertainConstant> {
        self.uncertainties
            .iter()
            .map(|one| {
                let label = one.label.to_string();
                UncertainConstant {
                    constant: one.label.constant.clone(),
                    elements: one.label.elements.clone(),
                    stream: one.shared.clone().unwrap_or_else(|| label.clone()),
                    label,
                    distribution: one.distribution.clone(),
                    bases: vec![1.0],
                    array: false,
                    no_effect: None,
                    owner: self.name.clone(),
                    local: false,
                    grade: Grade::C,
                    structural: false,
                    sources: Vec::new(),
                    span: one.span.clone(),
                }
            })
            .collect()
    }
}

fn read(reading: &mut Reading, content: &str) -> Option<ModelScenario> {
    let root = reading.parse(content)?;
    let whole = reading.span(0..0);
    let mut fields = Fields::new(&root, whole, "the scenario");
    fields.schema(reading);
    fields.word(reading, "kind", &[(MODEL_KIND, ())]);
    let name = fields.needed_name(reading, "name", "name = \"an-epidemic\"");
    let title = fields.needed_name(reading, "title", "title = \"An epidemic in a town\"");
    let model = fields.needed_text(reading, "model", "model = \"sir.mdl\"");
    let draws = within(reading, &mut fields, "draws", 1, MOST_DRAWS, "draws = 1000, at least 1");
    let seed = within(reading, &mut fields, "seed", 0, i64::MAX, "seed = 2025, a whole number, not negative");
    fields.need(reading, "design", "design = \"lhs\" (Latin hypercube) or \"random\"");
    let design = fields.text(reading, "design").and_then(|written| match written.value.trim().parse::<Design>() {
        Ok(design) => Some(design),
        Err(unknown) => {
            reading.error(code::UNKNOWN_WORD, written.span, unknown.to_string()).hint("write design = \"lhs\"");
            None
        }
    });
    let integrators = [("euler", Integration::Euler), ("rk4", Integration::RungeKutta4)];
    let integration = fields.word(reading, "integrator", &integrators);
    let levers =
        fields.table(reading, "levers", "`levers`").map(|fields| read_levers(reading, &fields)).unwrap_or_default();
    let uncertainties = read_uncertainties(reading, &mut fields);
    let strategies = read_strategies(reading, &mut fields);
    let outcomes = read_outcomes(reading, &mut fields);
    let sweep = fields.table(reading, "sweep", "the sweep").and_then(|fields| Sweep::read(reading, fields, None));
    let sensitivity = fields
        .table(reading, "sensitivity", "the sensitivity analysis")
        .map(|fields| SensitivityAsked::read(reading, fields));
    fields.finish(reading);
    let strategic = strategies.iter().flat_map(|strategy| strategy.levers.iter());
    for lever in levers.iter().chain(strategic) {
        if uncertainties.iter().any(|one| one.label == lever.label) {
            let message = format!("`{}` is both a lever and an uncertainty", lever.label);
            reading
                .error(code::LEVER_AND_UNCERTAINTY, lever.span.clone(), message)
                .hint("keep it in one of the two places");
        }
    }
    Some(ModelScenario {
        name: name?.value,
        title: title?.value,
        model: model?,
        sampling: Sampling { draws: draws?.unsigned_abs(), seed: seed?.unsigned_abs(), design: design? },
        integration: integration.map(|integration| integration.value),
        levers,
        uncertainties,
        strategies,
        outcomes,
        sweep,
        sensitivity,
    })
}

fn within(
    reading: &mut Reading,
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    least: i64,
    most: i64,
    hint: &str,
) -> Option<i64> {
    fields.need(reading, key, hint);
    let number = fields.whole(reading, key)?;
    if (least..=most).contains(&number.value) {
        return Some(number.value);
    }
    let message = format!("`{key}` is {}", number.value);
    reading.error(code::OUT_OF_RANGE, number.span, message).hint(format!("write {hint}"));
    None
}

/// Levers of a model by itself are numbers: it has no plan whose years they could follow.
fn read_levers(reading: &mut Reading, fields: &Fields<'_, '_>) -> Levers {
    let levers = Levers::read(reading, fields, None);
    for lever in levers.iter() {
        if let LeverPath::Steps(_) = lever.path {
            let message = format!("`{}` changes over time, and a model by itself has no plan years", lever.label);
            reading.error(code::LEVER_STEPS, lever.span.clone(), message).hint("write one number");
        }
    }
    levers
}

fn read_uncertainties(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Vec<ModelUncertainty> {
    let mut uncertainties: Vec<ModelUncertainty> = Vec::new();
    for mut one in fields.tables(reading, "uncertainty", "the uncertainty") {
        let constant = one.needed_text(reading, "constant", "constant = \"Contact rate\"");
        let value = one.number(reading, "value").map(|value| value.value);
        one.need(reading, "low", "low = 1.5");
        one.need(reading, "high", "high = 2.5");
        let low = one.number(reading, "low");
        let high = one.number(reading, "high");
        one.need(reading, "distribution", "distribution = \"uniform\", \"normal\" or another");
        let family = one.word(reading, "distribution", Family::drawn());
        let meaning = one.word(reading, "central", &CENTRAL);
        let shared = one.text(reading, "shared").map(|shared| shared.value);
        one.finish(reading);
        let Some(constant) = constant else { continue };
        let label = match Label::parse(&constant.value) {
            Ok(label) => label,
            Err(why) => {
                let message = format!("`{}` is not the name of a constant: {why}", constant.value);
                reading.error(code::MALFORMED_LABEL, constant.span, message).hint("write it as in the model");
                continue;
            }
        };
        let (Some(low), Some(high), Some(family)) = (low, high, family) else { continue };
        if let Some(meaning) = &meaning
            && settled(reading, code::UNKNOWN_KEY, &meaning.span, family.value)
        {
            continue;
        }
        let meaning = meaning.map(|meaning| meaning.value);
        let central = value.unwrap_or(family.value.middle(low.value, high.value));
        let distribution = match Distribution::fit(family.value, central, meaning, low.value, high.value) {
            Ok(fitted) => {
                if let Some(misfit) = fitted.misfit {
                    let fitting = (misfit, &fitted.distribution, central);
                    misfits(reading, code::NOT_AS_DECLARED, &low.span, &constant.value, fitting);
                }
                fitted.distribution
            }
            Err(problem) => {
                reading.error(code::OUT_OF_RANGE, low.span, format!("`{label}` cannot be drawn: {problem}")).hint(
                    "low, the central value and high come in this order; low and high are a 95 % interval, or bounds",
                );
                continue;
            }
        };
        if uncertainties.iter().any(|earlier| earlier.label == label) {
            let message = format!("`{label}` is uncertain twice");
            reading.error(code::WRITTEN_TWICE, constant.span, message).hint("keep one of the two");
            continue;
        }
        uncertainties.push(ModelUncertainty { label, value, distribution, shared, span: constant.span });
    }
    uncertainties
}

fn read_strategies(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Vec<ModelStrategy> {
    let mut strategies: Vec<ModelStrategy> = Vec::new();
    for mut one in fields.tables(reading, "strategy", "the strategy") {
        let id = one.needed_id(reading, "id", "id = \"distancing\", a short name");
        let name = one.name(reading, "name").map(|name| name.value);
        let levers = one.table(reading, "levers", "the levers of the strategy");
        let levers = levers.map(|fields| read_levers(reading, &fields)).unwrap_or_default();
        one.finish(reading);
        let Some(id) = id else { continue };
        if strategies.iter().any(|earlier| Name::new(&earlier.id) == Name::new(&id.value)) {
            let message = format!("two strategies have the id `{}`", id.value);
            reading.error(code::WRITTEN_TWICE, id.span, message).hint("give one of them another id");
            continue;
        }
        let name = name.unwrap_or_else(|| id.value.clone());
        strategies.push(ModelStrategy { id: id.value, name, levers });
    }
    strategies
}

fn read_outcomes(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Vec<ModelOutcome> {
    let tables = fields.tables(reading, "outcome", "the outcome");
    if tables.is_empty() && !fields.has("outcome") {
        reading
            .error(code::MISSING_KEY, fields.at().clone(), "the scenario has no outcome")
            .hint("add [[outcome]] with name = \"peak\", variable = \"Infectious\" and over = \"max\"");
    }
    let mut outcomes: Vec<ModelOutcome> = Vec::new();
    for mut one in tables {
        let name = one.needed_name(reading, "name", "name = \"peak\"");
        let variable = one.needed_text(reading, "variable", "variable = \"Infectious\", its name in the model");
        let unit = one.text(reading, "unit").map(|unit| unit.value);
        let at = one.number(reading, "at");
        let over = one.word(reading, "over", &OVER);
        let from = one.number(reading, "from");
        let to = one.number(reading, "to");
        let ways = (one.has("at"), one.has("over"));
        let span = one.at().clone();
        one.finish(reading);
        if ways.0 == ways.1 || (ways.0 && (from.is_some() || to.is_some())) {
            let message = if ways.0 {
                "the outcome has `at` and a stretch of time"
            } else {
                "the outcome says not when it is measured"
            };
            reading
                .error(code::MISSING_KEY, span, message)
                .hint("write at = 10, a time of the model; or over = \"max\", \"mean\", \"sum\", \"min\", \"integral\" or \"final\", with from and to if not all of it");
            continue;
        }
        let (Some(name), Some(variable)) = (name, variable) else { continue };
        let (over, from, to) = match (at, over) {
            (Some(at), _) => (Over::Final, None, Some(at.value)),
            (None, Some(over)) => {
                if let (Some(from), Some(to)) = (&from, &to)
                    && from.value >= to.value
                {
                    let message = format!("`from` is {} and `to` is {}", from.value, to.value);
                    reading.error(code::OUT_OF_RANGE, from.span.clone(), message).hint("exchange the two");
                    continue;
                }
                (over.value, from.map(|from| from.value), to.map(|to| to.value))
            }
            (None, None) => continue,
        };
        if outcomes.iter().any(|earlier| earlier.name == name.value) {
            let message = format!("two outcomes are called `{}`", name.value);
            reading.error(code::WRITTEN_TWICE, name.span, message).hint("give one of them another name");
            continue;
        }
        let variable = Located { value: Name::new(&variable.value), span: variable.span };
        outcomes.push(ModelOutcome { name: name.value, variable, over, from, to, unit });
    }
    outcomes
}

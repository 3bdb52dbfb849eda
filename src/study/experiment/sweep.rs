//! A sweep of a scenario as an experiment, and what it found at each setting.

use serde::{Deserialize, Serialize};

use crate::appraisal::findings::ALL_PLACES;
use crate::appraisal::statistic::{Estimate, Statistic, probability, summarise};
use crate::evidence::document::Located;
use crate::explain::scenario::TOO_MANY_POINTS;
use crate::explain::study as code;
use crate::scenario::{Sweep, Swept, SweptAxis};
use engine::diagnostic::{Diagnostic, Diagnostics, Span, nearest};
use engine::model::{Label, Name};

use super::super::prepare::Study;
use super::super::tally::Tally;
use super::inputs::Input;
use super::model::Cell;
use super::outcome::OutcomeLabel;
use super::overlap::swept_and_set;
use super::prepare::{Subject, Wanted};
use super::run::Experiment;

/// More draws in all than this would fill the memory of most machines.
const MOST_DRAWS_IN_ALL: u64 = 200_000_000;

/// What a sweep is: enough to tell its numbers without the study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepShape {
    /// The scenario's name.
    pub name: String,
    /// The scenario's title.
    pub title: String,
    /// What is swept, in the order of the scenario.
    pub dimensions: Vec<Dimension>,
    /// The settings, in order.
    pub cells: Vec<SweepCell>,
    /// Ids and names of the strategies.
    pub strategies: Vec<(String, String)>,
    /// What is measured.
    pub outcomes: Vec<OutcomeLabel>,
    /// Draws at each setting.
    pub draws: u64,
}

/// Something that is swept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimension {
    /// The name of its column.
    pub name: String,
    /// Whether its values are numbers; else they are names.
    pub numbers: bool,
    /// Whether its values are quantiles of what is believed.
    pub quantiles: bool,
}

/// One setting of a sweep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepCell {
    /// The id of the place; of several together [`ALL_PLACES`], of a model by itself nothing.
    pub place: String,
    /// What each dimension is set to.
    pub values: Vec<Setting>,
}

/// What a dimension is set to: a number, or the name of a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Setting {
    /// A number.
    Number(f64),
    /// A choice.
    Name(String),
}

impl Setting {
    /// The number; `NaN` of a choice.
    pub fn number(&self) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Name(_) => f64::NAN,
        }
    }

    /// The name; nothing of a number.
    pub fn name(&self) -> &str {
        match self {
            Self::Number(_) => "",
            Self::Name(name) => name,
        }
    }
}

/// As it is told; numbers read back the same.
impl std::fmt::Display for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// What a sweep found.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepFindings {
    /// What it is.
    pub shape: SweepShape,
    /// `values[((outcome * strategies + strategy) * cells + cell) * draws + draw]`.
    pub values: Vec<f64>,
    /// In how many draws of all settings people or money are not accounted for in some run.
    pub unaccounted: u64,
}

impl SweepFindings {
    /// An outcome of a strategy at a setting, draw by draw; a draw that went wrong is `NaN`.
    pub fn draws(&self, outcome: usize, strategy: usize, cell: usize) -> &[f64] {
        let draws = self.shape.draws as usize;
        let start = ((outcome * self.shape.strategies.len() + strategy) * self.shape.cells.len() + cell) * draws;
        &self.values[start..start + draws]
    }

    /// What the sound draws come to.
    pub fn estimates(&self, outcome: usize, strategy: usize, cell: usize) -> Vec<(Statistic, Estimate)> {
        let sound: Vec<f64> =
            self.draws(outcome, strategy, cell).iter().copied().filter(|value| value.is_finite()).collect();
        if self.shape.outcomes[outcome].holds {
            return vec![(Statistic::Probability, probability(sound.iter().map(|value| *value > 0.0)))];
        }
        summarise(&sound).rows().to_vec()
    }

    /// What became of the draws of all settings.
    pub fn tally(&self) -> Tally {
        let all = self.shape.draws * self.shape.cells.len() as u64;
        Tally { all, left_out: self.draws_left_out(), unaccounted: self.unaccounted, audit: None }
    }

    /// In how many draws of all settings a value was no number in any strategy.
    pub fn draws_left_out(&self) -> u64 {
        let shape = &self.shape;
        let of_a_cell = |cell: usize| -> u64 {
            let wrong = |draw: usize| {
                (0..shape.outcomes.len()).any(|outcome| {
                    (0..shape.strategies.len()).any(|one| !self.draws(outcome, one, cell)[draw].is_finite())
                })
            };
            (0..shape.draws as usize).filter(|draw| wrong(*draw)).count() as u64
        };
        (0..shape.cells.len()).map(of_a_cell).sum()
    }
}

/// What is wrong with the sweep of a study, if it has one.
pub fn check_sweep(study: &Study) -> Diagnostics {
    let subject = Subject::Study(study);
    match subject.sweep_asked().map(|sweep| subject.sweep(sweep)) {
        Some(Err(found)) => found,
        _ => {
            let mut found = held_alone(subject);
            found.extend(swept_and_set(subject));
            found
        }
    }
}

/// Warns of what is held at numbers while that which it is correlated with is drawn as if it were not.
fn held_alone(subject: Subject<'_>) -> Diagnostics {
    let options = subject.design_options();
    let Some(sweep) = subject.sweep_asked().filter(|_| !options.groups.is_empty()) else { return Diagnostics::new() };
    let inputs = subject.inputs();
    let stream = |label: &Label| {
        let known = |input: &&Input| {
            let mut names = std::iter::once(&input.stream).chain(&input.constants);
            names.any(|name| Name::new(name) == Name::new(&label.to_string()))
        };
        inputs.iter().find(known).map(|input| input.stream.as_str())
    };
    let held: Vec<(&SweptAxis, &str)> = sweep
        .axes
        .iter()
        .filter_map(|axis| match &axis.what {
            Swept::Quantile(label) | Swept::Number(label) => Some((axis, stream(label)?)),
            Swept::Lever(_) | Swept::Choices(_) => None,
        })
        .collect();
    let left = |name: &str| !held.iter().any(|(_, other)| *other == name);
    let mut found = Diagnostics::new();
    for (axis, name) in &held {
        let group = options.groups.iter().find(|group| group.names().iter().any(|member| member == name));
        let Some(companion) = group.and_then(|group| group.names().iter().find(|member| left(member))) else {
            continue;
        };
        let message = format!("`{name}` is held by the sweep, and `{companion}`, which is correlated with it, is not");
        found.push(
            Diagnostic::warning(code::HELD_ALONE, message)
                .at(axis.name.span.clone())
                .hint("it is drawn as if nothing were held; sweep both, or read the points as a change of one alone"),
        );
    }
    found
}

impl<'s> Subject<'s> {
    /// Draws up a sweep: the same draws of what is uncertain at every setting.
    ///
    /// # Errors
    /// An outcome, a constant, a strategy or a place that there is not, or too many draws in all.
    pub fn sweep(self, sweep: &Sweep) -> Result<(Experiment<'s>, SweepShape), Diagnostics> {
        let mut found = Diagnostics::new();
        let all = self.strategies();
        let ids: Vec<&str> = all.iter().map(|(id, _)| id.as_str()).collect();
        let strategies = match sweep.strategies.as_slice() {
            [] => (0..all.len()).collect(),
            named => chosen(named, &ids, "strategy", &mut found),
        };
        let places = self.places(sweep, &mut found);
        let numbers = sweep.numbers(self.sampling().seed);
        let draws = self.sampling().draws;
        let in_all = (numbers.len() as u64).saturating_mul(places.len() as u64).saturating_mul(draws);
        if in_all > MOST_DRAWS_IN_ALL {
            let message = format!(
                "{} points with {draws} draws each are {in_all} draws, and {MOST_DRAWS_IN_ALL} are possible",
                numbers.len() * places.len()
            );
            found.push(
                Diagnostic::error(TOO_MANY_POINTS, message)
                    .at(sweep.span.clone())
                    .hint("take fewer points, or --draws 100"),
            );
        }
        if found.has_errors() {
            return Err(found);
        }
        let mut cells = Vec::new();
        let mut labelled = Vec::new();
        for (id, place) in &places {
            for point in &numbers {
                cells.push(cell(sweep, point, *place));
                let values = sweep.axes.iter().zip(point).map(|(axis, number)| setting(axis, *number)).collect();
                labelled.push(SweepCell { place: id.clone(), values });
            }
        }
        let wanted =
            Wanted { outcomes: sweep.outcomes.clone(), strategies, cells, spans: spans(sweep), draws, matrix: None };
        let experiment = self.draw_up(wanted)?;
        let shape = SweepShape {
            name: self.name().to_owned(),
            title: self.title().to_owned(),
            dimensions: sweep.axes.iter().map(dimension).collect(),
            cells: labelled,
            strategies: experiment.strategies().to_vec(),
            outcomes: experiment.outcomes().to_vec(),
            draws,
        };
        Ok((experiment, shape))
    }

    /// The places that are run by themselves, or all together: the id in tables, and the place among those in the order of
    /// their ids.
    fn places(self, sweep: &Sweep, found: &mut Diagnostics) -> Vec<(String, Option<usize>)> {
        let mut ids: Vec<&str> = match self {
            Subject::Study(study) => study.places.iter().map(|place| place.id.as_str()).collect(),
            Subject::Model(_) => Vec::new(),
        };
        ids.sort_unstable();
        if !sweep.places.is_empty() {
            let chosen = chosen(&sweep.places, &ids, "place", found).into_iter();
            return chosen.map(|at| (ids[at].to_owned(), Some(at))).collect();
        }
        match ids.as_slice() {
            [] => vec![(String::new(), None)],
            [one] => vec![((*one).to_owned(), None)],
            _ => vec![(ALL_PLACES.to_owned(), None)],
        }
    }
}

/// Which of these a person named.
pub(super) fn chosen(named: &[Located<String>], known: &[&str], what: &str, found: &mut Diagnostics) -> Vec<usize> {
    let mut chosen = Vec::new();
    for one in named {
        match known.iter().position(|id| Name::new(id) == Name::new(&one.value)) {
            Some(at) if chosen.contains(&at) => {}
            Some(at) => chosen.push(at),
            None => {
                let message = format!("the scenario has no {what} `{}`", one.value);
                let unknown = Diagnostic::error(code::NOT_SWEPT, message).at(one.span.clone());
                let listed: Vec<String> = known.iter().map(|id| format!("`{id}`")).collect();
                found.push(match nearest(&one.value, known.iter().copied()) {
                    Some(near) => unknown.hint(format!("did you mean `{near}`?")),
                    None if known.is_empty() => unknown.hint("a model by itself has none"),
                    None => unknown.hint(format!("there is {}", listed.join(", "))),
                });
            }
        }
    }
    chosen
}

fn cell(sweep: &Sweep, point: &[f64], place: Option<usize>) -> Cell {
    let mut cell = Cell { place, ..Cell::default() };
    for (axis, number) in sweep.axes.iter().zip(point) {
        match &axis.what {
            Swept::Lever(label) => cell.levers.push((label.clone(), crate::scenario::LeverPath::Number(*number))),
            Swept::Quantile(label) => cell.positions.push((label.to_string(), *number)),
            Swept::Number(label) => cell.numbers.push((label.clone(), *number)),
            Swept::Choices(choices) => {
                let levers = choices[*number as usize].levers.iter();
                cell.levers.extend(levers.map(|lever| (lever.label.clone(), lever.path.clone())));
            }
        }
    }
    cell
}

/// The setting of an axis.
fn setting(axis: &SweptAxis, number: f64) -> Setting {
    match &axis.what {
        Swept::Choices(choices) => Setting::Name(choices[number as usize].name.clone()),
        _ => Setting::Number(number),
    }
}

fn dimension(axis: &SweptAxis) -> Dimension {
    Dimension {
        name: axis.name.value.clone(),
        numbers: !matches!(axis.what, Swept::Choices(_)),
        quantiles: matches!(axis.what, Swept::Quantile(_)),
    }
}

/// The constants that the sweep sets, with the spans where they are written.
fn spans(sweep: &Sweep) -> Vec<(Label, Span)> {
    let mut spans = Vec::new();
    for axis in &sweep.axes {
        match &axis.what {
            Swept::Lever(label) | Swept::Quantile(label) | Swept::Number(label) => {
                spans.push((label.clone(), axis.name.span.clone()));
            }
            Swept::Choices(choices) => {
                let levers = choices.iter().flat_map(|choice| choice.levers.iter());
                spans.extend(levers.map(|lever| (lever.label.clone(), lever.span.clone())));
            }
        }
    }
    spans
}

//! What nature chooses, by the names of its random numbers, so that an experiment can hold some of them where it likes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::evidence::UncertainConstant;
use engine::model::{Label, Name, Value};
use engine::sampling::Points;
use engine::structure::{ScalarId, Structure};

use super::super::draws::streams;
use super::super::lookup;

/// A random number on which uncertain constants depend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name, which seeds it and names its column in a matrix of points.
    pub stream: String,
    /// The constants that follow it, as people read them.
    pub constants: Vec<String>,
    /// Whether it only decides if programmes have an effect at all.
    pub no_effect: bool,
}

/// All uncertain constants of a place or a model, found in the structure.
#[derive(Debug, Clone)]
pub(super) struct Inputs {
    /// The constants that draws decide, each once.
    pub(super) scalars: Vec<ScalarId>,
    pub(super) streams: Vec<String>,
    uncertain: Vec<Uncertain>,
    points: Arc<Points>,
}

#[derive(Debug, Clone)]
struct Uncertain {
    constant: UncertainConstant,
    /// Indices of its elements among the scalars; none for an element that the scenario has chosen.
    indices: Vec<Option<usize>>,
    stream: usize,
    no_effect: Option<usize>,
}

impl Inputs {
    /// The constants of `uncertain` among `scalars`; those that are not there are decided otherwise. `points` are those of the
    /// names that [`streams`] gives.
    pub(super) fn new(
        structure: &Structure,
        uncertain: &[UncertainConstant],
        scalars: &[ScalarId],
        points: Arc<Points>,
    ) -> Self {
        let indices: BTreeMap<ScalarId, usize> = scalars.iter().enumerate().map(|(at, scalar)| (*scalar, at)).collect();
        let streams = streams(uncertain.iter());
        let stream = |name: &str| streams.binary_search_by(|known| known.as_str().cmp(name)).unwrap_or(0);
        let uncertain = uncertain
            .iter()
            .map(|one| {
                let label = Label { constant: one.constant.clone(), elements: one.elements.clone() };
                let meant = lookup::scalars(structure, &label).unwrap_or_default();
                Uncertain {
                    indices: meant.into_iter().map(|(scalar, _)| indices.get(&scalar).copied()).collect(),
                    stream: stream(&one.stream),
                    no_effect: one.no_effect.as_ref().map(|none| stream(&none.stream)),
                    constant: one.clone(),
                }
            })
            .collect();
        Self { scalars: scalars.to_vec(), streams, uncertain, points }
    }

    /// Where each stream stands in some draws of the study from draw `first` on, stream after stream.
    pub(super) fn drawn(&self, first: u64, draws: usize) -> Vec<f64> {
        let mut points = vec![0.0; self.streams.len() * draws];
        self.points.fill(first, draws, &mut points);
        points
    }

    /// Where each stream stands if nothing is uncertain: at its median, and programmes have their effect.
    pub(super) fn central(&self) -> Vec<f64> {
        let only_decides = |at: usize| !self.uncertain.iter().any(|one| one.stream == at);
        (0..self.streams.len()).map(|at| if only_decides(at) { 1.0 } else { 0.5 }).collect()
    }

    /// The values of the scalars where each stream stands here.
    pub(super) fn values(&self, positions: &[f64], values: &mut [f64]) {
        for one in &self.uncertain {
            let null = one.no_effect.map_or(1.0, |at| positions[at]);
            match one.constant.value(positions[one.stream], null) {
                Value::Number(number) => one.indices.iter().flatten().for_each(|index| values[*index] = number),
                Value::Array(numbers) => {
                    let given = one.indices.iter().zip(numbers).filter_map(|(index, number)| Some(((*index)?, number)));
                    given.for_each(|(index, number)| values[index] = number);
                }
            }
        }
    }

    /// The stream of this name, else that of the uncertain constant of this name.
    pub(super) fn stream(&self, name: &str) -> Option<usize> {
        if let Ok(at) = self.streams.binary_search_by(|known| known.as_str().cmp(name)) {
            return Some(at);
        }
        let wanted = Name::new(name);
        self.uncertain.iter().find(|one| Name::new(&one.constant.label) == wanted).map(|one| one.stream)
    }

    /// Where these scalars stand among those that draws decide.
    pub(super) fn indices(&self, scalars: &[ScalarId]) -> Vec<usize> {
        let among = |wanted: &ScalarId| self.scalars.iter().position(|scalar| scalar == wanted);
        scalars.iter().filter_map(among).collect()
    }

    /// The labels of all uncertain constants.
    pub(super) fn labels(&self) -> impl Iterator<Item = &str> {
        self.uncertain.iter().map(|one| one.constant.label.as_str())
    }

    /// The random numbers that move anything here.
    pub(super) fn list(&self) -> Vec<Input> {
        let inputs = self.streams.iter().enumerate().map(|(at, stream)| {
            let moved = |one: &&Uncertain| one.indices.iter().any(Option::is_some);
            let all = || self.uncertain.iter().filter(moved);
            let own: Vec<String> = all().filter(|one| one.stream == at).map(|one| one.constant.label.clone()).collect();
            let decided = all().filter(|one| one.no_effect == Some(at)).map(|one| one.constant.label.clone());
            let no_effect = own.is_empty();
            let constants = if no_effect { decided.collect() } else { own };
            Input { stream: stream.clone(), constants, no_effect }
        });
        inputs.filter(|input| !input.constants.is_empty()).collect()
    }
}

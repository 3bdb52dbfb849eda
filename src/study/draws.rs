//! What each draw gives the constants that nature chooses.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::diagnostic::catalogue::study as code;
use crate::evidence::{Label, UncertainConstant};
use crate::model::Value;
use crate::sampling::{Points, Sampling, Spread};
use crate::structure::{ScalarId, Structure};

use super::lookup;

/// All uncertainties of a study, found in the structure.
#[derive(Debug, Clone)]
pub struct Draws {
    /// The constants that draws decide, each once.
    pub scalars: Vec<ScalarId>,
    /// Each with the places of its elements among `scalars`; none for an element that the scenario has chosen.
    uncertain: Vec<(UncertainConstant, Vec<Option<usize>>)>,
    streams: Vec<String>,
    places: Vec<(usize, Option<usize>)>,
    points: Points,
}

impl Draws {
    /// Finds the constants of all uncertainties; what is wrong goes to `found`. Lists of numbers have the length of their
    /// constants: their central values were bound when the structure was built.
    /// Those that are `chosen` are a lever of every run, and no draw decides them.
    pub fn new(
        structure: &Structure,
        uncertain: Vec<UncertainConstant>,
        chosen: &[ScalarId],
        sampling: Sampling,
        spread: &Spread,
        found: &mut Diagnostics,
    ) -> Self {
        let mut scalars: Vec<ScalarId> = Vec::new();
        let mut known: BTreeMap<ScalarId, usize> = BTreeMap::new();
        let mut kept = Vec::new();
        for one in uncertain {
            let label = Label { constant: one.constant.clone(), elements: one.elements.clone() };
            let meant = lookup::constants(structure, &label, &one.span, code::UNKNOWN_CONSTANT, found);
            let places = meant
                .into_iter()
                .map(|scalar| {
                    (!chosen.contains(&scalar)).then(|| {
                        *known.entry(scalar).or_insert_with(|| {
                            scalars.push(scalar);
                            scalars.len() - 1
                        })
                    })
                })
                .collect();
            kept.push((one, places));
        }
        let mut streams: Vec<String> =
            kept.iter().flat_map(|(one, _)| one.streams().map(str::to_owned).collect::<Vec<_>>()).collect();
        streams.sort();
        streams.dedup();
        let place = |name: &str| streams.binary_search_by(|stream| stream.as_str().cmp(name)).unwrap_or(0);
        let places = kept
            .iter()
            .map(|(one, _)| (place(&one.stream), one.no_effect.as_ref().map(|none| place(&none.stream))))
            .collect();
        let points = Points::new(sampling, spread, &streams);
        Self { scalars, uncertain: kept, places, streams, points }
    }

    /// The names of the random numbers that are drawn, sorted.
    pub fn streams(&self) -> &[String] {
        &self.streams
    }

    /// The values of `scalars` in a draw.
    pub fn fill(&self, draw: u64, values: &mut [f64]) {
        let points = self.points.of(draw);
        for ((one, places), (stream, null)) in self.uncertain.iter().zip(&self.places) {
            let null_point = null.map_or(1.0, |null| points[null]);
            match one.value(points[*stream], null_point) {
                Value::Number(number) => places.iter().flatten().for_each(|place| values[*place] = number),
                Value::Array(numbers) => {
                    let given = places.iter().zip(numbers).filter_map(|(place, number)| Some(((*place)?, number)));
                    given.for_each(|(place, number)| values[place] = number);
                }
            }
        }
    }
}

//! What each draw gives the constants that nature chooses.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::evidence::UncertainConstant;
use crate::explain::study as code;
use engine::diagnostic::Diagnostics;
use engine::ensemble::Sampler;
use engine::model::Label;
use engine::sampling::{DesignOptions, Points, Sampling};
use engine::structure::{ScalarId, Structure};

use super::{checks, lookup};

/// All uncertainties of a study, found in the structure.
#[derive(Debug, Clone)]
pub struct Draws {
    /// The constants that draws decide, each once.
    pub scalars: Vec<ScalarId>,
    /// Each with the indices of its elements among `scalars`; none for an element that the scenario has chosen.
    uncertain: Vec<(UncertainConstant, Vec<Option<usize>>)>,
    /// The names of the random numbers that something follows, sorted.
    streams: Vec<String>,
    points: Arc<Points>,
    /// For each of `uncertain` the random number it follows, and that of its chance of no effect.
    columns: Vec<(usize, Option<usize>)>,
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
        options: &DesignOptions,
        found: &mut Diagnostics,
    ) -> Self {
        let mut scalars: Vec<ScalarId> = Vec::new();
        let mut known: BTreeMap<ScalarId, usize> = BTreeMap::new();
        let mut kept = Vec::new();
        for one in uncertain {
            let label = Label { constant: one.constant.clone(), elements: one.elements.clone() };
            let meant = lookup::constants(structure, &label, &one.span, code::UNKNOWN_CONSTANT, found);
            checks::bounds(structure, &one, found);
            let columns = meant
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
            kept.push((one, columns));
        }
        let streams = streams(kept.iter().map(|(one, _)| one));
        let column = |name: &str| streams.binary_search_by(|stream| stream.as_str().cmp(name)).unwrap_or(0);
        let columns = kept
            .iter()
            .map(|(one, _)| (column(&one.stream), one.no_effect.as_ref().map(|none| column(&none.stream))))
            .collect();
        let points = Arc::new(Points::new(sampling, options, &streams));
        Self { scalars, uncertain: kept, streams, points, columns }
    }

    /// The names of the random numbers that are drawn, sorted.
    pub fn streams(&self) -> &[String] {
        &self.streams
    }

    /// What of the structure is drawn as one number: its label, and its place among `scalars`.
    pub(super) fn structural(&self) -> Vec<(String, usize)> {
        let alone = |columns: &Vec<Option<usize>>| match columns.as_slice() {
            [Some(column)] => Some(*column),
            _ => None,
        };
        let drawn = self.uncertain.iter().filter(|(one, _)| one.structural);
        drawn.filter_map(|(one, columns)| Some((one.label.clone(), alone(columns)?))).collect()
    }

    /// Takes other draws of the same random numbers.
    pub(super) fn redraw(&mut self, sampling: Sampling, options: &DesignOptions) {
        self.points = Arc::new(Points::new(sampling, options, &self.streams));
    }

    /// Their points in every draw, in the order of [`Draws::streams`].
    pub(super) fn points(&self) -> Arc<Points> {
        Arc::clone(&self.points)
    }

    /// The values of `scalars` in a draw.
    pub fn of(&self, draw: u64) -> Vec<f64> {
        let mut values = vec![0.0; self.scalars.len()];
        self.fill(draw, 1, &mut values);
        values
    }
}

/// The names of the random numbers behind uncertain constants, sorted.
pub(super) fn streams<'u>(uncertain: impl Iterator<Item = &'u UncertainConstant>) -> Vec<String> {
    let mut streams: Vec<String> = uncertain.flat_map(UncertainConstant::streams).map(str::to_owned).collect();
    streams.sort();
    streams.dedup();
    streams
}

impl Sampler for Draws {
    fn fill(&self, first: u64, draws: usize, values: &mut [f64]) {
        let mut points = vec![0.0; self.streams.len() * draws];
        self.points.fill(first, draws, &mut points);
        let of = |column: usize| &points[column * draws..(column + 1) * draws];
        let mut drawn = vec![0.0; draws];
        for ((one, columns), (own, null)) in self.uncertain.iter().zip(&self.columns) {
            let null_points = null.map(of);
            one.draw(of(*own), null_points, &mut drawn);
            // One base for all elements meant, or one for each.
            for (element, column) in columns.iter().enumerate() {
                let Some(column) = column else { continue };
                let lanes = &mut values[column * draws..(column + 1) * draws];
                one.scale(element, &drawn, null_points, lanes);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Draws;
    use crate::evidence::{Grade, NullDraw, UncertainConstant};
    use engine::diagnostic::Span;
    use engine::ensemble::Sampler;
    use engine::model::{Name, Value};
    use std::sync::Arc;

    use engine::sampling::{Design, DesignOptions, Distribution, Points, Sampling, point};
    use engine::structure::ScalarId;

    fn uncertain(stream: &str, distribution: Distribution, bases: &[f64], array: bool) -> UncertainConstant {
        UncertainConstant {
            constant: Name::new(stream),
            elements: Vec::new(),
            label: stream.to_owned(),
            stream: stream.to_owned(),
            distribution,
            bases: bases.to_vec(),
            array,
            no_effect: None,
            owner: String::new(),
            local: false,
            grade: Grade::C,
            structural: false,
            sources: Vec::new(),
            span: Span::new(&"here".into(), 0, 0),
        }
    }

    #[test]
    fn many_draws_at_once_are_those_one_by_one() {
        let sampling = Sampling { draws: 100, seed: 3, design: Design::LatinHypercube };
        let effect = Distribution::lognormal(-0.1, 0.3).unwrap();
        let mut perhaps = uncertain("a", effect, &[2.0], false);
        perhaps.no_effect = Some(NullDraw { stream: "none".to_owned(), probability: 0.3, value: 7.0 });
        let shares = uncertain("b", Distribution::beta(2.0, 5.0, 0.0, 1.0).unwrap(), &[1.0, 3.0], true);
        let streams = ["a", "b", "none"].map(str::to_owned).to_vec();
        let draws = Draws {
            scalars: (0..4).map(ScalarId).collect(),
            points: Arc::new(Points::new(sampling, &DesignOptions::default(), &streams)),
            streams,
            // The second element of the shares is chosen; the third has no base, and keeps what it has.
            uncertain: vec![(perhaps.clone(), vec![Some(2), Some(0)]), (shares.clone(), vec![Some(1), None, Some(3)])],
            columns: vec![(0, Some(2)), (1, None)],
        };
        let mut block = vec![f64::NAN; 4 * 50];
        draws.fill(60, 50, &mut block);
        for lane in 0..50 {
            let at = |name: &str| point(Design::LatinHypercube, 3, 60 + lane as u64, 100, name);
            let Value::Number(effect) = perhaps.value(at("a"), at("none")) else { unreachable!() };
            let Value::Array(share) = shares.value(at("b"), 1.0) else { unreachable!() };
            let found = [0, 1, 2, 3].map(|scalar| block[scalar * 50 + lane].to_bits());
            assert_eq!(found[..3], [effect, share[0], effect].map(f64::to_bits));
            assert!(f64::from_bits(found[3]).is_nan());
        }
        let one = draws.of(75);
        assert!((0..3).all(|scalar| one[scalar] == block[scalar * 50 + 15]));
    }
}

//! Many points of one uncertainty at once: what does not depend on the draw is worked out once.

use super::design::{Design, strata_order, within_stratum};
use super::permutation::Permutation;
use super::sample::Sampling;
use super::stream::{KeyedName, Purpose, open_unit};

/// The points of one named uncertainty, ready to be asked for: the same numbers as [`super::point`] gives one by one, but for
/// a Sobol' design, whose points it does not know.
#[derive(Debug, Clone)]
pub(super) struct Column {
    name: String,
    key: KeyedName,
    sampling: Sampling,
    /// The order of the strata in the first hypercube; none in a random design.
    order: Option<Permutation>,
}

impl Column {
    /// The column of a name under this design, seed and number of draws.
    pub(super) fn new(sampling: Sampling, name: &str) -> Self {
        let order = match sampling.design {
            Design::Random | Design::Sobol => None,
            Design::LatinHypercube => Some(strata_order(sampling.seed, 0, sampling.draws.max(1), name)),
        };
        Self { name: name.to_owned(), key: KeyedName::new(Purpose::Point, sampling.seed, name), sampling, order }
    }

    /// The points in consecutive draws from `first`, each strictly between 0 and 1.
    pub(super) fn fill(&self, first: u64, points: &mut [f64]) {
        for (draw, point) in (first..).zip(points.iter_mut()) {
            *point = open_unit(self.key.stream(draw).next());
        }
        let Some(order) = &self.order else { return };
        let strata = self.sampling.draws.max(1);
        let (mut hypercube, mut own) = (0, None);
        for (draw, point) in (first..).zip(points) {
            // Draws beyond those of the study belong to further hypercubes, each with an order of its own.
            if draw / strata != hypercube {
                hypercube = draw / strata;
                own = Some(strata_order(self.sampling.seed, hypercube, strata, &self.name));
            }
            let order = if hypercube == 0 { order } else { own.as_ref().unwrap_or(order) };
            *point = within_stratum(order.at(draw % strata), strata, *point);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Column;
    use crate::sampling::{Design, Sampling, point};

    #[test]
    fn many_points_at_once_are_those_one_by_one() {
        for design in [Design::Random, Design::LatinHypercube] {
            for draws in [0, 1, 7, 64, 1_000] {
                let sampling = Sampling { draws, seed: 11, design };
                for name in ["Backfill", "Unit cost[H01]"] {
                    let column = Column::new(sampling, name);
                    // Across the end of a hypercube and into the third, and back to the first draw.
                    for first in [0, 5, 990, 2_049] {
                        let mut points = [0.0; 64];
                        column.fill(first, &mut points);
                        for (draw, found) in (first..).zip(points) {
                            assert_eq!(found.to_bits(), point(design, 11, draw, draws, name).to_bits(), "{draw}");
                        }
                    }
                }
            }
        }
    }
}

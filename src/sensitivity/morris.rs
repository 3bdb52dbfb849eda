//! Screening: one input is moved at a time, and what the output does is an elementary effect.
//!
//! Morris MD (1991), "Factorial sampling plans for preliminary computational experiments", Technometrics 33(2), 161-174:
//! mean (mu) and standard deviation (sigma) of the effects. Campolongo F, Cariboni J, Saltelli A (2007), "An effective
//! screening design for sensitivity analysis of large models", Environmental Modelling and Software 22(10), 1509-1518: the mean
//! of their sizes (mu*), which effects of both signs do not cancel in, and groups of inputs.

mod sample;

use super::output::{check, scaled};
use super::resample::bootstrap;
use super::{Confidence, Groups, IndexKind, NoIndices, SensitivityIndex};

pub use sample::{Grid, sample};

/// Why rows are not trajectories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTrajectories {
    /// The rows are no multiple of the groups plus one.
    Rows {
        /// Rows of the sample.
        rows: usize,
        /// Rows of one trajectory.
        each: usize,
    },
    /// From the row before to this one (from 0) no group alone was moved.
    Step {
        /// The row.
        row: usize,
    },
    /// At this row (from 0) a group was moved a second time in its trajectory.
    Again {
        /// The row.
        row: usize,
    },
}

/// Which group is moved at each step of each trajectory.
#[derive(Debug)]
pub struct Morris {
    groups: Groups,
    step: f64,
    /// For each step, row by row of each trajectory: the group, and whether its (first) input went up.
    moves: Vec<(usize, bool)>,
    confidence: Confidence,
    /// How often each trajectory is in each resample.
    resamples: Vec<Vec<u32>>,
}

impl Morris {
    /// Finds the steps in a sample: `inputs` holds a column for each input, trajectories one after another, each of a
    /// first row and one more for each group. `step` is the length of a step as a share of an input's range; on a grid of
    /// p levels p / 2(p - 1), see [`Grid::step`].
    ///
    /// # Errors
    /// The rows are not such trajectories.
    pub fn new(
        inputs: &[Vec<f64>],
        groups: &Groups,
        step: f64,
        confidence: Confidence,
    ) -> Result<Self, NoTrajectories> {
        let rows = inputs.first().map_or(0, Vec::len);
        let each = groups.count() + 1;
        if rows == 0 || !rows.is_multiple_of(each) {
            return Err(NoTrajectories::Rows { rows, each });
        }
        let mut moves = Vec::with_capacity(rows);
        let mut moved = vec![false; groups.count()];
        for row in 0..rows {
            if row % each == 0 {
                moved.fill(false);
                continue;
            }
            let (group, up) = step_at(inputs, groups, row).ok_or(NoTrajectories::Step { row })?;
            if std::mem::replace(&mut moved[group], true) {
                return Err(NoTrajectories::Again { row });
            }
            moves.push((group, up));
        }
        let resamples = (0..confidence.resamples).map(|one| bootstrap(confidence.seed, one, rows / each)).collect();
        Ok(Self { groups: groups.clone(), step, moves, confidence, resamples })
    }

    /// How many trajectories there are.
    pub fn trajectories(&self) -> usize {
        self.moves.len() / self.groups.count()
    }

    /// mu, mu* and sigma of each group, in units of the output over the whole range of the input. A group of several
    /// inputs has mu* only: some of its inputs go up where others go down, so its effects have no sign. Intervals from
    /// resampling trajectories; they are resolved if they are narrow beside the largest mu*.
    ///
    /// # Errors
    /// The output does not vary, holds what is no number, or has not the sample's rows.
    pub fn indices(&self, output: &[f64]) -> Result<Vec<SensitivityIndex>, NoIndices> {
        let trajectories = self.trajectories();
        check(output, trajectories * (self.groups.count() + 1))?;
        let (output, power) = scaled(output);
        let effects = self.effects(&output);
        let all: Vec<f64> = vec![1.0; trajectories];
        let resamples: Vec<Vec<f64>> =
            self.resamples.iter().map(|times| times.iter().map(|often| f64::from(*often)).collect()).collect();
        let largest = effects.iter().map(|of| mu_star(of, &all)).fold(0.0, f64::max);
        let width = self.confidence.narrow * largest;
        let mut measures = Vec::new();
        for (group, effects) in effects.iter().enumerate() {
            let mut add = |kind, of: fn(&[f64], &[f64]) -> f64| {
                let value = of(effects, &all);
                let across: Vec<f64> = resamples.iter().map(|times| of(effects, times)).collect();
                let interval = if trajectories > 1 { self.confidence.around(value, &across) } else { None };
                measures.push(SensitivityIndex::new(kind, group, value).within(interval, width).times_two_to(power));
            };
            if self.groups.size(group) == 1 {
                add(IndexKind::Mu, mu);
            }
            add(IndexKind::MuStar, mu_star);
            if self.groups.size(group) == 1 && trajectories > 1 {
                add(IndexKind::Sigma, sigma);
            }
        }
        Ok(measures)
    }

    /// The effects of each group, trajectory by trajectory.
    fn effects(&self, output: &[f64]) -> Vec<Vec<f64>> {
        let each = self.groups.count();
        let mut effects = vec![vec![0.0; self.trajectories()]; each];
        for (index, (group, up)) in self.moves.iter().enumerate() {
            let (trajectory, step) = (index / each, index % each);
            let row = trajectory * (each + 1) + step + 1;
            let rise = (output[row] - output[row - 1]) / self.step;
            effects[*group][trajectory] = if *up { rise } else { -rise };
        }
        effects
    }
}

/// The group that was moved to come to a row, and whether its first moved input went up; `None` if not one alone was.
fn step_at(inputs: &[Vec<f64>], groups: &Groups, row: usize) -> Option<(usize, bool)> {
    let mut found: Option<(usize, bool)> = None;
    for (input, column) in inputs.iter().enumerate() {
        let (before, after) = (column[row - 1], column[row]);
        if before == after {
            continue;
        }
        match found {
            None => found = Some((groups.of(input), after > before)),
            Some((group, _)) if group != groups.of(input) => return None,
            Some(_) => {}
        }
    }
    found
}

fn mu(effects: &[f64], times: &[f64]) -> f64 {
    weighted(effects.iter().copied(), times)
}

fn mu_star(effects: &[f64], times: &[f64]) -> f64 {
    weighted(effects.iter().map(|effect| effect.abs()), times)
}

fn sigma(effects: &[f64], times: &[f64]) -> f64 {
    let mean = mu(effects, times);
    let n: f64 = times.iter().sum();
    (weighted(effects.iter().map(|effect| (effect - mean) * (effect - mean)), times) * n / (n - 1.0)).sqrt()
}

fn weighted(values: impl Iterator<Item = f64>, times: &[f64]) -> f64 {
    values.zip(times).map(|(value, often)| value * often).sum::<f64>() / times.iter().sum::<f64>()
}

/// Whether every step of a sample is as long as it should be, as a share of the inputs' ranges: the first row (from 0)
/// where it is not. `bounds` are the low and high end of each input.
pub fn wrong_step(inputs: &[Vec<f64>], groups: &Groups, bounds: &[[f64; 2]], step: f64) -> Option<usize> {
    let each = groups.count() + 1;
    let rows = inputs.first().map_or(0, Vec::len);
    (0..rows).filter(|row| row % each != 0).find(|row| {
        inputs.iter().zip(bounds).any(|(column, [low, high])| {
            let moved = ((column[*row] - column[row - 1]) / (high - low)).abs();
            moved > 0.0 && (moved - step).abs() > 1e-6
        })
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Morris, NoTrajectories, wrong_step};
    use crate::sensitivity::{Confidence, Groups, IndexKind, find};

    fn columns() -> Vec<Vec<f64>> {
        // Two trajectories: up in x0 then down in x1, and down in x1 then up in x0.
        vec![vec![0.0, 0.75, 0.75, 0.25, 0.25, 1.0], vec![1.0, 1.0, 0.25, 0.75, 0.0, 0.0]]
    }

    #[test]
    fn effects_are_slopes_whatever_the_direction() {
        let columns = columns();
        let output: Vec<f64> = (0..6).map(|row| 1e6 + 2.0 * columns[0][row] - 3.0 * columns[1][row]).collect();
        let morris = Morris::new(&columns, &Groups::single(2), 0.75, Confidence::default()).unwrap();
        let found = morris.indices(&output).unwrap();
        let value = |kind, of| find(&found, kind, of).unwrap().value;
        for (kind, expected) in
            [(IndexKind::Mu, [2.0, -3.0]), (IndexKind::MuStar, [2.0, 3.0]), (IndexKind::Sigma, [0.0, 0.0])]
        {
            assert!((0..2).all(|of| (value(kind, of) - expected[of]).abs() < 1e-9), "{found:?}");
        }
        assert_eq!(wrong_step(&columns, &Groups::single(2), &[[0.0, 1.0]; 2], 0.75), None);
        assert_eq!(wrong_step(&columns, &Groups::single(2), &[[0.0, 2.0], [0.0, 1.0]], 0.75), Some(1));
    }

    #[test]
    fn a_group_has_no_sign() {
        let columns = vec![vec![0.0, 0.75], vec![1.0, 0.25]];
        let groups = Groups::new(vec![0, 0]).unwrap();
        let morris = Morris::new(&columns, &groups, 0.75, Confidence::default()).unwrap();
        let found = morris.indices(&[0.0, -3.0]).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].value, found[0].interval), (IndexKind::MuStar, 4.0, None));
    }

    #[test]
    fn rows_that_are_no_trajectories_are_named() {
        let new = |columns: &[Vec<f64>]| Morris::new(columns, &Groups::single(2), 0.75, Confidence::default()).err();
        let mut columns = columns();
        columns[0][1] = 0.0;
        assert_eq!(new(&columns), Some(NoTrajectories::Step { row: 1 }));
        columns[1][1] = 0.25;
        columns[1][2] = 1.0;
        columns[0][2] = 0.0;
        assert_eq!(new(&columns), Some(NoTrajectories::Again { row: 2 }));
        columns.iter_mut().for_each(|column| column.truncate(5));
        assert_eq!(new(&columns), Some(NoTrajectories::Rows { rows: 5, each: 3 }));
    }
}

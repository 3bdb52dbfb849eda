//! The points of a sensitivity analysis: each input from 0 to 1, as quantiles of what is believed of it.

use serde::{Deserialize, Serialize};

use crate::sensitivity::morris::{self, Grid};
use crate::sensitivity::problem::{self, Problem, Settings};
use crate::sensitivity::{Confidence, Groups, sobol};
use engine::diagnostic::Span;
use engine::sampling::{DesignOptions, Points, Sampling, Ties, sobol as sequence};

use super::super::inputs::Input;
use super::super::model::nowhere;
use super::super::table::{Others, PointColumn, PointMatrix};

/// Screening and tornado move an input between these quantiles: the middle nine tenths, for a distribution need not end.
pub(super) const ENDS: [f64; 2] = [0.05, 0.95];

/// A way to tell which uncertainty of a scenario moves an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SensitivityMethod {
    /// Shares of variance.
    Sobol,
    /// Elementary effects.
    Morris,
    /// Each uncertainty alone at its ends.
    Tornado,
    /// Correlations and distances from one sample of all.
    Stored,
}

impl SensitivityMethod {
    /// Its name on the command line and in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sobol => "sobol",
            Self::Morris => "morris",
            Self::Tornado => "tornado",
            Self::Stored => "stored",
        }
    }

    fn has_groups(self) -> bool {
        matches!(self, Self::Sobol | Self::Morris)
    }
}

/// An input, or inputs that are moved together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputUnit {
    /// What it is called.
    pub name: String,
    /// Indices of its inputs among those of the scenario.
    pub members: Vec<usize>,
}

/// A sample: what it varies, and how it is laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Laid {
    /// By which method.
    pub method: SensitivityMethod,
    /// The base of sobol, the trajectories of morris, the draws of a stored sample.
    pub size: usize,
    /// The inputs, in the order of the columns, and their groups.
    pub problem: Problem,
    sampling: Sampling,
    options: DesignOptions,
    /// Which columns move together.
    ties: Ties,
    /// Whether an input only decides if programmes have an effect.
    only_decides: Vec<bool>,
}

impl Laid {
    pub(super) fn new(
        method: SensitivityMethod,
        size: usize,
        second_order: bool,
        (sampling, options): (Sampling, DesignOptions),
        inputs: &[Input],
        units: &[InputUnit],
    ) -> Self {
        let order: Vec<usize> = if method.has_groups() {
            units.iter().flat_map(|unit| unit.members.iter().copied()).collect()
        } else {
            (0..inputs.len()).collect()
        };
        let of_input = units.iter().enumerate().flat_map(|(group, unit)| vec![group; unit.members.len()]).collect();
        let groups = if method.has_groups() { Groups::new(of_input) } else { None };
        let groups = groups.unwrap_or_else(|| Groups::single(order.len()));
        let names = |index: &usize| inputs[*index].stream.clone();
        let group_names = if method.has_groups() {
            units.iter().map(|unit| unit.name.clone()).collect()
        } else {
            order.iter().map(names).collect()
        };
        let columns: Vec<String> = order.iter().map(names).collect();
        let ties = Ties::new(&options, &columns);
        let bounds = |column: usize| match method {
            // Where inputs are tied, a step is one of the independent numbers behind them, and of no length of its own.
            SensitivityMethod::Morris if ties.groups().any(|members| members.contains(&column)) => None,
            SensitivityMethod::Morris => Some(ENDS),
            _ => Some([0.0, 1.0]),
        };
        let span: Span = nowhere();
        let of = |(column, name): (usize, &String)| problem::Input {
            name: name.clone(),
            bounds: bounds(column),
            span: span.clone(),
        };
        let problem = Problem {
            inputs: columns.iter().enumerate().map(of).collect(),
            group_names,
            groups,
            groups_span: None,
            settings: Settings { second_order, ..Settings::default() },
            second_order_said: true,
            // A problem file holds a seed as a number of 63 bits.
            confidence: Confidence { seed: sampling.seed & (u64::MAX >> 1), ..Confidence::default() },
        };
        let only_decides = order.iter().map(|index| inputs[*index].no_effect).collect();
        Self { method, size, problem, sampling, options, ties, only_decides }
    }

    /// So many rows stand or fall together if a run in one goes wrong.
    pub(super) fn rows_together(&self) -> usize {
        match self.method {
            SensitivityMethod::Sobol => {
                let groups = self.problem.groups.count();
                if self.problem.settings.second_order { 2 * groups + 2 } else { groups + 2 }
            }
            SensitivityMethod::Morris => self.problem.groups.count() + 1,
            SensitivityMethod::Tornado | SensitivityMethod::Stored => 1,
        }
    }

    /// The points, a row for each run and a column for each input, from 0 to 1.
    pub fn points(&self) -> PointMatrix {
        let inputs = self.problem.inputs.len();
        let seed = self.sampling.seed;
        let by_row = |columns: &[Vec<f64>]| -> Vec<Vec<f64>> {
            (0..self.size).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
        };
        let values: Vec<f64> = match self.method {
            SensitivityMethod::Sobol => {
                // One sequence of twice as many dimensions: first those of A, then those of B.
                let columns = (0..2 * inputs).map(|dimension| sequence::column(seed, self.size as u64, dimension));
                let columns: Vec<Vec<f64>> = columns.flatten().collect();
                let mut base = by_row(&columns);
                for row in &mut base {
                    row.chunks_exact_mut(inputs.max(1)).for_each(|half| self.ties.tie(half));
                }
                let second_order = self.problem.settings.second_order;
                sobol::sample(base.iter().map(Vec::as_slice), &self.problem.groups, second_order).flatten().collect()
            }
            SensitivityMethod::Morris => {
                let grid = Grid::new(self.problem.settings.levels).expect("the default levels are even");
                let [low, high] = ENDS;
                let rows = morris::sample(grid, &self.problem.groups, self.size, 1, seed);
                let mut values: Vec<f64> = rows.into_iter().flatten().map(|at| low * (1.0 - at) + high * at).collect();
                values.chunks_exact_mut(inputs.max(1)).for_each(|row| self.ties.tie(row));
                values
            }
            SensitivityMethod::Stored => {
                let names: Vec<String> = self.problem.inputs.iter().map(|input| input.name.clone()).collect();
                let sampling = Sampling { draws: self.size as u64, ..self.sampling };
                let mut points = vec![0.0; inputs * self.size];
                Points::new(sampling, &self.options, &names).fill(0, self.size, &mut points);
                let columns: Vec<Vec<f64>> = points.chunks_exact(self.size.max(1)).map(<[f64]>::to_vec).collect();
                by_row(&columns).into_iter().flatten().collect()
            }
            SensitivityMethod::Tornado => {
                let central: Vec<f64> =
                    self.only_decides.iter().map(|decides| if *decides { 1.0 } else { 0.5 }).collect();
                let moved = (0..inputs).flat_map(|input| ENDS.map(|end| (input, end)));
                let rows = moved.map(|(input, end)| {
                    let mut row = central.clone();
                    row[input] = end;
                    self.ties.follow(input, &mut row, &|other| !self.only_decides[other]);
                    row
                });
                std::iter::once(central.clone()).chain(rows).flatten().collect()
            }
        };
        let columns = self.problem.inputs.iter().map(|input| PointColumn::Position(input.name.clone())).collect();
        PointMatrix { columns, values, others: Others::Central }
    }
}

//! Samples for each method, in the units of a problem's inputs.

use engine::sampling::sobol::{DIMENSIONS, column};
use engine::sampling::{Design, points};

use super::analysis::Method;
use super::efast::Curves;
use super::matrix::write;
use super::morris::{self, Grid};
use super::problem::Problem;
use super::sobol;

/// Why there is no sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSample {
    /// The input at this index has no bounds.
    NoBounds(usize),
    /// A curve of efast needs so many points.
    TooFewPoints(usize),
    /// sobol can vary so many inputs.
    TooManyInputs(usize),
}

/// The rows to run for a method, each input within its bounds. `size` is the base of sobol, the trajectories of morris, the
/// points of each curve of efast, and for other methods the rows of a Latin hypercube; all at least 1.
///
/// # Errors
/// An input has no bounds, a curve too few points, or there are more inputs than Sobol' points have dimensions for.
pub fn sample(problem: &Problem, method: Method, size: usize) -> Result<Vec<Vec<f64>>, NoSample> {
    let seed = problem.confidence.seed;
    let settings = &problem.settings;
    let mut sample: Vec<Vec<f64>> = match method {
        Method::Sobol => {
            let base = base_points(problem, size, seed)?;
            sobol::sample(base.iter().map(Vec::as_slice), &problem.groups, settings.second_order).collect()
        }
        Method::Morris => {
            let grid = Grid::new(settings.levels).expect("a problem's levels are even");
            morris::sample(grid, &problem.groups, size, settings.candidates, seed)
        }
        Method::Efast => {
            let least = 4 * settings.interference * settings.interference + 1;
            Curves::new(problem.inputs.len(), settings.curves, size, settings.interference)
                .ok_or(NoSample::TooFewPoints(least))?
                .sample(seed)
        }
        Method::RbdFast | Method::Pawn | Method::Delta | Method::Ranks => {
            rows(problem.inputs.iter().map(|input| hypercube(seed, size, &input.name)).collect())
        }
    };
    if let Some(index) = problem.inputs.iter().position(|input| input.bounds.is_none()) {
        return Err(NoSample::NoBounds(index));
    }
    let bounds = problem.bounds().unwrap_or_default();
    for row in &mut sample {
        for (value, [low, high]) in row.iter_mut().zip(&bounds) {
            // From both ends, so that 0 and 1 are the bounds themselves.
            *value = low * (1.0 - *value) + high * *value;
        }
    }
    Ok(sample)
}

/// A sample as a table with the names of the inputs.
pub fn table(problem: &Problem, rows: &[Vec<f64>]) -> String {
    let names: Vec<&str> = problem.inputs.iter().map(|input| input.name.as_str()).collect();
    write(&names, rows.iter().map(Vec::as_slice))
}

/// Base points of the sample of sobol between 0 and 1: scrambled Sobol' points of twice as many dimensions, the first half
/// of them for A, the second for B.
fn base_points(problem: &Problem, size: usize, seed: u64) -> Result<Vec<Vec<f64>>, NoSample> {
    let dimensions = 0..2 * problem.inputs.len();
    let columns: Option<Vec<Vec<f64>>> = dimensions.map(|index| column(seed, size as u64, index)).collect();
    columns.map(rows).ok_or(NoSample::TooManyInputs(DIMENSIONS / 2))
}

/// A column of a Latin hypercube; it depends on its name, so that a new input changes no other.
fn hypercube(seed: u64, size: usize, name: &str) -> Vec<f64> {
    points(Design::LatinHypercube, seed, size as u64, name)
}

fn rows(columns: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let count = columns.first().map_or(0, Vec::len);
    (0..count).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
}

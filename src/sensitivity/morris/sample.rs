//! Trajectories over a grid of levels, and the choice of those that lie furthest apart.

use engine::sampling::Stream;

use crate::sensitivity::Groups;
use crate::sensitivity::resample::{below, shuffled};

/// The levels that each input takes, evenly spread from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    levels: usize,
}

impl Grid {
    /// A grid of so many levels; `None` unless they are an even number of 2 or more, for which a step of half the grid
    /// makes every level equally likely.
    pub fn new(levels: usize) -> Option<Self> {
        (levels >= 2 && levels.is_multiple_of(2)).then_some(Self { levels })
    }

    /// The length of a step as a share of the range: p / 2(p - 1).
    pub fn step(&self) -> f64 {
        self.levels as f64 / (2.0 * (self.levels as f64 - 1.0))
    }

    fn at(&self, level: usize) -> f64 {
        level as f64 / (self.levels as f64 - 1.0)
    }
}

/// A path over the grid: one row of levels for its first point and one more after each group has moved.
type Trajectory = Vec<Vec<usize>>;

/// The rows of `trajectories` paths over the grid, one row per run, each input between 0 and 1.
///
/// As many paths as `candidates` are drawn by chance, and those that lie furthest apart are kept; with no more candidates than
/// trajectories all are. Each depends on the seed and its own number only.
pub fn sample(grid: Grid, groups: &Groups, trajectories: usize, candidates: usize, seed: u64) -> Vec<Vec<f64>> {
    let drawn: Vec<Trajectory> =
        (0..candidates.max(trajectories)).map(|one| trajectory(grid, groups, seed, one)).collect();
    let kept =
        if drawn.len() > trajectories { furthest_apart(&drawn, trajectories) } else { (0..drawn.len()).collect() };
    let points = kept.iter().flat_map(|one| drawn[*one].iter());
    points.map(|point| point.iter().map(|level| grid.at(*level)).collect()).collect()
}

/// One path by chance: a first point, and then each group in a random order by half the grid. An input in the lower half
/// goes up and one in the upper half down: the other way would leave the grid.
fn trajectory(grid: Grid, groups: &Groups, seed: u64, number: usize) -> Trajectory {
    let mut stream = Stream::new(seed, number as u64, "Morris trajectories");
    let half = grid.levels / 2;
    let mut point: Vec<usize> = (0..groups.inputs()).map(|_| below(&mut stream, grid.levels)).collect();
    let mut path = vec![point.clone()];
    for group in shuffled(&mut stream, groups.count()) {
        for (_, level) in point.iter_mut().enumerate().filter(|(input, _)| groups.of(*input) == group) {
            *level = if *level < half { *level + half } else { *level - half };
        }
        path.push(point.clone());
    }
    path
}

/// The paths whose squared distances from one another sum to the most, in the order drawn.
///
/// The distance of two paths is the sum of the distances of all their points (Campolongo and others 2007). Trying all choices
/// is beyond reach, so the set is built up: the furthest pair, then one by one the path furthest from those chosen (Ruano
/// MV and others (2012), "An improved sampling strategy based on trajectory design for application of the Morris method to
/// systems with many input factors", Environmental Modelling and Software 37, 103-109), and then bettered by single exchanges
/// while any helps.
fn furthest_apart(drawn: &[Trajectory], wanted: usize) -> Vec<usize> {
    let squares = squared_distances(drawn);
    let mut chosen = vec![false; drawn.len()];
    // For every path, its squared distances to those chosen.
    let mut spread = vec![0.0; drawn.len()];
    let put = |chosen: &mut Vec<bool>, spread: &mut Vec<f64>, one: usize, sign: f64| {
        chosen[one] = sign > 0.0;
        spread.iter_mut().zip(&squares[one]).for_each(|(sum, square)| *sum += sign * square);
    };
    if wanted > 1 {
        let pairs = (0..drawn.len()).flat_map(|a| (a + 1..drawn.len()).map(move |b| (a, b)));
        let furthest = first_largest(pairs, |(a, b)| squares[*a][*b]);
        if let Some((a, b)) = furthest {
            put(&mut chosen, &mut spread, a, 1.0);
            put(&mut chosen, &mut spread, b, 1.0);
        }
    }
    while chosen.iter().filter(|taken| **taken).count() < wanted {
        let others = (0..drawn.len()).filter(|one| !chosen[*one]);
        let Some(next) = first_largest(others, |one| spread[*one]) else { break };
        put(&mut chosen, &mut spread, next, 1.0);
    }
    loop {
        let exchanges = (0..drawn.len())
            .filter(|out| chosen[*out])
            .flat_map(|out| (0..drawn.len()).map(move |into| (out, into)))
            .filter(|(_, into)| !chosen[*into]);
        let gain = |(out, into): &(usize, usize)| spread[*into] - squares[*out][*into] - spread[*out];
        let least = 1e-9 * spread.iter().fold(0.0_f64, |most, one| most.max(*one));
        match first_largest(exchanges, gain).filter(|best| gain(best) > least) {
            Some((out, into)) => {
                put(&mut chosen, &mut spread, out, -1.0);
                put(&mut chosen, &mut spread, into, 1.0);
            }
            None => return (0..drawn.len()).filter(|one| chosen[*one]).collect(),
        }
    }
}

/// What is largest by a measure; of equals, the first.
fn first_largest<T>(of: impl Iterator<Item = T>, measure: impl Fn(&T) -> f64) -> Option<T> {
    let mut best: Option<(f64, T)> = None;
    for one in of {
        let size = measure(&one);
        if best.as_ref().is_none_or(|(most, _)| size > *most) {
            best = Some((size, one));
        }
    }
    best.map(|(_, one)| one)
}

fn squared_distances(drawn: &[Trajectory]) -> Vec<Vec<f64>> {
    let moves: Vec<Vec<Vec<usize>>> = drawn.iter().map(moves).collect();
    let mut squares = vec![vec![0.0; drawn.len()]; drawn.len()];
    for a in 0..drawn.len() {
        for b in a + 1..drawn.len() {
            let distance: f64 = drawn[b].iter().map(|point| apart(&drawn[a], &moves[a], point)).sum();
            squares[a][b] = distance * distance;
            squares[b][a] = squares[a][b];
        }
    }
    squares
}

/// The inputs that each step of a path moves.
fn moves(path: &Trajectory) -> Vec<Vec<usize>> {
    let moved = |pair: &[Vec<usize>]| (0..pair[0].len()).filter(|input| pair[0][*input] != pair[1][*input]).collect();
    path.windows(2).map(moved).collect()
}

/// The sum of the distances of all points of a path from one point. From one point of the path to the next only what was
/// moved is computed anew.
fn apart(path: &Trajectory, moves: &[Vec<usize>], point: &[usize]) -> f64 {
    let part = |own: &[usize], input: usize| own[input].abs_diff(point[input]).pow(2);
    let mut square: usize = (0..point.len()).map(|input| part(&path[0], input)).sum();
    let mut sum = (square as f64).sqrt();
    for (pair, moved) in path.windows(2).zip(moves) {
        for input in moved {
            square = square + part(&pair[1], *input) - part(&pair[0], *input);
        }
        sum += (square as f64).sqrt();
    }
    sum
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Grid, furthest_apart, sample, squared_distances, trajectory};
    use crate::sensitivity::{Confidence, Groups, morris::Morris, morris::wrong_step};

    #[test]
    fn a_sample_is_made_of_trajectories_on_the_grid() {
        let groups = Groups::new(vec![0, 1, 0, 2]).unwrap();
        let grid = Grid::new(4).unwrap();
        let rows = sample(grid, &groups, 10, 10, 7);
        assert_eq!(rows.len(), 40);
        let columns: Vec<Vec<f64>> = (0..4).map(|input| rows.iter().map(|row| row[input]).collect()).collect();
        assert!(columns.iter().flatten().all(|x| [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0].contains(x)));
        Morris::new(&columns, &groups, grid.step(), Confidence::default()).unwrap();
        assert_eq!(wrong_step(&columns, &groups, &[[0.0, 1.0]; 4], grid.step()), None);
        assert_eq!(rows, sample(grid, &groups, 10, 10, 7));
        assert!(Grid::new(3).is_none() && Grid::new(0).is_none());
    }

    #[test]
    fn distances_are_those_of_all_points_of_two_paths() {
        let groups = Groups::new(vec![0, 1, 0, 2]).unwrap();
        let drawn: Vec<_> = (0..3).map(|one| trajectory(Grid::new(6).unwrap(), &groups, 5, one)).collect();
        let between = |a: &[usize], b: &[usize]| -> f64 {
            a.iter().zip(b).map(|(a, b)| a.abs_diff(*b).pow(2) as f64).sum::<f64>().sqrt()
        };
        let all: f64 = drawn[0].iter().flat_map(|a| drawn[2].iter().map(move |b| between(a, b))).sum();
        let found = squared_distances(&drawn)[2][0];
        assert!((found - all * all).abs() < 1e-9 * found, "{found} {all}");
    }

    /// Against every choice of 4 out of 12: within a hundredth of the best.
    #[test]
    fn the_chosen_trajectories_lie_nearly_as_far_apart_as_any() {
        let groups = Groups::single(5);
        let grid = Grid::new(6).unwrap();
        let drawn: Vec<_> = (0..12).map(|one| trajectory(grid, &groups, 3, one)).collect();
        let squares = squared_distances(&drawn);
        let spread = |set: &[usize]| -> f64 { set.iter().flat_map(|a| set.iter().map(|b| squares[*a][*b])).sum() };
        let best = (0_u32..1 << 12)
            .filter(|set| set.count_ones() == 4)
            .map(|set| spread(&(0..12).filter(|one| set >> one & 1 == 1).collect::<Vec<_>>()))
            .fold(0.0, f64::max);
        let found = spread(&furthest_apart(&drawn, 4));
        assert!(found <= best && found > 0.99 * best, "{found} {best}");
    }
}

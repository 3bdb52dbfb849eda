//! The points of all uncertainties of a study together: which lead, which move together, and how often all is repeated.
//!
//! A name still owns its column: without leaders and groups, each column is the one that
//! [`point`](super::point()) gives. A name that leads
//! has the column of its index among the leaders, and a name in a group depends on those before it in the group, so that
//! only what the scenario ties together is tied.

use super::column;
use super::correlation::{self, Correlation};
use super::design::{Design, OwnSobol, within_stratum};
use super::sample::Sampling;
use super::scramble::Scramble;
use super::sobol::{self, Sobol};
use super::stream::{Purpose, Stream, uniform};

/// What a scenario says of its points beyond the number of draws, the seed and the design.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignOptions {
    /// Into how many independent repetitions of the design the draws are divided evenly, 1 or more: hypercubes, or
    /// scramblings. From two on they tell the Monte Carlo error.
    pub replicates: u64,
    /// The uncertainties that take the first dimensions of a Sobol' design, in order.
    pub leading: Vec<String>,
    /// Groups that move together; no name is in two of them.
    pub groups: Vec<Correlation>,
}

impl Default for DesignOptions {
    fn default() -> Self {
        Self { replicates: 1, leading: Vec::new(), groups: Vec::new() }
    }
}

impl DesignOptions {
    /// Which repetition a draw belongs to. Hypercubes follow each other; scramblings and random draws take turns, so that a
    /// longer study begins with the shorter one.
    pub fn replicate(&self, sampling: &Sampling, draw: u64) -> u64 {
        match sampling.design {
            Design::LatinHypercube => draw / self.each(sampling),
            Design::Random | Design::Sobol => draw % self.replicates.max(1),
        }
    }

    /// Draws of one repetition.
    fn each(&self, sampling: &Sampling) -> u64 {
        (sampling.draws / self.replicates.max(1)).max(1)
    }
}

/// The points of some names in every draw of a study. What a name's point is does not depend on which other names are asked
/// for.
#[derive(Debug, Clone)]
pub struct Points {
    sampling: Sampling,
    options: DesignOptions,
    /// The names that are asked for, and after them those that these are tied to.
    columns: Vec<PointColumn>,
    asked: usize,
    groups: Vec<TiedGroup>,
}

#[derive(Debug, Clone)]
struct PointColumn {
    name: String,
    /// Its dimension, if it leads a Sobol' design.
    leads: Option<Box<Sobol>>,
    /// Its points in any other design.
    own: column::Column,
}

#[derive(Debug, Clone)]
struct TiedGroup {
    /// Indices among the columns, in the order of the group.
    members: Vec<usize>,
    mixing: Vec<Vec<f64>>,
    /// In Latin hypercubes, the points of each member in each draw of the study, which cannot be found one by one.
    stratified: Vec<Vec<f64>>,
}

impl Points {
    /// The points of these names. Of the names of `options` that are not among them, those that stand in a group with one of
    /// them are drawn with it; the rest are passed over. A leader keeps its dimension.
    pub fn new(sampling: Sampling, options: &DesignOptions, names: &[String]) -> Self {
        let asked = names.len();
        let mut names = names.to_vec();
        for group in &options.groups {
            if group.names().iter().any(|name| names[..asked].contains(name)) {
                let others: Vec<String> = group.names().iter().filter(|name| !names.contains(name)).cloned().collect();
                names.extend(others);
            }
        }
        let dimension = |name: &String| options.leading.iter().position(|leader| leader == name);
        let columns = names
            .iter()
            .map(|name| PointColumn {
                name: name.clone(),
                leads: match sampling.design {
                    Design::Sobol => dimension(name).and_then(Sobol::new).map(Box::new),
                    Design::Random | Design::LatinHypercube => None,
                },
                own: column::Column::new(Sampling { draws: options.each(&sampling), ..sampling }, name),
            })
            .collect();
        let mut points = Self { sampling, options: options.clone(), columns, asked, groups: Vec::new() };
        for correlation in &options.groups {
            let (members, mixing) = correlation.among(&names);
            let stratified = match sampling.design {
                Design::LatinHypercube => points.reordered(&members, &mixing),
                Design::Random | Design::Sobol => Vec::new(),
            };
            points.groups.push(TiedGroup { members, mixing, stratified });
        }
        points
    }

    /// The point of each name in a draw, strictly between 0 and 1.
    pub fn of(&self, draw: u64) -> Vec<f64> {
        let mut points = vec![0.0; self.asked];
        self.fill(draw, 1, &mut points);
        points
    }

    /// The points of each name in some draws, `draws` of them from draw `first` on, name after name.
    ///
    /// `points` has room for as many numbers as there are names, times `draws`.
    pub fn fill(&self, first: u64, draws: usize, points: &mut [f64]) {
        if draws == 0 {
            return;
        }
        if self.asked < self.columns.len() {
            let mut all = vec![0.0; self.columns.len() * draws];
            self.fill_all(first, draws, &mut all);
            points.copy_from_slice(&all[..self.asked * draws]);
        } else {
            self.fill_all(first, draws, points);
        }
    }

    /// The points of all columns.
    fn fill_all(&self, first: u64, draws: usize, points: &mut [f64]) {
        for (column, points) in points.chunks_exact_mut(draws).enumerate() {
            self.alone(column, first, points);
        }
        for group in &self.groups {
            for lane in 0..draws {
                let draw = first + lane as u64;
                let tied: Vec<f64> = if group.stratified.is_empty() || draw >= self.sampling.draws {
                    let score = |member: &usize| correlation::score(points[member * draws + lane]);
                    let scores: Vec<f64> = group.members.iter().map(score).collect();
                    correlation::mixed(&group.mixing, &scores).into_iter().map(correlation::point).collect()
                } else {
                    group.stratified.iter().map(|column| column[draw as usize]).collect()
                };
                // The first of a group stays where it was, to the last bit.
                for (member, point) in group.members.iter().zip(tied).skip(1) {
                    points[member * draws + lane] = point;
                }
            }
        }
    }

    /// The points of a column from draw `first` on as if it were in no group.
    fn alone(&self, column: usize, first: u64, points: &mut [f64]) {
        let PointColumn { name, leads, own } = &self.columns[column];
        if self.sampling.design != Design::Sobol {
            return own.fill(first, points);
        }
        let seed = self.sampling.seed;
        let replicates = self.options.replicates.max(1);
        for (point, draw) in points.iter_mut().zip(first..) {
            *point = match leads {
                None => OwnSobol::new(seed, draw % replicates, name).point(draw / replicates),
                Some(dimension) => {
                    let mut stream = Stream::keyed(Purpose::Scrambling, seed, draw % replicates, name);
                    sobol::scrambled(dimension, &Scramble::new(&mut stream), draw / replicates)
                }
            };
        }
    }

    /// Latin hypercubes with the declared rank correlations: Iman RL, Conover WJ (1982), "A distribution-free approach to
    /// inducing rank correlation among input variables", Communications in Statistics B11, 311-334.
    ///
    /// The copula would take points out of their strata. Instead the strata are dealt out anew, in the order of the mixed
    /// scores, so every margin stays a hypercube. What chance correlation the scores have is taken out first.
    fn reordered(&self, members: &[usize], mixing: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let each = self.options.each(&self.sampling);
        let mut stratified: Vec<Vec<f64>> = vec![Vec::new(); members.len()];
        for first in (0..self.sampling.draws).step_by(each as usize) {
            let draws = first..(first + each).min(self.sampling.draws);
            let scores: Vec<Vec<f64>> = members
                .iter()
                .map(|member| {
                    let mut points = vec![0.0; (draws.end - draws.start) as usize];
                    self.alone(*member, draws.start, &mut points);
                    standardised(points.into_iter().map(correlation::score).collect())
                })
                .collect();
            let own =
                if scores.len() * 2 < each as usize { correlation::lower_factor(&products(&scores)) } else { None };
            let mut order: Vec<Vec<(f64, u64)>> = vec![Vec::new(); members.len()];
            for (index, draw) in draws.enumerate() {
                let mut row: Vec<f64> = scores.iter().map(|column| column[index]).collect();
                if let Some(own) = &own {
                    row = solved(own, &row);
                }
                for (column, mixed) in order.iter_mut().zip(correlation::mixed(mixing, &row)) {
                    column.push((mixed, draw));
                }
            }
            for ((column, member), stratified) in order.iter_mut().zip(members).zip(&mut stratified) {
                column.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                let start = stratified.len();
                stratified.resize(start + column.len(), 0.0);
                for (stratum, (_, draw)) in column.iter().enumerate() {
                    let inside = uniform(self.sampling.seed, *draw, &self.columns[*member].name);
                    stratified[start + (draw - first) as usize] = within_stratum(stratum as u64, each, inside);
                }
            }
        }
        stratified
    }
}

/// Scores with mean 0 and mean square 1; as they are where they do not differ.
fn standardised(mut scores: Vec<f64>) -> Vec<f64> {
    let n = scores.len() as f64;
    let mean = scores.iter().fold(0.0, |sum, z| sum + z) / n;
    let square = scores.iter().fold(0.0, |sum, z| sum + (z - mean) * (z - mean)) / n;
    if square > 0.0 {
        scores.iter_mut().for_each(|z| *z = (*z - mean) / square.sqrt());
    }
    scores
}

/// The correlations of standardised columns.
fn products(columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let one = |a: &[f64], b: &[f64]| a.iter().zip(b).fold(0.0, |sum, (x, y)| sum + x * y) / a.len() as f64;
    columns.iter().map(|a| columns.iter().map(|b| one(a, b)).collect()).collect()
}

/// What a lower triangle has made `mixed` from.
fn solved(lower: &[Vec<f64>], mixed: &[f64]) -> Vec<f64> {
    let mut scores: Vec<f64> = Vec::with_capacity(mixed.len());
    for (row, mixed) in lower.iter().zip(mixed) {
        let known = row.iter().zip(&scores).fold(0.0, |sum, (l, z)| sum + l * z);
        let pivot = row[scores.len()];
        scores.push(if pivot == 0.0 { 0.0 } else { (mixed - known) / pivot });
    }
    scores
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{DesignOptions, Points, products, solved, standardised};
    use crate::sampling::{Correlation, Design, Sampling, point};

    const DESIGNS: [Design; 3] = [Design::Random, Design::LatinHypercube, Design::Sobol];

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn columns(points: &Points, draws: u64) -> Vec<Vec<f64>> {
        let rows: Vec<Vec<f64>> = (0..draws).map(|draw| points.of(draw)).collect();
        (0..rows[0].len()).map(|column| rows.iter().map(|row| row[column]).collect()).collect()
    }

    fn group(of: &[&str], ranks: &[[f64; 3]; 3]) -> Correlation {
        Correlation::new(names(of), ranks.iter().map(|row| row.to_vec()).collect()).unwrap()
    }

    /// Spearman's correlation.
    fn rank_correlation(a: &[f64], b: &[f64]) -> f64 {
        let ranks = |column: &[f64]| {
            let mut order: Vec<usize> = (0..column.len()).collect();
            order.sort_by(|i, j| column[*i].total_cmp(&column[*j]));
            let mut ranks = vec![0.0; column.len()];
            order.iter().enumerate().for_each(|(rank, i)| ranks[*i] = rank as f64);
            ranks
        };
        let n = a.len() as f64;
        let squares: f64 = ranks(a).iter().zip(ranks(b)).map(|(x, y)| (x - y).powi(2)).sum();
        1.0 - 6.0 * squares / (n * (n * n - 1.0))
    }

    fn each_stratum_once(column: &[f64]) -> bool {
        let n = column.len();
        let mut strata: Vec<usize> = column.iter().map(|p| (p * n as f64) as usize).collect();
        strata.sort_unstable();
        strata.iter().enumerate().all(|(i, stratum)| i == *stratum)
    }

    #[test]
    fn without_more_said_each_column_is_its_names_own() {
        for design in DESIGNS {
            let sampling = Sampling { draws: 100, seed: 3, design };
            let points = Points::new(sampling, &DesignOptions::default(), &names(&["a", "b"]));
            for draw in [0, 99, 100, 57] {
                let expected = ["a", "b"].map(|name| point(design, 3, draw, 100, name));
                assert_eq!(points.of(draw), expected);
            }
        }
    }

    const RANKS: [[f64; 3]; 3] = [[1.0, 0.7, -0.4], [0.7, 1.0, 0.1], [-0.4, 0.1, 1.0]];

    /// Rank correlations in every design, with a tolerance that belongs to it, and margins: strata stay whole in a Latin
    /// hypercube, and elsewhere no column strays from the uniform (Kolmogorov-Smirnov, one in a thousand).
    #[test]
    fn groups_keep_their_rank_correlations_and_every_margin() {
        let n = 2_048_u64;
        for (design, tolerance) in DESIGNS.into_iter().zip([0.06, 0.012, 0.06]) {
            let sampling = Sampling { draws: n, seed: 11, design };
            let options = DesignOptions { groups: vec![group(&["c", "a", "d"], &RANKS)], ..DesignOptions::default() };
            let columns = columns(&Points::new(sampling, &options, &names(&["a", "b", "c", "d"])), n);
            let (a, b, c, d) = (&columns[0], &columns[1], &columns[2], &columns[3]);
            for (x, y, declared) in [(c, a, 0.7), (c, d, -0.4), (a, d, 0.1)] {
                let found = rank_correlation(x, y);
                assert!((found - declared).abs() < tolerance, "{design}: {found} for {declared}");
            }
            assert!(rank_correlation(a, b).abs() < 0.09);
            let own: Vec<f64> = (0..n).map(|draw| point(design, 11, draw, n, "c")).collect();
            assert_eq!(*c, own, "the first of a group keeps its column");
            for column in &columns {
                let mut sorted = column.clone();
                sorted.sort_by(f64::total_cmp);
                let distance =
                    sorted.iter().enumerate().map(|(i, p)| (p - (i as f64 + 0.5) / n as f64).abs()).fold(0.0, f64::max);
                assert!(distance < 1.95 / (n as f64).sqrt(), "{design}: {distance}");
                assert!(design != Design::LatinHypercube || each_stratum_once(column));
            }
        }
    }

    #[test]
    fn adding_a_name_or_leaving_out_the_last_of_a_group_changes_no_other() {
        for design in DESIGNS {
            let sampling = Sampling { draws: 64, seed: 5, design };
            let options = DesignOptions {
                groups: vec![group(&["c", "a", "d"], &RANKS)],
                leading: names(&["e", "nobody", "a"]),
                ..DesignOptions::default()
            };
            let few = Points::new(sampling, &options, &names(&["a", "c", "e"]));
            let many = Points::new(sampling, &options, &names(&["a", "aa", "c", "d", "e"]));
            for draw in 0..70 {
                let many = many.of(draw);
                let few = few.of(draw);
                // Iman and Conover's correction uses the last member's scores only for itself, so the others stay.
                assert_eq!(few, [many[0], many[2], many[4]], "{design} {draw}");
            }
        }
    }

    /// In a study of several places a number of the nation must be the same in each, whichever of its group are drawn there.
    #[test]
    fn a_point_does_not_depend_on_which_of_its_group_are_asked_for() {
        for design in DESIGNS {
            let sampling = Sampling { draws: 64, seed: 5, design };
            let options =
                DesignOptions { groups: vec![group(&["here", "there", "nation"], &RANKS)], ..DesignOptions::default() };
            let all = Points::new(sampling, &options, &names(&["here", "nation", "there"]));
            let here = Points::new(sampling, &options, &names(&["here", "nation"]));
            let there = Points::new(sampling, &options, &names(&["nation", "there"]));
            for draw in 0..70 {
                let all = all.of(draw);
                assert_eq!(here.of(draw), all[..2], "{design} {draw}");
                assert_eq!(there.of(draw), all[1..], "{design} {draw}");
            }
        }
    }

    #[test]
    fn perfect_groups_are_the_same_number_or_its_mirror() {
        let ranks = vec![vec![1.0, -1.0], vec![-1.0, 1.0]];
        let options = DesignOptions {
            groups: vec![Correlation::new(names(&["a", "b"]), ranks).unwrap()],
            ..DesignOptions::default()
        };
        for design in DESIGNS {
            let sampling = Sampling { draws: 256, seed: 5, design };
            let columns = columns(&Points::new(sampling, &options, &names(&["a", "b"])), 256);
            assert!(rank_correlation(&columns[0], &columns[1]) < -0.999_999);
        }
    }

    #[test]
    fn replicates_are_whole_designs_and_differ() {
        for design in [Design::LatinHypercube, Design::Sobol] {
            let sampling = Sampling { draws: 512, seed: 9, design };
            let options = DesignOptions { replicates: 8, leading: names(&["a"]), ..DesignOptions::default() };
            let columns = columns(&Points::new(sampling, &options, &names(&["a", "b"])), 512);
            for column in &columns {
                let mut parts: Vec<Vec<f64>> = vec![Vec::new(); 8];
                for (draw, p) in column.iter().enumerate() {
                    parts[options.replicate(&sampling, draw as u64) as usize].push(*p);
                }
                assert!(parts.iter().all(|part| part.len() == 64 && each_stratum_once(part)));
                assert!(parts.windows(2).all(|two| two[0] != two[1]));
            }
        }
    }

    /// Leaders are a Sobol' net together: every rectangle of area 1/256 has one point of the first two, which two names
    /// without a dimension do not have.
    #[test]
    fn leaders_are_spread_evenly_together() {
        let sampling = Sampling { draws: 256, seed: 2, design: Design::Sobol };
        let both = |leading: &[&str]| {
            let options = DesignOptions { leading: names(leading), ..DesignOptions::default() };
            let columns = columns(&Points::new(sampling, &options, &names(&["x", "y"])), 256);
            let mut cells: Vec<usize> =
                (0..256).map(|i| (columns[0][i] * 16.0) as usize * 16 + (columns[1][i] * 16.0) as usize).collect();
            cells.sort_unstable();
            cells.dedup();
            cells.len()
        };
        assert_eq!(both(&["y", "x"]), 256);
        assert!(both(&[]) < 200);
    }

    /// A longer study begins with the shorter one, repetitions and all.
    #[test]
    fn longer_sobol_studies_begin_with_shorter_ones() {
        let options = DesignOptions { replicates: 8, leading: names(&["a"]), ..DesignOptions::default() };
        let study =
            |draws| Points::new(Sampling { draws, seed: 1, design: Design::Sobol }, &options, &names(&["a", "b"]));
        let (short, long) = (study(64), study(128));
        assert!((0..64).all(|draw| short.of(draw) == long.of(draw)));
    }

    #[test]
    fn many_draws_at_once_are_those_one_by_one() {
        let all = names(&["a", "b", "c", "alone"]);
        let ranks = [[1.0, 0.5, 0.2], [0.5, 1.0, 0.4], [0.2, 0.4, 1.0]];
        for design in DESIGNS {
            let options = DesignOptions { groups: vec![group(&["a", "b", "c"], &ranks)], ..DesignOptions::default() };
            // The last of these draws are beyond those of the study.
            let points = Points::new(Sampling { draws: 16, seed: 5, design }, &options, &all);
            let mut block = vec![0.0; 4 * 9];
            points.fill(11, 9, &mut block);
            for (lane, draw) in (11..20).enumerate() {
                let one: Vec<f64> = block.iter().skip(lane).step_by(9).copied().collect();
                assert_eq!(one, points.of(draw), "{design}, draw {draw}");
            }
        }
    }

    #[test]
    fn draws_beyond_those_of_the_study_are_hypercubes_of_their_own() {
        let sampling = Sampling { draws: 8, seed: 5, design: Design::LatinHypercube };
        let points = Points::new(sampling, &DesignOptions::default(), &names(&["a"]));
        let column = &columns(&points, 24)[0];
        assert!(column.chunks(8).all(each_stratum_once));
        assert_ne!(column[..8], column[8..16]);
    }

    #[test]
    fn chance_correlation_is_taken_out_by_hand() {
        // Mean 3, squares 4, 1 and 9, of which the mean is 14/3.
        let root = (14.0_f64 / 3.0).sqrt();
        assert_eq!(standardised(vec![1.0, 2.0, 6.0]), [-2.0 / root, -1.0 / root, 3.0 / root]);
        assert_eq!(standardised(vec![2.0, 2.0]), [2.0, 2.0]);
        assert_eq!(
            products(&[vec![1.0, -1.0], vec![1.0, 1.0], vec![3.0, 1.0]]),
            [[1.0, 0.0, 1.0], [0.0, 1.0, 2.0], [1.0, 2.0, 5.0]]
        );
        // 6 = 2 x 3 and 11 = 1 x 3 + 4 x 2; a row of zeros tells nothing.
        assert_eq!(solved(&[vec![2.0, 0.0], vec![1.0, 4.0]], &[6.0, 11.0]), [3.0, 2.0]);
        assert_eq!(solved(&[vec![2.0, 0.0], vec![1.0, 0.0]], &[6.0, 3.0]), [3.0, 0.0]);
    }
}

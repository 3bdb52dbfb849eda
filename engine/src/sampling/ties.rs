//! Independent points tied together as a scenario declares it: each group of correlated uncertainties by its copula.
//!
//! Analyses that lay out their points themselves, as Sobol' indices do, draw every column alone and then tie the columns of a
//! group row by row. A group that is moved as one is thus drawn from its joint distribution, and independent of all others:
//! Jacques J, Lavergne C, Devictor N (2006), "Sensitivity analysis in presence of model uncertainty and correlated inputs",
//! Reliability Engineering and System Safety 91, 1126-1134.

use super::correlation;
use super::points::DesignOptions;

/// Which of some names are tied, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Ties {
    /// For each group its members among the names, in the order of the group, and how their scores are mixed.
    groups: Vec<(Vec<usize>, Vec<Vec<f64>>)>,
}

impl Ties {
    /// The ties between these names; those of `options` that are not among them are passed over.
    pub fn new(options: &DesignOptions, names: &[String]) -> Self {
        let groups = options.groups.iter().map(|correlation| correlation.among(names));
        Self { groups: groups.filter(|(members, _)| members.len() > 1).collect() }
    }

    /// The members of each group of two or more, by their indices among the names.
    pub fn groups(&self) -> impl Iterator<Item = &[usize]> {
        self.groups.iter().map(|(members, _)| members.as_slice())
    }

    /// Puts what is tied to one name where it is then expected: at its median, given where that name stands. What is not `free`
    /// stays where it is.
    pub fn follow(&self, index: usize, points: &mut [f64], free: &dyn Fn(usize) -> bool) {
        for (members, mixing) in &self.groups {
            let Some(own) = members.iter().position(|member| *member == index) else { continue };
            let score = correlation::score(points[index]);
            for (other, member) in members.iter().enumerate().filter(|(other, member)| *other != own && free(**member))
            {
                let together = mixing[own].iter().zip(&mixing[other]).fold(0.0, |sum, (one, more)| sum + one * more);
                points[*member] = correlation::point(together * score);
            }
        }
    }

    /// Makes independent points, one for each name and strictly between 0 and 1, into tied ones. The first of a group stays
    /// where it is, and so does what is in no group.
    pub fn tie(&self, points: &mut [f64]) {
        for (members, mixing) in &self.groups {
            let scores: Vec<f64> = members.iter().map(|member| correlation::score(points[*member])).collect();
            let tied = correlation::mixed(mixing, &scores).into_iter().map(correlation::point);
            for (member, point) in members.iter().zip(tied).skip(1) {
                points[*member] = point;
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Ties;
    use crate::sampling::{Correlation, Design, DesignOptions, Points, Sampling};

    #[test]
    fn independent_columns_are_tied_as_those_of_a_study_are() {
        let names = ["a", "b", "c"].map(str::to_owned).to_vec();
        let group = Correlation::new(vec!["c".to_owned(), "a".to_owned(), "nobody".to_owned()], {
            vec![vec![1.0, -0.6, 0.2], vec![-0.6, 1.0, 0.1], vec![0.2, 0.1, 1.0]]
        });
        let options = DesignOptions { groups: vec![group.unwrap()], ..DesignOptions::default() };
        let sampling = Sampling { draws: 50, seed: 8, design: Design::Random };
        let alone = Points::new(sampling, &DesignOptions::default(), &names);
        let together = Points::new(sampling, &options, &names);
        let ties = Ties::new(&options, &names);
        assert_eq!(ties.groups().collect::<Vec<_>>(), [[2, 0]]);
        for draw in 0..50 {
            let mut points = alone.of(draw);
            ties.tie(&mut points);
            assert_eq!(points, together.of(draw));
            assert_ne!(points[0], alone.of(draw)[0]);
        }
    }

    #[test]
    fn companions_follow_to_where_they_are_expected() {
        let names = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let ranks = vec![vec![1.0, 0.9, -0.5], vec![0.9, 1.0, -0.4], vec![-0.5, -0.4, 1.0]];
        let group = Correlation::new(["b", "a", "d"].map(str::to_owned).to_vec(), ranks).unwrap();
        let options = DesignOptions { groups: vec![group], ..DesignOptions::default() };
        let ties = Ties::new(&options, &names);
        let mut points = [0.95, 0.5, 0.5, 1.0];
        ties.follow(0, &mut points, &|index| index != 3);
        // 1.645 times 2 sin(0.9 pi / 6), and the normal distribution up to there.
        assert!((points[1] - 0.932_5).abs() < 5e-4, "{points:?}");
        assert_eq!([points[0], points[2], points[3]], [0.95, 0.5, 1.0]);
        ties.follow(1, &mut points, &|_| true);
        assert!(points[0] < 0.95 && points[3] < 0.5, "{points:?}");
    }
}

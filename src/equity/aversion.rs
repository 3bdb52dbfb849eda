//! What unequal health is worth: the level that, if all had it, would be as good, and what a gain of each group counts.
//!
//! Atkinson's index is averse to relative differences (Atkinson 1970), Kolm's to absolute ones (Kolm 1976). Both are used with
//! quality-adjusted life expectancy by fifths of deprivation in distributional cost-effectiveness analysis (Asaria, Griffin and
//! Cookson 2016; Cookson and others 2020).

use engine::elementary::{exp, ln, power};

use super::gradient::Group;

/// How unequal health is disliked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aversion {
    /// To relative differences: Atkinson's epsilon, 0 or more.
    Atkinson(f64),
    /// To absolute differences: Kolm's alpha, 0 or more, by the unit of the rates.
    Kolm(f64),
}

impl Aversion {
    /// The equally distributed equivalent: the rate that, if everybody had it, would be as good as what each group has. Never above the
    /// mean. `None` where nobody lives, where a number is not finite, and, of Atkinson's, where a group has nothing or less.
    pub fn equivalent(self, groups: &[Group]) -> Option<f64> {
        let groups: Vec<Group> = groups.iter().copied().filter(|group| group.people > 0.0).collect();
        let all: f64 = groups.iter().map(|group| group.people).sum();
        let least = groups.iter().map(|group| group.rate).fold(f64::INFINITY, f64::min);
        let mean_of = |value: &dyn Fn(f64) -> f64| -> f64 {
            groups.iter().map(|group| group.people / all * value(group.rate)).sum()
        };
        // Rates are taken against the least, so that high aversion stays within the range of numbers.
        let found = match self {
            Self::Atkinson(0.0) | Self::Kolm(0.0) => mean_of(&|rate| rate),
            Self::Atkinson(_) if least <= 0.0 => return None,
            Self::Atkinson(1.0) => least * exp(mean_of(&|rate| ln(rate / least))),
            Self::Atkinson(aversion) => {
                least * power(mean_of(&|rate| power(rate / least, 1.0 - aversion)), 1.0 / (1.0 - aversion))
            }
            Self::Kolm(aversion) => least - ln(mean_of(&|rate| exp(-aversion * (rate - least)))) / aversion,
        };
        (!groups.is_empty() && found.is_finite()).then_some(found)
    }

    /// What one more for a person of each group counts, where one more for everybody counts 1 on average. Groups without people
    /// have weights too. `None` as above.
    pub fn weights(self, groups: &[Group]) -> Option<Vec<f64>> {
        let lived = groups.iter().filter(|group| group.people > 0.0);
        let least = lived.map(|group| group.rate).fold(f64::INFINITY, f64::min);
        let raw: Vec<f64> = match self {
            Self::Atkinson(0.0) | Self::Kolm(0.0) => vec![1.0; groups.len()],
            Self::Atkinson(_) if least <= 0.0 => return None,
            Self::Atkinson(aversion) => groups.iter().map(|group| power(group.rate / least, -aversion)).collect(),
            Self::Kolm(aversion) => groups.iter().map(|group| exp(-aversion * (group.rate - least))).collect(),
        };
        let all: f64 = groups.iter().map(|group| group.people).sum();
        let mean: f64 = groups.iter().zip(&raw).map(|(group, weight)| group.people / all * weight).sum();
        let weights: Vec<f64> = raw.iter().map(|weight| weight / mean).collect();
        weights.iter().all(|weight| weight.is_finite()).then_some(weights)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::{Just, prop, prop_oneof, proptest};

    use super::Aversion::{Atkinson, Kolm};
    use super::{Aversion, Group};

    fn groups<const N: usize>(people: [f64; N], rates: [f64; N]) -> Vec<Group> {
        people.into_iter().zip(rates).map(|(people, rate)| Group { people, rate }).collect()
    }

    #[test]
    fn by_hand() {
        // Half have 60 and half 80. Epsilon 2: the harmonic mean, 2 / (1/60 + 1/80) = 68.571.
        let two = groups([5.0, 5.0], [60.0, 80.0]);
        let near = |found: Option<f64>, by_hand: f64| assert!((found.unwrap() - by_hand).abs() < 1e-9, "{found:?}");
        near(Atkinson(0.0).equivalent(&two), 70.0);
        near(Atkinson(1.0).equivalent(&two), 4_800.0_f64.sqrt());
        near(Atkinson(2.0).equivalent(&two), 480.0 / 7.0);
        // A quarter have 0, the rest ln 4 / 1: exp of minus these is 1 and 1/4, mean 7/16.
        let others = groups([1.0, 3.0], [0.0, 4.0_f64.ln()]);
        near(Kolm(1.0).equivalent(&others), -(7.0_f64 / 16.0).ln());
        assert_eq!(Atkinson(2.0).equivalent(&others), None);
        // Weights of epsilon 2 fall with the square: 1/3600 and 1/6400 are as 16 to 9, on average 12.5.
        let weights = Atkinson(2.0).weights(&two).unwrap();
        near(Some(weights[0]), 16.0 / 12.5);
        near(Some(weights[1]), 9.0 / 12.5);
    }

    #[test]
    fn the_poorest_fifth_of_england_counts_seven_times_the_richest() {
        // Quality-adjusted life expectancy of 62 and 74 or so: Robson and others (2017) tell six to seven times.
        let england = groups([1.0; 5], [62.2, 65.5, 69.6, 71.1, 73.3]);
        let weights = Atkinson(10.95).weights(&england).unwrap();
        let times = weights[0] / weights[4];
        assert!((5.5..7.5).contains(&times), "{times}");
    }

    #[test]
    fn where_nobody_lives_there_is_no_equivalent_and_the_empty_do_not_count() {
        assert_eq!(Atkinson(2.0).equivalent(&[]), None);
        assert_eq!(Kolm(0.1).equivalent(&groups([0.0, 0.0], [1.0, 2.0])), None);
        let with = groups([2.0, 0.0, 2.0], [60.0, f64::NAN, 80.0]);
        assert_eq!(Atkinson(2.0).equivalent(&with), Atkinson(2.0).equivalent(&groups([2.0, 2.0], [60.0, 80.0])));
    }

    proptest! {
        #[test]
        fn an_equivalent_lies_between_the_least_and_the_mean_and_falls_as_aversion_grows(
            rates in prop::collection::vec(20.0..90.0_f64, 5),
            people in prop::collection::vec(1.0..50.0_f64, 5),
            kind in prop_oneof![Just(true), Just(false)],
        ) {
            let of = |aversion: f64| -> Aversion { if kind { Atkinson(aversion) } else { Kolm(aversion / 100.0) } };
            let groups: Vec<Group> =
                people.iter().zip(&rates).map(|(people, rate)| Group { people: *people, rate: *rate }).collect();
            let least = rates.iter().copied().fold(f64::INFINITY, f64::min);
            let found: Vec<f64> =
                [0.0, 0.5, 1.0, 5.0, 20.0].iter().map(|aversion| of(*aversion).equivalent(&groups).unwrap()).collect();
            assert!(found.windows(2).all(|pair| pair[1] <= pair[0] + 1e-9), "{found:?}");
            assert!(found.iter().all(|one| *one >= least - 1e-9), "{found:?}");
        }

        #[test]
        fn a_weight_is_what_a_small_gain_adds_to_the_equivalent(
            rates in prop::collection::vec(40.0..80.0_f64, 3),
            people in prop::collection::vec(1.0..50.0_f64, 3),
            which in 0..3_usize,
            kolm: bool,
        ) {
            let aversion = if kolm { Kolm(0.15) } else { Atkinson(10.95) };
            let groups: Vec<Group> =
                people.iter().zip(&rates).map(|(people, rate)| Group { people: *people, rate: *rate }).collect();
            let mut more = groups.clone();
            more[which].rate += 1e-4;
            let rises = |which: usize, by: f64| -> f64 {
                let mut more = groups.clone();
                more[which].rate += by;
                aversion.equivalent(&more).unwrap() - aversion.equivalent(&groups).unwrap()
            };
            let all: f64 = people.iter().sum();
            let mut everybody = groups.clone();
            everybody.iter_mut().for_each(|group| group.rate += 1e-4);
            let of_all = (0..3).map(|index| rises(index, 1e-4)).sum::<f64>();
            let share = rises(which, 1e-4) / of_all;
            let weight = aversion.weights(&groups).unwrap()[which] * people[which] / all;
            assert!((share - weight).abs() < 1e-3, "{share} and {weight}");
        }
    }
}

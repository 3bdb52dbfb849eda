//! How a measure follows from yearly numbers: a year, a sum, a net of several, a payback, a number of a path, a slope over groups.
//!
//! [`Reduction::per_draw`] says what it is, one draw at a time; [`Reduction::over_draws`] is the same for all draws at once,
//! bit for bit.

use crate::equity::aversion::Aversion;
use crate::equity::gradient::{Gradient, Group};

use super::super::payback::{payback_year, payback_years, spends};
use super::super::sample::sums;

/// How a number of a draw follows from yearly numbers. Series are named by their indices among those that a measure needs,
/// years are counted from 0.
#[derive(Debug, Clone, PartialEq)]
pub enum Reduction {
    /// The number of a plan year.
    Year(usize, usize),
    /// All years together.
    Total(usize),
    /// All years together, each times its factor.
    Weighted(usize, Vec<f64>),
    /// Several numbers added up, each times its factor.
    Sum(Vec<(f64, Reduction)>),
    /// A change in per cent of the level without it. Of several places it is worked out from the sums of both.
    Percent {
        /// The series in per cent, which stands for one place alone.
        percent: usize,
        /// The change.
        change: usize,
        /// The level that holds the change.
        level: usize,
        /// The plan year.
        year: usize,
    },
    /// The year, counted from 1, from which a net position is paid back for good, if any of the ledgers was spent from;
    /// infinite if it is not within the horizon.
    PaybackYear {
        /// The yearly net position.
        net: usize,
        /// What is spent, ledger by ledger.
        spending: Vec<usize>,
    },
    /// 1 if it is paid back by the end of this plan year, counted from 1, else 0.
    PaidBackBy {
        /// The yearly net position.
        net: usize,
        /// What is spent, ledger by ledger.
        spending: Vec<usize>,
        /// The plan year.
        year: usize,
    },
    /// A number of the years of one series, as the file of its measure works it out.
    OfPath(usize, PathNumber),
    /// What so many residents of a group have. A group without residents has no such number.
    PerHead {
        /// What all of them have.
        of: Box<Reduction>,
        /// Which group, the most deprived first.
        group: usize,
        /// So many residents.
        heads: f64,
    },
    /// The slope index of what each group has by the head, the most deprived first.
    Slope(Vec<Reduction>),
    /// The same in relation to the mean.
    RelativeIndex(Vec<Reduction>),
    /// What a change in health is worth where unequal health is disliked: so much more, shared equally by all, would be as good.
    /// Of a group without residents nothing counts.
    EqualShare {
        /// What all of a group have before, the most deprived first.
        before: Vec<Reduction>,
        /// What all of a group gain.
        gained: Vec<Reduction>,
        /// How unequal health is disliked.
        aversion: Aversion,
    },
    /// The change of each group times what a gain of it counts, added up; the weights average 1 over residents.
    WeightedByNeed {
        /// What all of a group have before, the most deprived first.
        before: Vec<Reduction>,
        /// What all of a group gain.
        gained: Vec<Reduction>,
        /// The weights follow from this.
        aversion: Aversion,
    },
    /// 1 if each number is above zero or is not, as is said beside it; else 0.
    Signs(Vec<(Reduction, bool)>),
}

/// A number of the years of one series in a draw, worked out by a function of its own.
#[derive(Debug, Clone, Copy)]
pub struct PathNumber {
    /// Which: numbers of one name are the same.
    name: &'static str,
    of: fn(&[f64]) -> f64,
}

impl PathNumber {
    /// The number of this name that a function makes of the years, the first of plan year 1.
    pub const fn new(name: &'static str, of: fn(&[f64]) -> f64) -> Self {
        Self { name, of }
    }
}

impl PartialEq for PathNumber {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Yearly numbers of some series over many draws.
#[derive(Debug, Clone)]
pub struct Numbers<'n> {
    /// For each series that a measure needs, `[year][draw]`.
    pub series: Vec<&'n [f64]>,
    /// How many draws.
    pub draws: usize,
    /// Residents of each group, the most deprived first.
    pub residents: &'n [f64],
    /// Whether they are of several places, added up.
    pub together: bool,
}

impl Numbers<'_> {
    /// The years of a series in a draw.
    fn path(&self, series: usize, draw: usize) -> impl Iterator<Item = f64> {
        self.series[series].iter().skip(draw).step_by(self.draws.max(1)).copied()
    }

    fn year(&self, series: usize, year: usize) -> &[f64] {
        &self.series[series][year * self.draws..(year + 1) * self.draws]
    }
}

impl Reduction {
    /// The number of one draw; `NaN` where it has no meaning.
    pub fn per_draw(&self, numbers: &Numbers<'_>, draw: usize) -> f64 {
        let path = |series: usize| numbers.path(series, draw);
        let year = |series: usize, year: usize| numbers.year(series, year)[draw];
        match self {
            Self::Year(series, at) => year(*series, *at),
            Self::Total(series) => path(*series).sum(),
            Self::Weighted(series, factors) => path(*series).zip(factors).map(|(number, factor)| number * factor).sum(),
            Self::Sum(parts) => parts.iter().fold(0.0, |sum, (factor, one)| sum + factor * one.per_draw(numbers, draw)),
            Self::Percent { percent, change, level, year: at } => match numbers.together {
                false => year(*percent, *at),
                true => percent_of(year(*change, *at), year(*level, *at)),
            },
            Self::PaybackYear { net, spending } => {
                let spent = spending.iter().any(|ledger| path(*ledger).any(|amount| amount > 0.0));
                let paid = payback_year(&path(*net).collect::<Vec<_>>(), spent);
                paid.map_or(f64::INFINITY, |year| year as f64)
            }
            Self::PaidBackBy { net, spending, year } => {
                let paid = Self::PaybackYear { net: *net, spending: spending.clone() };
                f64::from(paid.per_draw(numbers, draw) <= *year as f64)
            }
            Self::OfPath(series, number) => (number.of)(&path(*series).collect::<Vec<_>>()),
            Self::PerHead { of, group, heads } => {
                per_head(of.per_draw(numbers, draw), *heads, numbers.residents.get(*group))
            }
            Self::Slope(groups) => {
                let of = groups.iter().map(|group| group.per_draw(numbers, draw));
                gradient(of, numbers.residents).map_or(f64::NAN, |line| line.slope_index())
            }
            Self::RelativeIndex(groups) => {
                let of = groups.iter().map(|group| group.per_draw(numbers, draw));
                gradient(of, numbers.residents).and_then(|line| line.relative_index()).unwrap_or(f64::NAN)
            }
            Self::EqualShare { before, gained, aversion } => {
                let of = |parts: &[Self]| parts.iter().map(|one| one.per_draw(numbers, draw)).collect::<Vec<_>>();
                equal_share(&of(before), &of(gained), numbers.residents, *aversion)
            }
            Self::WeightedByNeed { before, gained, aversion } => {
                let of = |parts: &[Self]| parts.iter().map(|one| one.per_draw(numbers, draw)).collect::<Vec<_>>();
                weighted_by_need(&of(before), &of(gained), numbers.residents, *aversion)
            }
            Self::Signs(parts) => signs(parts.iter().map(|(one, above)| (one.per_draw(numbers, draw), *above))),
        }
    }

    /// The numbers of all draws: for each what [`Reduction::per_draw`] says.
    pub fn over_draws(&self, numbers: &Numbers<'_>) -> Vec<f64> {
        let draws = numbers.draws;
        let net_of = |series: &usize| numbers.series[*series];
        let every = |parts: &mut dyn Iterator<Item = &Self>| -> Vec<Vec<f64>> {
            parts.map(|one| one.over_draws(numbers)).collect()
        };
        let each = |of: &dyn Fn(usize) -> f64| -> Vec<f64> { (0..draws).map(of).collect() };
        match self {
            Self::Year(series, at) => numbers.year(*series, *at).to_vec(),
            Self::Total(series) => sums(net_of(series), draws, None),
            Self::Weighted(series, factors) => sums(net_of(series), draws, Some(factors)),
            Self::Sum(parts) => {
                let mut sum = vec![0.0; draws];
                for (factor, one) in parts {
                    sum.iter_mut().zip(one.over_draws(numbers)).for_each(|(sum, number)| *sum += factor * number);
                }
                sum
            }
            Self::Percent { .. } => each(&|draw| self.per_draw(numbers, draw)),
            Self::PaybackYear { net, spending } => {
                let spent = spends(spending.iter().map(net_of), draws);
                let paid = payback_years(net_of(net), &spent);
                paid.into_iter().map(|paid| paid.map_or(f64::INFINITY, |year| year as f64)).collect()
            }
            Self::PaidBackBy { net, spending, year } => {
                let paid = Self::PaybackYear { net: *net, spending: spending.clone() };
                paid.over_draws(numbers).into_iter().map(|paid| f64::from(paid <= *year as f64)).collect()
            }
            Self::OfPath(series, number) => {
                let mut years = Vec::new();
                let of_draw = |draw| {
                    years.clear();
                    years.extend(numbers.path(*series, draw));
                    (number.of)(&years)
                };
                (0..draws).map(of_draw).collect()
            }
            Self::PerHead { of, group, heads } => {
                let residents = numbers.residents.get(*group);
                of.over_draws(numbers).into_iter().map(|number| per_head(number, *heads, residents)).collect()
            }
            Self::Slope(groups) => {
                let groups = every(&mut groups.iter());
                each(&|draw| {
                    let line = gradient(groups.iter().map(|group| group[draw]), numbers.residents);
                    line.map_or(f64::NAN, |line| line.slope_index())
                })
            }
            Self::RelativeIndex(groups) => {
                let groups = every(&mut groups.iter());
                each(&|draw| {
                    let line = gradient(groups.iter().map(|group| group[draw]), numbers.residents);
                    line.and_then(|line| line.relative_index()).unwrap_or(f64::NAN)
                })
            }
            Self::EqualShare { .. } | Self::WeightedByNeed { .. } => each(&|draw| self.per_draw(numbers, draw)),
            Self::Signs(parts) => {
                let of = every(&mut parts.iter().map(|(one, _)| one));
                each(&|draw| signs(of.iter().zip(parts).map(|(one, (_, above))| (one[draw], *above))))
            }
        }
    }
}

/// A change in per cent of a level without it.
fn percent_of(change: f64, level: f64) -> f64 {
    let without = level - change;
    if without == 0.0 { 0.0 } else { 100.0 * change / without }
}

fn per_head(number: f64, heads: f64, residents: Option<&f64>) -> f64 {
    residents.filter(|people| **people > 0.0).map_or(f64::NAN, |people| heads * number / people)
}

fn gradient(groups: impl Iterator<Item = f64>, residents: &[f64]) -> Option<Gradient> {
    let groups = groups.zip(residents);
    let rate = |number: f64, people: f64| if people > 0.0 { number / people } else { 0.0 };
    let groups: Vec<Group> =
        groups.map(|(number, people)| Group { people: *people, rate: rate(number, *people) }).collect();
    Gradient::of(&groups)
}

fn by_head<'g>(before: &'g [f64], residents: &'g [f64]) -> impl Iterator<Item = Group> + 'g {
    let rate = |all: f64, people: f64| if people > 0.0 { all / people } else { 0.0 };
    before.iter().zip(residents).map(move |(all, people)| Group { people: *people, rate: rate(*all, *people) })
}

fn equal_share(before: &[f64], gained: &[f64], residents: &[f64], aversion: Aversion) -> f64 {
    let before: Vec<Group> = by_head(before, residents).collect();
    let rise = |group: &Group, gained: f64| if group.people > 0.0 { gained / group.people } else { 0.0 };
    let after: Vec<Group> = before
        .iter()
        .zip(gained)
        .map(|(group, gained)| Group { rate: group.rate + rise(group, *gained), ..*group })
        .collect();
    let all: f64 = residents.iter().sum();
    match (aversion.equivalent(&before), aversion.equivalent(&after)) {
        (Some(before), Some(after)) => (after - before) * all,
        _ => f64::NAN,
    }
}

fn weighted_by_need(before: &[f64], gained: &[f64], residents: &[f64], aversion: Aversion) -> f64 {
    let before: Vec<Group> = by_head(before, residents).collect();
    aversion
        .weights(&before)
        .map_or(f64::NAN, |weights| weights.iter().zip(gained).map(|(weight, gained)| weight * gained).sum())
}

/// `NaN` where one of the numbers is none.
fn signs(parts: impl Iterator<Item = (f64, bool)>) -> f64 {
    let holds = |holds: f64, (number, above): (f64, bool)| match number.is_nan() {
        true => f64::NAN,
        false => holds * f64::from((number > 0.0) == above),
    };
    parts.fold(1.0, holds)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, proptest};

    use super::{Numbers, PathNumber, Reduction};

    const LAST_LESS_FIRST: PathNumber = PathNumber::new("last less first", |years| years[years.len() - 1] - years[0]);

    /// Every way there is, of three series over four years.
    fn every() -> Vec<Reduction> {
        use crate::equity::aversion::Aversion;
        use Reduction::{
            EqualShare, OfPath, PaidBackBy, PaybackYear, PerHead, Percent, RelativeIndex, Signs, Slope, Sum,
        };
        use Reduction::{Total, Weighted, WeightedByNeed, Year};
        let groups = || vec![Total(0), Year(1, 3), Sum(vec![(1.0, Total(2)), (-0.5, Total(1))])];
        vec![
            Year(1, 2),
            Total(0),
            Weighted(2, vec![1.0, 0.9, 0.8]),
            Sum(vec![(2.0, Sum(vec![(1.0, Weighted(0, vec![1.0; 4])), (0.5, Total(1))])), (-1.0, Total(2))]),
            Percent { percent: 0, change: 1, level: 2, year: 3 },
            PaybackYear { net: 0, spending: vec![1, 2] },
            PaidBackBy { net: 0, spending: vec![1], year: 2 },
            OfPath(1, LAST_LESS_FIRST),
            PerHead { of: Box::new(Total(2)), group: 1, heads: 1000.0 },
            Slope(groups()),
            RelativeIndex(groups()),
            Signs(vec![(Total(0), true), (Slope(groups()), false)]),
            EqualShare { before: groups(), gained: groups(), aversion: Aversion::Kolm(0.1) },
            WeightedByNeed { before: groups(), gained: groups(), aversion: Aversion::Kolm(0.1) },
        ]
    }

    proptest! {
        #[test]
        fn all_draws_at_once_are_each_draw_alone(
            numbers in prop::collection::vec(-10.0..10.0_f64, 3 * 4 * 5),
            residents in prop::collection::vec(0.0..100.0_f64, 3),
            together: bool,
        ) {
            let series = numbers.chunks_exact(4 * 5).collect();
            let numbers = Numbers { series, draws: 5, residents: &residents, together };
            for reduction in every() {
                let alone: Vec<u64> = (0..5).map(|draw| reduction.per_draw(&numbers, draw).to_bits()).collect();
                let at_once: Vec<u64> = reduction.over_draws(&numbers).iter().map(|one| one.to_bits()).collect();
                assert_eq!(at_once, alone, "{reduction:?}");
            }
        }
    }

    /// One draw: a net position of -10, 4, 6, 1, what is spent, and what a group has.
    #[test]
    fn each_way_by_hand() {
        let series: Vec<&[f64]> =
            vec![&[-10.0, 4.0, 6.0, 1.0], &[10.0, 0.0, 0.0, 0.0], &[2.0, 2.0, 4.0, 8.0], &[0.0; 4]];
        let of = |together, residents: &[f64], reduction: &Reduction| {
            Numbers { series: series.clone(), draws: 1, residents, together }.to_number(reduction)
        };
        let plain = |reduction: &Reduction| of(false, &[], reduction);
        assert_eq!(plain(&Reduction::Year(0, 2)), 6.0);
        assert_eq!(plain(&Reduction::Total(0)), 1.0);
        // 2 + 2/2 + 4/4; a year without a factor does not count.
        assert_eq!(plain(&Reduction::Weighted(2, vec![1.0, 0.5, 0.25])), 4.0);
        assert_eq!(plain(&Reduction::Sum(vec![(2.0, Reduction::Total(2)), (-1.0, Reduction::Total(0))])), 31.0);
        // So far -10, -6, 0, 1: at zero from year 3.
        let spending = || vec![1];
        assert_eq!(plain(&Reduction::PaybackYear { net: 0, spending: spending() }), 3.0);
        assert_eq!(plain(&Reduction::PaybackYear { net: 0, spending: Vec::new() }), f64::INFINITY);
        assert_eq!(plain(&Reduction::PaybackYear { net: 0, spending: vec![3] }), f64::INFINITY);
        // Nothing is not above zero.
        assert_eq!(plain(&Reduction::Signs(vec![(Reduction::Total(3), false)])), 1.0);
        assert_eq!(plain(&Reduction::Signs(vec![(Reduction::Total(3), true)])), 0.0);
        for (year, paid) in [(2, 0.0), (3, 1.0), (4, 1.0)] {
            assert_eq!(plain(&Reduction::PaidBackBy { net: 0, spending: spending(), year }), paid);
        }
        assert_eq!(plain(&Reduction::OfPath(0, LAST_LESS_FIRST)), 11.0);
        // One place has its own per cent; of several, a change of 6 to 4, which would be -2 without it.
        let percent = Reduction::Percent { percent: 1, change: 0, level: 2, year: 2 };
        assert_eq!((of(false, &[], &percent), of(true, &[], &percent)), (0.0, 100.0 * 6.0 / -2.0));
        let head = |group| Reduction::PerHead { of: Box::new(Reduction::Total(2)), group, heads: 1000.0 };
        assert_eq!(of(false, &[32.0, 0.0], &head(0)), 500.0);
        assert!(of(false, &[32.0, 0.0], &head(1)).is_nan());
        // 16 for 4 people and 1 for 4: ridits 0.25 and 0.75, rates 4 and 0.25, a line that falls by 7.5 about a mean of 2.125.
        let groups = || vec![Reduction::Total(2), Reduction::Total(0)];
        assert_eq!(of(false, &[4.0, 4.0], &Reduction::Slope(groups())), 7.5);
        assert_eq!(of(false, &[4.0, 4.0], &Reduction::RelativeIndex(groups())), 7.5 / 2.125);
        let signs =
            |narrower| Reduction::Signs(vec![(Reduction::Total(0), true), (Reduction::Slope(groups()), narrower)]);
        assert_eq!((of(false, &[4.0, 4.0], &signs(true)), of(false, &[4.0, 4.0], &signs(false))), (1.0, 0.0));
        assert!(of(false, &[8.0, 0.0], &signs(true)).is_nan());
    }

    impl Numbers<'_> {
        fn to_number(&self, reduction: &Reduction) -> f64 {
            reduction.per_draw(self, 0)
        }
    }
}

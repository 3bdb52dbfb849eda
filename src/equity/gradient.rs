//! Indices of inequality over groups ranked from the most deprived to the least.
//!
//! Each group has its position on a scale from 0 (the most deprived person) to 1 (the least): the middle of its share of all
//! people, its ridit (Bross 1958). The indices come from the straight line through the groups' rates over their ridits, each
//! group weighing as many as its people (Pamuk 1985; Wagstaff, Paci and van Doorslaer 1991).

/// People and what they have each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// People, or any weight in proportion to them; not below 0.
    pub people: f64,
    /// What one of them has on average, in any unit.
    pub rate: f64,
}

/// The line through the rates, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gradient {
    mean: f64,
    /// Change of the rate from the most deprived end of the scale to the least.
    rise: f64,
    /// Spread of the ridits.
    spread: f64,
}

impl Gradient {
    /// The line through the groups, the most deprived first. `None` where there is none: with fewer than two groups that have
    /// people, or where a number is not finite. Groups without people do not count, whatever their rate.
    pub fn of(groups: &[Group]) -> Option<Self> {
        let groups: Vec<Group> = groups.iter().copied().filter(|group| group.people > 0.0).collect();
        let all: f64 = groups.iter().map(|group| group.people).sum();
        if groups.len() < 2 {
            return None;
        }
        let mut below = 0.0;
        let ridits: Vec<f64> = groups
            .iter()
            .map(|group| {
                let middle = (below + group.people / 2.0) / all;
                below += group.people;
                middle
            })
            .collect();
        let weighted = |value: &dyn Fn(usize) -> f64| -> f64 {
            (0..groups.len()).map(|index| groups[index].people / all * value(index)).sum()
        };
        // The mean ridit is one half, whatever the groups.
        let mean = weighted(&|index| groups[index].rate);
        let spread = weighted(&|index| (ridits[index] - 0.5).powi(2));
        let together = weighted(&|index| (ridits[index] - 0.5) * (groups[index].rate - mean));
        let rise = together / spread;
        (mean.is_finite() && rise.is_finite()).then_some(Self { mean, rise, spread })
    }

    /// The mean rate, in the unit of the rates.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The slope index: what the line gives the most deprived person less what it gives the least deprived, in the unit of the
    /// rates. Above 0 the deprived have more.
    pub fn slope_index(&self) -> f64 {
        -self.rise
    }

    /// The relative index: the slope index over the mean (Pamuk 1985). `None` where the mean is 0.
    pub fn relative_index(&self) -> Option<f64> {
        (self.mean != 0.0).then_some(-self.rise / self.mean)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Gradient, Group};

    fn groups(people: [f64; 5], rates: [f64; 5]) -> Vec<Group> {
        people.into_iter().zip(rates).map(|(people, rate)| Group { people, rate }).collect()
    }

    #[test]
    fn x3_five_equal_groups_on_a_line() {
        // Ridits 0.1, 0.3, 0.5, 0.7, 0.9; rates fall by 2 from one to the next, 0.2 apart: the line falls by 10 from 0 to 1,
        // from 19 at the most deprived end to 9 at the least.
        let found = Gradient::of(&groups([100.0; 5], [18.0, 16.0, 14.0, 12.0, 10.0])).unwrap();
        assert!((found.mean() - 14.0).abs() < 1e-12);
        assert!((found.slope_index() - 10.0).abs() < 1e-12);
        assert!((found.relative_index().unwrap() - 10.0 / 14.0).abs() < 1e-12);
    }

    #[test]
    fn x3_three_unequal_groups_off_the_line() {
        // 500, 300 and 200 people at 8, 4 and 5. Ridits 0.25, 0.65, 0.9; mean 0.5 x 8 + 0.3 x 4 + 0.2 x 5 = 6.2.
        // Around one half: -0.25, 0.15, 0.4. Spread 0.5 x 0.0625 + 0.3 x 0.0225 + 0.2 x 0.16 = 0.07.
        // Together: 0.5 x -0.25 x 1.8 + 0.3 x 0.15 x -2.2 + 0.2 x 0.4 x -1.2 = -0.225 - 0.099 - 0.096 = -0.42.
        // The line falls by 0.42 / 0.07 = 6: from 9.2 to 3.2.
        let found = Gradient::of(&[
            Group { people: 500.0, rate: 8.0 },
            Group { people: 300.0, rate: 4.0 },
            Group { people: 200.0, rate: 5.0 },
        ])
        .unwrap();
        assert!((found.slope_index() - 6.0).abs() < 1e-12);
        assert!((found.relative_index().unwrap() - 6.0 / 6.2).abs() < 1e-12);
    }

    #[test]
    fn e16_an_empty_group_changes_nothing_and_one_group_has_no_slope() {
        let with = groups([200.0, 0.0, 100.0, 0.0, 50.0], [3.0, f64::NAN, 2.0, 9.0, 1.0]);
        let without: Vec<Group> = with.iter().copied().filter(|group| group.people > 0.0).collect();
        assert_eq!(Gradient::of(&with), Gradient::of(&without));
        assert!(Gradient::of(&with).unwrap().slope_index() > 0.0);
        assert_eq!(Gradient::of(&groups([0.0, 7.0, 0.0, 0.0, 0.0], [3.0; 5])), None);
        assert_eq!(Gradient::of(&[]), None);
    }

    #[test]
    fn e17_with_equal_rates_the_slope_is_nothing_and_turned_round_it_changes_sign() {
        let equal = Gradient::of(&groups([5.0, 1.0, 2.0, 8.0, 4.0], [0.7; 5])).unwrap();
        assert!(equal.slope_index().abs() < 1e-15);
        let some = groups([5.0, 1.0, 2.0, 8.0, 4.0], [5.0, 3.0, 4.0, 1.0, 2.0]);
        let turned: Vec<Group> = some.iter().rev().copied().collect();
        let (some, turned) = (Gradient::of(&some).unwrap(), Gradient::of(&turned).unwrap());
        assert!((some.slope_index() + turned.slope_index()).abs() < 1e-12 && some.slope_index() > 0.0);
    }

    #[test]
    fn what_nobody_has_has_no_relative_index() {
        let nothing = Gradient::of(&groups([1.0; 5], [0.0; 5])).unwrap();
        assert_eq!((nothing.slope_index().abs(), nothing.relative_index()), (0.0, None));
    }

    #[test]
    fn a_slope_that_is_no_number_is_no_line() {
        // Its mean is 0.
        let steep = [1.7e308, -1.7e308].map(|rate| Group { people: 1.0, rate });
        assert_eq!(Gradient::of(&steep), None);
    }
}

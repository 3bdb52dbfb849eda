//! When the savings of a strategy overtake its cost.

/// The running sum of yearly amounts.
pub fn cumulative(yearly: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    yearly
        .iter()
        .map(|amount| {
            sum += amount;
            sum
        })
        .collect()
}

/// The plan year (from 1) from which the cumulative net position stays at or above 0 up to the horizon;
/// `None` is "not within the horizon". `net` holds yearly amounts, the first of plan year 1. Where nothing was spent there is
/// nothing to be paid back, and so no payback.
pub fn payback_year(net: &[f64], spent: bool) -> Option<usize> {
    if !spent {
        return None;
    }
    let position = cumulative(net);
    let below = position.iter().rposition(|value| *value < 0.0);
    match below {
        None => (!position.is_empty()).then_some(1),
        Some(last) if last + 1 == position.len() => None,
        Some(last) => Some(last + 2),
    }
}

/// Whether each draw spends anything: in some year some ledger of spending, `[year][draw]`, is above 0.
pub fn spends<'n>(ledgers: impl IntoIterator<Item = &'n [f64]>, draws: usize) -> Vec<bool> {
    let mut spent = vec![false; draws];
    for ledger in ledgers {
        for year in ledger.chunks_exact(draws.max(1)) {
            spent.iter_mut().zip(year).for_each(|(spent, amount)| *spent |= *amount > 0.0);
        }
    }
    spent
}

/// The payback year of each draw, of yearly net amounts `[year][draw]`; none where a draw has spent nothing.
pub fn payback_years(net: &[f64], spent: &[bool]) -> Vec<Option<usize>> {
    let draws = spent.len();
    let years = net.len().checked_div(draws).unwrap_or(0);
    let mut position = vec![0.0; draws];
    let mut below = vec![0; draws];
    for (year, here) in net.chunks_exact(draws.max(1)).enumerate() {
        for ((position, below), amount) in position.iter_mut().zip(&mut below).zip(here) {
            *position += amount;
            if *position < 0.0 {
                *below = year + 1;
            }
        }
    }
    below.into_iter().zip(spent).map(|(below, spent)| (*spent && below < years).then_some(below + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::{payback_year, payback_years, spends};

    #[test]
    fn many_draws_at_once_are_each_draw_alone() {
        let paths: [[f64; 4]; 6] = [
            [-10.0, 4.0, 6.0, 1.0],
            [-10.0, 12.0, -5.0, 4.0],
            [-1.0, -2.0, -3.0, 0.5],
            [2.0, 1.0, 0.0, 0.0],
            [0.0, -0.0, 0.0, -1e-9],
            [3.0, -5.0, 1.0, 2.0],
        ];
        let columns: Vec<f64> = (0..4).flat_map(|year| paths.iter().map(move |path| path[year])).collect();
        let alone: Vec<_> = paths.iter().map(|path| payback_year(path, true)).collect();
        assert_eq!(payback_years(&columns, &[true; 6]), alone);
        assert_eq!(payback_years(&[], &[true; 2]), [payback_year(&[], true); 2]);
    }

    #[test]
    fn payback_is_the_year_from_which_the_sum_stays_up() {
        assert_eq!(payback_year(&[-10.0, 4.0, 6.0, 1.0], true), Some(3));
        assert_eq!(payback_year(&[-10.0, 12.0, -5.0, 4.0], true), Some(4));
    }

    #[test]
    fn a_plan_that_never_recovers_pays_back_not_within_the_horizon() {
        assert_eq!(payback_year(&[-10.0, 4.0, 5.0], true), None);
    }

    #[test]
    fn a_plan_that_never_falls_below_pays_back_in_its_first_year() {
        assert_eq!(payback_year(&[1.0, 1.0], true), Some(1));
        assert_eq!(payback_year(&[], true), None);
    }

    #[test]
    fn x4_with_several_changes_of_sign_the_last_one_counts() {
        // So far: -10, 2, -3, 1, -1, 0, 5: above in years 2 and 4 and at nothing from year 6, for good.
        assert_eq!(payback_year(&[-10.0, 12.0, -5.0, 4.0, -2.0, 1.0, 5.0], true), Some(6));
        // The same, falling below at the very end: not within the horizon.
        assert_eq!(payback_year(&[-10.0, 12.0, -5.0, 4.0, -2.0, 1.0, -0.5], true), None);
        // First above, then below: what was gained early does not count until it is back.
        assert_eq!(payback_year(&[3.0, -5.0, 1.0, 2.0], true), Some(4));
    }

    #[test]
    fn x4_without_a_change_of_sign_it_is_the_first_year_or_none() {
        assert_eq!(payback_year(&[-1.0, -2.0, -3.0], true), None);
        assert_eq!(payback_year(&[2.0, 1.0, 0.0], true), Some(1));
        assert_eq!(payback_year(&[0.0, 0.0], true), Some(1));
    }

    #[test]
    fn where_nothing_is_spent_nothing_is_paid_back() {
        // Three draws over two years: the first spends in its second year, the second never, the third gets back more than
        // it lays out, which is no spending.
        let ledgers: [&[f64]; 2] = [&[0.0, 0.0, 0.0, 5.0, 0.0, 0.0], &[0.0, 0.0, -3.0, 0.0, 0.0, -3.0]];
        let spent = spends(ledgers, 3);
        assert_eq!(spent, [true, false, false]);
        assert_eq!(payback_years(&[0.0, 0.0, 3.0, 0.0, 0.0, 3.0], &spent), [Some(1), None, None]);
        assert_eq!(payback_year(&[0.0, 0.0], false), None);
        assert_eq!(spends([], 2), [false, false]);
    }
}

//! Money and health of later years against those of the first.

/// Years of the Green Book, counted from 0, up to which the first and the second of its rates hold.
const FALLS_AFTER: [usize; 2] = [30, 75];

/// Present values of one unit in each plan year: 1 in year 1, then each year less by the rate of that year.
///
/// `rate` is per year (0.035 for money, 0.015 for health in the Green Book, HM Treasury 2022). Plan year 1 is the Green
/// Book's year 0. After its year 30 the rate falls to six sevenths and after its year 75 to five sevenths of the first, as
/// there: from 3.5 to 3.0 and 2.5 %, from 1.5 to 1.29 and 1.07 %.
pub fn discount_factors(rate: f64, years: usize) -> Vec<f64> {
    let mut factors = Vec::with_capacity(years);
    let mut factor = 1.0;
    for year in 0..years {
        if year > 0 {
            let rate = match year {
                _ if year <= FALLS_AFTER[0] => rate,
                _ if year <= FALLS_AFTER[1] => rate * 6.0 / 7.0,
                _ => rate * 5.0 / 7.0,
            };
            factor /= 1.0 + rate;
        }
        factors.push(factor);
    }
    factors
}

/// What one unit to come is worth now, where what is to come has been discounted to the end of the last of `years` plan years.
///
/// A year's factor holds for all of it, as if it fell in the middle; so the end of the last year lies half a year after its
/// factor. The rate is that of the last year throughout: what comes after the Green Book's year 30 counts a little less than
/// there.
pub fn factor_to_come(rate: f64, years: usize) -> f64 {
    let factors = discount_factors(rate, years + 1);
    match factors[..] {
        [.., last, next] => (last * next).sqrt(),
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{discount_factors, factor_to_come};

    #[test]
    fn what_is_to_come_continues_the_years_before_it() {
        // A QALY a year for ever from year 11 on, at 1.5 %: by the year, and as 1/ln 1.015 at the end of year 10.
        let by_year = 1.015f64.powi(-10) / (1.0 - 1.0 / 1.015);
        let to_come = factor_to_come(0.015, 10) / 1.015f64.ln();
        assert!((to_come / by_year - 1.0).abs() < 1e-4, "{to_come} {by_year}");
        assert_eq!(factor_to_come(0.0, 10), 1.0);
    }

    #[test]
    fn the_first_year_counts_in_full_and_later_ones_by_the_green_book() {
        let factors = discount_factors(0.035, 10);
        assert_eq!(factors[0], 1.0);
        assert!((factors[9] - 1.0 / 1.035f64.powi(9)).abs() < 1e-15);
    }

    #[test]
    fn x2_factors_are_those_of_the_green_book() {
        let factors = discount_factors(0.035, 126);
        // Years 1, 10, 30, 31, 75, 76 and 125 of its table of long-term factors; its year 0 is plan year 1.
        let exact =
            |years: [i32; 3]| 1.0 / (1.035f64.powi(years[0]) * 1.03f64.powi(years[1]) * 1.025f64.powi(years[2]));
        for (year, years, rounded) in [
            (1, [1, 0, 0], 0.9662),
            (10, [10, 0, 0], 0.7089),
            (30, [30, 0, 0], 0.3563),
            (31, [30, 1, 0], 0.3459),
            (75, [30, 45, 0], 0.0942),
            (76, [30, 45, 1], 0.0919),
            (125, [30, 45, 50], 0.0274),
        ] {
            assert!((factors[year] - exact(years)).abs() < 1e-15, "year {year}: {}", factors[year]);
            assert!((factors[year] - rounded).abs() < 5.1e-5, "year {year}: {} instead of {rounded}", factors[year]);
        }
        let health = discount_factors(0.015, 77);
        assert!((health[30] - 1.0 / 1.015f64.powi(30)).abs() < 1e-15);
        // 1.29 % from year 31 and 1.07 % from year 76, to two places of a per cent.
        assert!((health[30] / health[31] - 1.0129).abs() < 5e-5 && (health[75] / health[76] - 1.0107).abs() < 5e-5);
    }

    #[test]
    fn e14_at_rate_zero_every_year_counts_alike() {
        assert_eq!(discount_factors(0.0, 77), vec![1.0; 77]);
    }
}

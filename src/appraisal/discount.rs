//! Money and health of later years against those of the first.

/// Present values of one unit in each plan year: 1 in year 1, then `1 / (1 + rate)^(year - 1)`.
///
/// `rate` is per year (0.035 for money, 0.015 for health in the Green Book, HM Treasury 2022). The Green Book's lower
/// rates from year 31 lie beyond any horizon that a study may have.
pub fn discount_factors(rate: f64, years: usize) -> Vec<f64> {
    let mut factors = Vec::with_capacity(years);
    let mut factor = 1.0;
    for _ in 0..years {
        factors.push(factor);
        factor /= 1.0 + rate;
    }
    factors
}

/// Net present value of yearly amounts (first is plan year 1), in the price base of the amounts.
pub fn net_present_value(amounts: &[f64], rate: f64) -> f64 {
    discount_factors(rate, amounts.len()).iter().zip(amounts).fold(0.0, |sum, (factor, amount)| sum + factor * amount)
}

#[cfg(test)]
mod tests {
    use super::{discount_factors, net_present_value};

    #[test]
    fn the_first_year_counts_in_full_and_later_ones_by_the_green_book() {
        let factors = discount_factors(0.035, 10);
        assert_eq!(factors[0], 1.0);
        assert!((factors[9] - 1.0 / 1.035f64.powi(9)).abs() < 1e-15);
    }

    #[test]
    fn e14_at_rate_zero_the_net_present_value_is_the_plain_sum() {
        let amounts = [-3.0, 1.25, 0.5, 7.125];
        assert_eq!(net_present_value(&amounts, 0.0), amounts.iter().sum::<f64>());
    }
}

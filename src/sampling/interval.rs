//! From a row of evidence, a central value with its low and high, to a distribution.

use super::distribution::Distribution;
use super::error::DistributionError;
use super::parameters::finite;
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// The width of a 95 % interval of a normal distribution, in standard deviations, as the field rounds it.
const INTERVAL_WIDTH: f64 = 3.92;

/// The family of distributions that an evidence row names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Known, or varied by hand only.
    Fixed,
    /// For a difference that may have either sign.
    Normal,
    /// For a ratio: relative risk, multiplier, skewed rate.
    Lognormal,
    /// For a share.
    Beta,
    /// For a cost or a rate: above zero, skewed.
    Gamma,
    /// For a judgement: two bounds and the likeliest value, smooth.
    #[serde(alias = "PERT")]
    Pert,
    /// For a judgement: two bounds and the likeliest value, straight.
    Triangular,
    /// Anything between two bounds alike.
    Uniform,
}

impl Family {
    /// All families with their names in evidence files.
    const NAMES: [(Family, &'static str); 8] = [
        (Family::Fixed, "fixed"),
        (Family::Normal, "normal"),
        (Family::Lognormal, "lognormal"),
        (Family::Beta, "beta"),
        (Family::Gamma, "gamma"),
        (Family::Pert, "pert"),
        (Family::Triangular, "triangular"),
        (Family::Uniform, "uniform"),
    ];
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Family::NAMES.iter().find_map(|(family, name)| (family == self).then_some(*name));
        f.pad(name.unwrap_or_default())
    }
}

/// A name that is no [`Family`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFamily {
    /// The name as written.
    pub name: String,
}

impl fmt::Display for UnknownFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a family of distributions: write fixed, normal, lognormal, beta, gamma, pert, triangular \
             or uniform",
            self.name
        )
    }
}

impl Error for UnknownFamily {}

impl FromStr for Family {
    type Err = UnknownFamily;

    /// Reads a family's name, in capitals or not.
    fn from_str(name: &str) -> Result<Family, UnknownFamily> {
        Family::NAMES
            .iter()
            .find_map(|(family, known)| known.eq_ignore_ascii_case(name).then_some(*family))
            .ok_or_else(|| UnknownFamily { name: name.to_owned() })
    }
}

impl Distribution {
    /// The distribution that an evidence row describes, in the unit of the row.
    ///
    /// | family | what `low` and `high` are | what `central` is |
    /// |---|---|---|
    /// | normal | a 95 % interval: standard deviation = (high - low) / 3.92 | mean and median |
    /// | lognormal | a 95 % interval: the same on the logarithm | median |
    /// | beta, gamma | a 95 % interval: standard deviation as for normal | mean |
    /// | pert, triangular | bounds | mode |
    /// | uniform | bounds | checked to lie between them, otherwise not used |
    /// | fixed | not read | the value |
    ///
    /// Where the interval is not symmetric about the central value (on the logarithm for lognormal), its width and the
    /// central value are kept and the ends are not. Where `low` equals `high`, nothing is uncertain and the value is fixed.
    /// A lognormal or gamma row below zero (a loss of utility) is the mirror image of the positive row. `p_null` is the
    /// probability that the value is `nothing` instead (neutral: 1 for a relative risk, 0 for a difference).
    ///
    /// # Errors
    /// When a number that is read is not finite; when low, central and high are out of order; when a lognormal or gamma
    /// interval crosses zero, or a beta interval leaves 0 to 1; when the interval is too wide for the mean of a beta, or
    /// too narrow (a ten-thousandth of the mean) for beta and gamma; when `p_null` is not a probability.
    pub fn from_evidence(
        family: Family,
        central: f64,
        low: f64,
        high: f64,
        p_null: Option<f64>,
        nothing: f64,
    ) -> Result<Distribution, DistributionError> {
        let effect = effect(family, central, low, high)?;
        match p_null {
            None | Some(0.0) => Ok(effect),
            Some(probability) => Distribution::nothing_with_probability(probability, nothing, effect),
        }
    }
}

/// The distribution of the row when there is an effect.
fn effect(family: Family, central: f64, low: f64, high: f64) -> Result<Distribution, DistributionError> {
    finite("central value", central)?;
    if family == Family::Fixed {
        return Distribution::fixed(central);
    }
    finite("low value", low)?;
    finite("high value", high)?;
    if !(low <= central && central <= high) {
        return Err(DistributionError::OutOfOrder { low, central, high });
    }
    if low == high {
        return Distribution::fixed(central);
    }
    let standard_deviation = (high - low) / INTERVAL_WIDTH;
    match family {
        Family::Fixed => Distribution::fixed(central),
        Family::Normal => Distribution::normal(central, standard_deviation),
        Family::Lognormal if low > 0.0 => lognormal(central, low, high),
        Family::Lognormal if high < 0.0 => lognormal(-central, -high, -low).map(Distribution::mirrored),
        Family::Gamma if low >= 0.0 && central > 0.0 => Distribution::gamma_from_moments(central, standard_deviation),
        Family::Gamma if high <= 0.0 && central < 0.0 => {
            Distribution::gamma_from_moments(-central, standard_deviation).map(Distribution::mirrored)
        }
        Family::Lognormal | Family::Gamma => Err(DistributionError::CrossesZero { family, low, high }),
        Family::Beta if low < 0.0 || high > 1.0 || central <= 0.0 || central >= 1.0 => {
            Err(DistributionError::OutsideSupport { low, central, high, least: 0.0, greatest: 1.0 })
        }
        Family::Beta => Distribution::beta_from_moments(central, standard_deviation, 0.0, 1.0),
        Family::Pert => Distribution::pert(low, central, high),
        Family::Triangular => Distribution::triangular(low, central, high),
        Family::Uniform => Distribution::uniform(low, high),
    }
}

/// Lognormal with this median and the width of this interval, all three above zero.
fn lognormal(central: f64, low: f64, high: f64) -> Result<Distribution, DistributionError> {
    Distribution::lognormal(central.ln(), (high.ln() - low.ln()) / INTERVAL_WIDTH)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Distribution, DistributionError, Family};

    fn row(family: Family, central: f64, low: f64, high: f64) -> Distribution {
        Distribution::from_evidence(family, central, low, high, None, 0.0).unwrap()
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-12 * b.abs().max(1e-3)
    }

    #[test]
    fn the_central_value_of_a_row_is_the_central_value_of_its_distribution() {
        for (family, central, low, high) in [
            (Family::Fixed, 3.0, f64::NAN, f64::NAN),
            (Family::Normal, -0.12, -0.18, -0.08),
            (Family::Lognormal, 0.89, 0.85, 0.95),
            (Family::Lognormal, -0.11, -0.16, -0.07),
            (Family::Beta, 0.672, 0.665, 0.68),
            (Family::Gamma, 7500.0, 1500.0, 20000.0),
            (Family::Gamma, -0.12, -0.18, 0.0),
            (Family::Pert, 0.08, 0.02, 0.3),
            (Family::Triangular, 2.0, 2.0, 5.0),
            (Family::Uniform, 0.5, 0.0, 1.0),
        ] {
            let distribution = row(family, central, low, high);
            assert!(close(distribution.central(), central), "{family}");
        }
    }

    #[test]
    fn symmetric_intervals_are_the_quantiles() {
        // 3.92 stands for 3.919928, hence the tolerance.
        let normal = row(Family::Normal, 10.0, 8.0, 12.0);
        assert!((normal.quantile(0.025) - 8.0).abs() < 1e-4);
        assert!((normal.quantile(0.975) - 12.0).abs() < 1e-4);
        let lognormal = row(Family::Lognormal, 1.0, 0.5, 2.0);
        assert!((lognormal.quantile(0.025) - 0.5).abs() < 1e-4);
        assert!((lognormal.quantile(0.975) - 2.0).abs() < 1e-4);
        let loss = row(Family::Lognormal, -1.0, -2.0, -0.5);
        assert!((loss.quantile(0.025) + 2.0).abs() < 1e-4);
        assert!((loss.quantile(0.975) + 0.5).abs() < 1e-4);
    }

    #[test]
    fn mean_and_spread_of_beta_and_gamma_rows() {
        for (family, central, low, high) in [
            (Family::Beta, 0.145, 0.138, 0.15),
            (Family::Gamma, 7500.0, 1500.0, 20000.0),
            (Family::Gamma, -0.3, -0.6, -0.1),
        ] {
            let distribution = row(family, central, low, high);
            assert!(close(distribution.mean(), central));
            assert!(close(distribution.standard_deviation(), (high - low) / 3.92));
        }
    }

    #[test]
    fn an_interval_without_width_is_a_fixed_value() {
        for (_, name) in Family::NAMES {
            let family = name.parse().unwrap();
            assert_eq!(row(family, 0.4, 0.4, 0.4), Distribution::Fixed(0.4));
        }
    }

    #[test]
    fn the_chance_of_no_effect() {
        let with = |p_null| Distribution::from_evidence(Family::Lognormal, 0.9, 0.8, 1.0, p_null, 1.0);
        assert_eq!(with(Some(0.0)), with(None));
        assert!(matches!(with(Some(0.3)).unwrap(), Distribution::NothingWithProbability { nothing: 1.0, .. }));
        assert_eq!(with(Some(-0.1)), Err(DistributionError::NotAProbability { probability: -0.1 }));
        assert!(with(Some(f64::NAN)).is_err());
    }

    #[test]
    fn rows_that_make_no_distribution_are_refused() {
        use DistributionError::*;
        let refused = |family, central, low, high| {
            Distribution::from_evidence(family, central, low, high, None, 0.0).unwrap_err()
        };
        assert!(matches!(refused(Family::Normal, 1.0, f64::NAN, 2.0), NotFinite { parameter: "low value", .. }));
        for (_, name) in Family::NAMES.iter().skip(1) {
            let family = name.parse().unwrap();
            assert_eq!(refused(family, 0.9, 0.1, 0.5), OutOfOrder { low: 0.1, central: 0.9, high: 0.5 });
        }
        assert_eq!(
            refused(Family::Lognormal, 0.1, 0.0, 0.5),
            CrossesZero { family: Family::Lognormal, low: 0.0, high: 0.5 }
        );
        assert!(matches!(refused(Family::Gamma, 0.1, -0.1, 0.5), CrossesZero { .. }));
        assert!(matches!(refused(Family::Beta, 0.9, 0.8, 1.2), OutsideSupport { .. }));
        assert!(matches!(refused(Family::Beta, 0.0, 0.0, 0.2), OutsideSupport { .. }));
        assert!(matches!(refused(Family::Beta, 0.004, 0.0, 1.0), TooWide { .. }));
        assert!(matches!(refused(Family::Gamma, 1.0, 0.99999, 1.00001), TooNarrow { .. }));
    }

    #[test]
    fn names_are_read_and_written() {
        for (family, name) in Family::NAMES {
            assert_eq!(family.to_string(), name);
            assert_eq!(name.to_uppercase().parse(), Ok(family));
            let json = serde_json::to_string(&family).unwrap();
            assert_eq!(json, format!("\"{name}\""));
            assert_eq!(serde_json::from_str::<Family>(&json).unwrap(), family);
        }
        assert_eq!(serde_json::from_str::<Family>("\"PERT\"").unwrap(), Family::Pert);
        assert!("dirichlet".parse::<Family>().unwrap_err().to_string().contains("`dirichlet`"));
    }
}

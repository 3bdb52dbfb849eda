//! The distribution that a row of evidence describes: its ends are those of the draws, and its central value too.
//!
//! Three numbers are declared, and most families have two free ones. As in elicitation (Oakley and O'Hagan, SHELF: least squares
//! on the probabilities at the values that were stated), the member of the family is taken that puts the right share of draws
//! beyond each end, with the central value kept; if it is more than [`MISFIT`] off, a distribution with three free numbers on the
//! same support takes its place ([`Johnson`]).

use super::distribution::Distribution;
use super::error::DistributionError;
use super::family::Family;
use super::johnson::{Johnson, Support};
use super::median::Beyond;
use super::parameters::{LARGEST_SHAPE, finite};
use super::tail::NORMAL_95;
use super::{beta, gamma, median};
use crate::elementary::{exp, ln};

/// How far the share of draws beyond an end may be from the 2.5 % that the end says, either way: one percentage point. Figures are
/// declared with one or two digits, and their rounding alone moves the share by as much.
pub const MISFIT: f64 = 0.01;

/// The share of draws beyond each end of a 95 % interval.
const TAIL: f64 = 0.025;
/// The width of a 95 % interval of a normal distribution, in standard deviations.
const INTERVAL_WIDTH: f64 = 2.0 * NORMAL_95;
/// The fit looks for shapes within this factor of the one with the standard deviation of a normal interval.
const SEARCHED: f64 = 30.0;
/// Steps of the golden section, each of which leaves 0.618 of the stretch: 7 becomes 1e-8.
const SECTIONS: usize = 42;

/// What the central value of a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Central {
    /// The average of the draws.
    Mean,
    /// The value that half of the draws lie below.
    Median,
}

/// A row as a distribution, and whether it is what was declared.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// What is drawn from.
    pub distribution: Distribution,
    /// In what it is not what was declared.
    pub misfit: Option<Misfit>,
}

/// What of a row could not be had.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Misfit {
    /// The central value lies too near to an end to be the mean, and was taken for the median.
    NoMean {
        /// The mean of the draws.
        mean: f64,
    },
    /// The draws leave the interval more or less often than 2.5 % on each side.
    Ends {
        /// The share of draws below the low end.
        below: f64,
        /// The share of draws above the high end.
        above: f64,
    },
}

impl Distribution {
    /// The distribution that an evidence row describes, in the unit of the row, with the family's own meaning of the central value.
    ///
    /// `p_null` is the probability that the value is `nothing` instead (neutral: 1 for a relative risk, 0 for a difference).
    ///
    /// # Errors
    /// As [`Distribution::fit`], and when `p_null` is not a probability.
    pub fn from_evidence(
        family: Family,
        central: f64,
        low: f64,
        high: f64,
        p_null: Option<f64>,
        nothing: f64,
    ) -> Result<Distribution, DistributionError> {
        let effect = Self::fit(family, central, None, low, high)?.distribution;
        match p_null {
            None | Some(0.0) => Ok(effect),
            Some(probability) => Distribution::nothing_with_probability(probability, nothing, effect),
        }
    }

    /// The distribution that an evidence row describes, in the unit of the row.
    ///
    /// | family | what `low` and `high` are | what `central` is, unless `meaning` says otherwise |
    /// |---|---|---|
    /// | normal | a 95 % interval | mean |
    /// | lognormal | a 95 % interval | median |
    /// | beta, gamma | a 95 % interval | mean |
    /// | pert, triangular | bounds | mode |
    /// | uniform | bounds | checked to lie between them, otherwise not used |
    /// | fixed | not read | the value |
    ///
    /// Where `low` equals `high`, nothing is uncertain and the value is fixed. An end on the edge of what the family can be (0 for
    /// beta and gamma, 1 for beta) is the edge: no draw lies beyond it, and the family's member has the central value, mean or
    /// median, and 2.5 % of its draws beyond the other end. A lognormal or gamma row below zero (a loss of utility) is
    /// the mirror image of the positive row.
    ///
    /// # Errors
    /// When a number that is read is not finite; when low, central and high are out of order; when a lognormal or gamma
    /// interval crosses zero, or a beta interval leaves 0 to 1; when the interval is too wide for the mean of a beta, or
    /// too narrow (a ten-thousandth of the mean) for beta and gamma.
    pub fn fit(
        family: Family,
        central: f64,
        meaning: Option<Central>,
        low: f64,
        high: f64,
    ) -> Result<Fitted, DistributionError> {
        let exactly = |distribution| Fitted { distribution, misfit: None };
        finite("central value", central)?;
        if family == Family::Fixed {
            return Distribution::fixed(central).map(exactly);
        }
        finite("low value", low)?;
        finite("high value", high)?;
        if !(low <= central && central <= high) {
            return Err(DistributionError::OutOfOrder { low, central, high });
        }
        if low == high {
            return Distribution::fixed(central).map(exactly);
        }
        match declared(family) {
            Declared::Value => Distribution::fixed(central).map(exactly),
            Declared::Bounds(between) => between(low, central, high).map(exactly),
            Declared::Interval(interval) => Row { family, central, low, high }.within(interval, meaning),
        }
    }
}

/// What a row of a family says.
enum Declared {
    /// Its value alone.
    Value,
    /// Two bounds and a value between them.
    Bounds(fn(f64, f64, f64) -> Result<Distribution, DistributionError>),
    /// A 95 % interval about a central value.
    Interval(Interval),
}

/// How a family with a 95 % interval is declared, and which member of it a row means.
struct Interval {
    /// Where its values can lie. A family above zero stands for the mirror image below zero, too.
    support: Support,
    /// What its central value is; first, unless the row says otherwise.
    central: &'static [Central],
    /// The member that a row means.
    member: Fitting,
    /// The member with the central value as its median, where an end is on the edge of the support; none for a family whose ends
    /// lie inside.
    at_edge: Option<Fitting>,
}

/// What finds the member of a family that a row means.
type Fitting = fn(&Row) -> Result<Member, DistributionError>;

/// A member of a family, and its shares of draws beyond the ends; none for an end on the edge of what the family can be.
type Member = (Distribution, [Option<f64>; 2]);

/// How each family is declared in a row of evidence.
fn declared(family: Family) -> Declared {
    use Central::{Mean, Median};
    let interval =
        |support, central, member, at_edge| Declared::Interval(Interval { support, central, member, at_edge });
    match family {
        Family::Fixed => Declared::Value,
        // The normal's mean is its median.
        Family::Normal => interval(Support::Line, &[Mean, Median], Row::normal, None),
        Family::Lognormal => interval(Support::Positive, &[Median], Row::lognormal, None),
        Family::Beta => interval(Support::Share, &[Mean], Row::beta, Some(Row::beta_by_median)),
        Family::Gamma => interval(Support::Positive, &[Mean], Row::gamma, Some(Row::gamma_by_median)),
        Family::Pert => Declared::Bounds(Distribution::pert),
        Family::Triangular => Declared::Bounds(Distribution::triangular),
        Family::Uniform => Declared::Bounds(|low, _, high| Distribution::uniform(low, high)),
    }
}

impl Family {
    /// Whether low and high of a row of this family are a 95 % interval, about a mean or a median as the row says.
    pub fn has_interval(self) -> bool {
        matches!(declared(self), Declared::Interval(_))
    }
}

/// A row whose low and high are a 95 % interval.
#[derive(Debug, Clone, Copy)]
struct Row {
    family: Family,
    central: f64,
    low: f64,
    high: f64,
}

impl Row {
    /// The distribution of a row whose numbers lie where its family's can.
    fn within(self, interval: Interval, meaning: Option<Central>) -> Result<Fitted, DistributionError> {
        let Self { family, central, low, high } = self;
        let edges = interval.at_edge.is_some();
        match interval.support {
            Support::Line => self.fit(&interval, meaning),
            Support::Share if low < 0.0 || high > 1.0 || central <= 0.0 || central >= 1.0 => {
                Err(DistributionError::OutsideSupport { low, central, high, least: 0.0, greatest: 1.0 })
            }
            Support::Share => self.fit(&interval, meaning),
            Support::Positive if low > 0.0 || (edges && low == 0.0 && central > 0.0) => self.fit(&interval, meaning),
            Support::Positive if high < 0.0 || (edges && high == 0.0 && central < 0.0) => {
                self.mirrored(&interval, meaning)
            }
            Support::Positive => Err(DistributionError::CrossesZero { family, low, high }),
        }
    }

    /// A row below zero, by that of its size.
    fn mirrored(self, interval: &Interval, meaning: Option<Central>) -> Result<Fitted, DistributionError> {
        let size = Self { central: -self.central, low: -self.high, high: -self.low, ..self };
        let fitted = size.fit(interval, meaning)?;
        let misfit = fitted.misfit.map(|misfit| match misfit {
            Misfit::NoMean { mean } => Misfit::NoMean { mean: -mean },
            Misfit::Ends { below, above } => Misfit::Ends { below: above, above: below },
        });
        Ok(Fitted { distribution: fitted.distribution.mirrored(), misfit })
    }

    fn fit(self, interval: &Interval, meaning: Option<Central>) -> Result<Fitted, DistributionError> {
        let Self { central, low, high, .. } = self;
        let support = interval.support;
        let own = interval.central;
        let meaning = meaning.unwrap_or(own[0]);
        let inside = support.holds(low) && support.holds(high) && low < central && central < high;
        let beside_edge = !inside && low < central && central < high;
        let by_median =
            interval.at_edge.filter(|_| meaning == Central::Median && !own.contains(&meaning) && beside_edge);
        let (distribution, tails) = by_median.unwrap_or(interval.member)(&self)?;
        let as_meant = own.contains(&meaning) || by_median.is_some();
        let off = |tail: Option<f64>| tail.is_some_and(|tail| (tail - TAIL).abs() > MISFIT);
        if as_meant && !tails.iter().copied().any(off) {
            return Ok(Fitted { distribution, misfit: None });
        }
        if !inside {
            let [below, above] = tails.map(|tail| tail.unwrap_or(0.0));
            return Ok(Fitted { distribution, misfit: Some(Misfit::Ends { below, above }) });
        }
        if meaning == Central::Mean
            && let Some(through) = Johnson::with_mean(support, low, central, high)
        {
            return Ok(Fitted { distribution: Distribution::Johnson(through), misfit: None });
        }
        let through = Johnson::with_median(support, low, central, high);
        let misfit = (meaning == Central::Mean).then_some(Misfit::NoMean { mean: through.mean() });
        Ok(Fitted { distribution: Distribution::Johnson(through), misfit })
    }

    /// The width of the interval as a standard deviation.
    fn deviation(&self) -> f64 {
        (self.high - self.low) / INTERVAL_WIDTH
    }

    fn normal(&self) -> Result<Member, DistributionError> {
        Ok((Distribution::normal(self.central, self.deviation())?, self.normal_tails()))
    }

    fn lognormal(&self) -> Result<Member, DistributionError> {
        let logarithms = Self { central: ln(self.central), low: ln(self.low), high: ln(self.high), ..*self };
        Ok((Distribution::lognormal(logarithms.central, logarithms.deviation())?, logarithms.normal_tails()))
    }

    /// The beta with this mean and, by least squares, the declared shares of draws beyond the ends.
    fn beta(&self) -> Result<Member, DistributionError> {
        let Self { central, low, high, .. } = *self;
        let standard_deviation = self.deviation();
        let first = Distribution::beta_from_moments(central, standard_deviation, 0.0, 1.0);
        if low <= 0.0 && high >= 1.0 {
            return Ok((first?, [None, None]));
        }
        let both = match first {
            // An interval too wide for a standard deviation of that width can still have its shares beyond the ends.
            Err(DistributionError::TooWide { .. }) => 1.0,
            first => {
                first?;
                central * (1.0 - central) / (standard_deviation * standard_deviation) - 1.0
            }
        };
        let shapes = |both: f64| (central * both, both - central * both);
        let (alpha, beta) = shapes(best(both, |both| self.beta_tails(shapes(both))));
        Ok((Distribution::beta(alpha, beta, 0.0, 1.0)?, self.beta_tails((alpha, beta))))
    }

    /// The gamma with this mean and, by least squares, the declared shares of draws beyond the ends.
    fn gamma(&self) -> Result<Member, DistributionError> {
        let Self { central, .. } = *self;
        let standard_deviation = self.deviation();
        let ratio = central / standard_deviation;
        Distribution::gamma_from_moments(central, standard_deviation)?;
        let scale = |shape: f64| central / shape;
        let shape = best(ratio * ratio, |shape| self.gamma_tails((shape, scale(shape))));
        Ok((Distribution::gamma(shape, scale(shape), 0.0)?, self.gamma_tails((shape, scale(shape)))))
    }

    /// The gamma with this median and the declared share of draws beyond the end that is no edge.
    fn gamma_by_median(&self) -> Result<Member, DistributionError> {
        let (shape, scale) = median::gamma(self.central, self.high, TAIL);
        Ok((Distribution::gamma(shape, scale, 0.0)?, self.gamma_tails((shape, scale))))
    }

    /// The beta with this median and the declared share of draws beyond the end that is no edge; with the width of the interval
    /// if both ends are edges.
    fn beta_by_median(&self) -> Result<Member, DistributionError> {
        let meant = match (self.low > 0.0, self.high < 1.0) {
            (true, _) => Beyond::Below(self.low, TAIL),
            (_, true) => Beyond::Above(self.high, TAIL),
            _ => Beyond::Deviation(self.deviation()),
        };
        let (alpha, beta) = median::beta(self.central, meant);
        Ok((Distribution::beta(alpha, beta, 0.0, 1.0)?, self.beta_tails((alpha, beta))))
    }

    /// The shares of draws of a normal with this mean and width beyond the ends.
    fn normal_tails(&self) -> [Option<f64>; 2] {
        let deviation = self.deviation();
        [self.central - self.low, self.high - self.central].map(|distance| Some(normal_beyond(distance / deviation)))
    }

    /// The shares of draws of a beta beyond the ends, none for an end that is an edge.
    fn beta_tails(&self, (alpha, beta): (f64, f64)) -> [Option<f64>; 2] {
        let below = (self.low > 0.0).then(|| beta::below(alpha, beta, self.low));
        [below, (self.high < 1.0).then(|| 1.0 - beta::below(alpha, beta, self.high))]
    }

    /// The same of a gamma with this shape and scale.
    fn gamma_tails(&self, (shape, scale): (f64, f64)) -> [Option<f64>; 2] {
        let below = (self.low > 0.0).then(|| gamma::below(shape, self.low / scale));
        [below, Some(1.0 - gamma::below(shape, self.high / scale))]
    }
}

/// The probability of a normal score above this one.
fn normal_beyond(score: f64) -> f64 {
    0.5 * libm::erfc(score * std::f64::consts::FRAC_1_SQRT_2)
}

/// The shape around `first` that leaves the least sum of squares between the shares beyond the ends and those declared: by golden
/// section on its logarithm (Kiefer 1953), always the same number of steps.
fn best(first: f64, tails: impl Fn(f64) -> [Option<f64>; 2]) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let missed = |log_shape: f64| -> f64 {
        tails(exp(log_shape)).into_iter().flatten().map(|tail| (tail - TAIL) * (tail - TAIL)).sum()
    };
    let (mut low, mut high) = (ln(first / SEARCHED), ln((first * SEARCHED).min(LARGEST_SHAPE)));
    let mut inner = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    let mut value = inner.map(missed);
    for _ in 0..SECTIONS {
        if value[0] <= value[1] {
            high = inner[1];
            inner = [high - GOLDEN * (high - low), inner[0]];
            value = [missed(inner[0]), value[0]];
        } else {
            low = inner[0];
            inner = [inner[1], low + GOLDEN * (high - low)];
            value = [value[1], missed(inner[1])];
        }
    }
    exp(0.5 * (low + high))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Central, Distribution, DistributionError, Family, Misfit};

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

    /// A gamma variable with shape 1 and scale 100 is exponential: mean 100, 2.5 % below 100 ln(1 / 0.975) = 2.531781 and 2.5 %
    /// above 100 ln 40 = 368.887945. Declared so, it is found again. An even beta variable is 2.5 % below 0.025.
    #[test]
    fn a_member_of_the_family_that_was_declared_is_found_again() {
        let Distribution::Gamma { shape, scale, .. } = row(Family::Gamma, 100.0, 2.531_781, 368.887_945) else {
            panic!("no gamma")
        };
        assert!((shape - 1.0).abs() < 1e-5 && (scale - 100.0).abs() < 1e-3, "{shape} {scale}");
        let Distribution::Beta { alpha, beta, .. } = row(Family::Beta, 0.5, 0.025, 0.975) else { panic!("no beta") };
        assert!((alpha - 1.0).abs() < 1e-5 && (beta - 1.0).abs() < 1e-5, "{alpha} {beta}");
    }

    /// What a figure may say: mean and ends, or median and ends; 70 is no mean of 50 to 250, since even with all draws between
    /// the ends piled up below the median the mean would be about 81.
    #[test]
    fn seventy_between_fifty_and_two_hundred_and_fifty() {
        let fit = |central, meaning| Distribution::fit(Family::Gamma, central, meaning, 50.0, 250.0).unwrap();
        let meets = |drawn: &Distribution, share, value: f64| (drawn.quantile(share) / value - 1.0).abs() < 1e-9;
        let median = fit(70.0, Some(Central::Median));
        assert_eq!(median.misfit, None);
        let fitted = fit(70.0, None);
        assert_eq!(fitted.distribution, median.distribution);
        let Some(Misfit::NoMean { mean }) = fitted.misfit else { panic!("{:?}", fitted.misfit) };
        assert!((mean - 90.77).abs() < 0.01, "{mean}");
        for share in [(0.025, 50.0), (0.5, 70.0), (0.975, 250.0)] {
            assert!(meets(&fitted.distribution, share.0, share.1), "{share:?}");
        }
        let mean = fit(110.0, None);
        assert_eq!(mean.misfit, None);
        assert!(close(mean.distribution.mean(), 110.0));
        assert!(meets(&mean.distribution, 0.025, 50.0) && meets(&mean.distribution, 0.975, 250.0));
    }

    #[test]
    fn an_end_on_the_edge_is_a_bound_and_the_other_end_is_met() {
        let share = row(Family::Beta, 0.9, 0.8, 1.0);
        assert!((share.quantile(0.025) - 0.8).abs() < 1e-6 && close(share.mean(), 0.9));
        let cost = Distribution::fit(Family::Gamma, 0.1, None, 0.0, 0.3).unwrap();
        assert!((cost.distribution.quantile(0.975) - 0.3).abs() < 1e-6);
        assert_eq!(cost.misfit, None);
        // No gamma variable has a mean so far below what it passes once in forty.
        let wide = Distribution::fit(Family::Gamma, 0.1, None, 0.0, 2.0).unwrap();
        assert!(matches!(wide.misfit, Some(Misfit::Ends { below: 0.0, above }) if above < 0.015), "{:?}", wide.misfit);
        let end = Distribution::fit(Family::Lognormal, 1.0, None, 0.5, 1.0).unwrap();
        assert!(matches!(end.misfit, Some(Misfit::Ends { above, .. }) if (above - 0.5).abs() < 1e-12));
        // A loss is the mirror image: its misfit too.
        let loss = Distribution::fit(Family::Lognormal, -1.0, None, -1.0, -0.5).unwrap();
        assert!(matches!(loss.misfit, Some(Misfit::Ends { below, .. }) if (below - 0.5).abs() < 1e-12));
    }

    /// "0 to 5" around a count, and a share whose end is 0 or 1, with the median: the edge is the edge, and the rest is met. By
    /// hand: an exponential variable with median 2 has rate ln 2 / 2 and 2.5 % above 2 ln 40 / ln 2 = 10.6439; beta(1, 3) has
    /// median 1 - 2^(-1/3) = 0.206299 and 2.5 % above 1 - 40^(-1/3) = 0.707598.
    #[test]
    fn a_median_beside_an_edge_is_the_median_and_the_other_end_is_met() {
        let fit = |family, central, low, high| {
            let fitted = Distribution::fit(family, central, Some(Central::Median), low, high).unwrap();
            assert_eq!(fitted.misfit, None, "{family} {central} {low} {high}");
            fitted.distribution
        };
        let Distribution::Gamma { shape, scale, shift } = fit(Family::Gamma, 2.0, 0.0, 10.643_856) else { panic!() };
        assert!((shape - 1.0).abs() < 1e-6 && (scale - 2.885_390).abs() < 1e-5 && shift == 0.0, "{shape} {scale}");
        let loss = fit(Family::Gamma, -2.0, -10.643_856, 0.0);
        assert!((loss.quantile(0.5) + 2.0).abs() < 1e-12 && (loss.quantile(0.025) + 10.643_856).abs() < 1e-9);
        let Distribution::Beta { alpha, beta, .. } = fit(Family::Beta, 0.206_299_474, 0.0, 0.707_598_226) else {
            panic!()
        };
        assert!((alpha - 1.0).abs() < 1e-6 && (beta - 3.0).abs() < 1e-5, "{alpha} {beta}");
        let Distribution::Beta { alpha, beta, .. } = fit(Family::Beta, 0.793_700_526, 0.292_401_774, 1.0) else {
            panic!()
        };
        assert!((alpha - 3.0).abs() < 1e-5 && (beta - 1.0).abs() < 1e-6, "{alpha} {beta}");
        // As for a mean with both ends on the edges: the width of the interval. For a mean this is too wide.
        let wide = fit(Family::Beta, 0.004, 0.0, 1.0);
        assert!((wide.quantile(0.5) - 0.004).abs() < 1e-12 && (wide.standard_deviation() - 1.0 / 3.92).abs() < 1e-9);
        // Where the mean cannot be had beside the edge, the median can.
        let cost = fit(Family::Gamma, 0.1, 0.0, 2.0);
        assert!((cost.quantile(0.5) - 0.1).abs() < 1e-12 && (cost.quantile(0.975) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_median_beside_an_edge_that_no_member_has_is_told() {
        // An end that is the median itself, and one a hair above it.
        for high in [5.0, 5.000_001] {
            let fitted = Distribution::fit(Family::Gamma, 5.0, Some(Central::Median), 0.0, high).unwrap();
            assert!(
                matches!(fitted.misfit, Some(Misfit::Ends { below: 0.0, above }) if above > 0.035),
                "{:?}",
                fitted.misfit
            );
        }
    }

    #[test]
    fn an_interval_without_width_is_a_fixed_value() {
        for (name, _) in Family::NAMES {
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
        for (name, _) in Family::NAMES.iter().skip(1) {
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
}

//! Where each uncertainty stands in each draw, between 0 and 1.
//!
//! A column of points belongs to a name: it depends on the seed, the number of draws and that name, so adding an
//! uncertainty changes no other column, and columns of different names are independent.

use super::permutation::Permutation;
use super::scramble::Scramble;
use super::stream::{Purpose, Stream, open_unit, uniform};
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// How the draws are spread over what is possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Design {
    /// Each draw by itself: the first draws of a longer study are those of a shorter one.
    #[serde(rename = "random")]
    Random,
    /// Each uncertainty is cut into as many equally likely strata as there are draws, and each stratum is used once
    /// (McKay MD, Beckman RJ, Conover WJ (1979), Technometrics 21, 239-245). Steadier means for the same draws; another
    /// number of draws is another design.
    #[serde(rename = "lhs")]
    LatinHypercube,
    /// Scrambled Sobol' points: each uncertainty is covered evenly by the first 2, 4, 8, ... draws, so that the first draws
    /// of a longer study are those of a shorter one, and the leading uncertainties of [`Spread`](super::Spread) are
    /// covered evenly together. Draws that are a power of two use it best.
    #[serde(rename = "sobol")]
    Sobol,
}

impl fmt::Display for Design {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Design::Random => "random",
            Design::LatinHypercube => "lhs",
            Design::Sobol => "sobol",
        })
    }
}

/// A name that is no [`Design`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownDesign {
    /// The name as written.
    pub name: String,
}

impl fmt::Display for UnknownDesign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a design: write random, lhs or sobol", self.name)
    }
}

impl Error for UnknownDesign {}

impl FromStr for Design {
    type Err = UnknownDesign;

    fn from_str(name: &str) -> Result<Design, UnknownDesign> {
        match name {
            "random" => Ok(Design::Random),
            "lhs" => Ok(Design::LatinHypercube),
            "sobol" => Ok(Design::Sobol),
            _ => Err(UnknownDesign { name: name.to_owned() }),
        }
    }
}

/// The points of one uncertainty, draw by draw: `draws` numbers strictly between 0 and 1.
pub fn points(design: Design, seed: u64, draws: u64, name: &str) -> Vec<f64> {
    match design {
        Design::Random => (0..draws).map(|draw| uniform(seed, draw, name)).collect(),
        Design::LatinHypercube => {
            let order = strata_order(seed, 0, draws, name);
            (0..draws).map(|draw| within_stratum(order.at(draw), draws, uniform(seed, draw, name))).collect()
        }
        Design::Sobol => {
            let own = OwnSobol::new(seed, 0, name);
            (0..draws).map(|draw| own.point(draw)).collect()
        }
    }
}

/// The point of one uncertainty in one draw, strictly between 0 and 1, without the rest of its column: the same number
/// as `points(design, seed, draws, name)[draw]`.
///
/// In a Latin hypercube of n draws, draw i takes the stratum at position i of an order shuffled by seed and name, and
/// within it the point given by [`uniform`]. Draws from n onwards belong to a second hypercube of n, shuffled anew, and
/// so on. Under Sobol' the number of draws makes no difference: see [`Spread`](super::Spread) for what a name that leads has
/// instead.
pub fn point(design: Design, seed: u64, draw: u64, draws: u64, name: &str) -> f64 {
    match design {
        Design::Random => uniform(seed, draw, name),
        Design::Sobol => OwnSobol::new(seed, 0, name).point(draw),
        Design::LatinHypercube => {
            let inside = uniform(seed, draw, name);
            let strata = draws.max(1);
            let order = strata_order(seed, draw / strata, strata, name);
            within_stratum(order.at(draw % strata), strata, inside)
        }
    }
}

/// The Sobol' points of a name that has no dimension of its own: van der Corput's sequence, which is the first dimension,
/// with the draws shuffled and the digits scrambled by the name.
///
/// Every 2^k draws from a multiple of 2^k on have one point in each of 2^k strata: a Latin hypercube at each power of two.
/// Two names are unrelated but for that, as the columns of a Latin hypercube are. Giving each name a dimension instead has a
/// price: of Joe and Kuo's first 200 dimensions, 256 draws leave 225 pairs correlated by more than a quarter, one by 0.94,
/// and a dimension chosen by rank changes whenever a name is added.
#[derive(Debug, Clone, Copy)]
pub(super) struct OwnSobol {
    order: Scramble,
    digits: Scramble,
}

impl OwnSobol {
    /// The points of a name in one of several independent scramblings.
    pub fn new(seed: u64, scrambling: u64, name: &str) -> Self {
        let mut stream = Stream::keyed(Purpose::Scrambling, seed, scrambling, name);
        Self { order: Scramble::new(&mut stream), digits: Scramble::new(&mut stream) }
    }

    /// One of them.
    pub fn point(&self, index: u64) -> f64 {
        open_unit(self.digits.digits(self.order.shuffled(index).reverse_bits()))
    }
}

/// The shuffled order of the strata in one hypercube of one name.
pub(super) fn strata_order(seed: u64, hypercube: u64, strata: u64, name: &str) -> Permutation {
    Permutation::new(strata, Stream::keyed(Purpose::Strata, seed, hypercube, name))
}

/// The number a share `inside` of the way through a stratum, kept strictly between its edges against rounding.
pub(super) fn within_stratum(stratum: u64, strata: u64, inside: f64) -> f64 {
    let strata = strata as f64;
    let low = stratum as f64 / strata;
    let high = (stratum as f64 + 1.0) / strata;
    ((stratum as f64 + inside) / strata).max(low.next_up()).min(high.next_down())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Design, point, points, within_stratum};

    #[test]
    fn every_stratum_is_used_once() {
        for draws in [1, 2, 10, 1_000, 4_096] {
            let mut column = points(Design::LatinHypercube, 7, draws, "Backfill");
            column.sort_by(f64::total_cmp);
            for (stratum, p) in column.iter().enumerate() {
                let low = stratum as f64 / draws as f64;
                let high = (stratum as f64 + 1.0) / draws as f64;
                assert!(low < *p && *p < high, "{p} not in {low} to {high}");
            }
        }
        // A second hypercube follows the first.
        let mut second: Vec<f64> =
            (10..20).map(|draw| point(Design::LatinHypercube, 7, draw, 10, "Backfill")).collect();
        assert_ne!(second, points(Design::LatinHypercube, 7, 10, "Backfill"));
        second.sort_by(f64::total_cmp);
        assert!((0..10).all(|i| (second[i] * 10.0).floor() == i as f64));
    }

    #[test]
    fn rounding_never_leaves_the_stratum() {
        let draws = (1_u64 << 53) - 1;
        let last = within_stratum(draws - 1, draws, 1.0 - f64::EPSILON / 2.0);
        assert!(last < 1.0);
        assert!(within_stratum(0, draws, f64::EPSILON / 2.0) > 0.0);
        assert_eq!(within_stratum(0, 1, 0.25), 0.25);
    }

    #[test]
    fn one_draw_alone_is_the_same_as_in_its_column_in_any_order() {
        for design in [Design::Random, Design::LatinHypercube, Design::Sobol] {
            let column = points(design, 11, 500, "Trust");
            for draw in (0..500).rev() {
                assert_eq!(point(design, 11, draw, 500, "Trust"), column[draw as usize]);
            }
        }
        assert!(points(Design::LatinHypercube, 11, 0, "Trust").is_empty());
        let p = point(Design::LatinHypercube, 11, 3, 0, "Trust");
        assert!(p > 0.0 && p < 1.0);
    }

    #[test]
    fn a_longer_study_begins_with_the_shorter_one() {
        for design in [Design::Random, Design::Sobol] {
            let short = points(design, 3, 100, "Raid");
            let long = points(design, 3, 200, "Raid");
            assert_eq!(short[..], long[..100]);
        }
    }

    /// In each run of 2^k draws, from a multiple of 2^k on, every one of 2^k strata is used once.
    #[test]
    fn sobol_is_a_latin_hypercube_at_every_power_of_two() {
        let column = points(Design::Sobol, 7, 4_096, "Backfill");
        for k in 0..=12 {
            for run in column.chunks(1 << k) {
                let mut strata: Vec<usize> = run.iter().map(|p| (p * f64::from(1 << k)) as usize).collect();
                strata.sort_unstable();
                assert!(strata.iter().enumerate().all(|(i, stratum)| i == *stratum));
            }
        }
    }

    /// Correlations of columns of different names and seeds: 28 pairs, each within four standard deviations.
    #[test]
    fn columns_are_unrelated() {
        let n = 4_000;
        for design in [Design::LatinHypercube, Design::Sobol] {
            let columns: Vec<Vec<f64>> =
                (0..8).map(|i| points(design, i / 4, n, ["a", "b", "c", "d"][i as usize % 4])).collect();
            for (i, a) in columns.iter().enumerate() {
                for b in &columns[..i] {
                    let sum: f64 = a.iter().zip(b).map(|(x, y)| (x - 0.5) * (y - 0.5)).sum();
                    let correlation = sum * 12.0 / n as f64;
                    assert!(correlation.abs() < 4.0 / (n as f64).sqrt(), "{correlation}");
                }
            }
        }
    }

    /// The reason to use it: the mean of a column is known far better than by chance.
    #[test]
    fn the_mean_is_steadier_than_at_random() {
        let n = 1_000;
        let mean = |design| points(design, 5, n, "x").iter().sum::<f64>() / n as f64;
        assert!((mean(Design::LatinHypercube) - 0.5).abs() < 5e-5);
        assert!((mean(Design::Random) - 0.5).abs() > 5e-4);
    }

    #[test]
    fn names_are_read_and_written() {
        for (design, name) in [(Design::Random, "random"), (Design::LatinHypercube, "lhs"), (Design::Sobol, "sobol")] {
            assert_eq!(name.parse(), Ok(design));
            assert_eq!(design.to_string(), name);
            let json = serde_json::to_string(&design).unwrap();
            assert_eq!(json, format!("\"{name}\""));
            assert_eq!(serde_json::from_str::<Design>(&json).unwrap(), design);
        }
        let error = "halton".parse::<Design>().unwrap_err();
        assert_eq!(error.to_string(), "`halton` is not a design: write random, lhs or sobol");
    }
}

//! The families of distributions that a row of evidence can name.

use serde::{Deserialize, Serialize};
use std::error::Error;
use std::fmt;
use std::str::FromStr;

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
    /// The value in the middle of a low and a high, where a row says no central value.
    pub fn middle(self, low: f64, high: f64) -> f64 {
        match self {
            Self::Lognormal => (low * high).sqrt(),
            _ => (low + high) / 2.0,
        }
    }

    /// The families that something is drawn from, by their names.
    pub fn drawn() -> &'static [(&'static str, Family)] {
        &Self::NAMES[1..]
    }

    /// All families by their names, that of what is not drawn first.
    pub const NAMES: [(&'static str, Family); 8] = [
        ("fixed", Family::Fixed),
        ("normal", Family::Normal),
        ("lognormal", Family::Lognormal),
        ("beta", Family::Beta),
        ("gamma", Family::Gamma),
        ("pert", Family::Pert),
        ("triangular", Family::Triangular),
        ("uniform", Family::Uniform),
    ];
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Family::NAMES.iter().find_map(|(name, family)| (family == self).then_some(*name));
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
        let names = Family::NAMES.map(|(name, _)| name);
        let [others @ .., last] = &names;
        write!(f, "`{}` is not a family of distributions: write {} or {last}", self.name, others.join(", "))
    }
}

impl Error for UnknownFamily {}

impl FromStr for Family {
    type Err = UnknownFamily;

    /// Reads a family's name, in capitals or not.
    fn from_str(name: &str) -> Result<Family, UnknownFamily> {
        Family::NAMES
            .iter()
            .find_map(|(known, family)| known.eq_ignore_ascii_case(name).then_some(*family))
            .ok_or_else(|| UnknownFamily { name: name.to_owned() })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::Family;

    #[test]
    fn names_are_read_and_written() {
        for (name, family) in Family::NAMES {
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

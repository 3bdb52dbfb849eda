//! Who gains and who pays: how unequally something is spread over groups of people ranked by deprivation.

pub mod aversion;
pub mod gradient;

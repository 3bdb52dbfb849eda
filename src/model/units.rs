//! Units of measure as written: `GBP/(people*Year)`, `Dmnl`.

use super::expression::TextRange;

/// The unit field of an equation.
#[derive(Debug, Clone, PartialEq)]
pub struct Units {
    /// As written, without the range.
    pub text: String,
    /// Understood.
    pub expression: UnitExpression,
    /// `[low, high, step]`, a slider's range, if given (`?` is nothing).
    pub range: Option<Vec<Option<f64>>>,
    /// Where it stands.
    pub at: TextRange,
}

/// A product of base units to whole powers; empty is dimensionless.
///
/// Kept sorted by name with no zero power, so that equal units are equal values.
/// `Dmnl`, `1`, `dimensionless`, `fraction` and an empty unit field are all the empty product.
#[derive(Debug, Clone, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub struct UnitExpression {
    /// Base unit (lower-case key) and its power.
    pub factors: Vec<(String, i32)>,
}

//! What a QALY is taken to be worth, and what care pays for one at the margin.

use crate::evidence::References;
use crate::evidence::document::{Fields, Located, Reading};
use crate::explain::scenario as code;
use crate::quantity::{FinancialYear, Pounds};

/// What care is taken to pay for a QALY at the margin where a scenario does not say it: what the Department of Health and Social
/// Care has used in impact assessments (15,000, of 2016), and the middle and the upper end of published estimates at prices of today.
const AT_THE_MARGIN: [f64; 3] = [15_000.0, 20_000.0, 30_000.0];

/// `[values]` of a scenario, in prices of the base year.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    /// What a QALY is taken to be worth, the leading value first.
    pub qaly: Vec<Pounds>,
    /// What care is taken to pay for a QALY at the margin, the leading one first: the answer is told at each, beside the cost that
    /// the evidence draws.
    pub displaced_qaly: Vec<Pounds>,
}

impl Values {
    pub(super) fn read(reading: &mut Reading, mut fields: Fields<'_, '_>, references: &References) -> Option<Self> {
        fields.need(reading, "qaly", "qaly = [70000, 25000, 13500], pounds for a QALY");
        let at = fields.key_span(reading, "qaly");
        let qaly = fields.numbers(reading, "qaly");
        let named = fields.has("displaced_qaly");
        let displaced = fields.numbers(reading, "displaced_qaly");
        let year = fields.text(reading, "price_year");
        fields.finish(reading);
        let factor = match year {
            Some(year) => in_base_prices(reading, &year, references),
            None => Some(1.0),
        };
        if let (Some([]), Some(at)) = (qaly.as_deref(), at) {
            reading
                .error(code::OUT_OF_RANGE, at, "there is no value of a QALY")
                .hint("write one at least, the leading value first");
        }
        let qaly = pounds(reading, &qaly?, "the value of a QALY", factor);
        let displaced = match named {
            true => pounds(reading, &displaced?, "the cost of a displaced QALY", factor),
            false => AT_THE_MARGIN.map(Pounds).to_vec(),
        };
        Some(Self { qaly, displaced_qaly: displaced })
    }
}

impl Values {
    /// The same in prices that are higher by this factor.
    pub fn repriced(&mut self, factor: f64) {
        for Pounds(value) in self.qaly.iter_mut().chain(&mut self.displaced_qaly) {
            *value = (*value * factor).round();
        }
    }
}

/// Whole pounds where prices are brought to the base year: nobody knows them closer.
fn pounds(reading: &mut Reading, values: &[Located<f64>], what: &str, factor: Option<f64>) -> Vec<Pounds> {
    for value in values.iter().filter(|value| value.value <= 0.0) {
        reading
            .error(code::OUT_OF_RANGE, value.span.clone(), format!("{what} is {} pounds", value.value))
            .hint("write pounds, above zero");
    }
    let factor = factor.unwrap_or(1.0);
    let at = |value: f64| if factor == 1.0 { value } else { (value * factor).round() };
    values.iter().map(|value| Pounds(at(value.value))).collect()
}

/// What a sum in prices of this year is multiplied by to be in prices of the base year.
pub(super) fn in_base_prices(reading: &mut Reading, label: &Located<String>, references: &References) -> Option<f64> {
    let factor = FinancialYear::parse(&label.value).and_then(|year| references.deflators.to_base(year));
    if factor.is_none() {
        let (first, last) = references.deflators.years();
        let message = format!("`price_year` is `{}`, for which there are no prices", label.value);
        reading
            .error(code::OUT_OF_RANGE, label.span.clone(), message)
            .hint(format!("write a financial year such as \"2024/25\", from {first} to {last}"));
    }
    factor
}

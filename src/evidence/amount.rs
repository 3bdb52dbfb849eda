//! The number or numbers of a figure, and how far they spread.

use toml::Spanned;
use toml::de::DeValue;

use crate::explain::evidence as code;
use engine::diagnostic::Span;
use engine::sampling::{Central, Distribution, DistributionError, Family, Fitted, Misfit};

use super::document::{Fields, Located, Reading, listed, number, wrong_kind};
use super::misfit::{CENTRAL, settled};

/// The central value or values of a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Numbers {
    /// One number, for every element meant.
    One(f64),
    /// Numbers in row-major order.
    Many {
        /// The numbers.
        values: Vec<f64>,
        /// How many in each direction, outermost first.
        shape: Vec<usize>,
    },
}

impl Numbers {
    /// All numbers, in order.
    pub fn values(&self) -> &[f64] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many { values, .. } => values,
        }
    }
}

/// The words for families in an evidence file. What is derived is computed from other figures and not drawn.
fn families() -> Vec<(&'static str, Family)> {
    let (fixed, drawn) = (&Family::NAMES[..1], Family::drawn());
    [fixed, &[("derived", Family::Fixed)], drawn].concat()
}

/// The numbers of a figure and what is known of their spread.
pub(super) struct Amount {
    pub(super) numbers: Numbers,
    pub(super) range: Option<(f64, f64)>,
    pub(super) family: Option<Family>,
    pub(super) distribution: Option<Distribution>,
    pub(super) central: Option<Central>,
    pub(super) misfit: Option<Misfit>,
}

impl Amount {
    fn certain(numbers: Numbers) -> Self {
        Self { numbers, range: None, family: None, distribution: None, central: None, misfit: None }
    }

    fn drawn(numbers: Numbers, range: &Range, fitted: Fitted) -> Self {
        let family = range.family.value;
        Self {
            numbers,
            range: Some((range.low, range.high)),
            family: Some(family),
            distribution: (family != Family::Fixed).then_some(fitted.distribution),
            central: range.central,
            misfit: fitted.misfit,
        }
    }
}

/// Low, high and family, of a value or of a common factor.
#[derive(Debug, Clone)]
pub(super) struct Range {
    low: f64,
    high: f64,
    family: Located<Family>,
    central: Option<Central>,
}

pub(super) fn read_amount(
    reading: &mut Reading,
    fields: &mut Fields<'_, '_>,
    spread: Option<&Range>,
) -> Option<Amount> {
    let given: Vec<&str> = ["value", "values", "log_mean"].into_iter().filter(|key| fields.has(key)).collect();
    // `value` may stand beside `log_mean`, as the value shown where nothing is drawn.
    if given.is_empty() || (given.len() > 1 && given.contains(&"values")) {
        let message = if given.is_empty() {
            format!("{} has no value", fields.called())
        } else {
            format!("{} gives both `{}` and `{}`", fields.called(), given[0], given[1])
        };
        reading
            .error(code::TWO_WAYS, fields.at().clone(), message)
            .hint("write one of value = 1.5, values = [...], or log_mean with log_sd");
        fields.known_range();
        return None;
    }
    if given == ["values"] {
        let value = fields.any("values")?;
        let numbers = read_values(reading, value);
        refuse_range(reading, fields);
        fields.known_range();
        return amount_with_spread(reading, numbers?, spread);
    }
    if given.contains(&"log_mean") || fields.has("log_sd") {
        return read_logarithmic(reading, fields, spread);
    }
    let value = fields.number(reading, "value");
    if spread.is_some() {
        refuse_range(reading, fields);
        fields.known_range();
        return amount_with_spread(reading, Numbers::One(value?.value), spread);
    }
    let range = read_range(reading, fields);
    let value = value?;
    let numbers = Numbers::One(value.value);
    let Some(range) = range? else {
        return Some(Amount::certain(numbers));
    };
    let fitted = fitted(reading, value.value, &value.span, &range, "`value`")?;
    Some(Amount::drawn(numbers, &range, fitted))
}

fn amount_with_spread(reading: &mut Reading, numbers: Numbers, spread: Option<&Range>) -> Option<Amount> {
    let Some(range) = spread else {
        return Some(Amount::certain(numbers));
    };
    let at = range.family.span.clone();
    let fitted = fitted(reading, 1.0, &at, range, "the common factor's central value")?;
    Some(Amount::drawn(numbers, range, fitted))
}

fn read_logarithmic(reading: &mut Reading, fields: &mut Fields<'_, '_>, spread: Option<&Range>) -> Option<Amount> {
    let complete = fields.has("log_mean") && fields.has("log_sd");
    if !complete {
        lone_key(reading, fields, "log_mean", "log_sd");
    }
    if spread.is_some() || fields.has("low") || fields.has("high") {
        reading
            .error(
                code::TWO_WAYS,
                fields.at().clone(),
                format!("{} gives its spread both on the logarithm and by low and high", fields.called()),
            )
            .hint("write either log_mean and log_sd, or value with low and high");
    }
    let log_mean = fields.number(reading, "log_mean");
    let log_sd = fields.number(reading, "log_sd");
    let stated = fields.number(reading, "value");
    fields.need(reading, "distribution", "distribution = \"lognormal\"");
    let family = fields.word(reading, "distribution", &families());
    fields.known_range();
    if let Some(family) = &family
        && family.value != Family::Lognormal
    {
        reading
            .error(
                code::TWO_WAYS,
                family.span.clone(),
                format!("{} gives log_mean and log_sd, which belong to a lognormal", fields.called()),
            )
            .hint("write distribution = \"lognormal\"");
    }
    let (log_mean, log_sd) = (log_mean?, log_sd?);
    let distribution = match Distribution::lognormal(log_mean.value, log_sd.value) {
        Ok(distribution) => distribution,
        Err(error) => {
            reading
                .error(code::NO_DISTRIBUTION, log_sd.span, error.to_string())
                .hint("log_sd is the standard deviation of the natural logarithm, above zero");
            return None;
        }
    };
    let central = stated.map_or(log_mean.value.exp(), |value| value.value);
    Some(Amount {
        numbers: Numbers::One(central),
        range: None,
        family: Some(Family::Lognormal),
        distribution: Some(distribution),
        central: None,
        misfit: None,
    })
}

pub(super) fn read_spread(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<Range> {
    let called = format!("the spread of {}", fields.called());
    let mut spread = fields.table(reading, "spread", called)?;
    spread.need(reading, "low", "low = 0.9, a factor below one");
    let range = read_range(reading, &mut spread).flatten();
    spread.finish(reading);
    range
}

/// The range if there is one; the outer `None` when it is there and cannot be used.
fn read_range(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<Option<Range>> {
    let (has_low, has_high) = (fields.has("low"), fields.has("high"));
    let family = fields.word(reading, "distribution", &families());
    let written = fields.has("distribution");
    let low = fields.number(reading, "low");
    let high = fields.number(reading, "high");
    let has_central = fields.has("central");
    let central = fields.word(reading, "central", &CENTRAL);
    if has_central && !(has_low && has_high) {
        lone_key(reading, fields, "central", "low");
        return None;
    }
    if let (Some(central), Some(family)) = (&central, &family)
        && settled(reading, code::LONE_KEY, &central.span, family.value)
    {
        return None;
    }
    if has_low != has_high {
        lone_key(reading, fields, "low", "high");
        return None;
    }
    if !has_low {
        if !written || family.as_ref().is_some_and(|family| family.value == Family::Fixed) {
            return Some(None);
        }
        if let Some(family) = family {
            reading
                .error(
                    code::LONE_KEY,
                    family.span,
                    format!("{} has a distribution and neither low nor high", fields.called()),
                )
                .hint("write low and high, or distribution = \"fixed\"");
        }
        return None;
    }
    if !written {
        let words: Vec<&str> = families().iter().map(|(word, _)| *word).collect();
        reading
            .error(
                code::LONE_KEY,
                low.map_or(fields.at().clone(), |low| low.span),
                format!("{} has low and high and no distribution", fields.called()),
            )
            .hint(format!("write distribution = one of {}", listed(&words)));
        return None;
    }
    let (low, high, family) = (low?, high?, family?);
    if low.value > high.value {
        reading
            .error(code::OUT_OF_ORDER, low.span, format!("`low` is {} and `high` is {}", low.value, high.value))
            .hint("exchange the two");
        return None;
    }
    let central = central.map(|central| central.value);
    Some(Some(Range { low: low.value, high: high.value, family, central }))
}

fn fitted(reading: &mut Reading, central: f64, at: &Span, range: &Range, called: &str) -> Option<Fitted> {
    let family = range.family.value;
    match Distribution::fit(family, central, range.central, range.low, range.high) {
        Ok(fitted) => Some(fitted),
        Err(DistributionError::OutOfOrder { low, high, .. }) => {
            reading
                .error(
                    code::OUT_OF_ORDER,
                    at.clone(),
                    format!("{called} is {central}, outside `low` {low} to `high` {high}"),
                )
                .hint("low, the central value and high come in this order");
            None
        }
        Err(error) => {
            reading
                .error(code::NO_DISTRIBUTION, range.family.span.clone(), error.to_string())
                .hint("choose another distribution, or look at the numbers again");
            None
        }
    }
}

fn refuse_range(reading: &mut Reading, fields: &mut Fields<'_, '_>) {
    for key in ["low", "high", "distribution", "central"] {
        if fields.has(key) {
            let at = fields.key_span(reading, key).unwrap_or(fields.at().clone());
            reading
                .error(
                    code::TWO_WAYS,
                    at,
                    format!("{} has several numbers or a spread, so `{key}` has no place beside them", fields.called()),
                )
                .hint("write spread = { low = 0.9, high = 1.1, distribution = \"lognormal\" }, one factor for all");
            return;
        }
    }
}

fn read_values(reading: &mut Reading, value: &Spanned<DeValue<'_>>) -> Option<Numbers> {
    let mut values = Vec::new();
    let mut shape = Vec::new();
    let before = reading.count();
    flatten(reading, value, 0, &mut shape, &mut values);
    (reading.count() == before).then_some(Numbers::Many { values, shape })
}

// Row by row; the first row at each depth says how long the others must be.
fn flatten(
    reading: &mut Reading,
    value: &Spanned<DeValue<'_>>,
    depth: usize,
    shape: &mut Vec<usize>,
    values: &mut Vec<f64>,
) {
    let ragged = |reading: &mut Reading, message: String| {
        reading
            .error(code::RAGGED_VALUES, reading.span(value.span()), message)
            .hint("write rows of equal length, the last subscript running fastest");
    };
    let DeValue::Array(items) = value.get_ref() else {
        if depth == 0 {
            wrong_kind(reading, value, "`values`", "a list of numbers", value.get_ref());
        } else if depth < shape.len() {
            ragged(reading, "a row is needed here, as before".to_owned());
        } else if let Some(number) = number(reading, value, "each of `values`") {
            values.push(number.value);
        }
        return;
    };
    if items.is_empty() {
        ragged(reading, "this row is empty".to_owned());
        return;
    }
    if depth == shape.len() {
        if !values.is_empty() {
            ragged(reading, "a number is needed here, as before".to_owned());
            return;
        }
        shape.push(items.len());
    } else if shape[depth] != items.len() {
        ragged(reading, format!("this row has {} and the first has {}", items.len(), shape[depth]));
        return;
    }
    for item in items.iter() {
        flatten(reading, item, depth + 1, shape, values);
    }
}

// One of two keys that belong together is missing.
pub(super) fn lone_key(reading: &mut Reading, fields: &mut Fields<'_, '_>, one: &'static str, other: &'static str) {
    let (there, missing) = if fields.has(one) { (one, other) } else { (other, one) };
    let at = fields.key_span(reading, there).unwrap_or(fields.at().clone());
    reading
        .error(code::LONE_KEY, at, format!("{} has `{there}` and no `{missing}`", fields.called()))
        .hint(format!("write `{missing}` beside it"));
}

//! One number of the evidence, or one array of them, with all that is known about it.

use toml::Spanned;
use toml::de::{DeString, DeValue};

use crate::explain::evidence as code;
use crate::quantity::FinancialYear;
use engine::diagnostic::Span;
use engine::model::{Binding, Label, Provenance, Value};
use engine::sampling::{Central, Distribution, Family, Misfit};

use super::amount::{Numbers, lone_key, read_amount, read_spread};
use super::deflators::{sources_of, year};
use super::document::{Fields, Reading, wrong_kind};
use super::grade::Grade;
use super::misfit::misfits;
use super::references::References;
use super::uncertain::{NullDraw, UncertainConstant};

/// A figure as it stands in a file, in the unit of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The constant of the model it is for.
    pub label: Label,
    /// The central value or values, as written.
    pub numbers: Numbers,
    /// The model's constant is the written number divided by this.
    pub per: f64,
    /// What a written sum of money is multiplied by to be in prices of the base year; 1 for all else.
    pub price_factor: f64,
    /// Low and high as written: of the value, or of the common factor where there is one.
    pub range: Option<(f64, f64)>,
    /// The family as written.
    pub family: Option<Family>,
    /// What the central value is, where the figure says so: mean or median of the draws. Otherwise the family says it.
    pub central: Option<Central>,
    /// In what the draws are not what was declared.
    pub misfit: Option<Misfit>,
    /// Whether the range is that of a common factor that multiplies all numbers.
    pub common_factor: bool,
    /// How likely each value is (as written), or each common factor; `None` where nothing is uncertain.
    pub distribution: Option<Distribution>,
    /// The name of the random number that rows with a common cause share, if they do.
    pub shared: Option<String>,
    /// The chance that there is no effect at all.
    pub no_effect: Option<NoEffect>,
    /// The unit as written.
    pub unit: Option<String>,
    /// The year whose prices the numbers are in, for money.
    pub price_year: Option<FinancialYear>,
    /// How far the central value can be trusted.
    pub grade: Grade,
    /// Keys of the register of sources.
    pub sources: Vec<String>,
    /// Names of the rows of evidence that it was taken from.
    pub ids: Vec<String>,
    /// Anything else worth knowing.
    pub note: Option<String>,
    /// Whether it was copied from elsewhere for a new file, and nobody has said yet that it holds here.
    pub still_default: bool,
    /// Whether it is about how the model is built, and not a number that a better study would measure: told apart.
    pub structural: bool,
    /// Where its name stands.
    pub span: Span,
}

/// The chance that a programme does nothing on this count.
#[derive(Debug, Clone, PartialEq)]
pub struct NoEffect {
    /// How likely.
    pub probability: f64,
    /// The value then, as written (1 for a relative risk, 0 for a difference).
    pub nothing: f64,
    /// The name of the random number that decides it, if the file names one.
    pub stream: Option<String>,
}

/// Whose figure it is, so far as its random numbers are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The card, place, system file or scenario.
    pub owner: String,
    /// Local figures have draws of their own in each place; all others share theirs across places.
    pub local: bool,
}

impl Origin {
    fn stream(&self, name: &str) -> String {
        if self.local { format!("{}: {name}", self.owner) } else { name.to_owned() }
    }

    // Shared by all rows of the owner that name no stream of their own.
    fn null_stream(&self) -> String {
        let mark = if self.local { ": " } else { " " };
        format!("{}{mark}no effect", self.owner)
    }
}

impl Figure {
    /// The central value for the model, in its unit and in base-year prices.
    pub fn binding(&self, strength: u8) -> Binding {
        Binding {
            name: self.label.constant.clone(),
            elements: self.label.elements.clone(),
            value: match &self.numbers {
                Numbers::One(value) => Value::Number(self.scaled(*value)),
                Numbers::Many { values, .. } => Value::Array(values.iter().map(|value| self.scaled(*value)).collect()),
            },
            provenance: Provenance { strength, span: Some(self.span.clone()) },
        }
    }

    /// What is drawn for the model, in its unit and in base-year prices; `None` where nothing is uncertain.
    pub fn uncertain(&self, origin: &Origin) -> Option<UncertainConstant> {
        if self.distribution.is_none() && self.no_effect.is_none() {
            return None;
        }
        let label = self.label.to_string();
        let fixed = match &self.numbers {
            Numbers::One(value) if !self.common_factor => *value,
            _ => 1.0,
        };
        let (bases, array) = match &self.numbers {
            Numbers::One(_) if !self.common_factor => (vec![self.scaled(1.0)], false),
            Numbers::One(value) => (vec![self.scaled(*value)], false),
            Numbers::Many { values, .. } => (values.iter().map(|value| self.scaled(*value)).collect(), true),
        };
        let no_effect = self.no_effect.as_ref().map(|none| NullDraw {
            stream: match &none.stream {
                Some(stream) => origin.stream(stream),
                None => origin.null_stream(),
            },
            probability: none.probability,
            value: self.scaled(none.nothing),
        });
        Some(UncertainConstant {
            constant: self.label.constant.clone(),
            elements: self.label.elements.clone(),
            stream: origin.stream(self.shared.as_deref().unwrap_or(&label)),
            label,
            distribution: self.distribution.clone().unwrap_or(Distribution::Fixed(fixed)),
            bases,
            array,
            no_effect,
            owner: origin.owner.clone(),
            local: origin.local,
            grade: self.grade,
            structural: self.structural,
            sources: self.sources.clone(),
            span: self.span.clone(),
        })
    }

    /// What 2.5 %, half and 97.5 % of the draws lie below, as written (of the common factor where there is one); where there may be
    /// no effect, in the draws that have one.
    pub fn drawn(&self) -> Option<[f64; 3]> {
        self.distribution.as_ref().map(|drawn| [0.025, 0.5, 0.975].map(|share| drawn.quantile(share)))
    }

    /// A number as written, in the model's unit and in base-year prices.
    pub fn scaled(&self, written: f64) -> f64 {
        written * self.price_factor / self.per
    }

    /// A sum of money as written, in the unit of the file and in base-year prices; any other number as it is.
    pub fn in_base_prices(&self, written: f64) -> f64 {
        written * self.price_factor
    }

    /// Reads the figure under `key`.
    pub fn read(
        reading: &mut Reading,
        key: &Spanned<DeString<'_>>,
        value: &Spanned<DeValue<'_>>,
        references: &References,
    ) -> Option<Self> {
        let written = key.get_ref().as_ref();
        let span = reading.span(key.span());
        let label = match Label::parse(written) {
            Ok(label) => Some(label),
            Err(why) => {
                reading
                    .error(
                        code::MALFORMED_LABEL,
                        span.clone(),
                        format!("`{written}` is not the name of a constant: {why}"),
                    )
                    .hint("write it as in the model, such as \"Unit cost[H01]\"");
                None
            }
        };
        let DeValue::Table(table) = value.get_ref() else {
            wrong_kind(
                reading,
                value,
                &format!("`{written}`"),
                "a table with value, grade, source and the rest",
                value.get_ref(),
            );
            return None;
        };
        let mut fields = Fields::new(table, span.clone(), format!("`{written}`"));
        let before = reading.count();
        let spread = read_spread(reading, &mut fields);
        let amount = read_amount(reading, &mut fields, spread.as_ref());
        let no_effect = read_no_effect(reading, &mut fields);
        let per = read_per(reading, &mut fields);
        let shared = fields.text(reading, "shared").map(|shared| shared.value);
        let unit = fields.text(reading, "unit").map(|unit| unit.value);
        let price_year = read_price_year(reading, &mut fields, references);
        let grade = Grade::read(reading, &mut fields);
        let sources = sources_of(reading, &mut fields, &references.sources);
        let ids = fields.texts(reading, "id").unwrap_or_default();
        let note = fields.text(reading, "note").map(|note| note.value);
        let structural = fields.truth(reading, "structural").is_some_and(|truth| truth.value);
        let still_default = fields.truth(reading, "default").is_some_and(|truth| truth.value);
        fields.finish(reading);
        if reading.count() > before {
            // Warnings do not arise inside a figure, so something in it cannot be used.
            return None;
        }
        let amount = amount?;
        if let (Some(misfit), Some(drawn)) = (amount.misfit, &amount.distribution) {
            let central = if spread.is_some() { 1.0 } else { amount.numbers.values()[0] };
            misfits(reading, code::NOT_AS_DECLARED, &span, written, (misfit, drawn, central));
        }
        Some(Self {
            label: label?,
            numbers: amount.numbers,
            per,
            price_factor: price_year.map_or(1.0, |(_, factor)| factor),
            range: amount.range,
            family: amount.family,
            central: amount.central,
            misfit: amount.misfit,
            common_factor: spread.is_some(),
            distribution: amount.distribution,
            shared,
            no_effect,
            unit,
            price_year: price_year.map(|(year, _)| year),
            grade: grade?,
            sources: sources?,
            ids: ids.into_iter().map(|id| id.value).collect(),
            note,
            structural,
            still_default,
            span,
        })
    }
}

fn read_no_effect(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<NoEffect> {
    let probability = fields.number(reading, "p_null");
    let nothing = fields.number(reading, "nothing");
    let stream = fields.text(reading, "null_stream").map(|stream| stream.value);
    if !fields.has("p_null") {
        for key in ["nothing", "null_stream"] {
            if fields.has(key) {
                lone_key(reading, fields, "p_null", key);
            }
        }
        return None;
    }
    if !fields.has("nothing") {
        lone_key(reading, fields, "nothing", "p_null");
    }
    let probability = probability?;
    if !(0.0..=1.0).contains(&probability.value) {
        reading
            .error(
                code::NOT_A_PROBABILITY,
                probability.span,
                format!("`p_null` is {}, and a probability lies from 0 to 1", probability.value),
            )
            .hint("write 0.25 for one chance in four");
        return None;
    }
    let nothing = nothing?.value;
    (probability.value > 0.0).then_some(NoEffect { probability: probability.value, nothing, stream })
}

fn read_per(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> f64 {
    match fields.number(reading, "per") {
        Some(per) if per.value > 0.0 => per.value,
        Some(per) => {
            reading
                .error(
                    code::NOT_POSITIVE,
                    per.span,
                    format!("`per` is {}, and nothing can be counted per {}", per.value, per.value),
                )
                .hint("write per = 1000 for a rate per 1,000");
            1.0
        }
        None => 1.0,
    }
}

pub(super) fn read_price_year(
    reading: &mut Reading,
    fields: &mut Fields<'_, '_>,
    references: &References,
) -> Option<(FinancialYear, f64)> {
    let label = fields.text(reading, "price_year")?;
    let year = year(reading, &label)?;
    if let Some(factor) = references.deflators.to_base(year) {
        return Some((year, factor));
    }
    let (first, last) = references.deflators.years();
    reading
        .error(code::UNKNOWN_PRICE_YEAR, label.span, format!("there is no deflator for {year}"))
        .hint(format!("deflators.toml runs from {first} to {last}; add the earlier years there"));
    None
}

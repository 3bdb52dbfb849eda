//! Prices of one year in prices of another, by the GDP deflator.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::de::DeValue;

use crate::explain::evidence as code;
use crate::quantity::FinancialYear;
use engine::diagnostic::Diagnostics;

use super::document::{Fields, Located, Reading, number, wrong_kind};
use super::grade::Grade;
use super::{CODES, SourceRegistry};

/// The level of prices year by year, past and to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Deflators {
    /// What the index is.
    pub name: String,
    /// The year whose prices the model runs in.
    pub base: FinancialYear,
    /// Years up to the base year.
    pub past: DeflatorPath,
    /// Years after the base year.
    pub future: DeflatorPath,
    /// Growth a year after the last year of the path.
    pub growth_after: f64,
}

/// A part of the index.
#[derive(Debug, Clone, PartialEq)]
pub struct DeflatorPath {
    /// The level of prices in each year, all on one scale.
    pub index: BTreeMap<FinancialYear, f64>,
    /// How far the figures can be trusted.
    pub grade: Grade,
    /// Keys of the register of sources.
    pub sources: Vec<String>,
    /// Anything else worth knowing.
    pub note: Option<String>,
}

impl Deflators {
    /// Reads `deflators.toml`.
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn read(file: &Arc<str>, content: &str, sources: &SourceRegistry) -> Result<(Self, Diagnostics), Diagnostics> {
        let mut reading = Reading::new(file, &CODES);
        let deflators = read(&mut reading, content, sources);
        let found = reading.finish();
        match deflators {
            Some(deflators) => found.into_result(deflators),
            None => Err(found),
        }
    }

    /// What a sum in prices of `year` is multiplied by to be in prices of the base year; `None` for a year before the
    /// index begins.
    pub fn to_base(&self, year: FinancialYear) -> Option<f64> {
        Some(self.level(self.base)? / self.level(year)?)
    }

    /// What a sum in prices of the base year is multiplied by to be in prices of `year`.
    pub fn from_base(&self, year: FinancialYear) -> Option<f64> {
        Some(self.level(year)? / self.level(self.base)?)
    }

    /// First and last year of the index as written; later years grow by [`Deflators::growth_after`].
    pub fn years(&self) -> (FinancialYear, FinancialYear) {
        let first = self.past.index.keys().next().copied();
        let last = self.future.index.keys().next_back().copied();
        (first.unwrap_or(self.base), last.unwrap_or(self.base))
    }

    fn level(&self, year: FinancialYear) -> Option<f64> {
        let written = self.past.index.get(&year).or_else(|| self.future.index.get(&year));
        if let Some(level) = written {
            return Some(*level);
        }
        let (_, last) = self.years();
        let beyond = year.begins() - last.begins();
        if beyond <= 0 {
            return None;
        }
        Some(self.level(last)? * (1.0 + self.growth_after).powi(beyond))
    }
}

fn read(reading: &mut Reading, content: &str, sources: &SourceRegistry) -> Option<Deflators> {
    let root = reading.parse(content)?;
    let whole = reading.span(0..0);
    let mut fields = Fields::new(&root, whole, "the deflator file");
    fields.schema(reading);
    let name = fields.needed_name(reading, "name", "name = \"GDP deflator at market prices\"");
    let base = fields.needed_text(reading, "base", "base = \"2024/25\", the year of the model's prices");
    let base = base.and_then(|base| year(reading, &base));
    fields.need(reading, "past", "[past] with index = { \"2023/24\" = 96.0, \"2024/25\" = 100.0 }");
    fields.need(reading, "future", "[future] with index = { \"2025/26\" = 102.0 } and growth_after = 0.02");
    let past = fields.table(reading, "past", "`past`");
    let future = fields.table(reading, "future", "`future`");
    fields.finish(reading);

    let past = past.and_then(|mut fields| {
        let path = path(reading, &mut fields, sources);
        fields.finish(reading);
        path
    });
    let (future, growth_after) = match future {
        Some(mut fields) => {
            fields.need(reading, "growth_after", "growth_after = 0.02, for the years after the last");
            let growth = fields.number(reading, "growth_after");
            let path = path(reading, &mut fields, sources);
            fields.finish(reading);
            (path, growth)
        }
        None => (None, None),
    };
    if let Some(growth) = &growth_after
        && growth.value <= -1.0
    {
        reading
            .error(
                code::DEFLATOR_PATH,
                growth.span.clone(),
                format!("prices cannot fall by {} in a year", -growth.value),
            )
            .hint("write growth as a part of one: 0.02 for 2 %");
    }
    let (base, (past, past_at), (future, future_at)) = (base?, past?, future?);
    if past.index.keys().next_back() != Some(&base) {
        reading
            .error(code::DEFLATOR_PATH, past_at, format!("the past does not end with the base year {base}"))
            .hint(format!("the last year of the past is \"{base}\""));
    }
    if future.index.keys().next() != Some(&base.later(1)) {
        reading
            .error(
                code::DEFLATOR_PATH,
                future_at,
                format!("the future does not begin with the year after the base year {base}"),
            )
            .hint(format!("the first year of the future is \"{}\"", base.later(1)));
    }
    Some(Deflators { name: name?.value, base, past, future, growth_after: growth_after?.value })
}

fn path(
    reading: &mut Reading,
    fields: &mut Fields<'_, '_>,
    sources: &SourceRegistry,
) -> Option<(DeflatorPath, engine::diagnostic::Span)> {
    let grade = Grade::read(reading, fields);
    let keys = sources_of(reading, fields, sources);
    let note = fields.text(reading, "note").map(|note| note.value);
    fields.need(reading, "index", "index = { \"2024/25\" = 100.0 }");
    let value = fields.any("index")?;
    let at = reading.span(value.span());
    let DeValue::Table(levels) = value.get_ref() else {
        wrong_kind(reading, value, "`index`", "a table from year to level", value.get_ref());
        return None;
    };
    let mut index = BTreeMap::new();
    let mut years = BTreeSet::new();
    let mut entries: Vec<_> = levels.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, level) in entries {
        let label = Located { value: key.get_ref().to_string(), span: reading.span(key.span()) };
        let (Some(year), Some(level)) =
            (year(reading, &label), number(reading, level, &format!("the index of {}", label.value)))
        else {
            continue;
        };
        years.insert(year);
        if level.value <= 0.0 {
            reading
                .error(
                    code::DEFLATOR_PATH,
                    level.span,
                    format!("the index of {year} is {}, and a level of prices is above zero", level.value),
                )
                .hint("write the level of prices, not its growth");
            continue;
        }
        index.insert(year, level.value);
    }
    let years: Vec<FinancialYear> = years.into_iter().collect();
    for pair in years.windows(2) {
        if pair[0].later(1) != pair[1] {
            reading
                .error(code::DEFLATOR_PATH, at.clone(), format!("the index has {} and then {}", pair[0], pair[1]))
                .hint(format!("add \"{}\": no year may be left out", pair[0].later(1)));
        }
    }
    let path = DeflatorPath { index, grade: grade?, sources: keys?, note };
    Some((path, at))
}

/// A financial year, or a complaint.
pub(super) fn year(reading: &mut Reading, label: &Located<String>) -> Option<FinancialYear> {
    let year = FinancialYear::parse(&label.value);
    if year.is_none() {
        reading
            .error(code::UNKNOWN_PRICE_YEAR, label.span.clone(), format!("`{}` is not a financial year", label.value))
            .hint("write it as \"2024/25\"");
    }
    year
}

/// The keys of the sources, each checked; one at least.
pub(super) fn sources_of(
    reading: &mut Reading,
    fields: &mut Fields<'_, '_>,
    sources: &SourceRegistry,
) -> Option<Vec<String>> {
    fields.need(reading, "source", "source = \"a key of sources.toml\"");
    let keys = fields.texts(reading, "source")?;
    for key in &keys {
        sources.check(reading, key);
    }
    if keys.is_empty() {
        reading
            .error(CODES.missing_key, fields.at().clone(), format!("{} names no source", fields.called()))
            .hint("write source = \"a key of sources.toml\"");
    }
    Some(keys.into_iter().map(|key| key.value).collect())
}

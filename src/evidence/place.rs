//! What a place's file says beside its numbers for the model: what it is, and what is published of it.

use toml::Spanned;
use toml::de::DeValue;

use crate::quantity::FinancialYear;
use engine::model::Name;

use super::deflators::{sources_of, year};
use super::document::{Fields, Located, Reading, table, wrong_kind};
use super::figure::{Figure, read_price_year};
use super::grade::Grade;
use super::references::References;

/// What only a place has.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Place {
    /// How its residents were counted.
    pub residents_note: Option<String>,
    /// How large a part of the country it is.
    pub level: Option<Level>,
    /// The id of the place that it is a part of.
    pub within: Option<String>,
    /// The year that its figures are of, where that is not the base year of the model.
    pub base_year: Option<FinancialYear>,
    /// What is published of it, to set the model against.
    pub published: Vec<Published>,
}

/// The kinds of place, from large to small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A whole country.
    Country,
    /// An integrated care system.
    System,
    /// A place of a system.
    Place,
    /// A district council's area.
    District,
}

impl Level {
    const WORDS: [(&'static str, Self); 4] =
        [("country", Self::Country), ("system", Self::System), ("place", Self::Place), ("district", Self::District)];

    /// The word that stands for it in files.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, level)| *level == self).map_or("place", |(word, _)| word)
    }
}

/// A figure that somebody published, and the variable of the model that should come out like it in the base year.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// What was counted, as people call it.
    pub what: String,
    /// The variable, with elements in brackets where not all are meant. All meant are summed over the base year; what is a
    /// level and not a rate is averaged over it.
    pub variable: Located<Name>,
    /// A variable that the first is divided by, such as contacts for each person.
    pub over: Option<Located<Name>>,
    /// The figure, in the unit as written; money in prices of the base year.
    pub value: f64,
    /// The unit, in words.
    pub unit: String,
    /// The year that it is about.
    pub year: String,
    /// How far it can be trusted.
    pub grade: Grade,
    /// Keys of the register of sources.
    pub sources: Vec<String>,
    /// Anything else worth knowing.
    pub note: Option<String>,
}

/// Reads what only the heading of a place has.
pub(super) fn read_place(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Place {
    Place {
        residents_note: fields.text(reading, "residents_note").map(|note| note.value),
        level: fields.word(reading, "kind", &Level::WORDS).map(|level| level.value),
        within: fields.text(reading, "within").map(|within| within.value),
        base_year: fields.text(reading, "base_year").and_then(|label| year(reading, &label)),
        published: Vec::new(),
    }
}

/// Reads the tables headed `[[published]]`.
pub(super) fn read_published(
    reading: &mut Reading,
    value: &Spanned<DeValue<'_>>,
    references: &References,
) -> Vec<Published> {
    let DeValue::Array(items) = value.get_ref() else {
        wrong_kind(reading, value, "`published`", "a list of tables, each headed [[published]]", value.get_ref());
        return Vec::new();
    };
    items.iter().filter_map(|item| one(reading, item, references)).collect()
}

fn one(reading: &mut Reading, value: &Spanned<DeValue<'_>>, references: &References) -> Option<Published> {
    let mut fields = table(reading, value, "the published figure")?;
    let before = reading.count();
    let what = fields.needed_text(reading, "what", "what = \"Emergency admissions\", as people call it");
    let variable =
        fields.needed_text(reading, "variable", "variable = \"Demand[Emergency admissions]\", as in the model");
    let over = fields.text(reading, "over").map(named);
    fields.need(reading, "value", "value = 218718");
    let number = fields.number(reading, "value");
    let unit = fields.needed_text(reading, "unit", "unit = \"admissions a year\"");
    let year = fields.needed_text(reading, "year", "year = \"2024/25\", the year that it is about");
    let prices = read_price_year(reading, &mut fields, references).map_or(1.0, |(_, factor)| factor);
    let grade = Grade::read(reading, &mut fields);
    let sources = sources_of(reading, &mut fields, &references.sources);
    let note = fields.text(reading, "note").map(|note| note.value);
    fields.finish(reading);
    if reading.count() > before {
        return None;
    }
    Some(Published {
        what: what?.value,
        variable: named(variable?),
        over,
        value: number?.value * prices,
        unit: unit?.value,
        year: year?.value,
        grade: grade?,
        sources: sources?,
        note,
    })
}

fn named(text: Located<String>) -> Located<Name> {
    Located { value: Name::new(&text.value), span: text.span }
}

/// What a figure of a place rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigureBasis {
    /// Counted, published or fitted for the place itself.
    Local,
    /// Reached by a rule from the place's own people and from figures of others: its note begins with "By rule".
    ByRule,
    /// The same everywhere: its note begins with "National".
    National,
    /// Copied for a new file, and not looked at.
    Default,
}

impl FigureBasis {
    /// What this figure rests on.
    pub fn of(figure: &Figure) -> Self {
        let begins = |word: &str| figure.note.as_deref().is_some_and(|note| note.starts_with(word));
        match () {
            () if figure.still_default => Self::Default,
            () if begins("By rule") => Self::ByRule,
            () if begins("National") => Self::National,
            () => Self::Local,
        }
    }

    /// The word that is shown for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::ByRule => "by rule",
            Self::National => "national",
            Self::Default => "default",
        }
    }
}

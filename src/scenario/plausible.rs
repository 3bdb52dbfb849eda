//! What is plausible of a place and of a card, so that a slip of the pen is told: wide of it is a warning, and no error.

use crate::evidence::document::{Fields, Located, Reading};
use crate::explain::scenario as code;
use engine::model::Name;

/// How far figures may lie from those of a country, and between which ends single constants are expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Plausible {
    /// The id of the place that others are compared with.
    pub country: Located<String>,
    /// A figure this many times that of the country, or one in so many of it, is told.
    pub times: f64,
    /// Constants that differ more between places, each with its own factor.
    pub wider: Vec<(Located<Name>, f64)>,
    /// Constants that grow with the place, and so are compared for each resident.
    pub per_resident: Vec<Located<Name>>,
    /// A place with fewer residents than this is told.
    pub least_residents: f64,
    /// Constants whose central value is expected between two ends.
    pub ranges: Vec<PlausibleRange>,
}

/// The ends between which a constant is expected.
#[derive(Debug, Clone, PartialEq)]
pub struct PlausibleRange {
    /// The constant.
    pub constant: Located<Name>,
    /// The least.
    pub low: f64,
    /// The most.
    pub high: f64,
    /// What may have been meant by a number outside.
    pub meant: String,
}

impl Plausible {
    pub(super) fn read(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Option<Self> {
        let country =
            fields.needed_text(reading, "country", "country = \"england\", the place that others are compared with");
        fields.need(reading, "times", "times = 5");
        let times = fields.number(reading, "times");
        if let Some(times) = times.as_ref().filter(|times| times.value <= 1.0) {
            let message = format!("`times` is {}, and every place would be implausible", times.value);
            reading.error(code::OUT_OF_RANGE, times.span.clone(), message).hint("write a number above 1, such as 5");
        }
        fields.need(reading, "least_residents", "least_residents = 1000");
        let least = fields.number(reading, "least_residents");
        let per_resident = fields.texts(reading, "per_resident").unwrap_or_default();
        let wider = fields.tables(reading, "wider", "the wider factor").into_iter().filter_map(|mut one| {
            let constant = one.needed_text(reading, "constant", "constant = \"its name in the model\"");
            one.need(reading, "times", "times = 100");
            let times = one.number(reading, "times");
            one.finish(reading);
            Some((named(constant?), times?.value))
        });
        let wider = wider.collect();
        let ranges = fields.tables(reading, "range", "the plausible range").into_iter().filter_map(|mut one| {
            let constant = one.needed_text(reading, "constant", "constant = \"its name in the model\"");
            one.need(reading, "low", "low = -1");
            one.need(reading, "high", "high = 1");
            let (low, high) = (one.number(reading, "low"), one.number(reading, "high"));
            let meant = one.needed_text(reading, "meant", "meant = \"what may have been meant\"");
            one.finish(reading);
            Some(PlausibleRange { constant: named(constant?), low: low?.value, high: high?.value, meant: meant?.value })
        });
        let ranges = ranges.collect();
        fields.finish(reading);
        Some(Self {
            country: country?,
            times: times?.value,
            wider,
            per_resident: per_resident.into_iter().map(named).collect(),
            least_residents: least?.value,
            ranges,
        })
    }

    /// Every constant that is named here.
    pub(super) fn constants(&self) -> impl Iterator<Item = &Located<Name>> {
        let wider = self.wider.iter().map(|(constant, _)| constant);
        self.per_resident.iter().chain(wider).chain(self.ranges.iter().map(|range| &range.constant))
    }

    /// How many times the country's a figure of this constant may be.
    pub fn times(&self, constant: &Name) -> f64 {
        self.wider.iter().find(|(wider, _)| wider.value == *constant).map_or(self.times, |(_, times)| *times)
    }
}

fn named(written: Located<String>) -> Located<Name> {
    Located { value: Name::new(&written.value), span: written.span }
}

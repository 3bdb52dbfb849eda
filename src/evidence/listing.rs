//! Every number with its range, grade and source, for a person who asks where a number comes from.

use crate::quantity::FinancialYear;

use super::amount::Numbers;
use super::figure::Figure;
use super::file::EvidenceFile;
use super::grade::Grade;
use super::uncertain::UncertainConstant;

/// One figure, in the unit of its file.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// The card, place or system file.
    pub owner: String,
    /// The constant.
    pub label: String,
    /// The central value, or how many values there are and from what to what they run.
    pub value: String,
    /// The unit as written.
    pub unit: String,
    /// Low and high, or those of the common factor.
    pub range: String,
    /// The distribution, with the chance of no effect.
    pub distribution: String,
    /// The year whose prices the figure is in.
    pub price_year: Option<FinancialYear>,
    /// How far the central value can be trusted.
    pub grade: Grade,
    /// Keys of the register of sources.
    pub sources: Vec<String>,
    /// Names of the rows of evidence.
    pub ids: Vec<String>,
    /// The name of the random number, where something is drawn.
    pub stream: Option<String>,
    /// Anything else worth knowing.
    pub note: String,
}

/// All figures of these files, in their order.
pub fn listing<'f>(files: impl IntoIterator<Item = &'f EvidenceFile>) -> Vec<Listing> {
    let mut rows = Vec::new();
    for file in files {
        let drawn = file.uncertainties();
        rows.extend(file.figures.iter().map(|figure| row(file, figure, &drawn)));
    }
    rows
}

fn row(file: &EvidenceFile, figure: &Figure, drawn: &[UncertainConstant]) -> Listing {
    let label = figure.label.to_string();
    let stream = drawn.iter().find(|one| one.label == label).map(|one| one.stream.clone());
    Listing {
        owner: file.id.clone(),
        value: value(&figure.numbers),
        unit: figure.unit.clone().unwrap_or_default(),
        range: range(figure),
        distribution: distribution(figure),
        price_year: figure.price_year,
        grade: figure.grade,
        sources: figure.sources.clone(),
        ids: figure.ids.clone(),
        stream,
        note: figure.note.clone().unwrap_or_default(),
        label,
    }
}

fn value(numbers: &Numbers) -> String {
    match numbers {
        Numbers::One(value) => value.to_string(),
        Numbers::Many { values, .. } => {
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            format!("{} values, {low} to {high}", values.len())
        }
    }
}

fn range(figure: &Figure) -> String {
    match figure.range {
        Some((low, high)) if figure.common_factor => format!("times {low} to {high}"),
        Some((low, high)) => format!("{low} to {high}"),
        None => String::new(),
    }
}

fn distribution(figure: &Figure) -> String {
    let family = figure.family.map_or("fixed".to_owned(), |family| family.to_string());
    match &figure.no_effect {
        Some(none) => format!("{family}; {} with probability {}", none.nothing, none.probability),
        None => family,
    }
}

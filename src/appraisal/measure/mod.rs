//! The catalogue of measures: what is told of a strategy in one number, what it is made of, and which way is better.
//!
//! A family of measures has a file here and a line in [`FAMILIES`]. Findings, rankings, sweeps, sensitivity and decisions all
//! find their measures in this list, so that a measure is the same number wherever it is told.

pub mod cost_per_qaly;
pub mod deciding;
mod definition;
pub mod demand;
pub mod in_a_year;
pub mod inequality;
pub mod net;
pub mod net_health;
pub mod payback;
pub mod present_value;
pub mod reduction;
mod subject;
pub mod totals;
pub mod trough;

use crate::scenario::Perspective;

use super::key::SeriesKey;

pub use definition::{Direction, Measure, MeasureKey, Telling};
pub use subject::{SeriesIndex, Subject};

/// Measures that belong together, by what they are of.
enum Family {
    /// Of a strategy from a perspective.
    OfPerspective(fn(&Subject<'_>, &Perspective) -> Vec<Measure>),
    /// Of each yearly series of a strategy.
    OfSeries(fn(&Subject<'_>, &SeriesKey) -> Vec<Measure>),
    /// Of a strategy as a whole.
    OfStrategy(fn(&Subject<'_>) -> Vec<Measure>),
}

use Family::{OfPerspective, OfSeries, OfStrategy};

/// The catalogue. In this order findings tell: perspective by perspective, then series by series, then of the strategy.
const FAMILIES: [Family; 9] = [
    OfPerspective(net::measures),
    OfPerspective(trough::measures),
    OfPerspective(present_value::measures),
    OfPerspective(payback::measures),
    OfSeries(totals::measures),
    OfSeries(in_a_year::measures),
    OfStrategy(cost_per_qaly::measures),
    OfStrategy(inequality::measures),
    OfStrategy(net_health::measures),
];

/// The catalogue of a strategy: every measure of the whole horizon, and what there is in each year, in the last one.
pub fn catalogue(subject: &Subject<'_>) -> Vec<Measure> {
    let mut all = Vec::new();
    for perspective in &subject.chart.perspectives {
        for family in &FAMILIES {
            if let OfPerspective(measures) = family {
                all.extend(measures(subject, perspective));
            }
        }
    }
    for key in subject.series.of(subject.strategy) {
        for family in &FAMILIES {
            if let OfSeries(measures) = family {
                all.extend(measures(subject, key));
            }
        }
    }
    for family in &FAMILIES {
        if let OfStrategy(measures) = family {
            all.extend(measures(subject));
        }
    }
    all
}

//! The pictures of a sweep: lines with their intervals over what is swept first, and a heat map of what is swept first and
//! second. Each says what was seen, how sure it is, and comes with its numbers.

mod fields;
mod lines;
mod table;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
mod wording;

use rayon::prelude::*;

use crate::appraisal::statistic::Statistic;
use crate::study::experiment::SweepFindings;
use engine::model::hyphenated;

use super::super::figure::{self, Estimate, Figure, FigureError};
use super::Picture;
use crate::table::Table;
use crate::words;

/// Of so many outcomes pictures are drawn, the first that the sweep names.
const MOST_OUTCOMES: usize = 8;
/// More panels than this do not fit on a page.
const MOST_PANELS: usize = 12;

/// The pictures of a sweep with their tables.
pub struct SweepPictures<'f> {
    /// As files of the same name.
    pub pictures: Vec<Picture>,
    /// The numbers behind each, in a table of its name.
    pub tables: Vec<Table<'f>>,
    /// What no picture shows, in sentences. All of it is in `sweep.csv`.
    pub left_out: Vec<String>,
}

/// A figure of a sweep, with its name and the table behind it.
pub struct SweepFigure<'f> {
    /// The name of its files.
    pub name: String,
    /// What is drawn.
    pub figure: Figure,
    /// The numbers that it draws, a row for each setting.
    pub table: Table<'f>,
}

/// The pictures of a sweep. One that cannot be drawn, such as one with names that are too long, is told among what is left out.
pub fn sweep_pictures(found: &SweepFindings) -> SweepPictures<'_> {
    let (figures, mut left_out) = sweep_figures(found);
    let to_draw: Vec<(&String, &Figure)> = figures.iter().map(|one| (&one.name, &one.figure)).collect();
    let drawn: Vec<_> = to_draw
        .into_par_iter()
        .map(|(name, drawn)| {
            let svg = figure::svg(drawn)?;
            let png = figure::png(&svg, 2.0)?;
            Ok::<Picture, FigureError>(Picture { name: name.clone(), svg, png })
        })
        .collect();
    let (mut pictures, mut tables) = (Vec::new(), Vec::new());
    for (one, picture) in figures.into_iter().zip(drawn) {
        match picture {
            Ok(picture) => {
                pictures.push(picture);
                tables.push(one.table);
            }
            Err(problem) => left_out.push(format!("The picture {} is not drawn: {problem}", one.name)),
        }
    }
    SweepPictures { pictures, tables, left_out }
}

/// The figures behind the pictures, and what none of them shows.
pub fn sweep_figures(found: &SweepFindings) -> (Vec<SweepFigure<'_>>, Vec<String>) {
    let outcomes = &found.shape.outcomes;
    let mut left_out = Vec::new();
    let draws_left_out = found.draws_left_out();
    let lines = lines::Lines::of(found, draws_left_out);
    let fields = fields::Fields::of(found, draws_left_out);
    if lines.is_none() && fields.is_none() {
        left_out.push(format!("No pictures are drawn: {}", fields::reason(found)));
        return (Vec::new(), left_out);
    }
    if outcomes.len() > MOST_OUTCOMES {
        let all = words::exact(outcomes.len() as u64);
        left_out.push(format!(
            "Pictures show the first {MOST_OUTCOMES} of {all} outcomes; sweep.csv has the others, and the order in [sweep] \
             says which are first"
        ));
    }
    let mut figures = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for (outcome, label) in outcomes.iter().enumerate().take(MOST_OUTCOMES) {
        let name = hyphenated(&label.written);
        // Two outcomes that differ in signs alone would write to one file.
        let twice = names.contains(&name);
        let name = if twice { format!("{name}-{}", outcome + 1) } else { name };
        names.push(name.clone());
        let drawn_lines = lines.as_ref().map(|lines| lines.figure(outcome));
        let drawn_fields = fields.as_ref().map_or_else(Vec::new, |fields| fields.figures(outcome));
        let all = drawn_lines.into_iter().map(|figure| (format!("sweep-{name}"), figure, None));
        let all = all.chain(drawn_fields.into_iter().map(|(strategy, figure)| {
            let of =
                strategy.map_or_else(String::new, |one| format!("-{}", hyphenated(&found.shape.strategies[one].0)));
            (format!("heat-{name}{of}"), figure, strategy)
        }));
        for (name, figure, strategy) in all {
            let strategies = strategy.map_or(0..found.shape.strategies.len(), |one| one..one + 1);
            let table = table::behind(found, outcome, strategies, format!("{name}.csv"));
            figures.push(SweepFigure { name, figure, table });
        }
    }
    (figures, left_out)
}

/// The median, or the probability, of an outcome at a setting, with what holds half and nine tenths of the draws.
fn middle(found: &SweepFindings, outcome: usize, strategy: usize, cell: usize) -> Estimate {
    let estimates = found.estimates(outcome, strategy, cell);
    let of = |wanted: Statistic| {
        estimates.iter().find(|(statistic, _)| *statistic == wanted).map(|(_, estimate)| estimate.value)
    };
    let middle = of(Statistic::Median).or(of(Statistic::Probability)).unwrap_or(f64::NAN);
    let pair = |low, high| of(low).zip(of(high));
    Estimate { middle, fifty: pair(Statistic::P25, Statistic::P75), ninety: pair(Statistic::P05, Statistic::P95) }
}

/// Whether the settings are of several places.
fn several_places(found: &SweepFindings) -> bool {
    let cells = &found.shape.cells;
    cells.iter().any(|cell| cell.place != cells[0].place)
}

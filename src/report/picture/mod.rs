//! The pictures of a study: each says one finding in its title, and draws the numbers behind it.

pub mod analysis;
mod demand;
mod fairness;
mod gains;
mod money;
mod over_places;
mod payback;
mod places;
mod plans;
mod rows;
mod strategies;
mod sweep;
mod waterfall;

use rayon::prelude::*;

pub use plans::plan_pictures;
pub use sweep::{SweepFigure, SweepPictures, sweep_figures, sweep_pictures};

use crate::appraisal::findings::{Findings, Series};
use crate::appraisal::statistic::Summary;

pub(super) use fairness::{DISPLACED_A_HEAD, GAINED_A_HEAD, group_name, groups, impact};

use crate::study::experiment::SensitivityFindings;

use super::figure::{self, Colour, Dash, Figure, FigureError, Layer, Level, PALETTE, Panel, Told};
use super::reading::draws_kept;
use super::words;

/// A picture as two files of the same name.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Its name, without an ending.
    pub name: String,
    /// As SVG.
    pub svg: String,
    /// As PNG, with twice the pixels of an ordinary screen.
    pub png: Vec<u8>,
}

/// All pictures, in a fixed order.
pub fn pictures(findings: &Findings) -> Result<Vec<Picture>, FigureError> {
    rendered(figures(findings))
}

/// The pictures of a sensitivity analysis.
///
/// # Errors
/// A figure that cannot be drawn.
pub fn sensitivity_pictures(found: &SensitivityFindings) -> Result<Vec<Picture>, FigureError> {
    rendered(super::sensitivity_figures(found))
}

/// Figures drawn, in their order.
pub(super) fn rendered(figures: Vec<(String, Figure)>) -> Result<Vec<Picture>, FigureError> {
    figures
        .into_par_iter()
        .map(|(name, figure)| {
            let svg = figure::svg(&figure)?;
            let png = figure::png(&svg, 2.0)?;
            Ok(Picture { name, svg, png })
        })
        .collect()
}

/// The figures behind the pictures, with their names. Findings without strategies have none.
pub fn figures(findings: &Findings) -> Vec<(String, Figure)> {
    let mut figures = Vec::new();
    if findings.strategies.is_empty() {
        return figures;
    }
    figures.push(("strategies".to_owned(), strategies::figure(findings)));
    figures.push(("payback".to_owned(), payback::overview(findings)));
    figures.push(("money".to_owned(), money::figure(findings)));
    if !findings.places.is_empty() {
        figures.push(("places".to_owned(), places::figure(findings)));
        figures.push(("places-by-year".to_owned(), over_places::figure(findings)));
    }
    figures.push(("who-gains".to_owned(), gains::figure(findings)));
    figures.push(("who-pays-who-gains".to_owned(), waterfall::figure(findings)));
    figures.push(("quintiles".to_owned(), fairness::by_group(findings)));
    figures.push(("equity-plane".to_owned(), fairness::plane(findings)));
    for (strategy, label) in findings.strategies.iter().enumerate() {
        figures.push((format!("demand-{}", label.id), demand::levels(findings, strategy)));
        figures.push((format!("demand-change-{}", label.id), demand::changes(findings, strategy)));
        figures.push((format!("payback-{}", label.id), payback::of_strategy(findings, strategy)));
    }
    figures.retain(|(_, figure)| !figure.panels.is_empty());
    figures
}

/// Where the numbers come from.
fn source(findings: &Findings, bands: &str) -> String {
    let left_out = match findings.draws_left_out {
        0 => String::new(),
        draws => format!(" ({} more left out)", words::exact(draws)),
    };
    format!(
        "Wellspring {}, scenario {}, {} draws{left_out}. {bands}",
        env!("CARGO_PKG_VERSION"),
        findings.name,
        words::exact(draws_kept(findings)),
    )
}

const BANDS: &str = "Bands hold 50% and 90% of the draws.";

/// Plan years of a series: from 0 where it begins with the base year, else from 1.
fn years(series: &Series) -> Vec<f64> {
    let first = usize::from(!series.base);
    (first..first + series.years.len()).map(|year| year as f64).collect()
}

fn values(series: &Series, value: impl Fn(&Summary) -> f64) -> Vec<f64> {
    series.years.iter().map(value).collect()
}

/// The bands of a series, behind its median. `told` says what the median is.
fn fan(
    series: &Series,
    levels: &[Level],
    (colour, dash): (Colour, Dash),
    label: Option<&str>,
    told: Told,
) -> Vec<Layer> {
    let mut layers: Vec<Layer> = levels
        .iter()
        .map(|level| {
            let (low, high) = match level {
                Level::Fifty => (values(series, |year| year.p25.value), values(series, |year| year.p75.value)),
                Level::Ninety => (values(series, |year| year.p05.value), values(series, |year| year.p95.value)),
            };
            Layer::FanBand { x: years(series), low, high, level: *level, colour }
        })
        .collect();
    layers.push(median(series, (colour, dash), label, told));
    layers
}

fn median(series: &Series, (colour, dash): (Colour, Dash), label: Option<&str>, told: Told) -> Layer {
    Layer::Line {
        x: years(series),
        y: values(series, |year| year.median.value),
        colour,
        dash,
        label: label.map(str::to_owned),
        told,
    }
}

/// The colour of the one in this place; colours come round again after six.
fn colour(place: usize) -> Colour {
    PALETTE[place % PALETTE.len()]
}

fn dash(place: usize) -> Dash {
    [Dash::Solid, Dash::Dashed, Dash::DashDot, Dash::Dotted][place % 4]
}

/// Rows and columns for this many panels, and the height of a figure that gives them room.
fn grid(panels: usize, columns: usize) -> (usize, usize) {
    let columns = columns.min(panels).max(1);
    (panels.div_ceil(columns).max(1), columns)
}

fn panel(title: &str, horizontal: figure::Axis, vertical: figure::Axis, layers: Vec<Layer>) -> Panel {
    Panel { title: title.to_owned(), horizontal, vertical, layers }
}

/// A perspective as a short word for the end of a line: its id with a capital.
fn short(perspective: &str) -> String {
    words::capital(perspective)
}

/// "ten years" or "one year".
fn span(findings: &Findings) -> String {
    format!("{} year{}", words::whole(findings.horizon), if findings.horizon == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::{Figure, Findings, figures, pictures};
    use crate::report::{figure, trial};

    #[test]
    fn every_picture_can_be_drawn_and_says_what_it_shows() {
        let both = [trial::findings(), trial::two_places()];
        for (name, figure) in both.iter().flat_map(figures) {
            let drawing = figure::draw(&figure).expect("it is drawn");
            assert!(drawing.svg.contains("<desc"), "{name}");
            for text in [&figure.title, &figure.subtitle, &figure.source_line, &figure.alternative_text] {
                assert!(!text.is_empty() && !text.contains("NaN"), "{name}: {text}");
            }
            assert!(figure.alternative_text.contains(|letter: char| letter.is_ascii_digit()), "{name}");
            assert!(name == "equity-plane" || !figure::behind(&figure).is_empty(), "no table behind {name}");
        }
    }

    #[test]
    fn a_column_is_headed_by_what_its_layer_is_whatever_the_legend_says_first() {
        let findings = trial::findings();
        let (_, mut figure) = figures(&findings).into_iter().next().expect("strategies come first");
        let headings = |figure: &Figure| -> Vec<Vec<String>> {
            figure::behind(figure).into_iter().map(|table| table.columns).collect()
        };
        let told = headings(&figure);
        let paid = figure.panels.iter().position(|panel| panel.title == "Paid back: social").expect("it is there");
        assert_eq!(told[paid], ["Paid back by the end of 2029/30, share of draws"]);
        let lost = "QALYs lost where the money was taken from, median (90% of draws)";
        assert!(told.iter().any(|columns| columns.len() == 2 && columns[1] == lost), "{told:?}");
        figure.legend.reverse();
        assert_eq!(headings(&figure), told);
    }

    #[test]
    fn pictures_are_the_same_each_time() {
        let mut findings = trial::findings();
        findings.strategies.truncate(1);
        let once = pictures(&findings).expect("they are drawn");
        assert_eq!(once.len(), 10);
        assert_eq!(once, pictures(&findings).expect("they are drawn"));
    }

    #[test]
    fn several_places_have_a_picture_of_their_own() {
        let names = |findings: &Findings| figures(findings).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert!(names(&trial::two_places()).contains(&"places".to_owned()));
        assert!(!names(&trial::findings()).contains(&"places".to_owned()));
    }

    #[test]
    fn findings_without_series_are_pictures_without_data_or_none() {
        let mut findings = trial::findings();
        findings.series.clear();
        findings.measures.clear();
        findings.payback.clear();
        for (name, figure) in figures(&findings) {
            assert!(figure::draw(&figure).is_ok(), "{name}");
        }
        findings.strategies.clear();
        assert!(figures(&findings).is_empty());
    }
}

//! The pictures of a study: each says one finding in its title, and draws the numbers behind it.

pub mod analysis;
mod beside;
mod decision;
mod demand;
mod fairness;
mod gains;
pub(super) mod mix;
mod money;
mod over_places;
mod payback;
mod places;
mod plans;
mod rows;
pub(super) mod sensitivity;
mod strategies;
mod sweep;
mod waterfall;

use rayon::prelude::*;

pub use decision::decision_pictures;
pub use mix::mix_pictures;
pub use plans::plan_pictures;
pub use sensitivity::{sensitivity_figures, sensitivity_pictures};
pub use sweep::{SweepFigure, SweepPictures, sweep_figures, sweep_pictures};

use crate::appraisal::findings::{Comparator, Findings, Series};
use crate::appraisal::measure::present_value::NET_PRESENT_VALUE;
use crate::appraisal::statistic::{Statistic, Summary};

pub(super) use fairness::{group_name, impact};

use super::figure::{self, Colour, Dash, Description, Figure, FigureError, Layer, Level, PALETTE, Panel};
use crate::answer::Answer;
use crate::answer::read::draws_kept;
use crate::words;

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

/// The pictures of a study, and those that could not be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Pictures {
    /// In a fixed order.
    pub drawn: Vec<Picture>,
    /// Name and reason; the others are there all the same.
    pub failed: Vec<(String, FigureError)>,
}

/// All pictures of a study, of its [`figures`].
pub fn pictures(figures: &[(String, Figure)]) -> Pictures {
    let mut pictures = Pictures { drawn: Vec::new(), failed: Vec::new() };
    let rendered: Vec<_> = figures.par_iter().map(|(name, figure)| (name, render(name, figure))).collect();
    for (name, picture) in rendered {
        match picture {
            Ok(picture) => pictures.drawn.push(picture),
            Err(problem) => pictures.failed.push((name.clone(), problem)),
        }
    }
    pictures
}

/// Figures drawn, in their order.
pub(super) fn rendered(figures: &[(String, Figure)]) -> Result<Vec<Picture>, FigureError> {
    figures.par_iter().map(|(name, figure)| render(name, figure)).collect()
}

fn render(name: &str, figure: &Figure) -> Result<Picture, FigureError> {
    let svg = figure::svg(figure)?;
    let png = figure::png(&svg, 2.0)?;
    Ok(Picture { name: name.to_owned(), svg, png })
}

/// More strategies than these cannot be told apart in one picture.
const MOST_DRAWN: usize = 12;

/// The strategies that pictures show where there are more than can be told apart, in the order of the scenario, and by what they
/// were chosen: the best by present value from the last perspective that has one, which is that of society in the shipped model.
fn most_telling(findings: &Findings) -> Option<(Vec<usize>, String)> {
    if findings.strategies.len() <= MOST_DRAWN {
        return None;
    }
    let value = |strategy: usize, of: &str| {
        let found = findings.measure(strategy, Comparator::Twin, NET_PRESENT_VALUE, of)?;
        found.estimate(Statistic::Mean).map(|mean| mean.value).filter(|mean| mean.is_finite())
    };
    let known = |id: &str| (0..findings.strategies.len()).any(|strategy| value(strategy, id).is_some());
    let by = findings.perspectives.iter().rev().find(|one| known(&one.id));
    let mut best: Vec<usize> = (0..findings.strategies.len()).collect();
    if let Some(by) = by {
        // The sort is stable: of equals the first in the scenario stays first.
        let worth = |strategy: &usize| value(*strategy, &by.id).unwrap_or(f64::NEG_INFINITY);
        best.sort_by(|one, other| worth(other).total_cmp(&worth(one)));
    }
    best.truncate(MOST_DRAWN);
    best.sort_unstable();
    let chosen = by.map_or_else(
        || "first in the scenario".to_owned(),
        |by| format!("with the highest mean present value, {}", words::inside(&by.name)),
    );
    let of = words::exact(findings.strategies.len() as u64);
    Some((best, format!("Shown are the {MOST_DRAWN} of {of} strategies {chosen}; the tables have all.")))
}

/// The figures behind the pictures, with their names. Findings without strategies have none; of very many strategies the best are
/// drawn, and every figure says so.
pub fn figures(findings: &Findings) -> Vec<(String, Figure)> {
    let Some((strategies, words)) = most_telling(findings) else { return figures_of(findings) };
    let mut figures = figures_of(&findings.of_strategies(&strategies));
    for (_, figure) in &mut figures {
        figure.subtitle = format!("{}. {words}", figure.subtitle.trim_end_matches('.'));
        figure.alternative_text = format!("{} {words}", figure.alternative_text);
    }
    figures
}

fn figures_of(findings: &Findings) -> Vec<(String, Figure)> {
    let answer = &Answer::of(findings);
    let mut figures = Vec::new();
    if findings.strategies.is_empty() {
        return figures;
    }
    figures.push(("strategies".to_owned(), strategies::figure(findings, answer)));
    figures.push(("payback".to_owned(), payback::overview(findings, answer)));
    figures.push(("money".to_owned(), money::figure(findings, answer)));
    if !findings.places.is_empty() {
        figures.push(("places".to_owned(), places::figure(findings, answer)));
        figures.push(("places-by-year".to_owned(), over_places::figure(findings, answer)));
    }
    figures.push(("who-gains".to_owned(), gains::figure(findings, answer)));
    figures.push(("who-pays-who-gains".to_owned(), waterfall::figure(findings, answer)));
    figures.push(("quintiles".to_owned(), fairness::by_group(findings, answer)));
    figures.push(("equity-plane".to_owned(), fairness::plane(findings, answer)));
    for (strategy, label) in findings.strategies.iter().enumerate() {
        figures.push((format!("demand-{}", label.id), demand::levels(findings, answer, strategy)));
        figures.push((format!("demand-change-{}", label.id), demand::changes(findings, answer, strategy)));
        figures.push((format!("payback-{}", label.id), payback::of_strategy(findings, answer, strategy)));
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

/// The bands of a series, behind its median. `description` says what the median is.
fn fan(
    series: &Series,
    levels: &[Level],
    (colour, dash): (Colour, Dash),
    label: Option<&str>,
    description: Description,
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
    layers.push(median(series, (colour, dash), label, description));
    layers
}

fn median(series: &Series, (colour, dash): (Colour, Dash), label: Option<&str>, description: Description) -> Layer {
    Layer::Line {
        x: years(series),
        y: values(series, |year| year.median.value),
        colour,
        dash,
        label: label.map(str::to_owned),
        description,
    }
}

/// The colour of the one with this number; colours come round again after six.
fn colour(number: usize) -> Colour {
    PALETTE[number % PALETTE.len()]
}

fn dash(number: usize) -> Dash {
    [Dash::Solid, Dash::Dashed, Dash::DashDot, Dash::Dotted][number % 4]
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
    use super::{Comparator, Figure, Findings, Statistic, figures, pictures};
    use crate::appraisal::findings::{MeasureFinding, PriceBase};
    use crate::appraisal::statistic::Estimate;
    use crate::quantity::Unit;
    use crate::report::{figure, fixture};

    #[test]
    fn every_picture_can_be_drawn_and_says_what_it_shows() {
        let both = [fixture::findings(), fixture::two_places()];
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
        let findings = fixture::findings();
        let (_, mut figure) = figures(&findings).into_iter().next().expect("strategies come first");
        let headings = |figure: &Figure| -> Vec<Vec<String>> {
            figure::behind(figure).into_iter().map(|table| table.columns).collect()
        };
        let all = headings(&figure);
        let paid = figure.panels.iter().position(|panel| panel.title == "Paid back: social").expect("it is there");
        assert_eq!(all[paid], ["Paid back by the end of 2029/30, share of draws"]);
        let lost = "QALYs lost where the money was taken from, median (90% of draws)";
        assert!(all.iter().any(|columns| columns.len() == 2 && columns[1] == lost), "{all:?}");
        figure.legend.reverse();
        assert_eq!(headings(&figure), all);
    }

    #[test]
    fn pictures_are_the_same_each_time() {
        let mut findings = fixture::findings();
        findings.strategies.truncate(1);
        let once = pictures(&figures(&findings));
        assert_eq!((once.drawn.len(), once.failed.len()), (10, 0));
        assert_eq!(once, pictures(&figures(&findings)));
    }

    #[test]
    fn of_fifty_strategies_the_best_are_drawn_and_every_picture_says_so() {
        let few = fixture::findings();
        let mut many = few.clone();
        let copies: Vec<usize> = (0..50).map(|which| which % 2).collect();
        many = Findings { rankings: many.rankings.clone(), ..many.of_strategies(&[0, 1]) };
        (many.strategies, many.series, many.payback, many.measures) = Default::default();
        many.series.extend(few.series.iter().filter(|one| one.key.strategy.is_none()).cloned());
        for (which, copy) in copies.into_iter().enumerate() {
            let one = few.of_strategies(&[copy]);
            let mut label = one.strategies[0].clone();
            label.id = format!("s{which}");
            many.strategies.push(label);
            many.series.extend(one.series.into_iter().filter(|one| one.key.strategy.is_some()).map(|mut one| {
                one.key.strategy = Some(which);
                one
            }));
            many.payback.extend(one.payback.into_iter().map(|mut one| {
                one.strategy = which;
                one
            }));
            many.measures.extend(one.measures.into_iter().map(|mut one| {
                one.strategy = which;
                one
            }));
            // Strategies 20 to 31 are worth most.
            let value = if (20..32).contains(&which) { 9e9 } else { -9e9 };
            many.measures.push(MeasureFinding {
                strategy: which,
                comparator: Comparator::Twin,
                outcome: "net-present-value".to_owned(),
                group: "social".to_owned(),
                unit: Unit::Pounds,
                price_base: PriceBase::Real,
                estimates: vec![(Statistic::Mean, Estimate { value, error: 1.0 })],
            });
        }
        let drawn = figures(&many);
        let found = pictures(&drawn);
        assert_eq!(found.failed, []);
        let names: Vec<&str> = found.drawn.iter().map(|one| one.name.as_str()).collect();
        for name in ["strategies", "payback", "money", "payback-s20", "payback-s31"] {
            assert!(names.contains(&name), "{name} is not among {names:?}");
        }
        assert!(!names.contains(&"payback-s0") && !names.contains(&"payback-s32"));
        for (name, figure) in drawn {
            assert!(
                figure.subtitle.contains("Shown are the 12 of 50 strategies with the highest mean present value"),
                "{name}"
            );
        }
    }

    #[test]
    fn several_places_have_a_picture_of_their_own() {
        let names = |findings: &Findings| figures(findings).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert!(names(&fixture::two_places()).contains(&"places".to_owned()));
        assert!(!names(&fixture::findings()).contains(&"places".to_owned()));
    }

    #[test]
    fn findings_without_series_are_pictures_without_data_or_none() {
        let mut findings = fixture::findings();
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

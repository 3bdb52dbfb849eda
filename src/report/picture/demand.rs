//! Demand by service: its level against doing nothing and today, and the change that prevention makes.

use crate::appraisal::findings::{Comparator, Findings, PriceBase, Series};

use super::super::figure::{Axis, Colour, Dash, Figure, Grid, Key, Layer, LegendEntry, Level, NumberFormat, Panel};
use super::super::headline::lower;
use super::super::reading::{change, change_in, lead_service};
use super::super::words;
use super::{BANDS, fan, grid, median, panel, rows, source, span};

const COLUMNS: usize = 4;

/// Levels: the strategy with its bands, do nothing, and today.
pub fn levels(findings: &Findings, strategy: usize) -> Figure {
    let mut panels = Vec::new();
    let mut told = Vec::new();
    for (service, unit) in &findings.services {
        let Some(with) = level(findings, Some(strategy), service) else { continue };
        let told_of = rows::medians(findings, with, &findings.strategies[strategy].name);
        let mut layers = fan(with, &[Level::Ninety, Level::Fifty], (Colour::BLUE, Dash::Solid), None, told_of);
        if let Some(nothing) = level(findings, None, service) {
            let of_nothing = rows::medians(findings, nothing, "Do nothing");
            layers.push(median(nothing, (Colour::SLATE, Dash::Dashed), None, of_nothing));
            if let Some(today) = today(nothing) {
                layers.push(Layer::HorizontalRule { y: today, label: None });
                let end = with.years.last().map_or(f64::NAN, |year| year.median.value);
                let grown = words::signed_percent(100.0 * (end / today - 1.0));
                told.push(format!("{} {grown} from {} {unit}", words::inside(service), words::number(today)));
            }
        }
        panels.push(years_panel(findings, service, Axis::number(unit, NumberFormat::plain()), layers));
    }
    let lead = lead_service(findings);
    let title = format!(
        "{} {} in {}; prevention leaves {}",
        words::capital(lead),
        growth(findings, strategy, lead),
        span(findings),
        left(change_in(findings, strategy, lead, findings.horizon).middle),
    );
    figure(findings, strategy, title, "Demand by service", "each panel on its own scale, not from zero", panels).with(
        vec![
            LegendEntry::new(Key::Fan(Colour::BLUE), "Strategy: median, 50% and 90% of draws"),
            LegendEntry::new(Key::Line(Colour::SLATE, Dash::Dashed), "Do nothing, median"),
            LegendEntry::new(Key::Rule, &format!("Today ({})", findings.year_label(0))),
        ],
        format!("Median demand at the horizon against today: {}.", told.join("; ")),
    )
}

/// The least change that is given a scale of its own, in per cent.
const LEAST_TOLD: f64 = 1e-3;

/// Change because of prevention, in per cent of the twin.
pub fn changes(findings: &Findings, strategy: usize) -> Figure {
    let mut panels = Vec::new();
    let mut told = Vec::new();
    for (service, _) in &findings.services {
        let Some(series) = change(findings, strategy, service) else { continue };
        let format = NumberFormat { factor: 1.0, ..NumberFormat::percent() }.with_sign();
        let mut axis = Axis::number("", format).covering(0.0, 0.0);
        let told_of = rows::medians(findings, series, "Change");
        let mut layers = fan(series, &[Level::Ninety, Level::Fifty], (Colour::GREEN, Dash::Solid), None, told_of);
        let largest = series
            .years
            .iter()
            .flat_map(|year| [year.p05.value, year.p95.value, year.mean.value])
            .fold(0.0_f64, |largest, value| largest.max(value.abs()));
        // A scale of its own would make a mountain of what nobody could count.
        if largest < LEAST_TOLD {
            let label = if largest == 0.0 { "No change in any draw" } else { "Less than 1 in 100,000" };
            layers.push(Layer::HorizontalRule { y: 0.0, label: Some(label.to_owned()) });
            axis = axis.covering(-1.0, 1.0);
        }
        panels.push(years_panel(findings, service, axis, layers));
        let found = change_in(findings, strategy, service, findings.horizon);
        told.push(format!(
            "{} {}",
            words::inside(service),
            words::interval(found.middle, found.ends(), words::signed_percent)
        ));
    }
    let title = changes_title(findings, strategy);
    figure(
        findings,
        strategy,
        title,
        "Change of demand because of prevention, % of the twin",
        "the twin spends the same money without effects; each panel on its own scale",
        panels,
    )
    .with(
        vec![LegendEntry::new(Key::Fan(Colour::GREEN), "Median, 50% and 90% of draws")],
        format!("Median change in plan year {} (90% of draws): {}.", findings.horizon, told.join("; ")),
    )
}

fn changes_title(findings: &Findings, strategy: usize) -> String {
    let lead = lead_service(findings);
    let of = |service: &str| change_in(findings, strategy, service, findings.horizon).middle;
    let least = findings
        .services
        .iter()
        .map(|(service, _)| (service.as_str(), of(service)))
        .filter(|(service, percent)| percent.is_finite() && *service != lead)
        .min_by(|one, other| one.1.total_cmp(&other.1));
    let found = of(lead);
    let first = if found.is_finite() { lower(found) } else { "not known".to_owned() };
    let mut title = format!("What prevention does in {}: {} {first}", span(findings), words::inside(lead));
    if let Some((service, percent)) = least
        && percent < found
    {
        title += &format!(", {} {}", words::inside(service), lower(percent));
    }
    title
}

fn level<'a>(findings: &'a Findings, strategy: Option<usize>, service: &str) -> Option<&'a Series> {
    findings.find(strategy, Comparator::Level, "demand", service, "", PriceBase::None)
}

fn today(nothing: &Series) -> Option<f64> {
    nothing.base.then(|| nothing.years.first().map(|year| year.median.value)).flatten()
}

/// "still grow by 27%": from today to the strategy's level at the horizon.
fn growth(findings: &Findings, strategy: usize, service: &str) -> String {
    let today = level(findings, None, service).and_then(today);
    let end = level(findings, Some(strategy), service).and_then(|with| with.years.last());
    match (today, end) {
        (Some(today), Some(end)) => {
            let percent = 100.0 * (end.median.value / today - 1.0);
            match percent {
                p if p > 0.0 => format!("still grow by {}", words::percent(p)),
                p => format!("fall by {}", words::percent(-p)),
            }
        }
        _ => "are not known".to_owned(),
    }
}

/// "them 0.29% lower than they would be".
fn left(percent: f64) -> String {
    match percent {
        p if p == 0.0 || !p.is_finite() => "them unchanged".to_owned(),
        p => format!("them {} than they would be", lower(p)),
    }
}

fn years_panel(findings: &Findings, title: &str, vertical: Axis, layers: Vec<Layer>) -> Panel {
    panel(title, Axis::plan_years(findings.first_year), vertical, layers)
}

fn figure(findings: &Findings, strategy: usize, title: String, what: &str, scales: &str, panels: Vec<Panel>) -> Figure {
    let (lines, columns) = grid(panels.len(), COLUMNS);
    Figure {
        title,
        subtitle: format!(
            "{what}, {}, “{}”; medians over draws; {scales}",
            findings.place, findings.strategies[strategy].name
        ),
        source_line: source(findings, BANDS),
        alternative_text: String::new(),
        width: 760.0,
        height: 150.0 + 150.0 * lines as f64,
        grid: Grid::new(lines, columns),
        panels,
        legend: Vec::new(),
    }
}

impl Figure {
    fn with(mut self, legend: Vec<LegendEntry>, alternative_text: String) -> Figure {
        self.legend = legend;
        self.alternative_text = alternative_text;
        self
    }
}

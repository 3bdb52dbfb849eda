//! Demand by service: its level against doing nothing and today, and the change that prevention makes.

use crate::appraisal::findings::{Comparator, Findings, PriceBase, Series};
use crate::appraisal::key::DEMAND;

use super::super::figure::{Axis, Colour, Dash, Figure, Grid, Key, Layer, LegendEntry, Level, NumberFormat, Panel};
use super::{BANDS, fan, grid, median, panel, rows, source, span};
use crate::answer::Answer;
use crate::answer::fact::{Fact, value};
use crate::answer::read::{change, happening_change, happens, lead_service, need_name};
use crate::answer::strategy::{OfDemand, OfStrategy};
use crate::words::{self, lower};

const COLUMNS: usize = 4;

/// Levels: the strategy with its bands, do nothing, and today.
pub fn levels(findings: &Findings, answer: &Answer, strategy: usize) -> Figure {
    let mut panels = Vec::new();
    let mut sentences = Vec::new();
    let under = &answer.strategies[strategy];
    for ((service, unit), of) in findings.services.iter().zip(&under.demands) {
        let Some(with) = level(findings, Some(strategy), service) else { continue };
        let description = rows::medians(findings, with, &findings.strategies[strategy].name);
        let mut layers = fan(with, &[Level::Ninety, Level::Fifty], (Colour::BLUE, Dash::Solid), None, description);
        if let Some(nothing) = level(findings, None, service) {
            let of_nothing = rows::medians(findings, nothing, "Do nothing");
            layers.push(median(nothing, (Colour::SLATE, Dash::Dashed), None, of_nothing));
            if let Some(today) = today(nothing) {
                layers.push(Layer::HorizontalRule { y: today, label: None });
                let grown = words::signed_percent(of.grows());
                let name = words::inside(need_name(findings, service));
                sentences.push(format!("{name} {grown} from {} {unit}", words::number(today)));
            }
        }
        let axis = Axis::number(unit.as_str(), NumberFormat::plain());
        panels.push(years_panel(findings, panel_name(findings, service), axis, layers));
    }
    let lead = lead_service(findings);
    let title = format!(
        "{}: {} in {}; {} because of prevention{}",
        words::capital(need_name(findings, lead)),
        lower(leads(under, lead).map_or(f64::NAN, OfDemand::grows)),
        span(findings),
        lower(value(under.change())),
        happening(findings, under),
    );
    figure(findings, strategy, title, "Demand by service", "each panel on its own scale, not from zero", panels).with(
        vec![
            LegendEntry::new(Key::Fan(Colour::BLUE), "Strategy: median, 50% and 90% of draws"),
            LegendEntry::new(Key::Line(Colour::SLATE, Dash::Dashed), "Do nothing, median"),
            LegendEntry::new(Key::Rule, &format!("Today ({})", findings.year_label(0))),
        ],
        format!("Median demand at the horizon against today: {}.", sentences.join("; ")),
    )
}

/// Change because of prevention, in per cent of the twin: of each demand, and of what happens of it where that is told.
pub fn changes(findings: &Findings, answer: &Answer, strategy: usize) -> Figure {
    let mut panels = Vec::new();
    let mut sentences = Vec::new();
    let under = &answer.strategies[strategy];
    for ((service, _), of) in findings.services.iter().zip(&under.demands) {
        let Some(series) = change(findings, strategy, service) else { continue };
        panels.push(change_panel(findings, panel_name(findings, service), series));
        let say = |name: &str, found: Option<&Fact>| {
            let ends = found.map_or((f64::NAN, f64::NAN), Fact::ends);
            format!("{} {}", words::inside(name), words::interval(value(found), ends, words::signed_percent))
        };
        sentences.push(say(need_name(findings, service), of.change.as_ref()));
        let Some(happens) = happens(findings, service) else { continue };
        let Some(series) = happening_change(findings, strategy, happens) else { continue };
        panels.push(change_panel(findings, &happens.name, series));
        sentences.push(say(&happens.name, of.happening.as_ref()));
    }
    let title = changes_title(findings, under);
    figure(
        findings,
        strategy,
        title,
        "Change because of prevention, % of the twin: of demand, and of what happens of it",
        "the twin spends the same money without effects; each panel on its own scale",
        panels,
    )
    .with(
        vec![LegendEntry::new(Key::Fan(Colour::GREEN), "Median, 50% and 90% of draws")],
        format!("Median change in plan year {} (90% of draws): {}.", findings.horizon, sentences.join("; ")),
    )
}

fn change_panel(findings: &Findings, title: &str, series: &Series) -> Panel {
    let format = NumberFormat { factor: 1.0, ..NumberFormat::percent() }.with_sign();
    let axis = Axis::number("", format).covering(0.0, 0.0);
    let description = rows::medians(findings, series, "Change");
    let mut layers = fan(series, &[Level::Ninety, Level::Fifty], (Colour::GREEN, Dash::Solid), None, description);
    let largest = series
        .years
        .iter()
        .flat_map(|year| [year.p05.value, year.p95.value, year.mean.value])
        .fold(0.0_f64, |largest, value| largest.max(value.abs()));
    if largest < words::SCALED * words::LEAST {
        let label = if largest == 0.0 { "No change in any draw" } else { "Less than 1 in 50,000" };
        layers.push(Layer::HorizontalRule { y: 0.0, label: Some(label.to_owned()) });
    }
    years_panel(findings, title, axis, layers)
}

/// What a panel of a service is called: its need, where what happens is told beside it.
fn panel_name<'a>(findings: &'a Findings, service: &'a str) -> &'a str {
    if happens(findings, service).is_some() { need_name(findings, service) } else { service }
}

/// "; emergency admissions that happen 0.05% higher", where that is told.
fn happening(findings: &Findings, under: &OfStrategy) -> String {
    let Some(happens) = happens(findings, lead_service(findings)) else { return String::new() };
    under
        .happening()
        .map_or_else(String::new, |found| format!("; {} {}", words::inside(&happens.name), lower(found.value)))
}

fn changes_title(findings: &Findings, under: &OfStrategy) -> String {
    let need = words::inside(need_name(findings, lead_service(findings)));
    let mut title = format!("What prevention does in {}: {need} {}", span(findings), lower(value(under.change())));
    title += &happening(findings, under);
    if let Some((name, found)) = &under.falls_more {
        title += &format!("; {} {}", words::inside(name), lower(found.value));
    }
    title
}

/// The demand that leads.
fn leads<'a>(under: &'a OfStrategy, lead: &str) -> Option<&'a OfDemand> {
    under.demands.iter().find(|one| one.service == lead)
}

fn level<'a>(findings: &'a Findings, strategy: Option<usize>, service: &str) -> Option<&'a Series> {
    findings.find(strategy, Comparator::Level, DEMAND, service, "", PriceBase::None)
}

fn today(nothing: &Series) -> Option<f64> {
    nothing.base.then(|| nothing.years.first().map(|year| year.median.value)).flatten()
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

//! Where the money goes: what is spent on prevention by domain, what cannot be spent, and what pressure takes back.

use crate::appraisal::findings::{Comparator, Findings, PriceBase, Series};
use crate::appraisal::statistic::Statistic;
use crate::scenario::Role;

use super::super::figure::{
    Area, Axis, Colour, Dash, Description, Figure, Grid, Key, Layer, LegendEntry, NumberFormat, Term, Texture,
};
use super::{colour, grid, panel, rows, source, span};
use crate::answer::Answer;
use crate::answer::fact::{Fact, amount};
use crate::answer::pressure::PartOfMoved;
use crate::answer::read::{self, domains};
use crate::words;

const COLUMNS: usize = 3;
/// More names than these find no room beside a panel.
const MOST_NAMES: usize = 5;

/// Stacked spending, one panel a strategy. Means, because only means add up to the whole.
pub fn figure(findings: &Findings, answer: &Answer) -> Figure {
    let x: Vec<f64> = (1..=findings.horizon).map(|year| year as f64).collect();
    let domains = domains(findings);
    let mut panels = Vec::new();
    let mut sentences = Vec::new();
    // The panel at the end of the first row carries the names at its side, so that no colour need be matched.
    let labelled = findings.strategies.len().min(COLUMNS).saturating_sub(1);
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let named = |name: &str, y: &[f64]| {
            let seen = y.last().is_some_and(|last| *last > 0.0);
            (strategy == labelled && domains.len() <= MOST_NAMES && seen).then(|| name.to_owned())
        };
        let mut series: Vec<Area> = domains
            .iter()
            .enumerate()
            .map(|(index, domain)| {
                let mut y = vec![0.0; findings.horizon];
                let mut of: Vec<Vec<Term>> = vec![Vec::new(); findings.horizon];
                for (id, _, _) in findings.programmes.iter().filter(|(_, _, of)| of == domain) {
                    add(&mut y, &yearly(findings, strategy, findings.ledger(Role::Spending), id));
                    let more = found(findings, strategy, findings.ledger(Role::Spending), id)
                        .map(|series| rows::by_year(findings, series));
                    of.iter_mut().zip(more.into_iter().flatten()).for_each(|(of, more)| of.extend(more));
                }
                let text = named(&domain_name(domain), &y);
                let description = Description::of(&domain_name(domain), Statistic::Mean, of);
                Area { y, colour: colour(index), texture: Texture::Even, label: text, description }
            })
            .collect();
        let unspent = yearly(findings, strategy, findings.ledger(Role::Underspend), "");
        let text = named("Not spent", &unspent);
        let own = means(findings, strategy, findings.ledger(Role::Underspend), "Could not be spent");
        series.push(Area {
            y: unspent,
            colour: Colour::GREY.tint(0.6),
            texture: Texture::Even,
            label: text,
            description: own,
        });
        let raided = yearly(findings, strategy, findings.ledger(Role::Raid), "");
        let text = named("Taken back", &raided);
        let own = means(findings, strategy, findings.ledger(Role::Raid), "Taken back under pressure");
        series.push(Area { y: raided, colour: Colour::GREY, texture: Texture::Hatched, label: text, description: own });
        let mut layers = vec![Layer::StackedArea { x: x.clone(), series }];
        layers.push(Layer::Line {
            x: x.clone(),
            y: yearly(findings, strategy, read::moved(findings), ""),
            colour: Colour::SLATE,
            dash: Dash::Dashed,
            label: None,
            description: means(findings, strategy, read::moved(findings), "Moved, from every source"),
        });
        let axis = Axis::number("", NumberFormat::million_pounds()).covering(0.0, 0.0);
        panels.push(panel(&label.name, Axis::plan_years(findings.first_year), axis, layers));
        sentences.push(sentence(findings, answer, strategy));
    }
    let mut legend: Vec<LegendEntry> = domains
        .iter()
        .enumerate()
        .map(|(index, domain)| LegendEntry::new(Key::Area(colour(index), Texture::Even), &domain_name(domain)))
        .collect();
    legend.push(LegendEntry::new(Key::Area(Colour::GREY.tint(0.6), Texture::Even), "Could not be spent"));
    legend.push(LegendEntry::new(Key::Area(Colour::GREY, Texture::Hatched), "Taken back under pressure"));
    let moved = "Moved by the plan, from every source; what lies above it is reinvested savings";
    legend.push(LegendEntry::new(Key::Line(Colour::SLATE, Dash::Dashed), moved));
    let (lines, columns) = grid(panels.len(), COLUMNS);
    Figure {
        title: title(findings, answer),
        subtitle: format!(
            "Spending on prevention by domain, £ million a year, {}; means over draws, money of each year",
            findings.place
        ),
        source_line: source(findings, ""),
        alternative_text: format!(
            "Stacked areas over {}, one panel a strategy. {}.",
            span(findings),
            sentences.join("; ")
        ),
        width: 760.0,
        height: 150.0 + 165.0 * lines as f64,
        grid: Grid { rows: lines, columns, same_vertical: true },
        panels,
        legend,
    }
}

fn domain_name(domain: &str) -> String {
    words::capital(&domain.replace('-', " "))
}

fn found<'f>(findings: &'f Findings, strategy: usize, ledger: &str, group: &str) -> Option<&'f Series> {
    findings.find(Some(strategy), Comparator::Level, ledger, group, "", PriceBase::Nominal)
}

/// Means of a ledger, year by year.
fn means(findings: &Findings, strategy: usize, ledger: &str, name: &str) -> Description {
    let series = found(findings, strategy, ledger, "");
    Description::of(name, Statistic::Mean, series.map(|series| rows::by_year(findings, series)).unwrap_or_default())
}

fn yearly(findings: &Findings, strategy: usize, ledger: &str, group: &str) -> Vec<f64> {
    found(findings, strategy, ledger, group)
        .map_or_else(|| vec![0.0; findings.horizon], |series| series.years.iter().map(|year| year.mean.value).collect())
}

fn add(sum: &mut [f64], more: &[f64]) {
    sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

fn sentence(findings: &Findings, answer: &Answer, strategy: usize) -> String {
    let of = &answer.strategies[strategy].nominal;
    let sum = |fact: &Option<Fact>| words::pounds(amount(fact.as_ref()));
    format!(
        "{}: {} moved, {} spent, {} could not be spent, {} taken back, {} reinvested",
        findings.strategies[strategy].name,
        sum(&of.moved),
        sum(&of.spent),
        sum(&of.unspent),
        sum(&of.raided),
        sum(&of.reinvested)
    )
}

/// What is left unspent where the most is moved, and what pressure takes where it takes the most.
fn title(findings: &Findings, answer: &Answer) -> String {
    let Some(found) = &answer.pressure else { return "No strategy moves money".to_owned() };
    let share = |part: &PartOfMoved| {
        if part.whole() > 0.0 { words::chance(part.amount() / part.whole()) } else { "none".to_owned() }
    };
    let name = |part: &PartOfMoved| &findings.strategies[part.strategy].name;
    let (unspent, raided) = (&found.unspent, &found.raided);
    let mut title = format!(
        "Of {} moved in {} under “{}”, {} cannot be spent",
        words::pounds(unspent.whole()),
        span(findings),
        name(unspent),
        share(unspent)
    );
    if raided.amount() > 0.0 {
        title += &format!("; under “{}” pressure takes back {}", name(raided), share(raided));
    } else {
        title += "; pressure takes back none";
    }
    title
}

//! Who pays and who gains, step by step: what prevention costs, what each payer gets back, and what is left.

use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::appraisal::statistic::Statistic;
use crate::scenario::Role;

use super::super::figure::{
    Axis, Colour, Description, Estimate, Figure, Grid, Key, Layer, LegendEntry, NumberFormat, Panel, Term,
};
use super::{grid, panel, rows, source, span};
use crate::answer::Answer;
use crate::answer::read::{payers, total, total_of};
use crate::answer::savings::ComesBack;
use crate::words;

/// A payer whose saving is smaller than this part of what is spent has no step of its own.
const UNSEEN: f64 = 5e-3;
const COLUMNS: usize = 2;

/// A step: its name and what it adds, which the rows add up to.
struct Step {
    name: String,
    adds: f64,
    of: Vec<Term>,
}

/// Steps from nothing to the net position of all payers, one panel a strategy.
pub fn figure(findings: &Findings, answer: &Answer) -> Figure {
    let found = steps_in_common(findings);
    let mut panels = Vec::new();
    let mut sentences = Vec::new();
    if found.len() > 2 {
        let names: Vec<&str> = found.iter().map(String::as_str).collect();
        for (strategy, label) in findings.strategies.iter().enumerate() {
            let steps = steps(findings, strategy);
            panels.push(of_strategy(&label.name, &names, &steps));
            let parts: Vec<String> =
                steps.iter().map(|step| format!("{} {}", words::inside(&step.name), pounds(step.adds))).collect();
            sentences.push(format!("{}: {}, net {}", label.name, parts.join(", "), pounds(net(&steps))));
        }
    }
    let (lines, columns) = grid(panels.len(), COLUMNS);
    Figure {
        title: title(findings, answer.comes_back.as_ref()),
        subtitle: format!(
            "What prevention costs and what each payer gets back over {}, {}; means over draws, £ million, money of each \
             year, all payers",
            span(findings),
            findings.place
        ),
        source_line: source(findings, "Savings are the strategy’s cost of services against its twin’s."),
        alternative_text: format!("Steps from cost to net position. {}.", sentences.join("; ")),
        width: 760.0,
        height: 120.0 + (50.0 + 19.0 * found.len() as f64) * lines as f64,
        grid: Grid::new(lines, columns),
        panels,
        legend: vec![
            LegendEntry::new(Key::Area(Colour::VERMILION, super::super::figure::Texture::Even), "Costs more"),
            LegendEntry::new(Key::Area(Colour::GREEN, super::super::figure::Texture::Even), "Costs less"),
            LegendEntry::new(Key::Area(Colour::SLATE, super::super::figure::Texture::Even), "What is left"),
        ],
    }
}

const OUTLAY: &str = "Prevention";
const DEBT: &str = "Partners’ gifts less debt";
const REST: &str = "Other payers";
const NET: &str = "Net";

/// The names of all steps that any strategy has, the largest gain first, and the net position last.
fn steps_in_common(findings: &Findings) -> Vec<String> {
    let all: Vec<Vec<Step>> = (0..findings.strategies.len()).map(|strategy| steps(findings, strategy)).collect();
    let mut names: Vec<String> = Vec::new();
    for step in all.iter().flatten() {
        if !names.contains(&step.name) {
            names.push(step.name.clone());
        }
    }
    let greatest = |name: &String| {
        all.iter().flatten().filter(|step| step.name == *name).map(|step| step.adds).fold(f64::NEG_INFINITY, f64::max)
    };
    let first = |name: &String| match name.as_str() {
        OUTLAY => 0,
        DEBT => 1,
        REST => 3,
        _ => 2,
    };
    names.sort_by(|one, other| first(one).cmp(&first(other)).then(greatest(other).total_cmp(&greatest(one))));
    if !names.is_empty() {
        names.push(NET.to_owned());
    }
    names
}

/// What a strategy spends, owes and saves, as amounts that add up to its net position.
fn steps(findings: &Findings, strategy: usize) -> Vec<Step> {
    let nominal = PriceBase::Nominal;
    let spent = total(findings, strategy, Comparator::Level, findings.ledger(Role::Spending), nominal);
    let outside = total(findings, strategy, Comparator::Level, findings.ledger(Role::OutsideMoney), nominal);
    let of = |comparator, ledger: &str, payer: &str| {
        rows::less(rows::over_years(findings, findings.find(Some(strategy), comparator, ledger, "", payer, nominal)))
    };
    let outlay = of(Comparator::Level, findings.ledger(Role::Spending), "");
    let mut steps = vec![Step { name: OUTLAY.to_owned(), adds: -spent, of: outlay }];
    if outside != 0.0 {
        steps.push(Step {
            name: DEBT.to_owned(),
            adds: -outside,
            of: of(Comparator::Level, findings.ledger(Role::OutsideMoney), ""),
        });
    }
    let (mut rest, mut of_rest) = (0.0, Vec::new());
    let is_seen = |payer: &String| {
        (0..findings.strategies.len()).any(|one| {
            let spent = total(findings, one, Comparator::Level, findings.ledger(Role::Spending), nominal);
            total_of(findings, one, Comparator::Twin, findings.ledger(Role::ServiceCost), payer, nominal).abs()
                > spent * UNSEEN
        })
    };
    // One payer alone is no others.
    let alone = payers(findings).iter().filter(|payer| !is_seen(payer)).count() == 1;
    for payer in payers(findings) {
        let seen = alone || is_seen(&payer);
        let saved =
            -total_of(findings, strategy, Comparator::Twin, findings.ledger(Role::ServiceCost), &payer, nominal);
        if seen {
            steps.push(Step {
                name: words::payer(&payer),
                adds: saved,
                of: of(Comparator::Twin, findings.ledger(Role::ServiceCost), &payer),
            });
        } else {
            rest += saved;
            of_rest.extend(of(Comparator::Twin, findings.ledger(Role::ServiceCost), &payer));
        }
    }
    // However small: the steps add up to the net position.
    if rest != 0.0 {
        steps.push(Step { name: REST.to_owned(), adds: rest, of: of_rest });
    }
    steps
}

fn net(steps: &[Step]) -> f64 {
    steps.iter().map(|step| step.adds).sum()
}

fn of_strategy(title: &str, names: &[&str], steps: &[Step]) -> Panel {
    let mut layers = Vec::new();
    let mut notes = Vec::new();
    let mut reached = 0.0;
    let mut bar = |row: usize, (from, to): (f64, f64), colour: Colour, of: Vec<Term>| {
        let estimates = vec![Estimate::exact(to)];
        let description = Description::of("Adds", Statistic::Mean, vec![of]);
        layers.push(Layer::Bars { at: vec![row as f64], estimates, from, colour, values: false, description });
        notes.push(Layer::Annotation { x: from.max(to), y: row as f64, text: pounds(to - from) });
    };
    for (row, name) in names.iter().enumerate() {
        if *name == NET {
            let all = steps.iter().flat_map(|step| step.of.iter().cloned()).collect();
            bar(row, (0.0, net(steps)), Colour::SLATE, all);
            continue;
        }
        // A strategy that has no such step has no bar there.
        let Some(step) = steps.iter().find(|step| step.name == *name) else { continue };
        let colour = if step.adds < 0.0 { Colour::VERMILION } else { Colour::GREEN };
        bar(row, (reached, reached + step.adds), colour, step.of.clone());
        reached += step.adds;
    }
    layers.extend(notes);
    // Room for the amounts beside bars that end at zero.
    let reach = steps.iter().map(|step| step.adds.abs()).fold(0.0, f64::max);
    let axis = Axis::number("", NumberFormat::million_pounds().with_sign()).covering(0.0, 0.22 * reach);
    panel(title, axis, Axis::categories(names), layers)
}

/// In the unit of the axis.
fn pounds(value: f64) -> String {
    let text = words::in_millions(value);
    if words::or_zero(value, words::LEAST_POUNDS) > 0.0 { format!("+{text}") } else { text }
}

/// What comes back of each pound where the most does, and to whom.
fn title(findings: &Findings, found: Option<&ComesBack>) -> String {
    let Some(found) = found else { return "Nothing is spent on prevention".to_owned() };
    if found.part() <= 0.0 {
        return format!("No payer gets back what prevention costs in {}", span(findings));
    }
    format!(
        "Of each pound spent on prevention at most {}p comes back to all payers together in {}, under “{}”",
        words::number(100.0 * found.part()),
        span(findings),
        findings.strategies[found.strategy].name
    )
}

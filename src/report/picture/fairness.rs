//! Who gains health and who gives it up: by fifth of neighbourhoods, and on the equity-impact plane.

use crate::appraisal::findings::{Comparator, Findings};
use crate::appraisal::measure::inequality::SLOPE_INDEX;
use crate::appraisal::measure::net_health::{DISPLACED_PER_1000, GAINED_PER_1000, NET_PER_1000, NET_QALYS};
use crate::appraisal::statistic::Statistic;

use super::super::figure::{
    Axis, Colour, Description, Estimate, Figure, Grid, Key, Layer, LegendEntry, Marker, NumberFormat,
};
use super::{BANDS, colour, grid, panel, rows, source};
use crate::answer::Answer;
use crate::answer::equity::Equity;
use crate::answer::fact::value;
use crate::answer::read::{Interval, groups, measured, statistic_of};
use crate::report::headline::on_clock;
use crate::words;

const COLUMNS: usize = 3;
/// How far beside the row of its group a mark stands, so that three find room.
const ASIDE: f64 = 0.27;
/// What the three are called.
const NET_OF_BOTH: &str = "Gained less lost";
const GAINED_BY: &str = "Gained by prevention";
const LOST_WHERE: &str = "Lost where the money was taken from";

/// A group as people call it: the first is the most deprived, the last the least.
pub fn group_name(group: &str, index: usize, of: usize) -> String {
    match index {
        0 => format!("{group}, most deprived"),
        index if index + 1 == of => format!("{group}, least deprived"),
        _ => group.to_owned(),
    }
}

/// Rows of groups, a panel for each strategy: for a thousand residents health gained, health given up, and what is left of both.
pub fn by_group(findings: &Findings, answer: &Answer) -> Figure {
    let groups = groups(findings);
    let names: Vec<String> =
        groups.iter().enumerate().map(|(index, group)| group_name(group, index, groups.len())).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let at: Vec<f64> = (0..groups.len()).map(|row| row as f64).collect();
    let mut panels = Vec::new();
    let mut sentences = Vec::new();
    if groups.len() > 1 {
        for (strategy, label) in findings.strategies.iter().enumerate() {
            let of = |comparator, outcome: &'static str| -> Vec<Estimate> {
                groups.iter().map(|group| estimate(findings, strategy, comparator, outcome, group)).collect()
            };
            let points = |shift: f64, colour, marker, name, (comparator, outcome): (Comparator, &'static str)| {
                let row = |group: &String| rows::of_measure(findings, strategy, comparator, outcome, group);
                Layer::Points {
                    at: at.iter().map(|row| row + shift).collect(),
                    estimates: of(comparator, outcome),
                    colour,
                    marker,
                    values: outcome == NET_PER_1000,
                    description: Description::of(name, Statistic::Median, groups.iter().map(row).collect()),
                }
            };
            let loss = (Comparator::DoNothing, DISPLACED_PER_1000);
            let lost = of(loss.0, loss.1).iter().any(|one| one.middle.is_finite() && one.middle != 0.0);
            let mut layers = Vec::new();
            if lost {
                let gain = (Comparator::Twin, GAINED_PER_1000);
                layers.push(points(-ASIDE, Colour::GREEN, Marker::Hollow, GAINED_BY, gain));
                layers.push(points(ASIDE, Colour::SLATE, Marker::Hollow, LOST_WHERE, loss));
            }
            let net = (Comparator::DoNothing, NET_PER_1000);
            layers.push(points(0.0, Colour::BLUE, Marker::Filled, NET_OF_BOTH, net));
            let axis = Axis::number("QALYs per 1,000 residents", NumberFormat::plain()).covering(0.0, 0.0);
            panels.push(panel(&label.name, axis, Axis::categories(&names), layers));
            let of_groups = answer.strategies[strategy].shared.groups.iter();
            let parts: Vec<String> =
                of_groups.map(|of| format!("{} {}", of.group, words::signed(value(of.net.as_ref())))).collect();
            sentences.push(format!("{}: {}", label.name, parts.join(", ")));
        }
    }
    let (lines, columns) = grid(panels.len(), COLUMNS);
    Figure {
        title: group_title(findings, &answer.equity),
        subtitle: format!(
            "QALYs {} for 1,000 residents of each fifth of neighbourhoods by deprivation, {}; medians over draws",
            on_clock(findings),
            findings.place
        ),
        source_line: source(findings, BANDS),
        alternative_text: format!(
            "Median QALYs for 1,000 residents, gained less lost to the financing. {}.",
            sentences.join("; ")
        ),
        width: 760.0,
        height: 150.0 + (70.0 + 46.0 * groups.len() as f64) * lines as f64,
        grid: Grid::new(lines, columns),
        panels,
        legend: vec![
            LegendEntry::new(Key::Interval(Colour::BLUE), &format!("{NET_OF_BOTH}: median, 50% and 90% of draws")),
            LegendEntry::new(Key::Ring(Colour::GREEN), &format!("{GAINED_BY}: median, 90% of draws")),
            LegendEntry::new(Key::Ring(Colour::SLATE), &format!("{LOST_WHERE}: median, 90% of draws")),
        ],
    }
}

fn estimate(findings: &Findings, strategy: usize, comparator: Comparator, outcome: &str, group: &str) -> Estimate {
    use Statistic::{Median, P05, P25, P75, P95};
    let of = |statistic| statistic_of(findings, strategy, comparator, outcome, group, statistic);
    match outcome {
        DISPLACED_PER_1000 | GAINED_PER_1000 => {
            Estimate { middle: of(Median), fifty: None, ninety: Some((of(P05), of(P95))) }
        }
        _ => Estimate::quantiles([P05, P25, Median, P75, P95].map(of)),
    }
}

/// What is left for the most deprived and for the least, where the most deprived have most.
fn group_title(findings: &Findings, equity: &Equity) -> String {
    let Some(ends) = &equity.ends else { return "Health by group".to_owned() };
    let (poor, rich) = (ends.most_deprived.fact.value, ends.least_deprived.fact.value);
    let has = |net: f64, gains: &str, loses: &str| match words::number(net.abs()) {
        number if net < 0.0 => format!("{loses} {number}"),
        number => format!("{gains} {number}"),
    };
    let rich = match (poor < 0.0) == (rich < 0.0) {
        true => words::number(rich.abs()),
        false => has(rich, "gains", "loses"),
    };
    let strategy = &findings.strategies[ends.most_deprived.strategy].name;
    format!(
        "After the financing, the most deprived fifth {} QALYs for each thousand residents under “{strategy}”, the least deprived {rich}",
        has(poor, "gains", "loses")
    )
}

/// Net health and its slope index, with their intervals.
pub fn impact(findings: &Findings, strategy: usize) -> (Interval, Interval) {
    let of = |outcome: &str, group: &str| measured(findings, strategy, Comparator::DoNothing, outcome, group);
    (of(NET_QALYS, ""), of(SLOPE_INDEX, NET_QALYS))
}

/// Strategies on the plane of net health (upward) and of how much more of it goes to the most deprived (to the right).
pub fn plane(findings: &Findings, answer: &Answer) -> Figure {
    let mut layers = Vec::new();
    let mut notes = Vec::new();
    let mut sentences = Vec::new();
    let mut legend = Vec::new();
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let (net, slope) = impact(findings, strategy);
        if !(net.middle.is_finite() && slope.middle.is_finite()) {
            continue;
        }
        let estimates = vec![Estimate { middle: net.middle, fifty: None, ninety: Some(net.ends()) }];
        let own = colour(strategy);
        layers.push(Layer::Line {
            x: vec![slope.low, slope.high],
            y: vec![net.middle; 2],
            colour: own.tint(0.35),
            dash: super::super::figure::Dash::Solid,
            label: None,
            description: Description::default(),
        });
        let net_of = Description::of(
            &label.name,
            Statistic::Median,
            vec![rows::of_measure(findings, strategy, Comparator::DoNothing, NET_QALYS, "")],
        );
        let marker = if strategy < super::super::figure::PALETTE.len() { Marker::Filled } else { Marker::Hollow };
        layers.push(Layer::Points {
            at: vec![slope.middle],
            estimates,
            colour: own,
            marker,
            values: false,
            description: net_of,
        });
        notes.push(Layer::Annotation { x: slope.middle, y: net.middle, text: label.name.clone() });
        legend.push(LegendEntry::new(Key::Point(own), &label.name));
        sentences.push(format!(
            "{}: {} QALYs net, {} per 1,000 residents more for the most deprived",
            label.name,
            words::interval(net.middle, net.ends(), words::signed),
            words::interval(1000.0 * slope.middle, (1000.0 * slope.low, 1000.0 * slope.high), words::signed)
        ));
    }
    let mut panels = Vec::new();
    if !layers.is_empty() {
        layers.extend(notes);
        // After the names of the strategies, which have the first choice of room.
        layers.push(Layer::VerticalRule { x: 0.0, label: Some("gap unchanged".to_owned()) });
        layers.push(Layer::HorizontalRule { y: 0.0, label: Some("no health gained or lost".to_owned()) });
        let per_thousand = NumberFormat { factor: 1000.0, ..NumberFormat::plain() }.with_sign();
        let across = Axis::number(
            "QALYs per 1,000 residents that the most deprived gain beyond the least deprived (slope index); to the right the \
             gap narrows",
            per_thousand,
        );
        let up = Axis::number("QALYs gained less QALYs displaced", NumberFormat::plain().with_sign());
        panels.push(panel("", across.covering(0.0, 0.0), up.covering(0.0, 0.0), layers));
    }
    Figure {
        title: plane_title(&answer.equity),
        subtitle: format!(
            "Equity-impact plane: net health against who gets it, {}, {}; points are medians, lines hold 90% of draws",
            on_clock(findings),
            findings.place
        ),
        source_line: source(findings, "QALYs displaced are what the money withdrawn would have bought in care."),
        alternative_text: format!("Strategies by net health and equity. {}.", sentences.join("; ")),
        width: 760.0,
        height: 430.0,
        grid: Grid::new(1, 1),
        panels,
        legend,
    }
}

fn plane_title(equity: &Equity) -> String {
    let (known, more, narrower) = (equity.known, equity.more_health, equity.narrower);
    let of = |count: usize| match count {
        0 => "no strategy".to_owned(),
        count if count == known && count == 1 => "the strategy".to_owned(),
        count if count == known => "every strategy".to_owned(),
        count => format!("{} of {} strategies", words::whole(count), words::whole(known)),
    };
    let first = words::capital(&of(more));
    format!(
        "{first} gain{} more health than the money gave up, in the median; {} narrow{} the gap",
        if more > 1 && more < known { "" } else { "s" },
        of(narrower),
        if narrower > 1 && narrower < known { "" } else { "s" }
    )
}

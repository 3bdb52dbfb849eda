//! The efficient frontier between two goals, and where the plan in hand lies beside it.

use super::super::super::figure::{
    Axis, Colour, Dash, Description, Estimate, Figure, Grid, Key, Layer, LegendEntry, Marker, NumberFormat,
};
use super::super::panel;
use super::Caption;
use crate::table::{Columns, Spelling, Table};
use crate::words;

/// A plan by its two goals.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontierPoint {
    /// Its name, or empty; named plans are written beside their points.
    pub name: String,
    /// The first goal, more is better.
    pub first: f64,
    /// The second goal, more is better.
    pub second: f64,
    /// What it spends, pounds, where that is known.
    pub spending: Option<f64>,
    /// Whether it is better than the plan in hand in one goal beyond chance, and no worse in the other.
    pub better: bool,
}

/// Plans on the frontier and the plan they are compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct EfficientFrontier {
    /// The goals as in a sentence: `QALYs gained`, `cash by year 5`.
    pub goals: [String; 2],
    /// How their numbers are written.
    pub formats: [NumberFormat; 2],
    /// Plans that no other beats in both goals.
    pub points: Vec<FrontierPoint>,
    /// The plan in hand.
    pub reference: FrontierPoint,
    /// Whether no plan beats the plan in hand: then the line runs through it too.
    pub reference_is_efficient: bool,
}

/// The frontier as a stair through its plans: what lies between two of them was not found.
pub fn frontier(found: &EfficientFrontier, caption: &Caption) -> Figure {
    let order = sorted(found);
    let stair = stair(found);
    let line = Layer::Line {
        x: stair.iter().map(|one| one.0).collect(),
        y: stair.iter().map(|one| one.1).collect(),
        colour: Colour::BLUE,
        dash: Dash::Solid,
        label: None,
        description: Description::named(&found.goals[1]),
    };
    let points = Layer::Points {
        at: order.iter().map(|one| one.first).collect(),
        estimates: order.iter().map(|one| Estimate::exact(one.second)).collect(),
        colour: Colour::BLUE,
        marker: Marker::Filled,
        values: false,
        description: Description::named("Plans that no other beats"),
    };
    let reference = &found.reference;
    let own = Layer::Points {
        at: vec![reference.first],
        estimates: vec![Estimate::exact(reference.second)],
        colour: Colour::VERMILION,
        marker: Marker::Hollow,
        values: false,
        description: Description::named("The plan in hand"),
    };
    let mut layers = vec![line];
    let named = order.iter().copied().chain([reference]).filter(|one| !one.name.is_empty());
    layers.extend(named.map(|one| Layer::Annotation { x: one.first, y: one.second, text: one.name.clone() }));
    // Points cover the dots of their own notes.
    layers.extend([points, own]);
    let write = |goal: usize, value: f64| found.formats[goal].two_figures(value);
    // What is to be had beyond chance without giving up any of the other goal.
    let better = |goal: usize| {
        let of = |one: &FrontierPoint, goal: usize| if goal == 0 { one.first } else { one.second };
        let other = 1 - goal;
        let ahead = order.iter().copied().filter(|one| {
            one.better
                && of(one, other) >= of(reference, other)
                && write(goal, of(one, goal)) != write(goal, of(reference, goal))
                && of(one, goal) > of(reference, goal)
        });
        let best = ahead.max_by(|one, two| of(one, goal).total_cmp(&of(two, goal)))?;
        Some(format!(
            "At no less {}, {} could be {} instead of {}",
            found.goals[other],
            found.goals[goal],
            write(goal, of(best, goal)),
            write(goal, of(reference, goal))
        ))
    };
    let none = || format!("No better plan found: none has more {} at no less {}", found.goals[0], found.goals[1]);
    let title = better(0).or_else(|| better(1)).unwrap_or_else(none);
    let ends: Vec<String> = [order.first(), order.last()]
        .into_iter()
        .flatten()
        .map(|one| {
            format!("{} {} with {} {}", found.goals[0], write(0, one.first), found.goals[1], write(1, one.second))
        })
        .collect();
    // A goal in cash may be met by not spending.
    let spending = order.iter().filter_map(|one| one.spending);
    let range = spending.fold(None, |range: Option<(f64, f64)>, one| {
        Some(range.map_or((one, one), |(low, high)| (low.min(one), high.max(one))))
    });
    let spent = range.zip(reference.spending).map(|((low, high), own)| {
        let [low, high, own] = [low, high, own].map(words::pounds);
        let plans = if low == high { low } else { format!("{low} to {high}") };
        format!("they spend {plans}, the plan in hand {own}")
    });
    let axis = |goal: usize| Axis::number(&found.goals[goal], found.formats[goal].clone());
    Figure {
        title,
        subtitle: format!(
            "Plans of which none has more {} without less {}, {}{}",
            found.goals[0],
            found.goals[1],
            caption.subject,
            spent.as_ref().map_or_else(String::new, |spent| format!("; {spent}"))
        ),
        source_line: caption.source.clone(),
        alternative_text: format!(
            "From {}; the plan in hand has {} and {}{}.",
            ends.join(" to "),
            write(0, reference.first),
            write(1, reference.second),
            spent.as_ref().map_or_else(String::new, |spent| format!("; {spent}"))
        ),
        width: 700.0,
        height: 400.0,
        grid: Grid::new(1, 1),
        panels: vec![panel("", axis(0), axis(1), layers)],
        legend: vec![
            LegendEntry::new(Key::Point(Colour::BLUE), "Plans on the frontier"),
            LegendEntry::new(Key::Ring(Colour::VERMILION), "The plan in hand"),
        ],
    }
}

/// The numbers behind [`frontier`].
pub fn table_of_frontier(found: &EfficientFrontier, file: &str) -> Table<'static> {
    let columns = Columns::new()
        .words("plan", |(one, _): &(FrontierPoint, &str)| &one.name)
        .words("kind", |(_, kind)| kind)
        .number(&found.goals[0], |(one, _)| one.first)
        .number(&found.goals[1], |(one, _)| one.second)
        .number("spending", |(one, _)| one.spending)
        .truth("better", Spelling::YesNo, |(one, _)| one.better);
    let plans = sorted(found).into_iter().map(|one| (one.clone(), "frontier"));
    Table::new(file, columns, plans.chain([(found.reference.clone(), "reference")]).collect())
}

/// The corners of the region that the plans reach: down from each to the next, then along to it.
fn stair(found: &EfficientFrontier) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = found.points.iter().map(|one| (one.first, one.second)).collect();
    points.extend(found.reference_is_efficient.then_some((found.reference.first, found.reference.second)));
    points.sort_by(|one, other| one.0.total_cmp(&other.0).then(other.1.total_cmp(&one.1)));
    points.dedup();
    let mut corners: Vec<(f64, f64)> = Vec::new();
    for point in points {
        corners.extend(corners.last().map(|before| (before.0, point.1)));
        corners.push(point);
    }
    corners
}

fn sorted(found: &EfficientFrontier) -> Vec<&FrontierPoint> {
    let mut order: Vec<&FrontierPoint> = found.points.iter().collect();
    order.sort_by(|one, other| one.first.total_cmp(&other.first).then(other.second.total_cmp(&one.second)));
    order
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::super::super::super::figure::NumberFormat;
    use super::super::Caption;
    use super::{EfficientFrontier, FrontierPoint, frontier, stair, table_of_frontier};

    fn point(first: f64, second: f64, better: bool) -> FrontierPoint {
        FrontierPoint { name: String::new(), first, second, spending: Some(first * 10.0), better }
    }

    fn plans(points: Vec<FrontierPoint>, reference: (f64, f64)) -> EfficientFrontier {
        EfficientFrontier {
            goals: ["QALYs gained".to_owned(), "cash".to_owned()],
            formats: [NumberFormat::plain(), NumberFormat::plain()],
            points,
            reference: point(reference.0, reference.1, false),
            reference_is_efficient: false,
        }
    }

    fn title(found: &EfficientFrontier) -> String {
        let caption = Caption { subject: "a place".to_owned(), source: "a test".to_owned() };
        frontier(found, &caption).title
    }

    #[test]
    fn a_stair_goes_down_and_then_along() {
        let found = plans(vec![point(3.0, 1.0, true), point(1.0, 5.0, true)], (0.5, 0.5));
        assert_eq!(stair(&found), [(1.0, 5.0), (1.0, 1.0), (3.0, 1.0)]);
        let through =
            EfficientFrontier { reference_is_efficient: true, ..plans(vec![point(3.0, 1.0, false)], (2.0, 4.0)) };
        assert_eq!(stair(&through), [(2.0, 4.0), (2.0, 1.0), (3.0, 1.0)]);
        let table = table_of_frontier(&found, "frontier.csv").csv();
        assert_eq!(table.lines().nth(1), Some(",frontier,1,5,10,yes"), "{table}");
    }

    /// 4,500 instead of 4,500 is no better plan, nor is what the draws cannot tell from the plan in hand.
    #[test]
    fn no_better_plan_is_said_where_there_is_none() {
        let none = "No better plan found: none has more QALYs gained at no less cash";
        assert_eq!(title(&plans(vec![point(4_500.2, 1.0, true)], (4_500.0, 1.0))), none);
        assert_eq!(title(&plans(vec![point(6_000.0, 1.0, false)], (4_500.0, 1.0))), none);
        assert_eq!(title(&plans(vec![point(6_000.0, 0.5, false)], (4_500.0, 1.0))), none);
        let found = title(&plans(vec![point(6_000.0, 1.0, true)], (4_500.0, 1.0)));
        assert_eq!(found, "At no less cash, QALYs gained could be 6,000 instead of 4,500");
        let found = title(&plans(vec![point(4_500.0, 3.0, true)], (4_500.0, 1.0)));
        assert_eq!(found, "At no less QALYs gained, cash could be 3.0 instead of 1.0");
    }
}

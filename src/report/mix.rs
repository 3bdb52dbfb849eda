//! A better mix of programmes beside that in the file: in the terminal, as a table, as a picture, and as levers to write down.

use crate::appraisal::statistic::mean;
use crate::sensitivity::optimise::Improvement;
use crate::study::{Goal, Mix};

use super::catalogue::grid::{self, Column};
use super::figure::{FigureError, NumberFormat};
use super::picture::analysis::{Caption, EfficientFrontier, FrontierPoint, frontier, table_of_frontier};
use super::picture::{Picture, rendered};
use super::table::{Table, decimal, written};
use super::words;

/// Decimals of a share as it is written down.
const DECIMALS: i32 = 4;

/// What was found, at most 100 columns wide.
pub fn mix_text(found: &Mix) -> String {
    let mut text = grid::paragraph(&format!("{}, strategy “{}”", found.title, found.strategy.1));
    let by = if found.settings.robust { "mean of the worst tenth of draws" } else { "mean" };
    text.push_str(&grid::paragraph(&format!(
        "Goal: {}, by the {by}; {} plans of {} draws each, and {} other draws to confirm",
        found.settings.goal.title(),
        words::exact(found.best.plans as u64),
        words::exact(found.draws),
        words::exact(found.draws)
    )));
    let heads: Vec<String> = found
        .periods
        .iter()
        .flat_map(|(first, last)| [format!("years {first}–{last}: file"), "best".to_owned()])
        .collect();
    let shown = found.periods.len().min(2);
    let mut columns: Vec<Column> = vec![grid::words("", 40)];
    columns.extend((0..2 * shown).map(|_| grid::numbers("", 12)));
    text.push('\n');
    let heads: Vec<String> =
        std::iter::once("Share of the money".to_owned()).chain(heads.into_iter().take(2 * shown)).collect();
    text.push_str(&grid::row(&columns, &heads));
    let count = found.labels.len();
    for (programme, name) in found.programmes.iter().enumerate() {
        let mut row = vec![name.clone()];
        for period in 0..shown {
            let at = period * count + programme;
            row.extend([words::percent(100.0 * found.reference[at]), words::percent(100.0 * found.best.plan[at])]);
        }
        text.push_str(&grid::row(&columns, &row));
    }
    if found.periods.len() > shown {
        text.push_str(&grid::paragraph("Further years are in mix.csv."));
    }
    text.push('\n');
    let (best, own) = (mean(&found.best.evaluation.goals[0]), mean(&found.reference_goal));
    text.push_str(&grid::paragraph(&format!(
        "{}: {} with the best mix found, {} with that in the file.",
        words::capital(found.settings.goal.title()),
        told(found, best.value),
        told(found, own.value)
    )));
    for (gain, what) in found.gains.iter().zip(["On average", "In the worst tenth of draws"]) {
        text.push_str(&grid::paragraph(&format!("{what} {}.", gained(found, gain))));
    }
    let settled = if found.best.settled { "No neighbour is better" } else { "It ran out of plans before it settled" };
    let fair =
        if found.settings.as_fair { "; it is as fair as that in the file on the draws of the search" } else { "" };
    text.push_str(&grid::paragraph(&format!("{settled}{fair}.")));
    text
}

fn gained(found: &Mix, gain: &Improvement) -> String {
    let difference = gain.difference;
    if difference.value == 0.0 && difference.error == 0.0 {
        return "it is neither better nor worse".to_owned();
    }
    let (low, high) = (difference.value - 1.96 * difference.error, difference.value + 1.96 * difference.error);
    let resolved = if gain.resolved { "resolved" } else { "not resolved: more draws may turn it" };
    let better = if difference.value >= 0.0 { "better" } else { "worse" };
    format!(
        "it is {better} by {} ({} to {}, paired; {resolved})",
        told(found, difference.value.abs()),
        told(found, if difference.value >= 0.0 { low } else { -high }),
        told(found, if difference.value >= 0.0 { high } else { -low })
    )
}

fn told(found: &Mix, value: f64) -> String {
    match found.settings.goal {
        Goal::CashBy5 => words::pounds(value),
        Goal::Emergency => words::percent(value),
        Goal::Qalys => format!("{} QALYs", words::number(value)),
        Goal::Slope => format!("{:.6} {}", value, found.unit),
    }
}

/// `mix.csv`, and `frontier.csv` if two goals were named.
pub fn mix_tables(found: &Mix) -> Vec<Table> {
    let count = found.labels.len();
    let rows = found.periods.iter().enumerate().flat_map(|(period, (first, last))| {
        found.labels.iter().enumerate().map(move |(programme, label)| {
            let at = period * count + programme;
            vec![
                label.to_string(),
                first.to_string(),
                last.to_string(),
                decimal(found.reference[at]),
                decimal(found.best.plan[at]),
            ]
        })
    });
    let columns = ["lever", "from", "to", "file", "best"];
    let mut tables = vec![Table { file: "mix.csv".to_owned(), csv: written(&columns, rows) }];
    let gains = found.gains.iter().zip(["mean", "mean-of-worst-tenth"]).map(|(gain, criterion)| {
        vec![
            found.settings.goal.name().to_owned(),
            criterion.to_owned(),
            decimal(gain.difference.value),
            decimal(gain.difference.error),
            if gain.resolved { "yes" } else { "no" }.to_owned(),
        ]
    });
    let columns = ["goal", "criterion", "better_by", "mc_error", "resolved"];
    tables.push(Table { file: "gain.csv".to_owned(), csv: written(&columns, gains) });
    tables.extend(efficient(found).map(|plans| table_of_frontier(&plans, "frontier.csv")));
    tables
}

fn efficient(found: &Mix) -> Option<EfficientFrontier> {
    let plans = found.frontier.as_ref()?;
    let second = found.settings.and?;
    let format = |goal| match goal {
        Goal::CashBy5 => NumberFormat::million_pounds(),
        _ => NumberFormat::plain(),
    };
    let point =
        |name: &str, merits: &[f64]| FrontierPoint { name: name.to_owned(), first: merits[0], second: merits[1] };
    Some(EfficientFrontier {
        goals: [found.settings.goal.title().to_owned(), second.title().to_owned()],
        formats: [format(found.settings.goal), format(second)],
        points: plans.members.iter().map(|member| point("", &member.merits)).collect(),
        reference: point("the file", &plans.reference.merits),
    })
}

/// The frontier, if two goals were named.
///
/// # Errors
/// It cannot be drawn.
pub fn mix_pictures(found: &Mix) -> Result<Vec<Picture>, FigureError> {
    let caption = Caption {
        subject: format!("strategy “{}”", found.strategy.1),
        source: format!(
            "Wellspring {}, scenario {}, {} draws.",
            env!("CARGO_PKG_VERSION"),
            found.name,
            words::exact(found.draws)
        ),
    };
    rendered(efficient(found).map(|plans| ("frontier".to_owned(), frontier(&plans, &caption))).into_iter().collect())
}

/// The levers of the best mix as a scenario writes them, each with its name. Shares are rounded, and the largest of each
/// period takes what rounding leaves, so that they add up.
pub fn mix_levers(found: &Mix) -> Vec<(String, String)> {
    let count = found.labels.len();
    let scale = 10_f64.powi(DECIMALS);
    let periods: Vec<Vec<f64>> = found
        .best
        .plan
        .chunks_exact(count)
        .map(|shares| {
            let mut rounded: Vec<f64> =
                shares.iter().map(|share| (share * found.total * scale).round() / scale).collect();
            let largest = (0..count).reduce(|best, one| if rounded[one] > rounded[best] { one } else { best });
            if let Some(largest) = largest {
                let rest: f64 = (0..count).filter(|one| *one != largest).map(|one| rounded[one]).sum();
                rounded[largest] = ((found.total - rest) * scale).round() / scale;
            }
            rounded
        })
        .collect();
    let labels = found.labels.iter().enumerate();
    labels
        .map(|(programme, label)| {
            let steps: Vec<String> = found
                .periods
                .iter()
                .zip(&periods)
                .map(|((first, _), shares)| format!("{{ from = {first}, value = {} }}", shares[programme]))
                .collect();
            (label.to_string(), format!("[{}]", steps.join(", ")))
        })
        .collect()
}

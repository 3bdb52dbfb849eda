//! A better mix of programmes beside that in the file, in the terminal.

use crate::appraisal::statistic::mean;
use crate::report::picture::analysis::FrontierPoint;
use crate::report::picture::mix::{efficient, title};
use crate::sensitivity::optimise::Improvement;
use crate::study::{Goal, Mix};
use crate::words;
use crate::words::grid::{self, Column};

/// What was found, at most 100 columns wide.
pub fn mix_text(found: &Mix) -> String {
    let mut text = grid::paragraph(&format!("{}, strategy “{}”", found.title, found.strategy.1));
    let by = if found.settings.robust { "mean of the worst tenth of draws" } else { "mean" };
    text.push_str(&grid::paragraph(&format!(
        "Goal: {}, by the {by}; {} plans of {} draws each, and {} other draws to confirm",
        title(found, found.settings.goal),
        words::exact(found.best.plans as u64),
        words::exact(found.draws),
        words::exact(found.draws)
    )));
    let heads: Vec<String> = found
        .periods
        .iter()
        .flat_map(|(first, last)| [format!("years {first}–{last}: file"), "best".to_owned()])
        .collect();
    let displayed = found.periods.len().min(2);
    let mut columns: Vec<Column> = vec![grid::words("", 40)];
    columns.extend((0..2 * displayed).map(|_| grid::numbers("", 12)));
    text.push('\n');
    let heads: Vec<String> =
        std::iter::once("Share of the money".to_owned()).chain(heads.into_iter().take(2 * displayed)).collect();
    text.push_str(&grid::row(&columns, &heads));
    let count = found.labels.len();
    for (programme, name) in found.programmes.iter().enumerate() {
        let mut row = vec![name.clone()];
        for period in 0..displayed {
            let at = period * count + programme;
            row.extend([words::percent(100.0 * found.reference[at]), words::percent(100.0 * found.best.plan[at])]);
        }
        text.push_str(&grid::row(&columns, &row));
    }
    if found.periods.len() > displayed {
        text.push_str(&grid::paragraph("Further years are in mix.csv."));
    }
    text.push('\n');
    let (best, own) = (mean(&found.best.evaluation.goals[0]), mean(&found.reference_goal));
    if !is_better(found) {
        text.push_str(&grid::paragraph("No better plan was found than that in the file."));
    }
    text.push_str(&grid::paragraph(&format!(
        "{}: {} with the best mix found, {} with that in the file.",
        words::capital(&title(found, found.settings.goal)),
        wording(found, best.value),
        wording(found, own.value)
    )));
    text.push_str(&spent(found));
    for (gain, what) in found.gains.iter().zip(["On average", "In the worst tenth of draws"]) {
        text.push_str(&grid::paragraph(&format!("{what} {}.", gained(found, gain))));
    }
    let settled = if found.best.settled { "No neighbour is better" } else { "It ran out of plans before it settled" };
    let fair =
        if found.settings.as_fair { "; it is as fair as that in the file on the draws of the search" } else { "" };
    text.push_str(&grid::paragraph(&format!("{settled}{fair}.")));
    text.push_str(&between_goals(found));
    text
}

/// Whether the best plan is better beyond chance by what decided.
fn is_better(found: &Mix) -> bool {
    let gain = found.best.improvement;
    gain.resolved && gain.difference.value > 0.0
}

/// What the plans spend: a goal in cash may be met by not spending.
fn spent(found: &Mix) -> String {
    let Some([best, own]) = found.spending else { return String::new() };
    let mut text = format!(
        "Spent on prevention over the plan years, in prices of the year before the plan: {} with the best mix found, {} with that in \
         the file.",
        words::pounds(best.value),
        words::pounds(own.value)
    );
    let kept = own.value - best.value;
    if is_better(found) && kept > NOTICED * own.value.abs() {
        text.push_str(&format!(" It is better while {} less is spent", words::pounds(kept)));
        let cash = found.settings.goal == Goal::CashBy5;
        text.push_str(if cash { ": in cash, money that is not spent counts as won." } else { "." });
    }
    grid::paragraph(&text)
}

/// A difference in spending of less than this part is not worth a word.
const NOTICED: f64 = 0.005;

/// The plans between two goals, the two ends and what was found beside the plan in the file.
fn between_goals(found: &Mix) -> String {
    let (Some(plans), Some(front)) = (efficient(found), &found.frontier) else { return String::new() };
    let mut text = format!("\nPlans between {} and {}\n", plans.goals[0], plans.goals[1]);
    let columns = [grid::words("", 24), grid::numbers("", 22), grid::numbers("", 22), grid::numbers("", 22)];
    let short = |goal: Goal| words::capital(goal.name());
    let second = found.settings.and.map_or_else(String::new, short);
    text.push_str(&grid::row(&columns, &[String::new(), short(found.settings.goal), second, "Spent".to_owned()]));
    let line = |name: &str, one: &FrontierPoint| {
        let spent = one.spending.map_or_else(|| "–".to_owned(), words::pounds);
        let write = |goal: usize, value: f64| plans.formats[goal].two_figures(value);
        grid::row(&columns, &[name.to_owned(), write(0, one.first), write(1, one.second), spent])
    };
    text.push_str(&line("That in the file", &plans.reference));
    let displayed = plans.points.len().min(PLANS_LISTED);
    for place in 0..displayed {
        // Evenly along the frontier, both ends among them.
        let at = if displayed > 1 { place * (plans.points.len() - 1) / (displayed - 1) } else { 0 };
        text.push_str(&line(&format!("Plan {}", at + 1), &plans.points[at]));
    }
    let wording = match (front.reference_is_efficient, plans.points.iter().any(|one| one.better)) {
        (_, true) => "Some plans are better in one goal, beyond chance, and no worse in the other.",
        (true, false) => "No better plan found: none beats that in the file in one goal without losing in the other.",
        (false, false) => "No better plan found that these draws can tell from that in the file.",
    };
    text.push('\n');
    text.push_str(&grid::paragraph(wording));
    text
}

/// So many plans of a frontier stand in the terminal.
const PLANS_LISTED: usize = 6;

fn gained(found: &Mix, gain: &Improvement) -> String {
    let difference = gain.difference;
    if difference.value == 0.0 && difference.error == 0.0 {
        return "it is neither better nor worse".to_owned();
    }
    let (low, high) = (difference.value - difference.half_width(), difference.value + difference.half_width());
    let resolved = if gain.resolved { "resolved" } else { "not resolved: more draws may turn it" };
    let better = if difference.value >= 0.0 { "better" } else { "worse" };
    format!(
        "it is {better} by {} ({} to {}, paired; {resolved})",
        wording(found, difference.value.abs()),
        wording(found, if difference.value >= 0.0 { low } else { -high }),
        wording(found, if difference.value >= 0.0 { high } else { -low })
    )
}

fn wording(found: &Mix, value: f64) -> String {
    match found.settings.goal {
        Goal::CashBy5 => words::pounds(value),
        Goal::Need => words::percent(value),
        Goal::Qalys => format!("{} QALYs", words::number(value)),
        Goal::Slope => format!("{} {}", words::setting(value), found.unit),
    }
}

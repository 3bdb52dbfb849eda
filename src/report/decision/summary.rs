//! A choice in plain words, for the terminal.

use crate::appraisal::statistic::Estimate;
use crate::sensitivity::decision::Rule;
use crate::sensitivity::decision::belief::Crossing;
use crate::sensitivity::decision::discovery::{Limits, Restriction};
use crate::study::decision::{Decision, GoalFinding};

use super::super::catalogue::grid;
use super::super::words;
use super::leading_plan;

/// So many inputs are named.
const SHOWN: usize = 5;

/// The summary, at most 100 columns wide.
pub fn decision_text(found: &Decision) -> String {
    let mut text = grid::paragraph(&format!("{}, {}", found.title, found.place));
    let left_out = match found.draws_asked - found.draws as u64 {
        0 => String::new(),
        some => format!(", {} left out", words::exact(some)),
    };
    text.push_str(&grid::paragraph(&format!(
        "{} plan years; {} draws{left_out}; {} uncertainties. Costs and QALYs are those of the study's net position for society: \
         against the twin, discounted, in base-year prices; doing nothing has none.",
        found.horizon,
        words::exact(found.draws_asked),
        found.inputs.len()
    )));
    choice(found, &mut text);
    knowledge(found, &mut text);
    belief(found, &mut text);
    failure(found, &mut text);
    odds(found, &mut text);
    structure(found, &mut text);
    text
}

fn heading(text: &mut String, heading: &str) {
    text.push_str(&format!("\n{heading}\n"));
}

fn name(found: &Decision, strategy: usize) -> String {
    format!("“{}”", found.strategies[strategy].1)
}

fn with_error(value: Estimate) -> String {
    format!("{} (± {})", words::pounds(value.value), words::pounds(1.96 * value.error))
}

fn choice(found: &Decision, text: &mut String) {
    heading(text, "Which strategy is best");
    for curve in found.curves.iter().filter(|curve| found.told.contains(&curve.worth)) {
        let (other, lead) = curve.lead;
        let surely = if curve.is_resolved() { "" } else { ", which more draws may turn" };
        text.push_str(&grid::paragraph(&format!(
            "At {} a QALY: {}, in {}. It leads {} by {}{surely}.",
            worth(curve.worth),
            name(found, curve.best),
            words::share_of_draws(curve.probability[curve.best].value),
            name(found, other),
            with_error(lead)
        )));
    }
    financing(found, text);
}

/// Whether counting out the financing makes another choice.
fn financing(found: &Decision, text: &mut String) {
    let told: Vec<String> = found
        .with_financing
        .iter()
        .filter(|curve| found.told.contains(&curve.worth))
        .map(|curve| {
            let share = words::share_of_draws(curve.probability[curve.best].value);
            format!("at {} {} in {share}", worth(curve.worth), name(found, curve.best))
        })
        .collect();
    text.push_str(&grid::paragraph(&format!(
        "If what the financing saves in services and the QALYs that it displaces are counted as well, best is {}.",
        words::list(&told)
    )));
}

/// What a QALY is worth, to the pound.
fn worth(pounds: f64) -> String {
    format!("£{}", words::exact(pounds.round().max(0.0) as u64))
}

fn knowledge(found: &Decision, text: &mut String) {
    heading(text, "What it would be worth to know more before deciding");
    for worth in &found.told {
        let at = found.at_worth(*worth);
        let all = with_error(found.perfect[at].value);
        let mut order: Vec<usize> = (0..found.inputs.len()).collect();
        let value = |input: usize| found.each[input][at].value;
        order.sort_by(|one, other| value(*other).value.total_cmp(&value(*one).value).then(one.cmp(other)));
        let most: Vec<String> = order
            .iter()
            .take(SHOWN)
            .filter(|input| value(**input).value > 0.0)
            .map(|input| {
                let doubt = if found.each[*input][at].is_resolved() { "" } else { ", not told from 0" };
                format!("{} {}{doubt}", found.inputs[*input].name, with_error(value(*input)))
            })
            .collect();
        let most = if most.is_empty() { "no single thing is worth anything".to_owned() } else { most.join("; ") };
        text.push_str(&grid::paragraph(&format!("At {} a QALY everything: {all}. Most: {most}.", self::worth(*worth))));
    }
    let last = found.at_worth(found.leading);
    let mut groups: Vec<&crate::study::decision::Informed> = found.groups.iter().collect();
    groups.sort_by(|one, other| other.values[last].value.value.total_cmp(&one.values[last].value.value));
    let told: Vec<String> = groups
        .iter()
        .take(SHOWN)
        .filter(|group| group.values[last].value.value > 0.0)
        .map(|group| format!("{} {}", group.name, with_error(group.values[last].value)))
        .collect();
    if !told.is_empty() {
        let worth = worth(found.leading);
        text.push_str(&grid::paragraph(&format!("All of a group, at {worth} a QALY: {}.", told.join("; "))));
    }
}

fn belief(found: &Decision, text: &mut String) {
    let plan = leading_plan(found);
    heading(text, &format!("What you would have to believe for {}", name(found, plan)));
    for goal in found.goals.iter().filter(|goal| goal.strategy == plan) {
        text.push_str(&grid::paragraph(&format!("To {}: {}", goal.goal, believed(found, goal))));
    }
}

fn believed(found: &Decision, goal: &GoalFinding) -> String {
    let chance = words::share_of_draws(goal.chance.value);
    let together = &goal.together;
    if together.start.value >= 0.0 {
        return format!(
            "nothing beyond the evidence; expected {} above, and met in {chance}.",
            words::pounds(together.start.value)
        );
    }
    let mut told = format!("{} short on average, and met in {chance}. ", words::pounds(-together.start.value));
    let alone = goal.thresholds.iter().find_map(|one| match &one.crossing {
        Crossing::At { value, above, within_range: true, .. } => {
            let side = if *above { "above" } else { "below" };
            Some(format!("{} {side} {}", found.inputs[one.input].name, words::setting(*value)))
        }
        _ => None,
    });
    if let Some(alone) = alone {
        told.push_str(&format!("One thing alone would do: {alone}. "));
    }
    let names: Vec<String> = together
        .beliefs
        .iter()
        .take(SHOWN)
        .map(|one| format!("{} at {}", found.inputs[one.input].name, words::setting(one.value)))
        .collect();
    let more = together.beliefs.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    told.push_str(&match (names.is_empty(), together.reached) {
        (true, _) => "No uncertainty moves it beyond doubt.".to_owned(),
        (_, true) => format!("Together: {}{more}, each at the good end of its range.", words::list(&names)),
        (_, false) => format!("Not even with {}{more} at the good ends of their ranges.", words::list(&names)),
    });
    told
}

fn failure(found: &Decision, text: &mut String) {
    heading(text, &format!("When a plan fails: {}", found.failing));
    for failure in &found.failures {
        let mut told = format!("{}: in {}", name(found, failure.strategy), words::share_of_draws(failure.share.value));
        if let Some(first) = failure.boxes.first() {
            let region = first.region();
            let limits: Vec<String> = first.restrictions.iter().take(SHOWN).map(|one| limited(found, one)).collect();
            told.push_str(&format!(
                "; in {} of those with {} ({} of all failures)",
                words::chance(region.density),
                words::list(&limits),
                words::chance(region.coverage)
            ));
        }
        if failure.boxes.is_empty() && failure.share.value > 0.0 && failure.share.value < 1.0 {
            told.push_str("; nothing marks these draws beyond chance");
        }
        text.push_str(&grid::paragraph(&format!("{told}.")));
    }
}

fn limited(found: &Decision, one: &Restriction) -> String {
    let name = &found.inputs[one.input].name;
    match (&one.limits, one.low, one.high) {
        (Limits::Range { low, .. }, Some(_), None) => format!("{name} above {}", words::setting(*low)),
        (Limits::Range { high, .. }, None, Some(_)) => format!("{name} below {}", words::setting(*high)),
        (Limits::Range { low, high }, ..) => {
            format!("{name} between {} and {}", words::setting(*low), words::setting(*high))
        }
        (Limits::Kept(_), ..) => name.clone(),
    }
}

fn odds(found: &Decision, text: &mut String) {
    let robust = &found.robust;
    if robust.scenarios.len() < 2 {
        return;
    }
    heading(text, "If nobody knows the odds");
    let choice = |rule: Rule| {
        let chosen = robust.robust.choices.iter().find(|one| one.0 == rule);
        chosen.map_or_else(String::new, |one| name(found, one.1))
    };
    let least = robust.robust.choices.iter().find(|one| one.0 == Rule::MinimaxRegret);
    let regret = least.map_or(0.0, |one| robust.robust.strategies[one.1].greatest_regret);
    text.push_str(&grid::paragraph(&format!(
        "Over {} scenarios at {} a QALY: the best worst case has {}; the least regret, {} at most, {}.",
        robust.scenarios.len(),
        worth(robust.worth),
        choice(Rule::Maximin),
        words::pounds(regret),
        choice(Rule::MinimaxRegret)
    )));
}

fn structure(found: &Decision, text: &mut String) {
    let Some(structure) = &found.structure else { return };
    heading(text, "What the structure of the model does");
    let whole = &structure.variants[0];
    let turned: Vec<String> = structure
        .variants
        .iter()
        .skip(1)
        .filter(|variant| variant.best != whole.best)
        .map(|variant| format!("without {} {} it is {}", variant.id, variant.name, name(found, variant.best)))
        .collect();
    let turned = match turned.is_empty() {
        true => "no loop that is cut makes another strategy best".to_owned(),
        false => turned.join("; "),
    };
    let shares: Vec<String> = structure
        .components
        .iter()
        .map(|part| {
            let source = if part.source.name() == "scenario" { "strategy" } else { part.source.name() };
            format!("{source} {}", words::chance(part.share))
        })
        .collect();
    text.push_str(&grid::paragraph(&format!(
        "With {} draws at {} a QALY, {} is best in the whole model; {turned}. Of the spread of net benefit: {}. The model has no \
         chance within a run.",
        structure.draws,
        worth(found.leading),
        name(found, whole.best),
        shares.join(", ")
    )));
}

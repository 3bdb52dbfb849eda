//! A choice in plain words, for the terminal.

use crate::appraisal::statistic::Estimate;
use crate::sensitivity::decision::belief::Crossing;
use crate::sensitivity::decision::discovery::Gathering;
use crate::sensitivity::decision::{PartialInformation, Rule};
use crate::study::decision::{Decision, DecisionInput, GoalFinding};

use crate::report::decision::{leading_plan, named};
use crate::report::picture::analysis::{NamedInput, between_0_and_1, sentence};
use crate::words;
use crate::words::grid;

/// So many inputs are named.
const LISTED: usize = 5;

/// The summary, at most 100 columns wide.
pub fn decision_text(found: &Decision) -> String {
    let mut text = grid::paragraph(&format!("{}, {}", found.title, found.place));
    let left_out = match found.tally.all - found.draws as u64 {
        0 => String::new(),
        some => format!(", {} left out", words::exact(some)),
    };
    text.push_str(&grid::paragraph(&format!(
        "{} plan years; {} draws{left_out}; {} uncertainties. Costs and QALYs are those of the study's net position for society: \
         against the twin, discounted, in base-year prices, and over a lifetime where the model works out what is to come; doing nothing \
         has none.",
        found.horizon,
        words::exact(found.tally.all),
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
    format!("{} (± {})", words::pounds(value.value), words::pounds(value.half_width()))
}

fn choice(found: &Decision, text: &mut String) {
    heading(text, "Which strategy is best");
    for curve in found.curves.iter().filter(|curve| found.qaly_values.contains(&curve.worth)) {
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
    let wording: Vec<String> = found
        .with_financing
        .iter()
        .filter(|curve| found.qaly_values.contains(&curve.worth))
        .map(|curve| {
            let share = words::share_of_draws(curve.probability[curve.best].value);
            format!("at {} {} in {share}", worth(curve.worth), name(found, curve.best))
        })
        .collect();
    text.push_str(&grid::paragraph(&format!(
        "If what the financing saves in services and the QALYs that it displaces are counted as well, best is {}.",
        words::list(&wording)
    )));
}

/// What a QALY is worth, to the pound.
fn worth(pounds: f64) -> String {
    format!("£{}", words::exact(pounds.round().max(0.0) as u64))
}

fn knowledge(found: &Decision, text: &mut String) {
    heading(text, "What it would be worth to know more before deciding");
    for worth in &found.qaly_values {
        let at = found.at_worth(*worth);
        let all = found.perfect[at].value;
        let each = found.inputs.iter().zip(&found.each).map(|(input, values)| (input.name.clone(), values[at]));
        let most = match worth_knowing(each, all.value) {
            wording if wording.is_empty() => "No single thing can be told from 0 by these draws".to_owned(),
            wording => format!("Most: {}", wording.join("; ")),
        };
        let worth = self::worth(*worth);
        text.push_str(&grid::paragraph(&format!("At {worth} a QALY everything: {}. {most}.", with_error(all))));
    }
    if found.groups.is_empty() {
        return;
    }
    let last = found.at_worth(found.leading);
    let groups = found.groups.iter().map(|group| {
        let name = match group.counted == group.inputs {
            true => format!("all {} numbers of {}", group.inputs, group.name),
            false => format!("{} of the {} numbers of {}", group.counted, group.inputs, group.name),
        };
        (name, group.values[last])
    });
    let wording = match worth_knowing(groups, found.perfect[last].value.value) {
        wording if wording.is_empty() => "none can be told from 0 by these draws".to_owned(),
        wording => wording.join("; "),
    };
    text.push_str(&grid::paragraph(&format!("Groups together, at {} a QALY: {wording}.", worth(found.leading))));
}

/// What is worth most to know, of what the draws can tell from 0, each with its interval within 0 and the value of everything.
fn worth_knowing(values: impl Iterator<Item = (String, PartialInformation)>, everything: f64) -> Vec<String> {
    let mut resolved: Vec<(String, PartialInformation)> = values.filter(|(_, one)| one.is_resolved()).collect();
    // A stable sort: equals stay in their order.
    resolved.sort_by(|(_, one), (_, other)| other.value.value.total_cmp(&one.value.value));
    resolved.truncate(LISTED);
    let written = |(name, one): (String, PartialInformation)| {
        format!("{name} {}", words::interval(one.value.value, one.interval(everything), words::pounds))
    };
    resolved.into_iter().map(written).collect()
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
    let mut wording = format!("{} short on average, and met in {chance}. ", words::pounds(-together.start.value));
    let alone = goal.thresholds.iter().find_map(|one| match &one.crossing {
        Crossing::At { value, above, within_range: true, .. } => Some(beyond(&found.inputs[one.input], *value, *above)),
        _ => None,
    });
    if let Some(alone) = alone {
        wording.push_str(&format!("One thing alone would do: {alone}. "));
    }
    let names: Vec<String> =
        together.beliefs.iter().take(LISTED).map(|one| at(&found.inputs[one.input], one.value)).collect();
    let more = together.beliefs.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    wording.push_str(&match (names.is_empty(), together.reached) {
        (true, _) => "No uncertainty moves it beyond doubt.".to_owned(),
        (_, true) => format!("Together: {}{more}, each at the good end of its range.", words::list(&names)),
        (_, false) => format!("Not even with {}{more} at the good ends of their ranges.", words::list(&names)),
    });
    wording
}

/// An input at a value: `Pay growth at 0.02`, `whether H01 has an effect: an effect`.
fn at(input: &DecisionInput, value: f64) -> String {
    match input.categories.get(value.round().max(0.0) as usize) {
        Some(category) => format!("{}: {category}", input.name),
        None if input.place_in_range => format!("{} at {}", input.name, place_in_range(value)),
        None => format!("{} at {}", input.name, words::setting(value)),
    }
}

/// An input on one side of a value, or in the categories there.
fn beyond(input: &DecisionInput, value: f64, above: bool) -> String {
    // Where an input has many values, such as one for each element, it is told by its place from the low end of its range to the high.
    let wording = if input.place_in_range { place_in_range(value) } else { words::setting(value) };
    let beyond = |place: usize| if above { place as f64 > value } else { (place as f64) < value };
    let categories = input.categories.iter().enumerate();
    let there: Vec<&str> = categories.filter(|(place, _)| beyond(*place)).map(|(_, name)| name.as_str()).collect();
    match (there.is_empty(), above) {
        (false, _) => format!("{}: {}", input.name, there.join(" or ")),
        (true, true) => format!("{} above {wording}", input.name),
        (true, false) => format!("{} below {wording}", input.name),
    }
}

/// "97% of its range": what 97 draws in 100 lie below.
fn place_in_range(place: f64) -> String {
    format!("{} of its range", words::chance(place))
}

fn failure(found: &Decision, text: &mut String) {
    heading(text, &format!("When a plan fails: {}", found.failing));
    let inputs = named(found);
    for failure in &found.failures {
        let share = failure.share.value;
        let mut wording = format!("{}: in {}", name(found, failure.strategy), words::share_of_draws(share));
        if share > 0.0 && share < 1.0 {
            wording.push_str(&format!("; {}", gathered(&failure.gathering, share, &inputs)));
        }
        text.push_str(&grid::paragraph(&format!("{wording}.")));
    }
}

/// Where failures gather: every limit of the first box that holds, with the numbers of the draws that did not choose it.
fn gathered(gathering: &Gathering, share: f64, inputs: &[NamedInput]) -> String {
    let boxes = match gathering {
        Gathering::TooFew { found, needed } => {
            let scarce = if share <= 0.5 { "fails" } else { "does not fail" };
            return format!(
                "too few to say when: in half of the draws it {scarce} {found} time{}, and {needed} are the least",
                if *found == 1 { "" } else { "s" }
            );
        }
        Gathering::Boxes(boxes) => boxes,
    };
    let Some(first) = boxes.first() else {
        return "no corner of the inputs explains failure at this number of draws".to_owned();
    };
    let limits: Vec<String> = first.restrictions.iter().map(|one| sentence(one, inputs)).collect();
    let density = first.density();
    format!(
        "in {} of those with {}, which hold {} of all failures ({} draws that had no part in finding this)",
        words::interval(density.value, between_0_and_1(density), words::chance),
        words::list(&limits),
        words::chance(first.coverage().value),
        words::exact(first.steps[0].region.cases as u64)
    )
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

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{gathered, worth_knowing};
    use crate::appraisal::statistic::Estimate;
    use crate::report::picture::analysis::NamedInput;
    use crate::sensitivity::decision::PartialInformation;
    use crate::sensitivity::decision::discovery::{Gathering, Input, Search, gatherings};
    use engine::sampling::uniform;

    /// What is not told from 0 is no finding, and no interval passes what everything is worth.
    #[test]
    fn only_what_is_resolved_is_worth_knowing() {
        let one =
            |value: f64, error: f64| PartialInformation { worth: 0.0, value: Estimate { value, error }, bias: 0.0 };
        let values = [("a", 3.5e6, 1.1e7), ("b", 4e6, 2e6), ("c", 9e6, 2e6), ("d", 0.0, 0.0)];
        let wording =
            worth_knowing(values.map(|(name, value, error)| (name.to_owned(), one(value, error))).into_iter(), 1.1e7);
        assert_eq!(wording, ["c £9.0m (£5.1m to £11m)", "b £4.0m (£80,000 to £7.9m)"]);
    }

    /// Six limits of six inputs and a category: all are told, with the density of the draws that did not choose them.
    #[test]
    fn every_limit_of_a_box_is_told_with_its_density() {
        let cases = 8_000;
        let column = |name: &str| (0..cases).map(|case| uniform(3, case, name)).collect::<Vec<f64>>();
        let x: Vec<Vec<f64>> = (0..6).map(|i| column(&format!("x{i}"))).collect();
        let kind: Vec<u32> = column("kind").iter().map(|u| u32::from(*u < 0.6)).collect();
        let fails: Vec<bool> =
            (0..cases as usize).map(|case| kind[case] == 1 && x.iter().all(|x| x[case] < 0.8)).collect();
        let mut inputs: Vec<Input> = x.into_iter().map(Input::Numbers).collect();
        inputs.push(Input::Categories { of_case: kind, count: 2 });
        let found = gatherings(&inputs, &fails, &Search::default()).unwrap();
        let mut named: Vec<NamedInput> =
            (0..6).map(|i| NamedInput { name: format!("x{i}"), categories: Vec::new() }).collect();
        let categories = ["no effect", "an effect"].map(str::to_owned).to_vec();
        named.push(NamedInput { name: "whether it works".to_owned(), categories });
        let wording = gathered(&found, 0.2, &named);
        for input in 0..6 {
            assert!(wording.contains(&format!("x{input} below 0.")), "{wording}");
        }
        assert!(wording.contains("whether it works: an effect"), "{wording}");
        let one = &found.boxes()[0];
        let density = 100.0 * one.region().of_interest as f64 / one.region().cases as f64;
        assert!(density > 60.0 && wording.starts_with(&format!("in {density:.0}% (")), "{density} in {wording}");
        assert!(wording.ends_with("(4,000 draws that had no part in finding this)"), "{wording}");
    }

    #[test]
    fn nothing_found_is_said_with_its_reason() {
        let none = gathered(&Gathering::Boxes(Vec::new()), 0.17, &[]);
        assert_eq!(none, "no corner of the inputs explains failure at this number of draws");
        let few = gathered(&Gathering::TooFew { found: 7, needed: 20 }, 0.01, &[]);
        assert_eq!(few, "too few to say when: in half of the draws it fails 7 times, and 20 are the least");
    }
}

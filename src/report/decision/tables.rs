//! The tables of a choice: one number a row where they are many, every number with its Monte Carlo error.

use crate::sensitivity::decision::belief::Crossing;
use crate::sensitivity::decision::{Rule, Standing};
use crate::study::decision::{Decision, DecisionInput};

use super::super::picture::analysis::{
    NamedInput, table_of_acceptability, table_of_boxes, table_of_information, table_of_plane,
};
use super::super::table::{Table, decimal, written};
use super::{curves, names};

/// All tables, in their order.
pub fn decision_tables(found: &Decision) -> Vec<Table> {
    let names = names(found);
    let mut tables = vec![
        table_of_plane(&found.clouds, &names, 0, "plane.csv"),
        incremental(found),
        table_of_acceptability(&found.curves, &names, "acceptability.csv"),
        table_of_acceptability(&found.with_financing, &names, "acceptability-with-financing.csv"),
        table_of_information(&found.perfect, &curves(found), "information.csv"),
        thresholds(found),
        beliefs(found),
        boxes(found),
        robustness(found),
    ];
    tables.push(structure(found));
    tables
}

fn incremental(found: &Decision) -> Table {
    let rows = found.steps.iter().map(|step| {
        let name = |place: usize| found.strategies[place].0.clone();
        let (standing, against, ratio) = match &step.standing {
            Standing::First => ("first", String::new(), None),
            Standing::Efficient { after, ratio, .. } => ("efficient", name(*after), Some(*ratio)),
            Standing::Dominated { by } => ("dominated", name(*by), None),
            Standing::ExtendedDominated { by } => {
                ("extended dominated", format!("{} and {}", name(by.0), name(by.1)), None)
            }
        };
        vec![
            name(step.strategy),
            decimal(step.cost.value),
            decimal(step.cost.error),
            decimal(step.effect.value),
            decimal(step.effect.error),
            standing.to_owned(),
            against,
            ratio.map_or_else(String::new, |ratio| decimal(ratio.value)),
            ratio.map_or_else(String::new, |ratio| decimal(ratio.error)),
        ]
    });
    let columns = [
        "strategy",
        "cost",
        "cost_mc_error",
        "qalys",
        "qalys_mc_error",
        "standing",
        "against",
        "cost_per_qaly",
        "cost_per_qaly_mc_error",
    ];
    Table { file: "incremental.csv".to_owned(), csv: written(&columns, rows) }
}

fn thresholds(found: &Decision) -> Table {
    let rows = found.goals.iter().flat_map(|goal| {
        goal.thresholds.iter().map(move |one| {
            let input = &found.inputs[one.input];
            let mut row = vec![
                found.strategies[goal.strategy].0.clone(),
                goal.outcome.clone(),
                input.name.clone(),
                measure(input).to_owned(),
                decimal(one.range.0),
                decimal(one.range.1),
                decimal(one.at_low.value),
                decimal(one.at_low.error),
                decimal(one.at_high.value),
                decimal(one.at_high.error),
            ];
            let side = |value: Option<f64>| value.map_or_else(String::new, decimal);
            row.extend(match &one.crossing {
                Crossing::Everywhere => ["everywhere", "", "", "", ""].map(str::to_owned),
                Crossing::Nowhere => ["nowhere", "", "", "", ""].map(str::to_owned),
                Crossing::At { value, interval, above, within_range, .. } => [
                    if *above { "above" } else { "below" }.to_owned(),
                    decimal(*value),
                    side(interval.0),
                    side(interval.1),
                    if *within_range { "yes" } else { "no" }.to_owned(),
                ],
            });
            row
        })
    });
    let columns = [
        "strategy",
        "goal",
        "input",
        "measure",
        "low",
        "high",
        "margin_at_low",
        "margin_at_low_mc_error",
        "margin_at_high",
        "margin_at_high_mc_error",
        "met",
        "threshold",
        "threshold_low",
        "threshold_high",
        "within_range",
    ];
    Table { file: "thresholds.csv".to_owned(), csv: written(&columns, rows) }
}

/// What the numbers of an input are.
fn measure(input: &DecisionInput) -> &'static str {
    match (input.categories.is_empty(), input.place_in_range) {
        (false, _) => "category",
        (true, true) => "place in range",
        (true, false) => "value",
    }
}

fn beliefs(found: &Decision) -> Table {
    let rows = found.goals.iter().flat_map(|goal| {
        let together = &goal.together;
        let lead = [found.strategies[goal.strategy].0.clone(), goal.outcome.clone()];
        let start = [String::new(), String::new(), String::new(), String::new()].into_iter();
        let start = start.chain([decimal(together.start.value), decimal(together.start.error)]);
        let first: Vec<String> = lead.iter().cloned().chain(["0".to_owned()]).chain(start).collect();
        let beliefs = together.beliefs.iter().enumerate().map(move |(order, belief)| {
            let mut row = lead.to_vec();
            row.extend([
                (order + 1).to_string(),
                found.inputs[belief.input].name.clone(),
                decimal(belief.value),
                decimal(belief.gain.value),
                decimal(belief.gain.error),
                decimal(belief.margin.value),
                decimal(belief.margin.error),
            ]);
            row
        });
        std::iter::once(first).chain(beliefs).collect::<Vec<_>>()
    });
    let columns = ["strategy", "goal", "order", "input", "value", "gain", "gain_mc_error", "margin", "margin_mc_error"];
    Table { file: "beliefs.csv".to_owned(), csv: written(&columns, rows) }
}

/// The boxes of every plan, the plan before each row.
fn boxes(found: &Decision) -> Table {
    let inputs: Vec<NamedInput> = named(found);
    let mut csv = String::new();
    for failure in &found.failures {
        let id = &found.strategies[failure.strategy].0;
        let quoted = written(&["strategy"], std::iter::once(vec![id.clone()]));
        let quoted = quoted.lines().nth(1).unwrap_or_default().to_owned();
        let table = table_of_boxes(failure.gathering.boxes(), &inputs, "boxes.csv");
        for (line, text) in table.csv.lines().enumerate() {
            match line {
                0 if csv.is_empty() => csv.push_str(&format!("strategy,{text}\n")),
                0 => {}
                _ => csv.push_str(&format!("{quoted},{text}\n")),
            }
        }
    }
    Table { file: "boxes.csv".to_owned(), csv }
}

/// Inputs as the pictures of boxes know them.
pub(super) fn named(found: &Decision) -> Vec<NamedInput> {
    let named = |input: &DecisionInput| NamedInput { name: input.name.clone(), categories: input.categories.clone() };
    found.inputs.iter().map(named).collect()
}

fn robustness(found: &Decision) -> Table {
    let robust = &found.robust;
    let mut rows = Vec::new();
    for (strategy, (id, _)) in found.strategies.iter().enumerate() {
        for (scenario, name) in robust.scenarios.iter().enumerate() {
            let told = [
                ("net benefit", robust.outcomes[strategy][scenario]),
                ("regret", robust.robust.regrets[strategy][scenario]),
            ];
            rows.extend(told.map(|(measure, value)| {
                vec![id.clone(), name.clone(), measure.to_owned(), decimal(value), String::new()]
            }));
        }
        let of = &robust.robust.strategies[strategy];
        let told = [
            (Rule::Maximin, of.worst),
            (Rule::Maximax, of.best),
            (Rule::MinimaxRegret, of.greatest_regret),
            (Rule::Regret90, of.regret_90),
            (Rule::MeanVariance, of.mean - of.deviation),
            (Rule::Satisficing, of.good_enough),
        ];
        for (rule, value) in told {
            let chosen = robust.robust.choices.contains(&(rule, strategy));
            let chosen = if chosen { "yes" } else { "no" };
            rows.push(vec![id.clone(), String::new(), rule.name().to_owned(), decimal(value), chosen.to_owned()]);
        }
    }
    let columns = ["strategy", "scenario", "measure", "value", "chosen"];
    Table { file: "robustness.csv".to_owned(), csv: written(&columns, rows.into_iter()) }
}

fn structure(found: &Decision) -> Table {
    let mut rows = Vec::new();
    if let Some(structure) = &found.structure {
        for variant in &structure.variants {
            for (strategy, benefit) in variant.benefit.iter().enumerate() {
                rows.push(vec![
                    "net benefit".to_owned(),
                    variant.id.clone(),
                    variant.name.clone(),
                    found.strategies[strategy].0.clone(),
                    decimal(benefit.value),
                    decimal(benefit.error),
                    String::new(),
                    if strategy == variant.best { "yes" } else { "no" }.to_owned(),
                ]);
            }
        }
        for part in &structure.components {
            let source = match part.source.name() {
                "scenario" => "strategy",
                other => other,
            };
            rows.push(vec![
                "variance".to_owned(),
                String::new(),
                source.to_owned(),
                String::new(),
                decimal(part.variance),
                decimal(part.error),
                decimal(part.share),
                String::new(),
            ]);
        }
    }
    let columns = ["measure", "without", "name", "strategy", "value", "mc_error", "share", "best"];
    Table { file: "structure.csv".to_owned(), csv: written(&columns, rows.into_iter()) }
}

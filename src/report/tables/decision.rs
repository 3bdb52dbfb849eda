//! The tables of a choice: one number a row where they are many, every number with its Monte Carlo error.

use crate::appraisal::statistic::Estimate;
use crate::sensitivity::decision::belief::{Crossing, Threshold};
use crate::sensitivity::decision::{Rule, Standing};
use crate::study::decision::{Decision, DecisionInput};

use crate::report::decision::{curves, named, names};
use crate::report::picture::analysis::{
    BoxRow, NamedInput, box_columns, box_rows, table_of_acceptability, table_of_information, table_of_plane,
};
use crate::table::{Columns, Spelling, Table};

/// No number and no error.
const UNKNOWN: Estimate = Estimate { value: f64::NAN, error: f64::NAN };

/// All tables, in their order.
pub fn decision_tables(found: &Decision) -> Vec<Table<'_>> {
    let names = names(found);
    vec![
        table_of_plane(&found.clouds, &names, 0, "plane.csv"),
        incremental(found),
        table_of_acceptability(&found.curves, &names, "acceptability.csv"),
        table_of_acceptability(&found.with_financing, &names, "acceptability-with-financing.csv"),
        table_of_information(&found.perfect, &curves(found), "information.csv"),
        thresholds(found),
        beliefs(found),
        boxes(found),
        robustness(found),
        structure(found),
    ]
}

fn incremental(found: &Decision) -> Table<'_> {
    /// A strategy among those that could be chosen.
    struct Row<'f> {
        strategy: &'f str,
        cost: Estimate,
        effect: Estimate,
        standing: &'static str,
        against: String,
        ratio: Estimate,
    }
    let columns = Columns::new()
        .words("strategy", |row: &Row<'_>| row.strategy)
        .number("cost", |row| row.cost.value)
        .number("cost_mc_error", |row| row.cost.error)
        .number("qalys", |row| row.effect.value)
        .number("qalys_mc_error", |row| row.effect.error)
        .words("standing", |row| row.standing)
        .words("against", |row| &row.against)
        .number("cost_per_qaly", |row| row.ratio.value)
        .number("cost_per_qaly_mc_error", |row| row.ratio.error);
    let rows = found.steps.iter().map(|step| {
        let name = |place: usize| found.strategies[place].0.clone();
        let (standing, against, ratio) = match &step.standing {
            Standing::First => ("first", String::new(), UNKNOWN),
            Standing::Efficient { after, ratio, .. } => ("efficient", name(*after), *ratio),
            Standing::Dominated { by } => ("dominated", name(*by), UNKNOWN),
            Standing::ExtendedDominated { by } => {
                ("extended dominated", format!("{} and {}", name(by.0), name(by.1)), UNKNOWN)
            }
        };
        let strategy = found.strategies[step.strategy].0.as_str();
        Row { strategy, cost: step.cost, effect: step.effect, standing, against, ratio }
    });
    Table::new("incremental.csv", columns, rows.collect())
}

fn thresholds(found: &Decision) -> Table<'_> {
    /// An uncertainty, and where along it a goal is met.
    struct Row<'f> {
        strategy: &'f str,
        goal: &'f str,
        input: &'f DecisionInput,
        one: &'f Threshold,
    }
    impl Row<'_> {
        /// The threshold and the ends of its interval, where the goal is met on one side only.
        fn threshold(&self) -> [Option<f64>; 3] {
            match &self.one.crossing {
                Crossing::At { value, interval: (low, high), .. } => [Some(*value), *low, *high],
                Crossing::Everywhere | Crossing::Nowhere => [None; 3],
            }
        }
    }
    let columns = Columns::new()
        .words("strategy", |row: &Row<'_>| row.strategy)
        .words("goal", |row| row.goal)
        .words("input", |row| &row.input.name)
        .words("measure", |row| measure(row.input))
        .number("low", |row| row.one.range.0)
        .number("high", |row| row.one.range.1)
        .number("margin_at_low", |row| row.one.at_low.value)
        .number("margin_at_low_mc_error", |row| row.one.at_low.error)
        .number("margin_at_high", |row| row.one.at_high.value)
        .number("margin_at_high_mc_error", |row| row.one.at_high.error)
        .words("met", |row| match &row.one.crossing {
            Crossing::Everywhere => "everywhere",
            Crossing::Nowhere => "nowhere",
            Crossing::At { above: true, .. } => "above",
            Crossing::At { above: false, .. } => "below",
        })
        .number("threshold", |row| row.threshold()[0])
        .number("threshold_low", |row| row.threshold()[1])
        .number("threshold_high", |row| row.threshold()[2])
        .truth("within_range", Spelling::YesNo, |row| match &row.one.crossing {
            Crossing::At { within_range, .. } => Some(*within_range),
            Crossing::Everywhere | Crossing::Nowhere => None,
        });
    let rows = move || {
        found.goals.iter().flat_map(move |goal| {
            goal.thresholds.iter().map(move |one| Row {
                strategy: &found.strategies[goal.strategy].0,
                goal: &goal.outcome,
                input: &found.inputs[one.input],
                one,
            })
        })
    };
    Table::each("thresholds.csv", columns, rows)
}

/// What the numbers of an input are.
fn measure(input: &DecisionInput) -> &'static str {
    match (input.categories.is_empty(), input.place_in_range) {
        (false, _) => "category",
        (true, true) => "place in range",
        (true, false) => "value",
    }
}

fn beliefs(found: &Decision) -> Table<'_> {
    /// A belief on top of those before it; the first row is without any.
    struct Row<'f> {
        strategy: &'f str,
        goal: &'f str,
        order: usize,
        input: &'f str,
        value: f64,
        gain: Estimate,
        margin: Estimate,
    }
    let columns = Columns::new()
        .words("strategy", |row: &Row<'_>| row.strategy)
        .words("goal", |row| row.goal)
        .whole("order", |row| row.order)
        .words("input", |row| row.input)
        .number("value", |row| row.value)
        .number("gain", |row| row.gain.value)
        .number("gain_mc_error", |row| row.gain.error)
        .number("margin", |row| row.margin.value)
        .number("margin_mc_error", |row| row.margin.error);
    let mut rows = Vec::new();
    for goal in &found.goals {
        let (strategy, outcome) = (found.strategies[goal.strategy].0.as_str(), goal.outcome.as_str());
        let start = goal.together.start;
        let none = Row { strategy, goal: outcome, order: 0, input: "", value: f64::NAN, gain: UNKNOWN, margin: start };
        rows.push(none);
        rows.extend(goal.together.beliefs.iter().enumerate().map(|(place, belief)| Row {
            strategy,
            goal: outcome,
            order: place + 1,
            input: &found.inputs[belief.input].name,
            value: belief.value,
            gain: belief.gain,
            margin: belief.margin,
        }));
    }
    Table::new("beliefs.csv", columns, rows)
}

/// The boxes of every plan, the plan before each row.
fn boxes(found: &Decision) -> Table<'_> {
    let columns = Columns::new().words("strategy", |(strategy, _): &(&str, BoxRow)| strategy);
    let columns = box_columns(columns, |(_, row)| row);
    let inputs: Vec<NamedInput> = named(found);
    let mut rows = Vec::new();
    for failure in &found.failures {
        let strategy = found.strategies[failure.strategy].0.as_str();
        rows.extend(box_rows(failure.gathering.boxes(), &inputs).into_iter().map(|row| (strategy, row)));
    }
    Table::new("boxes.csv", columns, rows)
}

fn robustness(found: &Decision) -> Table<'_> {
    /// A number of a strategy in a scenario, or its merit by a rule.
    struct Row<'f> {
        strategy: &'f str,
        scenario: &'f str,
        measure: &'static str,
        value: f64,
        chosen: Option<bool>,
    }
    let columns = Columns::new()
        .words("strategy", |row: &Row<'_>| row.strategy)
        .words("scenario", |row| row.scenario)
        .words("measure", |row| row.measure)
        .number("value", |row| row.value)
        .truth("chosen", Spelling::YesNo, |row| row.chosen);
    let robust = &found.robust;
    let mut rows = Vec::new();
    for (place, (strategy, _)) in found.strategies.iter().enumerate() {
        for (at, scenario) in robust.scenarios.iter().enumerate() {
            let entries = [("net benefit", robust.outcomes[place][at]), ("regret", robust.robust.regrets[place][at])];
            rows.extend(entries.map(|(measure, value)| Row { strategy, scenario, measure, value, chosen: None }));
        }
        let of = &robust.robust.strategies[place];
        let entries = [
            (Rule::Maximin, of.worst),
            (Rule::Maximax, of.best),
            (Rule::MinimaxRegret, of.greatest_regret),
            (Rule::Regret90, of.regret_90),
            (Rule::MeanVariance, of.mean - of.deviation),
            (Rule::Satisficing, of.good_enough),
        ];
        rows.extend(entries.map(|(rule, value)| {
            let chosen = Some(robust.robust.choices.contains(&(rule, place)));
            Row { strategy, scenario: "", measure: rule.name(), value, chosen }
        }));
    }
    Table::new("robustness.csv", columns, rows)
}

fn structure(found: &Decision) -> Table<'_> {
    /// What a strategy is worth in a structure, or a part of the variance.
    struct Row<'f> {
        measure: &'static str,
        without: &'f str,
        name: &'f str,
        strategy: &'f str,
        number: Estimate,
        share: f64,
        best: Option<bool>,
    }
    let columns = Columns::new()
        .words("measure", |row: &Row<'_>| row.measure)
        .words("without", |row| row.without)
        .words("name", |row| row.name)
        .words("strategy", |row| row.strategy)
        .number("value", |row| row.number.value)
        .number("mc_error", |row| row.number.error)
        .number("share", |row| row.share)
        .truth("best", Spelling::YesNo, |row| row.best);
    let mut rows = Vec::new();
    if let Some(structure) = &found.structure {
        for variant in &structure.variants {
            rows.extend(variant.benefit.iter().enumerate().map(|(strategy, benefit)| Row {
                measure: "net benefit",
                without: &variant.id,
                name: &variant.name,
                strategy: &found.strategies[strategy].0,
                number: *benefit,
                share: f64::NAN,
                best: Some(strategy == variant.best),
            }));
        }
        rows.extend(structure.components.iter().map(|part| Row {
            measure: "variance",
            without: "",
            name: match part.source.name() {
                "scenario" => "strategy",
                other => other,
            },
            strategy: "",
            number: Estimate { value: part.variance, error: part.error },
            share: part.share,
            best: None,
        }));
    }
    Table::new("structure.csv", columns, rows)
}

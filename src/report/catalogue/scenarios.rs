//! Scenarios: what each asks, what it compares, and what it sets.

use crate::quantity::Pounds;
use crate::report::words;
use crate::scenario::{LeverPath, Levers, Scenario};

use super::grid;

const MARGIN: usize = 12;
const INDENT: usize = 2;

/// Scenarios with their titles and places, each given by what it is asked for by and its places' names.
pub fn scenarios_list(scenarios: &[(String, Scenario, Vec<String>)]) -> String {
    let columns = [grid::words("name", 24), grid::words("title", 44), grid::words("place", 28)];
    let rows = scenarios.iter().map(|(name, scenario, places)| {
        grid::row(&columns, &[name.clone(), scenario.title.clone(), words::list(places)])
    });
    let rows: String = rows.collect();
    grid::heads(&columns) + &rows + "\n`wellspring scenarios NAME` shows one whole, `wellspring run NAME` runs it.\n"
}

/// One scenario whole: question, source, strategies with their reasons, levers. `programmes` are the names of its cards.
pub fn scenario_page(scenario: &Scenario, places: &[String], programmes: &[String]) -> String {
    let mut page = grid::paragraph(&scenario.title);
    page.push('\n');
    page.push_str(&grid::paragraph(&scenario.question));
    page.push('\n');
    let discounting = format!(
        "money {}, health {} a year",
        words::percent(100.0 * scenario.cost_discounting.get()),
        words::percent(100.0 * scenario.health_discounting.get())
    );
    // What is decided is told in full.
    let values: Vec<String> =
        scenario.qaly_values.iter().map(|Pounds(value)| format!("£{}", words::exact(value.round() as u64))).collect();
    let sampling = scenario.sampling;
    let draws = format!("{}, seed {}, design {}", words::exact(sampling.draws), sampling.seed, sampling.design);
    let entries = [
        ("Source", scenario.source.clone()),
        ("Place", words::list(places)),
        ("Model", scenario.model.value.clone()),
        ("Programmes", programmes.join("; ")),
        ("Plan years", scenario.horizon_years.to_string()),
        ("Draws", draws),
        ("Discounting", discounting),
        ("QALY worth", words::list(&values)),
    ];
    for (heading, text) in entries {
        page.push_str(&grid::entry(heading, &text, MARGIN));
    }
    if !scenario.levers.is_empty() {
        page.push_str("\nLevers of every run\n");
        levers(&mut page, &scenario.levers);
    }
    for strategy in &scenario.strategies {
        page.push('\n');
        page.push_str(&grid::paragraph(&format!("{}: {}", strategy.id, strategy.name)));
        page.push_str(&indented(&strategy.why));
        levers(&mut page, &strategy.levers);
    }
    page
}

fn levers(page: &mut String, levers: &Levers) {
    let columns = [grid::words("", 44), grid::words("", grid::WIDTH - 48)];
    for lever in levers.iter() {
        let row = grid::row(&columns, &[lever.label.to_string(), path(&lever.path)]);
        page.extend(row.lines().map(|line| format!("{}{line}\n", " ".repeat(INDENT))));
    }
}

fn indented(text: &str) -> String {
    let whole = grid::row(&[grid::words("", grid::WIDTH - INDENT)], &[text.to_owned()]);
    whole.lines().map(|line| format!("{}{line}\n", " ".repeat(INDENT))).collect()
}

/// A lever in words: `0.22 from plan year 1, 0.31 from plan year 6`.
fn path(path: &LeverPath) -> String {
    let steps = match path {
        LeverPath::Number(value) => return value.to_string(),
        LeverPath::Steps(steps) => steps,
    };
    let told: Vec<String> = steps
        .iter()
        .map(|step| {
            let over = match step.ramp_years {
                0 => String::new(),
                1 => ", reached in 1 year".to_owned(),
                years => format!(", reached in {years} years"),
            };
            format!("{} from plan year {}{over}", step.value, step.from)
        })
        .collect();
    told.join("; ")
}

//! Scenarios: what each asks, what it compares, and what it sets.

use serde::Serialize;

use crate::quantity::Pounds;
use crate::scenario::{LeverPath, Levers, Scenario};
use crate::table::{Columns, Table};
use crate::words;

use crate::words::grid;

const MARGIN: usize = 12;
const INDENT: usize = 2;

/// A scenario in a list for programs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScenarioRow {
    /// What it is asked for by.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its places, each by its name if it ships.
    pub places: Vec<String>,
    /// The ids of its programmes.
    pub programmes: Vec<String>,
    /// The ids of its strategies.
    pub strategies: Vec<String>,
    /// Years of the plan that are studied.
    pub horizon_years: u32,
    /// Draws.
    pub draws: u64,
    /// Where chance begins.
    pub seed: u64,
    /// How draws are spread.
    pub design: String,
}

/// A step of a lever: what it is set to, from which plan year, and how fast it goes there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeverRow {
    /// The id of the strategy; empty for levers of every run.
    pub strategy: String,
    /// The name of the strategy.
    pub name: String,
    /// The lever.
    pub lever: String,
    /// The plan year at whose beginning it starts; none where it is the same throughout.
    pub from: Option<u32>,
    /// What it is set to.
    pub value: f64,
    /// Over how many years it goes there in a straight line.
    pub ramp_years: u32,
}

impl ScenarioRow {
    /// The row of a scenario that is asked for by `name`.
    pub fn new(name: &str, scenario: &Scenario, places: &[String]) -> Self {
        Self {
            name: name.to_owned(),
            title: scenario.title.clone(),
            places: places.to_vec(),
            programmes: scenario.programmes.iter().map(|programme| programme.value.clone()).collect(),
            strategies: scenario.strategies.iter().map(|strategy| strategy.id.clone()).collect(),
            horizon_years: scenario.horizon_years,
            draws: scenario.sampling.draws,
            seed: scenario.sampling.seed,
            design: scenario.sampling.design.to_string(),
        }
    }
}

/// Scenarios as comma-separated values; several ids in a cell are divided by spaces, places by semicolons.
pub fn scenarios_csv<'r>(rows: &'r [ScenarioRow]) -> String {
    /// A scenario, and its lists in a cell each.
    struct Row<'r> {
        one: &'r ScenarioRow,
        places: String,
        programmes: String,
        strategies: String,
        seed: String,
    }
    let columns = Columns::new()
        .words("name", |row: &Row<'_>| &row.one.name)
        .words("title", |row| &row.one.title)
        .words("places", |row| &row.places)
        .words("programmes", |row| &row.programmes)
        .words("strategies", |row| &row.strategies)
        .whole("horizon_years", |row| row.one.horizon_years)
        .whole("draws", |row| row.one.draws)
        // A seed names a sequence, and is not counted with; it may be larger than what is.
        .words("seed", |row| &row.seed)
        .words("design", |row| &row.one.design);
    let row = |one: &'r ScenarioRow| {
        let ScenarioRow { places, programmes, strategies, seed, .. } = one;
        Row {
            one,
            places: places.join("; "),
            programmes: programmes.join(" "),
            strategies: strategies.join(" "),
            seed: seed.to_string(),
        }
    };
    Table::new("scenarios.csv", columns, rows.iter().map(row).collect()).csv()
}

/// Every step of every lever of a scenario: those of every run, then strategy by strategy.
pub fn lever_rows(scenario: &Scenario) -> Vec<LeverRow> {
    let everywhere = std::iter::once(("", "", &scenario.levers));
    let strategies = scenario.strategies.iter().map(|one| (one.id.as_str(), one.name.as_str(), &one.levers));
    let mut rows = Vec::new();
    for (strategy, name, levers) in everywhere.chain(strategies) {
        for lever in levers.iter() {
            let row = |from: Option<u32>, value: f64, ramp_years: u32| LeverRow {
                strategy: strategy.to_owned(),
                name: name.to_owned(),
                lever: lever.label.to_string(),
                from,
                value,
                ramp_years,
            };
            match &lever.path {
                LeverPath::Number(value) => rows.push(row(None, *value, 0)),
                LeverPath::Steps(steps) => {
                    rows.extend(steps.iter().map(|step| row(Some(step.from), step.value, step.ramp_years)));
                }
            }
        }
    }
    rows
}

/// The same as comma-separated values.
pub fn levers_csv(rows: &[LeverRow]) -> String {
    let columns = Columns::new()
        .words("strategy", |row: &&LeverRow| &row.strategy)
        .words("name", |row| &row.name)
        .words("lever", |row| &row.lever)
        .whole("from", |row| row.from)
        .number("value", |row| row.value)
        .whole("ramp_years", |row| row.ramp_years);
    Table::each("levers.csv", columns, || rows.iter()).csv()
}

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
        scenario.values.qaly.iter().map(|Pounds(value)| format!("£{}", words::exact(value.round() as u64))).collect();
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
    let sentences: Vec<String> = steps
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
    sentences.join("; ")
}

//! `scenarios`: what is asked, in a list, or one scenario whole.

use serde::Serialize;

use crate::catalogue::{self, LeverRow, ScenarioRow};
use crate::evidence::document::Located;
use crate::evidence::{EvidenceFile, References};
use crate::scenario::{Scenario, Strategy};
use crate::shipped::{self, Text};

use super::arguments::Scenarios;
use super::{Ending, Failure, gather, library, model, terminal};

/// Lists the shipped scenarios, or shows one.
///
/// # Errors
/// There is no such scenario, or something is wrong with it.
pub fn scenarios(asked: &Scenarios) -> Result<Ending, Failure> {
    let references = library::shipped_references();
    let places = library::shipped(shipped::PLACES, &references);
    let text = match &asked.scenario {
        Some(argument) => {
            let text = gather::scenario(argument).map_err(|found| model::failure(found, &[]))?;
            let scenario = read(&text, &references)?;
            let cards = library::shipped(shipped::CARDS, &references);
            let programmes: Vec<String> = scenario.programmes.iter().map(|one| name_of(one, &cards, true)).collect();
            let places = places_of(&scenario, &places);
            if asked.form.csv {
                catalogue::levers_csv(&catalogue::lever_rows(&scenario))
            } else if asked.form.json {
                terminal::json(&One {
                    scenario: ScenarioRow::new(&scenario.name, &scenario, &places),
                    question: &scenario.question,
                    source: &scenario.source,
                    strategies: scenario.strategies.iter().map(StrategyRow::new).collect(),
                    levers: catalogue::lever_rows(&scenario),
                })
            } else {
                catalogue::scenario_page(&scenario, &places, &programmes)
            }
        }
        None => {
            let mut all = Vec::new();
            for shipped in shipped::SCENARIOS {
                let scenario = read(&shipped.text(), &references)?;
                let places = places_of(&scenario, &places);
                all.push((shipped.name.to_owned(), scenario, places));
            }
            let rows: Vec<ScenarioRow> =
                all.iter().map(|(name, scenario, places)| ScenarioRow::new(name, scenario, places)).collect();
            if asked.form.csv {
                catalogue::scenarios_csv(&rows)
            } else if asked.form.json {
                terminal::json(&rows)
            } else {
                catalogue::scenarios_list(&all)
            }
        }
    };
    terminal::print(&text)?;
    Ok(Ending::Done)
}

/// A scenario whole, for programs.
#[derive(Serialize)]
struct One<'s> {
    scenario: ScenarioRow,
    question: &'s str,
    source: &'s str,
    strategies: Vec<StrategyRow<'s>>,
    levers: Vec<LeverRow>,
}

#[derive(Serialize)]
struct StrategyRow<'s> {
    id: &'s str,
    name: &'s str,
    why: &'s str,
}

impl<'s> StrategyRow<'s> {
    fn new(strategy: &'s Strategy) -> Self {
        Self { id: &strategy.id, name: &strategy.name, why: &strategy.why }
    }
}

fn read(text: &Text, shipped: &References) -> Result<Scenario, Failure> {
    let references = library::references_of(text, shipped)?;
    let read = Scenario::read(&text.file, &text.content, &references);
    read.map(|(scenario, _)| scenario).map_err(|found| model::failure(found, &[text]))
}

fn places_of(scenario: &Scenario, places: &[EvidenceFile]) -> Vec<String> {
    scenario.places.iter().map(|place| name_of(place, places, false)).collect()
}

/// The full name of what a scenario names, if it ships; else as it is written there.
fn name_of(written: &Located<String>, among: &[EvidenceFile], with_id: bool) -> String {
    match among.iter().find(|file| file.id.eq_ignore_ascii_case(&written.value)) {
        Some(file) if with_id => format!("{} {}", file.id, file.name),
        Some(file) => file.name.clone(),
        None => written.value.clone(),
    }
}

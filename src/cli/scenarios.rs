//! `scenarios`: what is asked, in a list, or one scenario whole.

use crate::evidence::EvidenceFile;
use crate::evidence::document::Placed;
use crate::report;
use crate::scenario::Scenario;

use super::arguments::Scenarios;
use super::files::Text;
use super::shipped::{self, Shipped};
use super::{Ending, Failure, gather, library, model, terminal};

/// Lists the shipped scenarios, or shows one.
///
/// # Errors
/// There is no such scenario, or something is wrong with it.
pub fn scenarios(asked: &Scenarios) -> Result<Ending, Failure> {
    let places = library::shipped(&shipped::PLACES.iter().collect::<Vec<&Shipped>>());
    let text = match &asked.scenario {
        Some(argument) => {
            let text = gather::scenario(argument).map_err(|found| model::failure(found, &[]))?;
            let scenario = read(&text)?;
            let cards = library::shipped(&shipped::CARDS.iter().collect::<Vec<&Shipped>>());
            let programmes: Vec<String> = scenario.programmes.iter().map(|one| name_of(one, &cards, true)).collect();
            report::scenario_page(&scenario, &places_of(&scenario, &places), &programmes)
        }
        None => {
            let mut all = Vec::new();
            for shipped in shipped::SCENARIOS {
                let scenario = read(&shipped.text())?;
                let places = places_of(&scenario, &places);
                all.push((shipped.name.to_owned(), scenario, places));
            }
            report::scenarios_list(&all)
        }
    };
    terminal::print(&text)?;
    Ok(Ending::Done)
}

fn read(text: &Text) -> Result<Scenario, Failure> {
    let references = library::references_of(text)?;
    let read = Scenario::read(&text.file, &text.text, &references);
    read.map(|(scenario, _)| scenario).map_err(|found| model::failure(found, &[text]))
}

fn places_of(scenario: &Scenario, places: &[EvidenceFile]) -> Vec<String> {
    vec![name_of(&scenario.place, places, false)]
}

/// The full name of what a scenario names, if it ships; else as it is written there.
fn name_of(written: &Placed<String>, among: &[EvidenceFile], with_id: bool) -> String {
    match among.iter().find(|file| file.id.eq_ignore_ascii_case(&written.value)) {
        Some(file) if with_id => format!("{} {}", file.id, file.name),
        Some(file) => file.name.clone(),
        None => written.value.clone(),
    }
}

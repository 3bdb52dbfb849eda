//! What ships, to be looked at: programmes, their cards, the evidence number by number, scenarios; and the book of a model.
//! Nothing here is found by a run.

mod book;
mod card;
mod evidence;
mod programmes;
mod scenarios;

pub use book::{About, book};
pub use card::card_page;
pub use evidence::{EvidenceRow, evidence_csv, evidence_list, evidence_rows, scenario_rows};
pub use programmes::{ProgrammeRow, programmes_csv, programmes_list};
pub use scenarios::{LeverRow, ScenarioRow, lever_rows, levers_csv, scenario_page, scenarios_csv, scenarios_list};

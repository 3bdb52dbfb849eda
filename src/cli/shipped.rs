//! The model, the evidence and the scenarios that come with the program.

use std::sync::Arc;

use crate::explain::command as code;
use engine::diagnostic::{Diagnostic, nearest};

use super::files::Text;

/// A file that is part of the program.
#[derive(Debug, Clone, Copy)]
pub struct Shipped {
    /// The name it is asked for by.
    pub name: &'static str,
    /// Where it stands in the source tree.
    pub file: &'static str,
    text: &'static str,
}

macro_rules! shipped {
    ($($name:literal $file:literal),* $(,)?) => {
        &[$(Shipped { name: $name, file: $file, text: include_str!(concat!("../../", $file)) }),*]
    };
}

/// Models.
pub const MODELS: &[Shipped] = shipped!["prevention" "models/prevention.mdl"];

/// What the appraisal reads from each model, under the model's name.
pub const ACCOUNTS: &[Shipped] = shipped!["prevention" "models/prevention.toml"];

/// Questions.
pub const SCENARIOS: &[Shipped] = shipped![
    "adverse-evidence" "scenarios/adverse-evidence.toml",
    "all-together-fairer" "scenarios/all-together-fairer.toml",
    "anti-poverty" "scenarios/anti-poverty.toml",
    "better-care-fund" "scenarios/better-care-fund.toml",
    "community-equity-fund" "scenarios/community-equity-fund.toml",
    "core20plus5" "scenarios/core20plus5.toml",
    "digital-inclusion" "scenarios/digital-inclusion.toml",
    "first-thousand-days" "scenarios/first-thousand-days.toml",
    "growth-not-sickness" "scenarios/growth-not-sickness.toml",
    "health-creation" "scenarios/health-creation.toml",
    "healthy-homes" "scenarios/healthy-homes.toml",
    "investment-standard" "scenarios/investment-standard.toml",
    "leicester-leicestershire-rutland" "scenarios/leicester-leicestershire-rutland.toml",
    "mental-health" "scenarios/mental-health.toml",
    "one-per-cent" "scenarios/one-per-cent.toml",
    "one-per-cent-rising" "scenarios/one-per-cent-rising.toml",
    "planning-horizon" "scenarios/planning-horizon.toml",
    "proportionate-universalism" "scenarios/proportionate-universalism.toml",
    "ring-fence" "scenarios/ring-fence.toml",
    "seatbelts" "scenarios/seatbelts.toml",
    "silo-or-whole" "scenarios/silo-or-whole.toml",
    "social-investment" "scenarios/social-investment.toml",
];

/// Places, under their ids, from large to small.
pub const PLACES: &[Shipped] = shipped![
    "england" "evidence/places/england.toml",
    "cheshire-merseyside" "evidence/places/cheshire-merseyside.toml",
    "illustrative-system" "evidence/places/illustrative-system.toml",
    "lancashire-south-cumbria" "evidence/places/lancashire-south-cumbria.toml",
    "leicester-leicestershire-rutland" "evidence/places/leicester-leicestershire-rutland.toml",
    "central-lancashire" "evidence/places/central-lancashire.toml",
    "cheshire-east" "evidence/places/cheshire-east.toml",
    "cheshire-west-and-chester" "evidence/places/cheshire-west-and-chester.toml",
    "east-leicestershire-rutland" "evidence/places/east-leicestershire-rutland.toml",
    "fylde-coast" "evidence/places/fylde-coast.toml",
    "halton" "evidence/places/halton.toml",
    "knowsley" "evidence/places/knowsley.toml",
    "leicester" "evidence/places/leicester.toml",
    "liverpool" "evidence/places/liverpool.toml",
    "morecambe-bay" "evidence/places/morecambe-bay.toml",
    "north-cumbria" "evidence/places/north-cumbria.toml",
    "pennine-lancashire" "evidence/places/pennine-lancashire.toml",
    "sefton" "evidence/places/sefton.toml",
    "st-helens" "evidence/places/st-helens.toml",
    "warrington" "evidence/places/warrington.toml",
    "west-lancashire" "evidence/places/west-lancashire.toml",
    "west-leicestershire" "evidence/places/west-leicestershire.toml",
    "wirral" "evidence/places/wirral.toml",
    "barrow-in-furness" "evidence/places/barrow-in-furness.toml",
    "blaby" "evidence/places/blaby.toml",
    "blackburn-with-darwen" "evidence/places/blackburn-with-darwen.toml",
    "blackpool" "evidence/places/blackpool.toml",
    "burnley" "evidence/places/burnley.toml",
    "charnwood" "evidence/places/charnwood.toml",
    "chorley" "evidence/places/chorley.toml",
    "copeland" "evidence/places/copeland.toml",
    "craven" "evidence/places/craven.toml",
    "fylde" "evidence/places/fylde.toml",
    "harborough" "evidence/places/harborough.toml",
    "hinckley-and-bosworth" "evidence/places/hinckley-and-bosworth.toml",
    "hyndburn" "evidence/places/hyndburn.toml",
    "lancaster" "evidence/places/lancaster.toml",
    "melton" "evidence/places/melton.toml",
    "north-west-leicestershire" "evidence/places/north-west-leicestershire.toml",
    "oadby-and-wigston" "evidence/places/oadby-and-wigston.toml",
    "pendle" "evidence/places/pendle.toml",
    "preston" "evidence/places/preston.toml",
    "ribble-valley" "evidence/places/ribble-valley.toml",
    "rossendale" "evidence/places/rossendale.toml",
    "rutland" "evidence/places/rutland.toml",
    "south-lakeland" "evidence/places/south-lakeland.toml",
    "south-ribble" "evidence/places/south-ribble.toml",
    "wyre" "evidence/places/wyre.toml",
];

/// Programmes, under their ids.
pub const CARDS: &[Shipped] = shipped![
    "E01" "evidence/programmes/E01-family-hubs.toml",
    "E02" "evidence/programmes/E02-family-nurse-partnership.toml",
    "E03" "evidence/programmes/E03-perinatal-mental-health.toml",
    "E04" "evidence/programmes/E04-parenting.toml",
    "E05" "evidence/programmes/E05-early-language.toml",
    "E06" "evidence/programmes/E06-breastfeeding-support.toml",
    "E07" "evidence/programmes/E07-whole-family-help.toml",
    "E08" "evidence/programmes/E08-family-group-conferencing.toml",
    "H01" "evidence/programmes/H01-warm-homes.toml",
    "H02" "evidence/programmes/H02-whole-home-upgrade.toml",
    "H03" "evidence/programmes/H03-damp-and-mould.toml",
    "H04" "evidence/programmes/H04-home-hazards.toml",
    "H05" "evidence/programmes/H05-major-adaptations.toml",
    "H06" "evidence/programmes/H06-housing-first.toml",
    "H07" "evidence/programmes/H07-homelessness-prevention.toml",
    "L01" "evidence/programmes/L01-stop-smoking.toml",
    "L02" "evidence/programmes/L02-inpatient-tobacco.toml",
    "L03" "evidence/programmes/L03-alcohol-brief-advice.toml",
    "L04" "evidence/programmes/L04-alcohol-care-teams.toml",
    "L05" "evidence/programmes/L05-diabetes-prevention.toml",
    "L06" "evidence/programmes/L06-weight-management.toml",
    "L07" "evidence/programmes/L07-health-checks.toml",
    "L08" "evidence/programmes/L08-hypertension.toml",
    "L09" "evidence/programmes/L09-strength-balance.toml",
    "L10" "evidence/programmes/L10-pulmonary-rehab.toml",
    "L11" "evidence/programmes/L11-smi-health-check.toml",
    "L12" "evidence/programmes/L12-continuity-of-carer.toml",
    "L13" "evidence/programmes/L13-lung-health-checks.toml",
    "M01" "evidence/programmes/M01-talking-therapies.toml",
    "M02" "evidence/programmes/M02-social-emotional-learning.toml",
    "M03" "evidence/programmes/M03-anti-bullying.toml",
    "M04" "evidence/programmes/M04-workplace-wellbeing.toml",
    "M05" "evidence/programmes/M05-self-harm-safety-planning.toml",
    "M06" "evidence/programmes/M06-early-psychosis.toml",
    "M07" "evidence/programmes/M07-individual-placement-support.toml",
    "M08" "evidence/programmes/M08-collaborative-care.toml",
    "N01" "evidence/programmes/N01-case-management.toml",
    "W01" "evidence/programmes/W01-debt-advice.toml",
    "W02" "evidence/programmes/W02-welfare-advice.toml",
    "W04" "evidence/programmes/W04-social-prescribing.toml",
    "W05" "evidence/programmes/W05-connection.toml",
    "W06" "evidence/programmes/W06-health-creation.toml",
    "W07" "evidence/programmes/W07-digital-inclusion.toml",
    "W08" "evidence/programmes/W08-employment-support.toml",
];

/// How the health and care system behaves.
pub const SYSTEM: &Shipped = &shipped!["england" "evidence/system.toml"][0];

/// Who published each figure.
pub const SOURCES: &Shipped = &shipped!["sources" "evidence/sources.toml"][0];

/// Prices of one year in prices of another.
pub const DEFLATORS: &Shipped = &shipped!["deflators" "evidence/deflators.toml"][0];

impl Shipped {
    /// Its text, under the name that it has in the source tree.
    pub fn text(&self) -> Text {
        Text { file: Arc::from(self.file), text: Arc::from(self.text), shipped: true }
    }
}

/// Up to this many names are all listed when one is not found; of more, only some.
const LISTED: usize = 20;
/// How many are then named.
const SOME: usize = 5;

/// Whether an argument is a file rather than a shipped name: it has a `/` in it, or one of these endings.
pub fn is_file(argument: &str, endings: &[&str]) -> bool {
    let lower = argument.to_lowercase();
    argument.contains(['/', std::path::MAIN_SEPARATOR]) || endings.iter().any(|ending| lower.ends_with(ending))
}

/// The shipped file of this name, whatever its case.
///
/// # Errors
/// There is none; the nearest is offered, and all are listed, or some where they are many.
pub fn find(name: &str, kind: &str, among: &[&'static Shipped]) -> Result<&'static Shipped, Diagnostic> {
    if let Some(found) = among.iter().find(|shipped| shipped.name.eq_ignore_ascii_case(name)) {
        return Ok(found);
    }
    let mut unknown = Diagnostic::error(code::NOT_SHIPPED, format!("no {kind} called `{name}` comes with wellspring"));
    if let Some(near) = nearest(name, among.iter().map(|shipped| shipped.name)) {
        unknown = unknown.hint(format!("did you mean `{near}`?"));
    }
    let names: Vec<String> = among.iter().map(|shipped| format!("`{}`", shipped.name)).collect();
    let there = match names.get(..SOME) {
        Some(some) if names.len() > LISTED => format!("there are many, such as {}", some.join(", ")),
        _ => format!("there is {}", names.join(", ")),
    };
    Err(unknown.hint(there).hint(format!("a file is named by its path: `./{name}`")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{CARDS, PLACES, SCENARIOS, SYSTEM, find, is_file};

    #[test]
    fn a_path_is_a_file_and_a_bare_word_is_not() {
        assert!(is_file("./prevention", &[".mdl"]) && is_file("a.MDL", &[".mdl"]));
        assert!(!is_file("prevention", &[".mdl"]) && !is_file("one-per-cent", &[".toml"]));
    }

    #[test]
    fn every_shipped_file_is_named_by_its_own_id() {
        let ids = PLACES.iter().chain(CARDS).chain([SYSTEM]).map(|shipped| (shipped, "id"));
        for (shipped, key) in ids.chain(SCENARIOS.iter().map(|shipped| (shipped, "name"))) {
            let line = format!("{key} = \"{}\"", shipped.name);
            assert!(shipped.text.lines().any(|own| own == line), "{}: {line}", shipped.file);
        }
    }

    #[test]
    fn all_evidence_in_the_source_tree_is_shipped() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        for (folder, list) in [("evidence/programmes", CARDS), ("evidence/places", PLACES), ("scenarios", SCENARIOS)] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                assert!(
                    !name.ends_with(".toml") || list.iter().any(|shipped| shipped.file.ends_with(&name)),
                    "{folder}/{name} is not in the list of shipped files"
                );
            }
        }
    }

    #[test]
    fn an_unknown_name_is_met_with_the_nearest() {
        let unknown = find("one-percent", "scenario", &SCENARIOS.iter().collect::<Vec<_>>()).unwrap_err();
        assert_eq!(unknown.hints[0], "did you mean `one-per-cent`?");
    }
}

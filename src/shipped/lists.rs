//! Every text that comes with the program, by kind, under the name it is asked for by.
//!
//! One file because it is one table: a new scenario, place or card is one line here.

use super::Shipped;

macro_rules! shipped {
    ($($name:literal $file:literal),* $(,)?) => {
        &[$(Shipped { name: $name, file: $file, content: include_str!(concat!("../../", $file)) }),*]
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

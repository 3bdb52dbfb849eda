//! Scenarios and accounts read as a whole.

use std::sync::Arc;

use super::{Accounts, LedgerKind, LeverPath, ModelScenario, Prices, Role, Scenario, YearlyReading};
use crate::evidence::golden::{self, references};
use crate::evidence::{Library, References};
use crate::explain::scenario as code;
use crate::quantity::{FinancialYear, Pounds};
use engine::diagnostic::{Code, Diagnostics};
use engine::model::{Integration, Label};
use engine::model::{Name, Value};
use engine::sampling::Design;

const SCENARIO: &str = r#"
schema = 1
name = "one-per-cent"
title = "One per cent to prevention"
question = "What if one per cent of the budget moved to prevention?"
source = "Public debate"
model = "prevention"
place = "lancashire-south-cumbria"
programmes = ["H01", "E08"]
horizon_years = 10
draws = 1000
seed = 2025
design = "lhs"

[discounting]
cost = 0.035
health = 0.015

[values]
qaly = [70000, 25000, 13500]

[levers]
"Ring fence strength" = 0.5

[[strategy]]
id = "growth-share"
name = "From growth"
why = "The least painful source of money."

[strategy.levers]
"Prevention top slice share" = [{ from = 1, value = 0.01, ramp_years = 1 }]
"#;

const ACCOUNTS: &str = r#"
schema = 1
model = "prevention.mdl"
base_year_label = "2024/25"
plan_year_zero = 2025
population = "Population"

[ranges]
programme = "Programme"
payer = "Payer"
group = "Quintile"

[twin]
effects_switch = "Programme effects on"
do_nothing = "Plan in force"
cost = "Cumulative service cost"
driven = "Twin cumulative service cost"
reinvestment_switch = "Twin known"

[[demand]]
service = "Emergency admissions"
variable = "Emergency admissions"
kind = "flow"
unit = "admissions"
by = ["Quintile"]

[[ledger]]
id = "cash-released"
kind = "cash released"
variable = "Cumulative cash released"
by = ["Payer"]
unit = "GBP"

[[ledger]]
id = "spend"
name = "Spent on prevention"
kind = "spend"
variable = "Cumulative programme spend"
by = ["Programme"]
unit = "GBP"

[[perspective]]
id = "cash"
name = "Cash"
prices = "nominal"
discounted = false
payers = ["NHS acute", "Adult social care"]
gains = ["cash-released"]
costs = ["spend"]

[[audit]]
variable = "People audit"
tolerance = 1e-8
scale = "Total population"

[[programme_outcome]]
id = "starts"
variable = "Programme starts"
kind = "flow"
unit = "people"
"#;

fn read(text: &str) -> Result<(Scenario, Diagnostics), Diagnostics> {
    Scenario::read(&Arc::from("input.toml"), text, &references())
}

fn codes(text: &str) -> Vec<Code> {
    match read(text) {
        Ok((_, found)) | Err(found) => found.iter().map(|d| d.code).collect(),
    }
}

fn account_codes(text: &str) -> Vec<Code> {
    match Accounts::read(&Arc::from("accounts.toml"), text) {
        Ok((_, found)) | Err(found) => found.iter().map(|d| d.code).collect(),
    }
}

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

fn library() -> Library {
    let header = "schema = 1\nname = \"n\"\ndescription = \"d\"\n";
    let card = "domain = \"d\"\ntarget_group = \"t\"\npayer = \"p\"\ngains = \"g\"\nroute = \"stock\"\n";
    let texts = [
        format!("[place]\nid = \"lancashire-south-cumbria\"\n{header}"),
        format!("[card]\nid = \"E08\"\n{header}{card}"),
        format!("[card]\nid = \"H01\"\n{header}{card}tier = \"secondary\"\n"),
        format!(
            "[system]\nid = \"hospital\"\n{header}{}{}{}",
            drawn("Backfill"),
            drawn("ring_fence strength"),
            drawn("Congestion")
        ),
    ];
    let name = Arc::from("evidence.toml");
    let texts = texts.iter().map(|text| (&name, text.as_str()));
    Library::read(references(), texts).unwrap().0
}

fn drawn(constant: &str) -> String {
    format!(
        "[\"{constant}\"]\nvalue = 0.4\nlow = 0\nhigh = 1\ndistribution = \"pert\"\n\
         grade = \"C\"\nsource = \"judgement\"\n"
    )
}

#[test]
fn a_scenario_is_read() {
    let text = SCENARIO.replace("\"lhs\"", "\"random\"\nintegrator = \"rk4\"");
    let (scenario, found) = read(&text).unwrap();
    assert!(found.is_empty());
    assert_eq!(scenario.name, "one-per-cent");
    assert_eq!(scenario.horizon_years, 10);
    assert_eq!((scenario.sampling.draws, scenario.sampling.seed), (1000, 2025));
    assert_eq!(scenario.sampling.design, Design::Random);
    assert_eq!(scenario.integration, Some(Integration::RungeKutta4));
    assert_eq!(scenario.cost_discounting.get(), 0.035);
    assert_eq!(scenario.values.qaly[1], Pounds(25_000.0));
    assert_eq!(scenario.strategies.len(), 1);
    let lever = scenario.strategies[0].levers.iter().next().unwrap();
    let LeverPath::Steps(steps) = &lever.path else { panic!("no steps") };
    assert_eq!((steps[0].from, steps[0].value, steps[0].ramp_years), (1, 0.01, 1));
    assert_eq!(&text[lever.span.start..lever.span.end], "\"Prevention top slice share\"");
}

#[test]
fn plain_levers_and_uncertain_centres_are_bound_and_paths_are_driven() {
    let uncertain = "[uncertainties.\"Backfill\"]\nvalue = 0.7\nlow = 0.3\nhigh = 1\ndistribution = \"pert\"\n\
                     grade = \"C\"\nsource = \"judgement\"\n";
    let (scenario, _) = read(&format!("{SCENARIO}\n{uncertain}")).unwrap();
    let bindings = scenario.bindings();
    let bound: Vec<(&str, &Value)> = bindings.values.iter().map(|b| (b.name.spelling(), &b.value)).collect();
    assert_eq!(bound, [("Ring fence strength", &Value::Number(0.5)), ("Backfill", &Value::Number(0.7))]);
    assert!(bindings.values.iter().all(|b| b.provenance.strength == 2));
    assert_eq!(scenario.driven(), [label("Prevention top slice share")]);
    let drawn = scenario.uncertain();
    assert_eq!((drawn[0].stream.as_str(), drawn[0].owner.as_str()), ("Backfill", "one-per-cent"));
}

#[test]
fn a_strategy_changes_the_levers_of_every_run() {
    let text = format!("{SCENARIO}\"Ring fence strength\" = [{{ from = 4, value = 1, ramp_years = 2 }}]\n");
    let (scenario, _) = read(&text).unwrap();
    let fence = label("ring fence strength");
    let strategy = scenario.strategy("Growth-Share").unwrap();
    assert_eq!(scenario.path(None, &fence), Some(LeverPath::Number(0.5)));
    let path = scenario.path(Some(strategy), &fence).unwrap();
    assert_eq!(
        path.yearly(0.1, 0, 7),
        [(0.1, 0.1), (0.5, 0.5), (0.5, 0.5), (0.5, 0.5), (0.5, 0.75), (0.75, 1.0), (1.0, 1.0)]
    );
    assert_eq!(scenario.path(None, &label("Prevention top slice share")), None);
}

#[test]
fn a_scenario_finds_its_evidence_in_its_own_order() {
    let (scenario, _) = read(SCENARIO).unwrap();
    let library = library();
    let selection = scenario.select(&library).unwrap().remove(0);
    let ids: Vec<&str> = selection.cards.iter().map(|card| card.id.as_str()).collect();
    assert_eq!(ids, ["H01", "E08"]);
    assert_eq!((selection.place.id.as_str(), selection.systems.len()), ("lancashire-south-cumbria", 1));
    let range = Name::new("Programme");
    assert_eq!(selection.bindings(&range).ranges[&range], [Name::new("H01"), Name::new("E08")]);
    let (scenario, _) = read(&SCENARIO.replace("\"E08\"", "\"E09\"")).unwrap();
    let found = scenario.select(&library).unwrap_err();
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [code::UNKNOWN_PROGRAMME]);
}

#[test]
fn places_and_what_they_share_are_read_or_refused() {
    let one = "place = \"lancashire-south-cumbria\"";
    let with =
        |places: &str, sharing: &str| codes(&format!("{}\n[sharing]\n{sharing}\n", SCENARIO.replace(one, places)));
    let two = "places = [\"here\", \"there\"]";
    for sharing in [
        "rule = \"population\"",
        "rule = \"need\"\nneed = 0.5",
        "rule = \"formula\"\npopulation = 1\nneed = 0.5\ndeprivation = 2",
        "weights = { \"here\" = 0.25, \"there\" = 0.75 }",
    ] {
        assert_eq!(with(two, sharing), [], "{sharing}");
        assert_eq!(with(one, sharing), [code::PLACE_AND_PLACES], "{sharing}");
    }
    for sharing in [
        "",
        "rule = \"formula\"",
        "rule = \"formula\"\npopulation = 2",
        "rule = \"population\"\nneed = 1",
        "rule = \"need\"\ndeprivation = 1",
        "rule = \"need\"\nweights = { \"here\" = 1 }",
        "weights = { \"here\" = 0.5, \"there\" = 0.5 }\nneed = 1",
    ] {
        assert_eq!(with(two, sharing), [code::SHARING], "{sharing}");
    }
    assert_eq!(codes(&SCENARIO.replace(one, two)), [code::SHARING]);
    assert_eq!(codes(&SCENARIO.replace(one, "places = [\"here\"]")), []);
    assert_eq!(codes(&SCENARIO.replace(one, "places = []")), [code::OUT_OF_RANGE]);
    assert_eq!(codes(&SCENARIO.replace(one, "places = [\"here\", \"Here\"]")), [code::SHARING, code::WRITTEN_TWICE]);
    assert_eq!(codes(&SCENARIO.replace(one, &format!("{one}\nplaces = [\"here\"]"))), [code::PLACE_AND_PLACES]);
    assert_eq!(codes(&SCENARIO.replace(one, "")), [code::MISSING_KEY]);
    assert_eq!(with(two, "rule = \"fair\""), [code::UNKNOWN_WORD]);

    let places = "places = [\"lancashire-south-cumbria\"]";
    let library = library();
    let weighed = |weights: &str| -> Vec<Code> {
        let text = format!("{}\n[sharing]\nweights = {{ {weights} }}\n", SCENARIO.replace(one, places));
        let found = read(&text).unwrap().0.select(&library).err().unwrap_or_default();
        found.iter().map(|one| one.code).collect()
    };
    assert_eq!(weighed("\"lancashire-south-cumbria\" = 1"), []);
    let wrong = [
        ("\"lancashire-south-cumbria\" = 0.9", 1),
        ("\"there\" = 1", 2),
        ("\"lancashire-south-cumbria\" = 1.5, \"there\" = -0.5", 2),
    ];
    for (weights, count) in wrong {
        assert_eq!(weighed(weights), vec![code::PLACE_WEIGHTS; count], "{weights}");
    }
}

#[test]
fn shares_must_sum() {
    let shares = |levers: &str| format!("{SCENARIO}{levers}\n[[shares]]\nconstants = \"programme_share\"\ntotal = 1\n");
    let both = "\"Programme share[H01]\" = 0.3\n\"Programme share[E08]\" = 0.7\n";
    assert_eq!(codes(&shares(both)), []);
    assert_eq!(codes(&shares("\"Programme share[H01]\" = 0.3\n")), [code::SHARES]);
    assert_eq!(codes(&shares("")), [code::SHARES]);
    // They cross from one to the other, and sum to one all the way.
    let crossing = "\"Programme share[H01]\" = [{ from = 1, value = 1 }, { from = 2, value = 0, ramp_years = 4 }]\n\
                    \"Programme share[E08]\" = [{ from = 2, value = 1, ramp_years = 4 }]\n";
    assert_eq!(codes(&shares(crossing)), []);
    let found = read(&shares(&both.replace("0.7", "0.75"))).unwrap_err();
    let message = &found.iter().next().unwrap().message;
    assert!(message.contains("sum to 1.05"), "{message}");
    assert!(message.contains("0.05 more than 1"), "{message}");
}

#[test]
fn a_step_after_the_horizon_is_only_a_warning() {
    let (_, found) = read(&SCENARIO.replace("from = 1,", "from = 11,")).unwrap();
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [code::AFTER_THE_HORIZON]);
}

#[test]
fn a_figure_of_a_scenario_is_held_to_the_rules_of_evidence() {
    let uncertain = "[uncertainties.\"Backfill\"]\nvalue = 1.7\nlow = 0.3\nhigh = 1\ndistribution = \"pert\"\n\
                     colour = \"red\"\nsource = \"nobody\"\n";
    let found: Vec<&str> = codes(&format!("{SCENARIO}\n{uncertain}")).into_iter().map(|code| code.0).collect();
    assert_eq!(found, ["S003", "E008", "S002", "E011"]);
}

#[test]
fn accounts_are_read() {
    let (accounts, found) = Accounts::read(&Arc::from("accounts.toml"), ACCOUNTS).unwrap();
    assert!(found.is_empty());
    assert_eq!(accounts.first_year.to_string(), "2025/26");
    assert_eq!(accounts.twin.cost.value, Name::new("Cumulative service cost"));
    assert_eq!(accounts.demand[0].reading, YearlyReading::Flow);
    assert_eq!(accounts.demand[0].by[0].value, Name::new("Quintile"));
    assert_eq!(accounts.ledger("spend").unwrap().kind, LedgerKind::Spend);
    assert_eq!(accounts.ledger("spend").unwrap().name, "Spent on prevention");
    assert_eq!(accounts.ledgers[0].reading, YearlyReading::Cumulative);
    let cash = &accounts.perspectives[0];
    assert_eq!((cash.prices, cash.discounted), (Prices::Nominal, false));
    assert_eq!((cash.gains[0].as_str(), cash.costs[0].as_str()), ("cash-released", "spend"));
    assert_eq!(accounts.audits[0].tolerance, 1e-8);
    assert_eq!(accounts.variables().len(), 5 + 1 + 1 + 2 + 2 + 1);
}

#[test]
fn a_demand_says_what_it_is_called_and_what_becomes_of_it() {
    let read = |text: &str| Accounts::read(&Arc::from("accounts.toml"), text).unwrap().0;
    let plain = &read(ACCOUNTS).demand[0];
    assert_eq!((plain.need.as_str(), plain.becomes("spend")), ("Demand: Emergency admissions", false));
    let more = "unit = \"admissions\"\nneed = \"Need for admission\"\nused = \"cash-released\"\nunmet = \"spend\"\n";
    let found = &read(&ACCOUNTS.replace("unit = \"admissions\"\n", more)).demand[0];
    assert_eq!((found.need.as_str(), &found.happens), ("Need for admission", &None));
    assert!(
        found.becomes("spend") && !found.becomes_in_per_cent("spend") && found.becomes_in_per_cent("cash-released")
    );
}

#[test]
fn a_ledger_is_asked_for_by_its_role_and_a_demand_leads() {
    let read = |text: &str| Accounts::read(&Arc::from("accounts.toml"), text).unwrap().0;
    let none = read(ACCOUNTS).roles();
    assert_eq!((none.lead(), none.all().count()), ("Emergency admissions", 0));
    let role = ACCOUNTS.replace("kind = \"spend\"", "kind = \"spend\"\nrole = \"prevention spending\"");
    let visits = "[[demand]]\nservice = \"Visits\"\nvariable = \"Visits\"\nkind = \"flow\"\nunit = \"visits\"\nlead = true\n\
                  used = \"cash-released\"\n";
    let money = "[plan_money]\nmoved = \"spend\"\nsources = [\"spend\"]\nuses = [\"spend\"]\n";
    let roles = read(&format!("{role}\n{visits}{money}")).roles();
    assert_eq!(roles.lead(), "Visits");
    let all: Vec<_> = roles.all().collect();
    assert_eq!(all, [(Role::Spending, "spend"), (Role::Moved, "spend"), (Role::InUse, "cash-released")]);
    assert_eq!(account_codes(&role.replace("prevention spending", "spending")), [code::UNKNOWN_WORD]);
    assert_eq!(
        account_codes(
            &format!("{ACCOUNTS}\n{visits}").replace("service = \"Emergency", "lead = true\nservice = \"Emergency")
        ),
        [code::WRITTEN_TWICE]
    );
}

#[test]
fn payers_have_groups_and_plain_words() {
    let payers = "[[payer]]\nname = \"NHS acute\"\ngroup = \"the NHS\"\n[[payer]]\nname = \"Adult social care\"\nsaves_most = [\"They do.\"]\n";
    let (accounts, _) = Accounts::read(&Arc::from("accounts.toml"), &format!("{ACCOUNTS}\n{payers}")).unwrap();
    let found = accounts.payers.iter().map(|one| (one.group.as_deref(), one.saves_most.len())).collect::<Vec<_>>();
    assert_eq!(found, [(Some("the NHS"), 0), (None, 1)]);
    assert_eq!(account_codes(&format!("{ACCOUNTS}\n{payers}{payers}")), [code::WRITTEN_TWICE; 2]);
}

#[test]
fn accounts_are_held_to_their_rules() {
    assert_eq!(account_codes(&ACCOUNTS.replace("\"spend\"]", "\"spent\"]")), [code::UNKNOWN_LEDGER]);
    assert_eq!(
        account_codes(&ACCOUNTS.replace("id = \"spend\"", "id = \"cash-released\"")),
        [code::WRITTEN_TWICE, code::UNKNOWN_LEDGER]
    );
    let linked = ACCOUNTS.replace("unit = \"admissions\"\n", "unit = \"admissions\"\nhappens = \"admitted\"\n");
    assert_eq!(account_codes(&linked), [code::UNKNOWN_LEDGER]);
    assert_eq!(account_codes(&ACCOUNTS.replace("2025\n", "2026\n")), [code::YEARS_DISAGREE]);
    assert_eq!(
        account_codes(&ACCOUNTS.replace("\"flow\"\nunit = \"people\"", "\"flows\"\nunit = \"people\"")),
        [code::UNKNOWN_WORD]
    );
    assert_eq!(account_codes(&ACCOUNTS.replace("driven =", "drivn =")), [code::MISSING_KEY, code::UNKNOWN_KEY]);
    assert_eq!(account_codes(&ACCOUNTS.replace("1e-8", "0")), [code::OUT_OF_RANGE]);
    let loops = |outcome: &str| format!("[[loop]]\nid = \"R2\"\nname = \"Raid\"\nswitch = \"Raid on\"\n{outcome}\n");
    let whole = loops("outcome = \"Raided\"");
    assert_eq!(account_codes(&format!("{ACCOUNTS}\n{whole}")), []);
    assert_eq!(account_codes(&format!("{ACCOUNTS}\n{whole}{whole}")), [code::WRITTEN_TWICE]);
    assert_eq!(account_codes(&format!("{ACCOUNTS}\n{}", loops(""))), [code::MISSING_KEY]);
}

#[test]
fn the_folders_of_mistakes() {
    golden::check("S", code::PAGES, |files| {
        let mut found = Diagnostics::new();
        let mut accounts = None;
        for (name, text) in files {
            if name.as_ref() == "accounts.toml" {
                match Accounts::read(name, text) {
                    Ok((read, more)) => {
                        accounts = Some(read);
                        found.extend(more);
                    }
                    Err(more) => found.extend(more),
                }
                continue;
            }
            if text.contains("kind = \"model\"") {
                found.extend(ModelScenario::read(name, text).unwrap_or_else(|found| panic!("{found:?}")).1);
                continue;
            }
            match Scenario::read(name, text, &references()) {
                Ok((mut scenario, more)) => {
                    found.extend(more);
                    let budget = accounts.as_ref().and_then(|one: &Accounts| one.budget_lines.as_ref());
                    scenario.with_budget(budget, &library(), &mut found);
                    if let Err(more) = scenario.select(&library()) {
                        found.extend(more);
                    }
                }
                Err(more) => found.extend(more),
            }
        }
        found
    });
}

#[test]
fn a_broken_text_is_complained_of_and_never_more() {
    for text in [SCENARIO, ACCOUNTS] {
        for (at, _) in text.char_indices() {
            for broken in [
                text[..at].to_owned(),
                format!("{}{}", &text[..at], &text[at + 1..]),
                format!("{}[{}", &text[..at], &text[at..]),
            ] {
                let _ = read(&broken);
                let _ = Accounts::read(&Arc::from("accounts.toml"), &broken);
            }
        }
    }
}

#[test]
fn the_examples_of_the_handbook_are_read() {
    let handbook = include_str!("../../docs/formats.md");
    let blocks: Vec<(Arc<str>, &str)> = handbook
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .filter_map(|block| {
            let name = block.lines().next()?.strip_prefix("# ")?;
            name.ends_with(".toml").then(|| (Arc::from(name), block))
        })
        .collect();
    let block = |name: &str| {
        let found = blocks.iter().find(|(file, _)| file.ends_with(name));
        let (file, text) = found.unwrap_or_else(|| panic!("the handbook has no {name}"));
        (file, *text)
    };
    let (references, _) = References::read(block("sources.toml"), block("deflators.toml")).unwrap();
    let evidence: Vec<(&Arc<str>, &str)> = blocks
        .iter()
        .filter(|(file, _)| file.starts_with("evidence/") && file.matches('/').count() == 2)
        .map(|(file, text)| (file, *text))
        .collect();
    assert!(evidence.len() >= 3);
    let (library, found) = Library::read(references.clone(), evidence).unwrap();
    assert!(found.is_empty(), "{found:?}");
    let (file, text) = block("one-per-cent.toml");
    let (scenario, found) = Scenario::read(file, text, &references).unwrap();
    assert!(found.is_empty(), "{found:?}");
    scenario.select(&library).unwrap().remove(0);
    let (file, text) = block("prevention.toml");
    assert!(Accounts::read(file, text).unwrap().1.is_empty());
}

/// The middle of 0 to 10 is 5 whatever is said, and the value of a triangle is its most likely one.
#[test]
fn a_median_named_for_what_has_no_say_in_it_is_refused() {
    for (distribution, refused) in [("uniform", true), ("triangular", true), ("pert", true), ("gamma", false)] {
        let text = format!(
            "schema = 1\nkind = \"model\"\nname = \"cup\"\ntitle = \"A cup\"\nmodel = \"cup.mdl\"\ndraws = 10\nseed = 1\n\
             [[uncertainty]]\nconstant = \"Room\"\nvalue = 1\nlow = 0.5\nhigh = 10\ndistribution = \"{distribution}\"\n\
             central = \"median\"\n[[outcome]]\nname = \"warmth\"\nvariable = \"Warmth\"\nat = 1\n"
        );
        let read = ModelScenario::read(&"cup.toml".into(), &text);
        let found = read.err().map_or_else(String::new, |found| found.iter().map(ToString::to_string).collect());
        assert_eq!(found.contains(&format!("which for `{distribution}` is settled")), refused, "{found}");
    }
}

fn with_budget(lines: &str) -> Result<Scenario, Diagnostics> {
    let text = format!("{SCENARIO}\n{lines}");
    let accounts = format!("{ACCOUNTS}\n[budget_lines]\nshare = \"Part\"\nmoney = \"Paid\"\n");
    let (accounts, _) = Accounts::read(&Arc::from("accounts.toml"), &accounts)?;
    let (mut scenario, _) = read(&text)?;
    let mut found = Diagnostics::new();
    scenario.with_budget(accounts.budget_lines.as_ref(), &library(), &mut found);
    if found.is_empty() { Ok(scenario) } else { Err(found) }
}

#[test]
fn a_budget_becomes_shares_of_programmes_and_money_of_payers() {
    // 3 million for H01, of which the council pays 1; 1 million of the NHS for E08, in the prices of a year with half the level.
    let scenario = with_budget(
        "[[budget_line]]\nname = \"Warmth\"\nprogramme = \"H01\"\npayer = \"Council\"\nclass = \"secondary\"\namount = 1000000\n\
         [[budget_line]]\nprogramme = \"h01\"\npayer = \"NHS\"\namount = 2000000\n\
         [[budget_line]]\nprogramme = \"E08\"\npayer = \"NHS\"\namount = 1000000\n",
    )
    .unwrap();
    let lever = |label: &str| {
        let label = Label::parse(label).unwrap();
        scenario.levers.get(&label).unwrap_or_else(|| panic!("{label}")).path.constant().unwrap()
    };
    assert_eq!((lever("Part[H01]"), lever("Part[E08]")), (0.75, 0.25));
    assert_eq!((lever("Paid[Council]"), lever("Paid[NHS]")), (1e6, 3e6));
}

#[test]
fn a_budget_names_what_is_wrong_with_each_line_at_once() {
    let found = with_budget(
        "[[budget_line]]\nprogramme = \"H1\"\npayer = \"NHS\"\namount = 1\n\
         [[budget_line]]\nprogramme = \"H01\"\nclass = \"tertiary\"\npayer = \"NHS\"\namount = 1\n",
    )
    .unwrap_err();
    let codes: Vec<&str> = found.iter().map(|one| one.code.0).collect();
    assert_eq!(codes, ["S016", "S061"]);
}

#[test]
fn values_are_brought_to_the_prices_of_the_base_year() {
    let (plain, _) = read(SCENARIO).unwrap();
    assert_eq!(plain.values.displaced_qaly[0], Pounds(15_000.0));
    let priced = SCENARIO.replace("qaly = [", "price_year = \"2023/24\"\ndisplaced_qaly = [10000]\nqaly = [");
    let (priced, _) = read(&priced).unwrap();
    let factor = references().deflators.to_base(FinancialYear::parse("2023/24").unwrap()).unwrap();
    assert!(factor > 1.0);
    assert_eq!(priced.values.displaced_qaly, [Pounds((10_000.0 * factor).round())]);
    assert_eq!(priced.values.qaly[0], Pounds((plain.values.qaly[0].0 * factor).round()));
}

#[test]
fn fairness_is_that_of_adults_in_england_unless_it_is_said() {
    let (usual, _) = read(SCENARIO).unwrap();
    assert_eq!((usual.fairness.atkinson, usual.fairness.kolm), (10.95, 0.15));
    let (own, _) = read(&format!("{SCENARIO}\n[equity]\natkinson = 0\nweights = [2, 1]\n")).unwrap();
    assert_eq!((own.fairness.atkinson, own.fairness.kolm, &own.fairness.weights[..]), (0.0, 0.15, &[2.0, 1.0][..]));
    let wrong = read(&format!("{SCENARIO}\n[equity]\nkolm = -1\nweights = [-2]\n")).unwrap_err();
    assert_eq!(wrong.iter().map(|one| one.code.0).collect::<Vec<_>>(), ["S008", "S008"]);
}

#[test]
fn inflation_is_read_year_by_year() {
    let text =
        format!("{SCENARIO}\n[finance]\ninflation = [{{ from = 1, value = 0.03 }}, {{ from = 3, value = 0.02 }}]\n");
    let (scenario, _) = read(&text).unwrap();
    let rates = scenario.inflation().unwrap();
    assert_eq!(rates[..4], [0.03, 0.03, 0.02, 0.02]);
    assert_eq!(rates.len(), scenario.horizon_years as usize);
    assert_eq!(read(SCENARIO).unwrap().0.inflation(), None);
    let (mut wrong, _) = read(&format!("{SCENARIO}\n[finance]\ninflation = 2\n")).unwrap();
    let mut found = Diagnostics::new();
    wrong.with_finance(&[], &mut found);
    assert_eq!(found.iter().map(|one| one.code.0).collect::<Vec<_>>(), ["S008"]);
}

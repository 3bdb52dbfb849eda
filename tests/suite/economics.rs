//! Money by hand: a study of two programmes, small enough to work out on paper, to the penny.

use wellspring::appraisal::findings::{Comparator, Findings, PriceBase};
use wellspring::appraisal::statistic::Statistic;
use wellspring::report::tables;
use wellspring::study::{Overrides, StudyTexts, Text, prepare};

use crate::support::{findings, patched, shipped};

const MODEL: &str = "{UTF-8}
Programme: A01, B01
	~	~	|
Payer: NHS, Council
	~	~	|
Quintile: Q1, Q2
	~	~	|
INITIAL TIME= -1
	~	Year
	~	|
FINAL TIME= 6
	~	Year
	~	|
TIME STEP= 0.25
	~	Year
	~	|
SAVEPER= 1
	~	Year
	~	|
Plan on= 1
	~	Dmnl
	~	Set by: study.
	|
Effects on= 1
	~	Dmnl
	~	Set by: study.
	|
Twin known= 0
	~	Dmnl
	~	Set by: study.
	|
Twin cost[Payer]= 0
	~	GBP
	~	Set by: study.
	|
Starts a year[Programme]= 0
	~	starts/Year
	~	Lever. Set by: scenario.
	|
Unit cost[Programme]= 0
	~	GBP/starts
	~	Set by: card.
	|
Saving from year[Programme]= 0
	~	Year
	~	Set by: card.
	|
Saving a year[Programme,Payer]= 0
	~	GBP/Year
	~	Set by: card.
	|
Health from year[Programme]= 0
	~	Year
	~	Set by: card.
	|
Health a year[Programme]= 0
	~	QALY/Year
	~	Set by: card.
	|
Residents[Quintile]= 100
	~	people
	~	Set by: place.
	|
Share of health[Quintile]= 0.75, 0.25
	~	Dmnl
	~	|
Spending[Programme]= Plan on*IF THEN ELSE(Time >= 0, 1, 0)*Starts a year[Programme]*Unit cost[Programme]
	~	GBP/Year
	~	|
Cost[Payer]= 1000000 - Plan on*Effects on*SUM(Saving a year[Programme!,Payer]*IF THEN ELSE(Time >= Saving from year[Programme!] - 1, 1, 0))*IF THEN ELSE(Time >= 0, 1, 0) + 0*Twin known*Twin cost[Payer]
	~	GBP/Year
	~	|
Cumulative cost[Payer]= INTEG(Cost[Payer], 0)
	~	GBP
	~	|
Health[Quintile]= Share of health[Quintile]*Plan on*Effects on*SUM(Health a year[Programme!]*IF THEN ELSE(Time >= Health from year[Programme!] - 1, 1, 0))*IF THEN ELSE(Time >= 0, 1, 0)
	~	QALY/Year
	~	|
";

const ACCOUNTS: &str = r#"
schema = 1
model = "example.mdl"
base_year_label = "2024/25"
plan_year_zero = 2025
population = "Residents"
residents = "Residents"
[ranges]
programme = "Programme"
payer = "Payer"
group = "Quintile"
[twin]
effects_switch = "Effects on"
do_nothing = "Plan on"
cost = "Cumulative cost"
driven = "Twin cost"
reinvestment_switch = "Twin known"
[[ledger]]
id = "service-cost"
name = "Cost of services"
kind = "cost"
variable = "Cost"
measure = "flow"
by = ["Payer"]
unit = "GBP"
[[ledger]]
id = "programme-spending"
name = "Spending"
kind = "spend"
variable = "Spending"
measure = "flow"
by = ["Programme"]
unit = "GBP"
[[ledger]]
id = "qalys-gained"
name = "QALYs gained"
kind = "qalys"
variable = "Health"
measure = "flow"
by = ["Quintile"]
unit = "QALY"
[[perspective]]
id = "cash"
name = "Cash"
prices = "nominal"
discounted = false
costs = ["service-cost", "programme-spending"]
[[perspective]]
id = "social"
name = "Society"
prices = "real"
discounted = true
costs = ["service-cost", "programme-spending"]
qalys = ["qalys-gained"]
"#;

const SCENARIO: &str = r#"
schema = 1
name = "example"
title = "Two programmes"
question = "What do two programmes cost and bring?"
source = "A test"
model = "example"
place = "here"
programmes = ["A01", "B01"]
horizon_years = 6
draws = 2
seed = 1
design = "random"
[discounting]
cost = 0.035
health = 0.015
[values]
qaly = [70000]
[levers]
"Starts a year[A01]" = 1000
"Starts a year[B01]" = [{ from = 1, value = 400 }, { from = 3, value = 0 }]
[[strategy]]
id = "both"
name = "Both"
why = "A test."
[strategy.levers]
"Plan on" = 1
"#;

fn card(id: &str, numbers: &[(&str, f64)]) -> Text {
    let mut text = format!(
        "[card]\nschema = 1\nid = \"{id}\"\nname = \"{id}\"\ndescription = \"An example.\"\ndomain = \"housing\"\n\
         target_group = \"All\"\npayer = \"NHS\"\ngains = \"NHS\"\nroute = \"relative risk\"\nunit_of_delivery = \"starts\"\n"
    );
    for (label, value) in numbers {
        text.push_str(&format!(
            "[\"{label}\"]\nvalue = {value}\ndistribution = \"fixed\"\nunit = \"as the model\"\ngrade = \"C\"\n\
             source = \"wellspring-judgement\"\n"
        ));
    }
    Text::new(&format!("{id}.toml"), &text)
}

fn example() -> StudyTexts {
    let shipped = shipped();
    let place = "[place]\nschema = 1\nid = \"here\"\nname = \"Here\"\ndescription = \"An example.\"\nkind = \"system\"\n\
        [\"Residents\"]\nvalues = [100, 100]\nunit = \"people\"\ngrade = \"C\"\nsource = \"wellspring-judgement\"\n";
    let system = "[system]\nschema = 1\nid = \"example\"\nname = \"Example\"\ndescription = \"An example.\"\n\
        [\"Share of health\"]\nvalues = [0.75, 0.25]\nunit = \"share\"\ngrade = \"C\"\nsource = \"wellspring-judgement\"\n";
    StudyTexts {
        scenario: Text::new("example.toml", SCENARIO),
        model: Text::new("example.mdl", MODEL),
        accounts: Text::new("accounts.toml", ACCOUNTS),
        evidence: vec![
            Text::new("system.toml", system),
            Text::new("here.toml", place),
            card(
                "A01",
                &[
                    ("Unit cost[A01]", 250.0),
                    ("Saving from year[A01]", 2.0),
                    ("Saving a year[A01,NHS]", 120_000.5),
                    ("Health from year[A01]", 1.0),
                    ("Health a year[A01]", 2.0),
                ],
            ),
            card(
                "B01",
                &[
                    ("Unit cost[B01]", 1000.0),
                    ("Saving from year[B01]", 3.0),
                    ("Saving a year[B01,Council]", 500_000.25),
                    ("Health from year[B01]", 2.0),
                    ("Health a year[B01]", 5.0),
                ],
            ),
        ],
        ..shipped
    }
}

fn yearly(
    found: &Findings,
    comparator: Comparator,
    outcome: &str,
    group: &str,
    payer: &str,
    money: PriceBase,
) -> Vec<f64> {
    let series = found.find(Some(0), comparator, outcome, group, payer, money);
    let series = series.unwrap_or_else(|| panic!("no {outcome} of `{group}{payer}`"));
    series.years.iter().map(|year| year.mean.value).collect()
}

/// To the penny.
fn same(found: &[f64], by_hand: &[f64]) {
    assert_eq!(found.len(), by_hand.len());
    for (found, by_hand) in found.iter().zip(by_hand) {
        assert!((found - by_hand).abs() < 0.005, "{found} instead of {by_hand}");
    }
}

/// The same plan two years later, read from the tables: the real amounts stay, and the money of each year is real times
/// the price level of that calendar year. 2027/28 to 2029/30 are worth 1.07059, 1.092 and 1.11384, and then 2 % more each year:
/// 1.1361168, 1.158839136, 1.18201591872. Net: -650,000 * 1.07059 = -695,883.50; -529,999.50 * 1.092 = -578,759.454;
/// 370,000.75 * 1.11384 = 412,121.635; and so on.
#[test]
fn x1_a_plan_from_2027_has_the_prices_and_the_names_of_its_years() {
    let mut texts = example();
    texts.scenario = patched(&texts.scenario, "horizon_years = 6", "horizon_years = 6\nstart_year = \"2027/28\"");
    let found = findings(&texts, 2);
    let tables = tables(&found);
    let table = |file: &str| tables.iter().find(|table| table.file == file).unwrap().csv();
    let payback = table("payback.csv");
    let rows = payback.lines().map(|row| row.split(',').collect::<Vec<_>>());
    let rows: Vec<Vec<&str>> = rows.collect();
    let column = |name: &str| rows[0].iter().position(|column| *column == name).unwrap();
    let wanted = [("outcome", "net"), ("group", "cash"), ("price_base", "nominal"), ("statistic", "mean")];
    let told: Vec<(&str, f64)> = rows
        .iter()
        .filter(|row| wanted.iter().all(|(name, word)| row[column(name)] == *word))
        .map(|row| (row[column("year")], row[column("value")].parse().unwrap()))
        .collect();
    let years = ["2027/28", "2028/29", "2029/30", "2030/31", "2031/32", "2032/33"];
    assert_eq!(told.iter().map(|(year, _)| *year).collect::<Vec<_>>(), years);
    let by_hand = [-695_883.50, -578_759.454, 412_121.635, 420_364.068, 428_771.349, 437_346.776];
    same(&told.iter().map(|(_, value)| *value).collect::<Vec<_>>(), &by_hand);
    // The prices that real amounts are in do not move with the plan.
    let spent = [650_000.0, 650_000.0, 250_000.0, 250_000.0, 250_000.0, 250_000.0];
    same(&yearly(&found, Comparator::Level, "programme-spending", "", "", PriceBase::Real), &spent);
    assert!(table("money.csv").contains(",real_2024_25,"));
    // Two warnings: the index of prices ends with 2029/30, and the baseline is that of 2024/25.
    let warned = |texts: &StudyTexts| -> Vec<String> {
        let (_, found) = prepare(texts, &Overrides::default()).unwrap();
        found.iter().map(|one| one.code.0.to_owned()).filter(|code| code.starts_with("T05")).collect()
    };
    assert_eq!(warned(&texts), ["T052", "T053"]);
    let place = texts.evidence.iter_mut().find(|text| &*text.file == "here.toml").unwrap();
    *place = patched(place, "kind = \"system\"", "kind = \"system\"\nbase_year = \"2026/27\"");
    assert_eq!(warned(&texts), ["T052"]);
}

#[test]
fn x1_two_programmes_worked_out_by_hand_to_the_penny() {
    let found = findings(&example(), 2);
    assert!(found.faults.is_empty());
    let (level, twin) = (Comparator::Level, Comparator::Twin);
    // A: 1,000 starts a year at 250 pounds, every year. B: 400 at 1,000 in years 1 and 2.
    let spent = [650_000.0, 650_000.0, 250_000.0, 250_000.0, 250_000.0, 250_000.0];
    same(&yearly(&found, level, "programme-spending", "", "", PriceBase::Real), &spent);
    // A saves the NHS 120,000.50 a year from year 2, B the council 500,000.25 from year 3.
    let nhs = [0.0, -120_000.5, -120_000.5, -120_000.5, -120_000.5, -120_000.5];
    let council = [0.0, 0.0, -500_000.25, -500_000.25, -500_000.25, -500_000.25];
    same(&yearly(&found, twin, "service-cost", "", "NHS", PriceBase::Real), &nhs);
    same(&yearly(&found, twin, "service-cost", "", "Council", PriceBase::Real), &council);
    // Net: -650,000; 120,000.50 - 650,000 = -529,999.50; 620,000.75 - 250,000 = 370,000.75 from year 3. Prices of the base
    // year are worth 1.027, 1.04959, 1.07059, 1.092, 1.11384 and, 2 % later, 1.1361168 in the money of the years.
    let nominal = [-667_550.00, -556_282.18, 396_119.10, 404_040.82, 412_121.64, 420_364.07];
    same(&yearly(&found, twin, "net", "cash", "", PriceBase::Nominal), &nominal);
    // So far: -667,550.00, -1,223,832.18, -827,713.07, -423,672.25, -11,550.62, 408,813.45: paid back in year 6.
    let so_far = [-667_550.00, -1_223_832.18, -827_713.07, -423_672.25, -11_550.62, 408_813.45];
    same(&yearly(&found, twin, "cumulative-net", "cash", "", PriceBase::Nominal), &so_far);
    let payback = |perspective: &str| {
        found.payback.iter().find(|payback| payback.perspective == perspective).unwrap().median_year
    };
    assert_eq!(payback("cash"), Some(6));
    // QALYs: A 2 a year from year 1, B 5 from year 2; three quarters in the more deprived half.
    same(&yearly(&found, twin, "qalys-gained", "", "", PriceBase::None), &[2.0, 7.0, 7.0, 7.0, 7.0, 7.0]);
    same(&yearly(&found, twin, "qalys-gained", "Q1", "", PriceBase::None), &[1.5, 5.25, 5.25, 5.25, 5.25, 5.25]);
    // Money at 3.5 %, divided by 1, 1.035, 1.071225, 1.108717875, 1.147523001 and 1.187686306:
    // -650,000.00 - 512,076.81 + 345,399.66 + 333,719.48 + 322,434.28 + 311,530.71 = 151,007.31.
    // Health at 1.5 %: 2 + 7 x (0.985221675 + 0.970661749 + 0.956316994 + 0.942184230 + 0.928260325) = 35.478514811 QALYs,
    // 2,483,496.04 pounds at 70,000 each. Together 2,634,503.34.
    let mean = |outcome: &str, group: &str| {
        let measure = found.measure(0, twin, outcome, group).unwrap_or_else(|| panic!("no {outcome} of {group}"));
        measure.estimate(Statistic::Mean).unwrap().value
    };
    same(&[mean("net-present-value", "cash")], &[151_007.31]);
    same(&[mean("net-present-value", "social")], &[2_634_503.34]);
    // So far for society: -510,000 after year 1, -539,318.19 after year 2, 281,705.73 after year 3.
    assert_eq!(payback("social"), Some(3));
    // 37 QALYs for 200 people, 27.75 for the first hundred and 9.25 for the second: 0.2775 and 0.0925 a head. Ridits 0.25 and
    // 0.75: the line falls by 0.185 over half the scale, by 0.37 over all of it, twice the mean of 0.185.
    assert!((mean("slope-index", "qalys-gained") - 0.37).abs() < 1e-12);
    assert!((mean("relative-index", "qalys-gained") - 2.0).abs() < 1e-12);
}

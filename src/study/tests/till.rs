//! The texts of a study so small that it is worked out on paper: a till that pays for visits and gets some of it back.

use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::appraisal::statistic::Statistic;
use crate::shipped::{DEFLATORS, SOURCES, Shipped, Text};
use crate::study::{Overrides, Study, StudyTexts, prepare};
use engine::diagnostic::render_text;

/// Of every pound that is paid the NHS gets half back in the same year and the council a quarter, times what comes of it.
const MODEL: &str = "{UTF-8}
Programme: A01 ~~|
Payer: NHS, Council ~~|
Quintile: Q1, Q2 ~~|
INITIAL TIME= -1 ~ Year ~|
FINAL TIME= 4 ~ Year ~|
TIME STEP= 0.25 ~ Year ~|
SAVEPER= 1 ~ Year ~|
Plan on= 1 ~ Dmnl ~ Set by: study.|
Effects on= 1 ~ Dmnl ~ Set by: study.|
Twin known= 0 ~ Dmnl ~ Set by: study.|
Twin cost[Payer]= 0 ~ GBP ~ Set by: study.|
Share paid= 0 ~ Dmnl [0,1] ~ Lever. Set by: scenario.|
Partner money= 0 ~ GBP/Year [0,?] ~ Lever. Set by: scenario.|
Allocation= 0 ~ GBP/Year ~ Set by: place.|
Need= 0 ~ visits/Year ~ Set by: place.|
Residents[Quintile]= 0 ~ people ~ Set by: place.|
Rebasing= 1 ~ Dmnl ~|
Comes of it[Programme]= 1 ~ Dmnl ~ Set by: card.|
Parts= 1 ~ Dmnl ~ Set by: system.|
Return on= 1 ~ Dmnl ~ Cuts the loop.|
Back[Payer]= 0.5, 0.25 ~ Dmnl ~|
Under way= IF THEN ELSE(Time >= 0, 1, 0) ~ Dmnl ~|
Paid[Programme]= Plan on*Under way*(Share paid*Allocation + Partner money)/Parts ~ GBP/Year ~|
Got back[Payer]= Effects on*Return on*Back[Payer]*SUM(Comes of it[Programme!]*Paid[Programme!]) ~ GBP/Year ~|
Bill[Payer]= 100 - Got back[Payer] ~ GBP/Year ~|
Bills so far[Payer]= INTEG(Bill[Payer], 0) ~ GBP ~|
Told[Payer]= Twin known*Twin cost[Payer] ~ GBP ~|
Visits[Quintile]= Need - Effects on*SUM(Comes of it[Programme!]*Paid[Programme!])/40 ~ visits/Year ~|
Health[Quintile]= Residents[Quintile]*Effects on*SUM(Comes of it[Programme!]*Paid[Programme!])/8000 ~ QALY/Year ~|
Lost[Quintile]= Plan on*Under way*Share paid ~ QALY/Year ~|
Audit= IF THEN ELSE(Share paid > 0.5, 1, 0) ~ Dmnl ~|
";

const ACCOUNTS: &str = r#"
schema = 1
model = "till.mdl"
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
cost = "Bills so far"
driven = "Twin cost"
reinvestment_switch = "Twin known"
[[demand]]
service = "Visits"
need = "Need for a visit"
happens = "seen"
variable = "Visits"
kind = "flow"
unit = "visits"
by = ["Quintile"]
[[ledger]]
id = "bill"
name = "Bills"
kind = "cost"
variable = "Bills so far"
by = ["Payer"]
unit = "GBP"
[[ledger]]
id = "paid"
name = "Paid"
kind = "spend"
variable = "Paid"
measure = "flow"
by = ["Programme"]
unit = "GBP"
[[ledger]]
id = "told"
name = "What the twin is said to have cost"
kind = "other"
variable = "Told"
measure = "stock"
by = ["Payer"]
unit = "GBP"
[[ledger]]
id = "seen"
name = "Visits that happen"
kind = "other"
variable = "Visits"
measure = "flow"
by = ["Quintile"]
unit = "visits"
[[ledger]]
id = "health"
name = "Health"
kind = "qalys"
variable = "Health"
measure = "flow"
by = ["Quintile"]
unit = "QALY"
[[ledger]]
id = "lost"
name = "Health lost"
kind = "displaced qalys"
variable = "Lost"
measure = "flow"
by = ["Quintile"]
unit = "QALY"
[[perspective]]
id = "cash"
name = "Cash"
prices = "real"
discounted = false
costs = ["bill", "paid"]
[[perspective]]
id = "social"
name = "Society"
prices = "real"
discounted = true
costs = ["bill", "paid"]
qalys = ["health"]
[[audit]]
variable = "Audit"
tolerance = 1e-9
[sharing]
money = ["Share paid"]
sums = ["Partner money"]
allocation = "Allocation"
population = "Residents"
rebasing = "Rebasing"
need = "Need"
deprived = "Q1"
[[loop]]
id = "return"
name = "Money that comes back"
switch = "Return on"
outcome = "Bill"
"#;

const SCENARIO: &str = r#"
schema = 1
name = "till"
title = "A till"
question = "What comes back?"
source = "A test"
model = "till"
places = ["here"]
programmes = ["A01"]
horizon_years = 2
draws = 2
seed = 1
design = "random"
[discounting]
cost = 0.25
health = 0.6
[values]
qaly = [1000]
[[strategy]]
id = "share"
name = "A share"
why = "A test."
[strategy.levers]
"Share paid" = [{ from = 1, value = 0.04 }]
[[strategy]]
id = "sum"
name = "A sum"
why = "A test."
[strategy.levers]
"Partner money" = [{ from = 1, value = 16 }, { from = 2, value = 8 }]
"#;

/// A place with so many residents, such a need and such money.
fn place(id: &str, residents: [f64; 2], need: f64, allocation: f64) -> Text {
    let figure = |name: &str, numbers: &str, unit: &str| {
        format!("[\"{name}\"]\n{numbers}\nunit = \"{unit}\"\ngrade = \"C\"\nsource = \"wellspring-judgement\"\n")
    };
    let text = format!(
        "[place]\nschema = 1\nid = \"{id}\"\nname = \"{}\"\ndescription = \"An example.\"\nkind = \"system\"\n{}{}{}",
        id.to_uppercase(),
        figure("Residents", &format!("values = {residents:?}"), "people"),
        figure("Need", &format!("value = {need:?}"), "visits"),
        figure("Allocation", &format!("value = {allocation:?}"), "pounds")
    );
    Text::new(&format!("{id}.toml"), &text)
}

/// The study of one place; `here` has 400 residents and 1,000 pounds a year, `there` as many and 3,000.
pub(super) fn till() -> StudyTexts {
    let card = "[card]\nschema = 1\nid = \"A01\"\nname = \"A\"\ndescription = \"An example.\"\ndomain = \"housing\"\n\
        target_group = \"All\"\npayer = \"NHS\"\ngains = \"NHS\"\nroute = \"relative risk\"\nunit_of_delivery = \"starts\"\n\
        [\"Comes of it[A01]\"]\nvalue = 1\ndistribution = \"fixed\"\nunit = \"parts\"\ngrade = \"C\"\n\
        source = \"wellspring-judgement\"\n";
    let system = "[system]\nschema = 1\nid = \"till\"\nname = \"Till\"\ndescription = \"An example.\"\n\
        [\"Parts\"]\nvalue = 1\nunit = \"parts\"\ngrade = \"C\"\nsource = \"wellspring-judgement\"\n";
    StudyTexts {
        scenario: Text::new("till.toml", SCENARIO),
        model: Text::new("till.mdl", MODEL),
        accounts: Text::new("accounts.toml", ACCOUNTS),
        evidence: vec![
            Text::new("system.toml", system),
            place("here", [100.0, 300.0], 10.0, 1_000.0),
            place("there", [200.0, 200.0], 30.0, 3_000.0),
            Text::new("A01.toml", card),
        ],
        sources: Shipped::text(&SOURCES),
        deflators: Shipped::text(&DEFLATORS),
    }
}

/// A text with something else in place of `old`, which is in it once.
pub(super) fn patched(text: &mut Text, old: &str, new: &str) {
    assert_eq!(text.content.matches(old).count(), 1, "`{old}` in {}", text.file);
    *text = Text::new(&text.file, &text.content.replace(old, new));
}

pub(super) fn study(texts: &StudyTexts) -> Study {
    match prepare(texts, &Overrides::default()) {
        Ok((study, _)) => study,
        Err(found) => panic!("{}", render_text(&found, &texts.diagnostic_sources(), false)),
    }
}

pub(super) fn findings(texts: &StudyTexts) -> Findings {
    study(texts).run(&|_| {})
}

/// The mean of each year of a series in money of the base year, or of no money.
pub(super) fn means(
    found: &Findings,
    strategy: usize,
    comparator: Comparator,
    outcome: &str,
    group: &str,
    payer: &str,
) -> Vec<f64> {
    let of = |money| found.find(Some(strategy), comparator, outcome, group, payer, money);
    let series = of(PriceBase::Real).or_else(|| of(PriceBase::None));
    let series = series.unwrap_or_else(|| panic!("no {outcome} of `{group}{payer}`"));
    series.years.iter().map(|year| year.mean.value).collect()
}

pub(super) fn mean(found: &Findings, strategy: usize, outcome: &str, group: &str) -> f64 {
    let measure = found.measure(strategy, Comparator::Twin, outcome, group);
    measure.unwrap_or_else(|| panic!("no {outcome} of {group}")).estimate(Statistic::Mean).unwrap().value
}

pub(super) fn close(found: &[f64], by_hand: &[f64]) {
    assert_eq!(found.len(), by_hand.len());
    let near = |(found, by_hand): (&f64, &f64)| (found - by_hand).abs() <= 1e-9 * by_hand.abs().max(1.0);
    assert!(found.iter().zip(by_hand).all(near), "{found:?} instead of {by_hand:?}");
}

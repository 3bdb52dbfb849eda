//! What a finance director sets by names of his own: each moves the constant that the accounts give for it.

use engine::structure::Rule;
use wellspring::appraisal::findings::{Comparator, Findings, PriceBase};
use wellspring::study::{Overrides, StudyTexts, prepare};

use crate::support::{Central, CentralRun, findings, patched, scalars, shipped, with_strategies};

fn with(finance: &str) -> StudyTexts {
    let mut texts = shipped();
    texts.scenario = patched(&texts.scenario, "[levers]\n", &format!("[finance]\n{finance}\n\n[levers]\n"));
    texts
}

#[test]
fn each_name_sets_its_constant_in_every_element() {
    let finance = "allocation = 6e9\nreal_growth = 0.01\ndeficit = 2e8\nefficiency = 0.015\ncost_growth = 0.02";
    let (study, _) = prepare(&with(finance), &Overrides { draws: Some(1), ..Overrides::default() }).unwrap();
    for (constant, expected) in [
        ("NHS allocation in plan year 1", 6e9),
        ("Real growth of allocation", 0.01),
        ("NHS deficit at start", 2e8),
        ("Efficient savings a year", 0.015),
        ("Real growth of unit cost", 0.02),
    ] {
        let structure = &study.places[0].structure;
        for scalar in scalars(structure, constant) {
            assert_eq!(structure.scalars[scalar.0 as usize].rule, Rule::Constant(expected), "{constant}");
            // What is set is not drawn.
            assert!(study.places[0].draw(0).iter().all(|(drawn, _)| *drawn != scalar), "{constant}");
        }
    }
}

#[test]
fn a_name_that_nobody_knows_and_one_that_a_lever_sets_too_are_told() {
    let errors = prepare(&with("defecit = 0\nrecovery_years = 5"), &Overrides::default()).unwrap_err();
    let told: Vec<String> = errors.iter().map(|one| format!("{} {}", one.message, one.hints.join(" "))).collect();
    assert!(
        told.iter().any(|one| one == "`defecit` is nothing that `[finance]` sets did you mean `deficit`?"),
        "{told:?}"
    );
    // The shipped scenario has the years of recovery among its levers.
    let twice = "`recovery_years` sets `Deficit recovery years`, and so does `[levers]` keep one of the two";
    assert!(told.iter().any(|one| one == twice), "{told:?}");
}

fn central(finance: &str) -> CentralRun {
    let mut run = Central::of_texts(&with(finance));
    run.set("Plan switched on", 0.0).set("Effects on", 0.0);
    run.until(5.0).run()
}

#[test]
fn pay_awards_raise_cost_by_the_share_that_is_pay() {
    let (plain, paid) = (central("efficiency = 0.02"), central("pay_award = 0.02\npay_share = 0.5"));
    // Five years of 2 % on half of the cost: e^0.05 dearer.
    let dearer = paid.at("Service cost[NHS mental health]", 5.0) / plain.at("Service cost[NHS mental health]", 5.0);
    assert!((dearer - 0.05_f64.exp()).abs() < 1e-3, "{dearer}");
    assert!(paid.at("NHS deficit in the year", 5.0) > plain.at("NHS deficit in the year", 5.0));
}

#[test]
fn a_council_budget_that_is_known_is_set_against_what_its_services_cost() {
    let run = central("looked_after_children_budget = 3e8\ncouncil_real_growth = 0.01");
    let cost = run.at("Service cost[Childrens services]", 4.0);
    let budget = 3e8 * 0.035_f64.exp();
    let over = run.at("Over budget[Childrens services]", 4.0);
    assert!((over - (cost - budget)).abs() < 1e-6 * cost, "{over} of {cost} and {budget}");
    // Of those that are not known nothing is said.
    assert_eq!(run.at("Over budget[Adult social care]", 4.0), 0.0);
}

#[test]
fn inflation_moves_cash_and_nothing_real() {
    let found = |finance: &str| findings(&with(finance), 2);
    let (plain, dear) = (found("efficiency = 0.02"), found("efficiency = 0.02\ninflation = 0.05"));
    let spent = |found: &Findings, prices, year: usize| {
        found.find(Some(0), Comparator::Level, "programme-spending", "", "", prices).unwrap().years[year].mean.value
    };
    for year in [0, 9] {
        let real = spent(&plain, PriceBase::Real, year);
        assert_eq!(spent(&dear, PriceBase::Real, year), real);
        let level = 1.05_f64.powi(year as i32 + 1);
        assert!((spent(&dear, PriceBase::Nominal, year) / real - level).abs() < 1e-9, "{year}");
        assert!(spent(&plain, PriceBase::Nominal, year) < spent(&dear, PriceBase::Nominal, year));
    }
}

#[test]
fn a_mapped_budget_sets_what_each_payer_pays_in_and_how_it_divides() {
    let mut texts = with_strategies("", &[("mapped", "\"Ring fence strength\" = 1")]);
    let start = texts.scenario.content.find("\"Programme share[").unwrap();
    let end = texts.scenario.content.rfind("\"Programme share[").unwrap();
    let end = end + texts.scenario.content[end..].find('\n').unwrap();
    let shares = texts.scenario.content[start..end].to_owned();
    texts.scenario = patched(&texts.scenario, &shares, "");
    texts.scenario = patched(&texts.scenario, "[[shares]]\nconstants = \"Programme share\"\ntotal = 1.0\n", "");
    let budget = "[[budget_line]]\nname = \"Warm homes\"\nprogramme = \"H01\"\nclass = \"secondary\"\npayer = \"Housing and public health\"\namount = 6000000\n\n\
                  [[budget_line]]\nprogramme = \"L08\"\npayer = \"NHS commissioner\"\namount = 2000000\n\n[[strategy]]";
    texts.scenario = patched(&texts.scenario, "[[strategy]]", budget);
    let found = findings(&texts, 2);
    let level = |ledger: &str, group: &str, payer: &str| {
        found.find(Some(0), Comparator::Level, ledger, group, payer, PriceBase::Real).unwrap().years[5].mean.value
    };
    assert!((level("contributions", "", "Housing and public health") - 6e6).abs() < 1.0);
    assert!((level("contributions", "", "NHS commissioner") - 2e6).abs() < 1.0);
    let (homes, pressure) = (level("programme-spending", "H01", ""), level("programme-spending", "L08", ""));
    assert!(homes > 4e6 && homes < 8.1e6 && pressure > 0.0, "{homes} and {pressure}");
}

#[test]
fn real_amounts_are_told_in_the_prices_that_are_asked_for_and_cash_stays() {
    let told = |text: &str| {
        let mut texts = with_strategies("", &[("growth", "\"Top slice share of the NHS budget\" = 0.01")]);
        texts.scenario = patched(&texts.scenario, "horizon_years = 10\n", &format!("horizon_years = 10\n{text}\n"));
        findings(&texts, 2)
    };
    let (base, later) = (told(""), told("price_base = \"2026/27\""));
    // The deflator of 2026/27 is 104.959 with 100 in the base year.
    let level = 1.04959;
    let near = |one: f64, other: f64| assert!((one / other - 1.0).abs() < 1e-9, "{one} and {other}");
    let year = |found: &Findings, comparator, outcome: &str, group: &str, prices| {
        found.find(Some(0), comparator, outcome, group, "", prices).unwrap().years[4].mean.value
    };
    let spent = |found: &Findings, prices| year(found, Comparator::Level, "programme-spending", "", prices);
    near(spent(&later, PriceBase::Real), level * spent(&base, PriceBase::Real));
    near(spent(&later, PriceBase::Nominal), spent(&base, PriceBase::Nominal));
    let net = |found: &Findings, group: &str, prices| year(found, Comparator::Twin, "net", group, prices);
    near(net(&later, "cash", PriceBase::Nominal), net(&base, "cash", PriceBase::Nominal));
    // Society holds QALYs at 70,000 pounds of the base year, which are 73,471 now, to the pound.
    let society = net(&later, "social", PriceBase::Real) / net(&base, "social", PriceBase::Real);
    assert!((society - level).abs() < 1e-4, "{society}");
    let cost = |found: &Findings| {
        let measure = found.measure(0, Comparator::Twin, "lifetime-cost-per-qaly", "social").unwrap();
        measure.estimate(wellspring::appraisal::statistic::Statistic::Mean).unwrap().value
    };
    near(cost(&later), level * cost(&base));
    let health = |found: &Findings| {
        let measure = found.measure(0, Comparator::DoNothing, "net-qalys", "").unwrap();
        measure.estimate(wellspring::appraisal::statistic::Statistic::Mean).unwrap().value
    };
    assert_eq!(health(&later), health(&base));
    assert_eq!((base.base_year, later.base_year), (2024, 2026));
}

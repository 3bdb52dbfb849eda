//! What an answer is told beside: other costs of a displaced QALY, other aversions, structure apart, each budget by itself. Each of them is
//! held against another way of getting the same number.

use wellspring::appraisal::apart::{ALL_STRUCTURE, SHARE_OF_SPREAD, highest_third, lowest_third};
use wellspring::appraisal::findings::{Comparator, Findings, PriceBase};
use wellspring::appraisal::key::{NET, ORGANISATION_NET};
use wellspring::appraisal::measure::at_the_margin::{NET_QALYS_AT, at_cost};
use wellspring::appraisal::measure::equal_health::{EQUAL_HEALTH, EQUITY_WEIGHTED, HEALTH_EXPECTANCY};
use wellspring::appraisal::measure::lifetime::NET_SOCIAL_BENEFIT;
use wellspring::appraisal::measure::net_health::NET_QALYS;
use wellspring::appraisal::statistic::Statistic;

use crate::support::{Central, findings, patched, shipped, with_strategies};

const GROWTH: &str = "\"Top slice share of the NHS budget\" = [{ from = 1, value = 0.01, ramp_years = 2 }]\n\
                      \"Share of top slice from growth\" = 1\n\"Ring fence strength\" = 1";

fn mean(found: &Findings, comparator: Comparator, outcome: &str, group: &str) -> f64 {
    let measure = found.measure(0, comparator, outcome, group).unwrap_or_else(|| panic!("{outcome} of `{group}`"));
    measure.estimate(Statistic::Mean).unwrap().value
}

fn near(one: f64, other: f64, within: f64) {
    assert!((one - other).abs() <= within * other.abs().max(1.0), "{one} and {other}");
}

/// A ledger over the horizon, mean over draws, of all payers or of one.
fn total(found: &Findings, comparator: Comparator, ledger: &str, payer: &str, prices: PriceBase) -> f64 {
    let series =
        found.find(Some(0), comparator, ledger, "", payer, prices).unwrap_or_else(|| panic!("{ledger} of `{payer}`"));
    series.years.iter().map(|year| year.mean.value).sum()
}

#[test]
fn at_a_stated_cost_the_answer_is_that_of_a_study_that_draws_no_other() {
    let cost = "\"Cost per displaced QALY\" = 20000\n\"Cost per displaced QALY of councils\" = 20000\n\
                \"Contribution to pooled fund[Childrens services]\" = 0.01";
    let found = findings(&with_strategies(cost, &[("growth", GROWTH)]), 6);
    let at = |outcome: &str, group: &str| mean(&found, Comparator::DoNothing, outcome, group);
    near(at(NET_QALYS_AT, &at_cost(20_000.0)), at(NET_QALYS, ""), 1e-9);
    near(at(NET_SOCIAL_BENEFIT, &format!("social, {}", at_cost(20_000.0))), at(NET_SOCIAL_BENEFIT, "social"), 1e-9);
    // Dearer health is less health lost; and the money is the same, so that differences go with 1 / cost.
    let net = [15_000.0, 20_000.0, 30_000.0].map(|cost| at(NET_QALYS_AT, &at_cost(cost)));
    assert!(net[0] < net[1] && net[1] < net[2], "{net:?}");
    near((net[1] - net[0]) / (net[2] - net[0]), (1.0 / 15.0 - 1.0 / 20.0) / (1.0 / 15.0 - 1.0 / 30.0), 1e-9);
}

#[test]
fn without_aversion_equal_health_is_net_health_and_aversion_favours_what_the_deprived_gain() {
    let mut texts = with_strategies("\"Gradient of displaced health\" = 0", &[("growth", GROWTH)]);
    texts.scenario = patched(&texts.scenario, "\"Targeting gradient\" = 0", "\"Targeting gradient\" = 2");
    let found = |equity: &str| {
        let mut texts = texts.clone();
        texts.scenario = patched(&texts.scenario, "[levers]\n", &format!("[equity]\n{equity}\n\n[levers]\n"));
        findings(&texts, 6)
    };
    let of = |found: &Findings, outcome: &str, group: &str| mean(found, Comparator::DoNothing, outcome, group);
    let indifferent = found("atkinson = 0\nkolm = 0");
    let net = of(&indifferent, NET_QALYS, "");
    near(of(&indifferent, EQUAL_HEALTH, "Atkinson 0"), net, 1e-6);
    near(of(&indifferent, EQUAL_HEALTH, "Kolm 0"), net, 1e-6);
    near(of(&indifferent, EQUITY_WEIGHTED, "Atkinson 0"), net, 1e-9);
    // Losses fall alike by heads here and gains go to the deprived.
    let averse = found("atkinson = 10.95\nkolm = 0.15");
    assert!(
        of(&averse, EQUAL_HEALTH, "Atkinson 10.95") > net + 1.0 && of(&averse, EQUAL_HEALTH, "Kolm 0.15") > net + 1.0
    );
    // Gains are small beside lives, so weights and equal shares agree closely.
    near(of(&averse, EQUITY_WEIGHTED, "Atkinson 10.95"), of(&averse, EQUAL_HEALTH, "Atkinson 10.95"), 0.02);
    // Weights of the scenario: once more what the most deprived fifth gains.
    let weighed = found("weights = [2, 1, 1, 1, 1]");
    let most_deprived = of(&weighed, "net-qalys-per-1000", "Q1");
    let once_more = of(&weighed, EQUITY_WEIGHTED, "weights of the scenario") - net;
    assert!(once_more > 0.0 && most_deprived > 0.0, "{once_more} and {most_deprived}");
}

#[test]
fn health_expectancy_by_fifth_is_that_published() {
    // England 2017-18, at birth: Schneider, Love-Koh and others, behind Love-Koh and others (PharmacoEconomics 2023).
    let published = [62.21, 65.49, 69.55, 71.11, 73.29];
    let found = findings(&with_strategies("", &[("growth", GROWTH)]), 2);
    for (group, published) in ["Q1", "Q2", "Q3", "Q4", "Q5"].into_iter().zip(published) {
        near(mean(&found, Comparator::Level, HEALTH_EXPECTANCY, group), published, 0.015);
    }
}

#[test]
fn structure_is_told_apart_and_effects_that_last_longer_gain_more() {
    let found = findings(&with_strategies("", &[("growth", GROWTH)]), 150);
    let of = |outcome: &str, group: &str| {
        let one = found.structure.iter().find(|one| one.outcome == outcome && one.group == group);
        one.unwrap_or_else(|| panic!("{group}")).estimate(Statistic::Mean).unwrap()
    };
    let share = of(SHARE_OF_SPREAD, ALL_STRUCTURE);
    assert!((0.05..0.95).contains(&share.value) && share.error < 0.1, "{share:?}");
    for (label, rises) in [
        ("Scale of half lives", true),
        ("Cost per displaced QALY", true),
        ("Care of survivors against residents", false),
    ] {
        let (low, high) = (of(NET_QALYS, &lowest_third(label)).value, of(NET_QALYS, &highest_third(label)).value);
        assert_eq!(high > low, rises, "{label}: {low} and {high}");
    }
    // With few draws nothing is told.
    assert!(findings(&with_strategies("", &[("growth", GROWTH)]), 20).structure.is_empty());
}

#[test]
fn the_scale_of_half_lives_is_that_of_the_cards() {
    let run = |scale: f64, cards: f64| {
        let mut run = Central::plan();
        run.set("Scale of half lives", scale).scale("Half life", cards).scale("Benefit half life", cards);
        let run = run.until(10.0).run();
        ["QALYs gained", "QALYs to come", "Service cost"].map(|label| run.at(label, 10.0))
    };
    for (scaled, card) in run(2.0, 1.0).into_iter().zip(run(1.0, 2.0)) {
        near(scaled, card, 1e-9);
    }
}

#[test]
fn what_each_organisation_has_adds_up_to_savings_less_what_is_paid_in() {
    let levers = format!(
        "{GROWTH}\n\"Contribution to pooled fund[Childrens services]\" = 0.01\n\"Share of realised savings reinvested\" = 0.5"
    );
    let found = findings(&with_strategies("", &[("growth", &levers)]), 5);
    let net = |organisation: &str| {
        let series = found.find(Some(0), Comparator::Twin, ORGANISATION_NET, organisation, "", PriceBase::Nominal);
        series.unwrap().years.iter().map(|year| year.mean.value).sum::<f64>()
    };
    let all: f64 = found.organisations.iter().map(|one| net(&one.id)).sum();
    let nominal = PriceBase::Nominal;
    let saved = -total(&found, Comparator::Twin, "service-cost", "", nominal);
    let paid = total(&found, Comparator::Level, "paid-in", "", nominal);
    near(all, saved - paid, 1e-9);
    let own = -total(&found, Comparator::Twin, "service-cost", "Childrens services", nominal)
        - total(&found, Comparator::Level, "paid-in", "Childrens services", nominal);
    near(net("childrens-services"), own, 1e-9);
    // Who pays in gives to the plan what is neither lent nor handed back: without loans all that is moved, raided or not, and savings.
    let of = |ledger: &str| total(&found, Comparator::Level, ledger, "", PriceBase::Real);
    near(of("paid-in"), of("money-offered") + of("reinvested") - of("raided") - of("handed-back"), 1e-9);
    // Cash counts what is spent in the year, an organisation what it has paid in: over time the same but for what lies in funds.
    let cash = found.find(Some(0), Comparator::Twin, NET, "cash", "", nominal).unwrap();
    assert!(cash.years.iter().map(|year| year.mean.value).sum::<f64>() < 0.0 && all < 0.0);
}

#[test]
fn a_ramp_moves_the_same_money_whatever_the_step() {
    let texts = with_strategies("", &[("growth", GROWTH)]);
    let at = |step: &str| {
        let mut texts = texts.clone();
        texts.model = patched(&texts.model, "TIME STEP=\n\t0.0625", &format!("TIME STEP=\n\t{step}"));
        total(&findings(&texts, 1), Comparator::Level, "money-offered", "", PriceBase::Real)
    };
    // What is left is the growth of the allocation within a step: 3 % a year over half a sixteenth, three quarters of it.
    near(at("0.0625"), at("0.015625"), 1e-3);
}

#[test]
fn the_shipped_answer_is_told_with_all_of_these() {
    let found = findings(&shipped(), 3);
    for strategy in 0..found.strategies.len() {
        for (comparator, outcome, group) in [
            (Comparator::DoNothing, NET_QALYS_AT, at_cost(15_000.0)),
            (Comparator::DoNothing, EQUAL_HEALTH, "Atkinson 10.95".to_owned()),
            (Comparator::DoNothing, EQUITY_WEIGHTED, "Atkinson 10.95".to_owned()),
        ] {
            assert!(found.measure(strategy, comparator, outcome, &group).is_some(), "{outcome} of {strategy}");
        }
    }
    let ids: Vec<&str> = found.organisations.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["nhs", "adult-social-care", "childrens-services", "housing-and-public-health", "others"]);
}

//! One place, two strategies: what is paid, what comes back, and what the twin is for.

use super::till::{close, findings, mean, means, patched, study, till};
use crate::appraisal::findings::Comparator::{Financing, Level, Twin};
use crate::appraisal::findings::FaultFinding;
use crate::study::StudyTexts;

#[test]
fn what_is_paid_and_what_comes_back() {
    let found = findings(&till());
    assert!(found.faults.is_empty() && found.draws_left_out == 0);
    assert_eq!((found.horizon, found.draws, found.runs, found.share), (2, 2, 10, 1.0));
    // A share: 4 % of 1,000 pounds. A sum: 16 pounds, then 8.
    close(&means(&found, 0, Level, "paid", "", ""), &[40.0, 40.0]);
    close(&means(&found, 1, Level, "paid", "", ""), &[16.0, 8.0]);
    // Half comes back to the NHS, a quarter to the council.
    close(&means(&found, 0, Twin, "bill", "", "NHS"), &[-20.0, -20.0]);
    close(&means(&found, 0, Twin, "bill", "", "Council"), &[-10.0, -10.0]);
    close(&means(&found, 1, Twin, "bill", "", ""), &[-12.0, -6.0]);
    close(&means(&found, 0, Financing, "bill", "", ""), &[0.0, 0.0]);
    close(&means(&found, 0, Twin, "net", "cash", ""), &[-10.0, -10.0]);
    // A fortieth of a visit less for each pound, in each fifth.
    close(&means(&found, 0, Twin, "demand", "Visits, Q2", ""), &[-1.0, -1.0]);
    // 20 visits without it.
    close(&means(&found, 0, Twin, "demand-change", "Visits", ""), &[-10.0, -10.0]);
    close(&means(&found, 1, Twin, "demand-change", "Visits", ""), &[-4.0, -2.0]);
    // What happens of it is told with it: here every visit.
    let happens = found.needs[0].happens.as_ref().unwrap();
    assert_eq!(
        (&*happens.ledger, &*happens.name, happens.change()),
        ("seen", "Visits that happen", "seen-change".to_owned())
    );
    close(&means(&found, 0, Twin, &happens.change(), "", ""), &[-10.0, -10.0]);
    assert_eq!([0, 1, 2].map(|year| found.year_label(year)), ["2024/25", "2025/26", "2026/27"]);
    // 100 and 300 people have an 8,000th of a QALY for each pound: 0.5 and 1.5 of 40 pounds.
    close(&means(&found, 0, Twin, "health", "Q1", ""), &[0.5, 0.5]);
    close(&means(&found, 0, Twin, "health", "", ""), &[2.0, 2.0]);
    // Money of the second year counts 1/1.25 = 0.8, health 1/1.6 = 0.625: -10 - 8, and 3.25 QALYs at 1,000 pounds.
    close(&[mean(&found, 0, "net-present-value", "cash")], &[-18.0]);
    close(&[mean(&found, 0, "net-present-value", "social")], &[3_232.0]);
    close(&[mean(&found, 0, "cost-per-qaly", "social")], &[18.0 / 3.25]);
    // Everybody has as much: 4 QALYs for 400 people, no slope.
    assert!(mean(&found, 0, "slope-index", "health").abs() < 1e-12);
}

#[test]
fn three_strategies_are_ranked_in_any_number_of_draws() {
    let mut texts = till();
    let third =
        "[[strategy]]\nid = \"none\"\nname = \"None\"\nwhy = \"A test.\"\n[strategy.levers]\n\"Partner money\" = 0\n";
    patched(&mut texts.scenario, "[[strategy]]\nid = \"sum\"", &format!("{third}[[strategy]]\nid = \"sum\""));
    patched(&mut texts.scenario, "draws = 2", "draws = 3");
    let found = findings(&texts);
    let why: Vec<_> = found.strategies.iter().map(|one| one.nothing_spent.as_deref()).collect();
    assert_eq!(why, [None, Some("the plan was given no money, or no programme a share of it"), None]);
    // A quarter of 80, of nothing and of 24 pounds is lost: the one who pays nothing leads.
    let cash = found.rankings.iter().find(|one| one.outcome == "net-at-horizon").unwrap();
    assert_eq!((cash.decision.leader, cash.pairs.len()), (1, 3));
    close(&cash.pairs.iter().map(|pair| pair.comparison.difference).collect::<Vec<_>>(), &[-20.0, -14.0, 6.0]);
}

#[test]
fn a_plan_is_told_each_year_what_its_twin_has_cost_by_then() {
    let found = findings(&till());
    // The twin of either plan pays 100 pounds a year and gets nothing back. From the base year on that is 100, 200 and 300 as
    // the years end, told to the plan at once, and to nobody else.
    for strategy in [0, 1] {
        close(&means(&found, strategy, Level, "told", "", "NHS"), &[200.0, 300.0]);
        close(&means(&found, strategy, Level, "told", "", ""), &[400.0, 600.0]);
        close(&means(&found, strategy, Financing, "told", "", ""), &[0.0, 0.0]);
    }
}

#[test]
fn a_draw_with_a_value_that_is_no_number_counts_nowhere() {
    let mut texts = till();
    // Parts of 0 or 1, the one as likely as the other, of which the draws of this seed have both; what is paid is divided by
    // them. Nought parts are no number.
    patched(
        &mut texts.evidence[0],
        "[\"Parts\"]\nvalue = 1\n",
        "[\"Parts\"]\nvalue = 1\nlow = 1\nhigh = 1\ndistribution = \"uniform\"\np_null = 0.5\nnothing = 0\n",
    );
    patched(&mut texts.scenario, "draws = 2", "draws = 8");
    let found = findings(&texts);
    assert!(found.draws_left_out > 0 && found.draws_left_out < 8, "{}", found.draws_left_out);
    close(&means(&found, 0, Level, "paid", "", ""), &[40.0, 40.0]);
    close(&[mean(&found, 0, "net-at-horizon", "cash")], &[-20.0]);
    let wrong = found.faults.iter().filter(|fault| fault.variable == "Paid[A01]" && fault.arm == "A share");
    assert_eq!(wrong.map(|fault| fault.runs).collect::<Vec<_>>(), [found.draws_left_out]);
}

#[test]
fn an_audit_that_fails_is_a_fault_of_its_runs() {
    let mut texts = till();
    patched(&mut texts.scenario, "value = 0.04", "value = 0.6");
    let found = findings(&texts);
    let reported: Vec<_> =
        found.faults.iter().map(|one| (&*one.variable, &*one.arm, one.audit, one.runs, one.time)).collect();
    // Twin and plan both pay more than half, from the first plan year on.
    assert_eq!(reported, [("Audit", "A share (twin)", true, 2, 0.0), ("Audit", "A share", true, 2, 0.0)]);
    assert_eq!((found.faults[0].value, found.faults[0].first_draw, &*found.faults[0].place), (1.0, 0, "here"));
}

/// Of what is offered half is paid and half is left, and what is moved is more than what is offered by the part of a slip.
fn balanced(slip: f64) -> StudyTexts {
    let mut texts = till();
    let money = format!(
        "Offered= Plan on*Under way*(Share paid*Allocation + Partner money) ~ GBP/Year ~|\n\
         Moved= Offered*(1 + Slip) ~ GBP/Year ~|\nSlip= {slip:?} ~ Dmnl ~|\nLeft= Offered/2 ~ GBP/Year ~|\nParts= 1"
    );
    patched(&mut texts.model, "Parts= 1", &money);
    patched(&mut texts.evidence[0], "[\"Parts\"]\nvalue = 1", "[\"Parts\"]\nvalue = 2");
    let ledger = |id: &str, kind: &str, variable: &str| {
        format!(
            "[[ledger]]\nid = \"{id}\"\nname = \"{variable}\"\nkind = \"{kind}\"\nvariable = \"{variable}\"\nmeasure = \"flow\"\nunit = \"GBP\"\n"
        )
    };
    let ledgers = [
        ledger("moved", "other", "Moved"),
        ledger("offered", "source", "Offered"),
        ledger("left", "underspend", "Left"),
        "[plan_money]\nmoved = \"moved\"\nsources = [\"offered\"]\nuses = [\"paid\", \"left\"]\n[[loop]]".to_owned(),
    ];
    patched(&mut texts.accounts, "[[loop]]", &ledgers.concat());
    texts
}

#[test]
fn what_is_moved_is_what_is_offered_but_for_rounding() {
    let faults = |texts: &StudyTexts| {
        let found = findings(texts);
        let reported = found
            .faults
            .iter()
            .map(|one| (one.variable.clone(), one.arm.clone(), one.audit, one.runs, one.time, one.value));
        reported.collect::<Vec<_>>()
    };
    assert!(faults(&balanced(0.0)).is_empty());
    // Of 40 pounds on either side a billionth of 80 may be lost by rounding: 1.5 billionths of 40 are less, 3 are more.
    assert!(faults(&balanced(1.5e-9)).is_empty());
    let lost = faults(&balanced(3e-9));
    // Both plans and their twins, at the end of the first plan year.
    let arms: Vec<&str> = lost.iter().map(|one| one.1.as_str()).collect();
    assert_eq!(arms, ["A share (twin)", "A share", "A sum (twin)", "A sum"]);
    for (variable, _, audit, runs, time, _) in &lost {
        assert_eq!((variable.as_str(), *audit, *runs, *time), ("Money moved, against its sources", false, 2, 1.0));
    }
    assert!((lost[1].5 - 1.2e-7).abs() < 1e-12 && (lost[3].5 - 4.8e-8).abs() < 1e-12, "{lost:?}");
    // What is left is told as half of it: were it more, the plan's money would not be what becomes of it.
    let mut texts = balanced(0.0);
    patched(&mut texts.model, "Left= Offered/2", "Left= Offered/4");
    let lost = faults(&texts);
    assert_eq!((lost.len(), &*lost[0].0), (4, "Money of the plan, against its uses"));
    close(&[lost[1].5, lost[3].5], &[10.0, 4.0]);
}

#[test]
fn a_lever_has_its_number_of_every_run_until_a_strategy_sets_it_and_its_last_to_the_end() {
    let mut texts = till();
    patched(&mut texts.scenario, "horizon_years = 2", "horizon_years = 4");
    patched(&mut texts.scenario, "[discounting]", "[levers]\n\"Share paid\" = 0.01\n[discounting]");
    patched(
        &mut texts.scenario,
        "[{ from = 1, value = 0.04 }]",
        "[{ from = 2, value = 0.03 }, { from = 4, value = 0.04 }]",
    );
    let found = findings(&texts);
    close(&means(&found, 0, Level, "paid", "", ""), &[10.0, 30.0, 30.0, 40.0]);
    // The other strategy says nothing of it: 10 pounds beside 16, and then 8, of the partner.
    close(&means(&found, 1, Level, "paid", "", ""), &[26.0, 18.0, 18.0, 18.0]);
}

#[test]
fn why_nothing_is_spent_is_told_by_what_became_of_the_money() {
    let why = |kind: &str, left: &str| {
        let mut texts = balanced(0.0);
        patched(&mut texts.model, "Partner money)/Parts", "Partner money)/Parts*0");
        patched(&mut texts.model, "Left= Offered/2", &format!("Left= {left}"));
        patched(&mut texts.accounts, "kind = \"underspend\"", &format!("kind = \"{kind}\""));
        let found = findings(&texts);
        found.strategies.iter().map(|one| one.nothing_spent.clone().unwrap_or_default()).collect::<Vec<_>>()
    };
    let unspent =
        "none of the money could be spent: no programme with a share of it has people, staff or time to start";
    assert_eq!(why("underspend", "Offered"), [unspent; 2]);
    assert_eq!(why("raid", "Offered"), ["all of the money was taken back under pressure"; 2]);
    let never = "the plan was given no money, or no programme a share of it";
    assert_eq!(why("underspend", "0*Offered"), [never; 2]);
    // What is left of the share alone is no reason of the other strategy.
    assert_eq!(why("underspend", "Plan on*Under way*Share paid*Allocation"), [unspent, never]);
}

#[test]
fn a_fault_is_told_of_the_draw_in_which_it_is_first() {
    let mut texts = till();
    patched(
        &mut texts.evidence[3],
        "value = 1\ndistribution = \"fixed\"",
        "value = 1\nlow = 0.5\nhigh = 1.5\ndistribution = \"uniform\"",
    );
    patched(&mut texts.scenario, "draws = 2", "draws = 70");
    // More comes of it than nine tenths of what may.
    patched(&mut texts.model, "IF THEN ELSE(Share paid > 0.5, 1, 0)", "IF THEN ELSE(Comes of it[A01] > 1.4, 1, 0)");
    let one = study(&texts);
    let wrong: Vec<u64> = (0..70).filter(|draw| one.places[0].draw(*draw)[0].1 > 1.4).collect();
    let reported = |faults: &[FaultFinding]| faults.iter().map(|one| (one.runs, one.first_draw)).collect::<Vec<_>>();
    assert!(wrong[0] > 1, "{wrong:?}");
    let found = findings(&texts);
    assert_eq!(reported(&found.faults), vec![(wrong.len() as u64, wrong[0]); 5]);
    assert!(found.places.is_empty());
    let cut = one.only(0).unwrap().cut_loops(&|_| {});
    assert_eq!(reported(&cut.faults), vec![(wrong.len() as u64, wrong[0]); 3]);
    assert_eq!((&*cut.need, cut.tally.unaccounted), ("Need for a visit", wrong.len() as u64));
}

//! One place, two strategies: what is paid, what comes back, and what the twin is for.

use super::till::{close, findings, mean, means, patched, till};
use crate::appraisal::findings::Comparator::{Financing, Level, Twin};

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

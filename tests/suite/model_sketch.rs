//! The shipped model beside an independent sketch of the same structure: the same questions, so that a factor of ten shows.

use crate::support::{Central, CentralRun};
use crate::validation_page::{compare_table, millions, percent, whole};

/// The portfolio of the tests, with a hundredth of the budget from outside, so that no care is cut for it, all protected.
fn plan() -> Central {
    let mut plan = Central::new();
    plan.set("Partner contribution", 54e6).set("Ring fence strength", 1.0).save_every(0.0625);
    plan
}

/// What a plan has spent, released in cash of all payers, and gained in health, against the same money without effect.
struct Account {
    spent: f64,
    cash: f64,
    health: f64,
}

fn account(plan: &Central, run: &CentralRun, time: f64) -> Account {
    let twin = plan.clone().set("Effects on", 0.0).run();
    // Payers of the place: the other three come last in the range.
    let cost = |run: &CentralRun| {
        let all = run.at("Cumulative service cost", time);
        let others: f64 = ["Education", "Justice", "Work and pensions"]
            .iter()
            .map(|payer| run.at(&format!("Cumulative service cost[{payer}]"), time))
            .sum();
        all - others
    };
    Account {
        spent: run.at("Cumulative programme spending", time),
        cash: cost(&twin) - cost(run),
        health: run.at("Cumulative QALYs gained", time) - twin.at("Cumulative QALYs gained", time),
    }
}

/// Emergency admissions avoided in plan year 10, before freed beds refill, as a share of those expected.
fn emergency_need(run: &CentralRun) -> f64 {
    let year = |label: &str| run.sum(label)[run.row(9.0)..run.row(10.0)].iter().sum::<f64>();
    -year("Avoided[Emergency admissions,Quintile]") / year("Reference activity[Emergency admissions,Quintile]")
}

#[test]
fn the_scale_of_the_model_is_that_of_an_independent_sketch() {
    let mut rows = Vec::new();
    let mut row = |what: &str, sketch: &str, model: String| rows.push(vec![what.to_owned(), sketch.to_owned(), model]);

    let universal = plan();
    let run = universal.run();
    let need = emergency_need(&run);
    assert!((-0.005..-0.0002).contains(&need), "emergency need {need}");
    row("emergency need in year 10, whoever is eligible", "-0.1 %", percent(need, 2));
    let mut risky = plan();
    risky.scale("Target group rate[Emergency admission]", 10.0);
    let tenfold = emergency_need(&risky.run());
    assert!((4.0..=11.0).contains(&(tenfold / need)), "tenfold risk gives {tenfold} for {need}");
    row("the same, the reached at ten times the risk", "-1.2 %", percent(tenfold, 1));

    let mut cash = Vec::new();
    for backfill in [0.0, 0.5, 1.0] {
        let mut plan = plan();
        plan.set("Backfill", backfill).set("Delays for want of social care", 0.0);
        let run = plan.run();
        let account = account(&plan, &run, 10.0);
        let direct = run.at("Cumulative QALYs gained", 10.0)
            - run.sum("Backfill QALYs")[..run.row(10.0)].iter().sum::<f64>() / 16.0;
        cash.push((backfill, account.cash, run.at("Beds closed by prevention", 10.0), direct));
    }
    assert!(cash[0].1 > cash[1].1 && cash[1].1 > cash[2].1, "{cash:?}");
    // The health of the people protected does not depend on who takes their beds.
    assert!((cash[0].3 / cash[2].3 - 1.0).abs() < 0.01, "{cash:?}");
    let shown: Vec<String> =
        cash.iter().map(|(backfill, cash, ..)| format!("{} at {backfill}", millions(*cash))).collect();
    row("cash released in ten years by backfill, £ million", "45 at 0, none at 1", shown.join(", "));
    row("health of the protected at backfill 1 against 0", "the same", percent(cash[2].3 / cash[0].3 - 1.0, 1));

    let mut open = plan();
    open.set("Ring fence strength", 0.0).set("NHS deficit at start", 350e6);
    let mut kept = plan();
    kept.set("NHS deficit at start", 350e6);
    let (open, kept) = (open.run(), kept.run());
    let raided = open.at("Cumulative raided", 10.0);
    let lost = 1.0 - emergency_need(&open) / emergency_need(&kept);
    assert!(raided > 2e7 && kept.at("Cumulative raided", 10.0) == 0.0, "{raided} raided");
    assert!((0.02..0.7).contains(&lost), "{lost} of the effect lost");
    row("raided in ten years, unprotected, deficit of 350 million, £ million", "108", millions(raided));
    row("effect lost in year 10 by that", "43 %", percent(lost, 0).replace('+', ""));

    for (time, sketch) in [(10.0, "56,000"), (20.0, "14,000")] {
        let account = account(&universal, &run, time);
        assert!(account.cash < account.spent, "cash pays back in year {time}");
        let each = (account.spent - account.cash) / account.health;
        assert!((3_000.0..200_000.0).contains(&each), "{each} pounds a QALY at {time}");
        row(&format!("net cost per QALY over {time} years, undiscounted, £"), sketch, whole(each));
        let back = format!("{} of {}", millions(account.cash), millions(account.spent));
        row(&format!("cash back of what was spent over {time} years, £ million"), "not paid back", back);
    }
    compare_table("sketch", &["question", "independent sketch", "this model, central values"], &rows);
}

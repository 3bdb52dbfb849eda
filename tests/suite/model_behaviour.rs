//! P3 to P5: patterns that the shipped model must show because they have been seen: plans for fewer admissions with more
//! of them observed, hubs that raise use before they lower it, checks that do not pay back.

use crate::support::{Central, CentralRun, of_place};
use crate::validation_page::{compare_table, millions, percent, whole};

/// The mean of a label over one plan year, from runs that keep every step.
fn in_year(run: &CentralRun, label: &str, year: usize) -> f64 {
    let from = run.row(year as f64 - 1.0);
    run.sum(label)[from..from + 16].iter().sum::<f64>() / 16.0
}

/// Care coordination with the things usually bought beside it, one per cent of the budget out of growth.
fn coordination() -> Central {
    let mut plan = Central::of_texts(&of_place("lancashire-south-cumbria", &["N01", "L07", "L08", "H04", "W04"]));
    for (programme, share) in [("N01", 0.2), ("L07", 0.1), ("L08", 0.4), ("H04", 0.15), ("W04", 0.15)] {
        plan.set(&format!("Programme share[{programme}]"), share);
    }
    plan.set("Top slice share of the NHS budget", 0.01).set("Share of top slice from growth", 1.0);
    plan.set("Ring fence strength", 1.0).set("Share of cut that falls on beds", 0.0).save_every(0.0625);
    plan
}

#[test]
fn p3_a_plan_for_fewer_admissions_sees_more_of_them_when_growth_backfill_and_case_finding_are_on() {
    let admissions = "Admissions[Quintile]";
    let on = coordination().run();
    let start = in_year(&on, admissions, 0);
    let avoided =
        |run: &CentralRun, year: usize| in_year(run, "Use avoided alone[Programme,Emergency admission,Quintile]", year);
    for year in 1..=5 {
        assert!(avoided(&on, year) > 0.0, "the plan claims no admission avoided in year {year}");
        assert!(in_year(&on, admissions, year) > start, "fewer than at the start in year {year}");
    }
    // The Better Care Fund: 106,000 fewer planned, 87,000 more seen, of about 5.6 million, over two years (NAO 2017).
    let rise = in_year(&on, admissions, 2) / start - 1.0;
    assert!((0.01..0.08).contains(&rise), "{rise} more in two years");

    let mut off = coordination();
    off.set("Backfill on", 0.0).set("Case finding on", 0.0).set("Trend on", 0.0).set("Demography on", 0.0);
    let off = off.run();
    let start_off = in_year(&off, admissions, 0);
    for year in 3..=10 {
        assert!(in_year(&off, admissions, year) < start_off, "more than at the start in year {year}");
    }
    let rows = [2, 5, 10].map(|year| {
        vec![
            year.to_string(),
            whole(avoided(&on, year)),
            percent(in_year(&on, admissions, year) / start - 1.0, 1),
            percent(in_year(&off, admissions, year) / start_off - 1.0, 2),
        ]
    });
    let heading =
        ["plan year", "admissions the plan claims to avoid", "observed against 2024/25", "the same, all four off"];
    compare_table("p3-more", &heading, &rows);
}

#[test]
fn p3_each_of_growth_backfill_and_case_finding_takes_a_part_of_what_was_avoided() {
    let admissions = "Admissions[Quintile]";
    let whole = coordination().run();
    for switch in ["Backfill on", "Case finding on", "Trend on"] {
        let mut without = coordination();
        without.set(switch, 0.0);
        let without = without.run();
        for year in [5, 10] {
            let (with, without) = (in_year(&whole, admissions, year), in_year(&without, admissions, year));
            assert!(with > without + 1.0, "{switch} in year {year}: {with} with and {without} without");
        }
    }
}

#[test]
fn p3_coordination_alone_raises_admissions_above_those_of_the_same_money_without_effect() {
    let mut plan = coordination();
    plan.set("Programme share", 0.0).set("Programme share[N01]", 1.0);
    let run = plan.run();
    let twin = plan.set("Effects on", 0.0).run();
    for year in 1..=10 {
        let (with, without) =
            (in_year(&run, "Admissions[Quintile]", year), in_year(&twin, "Admissions[Quintile]", year));
        assert!(with > without, "year {year}: {with} and {without}");
    }
}

/// Family hubs alone.
fn hubs() -> CentralRun {
    let mut plan = Central::of_texts(&of_place("lancashire-south-cumbria", &["E01"]));
    plan.set("Top slice share of the NHS budget", 0.01).set("Share of top slice from growth", 1.0);
    plan.set("Ring fence strength", 1.0).set("Programme share[E01]", 1.0).save_every(0.0625);
    plan.run()
}

#[test]
fn p4_hubs_raise_admissions_at_0_to_2_and_lower_them_at_5_to_10_and_at_11_to_15() {
    let run = hubs();
    let avoided = |age: &str, year| in_year(&run, &format!("Use avoided[Emergency admission at {age},Quintile]"), year);
    for year in 2..=20 {
        assert!(avoided("0 to 2", year) < 0.0, "no more admissions at 0 to 2 in year {year}");
        assert!(avoided("5 to 10", year) > 0.0, "no fewer at 5 to 10 in year {year}");
        assert!(avoided("11 to 15", year) > 0.0, "no fewer at 11 to 15 in year {year}");
    }
    // Children grow into the effect: the later age gains last and, once it does, most for each child of that age.
    let half = |age: &str| (2..=20).find(|year| avoided(age, *year) > 0.5 * avoided(age, 20)).unwrap();
    assert!(half("5 to 10") < half("11 to 15"), "{} and {}", half("5 to 10"), half("11 to 15"));
    let relative = |age: &str| {
        let risk = run.at(&format!("Relative risk[E01,Emergency admission at {age}]"), 0.0);
        risk - 1.0
    };
    assert!(relative("0 to 2") > 0.0 && relative("5 to 10") < 0.0 && relative("11 to 15") < relative("5 to 10"));
    let rows = [3, 5, 10, 20].map(|year| {
        let ages = ["0 to 2", "5 to 10", "11 to 15"].map(|age| -avoided(age, year));
        let mut row = vec![year.to_string()];
        row.extend(ages.iter().map(|more| format!("{more:+.1}")));
        row.push(format!("{:+.1}", ages.iter().sum::<f64>()));
        row
    });
    compare_table("p4-hubs", &["plan year", "admissions a year at 0 to 2", "5 to 10", "11 to 15", "all"], &rows);
}

#[test]
fn p4_the_harm_of_hubs_comes_first_so_that_admissions_at_all_ages_are_up_before_they_are_down() {
    let run = hubs();
    let all = |year| in_year(&run, "Avoided[Emergency admissions,Quintile]", year);
    assert!((1..=5).all(|year| all(year) < 0.0), "{:?}", (1..=20).map(all).collect::<Vec<_>>());
    let worst = (1..=20).map(all).fold(f64::INFINITY, f64::min);
    assert!(all(20) > 0.5 * worst.abs() + worst, "what comes later does not make up for half: {worst} and {}", all(20));
}

/// Checks alone for twenty years, and the same money without effect.
fn checks() -> (CentralRun, CentralRun) {
    let mut plan = Central::of_texts(&of_place("lancashire-south-cumbria", &["L07"]));
    plan.set("Top slice share of the NHS budget", 0.01).set("Share of top slice from growth", 1.0);
    plan.set("Ring fence strength", 1.0).set("Programme share[L07]", 1.0).save_every(0.0625);
    let run = plan.run();
    (run, plan.set("Effects on", 0.0).run())
}

#[test]
fn p5_health_checks_alone_do_not_pay_back_inside_a_decade_in_cash_or_at_average_cost() {
    let (run, twin) = checks();
    let mut consultations = 0.0;
    let mut rows = Vec::new();
    for year in 1..=10 {
        let time = f64::from(year);
        let spent = run.at("Cumulative programme spending", time);
        let average = run.at("Cumulative activity avoided", time) - run.at("Cumulative activity avoided", 0.0);
        let cash = twin.at("Cumulative service cost", time) - run.at("Cumulative service cost", time);
        assert!(spent > 1e6, "nothing is spent");
        assert!(average < spent, "at average cost {average} of {spent} is back in year {year}");
        assert!(cash < spent, "in cash {cash} of {spent} is back in year {year}");
        consultations = in_year(&run, "Avoided[GP consultations,Quintile]", year as usize);
        // They find what then asks for care: consultations rise at once and stay above for as long as checks go on.
        assert!(consultations < 0.0, "consultations fall by {consultations} in year {year}");
        if [2, 5, 10].contains(&year) {
            rows.push(vec![
                year.to_string(),
                millions(spent),
                millions(average),
                millions(cash),
                whole(-consultations),
            ]);
        }
    }
    let heading = [
        "plan year",
        "spent so far, £ million",
        "use avoided at average cost",
        "cash",
        "more consultations in the year",
    ];
    compare_table("p5-checks", &heading, &rows);
    assert!(consultations < -1000.0, "the rise of consultations is {consultations}");
    assert!(in_year(&run, "Deaths avoided[Quintile,Age]", 10) > 0.0, "checks do nothing at all");
}

//! What a referee of the first edition found wrong, each as a test: signs, what is monotone, what is exactly nothing, what a half-life
//! does, and what is still to come after the horizon.

use wellspring::appraisal::findings::Comparator;
use wellspring::appraisal::statistic::Statistic;

use crate::support::{Central, CentralRun, findings, patched, shipped, with_programmes, with_strategies};

/// The flow summed over the elements of a label, integrated over years from one time to another by the trapezium rule.
fn integral(run: &CentralRun, label: &str, from: f64, to: f64, rate: f64) -> f64 {
    let (path, first, last) = (run.sum(label), run.row(from), run.row(to));
    let at = |row: usize| path[row] * (1.0 + rate).powf(from - run.times[row]);
    (first..last).map(|row| 0.5 * (at(row) + at(row + 1)) * (run.times[row + 1] - run.times[row])).sum()
}

#[test]
fn cost_of_the_trusts_falls_with_every_bed_that_loses_its_money() {
    let mut costs = Vec::new();
    for share in [0.0, 0.0025, 0.005, 0.01, 0.02, 0.03] {
        let mut run = Central::plan();
        run.set("Share of top slice from growth", 1.0).set("Effects on", 0.0);
        run.set("Top slice share of the NHS budget", share);
        let run = run.until(10.0).run();
        costs.push((run.at("Staffed beds", 10.0), run.at("Service cost[NHS acute]", 10.0)));
    }
    for pair in costs.windows(2) {
        assert!(pair[1].0 < pair[0].0 && pair[1].1 < pair[0].1, "{costs:?}");
    }
    // What wards cost less is most of what their beds cost: a premium gives some of it back, and never more than half.
    let ward = Central::new().constant("Ward cost per bed");
    let (beds, cost) = (costs[0].0 - costs[5].0, costs[0].1 - costs[5].1);
    assert!(cost > 0.5 * beds * ward, "{cost} for {beds} beds");
}

#[test]
fn doing_nothing_gains_exactly_nothing() {
    let mut run = Central::new();
    run.set("Plan switched on", 0.0).set("Effects on", 0.0);
    let run = run.run();
    let gains = [
        "Direct QALYs",
        "Backfill QALYs",
        "QALYs through stocks",
        "QALYs of survivors",
        "QALYs gained",
        "Deaths avoided",
    ];
    let later = ["QALYs to come", "Service cost to come", "Avoided", "Exposure relieved", "Kept out"];
    for label in gains.iter().chain(&later) {
        for scalar in run.all().filter(|(_, name)| name.split('[').next() == Some(*label)).map(|(scalar, _)| scalar) {
            assert!(run.scalar(scalar).iter().all(|value| *value == 0.0), "{label}: {:?}", run.scalar(scalar));
        }
    }
}

#[test]
fn beds_grow_no_faster_than_capital_and_staff_allow() {
    let run = Central::new().run();
    let most = Central::new().constant("Greatest growth of beds");
    let beds = run.sum("Planned beds");
    for (row, time) in run.times.iter().enumerate() {
        assert!(beds[row] <= beds[0] * (most * time.max(0.0)).exp() * (1.0 + 1e-12), "{} at {time}", beds[row]);
    }
    let need = run.sum("Growth of need for beds");
    assert!(need.last().unwrap() > &1.1, "need has to outgrow beds for this to mean anything: {need:?}");
    // Stays shorten so that most of it is met, and the rest makes wards fuller.
    assert!(run.at("Stays for want of beds", 10.0) < 0.95 && run.at("Occupancy", 10.0) > run.at("Occupancy", 0.0));
}

#[test]
fn entries_to_care_are_postponed_by_the_half_life() {
    let kept = |half_life: f64| {
        let mut run = Central::plan_of(0.0002, &[("E08", 1.0)]);
        run.set("Half life[E08,Entry to care]", half_life);
        let run = run.until(10.0).run();
        (run.at("Avoided[Children looked after]", 10.0), run.sum("Kept out").iter().copied().fold(f64::MAX, f64::min))
    };
    let (short, middle, long) = (kept(0.2), kept(3.0), kept(30.0));
    assert!(short.0 > 0.0 && middle.0 > 1.5 * short.0 && long.0 > 1.2 * middle.0, "{short:?} {middle:?} {long:?}");
    assert!(short.1 >= 0.0);
}

#[test]
fn conferencing_gives_the_trial_its_two_numbers_and_its_publisher_the_saving() {
    let card = Central::of(&["E08"]);
    let of = |name: &str| card.constant(&format!("{name}[E08,Entry to care]"));
    // One family meets at time 0. Those kept out enter later as the effect fades, or would have left care by now.
    let averted = of("Risk at once") * (1.0 - of("Log relative risk").exp());
    let (coming, leaving) =
        (1.0 / of("Lag"), 2.0_f64.ln() / of("Half life") + 1.0 / card.constant("Time looked after"));
    let kept = |time: f64| averted * coming * ((-leaving * time).exp() - (-coming * time).exp()) / (coming - leaving);
    let years = |until: f64| {
        let part = |rate: f64| (1.0 - (-rate * until).exp()) / rate;
        averted * coming * (part(leaving) - part(coming)) / (coming - leaving)
    };
    // 44.8 less 36.2 in a hundred in care after a year, and 28 days fewer in care.
    assert!((kept(1.0) - 0.086).abs() < 0.003, "{}", kept(1.0));
    assert!((365.0 * years(1.0) - 28.0).abs() < 1.5, "{}", 365.0 * years(1.0));
    // Over two years, by the child that is out of care for it, at what the marginal child costs.
    let child = card.constant("Unit cost of service[Children looked after]")
        * card.constant("Cashable share[Children looked after]");
    let saving = years(2.0) / kept(1.0) * child;
    assert!((60_000.0..75_000.0).contains(&saving), "{saving}");
}

#[test]
fn a_child_kept_out_of_care_is_supported_and_that_costs() {
    let run = Central::plan_of(0.0002, &[("E08", 1.0)]).until(10.0).run();
    let kept = run.at("Avoided[Children looked after]", 10.0);
    let support = run.at("Support of children kept out", 10.0);
    let each =
        Central::new().constant("Support of a child kept out") * run.at("Price index[Children looked after]", 10.0);
    assert!(kept > 1.0 && (support / kept / each - 1.0).abs() < 1e-9, "{support} for {kept} children");
}

#[test]
fn a_death_avoided_falls_on_the_ages_of_its_programme_and_is_counted_once() {
    let run = Central::plan_of(0.001, &[("L08", 0.6), ("M05", 0.4)]).until(10.0).run();
    for quintile in ["Q1", "Q3", "Q5"] {
        let by_age: f64 = ["Age 0 to 4", "Age 5 to 17", "Age 18 to 64", "Age 65 to 79", "Age 80 and over"]
            .iter()
            .map(|age| run.at(&format!("Deaths avoided[{quintile},{age}]"), 10.0))
            .sum();
        let used = run.at(&format!("Use avoided[Death,{quintile}]"), 10.0);
        assert!(used > 0.0 && (by_age - used).abs() < 1e-9 * used, "{quintile}: {by_age} of {used}");
    }
    let share = |programme: &str, ages: &[&str]| -> f64 {
        let of = |age: &&str| run.at(&format!("Death age mix[{programme},Q1,{age}]"), 10.0);
        ages.iter().map(of).sum()
    };
    assert!(share("M05", &["Age 18 to 64"]) > 0.75);
    assert!(share("L08", &["Age 18 to 64", "Age 65 to 79"]) > 0.75);
    // 14 to 17 discounted QALYs for a death between 55 and 74, and not the 8 of one at the ages at which everybody dies.
    let life = |band: &str| run.at(&format!("Life to come[Q3,{band}]"), 10.0);
    let middle = (life("From 55") + life("From 60") + life("From 65") + life("From 70")) / 4.0;
    assert!((8.0..17.0).contains(&middle) && life("From 85") < 3.0, "{middle}");
}

#[test]
fn life_to_come_is_that_of_the_annual_life_table() {
    // Of the fifths' annual tables (recent years, both sexes), summed year by year outside the model: QALYs at 1.5 % a year from
    // the mean age at death in a band on, at a mortality ratio of 1.
    let run = Central::new().run();
    for (label, expected) in [
        ("Life to come[Q1,From 40]", 18.4),
        ("Life to come[Q1,From 65]", 9.3),
        ("Life to come[Q3,From 55]", 16.7),
        ("Life to come[Q3,From 75]", 6.9),
        ("Life to come[Q5,From 50]", 21.2),
        ("Life to come[Q5,From 80]", 5.6),
    ] {
        let found = run.at(label, 0.0);
        assert!((found / expected - 1.0).abs() < 0.04, "{label}: {found} instead of {expected}");
    }
}

#[test]
fn what_was_measured_at_scale_is_not_shrunk_again() {
    let gain = |programme: &str, factor: f64| {
        let mut run = Central::plan_of(0.001, &[(programme, 1.0)]);
        run.set("Scale up factor", factor);
        run.until(5.0).run().at(&format!("Programme QALYs[{programme}]"), 5.0)
    };
    assert_eq!(gain("H01", 0.5), gain("H01", 1.0));
    assert!((gain("M06", 0.5) / gain("M06", 1.0) - 0.5).abs() < 1e-9);
}

#[test]
fn recovery_beyond_what_can_be_saved_without_harm_costs_health() {
    let lost = |years: f64| {
        let mut run = Central::new();
        run.scale("NHS deficit at start", 2.0).set("Deficit recovery years", years);
        let run = run.until(10.0).run();
        (integral(&run, "QALYs lost to recovery", 0.0, 10.0, 0.0), run.at("Accumulated deficit", 10.0))
    };
    let (slow, fast) = (lost(10.0), lost(1.0));
    assert!(fast.1 < slow.1, "faster recovery ends the deficit sooner: {slow:?} {fast:?}");
    assert!(fast.0 > slow.0 && fast.0 > 100.0, "and is not free: {slow:?} {fast:?}");
}

#[test]
fn a_raid_takes_programmes_or_what_could_not_be_spent_anyhow() {
    let spent = |slack: f64, fence: f64| {
        let mut run = Central::plan();
        run.set("Ring fence strength", fence).set("Share of raid met from uncommitted money", slack);
        let run = run.until(10.0).run();
        (run.sum("Cumulative programme spending").last().copied().unwrap(), run.at("Cumulative raided", 10.0))
    };
    let (whole, programmes, money) = (spent(0.5, 1.0), spent(0.0, 0.0), spent(1.0, 0.0));
    assert!(whole.1 == 0.0 && programmes.1 > 0.0);
    assert!(programmes.0 < money.0 && money.0 <= whole.0, "{whole:?} {programmes:?} {money:?}");
    assert_eq!(spent(0.0, 1.0).0, spent(1.0, 1.0).0, "without a raid it changes nothing");
}

#[test]
fn money_that_one_programme_cannot_use_goes_to_those_that_can() {
    let spent = |virement: f64| {
        // Few are left for conferencing, many homes are cold.
        let mut run = Central::plan_of(0.002, &[("E08", 0.5), ("H01", 0.5)]);
        run.set("Virement", virement);
        let run = run.until(10.0).run();
        let of = |programme: &str| run.at(&format!("Cumulative programme spending[{programme}]"), 10.0);
        (of("E08"), of("H01"), run.at("Cumulative underspend", 10.0))
    };
    let (without, with) = (spent(0.0), spent(1.0));
    assert!(with.1 > 1.3 * without.1 && with.2 < 0.8 * without.2, "{without:?} {with:?}");
    assert!((with.0 / without.0 - 1.0).abs() < 0.2, "{without:?} {with:?}");
}

#[test]
fn distress_ages_dies_and_moves_with_the_people_who_have_it() {
    let mut run = Central::new();
    run.set("Plan switched on", 0.0);
    let run = run.run();
    // Nothing is done: the share of adults in distress stands still while the number of adults does not.
    let share = |time: f64| run.at("Expected untreated distress", time) / run.at("Population[Age 18 to 64]", time);
    let adults = |time: f64| run.at("Population[Age 18 to 64]", time);
    assert!((adults(20.0) / adults(0.0) - 1.0).abs() > 0.01);
    assert!((share(20.0) / share(0.0) - 1.0).abs() < 0.01, "{} and {}", share(0.0), share(20.0));
}

#[test]
fn a_band_cannot_lose_people_whom_it_does_not_have() {
    let mut run = Central::new();
    run.set("Net migration rate", -0.15);
    let run = run.run();
    for (scalar, label) in run.all().filter(|(_, label)| label.starts_with("Population[")) {
        assert!(run.scalar(scalar).iter().all(|people| *people >= 0.0), "{label}");
    }
    assert!(run.sum("People audit").iter().all(|audit| audit.abs() < 1e-8));
}

#[test]
fn a_finer_step_moves_the_net_present_value_by_less_than_one_per_cent_and_over_a_lifetime_by_less_than_half() {
    let levers = "\"Top slice share of the NHS budget\" = [{ from = 1, value = 0.01, ramp_years = 2 }]\n\"Share of top slice from growth\" = 1\n\"Ring fence strength\" = 1";
    let texts = with_strategies("", &[("growth", levers)]);
    let at = |step: &str| {
        let mut texts = texts.clone();
        texts.model = patched(&texts.model, "TIME STEP=\n\t0.0625", &format!("TIME STEP=\n\t{step}"));
        let found = findings(&texts, 8);
        ["net-present-value", "lifetime-net-present-value", "total-qalys-gained"].map(|outcome| {
            let group = if outcome.starts_with("total") { "" } else { "social" };
            found.measure(0, Comparator::Twin, outcome, group).unwrap().estimate(Statistic::Mean).unwrap().value
        })
    };
    let (usual, fine) = (at("0.0625"), at("0.015625"));
    let moves = |which: usize| (usual[which] / fine[which] - 1.0).abs();
    assert!(moves(0) < 0.01 && moves(1) < 0.004 && moves(2) < 0.009, "{usual:?} and {fine:?}");
}

#[test]
fn what_is_to_come_is_what_a_run_to_the_end_of_all_lives_brings() {
    for programmes in [vec![("L08", 0.5), ("H01", 0.5)], vec![("E01", 0.3), ("M01", 0.3), ("E08", 0.1), ("M06", 0.3)]] {
        let mut run = Central::plan_of(0.01, &programmes);
        run.set("Plan ends", 10.0).until(90.0).save_every(0.25);
        let run = run.run();
        let health = integral(&run, "QALYs gained", 10.0, 90.0, 0.015);
        let told = run.at("QALYs to come", 10.0);
        assert!(health > 100.0 && (told / health - 1.0).abs() < 0.05, "{programmes:?}: {told} told, {health} run");
    }
}

#[test]
fn without_a_run_off_nothing_is_to_come() {
    let mut run = Central::plan();
    run.set("Run off years", 0.0);
    let run = run.until(10.0).run();
    for label in ["QALYs to come", "Service cost to come", "QALYs displaced to come"] {
        assert_eq!(run.at(label, 10.0), 0.0, "{label}");
    }
}

#[test]
fn gains_and_losses_stand_on_one_clock_and_add_up_by_group() {
    let found = findings(&shipped(), 32);
    let mean = |comparator, outcome: &str, group: &str| {
        found.measure(1, comparator, outcome, group).unwrap().estimate(Statistic::Mean).unwrap().value
    };
    let gained = mean(Comparator::Twin, "lifetime-qalys-gained", "");
    let lost = mean(Comparator::DoNothing, "lifetime-qalys-displaced", "");
    let net = mean(Comparator::DoNothing, "net-qalys", "");
    assert!((net - (gained - lost)).abs() < 1e-6 * gained);
    assert!(gained > mean(Comparator::Twin, "discounted-qalys-gained", ""));
    let by_group: f64 =
        ["Q1", "Q2", "Q3", "Q4", "Q5"].map(|group| mean(Comparator::Twin, "lifetime-qalys-gained", group)).iter().sum();
    assert!((by_group / gained - 1.0).abs() < 1e-9, "{by_group} of {gained}");
    let cost = mean(Comparator::Twin, "lifetime-net-cost", "social");
    let ratio = mean(Comparator::Twin, "lifetime-cost-per-qaly", "social");
    assert!((ratio - cost / gained).abs() < 1e-6 * ratio.abs(), "{ratio} for {cost} and {gained}");
}

/// The terms of stocks, and what each is made wrong into: dropped, doubled, halved, or turned.
const WRONG: [(&str, &str, &str); 32] = [
    (
        "- Deaths[Quintile,Age] + Net migration[Quintile,Age], Initial",
        "- 2*Deaths[Quintile,Age] + Net migration[Quintile,Age], Initial",
        "People audit",
    ),
    (
        "INTEG(Ageing in[Quintile,Age] - Ageing out[Quintile,Age]",
        "INTEG(Ageing in[Quintile,Age] - 0.5*Ageing out[Quintile,Age]",
        "People audit",
    ),
    ("Deaths[Quintile,Age] + Net migration[Quintile,Age], Initial", "Deaths[Quintile,Age], Initial", "People audit"),
    (
        "INTEG(Reference entries to care[Quintile] - Entries to care avoided[Quintile]",
        "INTEG(Reference entries to care[Quintile] + Entries to care avoided[Quintile]",
        "Care audit",
    ),
    (
        "- Looked after children[Quintile]/Time looked after, Looked",
        "- 0.5*Looked after children[Quintile]/Time looked after, Looked",
        "Care audit",
    ),
    (
        "INTEG(Entries averted[Programme,Quintile] - Entries after all[Programme,Quintile]",
        "INTEG(Entries averted[Programme,Quintile]",
        "Care audit",
    ),
    (
        "- Homes made safe by prevention[Quintile], Hazard",
        "- 2*Homes made safe by prevention[Quintile], Hazard",
        "Homes audit",
    ),
    (
        "INTEG(Homes becoming hazardous[Quintile] - Base",
        "INTEG(0.5*Homes becoming hazardous[Quintile] - Base",
        "Homes audit",
    ),
    (
        "- Children lifted[Quintile], Early deficit share",
        "+ Children lifted[Quintile], Early deficit share",
        "Early deficit audit",
    ),
    (
        "INTEG(Children lifted[Quintile] - Early deficit leaving rate[Quintile]*Children spared a deficit[Quintile], 0)",
        "INTEG(2*Children lifted[Quintile] - Early deficit leaving rate[Quintile]*Children spared a deficit[Quintile], 0)",
        "Lifted audit",
    ),
    (
        "Demography on*Children spared a deficit[Quintile] - (Ageing",
        "Demography on*0.5*Children spared a deficit[Quintile] - (Ageing",
        "Lifted audit",
    ),
    ("INTEG(Onset[Quintile] + Courses ended", "INTEG(0.5*Onset[Quintile] + Courses ended", "Distress audit"),
    (
        "- Courses begun[Quintile] + Untreated share at start[Quintile]*Adults arriving[Quintile] - Distress leaving rate[Quintile]*Untreated",
        "+ Untreated share at start[Quintile]*Adults arriving[Quintile] - Distress leaving rate[Quintile]*Untreated",
        "Distress audit",
    ),
    (
        "INTEG(Courses begun[Quintile] - Courses ended[Quintile] +",
        "INTEG(2*Courses begun[Quintile] - Courses ended[Quintile] +",
        "Treatment audit",
    ),
    (
        "- Distress leaving rate[Quintile]*Distress in treatment[Quintile], Courses",
        "+ Distress leaving rate[Quintile]*Distress in treatment[Quintile], Courses",
        "Treatment audit",
    ),
    ("- Distress leaving rate[Quintile]*Untreated distress[Quintile], Untreated", ", Untreated", "Distress audit"),
    (
        "INTEG(Condition onset[Quintile,Age]*Condition onset ratio[Quintile] + Conditions brought",
        "INTEG(0.5*Condition onset[Quintile,Age]*Condition onset ratio[Quintile] + Conditions brought",
        "Conditions audit",
    ),
    (
        "+ Spared brought by age[Quintile,Age] - Condition onset rate[Quintile,Age]*People",
        "+ Spared brought by age[Quintile,Age] + Condition onset rate[Quintile,Age]*People",
        "Spared audit",
    ),
    (
        "INTEG(Spared a death[Quintile,Life band] + Survivors brought",
        "INTEG(2*Spared a death[Quintile,Life band] + Survivors brought",
        "Survivors audit",
    ),
    (
        "*Survivors[Quintile,Life band] - Deaths of survivors[Quintile,Life band], 0)",
        "*Survivors[Quintile,Life band], 0)",
        "Survivors audit",
    ),
    (
        "Survivors brought by age[Quintile,Life band] - Leaving",
        "Survivors brought by age[Quintile,Life band] - 0.5*Leaving",
        "Survivors audit",
    ),
    (
        "/Time for hidden need to return - Found[Quintile], Hidden",
        "/Time for hidden need to return - 2*Found[Quintile], Hidden",
        "Hidden need audit",
    ),
    ("INTEG(Found[Quintile] - Recently", "INTEG(-Found[Quintile] - Recently", "Hidden need audit"),
    (
        "INTEG(Joining[Programme,Quintile] - Protected",
        "INTEG(0.5*Joining[Programme,Quintile] - Protected",
        "Protection audit",
    ),
    (
        "INTEG(Taking effect[Programme,Channel,Quintile] - People",
        "INTEG(2*Taking effect[Programme,Channel,Quintile] - People",
        "Protection audit",
    ),
    ("INTEG(NHS deficit in the year, 0)", "INTEG(0.5*NHS deficit in the year, 0)", "Money audit"),
    (
        "- SUM(Programme spending[Programme!]) - Returned unspent, 0)",
        "- 2*SUM(Programme spending[Programme!]) - Returned unspent, 0)",
        "Fund audit",
    ),
    ("INTEG(Paid into prevention - SUM(Programme", "INTEG(0.5*Paid into prevention - SUM(Programme", "Fund audit"),
    ("INTEG(Returned unspent - Handed back, 0)", "INTEG(Returned unspent + Handed back, 0)", "Fund audit"),
    ("+ Interest - Debt paid, 0)", "+ Interest, 0)", "Debt audit"),
    ("*(1 - Outcome contract share) + Interest", "*(1 - Outcome contract share) + 2*Interest", "Debt audit"),
    ("INTEG(Budget[Payer] - Service cost[Payer]", "INTEG(Budget[Payer] - 0.5*Service cost[Payer]", "Payer audit"),
];

#[test]
fn every_single_wrong_flow_of_people_or_money_sets_an_audit_off() {
    let texts = with_programmes(&["H01", "E01", "E04", "E08", "M01", "L08", "L07", "W02", "W05"]);
    let share = 1.0 / 9.0;
    let audits = |texts: &wellspring::study::StudyTexts| {
        let mut run = Central::of_texts(texts);
        let each = ["H01", "E01", "E04", "E08", "M01", "L08", "L07", "W02", "W05"].map(|id| (id, share));
        run.finance(0.01, &each);
        run.set("Loan share of plan", 0.3).set("Outcome contract share", 0.2).set("Savings captured", 1.0);
        // Savings that are there, so that debt is paid and money goes back.
        let run = run.told_by_its_twin().until(6.0).run();
        let all = run.all().filter(|(_, label)| label.split('[').next().is_some_and(|name| name.ends_with(" audit")));
        let largest = |scalar| run.scalar(scalar).iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        all.map(|(scalar, label)| (label, largest(scalar))).collect::<Vec<_>>()
    };
    let sound = audits(&texts);
    assert!(sound.len() > 30 && sound.iter().all(|(_, most)| *most < 1e-9), "{sound:?}");
    let mut unseen = Vec::new();
    for (right, wrong, audit) in WRONG {
        let mut texts = texts.clone();
        texts.model = patched(&texts.model, right, wrong);
        let seen = audits(&texts).iter().any(|(label, most)| label.split('[').next() == Some(audit) && *most > 1e-8);
        if !seen {
            unseen.push((wrong, audit));
        }
    }
    assert!(unseen.is_empty(), "{unseen:?}");
}

//! The shipped model when money stops, comes under pressure, or is spent again, and when freed beds refill.

use engine::sampling::Design;
use wellspring::appraisal::findings::{Comparator, PriceBase};

use crate::support::{Central, CentralRun, findings, is_always, series_of, study, with_strategies};

const STEP: f64 = 0.0625;

/// A plan that moves `share` of the budget for the first `years` and nothing afterwards.
fn stopped(share: f64, years: usize) -> Central {
    let mut plan = Central::plan();
    let path: Vec<f64> = (0..21).map(|year| if (1..=years).contains(&year) { share } else { 0.0 }).collect();
    plan.yearly("Top slice share of the NHS budget", &path);
    plan
}

#[test]
fn e9_when_prevention_stops_each_effect_fades_with_its_own_half_life() {
    let run = stopped(0.01, 3).run();
    // Programmes whose lag is over by year 12, nine years after the last start.
    for (programme, channel) in [
        ("M06", "Mental health bed day"),
        ("M07", "Mental health bed day"),
        ("M01", "GP consultation"),
        ("E04", "Mental health contact"),
        ("H04", "A and E use"),
    ] {
        let place = format!("[{programme},{channel}]");
        let half_life = run.at(&format!("Half life{place}"), 0.0);
        let people = run.sum(&format!("People with the effect[{programme},{channel},Quintile]"));
        // Set against the need of each quintile, which drifts a little as the people eligible do.
        let mut avoided = vec![0.0; run.times.len()];
        for quintile in ["Q1", "Q2", "Q3", "Q4", "Q5"] {
            let use_avoided = run.sum(&format!("Use avoided alone[{programme},{channel},{quintile}]"));
            let index = run.sum(&format!("Rate index[{programme},{quintile}]"));
            avoided.iter_mut().zip(use_avoided.iter().zip(index)).for_each(|(sum, (one, index))| *sum += one / index);
        }
        let (from, to) = (run.row(12.0), run.row(18.0));
        assert!(people[to] > 0.0, "{place} protects nobody");
        for effect in [&people, &avoided] {
            let ratio = effect[to] / effect[from];
            let expected = (-std::f64::consts::LN_2 * 6.0 / half_life).exp();
            // Euler's rule takes (1 - x)^n for exp(-nx), short by n x^2 / 2.
            let rate = std::f64::consts::LN_2 / half_life;
            let tolerance = 6.0 * STEP * rate * rate / 2.0 * 1.1 + 1e-6;
            assert!((ratio / expected - 1.0).abs() < tolerance, "{place}: {ratio} instead of {expected}");
        }
        for year in 4..=20 {
            let starts = run.at(&format!("Starts[{programme},Quintile]"), f64::from(year));
            assert_eq!(starts, 0.0, "{programme} goes on");
        }
    }
}

#[test]
fn e9_when_prevention_stops_teams_leave_and_trust_falls() {
    let mut plan = stopped(0.01, 3);
    let lost_in = plan.constant("Time to lose capacity");
    let run = plan.save_every(STEP).run();
    let capacity = run.sum("Delivery capacity[M01]");
    let (from, to) = (run.row(3.0), run.row(4.0));
    let leaving = run.sum("Staff leaving rate");
    let expected: f64 = (from..to).map(|row| 1.0 - STEP * (1.0 / lost_in + leaving[row])).product();
    assert!((capacity[to] / capacity[from] / expected - 1.0).abs() < 1e-9, "{} of {}", capacity[to], capacity[from]);
    let goes_on = stopped(0.01, 20).run();
    for quintile in ["Q1", "Q5"] {
        let label = format!("Trust[{quintile}]");
        assert!(run.at(&label, 3.0) > run.at(&label, -1.0), "steady money builds no trust");
        assert!(run.at(&label, 5.0) < run.at(&label, 3.0), "trust does not fall when money stops");
        assert!(run.at(&label, 5.0) < run.at(&label, -1.0), "a broken promise leaves trust where it was");
        assert!(goes_on.at(&label, 5.0) > goes_on.at(&label, 3.0), "trust falls though the money stays");
    }
}

/// What the plan releases in cash of emergency care by year 20, against the same money without effects, and the plan's run.
fn cash_of_emergency_care(plan: &Central) -> (f64, CentralRun) {
    let mut twin = plan.clone();
    twin.set("Effects on", 0.0).save_every(STEP);
    let mut plan = plan.clone();
    plan.save_every(STEP);
    let (twin, plan) = (twin.run(), plan.run());
    let cost = |run: &CentralRun| run.sum("Cost of service[Emergency admissions]").iter().sum::<f64>() * STEP;
    (cost(&twin) - cost(&plan), plan)
}

#[test]
fn e10_the_more_freed_beds_refill_the_less_cash_and_the_more_health() {
    // Twice the shipped effect, so that wards do close; the money comes from other care, for a base cut that closes the
    // beds itself leaves prevention none to empty.
    let mut large = Central::plan();
    large.set("Top slice share of the NHS budget", 0.05).scale("Log relative risk", 2.0).set("Ward size", 20.0);
    large.set("Share of cut that falls on beds", 0.0);
    // Beds grow with need: where they do not, wards are short of them, and what prevention frees is taken at once.
    large.set("Greatest growth of beds", 0.2);
    // Beds freed of delays refill as well, and those admissions cost money that no avoided admission has saved;
    // and the admissions that hubs add at first crowd the wards a little. Cases that are found and people who live longer
    // ask for care that no freed bed has.
    large.set("Delays for want of social care", 0.0).set("Crowding on", 0.0);
    large.set("Case finding on", 0.0).set("Survivors on", 0.0);
    let (mut cash, mut health, mut closed) = (Vec::new(), Vec::new(), Vec::new());
    for backfill in [0.0, 0.25, 0.5, 0.75, 1.0] {
        large.set("Backfill", backfill);
        let (saved, run) = cash_of_emergency_care(&large);
        cash.push(saved);
        health.push(run.sum("Backfill QALYs").iter().sum::<f64>() * STEP);
        closed.push(run.at("Beds closed by prevention", 20.0));
    }
    let shown = format!("cash {cash:?}, QALYs {health:?}, beds closed {closed:?}");
    assert!(cash.windows(2).all(|pair| pair[0] >= pair[1]), "{shown}");
    assert!(health.windows(2).all(|pair| pair[0] < pair[1]), "{shown}");
    assert!(cash[0] > 1e6 && closed[0] > 20.0, "no backfill releases most: {shown}");
    assert!(cash[4].abs() < 1e-6 * cash[0] && closed[4] == 0.0, "full backfill releases nothing: {shown}");
    assert!(health[0] == 0.0 && health[4] > 0.0, "{shown}");
}

#[test]
fn e11_a_full_ring_fence_loses_nothing_under_any_pressure() {
    let mut plan = Central::plan();
    plan.set("NHS deficit at start", 1e9).set("Deficit recovery years", 0.5).set("Greatest raid rate", 1.0);
    let run = plan.save_every(STEP).run();
    assert!(run.sum("Felt pressure").iter().all(|pressure| *pressure > 0.0), "there is no pressure");
    assert!(run.sum("Raided").iter().all(|raided| *raided == 0.0));
    assert!(run.sum("Cumulative raided").iter().all(|raided| *raided == 0.0));
    assert!(run.sum("Share of plan in place").iter().all(|share| *share == 1.0));
    plan.set("Ring fence strength", 0.0);
    let raided = plan.run().at("Cumulative raided", 20.0);
    assert!(raided > 1e7, "the same pressure takes only {raided} of an unprotected plan");
}

#[test]
fn e11_without_pressure_an_open_fund_loses_nothing() {
    let mut plan = Central::plan();
    plan.set("Ring fence strength", 0.0).set("NHS deficit at start", -1e9).set("Recovery on", 0.0).set("Trend on", 0.0);
    let run = plan.save_every(STEP).run();
    assert!(run.sum("Felt pressure").iter().all(|pressure| *pressure == 0.0), "there is pressure after all");
    assert!(run.sum("Top slice").iter().sum::<f64>() > 0.0);
    assert!(run.sum("Raided").iter().all(|raided| *raided == 0.0));
}

#[test]
fn e11_in_every_draw_a_full_ring_fence_loses_nothing() {
    let slice = "\"Top slice share of the NHS budget\" = 0.01\n\"Share of top slice from growth\" = 1";
    let (kept, open) =
        (format!("{slice}\n\"Ring fence strength\" = 1"), format!("{slice}\n\"Ring fence strength\" = 0"));
    let found = findings(&with_strategies("", &[("kept", &kept), ("open", &open)]), 32);
    let raided = |strategy| found.find(Some(strategy), Comparator::Level, "raided", "", "", PriceBase::Real).unwrap();
    assert!(is_always(raided(0), 0.0));
    assert!(raided(1).years[9].p05.value > 0.0);
    assert_eq!(series_of(&found, 0, Comparator::Level).filter(|series| series.key.outcome == "raided").count(), 2);
}

/// A plan that reinvests a share of what it saves against its twin, year by year.
fn reinvesting(plan: &Central, share: f64) -> CentralRun {
    let mut twin = plan.clone();
    twin.set("Effects on", 0.0);
    let twin = twin.run();
    let mut plan = plan.clone();
    plan.set("Share of realised savings reinvested", share).set("Twin known", 1.0);
    let payers: Vec<String> = twin
        .all()
        .filter(|(_, label)| label.starts_with("Cumulative service cost["))
        .map(|(_, label)| label["Cumulative service cost[".len()..label.len() - 1].to_owned())
        .collect();
    assert_eq!(payers.len(), 10);
    for payer in payers {
        let cost = twin.sum(&format!("Cumulative service cost[{payer}]"));
        plan.yearly(&format!("Twin cumulative service cost[{payer}]"), &cost);
    }
    plan.save_every(STEP).run()
}

#[test]
fn e12_reinvestment_never_lowers_the_money_or_what_is_spent_of_it_and_the_fund_is_never_negative() {
    let study = study(&crate::support::shipped(), 12, Design::Random);
    let mut plan = Central::plan();
    plan.set("Programme share[E08]", 0.06).set("Programme share[M01]", 0.2);
    let mut gained = 0.0;
    for draw in 0..12 {
        for (scalar, value) in study.places[0].draw(draw) {
            plan.set_scalar(scalar, value);
        }
        let none = reinvesting(&plan, 0.0);
        assert!(none.sum("Reinvested").iter().all(|amount| *amount == 0.0));
        let spent = none.sum("Cumulative programme spending");
        for share in [0.5, 1.0] {
            let some = reinvesting(&plan, share);
            let more = some.sum("Cumulative programme spending");
            let left = some.sum("Cumulative underspend");
            let paid = some.sum("Paid into prevention").into_iter().zip(none.sum("Paid into prevention"));
            assert!(
                paid.into_iter().all(|(with, without)| with >= without * (1.0 - 1e-12)),
                "draw {draw}, share {share}"
            );
            assert!(more.iter().zip(&spent).all(|(with, without)| *with >= without * (1.0 - 1e-12)), "draw {draw}");
            for year in 0..=20 {
                let (from, to) = (none.row(f64::from(year) - 1.0), none.row(f64::from(year)));
                let (without, with) = (spent[to] - spent[from], more[to] - more[from]);
                // Less is spent in a year only where the money was there and those it could have reached were reached before.
                let unused = left[to] - left[from];
                assert!(
                    with >= without * (1.0 - 1e-9) || unused >= without - with,
                    "draw {draw}, share {share}: year {year} spends {with} instead of {without} and leaves {unused}"
                );
                gained += with - without;
            }
            assert!(some.sum("Prevention fund").iter().all(|fund| *fund >= 0.0));
            assert!(some.sum("Reinvested").iter().all(|amount| *amount >= 0.0));
        }
    }
    assert!(gained > 1e6, "reinvestment adds only {gained}");
}

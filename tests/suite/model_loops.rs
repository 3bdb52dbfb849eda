//! Each loop of the accounts changes what it is said to change, and without it the mode of behaviour that it explains is gone.

use crate::support::{Central, CentralRun, text};

const STEP: f64 = 0.0625;

/// A loop, a plan in which it matters, when to look, and by how much its outcome must change at the least, as a share of the
/// larger of the two: above 0 if the outcome is larger without the loop, below 0 if it is smaller.
struct Trial {
    id: &'static str,
    plan: fn() -> Central,
    time: f64,
    least: f64,
}

/// 1 % of the budget to the nine programmes of these tests.
fn usual() -> Central {
    Central::plan()
}

/// The same, open to pressure.
fn open() -> Central {
    let mut plan = Central::plan();
    plan.set("Ring fence strength", 0.0);
    plan
}

/// A tenth of the budget, taken from beds alone.
fn from_beds() -> Central {
    let mut plan = Central::plan();
    plan.set("Top slice share of the NHS budget", 0.1).set("Share of cut that falls on beds", 1.0);
    plan
}

/// A tenth of the budget.
fn large() -> Central {
    let mut plan = Central::plan();
    plan.set("Top slice share of the NHS budget", 0.1);
    plan
}

/// A tenth of the budget, taken from other care than beds, so that no closed ward sets staff free.
fn from_other_care() -> Central {
    let mut plan = large();
    plan.set("Share of cut that falls on beds", 0.0);
    plan
}

/// All savings go back to prevention.
fn reinvesting() -> Central {
    let mut plan = Central::plan_of(0.005, &[("E08", 0.5), ("L08", 0.5)]);
    plan.set("Share of realised savings reinvested", 1.0);
    plan.told_by_its_twin()
}

/// A plan paid for by a loan.
fn borrowing() -> Central {
    let mut plan = Central::plan_of(0.005, &[("E08", 0.5), ("L08", 0.5)]);
    plan.set("Loan share of plan", 1.0);
    plan.told_by_its_twin()
}

/// Language in the early years, which keeps children from a deficit that lasts.
fn early() -> Central {
    Central::plan_of(0.02, &[("E05", 1.0)])
}

/// Advice and work for those whose income is insecure, and treatment of the distress that costs people their work.
fn income() -> Central {
    Central::plan_of(0.03, &[("W02", 0.3), ("W08", 0.3), ("M01", 0.4)])
}

/// Control of blood pressure, which avoids deaths.
fn longer_lives() -> Central {
    Central::plan_of(0.01, &[("L08", 1.0)])
}

/// Checks and visits that look for illness.
fn looking() -> Central {
    Central::plan_of(0.01, &[("L07", 0.5), ("L08", 0.5)])
}

const TRIALS: [Trial; 17] = [
    Trial { id: "R1", plan: reinvesting, time: 10.0, least: -1.0 },
    Trial { id: "R2", plan: open, time: 10.0, least: -1.0 },
    Trial { id: "R3", plan: from_beds, time: 10.0, least: -0.2 },
    Trial { id: "R4", plan: from_beds, time: 10.0, least: -0.01 },
    Trial { id: "R5", plan: usual, time: 10.0, least: -0.02 },
    Trial { id: "R6", plan: early, time: 20.0, least: 0.00005 },
    Trial { id: "R7", plan: income, time: 10.0, least: 0.001 },
    Trial { id: "R9", plan: usual, time: 10.0, least: 0.05 },
    Trial { id: "B1", plan: usual, time: 10.0, least: -1.0 },
    Trial { id: "B2", plan: looking, time: 5.0, least: -1.0 },
    Trial { id: "B3", plan: usual, time: 20.0, least: 0.2 },
    Trial { id: "B4", plan: large, time: 10.0, least: 0.3 },
    Trial { id: "B5", plan: from_other_care, time: 3.0, least: 0.02 },
    Trial { id: "B6", plan: usual, time: 10.0, least: 0.5 },
    Trial { id: "B7", plan: longer_lives, time: 10.0, least: 0.002 },
    Trial { id: "B8", plan: from_other_care, time: 10.0, least: -0.001 },
    Trial { id: "B9", plan: borrowing, time: 10.0, least: -1.0 },
];

/// Loops of the accounts: id, switch and outcome.
fn loops() -> Vec<(String, String, String)> {
    let accounts: toml::Table = toml::from_str(&text("models/prevention.toml").content).unwrap();
    let word = |entry: &toml::Value, key: &str| entry[key].as_str().unwrap().to_owned();
    accounts["loop"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (word(entry, "id"), word(entry, "switch"), word(entry, "outcome")))
        .collect()
}

#[test]
fn b2_each_loop_switch_changes_its_named_outcome_by_the_least_amount_stated() {
    let loops = loops();
    let ids: Vec<&str> = loops.iter().map(|(id, _, _)| id.as_str()).collect();
    assert_eq!(ids, TRIALS.map(|trial| trial.id), "a loop of the accounts has no trial here");
    let mut shown = Vec::new();
    let mut wrong = 0;
    for (trial, (_, switch, outcome)) in TRIALS.iter().zip(&loops) {
        let mut plan = (trial.plan)();
        plan.until(trial.time);
        let with = plan.run().at(outcome, trial.time);
        let without = plan.set(switch, 0.0).run().at(outcome, trial.time);
        let change = (without - with) / with.abs().max(without.abs());
        let enough = if trial.least < 0.0 { change <= trial.least } else { change >= trial.least };
        wrong += usize::from(!enough || !change.is_finite());
        shown.push(format!(
            "{}: {outcome} {with} with, {without} without: {change:+.6}, at least {:+}",
            trial.id, trial.least
        ));
    }
    assert_eq!(wrong, 0, "\n{}", shown.join("\n"));
}

#[test]
fn b2_without_raids_the_plan_keeps_its_money_and_existing_prevention_its_own() {
    let mut plan = open();
    plan.save_every(STEP);
    let run = plan.run();
    let without = plan.set("Raid on", 0.0).run();
    let falls = |run: &CentralRun, name: &str| run.sum(name).windows(2).filter(|pair| pair[1] < pair[0]).count();
    for name in ["Share of plan in place", "Prevention base"] {
        assert!(falls(&run, name) > 100 && falls(&without, name) == 0, "{name}");
    }
    assert!(run.at("Share of plan in place", 20.0) < 0.9);
}

#[test]
fn b3_the_raid_lags_the_pressure_and_outlasts_it() {
    let mut plan = open();
    plan.set("NHS deficit at start", -3e8).set("Recovery on", 0.0).set("Trend on", 0.0).save_every(STEP);
    // General practice costs three times as much for two years, and then what it did.
    let price = plan.constant("Unit cost of service[GP consultations]");
    let path: Vec<f64> = (0..21).map(|year| if (4..=5).contains(&year) { 3.0 * price } else { price }).collect();
    plan.yearly("Unit cost of service[GP consultations]", &path);
    let run = plan.run();
    let (pressure, raid) = (run.sum("Pressure"), run.sum("Raid rate"));
    let half_of_peak = |values: &[f64]| {
        let peak = values.iter().fold(0.0, |most: f64, value| most.max(*value));
        let above: Vec<usize> = (0..values.len()).filter(|row| values[*row] >= 0.5 * peak).collect();
        (run.times[above[0]], run.times[above[above.len() - 1]], peak)
    };
    let (pressed, relieved, peak) = half_of_peak(&pressure);
    let (raided, forgotten, _) = half_of_peak(&raid);
    assert!(peak > 0.02 && pressure[run.row(2.0)] == 0.0, "no pressure comes: {peak}");
    assert_eq!((pressed, relieved), (3.0, 5.0 - STEP), "pressure follows the books at once");
    // The time to feel pressure is a year: half of it is felt ln 2 of a year later.
    assert!(raided >= pressed + 0.3 && raided <= pressed + 1.0, "raided from {raided}, pressed from {pressed}");
    assert!(forgotten >= relieved + 0.5, "the raid ends at {forgotten}, the pressure at {relieved}");
}

#[test]
fn b4_without_backfill_cash_comes_years_earlier() {
    let mut plan = Central::plan_of(0.01, &[("L08", 0.5), ("H04", 0.5)]);
    // Three times the shipped effect, and money from other care, so that wards do close.
    plan.scale("Log relative risk", 3.0).set("Ward size", 20.0).set("Share of cut that falls on beds", 0.0);
    // Beds freed of delays refill, and those who live longer use beds, whether or not admissions avoided free any.
    plan.set("Delays for want of social care", 0.0).set("Crowding on", 0.0).set("Survivors on", 0.0);
    let cash = |plan: &Central| -> Vec<f64> {
        let (run, twin) = (plan.run(), plan.twin().run());
        let label = "Cumulative service cost[NHS acute]";
        twin.sum(label).iter().zip(run.sum(label)).map(|(twin, run)| twin - run).collect()
    };
    let with = cash(&plan);
    let without = cash(plan.set("Backfill on", 0.0));
    let last = with[21];
    let reached = without.iter().position(|cash| *cash >= last).unwrap();
    assert!(last > 0.0 && reached <= 17, "{last} is reached in row {reached}: {without:?} against {with:?}");
    assert!(without[21] > 1.5 * last, "{} without backfill, {last} with it", without[21]);
}

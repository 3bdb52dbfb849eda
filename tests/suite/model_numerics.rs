//! The smooth form of the shipped model: halving the step halves Euler's error, and Runge-Kutta agrees.

use crate::support::{Central, CentralRun};

const SERVICES: [&str; 8] = [
    "A and E attendances",
    "Emergency admissions",
    "GP consultations",
    "Mental health contacts",
    "Mental health bed days",
    "Adult social care clients",
    "Children looked after",
    "Temporary accommodation households",
];

/// The smooth form of a plan from growth that pressure may reach.
fn smooth() -> Central {
    let mut plan = Central::plan_of(0.01, &[("H01", 0.4), ("E08", 0.1), ("L08", 0.3), ("M01", 0.2)]);
    plan.set("Smooth wards", 1.0).set("Share of top slice from growth", 0.5).set("Ring fence strength", 0.5);
    plan.until(10.0);
    plan
}

fn with_step(plan: &Central, step: f64) -> CentralRun {
    plan.clone().step(step).run()
}

#[test]
fn b1_halving_the_step_halves_the_error_of_euler() {
    let plan = smooth();
    let (coarse, middle, fine) = (with_step(&plan, 0.125), with_step(&plan, 0.0625), with_step(&plan, 0.03125));
    let labels = [
        "Demand[Emergency admissions]",
        "Demand[GP consultations]",
        "Looked after children",
        "Population",
        "Cumulative QALYs gained",
        "Cumulative programme spending",
        "Cumulative service cost",
        "Accumulated deficit",
        "Share of plan in place",
        "Untreated distress",
        "People with conditions",
        "Waiting list",
    ];
    let mut shown = Vec::new();
    let mut wrong = 0;
    for label in labels {
        let (a, b, c) = (coarse.at(label, 10.0), middle.at(label, 10.0), fine.at(label, 10.0));
        let ratio = (a - b) / (b - c);
        shown.push(format!("{label}: {a}, {b}, {c}: {ratio}"));
        // A difference that is nothing but rounding has no order.
        wrong += usize::from((b - c).abs() > 1e-9 * c.abs() && !(1.7..2.3).contains(&ratio));
    }
    assert_eq!(wrong, 0, "\n{}", shown.join("\n"));
}

#[test]
fn b1_runge_kutta_agrees_within_a_thousandth_of_doing_nothing() {
    let plan = smooth();
    let mut exact = plan.clone();
    exact.runge_kutta();
    let mut nothing = plan.clone();
    let nothing = nothing.set("Plan switched on", 0.0).run();
    let (euler, exact_run) = (plan.run(), exact.run());
    for service in SERVICES {
        let label = format!("Demand[{service}]");
        for time in [1.0, 5.0, 10.0] {
            let gap = euler.at(&label, time) - exact_run.at(&label, time);
            let level = nothing.at(&label, time);
            assert!(gap.abs() < 1e-3 * level, "{service} at {time}: {gap} of {level}");
        }
    }
    // The net position is a small difference of large sums: its gap is larger, and stated.
    let net = |plan: &Central, run: &CentralRun| {
        let twin = plan.twin().run();
        let cost = |run: &CentralRun| run.at("Cumulative service cost", 10.0);
        cost(&twin) - cost(run) - run.at("Cumulative programme spending", 10.0)
    };
    let (by_euler, by_runge_kutta) = (net(&plan, &euler), net(&exact, &exact_run));
    let gap = (by_euler - by_runge_kutta) / by_runge_kutta.abs();
    println!(
        "net position at year 10: {by_euler} by Euler, {by_runge_kutta} by Runge-Kutta, a gap of {:.2} %",
        100.0 * gap
    );
    assert!(gap.abs() < 0.03, "the net position is {by_euler} by Euler and {by_runge_kutta} by Runge-Kutta");
}

/// Wards that close by the whole, a fund that is emptied as each year begins: what jumps is held through a step, so that a
/// rule that looks into it gives what Euler's gives.
#[test]
fn b1_events_of_the_model_as_it_ships_are_the_same_by_runge_kutta() {
    let mut plan = Central::plan_of(0.01, &[("H01", 0.4), ("E08", 0.1), ("L08", 0.3), ("M01", 0.2)]);
    plan.set("Share of top slice from growth", 0.5).set("Ring fence strength", 0.5).until(10.0);
    let mut exact = plan.clone();
    exact.runge_kutta();
    let (euler, exact) = (plan.run(), exact.run());
    let mut wrong = Vec::new();
    // QALYs begin as the square of time, where Euler's rule is late by half a step: they are compared once they have grown.
    let money =
        ["Prevention fund", "Cumulative programme spending", "Cumulative service cost"].map(|label| (label, 2.0));
    for (label, first) in money.into_iter().chain([("Cumulative QALYs gained", 5.0)]) {
        for time in [first, 5.0, 10.0] {
            let (by_euler, by_runge_kutta) = (euler.at(label, time), exact.at(label, time));
            if (by_euler - by_runge_kutta).abs() > 0.03 * by_euler.abs() {
                wrong.push(format!("{label} at {time}: {by_euler} and {by_runge_kutta}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! The front door on models whose answers are known.

use super::{BadInput, Simulation};

/// Room temperature T and a cup that cools towards it: after one step of Euler's rule of size h the difference is 1 - h/c of
/// what it was.
const CUP: &str = "{UTF-8}\n\
    Warmth[Cup] = INTEG(-Loss[Cup], Begin) ~ degrees ~ |\n\
    Loss[Cup] = (Warmth[Cup] - Room) / Slowness[Cup] ~ degrees/Minute ~ |\n\
    Begin = 90 ~ degrees ~ |\n\
    Room = 20 ~ degrees ~ |\n\
    Slowness[Cup] = 4, 8 ~ Minute ~ |\n\
    Cup: Thin, Thick ~~|\n\
    INITIAL TIME = 0 ~ Minute ~ |\n FINAL TIME = 10 ~ Minute ~ |\n TIME STEP = 1 ~ Minute ~ |\n SAVEPER = 5 ~ Minute ~ |\n";

fn cup() -> Simulation {
    Simulation::read("cup.mdl", CUP).expect("a sound model")
}

#[test]
fn a_matrix_gives_an_array_of_runs_by_outcomes_by_times() {
    let cup = cup();
    let batch = cup.batch().varying(["Room", "Slowness[Thin]"]).outcomes(["Warmth"]).compile().expect("sound names");
    assert_eq!(batch.row(), 2);
    let found = batch.run(&[20.0, 4.0, 10.0, 2.0]).expect("two rows");
    assert_eq!((found.runs, found.times.as_slice()), (2, [0.0, 5.0, 10.0].as_slice()));
    assert_eq!(found.labels, ["Warmth[Thin]", "Warmth[Thick]"]);
    // 20 + 70 * 0.75^5 by hand, and 10 + 80 * 0.5^5 = 12.5; the thick cup keeps 7/8 a minute.
    assert!((found.path(0, 0)[1] - 36.611_328_125).abs() < 1e-12);
    assert_eq!(found.path(1, 0)[1], 12.5);
    assert!((found.path(0, 1)[1] - (20.0 + 70.0 * 0.875_f64.powi(5))).abs() < 1e-12);
    assert!(found.faults.is_empty());
}

#[test]
fn a_row_has_the_same_bits_whatever_stands_beside_it() {
    let cup = cup();
    let batch =
        cup.batch().varying(["Room", "Begin"]).outcomes(["Warmth[Thick]"]).times(&[10.0]).compile().expect("sound");
    let rows: Vec<f64> = (0..301).flat_map(|run| [f64::from(run) / 7.0, 80.0 + f64::from(run) / 3.0]).collect();
    let all = batch.run(&rows).expect("whole rows");
    for run in [0, 63, 64, 300] {
        let alone = batch.run(&rows[2 * run..2 * run + 2]).expect("one row");
        assert_eq!(alone.path(0, 0)[0].to_bits(), all.path(run, 0)[0].to_bits(), "run {run}");
    }
    let done = std::sync::atomic::AtomicU64::new(0);
    let count = |more| {
        done.fetch_add(more, std::sync::atomic::Ordering::Relaxed);
    };
    assert_eq!(batch.run_watched(&rows, &count).expect("whole rows"), all);
    assert_eq!(done.into_inner(), 301);
}

#[test]
fn what_a_model_holds_is_listed_as_it_is_written() {
    let cup = cup();
    let constants = cup.constants();
    let labels: Vec<&str> = constants.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels[..4], ["Begin", "Room", "Slowness[Thin]", "Slowness[Thick]"]);
    assert_eq!((constants[3].value, constants[3].unit.as_str()), (8.0, "Minute"));
    assert_eq!(cup.outcomes()[..2], ["Warmth[Thin]", "Warmth[Thick]"]);
}

#[test]
fn a_model_by_itself_is_one_run() {
    let cup = cup();
    let batch = cup.batch().outcomes(["Loss[Thin]"]).times(&[0.0]).compile().expect("sound");
    let found = batch.run(&[]).expect("nothing varies");
    assert_eq!((found.runs, found.values.as_slice()), (1, [17.5].as_slice()));
    assert_eq!(batch.run(&[1.0]), Err(BadInput::Shape { numbers: 1, row: 0 }));
}

#[test]
fn everything_wrong_with_a_request_is_told_at_once() {
    let cup = cup();
    let asked = cup.batch().varying(["Rooom", "Room", "Room", "TIME STEP", "Warmth[Thin]"]);
    let refused = asked.outcomes(["Warmth[Tin]", "Heat", "Loss[", "Loss"]).times(&[3.0, 2.0, 11.0]).compile();
    let message = refused.expect_err("nothing of it is sound").to_string();
    for part in [
        "the model has no constant `Rooom`",
        "did you mean `Room`?",
        "`Room` would be set twice in a run",
        "`TIME STEP` lays out the steps of all runs",
        "`Warmth[Thin]` is a stock, not a constant",
        "`Warmth[Tin]` names no element of `Warmth`",
        "the model has no variable `Heat`",
        "`Loss[` is no name: its brackets do not match",
        "time 11 is outside the run, which goes from 0 to 10",
        "the times asked for do not rise",
    ] {
        assert!(message.contains(part), "`{part}` is not in\n{message}");
    }
}

#[test]
fn what_is_no_matrix_is_refused_with_its_place() {
    let cup = cup();
    let batch = cup.batch().varying(["Room", "Begin"]).outcomes(["Warmth[Thin]"]).compile().expect("sound");
    assert_eq!(batch.run(&[1.0, 2.0, 3.0]), Err(BadInput::Shape { numbers: 3, row: 2 }));
    let wrong = batch.run(&[1.0, 2.0, f64::INFINITY, 4.0]).expect_err("no number");
    assert_eq!(wrong, BadInput::NotANumber { run: 1, constant: 0, value: f64::INFINITY });
    assert_eq!(wrong.to_string(), "run 1 gives constant 0 the value inf; a finite number is wanted");
}

#[test]
fn a_model_that_is_not_sound_says_where() {
    let refused = Simulation::read("cup.mdl", "Loss = Warmth * 2 ~~|").expect_err("no warmth");
    assert!(refused.to_string().contains("cup.mdl:1:8"), "{refused}");
}

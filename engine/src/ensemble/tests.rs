//! A model of one stock in two arms, each number of which is worked out by hand.

use std::sync::Arc;

use super::{Arm, DrawBlock, Follow, RunPlan, Setting, run};
use crate::kernel::{Integrator, Outcome, Request, compile};
use crate::model::Bindings;
use crate::notation::vensim;
use crate::structure::{ScalarId, Structure, build};

/// A bill grows by its rate each year; whoever is told what it was pays a tenth of that. A share of something is told too.
const MODEL: &str = "{UTF-8}
    Rate= 1~~|
    Told= 0~~|
    Parts= 4~~|
    Bill= INTEG(Rate, 100)~~|
    Paid= Told/10 ~~|
    Part= 8/Parts~~|
    Stock of grain= INTEG(-Rate, 2.5) ~ grain [0,?] ~|
    INITIAL TIME= 0~~|
    FINAL TIME= 3~~|
    TIME STEP= 0.5~~|
    SAVEPER= 1~~|";

fn structure() -> Structure {
    let (model, problems) = vensim::read(&Arc::from("bill.mdl"), &Arc::from(MODEL));
    assert!(!problems.has_errors(), "{problems:?}");
    build(&model, &Bindings::default()).unwrap().0
}

fn place(structure: &Structure, label: &str) -> ScalarId {
    let mut all = (0..structure.scalars.len() as u32).map(ScalarId);
    all.find(|scalar| structure.label(*scalar) == label).unwrap()
}

/// All blocks of a run of two arms, the second of which follows the bill of the first; `parts` of each draw are sampled.
fn blocks(draws: u64, parts: &(dyn Fn(u64) -> f64 + Sync)) -> (Structure, Vec<DrawBlock>) {
    let structure = structure();
    let at = |label: &str| place(&structure, label);
    let request = Request {
        varying: vec![at("Rate"), at("Parts")],
        driven: vec![at("Told")],
        outcomes: ["Bill", "Paid", "Part", "Stock of grain"].map(|label| Outcome::Level(at(label))).to_vec(),
        report_times: vec![0.0, 1.0, 2.0, 3.0],
        integrator: Integrator::Euler,
    };
    let rate = |value: f64| vec![(at("Rate"), Setting::Constant(value))];
    let follows = Some(Follow { arm: 0, pairs: vec![(at("Told"), 0)] });
    let arms = [
        Arm { name: "Slow".to_owned(), settings: rate(0.5), follows: None },
        Arm { name: "Fast".to_owned(), settings: rate(1.0), follows },
    ];
    let plan = RunPlan {
        structure: &structure,
        program: &compile(&structure, &request),
        request: &request,
        arms: &arms,
        sampled: &[at("Parts")],
        sampler: &|draw: u64, values: &mut [f64]| values[0] = parts(draw),
        draws,
    };
    let blocks = run(&plan, &|block| block, &|_| {});
    (structure, blocks)
}

fn path(block: &DrawBlock, arm: usize, outcome: usize, draw: usize) -> [f64; 4] {
    [0, 1, 2, 3].map(|report| block.lanes(arm, outcome, report)[draw])
}

#[test]
fn an_arm_is_told_at_the_beginning_of_a_year_what_another_had_there() {
    let (_, blocks) = blocks(2, &|_| 4.0);
    // The slow bill is 100, 100.5, 101 and 101.5 as the years begin; the fast arm is told so at once, not a year later. What
    // is told holds for the year: at the end of the last it is still what it was as that year began.
    assert_eq!(path(&blocks[0], 0, 0, 1), [100.0, 100.5, 101.0, 101.5]);
    assert_eq!(path(&blocks[0], 1, 0, 1), [100.0, 101.0, 102.0, 103.0]);
    assert_eq!(path(&blocks[0], 1, 1, 1), [10.0, 10.05, 10.1, 10.1]);
    // The first arm follows nobody.
    assert_eq!(path(&blocks[0], 0, 1, 1), [0.0; 4]);
}

#[test]
fn a_draw_with_a_value_that_is_no_number_is_not_sound_in_any_arm() {
    // Nought parts in the second draw: 8/0 from the beginning on, in both arms.
    let (_, blocks) = blocks(3, &|draw| [4.0, 0.0, 2.0][draw as usize]);
    assert_eq!(blocks[0].sound, [true, false, true]);
    assert_eq!((path(&blocks[0], 0, 2, 0), path(&blocks[0], 0, 2, 2)), ([2.0; 4], [4.0; 4]));
    let faults: Vec<_> = blocks[0].faults.iter().filter(|(_, label, _)| *label == "Part").collect();
    assert_eq!(
        faults.iter().map(|(arm, _, count)| (*arm, count.runs, count.first_draw)).collect::<Vec<_>>(),
        [(0, 1, 1), (1, 1, 1)]
    );
    assert!(faults.iter().all(|(_, _, count)| count.time == 0.0 && !count.value.is_finite()));
}

#[test]
fn a_level_below_its_least_is_a_fault_and_the_draw_stays() {
    // The fast arm eats a grain a year of two and a half: 1.5, 0.5, -0.5. The slow one has a whole one left.
    let (_, blocks) = blocks(2, &|_| 4.0);
    assert_eq!(path(&blocks[0], 0, 3, 0), [2.5, 2.0, 1.5, 1.0]);
    let reported: Vec<_> =
        blocks[0].faults.iter().map(|(arm, label, count)| (arm, label, count.runs, count.time)).collect();
    assert_eq!(reported, [(1, "Stock of grain", 2, 3.0)]);
    assert_eq!(blocks[0].faults.iter().next().unwrap().2.value, -0.5);
    assert_eq!(blocks[0].sound, [true, true]);
}

#[test]
fn blocks_come_in_the_order_of_their_draws() {
    let (_, blocks) = blocks(130, &|draw| 8.0 / (draw + 1) as f64);
    let reported: Vec<_> = blocks.iter().map(|block| (block.first_draw, block.draws, block.sound.len())).collect();
    assert_eq!(reported, [(0, 64, 64), (64, 64, 64), (128, 2, 2)]);
    for block in &blocks {
        for lane in 0..block.draws {
            // Eight over eight parts by the number of the draw.
            let number = (block.first_draw + lane as u64 + 1) as f64;
            assert!((block.lanes(1, 2, 3)[lane] - number).abs() < 1e-12);
        }
    }
}

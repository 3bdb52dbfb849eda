//! The same study gives the same bytes, however it is carried out, and what is added changes nothing that was there.

use std::io;
use std::sync::Mutex;

use engine::ensemble::{Arm, RunPlan, Setting, Unwatched, run};
use engine::kernel::{Integrator, Outcome, Program, Request, compile};
use engine::sampling::Design;
use engine::structure::{Rule, ScalarId, Structure};
use wellspring::appraisal::findings::{Findings, Series};
use wellspring::appraisal::store::{Scratch, Storage};
use wellspring::report::tables;
use wellspring::study::Text;

use crate::support::{findings, scalars, study, with_strategies};

const CUT: (&str, &str) = ("cut", "\"Top slice share of the NHS budget\" = 0.01\n\"Ring fence strength\" = 0.5");
const AGAIN: (&str, &str) = (
    "again",
    "\"Top slice share of the NHS budget\" = [{ from = 1, value = 0.01, ramp_years = 2 }, { from = 4, value = 0 }]\n\
     \"Share of top slice from growth\" = 1\n\"Ring fence strength\" = 1\n\"Share of realised savings reinvested\" = 1",
);
const OTHER: (&str, &str) = ("other", "\"Top slice share of the NHS budget\" = 0.02\n\"Backfill\" = 0");

#[test]
fn one_two_and_seven_threads_give_the_same_bytes() {
    let texts = with_strategies("", &[CUT, AGAIN]);
    let by_threads: Vec<String> = [1, 2, 7]
        .into_iter()
        .map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let found = pool.install(|| study(&texts, 200, Design::LatinHypercube).run(&|_| {}));
            let tables: String = tables(&found).into_iter().map(|table| table.csv() + &table.file).collect();
            assert!(tables.len() > 100_000);
            serde_json::to_string(&found).unwrap() + &tables
        })
        .collect();
    assert!(by_threads[0] == by_threads[1], "two threads differ from one");
    assert!(by_threads[0] == by_threads[2], "seven threads differ from one");
    let other = study(&texts, 199, Design::LatinHypercube).run(&|_| {});
    assert!(!by_threads[0].starts_with(&serde_json::to_string(&other).unwrap()), "the draws change nothing");
}

fn of_strategies(found: &Findings, strategies: &[Option<usize>]) -> String {
    let series: Vec<&Series> = found.series.iter().filter(|one| strategies.contains(&one.key.strategy)).collect();
    let measures: Vec<_> = found.measures.iter().filter(|one| strategies.contains(&Some(one.strategy))).collect();
    let payback: Vec<_> = found.payback.iter().filter(|one| strategies.contains(&Some(one.strategy))).collect();
    assert!(series.len() > 100);
    serde_json::to_string(&(series, measures, payback)).unwrap()
}

#[test]
fn another_strategy_changes_no_number_of_the_others() {
    let two = findings(&with_strategies("", &[CUT, AGAIN]), 70);
    let three = findings(&with_strategies("", &[CUT, AGAIN, OTHER]), 70);
    let kept = [None, Some(0), Some(1)];
    assert!(of_strategies(&two, &kept) == of_strategies(&three, &kept));
    assert_eq!(three.strategies.len(), 3);
}

#[test]
fn another_uncertainty_changes_no_other_draw() {
    let plain = with_strategies("", &[CUT]);
    let mut more = plain.clone();
    let added = "\n[uncertainties.\"Share of young children at 0 to 2\"]\nvalue = 0.6\nlow = 0.5\nhigh = 0.7\n\
                 distribution = \"normal\"\ngrade = \"C\"\nsource = \"wellspring-judgement\"\n";
    more.scenario = Text::new(&plain.scenario.file, &format!("{}{added}", plain.scenario.content));
    for design in [Design::Random, Design::LatinHypercube] {
        let (before, after) = (study(&plain, 40, design), study(&more, 40, design));
        let new = scalars(&after.places[0].structure, "Share of young children at 0 to 2")[0];
        for draw in 0..40 {
            let mut with = after.places[0].draw(draw);
            let place = with.iter().position(|(scalar, _)| *scalar == new).unwrap();
            with.remove(place);
            let mut without = before.places[0].draw(draw);
            with.sort_by_key(|(scalar, _)| *scalar);
            without.sort_by_key(|(scalar, _)| *scalar);
            assert_eq!(with, without);
        }
    }
}

#[test]
fn a_longer_random_study_begins_with_the_draws_of_a_shorter_one() {
    let texts = with_strategies("", &[CUT]);
    let of = |draws, design| {
        let study = study(&texts, draws, design);
        (0..64).map(|draw| study.places[0].draw(draw)).collect::<Vec<_>>()
    };
    assert_eq!(of(64, Design::Random), of(130, Design::Random));
    assert_ne!(of(64, Design::LatinHypercube), of(130, Design::LatinHypercube));
    let random = of(64, Design::Random);
    assert!(random[0] != random[1] && random[0].len() > 100);
}

/// The arms of a study with what is drawn, compiled for the cumulative costs and some outcomes beside them.
struct Bench {
    structure: Structure,
    arms: Vec<Arm>,
    sampled: Vec<ScalarId>,
    draws: Vec<Vec<f64>>,
    request: Request,
    program: Program,
}

/// Drives each arm that follows another by the results where its outcomes stand here.
fn bench(draws: u64) -> Bench {
    let study = study(&with_strategies("", &[CUT, AGAIN]), draws, Design::Random);
    let structure = study.places[0].structure.clone();
    let cost = scalars(&structure, "Cumulative service cost");
    let twin = scalars(&structure, "Twin cumulative service cost");
    let mut outcomes: Vec<Outcome> = cost.iter().map(|scalar| Outcome::Level(*scalar)).collect();
    for name in ["Cumulative QALYs gained", "Staffed beds", "Untreated distress", "Cumulative raided"] {
        outcomes.extend(scalars(&structure, name).into_iter().map(Outcome::Level));
    }
    outcomes.extend(scalars(&structure, "Demand").into_iter().map(Outcome::Integral));
    let mut arms = study.places[0].arms.clone();
    for arm in &mut arms {
        if let Some(follow) = &mut arm.follows {
            follow.pairs = twin.iter().copied().zip(0..).collect();
        }
    }
    let sampled: Vec<ScalarId> = study.places[0].draw(0).iter().map(|(scalar, _)| *scalar).collect();
    let settings = || arms.iter().flat_map(|arm| &arm.settings);
    let mut driven: Vec<ScalarId> =
        settings().filter(|(_, setting)| matches!(setting, Setting::Path(_))).map(|(scalar, _)| *scalar).collect();
    driven.extend(&twin);
    driven.sort();
    driven.dedup();
    let mut varying: Vec<ScalarId> = settings().map(|(scalar, _)| *scalar).chain(sampled.iter().copied()).collect();
    varying.sort();
    varying.dedup();
    varying.retain(|scalar| !driven.contains(scalar));
    assert!(varying.iter().all(|scalar| matches!(structure.scalars[scalar.0 as usize].rule, Rule::Constant(_))));
    let request = Request {
        varying,
        driven,
        outcomes,
        report_times: (-1..=10).map(f64::from).collect(),
        integrator: Integrator::Euler,
    };
    let program = compile(&structure, &request);
    let draws = (0..draws).map(|draw| study.places[0].draw(draw).iter().map(|(_, value)| *value).collect()).collect();
    Bench { structure, arms, sampled, draws, request, program }
}

impl Bench {
    /// The bits of every outcome of every arm, for the draws in this order.
    fn run(&self, order: &[usize]) -> Vec<Vec<u64>> {
        let sampler = |draw: u64, values: &mut [f64]| values.copy_from_slice(&self.draws[order[draw as usize]]);
        let plan = RunPlan {
            structure: &self.structure,
            program: &self.program,
            request: &self.request,
            arms: &self.arms,
            sampled: &self.sampled,
            sampler: &sampler,
            draws: order.len() as u64,
        };
        let blocks = run(
            &plan,
            &|block| {
                let mut bits = vec![Vec::new(); block.draws];
                for arm in 0..self.arms.len() {
                    for outcome in 0..self.request.outcomes.len() {
                        for report in 0..self.request.report_times.len() {
                            let lanes = block.lanes(arm, outcome, report);
                            bits.iter_mut().zip(lanes).for_each(|(bits, value)| bits.push(value.to_bits()));
                        }
                    }
                }
                bits
            },
            &|_| {},
        );
        blocks.into_iter().flatten().collect()
    }
}

#[test]
fn lanes_in_any_order_and_blocks_of_any_size_give_the_same_bits() {
    let bench = bench(70);
    let whole = bench.run(&(0..70).collect::<Vec<_>>());
    assert_eq!(whole.len(), 70);
    assert!(whole[0] != whole[1] && whole[0].len() > 2000);
    // 27 and 70 have no common factor, so this is every draw once.
    let shuffled: Vec<usize> = (0..70).map(|place| place * 27 % 70).collect();
    for (found, draw) in bench.run(&shuffled).iter().zip(&shuffled) {
        assert!(found == &whole[*draw], "draw {draw} depends on its lane");
    }
    for alone in [0, 5, 63, 64, 69] {
        assert!(bench.run(&[alone])[0] == whole[alone], "draw {alone} depends on its block");
    }
    for (found, draw) in bench.run(&[60, 61, 62, 63, 64, 65, 66]).iter().zip(60..) {
        assert!(found == &whole[draw], "draw {draw} depends on where its block begins");
    }
}

/// A little memory, and room outside of it.
struct Little(u64);

/// Bytes outside of the memory that is allowed.
struct Outside(Mutex<Vec<u8>>);

impl Storage for Little {
    fn memory(&self) -> u64 {
        self.0
    }

    fn scratch(&self) -> io::Result<Box<dyn Scratch>> {
        Ok(Box::new(Outside(Mutex::default())))
    }
}

impl Scratch for Outside {
    fn write(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let mut room = self.0.lock().unwrap();
        let end = at as usize + bytes.len();
        if room.len() < end {
            room.resize(end, 0);
        }
        room[at as usize..end].copy_from_slice(bytes);
        Ok(())
    }

    fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        bytes.copy_from_slice(&self.0.lock().unwrap()[at as usize..][..bytes.len()]);
        Ok(())
    }
}

#[test]
fn what_memory_may_be_used_changes_no_byte() {
    let texts = with_strategies("", &[CUT, AGAIN]);
    let study = study(&texts, 150, Design::LatinHypercube);
    let bytes = |found: &Findings| serde_json::to_string(found).unwrap();
    let whole = bytes(&study.run(&|_| {}));
    for memory in [1, 1 << 20, 64 << 20, u64::MAX] {
        let found = study.run_within(&Little(memory), &|_| {}, &Unwatched).unwrap();
        assert!(bytes(&found) == whole, "{memory} bytes of memory change the findings");
    }
}

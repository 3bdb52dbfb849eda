//! Decision analysis against numbers known from elsewhere: closed forms, and another program's boxes.

use std::fs;
use std::path::Path;
use std::time::Instant;

use engine::sampling::{Distribution, uniform};
use wellspring::sensitivity::decision::discovery::{Goal, Input, Limits, Prim, discover};
use wellspring::sensitivity::decision::{
    Consequences, acceptability, information_about_each, information_about_group, perfect_information, worths,
};

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(file)).unwrap()
}

fn normals(seed: u64, draws: usize, name: &str) -> Vec<f64> {
    let normal = Distribution::normal(0.0, 1.0).unwrap();
    (0..draws as u64).map(|draw| normal.quantile(uniform(seed, draw, name))).collect()
}

/// S6, and the closed form within the stated error at 10,000 draws.
#[test]
fn s6_the_value_of_information_is_that_of_the_closed_form() {
    let truth: serde_json::Value = serde_json::from_str(&read("decision/voi_linear_gaussian.json")).unwrap();
    let of = |value: &serde_json::Value| value.as_f64().unwrap();
    let (m, n) = (of(&truth["m"]), 10_000);
    let b: Vec<f64> = truth["b"].as_array().unwrap().iter().map(of).collect();
    let z: Vec<Vec<f64>> = (0..b.len()).map(|i| normals(7, n, &format!("z{i}"))).collect();
    let benefit = (0..n).map(|draw| m + b.iter().zip(&z).map(|(b, z)| b * z[draw]).sum::<f64>()).collect();
    let consequences = Consequences::of_benefits(&[vec![0.0; n], benefit]).unwrap();

    let all = perfect_information(&consequences, &[0.0])[0];
    assert!((all.value.value - of(&truth["EVPI"])).abs() < 3.0 * all.value.error, "{all:?}");
    let chance = acceptability(&consequences, &[0.0])[0].probability[1];
    assert!((chance.value - of(&truth["CEAC_new"])).abs() < 3.0 * chance.error, "{chance:?}");
    let each = information_about_each(&consequences, &z, &[0.0]).unwrap();
    for (known, truth) in truth["EVPPI"].as_object().unwrap() {
        let inputs: Vec<usize> = known.split(',').map(|i| i.parse().unwrap()).collect();
        let group: Vec<&[f64]> = inputs.iter().map(|i| z[*i].as_slice()).collect();
        let together = information_about_group(&consequences, &group, &[0.0]).unwrap()[0];
        let found = [Some(together), (inputs.len() == 1).then(|| each[inputs[0]][0])];
        for one in found.into_iter().flatten() {
            let far = (one.value.value - of(truth)).abs();
            assert!(far <= 3.0 * one.value.error + 1e-9, "{known}: {one:?}, truth {truth}");
            assert!((0.0..=all.value.value).contains(&one.value.value), "{known}: {one:?}");
        }
    }
}

/// A million added to every strategy's benefit moves no value of information.
#[test]
fn what_all_strategies_share_does_not_matter() {
    let n = 2_000;
    let (x, noise) = (normals(1, n, "x"), normals(1, n, "noise"));
    let values = |shift: f64| {
        let first = noise.iter().map(|noise| shift + 0.3 * noise).collect();
        let second = x.iter().zip(&noise).map(|(x, noise)| shift + 0.2 + x + 0.3 * noise).collect();
        let consequences = Consequences::of_benefits(&[first, second]).unwrap();
        let each = information_about_each(&consequences, std::slice::from_ref(&x), &[0.0]).unwrap()[0][0];
        [perfect_information(&consequences, &[0.0])[0].value.value, each.value.value, each.value.error]
    };
    for (one, other) in values(0.0).into_iter().zip(values(1e6)) {
        assert!((one - other).abs() < 1e-8, "{one} {other}");
    }
}

/// Five hundred inputs, ten thousand draws, three strategies, five worths: seconds on an optimised build, and the same
/// bytes in one thread as in many.
#[test]
fn many_inputs_take_seconds() {
    let (inputs, n) = if cfg!(debug_assertions) { (60, 4_000) } else { (500, 10_000) };
    let x: Vec<Vec<f64>> = (0..inputs).map(|i| normals(3, n, &format!("x{i}"))).collect();
    let row = |a: usize, b: usize, scale: f64| (0..n).map(|i| scale * (x[a][i] + 0.5 * x[b][i])).collect::<Vec<f64>>();
    let costs = vec![vec![0.0; n], row(0, 1, 1e6), row(2, 3, 2e6)];
    let effects = vec![vec![0.0; n], row(4, 5, 40.0), row(6, 7, 70.0)];
    let consequences = Consequences::new(costs, effects).unwrap();
    let worths = worths(100_000.0, 4);
    let start = Instant::now();
    let found = information_about_each(&consequences, &x, &worths).unwrap();
    let took = start.elapsed();
    eprintln!("{inputs} inputs x {n} draws x 3 strategies x 5 worths: {took:?}");
    assert!(took.as_secs() < 120, "{took:?}");
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(found, alone.install(|| information_about_each(&consequences, &x, &worths).unwrap()));
    let all = perfect_information(&consequences, &worths);
    for (input, curve) in found.iter().enumerate() {
        for (one, all) in curve.iter().zip(&all) {
            assert!((0.0..=all.value.value).contains(&one.value.value));
            assert!(input < 8 || one.value.value <= 3.0 * one.value.error + 0.002 * all.value.value, "{input} {one:?}");
        }
    }
}

/// The boxes of the EMA Workbench, step by step: its limits, its cases, its cases of interest.
#[test]
fn prim_takes_the_steps_that_another_program_takes() {
    let sample = read("prim/sample.csv");
    let rows: Vec<Vec<&str>> = sample.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let number = |column: usize| Input::Numbers(rows.iter().map(|row| row[column].parse().unwrap()).collect());
    let kinds = ["north", "south", "west"];
    let kind = |row: &Vec<&str>| kinds.iter().position(|kind| *kind == row[4]).unwrap() as u32;
    let of_case = rows.iter().map(kind).collect();
    let inputs = [number(0), number(1), number(2), number(3), Input::Categories { of_case, count: 3 }];
    let interest: Vec<bool> = rows.iter().map(|row| row[5] == "1").collect();
    let trajectory = read("prim/trajectory.csv");
    for (name, goal) in [("lenient1", Goal::GainForMass), ("original", Goal::Density)] {
        let found = discover(&inputs, &interest, &Prim { goal, boxes: 1, ..Prim::default() }).unwrap();
        let theirs: Vec<Vec<&str>> = trajectory
            .lines()
            .map(|line| line.split(',').collect::<Vec<&str>>())
            .filter(|row| row[0] == name)
            .collect();
        let ours = &found[0].trajectory;
        assert_eq!(ours.len(), theirs.len(), "{name}");
        for (step, (region, row)) in ours.iter().zip(&theirs).enumerate() {
            assert_eq!(region.cases.to_string(), row[1], "{name}, step {step}");
            assert_eq!(region.of_interest.to_string(), row[2], "{name}, step {step}");
            for (input, limits) in region.limits.iter().enumerate() {
                match limits {
                    Limits::Range { low, high } => {
                        for (own, theirs) in [(low, row[3 + 2 * input]), (high, row[4 + 2 * input])] {
                            let theirs: f64 = theirs.parse().unwrap();
                            assert!((own - theirs).abs() < 1e-8, "{name}, step {step}, input {input}: {own} {theirs}");
                        }
                    }
                    Limits::Kept(kept) => {
                        let names: Vec<&str> = (0..3).filter(|place| kept[*place]).map(|place| kinds[place]).collect();
                        assert_eq!(names.join("|"), row[11], "{name}, step {step}");
                    }
                }
            }
        }
    }
}

//! Indices against SALib, numpy and scipy on stored samples: what is deterministic to 1e-9, what is resampled within three
//! of the peer's intervals. tests/reference/sensitivity/README.md says where the samples come from.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::Value;
use wellspring::appraisal::statistic::quantile;
use wellspring::sensitivity::delta::Delta;
use wellspring::sensitivity::efast::Curves;
use wellspring::sensitivity::morris::{Grid, Morris, wrong_step};
use wellspring::sensitivity::pawn::Pawn;
use wellspring::sensitivity::ranks::Ranks;
use wellspring::sensitivity::rbd_fast::RbdFast;
use wellspring::sensitivity::sobol::{Layout, Sobol, misplaced};
use wellspring::sensitivity::{Confidence, Groups, IndexKind, SensitivityIndex, find};

const EXACT: f64 = 1e-9;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/sensitivity")
}

/// A stored table as text.
pub fn table(name: &str) -> String {
    let file = File::open(folder().join(format!("{name}.csv.gz"))).unwrap();
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text
}

fn columns(name: &str) -> Vec<Vec<f64>> {
    let rows: Vec<Vec<f64>> =
        table(name).lines().map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect();
    (0..rows[0].len()).map(|column| rows.iter().map(|row| row[column]).collect()).collect()
}

fn output(name: &str) -> Vec<f64> {
    columns(name).remove(0)
}

fn peer(name: &str) -> Value {
    let file = File::open(folder().join(format!("{name}.json"))).unwrap();
    serde_json::from_reader(file).unwrap()
}

fn numbers(peer: &Value, key: &str) -> Vec<f64> {
    let list = peer[key].as_array().unwrap_or_else(|| panic!("no {key} in {peer}"));
    list.iter().map(|value| value.as_f64().unwrap()).collect()
}

fn values(found: &[SensitivityIndex], kind: IndexKind, inputs: usize) -> Vec<f64> {
    (0..inputs).map(|of| find(found, kind, of).unwrap().value).collect()
}

#[track_caller]
fn agree(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    let apart = found.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(apart < EXACT, "{apart:e} apart:\n{found:?}\n{expected:?}");
}

/// The half widths of our intervals against the peer's: both have the error of 100 resamples, about 7 % each.
#[track_caller]
fn alike(found: &[SensitivityIndex], kind: IndexKind, expected: &[f64]) {
    for (of, expected) in expected.iter().enumerate() {
        let [low, high] = find(found, kind, of).unwrap().interval.unwrap();
        let ratio = (high - low) / 2.0 / expected;
        assert!((0.6..1.6).contains(&ratio) || *expected < 1e-12, "{kind:?} of {of}: {low} to {high}, {expected}");
    }
}

fn shifted(output: &[f64]) -> Vec<f64> {
    output.iter().map(|value| value + 1e6).collect()
}

/// Adding a million to the output changes no index.
#[track_caller]
fn unmoved(found: &[SensitivityIndex], again: &[SensitivityIndex]) {
    assert_eq!(found.len(), again.len());
    for (one, other) in found.iter().zip(again) {
        assert!((one.value - other.value).abs() < EXACT, "{one:?}\n{other:?}");
        assert_eq!(one.resolved, other.resolved);
    }
}

#[test]
fn sobol_indices_are_those_of_salib() {
    for (name, inputs, second_order) in [("ishigami", 3, true), ("ishigami_first", 3, false), ("sobolg", 8, true)] {
        let output = output(&format!("sobol_{name}_Y"));
        let peer = peer(&format!("sobol_{name}_indices"));
        let layout = Layout { base: peer["N"].as_u64().unwrap() as usize, inputs, second_order };
        assert_eq!(misplaced(&columns(&format!("sobol_{name}_X")), &Groups::single(inputs), &layout), None);
        let sobol = Sobol::new(layout, Confidence::default());
        let found = sobol.indices(&output).unwrap();
        agree(&values(&found, IndexKind::FirstOrder, inputs), &numbers(&peer, "S1"));
        agree(&values(&found, IndexKind::TotalOrder, inputs), &numbers(&peer, "ST"));
        alike(&found, IndexKind::FirstOrder, &numbers(&peer, "S1_conf"));
        alike(&found, IndexKind::TotalOrder, &numbers(&peer, "ST_conf"));
        let pairs: Vec<&SensitivityIndex> = found.iter().filter(|one| one.kind == IndexKind::SecondOrder).collect();
        assert_eq!(pairs.len(), if second_order { inputs * (inputs - 1) / 2 } else { 0 });
        for pair in pairs {
            let (of, with) = (pair.of, pair.with.unwrap());
            agree(&[pair.value], &[peer["S2"][of][with].as_f64().unwrap()]);
            let [low, high] = pair.interval.unwrap();
            let ratio = (high - low) / 2.0 / peer["S2_conf"][of][with].as_f64().unwrap();
            assert!((0.6..1.6).contains(&ratio), "{pair:?} {ratio}");
        }
        unmoved(&found, &sobol.indices(&shifted(&output)).unwrap());
    }
}

/// Three samples of known truth; no gate is tighter than the interval.
#[test]
fn sobol_intervals_hold_the_known_truth() {
    let truth = peer("analytic_truth");
    for (name, inputs, known) in [("ishigami", 3, "ishigami"), ("sobolg", 8, "sobol_g")] {
        let peer = peer(&format!("sobol_{name}_indices"));
        let layout = Layout { base: peer["N"].as_u64().unwrap() as usize, inputs, second_order: true };
        let found = Sobol::new(layout, Confidence::default()).indices(&output(&format!("sobol_{name}_Y"))).unwrap();
        for (kind, key) in [(IndexKind::FirstOrder, "S1"), (IndexKind::TotalOrder, "ST")] {
            for (of, truth) in numbers(&truth[known], key).into_iter().enumerate() {
                let [low, high] = find(&found, kind, of).unwrap().interval.unwrap();
                assert!(low <= truth && truth <= high, "{kind:?} of {of}: {truth} is not in {low} to {high}");
            }
        }
    }
}

#[test]
fn elementary_effects_are_those_of_salib() {
    for (name, levels, bounds) in
        [("ishigami", 4, [-std::f64::consts::PI, std::f64::consts::PI]), ("sobolg", 6, [0.0, 1.0])]
    {
        let (inputs, output) = (columns(&format!("morris_{name}_X")), output(&format!("morris_{name}_Y")));
        let peer = peer(&format!("morris_{name}_indices"));
        let groups = Groups::single(inputs.len());
        let step = Grid::new(levels).unwrap().step();
        assert_eq!(wrong_step(&inputs, &groups, &vec![bounds; inputs.len()], step), None);
        let morris = Morris::new(&inputs, &groups, step, Confidence::default()).unwrap();
        let found = morris.indices(&output).unwrap();
        for (kind, key) in [(IndexKind::Mu, "mu"), (IndexKind::MuStar, "mu_star"), (IndexKind::Sigma, "sigma")] {
            agree(&values(&found, kind, inputs.len()), &numbers(&peer, key));
        }
        alike(&found, IndexKind::MuStar, &numbers(&peer, "mu_star_conf"));
        unmoved(&found, &morris.indices(&shifted(&output)).unwrap());
    }
}

#[test]
fn efast_indices_are_those_of_salib() {
    let output = output("efast_ishigami_Y");
    let peer = peer("efast_ishigami");
    let curves = Curves::new(3, 1, 1_000, 4).unwrap();
    let found = curves.indices(&output, &Confidence::default()).unwrap();
    agree(&values(&found, IndexKind::FirstOrder, 3), &numbers(&peer, "S1"));
    agree(&values(&found, IndexKind::TotalOrder, 3), &numbers(&peer, "ST"));
    unmoved(&found, &curves.indices(&shifted(&output), &Confidence::default()).unwrap());
}

#[test]
fn rbd_fast_indices_are_those_of_salib() {
    let (inputs, output) = (columns("lhs_ishigami_X"), output("lhs_ishigami_Y"));
    let peer = peer("rbd_fast_ishigami");
    let rbd_fast = RbdFast::new(&inputs, 10, Confidence::default()).unwrap();
    let found = rbd_fast.indices(&output).unwrap();
    agree(&values(&found, IndexKind::FirstOrder, 3), &numbers(&peer, "S1"));
    unmoved(&found, &rbd_fast.indices(&shifted(&output)).unwrap());
}

#[test]
fn pawn_indices_are_those_of_salib() {
    let (inputs, output) = (columns("lhs_ishigami_X"), output("lhs_ishigami_Y"));
    let peer = peer("pawn_ishigami");
    let pawn = Pawn::new(&inputs, 10, Confidence::default()).unwrap();
    let found = pawn.indices(&output).unwrap();
    let kinds = [
        (IndexKind::Minimum, "minimum"),
        (IndexKind::Mean, "mean"),
        (IndexKind::Median, "median"),
        (IndexKind::Maximum, "maximum"),
        (IndexKind::CoefficientOfVariation, "CV"),
    ];
    for (kind, key) in kinds {
        agree(&values(&found, kind, 3), &numbers(&peer, key));
    }
    unmoved(&found, &pawn.indices(&shifted(&output)).unwrap());
}

/// The plug-in estimate is SALib's to the digit. What SALib publishes is drawn by chance, three ways.
#[test]
fn delta_is_that_of_salib() {
    let (inputs, output) = (columns("lhs_ishigami_X"), output("lhs_ishigami_Y"));
    let plug_in = peer("delta_dhat_ishigami");
    let published = peer("delta_ishigami");
    let delta = Delta::new(&inputs, Confidence::default()).unwrap();
    assert_eq!(delta.classes() as u64, plug_in["M"].as_u64().unwrap());
    let found = delta.indices(&output).unwrap();
    agree(&values(&found, IndexKind::DeltaPlugIn, 3), &numbers(&plug_in, "delta_hat"));
    agree(&values(&found, IndexKind::FirstOrder, 3), &numbers(&plug_in, "S1"));
    let three_ways = [
        (IndexKind::Delta, "delta_raw"),
        (IndexKind::Delta, "delta_balanced"),
        (IndexKind::Delta, "delta_step"),
        (IndexKind::FirstOrder, "S1"),
    ];
    for (kind, key) in three_ways {
        let (expected, half) = (numbers(&published, key), numbers(&published, &format!("{key}_conf")));
        for (of, value) in values(&found, kind, 3).into_iter().enumerate() {
            assert!((value - expected[of]).abs() < 3.0 * half[of], "{key} of {of}: {value}, {expected:?} {half:?}");
        }
        alike(&found, kind, &half);
    }
    unmoved(&found, &delta.indices(&shifted(&output)).unwrap());
}

#[test]
fn rank_measures_are_those_of_scipy() {
    let (inputs, output) = (columns("lhs_sobolg_X"), output("lhs_sobolg_Y"));
    let peer = peer("rank_measures_sobolg");
    let ranks = Ranks::new(&inputs, Confidence::default()).unwrap();
    let found = ranks.indices(&output).unwrap();
    let kinds = [
        (IndexKind::Spearman, "spearman"),
        (IndexKind::PartialCorrelation, "pcc"),
        (IndexKind::PartialRankCorrelation, "prcc"),
        (IndexKind::RegressionCoefficient, "src"),
        (IndexKind::RankRegressionCoefficient, "srrc"),
    ];
    for (kind, key) in kinds {
        agree(&values(&found, kind, inputs.len()), &numbers(&peer, key));
    }
    unmoved(&found, &ranks.indices(&shifted(&output)).unwrap());
}

#[test]
fn quantiles_are_those_of_numpy() {
    let mut output = output("lhs_ishigami_Y");
    output.sort_by(f64::total_cmp);
    let peer = peer("quantiles_type7_ishigami_lhs");
    let found: Vec<f64> = numbers(&peer, "q").into_iter().map(|p| quantile(&output, p)).collect();
    agree(&found, &numbers(&peer, "type7"));
}

/// Resampling is a function of the seed, not of threads or of what else was computed.
#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let (inputs, output) = (columns("lhs_ishigami_X"), output("lhs_ishigami_Y"));
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            Delta::new(&inputs, Confidence { resamples: 20, ..Confidence::default() }).unwrap().indices(&output)
        })
    };
    let one = on(1).unwrap();
    assert_eq!(one, on(3).unwrap());
    let other_seed = Confidence { resamples: 20, seed: 2, ..Confidence::default() };
    assert_ne!(one, Delta::new(&inputs, other_seed).unwrap().indices(&output).unwrap());
}

/// Outputs near the ends of what a number can be: the square of 1e160 is none, and that of 1e-170 is 0. Measured in another
/// unit every share and correlation is the same, to the last digit where the unit is a power of two; effects are in the unit.
#[test]
fn no_unit_of_the_output_is_too_large_or_too_small() {
    let confidence = Confidence { resamples: 20, ..Confidence::default() };
    let (x, y) = (columns("lhs_ishigami_X"), output("lhs_ishigami_Y"));
    let base = peer("sobol_ishigami_indices")["N"].as_u64().unwrap() as usize;
    let sobol = Sobol::new(Layout { base, inputs: 3, second_order: true }, confidence);
    let curves = Curves::new(3, 1, 1_000, 4).unwrap();
    let rbd_fast = RbdFast::new(&x, 10, confidence).unwrap();
    let (pawn, delta) = (Pawn::new(&x, 10, confidence).unwrap(), Delta::new(&x, confidence).unwrap());
    let ranks = Ranks::new(&x, confidence).unwrap();
    let screened = columns("morris_ishigami_X");
    let step = Grid::new(4).unwrap().step();
    let morris = Morris::new(&screened, &Groups::single(3), step, confidence).unwrap();
    type Method<'a> = Box<dyn Fn(&[f64]) -> Vec<SensitivityIndex> + 'a>;
    let methods: [(&str, Vec<f64>, Method<'_>); 7] = [
        ("sobol", output("sobol_ishigami_Y"), Box::new(|y| sobol.indices(y).unwrap())),
        ("efast", output("efast_ishigami_Y"), Box::new(|y| curves.indices(y, &confidence).unwrap())),
        ("rbd-fast", y.clone(), Box::new(|y| rbd_fast.indices(y).unwrap())),
        ("pawn", y.clone(), Box::new(|y| pawn.indices(y).unwrap())),
        ("delta", y.clone(), Box::new(|y| delta.indices(y).unwrap())),
        ("ranks", y, Box::new(|y| ranks.indices(y).unwrap())),
        ("morris", output("morris_ishigami_Y"), Box::new(|y| morris.indices(y).unwrap())),
    ];
    for (name, output, indices) in &methods {
        let plain = indices(output);
        for (unit, exact) in [(2.0_f64.powi(1_000), true), (2.0_f64.powi(-900), true), (1e160, false), (1e-170, false)]
        {
            let moved = indices(&output.iter().map(|value| value * unit).collect::<Vec<f64>>());
            assert_eq!(plain.len(), moved.len(), "{name} in {unit:e}");
            for (one, other) in plain.iter().zip(&moved) {
                let own = if *name == "morris" { other.value / unit } else { other.value };
                assert_eq!(
                    (one.kind, one.of, one.resolved),
                    (other.kind, other.of, other.resolved),
                    "{name} in {unit:e}"
                );
                assert!(!exact || own == one.value, "{name} in {unit:e}: {one:?} {other:?}");
                assert!(
                    (own - one.value).abs() <= EXACT * one.value.abs().max(1e-3),
                    "{name} in {unit:e}: {one:?} {other:?}"
                );
                assert_eq!(one.interval.is_some(), other.interval.is_some(), "{name} in {unit:e}");
            }
        }
    }
    // Inputs have units too.
    let large: Vec<Vec<f64>> =
        x.iter().map(|column| column.iter().map(|value| value * 2.0_f64.powi(700)).collect()).collect();
    let plain = ranks.indices(&methods[2].1).unwrap();
    assert_eq!(Ranks::new(&large, confidence).unwrap().indices(&methods[2].1).unwrap(), plain);
}

/// An input that never varies is put in no order: it has no index, and those of the others are what they were.
#[test]
fn an_input_that_never_varies_has_no_index() {
    let confidence = Confidence { resamples: 10, ..Confidence::default() };
    let (mut x, y) = (columns("lhs_ishigami_X"), output("lhs_ishigami_Y"));
    let of = |x: &[Vec<f64>]| {
        [
            RbdFast::new(x, 10, confidence).unwrap().indices(&y).unwrap(),
            Pawn::new(x, 10, confidence).unwrap().indices(&y).unwrap(),
            Delta::new(x, confidence).unwrap().indices(&y).unwrap(),
        ]
    };
    let plain = of(&x);
    x.push(vec![5.0; y.len()]);
    assert_eq!(of(&x), plain);
    x.rotate_right(1);
    assert!(of(&x).iter().flatten().all(|one| one.of > 0 && one.value.is_finite()));
    assert!(Pawn::new(&x, 10, confidence).unwrap().without_influence(&y).unwrap().is_some());
}

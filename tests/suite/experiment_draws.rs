//! Sweeps, decisions and sensitivity analyses draw as `run` does: repetitions, leaders and correlations included.

use engine::sampling::Design;
use wellspring::appraisal::findings::MeasureFinding;
use wellspring::appraisal::measure::cost_per_qaly::COST_PER_QALY;
use wellspring::study::experiment::{
    GroupsAsked, Laid, Others, PointColumn, PointMatrix, SensitivityDesign, SensitivityMethod, SensitivityQuestion,
    Subject,
};
use wellspring::study::{Overrides, Study, StudyTexts, Text, prepare};

use crate::support::{patched, shipped};

const TIED: [&str; 3] = ["Unit cost[E08]", "Unit cost[H01]", "Unit cost[H04]"];

/// The shipped study in four scramblings with two leaders, and three unit costs that move together.
fn texts(more: &str) -> StudyTexts {
    let mut texts = shipped();
    let scenario = patched(
        &texts.scenario,
        "draws = 1000\nseed = 2025\ndesign = \"lhs\"\n",
        "draws = 16\nseed = 2025\ndesign = \"sobol\"\nreplicates = 4\nleading = [\"Backfill\", \"Unit cost[E08]\"]\n\n\
         [[correlation]]\nnames = [\"Unit cost[H01]\", \"Unit cost[E08]\", \"Unit cost[H04]\"]\n\
         matrix = [[1, 0.8, -0.3], [0.8, 1, 0], [-0.3, 0, 1]]\n",
    );
    texts.scenario = Text::new(&scenario.file, &format!("{}{more}", scenario.content));
    texts
}

fn study(more: &str, design: Design) -> Study {
    let overrides = Overrides { design: Some(design), ..Overrides::default() };
    prepare(&texts(more), &overrides).unwrap().0
}

const DESIGNS: [Design; 3] = [Design::Random, Design::LatinHypercube, Design::Sobol];

/// The scenario's own setting, by hand, draw by draw: each uncertain constant at the value that the draw of `run` gives it.
#[test]
fn a_draw_of_a_sweep_at_the_scenarios_own_point_is_that_draw_of_a_run() {
    let asked = "\n[sweep]\noutcomes = [\"net-at-horizon:cash\", \"net-at-horizon:social\"]\nstrategies = [\"from-growth\"]\n\
                 [[sweep.over]]\nlever = \"Ring fence strength\"\nvalues = [1]\n";
    let study = study(asked, Design::Sobol);
    let subject = Subject::Study(&study);
    let (experiment, _) = subject.sweep(subject.sweep_asked().unwrap()).unwrap();
    let swept = experiment.run(&|_| {});
    let place = &study.places[0];
    let columns = place.draw(0).iter().map(|(scalar, _)| PointColumn::Value(place.structure.label(*scalar))).collect();
    let values = (0..16).flat_map(|draw| place.draw(draw).into_iter().map(|(_, value)| value)).collect();
    let outcomes = ["net-at-horizon:cash", "net-at-horizon:social"].map(str::to_owned);
    let run = study.experiment(&outcomes, PointMatrix { columns, values, others: Others::Central }).unwrap();
    for outcome in 0..2 {
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(swept.column(outcome, 0)), bits(run.column(outcome, 1)));
    }
    let found = study.run(&|_| {});
    let measure = found.measures.iter().find(|one| one.strategy == 1 && one.outcome == "net-at-horizon").unwrap();
    let mean = wellspring::appraisal::statistic::mean(swept.column(0, 0));
    assert_eq!((measure.group.as_str(), measure.estimates[0].1.value), ("cash", mean.value));
}

fn laid(study: &Study, method: SensitivityMethod, size: usize) -> (Vec<String>, Laid) {
    let question = SensitivityQuestion {
        outcomes: Vec::new(),
        strategies: Vec::new(),
        over_time: false,
        groups: GroupsAsked::Before(Vec::new()),
        second_order: false,
    };
    let design = SensitivityDesign::new(Subject::Study(study), &question).unwrap().0;
    (design.units().iter().map(|unit| unit.name.clone()).collect(), design.lay(method, size))
}

fn column(laid: &Laid, name: &str) -> Vec<f64> {
    let at = laid.problem.inputs.iter().position(|input| input.name == name).unwrap();
    let points = laid.points();
    (0..points.len()).map(|row| points.row(row)[at]).collect()
}

#[test]
fn a_stored_sample_is_the_draws_of_the_study() {
    for design in DESIGNS {
        let study = study("", design);
        let (_, laid) = laid(&study, SensitivityMethod::Stored, 16);
        let place = &study.places[0];
        // What follows one of the names alone rises with it, so their orders are the same.
        for name in TIED.iter().chain(&["Backfill"]) {
            let points = column(&laid, name);
            let at = place.draw(0).iter().position(|(scalar, _)| place.structure.label(*scalar) == *name).unwrap();
            let mut order: Vec<usize> = (0..16).collect();
            order.sort_by(|one, other| points[*one].total_cmp(&points[*other]));
            let values: Vec<f64> = order.iter().map(|draw| place.draw(*draw as u64)[at].1).collect();
            assert!(values.windows(2).all(|two| two[0] <= two[1]), "{name} {design}: {values:?}");
        }
    }
}

/// Spearman's correlation.
fn rank_correlation(one: &[f64], other: &[f64]) -> f64 {
    let ranks = |values: &[f64]| -> Vec<f64> {
        values.iter().map(|value| values.iter().filter(|other| *other < value).count() as f64).collect()
    };
    let n = one.len() as f64;
    let squares: f64 = ranks(one).iter().zip(ranks(other)).map(|(x, y)| (x - y) * (x - y)).sum();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

/// One unit of the three, drawn from their joint distribution and independent of the rest, in A and in B.
#[test]
fn sobol_moves_what_is_correlated_together() {
    let study = study("", Design::Sobol);
    let (units, laid) = laid(&study, SensitivityMethod::Sobol, 256);
    assert!(units.contains(&"Unit cost[E08] with 2 more".to_owned()), "{units:?}");
    assert!(!units.iter().any(|unit| TIED.contains(&unit.as_str())));
    let each = units.len() + 2;
    let [e08, h01, h04] = TIED.map(|name| column(&laid, name));
    let backfill = column(&laid, "Backfill");
    for first in [0, each - 1] {
        let rows = |column: &[f64]| -> Vec<f64> { column.iter().skip(first).step_by(each).copied().collect() };
        for (one, other, declared) in
            [(&e08, &h01, 0.8), (&h01, &h04, -0.3), (&e08, &h04, 0.0), (&e08, &backfill, 0.0), (&h04, &backfill, 0.0)]
        {
            let found = rank_correlation(&rows(one), &rows(other));
            assert!((found - declared).abs() < 0.12, "{found} for {declared}");
        }
    }
}

#[test]
fn screening_and_tornado_keep_to_what_is_correlated() {
    let study = study("", Design::Sobol);
    let (units, morris) = laid(&study, SensitivityMethod::Morris, 64);
    let [e08, h01] = ["Unit cost[E08]", "Unit cost[H01]"].map(|name| column(&morris, name));
    // They are moved in the same step of each trajectory, and nowhere else.
    for row in (1..e08.len()).filter(|row| row % (units.len() + 1) != 0) {
        assert_eq!(e08[row] == e08[row - 1], h01[row] == h01[row - 1], "{row}");
    }
    assert!(rank_correlation(&e08, &h01) > 0.5);
    let (_, tornado) = laid(&study, SensitivityMethod::Tornado, 1);
    let points = tornado.points();
    let at = |name: &str| tornado.problem.inputs.iter().position(|input| input.name == name).unwrap();
    let row = points.row(2 + 2 * at("Unit cost[H01]"));
    // 1.645 times 2 sin(rho pi / 6), and the normal distribution up to there.
    for (name, expected) in [("Unit cost[H01]", 0.95), ("Unit cost[E08]", 0.9095), ("Unit cost[H04]", 0.3034)] {
        assert!((row[at(name)] - expected).abs() < 1e-3, "{name}: {}", row[at(name)]);
    }
    assert_eq!(row[at("Backfill")], 0.5);
}

/// What a study tells does not depend on how it came by its draws.
#[test]
fn a_study_that_takes_other_draws_is_the_one_made_ready_with_them() {
    for design in DESIGNS {
        let of = |draws, replicates| {
            let overrides =
                Overrides { draws: Some(draws), design: Some(design), replicates: Some(replicates), seed: None };
            prepare(&texts(""), &overrides).unwrap()
        };
        let ((mut study, _), (other, warned)) = (of(4, 2), of(6, 3));
        let uneven = study.redraw(7, 2).unwrap_err();
        assert_eq!(uneven.iter().next().unwrap().message, "7 draws do not divide into 2 repetitions of one size");
        assert_eq!((study.sampling.draws, study.scenario.design.options.replicates), (4, 2), "it stays as it was");
        study.redraw(6, 3).unwrap();
        assert_eq!((study.sampling, &study.scenario.design), (other.sampling, &other.scenario.design));
        assert_eq!(study.warnings(), warned);
        for draw in 0..6 {
            assert_eq!(study.places[0].draw(draw), other.places[0].draw(draw), "{design}, draw {draw}");
        }
        if design == Design::LatinHypercube {
            assert_eq!(study.run(&|_| {}), other.run(&|_| {}));
        }
    }
}

/// The warning that depends on the draws is of those that are drawn now: 4 by 2 are powers of two, 6 in 2 are not.
#[test]
fn a_study_warns_of_the_draws_that_it_has() {
    let overrides = Overrides { draws: Some(4), replicates: Some(2), design: Some(Design::Sobol), seed: None };
    let (mut study, _) = prepare(&texts(""), &overrides).unwrap();
    let told = |study: &Study| {
        let found = study.warnings();
        found.iter().filter(|one| one.message.contains("no power of two")).count()
    };
    assert_eq!(told(&study), 0);
    study.redraw(6, 2).unwrap();
    assert_eq!(told(&study), 1);
}

/// What its report and its workbook ask of the evidence is what was read, in the order of the texts.
#[test]
fn a_study_keeps_the_evidence_that_it_was_made_ready_with() {
    let texts = StudyTexts::shipped("one-per-cent").unwrap();
    let (study, _) = prepare(&texts, &Overrides::default()).unwrap();
    let kept: Vec<&str> = study.library.files().iter().map(|file| &*file.id_span.file).collect();
    let given: Vec<&str> = texts.evidence.iter().map(|text| &*text.file).collect();
    assert_eq!(kept, given);
    let keys = study.library.files().iter().flat_map(|file| &file.figures).flat_map(|figure| &figure.sources);
    assert!(keys.clone().count() > 100 && keys.clone().all(|key| study.library.references.sources.get(key).is_some()));
    let money = study.accounts.plan_money.as_ref().unwrap();
    assert!(study.accounts.ledger(&money.moved.value).is_some());
}

/// The catalogue is one: what a run tells of every measure is what an experiment measures at the same draws.
#[test]
fn every_measure_of_a_run_can_be_asked_for_and_is_the_same_number() {
    let study = study("", Design::Sobol);
    let found = study.run(&|_| {});
    let told: Vec<_> =
        found.measures.iter().filter(|one| one.strategy == 1 && !one.outcome.ends_with(COST_PER_QALY)).collect();
    let name = |one: &MeasureFinding| format!("{}:{}/{}", one.outcome, one.group, one.comparator.name());
    let outcomes: Vec<String> = told.iter().map(|one| name(one)).collect();
    let place = &study.places[0];
    let columns = place.draw(0).iter().map(|(scalar, _)| PointColumn::Value(place.structure.label(*scalar))).collect();
    let values = (0..16).flat_map(|draw| place.draw(draw).into_iter().map(|(_, value)| value)).collect();
    let table = study.experiment(&outcomes, PointMatrix { columns, values, others: Others::Central }).unwrap();
    assert!(told.len() > 100, "{}", told.len());
    for (outcome, measure) in told.iter().enumerate() {
        let mean = wellspring::appraisal::statistic::mean(table.column(outcome, 1)).value;
        assert_eq!(measure.estimates[0].1.value.to_bits(), mean.to_bits(), "{}", outcomes[outcome]);
        assert_eq!(measure.unit, table.outcomes[outcome].unit);
    }
}

#[test]
fn what_no_run_tells_is_not_watched() {
    let watched = |outcome: &str| {
        let texts = texts(&format!("\n[stopping]\nprecision = 0.1\noutcomes = [\"{outcome}\"]\n"));
        let found = prepare(&texts, &Overrides::default()).err().unwrap_or_default();
        found.iter().map(|one| format!("{}: {}", one.message, one.hints.join("; "))).collect::<Vec<_>>()
    };
    assert_eq!(watched("total-qalys-gained"), Vec::<String>::new());
    assert_eq!(
        watched("total-service-cost:nhs-acute"),
        ["`total-service-cost:nhs-acute` is of the whole horizon, and a run tells a payer year by year: \
          watch a year of it, such as `service-cost:nhs-acute@10`"]
    );
    assert_eq!(
        watched("discounted-qalys-gained:q1"),
        ["`discounted-qalys-gained:q1` is of the whole horizon, and a run tells it of all together alone: \
          watch all together, `discounted-qalys-gained`"]
    );
}

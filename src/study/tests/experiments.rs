//! The till at points of what is chosen and what nature chooses: experiments, sweeps, the sample of a decision, loops that are
//! cut, draws that are kept.
//!
//! Of 40 pounds a year 30 times what comes of it are got back, so the net position is 60 times that less 80 over two years.

use super::till::{close, findings, means, patched, study, till};
use crate::appraisal::findings::{Comparator, PriceBase};
use crate::appraisal::store::InMemory;
use crate::study::experiment::{Others, PointColumn, PointMatrix, Subject, SweepFindings};
use crate::study::{Outlook, StudyTexts};

/// What comes of it lies between a half and one and a half.
fn uncertain() -> StudyTexts {
    let mut texts = till();
    let drawn = "value = 1\nlow = 0.5\nhigh = 1.5\ndistribution = \"uniform\"";
    patched(&mut texts.evidence[3], "value = 1\ndistribution = \"fixed\"", drawn);
    texts
}

fn written(outcomes: &[&str]) -> Vec<String> {
    outcomes.iter().map(|one| (*one).to_owned()).collect()
}

#[test]
fn outcomes_at_points_that_are_set_by_hand() {
    let study = study(&uncertain());
    let outcomes = written(&["net-at-horizon:cash", "demand-change:visits@1", "total-paid", "payback:cash@2"]);
    let points = |column: PointColumn, values: &[f64]| {
        let matrix = PointMatrix { columns: vec![column], values: values.to_vec(), others: Others::Central };
        study.experiment(&outcomes, matrix).unwrap()
    };
    // Nothing comes of it, as much, twice as much.
    let table = points(PointColumn::Value("Comes of it[A01]".to_owned()), &[0.0, 1.0, 2.0]);
    close(table.column(0, 0), &[-80.0, -20.0, 40.0]);
    // 16 and 8 pounds, of which three quarters come back.
    close(table.column(0, 1), &[-24.0, -6.0, 12.0]);
    // 20 visits less 2 and 4; less 0.8 and 1.6.
    close(table.column(1, 0), &[0.0, -10.0, -20.0]);
    close(table.column(1, 1), &[0.0, -4.0, -8.0]);
    close(table.column(2, 1), &[24.0; 3]);
    close(table.column(3, 0), &[0.0, 0.0, 1.0]);
    close(&table.difference(0, 0, 1), &[-56.0, -14.0, 28.0]);
    assert_eq!((table.points, table.unaccounted, table.tally().all, table.tally().left_out), (3, 0, 3, 0));
    // A quarter and three quarters of the way from a half to one and a half: 0.75 and 1.25.
    let table = points(PointColumn::Position("Comes of it[A01]".to_owned()), &[0.25, 0.75]);
    close(table.column(0, 0), &[-35.0, -5.0]);
    // More than half of the money paid: the audit fails in twin and plan.
    let table = points(PointColumn::Value("Share paid".to_owned()), &[0.04, 0.6]);
    close(table.column(0, 0), &[-20.0, -300.0]);
    assert_eq!(table.unaccounted, 1);
    // Nought parts: no number in either strategy, and both are left out.
    let table = points(PointColumn::Value("Parts".to_owned()), &[2.0, 0.0]);
    close(&table.column(0, 0)[..1], &[-10.0]);
    assert!((0..2).all(|strategy| table.column(0, strategy)[1].is_nan()));
    assert_eq!(table.tally().left_out, 1);
}

#[test]
fn an_experiment_on_two_places_adds_before_it_divides() {
    let mut texts = till();
    patched(&mut texts.scenario, "places = [\"here\"]", "places = [\"there\", \"here\"]");
    patched(&mut texts.scenario, "[discounting]", "[sharing]\nrule = \"population\"\n[discounting]");
    let study = study(&texts);
    let matrix = PointMatrix {
        columns: vec![PointColumn::Value("Share paid".to_owned())],
        values: vec![0.04, 0.02],
        others: Others::Drawn,
    };
    let outcomes = written(&["net-at-horizon:cash", "demand-change:visits", "slope-index:health"]);
    let table = study.experiment(&outcomes, matrix).unwrap();
    // 160 and 80 pounds of 4,000, a quarter of which never comes back; 8 and 4 visits fewer of 80; QALYs alike for all.
    close(table.column(0, 0), &[-80.0, -40.0]);
    close(table.column(1, 0), &[-10.0, -5.0]);
    assert!(table.column(2, 0).iter().all(|slope| slope.abs() < 1e-12));
}

#[test]
fn a_sweep_sets_a_lever_in_every_strategy() {
    let mut texts = uncertain();
    patched(&mut texts.scenario, "draws = 2", "draws = 70");
    let sweep = "[sweep]\noutcomes = [\"total-paid\", \"net-at-horizon:cash\"]\n\
        [[sweep.over]]\nlever = \"Share paid\"\nvalues = [0.01, 0.02]\n[discounting]";
    patched(&mut texts.scenario, "[discounting]", sweep);
    let study = study(&texts);
    let (experiment, shape) = Subject::Study(&study).sweep(study.scenario.sweep.as_ref().unwrap()).unwrap();
    // Seventy draws are a block of 64 and one of 6; of each setting three arms and two more.
    assert_eq!((experiment.points(), experiment.blocks()), (140, 4));
    assert_eq!([0, 1, 2, 3].map(|block| experiment.points_of(block)), [64, 6, 64, 6]);
    assert_eq!((experiment.numbers_of(1), experiment.runs(0..4)), (6 * 5, 140 * 5));
    let table = experiment.run(&|_| {});
    let found = SweepFindings { shape, values: table.values, unaccounted: table.unaccounted };
    // 1 and 2 per cent of 1,000 pounds in two years; beside 16 and 8 pounds of the partner.
    for (cell, (share, sum)) in [(20.0, 44.0), (40.0, 64.0)].into_iter().enumerate() {
        close(found.draws(0, 0, cell), &[share; 70]);
        close(found.draws(0, 1, cell), &[sum; 70]);
        for draw in [0, 63, 64, 69] {
            // What is paid less three quarters of what comes of it.
            let comes = study.places[0].draw(draw as u64)[0].1;
            close(&[found.draws(1, 0, cell)[draw]], &[share * (0.75 * comes - 1.0)]);
            close(&[found.draws(1, 1, cell)[draw]], &[sum * (0.75 * comes - 1.0)]);
        }
    }
    assert_eq!((found.tally().all, found.draws_left_out(), found.tally().unaccounted), (140, 0, 0));
    let mut wrong = found.clone();
    // One strategy without a number in one draw of the second setting.
    wrong.values[(2 + 1) * 70 + 5] = f64::NAN;
    assert_eq!((wrong.draws_left_out(), wrong.estimates(0, 1, 1)[0].1.value), (1, 64.0));
}

#[test]
fn a_choice_is_made_on_what_each_strategy_costs_and_brings() {
    let mut texts = uncertain();
    patched(&mut texts.scenario, "draws = 2", "draws = 6");
    let study = study(&texts);
    let sample = study.sample_decision(&|_| {}).unwrap();
    let ids: Vec<&str> = sample.strategies.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["do-nothing", "share", "sum"]);
    for draw in 0..6 {
        let comes = study.places[0].draw(draw as u64)[0].1;
        let at = |all: &[Vec<f64>]| [all[0][draw], all[1][draw], all[2][draw]];
        // Money of the second year counts 0.8, health 0.625.
        let back = 0.75 * comes - 1.0;
        close(&at(&sample.costs), &[0.0, -40.0 * 1.8 * back, -(16.0 + 8.0 * 0.8) * back]);
        close(&at(&sample.effects), &[0.0, 2.0 * 1.625 * comes, (0.8 + 0.4 * 0.625) * comes]);
        // The financing costs services nothing, and 0.04 QALYs a year in each half.
        close(&at(&sample.with_financing[0]), &at(&sample.costs));
        let lost = at(&sample.effects)[1] - at(&sample.with_financing[1])[1];
        close(&[lost, at(&sample.with_financing[1])[2]], &[0.08 * 1.625, at(&sample.effects)[2]]);
        // Cash at the horizon, which comes before year 5; society at 1,000 pounds a QALY.
        close(&[sample.goals[0].margins[0][draw]], &[80.0 * back]);
        close(&[sample.goals[1].margins[0][draw]], &[72.0 * back + 3_250.0 * comes]);
        close(&[sample.failing.margins[1][draw]], &[22.4 * back + 1_050.0 * comes]);
    }
    assert_eq!((sample.tally.all, sample.tally.left_out, sample.inputs.len()), (6, 0, 1));
}

#[test]
fn a_loop_that_is_cut_takes_with_it_what_came_by_it() {
    let found = study(&till()).only(0).unwrap().cut_loops(&|_| {});
    assert_eq!((found.draws, found.runs, found.loops.len(), &*found.strategy.0), (2, 2 * 3 * 2, 1, "share"));
    let change = |what: Outlook, outcome: &str| {
        let at = found.measured.iter().position(|one| (one.what, &*one.key.outcome) == (what, outcome)).unwrap();
        (found.full[at].mean.value, found.loops[0].changes[at].mean.value)
    };
    let cash = |group: &str| found.measured.iter().position(|one| one.key.group == group).unwrap();
    // Without what comes back 40 pounds a year are lost in place of 10; visits and health are as they were.
    close(&[found.full[cash("cash")].mean.value, found.loops[0].changes[cash("cash")].mean.value], &[-20.0, -60.0]);
    let (full, changed) = change(Outlook::Demand, "demand-change");
    close(&[full, changed], &[-10.0, 0.0]);
    let (full, changed) = change(Outlook::Health, "health");
    close(&[full, changed], &[4.0, 0.0]);
    // Bills of 200 less 30 pounds at the horizon, and of 200 without the loop.
    close(&[found.loops[0].outcome_change.mean.value], &[100.0 * 30.0 / 170.0]);
    assert!(found.faults.is_empty() && found.tally.left_out == 0);
    // The other strategy by itself is told by its own twin.
    let other = study(&till()).only(1).unwrap().run(&|_| {});
    close(&means(&other, 0, Comparator::Level, "paid", "", ""), &[16.0, 8.0]);
    close(&means(&other, 0, Comparator::Level, "told", "", "NHS"), &[200.0, 300.0]);
    assert!(study(&till()).only(2).is_none());
}

#[test]
fn draws_that_are_kept_are_those_of_the_findings() {
    let study = study(&till());
    let paid = |key: &crate::appraisal::findings::SeriesKey| key.outcome == "paid" && key.strategy == Some(1);
    let (findings, kept) = study.run_keeping(&paid, &InMemory, &|_| {}).unwrap();
    assert_eq!((kept.sound, kept.spent), (vec![true; 2], vec![vec![true; 2]; 2]));
    let reported: Vec<_> = kept.series.iter().map(|one| one.key.price_base).collect();
    assert_eq!(reported, [PriceBase::Nominal, PriceBase::Real]);
    // Prices of 2025/26 and 2026/27 are 1.027 and 1.04959 times those of the base year.
    close(&kept.series[0].values, &[16.0 * 1.027, 16.0 * 1.027, 8.0 * 1.04959, 8.0 * 1.04959]);
    close(&kept.series[1].values, &[16.0, 16.0, 8.0, 8.0]);
    let nominal = findings.find(Some(1), Comparator::Level, "paid", "", "", PriceBase::Nominal).unwrap();
    close(&[nominal.years[1].mean.value], &[8.0 * 1.04959]);
}

#[test]
fn of_some_strategies_alone_the_findings_are_theirs_in_the_order_asked() {
    let all = findings(&till());
    let one = all.of_strategies(&[1]);
    assert_eq!(one.strategies.iter().map(|label| label.id.as_str()).collect::<Vec<_>>(), ["sum"]);
    close(&means(&one, 0, Comparator::Level, "paid", "", ""), &[16.0, 8.0]);
    assert!(one.series.iter().all(|series| series.key.strategy.is_none_or(|strategy| strategy == 0)));
    let levels = |found: &crate::appraisal::findings::Findings| {
        found.series.iter().filter(|series| series.key.strategy.is_none()).count()
    };
    assert!(levels(&one) > 0 && levels(&one) == levels(&all));
    assert!(one.payback.iter().all(|payback| payback.strategy == 0) && one.payback.len() == 2);
    assert!(one.measures.iter().all(|measure| measure.strategy == 0) && !one.measures.is_empty());
    assert!(one.rankings.is_empty() && !all.rankings.is_empty());
    let turned = all.of_strategies(&[1, 0]);
    close(&means(&turned, 1, Comparator::Level, "paid", "", ""), &[40.0, 40.0]);
    assert_eq!(turned.payback.iter().map(|payback| payback.strategy).collect::<Vec<_>>(), [0, 0, 1, 1]);
    assert_eq!(turned.measure(1, Comparator::Level, "total-paid", "").unwrap().estimates[0].1.value, 80.0);
}

#[test]
fn a_loop_is_told_by_what_it_moves_at_the_horizon_in_draws_that_are_numbers_without_it() {
    let mut texts = till();
    // A second loop, which moves visits; money of the partner that ends with 4 pounds after the plan.
    patched(
        &mut texts.model,
        "Visits[Quintile]= Need - ",
        "Seen on= 1 ~ Dmnl ~ Cuts the loop.|\nVisits[Quintile]= Need - Seen on*",
    );
    let more = "outcome = \"Bill\"\n[[loop]]\nid = \"seen\"\nname = \"Visits that are seen\"\nswitch = \"Seen on\"\noutcome = \"Visits\"\n";
    patched(&mut texts.accounts, "outcome = \"Bill\"\n", more);
    patched(&mut texts.scenario, "{ from = 2, value = 8 }", "{ from = 2, value = 8 }, { from = 3, value = 4 }");
    let of = |texts: &StudyTexts, which: usize| study(texts).only(which).unwrap().cut_loops(&|_| {});
    let found = of(&texts, 1);
    // Bills of 197 and 200; 20 visits less a fortieth of 4 pounds in each half.
    let changes: Vec<f64> = found.loops.iter().map(|one| one.outcome_change.mean.value).collect();
    close(&changes, &[100.0 * 3.0 / 197.0, 100.0 * 0.2 / 19.8]);
    // Demand in the last year, money at the horizon by each perspective, health gained by the plan and displaced by its financing.
    let reported: Vec<_> = found.measured.iter().map(|one| (one.what, &*one.key.outcome, &*one.key.group)).collect();
    let health = [(Outlook::Health, "health", ""), (Outlook::Health, "lost", "")];
    let demand = [(Outlook::Demand, "demand", "Visits"), (Outlook::Demand, "demand-change", "Visits")];
    for one in health.iter().chain(&demand) {
        assert_eq!(reported.iter().filter(|other| *other == one).count(), 1, "{one:?} in {reported:?}");
    }
    let money: Vec<_> = reported.iter().filter(|one| one.0 == Outlook::Money).map(|one| (one.1, one.2)).collect();
    assert!(money.iter().all(|one| one.0 == "cumulative-net") && money.len() + 4 == reported.len(), "{reported:?}");
    // Nothing divided by nothing without the loop, though with it all is well: no draw is left.
    patched(&mut texts.model, "Bill[Payer]= 100 -", "Bill[Payer]= 100 + (Return on - 1)/Return on -");
    let found = of(&texts, 0);
    assert_eq!((found.draws, found.tally.left_out), (0, 2));
}

//! Levers and numbers at the points of sweeps: from when they hold, in which arms, and what of them each place has.

use super::till::{close, findings, patched, study, till};
use crate::appraisal::findings::PriceBase;
use crate::appraisal::store::InMemory;
use crate::explain::study as code;
use crate::study::experiment::{Others, OutcomeTable, PointColumn, PointMatrix, Subject};
use crate::study::{StudyTexts, none_survived};

/// The table of a sweep over one thing.
fn swept(texts: &StudyTexts, outcomes: &str, over: &str) -> OutcomeTable {
    let mut texts = texts.clone();
    let sweep = format!("[sweep]\noutcomes = [{outcomes}]\n{over}\n[discounting]");
    patched(&mut texts.scenario, "[discounting]", &sweep);
    let study = study(&texts);
    let (experiment, _) = Subject::Study(&study).sweep(study.scenario.sweep.as_ref().unwrap()).unwrap();
    experiment.run(&|_| {})
}

/// Both halves of the system together, with half of the money of a plan each.
fn shared() -> StudyTexts {
    let mut texts = till();
    patched(&mut texts.scenario, "places = [\"here\"]", "places = [\"there\", \"here\"]");
    patched(&mut texts.scenario, "[discounting]", "[sharing]\nrule = \"population\"\n[discounting]");
    texts
}

#[test]
fn a_lever_that_a_strategy_sets_holds_from_the_first_plan_year_and_one_of_every_run_from_the_beginning() {
    let mut texts = till();
    patched(
        &mut texts.model,
        "Parts= 1",
        "Wear= 0 ~ GBP/(Year*Year) ~ Lever.|\nWorn= INTEG(Wear, 0) ~ GBP/Year ~|\nParts= 1",
    );
    let ledger = "[[ledger]]\nid = \"worn\"\nname = \"Worn\"\nkind = \"other\"\nvariable = \"Worn\"\nmeasure = \"stock\"\n\
        unit = \"GBP\"\n[[loop]]";
    patched(&mut texts.accounts, "[[loop]]", ledger);
    let wear = "[[sweep.over]]\nlever = \"Wear\"\nvalues = [8, 16]";
    // By 8 or 16 a year, from a year before the plan to the end of its second.
    let table = swept(&texts, "\"worn@2/none\"", wear);
    close(table.column(0, 0), &[24.0, 24.0, 48.0, 48.0]);
    // Of one that a strategy sets, from the plan on.
    patched(&mut texts.scenario, "\"Partner money\" =", "\"Wear\" = 1\n\"Partner money\" =");
    let table = swept(&texts, "\"worn@2/none\"", wear);
    close(table.column(0, 0), &[16.0, 16.0, 32.0, 32.0]);
}

#[test]
fn steps_of_a_choice_begin_with_the_number_of_every_run_and_end_with_the_plan() {
    let mut texts = till();
    patched(&mut texts.scenario, "horizon_years = 2", "horizon_years = 4");
    patched(&mut texts.scenario, "[discounting]", "[levers]\n\"Share paid\" = 0.01\n[discounting]");
    let choices = "[[sweep.over]]\nname = \"Way\"\nchoices = [\n\
        { name = \"held\", levers = { \"Share paid\" = 0.01 } },\n\
        { name = \"same\", levers = { \"Share paid\" = [{ from = 1, value = 0.01 }] } },\n\
        { name = \"steps\", levers = { \"Share paid\" = [{ from = 2, value = 0.02 }, { from = 4, value = 0.04 }] } },\n]";
    let table = swept(&texts, "\"total-paid\"", choices);
    // 10 pounds a year; 10, 20, 20 and 40. The partner of the second strategy gives 16 and three times 8 beside.
    close(table.column(0, 0), &[40.0, 40.0, 40.0, 40.0, 90.0, 90.0]);
    close(table.column(0, 1), &[80.0, 80.0, 80.0, 80.0, 130.0, 130.0]);
}

#[test]
fn a_place_has_its_share_of_what_a_sweep_sets() {
    let ways = "[[sweep.over]]\nname = \"Way\"\nchoices = [\n{ name = \"held\", levers = { \"Share paid\" = 0.03 } },\n\
        { name = \"steps\", levers = { \"Share paid\" = [{ from = 1, value = 0.01 }, { from = 2, value = 0.02 }] } },\n]";
    let table = swept(&shared(), "\"total-paid\"", ways);
    // 3 % of 4,000 pounds twice; 1 and 2 % of them.
    close(table.column(0, 0), &[240.0, 240.0, 120.0, 120.0]);
    // By itself a place has half of that, steps as well.
    let table = swept(&shared(), "\"total-paid\"", &format!("places = [\"there\", \"here\"]\n{ways}"));
    close(table.column(0, 0), &[120.0, 120.0, 60.0, 60.0].repeat(2));
    // It is run alone, as they are named.
    let mut texts = shared();
    let places = "places = [\"there\", \"here\"]\n[[sweep.over]]\nlever = \"Share paid\"\nvalues = [0.03]";
    let table = swept(&texts, "\"total-paid\", \"demand-change:visits\"", places);
    close(table.column(0, 0), &[120.0; 4]);
    // 60 pounds in the last year: a fortieth of a visit less for each in each half, of 60 visits there and of 20 here.
    close(table.column(1, 0), &[-5.0, -5.0, -15.0, -15.0]);
    patched(
        &mut texts.scenario,
        "[discounting]",
        &format!("[sweep]\noutcomes = [\"total-paid\"]\n{places}\n[discounting]"),
    );
    let one = study(&texts);
    let (experiment, _) = Subject::Study(&one).sweep(one.scenario.sweep.as_ref().unwrap()).unwrap();
    assert_eq!((experiment.blocks(), experiment.runs(0..2)), (2, 2 * 2 * 5));
    // Money that is drawn is held at a number of which each place has half.
    let mut texts = shared();
    patched(
        &mut texts.scenario,
        "\"Partner money\" = [{ from = 1, value = 16 }, { from = 2, value = 8 }]",
        "\"Plan on\" = 1",
    );
    let drawn = "[uncertainties.\"Partner money\"]\nvalue = 20\nlow = 10\nhigh = 30\ndistribution = \"uniform\"\n\
        unit = \"pounds a year\"\ngrade = \"C\"\nsource = \"wellspring-judgement\"\n";
    patched(&mut texts.scenario, "[discounting]", &format!("{drawn}[discounting]"));
    let table = swept(&texts, "\"total-paid\"", "[[sweep.over]]\nuncertainty = \"Partner money\"\nvalues = [12, 16]");
    close(table.column(0, 1), &[24.0, 24.0, 32.0, 32.0]);
}

#[test]
fn what_places_draw_alike_is_one_input_and_what_is_wrong_in_both_is_said_once() {
    let mut texts = shared();
    let drawn = "value = 1\nlow = 0.5\nhigh = 1.5\ndistribution = \"uniform\"";
    patched(&mut texts.evidence[3], "value = 1\ndistribution = \"fixed\"", drawn);
    patched(
        &mut texts.evidence[1],
        "[\"Need\"]\nvalue = 10.0",
        "[\"Need\"]\nvalue = 10.0\nlow = 5\nhigh = 15\ndistribution = \"uniform\"",
    );
    let study = study(&texts);
    let inputs = Subject::Study(&study).inputs();
    let reported: Vec<_> = inputs.iter().map(|one| (&*one.stream, one.constants.as_slice(), one.no_effect)).collect();
    let named = |name: &str| vec![name.to_owned()];
    assert_eq!(
        reported,
        [("Comes of it[A01]", &named("Comes of it[A01]")[..], false), ("here: Need", &named("Need")[..], false)]
    );
    let points = |column: PointColumn, value: f64| PointMatrix {
        columns: vec![column],
        values: vec![value],
        others: Others::Central,
    };
    let refused = |outcome: &str, column: PointColumn, value: f64| {
        let found = study.experiment(&[outcome.to_owned()], points(column, value)).unwrap_err();
        found.iter().map(|one| (one.code, one.span.is_some())).collect::<Vec<_>>()
    };
    let share = || PointColumn::Value("Share paid".to_owned());
    // Nobody wrote these in a file.
    assert_eq!(refused("total-pay", share(), 0.5), [(code::NO_OUTCOME, false)]);
    assert_eq!(refused("total-paid", share(), 1.5), [(code::OUTSIDE_BOUNDS, false)]);
    assert_eq!(refused("total-paid", PointColumn::Value("Effects on".to_owned()), 0.0), [(code::NOT_SWEPT, false)]);
    assert!(study.experiment(&["total-paid".to_owned()], points(share(), 1.0)).is_ok());
}

#[test]
fn where_one_place_has_no_number_all_together_have_none() {
    let mut texts = shared();
    patched(
        &mut texts.model,
        "Health[Quintile]= Residents[Quintile]*",
        "Health[Quintile]= Residents[Quintile]^2/Residents[Quintile]*",
    );
    let share = || PointMatrix {
        columns: vec![PointColumn::Value("Share paid".to_owned())],
        values: vec![0.04],
        others: Others::Central,
    };
    let outcomes = ["total-paid".to_owned(), "total-health".to_owned()];
    let sound = study(&texts).experiment(&outcomes, share()).unwrap();
    close(sound.column(0, 0), &[320.0]);
    // Nobody lives in the first half of one place: nothing divided by nothing.
    patched(&mut texts.evidence[1], "values = [100.0, 300.0]", "values = [0.0, 400.0]");
    let table = study(&texts).experiment(&outcomes, share()).unwrap();
    assert!(table.column(0, 0)[0].is_nan() && table.tally().left_out == 1);
    let found = findings(&texts);
    assert_eq!(found.draws_left_out, 2);
    assert_eq!(none_survived(&found).unwrap().code, code::NONE_SURVIVED);
    assert!(none_survived(&findings(&till())).is_none());
}

#[test]
fn each_plan_is_told_the_cost_of_its_own_twin_payer_by_payer() {
    let mut texts = till();
    patched(&mut texts.model, "Bill[Payer]= 100 -", "Asked[Payer]= 100, 50 ~ GBP/Year ~|\nBill[Payer]= Asked[Payer] -");
    let points = PointMatrix {
        columns: vec![PointColumn::Value("Parts".to_owned())],
        values: vec![1.0],
        others: Others::Central,
    };
    let outcomes = ["told:NHS@1/none", "told:Council@1/none", "told:Council@2/none"].map(str::to_owned);
    let table = study(&texts).experiment(&outcomes, points).unwrap();
    // The base year and the first, and the second.
    for strategy in [0, 1] {
        close(&[0, 1, 2].map(|outcome| table.column(outcome, strategy)[0]), &[200.0, 100.0, 150.0]);
    }
}

#[test]
fn what_the_scenario_draws_itself_takes_the_place_of_the_evidence() {
    let mut texts = till();
    let drawn = |low: &str, high: &str| format!("low = {low}\nhigh = {high}\ndistribution = \"uniform\"");
    patched(
        &mut texts.evidence[3],
        "value = 1\ndistribution = \"fixed\"",
        &format!("value = 1\n{}", drawn("0.5", "1.5")),
    );
    patched(
        &mut texts.evidence[0],
        "[\"Parts\"]\nvalue = 1",
        &format!("[\"Parts\"]\nvalue = 1\n{}", drawn("0.5", "1.5")),
    );
    let own = format!(
        "[uncertainties.\"Comes of it[A01]\"]\nvalue = 3.5\n{}\nunit = \"parts\"\ngrade = \"C\"\nsource = \"wellspring-judgement\"\n[discounting]",
        drawn("3", "4")
    );
    patched(&mut texts.scenario, "[discounting]", &own);
    let study = study(&texts);
    for draw in 0..8 {
        let drawn: Vec<f64> = study.places[0].draw(draw).into_iter().map(|(_, value)| value).collect();
        assert_eq!(drawn.len(), 2);
        assert!((0.5..=1.5).contains(&drawn[0]) && (3.0..=4.0).contains(&drawn[1]), "{drawn:?}");
    }
}

#[test]
fn of_a_series_that_is_kept_either_money_may_be_wanted() {
    let study = study(&till());
    let kept = |wanted: &dyn Fn(&crate::appraisal::findings::SeriesKey) -> bool| {
        let (_, kept) = study.run_keeping(wanted, &InMemory, &|_| {}).unwrap();
        kept.series.iter().map(|one| one.key.price_base).collect::<Vec<_>>()
    };
    let of = |outcome: &'static str, base: PriceBase| {
        kept(&move |key| {
            key.outcome == outcome && key.strategy == Some(0) && key.price_base == base && key.group.is_empty()
        })
    };
    assert_eq!(
        (of("paid", PriceBase::Nominal), of("paid", PriceBase::Real)),
        (vec![PriceBase::Nominal], vec![PriceBase::Real])
    );
    // Only what is counted in a ledger has prices of its year.
    assert!(of("demand", PriceBase::Nominal).is_empty());
}

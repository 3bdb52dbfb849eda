//! The best mix of two programmes of the till, of which the one brings more and the other is fairer.
//!
//! Of every pound A01 brings each of 400 residents an 8,000th of a QALY times what comes of it, 0.05 in all, and three quarters of
//! what comes of it in money. A02 has half of that money and as many visits, and brings each of the 100 of the deprived half
//! four times half as much and nobody else anything: 0.025 QALYs. The shares add up to 2, and what is paid is divided by that.

use super::till::{close, patched, study, till};
use crate::explain::command::{NO_MIX, NOTHING_MEETS};
use crate::quantity::Unit;
use crate::shipped::Text;
use crate::study::{Goal, Mix, MixSettings, StudyTexts};
use engine::diagnostic::Diagnostics;

/// The till with shares as the scenario says, and with what comes of the first programme anywhere between these two.
fn two(shares: &str, comes: [f64; 2]) -> StudyTexts {
    let mut texts = till();
    let model = &mut texts.model;
    patched(model, "Programme: A01 ~~|", "Programme: A01, A02 ~~|");
    let shared = "Programme share[Programme]= 0, 0 ~ Dmnl [0,2] ~ Lever. Set by: scenario.|\n\
        Reaches[Quintile, Programme]= 1, 4; 1, 0; ~ Dmnl ~|\nParts= 1";
    patched(model, "Parts= 1", shared);
    patched(model, "Comes of it[Programme]= 1 ~", "Comes of it[Programme]= 1, 1 ~");
    patched(model, "Partner money)/Parts", "Partner money)/Parts*Programme share[Programme]/2");
    let health = "Effects on*SUM(Comes of it[Programme!]*Paid[Programme!])/8000";
    let reached = "Effects on*SUM(Reaches[Quintile, Programme!]*Comes of it[Programme!]*Paid[Programme!])/8000";
    patched(model, health, reached);
    let scenario = &mut texts.scenario;
    patched(scenario, "programmes = [\"A01\"]", "programmes = [\"A01\", \"A02\"]");
    let rule = "[[shares]]\nconstants = \"Programme share\"\ntotal = 2.0\n";
    patched(scenario, "[discounting]", &format!("[levers]\n{shares}\n{rule}[discounting]"));
    patched(scenario, "draws = 2", "draws = 40");
    let mut other = texts.evidence[3].clone();
    for (old, new) in [
        ("id = \"A01\"", "id = \"A02\""),
        ("name = \"A\"", "name = \"B\""),
        ("it[A01]\"]\nvalue = 1", "it[A02]\"]\nvalue = 0.5"),
    ] {
        patched(&mut other, old, new);
    }
    texts.evidence.push(Text::new("A02.toml", &other.content));
    let drawn = format!("value = 1\nlow = {:?}\nhigh = {:?}\ndistribution = \"uniform\"", comes[0], comes[1]);
    patched(&mut texts.evidence[3], "value = 1\ndistribution = \"fixed\"", &drawn);
    texts
}

const HALVES: &str = "\"Programme share[A01]\" = 1\n\"Programme share[A02]\" = 1";

fn asked(goal: Goal) -> MixSettings {
    MixSettings {
        strategy: 0,
        goal,
        and: None,
        robust: false,
        by_year: false,
        ramp: None,
        most: None,
        as_fair: false,
        plans: 60,
    }
}

fn best(texts: &StudyTexts, settings: &MixSettings) -> Mix {
    study(texts).best_mix(settings).unwrap()
}

fn average(draws: &[f64]) -> f64 {
    draws.iter().sum::<f64>() / draws.len() as f64
}

/// What comes of the first programme in each draw of confirmation: those of the seed 1 with the bits of `0x5eed` turned.
fn confirmed(texts: &StudyTexts) -> Vec<f64> {
    let mut texts = texts.clone();
    patched(&mut texts.scenario, "seed = 1", "seed = 24300");
    let study = study(&texts);
    (0..40).map(|draw| study.places[0].draw(draw)[0].1).collect()
}

#[test]
fn more_of_what_brings_more_is_better_for_people_visits_and_money() {
    let texts = two(HALVES, [0.5, 1.5]);
    let comes = confirmed(&texts);
    // 40 pounds a year; health of the second year counts 0.625. The best gives all to A01, the file half to each.
    let qalys = best(&texts, &asked(Goal::Qalys));
    close(&qalys.best.plan, &[1.0, 0.0]);
    close(&qalys.reference, &[0.5, 0.5]);
    close(&qalys.best.evaluation.goals[0], &comes.iter().map(|one| 2.0 * one * 1.625).collect::<Vec<f64>>());
    close(&qalys.reference_goal, &comes.iter().map(|one| (1.0 * one + 0.5) * 1.625).collect::<Vec<f64>>());
    close(&[qalys.gains[0].difference.value], &[(average(&comes) - 0.5) * 1.625]);
    assert!(qalys.gains[1].difference.value < qalys.gains[0].difference.value && qalys.frontier.is_none());
    assert_eq!((qalys.periods.as_slice(), qalys.total, qalys.draws), (&[(1, 2)][..], 2.0, 40));
    assert_eq!((qalys.programmes.clone(), qalys.unit), (vec!["A01 A".to_owned(), "A02 B".to_owned()], Unit::Qalys));
    assert_eq!((&*qalys.name, &*qalys.strategy.1, &*qalys.need), ("till", "A share", "Need for a visit"));
    let spent = qalys.spending.unwrap();
    close(&[spent[0].value, spent[1].value, spent[0].error], &[80.0, 80.0, 0.0]);
    // It begins at the best, and looks round it with steps of 0.2, 0.1, 0.05 and 0.025: smaller ones no longer help.
    assert_eq!((qalys.best.path.len(), qalys.best.settled), (5, true));
    // Those of the file in the search, and of the file in the confirmation, where it is run again beside the best.
    assert_eq!((qalys.tally.all, qalys.tally.left_out, qalys.tally.unaccounted), (160, 0, 0));
    // A visit less for 40 pounds in each half, of 20 in all: ten per cent in the last year, and 7.5 by the file.
    let need = best(&texts, &asked(Goal::Need));
    close(&need.best.plan, &[1.0, 0.0]);
    close(&need.best.evaluation.goals[0], &comes.iter().map(|one| 10.0 * one).collect::<Vec<f64>>());
    // Three quarters of what comes of 80 pounds, less these.
    let cash = best(&texts, &asked(Goal::CashBy5));
    close(&cash.best.plan, &[1.0, 0.0]);
    close(&cash.best.evaluation.goals[0], &comes.iter().map(|one| 60.0 * one - 80.0).collect::<Vec<f64>>());
    close(&cash.reference_goal, &comes.iter().map(|one| 30.0 * one + 15.0 - 80.0).collect::<Vec<f64>>());
    // The deprived half gains from A02 alone what the other does not.
    close(&best(&texts, &asked(Goal::Slope)).best.plan, &[0.0, 1.0]);
}

#[test]
fn a_plan_that_is_less_fair_never_beats_the_one_in_the_file() {
    let texts = two(HALVES, [0.5, 1.5]);
    // A01 is for all alike, so whatever it takes from A02 it takes from the slope.
    let fair = best(&texts, &MixSettings { as_fair: true, ..asked(Goal::Qalys) });
    close(&fair.best.plan, &[0.5, 0.5]);
    assert_eq!((fair.best.evaluation.violation, fair.gains[0].difference.value), (0.0, 0.0));
    // Turned round, the second brings more and is fairer: nothing holds it back.
    let mut texts = texts;
    patched(&mut texts.evidence[4], "it[A02]\"]\nvalue = 0.5", "it[A02]\"]\nvalue = 8");
    let fair = best(&texts, &MixSettings { as_fair: true, ..asked(Goal::Qalys) });
    close(&fair.best.plan, &[0.0, 1.0]);
    // The file stands below it by the half of the slope: not as fair, and as little as nought.
    assert_eq!(fair.best.evaluation.violation, 0.0);
    close(&[fair.best.reference.violation], &[0.0]);
}

#[test]
fn by_the_worst_tenth_of_draws_what_is_sure_is_better() {
    // Of A01 comes 0.1 at worst and 1 on average, of A02 always a half.
    let texts = two(HALVES, [0.1, 1.9]);
    close(&best(&texts, &asked(Goal::CashBy5)).best.plan, &[1.0, 0.0]);
    let robust = best(&texts, &MixSettings { robust: true, ..asked(Goal::CashBy5) });
    close(&robust.best.plan, &[0.0, 1.0]);
    assert!(robust.gains[0].difference.value < 0.0 && robust.gains[1].difference.value > 0.0);
    close(&robust.best.evaluation.goals[0], &[-50.0; 40]);
}

#[test]
fn two_goals_have_a_frontier_between_the_best_of_each() {
    let texts = two(HALVES, [0.5, 1.5]);
    let both = best(&texts, &MixSettings { and: Some(Goal::Slope), plans: 64, ..asked(Goal::Qalys) });
    close(&both.best.plan, &[1.0, 0.0]);
    assert_eq!(both.best.evaluation.goals.len(), 1);
    let frontier = both.frontier.unwrap();
    // Four generations of sixteen plans.
    assert!(frontier.plans >= 64, "{}", frontier.plans);
    assert!(frontier.members.len() > 2, "{}", frontier.members.len());
}

#[test]
fn shares_are_averaged_over_years_and_kept_within_limits() {
    // Three quarters and a quarter, in the second year the other way round.
    let turned = "\"Programme share[A01]\" = [{ from = 1, value = 1.5 }, { from = 2, value = 0.5 }]\n\
        \"Programme share[A02]\" = [{ from = 1, value = 0.5 }, { from = 2, value = 1.5 }]";
    let texts = two(turned, [0.5, 1.5]);
    close(&best(&texts, &asked(Goal::Qalys)).reference, &[0.5, 0.5]);
    let yearly = MixSettings { by_year: true, ramp: Some(0.1), most: Some(0.6), ..asked(Goal::Qalys) };
    let found = best(&texts, &yearly);
    close(&found.reference, &[0.75, 0.25, 0.25, 0.75]);
    assert_eq!(found.periods, [(1, 1), (2, 2)]);
    // No more than six tenths of one programme; the file keeps neither limit.
    close(&found.best.plan, &[0.6, 0.4, 0.6, 0.4]);
    let comes = confirmed(&texts);
    close(&found.best.evaluation.goals[0], &comes.iter().map(|one| (1.2 * one + 0.4) * 1.625).collect::<Vec<f64>>());
    // As it is run again for the comparison, the file is what it is.
    let file = |one: &f64| (1.5 * one + 0.25) + (0.5 * one + 0.75) * 0.625;
    close(&found.reference_goal, &comes.iter().map(file).collect::<Vec<f64>>());
    // The fairer programme may rise by a tenth from the first year to the second, whatever the first.
    let slope = best(&texts, &MixSettings { by_year: true, ramp: Some(0.1), ..asked(Goal::Slope) });
    close(&slope.best.plan, &[0.0, 1.0, 0.0, 1.0]);
}

#[test]
fn a_plan_of_more_than_five_years_has_two_periods() {
    let periods = |years: usize, by_year: bool| {
        let mut texts = two(HALVES, [0.5, 1.5]);
        patched(&mut texts.model, "FINAL TIME= 4", "FINAL TIME= 8");
        patched(&mut texts.scenario, "horizon_years = 2", &format!("horizon_years = {years}"));
        patched(&mut texts.scenario, "draws = 40", "draws = 2");
        let found = best(&texts, &MixSettings { by_year, plans: 1, ..asked(Goal::CashBy5) });
        (found.periods, found.reference_goal)
    };
    // Of one plan asked for only the starts are run: the file, what keeps the limits, equal shares and each programme alone.
    assert_eq!(best(&two(HALVES, [0.5, 1.5]), &MixSettings { plans: 1, ..asked(Goal::Qalys) }).best.plans, 5);
    assert_eq!(periods(5, false).0, [(1, 5)]);
    let (two, cash) = periods(7, false);
    assert_eq!(two, [(1, 5), (6, 7)]);
    assert_eq!(periods(3, true).0, [(1, 1), (2, 2), (3, 3)]);
    // Five years of cash, not seven: 200 pounds less what comes back of a half of them twice.
    assert!(cash.iter().all(|one| (-200.0 + 75.0 * 0.5 + 37.5..-200.0 + 75.0 * 1.5 + 37.5).contains(one)), "{cash:?}");
}

#[test]
fn what_cannot_be_mixed_is_said() {
    let code = |found: Result<Mix, Diagnostics>| found.unwrap_err().iter().next().unwrap().code;
    let no_shares = study(&till()).best_mix(&asked(Goal::Qalys));
    assert_eq!(code(no_shares), NO_MIX);
    // One programme alone is no mix, and no two shares below two fifths are a whole.
    let alone = study(&two("\"Programme share[A01]\" = 2", [0.5, 1.5]));
    assert_eq!(code(alone.best_mix(&asked(Goal::Qalys))), NO_MIX);
    let study_of = |texts: &StudyTexts| study(texts);
    let whole = study_of(&two(HALVES, [0.5, 1.5]));
    assert_eq!(code(whole.best_mix(&MixSettings { most: Some(0.4), ..asked(Goal::Qalys) })), NOTHING_MEETS);
    // Accounts without QALYs have no goal in them.
    let mut texts = two(HALVES, [0.5, 1.5]);
    patched(&mut texts.accounts, "qalys = [\"health\"]\n", "");
    assert_eq!(code(study_of(&texts).best_mix(&asked(Goal::Slope))), NO_MIX);
    // Nor is there anything to tell where no draw is a number: parts of nought.
    let mut texts = two(HALVES, [0.5, 1.5]);
    patched(&mut texts.evidence[0], "[\"Parts\"]\nvalue = 1", "[\"Parts\"]\nvalue = 0");
    assert!(study_of(&texts).best_mix(&asked(Goal::Qalys)).is_err());
}

#[test]
fn goals_are_called_as_they_are_typed_and_told() {
    let all = [Goal::Qalys, Goal::Need, Goal::CashBy5, Goal::Slope];
    assert_eq!(all.map(Goal::name), ["qalys", "need", "cash-by-5", "slope"]);
    assert_eq!(Goal::Need.title("Visits"), "Visits avoided, per cent");
    assert_eq!(Goal::CashBy5.title(""), "net cash by plan year 5");
}

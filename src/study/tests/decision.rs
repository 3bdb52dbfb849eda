//! What is told of the choice between the strategies of the till, worked out from what comes of it in each draw.
//!
//! Of 40 pounds a year the first strategy gets 0.75 times what comes of it back: it costs 72 pounds, money of the second year
//! counting 0.8, less 54 times that, and brings 3.25 QALYs times that. The second pays 16 and 8 pounds: 22.4 and 1.05.

use super::till::{close, patched, study, till};
use crate::explain::command::NO_DECISION;
use crate::explain::study::{NO_OUTCOME, NOT_SWEPT};
use crate::sensitivity::decision::Rule;
use crate::sensitivity::decision::discovery::Gathering;
use crate::study::StudyTexts;
use crate::study::decision::Decision;
use engine::diagnostic::Diagnostics;

/// What comes of it lies between a half and one and a half, and counts in 120 draws; `more` is added to the scenario.
fn uncertain(more: &str) -> StudyTexts {
    let mut texts = till();
    let drawn = "value = 1\nlow = 0.5\nhigh = 1.5\ndistribution = \"uniform\"";
    patched(&mut texts.evidence[3], "value = 1\ndistribution = \"fixed\"", drawn);
    patched(&mut texts.scenario, "draws = 2", "draws = 120");
    patched(&mut texts.scenario, "[discounting]", &format!("{more}\n[discounting]"));
    texts
}

fn decided(texts: &StudyTexts) -> Decision {
    let study = study(texts);
    study.decide(study.sample_decision(&|_| {}).unwrap()).unwrap()
}

/// What comes of it in each draw.
fn comes(texts: &StudyTexts) -> Vec<f64> {
    let study = study(texts);
    (0..120).map(|draw| study.places[0].draw(draw)[0].1).collect()
}

fn average(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

const DECIDE: &str = "[decide]\nqaly = [2_000, 20, 0]\ndeep = [\"Comes of it[A01]\", \"comes of it[a01]\"]\n\
    fails = { outcome = \"net-at-horizon:cash\", below = -20 }";

#[test]
fn a_choice_is_told_at_each_worth_of_a_qaly() {
    let texts = uncertain(DECIDE);
    let comes = comes(&texts);
    let mean = average(&comes);
    let found = decided(&texts);
    assert_eq!((found.qaly_values.as_slice(), found.leading), (&[0.0, 20.0, 2_000.0][..], 2_000.0));
    assert_eq!((found.horizon, found.draws, &*found.place, &*found.name), (2, 120, "HERE", "till"));
    assert_eq!((found.tally.all, found.tally.left_out), (120, 0));
    // From 0 to 100,000 pounds in fifty steps, and 20 between the first two.
    let worths: Vec<f64> = found.curves.iter().map(|curve| curve.worth).collect();
    assert_eq!((worths.len(), &worths[..4], worths[51]), (52, &[0.0, 20.0, 2_000.0, 4_000.0][..], 100_000.0));
    assert_eq!((found.at_worth(20.0), found.at_worth(2_000.0), found.at_worth(7.0)), (1, 2, 0));
    let benefit = |at: usize| found.curves[at].benefit.iter().map(|one| one.value).collect::<Vec<f64>>();
    close(&benefit(0), &[0.0, 54.0 * mean - 72.0, 16.8 * mean - 22.4]);
    close(&benefit(2), &[0.0, 6_554.0 * mean - 72.0, 2_116.8 * mean - 22.4]);
    // At 20 pounds the first is worth it from 72/119 on, and is then ahead of the second.
    let chance = comes.iter().filter(|comes| **comes > 72.0 / 119.0).count() as f64 / 120.0;
    close(&[found.curves[1].probability[1].value], &[chance]);
    // The financing costs 0.04 QALYs a year in each half: 0.08 * 1.625 of the first strategy.
    let financed = &found.with_financing[2].benefit;
    close(&[financed[1].value, financed[2].value], &[benefit(2)[1] - 2_000.0 * 0.13, benefit(2)[2]]);
    // Whoever knows what comes of it knows everything.
    assert_eq!((found.each.len(), found.each[0].len(), found.perfect.len(), found.groups.len()), (1, 52, 52, 0));
    // Within what a line through so few draws can tell.
    let known = found.each[0][1].value.value;
    assert!(known > 0.8 * found.perfect[1].value.value && found.perfect[1].value.value > 0.0, "{known}");
    let ids: Vec<(&str, &str)> = found.strategies.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    assert_eq!(ids, [("do-nothing", "Do nothing"), ("share", "A share"), ("sum", "A sum")]);
}

#[test]
fn a_goal_is_met_and_a_plan_fails_in_so_many_draws() {
    let texts = uncertain(DECIDE);
    let comes = comes(&texts);
    let share = |holds: &dyn Fn(f64) -> bool| comes.iter().filter(|comes| holds(**comes)).count() as f64 / 120.0;
    let found = decided(&texts);
    let reported: Vec<_> = found.goals.iter().map(|one| (one.strategy, &*one.outcome, one.chance.value)).collect();
    // Cash is back where three quarters of what comes is as much as what is paid: of both strategies alike.
    let back = share(&|comes| comes >= 4.0 / 3.0);
    let cash = "cumulative-net:cash@2";
    let social = "net-at-horizon:social";
    assert_eq!(reported, [(1, cash, back), (2, cash, back), (1, social, 1.0), (2, social, 1.0)]);
    assert!(back > 0.0 && found.goals.iter().all(|one| one.thresholds.len() == 1));
    assert_eq!(found.goals[0].goal, "have its cash back by plan year 2");
    // 80 pounds less 60 times what comes are more than 20 where less than 1 comes; 24 less 18 times never are.
    let failures: Vec<_> = found.failures.iter().map(|one| (one.strategy, one.share.value)).collect();
    assert_eq!(failures, [(1, share(&|comes| comes < 1.0)), (2, 0.0)]);
    assert_eq!(found.failing, "net-at-horizon:cash is below -20");
    // All failures lie below some number of the only input; where nothing fails there is no corner of failures.
    let Gathering::Boxes(boxes) = &found.failures[0].gathering else { panic!("{:?}", found.failures[0].gathering) };
    assert_eq!(boxes.len(), 1);
    assert_eq!(found.failures[1].gathering, Gathering::Boxes(Vec::new()));
    // Without a criterion a plan has failed where society is worse off, and it never is.
    let found = decided(&uncertain(""));
    assert_eq!(found.failures.iter().map(|one| one.share.value).collect::<Vec<_>>(), [0.0, 0.0]);
    assert_eq!(
        (found.failing.as_str(), found.qaly_values, found.leading),
        ("society is worse off at the horizon", vec![1_000.0], 1_000.0)
    );
}

#[test]
fn without_odds_and_without_a_loop() {
    let texts = uncertain(DECIDE);
    let mut comes = comes(&texts);
    let found = decided(&texts);
    let first = |comes: &[f64]| average(comes) * 6_554.0 - 72.0;
    let second = |comes: &[f64]| average(comes) * 2_116.8 - 22.4;
    // Without what comes back, 72 pounds are lost in place of 72 less 54 times what comes, told of the first 64 draws.
    let structure = found.structure.unwrap();
    let [whole, cut] = structure.variants.as_slice() else { panic!("one loop") };
    let of =
        |variant: &crate::study::decision::WithoutLoop| variant.benefit.iter().map(|one| one.value).collect::<Vec<_>>();
    let some = &comes[..64];
    close(&of(whole), &[0.0, first(some), second(some)]);
    close(&of(cut), &[0.0, average(some) * 6_500.0 - 72.0, average(some) * 2_100.0 - 22.4]);
    assert_eq!((structure.draws, whole.best, cut.best, &*cut.id, &*whole.id), (64, 1, 1, "return", ""));
    assert_eq!(structure.components.len(), 5);
    // The lowest and the highest third are forty draws each.
    comes.sort_by(f64::total_cmp);
    let robust = &found.robust;
    let named = ["as believed", "Comes of it[A01] low", "Comes of it[A01] high", "without return"];
    assert_eq!((robust.worth, robust.scenarios.as_slice()), (2_000.0, &named.map(str::to_owned)[..]));
    let (low, high) = (&comes[..40], &comes[80..]);
    close(&robust.outcomes[0], &[0.0; 4]);
    close(&robust.outcomes[1], &[first(&comes), first(low), first(high), of(cut)[1]]);
    close(&robust.outcomes[2], &[second(&comes), second(low), second(high), of(cut)[2]]);
    assert!(robust.robust.choices.iter().any(|(rule, one)| *rule == Rule::Maximin && *one == 1));
    // A strategy that never is worth it: at no worth of a QALY the best costs nothing.
    let found = decided(&uncertain("[decide]\nqaly = [0]"));
    assert_eq!(found.structure.unwrap().variants.iter().map(|one| one.best).collect::<Vec<_>>(), [0, 0]);
    let mut without = uncertain("");
    let text = without.accounts.content.clone();
    patched(&mut without.accounts, &text[text.find("[[loop]]").unwrap()..], "");
    assert!(decided(&without).structure.is_none());
}

#[test]
fn the_structure_is_told_of_as_many_draws_as_there_are() {
    let mut texts = uncertain("");
    patched(&mut texts.scenario, "draws = 120", "draws = 40");
    assert_eq!(decided(&texts).structure.unwrap().draws, 40);
}

#[test]
fn an_effect_that_may_not_be_there_is_an_input_of_its_programme() {
    let mut texts = uncertain("");
    patched(
        &mut texts.evidence[3],
        "distribution = \"uniform\"",
        "distribution = \"uniform\"\np_null = 0.25\nnothing = 0",
    );
    // What is divided by takes one of two values: a switch, of the system and of no programme.
    let switch = "value = 1\nlow = 1\nhigh = 1\ndistribution = \"uniform\"\np_null = 0.5\nnothing = 2";
    patched(&mut texts.evidence[0], "[\"Parts\"]\nvalue = 1", &format!("[\"Parts\"]\n{switch}"));
    let study = study(&texts);
    let sample = study.sample_decision(&|_| {}).unwrap();
    let reported: Vec<_> = sample.inputs.iter().map(|one| (&*one.name, &*one.group, one.place_in_range)).collect();
    let own = sample.inputs.iter().position(|one| one.name == "Comes of it[A01]").unwrap();
    let whether = sample.inputs.iter().position(|one| one.name == "whether A01 A has an effect").unwrap();
    assert_eq!(
        (sample.inputs[own].group.as_str(), sample.inputs[whether].group.as_str()),
        ("A01 A", "A01 A"),
        "{reported:?}"
    );
    assert_eq!(sample.inputs[whether].categories, ["no effect", "an effect"]);
    assert!(sample.inputs[own].categories.is_empty() && !sample.inputs[own].place_in_range);
    for draw in 0..60 {
        let comes = study.places[0].draw(draw as u64).last().unwrap().1;
        let there = sample.inputs[whether].values[draw];
        // Where there is an effect, it is what the input says; where there is none, nothing comes of it.
        close(&[comes], &[there * sample.inputs[own].values[draw]]);
    }
    let found = study.decide(sample).unwrap();
    let group = found.groups.iter().find(|one| one.name == "A01 A").unwrap();
    assert_eq!((group.inputs, group.counted, group.values.len()), (2, 2, found.curves.len()));
}

#[test]
fn only_draws_that_are_numbers_count_and_a_plan_fails_below_its_criterion() {
    // Parts of nought in about one draw of ten, of which nothing is left to tell.
    let mut texts =
        uncertain("[decide]\nfails = { outcome = \"total-paid\", below = 24 }\ndeep = [\"here: Need\", \"Need\"]");
    let drawn = "value = 1\nlow = 1\nhigh = 1\ndistribution = \"uniform\"\np_null = 0.1\nnothing = 0";
    patched(&mut texts.evidence[0], "[\"Parts\"]\nvalue = 1", &format!("[\"Parts\"]\n{drawn}"));
    let need = "[\"Need\"]\nvalue = 10.0";
    patched(&mut texts.evidence[1], need, &format!("{need}\nlow = 5\nhigh = 15\ndistribution = \"uniform\""));
    let none =
        "[[strategy]]\nid = \"none\"\nname = \"None\"\nwhy = \"A test.\"\n[strategy.levers]\n\"Partner money\" = 0\n";
    patched(&mut texts.scenario, "[[strategy]]\nid = \"share\"", &format!("{none}[[strategy]]\nid = \"share\""));
    let study = study(&texts);
    let sample = study.sample_decision(&|_| {}).unwrap();
    let draws: Vec<Vec<f64>> =
        (0..120).map(|draw| study.places[0].draw(draw).into_iter().map(|(_, value)| value).collect()).collect();
    let kept: Vec<&Vec<f64>> = draws.iter().filter(|values| !values.contains(&0.0)).collect();
    assert!(kept.len() < 120 && sample.tally.left_out == 120 - kept.len() as u64);
    // The draws that are left in their order, by what the first strategy brings.
    let comes = |values: &[f64]| *values.iter().find(|value| (0.5..=1.5).contains(*value) && **value != 1.0).unwrap();
    close(&sample.effects[2], &kept.iter().map(|values| 3.25 * comes(values)).collect::<Vec<f64>>());
    // What a place draws by itself is called as in its file.
    assert!(sample.inputs.iter().any(|one| one.name == "Need" && one.stream == "here: Need"));
    let found = study.decide(sample).unwrap();
    // Nothing is paid, 80 pounds, and 24, which are not below 24.
    assert_eq!(found.failures.iter().map(|one| one.share.value).collect::<Vec<_>>(), [1.0, 0.0, 0.0]);
    // Need stands once among what nobody knows the odds of; the first of equals is the best.
    assert_eq!(found.robust.scenarios[1..3], ["Need low".to_owned(), "Need high".to_owned()]);
    assert_eq!(found.robust.scenarios.len(), 4);
    let mut worthless = texts.clone();
    patched(&mut worthless.scenario, "[decide]\n", "[decide]\nqaly = [0]\n");
    assert_eq!(decided(&worthless).structure.unwrap().variants[0].best, 0);
}

#[test]
fn what_cannot_be_decided_is_said() {
    let code = |found: Diagnostics| found.iter().next().unwrap().code;
    let refused = |texts: &StudyTexts| code(study(texts).sample_decision(&|_| {}).unwrap_err());
    assert_eq!(refused(&uncertain("[decide]\ndeep = [\"Nothing of it\"]")), NOT_SWEPT);
    let unknown = uncertain("[decide]\nfails = { outcome = \"nets\", below = 0 }");
    let found = study(&unknown).sample_decision(&|_| {}).unwrap_err();
    // It is told where the scenario says so.
    assert_eq!((code(found.clone()), found.iter().next().unwrap().span.is_some()), (NO_OUTCOME, true));
    let mut texts = uncertain("");
    patched(&mut texts.accounts, "qalys = [\"health\"]\n", "");
    assert_eq!(refused(&texts), NO_DECISION);
    // Parts of nought: no draw is a number.
    let mut texts = uncertain("");
    patched(&mut texts.evidence[0], "[\"Parts\"]\nvalue = 1", "[\"Parts\"]\nvalue = 0");
    assert!(study(&texts).sample_decision(&|_| {}).is_err());
    // Too few draws tell nothing of what knowing is worth.
    let mut texts = uncertain("");
    patched(&mut texts.scenario, "draws = 120", "draws = 3");
    let few = study(&texts);
    assert_eq!(code(few.decide(few.sample_decision(&|_| {}).unwrap()).unwrap_err()), NO_DECISION);
}

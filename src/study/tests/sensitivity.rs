//! Which uncertainty of the till moves its net position: points, groups, indices.

use std::collections::BTreeSet;

use super::till::{close, patched, study, till};
use crate::evidence::document::Located;
use crate::explain::command::{NO_SUCH_INPUT, NO_UNCERTAINTY, TIED_APART};
use crate::explain::study::NOT_SWEPT;
use crate::scenario::InputGroup;
use crate::sensitivity::IndexKind;
use crate::study::experiment::{
    GroupsAsked, Indexed, SensitivityDesign, SensitivityFindings, SensitivityMethod, SensitivityQuestion, Subject,
};
use crate::study::{Study, StudyTexts};
use engine::diagnostic::Span;

/// What comes of it, and the parts by which all that is paid is divided, each between a half and one and a half.
fn uncertain() -> StudyTexts {
    let mut texts = till();
    let drawn = "value = 1\nlow = 0.5\nhigh = 1.5\ndistribution = \"uniform\"";
    patched(&mut texts.evidence[3], "value = 1\ndistribution = \"fixed\"", drawn);
    patched(&mut texts.evidence[0], "[\"Parts\"]\nvalue = 1", &format!("[\"Parts\"]\n{drawn}"));
    texts
}

fn found(texts: &StudyTexts, method: SensitivityMethod, size: usize) -> SensitivityFindings {
    let study = study(texts);
    let question = SensitivityQuestion {
        outcomes: vec!["net-at-horizon:cash".to_owned()],
        strategies: vec!["share".to_owned()],
        over_time: false,
        groups: GroupsAsked::Before(Vec::new()),
        second_order: false,
    };
    let (design, warnings) = SensitivityDesign::new(Subject::Study(&study), &question).unwrap();
    assert!(warnings.is_empty());
    let laid = design.lay(method, size);
    let table = design.experiment(&laid).unwrap().run(&|_| {});
    design.findings(&laid, &table).unwrap()
}

#[test]
fn a_tornado_moves_one_uncertainty_at_a_time_between_its_5th_and_its_95th_per_cent() {
    let found = found(&uncertain(), SensitivityMethod::Tornado, 1);
    assert_eq!((found.left_out, found.unaccounted, &*found.place, found.first_year), (0, 0, "here", 2025));
    let [measured] = found.measured.as_slice() else { panic!("one outcome of one strategy") };
    assert_eq!((&*measured.strategy, &*measured.asked), ("share", "net-at-horizon:cash"));
    let swings = measured.swings.as_ref().unwrap();
    // 60 times what comes of it less 80, divided by the parts: at 0.55 and 1.45 of the one and of the other.
    close(&[swings.base], &[-20.0]);
    let ends = |name: &str| {
        let (_, low, high) = swings.ends.iter().find(|(known, _, _)| known == name).unwrap();
        [*low, *high]
    };
    close(&ends("Comes of it[A01]"), &[33.0 - 80.0, 87.0 - 80.0]);
    close(&ends("Parts"), &[-20.0 / 0.55, -20.0 / 1.45]);
    assert_eq!(swings.ends.len(), 2);
}

#[test]
fn what_alone_is_uncertain_has_all_of_the_variance() {
    let mut texts = uncertain();
    patched(&mut texts.evidence[0], "low = 0.5\nhigh = 1.5\ndistribution = \"uniform\"", "distribution = \"fixed\"");
    let found = found(&texts, SensitivityMethod::Sobol, 256);
    let measured = &found.measured[0];
    assert!(measured.varies && found.rows.len() == measured.values.len());
    let first = measured.indices.iter().find(|one| one.method == "sobol").unwrap();
    let value = first.measure.value;
    assert!((value - 1.0).abs() < 0.05, "{value}");
}

/// Three things are uncertain: what comes of it, the parts, and the need for visits, which moves no money.
fn three() -> StudyTexts {
    let mut texts = uncertain();
    let need = "[\"Need\"]\nvalue = 10.0";
    let drawn = format!("{need}\nlow = 5\nhigh = 15\ndistribution = \"uniform\"");
    patched(&mut texts.evidence[1], need, &drawn);
    texts
}

fn asked(outcomes: &[&str]) -> SensitivityQuestion {
    SensitivityQuestion {
        outcomes: outcomes.iter().map(|one| (*one).to_owned()).collect(),
        strategies: Vec::new(),
        over_time: false,
        groups: GroupsAsked::Before(Vec::new()),
        second_order: false,
    }
}

fn run(
    study: &Study,
    question: &SensitivityQuestion,
    method: SensitivityMethod,
    size: usize,
) -> Option<SensitivityFindings> {
    let (design, _) = SensitivityDesign::new(Subject::Study(study), question).unwrap();
    let laid = design.lay(method, size);
    design.findings(&laid, &design.experiment(&laid).unwrap().run(&|_| {}))
}

#[test]
fn outcomes_of_a_year_are_told_of_every_year_and_strategies_against_the_first() {
    let study = study(&uncertain());
    let question = SensitivityQuestion { over_time: true, ..asked(&["cumulative-net:cash/twin", "total-paid"]) };
    let found = run(&study, &question, SensitivityMethod::Tornado, 1).unwrap();
    // Two strategies and their difference, each in two years and as a whole.
    assert_eq!((found.measured.len(), found.series()), (9, vec![0..2, 2..3, 3..5, 5..6, 6..8, 8..9]));
    let columns: Vec<String> = found.measured.iter().map(|one| one.column()).collect();
    assert_eq!(columns[0], "cumulative-net:cash@1/twin (share)");
    assert_eq!((&*columns[2], &*columns[7]), ("total-paid (share)", "cumulative-net:cash@2/twin (share less sum)"));
    assert_eq!(
        (&*found.measured[1].asked, &*found.measured[6].strategy_name),
        ("cumulative-net:cash/twin", "A share, less A sum")
    );
    // 30 times what comes less 40 in the first year, and 12 times that less 16: at the middle a fourth is lost.
    let base = |at: usize| found.measured[at].swings.as_ref().unwrap().base;
    close(&[base(0), base(1), base(3), base(4), base(6), base(7)], &[-10.0, -20.0, -4.0, -6.0, -6.0, -14.0]);
    // What is paid is moved by the parts alone.
    let paid = found.measured[2].swings.as_ref().unwrap();
    close(&[paid.ends[0].1, paid.ends[0].2, paid.ends[1].1], &[80.0, 80.0, 80.0 / 0.55]);
    assert!(found.measured.iter().all(|one| one.varies));
    let table = found.outputs();
    assert_eq!((table.columns.len(), table.columns[0].len()), (9, 5));
    close(&[table.columns[4][1]], &[18.0 * 0.55 - 24.0]);
}

#[test]
fn a_screening_of_a_line_finds_its_slope_and_keeps_what_moves_most() {
    // Parts are certain: 60 pounds for all of what comes, over the middle nine tenths of its range.
    let mut texts = uncertain();
    patched(&mut texts.evidence[0], "low = 0.5\nhigh = 1.5\ndistribution = \"uniform\"", "distribution = \"fixed\"");
    let of = |one: &SensitivityFindings, index: IndexKind| {
        one.measured[0].indices.iter().find(|one| one.measure.index == index).unwrap().measure.value
    };
    let line = study(&texts);
    let found = run(&line, &asked(&["net-at-horizon:cash"]), SensitivityMethod::Morris, 4).unwrap();
    close(&[of(&found, IndexKind::MuStar), of(&found, IndexKind::Sigma)], &[54.0, 0.0]);
    assert_eq!((found.rows.len(), found.left_out, found.tally().all), (8, 0, 8));
    // What comes moves it by 54 pounds over the parts, the parts by less for as long as most of the money comes back, and the need for
    // visits not at all.
    let study = study(&three());
    let question = asked(&["net-at-horizon:cash"]);
    let found = run(&study, &question, SensitivityMethod::Morris, 8).unwrap();
    assert_eq!(found.ranked(), ["Comes of it[A01]", "Parts", "here: Need"]);
    assert_eq!(
        found.measured[0].leading().iter().map(|one| &*one.of).collect::<Vec<_>>(),
        ["Comes of it[A01]", "Parts", "here: Need"]
    );
    let (design, _) = SensitivityDesign::new(Subject::Study(&study), &question).unwrap();
    let kept = design.clone().keep(&found, 1);
    let reported: Vec<_> = kept.units().iter().map(|unit| (&*unit.name, unit.members.clone())).collect();
    assert_eq!(reported, [("Comes of it[A01]", vec![0]), ("all others", vec![1, 2])]);
    assert_eq!(design.keep(&found, 3).units().len(), 3);
}

#[test]
fn of_a_stored_sample_whole_draws_count_and_fifty_are_enough() {
    let mut texts = three();
    // Parts of nought in about one draw of ten: no number, and left out.
    patched(
        &mut texts.evidence[0],
        "distribution = \"uniform\"",
        "distribution = \"uniform\"\np_null = 0.1\nnothing = 0",
    );
    let study_of_zero = study(&texts);
    let question = asked(&["net-at-horizon:cash"]);
    let found = run(&study_of_zero, &question, SensitivityMethod::Stored, 120).unwrap();
    assert!(found.left_out > 0 && found.rows.len() + found.left_out == 120);
    assert_eq!((found.tally().all, found.tally().left_out), (120, found.left_out as u64));
    let own = &found.measured[0];
    assert!(own.values.len() == found.rows.len() && own.values.iter().all(|value| value.is_finite()));
    let methods: BTreeSet<&str> = own.indices.iter().map(|one| one.method).collect();
    assert_eq!(methods.into_iter().collect::<Vec<_>>(), ["delta", "pawn", "ranks", "rbd-fast"]);
    // The need moves no money: its rank correlation is that of chance. What comes moves most of it.
    let rank = |name: &str| {
        let of = |one: &&Indexed| one.measure.index == IndexKind::Spearman && one.measure.of == name;
        own.indices.iter().find(of).unwrap().measure.value
    };
    let ranks = ["Comes of it[A01]", "Parts", "here: Need"].map(rank);
    assert!(ranks[0] > 0.9 && ranks[1].abs() < 0.4 && ranks[2].abs() < 0.25, "{ranks:?}");
    // Draws of the study itself, at their own positions.
    let laid = |size: usize| run(&study(&three()), &question, SensitivityMethod::Stored, size);
    assert!(laid(49).is_none() && laid(50).is_some());
    // Of sobol and of a screening a whole row of points falls with one that is no number.
    let sobol = run(&study_of_zero, &question, SensitivityMethod::Sobol, 64).unwrap();
    // A and B, and four inputs in turn.
    assert!(sobol.left_out > 0 && sobol.left_out.is_multiple_of(6) && sobol.rows.len() + sobol.left_out == 64 * 6);
    let pairs = SensitivityQuestion { second_order: true, ..question.clone() };
    let sobol = run(&study_of_zero, &pairs, SensitivityMethod::Sobol, 64).unwrap();
    assert!(sobol.left_out.is_multiple_of(10) && sobol.rows.len() + sobol.left_out == 64 * 10);
    assert!(sobol.measured[0].indices.iter().any(|one| one.measure.index == IndexKind::SecondOrder));
    let morris = run(&study_of_zero, &question, SensitivityMethod::Morris, 20).unwrap();
    assert!(morris.left_out.is_multiple_of(5) && morris.rows.len() + morris.left_out == 100);
}

#[test]
fn an_effect_that_may_not_be_there_is_there_in_the_middle_of_a_tornado() {
    let mut texts = uncertain();
    patched(
        &mut texts.evidence[3],
        "distribution = \"uniform\"",
        "distribution = \"uniform\"\np_null = 0.25\nnothing = 0",
    );
    let found = found(&texts, SensitivityMethod::Tornado, 1);
    let swings = found.measured[0].swings.as_ref().unwrap();
    close(&[swings.base], &[-20.0]);
    // At its 5 % there is no effect, and all is lost; at its 95 % it is as in the middle.
    let chance = swings.ends.iter().find(|(name, _, _)| name != "Comes of it[A01]" && name != "Parts").unwrap();
    close(&[chance.1, chance.2], &[-80.0, -20.0]);
}

#[test]
fn uncertainties_are_moved_alone_or_in_the_first_group_that_fits() {
    let study = study(&three());
    let groups = |all: &[(&str, &[&str])]| -> Vec<(String, Vec<String>)> {
        all.iter().map(|(name, fit)| ((*name).to_owned(), fit.iter().map(|one| (*one).to_owned()).collect())).collect()
    };
    let reported = |asked_of: GroupsAsked| -> Result<Vec<(String, Vec<usize>)>, Vec<&'static str>> {
        let question = SensitivityQuestion { groups: asked_of, ..asked(&["total-paid"]) };
        match SensitivityDesign::new(Subject::Study(&study), &question) {
            Ok((design, _)) => {
                Ok(design.units().iter().map(|unit| (unit.name.clone(), unit.members.clone())).collect())
            }
            Err(found) => Err(found.iter().map(|one| one.code.0).collect()),
        }
    };
    let before = |all: &[(&str, &[&str])]| reported(GroupsAsked::Before(groups(all)));
    let written = |value: &String| Located { value: value.clone(), span: Span::new(&"typed".into(), 0, 0) };
    let instead = |all: &[(&str, &[&str])]| {
        let groups = groups(all).into_iter();
        let groups =
            groups.map(|(name, fit)| InputGroup { name: written(&name), patterns: fit.iter().map(written).collect() });
        reported(GroupsAsked::Instead(groups.collect()))
    };
    let named = |all: &[(&str, &[usize])]| {
        Ok(all.iter().map(|(name, members)| ((*name).to_owned(), members.to_vec())).collect::<Vec<_>>())
    };
    assert_eq!(before(&[]), named(&[("Comes of it[A01]", &[0]), ("Parts", &[1]), ("here: Need", &[2])]));
    // By programme, by domain, by what it is called; the rest alone.
    for pattern in ["programme:a01", "domain:housing", "comes*"] {
        let wanted = named(&[("card", &[0]), ("Parts", &[1]), ("here: Need", &[2])]);
        assert_eq!(before(&[("card", &[pattern])]), wanted);
    }
    assert_eq!(before(&[("some", &["parts", "comes*"]), ("all", &["*"])]), named(&[("some", &[0, 1]), ("all", &[2])]));
    // The star is what no other group has, wherever it stands.
    assert_eq!(instead(&[("all", &["*"]), ("one", &["*need"])]), named(&[("all", &[0, 1]), ("one", &[2])]));
    let wrong = Err(vec![NO_SUCH_INPUT.0]);
    for refused in [
        instead(&[("one", &["comes*"]), ("two", &["*e*"])]),
        instead(&[("one", &["comes*"]), ("two", &["*of it*", "*need"])]),
        before(&[("one", &["*"]), ("two", &["*need"])]),
        before(&[("one", &["nothing like it"])]),
        before(&[("here: Need", &["parts"])]),
        before(&[("one", &["parts"]), ("one", &["*need"])]),
        before(&[("one", &[])]),
    ] {
        assert_eq!(refused, wrong);
    }
    // A group may be called by what it has.
    assert_eq!(before(&[("Parts", &["parts"])]).map(|units| units.len()), Ok(3));
}

#[test]
fn what_is_correlated_is_moved_together() {
    let tied = |names: &str| {
        let mut texts = three();
        let rule = format!("[[correlation]]\nnames = {names}\nevery_pair = 0.5\n[discounting]");
        patched(&mut texts.scenario, "[discounting]", &rule);
        study(&texts)
    };
    let units = |study: &Study, groups: &[(&str, &str)]| {
        let typed = groups.iter().map(|(name, one)| ((*name).to_owned(), vec![(*one).to_owned()])).collect();
        let question = SensitivityQuestion { groups: GroupsAsked::Before(typed), ..asked(&["total-paid"]) };
        let design = SensitivityDesign::new(Subject::Study(study), &question);
        design.map(|(design, _)| design.units().to_vec()).map_err(|found| found.iter().next().unwrap().code)
    };
    let pair = tied("[\"Comes of it[A01]\", \"Parts\"]");
    let found = units(&pair, &[]).unwrap();
    assert_eq!(
        found.iter().map(|unit| (&*unit.name, &*unit.members)).collect::<Vec<_>>(),
        [("Comes of it[A01] with Parts", &[0, 1][..]), ("here: Need", &[2])]
    );
    // One group may have both, and none may have one of them.
    assert_eq!(units(&pair, &[("all", "*")]).unwrap().len(), 1);
    assert_eq!(units(&pair, &[("parts", "parts")]).unwrap_err(), TIED_APART);
    let all = units(&tied("[\"Comes of it[A01]\", \"Parts\", \"here: Need\"]"), &[]).unwrap();
    assert_eq!((all.len(), &*all[0].name), (1, "Comes of it[A01] with 2 more"));
}

#[test]
fn without_a_question_the_first_outcomes_are_asked_and_without_uncertainty_nothing_is() {
    let open = study(&uncertain());
    let found = run(&open, &asked(&[]), SensitivityMethod::Tornado, 1).unwrap();
    let reported: Vec<&str> =
        found.measured.iter().filter(|one| one.strategy == "sum").map(|one| &*one.asked).collect();
    assert_eq!(reported, ["net-at-horizon:social", "net-at-horizon:cash", "discounted-health", "demand-change:visits"]);
    let sure = study(&till());
    let refused = SensitivityDesign::new(Subject::Study(&sure), &asked(&[])).unwrap_err();
    assert_eq!(refused.iter().map(|one| one.code).collect::<Vec<_>>(), [NO_UNCERTAINTY]);
    let unknown = SensitivityQuestion { strategies: vec!["shore".to_owned()], ..asked(&[]) };
    let refused = SensitivityDesign::new(Subject::Study(&open), &unknown).unwrap_err();
    // What was typed on the command line stands in no file.
    assert_eq!(refused.iter().map(|one| (one.code, one.span.is_none())).collect::<Vec<_>>(), [(NOT_SWEPT, true)]);
}

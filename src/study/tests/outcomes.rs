//! What outcomes are called, what of a table is told, and numbers that a whole study rests on at one place only.

use std::sync::{Arc, Mutex};

use super::till::{close, findings, means, patched, study, till};
use crate::appraisal::findings::Comparator::Level;
use crate::appraisal::findings::PriceBase;
use crate::appraisal::store::InMemory;
use crate::explain::scenario::TOO_MANY_POINTS;
use crate::explain::study as code;
use crate::study::experiment::{
    GroupsAsked, Others, PointColumn, PointMatrix, SensitivityDesign, SensitivityMethod, SensitivityQuestion, Subject,
};
use crate::study::{Overrides, StudyTexts, bounds, prepare};
use engine::diagnostic::render_text;
use engine::model::Bindings;
use engine::notation::vensim;
use engine::sampling::Design;
use engine::structure::build;

const UNIFORM: &str = "value = 1\nlow = 0.5\nhigh = 1.5\ndistribution = \"uniform\"";

fn uncertain() -> StudyTexts {
    let mut texts = till();
    patched(&mut texts.evidence[3], "value = 1\ndistribution = \"fixed\"", UNIFORM);
    patched(&mut texts.evidence[0], "[\"Parts\"]\nvalue = 1", &format!("[\"Parts\"]\n{UNIFORM}"));
    texts
}

fn shared(rule: &str) -> StudyTexts {
    let mut texts = till();
    patched(&mut texts.scenario, "places = [\"here\"]", "places = [\"there\", \"here\"]");
    patched(&mut texts.scenario, "[discounting]", &format!("[sharing]\nrule = \"{rule}\"\n[discounting]"));
    texts
}

fn points(values: &[f64]) -> PointMatrix {
    PointMatrix {
        columns: vec![PointColumn::Value("Parts".to_owned())],
        values: values.to_vec(),
        others: Others::Central,
    }
}

fn said(texts: &StudyTexts) -> Vec<engine::diagnostic::Code> {
    let (Ok((_, found)) | Err(found)) = prepare(texts, &Overrides::default());
    found.iter().filter(|one| one.code.0.starts_with('T')).map(|one| one.code).collect()
}

#[test]
fn an_outcome_has_its_year_and_what_becomes_of_it() {
    let study = study(&till());
    let outcomes = ["demand-change:visits@1", "cumulative-net:cash", "total-paid"].map(str::to_owned);
    let table = study.experiment(&outcomes, points(&[1.0])).unwrap();
    let reported: Vec<_> = table.outcomes.iter().map(|one| (&*one.year, one.beside.as_slice())).collect();
    // The first plan year, the last unless one is named, and no year of a whole.
    assert_eq!(reported, [("2025/26", &["seen-change".to_owned()][..]), ("2026/27", &[]), ("", &[])]);
    // An outcome has what it needs of the accounts, if nothing else is asked: what happens of a demand by itself, and a perspective
    // of one ledger.
    close(study.experiment(&["seen-change".to_owned()], points(&[1.0])).unwrap().column(0, 0), &[-10.0]);
    let mut texts = till();
    let cash = "discounted = false\ncosts = [\"bill\", \"paid\"]";
    patched(&mut texts.accounts, cash, "discounted = false\ncosts = [\"paid\"]");
    let paid = self::study(&texts).experiment(&["net-at-horizon:cash".to_owned()], points(&[1.0])).unwrap();
    close(paid.column(0, 0), &[-80.0]);
    let hint = |outcome: &str| {
        let found = study.experiment(&[outcome.to_owned()], points(&[1.0])).unwrap_err();
        let one = found.iter().next().unwrap();
        format!("{} | {}", one.message, one.hints[0])
    };
    assert!(hint("cost-per-qaly:social").contains("a ratio of means has no value in a draw"));
    assert!(hint("total-bill:somebody").contains("there is `total-bill:"), "{}", hint("total-bill:somebody"));
    assert!(hint("cumulative-net:cash@3").contains("asks for plan year 3, and the study ends with 2"));
    assert!(hint("total-paid@2").contains("is of the whole horizon, not of plan year 2"));
    assert!(!Subject::Study(&study).outcome_names().iter().any(|name| name.starts_with("cost-per-qaly")));
}

#[test]
fn blocks_are_handed_on_and_put_together() {
    let mut texts = uncertain();
    patched(&mut texts.scenario, "draws = 2", "draws = 70");
    let study = study(&texts);
    let drawn = PointMatrix { others: Others::Drawn, ..points(&[1.0; 70]) };
    let experiment =
        Subject::Study(&study).design(&["total-paid".to_owned(), "net-at-horizon:cash".to_owned()], drawn).unwrap();
    let kept = Mutex::new(Vec::new());
    let done = Mutex::new(0);
    experiment.run_blocks(&[0, 1], &|at, values| kept.lock().unwrap().push((at, values)), &|| true, &|more| {
        *done.lock().unwrap() += more
    });
    let mut blocks = kept.into_inner().unwrap();
    blocks.sort_by_key(|(at, _)| *at);
    let blocks: Vec<Vec<f64>> = blocks.into_iter().map(|(_, values)| values).collect();
    assert_eq!((blocks.len(), done.into_inner().unwrap(), experiment.table(&blocks)), (2, 70, experiment.run(&|_| {})));
    let none = Mutex::new(0);
    experiment.run_blocks(&[0, 1], &|_, _| *none.lock().unwrap() += 1, &|| false, &|_| {});
    assert_eq!(none.into_inner().unwrap(), 0);
    assert!(!points(&[1.0]).is_empty() && points(&[]).is_empty());
}

#[test]
fn a_sweep_names_its_places_and_choices_and_has_an_end() {
    let over = "[[sweep.over]]\nname = \"Way\"\nchoices = [{ name = \"much\", levers = { \"Share paid\" = 0.1 } }, { name = \"less\", levers = { \"Share paid\" = 0.05 } }]";
    let shape = |mut texts: StudyTexts, more: &str| {
        patched(
            &mut texts.scenario,
            "[discounting]",
            &format!("[sweep]\noutcomes = [\"total-paid\"]\n{more}{over}\n[discounting]"),
        );
        let study = study(&texts);
        Subject::Study(&study).sweep(study.scenario.sweep.as_ref().unwrap()).map(|(_, shape)| shape)
    };
    let one = shape(till(), "strategies = [\"sum\", \"sum\"]\n").unwrap();
    assert_eq!(one.strategies.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["sum"]);
    let cells: Vec<_> = one.cells.iter().map(|cell| (&*cell.place, cell.values[0].name())).collect();
    assert_eq!(cells, [("here", "much"), ("here", "less")]);
    assert_eq!(shape(shared("population"), "").unwrap().cells[0].place, "all places");
    let many = |draws: &str| {
        let mut texts = uncertain();
        patched(&mut texts.scenario, "draws = 2", &format!("draws = {draws}"));
        patched(
            &mut texts.scenario,
            "[discounting]",
            &format!("[sweep]\noutcomes = [\"total-paid\"]\n{over}\n[discounting]"),
        );
        let (Ok((_, found)) | Err(found)) = prepare(&texts, &Overrides::default());
        found.iter().any(|one| one.code == TOO_MANY_POINTS)
    };
    // Two settings of a hundred million draws are the most.
    assert!(!many("100_000_000") && many("100_000_001"));
}

#[test]
fn a_method_has_groups_or_single_inputs_and_its_own_number_of_draws() {
    let mut texts = uncertain();
    patched(&mut texts.scenario, "design = \"random\"", "design = \"lhs\"");
    let study = study(&texts);
    let question = SensitivityQuestion {
        outcomes: vec!["total-paid".to_owned()],
        strategies: Vec::new(),
        over_time: false,
        groups: GroupsAsked::Before(vec![("card".to_owned(), vec!["comes*".to_owned()])]),
        second_order: false,
    };
    let (design, _) = SensitivityDesign::new(Subject::Study(&study), &question).unwrap();
    let names = |method: SensitivityMethod| design.lay(method, 8).problem.group_names;
    for method in [SensitivityMethod::Sobol, SensitivityMethod::Morris] {
        assert_eq!(names(method), ["card", "Parts"]);
    }
    for method in [SensitivityMethod::Stored, SensitivityMethod::Tornado] {
        assert_eq!(names(method), ["Comes of it[A01]", "Parts"]);
    }
    let all =
        [SensitivityMethod::Sobol, SensitivityMethod::Morris, SensitivityMethod::Tornado, SensitivityMethod::Stored];
    assert_eq!(all.map(SensitivityMethod::name), ["sobol", "morris", "tornado", "stored"]);
    // A hypercube of eight draws, though the study has two: one in each eighth.
    let stored = design.lay(SensitivityMethod::Stored, 8).points();
    for column in 0..2 {
        let mut eighths: Vec<u32> = (0..8).map(|row| (stored.row(row)[column] * 8.0) as u32).collect();
        eighths.sort_unstable();
        assert_eq!(eighths, (0..8).collect::<Vec<u32>>());
    }
}

#[test]
fn inputs_are_ranked_by_their_share_of_the_largest_effect() {
    let study = study(&uncertain());
    let question = SensitivityQuestion {
        outcomes: vec!["net-at-horizon:cash".to_owned(), "total-paid".to_owned()],
        strategies: vec!["share".to_owned()],
        over_time: false,
        groups: GroupsAsked::Before(Vec::new()),
        second_order: false,
    };
    let (design, _) = SensitivityDesign::new(Subject::Study(&study), &question).unwrap();
    let laid = design.lay(SensitivityMethod::Tornado, 1);
    let table = design.experiment(&laid).unwrap().run(&|_| {});
    // What is paid is moved by the parts, the cash by both.
    let found = design.findings(&laid, &table).unwrap();
    assert!(found.measured.iter().all(|one| one.varies));
    let laid = design.lay(SensitivityMethod::Morris, 8);
    let mut found = design.findings(&laid, &design.experiment(&laid).unwrap().run(&|_| {})).unwrap();
    // Of an outcome in thousands the card has all and the parts nine tenths; of one in thousandths the parts have all, the card half.
    for (measured, [card, parts]) in found.measured.iter_mut().zip([[2_000.0, 1_800.0], [0.001, 0.002]]) {
        measured
            .indices
            .retain(|one| measured.asked.is_empty() || one.measure.index == crate::sensitivity::IndexKind::MuStar);
        measured
            .indices
            .iter_mut()
            .for_each(|one| one.measure.value = if one.measure.of == "Parts" { parts } else { card });
    }
    // Both have all of something, so the alphabet decides; and without the second outcome's half the parts are behind.
    assert_eq!(found.ranked(), ["Comes of it[A01]", "Parts"]);
    found.measured[0]
        .indices
        .iter_mut()
        .for_each(|one| one.measure.value = if one.measure.of == "Parts" { 2_000.0 } else { 1_800.0 });
    assert_eq!(found.ranked(), ["Parts", "Comes of it[A01]"]);
    found.measured.swap(0, 1);
    found.measured[0]
        .indices
        .iter_mut()
        .for_each(|one| one.measure.value = if one.measure.of == "Parts" { 0.001 } else { 0.002 });
    assert_eq!(found.ranked(), ["Comes of it[A01]", "Parts"]);
}

#[test]
fn a_tornado_of_what_nothing_moves_does_not_vary_and_of_one_end_does() {
    let varies = |texts: &StudyTexts| {
        let study = study(texts);
        let question = SensitivityQuestion {
            outcomes: vec!["total-paid".to_owned(), "net-at-horizon:cash".to_owned()],
            strategies: vec!["share".to_owned()],
            over_time: false,
            groups: GroupsAsked::Before(Vec::new()),
            second_order: false,
        };
        let (design, _) = SensitivityDesign::new(Subject::Study(&study), &question).unwrap();
        let laid = design.lay(SensitivityMethod::Tornado, 1);
        let found = design.findings(&laid, &design.experiment(&laid).unwrap().run(&|_| {})).unwrap();
        [found.measured[0].varies, found.measured[1].varies]
    };
    let mut texts = till();
    let perhaps = "value = 1\nlow = 1\nhigh = 1\ndistribution = \"uniform\"\np_null = 0.25\nnothing = 0";
    patched(&mut texts.evidence[3], "value = 1\ndistribution = \"fixed\"", perhaps);
    // What comes of it may be nothing, which is its low end alone; what is paid does not hang on it.
    assert_eq!(varies(&texts), [false, true]);
    let inputs = Subject::Study(&study(&texts)).inputs();
    let absent = inputs.iter().find(|input| input.no_effect).unwrap();
    assert_eq!(absent.constants, ["Comes of it[A01]"]);
}

#[test]
fn places_share_by_the_people_that_they_have_and_need_money_to_share() {
    // There twice as many live as its file says: two thirds of 4 % of 4,000 pounds.
    let mut texts = shared("population");
    let rebased = "[\"Rebasing\"]\nvalue = 2\nunit = \"parts\"\ngrade = \"C\"\nsource = \"wellspring-judgement\"\n[\"Need\"]\nvalue = 30.0";
    patched(&mut texts.evidence[2], "[\"Need\"]\nvalue = 30.0", rebased);
    let found = findings(&texts);
    close(&means(&found.places[0], 0, Level, "paid", "", ""), &[320.0 / 3.0; 2]);
    close(&means(&found.places[1], 0, Level, "paid", "", ""), &[160.0 / 3.0; 2]);
    let wrong = |old: &str, new: &str| {
        let mut texts = shared("population");
        patched(&mut texts.evidence[1], old, new);
        said(&texts)
    };
    assert!(said(&shared("population")).is_empty());
    assert_eq!(wrong("[\"Allocation\"]\nvalue = 1000.0", "[\"Allocation\"]\nvalue = 0"), [code::NO_SHARE]);
    assert_eq!(wrong("[\"Need\"]\nvalue = 10.0", "[\"Need\"]\nvalue = 0"), [code::NO_SHARE]);
    let mut texts = shared("population");
    patched(&mut texts.accounts, "deprived = \"Q1\"", "deprived = \"Q9\"");
    assert_eq!(said(&texts), [code::UNKNOWN_VARIABLE]);
    // A strategy that spends nothing in any place spends nothing in all.
    let mut texts = shared("population");
    let none =
        "[[strategy]]\nid = \"none\"\nname = \"None\"\nwhy = \"A test.\"\n[strategy.levers]\n\"Partner money\" = 0\n";
    patched(&mut texts.scenario, "[[strategy]]\nid = \"share\"", &format!("{none}[[strategy]]\nid = \"share\""));
    let nothing: Vec<bool> = findings(&texts).strategies.iter().map(|one| one.nothing_spent.is_some()).collect();
    assert_eq!(nothing, [true, false, false]);
}

#[test]
fn constants_of_a_model_outside_its_own_bounds_are_told_element_by_element() {
    let reported = |text: &str| {
        let whole = format!(
            "{{UTF-8}}\nHalf: h1, h2 ~~|\n{text}\nINITIAL TIME= 0 ~~|\nFINAL TIME= 1 ~~|\nTIME STEP= 1 ~~|\nSAVEPER= 1 ~~|\nLine= INTEG(One, 5) ~ m [0,1] ~|\n"
        );
        let (model, _) = vensim::read(&Arc::from("own.mdl"), &Arc::from(whole));
        let structure = build(&model, &Bindings::default()).unwrap().0;
        bounds::constants(&structure)
            .iter()
            .map(|one| one.message.split(',').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(reported("One= 1 ~ m [0,1] ~|\nMany[Half]= 0, 1 ~ m [0,1] ~|").is_empty());
    assert_eq!(reported("One= 2 ~ m [0,1] ~|\nMany[Half]= 0, 3 ~ m [0,1] ~|"), ["`One` is 2", "`Many[h2]` is 3"]);
}

#[test]
fn a_drawn_number_of_the_scenario_leaves_others_of_the_place_alone() {
    let mut texts = uncertain();
    let need = "[\"Need\"]\nvalue = 10.0";
    patched(&mut texts.evidence[1], need, &format!("{need}\nlow = 5\nhigh = 15\ndistribution = \"uniform\""));
    let own = "[uncertainties.\"Parts\"]\nvalue = 3.5\nlow = 3\nhigh = 4\ndistribution = \"uniform\"\nunit = \"parts\"\ngrade = \"C\"\nsource = \"wellspring-judgement\"\n[discounting]";
    patched(&mut texts.scenario, "[discounting]", own);
    let one = study(&texts);
    let mut drawn: Vec<f64> = one.places[0].draw(0).into_iter().map(|(_, value)| value).collect();
    drawn.sort_by(f64::total_cmp);
    assert!(drawn.len() == 3 && drawn[0] < 1.6 && (3.0..=4.0).contains(&drawn[1]) && drawn[2] >= 5.0, "{drawn:?}");
    // Other draws are those of a study that was made ready with them.
    let lhs = Overrides { design: Some(Design::LatinHypercube), ..Overrides::default() };
    let (mut again, _) = prepare(&texts, &lhs).unwrap();
    let (fresh, _) = prepare(&texts, &Overrides { draws: Some(6), replicates: Some(2), ..lhs }).unwrap();
    let of = |study: &crate::study::Study| (0..2).map(|draw| study.places[0].draw(draw)).collect::<Vec<_>>();
    assert!(of(&again) != of(&fresh));
    again.redraw(6, 2).unwrap();
    assert!(of(&again) == of(&fresh));
}

#[test]
fn small_things_that_numbers_rest_on() {
    // A lever has the model's own number until a strategy sets it.
    let mut texts = till();
    patched(&mut texts.model, "Share paid= 0 ~", "Share paid= 0.02 ~");
    patched(&mut texts.scenario, "[{ from = 1, value = 0.04 }]", "[{ from = 2, value = 0.04 }]");
    close(&means(&findings(&texts), 0, Level, "paid", "", ""), &[20.0, 40.0]);
    // What an audit tolerates is no fault.
    let mut texts = till();
    patched(&mut texts.scenario, "value = 0.04", "value = 0.6");
    patched(&mut texts.accounts, "tolerance = 1e-9", "tolerance = 1.0");
    assert!(findings(&texts).faults.is_empty());
    // What is no ledger has no prices of its year, whatever is wanted.
    let net = |base: PriceBase| {
        let wanted = move |key: &crate::appraisal::findings::SeriesKey| key.outcome == "net" && key.price_base == base;
        let (_, kept) = study(&till()).run_keeping(&wanted, &InMemory, &|_| {}).unwrap();
        kept.series.len()
    };
    assert!(net(PriceBase::Nominal) == 0 && net(PriceBase::Real) > 0);
    // Every text can be pointed into.
    let mut texts = till();
    patched(&mut texts.scenario, "value = 0.04", "value = 1.04");
    assert_eq!(texts.all().len(), 9);
    let found = prepare(&texts, &Overrides::default()).unwrap_err();
    let rendered = render_text(&found, &texts.diagnostic_sources(), false);
    assert!(rendered.contains("\"Share paid\" = [{ from = 1, value = 1.04 }]"), "{rendered}");
}

#[test]
fn what_does_not_add_up_is_told_of_one_place_alone() {
    let with = |texts: StudyTexts, more: &str| {
        let mut texts = texts;
        patched(&mut texts.evidence[3], "value = 1\ndistribution = \"fixed\"", UNIFORM);
        let ledger = "[[ledger]]\nid = \"rate\"\nname = \"Rate\"\nkind = \"other\"\nvariable = \"Share paid\"\nmeasure = \"stock\"\nunit = \"index\"\n[[loop]]";
        patched(&mut texts.accounts, "[[loop]]", ledger);
        patched(&mut texts.scenario, "[discounting]", &format!("{more}[discounting]"));
        texts
    };
    let (one, two) = (study(&with(till(), "")), study(&with(shared("population"), "")));
    let asked = ["rate@2/none".to_owned()];
    close(one.experiment(&asked, points(&[1.0])).unwrap().column(0, 0), &[0.04]);
    let refused = one.experiment(&asked, points(&[1.0])).and(two.experiment(&asked, points(&[1.0]))).unwrap_err();
    assert_eq!(refused.iter().map(|one| one.code).collect::<Vec<_>>(), [code::NO_OUTCOME]);
    // Place by place it can be asked for: a place has half of 4,000 pounds for 3,000 or 1,000 of its own.
    let sweep = "[sweep]\noutcomes = [\"rate@2/none\"]\nplaces = [\"there\", \"here\"]\n[[sweep.over]]\nlever = \"Share paid\"\nvalues = [0.03]\n";
    let alone = study(&with(shared("population"), sweep));
    let (experiment, _) = Subject::Study(&alone).sweep(alone.scenario.sweep.as_ref().unwrap()).unwrap();
    close(experiment.run(&|_| {}).column(0, 0), &[0.02, 0.02, 0.06, 0.06]);
    // Over time it has a number in each year; watched, it is one of those that a run tells.
    let years = |study: &crate::study::Study| {
        let question = SensitivityQuestion {
            outcomes: vec!["rate/none".to_owned()],
            strategies: vec!["share".to_owned()],
            over_time: true,
            groups: GroupsAsked::Before(Vec::new()),
            second_order: false,
        };
        let (design, _) = SensitivityDesign::new(Subject::Study(study), &question).unwrap();
        design.experiment(&design.lay(SensitivityMethod::Tornado, 1)).map(|found| found.outcomes().len()).ok()
    };
    assert_eq!((years(&one), years(&two)), (Some(2), None));
    let stopping = "[stopping]\nprecision = 0.1\noutcomes = [\"rate@2/none\"]\n";
    assert!(said(&with(till(), stopping)).is_empty());
    assert_eq!(said(&with(shared("population"), stopping)), [code::NO_OUTCOME]);
}

#[test]
fn runs_that_do_not_account_for_money_are_counted_of_one_outcome_as_of_many() {
    let study = study(&till());
    let shares = PointMatrix {
        columns: vec![PointColumn::Value("Share paid".to_owned())],
        values: vec![0.04, 0.6],
        others: Others::Central,
    };
    let table = study.experiment(&["total-paid".to_owned()], shares.clone()).unwrap();
    assert_eq!((table.unaccounted, table.column(0, 0).len()), (1, 2));
    // Of a slope of visits nothing becomes.
    let table = study.experiment(&["slope-index:visits".to_owned()], shares).unwrap();
    assert!(table.outcomes[0].beside.is_empty());
}

#[test]
fn only_strategies_that_are_asked_for_are_warned_of_and_numbers_are_held_to_their_own_bounds() {
    let sweep = |more: &str| {
        let mut texts = uncertain();
        patched(&mut texts.model, "Parts= 1 ~ Dmnl ~", "Parts= 1 ~ Dmnl [0.5,1.5] ~");
        patched(
            &mut texts.scenario,
            "[discounting]",
            &format!("[sweep]\noutcomes = [\"total-paid\"]\n{more}[discounting]"),
        );
        said(&texts)
    };
    let share = "[[sweep.over]]\nlever = \"Share paid\"\nvalues = [0.1]\n";
    assert_eq!(sweep(&format!("strategies = [\"share\"]\n{share}")), [code::SET_TWICE]);
    assert!(sweep(&format!("strategies = [\"sum\"]\n{share}")).is_empty());
    // Pounds are no share, and what comes of it is no part.
    let pounds = "[[sweep.over]]\nlever = \"Need\"\nvalues = [20]\n";
    assert!(sweep(&format!("strategies = [\"sum\"]\n{share}{pounds}")).is_empty());
    let numbers = "[[sweep.over]]\nuncertainty = \"Parts\"\nvalues = [1]\n[[sweep.over]]\nuncertainty = \"Comes of it[A01]\"\nvalues = [3]\n";
    assert!(sweep(numbers).is_empty());
    assert_eq!(sweep(&numbers.replace("values = [1]", "values = [2]")), [code::OUTSIDE_BOUNDS]);
    // A design that draws what a strategy sets moves nothing there.
    let mut texts = uncertain();
    patched(&mut texts.scenario, "\"Share paid\" =", "\"Comes of it[A01]\" = 1\n\"Share paid\" =");
    let study = study(&texts);
    let warned = |strategy: &str| {
        let question = SensitivityQuestion {
            outcomes: vec!["total-paid".to_owned()],
            strategies: vec![strategy.to_owned()],
            over_time: false,
            groups: GroupsAsked::Before(Vec::new()),
            second_order: false,
        };
        let (_, found) = SensitivityDesign::new(Subject::Study(&study), &question).unwrap();
        found.iter().map(|one| one.code).collect::<Vec<_>>()
    };
    assert_eq!((warned("share"), warned("sum")), (vec![code::SET_TWICE], Vec::new()));
}

//! What is said of a study before it runs: one thing is wrong with the till at a time, and one word less is right.

use super::till::{patched, study, till};
use crate::explain::sensitivity::IDENTICAL_DRAWS;
use crate::explain::study as code;
use crate::study::experiment::{Subject, check_stopping, check_sweep};
use crate::study::{Overrides, StudyTexts, prepare};
use engine::diagnostic::catalogue::structure::UNITS_DIFFER;
use engine::diagnostic::{Code, Diagnostic, Diagnostics};
use engine::sampling::Design;

/// What is said, without the warnings that nothing in the till is uncertain and that its units do not fit.
fn reported(texts: &StudyTexts) -> Vec<Diagnostic> {
    reported_of(texts, &Overrides::default())
}

fn reported_of(texts: &StudyTexts, overrides: &Overrides) -> Vec<Diagnostic> {
    let (Ok((_, found)) | Err(found)) = prepare(texts, overrides);
    found.iter().filter(|one| one.code != IDENTICAL_DRAWS && one.code != UNITS_DIFFER).cloned().collect()
}

fn codes(texts: &StudyTexts) -> Vec<Code> {
    reported(texts).iter().map(|one| one.code).collect()
}

/// The codes where one of the texts has something else in it; the texts in the order of `Which`.
fn with(changes: &[(usize, &str, &str)]) -> Vec<Code> {
    codes(&changed(changes))
}

const SCENARIO: usize = 0;
const MODEL: usize = 1;
const ACCOUNTS: usize = 2;
const SYSTEM: usize = 3;
const HERE: usize = 4;
const CARD: usize = 6;

fn changed(changes: &[(usize, &str, &str)]) -> StudyTexts {
    let mut texts = till();
    for (which, old, new) in changes {
        let text = match *which {
            SCENARIO => &mut texts.scenario,
            MODEL => &mut texts.model,
            ACCOUNTS => &mut texts.accounts,
            evidence => &mut texts.evidence[evidence - SYSTEM],
        };
        patched(text, old, new);
    }
    texts
}

const DRAWN: &str = "[\"Parts\"]\nvalue = 1\nlow = 0.5\nhigh = 1.5\ndistribution = \"uniform\"";
const PARTS: &str = "[\"Parts\"]\nvalue = 1";

#[test]
fn nothing_is_said_of_the_till_but_that_nothing_is_uncertain() {
    assert!(reported(&till()).is_empty());
    let alike = |changes: &[(usize, &str, &str)]| {
        let texts = changed(changes);
        let (_, found) = prepare(&texts, &Overrides::default()).unwrap();
        found.iter().filter(|one| one.code == IDENTICAL_DRAWS).count()
    };
    assert_eq!(alike(&[]), 1);
    assert_eq!(alike(&[(SYSTEM, PARTS, DRAWN)]), 0);
    // One draw is one draw.
    assert_eq!(alike(&[(SCENARIO, "draws = 2", "draws = 1")]), 0);
    // A range of no width draws its one number, but for what is drawn in its place.
    let narrow = DRAWN.replace("0.5", "1").replace("1.5", "1");
    assert_eq!(alike(&[(SYSTEM, PARTS, &narrow)]), 1);
    assert_eq!(alike(&[(SYSTEM, PARTS, &format!("{narrow}\np_null = 0.5\nnothing = 2"))]), 0);
    // What the scenario decides, no draw does.
    assert_eq!(
        alike(&[
            (SYSTEM, PARTS, DRAWN),
            (SCENARIO, "[discounting]", "[levers]\n\"Parts\" = 1\n[discounting]"),
            (MODEL, "Dmnl ~ Set by: system.|", "Dmnl ~ Lever.|")
        ]),
        1
    );
}

#[test]
fn what_a_place_must_give_and_how_long_the_model_runs() {
    let without = |changes: &[(usize, &str, &str)]| reported(&changed(changes));
    let need = "[\"Need\"]\nvalue = 10.0\nunit = \"visits\"\ngrade = \"C\"\nsource = \"wellspring-judgement\"\n";
    let found = without(&[(HERE, need, "")]);
    assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), [code::NOT_GIVEN]);
    assert!(found[0].message.contains("`Need` is not given for HERE"), "{}", found[0].message);
    assert!(with(&[(SCENARIO, "horizon_years = 2", "horizon_years = 4")]).is_empty());
    assert_eq!(with(&[(SCENARIO, "horizon_years = 2", "horizon_years = 5")]), [code::BEYOND_THE_MODEL]);
}

#[test]
fn draws_that_leave_the_bounds_of_the_model_are_told() {
    let bounded = |bounds: &str| {
        let unit = format!("Parts= 1 ~ Dmnl {bounds} ~");
        reported(&changed(&[(SYSTEM, PARTS, DRAWN), (MODEL, "Parts= 1 ~ Dmnl ~", &unit)]))
    };
    // From a half to one and a half: one draw in ten thousand lies within a ten-thousandth of either end.
    for inside in ["[0.5,1.5]", "[0.5,?]", "[?,1.5]"] {
        assert!(bounded(inside).is_empty(), "{inside}");
    }
    // What is always one number may be that of the bound.
    let narrow = DRAWN.replace("0.5", "1").replace("1.5", "1");
    let one = format!("{narrow}\np_null = 0.5\nnothing = 1");
    assert!(with(&[(SYSTEM, PARTS, &one), (MODEL, "Parts= 1 ~ Dmnl ~", "Parts= 1 ~ Dmnl [1,1] ~")]).is_empty());
    let message = |bounds: &str| {
        let found = bounded(bounds);
        // The ends of the range are outside as well, and that is an error of its own.
        let warning = found.iter().find(|one| one.code == code::BEYOND_BOUNDS).unwrap();
        (warning.message.clone(), warning.hints[0].clone())
    };
    let (below, reached) = message("[0.6,?]");
    assert!(below == "`Parts` may be drawn below 0.6" && reached.contains("reaches 0.5;"), "{below} {reached}");
    let (above, reached) = message("[?,1.4]");
    assert!(above == "`Parts` may be drawn above 1.4" && reached.contains("reaches 1.5;"), "{above} {reached}");
    assert_eq!(message("[0.6,1.6]").0, "`Parts` may be drawn outside 0.6 to 1.6");
}

#[test]
fn numbers_outside_the_bounds_of_the_model_are_wrong_wherever_they_stand() {
    let bound = (MODEL, "Parts= 1 ~ Dmnl ~", "Parts= 1 ~ Dmnl [0,1] ~ Of what is paid.");
    let of = |written: &str| reported(&changed(&[bound, (SYSTEM, PARTS, &format!("[\"Parts\"]\n{written}"))]));
    assert!(of("value = 0.5").is_empty() && of("value = 0").is_empty());
    let found = of("value = 20");
    assert_eq!((found.len(), found[0].code), (1, code::OUTSIDE_BOUNDS));
    assert!(found[0].message.starts_with("`Parts` is 20, and the model allows"), "{}", found[0].message);
    // Above one and up to a hundred it may be meant as a percentage, and what the model says of it follows.
    assert_eq!(found[0].hints[0], "a share is written as a part of one: 20 % is 0.2");
    assert!(found[0].hints[1].starts_with("the model says of it: Of what is paid."), "{}", found[0].hints[1]);
    assert_eq!(of("value = 100")[0].hints.len(), 2);
    assert_eq!(of("value = 101")[0].hints.len(), 1);
    assert_eq!(of("value = -1")[0].hints.len(), 1);
    // Of a range the first end outside is told, by its name.
    let range = |low: &str, high: &str| {
        let found = of(&format!("value = 0.5\nlow = {low}\nhigh = {high}\ndistribution = \"uniform\""));
        found.iter().find(|one| one.code == code::OUTSIDE_BOUNDS).map(|one| one.message.clone()).unwrap_or_default()
    };
    assert!(range("0.1", "0.9").is_empty());
    assert!(range("-0.1", "0.9").starts_with("`Parts` with its `low` is -0.1"), "{}", range("-0.1", "0.9"));
    assert!(range("0.1", "1.2").starts_with("`Parts` with its `high` is 1.2"), "{}", range("0.1", "1.2"));
    // Of a list that one factor spreads, the numbers times the ends: 0.8 of one may grow by a quarter, and not by more.
    let spread = |high: &str| {
        let people = (MODEL, "Residents[Quintile]= 0 ~ people ~", "Residents[Quintile]= 0 ~ people [0,1] ~");
        let values =
            format!("values = [0.4, 0.8]\nspread = {{ low = 0.5, high = {high}, distribution = \"uniform\" }}");
        reported(&changed(&[people, (HERE, "values = [100.0, 300.0]", &values)]))
    };
    assert!(spread("1.24").is_empty(), "{:?}", spread("1.24"));
    let found = spread("1.3");
    assert!(found.iter().any(|one| one.message.starts_with("`Residents[Q2]` with its `high` is 1.04")), "{found:?}");
    // A lever, once for all strategies; a list, by its element.
    assert_eq!(with(&[(SCENARIO, "value = 0.04", "value = 1.04")]), [code::OUTSIDE_BOUNDS]);
    let people = (MODEL, "Residents[Quintile]= 0 ~ people ~", "Residents[Quintile]= 0 ~ people [0,200] ~");
    let found = reported(&changed(&[people]));
    assert!(found[0].message.starts_with("`Residents[Q2]` is 300"), "{}", found[0].message);
}

#[test]
fn payers_and_ledgers_that_the_accounts_name_must_be_there() {
    let payer = |name: &str| {
        let costs = format!("costs = [\"bill\", \"paid\"]\nqalys = [\"health\"]\npayers = [\"{name}\"]");
        reported(&changed(&[(ACCOUNTS, "costs = [\"bill\", \"paid\"]\nqalys = [\"health\"]", &costs)]))
    };
    assert!(payer("NHS").is_empty() && payer("nhs").is_empty());
    let near = payer("NHX");
    assert_eq!((near.len(), near[0].code, &*near[0].hints[0]), (1, code::UNKNOWN_VARIABLE, "did you mean \"NHS\"?"));
    assert!(payer("Somebody else")[0].hints[0].starts_with("the elements of `Payer` are"));
    // What is moved is a flow in pounds; what adds up to it must be as well.
    let money = |moved: &str, used: &str| {
        let rule = format!("[plan_money]\nmoved = \"{moved}\"\nsources = [\"{moved}\"]\nuses = [\"{used}\"]\n[[loop]]");
        codes(&changed(&[(ACCOUNTS, "[[loop]]", &rule)]))
    };
    assert!(!money("paid", "told").is_empty() && money("paid", "told").contains(&code::NO_PLAN_MONEY));
    assert!(money("paid", "seen").contains(&code::NO_PLAN_MONEY));
    assert!(!money("paid", "paid").contains(&code::NO_PLAN_MONEY));
}

#[test]
fn draws_divide_into_repetitions_and_fill_a_sobol_design() {
    let of = |draws: u64, replicates: u64, design: Design| {
        let asked = Overrides {
            draws: Some(draws),
            replicates: Some(replicates),
            design: Some(design),
            ..Overrides::default()
        };
        reported_of(&till(), &asked).into_iter().map(|one| (one.code, one.hints[0].clone())).collect::<Vec<_>>()
    };
    assert!(
        of(6, 2, Design::LatinHypercube).is_empty()
            && of(8, 2, Design::Sobol).is_empty()
            && of(1, 1, Design::Sobol).is_empty()
    );
    let uneven = |hint: &str| vec![(code::UNEVEN_REPLICATES, hint.to_owned())];
    assert_eq!(of(7, 2, Design::LatinHypercube), uneven("take 6 or 8 draws"));
    assert_eq!(of(1, 3, Design::LatinHypercube), uneven("take 3 draws"));
    let odd = |hint: &str| vec![(code::NO_POWER_OF_TWO, hint.to_owned())];
    assert_eq!(of(6, 1, Design::Sobol), odd("take 4 or 8 draws"));
    // Two scramblings of five draws each: of four or of eight.
    assert_eq!(of(10, 2, Design::Sobol), odd("take 8 or 16 draws"));
    let mut study = study(&till());
    assert!(study.redraw(7, 2).is_err() && study.sampling.draws == 2);
    assert!(study.redraw(6, 2).is_ok() && study.sampling.draws == 6);
}

#[test]
fn a_plan_of_another_year_needs_its_prices_and_its_baseline() {
    let begins = |year: &str, horizon: u32| {
        let start = format!("horizon_years = {horizon}\nstart_year = \"{year}\"");
        reported(&changed(&[(SCENARIO, "horizon_years = 2", &start)]))
    };
    let codes = |found: Vec<Diagnostic>| found.iter().map(|one| one.code).collect::<Vec<_>>();
    // The index goes to 2029/30, and the baseline is that of 2024/25.
    assert!(begins("2025/26", 4).is_empty());
    assert_eq!(codes(begins("2026/27", 4)), [code::OTHER_BASELINE]);
    let late = begins("2027/28", 4);
    assert_eq!(codes(late.clone()), [code::PRICES_BEYOND, code::OTHER_BASELINE]);
    assert!(
        late[0].message.contains("from 2030/31 to 2030/31 prices are taken to rise by 2 % a year"),
        "{}",
        late[0].message
    );
    let later = begins("2031/32", 2);
    assert!(later[0].message.contains("from 2031/32 to 2032/33"), "{}", later[0].message);
    assert!(later[1].hints[0].contains("figures of 2030/31 and base_year = \"2030/31\""), "{}", later[1].hints[0]);
    assert!(codes(begins("2008/09", 2)).contains(&code::NO_PRICES));
    assert!(!codes(begins("2009/10", 2)).contains(&code::NO_PRICES));
    assert_eq!(
        with(&[(
            ACCOUNTS,
            "base_year_label = \"2024/25\"\nplan_year_zero = 2025",
            "base_year_label = \"2023/24\"\nplan_year_zero = 2024"
        )]),
        [code::BASE_YEARS]
    );
    // A place of another base year has another baseline.
    let place = (HERE, "kind = \"system\"", "kind = \"system\"\nbase_year = \"2023/24\"");
    assert_eq!(
        with(&[place, (SCENARIO, "horizon_years = 2", "horizon_years = 2\nstart_year = \"2025/26\"")]),
        [code::OTHER_BASELINE]
    );
}

#[test]
fn a_card_acts_on_a_demand_by_one_route() {
    let model = |homes: f64, effect: f64, open: f64| {
        format!(
            "Homes[Programme]= {homes:?} ~ Dmnl ~|\nEffect[Programme]= {effect:?} ~ Dmnl ~|\nHomes act= {open:?} ~ Dmnl ~ Lever.|\nParts= 1"
        )
    };
    let route = "[[route]]\nswitch = \"Homes act\"\nmoves = \"Homes\"\neffect = \"Effect\"\n[[loop]]";
    let of = |homes: f64, effect: f64, open: f64, lever: &str| {
        with(&[
            (MODEL, "Parts= 1", &model(homes, effect, open)),
            (ACCOUNTS, "[[loop]]", route),
            (SCENARIO, "[strategy.levers]\n\"Share paid\"", &format!("[strategy.levers]\n{lever}\"Share paid\"")),
        ])
    };
    assert_eq!(of(1.0, 1.0, 1.0, ""), [code::TWO_ROUTES]);
    assert!(of(0.0, 1.0, 1.0, "").is_empty() && of(1.0, 0.0, 1.0, "").is_empty());
    // Closed, unless some strategy opens it.
    assert!(of(1.0, 1.0, 0.0, "").is_empty() && of(1.0, 1.0, 0.0, "\"Homes act\" = 0\n").is_empty());
    for opened in ["\"Homes act\" = 1\n", "\"Homes act\" = [{ from = 1, value = 0 }, { from = 2, value = 1 }]\n"] {
        assert_eq!(of(1.0, 1.0, 0.0, opened), [code::TWO_ROUTES]);
    }
    assert!(of(1.0, 1.0, 0.0, "\"Homes act\" = [{ from = 1, value = 0 }]\n").is_empty());
    // Without a switch it is always open.
    let bare = route.replace("switch = \"Homes act\"\n", "");
    assert_eq!(with(&[(MODEL, "Parts= 1", &model(1.0, 1.0, 0.0)), (ACCOUNTS, "[[loop]]", &bare)]), [code::TWO_ROUTES]);
}

#[test]
fn what_sweeps_and_stopping_name_must_be_there() {
    let sweep = |over: &str| {
        let text = format!("[sweep]\noutcomes = [\"total-paid\"]\n[[sweep.over]]\n{over}\n[discounting]");
        let texts = changed(&[
            (SYSTEM, PARTS, DRAWN),
            (
                CARD,
                "value = 1\ndistribution = \"fixed\"",
                "value = 1\nlow = 0.5\nhigh = 1.5\ndistribution = \"uniform\"",
            ),
            (SCENARIO, "[discounting]", &text),
        ]);
        reported(&texts)
    };
    let codes = |found: &[Diagnostic]| found.iter().map(|one| one.code).collect::<Vec<_>>();
    assert!(sweep("uncertainty = \"Parts\"\nvalues = [0.5, 1]").is_empty());
    assert_eq!(codes(&sweep("uncertainty = \"Need\"\nvalues = [0.5, 1]")), [code::NOT_SWEPT]);
    // The first strategy sets the share itself, and the second does not.
    let twice = sweep("lever = \"Share paid\"\nvalues = [0.01, 0.02]");
    assert_eq!(codes(&twice), [code::SET_TWICE]);
    assert_eq!(twice[0].message, "`Share paid` is swept, and the strategy `share` sets it");
    // The program tells twins from plans by its own switches.
    assert!(codes(&sweep("lever = \"Effects on\"\nvalues = [0, 1]")).contains(&code::NOT_SWEPT));
    let stopping = |outcome: &str| {
        let rule = format!("[stopping]\nat_most = 8\nprecision = 0.1\noutcomes = [\"{outcome}\"]\n[discounting]");
        reported(&changed(&[(SYSTEM, PARTS, DRAWN), (SCENARIO, "[discounting]", &rule)]))
    };
    assert!(stopping("total-paid").is_empty(), "{:?}", stopping("total-paid"));
    assert_eq!(codes(&stopping("total-pay")), [code::NO_OUTCOME]);
    assert_eq!(codes(&stopping("total-bill:NHS")), [code::NO_OUTCOME]);
    let open = study(&till());
    assert!(check_sweep(&open).is_empty() && check_stopping(&open).is_empty());
    assert!(Subject::Study(&open).outcome_names().contains(&"net-at-horizon:cash".to_owned()));
}

#[test]
fn what_is_correlated_must_be_drawn_and_is_held_together() {
    let tied = |names: &str, sweep: &str| {
        let rule = format!("[[correlation]]\nnames = {names}\nevery_pair = 0.5\n{sweep}[discounting]");
        let drawn = "value = 1\nlow = 0.5\nhigh = 1.5\ndistribution = \"uniform\"";
        let texts = changed(&[
            (SYSTEM, PARTS, DRAWN),
            (CARD, "value = 1\ndistribution = \"fixed\"", drawn),
            (SCENARIO, "[discounting]", &rule),
        ]);
        reported(&texts)
    };
    let (both, sweep) = ("[\"Parts\", \"Comes of it[A01]\"]", "[sweep]\noutcomes = [\"total-paid\"]\n[[sweep.over]]\n");
    assert!(tied(both, "").is_empty());
    let unknown = tied("[\"Parts\", \"Comes of it\"]", "");
    assert_eq!(unknown.iter().map(|one| one.code).collect::<Vec<_>>(), [code::NOT_DRAWN]);
    // One that is held alone is drawn as if the other were not.
    let parts = "uncertainty = \"Parts\"\nvalues = [0.5, 1]\n";
    let comes = "[[sweep.over]]\nuncertainty = \"Comes of it[A01]\"\nquantiles = [0.25, 0.75]\n";
    let alone = tied(both, &format!("{sweep}{parts}"));
    assert_eq!(alone.iter().map(|one| one.code).collect::<Vec<_>>(), [code::HELD_ALONE]);
    assert!(
        alone[0].message.starts_with("`Parts` is held by the sweep, and `Comes of it[A01]`"),
        "{}",
        alone[0].message
    );
    assert!(tied(both, &format!("{sweep}{parts}{comes}")).is_empty());
    let found: Diagnostics = check_sweep(&study(&till()));
    assert!(found.is_empty());
}
